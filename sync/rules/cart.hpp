// SPDX-License-Identifier: Apache-2.0
// The rules of a cart: what each operation does to it, whatever happened to the cart meanwhile. Pure: the hub and every
// store's view use these same functions. The laws stand in sync/rules/README.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/cart.hpp"
#include "sync/rules/verdict.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::rules {

inline constexpr std::int64_t cart_quantity_max = 999;  // units on one line; a wholesale order is not a cart
inline constexpr std::size_t cart_lines_max = 200;      // lines with units left
inline constexpr std::size_t cart_dots_max = 2000;      // dots in the whole cart, taken ones included
inline constexpr std::size_t cart_dead_max = 4000;      // dead ids; beyond it the oldest go
inline constexpr std::int64_t cart_life_ms =
    tuning::small_limits ? 60'000 : 30LL * 24 * 3600 * 1000;               // an untouched cart is forgotten after 30 days
inline constexpr std::int64_t dead_dot_life_ms = 14LL * 24 * 3600 * 1000;  // as long as acknowledged transactions are kept

// The pass through which an actor came to know a cart: its id and the cart version that it carried.
struct PassReference {
  PassId pass;
  Version seen;
  bool operator==(const PassReference&) const = default;
};

// "cart.add": n more of a SKU, as one dot named (transaction, index of the operation). Creates the cart when there is none.
struct CartAdd {
  Sku sku;
  std::int64_t units = 0;
  std::string channel;              // used when this creates the cart
  std::optional<StoreId> store;     // used when this creates the cart
  std::optional<CustomerId> owner;  // used when this creates the cart
};

// "cart.decrease": take `units` from the dots that the screen showed, oldest first, never below what they have left.
// A dot of a pass ("<pass>.<line>") stands for itself and for what that line had at `pass.seen`.
struct CartDecrease {
  LineKey line;
  std::vector<DotId> shown;
  std::int64_t units = 0;
  std::optional<PassReference> pass;
};

// "cart.remove": take all that is left of the dots that the screen showed.
struct CartRemove {
  LineKey line;
  std::vector<DotId> shown;
  std::optional<PassReference> pass;
};

// "cart.resume": the person showed a pass. Seen v: no quantity changes. Unknown cart: the pass's lines under ids derived
// from it. Known, v unseen (a restored hub): each line becomes the larger of the two.
struct PassLine {
  Sku sku;
  std::int64_t units = 0;
  bool operator==(const PassLine&) const = default;
};
struct CartResume {
  PassReference pass;
  std::vector<PassLine> lines;  // empty for a pass of the reference form
  UtcMs scanned_at;
  std::string pass_text;  // as scanned; the hub checks it again at scan time
};

// "cart.assign": the shopper signed in or chose a store. An empty optional leaves the field alone. A cart that has an owner
// keeps it: another one is refused ("cart_owned").
struct CartAssign {
  std::optional<CustomerId> owner;
  std::optional<StoreId> store;
};

// "cart.coupon": a coupon is put on the cart (`on`), or taken off. Creates no cart. Whether the code is any good is asked where
// it is entered, and again each time the cart is priced.
struct CartCoupon {
  std::string code;
  bool on = true;
};

// "cart.order": these units are ordered: they leave the cart for an order that is asked for in the same transaction. Of each dot
// that the screen showed so many; all of them or none ("cart_changed").
struct OrderedUnits {
  LineKey line;
  DotId dot;
  std::int64_t units = 0;
  bool operator==(const OrderedUnits&) const = default;
};
struct CartOrder {
  OrderId order;
  std::vector<OrderedUnits> units;
  std::optional<PassReference> pass;
};

using CartOperation = std::variant<CartAdd, CartDecrease, CartRemove, CartResume, CartAssign, CartCoupon, CartOrder>;

// What the rules may know besides cart and operation.
struct CartContext {
  CartId cart;
  TransactionId transaction;
  std::size_t operation_index = 0;
  std::string actor;
  UtcMs at;
  Lineage lineage;  // of the cart before this operation; number 0: the hub does not hold it
  Version minting;  // the version that the hub is making; number 0 in a store's view
};

// The cart after the operation, or why an intent has no effect. Never partly. An operation that changes nothing answers the
// cart as it was, stamps included. Reasons: "cart_unknown", "cart_full", "cart_owned", "cart_changed", "quantity_max",
// "quantity_invalid", "coupons_max", "coupon_invalid".
Verdict<Cart> apply(const std::optional<Cart>& cart, const CartOperation& operation, const CartContext& context);

}  // namespace vitrine::sync::rules
