// SPDX-License-Identifier: Apache-2.0
// A coupon is typed, or held to the reader, and goes onto the cart that is open. Example followed: a shopper holds up the coupon
// from the newspaper before their phone; once the phone's code has opened the cart, the coupon is on it.
#include <algorithm>
#include <utility>

#include "kiosk/model/steps.hpp"

namespace vitrine::kiosk::steps {
namespace {

bool is_of_a_code(const std::string& letter) {
  return letter.size() == 1 && ((letter[0] >= 'a' && letter[0] <= 'z') || (letter[0] >= 'A' && letter[0] <= 'Z') ||
                                (letter[0] >= '0' && letter[0] <= '9') || letter[0] == '-');
}

void send_coupon(Model& model, Requests& out) {
  Visit& visit = model.visit;
  visit.coupon.failed.clear();
  visit.coupon.asked = ++visit.requests;
  ChangeCart request;
  request.asked = {visit.number, visit.coupon.asked};
  request.cart = visit.cart->cart;
  request.action = CartAction::add_coupon;
  request.coupon = visit.coupon.typed.text;
  out.emplace_back(std::move(request));
}

}  // namespace

void type_coupon(Model& model, const KeyTouch& touch) {
  CouponEntry& entry = model.visit.coupon;
  if (entry.asked != 0) return;
  KeyTouch taken = touch;
  if (touch.kind == KeyTouch::Kind::text) {
    if (!is_of_a_code(touch.text)) return;
    if (taken.text[0] >= 'a' && taken.text[0] <= 'z') taken.text[0] = static_cast<char>(taken.text[0] - 'a' + 'A');
  }
  const std::string before = entry.typed.text;
  type(entry.typed, taken, coupon_letters_max);
  if (entry.typed.text != before) entry.failed.clear();
}

void submit_coupon(Model& model, Requests& out) {
  const Visit& visit = model.visit;
  if (visit.cart && visit.coupon.asked == 0 && !visit.coupon.typed.text.empty()) send_coupon(model, out);
}

void read_coupon(Model& model, const std::string& text, Requests& out) {
  Visit& visit = model.visit;
  const std::string code = text.substr(std::min(text.size(), text.find(':') + 1));
  if (visit.opening || !visit.cart) {
    visit.coupon_wanted = code;
    if (!visit.opening) visit.route = Route::scan;
    return;
  }
  visit.coupon = {};
  visit.coupon.typed.text = code;
  visit.route = Route::cart;
  send_coupon(model, out);
}

void add_wanted_coupon(Model& model, Requests& out) {
  if (model.visit.coupon_wanted.empty()) return;
  model.visit.coupon = {};
  model.visit.coupon.typed.text = std::exchange(model.visit.coupon_wanted, {});
  send_coupon(model, out);
}

void take_coupon(Visit& visit, const Asked& asked) {
  if (visit.coupon.asked == 0 || asked.number != visit.coupon.asked) return;
  visit.coupon = {};
  if (visit.route == Route::coupon) visit.route = Route::cart;
}

bool take_coupon_failure(Model& model, const RequestFailed& event) {
  Visit& visit = model.visit;
  if (visit.coupon.asked == 0 || event.asked.number != visit.coupon.asked || event.code == "cart_unknown") return false;
  visit.coupon.asked = 0;
  visit.coupon.failed = event.code;
  visit.coupon.hints = event.hints;
  // Of one that was held up, the screen says why not, with the code to be corrected.
  if (visit.route == Route::cart) visit.route = Route::coupon;
  return true;
}

}  // namespace vitrine::kiosk::steps
