// SPDX-License-Identifier: Apache-2.0
// Carts: opened by a pass, shown, changed, given to a phone.
#include "edge/local_api/answers_json.hpp"
#include "edge/local_api/api.hpp"
#include "edge/local_api/coupons.hpp"
#include "edge/local_api/queries.hpp"

namespace vitrine::edge::local_api {

Reply Api::cart_reply(const Result<sync::CartId>& id) {
  if (!id) return problem(id.error());
  return read([&](Readers& readers) { return cart(*readers.store, surroundings(), *id); });
}

Reply Api::post_pass(const Call& call, const std::vector<std::string>&) {
  auto request = decode_open_pass(call.body);
  if (!request) return problem(request.error());
  const std::string device = request->device;
  own_passes_.forget(device);
  const auto opened = run(call, [asked = std::move(*request)](Desk& desk) { return open_pass(desk, asked); });
  if (opened && call.caller.role == DeviceRole::kiosk) own_passes_.opened(device, *opened, setup_.now().mono);
  return cart_reply(opened);
}

Reply Api::get_cart(const Call&, const std::vector<std::string>& in_path) { return cart_reply(sync::CartId{in_path[0]}); }

Reply Api::post_action(const Call& call, const std::vector<std::string>& in_path) {
  const auto request = decode_cart_action(in_path[0], call.body);
  if (!request) return problem(request.error());
  const auto done = run(call, [asked = *request](Desk& desk) { return act(desk, asked); });
  const bool adds = request->what == CartAction::What::add_coupon;
  if (adds || request->what == CartAction::What::remove_coupon)
    coupons_.at(coupon_end(adds, done)).fetch_add(1, std::memory_order_relaxed);
  return adds && !done && done.error().code == "coupon_not_valid_now" ? coupon_problem(done.error(), request->coupon)
                                                                      : cart_reply(done);
}

Reply Api::coupon_problem(const Error& error, const std::string& typed) {
  auto readers = readers_.borrow();
  if (!readers) return problem(readers.error());
  const auto answer = judge_coupon_here(*readers->store, surroundings(), typed);
  readers_.give_back(std::move(*readers));
  const int status = status_of(error);
  return {status, "application/problem+json", coupon_problem_json(status, error, answer)};
}

Reply Api::post_keep(const Call& call, const std::vector<std::string>& in_path) {
  const auto request = decode_keep_cart(in_path[0], call.body);
  if (!request) return problem(request.error());
  return read([&](Readers& readers) { return keep(*readers.store, surroundings(), setup_.sign, *request); });
}

}  // namespace vitrine::edge::local_api
