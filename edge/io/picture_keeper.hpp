// SPDX-License-Identifier: Apache-2.0
// Pictures of products on the store's disk: what screens ask for and is not here is fetched from the hub, beside everything
// else; what nobody looked at for longest makes room. Each is what its name says, or it is not there.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/result.hpp"
#include "edge/local_api/metrics.hpp"

namespace vitrine::edge::io {

// The bytes of that hash from the hub. Error "picture_unknown": it has none, ask no more for a while; any other: it could not be
// asked.
using FetchPicture = std::function<Result<std::string>(const std::string& hash)>;

class PictureKeeper {
 public:
  struct Limits {
    std::uint64_t bytes_max = 256ULL * 1024 * 1024;
    std::int64_t retry_ms = 5'000;      // after a failed fetch nothing is asked for so long
    std::int64_t unknown_ms = 600'000;  // after the hub had none of that name
  };
  // Reads the folder, makes it where there is none, and starts. Error "pictures_unusable".
  static Result<std::unique_ptr<PictureKeeper>> open(const std::string& folder, Limits limits, FetchPicture fetch);
  ~PictureKeeper();
  PictureKeeper(const PictureKeeper&) = delete;
  PictureKeeper& operator=(const PictureKeeper&) = delete;

  // From any thread. Error "picture_absent": it is fetched from now on, where it can be.
  Result<std::string> get(const std::string& hash);
  [[nodiscard]] local_api::PictureFigures figures() const;

 private:
  struct Kept {
    std::uint64_t bytes = 0;
    std::uint64_t used = 0;  // the higher, the later
  };
  using Clock = std::chrono::steady_clock;
  PictureKeeper(std::string folder, Limits limits, FetchPicture fetch);
  Result<void> read_folder();
  void run();
  void keep(const std::string& hash, const std::string& bytes);
  void make_room();
  void forget(const std::string& hash);

  const std::string folder_;
  const Limits limits_;
  const FetchPicture fetch_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Kept> kept_;
  std::deque<std::string> wanted_;  // the newest first
  std::string fetching_;            // asked of the hub right now: not wanted once more
  std::map<std::string, Clock::time_point> unknown_until_;
  std::uint64_t uses_ = 0;
  local_api::PictureFigures figures_;
  bool stopping_ = false;
  std::thread thread_;
};

// Asks `address` ("https://hub.example:8443"), trusting the authorities of the file `ca` (empty: the system's). At most 1 MiB.
FetchPicture fetch_pictures_from(const std::string& address, const std::string& ca);

}  // namespace vitrine::edge::io
