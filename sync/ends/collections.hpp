// SPDX-License-Identifier: Apache-2.0
// The one table of kinds of documents: in which streams a kind stands, what operations do to it, what a store may do to it.
// hub_end asks it when it applies and places, store_end when it replays; nothing else in sync/ends asks for a collection by name.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/model/document.hpp"
#include "sync/model/ids.hpp"
#include "sync/model/operation.hpp"
#include "sync/protocol/pass.hpp"
#include "sync/rules/apply.hpp"
#include "sync/rules/verdict.hpp"

namespace vitrine::sync::ends {

// The bytes of a JSON object; none: there is no such document.
using Body = std::optional<std::string>;

// Which streams a document stands in. Data minimisation lives here: what is not placed with a store never gets there.
struct Placement {
  std::vector<StreamName> streams;      // the document stands here because of what it is
  bool stays = false;                   // and stays where it stands already (carts and customers: see hub_documents.cpp)
  std::optional<CustomerId> companion;  // a customer's slice that must stand beside it
  std::optional<CustomerId> person{};   // it is about them: it stands where they do, and is nothing without them
};

// An operation of a store, before the hub lets it reach the rules.
struct ScopeQuestion {
  const StoreId& from;
  const Operation& operation;
  bool exists = false;    // the hub holds the document, or its tombstone
  bool placed = false;    // it stands in the store's own stream
  bool admitted = false;  // an earlier operation of the same transaction was allowed to name it
  std::function<std::vector<protocol::TrustedKey>()> keys;
  // What the same transaction has made of another document that it was allowed to name; none: it was not.
  std::function<std::optional<std::string>(const DocumentKey&)> beside = {};
};

// What time does to documents of a kind, at the hub.
enum class Ends : std::uint8_t {
  by_hand,    // somebody removes them; the tombstone is forgotten when nothing can ask for it any more
  at_expiry,  // by themselves too: at their `expires_at` they become tombstones
  for_ever,   // the tombstone is never forgotten: no late word about an erased person may bring them back
};

// Of kinds about one person, of which there may be many: ids as sync/protocol/person_id.hpp has them.
struct AboutPerson {
  std::string_view purpose;              // with whose consent they stand where the person does
  std::size_t most = 0;                  // of one person: the newest are kept
  UtcMs (*at)(const std::string& body);  // by which one is newer than another
};

struct Collection {
  std::string_view name;
  Placement (*place)(const DocumentKey&, const Body&);
  // None: only the hub writes documents of this kind.
  rules::Verdict<Body> (*apply)(const Body&, const Operation&, const rules::ApplyContext&) = nullptr;
  // Of a fact about a document that a restored hub does not have: the document empty, marked with the version that makes it.
  // None: documents of this kind do not begin so.
  Body (*begin)(const DocumentKey&, const rules::ApplyContext&) = nullptr;
  // The refusal; empty: the store may. With `apply`, never none.
  std::string (*scope)(const ScopeQuestion&) = nullptr;
  Ends ends = Ends::by_hand;
  const AboutPerson* about_person = nullptr;
};

// By collection, id and body; a body that cannot be read places the document nowhere new.
Placement placement_of(const DocumentKey& key, const Body& body);

// The document's body after the operation. Where nothing changed, the bytes that went in. Besides the rules' own reasons it
// refuses with "operation_unknown" (collection, kind or rules version), "operation_malformed" and "document_malformed" (the
// body that went in: the base is damaged, or newer than this program).
rules::Verdict<Body> apply_operation(const Body& body, const Operation& operation, const rules::ApplyContext& context);
Body begin_from_fact(const DocumentKey& key, const rules::ApplyContext& context);

Ends ends_of(std::string_view collection);

// Whatever is about a person besides their profile, their consents, their carts and their orders: one list for all who have to
// find it. None: documents of this collection are about no person.
const AboutPerson* about_person(std::string_view collection);
std::vector<std::string_view> kinds_about_persons();

// Empty: the store may do this. "not_allowed": documents of this kind are not a store's to change.
std::string out_of_scope(const ScopeQuestion& question);

// The price zone that a store's `content` document names; empty when it names none.
std::string zone_of(const Body& store_content);
// Whose stores are told what it has, and it what they have: the region that it names, else its zone.
std::string region_of(const Body& store_content);

}  // namespace vitrine::sync::ends
