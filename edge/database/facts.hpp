// SPDX-License-Identifier: Apache-2.0
// What is known of each entry of the search index without reading its documents, eight bytes each: enough to count facets over
// every hit and to keep only the wanted ones.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vitrine::edge::database {

inline constexpr std::uint32_t facts_per_piece = 256;
inline constexpr std::uint32_t no_price = 0xffffffff;

struct Facts {
  std::uint32_t price_minor = no_price;  // when it was last looked at
  std::uint16_t department = 0;          // 0: none
  std::uint8_t popularity = 0;
  bool in_stock = false;

  static constexpr std::size_t size = 8;
  void write(char* to) const {
    for (unsigned i = 0; i < 4; ++i) to[i] = static_cast<char>(price_minor >> (8 * i));
    to[4] = static_cast<char>(department);
    to[5] = static_cast<char>(department >> 8);
    to[6] = static_cast<char>(popularity);
    to[7] = in_stock ? 1 : 0;
  }
  static Facts read(const char* from) {
    const auto byte = [&](unsigned i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(from[i])); };
    Facts out;
    out.price_minor = byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
    out.department = static_cast<std::uint16_t>(byte(4) | byte(5) << 8);
    out.popularity = static_cast<std::uint8_t>(byte(6));
    out.in_stock = byte(7) != 0;
    return out;
  }
};

// Of entry `number` in its piece; a piece that is too short has none.
inline Facts fact_in(std::string_view piece, std::uint32_t number) {
  const std::size_t at = Facts::size * (number % facts_per_piece);
  return at + Facts::size <= piece.size() ? Facts::read(piece.data() + at) : Facts{};
}
inline void put_fact_in(std::string& piece, std::uint32_t number, const Facts& facts) {
  const std::size_t at = Facts::size * (number % facts_per_piece);
  if (piece.size() < at + Facts::size) piece.resize(at + Facts::size, '\xff');
  facts.write(piece.data() + at);
}

}  // namespace vitrine::edge::database
