// SPDX-License-Identifier: Apache-2.0
// A disk: names, the planned fault, power, copies. The registry that finds a disk by its number is locked; a disk is not.
#include "tests/faults/vfs/disk.hpp"

#include <mutex>

#include <sqlite3.h>

#include "base/require.hpp"
#include "tests/faults/vfs/files.hpp"
#include "tests/faults/vfs/registry.hpp"

namespace vitrine::faults {

namespace {

std::mutex registry_mutex;
std::map<std::uint64_t, Disk*>& registry() {
  static std::map<std::uint64_t, Disk*> disks;
  return disks;
}

std::uint64_t enlist(Disk* disk) {
  static std::uint64_t last = 0;
  const std::lock_guard lock(registry_mutex);
  registry().emplace(++last, disk);
  return last;
}

// FNV-1a: files of one name tear alike in every run.
std::uint64_t salt_of(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

}  // namespace

Disk* disk_of(std::uint64_t number) {
  const std::lock_guard lock(registry_mutex);
  const auto found = registry().find(number);
  return found == registry().end() ? nullptr : found->second;
}

Disk::Disk() : number_(enlist(this)) { mount_disks(); }

Disk::~Disk() {
  const std::lock_guard lock(registry_mutex);
  registry().erase(number_);
}

std::string Disk::path(std::string_view name) const {
  return std::string(path_prefix) + std::to_string(number_) + "/" + std::string(name);
}

void Disk::plan(const Fault& fault) {
  fault_ = fault;
  counted_ = 0;
  struck_ = false;
}

int Disk::call(Call kind) {
  switch (kind) {
    case Call::open:
      ++counts_.opens;
      break;
    case Call::read:
      ++counts_.reads;
      break;
    case Call::write:
      ++counts_.writes;
      break;
    case Call::sync:
      ++counts_.syncs;
      break;
    case Call::truncate:
      ++counts_.truncates;
      break;
    case Call::remove:
      ++counts_.removes;
      break;
    case Call::lock:
      ++counts_.locks;
      return dark_ ? SQLITE_IOERR : SQLITE_OK;
  }
  if (dark_) return SQLITE_IOERR;
  if ((fault_.calls & static_cast<Calls>(kind)) == 0) return SQLITE_OK;
  ++counted_;
  if (fault_.what == Fault::What::none) return SQLITE_OK;
  if (counted_ != fault_.at && !(fault_.forever && counted_ > fault_.at)) return SQLITE_OK;
  struck_ = true;
  if (fault_.what == Fault::What::power) {
    dark_ = true;
    return SQLITE_IOERR;
  }
  const bool grows = kind == Call::write || kind == Call::open;
  if (fault_.what == Fault::What::full && grows) return SQLITE_FULL;
  return SQLITE_IOERR;
}

std::shared_ptr<File> Disk::open(const std::string& name, bool create, bool& created) {
  created = false;
  const auto found = files_.find(name);
  if (found != files_.end()) return found->second;
  if (!create || call(Call::open) != SQLITE_OK) return nullptr;
  created = true;
  return files_[name] = std::make_shared<File>();
}

int Disk::remove_called(const std::string& name, bool synced) {
  const auto found = files_.find(name);
  if (found == files_.end()) return SQLITE_IOERR_DELETE_NOENT;
  if (call(Call::remove) != SQLITE_OK) return SQLITE_IOERR_DELETE;
  if (!synced && found->second->named) {
    removed_[name] = found->second;
  } else if (synced) {
    removed_.erase(name);
  }
  files_.erase(found);
  return SQLITE_OK;
}

void Disk::sync_names() {
  for (auto& [name, file] : files_) file->named = true;
  removed_.clear();
}

void Disk::power_cut(const PowerCut& cut) {
  require(cut.sector > 0, "a sector has bytes");
  ++generation_;
  dark_ = false;
  plan({});
  // Who has a file open keeps the old one, which nobody reads any more.
  std::map<std::string, std::shared_ptr<File>, std::less<>> after;
  if (cut.keep != PowerCut::Keep::all) {
    // A name whose removal never reached the directory is there again.
    for (auto& [name, file] : removed_) {
      const bool back = cut.keep == PowerCut::Keep::nothing || (cut.seed ^ salt_of(name)) % 2 == 0;
      if (!back || files_.contains(name)) continue;
      after[name] = file->move_out();
      after[name]->settle(cut, salt_of(name));
    }
    removed_.clear();
  }
  for (auto& [name, file] : files_) {
    const std::uint64_t salt = salt_of(name);
    const bool gone = !file->named && (cut.keep == PowerCut::Keep::nothing ||
                                       (cut.keep == PowerCut::Keep::mix && ((cut.seed ^ salt) >> 1U) % 2 == 0));
    if (gone) continue;
    after[name] = file->move_out();
    after[name]->settle(cut, salt);
    if (cut.keep != PowerCut::Keep::all) after[name]->named = true;
  }
  files_ = std::move(after);
}

void Disk::forget_unwritten() {
  for (auto& [name, file] : files_) file->forget_unwritten();
}

std::uint64_t Disk::used() const {
  std::uint64_t bytes = 0;
  for (const auto& [name, file] : files_) bytes += file->bytes.size();
  return bytes;
}

std::unique_ptr<Disk> Disk::clone() const {
  auto other = std::make_unique<Disk>();
  other->restore(*this);
  return other;
}

void Disk::restore(const Disk& other) {
  std::map<std::string, std::shared_ptr<File>, std::less<>> files;
  for (const auto& [name, file] : other.files_) files[name] = file->copy();
  std::map<std::string, std::shared_ptr<File>, std::less<>> removed;
  for (const auto& [name, file] : other.removed_) removed[name] = file->copy();
  ++generation_;
  files_ = std::move(files);
  removed_ = std::move(removed);
  limit_ = other.limit_;
  dark_ = false;
  plan({});
}

std::vector<std::string> Disk::names() const {
  std::vector<std::string> all;
  for (const auto& [name, file] : files_) all.push_back(name);
  return all;
}

bool Disk::has(std::string_view name) const { return files_.contains(name); }

std::string Disk::contents(std::string_view name) const {
  const auto found = files_.find(name);
  return found == files_.end() ? std::string() : found->second->bytes;
}

void Disk::put(std::string_view name, std::string_view bytes) {
  auto file = std::make_shared<File>();
  file->bytes = bytes;
  file->sync();
  files_.insert_or_assign(std::string(name), std::move(file));
}

void Disk::remove(std::string_view name) {
  const auto found = files_.find(name);
  if (found != files_.end()) files_.erase(found);
}

bool Disk::flip(std::string_view name, std::uint64_t bit) {
  const auto found = files_.find(name);
  if (found == files_.end() || bit / 8 >= found->second->bytes.size()) return false;
  File& file = *found->second;
  char& byte = file.bytes[bit / 8];
  byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << (bit % 8)));
  return true;
}

}  // namespace vitrine::faults
