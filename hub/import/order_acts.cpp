// SPDX-License-Identifier: Apache-2.0
#include "hub/import/order_acts.hpp"

#include <sodium.h>
#include <nlohmann/json.hpp>

#include <array>

#include "sync/protocol/order_codec.hpp"
#include "sync/rules/order.hpp"

namespace vitrine::hub {

namespace {

using namespace sync::rules;
using nlohmann::json;

constexpr std::array<std::string_view, 10> states = {"placed",    "picking",  "ready",     "arrived",      "part_collected",
                                                     "collected", "returned", "cancelled", "cancel_asked", "released"};

sync::TransactionId id_of(const sync::DocumentKey& key, const std::string& body) {
  const std::string text = "vitrine-import-order/" + key.id + "/" + body;
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr, 0);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : hash) hex.append({digits[byte >> 4U], digits[byte & 15U]});
  return sync::TransactionId{hex};
}

std::vector<LineUnits> all_units(const OrderPlaced& placed, std::size_t lines) {
  std::vector<LineUnits> units;
  for (std::size_t i = 0; i < std::min(lines, placed.lines.size()); ++i)
    units.push_back({placed.lines[i].number, placed.lines[i].units});
  return units;
}

// What has happened to the goods of an order in this state; the same that a store would have told.
std::vector<OrderOperation> goods_of(const OrderPlaced& placed, std::string_view state, const std::string& place, UtcMs now) {
  std::vector<OrderOperation> acts;
  if (state == "placed" || state == "cancelled") return acts;
  const std::size_t picked = state == "picking" ? (placed.lines.size() + 1) / 2 : placed.lines.size();
  // What was handed over was picked: only where goods are still here does each line say so.
  if (state != "collected" && state != "returned") {
    for (const LineUnits& one : all_units(placed, picked)) acts.emplace_back(OrderPicked{one.line, one.units, 0});
  }
  if (state == "picking") return acts;
  acts.emplace_back(OrderStage{place.empty() ? "counter" : place});
  if (state == "arrived") acts.emplace_back(OrderArrive{"counter"});
  if (state == "ready" || state == "arrived") return acts;
  if (state == "cancel_asked") {
    acts.emplace_back(OrderLease{std::max(placed.hold_until, now.plus(24LL * 3600 * 1000))});
  } else if (state == "released") {
    acts.emplace_back(OrderRelease{"no_show"});
    acts.emplace_back(OrderRestock{all_units(placed, picked), false});
  } else {
    const std::size_t handed =
        state == "part_collected" ? std::max<std::size_t>(placed.lines.size() / 2, 1) : placed.lines.size();
    acts.emplace_back(OrderHandOver{*placed.store, all_units(placed, handed), "staff", false});
    if (state == "returned") acts.emplace_back(OrderReturn{*placed.store, all_units(placed, handed), "not_wanted"});
  }
  return acts;
}

}  // namespace

std::span<const std::string_view> order_states() { return states; }

Result<OrderActs> acts_of_import(const sync::DocumentKey& key, const std::string& body, const std::optional<std::string>& before,
                                 const std::string& new_code, UtcMs now) {
  const sync::OrderId id{key.id};
  const json rows = json::parse(body);
  auto decoded = sync::protocol::decode_order_operation("order.place", rows["place"].dump());
  if (!decoded) return std::unexpected(decoded.error());
  OrderPlaced placed = std::get<OrderPlaced>(std::move(*decoded));
  const std::string state = rows["state"];
  const bool over = state == "collected" || state == "returned" || state == "cancelled" || state == "released";
  // What was sent home and is there is done with: no store has anything to do for it.
  placed.archived = over && (!placed.store || placed.placed_at.plus(order_archive_after_ms) < now);

  OrderActs acts{id_of(key, body), {}};
  const auto add = [&](const OrderOperation& operation) {
    acts.operations.push_back(sync::protocol::encode_order_operation(id, operation));
  };
  if (before) {
    const auto known = sync::protocol::decode_order(id, *before);
    if (!known) return std::unexpected(known.error());
    placed.revision = known->revision + 1;
    placed.code = known->code.empty() && placed.store ? new_code : known->code;
    add(placed);
    if (known->revision > 0) return acts;
  } else {
    if (placed.store) placed.code = new_code;
    add(placed);
  }
  if (const std::int64_t paid = rows.value("paid", std::int64_t{0}); paid > 0) add(OrderPay{paid});
  if (before || !placed.store) return acts;  // goods were handled here already: the store knows better; or never are
  for (const OrderOperation& act : goods_of(placed, state, rows.value("at", std::string()), now)) add(act);
  if (state == "cancelled" || state == "cancel_asked") add(OrderCancel{"buyer"});
  return acts;
}

}  // namespace vitrine::hub
