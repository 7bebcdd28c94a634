// SPDX-License-Identifier: Apache-2.0
#include "sync/protocol/hold_key.hpp"

#include <array>
#include <charconv>

namespace vitrine::sync::protocol {

namespace {

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::string encode_hold_key(const HoldKey& key) {
  return key.store.text + "/" + key.sku.text + "/" + std::to_string(key.units) + "/" + std::to_string(key.until.value) + "/" +
         key.cart.text;
}

std::optional<HoldKey> decode_hold_key(std::string_view text) {
  std::array<std::string_view, 5> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t slash = text.find('/');
    const bool last = i + 1 == parts.size();
    if ((slash == std::string_view::npos) != last) return std::nullopt;
    parts[i] = text.substr(0, slash);
    if (!last) text.remove_prefix(slash + 1);
  }
  const auto units = number_of(parts[2]);
  const auto until = number_of(parts[3]);
  const bool good = is_store_id(parts[0]) && is_sku(parts[1]) && units && *units >= 1 && *units <= hold_units_max && until &&
                    *until >= 0 && is_hex_128(parts[4]);
  if (!good) return std::nullopt;
  return HoldKey{StoreId{std::string(parts[0])}, Sku{std::string(parts[1])}, *units, UtcMs{*until},
                 CartId{std::string(parts[4])}};
}

}  // namespace vitrine::sync::protocol
