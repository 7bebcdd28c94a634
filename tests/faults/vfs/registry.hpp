// SPDX-License-Identifier: Apache-2.0
// How SQLite's side finds a disk by a path.
#pragma once

#include <cstdint>
#include <string_view>

namespace vitrine::faults {

class Disk;

inline constexpr std::string_view path_prefix = "/memory-disk/";  // then the disk's number, "/", and the file's name

// None: that disk is gone.
Disk* disk_of(std::uint64_t number);

}  // namespace vitrine::faults
