// SPDX-License-Identifier: Apache-2.0
// Starts Mosquitto and makes its certificates with the openssl command.
#include "tests/broker/test_broker.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/require.hpp"

namespace vitrine::test {

namespace {

void run(const std::string& command) { require(std::system((command + " >/dev/null 2>&1").c_str()) == 0, command); }

void make_authority(const std::string& folder, const std::string& name) {
  run("cd " + folder + " && openssl ecparam -name prime256v1 -genkey -noout -out " + name +
      ".key && openssl req -x509 -new -key " + name + ".key -subj /CN=" + name + " -days 2 -out " + name + ".crt");
}

void make_certificate(const std::string& folder, const std::string& authority, const std::string& file, const std::string& name) {
  write_whole_file(folder + "/ext", "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
  run("cd " + folder + " && openssl ecparam -name prime256v1 -genkey -noout -out " + file + ".key && openssl req -new -key " +
      file + ".key -subj /CN=" + name + " -out " + file + ".csr && openssl x509 -req -in " + file + ".csr -CA " + authority +
      ".crt -CAkey " + authority + ".key -CAcreateserial -days 2 -extfile ext -out " + file + ".crt");
}

std::string mosquitto_program() {
  for (const char* path : {"/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto"}) {
    if (access(path, X_OK) == 0) return path;
  }
  require(false, "mosquitto is not installed");
  return {};
}

bool answers(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool connected = connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(fd);
  return connected;
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "vitrine-test-XXXXXX").string();
  require(mkdtemp(pattern.data()) != nullptr, "mkdtemp");
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

int free_port() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  require(bind(fd, reinterpret_cast<const sockaddr*>(&address), size) == 0, "bind");
  require(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0, "getsockname");
  close(fd);
  return ntohs(address.sin_port);
}

std::string read_whole_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write_whole_file(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

TestBroker::TestBroker(const std::string& acl) : config_file_(folder_ / "mosquitto.conf"), port_(free_port()) {
  make_authority(folder_.path(), "authority");
  make_certificate(folder_.path(), "authority", "broker", "broker");
  std::string config =
      "listener " + std::to_string(port_) + " 127.0.0.1\ncafile " + folder_ / "authority.crt" + "\ncertfile " +
      folder_ / "broker.crt" + "\nkeyfile " + folder_ / "broker.key" +
      "\nrequire_certificate true\nuse_identity_as_username true\npersistence false\nlog_type all\nlog_dest file " +
      folder_ / "mosquitto.log" + "\n";
  if (!acl.empty()) {
    write_whole_file(folder_ / "acl", acl);
    config += "acl_file " + folder_ / "acl" + "\n";
  }
  if (geteuid() == 0) config += "user root\n";
  write_whole_file(config_file_, config);
  start();
}

TestBroker::TestBroker(const std::string& config_file, int port) : config_file_(config_file), port_(port) { start(); }

TestBroker::~TestBroker() { kill(); }

ClientFiles TestBroker::client(const std::string& name) {
  make_certificate(folder_.path(), "authority", "client-" + name, name);
  return {folder_ / "authority.crt", folder_ / ("client-" + name + ".crt"), folder_ / ("client-" + name + ".key")};
}

ClientFiles TestBroker::stranger(const std::string& name) {
  make_authority(folder_.path(), "elsewhere");
  make_certificate(folder_.path(), "elsewhere", "stranger-" + name, name);
  return {folder_ / "elsewhere.crt", folder_ / ("stranger-" + name + ".crt"), folder_ / ("stranger-" + name + ".key")};
}

void TestBroker::start() {
  const std::string program = mosquitto_program();
  process_ = fork();
  if (process_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int null = open("/dev/null", O_WRONLY);
    dup2(null, 1);
    dup2(null, 2);
    execl(program.c_str(), program.c_str(), "-c", config_file_.c_str(), nullptr);
    _exit(127);
  }
  for (int i = 0; i < 200; ++i) {
    if (answers(port_)) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
  }
  require(false, "mosquitto did not start: " + log());
}

void TestBroker::kill() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
  process_ = -1;
}

std::string TestBroker::log() const { return read_whole_file(folder_ / "mosquitto.log"); }

}  // namespace vitrine::test
