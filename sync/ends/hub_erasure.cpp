// SPDX-License-Identifier: Apache-2.0
// Erasure at the hub: whoever is erased is remembered by a hash first, and then all that is theirs becomes tombstones in every
// stream where it stands. Goods and money of their orders stay, and are nobody's.
#include <simdjson.h>

#include <algorithm>

#include "sync/ends/erasure.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/identity.hpp"
#include "sync/protocol/request_codec.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

namespace {

// Goes through the live documents of a collection, some at a time; `each` may make any of them a tombstone.
template <class Each>
void each_live(Authority& authority, const char* collection, const Each& each) {
  for (std::string after;;) {
    const auto some = authority.live_of(collection, after, tuning::erasure_documents);
    if (some.empty()) return;
    for (const Document& one : some) each(one);
    after = some.back().key.id;
  }
}

std::string text_in(const std::string& body, const char* field) {
  simdjson::dom::parser parser;
  simdjson::dom::element read;
  std::string_view text;
  const bool good = parser.parse(body).get(read) == simdjson::SUCCESS && read[field].get(text) == simdjson::SUCCESS;
  return good ? std::string(text) : std::string();
}

// Whether the outcome names a document of one of these people.
bool names_one_of(const std::string& outcome, const std::set<CustomerId>& people) {
  simdjson::dom::parser parser;
  simdjson::dom::array documents;
  if (parser.parse(outcome)["documents"].get(documents) != simdjson::SUCCESS) return false;
  for (const simdjson::dom::element one : documents) {
    std::string_view collection;
    std::string_view id;
    if (one.at(0).get(collection) != simdjson::SUCCESS || one.at(1).get(id) != simdjson::SUCCESS) continue;
    const auto person = person_of({std::string(collection), std::string(id)});
    if (person && people.contains(*person)) return true;
  }
  return false;
}

}  // namespace

HubEnd::Erasure HubEnd::erase(const CustomerId& person, Now now) {
  now_ = now.utc;
  const std::string tag = customer_tag(authority_.digest_key(), person);
  const auto known = authority_.document(erasure_key(tag));
  Erasure done = forget_people({tag});
  done.tag = tag;
  done.repeated = known && known->body;
  done.events += forget_about_person(person);
  return done;
}

std::size_t HubEnd::erase_again(const std::vector<std::string>& tags, Now now) {
  now_ = now.utc;
  std::set<std::string> unknown;
  for (const std::string& tag : tags) {
    const auto known = authority_.document(erasure_key(tag));
    if (!known || !known->body) unknown.insert(tag);
  }
  if (!unknown.empty()) forget_people(unknown);
  return unknown.size();
}

// By what each document says, not by an index: it is asked for seldom, and must find all of it.
HubEnd::Erasure HubEnd::forget_people(const std::set<std::string>& tags) {
  Erasure done;
  for (const std::string& tag : tags) {
    const auto before = authority_.document(erasure_key(tag));
    if (!before || !before->body) mint(erasure_key(tag), before, encode_erasure(now_), nullptr);
  }
  const DigestKey key = authority_.digest_key();
  std::set<CustomerId> people;
  const auto theirs = [&](const std::string& person) {
    if (person.empty() || !tags.contains(customer_tag(key, CustomerId{person}))) return false;
    people.insert(CustomerId{person});
    return true;
  };
  const auto bury = [this](const Document& one) { mint(one.key, one, std::nullopt, nullptr); };
  std::set<std::string> contexts;  // of requests
  each_live(authority_, "cart", [&](const Document& one) {
    if (!theirs(text_in(*one.body, "owner"))) return;
    contexts.insert("cart/" + one.key.id);
    bury(one);
    ++done.carts;
  });
  each_live(authority_, "order", [&](const Document& one) {
    if (!theirs(text_in(*one.body, "customer"))) return;
    contexts.insert("order/" + one.key.id);
    if (Body nobodys = without_person(one.key, *one.body)) mint(one.key, one, std::move(nobodys), nullptr);
    ++done.orders;
  });
  std::vector<Identity> identities;
  each_live(authority_, "identity", [&](const Document& one) {
    if (!theirs(customer_of_identity(*one.body).text)) return;
    const std::size_t slash = std::min(one.key.id.find('/'), one.key.id.size());
    identities.push_back({one.key.id.substr(0, slash), one.key.id.substr(std::min(slash + 1, one.key.id.size()))});
    bury(one);
  });
  each_live(authority_, "customer", [&](const Document& one) {
    if (!theirs(one.key.id)) return;
    done.events += forget_about_person(CustomerId{one.key.id});
    bury(one);
    ++done.customers;
  });
  each_live(authority_, "consent", [&](const Document& one) {
    if (theirs(one.key.id)) bury(one);
  });
  if (!contexts.empty()) {
    each_live(authority_, "request", [&](const Document& one) {
      const auto request = decode_request_document(*one.body);
      if (!request || !request->raised || !contexts.contains(request->raised->context)) return;
      bury(one);
      ++done.requests;
    });
  }
  each_live(authority_, "outcome", [&](const Document& one) {
    if (names_one_of(*one.body, people)) bury(one);
  });
  for (const CustomerId& person : people) authority_.forget_person(person, identities);
  return done;
}

}  // namespace vitrine::sync::ends
