// SPDX-License-Identifier: Apache-2.0
// Messages as JSON. Decoding judges everything; bodies of documents keep the bytes that the hub minted.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sync/protocol/messages.hpp"

namespace vitrine::sync::protocol {

// Errors of both: "message_malformed" with the field, "message_unknown" for a kind that this version does not know.
// `kind` is the last level of the topic: hello, beat, pull, ops, chain.
Result<StoreMessage> decode_store_message(std::string_view kind, std::string_view json);
Result<HubMessage> decode_hub_message(std::string_view json);

std::string encode(const StoreMessage& message);
std::string encode(const HubMessage& message);
std::string_view kind_of(const StoreMessage& message);

// One transaction as JSON, as in `ops`: the form in which an outbox keeps it too.
std::string encode_transaction(const Transaction& transaction);
Result<Transaction> decode_transaction(std::string_view json);

std::string to_hex(const Hash& hash);
std::optional<Hash> hash_from_hex(std::string_view hex);

}  // namespace vitrine::sync::protocol
