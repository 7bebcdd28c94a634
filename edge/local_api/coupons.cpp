// SPDX-License-Identifier: Apache-2.0
// Judged against the promotions that are here, with or without a line to the hub.
#include "edge/local_api/coupons.hpp"

#include <algorithm>

#include "edge/local_api/tries.hpp"
#include "sync/model/coupon.hpp"
#include "sync/protocol/cart_codec.hpp"

namespace vitrine::edge::local_api {

using sync::protocol::JsonWriter;
using Judged = sync::pricing::CouponAnswer;

namespace {

Judged judge(database::Reader& reader, const sync::StoreId& store, std::string_view zone, std::string_view code, UtcMs now) {
  const std::string currency = reader.store(store).value_or(database::StoreContent{}).currency;
  return sync::pricing::judge_coupon(reader.price_book(zone, currency).promotions, code, currency, now);
}

bool carries(Desk& desk, const sync::CartId& id, const std::string& code) {
  const auto seen = desk.reader.cart(id);
  const auto cart = seen ? sync::protocol::decode_cart(id, seen->body) : fail("cart_unknown", "");
  return cart && std::ranges::find(cart->coupons, code) != cart->coupons.end();
}

}  // namespace

std::size_t coupon_end(bool added, const Result<sync::CartId>& done) {
  if (done) return added ? 0 : 1;
  const auto* found = std::ranges::find(coupon_ends, done.error().code);
  return std::min(static_cast<std::size_t>(found - coupon_ends.begin()), coupon_ends.size() - 1);
}

Result<std::string> enter_coupon(Desk& desk, const CartAction& request) {
  const std::string at_device = "coupon/" + request.device;
  const std::string in_store = "coupon/";
  if (is_locked(desk, at_device, wrong_codes_max, wrong_codes_within_ms) ||
      is_locked(desk, in_store, wrong_codes_here_max, wrong_codes_within_ms))
    return fail("coupons_locked", "too many wrong coupons here; try again in ten minutes");
  const auto code = sync::coupon_from(request.coupon);
  if (code && carries(desk, request.cart, *code)) return *code;
  const Judged judged = code ? judge(desk.reader, desk.store, desk.zone, *code, desk.end.hub_time(desk.now.utc)) : Judged{};
  switch (judged.what) {
    case Judged::What::good:
      return judged.code;
    case Judged::What::unknown:
      break;
    case Judged::What::not_yet:
      return fail("coupon_not_valid_now", "this coupon is not valid yet");
    case Judged::What::over:
      return fail("coupon_not_valid_now", "this coupon is over");
  }
  for (const std::string& place : {at_device, in_store}) count_try(desk, place, wrong_codes_within_ms);
  return fail("coupon_unknown", "no promotion here has this coupon");
}

Judged judge_coupon_here(database::Reader& reader, const Surroundings& around, std::string_view typed) {
  const auto code = sync::coupon_from(typed);
  reader.begin();
  Judged judged = code ? judge(reader, around.store, around.zone, *code, around.now) : Judged{};
  if (reader.end()) judged = {};
  return judged;
}

std::string coupon_problem_json(int status, const Error& error, const Judged& answer) {
  JsonWriter out;
  out.object().key("type").string("urn:vitrine:problem:" + error.code).key("title").string(error.message);
  out.key("status").number(status).key("code").string(error.code).key("detail").string(error.message);
  if (answer.what == Judged::What::not_yet) out.key("from").number(answer.at.value);
  if (answer.what == Judged::What::over) out.key("to").number(answer.at.value);
  return out.end_object().take();
}

void write_coupons(JsonWriter& out, const CartView& cart) {
  out.key("coupons").array();
  for (const sync::pricing::CouponUse& one : cart.coupons) {
    out.object().key("code").string(one.code).key("state").string(word_of(one.state)).key("title").object();
    for (const auto& [language, text] : one.title) out.key(language).string(text);
    out.end_object().key("minor").number(one.minor).key("need").string(word_of(one.need)).key("missing").number(one.missing);
    out.key("at");
    if (one.at) {
      out.number(one.at->value);
    } else {
      out.null();
    }
    out.end_object();
  }
  out.end_array();
}

}  // namespace vitrine::edge::local_api
