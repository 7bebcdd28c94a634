// SPDX-License-Identifier: Apache-2.0
// What is about a person (collections.hpp: AboutPerson) stands where the person does, and only while they agree to its purpose:
// it comes with them or with their word, and goes with either. What waits for a store stands there because of that, and brings
// the person along. Of one person the newest of each kind are kept; with the person all of it is gone.
#include <algorithm>

#include "sync/ends/collections.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/planted.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/person_id.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

bool HubEnd::is_person_here(const DocumentKey& key) {
  const auto person = placement_of(key, std::nullopt).person;
  if (!person) return true;
  const auto customer = authority_.document(customer_key(*person));
  return customer && customer->body;
}

bool HubEnd::shares(const std::optional<std::string>& consents, std::string_view purpose) {
  const auto said = consents ? decode_consents(*consents) : fail("", "");
  return said && rules::is_granted(*said, purpose);
}

bool HubEnd::shares(const CustomerId& person, std::string_view purpose) {
  if (planted(Bug::activity_without_consent)) return true;
  const auto document = authority_.document(consent_key(person));
  return document && shares(document->body, purpose);
}

void HubEnd::place_about_person(const DocumentKey& key, const std::optional<std::string>& before,
                                const std::optional<std::string>& body, const StoreId* acting) {
  const Placement placement = placement_of(key, body);
  const CustomerId& person = *placement.person;
  const AboutPerson* about = about_person(key.collection);
  const auto standing = authority_.streams_of(key);
  std::vector<StreamName> wanted = placement.streams;
  if (body && about != nullptr && shares(person, about->purpose)) {
    for (const StreamName& stream : authority_.streams_of(customer_key(person))) {
      if (!is_among(wanted, stream)) wanted.push_back(stream);
    }
  }
  for (const StreamName& stream : wanted) append(stream, key, false);
  for (const StreamName& stream : placement.streams) stand_at(person, stream);
  for (const StreamName& stream : standing) {
    if (!is_among(wanted, stream)) append(stream, key, body.has_value());
  }
  // Not placed with a store by what it says of it; the entry carries the acknowledgement all the same.
  if (acting != nullptr && !is_among(wanted, own_stream(*acting)) && !is_among(standing, own_stream(*acting)))
    append(own_stream(*acting), key, true);
  // Who was there for its sake may still stand at the counter: they go as somebody who was looked for goes.
  for (const StreamName& stream : placement_of(key, before).streams) {
    const auto store = owner_of(stream);
    if (!store || is_among(placement.streams, stream) || belongs(person, stream)) continue;
    if (is_among(authority_.streams_of(customer_key(person)), stream))
      authority_.put_lent({*store, customer_key(person), now_.plus(tuning::lent_for_ms)});
  }
  if (body) forget_oldest(person, key.collection);
}

void HubEnd::bring_about(std::string_view kind, const CustomerId& person, const StreamName& stream) {
  for (const Document& one : authority_.live_under(std::string(kind), person_prefix(person))) {
    const bool theirs = placement_of(one.key, one.body).person == person;
    if (theirs && !is_among(authority_.streams_of(one.key), stream)) append(stream, one.key, false);
  }
}

void HubEnd::take_about(std::string_view kind, const CustomerId& person, const StreamName& stream) {
  if (planted(Bug::activity_left_behind)) return;
  for (const Document& one : authority_.live_under(std::string(kind), person_prefix(person))) {
    const Placement placement = placement_of(one.key, one.body);
    if (placement.person != person || is_among(placement.streams, stream)) continue;
    if (is_among(authority_.streams_of(one.key), stream)) append(stream, one.key, true);
  }
}

void HubEnd::bring_about_person(const CustomerId& person, const StreamName& stream) {
  for (const std::string_view kind : kinds_about_persons()) {
    if (shares(person, about_person(kind)->purpose)) bring_about(kind, person, stream);
  }
}

void HubEnd::take_about_person(const CustomerId& person, const StreamName& stream) {
  for (const std::string_view kind : kinds_about_persons()) take_about(kind, person, stream);
}

void HubEnd::share_about_person(const CustomerId& person, const std::optional<std::string>& before,
                                const std::optional<std::string>& consents) {
  for (const std::string_view kind : kinds_about_persons()) {
    const std::string_view purpose = about_person(kind)->purpose;
    const bool agrees = shares(consents, purpose);
    if (agrees == shares(before, purpose)) continue;
    for (const StreamName& stream : authority_.streams_of(customer_key(person)))
      agrees ? bring_about(kind, person, stream) : take_about(kind, person, stream);
  }
}

std::size_t HubEnd::forget_about_person(const CustomerId& person) {
  std::size_t forgotten = 0;
  for (const std::string_view kind : kinds_about_persons()) {
    for (const Document& one : authority_.live_under(std::string(kind), person_prefix(person))) {
      if (placement_of(one.key, one.body).person != person) continue;
      mint(one.key, one, std::nullopt, nullptr);
      ++forgotten;
    }
  }
  return forgotten;
}

void HubEnd::forget_oldest(const CustomerId& person, std::string_view kind) {
  const AboutPerson* about = about_person(kind);
  if (about == nullptr || planted(Bug::activity_kept_for_ever)) return;
  auto all = authority_.live_under(std::string(kind), person_prefix(person));
  if (all.size() <= about->most) return;
  std::erase_if(all, [&](const Document& one) { return placement_of(one.key, one.body).person != person; });
  if (all.size() <= about->most) return;
  std::ranges::sort(all, {}, [&](const Document& one) { return std::pair(about->at(*one.body), one.key.id); });
  for (std::size_t i = 0; i + about->most < all.size(); ++i) mint(all[i].key, all[i], std::nullopt, nullptr);
}

}  // namespace vitrine::sync::ends
