// SPDX-License-Identifier: Apache-2.0
// The service manager's datagrams; see service_notice.hpp.
#include "kiosk/io/service_notice.hpp"

#include <sys/socket.h>
#include <sys/un.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "kiosk/io/descriptor.hpp"

namespace vitrine::kiosk {

ServiceNotice::ServiceNotice() {
  if (const char* socket = std::getenv("NOTIFY_SOCKET")) socket_ = socket;
  if (const char* watchdog = std::getenv("WATCHDOG_USEC")) alive_each_ms_ = std::strtoll(watchdog, nullptr, 10) / 3000;
}

void ServiceNotice::send(std::string_view text) const {
  sockaddr_un address{};
  if (socket_.empty() || socket_.size() >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, socket_.data(), socket_.size());
  if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  const Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ::sendto(socket.get(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT, reinterpret_cast<const sockaddr*>(&address),
           length);
}

void ServiceNotice::ready() { send("READY=1"); }

void ServiceNotice::alive(MonoMs now) {
  if (alive_each_ms_ <= 0 || now.value - last_.value < alive_each_ms_) return;
  last_ = now;
  send("WATCHDOG=1");
}

void ServiceNotice::stopping() { send("STOPPING=1"); }

}  // namespace vitrine::kiosk
