// SPDX-License-Identifier: Apache-2.0
// An outbox on a stick: what a store would say to the hub, as a file that is signed with the store's own key. The first line
// names the format, the second has the signature in hex, then comes the store's certificate as PEM, then the text that is signed:
// a line that says whose it is, the store's `hello`, and its `ops`, a message a line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sync/protocol/messages.hpp"

namespace vitrine::sync::protocol {

struct OutboxText {
  StoreId store;
  UtcMs exported_at;
  Hello hello;
  std::vector<Ops> batches;
};

struct SealedOutbox {
  std::string signature;    // bytes
  std::string certificate;  // PEM
  std::string text;
};

// Errors of all: "outbox_malformed", with what is wrong.
std::string encode_outbox(const OutboxText& outbox);
Result<OutboxText> decode_outbox(std::string_view text);
std::string seal_outbox(const SealedOutbox& sealed);
Result<SealedOutbox> unseal_outbox(std::string_view file);

}  // namespace vitrine::sync::protocol
