// SPDX-License-Identifier: Apache-2.0
// Collecting an order: six digits, then two of the phone number, then how it comes.
#include <utility>

#include "kiosk/model/steps.hpp"

namespace vitrine::kiosk::steps {
namespace {

void ask_to_open(Model& model, Requests& out) {
  Visit& visit = model.visit;
  Collection& collection = visit.collection;
  collection.asked = ++visit.requests;
  collection.waiting = true;
  collection.failed.clear();
  out.emplace_back(OpenPickup{{visit.number, collection.asked},
                              collection.pass.empty() ? collection.code.text : "",
                              collection.phone.text,
                              collection.pass});
}

// The digits are typed after all.
void forget_pass(Collection& collection) {
  if (collection.pass.empty()) return;
  collection.pass.clear();
  collection.code = {};
  collection.phone = {};
  collection.code_right = false;
}

}  // namespace

void ask_for_order(Model& model, Requests& out) {
  Visit& visit = model.visit;
  if (!visit.collection.pickup) return;
  visit.collection.asked = ++visit.requests;
  out.emplace_back(FetchOrder{{visit.number, visit.collection.asked}, visit.collection.pickup->order});
}

void collect_by_pass(Model& model, const std::string& text, Requests& out) {
  Visit& visit = model.visit;
  visit.collection = {};
  visit.collection.pass = text;
  visit.collection.code.text = std::string(pickup_code_digits, '*');
  visit.route = Route::collect;
  ask_to_open(model, out);
}

bool is_complete(const Collection& collection) {
  return collection.code.text.size() == pickup_code_digits &&
         (!collection.code_right || collection.phone.text.size() == pickup_phone_digits);
}

void type_collection(Model& model, const KeyTouch& touch, Requests& out) {
  Collection& collection = model.visit.collection;
  if (collection.waiting) return;
  const bool digit = touch.kind == KeyTouch::Kind::text && touch.text.size() == 1 && touch.text[0] >= '0' && touch.text[0] <= '9';
  if (touch.kind == KeyTouch::Kind::text && !digit) return;
  // From an empty second field back into the first: the code was a mistake.
  if (collection.code_right && collection.phone.text.empty() && !digit) {
    collection.code_right = false;
    forget_pass(collection);
  }
  TypedText& typed = collection.code_right ? collection.phone : collection.code;
  const std::string before = typed.text;
  type(typed, touch, collection.code_right ? pickup_phone_digits : pickup_code_digits);
  if (typed.text == before) return;
  collection.failed.clear();
  if (digit && is_complete(collection)) ask_to_open(model, out);
}

void submit_collection(Model& model, Requests& out) {
  const Collection& collection = model.visit.collection;
  if (!collection.waiting && is_complete(collection)) ask_to_open(model, out);
}

void take_pickup(Model& model, const PickupOpened& event, Requests& out) {
  Visit& visit = model.visit;
  Collection& collection = visit.collection;
  if (event.asked.visit != visit.number || event.asked.number != collection.asked) return;
  collection.waiting = false;
  if (event.pickup.needs_phone) {
    collection.code_right = true;
    return;
  }
  // What proved who they are is not kept.
  Pickup pickup = event.pickup;
  const std::string code = collection.pass.empty() ? std::move(collection.code.text) : std::string();
  collection = {};
  collection.shown_code = code;
  collection.pickup = std::move(pickup);
  collection.checked_in_at = model.now.utc;
  visit.route = Route::pickup;
  ask_for_order(model, out);
}

void take_order(Model& model, const OrderArrived& event) {
  Visit& visit = model.visit;
  if (event.asked.visit != visit.number || event.asked.number != visit.collection.asked) return;
  visit.collection.order = event.order;
}

bool take_pickup_failure(Model& model, const RequestFailed& event) {
  Collection& collection = model.visit.collection;
  if (collection.asked == 0 || event.asked.number != collection.asked) return false;
  // How it comes is looked at again with the next news; what is there stays.
  if (!std::exchange(collection.waiting, false)) return true;
  collection.failed = event.code;
  const bool again = event.code == "phone_wrong" || event.code == "no_answer";
  if (!again) forget_pass(collection);
  return true;
}

void hear_of_order(Model& model, const OrderNews& event, Requests& out) {
  if (model.visit.collection.pickup && model.visit.collection.pickup->order == event.order) ask_for_order(model, out);
}

}  // namespace vitrine::kiosk::steps
