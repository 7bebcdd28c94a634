// SPDX-License-Identifier: Apache-2.0
// One file of a disk in memory: its bytes as a reader sees them, and what undoes each write that was not synced.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/faults/vfs/disk.hpp"

namespace vitrine::faults {

inline constexpr std::uint64_t cache_page = 4096;  // the system writes back and forgets pages of this size
inline constexpr int shared_locks = 8;             // of the log's index (SQLITE_SHM_NLOCK)

// The index that connections of one file share in WAL mode: memory, gone with the power.
struct SharedIndex {
  std::vector<std::unique_ptr<std::array<char, 32768>>> regions;
  std::array<int, shared_locks> readers{};
  std::array<const void*, shared_locks> writer{};
  int users = 0;
};

struct File {
  // Undoes one write: the bytes that stood there.
  struct Overwritten {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t before = 0;  // where they stand in `undo`
    std::uint64_t there = 0;   // how many of them the file had; the others are zeros
  };

  std::string bytes;
  std::vector<Overwritten> unsynced;          // oldest first
  std::string undo;                           // the bytes of `unsynced`
  std::vector<std::uint64_t> sizes{0};        // at the last sync, and after each change since
  std::map<std::uint64_t, std::string> lost;  // page → what the disk has: a sync of it failed, and nobody wrote it since
  bool named = false;                         // the directory entry is on the disk

  // Locks of the database file, and the log's index.
  int shared = 0;
  const void* reserved = nullptr;
  const void* pending = nullptr;
  const void* exclusive = nullptr;
  SharedIndex index;

  void write(std::uint64_t offset, const char* data, std::uint64_t size);
  void truncate(std::uint64_t size);
  void sync();
  // The sync failed: the system holds the pages for written, and the disk does not have them.
  void fail_sync();
  // What the disk has after the power went.
  void settle(const PowerCut& cut, std::uint64_t salt);
  void forget_unwritten();
  // As it stands, for a copy: without locks.
  [[nodiscard]] std::shared_ptr<File> copy() const;
  // The same where nobody reads this one any more.
  [[nodiscard]] std::shared_ptr<File> move_out();

 private:
  void remember(std::uint64_t offset, std::uint64_t size);
  void take_back(std::string& to, const Overwritten& one, std::uint64_t from, std::uint64_t upto) const;
  void clear_unsynced();
};

}  // namespace vitrine::faults
