// SPDX-License-Identifier: Apache-2.0
// What a phone is told of coupons; the store's kiosk is told the same (edge/local_api/coupons.cpp).
#include "hub/api/coupons.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

#include "hub/api/api_impl.hpp"
#include "hub/api/documents.hpp"
#include "hub/database/authority.hpp"
#include "sync/model/coupon.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/json_input.hpp"

namespace vitrine::hub::api {

using Judged = sync::pricing::CouponAnswer;

json coupons_view(const std::vector<std::string>& codes, const std::vector<sync::pricing::CouponUse>& uses) {
  json view = json::array();
  for (const std::string& code : codes) {
    const auto use = std::ranges::find(uses, code, &sync::pricing::CouponUse::code);
    if (use == uses.end()) continue;
    view.push_back({{"code", code},
                    {"state", word_of(use->state)},
                    {"title", use->title},
                    {"minor", use->minor},
                    {"need", word_of(use->need)},
                    {"missing", use->missing},
                    {"at", use->at ? json(use->at->value) : json(nullptr)}});
  }
  return view;
}

Answer coupon_problem(const Judged& judged) {
  if (judged.what == Judged::What::unknown) return problem(422, "coupon_unknown");
  Answer answer = problem(422, "coupon_not_valid_now");
  json body = json::parse(answer.body);
  body[judged.what == Judged::What::not_yet ? "from" : "to"] = judged.at.value;
  answer.body = sync::protocol::dump(body);
  return answer;
}

std::expected<std::string, Answer> Api::Impl::enter_coupon(const Call& call, const std::string& typed) {
  auto lease = readers.take();
  if (!lease) return std::unexpected(database_problem(lease.error()));
  const auto session = session_of(**lease, call);
  if (!session) return std::unexpected(problem(401, "session_unknown"));
  database::HubRows rows(**lease);
  const auto id = cart_of(rows, *session);
  const auto document = id ? database::read_document(**lease, {"cart", id->text}) : std::nullopt;
  const auto cart = document && document->body ? sync::protocol::decode_cart(*id, *document->body) : fail("cart_unknown", "");
  if (!cart) return std::unexpected(problem(409, "cart_unknown"));
  const auto code = sync::coupon_from(typed);
  if (code && std::ranges::find(cart->coupons, *code) != cart->coupons.end()) return *code;
  const std::string name(reinterpret_cast<const char*>(call.session_hash->data()), 16);
  // Asked before anything is looked up: who has guessed too much does not learn from a right guess either.
  if (!coupon_tries.allow(name, call.now.mono) || !coupon_tries_there.allow(call.request.caller, call.now.mono))
    return std::unexpected(problem(429, "coupons_locked"));
  const Place place = place_of(**lease, cart->store ? cart->store : session->store);
  const auto book = price_books.of(**lease, place.zone, place.currency);
  const Judged judged = code ? sync::pricing::judge_coupon(book->promotions, *code, place.currency, call.now.utc) : Judged{};
  if (judged.what == Judged::What::good) return judged.code;
  return std::unexpected(coupon_problem(judged));
}

}  // namespace vitrine::hub::api
