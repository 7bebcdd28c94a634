// SPDX-License-Identifier: Apache-2.0
// What a customer did stands where the customer does, and only while they agree to `history`: it comes with them or with their
// word, and goes with either. Of one customer the newest are kept; with the customer all of it is gone.
#include <algorithm>

#include "sync/ends/collections.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/protocol/activity_codec.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/topics.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

bool HubEnd::is_person_here(const DocumentKey& key) {
  const auto person = placement_of(key, std::nullopt).person;
  if (!person) return true;
  const auto customer = authority_.document(customer_key(*person));
  return customer && customer->body;
}

bool HubEnd::shares_activity(const std::optional<std::string>& consents) {
  const auto said = consents ? decode_consents(*consents) : fail("", "");
  return said && rules::is_granted(*said, rules::activity_purpose);
}

bool HubEnd::shares_activity(const CustomerId& person) {
  const auto document = authority_.document(consent_key(person));
  return document && shares_activity(document->body);
}

void HubEnd::place_activity(const CustomerId& person, const DocumentKey& key, const std::optional<std::string>& body,
                            const StoreId* acting) {
  const auto standing = authority_.streams_of(key);
  std::vector<StreamName> wanted;
  if (body && shares_activity(person)) wanted = authority_.streams_of(customer_key(person));
  for (const StreamName& stream : wanted) append(stream, key, false);
  for (const StreamName& stream : standing) {
    if (!is_among(wanted, stream)) append(stream, key, body.has_value());
  }
  // Not placed with a store by what it says of it; the entry carries the acknowledgement all the same.
  if (acting != nullptr && !is_among(wanted, own_stream(*acting)) && !is_among(standing, own_stream(*acting)))
    append(own_stream(*acting), key, true);
  if (body) forget_oldest_activity(person);
}

void HubEnd::bring_activity(const CustomerId& person, const StreamName& stream) {
  if (!shares_activity(person)) return;
  for (const Document& one : authority_.live_under("activity", activity_prefix(person))) {
    const bool theirs = placement_of(one.key, one.body).person == person;
    if (theirs && !is_among(authority_.streams_of(one.key), stream)) append(stream, one.key, false);
  }
}

void HubEnd::take_activity(const CustomerId& person, const StreamName& stream) {
  for (const Document& one : authority_.live_under("activity", activity_prefix(person))) {
    const bool theirs = placement_of(one.key, one.body).person == person;
    if (theirs && is_among(authority_.streams_of(one.key), stream)) append(stream, one.key, true);
  }
}

void HubEnd::forget_activity(const CustomerId& person) {
  for (const Document& one : authority_.live_under("activity", activity_prefix(person))) {
    if (placement_of(one.key, one.body).person == person) mint(one.key, one, std::nullopt, nullptr);
  }
}

void HubEnd::forget_oldest_activity(const CustomerId& person) {
  auto all = authority_.live_under("activity", activity_prefix(person));
  if (all.size() <= rules::activity_max) return;
  std::erase_if(all, [&](const Document& one) { return placement_of(one.key, one.body).person != person; });
  if (all.size() <= rules::activity_max) return;
  const auto at = [](const Document& one) {
    const auto activity = decode_activity(*one.body);
    return std::pair(activity ? activity->at : UtcMs{0}, one.key.id);
  };
  std::ranges::sort(all, {}, at);
  for (std::size_t i = 0; i + rules::activity_max < all.size(); ++i) mint(all[i].key, all[i], std::nullopt, nullptr);
}

}  // namespace vitrine::sync::ends
