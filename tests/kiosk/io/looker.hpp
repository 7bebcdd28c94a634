// SPDX-License-Identifier: Apache-2.0
// Asks a kiosk's automation socket, one line at a time.
#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <string>

#include "kiosk/io/descriptor.hpp"

namespace vitrine::kiosk {

class Looker {
 public:
  explicit Looker(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) socket_.close();
  }
  [[nodiscard]] bool connected() const { return static_cast<bool>(socket_); }

  // The answer's line, or nothing when the other end hung up.
  std::string ask(const std::string& line) {
    const std::string out = line + "\n";
    if (::send(socket_.get(), out.data(), out.size(), MSG_NOSIGNAL) < 0) return {};
    std::string answer;
    while (true) {
      pollfd wait{.fd = socket_.get(), .events = POLLIN, .revents = 0};
      char c = 0;
      if (::poll(&wait, 1, 10'000) <= 0 || ::recv(socket_.get(), &c, 1, 0) <= 0) return {};
      if (c == '\n') return answer;
      answer.push_back(c);
    }
  }

 private:
  Descriptor socket_;
};

}  // namespace vitrine::kiosk
