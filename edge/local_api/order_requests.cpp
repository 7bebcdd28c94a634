// SPDX-License-Identifier: Apache-2.0
// JSON bodies → what is asked of an order. One row an action.
#include <algorithm>
#include <array>

#include "edge/local_api/order_commands.hpp"
#include "edge/local_api/request_fields.hpp"
#include "sync/protocol/order_fields.hpp"
#include "sync/protocol/pass.hpp"

namespace vitrine::edge::local_api {

namespace {

using namespace sync;
using namespace sync::rules;
using nlohmann::json;
using sync::protocol::Fields;

// {"lines":[{"line":1,"units":2}]}
std::vector<LineUnits> lines_of(const Fields& fields) {
  std::vector<LineUnits> lines;
  const json& given = fields.array("lines", hand_over_lines_max);
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Fields one(given[i], "lines[" + std::to_string(i) + "]", fields.mistake());
    const std::int64_t line = one.integer("line", 1, order_line_number_max);
    if (std::ranges::find(lines, line, &LineUnits::line) != lines.end()) fields.wrong("lines", "names a line twice");
    lines.push_back({line, one.integer("units", 1, order_units_max)});
  }
  if (lines.empty()) fields.wrong("lines", "must name lines and units");
  return lines;
}

std::string reason_of(const Fields& fields) { return fields.text("reason", sync::protocol::is_word); }

struct Action {
  std::string_view name;
  OrderOperation (*read)(const StoreId& store, const Fields& fields);
};

OrderOperation read_pick(const StoreId&, const Fields& fields) {
  OrderPick pick;
  for (const json& number : fields.array("lines", order_lines_max)) {
    const auto line = sync::protocol::integer_of(number, 1, order_line_number_max);
    if (!line) fields.wrong("lines", "must be numbers of lines");
    pick.lines.push_back(line.value_or(1));
  }
  if (pick.lines.empty()) fields.wrong("lines", "must be numbers of lines");
  pick.who = fields.text("who", 1, sync::protocol::who_bytes_max);
  return pick;
}

OrderOperation read_put_down(const StoreId& store, const Fields& fields) {
  OrderOperation pick = read_pick(store, fields);
  std::get<OrderPick>(pick).who.clear();
  return pick;
}

OrderOperation read_picked(const StoreId&, const Fields& fields) {
  OrderPicked picked{fields.integer("line", 1, order_line_number_max), fields.integer("units", 0, order_units_max),
                     fields.integer_if_any("missing", 0, order_units_max).value_or(0)};
  if (picked.units + picked.missing < 1) fields.wrong("units", "or missing must be above 0");
  return picked;
}

OrderOperation read_choose(const StoreId&, const Fields& fields) {
  OrderChoose choose;
  choose.line = fields.integer("line", 1, order_line_number_max);
  choose.units = fields.integer("units", 1, order_units_max);
  const std::string what = fields.text("choice", 1, 16);
  const auto found = std::ranges::find(sync::protocol::choice_words, what);
  if (found == sync::protocol::choice_words.end()) fields.wrong("choice", "is wait, substitute or refund");
  choose.what = static_cast<OrderChoice::What>(
      found == sync::protocol::choice_words.end() ? 0 : found - sync::protocol::choice_words.begin());
  if (auto sku = fields.text_if_any("sku", is_sku)) choose.sku = Sku{*sku};
  if (choose.sku.empty() == (choose.what == OrderChoice::What::substitute)) fields.wrong("sku", "belongs to a substitute");
  return choose;
}

constexpr auto actions = std::to_array<Action>(
    {{"pick", read_pick},
     {"put_down", read_put_down},
     {"picked", read_picked},
     {"stage",
      [](const StoreId&, const Fields& in) -> OrderOperation {
        return OrderStage{in.text("place", 1, sync::protocol::place_bytes_max)};
      }},
     {"arrive",
      [](const StoreId&, const Fields& in) -> OrderOperation {
        return OrderArrive{in.text("place", 1, sync::protocol::place_bytes_max)};
      }},
     {"hand_over",
      [](const StoreId& store, const Fields& in) -> OrderOperation {
        return OrderHandOver{store, lines_of(in), in.text("proof", sync::protocol::is_proof),
                             in.has("delegate") && in.boolean("delegate")};
      }},
     {"refuse",
      [](const StoreId& store, const Fields& in) -> OrderOperation { return OrderRefuse{store, lines_of(in), reason_of(in)}; }},
     {"choose", read_choose},
     {"hold",
      [](const StoreId&, const Fields& in) -> OrderOperation {
        return OrderHold{UtcMs{in.integer("until", 1, sync::protocol::time_ms_max)}, false};
      }},
     {"remind", [](const StoreId&, const Fields&) -> OrderOperation { return OrderHold{std::nullopt, true}; }},
     {"release", [](const StoreId&, const Fields& in) -> OrderOperation { return OrderRelease{reason_of(in)}; }},
     {"restock", [](const StoreId&, const Fields& in) -> OrderOperation { return OrderRestock{lines_of(in), false}; }},
     {"write_off", [](const StoreId&, const Fields& in) -> OrderOperation { return OrderRestock{lines_of(in), true}; }}});

}  // namespace

Result<OrderAction> decode_order_action(const StoreId& store, std::string_view order, std::string_view text) {
  return decode_request<OrderAction>(text, [&](const Fields& fields, OrderAction& action) {
    action.order.text = order;
    action.balance_settled = fields.has("balance_settled") && fields.boolean("balance_settled");
    const std::string name = fields.text("action", 1, 16);
    const auto row = std::ranges::find(actions, name, &Action::name);
    if (row == actions.end()) return fields.wrong("action", "is none of those in docs/openapi-edge.yaml");
    action.operation = row->read(store, fields);
  });
}

Result<OpenPickup> decode_open_pickup(std::string_view text) {
  return decode_request<OpenPickup>(text, [](const Fields& fields, OpenPickup& asked) {
    if (fields.has("pass")) {
      asked.pass = fields.text("pass", 1, sync::protocol::pass_text_max);
      if (fields.has("code")) fields.wrong("code", "is not given with a pass");
    } else {
      asked.code = fields.text("code", sync::protocol::is_collection_code);
    }
    asked.phone_last2 = fields.text_if_any("phone_last2", sync::protocol::are_two_digits).value_or("");
  });
}

}  // namespace vitrine::edge::local_api
