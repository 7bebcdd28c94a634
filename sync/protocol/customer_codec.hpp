// SPDX-License-Identifier: Apache-2.0
// Customers as JSON (docs/PROTOCOL.md, "Customers"). Decoding judges everything; encoding is deterministic.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sync/model/customer.hpp"

namespace vitrine::sync::protocol {

DocumentKey customer_key(const CustomerId& customer);
// Of the hub's index from what somebody shows to who they are: {"customer": …}. It stands in no stream.
DocumentKey identity_key(const Identity& identity);

// Errors: "customer_malformed" with the field's path.
Result<Customer> decode_customer(std::string_view json);
std::string encode_customer(const Customer& customer);

// The customer of an identity document; empty: it is none.
CustomerId customer_of_identity(std::string_view json);
std::string encode_identity(const CustomerId& customer);

// "email/<hash>", "loyalty/<hash>", "phone/<hash>"; a kind that is not known here is none.
Result<Identity> identity_of(std::string_view text);

}  // namespace vitrine::sync::protocol
