// SPDX-License-Identifier: Apache-2.0
// Health and store; products stand in product_view.cpp, the cart in cart_view.cpp.
#include "edge/local_api/queries.hpp"

#include <algorithm>
#include <array>

namespace vitrine::edge::local_api {

namespace {

std::optional<FillReport> running_fill(database::Reader& reader, const std::vector<database::Reader::StreamFigures>& streams,
                                       UtcMs now) {
  for (const auto& stream : streams) {
    if (!stream.state.filled && stream.state.fill_head) {
      const std::uint64_t have = reader.documents_of(stream.state.stream, now);
      return FillReport{stream.state.stream.text, have, std::max(*stream.state.fill_head, have)};
    }
  }
  return std::nullopt;
}

}  // namespace

bool is_ready(const std::vector<database::Reader::StreamFigures>& streams, std::string_view zone) {
  const std::array needed = {std::string("catalog"), "prices." + std::string(zone), "promotions." + std::string(zone)};
  return std::ranges::all_of(needed, [&](const std::string& name) {
    return std::ranges::any_of(streams,
                               [&](const auto& stream) { return stream.state.filled && stream.state.stream.text == name; });
  });
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
    out.streams.push_back(
        {name, stream.state.cursor.seq, std::max(heard, stream.state.cursor.seq), stream.state.filled, stream.state.repairs});
  }
  const database::OutboxFigures outbox = reader.outbox();
  out.outbox_waiting = outbox.waiting;
  out.outbox_oldest_at = outbox.oldest_at;
  out.refused = outbox.refused;
  out.era = outbox.era;
  out.outbox_set_aside = outbox.set_aside;
  out.in_doubt = reader.in_doubt();
  if (auto failed = reader.end()) return std::unexpected(*failed);
  out.ok = is_ready(streams, around.zone) && (out.link.online || !out.link.enabled) && out.outbox_set_aside == 0 && !out.in_doubt;
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
  out.fill = running_fill(reader, streams, around.now);
  if (auto failed = reader.end()) return std::unexpected(*failed);
  out.opening = hours::opening_at(out.content.opening_hours, out.content.time_zone, around.now);
  out.ready = is_ready(streams, around.zone);
  return out;
}

}  // namespace vitrine::edge::local_api
