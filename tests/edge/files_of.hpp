// SPDX-License-Identifier: Apache-2.0
// What stands in a database's files, byte by byte: also what no query shows.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace vitrine::edge {

// Which of store.db's files have these bytes: "db", "wal", "shm", each with a blank.
inline std::string files_with(const std::string& path, const std::string& bytes) {
  std::string found;
  for (const char* file : {"", "-wal", "-shm"}) {
    std::ifstream in(path + file, std::ios::binary);
    const std::string all{std::istreambuf_iterator<char>(in), {}};
    if (all.find(bytes) != std::string::npos) found += *file == '\0' ? "db " : std::string(file + 1) + " ";
  }
  return found;
}

}  // namespace vitrine::edge
