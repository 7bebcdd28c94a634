// SPDX-License-Identifier: Apache-2.0
// A printer on the network that is there, out of paper, open, mute, gone or stuck; and one that is a file. Nobody waits for it.
#include "kiosk/io/printer.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <iterator>

#include "kiosk/io/descriptor.hpp"
#include "tests/kiosk/io/wait_until.hpp"

using namespace vitrine::kiosk;

namespace {

const std::string ticket = "\x1B@a ticket\n\x1DV\x42";
constexpr PrinterPatience patience{.connect_ms = 1000, .answer_ms = 150, .write_ms = 500};

// Listens as printers do and answers DLE EOT; keeps the rest.
class StandIn {
 public:
  std::atomic<int> paper{0x12};    // the answer to DLE EOT 4; 0: none
  std::atomic<int> offline{0x12};  // to DLE EOT 2
  std::atomic<bool> takes{true};

  StandIn() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(listener_.get(), 4) == 0);
    REQUIRE(::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
  }
  ~StandIn() {
    stop_ = true;
    thread_.join();
  }
  [[nodiscard]] PrinterAddress address() const { return {"127.0.0.1:" + std::to_string(port_), ""}; }
  std::string printed() {
    const std::lock_guard lock(mutex_);
    return printed_;
  }

 private:
  static bool ready(int fd) {
    pollfd wait{.fd = fd, .events = POLLIN, .revents = 0};
    return ::poll(&wait, 1, 20) == 1;
  }
  void run() {
    while (!stop_) {
      if (!ready(listener_.get())) continue;
      const Descriptor line(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      serve(line.get());
    }
  }
  void serve(int line) {
    std::string heard;
    while (!stop_) {
      if (!takes || !ready(line)) continue;
      char block[512];
      const ssize_t count = ::read(line, block, sizeof block);
      if (count <= 0) break;
      heard.append(block, static_cast<std::size_t>(count));
      for (std::size_t at = 0; (at = heard.find("\x10\x04")) != std::string::npos && at + 2 < heard.size();) {
        const int answer = heard[at + 2] == 4 ? paper.load() : offline.load();
        heard.erase(at, 3);
        const auto byte = static_cast<unsigned char>(answer);
        if (answer != 0 && ::send(line, &byte, 1, MSG_NOSIGNAL) != 1) return;
      }
    }
    const std::lock_guard lock(mutex_);
    printed_ += heard;
  }

  Descriptor listener_;
  int port_ = 0;
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  std::string printed_;
  std::thread thread_;
};

std::string code(const vitrine::Result<void>& result) { return result ? "" : result.error().code; }

}  // namespace

TEST_CASE("a printer that is well prints all of it; so does one that says nothing of itself") {
  StandIn printer;
  CHECK(code(print_now(printer.address(), ticket, patience)).empty());
  CHECK(wait_until([&] { return printer.printed() == ticket; }));
  printer.paper = printer.offline = 0;
  CHECK(code(print_now(printer.address(), ticket, patience)).empty());
  CHECK(wait_until([&] { return printer.printed() == ticket + ticket; }));
}

TEST_CASE("out of paper, open, in error: said before anything is sent") {
  StandIn printer;
  printer.paper = 0x72;
  CHECK(code(print_now(printer.address(), ticket, patience)) == "printer_paper");
  printer.paper = 0x12;
  printer.offline = 0x16;
  CHECK(code(print_now(printer.address(), ticket, patience)) == "printer_not_ready");
  printer.offline = 0x32;
  CHECK(code(print_now(printer.address(), ticket, patience)) == "printer_paper");
  printer.offline = 0x52;
  CHECK(code(print_now(printer.address(), ticket, patience)) == "printer_not_ready");
  CHECK(printer.printed().empty());
}

TEST_CASE("one that is not there, or takes nothing, is given up in time") {
  int port = 0;
  {
    const StandIn gone;
    port = std::stoi(gone.address().network.substr(10));
  }
  CHECK(code(print_now({"127.0.0.1:" + std::to_string(port), ""}, ticket, patience)) == "printer_missing");
  CHECK(code(print_now({"", "/nowhere/lp0"}, ticket, patience)) == "printer_missing");
  StandIn stuck;
  stuck.takes = false;
  CHECK(code(print_now(stuck.address(), std::string(64UL * 1024 * 1024, 'x'), patience)) == "printer_missing");
}

TEST_CASE("a device is written to; asking takes no time, and the answer comes by itself") {
  const ScratchFolder folder;
  std::ofstream(folder.file("lp0")).close();
  Reported<std::pair<std::uint64_t, std::string>> said;
  {
    Printer printer(
        {"", folder.file("lp0")}, [&](std::uint64_t job, const std::string& failed) { said.add({job, failed}); }, patience);
    printer.print(7, ticket);
    REQUIRE(wait_until([&] { return said.count() == 1; }));
    CHECK(said.all()[0] == std::pair<std::uint64_t, std::string>{7, ""});
  }
  std::ifstream file(folder.file("lp0"), std::ios::binary);
  CHECK(std::string(std::istreambuf_iterator<char>(file), {}) == ticket);
  StandIn slow;
  slow.takes = false;
  Printer printer(slow.address(), [&](std::uint64_t job, const std::string& failed) { said.add({job, failed}); },
                  {.connect_ms = 2'000, .answer_ms = 2'000, .write_ms = 2'000});
  printer.print(8, std::string(64UL * 1024 * 1024, 'x'));
  CHECK(said.count() == 1);  // it did not wait for the answer
  REQUIRE(wait_until([&] { return said.count() == 2; }));
  CHECK(said.all()[1] == std::pair<std::uint64_t, std::string>{8, "printer_missing"});
}
