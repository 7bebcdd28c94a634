// SPDX-License-Identifier: Apache-2.0
// A serial scanner behind a pseudo-terminal: read, pulled out, plugged in again.
#include "kiosk/io/serial_scanner.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "tests/kiosk/io/wait_until.hpp"

using namespace vitrine::kiosk;

namespace {

// The other end of the line, under a name that stays while the terminals behind it change.
class Line {
 public:
  explicit Line(std::string name) : name_(std::move(name)) { plug_in(); }
  ~Line() { pull_out(); }
  void plug_in() {
    scanner_ = Descriptor(posix_openpt(O_RDWR | O_NOCTTY));
    REQUIRE(grantpt(scanner_.get()) == 0);
    REQUIRE(unlockpt(scanner_.get()) == 0);
    REQUIRE(symlink(ptsname(scanner_.get()), name_.c_str()) == 0);
  }
  void pull_out() {
    unlink(name_.c_str());
    scanner_.close();
  }
  void send(const std::string& bytes) {
    REQUIRE(write(scanner_.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  }

 private:
  std::string name_;
  Descriptor scanner_;
};

}  // namespace

TEST_CASE("codes come whole through the line, with GS and without a change") {
  const ScratchFolder folder;
  Line line(folder.file("scanner"));
  Reported<Scan> seen;
  SerialScanner scanner(folder.file("scanner"), 115200, [&](Scan scan) { seen.add(std::move(scan)); });
  REQUIRE(wait_until([&] { return scanner.present(); }));
  const std::string pass = "https://127.0.0.1:8443/k#" + std::string(700, '3');
  line.send(
      "]C10104006381333931\x1d"
      "21A\r\n");
  line.send(pass.substr(0, 300));
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  line.send(pass.substr(300) + "\r");
  REQUIRE(wait_until([&] { return seen.count() == 2; }));
  CHECK(seen.all()[0].text ==
        "0104006381333931\x1d"
        "21A");
  CHECK(seen.all()[0].symbology == Symbology::code_128);
  CHECK(seen.all()[1].text == pass);
  CHECK(seen.all()[1].source == ScanSource::serial);
  line.send("96385074");  // no suffix: silence ends it
  REQUIRE(wait_until([&] { return seen.count() == 3; }));
  CHECK(seen.all()[2].text == "96385074");
}

TEST_CASE("a scanner that is pulled out and plugged in again goes on, without the half code from before") {
  const ScratchFolder folder;
  Line line(folder.file("scanner"));
  Reported<Scan> seen;
  SerialScanner scanner(folder.file("scanner"), 9600, [&](Scan scan) { seen.add(std::move(scan)); });
  REQUIRE(wait_until([&] { return scanner.present(); }));
  line.send("40063813");
  line.pull_out();
  REQUIRE(wait_until([&] { return !scanner.present(); }));
  line.plug_in();
  REQUIRE(wait_until([&] { return scanner.present(); }));
  line.send("4006381333931\r");
  REQUIRE(wait_until([&] { return seen.count() == 1; }));
  CHECK(seen.all()[0].text == "4006381333931");
}

TEST_CASE("a scanner that is missing at start is found when it comes, and the end does not wait for it") {
  const ScratchFolder folder;
  Reported<Scan> seen;
  {
    SerialScanner scanner(folder.file("scanner"), 9600, [&](Scan scan) { seen.add(std::move(scan)); });
    CHECK_FALSE(scanner.present());
    Line line(folder.file("scanner"));
    REQUIRE(wait_until([&] { return scanner.present(); }));
    line.send("96385074\r");
    REQUIRE(wait_until([&] { return seen.count() == 1; }));
  }
  const auto begin = std::chrono::steady_clock::now();
  {
    SerialScanner never(folder.file("nothing"), 9600, [](const Scan&) {});
  }
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(300));
}

TEST_CASE("a wipe forgets a half read code") {
  const ScratchFolder folder;
  Line line(folder.file("scanner"));
  Reported<Scan> seen;
  SerialScanner scanner(folder.file("scanner"), 9600, [&](Scan scan) { seen.add(std::move(scan)); });
  REQUIRE(wait_until([&] { return scanner.present(); }));
  line.send("40063813");
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  scanner.wipe();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  line.send("96385074\r");
  REQUIRE(wait_until([&] { return seen.count() == 1; }));
  CHECK(seen.all()[0].text == "96385074");
}
