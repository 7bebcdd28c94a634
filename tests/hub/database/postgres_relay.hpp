// SPDX-License-Identifier: Apache-2.0
// A line to a server's Unix socket that can be cut at the worst moment: when a COMMIT is on its way, before the server hears of
// it or before the hub hears of the answer. Each connection has a thread.
#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/require.hpp"

namespace vitrine::test {

class PostgresRelay {
 public:
  enum class Cut { nothing, before_server, before_answer };

  // From `folder` to the socket of that server, both with libpq's name for port 5432.
  PostgresRelay(const std::string& folder, const std::string& server_folder) : server_(socket_in(server_folder)) {
    listening_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un own = address_of(socket_in(folder));
    require(bind(listening_, reinterpret_cast<const sockaddr*>(&own), sizeof own) == 0 && listen(listening_, 8) == 0, "relay");
    thread_ = std::thread([this] { accept_all(); });
  }
  ~PostgresRelay() {
    over_ = true;
    thread_.join();
    for (std::thread& one : lines_) one.join();
    close(listening_);
  }
  PostgresRelay(const PostgresRelay&) = delete;
  PostgresRelay& operator=(const PostgresRelay&) = delete;

  // Of the next COMMIT alone.
  void cut_next(Cut cut) { cut_ = cut; }
  [[nodiscard]] bool has_cut() const { return cut_ == Cut::nothing; }

 private:
  static std::string socket_in(const std::string& folder) { return folder + "/.s.PGSQL.5432"; }
  static sockaddr_un address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    return address;
  }

  void accept_all() {
    while (!over_) {
      pollfd wait{listening_, POLLIN, 0};
      if (poll(&wait, 1, 20) <= 0) continue;
      const int client = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
      lines_.emplace_back([this, client] { carry(client); });
    }
  }

  static bool send_all(int to, std::string_view bytes) {
    return send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
  }

  void carry(int client) {
    const int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un theirs = address_of(server_);
    bool good = connect(server, reinterpret_cast<const sockaddr*>(&theirs), sizeof theirs) == 0;
    bool swallow = false;
    std::array<char, 65536> bytes{};
    while (good && !over_) {
      std::array<pollfd, 2> wait{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
      if (poll(wait.data(), wait.size(), 20) <= 0) continue;
      for (std::size_t i = 0; i < wait.size() && good; ++i) {
        if (wait[i].revents == 0) continue;
        const ssize_t size = recv(wait[i].fd, bytes.data(), bytes.size(), 0);
        const std::string_view heard(bytes.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
        good = size > 0;
        if (i == 0 && heard.find("COMMIT") != std::string_view::npos && cut_ != Cut::nothing) {
          swallow = cut_ == Cut::before_answer;
          good = good && swallow;
          cut_ = Cut::nothing;
        }
        if (i == 1 && swallow) good = false;  // it is done, and nobody is told
        good = good && send_all(i == 0 ? server : client, heard);
      }
    }
    close(client);
    close(server);
  }

  std::string server_;
  int listening_ = -1;
  std::atomic<Cut> cut_{Cut::nothing};
  std::atomic<bool> over_{false};
  std::thread thread_;
  std::vector<std::thread> lines_;
};

}  // namespace vitrine::test
