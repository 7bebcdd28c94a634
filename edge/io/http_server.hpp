// SPDX-License-Identifier: Apache-2.0
// The local API over HTTP on Unix sockets: one server answers, another keeps event streams, so that streams never take the
// threads that answer.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

#include "base/result.hpp"
#include "edge/local_api/api.hpp"
#include "edge/local_api/event_feed.hpp"

namespace httplib {
class Server;
}

namespace vitrine::edge::io {

inline constexpr std::size_t api_threads_max = 16;    // ten kiosks, each with a connection that stays open
inline constexpr std::size_t api_queue_max = 64;      // connections that wait for a thread; more wait in the kernel
inline constexpr std::size_t event_streams_max = 32;  // each is a thread

// Who may open a socket: the daemon's user and its group; its user alone; or whoever gets into its folder, which must be closed
// to others (the rights of the folder are the device's credential, and who made the folder gave them).
enum class Door : std::uint8_t { group, owner, folder };

// A listening Unix socket with its accepting thread.
class HttpServer {
 public:
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer();

  // Who comes through this socket is `caller`. Errors: "socket_in_use" when somebody answers there, "socket_unusable",
  // "folder_open".
  static Result<std::unique_ptr<HttpServer>> serve_api(const std::string& socket, local_api::Api& api,
                                                       local_api::Caller caller = {}, Door door = Door::group);
  // `streams` counts the open ones.
  static Result<std::unique_ptr<HttpServer>> serve_events(const std::string& socket, local_api::Api& api,
                                                          local_api::EventFeed& feed, std::atomic<std::size_t>& streams);

 private:
  HttpServer(std::string socket, std::size_t threads_max);
  Result<void> listen(Door door);

  std::string socket_;
  std::unique_ptr<httplib::Server> server_;
  std::thread thread_;
};

}  // namespace vitrine::edge::io
