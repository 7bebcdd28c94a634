// SPDX-License-Identifier: Apache-2.0
// Rising numbers as differences of seven bits a byte: a piece of a word's list in search.db.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::edge::database {

inline constexpr std::size_t posting_piece_max = 512;  // numbers; a piece stays within one page of the database

inline void append_difference(std::string& bytes, std::uint32_t difference) {
  for (; difference >= 0x80; difference >>= 7) bytes.push_back(static_cast<char>(difference | 0x80));
  bytes.push_back(static_cast<char>(difference));
}

// Calls `take` for each number of a piece.
template <class Take>
void for_each_posting(std::uint32_t first, std::string_view others, const Take& take) {
  take(first);
  std::uint32_t difference = 0;
  unsigned shift = 0;
  for (const char c : others) {
    const auto byte = static_cast<unsigned char>(c);
    difference |= static_cast<std::uint32_t>(byte & 0x7fU) << shift;
    shift += 7;
    if ((byte & 0x80U) != 0 && shift < 32) continue;
    first += difference;
    take(first);
    difference = 0;
    shift = 0;
  }
}

// All but the first, as they are written.
inline std::string posting_bytes(const std::uint32_t* numbers, std::size_t count) {
  std::string bytes;
  for (std::size_t i = 1; i < count; ++i) append_difference(bytes, numbers[i] - numbers[i - 1]);
  return bytes;
}

}  // namespace vitrine::edge::database
