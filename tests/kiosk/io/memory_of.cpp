// SPDX-License-Identifier: Apache-2.0
// See memory_of.hpp.
#include "tests/kiosk/io/memory_of.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <sstream>

#include "kiosk/io/descriptor.hpp"

namespace vitrine::kiosk {

std::size_t copies_in_memory(pid_t program, const std::string& bytes) {
  const std::string folder = "/proc/" + std::to_string(program);
  std::ifstream maps(folder + "/maps");
  const Descriptor memory(::open((folder + "/mem").c_str(), O_RDONLY | O_CLOEXEC));
  std::size_t found = 0;
  std::string line;
  std::string content;
  while (std::getline(maps, line)) {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    char dash = 0;
    std::string rights;
    std::stringstream(line) >> std::hex >> from >> dash >> to >> rights;
    if (!rights.starts_with("rw")) continue;
    content.resize(to - from);
    const ssize_t got = ::pread(memory.get(), content.data(), content.size(), static_cast<off_t>(from));
    if (got <= 0) continue;
    content.resize(static_cast<std::size_t>(got));
    for (std::size_t at = content.find(bytes); at != std::string::npos; at = content.find(bytes, at + 1)) ++found;
  }
  return found;
}

}  // namespace vitrine::kiosk
