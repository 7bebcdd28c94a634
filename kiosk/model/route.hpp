// SPDX-License-Identifier: Apache-2.0
// The screens there are. Which one is shown is decided by shown_route() in model.hpp.
#pragma once

#include <string_view>

namespace vitrine::kiosk {

enum class Route {
  resting,   // the store's edge does not answer
  starting,  // the store's data is being filled for the first time
  welcome,
  scan,
  cart,
  search,
  product,
  collect,  // the digits
  pickup,   // it is on its way
  help,     // a person is asked for
  till,     // the cart is to be paid there
  keep,     // it goes to the person's phone
  choices,  // what they agreed to
  coupon,   // a coupon is typed
  deliver,  // the cart is sent home
  problem,  // Visit::problem says which
  // of a counter
  sign_in,
  queue,
  order,
  customer,
  take_back,
  stock,
  status,
  board,
  picking,
  audit,
};

// Why a scanned code did not open a cart; each has its own words.
enum class Problem {
  code_timed_out,
  code_unknown,    // not ours, damaged, forged, or signed by a key we do not know
  code_foreign,    // of another shop
  needs_internet,  // a reference code, and its cart is not in this store
  not_ready,       // the store is still being filled
  no_answer,       // the edge did not answer
};

// "welcome", "cart", …: stable names for the semantic tree and for tests.
std::string_view name_of(Route route);
std::string_view name_of(Problem problem);

}  // namespace vitrine::kiosk
