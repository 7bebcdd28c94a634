// SPDX-License-Identifier: Apache-2.0
// See printer.hpp.
#include "kiosk/io/printer.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <string_view>
#include <utility>

#include "base/log.hpp"
#include "config/kiosk_config.hpp"
#include "kiosk/io/descriptor.hpp"

namespace vitrine::kiosk {
namespace {

using Clock = std::chrono::steady_clock;

std::unexpected<Error> missing(const std::string& why) { return fail("printer_missing", why); }

struct Line {
  Descriptor fd;
  bool answers = false;  // it may say how it is
  bool is_socket = false;
};

Result<Line> connect_to(const std::string& network, int within_ms) {
  const auto place = config::read_network_address(network);
  if (!place) return missing(network + " is no address");
  sockaddr_storage address{};
  socklen_t size = 0;
  if (place->ip.find(':') == std::string::npos) {
    auto& v4 = reinterpret_cast<sockaddr_in&>(address);
    v4.sin_family = AF_INET;
    v4.sin_port = htons(place->port);
    inet_pton(AF_INET, place->ip.c_str(), &v4.sin_addr);
    size = sizeof v4;
  } else {
    auto& v6 = reinterpret_cast<sockaddr_in6&>(address);
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(place->port);
    inet_pton(AF_INET6, place->ip.c_str(), &v6.sin6_addr);
    size = sizeof v6;
  }
  Line line{Descriptor(::socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)), true, true};
  if (!line.fd) return missing(std::strerror(errno));
  if (::connect(line.fd.get(), reinterpret_cast<const sockaddr*>(&address), size) == 0) return line;
  if (errno != EINPROGRESS) return missing(std::strerror(errno));
  pollfd wait{.fd = line.fd.get(), .events = POLLOUT, .revents = 0};
  int error = ETIMEDOUT;
  socklen_t length = sizeof error;
  if (::poll(&wait, 1, within_ms) == 1) ::getsockopt(line.fd.get(), SOL_SOCKET, SO_ERROR, &error, &length);
  if (error != 0) return missing(std::strerror(error));
  return line;
}

Result<Line> open_device(const std::string& device) {
  Line line{Descriptor(::open(device.c_str(), O_RDWR | O_APPEND | O_NONBLOCK | O_CLOEXEC | O_NOCTTY))};
  if (!line.fd) line.fd = Descriptor(::open(device.c_str(), O_WRONLY | O_APPEND | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (!line.fd) return missing(device + ": " + std::strerror(errno));
  struct stat kind{};
  line.answers = ::fstat(line.fd.get(), &kind) == 0 && S_ISCHR(kind.st_mode);
  return line;
}

Result<void> write_all(const Line& line, std::string_view bytes, int within_ms) {
  const auto end = Clock::now() + std::chrono::milliseconds(within_ms);
  while (!bytes.empty()) {
    const ssize_t wrote = line.is_socket ? ::send(line.fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL)
                                         : ::write(line.fd.get(), bytes.data(), bytes.size());
    if (wrote > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(wrote));
      continue;
    }
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0 && errno != EAGAIN) return missing(std::strerror(errno));
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    pollfd wait{.fd = line.fd.get(), .events = POLLOUT, .revents = 0};
    if (left <= 0 || ::poll(&wait, 1, static_cast<int>(left)) <= 0) return missing("it takes nothing");
  }
  return {};
}

// DLE EOT n, answered at once by a byte of a known shape; nothing: it does not say.
std::optional<unsigned> ask(const Line& line, char n, const PrinterPatience& patience) {
  if (!line.answers) return std::nullopt;
  const std::array<char, 3> question = {0x10, 0x04, n};
  if (!write_all(line, {question.data(), question.size()}, patience.answer_ms)) return std::nullopt;
  pollfd wait{.fd = line.fd.get(), .events = POLLIN, .revents = 0};
  if (::poll(&wait, 1, patience.answer_ms) != 1) return std::nullopt;
  unsigned char byte = 0;
  if (::read(line.fd.get(), &byte, 1) != 1 || (byte & 0x93U) != 0x12U) return std::nullopt;
  return byte;
}

Result<void> judge(const Line& line, const PrinterPatience& patience) {
  constexpr unsigned paper_end = 0x60;
  constexpr unsigned cover = 0x04;
  constexpr unsigned stopped_for_paper = 0x20;
  constexpr unsigned error = 0x40;
  const auto paper = ask(line, 4, patience);
  if (paper && (*paper & paper_end) != 0) return fail("printer_paper", "it is out of paper");
  if (!paper) return {};
  const auto offline = ask(line, 2, patience);
  if (offline && (*offline & stopped_for_paper) != 0) return fail("printer_paper", "it is out of paper");
  if (offline && (*offline & (cover | error)) != 0) return fail("printer_not_ready", "its cover is open, or it is in error");
  return {};
}

// What it still says is taken, so that what was sent is not thrown away with the line.
void end(const Line& line, const PrinterPatience& patience) {
  if (!line.is_socket) return;
  ::shutdown(line.fd.get(), SHUT_WR);
  pollfd wait{.fd = line.fd.get(), .events = POLLIN, .revents = 0};
  std::array<char, 64> rest{};
  while (::poll(&wait, 1, patience.answer_ms) == 1 && ::read(line.fd.get(), rest.data(), rest.size()) > 0) {
  }
}

}  // namespace

Result<void> print_now(const PrinterAddress& address, const std::string& bytes, const PrinterPatience& patience) {
  const auto line = address.network.empty() ? open_device(address.device) : connect_to(address.network, patience.connect_ms);
  if (!line) return std::unexpected(line.error());
  if (auto well = judge(*line, patience); !well) return well;
  if (auto written = write_all(*line, bytes, patience.write_ms); !written) return written;
  const auto after = judge(*line, patience);
  end(*line, patience);
  return after;
}

Printer::Printer(PrinterAddress address, Done done, PrinterPatience patience)
    : address_(std::move(address)), done_(std::move(done)), patience_(patience), thread_([this] { run(); }) {}

Printer::~Printer() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  given_.notify_one();
  thread_.join();
}

void Printer::print(std::uint64_t job, std::string bytes) {
  {
    const std::lock_guard lock(mutex_);
    waiting_ = Job{job, std::move(bytes)};
  }
  given_.notify_one();
}

void Printer::run() {
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      given_.wait(lock, [&] { return stop_ || waiting_; });
      if (stop_) return;
      job = *std::exchange(waiting_, std::nullopt);
    }
    const auto printed = print_now(address_, job.bytes, patience_);
    if (!printed) log::warning("nothing was printed", {{"code", printed.error().code}, {"reason", printed.error().message}});
    done_(job.number, printed ? std::string() : printed.error().code);
  }
}

}  // namespace vitrine::kiosk
