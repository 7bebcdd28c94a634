// SPDX-License-Identifier: Apache-2.0
// See picture_keeper.hpp. A file is written beside its name and renamed; what a power cut left torn does not have its hash.
#include "edge/io/picture_keeper.hpp"

#include <httplib.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <vector>

#include "base/log.hpp"
#include "sync/model/picture.hpp"
#include "sync/protocol/entity_tag.hpp"

namespace vitrine::edge::io {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t wanted_max = 256;
constexpr std::size_t unknown_max = 4096;

bool is_picture(const std::string& hash, const std::string& bytes) {
  return sync::protocol::picture_hash(bytes) == hash && sync::judge_picture(bytes).has_value();
}

}  // namespace

PictureKeeper::PictureKeeper(std::string folder, Limits limits, FetchPicture fetch)
    : folder_(std::move(folder)), limits_(limits), fetch_(std::move(fetch)) {}

Result<std::unique_ptr<PictureKeeper>> PictureKeeper::open(const std::string& folder, Limits limits, FetchPicture fetch) {
  std::unique_ptr<PictureKeeper> keeper(new PictureKeeper(folder, limits, std::move(fetch)));
  if (auto read = keeper->read_folder(); !read) return std::unexpected(read.error());
  keeper->thread_ = std::thread([self = keeper.get()] { self->run(); });
  return keeper;
}

PictureKeeper::~PictureKeeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

// The order in which they were last asked for is that of the files' times.
Result<void> PictureKeeper::read_folder() {
  std::error_code error;
  fs::create_directories(folder_, error);
  std::vector<std::pair<fs::file_time_type, fs::path>> files;
  for (fs::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error)) {
    if (sync::is_picture_hash(entry->path().filename().string())) {
      files.emplace_back(entry->last_write_time(error), entry->path());
    } else {
      fs::remove(entry->path(), error);  // half written
    }
  }
  if (error) return fail("pictures_unusable", folder_ + ": " + error.message());
  std::ranges::sort(files);
  for (const auto& [time, path] : files) {
    const std::uintmax_t bytes = fs::file_size(path, error);
    if (!error) kept_[path.filename().string()] = {bytes, ++uses_};
    if (!error) figures_.kept_bytes += bytes;
  }
  make_room();
  return {};
}

Result<std::string> PictureKeeper::get(const std::string& hash) {
  const auto absent = fail("picture_absent", "this picture is not here yet");
  {
    const std::lock_guard lock(mutex_);
    const auto known = kept_.find(hash);
    if (known == kept_.end()) {
      const auto unknown = unknown_until_.find(hash);
      if (unknown != unknown_until_.end() && Clock::now() < unknown->second) return absent;
      if (hash == fetching_) return absent;
      std::erase(wanted_, hash);
      wanted_.push_front(hash);
      if (wanted_.size() > wanted_max) wanted_.pop_back();
      changed_.notify_all();
      return absent;
    }
    known->second.used = ++uses_;
  }
  const std::string name = folder_ + "/" + hash;
  std::ifstream in(name, std::ios::binary);
  std::string bytes(sync::picture_bytes_max + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  bytes.shrink_to_fit();
  if (is_picture(hash, bytes)) {
    std::error_code none;
    fs::last_write_time(name, fs::file_time_type::clock::now(), none);
    return bytes;
  }
  log::warning("a picture on the disk is not what its name says; it is fetched anew");
  const std::lock_guard lock(mutex_);
  forget(hash);
  return absent;
}

local_api::PictureFigures PictureKeeper::figures() const {
  const std::lock_guard lock(mutex_);
  local_api::PictureFigures figures = figures_;
  figures.kept = kept_.size();
  return figures;
}

void PictureKeeper::run() {
  std::unique_lock lock(mutex_);
  bool said = false;
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !wanted_.empty(); });
    if (stopping_) return;
    const std::string hash = wanted_.front();
    wanted_.pop_front();
    fetching_ = hash;
    lock.unlock();
    const Result<std::string> fetched = fetch_(hash);
    const bool good = fetched && is_picture(hash, *fetched);
    if (good) keep(hash, *fetched);
    lock.lock();
    fetching_.clear();
    if (good) {
      said = false;
      continue;
    }
    if (fetched || fetched.error().code == "picture_unknown") {
      ++(fetched ? figures_.refused : figures_.failed);
      if (fetched) log::warning("a picture of the hub is refused", {{"picture", hash.substr(0, 12)}});
      if (unknown_until_.size() >= unknown_max) unknown_until_.clear();
      unknown_until_[hash] = Clock::now() + std::chrono::milliseconds(limits_.unknown_ms);
      continue;
    }
    ++figures_.failed;
    if (!std::exchange(said, true)) log::info("pictures cannot be fetched", {{"code", fetched.error().code}});
    // Whoever still looks at it asks again.
    changed_.wait_for(lock, std::chrono::milliseconds(limits_.retry_ms), [this] { return stopping_; });
    wanted_.clear();
  }
}

void PictureKeeper::keep(const std::string& hash, const std::string& bytes) {
  const std::string name = folder_ + "/" + hash;
  std::ofstream out(name + ".new", std::ios::binary);
  out << bytes;
  out.close();
  std::error_code error;
  if (out) fs::rename(name + ".new", name, error);
  if (!out || error) {
    fs::remove(name + ".new", error);
    log::warning("a picture cannot be written");
    return;
  }
  const std::lock_guard lock(mutex_);
  ++figures_.fetched;
  Kept& kept = kept_[hash];
  figures_.kept_bytes += bytes.size() - std::exchange(kept.bytes, bytes.size());
  kept.used = ++uses_;
  make_room();
}

void PictureKeeper::make_room() {
  while (figures_.kept_bytes > limits_.bytes_max && !kept_.empty()) {
    const auto oldest = std::ranges::min_element(kept_, {}, [](const auto& one) { return one.second.used; });
    ++figures_.evicted;
    forget(std::string(oldest->first));
  }
}

void PictureKeeper::forget(const std::string& hash) {
  const auto known = kept_.find(hash);
  if (known == kept_.end()) return;
  figures_.kept_bytes -= known->second.bytes;
  kept_.erase(known);
  std::error_code none;
  fs::remove(folder_ + "/" + hash, none);
}

FetchPicture fetch_pictures_from(const std::string& address, const std::string& ca) {
  return [address, ca](const std::string& hash) -> Result<std::string> {
    httplib::Client client(address);
    if (!client.is_valid()) return fail("hub_unreachable", "pictures.address is no address");
    if (!ca.empty()) client.set_ca_cert_path(ca.c_str());
    client.enable_server_certificate_verification(true);
    client.set_connection_timeout(3);
    client.set_read_timeout(5);
    std::string bytes;
    int status = 0;
    const auto answer = client.Get(
        "/api/v1/pictures/" + hash,
        [&](const httplib::Response& response) {
          status = response.status;
          return status == 200;
        },
        [&](const char* data, std::size_t size) {
          bytes.append(data, size);
          return bytes.size() <= sync::picture_bytes_max;
        });
    if (status == 404) return fail("picture_unknown", "the hub has no such picture");
    if (status == 200 && (answer || bytes.size() > sync::picture_bytes_max)) return bytes;
    return fail("hub_unreachable", "status " + std::to_string(status));
  };
}

}  // namespace vitrine::edge::io
