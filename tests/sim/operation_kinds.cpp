// SPDX-License-Identifier: Apache-2.0
// Which operations are counted in pairs, and which pairs there can be.
#include <algorithm>

#include "tests/sim/world.hpp"

namespace vitrine::sim {

namespace {

constexpr std::array<std::string_view, operation_kinds> kind_names = {
    "cart.add",       "cart.decrease",   "cart.remove", "cart.resume",    "cart.assign",   "order.commerce",   "order.money",
    "order.goods",    "stock.units",     "stock.right", "stock.promises", "consent.grant", "consent.withdraw", "activity.append",
    "case.open",      "case.note",       "case.take",   "case.close",     "offer.put",     "offer.outcome",    "receipt.sell",
    "receipt.return", "receipt.resolve", "cart.coupon", "cart.order"};

// The kinds of orders and stock by what they are about: a pair of each with each would be too large a table.
std::string_view class_of(std::string_view kind) {
  if (kind == "order.place" || kind == "order.cancel" || kind == "order.lease" || kind == "order.resolve")
    return "order.commerce";
  if (kind == "order.pay" || kind == "order.refund") return "order.money";
  if (kind.starts_with("order.")) return "order.goods";
  if (kind == "stock.move" || kind == "stock.count") return "stock.units";
  if (kind == "stock.lend") return "stock.right";
  if (kind.starts_with("stock.")) return "stock.promises";
  return kind;
}

}  // namespace

std::size_t kind_number(std::string_view operation) {
  const std::string_view kind = class_of(operation);
  return static_cast<std::size_t>(std::ranges::find(kind_names, kind) - kind_names.begin());
}

std::string_view operation_kind_name(std::size_t kind) { return kind_names.at(kind); }

// Platforms alone speak of money and rights, stores alone move units; and one store works on an order.
bool is_pair(std::size_t a, std::size_t b) {
  const std::string_view one = kind_names.at(a);
  const std::string_view other = kind_names.at(b);
  if (one.substr(0, 5) != other.substr(0, 5)) return false;
  if (one.starts_with("order.")) return other == "order.goods" && one != other;
  // Begun and put by the platform alone; staff take and close, and of the platform nobody does.
  if (one.starts_with("case.")) return one != other || one == "case.note";
  // Sold twice under the same letters, or decided before a sale, is nothing that happens.
  if (one.starts_with("receipt.")) return one == "receipt.return" || other == "receipt.return";
  if (one.starts_with("offer.")) return other == "offer.outcome" && one != other;
  return one != other || one == "stock.promises" || one.starts_with("cart.") || one.starts_with("consent.") ||
         one.starts_with("activity.");
}

bool must_be_hit(std::size_t kind) { return kind_names.at(kind).starts_with("cart."); }

}  // namespace vitrine::sim
