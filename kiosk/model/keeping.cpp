// SPDX-License-Identifier: Apache-2.0
// A cart for the person's phone: a code is asked for once the cart's changes are answered, and anew when the cart changes under
// it.
#include <algorithm>
#include <utility>

#include "kiosk/model/steps.hpp"

namespace vitrine::kiosk::steps {
namespace {

bool carries_the_same(const CartView& one, const CartView& other) {
  return one.totals.to_pay == other.totals.to_pay &&
         std::ranges::equal(one.lines, other.lines,
                            [](const CartViewLine& a, const CartViewLine& b) { return a.sku == b.sku && a.units == b.units; });
}

}  // namespace

void keep_on_phone(Model& model, Requests& out) {
  Visit& visit = model.visit;
  if (!visit.cart || !model.store || !model.store->keeps_carts || (visit.keeping && visit.keeping->waiting)) return;
  visit.keeping = Keeping{.waiting = true};
  visit.removed.reset();
  visit.route = Route::keep;
  ask_for_code(model, out);
}

void ask_for_code(Model& model, Requests& out) {
  Visit& visit = model.visit;
  if (!visit.keeping || !visit.keeping->waiting || visit.keeping->asked != 0 || !visit.pending.empty()) return;
  visit.keeping->asked = ++visit.requests;
  out.emplace_back(MakeKeptCode{{visit.number, visit.keeping->asked}, visit.cart->cart});
}

void renew_code(Model& model, const CartView& before, Requests& out) {
  Visit& visit = model.visit;
  if (!visit.keeping || !visit.keeping->code || carries_the_same(before, *visit.cart)) return;
  visit.keeping->waiting = true;
  visit.keeping->asked = 0;
  ask_for_code(model, out);
}

void take_code(Model& model, const KeptCodeArrived& event) {
  Visit& visit = model.visit;
  if (event.asked.visit != visit.number || !visit.keeping || event.asked.number != visit.keeping->asked) return;
  visit.keeping = Keeping{.code = event.code};
}

bool take_code_failure(Model& model, const RequestFailed& event) {
  Visit& visit = model.visit;
  if (!visit.keeping || visit.keeping->asked == 0 || event.asked.number != visit.keeping->asked || event.code == "cart_unknown")
    return false;
  visit.keeping = Keeping{.failed = event.code};
  return true;
}

}  // namespace vitrine::kiosk::steps
