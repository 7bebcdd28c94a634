// SPDX-License-Identifier: Apache-2.0
// A schedule before it runs: what people do and what goes wrong, with times, all from one seed. Each step carries numbers of its
// own, so that a step can be left out and the others stay as they are: that is how a failing schedule is shrunken.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::sim {

enum class Deed : std::uint8_t {
  kiosk_add,       // one more of something, in a cart that the store shows
  kiosk_decrease,  // less of a line
  kiosk_remove,    // a line goes
  kiosk_move,      // one action on two carts: a line leaves one, and comes into the other
  kiosk_pass,      // a shopper shows the pass that their phone got some time ago
  kiosk_new,       // a cart begins at the kiosk
  kiosk_assign,    // the shopper chooses this store
  phone_add,
  phone_decrease,
  phone_remove,
  phone_assign,  // the shopper signs in, or chooses a store
  hub_deletes_cart,
  hub_changes_goods,  // a document of a shared stream or of a store's own
  hub_ends_goods,     // a tombstone
  hub_order,          // a platform places, changes, cancels an order, takes and gives back its money
  store_order,        // staff work on an order
  hub_stock,          // the hub lends and promises units
  store_stock,        // staff move, count and promise units
  store_help,         // a shopper asks for a person, staff go there
  store_consent,      // a customer agrees to something at a counter, or takes it back
  phone_consent,      // the same on a phone
  store_activity,     // what a customer did in a store is told
  web_activity,       // what they did online
  store_talk,         // staff see to a conversation, or say what came of an offer
  web_talk,           // a platform begins or moves one, a customer writes more
  kiosk_coupon,       // a coupon is put on a cart, or taken off
  phone_coupon,       // the same on a phone
  kiosk_order,        // what a cart has is ordered, to be sent home
};

enum class FaultKind : std::uint8_t {
  lost,
  repeated,
  reordered,
  delayed,
  one_way,
  cut,
  broker_forgets,
  store_killed,
  store_power_cut,
  store_disk_full,
  store_io_error,
  clock_jump,
  hub_killed,
  hub_power_cut,
  hub_disk_full,
  store_restored,
  hub_restored,
  hub_set_back,
  store_flipped,
  store_cloned,
  other_version,
  own_flipped,
  outbox_flipped,
  late_push,
  count_,
};
inline constexpr std::size_t fault_kinds = static_cast<std::size_t>(FaultKind::count_);
std::string_view name_of(FaultKind kind);
std::string_view name_of(Deed deed);

struct Step {
  std::int64_t at_ms = 0;
  bool fault = false;
  Deed deed = Deed::kiosk_add;
  FaultKind kind = FaultKind::lost;
  std::size_t store = 0;
  std::int64_t lasts_ms = 0;  // of a fault that is a time
  std::uint64_t seed = 0;
};

struct Plan {
  std::uint64_t seed = 0;
  std::size_t stores = 3;
  std::int64_t heal_at_ms = 0;
  std::vector<Step> steps;  // by time
};

Plan plan_of(std::uint64_t seed);
std::string describe(const Step& step);

}  // namespace vitrine::sim
