// SPDX-License-Identifier: Apache-2.0
// Stock operations as JSON: one row a kind.
#include <algorithm>
#include <array>

#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_input.hpp"
#include "sync/protocol/stock_codec.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;
using rules::StockOperation;

constexpr std::size_t body_bytes_max = 16UL * 1024;
constexpr std::array<std::string_view, 8> reasons = {"sale",   "hand_over",   "return",       "receipt",
                                                     "damage", "transfer_in", "transfer_out", "correction"};

rules::MoveReason decode_reason(const Fields& fields) {
  const auto reason = move_reason_of(fields.text("reason", 1, rules::stock_text_bytes_max));
  if (!reason) fields.wrong("reason", "no reason that this version knows");
  return reason.value_or(rules::MoveReason::correction);
}

std::string decode_place(const Fields& fields) {
  return fields.text_if_any("place", 1, rules::stock_text_bytes_max).value_or("");
}

ReservationId decode_reservation_id(const Fields& fields) { return ReservationId{fields.text("reservation", is_hex_128)}; }

StockOperation decode_move(const Fields& fields) {
  return rules::StockMove{fields.integer("units", -rules::stock_units_max, rules::stock_units_max), decode_reason(fields),
                          fields.text("reference", 0, rules::stock_text_bytes_max), decode_place(fields)};
}

StockOperation decode_count(const Fields& fields) {
  return rules::StockCount{fields.integer("counted", 0, rules::stock_units_max),
                           fields.integer("moved", -rules::on_hand_max, rules::on_hand_max)};
}

StockOperation decode_post(const Fields& fields) {
  return rules::StockPost{decode_reservation_id(fields), fields.integer("units", 1, rules::stock_units_max),
                          decode_reason(fields), fields.text("reference", 0, rules::stock_text_bytes_max), decode_place(fields)};
}

StockOperation decode_reserve(const Fields& fields) {
  rules::StockReserve reserve{decode_reservation_id(fields), fields.integer("units", 1, rules::stock_units_max),
                              decode_time(fields, "until"), fields.text("for", 0, rules::stock_text_bytes_max), std::nullopt};
  if (auto right = fields.text_if_any("right", is_hex_128)) reserve.right = RightId{*right};
  return reserve;
}

StockOperation decode_release(const Fields& fields) { return rules::StockRelease{decode_reservation_id(fields)}; }

StockOperation decode_lend(const Fields& fields) {
  return rules::StockLend{RightId{fields.text("right", is_hex_128)}, fields.integer("units", 1, rules::stock_units_max),
                          decode_time(fields, "until")};
}

StockOperation decode_settle(const Fields& fields) {
  rules::StockSettle settle;
  for (const json& id : fields.array("discrepancies", rules::discrepancies_max)) {
    if (!id.is_string() || id.get_ref<const std::string&>().empty() || id.get_ref<const std::string&>().size() > 64) {
      fields.wrong("discrepancies", "not ids");
      break;
    }
    settle.discrepancies.push_back(id.get<std::string>());
  }
  return settle;
}

struct Kind {
  std::string_view name;
  StockOperation (*decode)(const Fields&);
};
constexpr std::array kinds = {Kind{"stock.move", decode_move},       Kind{"stock.count", decode_count},
                              Kind{"stock.post", decode_post},       Kind{"stock.reserve", decode_reserve},
                              Kind{"stock.release", decode_release}, Kind{"stock.lend", decode_lend},
                              Kind{"stock.settle", decode_settle}};

struct Written {
  const char* kind;
  json body;
};

std::string_view word_of(rules::MoveReason reason) { return reasons[static_cast<std::size_t>(reason)]; }

Written write(const rules::StockMove& move) {
  json body = {{"units", move.units}, {"reason", word_of(move.reason)}, {"reference", move.reference}};
  if (!move.place.empty()) body["place"] = move.place;
  return {"stock.move", std::move(body)};
}

Written write(const rules::StockCount& count) { return {"stock.count", {{"counted", count.counted}, {"moved", count.moved}}}; }

Written write(const rules::StockPost& post) {
  json body = {{"reservation", post.reservation.text},
               {"units", post.units},
               {"reason", word_of(post.reason)},
               {"reference", post.reference}};
  if (!post.place.empty()) body["place"] = post.place;
  return {"stock.post", std::move(body)};
}

Written write(const rules::StockReserve& reserve) {
  json body = {{"reservation", reserve.reservation.text},
               {"units", reserve.units},
               {"until", reserve.until.value},
               {"for", reserve.purpose}};
  if (reserve.right) body["right"] = reserve.right->text;
  return {"stock.reserve", std::move(body)};
}

Written write(const rules::StockRelease& release) { return {"stock.release", {{"reservation", release.reservation.text}}}; }

Written write(const rules::StockLend& lend) {
  return {"stock.lend", {{"right", lend.right.text}, {"units", lend.units}, {"until", lend.until.value}}};
}

Written write(const rules::StockSettle& settle) { return {"stock.settle", {{"discrepancies", settle.discrepancies}}}; }

}  // namespace

std::optional<rules::MoveReason> move_reason_of(std::string_view word) {
  const auto* found = std::ranges::find(reasons, word);
  if (found == reasons.end()) return std::nullopt;
  return static_cast<rules::MoveReason>(found - reasons.begin());
}

Result<StockOperation> decode_stock_operation(std::string_view kind, std::string_view body) {
  const auto* row = std::ranges::find(kinds, kind, &Kind::name);
  if (row == kinds.end()) return fail("operation_unknown", std::string(kind));
  const auto object = parse_object(body, body_bytes_max, "operation_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("operation_malformed");
  StockOperation operation = row->decode(Fields(*object, "", mistake));
  if (mistake.made()) return mistake.error();
  return operation;
}

Operation encode_stock_operation(const StoreId& store, const Sku& sku, const StockOperation& operation) {
  Written written = std::visit([](const auto& op) { return write(op); }, operation);
  return Operation{stock_key(store, sku), written.kind, 1, dump(written.body), ""};
}

}  // namespace vitrine::sync::protocol
