// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tests/sim/goods_eyes.hpp"
#include "tests/sim/goods_model.hpp"

namespace vitrine::sim {

namespace {

constexpr std::array sums = {"picked", "missing", "handed", "refused", "returned", "restocked", "written_off"};
constexpr std::array said = {"cancelled", "cancel_requested", "ready", "staged", "arrived", "released"};

void drop_empty(ModelOrder& order) {
  std::erase_if(order.lines, [](const auto& line) { return line.second == ModelOrder::Line{}; });
}

void place(ModelOrder& order, dom::element op) {
  const std::int64_t revision = number(op, "revision");
  if (revision < order.revision) return;
  order.revision = revision;
  for (auto& [line, one] : order.lines) one.ordered = one.price = 0;
  for (const dom::element line : items(op, "lines")) {
    ModelOrder::Line& one = order.lines[number(line, "line")];
    one.ordered = number(line, "n");
    one.price = number(line, "unit_price");
  }
}

std::string refund(ModelOrder& order, dom::element op) {
  ModelOrder after = order;
  for (const dom::element line : items(op, "lines")) {
    ModelOrder::Line& one = after.lines[number(line, "line")];
    one.refunded += number(line, "n");
    if (one.refunded > one.ordered) return "refund_too_much";
    after.refunded += number(line, "n") * one.price;
  }
  if (after.refunded > after.paid) return "refund_too_much";
  order = std::move(after);
  return {};
}

void add(ModelOrder& order, dom::element op, const char* sum) {
  for (const dom::element line : items(op, "lines")) order.lines[number(line, "line")].sums[sum] += number(line, "n");
}

bool commerce(ModelOrder& order, const std::string& kind, dom::element op, const ModelStamp& stamp, std::string& refused) {
  if (kind == "order.place") return place(order, op), true;
  if (kind == "order.ask") {
    place(order, op);
    order.revision = 1;
    return true;
  }
  if (kind == "order.pay") return order.paid += number(op, "minor"), true;
  if (kind == "order.refund") return refused = refund(order, op), true;
  if (kind == "order.cancel") return order.said.insert(stamp.at_ms < order.leased_until ? "cancel_requested" : "cancelled"), true;
  if (kind == "order.lease") return order.leased_until = std::max(order.leased_until, number(op, "until")), true;
  return false;
}

void custody(ModelOrder& order, const std::string& kind, dom::element op) {
  if (kind == "order.picked") {
    auto& of_line = order.lines[number(op, "line")].sums;
    if (number(op, "n") > 0) of_line["picked"] += number(op, "n");
    if (number(op, "missing") > 0) of_line["missing"] += number(op, "missing");
  } else if (kind == "order.stage") {
    order.said.insert({"ready", "staged"});
  } else if (kind == "order.arrive") {
    order.said.insert("arrived");
  } else if (kind == "order.release") {
    order.said.insert("released");
  } else if (kind == "order.hold") {
    order.held_until = std::max(order.held_until, number(op, "until"));
  } else if (kind == "order.hand_over") {
    add(order, op, "handed");
    ++order.events["handed_over"];
  } else if (kind == "order.refuse") {
    add(order, op, "refused");
    ++order.events["refused"];
  } else if (kind == "order.return") {
    add(order, op, "returned");
    ++order.events["returned"];
  } else if (kind == "order.restock") {
    add(order, op, truth(op, "written_off") ? "written_off" : "restocked");
  }
}

}  // namespace

std::string GoodsModel::apply(ModelOrder& order, const SeenOperation& operation, const ModelStamp& stamp, bool begins) {
  if (!parser_->read(operation.body)) return "operation_malformed";
  const bool asking = operation.kind == "order.ask";
  if (asking && order.there) return "order_exists";
  const bool placing = operation.kind == "order.place" || asking;
  if (!order.there && !placing && !begins) return "order_unknown";
  order.there = true;
  std::string refused;
  if (!commerce(order, operation.kind, parser_->root, stamp, refused)) custody(order, operation.kind, parser_->root);
  drop_empty(order);
  return refused;
}

std::optional<ModelOrder> GoodsModel::order(std::string_view json) {
  if (!parser_->read(json)) return std::nullopt;
  const dom::element root = parser_->root;
  ModelOrder order;
  order.there = true;
  order.revision = number(root, "revision");
  order.paid = number(root, "paid");
  order.refunded = number(root, "refunded");
  order.leased_until = number(root, "leased_until");
  order.held_until = number(root, "held_until");
  for (const char* name : said) {
    if (has(root, name)) order.said.insert(name);
  }
  for (const dom::element line : items(root, "lines")) {
    ModelOrder::Line& one = order.lines[number(line, "line")];
    one = {number(line, "n"), number(line, "unit_price"), number(line, "refunded"), {}};
    for (const char* sum : sums) {
      if (number(line, sum) != 0) one.sums[sum] = number(line, sum);
    }
  }
  drop_empty(order);  // a line with nothing but somebody's mark
  for (const dom::element event : items(root, "events")) ++order.events[text(event, "what")];
  return order;
}

std::string show(const ModelOrder& order) {
  if (!order.there) return "no order";
  std::string out = "revision " + std::to_string(order.revision) + " paid " + std::to_string(order.paid) + " refunded " +
                    std::to_string(order.refunded) + " leased " + std::to_string(order.leased_until) + " held " +
                    std::to_string(order.held_until);
  for (const std::string& one : order.said) out += " " + one;
  for (const auto& [number, line] : order.lines) {
    out += "; line " + std::to_string(number) + " n " + std::to_string(line.ordered) + " at " + std::to_string(line.price) +
           " refunded " + std::to_string(line.refunded);
    for (const auto& [name, units] : line.sums) out += " " + name + " " + std::to_string(units);
  }
  for (const auto& [what, count] : order.events) out += "; " + std::to_string(count) + " " + what;
  return out;
}

}  // namespace vitrine::sim
