// SPDX-License-Identifier: Apache-2.0
// Fetches pictures of products from the store's daemon, on a thread of its own, and decodes them there: no frame waits, and
// nothing else that is asked of the daemon does.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "kiosk/widgets/pictograms.hpp"

namespace vitrine::kiosk {

struct PictureCame {
  std::string name;
  Bitmap bitmap;
};

class PictureClient {
 public:
  // `came` is called on the client's thread; false: no room, it is asked for again by who still draws it.
  PictureClient(std::string api_socket, std::function<bool(PictureCame)> came);
  ~PictureClient();
  PictureClient(const PictureClient&) = delete;
  PictureClient& operator=(const PictureClient&) = delete;

  // Of these, `side_px` at most each way. What is not at the daemon yet is asked for again, by and by, until forget().
  void want(const std::vector<std::string>& names, int side_px);
  // What is under way does not arrive any more.
  void forget();

 private:
  struct Wanted {
    std::int64_t due_ms = 0;  // of the monotonic clock
    std::int64_t pause_ms = 0;
  };
  void run();
  void settle(const std::string& name, std::uint64_t visit, int status, const std::string& bytes, int side_px);

  const std::string socket_;
  const std::function<bool(PictureCame)> came_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Wanted> wanted_;
  std::uint64_t visit_ = 0;
  int side_px_ = 1;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace vitrine::kiosk
