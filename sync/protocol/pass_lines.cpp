// SPDX-License-Identifier: Apache-2.0
// See pass_lines.hpp.
#include "sync/protocol/pass_lines.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "sync/protocol/pass_signature.hpp"

namespace vitrine::sync::protocol {

namespace {

constexpr std::uint64_t numeric_sku_max = (1ULL << 63) - 1;

// The number that a SKU of decimal digits stands for; none where it would not come back the same ("00123", "85123A").
std::optional<std::uint64_t> number_of(const Sku& sku) {
  if (sku.text.empty() || sku.text.size() > 19 || (sku.text.size() > 1 && sku.text.front() == '0')) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : sku.text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (number > numeric_sku_max) return std::nullopt;
  return number;
}

CborItem item_of(const Sku& sku) {
  if (const auto number = number_of(sku)) return *number;
  return sku.text;
}

std::optional<Sku> sku_of(const CborItem& item) {
  if (const auto* number = std::get_if<std::uint64_t>(&item)) {
    if (*number > numeric_sku_max) return std::nullopt;
    return Sku{std::to_string(*number)};
  }
  const auto* text = std::get_if<std::string>(&item);
  if (text == nullptr || !is_sku(*text) || number_of(Sku{*text})) return std::nullopt;
  return Sku{*text};
}

}  // namespace

bool are_good_lines(const std::vector<rules::PassLine>& lines) {
  std::set<Sku> skus;
  return lines.size() <= rules::cart_lines_max && std::ranges::all_of(lines, [&](const rules::PassLine& line) {
           return is_sku(line.sku.text) && line.units >= 1 && line.units <= rules::cart_quantity_max &&
                  skus.insert(line.sku).second;
         });
}

void append_lines(std::vector<CborItem>& items, const std::vector<rules::PassLine>& lines) {
  for (const rules::PassLine& line : lines) {
    items.push_back(item_of(line.sku));
    items.emplace_back(static_cast<std::uint64_t>(line.units));
  }
}

std::optional<std::vector<rules::PassLine>> read_lines(const std::vector<CborItem>& items, std::size_t first) {
  if (items.size() < first || (items.size() - first) % 2 != 0) return std::nullopt;
  std::vector<rules::PassLine> lines;
  for (std::size_t i = first; i + 1 < items.size(); i += 2) {
    const auto sku = sku_of(items[i]);
    const auto units = number_of(items[i + 1], static_cast<std::uint64_t>(rules::cart_quantity_max));
    if (!sku || !units) return std::nullopt;
    lines.push_back({*sku, static_cast<std::int64_t>(*units)});
  }
  return lines;
}

}  // namespace vitrine::sync::protocol
