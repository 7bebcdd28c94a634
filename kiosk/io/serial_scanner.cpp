// SPDX-License-Identifier: Apache-2.0
// The serial scanner's thread; see serial_scanner.hpp.
#include "kiosk/io/serial_scanner.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/log.hpp"
#include "kiosk/io/system_clock.hpp"

namespace vitrine::kiosk {
namespace {

constexpr int look_again_ms = 500;

speed_t speed_of(std::int64_t baud) {
  switch (baud) {
    case 1200:
      return B1200;
    case 2400:
      return B2400;
    case 4800:
      return B4800;
    case 9600:
      return B9600;
    case 19200:
      return B19200;
    case 38400:
      return B38400;
    case 57600:
      return B57600;
    case 230400:
      return B230400;
    case 460800:
      return B460800;
    case 921600:
      return B921600;
    default:
      return B115200;
  }
}

// Raw, 8N1, and for us alone. A descriptor that is no terminal is refused.
Descriptor open_raw(const std::string& device, std::int64_t baud) {
  Descriptor line(::open(device.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
  termios settings{};
  if (!line || tcgetattr(line.get(), &settings) != 0) return {};
  cfmakeraw(&settings);
  settings.c_cflag |= CLOCAL | CREAD;
  settings.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | CRTSCTS);
  cfsetspeed(&settings, speed_of(baud));
  if (tcsetattr(line.get(), TCSANOW, &settings) != 0) return {};
  ioctl(line.get(), TIOCEXCL);
  tcflush(line.get(), TCIFLUSH);  // what was scanned while nobody listened belongs to nobody
  return line;
}

}  // namespace

SerialScanner::SerialScanner(std::string device, std::int64_t baud, std::function<void(Scan)> seen)
    : device_(std::move(device)), baud_(baud), seen_(std::move(seen)), thread_([this] { run(); }) {}

SerialScanner::~SerialScanner() {
  stop_ = true;
  wake_.wake();
  thread_.join();
}

void SerialScanner::wipe() {
  wipe_ = true;
  wake_.wake();
}

bool SerialScanner::wait_for_wake(int ms) {
  pollfd wait{.fd = wake_.get(), .events = POLLIN, .revents = 0};
  ::poll(&wait, 1, ms);
  if (wait.revents != 0) wake_.take();
  return !stop_;
}

void SerialScanner::run() {
  bool said_missing = false;
  while (!stop_) {
    const Descriptor line = open_raw(device_, baud_);
    if (!line) {
      if (!std::exchange(said_missing, true)) log::warning("serial scanner is missing", {{"device", device_}});
      wait_for_wake(look_again_ms);
      continue;
    }
    log::info("serial scanner is there", {{"device", device_}});
    said_missing = false;
    present_ = true;
    listen(line.get());
    present_ = false;
    decoder_.wipe();
    if (!stop_) log::warning("serial scanner went away", {{"device", device_}});
    said_missing = true;
    wait_for_wake(look_again_ms);
  }
}

void SerialScanner::listen(int device) {
  std::array<char, 4096> buffer{};
  while (!stop_) {
    int timeout = -1;
    if (const auto deadline = decoder_.deadline()) {
      timeout = static_cast<int>(std::clamp<std::int64_t>(deadline->value - mono_now().value, 0, 1000));
    }
    std::array<pollfd, 2> waits{pollfd{.fd = device, .events = POLLIN, .revents = 0},
                                pollfd{.fd = wake_.get(), .events = POLLIN, .revents = 0}};
    if (::poll(waits.data(), waits.size(), timeout) < 0 && errno != EINTR) return;
    if (waits[1].revents != 0) wake_.take();
    if (wipe_.exchange(false)) decoder_.wipe();
    std::vector<Scan> scans;
    if ((waits[0].revents & POLLIN) != 0) {
      const ssize_t count = ::read(device, buffer.data(), buffer.size());
      if (count == 0) return;
      if (count < 0 && errno != EAGAIN && errno != EINTR) return;
      if (count > 0) {
        scans = decoder_.bytes(std::string_view(buffer.data(), static_cast<std::size_t>(count)), mono_now());
        std::memset(buffer.data(), 0, static_cast<std::size_t>(count));
      }
    } else if ((waits[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
      return;
    } else {
      scans = decoder_.passed(mono_now());
    }
    for (Scan& scan : scans) seen_(std::move(scan));
  }
}

}  // namespace vitrine::kiosk
