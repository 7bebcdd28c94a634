// SPDX-License-Identifier: Apache-2.0
// POSIX behind edge/io/box.hpp.
#include "edge/io/box.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include "base/require.hpp"

namespace vitrine::edge::io {

Now box_clock() {
  using std::chrono::duration_cast;
  using std::chrono::milliseconds;
  return {UtcMs{duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()},
          MonoMs{duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count()}};
}

std::uint64_t box_chance() {
  std::uint64_t bits = 0;
  ssize_t got = 0;
  do {
    got = getrandom(&bits, sizeof bits, 0);
  } while (got < 0 && errno == EINTR);
  require(got == static_cast<ssize_t>(sizeof bits), "the random device answers");
  return bits;
}

std::string box_boot() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  if (!std::getline(file, id)) {
    // Without it, each start of the daemon is as good as one of the machine: waits only grow longer.
    for (int i = 0; i < 2; ++i) id += std::to_string(box_chance());
  }
  return id;
}

Result<StateLock> StateLock::take(const std::string& folder, const std::string& lock_file) {
  std::error_code failed;
  if (std::filesystem::create_directories(folder, failed)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all | std::filesystem::perms::group_exec, failed);
  }
  const int fd = ::open(lock_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return fail("state_unwritable", folder + ": " + std::strerror(errno));
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd);
    return fail("state_in_use", folder + " is in use by another vitrine-edge; one store has one daemon");
  }
  return StateLock(fd);
}

StateLock::StateLock(StateLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

StateLock::~StateLock() {
  if (fd_ >= 0) ::close(fd_);
}

local_api::DiskFigures disk_figures(const std::string& folder, const std::string& database_file) {
  local_api::DiskFigures figures;
  std::error_code ignored;
  figures.free_bytes = std::filesystem::space(folder, ignored).available;
  for (const char* suffix : {"", "-wal"}) {
    const auto size = std::filesystem::file_size(database_file + suffix, ignored);
    if (!ignored) figures.database_bytes += size;
  }
  return figures;
}

void notify_service_manager(const std::string& state) {
  const char* path = std::getenv("NOTIFY_SOCKET");
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path == nullptr || (path[0] != '/' && path[0] != '@') || std::strlen(path) >= sizeof address.sun_path) return;
  std::memcpy(address.sun_path, path, std::strlen(path));
  if (path[0] == '@') address.sun_path[0] = '\0';  // the abstract namespace
  const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return;
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + std::strlen(path));
  [[maybe_unused]] const ssize_t sent =
      ::sendto(fd, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), length);
  ::close(fd);
}

}  // namespace vitrine::edge::io
