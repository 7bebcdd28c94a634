// SPDX-License-Identifier: Apache-2.0
// The cart as the local API shows it: prices, stock and freshness already judged by the edge. Filled by the edge client from
// JSON; after that the types cannot be wrong.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"
#include "sync/model/money.hpp"
#include "sync/model/version.hpp"

namespace vitrine::kiosk {

// Words in the languages the retailer gave, by language code ("en"). Screens fall back to English, then to any.
using Words = std::map<std::string, std::string>;

// How old a stock figure is (kiosk-ui section 8): fresh to 2 min, recent to 30 min, old to 2 h, then check.
enum class Freshness { fresh, recent, old, check, unknown };

struct StockHere {
  std::int64_t on_hand = 0;
  std::string aisle;  // empty: not known
  std::string bay;    // empty: not known
  UtcMs as_of;
  Freshness freshness = Freshness::unknown;
  bool operator==(const StockHere&) const = default;
};

struct PassOrigin {
  sync::PassId id;
  sync::Version version;
  bool operator==(const PassOrigin&) const = default;
};

struct CartViewLine {
  std::string key;
  sync::Sku sku;
  Words title;
  std::string pictogram;
  std::string tile;  // blush, butter, mint, sky, lilac or sand
  std::int64_t units = 0;
  std::vector<std::string> shown;  // the dots behind `units`; sent back with each change
  std::optional<sync::Money> unit_price;
  std::optional<sync::Money> list_price;
  std::optional<sync::Money> total;
  bool counted = false;  // `total` is in the totals
  std::optional<StockHere> stock;
  bool sold_out = false;
  bool waiting = false;   // a change made here is not at the hub yet
  std::string picture{};  // name at the edge; empty: there is none
  bool operator==(const CartViewLine&) const = default;
};

struct CartTotals {
  std::string currency;
  std::int64_t units = 0;
  std::int64_t lines_left_out = 0;
  std::int64_t subtotal = 0;  // minor units
  std::int64_t to_pay = 0;    // minor units
  bool operator==(const CartTotals&) const = default;
};

// What one promotion takes off the cart.
struct Saving {
  Words title;
  std::int64_t minor = 0;
  std::string coupon{};  // that it was given for
  bool operator==(const Saving&) const = default;
};

enum class CouponState { used, not_used_yet, over };

// A coupon that the cart carries. `need`: of one that is not used yet, the local API's word for what it waits for.
struct CouponView {
  std::string code;
  CouponState state = CouponState::over;
  Words title;             // of its promotion; empty: none is known any more
  std::int64_t minor = 0;  // what it takes off
  std::string need{};
  std::int64_t missing = 0;   // units, or minor units
  std::optional<UtcMs> at{};  // when it begins, or ended
  bool operator==(const CouponView&) const = default;
};

struct CartView {
  sync::CartId cart;
  std::string tag;               // of its lines and their units
  bool known_from_pass = false;  // false: from the hub's own document
  std::string first_name;        // empty: nobody is named
  bool has_choices = false;      // whose it is can see and change what they agreed to
  bool has_owner = false;        // it may be sent home
  std::string channel;
  UtcMs changed_at;
  std::string changed_by;
  std::optional<PassOrigin> pass;
  std::vector<CartViewLine> lines;
  CartTotals totals;
  std::vector<Saving> savings;
  std::vector<CouponView> coupons{};          // in the order in which they were put on
  std::optional<std::int64_t> changes_in_ms;  // after the answer, when it may cost something else by itself
  std::int64_t outbox_waiting = 0;
  bool operator==(const CartView&) const = default;
};

}  // namespace vitrine::kiosk
