// SPDX-License-Identifier: Apache-2.0
#include "hub/intake/intake.hpp"

#include <algorithm>

#include "hub/import/activity_rows.hpp"
#include "hub/import/case_rows.hpp"
#include "hub/import/offer_rows.hpp"
#include "hub/import/order_acts.hpp"
#include "hub/import/people_rows.hpp"
#include "hub/import/stock_figures.hpp"
#include "sync/ends/erasure.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/identity.hpp"

namespace vitrine::hub {

namespace {

Result<bool> place_order(database::SqlAuthority& authority, sync::ends::HubEnd& end, const ImportDocument& document,
                         const sync::ends::Chance& chance, Now now) {
  const auto before = authority.document(document.key);
  const std::string digits = std::to_string(1'000'000 + chance.below(1'000'000)).substr(1);
  auto acts = acts_of_import(document.key, document.body, before ? before->body : std::nullopt, digits, now.utc);
  if (!acts) return std::unexpected(acts.error().within("order " + document.key.id));
  for (sync::Operation& operation : acts->operations) operation.salt = chance.hex_128();
  const auto done = end.perform({acts->id, "import", std::move(acts->operations)}, now);
  if (done.what == sync::ends::HubPerformed::What::refused) return fail(done.reason, "the rules refuse order " + document.key.id);
  return done.what == sync::ends::HubPerformed::What::done;
}

std::optional<std::string> held(database::SqlAuthority& authority, const sync::DocumentKey& key) {
  auto document = authority.document(key);
  return document ? std::move(document->body) : std::nullopt;
}

// What they show is found from then on, and what they showed no longer; their consents begin with no word about anything.
Result<bool> put_customer(database::SqlAuthority& authority, sync::ends::HubEnd& end, const ImportDocument& document, Now now) {
  const auto before = held(authority, document.key);
  auto customer = customer_after_import(before, document.body, now.utc);
  if (!customer) return std::unexpected(customer.error().within("customer " + document.key.id));
  const auto was = before ? sync::protocol::decode_customer(*before) : fail("", "");
  for (const sync::Identity& one : was ? was->identities : std::vector<sync::Identity>()) {
    const bool stays = std::ranges::find(customer->identities, one) != customer->identities.end();
    if (!stays) end.remove(sync::protocol::identity_key(one), now);
  }
  for (const sync::Identity& one : customer->identities)
    end.put(sync::protocol::identity_key(one), sync::protocol::encode_identity(customer->id), now);
  const bool changed = end.put(document.key, sync::protocol::encode_customer(*customer), now);
  const sync::DocumentKey consents = sync::protocol::consent_key(customer->id);
  if (!held(authority, consents)) {
    sync::ConsentRegister none{customer->id, {}};
    none.expires_at = customer->expires_at;
    end.put(consents, sync::protocol::encode_consents(none), now);
  }
  return changed;
}

// True where it counts: an agreement that did not see a withdrawal changes nothing.
Result<bool> take_consent(database::SqlAuthority& authority, sync::ends::HubEnd& end, const ImportDocument& document,
                          const sync::ends::Chance& chance, Now now) {
  auto act = consent_of_import(document.key, document.body, held(authority, document.key));
  if (!act) return std::unexpected(act.error().within("consent of customer " + document.key.id));
  act->operation.salt = chance.hex_128();
  const auto done = end.perform({act->id, "import", {std::move(act->operation)}, act->at}, now);
  return done.what == sync::ends::HubPerformed::What::done;
}

// True where it is new: what was told before, or is over, changes nothing.
Result<bool> take_activity(sync::ends::HubEnd& end, const ImportDocument& document, const sync::ends::Chance& chance, Now now) {
  auto act = activity_of_import(document.key, document.body, now.utc);
  if (!act) return std::unexpected(act.error().within("activity " + document.key.id));
  if (act->over) return false;
  act->operation.salt = chance.hex_128();
  const auto done = end.perform({act->id, "import", {std::move(act->operation)}, act->at}, now);
  return done.what == sync::ends::HubPerformed::What::done;
}

// True where it is new, and not over.
Result<bool> take_case(database::SqlAuthority& authority, sync::ends::HubEnd& end, const ImportDocument& document,
                       const sync::ends::Chance& chance, Now now) {
  auto act = case_of_import(document.key, document.body, held(authority, document.key), now.utc);
  if (!act) return std::unexpected(act.error().within("case " + document.key.id));
  if (act->over) return false;
  for (sync::Operation& operation : act->operations) operation.salt = chance.hex_128();
  const auto done = end.perform({act->id, "import", std::move(act->operations), act->at}, now);
  return done.what == sync::ends::HubPerformed::What::done;
}

// True where it is new, or says something else, and is not over.
Result<bool> take_offer(sync::ends::HubEnd& end, const ImportDocument& document, const sync::ends::Chance& chance, Now now) {
  auto act = offer_of_import(document.key, document.body, now.utc);
  if (!act) return std::unexpected(act.error().within("offer " + document.key.id));
  if (act->over) return false;
  act->operation.salt = chance.hex_128();
  const auto done = end.perform({act->id, "import", {std::move(act->operation)}}, now);
  return done.what == sync::ends::HubPerformed::What::done;
}

}  // namespace

Result<bool> take_in(database::SqlAuthority& authority, sync::ends::HubEnd& end, const ImportDocument& document,
                     const sync::ends::Chance& chance, Now now) {
  if (document.key.collection == "order") return place_order(authority, end, document, chance, now);
  if (document.key.collection == "consent") return take_consent(authority, end, document, chance, now);
  if (document.key.collection == "case") return take_case(authority, end, document, chance, now);
  if (document.key.collection == "offer") return take_offer(end, document, chance, now);
  if (document.key.collection == "activity") return take_activity(end, document, chance, now);
  if (document.key.collection == "customer") return put_customer(authority, end, document, now);
  std::string body = document.body;
  if (document.key.collection == "stock") {
    const auto before = authority.document(document.key);
    body = stock_after_import(before ? before->body : std::nullopt, body, now.utc);
  }
  const bool changed = end.put(document.key, std::move(body), now);
  if (document.key.collection == "content" && document.key.id.starts_with("store/")) {
    authority.add_store(sync::StoreId{document.key.id.substr(6)});
  }
  return changed;
}

ImportIdentity identity_in(database::SqlAuthority& authority) {
  return [&authority](std::string_view kind, std::string_view exact) {
    return sync::protocol::identity_hash(authority.digest_key(), kind, exact);
  };
}

ImportErased erased_in(database::SqlAuthority& authority) {
  return [&authority](const std::string& customer) { return sync::ends::is_erased(authority, sync::CustomerId{customer}); };
}

ImportStored stored_in(database::SqlAuthority& authority) {
  return [&authority](const sync::DocumentKey& key) -> std::optional<std::string> {
    auto document = authority.document(key);
    return document ? std::move(document->body) : std::nullopt;
  };
}

}  // namespace vitrine::hub
