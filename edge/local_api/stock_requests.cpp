// SPDX-License-Identifier: Apache-2.0
// JSON bodies → what is asked of stock. One row an action.
#include <algorithm>
#include <array>

#include "edge/local_api/request_fields.hpp"
#include "edge/local_api/stock_commands.hpp"

namespace vitrine::edge::local_api {

namespace {

using namespace sync;
using namespace sync::rules;
using nlohmann::json;
using sync::protocol::Fields;

constexpr auto write_off_reasons = std::to_array<std::string_view>({"damaged", "expired", "lost", "stolen", "used"});

std::int64_t units_of(const Fields& fields) { return fields.integer("units", 1, counted_max); }
std::string reference_of(const Fields& fields) { return fields.text_if_any("reference", 1, stock_text_bytes_max).value_or(""); }
std::string place_of(const Fields& fields) { return fields.text_if_any("place", 1, stock_text_bytes_max).value_or(""); }

void read_count(const Fields& fields, StockAction& action) {
  action.operation = StockCount{fields.integer("counted", 0, counted_max), 0};
  action.moved_then = fields.integer("moved", -on_hand_max, on_hand_max);
}

void read_write_off(const Fields& fields, StockAction& action) {
  const std::string reason = fields.text("reason", 1, 16);
  if (std::ranges::find(write_off_reasons, reason) == write_off_reasons.end())
    fields.wrong("reason", "is damaged, expired, lost, stolen or used");
  action.operation = StockMove{-units_of(fields), MoveReason::damage, "write_off/" + reason, place_of(fields)};
}

void read_correct(const Fields& fields, StockAction& action) {
  const std::int64_t units = fields.integer("units", -counted_max, counted_max);
  if (units == 0) fields.wrong("units", "must not be 0");
  action.operation =
      StockMove{units, MoveReason::correction, fields.text("reference", 1, stock_text_bytes_max), place_of(fields)};
}

template <MoveReason reason, int sign>
void read_move(const Fields& fields, StockAction& action) {
  action.operation = StockMove{sign * units_of(fields), reason, reference_of(fields), place_of(fields)};
}

void read_settle(const Fields& fields, StockAction& action) {
  StockSettle settle;
  for (const json& one : fields.array("discrepancies", discrepancies_max)) {
    if (one.is_string() && one.get_ref<const std::string&>().size() <= 64) settle.discrepancies.push_back(one);
  }
  if (settle.discrepancies.empty()) fields.wrong("discrepancies", "must name what was seen to");
  action.operation = std::move(settle);
}

std::int64_t minutes_of(const Fields& fields) {
  return fields.integer_if_any("minutes", 1, reserve_minutes_max).value_or(reserve_minutes_usual);
}

void read_reserve(const Fields& fields, StockAction& action) {
  action.minutes = minutes_of(fields);
  action.operation = StockReserve{ReservationId{action.request.text},
                                  fields.integer("units", 1, reservation_units_max),
                                  {},
                                  fields.text("for", 1, stock_text_bytes_max),
                                  {}};
}

void read_release(const Fields& fields, StockAction& action) {
  action.operation = StockRelease{ReservationId{fields.text("reservation", is_hex_128)}};
}

struct Action {
  std::string_view name;
  void (*read)(const Fields& fields, StockAction& action);
};

constexpr auto actions = std::to_array<Action>({{"count", read_count},
                                                {"receive", read_move<MoveReason::receipt, 1>},
                                                {"transfer_in", read_move<MoveReason::transfer_in, 1>},
                                                {"transfer_out", read_move<MoveReason::transfer_out, -1>},
                                                {"write_off", read_write_off},
                                                {"correct", read_correct},
                                                {"settle", read_settle},
                                                {"reserve", read_reserve},
                                                {"release", read_release}});

}  // namespace

Result<StockAction> decode_stock_action(std::string_view sku, std::string_view text) {
  return decode_request<StockAction>(text, [&](const Fields& fields, StockAction& action) {
    action.sku.text = sku;
    const std::string name = fields.text("action", 1, 16);
    const auto row = std::ranges::find(actions, name, &Action::name);
    if (row == actions.end()) return fields.wrong("action", "is none of those in docs/openapi-edge.yaml");
    row->read(fields, action);
  });
}

Result<CartReserve> decode_cart_reserve(std::string_view cart, std::string_view text) {
  return decode_request<CartReserve>(text, [&](const Fields& fields, CartReserve& asked) {
    asked.cart.text = cart;
    const std::string what = fields.text("action", 1, 16);
    asked.release = what == "release";
    if (!asked.release && what != "reserve") fields.wrong("action", "is reserve or release");
    asked.minutes = minutes_of(fields);
    if (!fields.has("lines")) return;
    for (const json& line : fields.array("lines", reserve_lines_max)) {
      if (!line.is_string() || !is_sku(line.get_ref<const std::string&>())) return fields.wrong("lines", "must be keys of lines");
      asked.lines.push_back(line);
    }
  });
}

}  // namespace vitrine::edge::local_api
