// SPDX-License-Identifier: Apache-2.0
// See picture_client.hpp.
#include "kiosk/io/picture_client.hpp"

#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/log.hpp"
#include "kiosk/io/system_clock.hpp"
#include "kiosk/widgets/bitmap_file.hpp"
#include "sync/model/picture.hpp"

namespace vitrine::kiosk {
namespace {

constexpr std::size_t wanted_max = 64;
constexpr std::int64_t pause_first_ms = 500;  // doubles
constexpr std::int64_t pause_most_ms = 30'000;
constexpr std::int64_t never_ms = INT64_MAX;

}  // namespace

PictureClient::PictureClient(std::string api_socket, std::function<bool(PictureCame)> came)
    : socket_(std::move(api_socket)), came_(std::move(came)), thread_([this] { run(); }) {}

PictureClient::~PictureClient() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void PictureClient::want(const std::vector<std::string>& names, int side_px) {
  if (names.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    side_px_ = side_px;
    for (const std::string& name : names) {
      if (wanted_.size() < wanted_max && sync::is_picture_hash(name)) wanted_.try_emplace(name);
    }
  }
  changed_.notify_all();
}

void PictureClient::forget() {
  const std::lock_guard lock(mutex_);
  wanted_.clear();
  ++visit_;
}

void PictureClient::run() {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    const auto next = std::ranges::min_element(wanted_, {}, [](const auto& one) { return one.second.due_ms; });
    if (next == wanted_.end() || next->second.due_ms == never_ms) {
      changed_.wait(lock);
      continue;
    }
    if (const std::int64_t wait_ms = next->second.due_ms - mono_now().value; wait_ms > 0) {
      changed_.wait_for(lock, std::chrono::milliseconds(wait_ms));
      continue;
    }
    const std::string name = next->first;
    const std::uint64_t visit = visit_;
    const int side_px = side_px_;
    lock.unlock();
    httplib::Client http(socket_);
    http.set_address_family(AF_UNIX);
    http.set_connection_timeout(std::chrono::seconds(1));
    http.set_read_timeout(std::chrono::seconds(2));
    std::string bytes;
    int status = 0;
    http.Get(
        "/v1/pictures/" + name, {{"Host", "localhost"}},
        [&](const httplib::Response& response) {
          status = response.status;
          return status == 200;
        },
        [&](const char* data, std::size_t size) {
          bytes.append(data, size);
          return bytes.size() <= sync::picture_bytes_max;
        });
    settle(name, visit, status, bytes, side_px);
    lock.lock();
  }
}

void PictureClient::settle(const std::string& name, std::uint64_t visit, int status, const std::string& bytes, int side_px) {
  std::optional<Bitmap> bitmap;
  if (status == 200) {
    auto decoded = decode_picture(bytes);
    if (decoded) bitmap = shrunk_to_fit(*decoded, side_px, side_px);
    if (!decoded) log::warning("a product's picture is not shown", {{"reason", decoded.error().message}});
  }
  std::unique_lock lock(mutex_);
  const auto wanted = wanted_.find(name);
  if (visit != visit_ || wanted == wanted_.end()) return;
  if (status == 200 && !bitmap) {
    wanted->second.due_ms = never_ms;
    return;
  }
  if (!bitmap) {
    std::int64_t& pause_ms = wanted->second.pause_ms;
    pause_ms = std::clamp(pause_ms * 2, pause_first_ms, pause_most_ms);
    wanted->second.due_ms = mono_now().value + pause_ms;
    return;
  }
  wanted_.erase(wanted);
  came_({name, std::move(*bitmap)});  // under the lock: forget() comes before it, or after
}

}  // namespace vitrine::kiosk
