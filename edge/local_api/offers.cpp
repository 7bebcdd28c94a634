// SPDX-License-Identifier: Apache-2.0
// Example followed: Maya has bought the jam set, and the hub suggests the jars that go with it; Nadia says so, hears "not now",
// and the counter keeps quiet about them for a week, with or without a line.
#include "edge/local_api/offers.hpp"

#include <algorithm>

#include "edge/local_api/answers_json.hpp"
#include "edge/local_api/measuring.hpp"
#include "edge/local_api/parts.hpp"
#include "edge/local_api/people.hpp"
#include "edge/local_api/request_fields.hpp"
#include "sync/protocol/offer_codec.hpp"
#include "sync/protocol/person_id.hpp"

namespace vitrine::edge::local_api {

using sync::protocol::Fields;
using sync::protocol::JsonWriter;

namespace {

template <class Words>
void write_words(JsonWriter& out, const char* key, const Words& words) {
  out.key(key).object();
  for (const auto& [language, text] : words) out.field(language, text);
  out.end_object();
}

}  // namespace

std::vector<OfferView> offers_of(database::Reader& reader, const Surroundings& around, const sync::CustomerId& customer) {
  std::vector<OfferView> all;
  reader.each_seen_under("offer", sync::protocol::person_prefix(customer), [&](std::string_view document, std::string_view body) {
    const auto id = sync::protocol::offer_id(document);
    auto offer = sync::protocol::decode_offer(body);
    if (!id || id->first != customer || !offer || !sync::rules::may_show(*offer, around.now)) return;
    all.push_back({id->second, std::move(*offer), std::nullopt});
  });
  std::ranges::sort(all, [](const OfferView& one, const OfferView& other) {
    return std::pair(other.offer.head->score, one.id) < std::pair(one.offer.head->score, other.id);
  });
  std::vector<OfferView> shown;
  for (OfferView& one : all) {
    if (one.offer.head->sku) one.product = card_of(reader, around, *one.offer.head->sku);
    // What this shop does not have is nothing to suggest in it.
    if (one.offer.head->sku && !one.product) continue;
    shown.push_back(std::move(one));
    if (shown.size() == offers_shown_max) break;
  }
  return shown;
}

void write_offers(JsonWriter& out, const std::vector<OfferView>& offers) {
  out.key("offers").array();
  for (const OfferView& one : offers) {
    const sync::OfferHead& head = *one.offer.head;
    out.object().field("offer", one.id.text);
    if (head.title.empty() && one.product) {
      write_words(out, "title", one.product->title);
    } else {
      write_words(out, "title", head.title);
    }
    write_words(out, "why", head.why);
    out.field("score", head.score).field("until", head.until.value).key("product");
    if (one.product) {
      write_product(out, *one.product);
    } else {
      out.null();
    }
    out.end_object();
  }
  out.end_array();
}

Result<OfferOutcome> decode_offer_outcome(std::string_view id, std::string_view text) {
  return decode_request<OfferOutcome>(text, [&](const Fields& fields, OfferOutcome& asked) {
    asked.id.text = id;
    asked.what = fields.text("action", 1, 16);
    if (!sync::protocol::is_offer_outcome(asked.what)) fields.wrong("action", "is taken, declined or not_now");
  });
}

Result<sync::OfferId> keep_outcome(Desk& desk, const LookUp& look_up, const OfferOutcome& asked) {
  if (desk.replica.n_of(asked.request)) return asked.id;
  if (desk.reader.in_doubt()) return in_doubt();
  const UtcMs now = desk.end.hub_time(desk.now.utc);
  if (!customer_here(desk.reader, look_up.customer, now)) return fail("customer_unknown", "they are not here any more");
  // Asked at use: it may have been withdrawn since the screen showed it.
  if (!sync::rules::is_granted(desk.reader.consents(look_up.customer), sync::rules::offer_purpose))
    return fail("not_shared", "they do not let staff see this, or no longer");
  const auto body = desk.reader.body("offer", sync::protocol::offer_key(look_up.customer, asked.id).id);
  const auto offer = body ? sync::protocol::decode_offer(*body) : fail("", "");
  if (!offer) return fail("offer_unknown", "there is no such offer to them here");
  if (!sync::rules::may_show(*offer, now)) return fail("offer_over", "it is not to be put to them any more");
  sync::ends::LocalAction action;
  action.id = asked.request;
  action.nature = sync::Nature::fact;
  action.actor = asked.device;
  action.operations = {
      sync::protocol::encode_offer_operation(look_up.customer, asked.id, sync::rules::OfferTold{asked.what, desk.store})};
  if (auto done = perform(desk, action, "this cannot be written down"); !done) return std::unexpected(done.error());
  measure_offer(desk, asked.request, asked.what == "taken");
  note_in_audit(desk, look_up.staff, look_up.device, "customers.offer", look_up.customer, asked.id.text, asked.what);
  return asked.id;
}

}  // namespace vitrine::edge::local_api
