// SPDX-License-Identifier: Apache-2.0
// A real Mosquitto on a free loopback port, with a certificate authority of its own, for tests. Clients need certificates of
// that authority; the certificate's name is the user name.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace vitrine::test {

// A folder that is removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

int free_port();
std::string read_whole_file(const std::string& path);
void write_whole_file(const std::string& path, const std::string& text);

struct ClientFiles {
  std::string ca;
  std::string cert;
  std::string key;
};

class TestBroker {
 public:
  // `acl`: lines of a Mosquitto ACL file; empty: everyone may everything. Stops the test where there is no Mosquitto.
  explicit TestBroker(const std::string& acl = "");
  // A broker with a config file that something else wrote; `log` must be where that config logs to.
  TestBroker(const std::string& config_file, int port);
  ~TestBroker();
  TestBroker(const TestBroker&) = delete;
  TestBroker& operator=(const TestBroker&) = delete;

  // A certificate of this broker's authority for `name`.
  ClientFiles client(const std::string& name);
  // A certificate for `name` of another authority, which this broker does not know; `ca` is that authority's.
  ClientFiles stranger(const std::string& name);

  void start();
  void kill();  // as a power cut would

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string log() const;

 private:
  TemporaryFolder folder_;
  std::string config_file_;
  int port_ = 0;
  pid_t process_ = -1;
};

}  // namespace vitrine::test
