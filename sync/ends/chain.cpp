// SPDX-License-Identifier: Apache-2.0
// The chain's bytes, field by field with lengths, so that no two transactions share them.
#include "sync/ends/chain.hpp"

#include <sodium.h>

#include "base/require.hpp"

namespace vitrine::sync::ends {

namespace {

class Hasher {
 public:
  Hasher() { crypto_generichash_init(&state_, nullptr, 0, std::tuple_size_v<Hash>); }

  void bytes(const void* data, std::size_t size) {
    crypto_generichash_update(&state_, static_cast<const unsigned char*>(data), size);
  }
  void number(std::uint64_t value) {
    unsigned char out[8];
    for (int i = 0; i < 8; ++i) out[i] = static_cast<unsigned char>(value >> (8 * i));
    bytes(out, sizeof out);
  }
  void text(std::string_view value) {
    number(value.size());
    bytes(value.data(), value.size());
  }
  Hash done() {
    Hash out{};
    crypto_generichash_final(&state_, out.data(), out.size());
    return out;
  }

 private:
  crypto_generichash_state state_;
};

}  // namespace

Hash salted_body_hash(const Operation& operation) {
  if (operation.erased) return *operation.erased;
  Hasher hasher;
  hasher.text(operation.salt);
  hasher.text(operation.body);
  return hasher.done();
}

void scrub(Operation& operation) {
  operation.erased = salted_body_hash(operation);
  operation.body.clear();
  operation.salt.clear();
}

Hash chain_hash(const Hash& previous, const Transaction& transaction) {
  Hasher hasher;
  hasher.text("vitrine-chain-1");
  hasher.bytes(previous.data(), previous.size());
  hasher.text(transaction.id.text);
  hasher.number(transaction.n);
  hasher.number(transaction.nature == Nature::fact ? 1 : 0);
  hasher.number(static_cast<std::uint64_t>(transaction.at.value));
  hasher.text(transaction.actor);
  hasher.number(transaction.operations.size());
  for (const Operation& operation : transaction.operations) {
    hasher.text(operation.document.collection);
    hasher.text(operation.document.id);
    hasher.text(operation.kind);
    hasher.number(operation.rules);
    const Hash body = salted_body_hash(operation);
    hasher.bytes(body.data(), body.size());
  }
  return hasher.done();
}

}  // namespace vitrine::sync::ends
