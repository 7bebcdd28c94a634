// SPDX-License-Identifier: Apache-2.0
// Where a customer stands, with their consents beside them: in a store where a cart or an order of theirs stands, in the store of
// their choice while they agree to that, and for a day where somebody asked for them. What stands carries the time at which each
// store forgets it by itself; while they belong there the hub says in time that they stay.
#include <algorithm>

#include "sync/ends/collections.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/person_id.hpp"
#include "sync/protocol/staff_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

namespace {

using Text = std::optional<std::string>;

Text body_of(Authority& authority, const DocumentKey& key) {
  auto document = authority.document(key);
  return document ? std::move(document->body) : std::nullopt;
}

std::optional<StreamName> home_of(const Text& customer, const Text& consents) {
  if (!customer || !consents) return std::nullopt;
  const auto person = decode_customer(*customer);
  const std::optional<StoreId> home = person ? person->home_store : std::nullopt;
  if (!home) return std::nullopt;
  const auto agreed = decode_consents(*consents);
  if (!agreed || !rules::is_granted(*agreed, "home_store")) return std::nullopt;
  return own_stream(*home);
}

}  // namespace

void HubEnd::place_person(const DocumentKey& key, const Text& before, const Text& body, const StoreId* acting) {
  const CustomerId person{key.id};
  const bool customer = key.collection == "customer";
  const Text beside = body_of(authority_, customer ? consent_key(person) : customer_key(person));
  const auto home_before = customer ? home_of(before, beside) : home_of(beside, before);
  const auto home = customer ? home_of(body, beside) : home_of(beside, body);
  const auto standing = authority_.streams_of(customer_key(person));
  for (const StreamName& stream : standing) {
    append(stream, key, false);
    // Who is erased agrees to nothing.
    if (customer && !body && is_among(authority_.streams_of(consent_key(person)), stream))
      append(stream, consent_key(person), true);
  }
  if (customer && !body) forget_about_person(person);
  if (!customer) share_about_person(person, before, body);
  // Not placed with a store by what it does to it; the entry carries the acknowledgement all the same.
  if (acting != nullptr && !is_among(standing, own_stream(*acting))) append(own_stream(*acting), key, true);
  if (home == home_before) return;
  if (home) stand_at(person, *home);
  if (home_before && !belongs(person, *home_before)) leave(person, *home_before);
}

bool HubEnd::belongs(const CustomerId& person, const StreamName& stream) {
  const auto store = owner_of(stream);
  if (store && authority_.lent_until(*store, customer_key(person))) return true;
  if (home_of(body_of(authority_, customer_key(person)), body_of(authority_, consent_key(person))) == stream) return true;
  return accompanies(person, stream);
}

// Whether a live cart or order of this person stands in the stream, or something of theirs waits for its store.
bool HubEnd::accompanies(const CustomerId& person, const StreamName& stream) {
  for (const std::string_view kind : kinds_about_persons()) {
    for (const Document& one : authority_.live_under(std::string(kind), person_prefix(person))) {
      const Placement placement = placement_of(one.key, one.body);
      if (placement.person == person && is_among(placement.streams, stream)) return true;
    }
  }
  for (const std::string_view collection : {"cart", "order"}) {
    DocumentKey after{std::string(collection), ""};
    for (bool more = true; more;) {
      const auto run = authority_.live_after(stream, after, tuning::page_bytes);
      more = !run.empty();
      for (const PageEntry& entry : run) {
        more = more && entry.key.collection == collection;
        if (more && placement_of(entry.key, entry.body).companion == person) return true;
      }
      if (more) after = run.back().key;
    }
  }
  return false;
}

void HubEnd::stand_at(const CustomerId& person, const StreamName& stream) {
  const DocumentKey customer = customer_key(person);
  if (!authority_.document(customer) || is_among(authority_.streams_of(customer), stream)) return;
  renew(person, true);
  append(stream, customer, false);
  if (body_of(authority_, consent_key(person))) append(stream, consent_key(person), false);
  bring_about_person(person, stream);
}

void HubEnd::leave(const CustomerId& person, const StreamName& stream) {
  for (const DocumentKey& key : {customer_key(person), consent_key(person)}) {
    if (is_among(authority_.streams_of(key), stream)) append(stream, key, true);
  }
  take_about_person(person, stream);
}

std::optional<UtcMs> HubEnd::renewal_of(const Text& customer) {
  const auto person = customer ? decode_customer(*customer) : fail("customer_malformed", "");
  const std::optional<UtcMs> until = person ? person->expires_at : std::nullopt;
  if (!until) return std::nullopt;
  return until->plus(customer_renewed_ms - customer_kept_ms);
}

void HubEnd::renew(const CustomerId& person, bool placing) {
  const DocumentKey key = customer_key(person);
  const auto before = authority_.document(key);
  const Text held = before ? before->body : std::nullopt;
  const auto due = renewal_of(held);
  if (!held || !due || (!placing && authority_.streams_of(key).empty())) return authority_.put_expiry(key, std::nullopt);
  if (*due > now_) return;
  const UtcMs until = now_.plus(customer_kept_ms);
  auto customer = decode_customer(*held);
  if (!customer) return;
  customer->expires_at = until;
  mint(key, before, encode_customer(*customer), nullptr);
  const auto register_before = authority_.document(consent_key(person));
  auto consents = register_before && register_before->body ? decode_consents(*register_before->body) : fail("", "");
  if (!consents) return;
  consents->expires_at = until;
  mint(consent_key(person), register_before, encode_consents(*consents), nullptr);
}

// Whoever stands at a counter is found by what they show, and by a member of staff whose role allows it.
std::string HubEnd::customer_not_for(const StoreId& from, const Ask& ask, Now now, DocumentKey& wanted) {
  const auto identity = identity_of(ask.key);
  if (!identity) return "ask_unknown";
  const UtcMs since = now.utc.plus(-tuning::customer_look_ups_within_ms);
  if (authority_.look_ups_since(from, ask.what, since) >= tuning::customer_look_ups_max) return "too_many";
  const auto member = body_of(authority_, staff_key(from, ask.staff));
  const auto staff = member ? decode_staff(*member) : fail("staff_unknown", "");
  if (!staff || !staff->works_at(now.utc)) return "not_allowed";
  const StaffRules rules = staff_rules(body_of(authority_, {"settings", "chain"}).value_or(""));
  const auto role = rules.roles.find(staff->role);
  const bool may = role != rules.roles.end() && std::ranges::find(role->second, "customers") != role->second.end();
  if (!may) return "not_allowed";
  const Text found = body_of(authority_, identity_key(*identity));
  const CustomerId person = found ? customer_of_identity(*found) : CustomerId{};
  if (person.empty() || !body_of(authority_, customer_key(person))) return "not_found";
  wanted = customer_key(person);
  return "";
}

}  // namespace vitrine::sync::ends
