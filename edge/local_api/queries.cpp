// SPDX-License-Identifier: Apache-2.0
// Health, store and products; the cart stands in cart_view.cpp.
#include "edge/local_api/queries.hpp"

#include <algorithm>

#include "edge/local_api/parts.hpp"

namespace vitrine::edge::local_api {

namespace {

std::optional<FillReport> running_fill(const std::vector<database::Reader::StreamFigures>& streams) {
  for (const auto& stream : streams) {
    if (!stream.state.filled && stream.state.fill_head) {
      return FillReport{stream.state.stream.text, stream.documents, std::max(*stream.state.fill_head, stream.documents)};
    }
  }
  return std::nullopt;
}

}  // namespace

bool is_ready(const std::vector<database::Reader::StreamFigures>& streams, std::string_view zone) {
  const std::string prices = "prices." + std::string(zone);
  int filled = 0;
  for (const auto& stream : streams) {
    if (stream.state.filled && (stream.state.stream.text == "catalog" || stream.state.stream.text == prices)) ++filled;
  }
  return filled == 2;
}

Result<Health> health(database::Reader& reader, const Surroundings& around) {
  reader.begin();
  Health out;
  out.store = around.store;
  out.software = around.software;
  out.now = around.now;
  out.link = around.link.report;
  const auto streams = reader.streams();
  for (const auto& stream : streams) {
    const std::string& name = stream.state.stream.text;
    const auto head = around.link.heads.find(name);
    const std::uint64_t heard = head == around.link.heads.end() ? 0 : head->second;
    out.streams.push_back({name, stream.state.cursor.seq, std::max(heard, stream.state.cursor.seq), stream.state.filled});
  }
  const database::OutboxFigures outbox = reader.outbox();
  out.outbox_waiting = outbox.waiting;
  out.outbox_oldest_at = outbox.oldest_at;
  if (auto failed = reader.end()) return std::unexpected(*failed);
  out.ok = is_ready(streams, around.zone) && (out.link.online || !out.link.enabled);
  return out;
}

Result<StoreAnswer> store(database::Reader& reader, const Surroundings& around) {
  reader.begin();
  StoreAnswer out;
  out.store = around.store;
  out.link = around.link.report;
  if (auto content = reader.store(around.store)) out.content = std::move(*content);
  if (auto settings = reader.settings()) out.settings = std::move(*settings);
  const auto streams = reader.streams();
  if (auto failed = reader.end()) return std::unexpected(*failed);
  out.opening = hours::opening_at(out.content.opening_hours, out.content.time_zone, around.now);
  out.ready = is_ready(streams, around.zone);
  out.fill = running_fill(streams);
  return out;
}

Result<ProductList> find_products(database::Reader& reader, database::SearchReader& search, const Surroundings& around,
                                  std::string_view query, std::size_t limit) {
  auto found = search.find(query, limit + 1);
  if (!found) return std::unexpected(found.error());
  if (auto by_gtin = search.by_gtin(query); by_gtin && *by_gtin) found->insert(found->begin(), **by_gtin);
  reader.begin();
  ProductList out;
  for (const sync::Sku& sku : *found) {
    if (out.products.size() == limit) {
      out.more = true;
      break;
    }
    if (auto card = card_of(reader, around, sku)) out.products.push_back(std::move(*card));
  }
  if (auto failed = reader.end()) return std::unexpected(*failed);
  return out;
}

Result<ProductCard> product(database::Reader& reader, database::SearchReader& search, const Surroundings& around,
                            std::string_view code) {
  reader.begin();
  std::optional<ProductCard> card;
  if (sync::is_sku(code)) card = card_of(reader, around, sync::Sku{std::string(code)});
  if (!card) {
    if (const auto sku = search.by_gtin(code); sku && *sku) card = card_of(reader, around, **sku);
  }
  if (auto failed = reader.end()) return std::unexpected(*failed);
  if (!card) return fail("product_unknown", "no such product is here");
  return std::move(*card);
}

}  // namespace vitrine::edge::local_api
