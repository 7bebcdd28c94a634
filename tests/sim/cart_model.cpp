// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/cart_model.hpp"

#include <algorithm>

namespace vitrine::sim {

namespace {

constexpr std::int64_t line_max = 999;

std::int64_t sum(const std::vector<ModelDot>& dots) {
  std::int64_t units = 0;
  for (const ModelDot& dot : dots) units += dot.left;
  return units;
}

bool holds(const ModelCart& cart, const std::string& id) {
  return std::ranges::any_of(cart.lines, [&](const auto& line) {
    return std::ranges::any_of(line.second, [&](const ModelDot& dot) { return dot.id == id; });
  });
}

std::string add(ModelCart& cart, const SeenOperation& op, const std::string& dot, const ModelVersion& minted) {
  if (!cart.there) {
    cart.owner = op.owner;
    cart.store = op.store;
  }
  if (!holds(cart, dot) && !cart.dead.contains(dot)) {
    const std::int64_t room = line_max - sum(cart.lines[op.sku_or_line]);
    if (room <= 0) return "quantity_max";
    cart.lines[op.sku_or_line].push_back({dot, std::min(op.units, room), minted});
  }
  cart.there = true;
  return {};
}

std::string take(ModelCart& cart, const SeenOperation& op) {
  const ModelVersion seen{op.pass_era, op.pass_number};
  const bool with_pass = !op.pass.empty();
  if (!cart.there && !(with_pass && !cart.has_been(seen))) return "cart_unknown";
  cart.there = true;
  const auto of_pass = [&](const std::string& id) { return with_pass && id.starts_with(op.pass + "."); };
  for (const std::string& id : op.shown) {
    if (!holds(cart, id) && !(of_pass(id) && cart.has_been(seen))) cart.dead.insert(id);
  }
  const auto line = cart.lines.find(op.sku_or_line);
  if (line == cart.lines.end()) return {};
  const bool by_pass = std::ranges::any_of(op.shown, of_pass);
  std::int64_t wanted = op.kind == "cart.remove" ? sum(line->second) : op.units;
  for (ModelDot& dot : line->second) {
    const bool named = std::ranges::find(op.shown, dot.id) != op.shown.end();
    if (!named && !(by_pass && dot.born.number > 0 && dot.born <= seen)) continue;
    const std::int64_t units = std::min(dot.left, wanted);
    dot.left -= units;
    wanted -= units;
  }
  return {};
}

std::string resume(ModelCart& cart, const SeenOperation& op, const ModelVersion& minted) {
  const bool anew = !cart.there;
  const bool been = cart.has_been({op.pass_era, op.pass_number});
  if (anew && (op.pass_lines.empty() || been)) return "cart_unknown";
  if (been) return {};
  cart.there = true;
  for (std::size_t i = 0; i < op.pass_lines.size(); ++i) {
    const auto& [sku, units] = op.pass_lines[i];
    const std::string id = op.pass + "." + std::to_string(i);
    if (!anew && (holds(cart, id) || cart.dead.contains(id))) continue;
    auto& dots = cart.lines[sku];
    const std::int64_t held = sum(dots);
    if (held < units) {
      dots.push_back({id, units - held, minted});
    } else {
      cart.dead.insert(id);
    }
  }
  return {};
}

std::string assign(ModelCart& cart, const SeenOperation& op) {
  if (!op.owner.empty() && !cart.owner.empty() && cart.owner != op.owner) return "cart_owned";
  cart.there = true;
  if (!op.owner.empty()) cart.owner = op.owner;
  if (!op.store.empty()) cart.store = op.store;
  return {};
}

std::string coupon(ModelCart& cart, const SeenOperation& op) {
  constexpr std::size_t most = 10;
  if (!cart.there) return "cart_unknown";
  const auto held = std::ranges::find(cart.coupons, op.coupon);
  if (held != cart.coupons.end()) {
    if (!op.on) cart.coupons.erase(held);
    return {};
  }
  if (op.on && cart.coupons.size() == most) return "coupons_max";
  if (op.on) cart.coupons.push_back(op.coupon);
  return {};
}

// All that is named, or nothing of it. What is named by a pass is looked for last, among all that it stands for.
std::string order(ModelCart& cart, const SeenOperation& op) {
  if (!cart.there) return "cart_unknown";
  const ModelVersion seen{op.pass_era, op.pass_number};
  const auto of_pass = [&](const std::string& id) { return !op.pass.empty() && id.starts_with(op.pass + "."); };
  for (const bool by_pass : {false, true}) {
    for (const SeenUnits& wanted : op.ordered) {
      if (of_pass(wanted.dot) != by_pass) continue;
      const auto line = cart.lines.find(wanted.line);
      if (line == cart.lines.end()) return "cart_changed";
      std::int64_t missing = wanted.units;
      for (ModelDot& dot : line->second) {
        if (dot.id != wanted.dot && !(by_pass && dot.born.number > 0 && dot.born <= seen)) continue;
        const std::int64_t units = std::min(dot.left, missing);
        dot.left -= units;
        missing -= units;
      }
      if (missing > 0) return "cart_changed";
      if (by_pass && !holds(cart, wanted.dot) && !cart.has_been(seen)) cart.dead.insert(wanted.dot);
    }
  }
  return {};
}

}  // namespace

bool ModelCart::has_been(const ModelVersion& version) const {
  const auto found = been.find(version.era);
  return found != been.end() && version.number <= found->second;
}

std::map<std::string, std::int64_t> ModelCart::left_by_dot() const {
  std::map<std::string, std::int64_t> left;
  for (const auto& [line, dots] : lines) {
    for (const ModelDot& dot : dots) {
      if (dot.left > 0) left[dot.id] = dot.left;
    }
  }
  return left;
}

std::string model_apply(ModelCart& cart, const SeenOperation& op, const std::string& dot, const ModelVersion& minted) {
  if (op.kind == "cart.add") return add(cart, op, dot, minted);
  if (op.kind == "cart.decrease" || op.kind == "cart.remove") return take(cart, op);
  if (op.kind == "cart.resume") return resume(cart, op, minted);
  if (op.kind == "cart.assign") return assign(cart, op);
  if (op.kind == "cart.coupon") return coupon(cart, op);
  if (op.kind == "cart.order") return order(cart, op);
  return "operation_unknown";
}

}  // namespace vitrine::sim
