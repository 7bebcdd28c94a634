// SPDX-License-Identifier: Apache-2.0
// A hub of one cart for tests of the rules: it mints versions, names transactions, and can be restored to an earlier state.
#pragma once

#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sync/rules/cart.hpp"

namespace vitrine::sync::rules::test {

inline std::string hex_id(std::uint64_t n) {
  char text[33];
  std::snprintf(text, sizeof text, "%032llx", static_cast<unsigned long long>(n));
  return text;
}

inline const CartId the_cart{hex_id(0xca)};

// One operation as an outbox holds it: it has its transaction, and so its dot's name, before the hub sees it.
struct Act {
  CartOperation operation;
  TransactionId transaction;
  std::string actor = "phone";
};

inline DotId dot_of(const Act& act) { return DotId{act.transaction.text + ".0"}; }

struct Hub {
  std::optional<Cart> cart;
  Lineage lineage;
  std::uint32_t era = 1;
  UtcMs now{1'000'000};

  Verdict<Cart> apply(const Act& act) {
    const Version minting{era, lineage.now.era == era ? lineage.now.number + 1 : 1};
    const auto verdict = rules::apply(cart, act.operation, {the_cart, act.transaction, 0, act.actor, now, lineage, minting});
    if (verdict) cart = *verdict;
    if (lineage.now.number != 0 && lineage.now.era != era) lineage.past.push_back(lineage.now);
    lineage.now = minting;
    return verdict;
  }

  [[nodiscard]] std::int64_t units(const std::string& sku) const {
    for (const CartLine& line : cart ? cart->lines : std::vector<CartLine>{}) {
      if (line.key == sku) return line.units();
    }
    return 0;
  }

  [[nodiscard]] std::vector<PassLine> pass_lines() const {
    std::vector<PassLine> lines;
    for (const CartLine& line : cart ? cart->lines : std::vector<CartLine>{}) {
      if (line.units() > 0) lines.push_back({line.sku, line.units()});
    }
    return lines;
  }
};

// What a store shows: the base with its own acts, as far as the base lacks them, replayed over it.
inline std::optional<Cart> view_of(const std::optional<Cart>& base, const Lineage& lineage, const std::vector<Act>& pending,
                                   UtcMs now) {
  std::optional<Cart> view = base;
  for (const Act& act : pending) {
    const auto verdict = apply(view, act.operation, {the_cart, act.transaction, 0, act.actor, now, lineage, {}});
    if (verdict) view = *verdict;
  }
  return view;
}

inline std::vector<DotId> shown_dots(const std::optional<Cart>& cart, const std::string& sku) {
  std::vector<DotId> shown;
  if (!cart) return shown;
  for (const CartLine& line : cart->lines) {
    if (line.key != sku) continue;
    for (const Dot& dot : line.dots) {
      if (dot.left() > 0) shown.push_back(dot.id);
    }
  }
  return shown;
}

inline std::map<std::string, std::int64_t> left_by_dot(const std::optional<Cart>& cart) {
  std::map<std::string, std::int64_t> left;
  if (!cart) return left;
  for (const CartLine& line : cart->lines) {
    for (const Dot& dot : line.dots) left[dot.id.text] = dot.left();
  }
  return left;
}

inline std::map<std::string, std::int64_t> units_by_line(const std::optional<Cart>& cart) {
  std::map<std::string, std::int64_t> units;
  if (!cart) return units;
  for (const CartLine& line : cart->lines) {
    if (line.units() > 0) units[line.key] = line.units();
  }
  return units;
}

// An independent and simple idea of the same thing: every single unit by itself, alive or not, in the order of adding.
struct Unit {
  std::string dot;
  std::string sku;
  Version born;
  bool alive = true;
};
struct Oracle {
  std::vector<Unit> units;
  std::vector<std::string> dead;

  void add(const std::string& dot, const std::string& sku, std::int64_t n, Version born) {
    for (const Unit& unit : units) {
      if (unit.dot == dot) return;
    }
    for (const std::string& id : dead) {
      if (id == dot) return;
    }
    for (std::int64_t i = 0; i < n; ++i) units.push_back({dot, sku, born});
  }

  // `by` : a pass whose dots are among those named; everything of the line up to its version is named too.
  void take(const std::string& sku, const std::vector<DotId>& shown, std::int64_t n, const std::optional<PassReference>& by) {
    for (const DotId& id : shown) {
      bool held = false;
      for (const Unit& unit : units) held = held || unit.dot == id.text;
      if (!held) dead.push_back(id.text);
    }
    for (Unit& unit : units) {
      bool named = by && unit.born <= by->seen;
      for (const DotId& id : shown) named = named || id.text == unit.dot;
      if (!named || !unit.alive || unit.sku != sku || n == 0) continue;
      unit.alive = false;
      --n;
    }
  }

  // All of it or none. Units that are named by a pass are found last, among all that it stands for.
  bool order(const CartOrder& wanted) {
    std::vector<Unit> after = units;
    for (const bool by_pass : {false, true}) {
      for (const OrderedUnits& one : wanted.units) {
        if (by_pass != (wanted.pass && one.dot.text.starts_with(wanted.pass->pass.text))) continue;
        std::int64_t n = one.units;
        for (Unit& unit : after) {
          const bool named = unit.dot == one.dot.text || (by_pass && unit.born <= wanted.pass->seen);
          if (!named || !unit.alive || unit.sku != one.line || n == 0) continue;
          unit.alive = false;
          --n;
        }
        if (n > 0) return false;
      }
    }
    units = std::move(after);
    return true;
  }

  [[nodiscard]] std::map<std::string, std::int64_t> left() const {
    std::map<std::string, std::int64_t> left;
    for (const Unit& unit : units) left[unit.dot] += unit.alive ? 1 : 0;
    return left;
  }
};

}  // namespace vitrine::sync::rules::test
