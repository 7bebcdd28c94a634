// SPDX-License-Identifier: Apache-2.0
// Who is erased is remembered by a hash that says nothing about them: a document of the collection `erasure`, which the hub and
// every store ask before any other rule. What names an erased person has no effect, from wherever and however late it comes.
#pragma once

#include <optional>
#include <string>

#include "sync/ends/authority.hpp"
#include "sync/ends/collections.hpp"
#include "sync/ends/replica.hpp"

namespace vitrine::sync::ends {

// Whose document it is, by its name: a customer, their consents, what is about them. None: nobody's.
std::optional<CustomerId> person_of(const DocumentKey& key);
// Whom the operation's body makes the owner of a cart or the buyer of an order. None: nobody.
std::optional<CustomerId> person_named(const Operation& operation);

// By a hash of the customer's number under the tenant's key, 32 hex digits (protocol::customer_tag).
DocumentKey erasure_key(const std::string& tag);
std::string encode_erasure(UtcMs at);
UtcMs erased_at(const std::string& body);

bool is_erased(Authority& authority, const CustomerId& person);
bool is_erased(Replica& replica, const CustomerId& person);
// The same of whose document it is; false where it is nobody's.
template <class Rows>
bool is_erased(Rows& rows, const DocumentKey& key) {
  const auto person = person_of(key);
  return person && is_erased(rows, *person);
}

// The order with its goods and its money as they were, and nobody's. None: it is no order.
Body without_person(const DocumentKey& order, const std::string& body);

}  // namespace vitrine::sync::ends
