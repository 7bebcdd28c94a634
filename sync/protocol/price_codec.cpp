// SPDX-License-Identifier: Apache-2.0
// Price documents as JSON.
#include "sync/protocol/price_codec.hpp"

#include "sync/model/currency.hpp"
#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/tape_input.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;

constexpr std::size_t price_bytes_max = 64 * 1024;
constexpr std::size_t entries_max = 500;

pricing::PriceEntry decode_entry(const TapeFields& fields) {
  pricing::PriceEntry entry;
  entry.from = {fields.integer("from", 0, time_ms_max)};
  if (const auto to = fields.integer_if_any("to", 0, time_ms_max)) entry.to = UtcMs{*to};
  if (entry.to && *entry.to <= entry.from) fields.wrong("to", "not after from");
  entry.list_minor = fields.integer("list", 0, pricing::price_minor_max);
  entry.current_minor = fields.integer("current", 0, pricing::price_minor_max);
  return entry;
}

}  // namespace

Result<pricing::PriceDocument> decode_price(std::string_view text) {
  Tape tape;
  const auto body = tape.object(text, price_bytes_max, "price_malformed");
  if (!body) return std::unexpected(body.error());
  Mistake mistake("price_malformed");
  const Place whole;
  const TapeFields fields(*body, whole, mistake);
  pricing::PriceDocument price;
  price.sku = Sku{fields.text("sku", is_sku)};
  price.currency = fields.text("currency", is_currency);
  price.tax_included = fields.boolean("tax_included");
  fields.each_object("entries", entries_max, [&](const TapeFields& entry) { price.entries.push_back(decode_entry(entry)); });
  if (mistake.made()) return mistake.error();
  return price;
}

std::string encode_price(const pricing::PriceDocument& price, std::string_view zone) {
  json entries = json::array();
  for (const pricing::PriceEntry& entry : price.entries) {
    json one = {{"from", entry.from.value}, {"list", entry.list_minor}, {"current", entry.current_minor}};
    if (entry.to) one["to"] = entry.to->value;
    entries.push_back(std::move(one));
  }
  return dump({{"sku", price.sku.text},
               {"zone", std::string(zone)},
               {"currency", price.currency},
               {"tax_included", price.tax_included},
               {"entries", std::move(entries)}});
}

}  // namespace vitrine::sync::protocol
