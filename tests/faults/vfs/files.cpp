// SPDX-License-Identifier: Apache-2.0
// Writing with a way back, and what a power cut makes of it.
#include "tests/faults/vfs/files.hpp"

#include <algorithm>
#include <cstring>
#include <set>
#include <utility>

namespace vitrine::faults {

namespace {

// SplitMix64: small, and the same everywhere.
std::uint64_t draw(std::uint64_t& state) {
  state += 0x9e3779b97f4a7c15U;
  std::uint64_t z = state;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

std::set<std::uint64_t> units_of(const std::vector<File::Overwritten>& writes, std::uint64_t unit) {
  std::set<std::uint64_t> units;
  for (const File::Overwritten& one : writes) {
    for (std::uint64_t u = one.offset / unit; one.size > 0 && u <= (one.offset + one.size - 1) / unit; ++u) units.insert(u);
  }
  return units;
}

}  // namespace

void File::remember(std::uint64_t offset, std::uint64_t size) {
  const std::uint64_t there = offset < bytes.size() ? std::min<std::uint64_t>(size, bytes.size() - offset) : 0;
  unsynced.push_back({offset, size, undo.size(), there});
  if (there > 0) undo.append(bytes, offset, there);
}

// In `to`, the bytes from `from` to `upto` of one write become what they were before it.
void File::take_back(std::string& to, const Overwritten& one, std::uint64_t from, std::uint64_t upto) const {
  const std::uint64_t held = std::clamp(one.offset + one.there, from, upto);
  if (from < held) to.replace(from, held - from, undo, one.before + (from - one.offset), held - from);
  std::fill(to.begin() + static_cast<std::ptrdiff_t>(held), to.begin() + static_cast<std::ptrdiff_t>(upto), '\0');
}

void File::write(std::uint64_t offset, const char* data, std::uint64_t size) {
  remember(offset, size);
  const std::uint64_t within = offset < bytes.size() ? std::min<std::uint64_t>(size, bytes.size() - offset) : 0;
  std::memcpy(bytes.data() + offset, data, within);
  if (within == size) return;
  if (offset > bytes.size()) bytes.resize(offset, '\0');
  bytes.append(data + within, size - within);
  sizes.push_back(bytes.size());
}

void File::truncate(std::uint64_t size) {
  if (size < bytes.size()) remember(size, bytes.size() - size);
  bytes.resize(size, '\0');
  sizes.push_back(size);
}

void File::clear_unsynced() {
  unsynced.clear();
  undo.clear();
}

void File::sync() {
  // A page that was written again is dirty again, and goes out whole.
  if (!lost.empty()) {
    for (const std::uint64_t page : units_of(unsynced, cache_page)) lost.erase(page);
  }
  clear_unsynced();
  sizes.assign(1, bytes.size());
  named = true;
}

void File::fail_sync() {
  std::string disk = bytes;
  disk.resize(std::max<std::uint64_t>(disk.size(), *std::ranges::max_element(sizes)), '\0');
  for (auto one = unsynced.rbegin(); one != unsynced.rend(); ++one) {
    if (one->offset + one->size > disk.size()) disk.resize(one->offset + one->size, '\0');
    take_back(disk, *one, one->offset, one->offset + one->size);
  }
  for (const std::uint64_t page : units_of(unsynced, cache_page))
    lost.try_emplace(page, disk.substr(page * cache_page, cache_page));
  clear_unsynced();
  sizes.push_back(bytes.size());
}

void File::forget_unwritten() {
  for (const auto& [page, old] : lost) {
    const std::uint64_t from = page * cache_page;
    if (from >= bytes.size()) continue;
    const std::uint64_t size = std::min<std::uint64_t>(cache_page, bytes.size() - from);
    for (std::uint64_t i = 0; i < size; ++i) bytes[from + i] = i < old.size() ? old[i] : '\0';
  }
}

void File::settle(const PowerCut& cut, std::uint64_t salt) {
  if (cut.keep == PowerCut::Keep::all) return;
  const bool mix = cut.keep == PowerCut::Keep::mix;
  std::uint64_t chance = cut.seed ^ salt;
  // Room to undo what a truncation took away.
  bytes.resize(std::max<std::uint64_t>(bytes.size(), *std::ranges::max_element(sizes)), '\0');
  std::map<std::uint64_t, std::vector<const Overwritten*>> by_sector;
  for (const Overwritten& one : unsynced) {
    if (one.size == 0) continue;
    if (one.offset + one.size > bytes.size()) bytes.resize(one.offset + one.size, '\0');
    for (std::uint64_t s = one.offset / cut.sector; s <= (one.offset + one.size - 1) / cut.sector; ++s) {
      by_sector[s].push_back(&one);
    }
  }
  for (const auto& [sector, writes] : by_sector) {
    const std::uint64_t begin = sector * cut.sector;
    const std::uint64_t end = begin + cut.sector;
    // The first `kept` of the writes are on the disk, and of the next one, when torn, the bytes before or after `tear`.
    const std::uint64_t kept = mix ? draw(chance) % (writes.size() + 1) : 0;
    const bool torn = mix && kept < writes.size() && draw(chance) % 2 == 0;
    const std::uint64_t tear = torn ? begin + draw(chance) % cut.sector : begin;
    const bool head_written = !torn || draw(chance) % 4 != 0;
    for (std::uint64_t i = writes.size(); i-- > kept;) {
      std::uint64_t from = std::max(begin, writes[i]->offset);
      std::uint64_t upto = std::min(end, writes[i]->offset + writes[i]->size);
      if (torn && i == kept && head_written) from = std::max(from, tear);
      if (torn && i == kept && !head_written) upto = std::min(upto, tear);
      if (from < upto) take_back(bytes, *writes[i], from, upto);
    }
  }
  for (const auto& [page, old] : lost) {
    if (mix && draw(chance) % 4 == 0) continue;
    const std::uint64_t from = page * cache_page;
    for (std::uint64_t i = 0; i < cache_page && from + i < bytes.size(); ++i) bytes[from + i] = i < old.size() ? old[i] : '\0';
  }
  bytes.resize(mix ? sizes[draw(chance) % sizes.size()] : sizes.front(), '\0');
  clear_unsynced();
  lost.clear();
  sizes.assign(1, bytes.size());
}

std::shared_ptr<File> File::copy() const {
  auto other = std::make_shared<File>();
  other->bytes = bytes;
  other->unsynced = unsynced;
  other->undo = undo;
  other->sizes = sizes;
  other->lost = lost;
  other->named = named;
  return other;
}

std::shared_ptr<File> File::move_out() {
  auto other = std::make_shared<File>();
  other->bytes = std::move(bytes);
  other->unsynced = std::move(unsynced);
  other->undo = std::move(undo);
  other->sizes = std::move(sizes);
  other->lost = std::move(lost);
  other->named = named;
  return other;
}

}  // namespace vitrine::faults
