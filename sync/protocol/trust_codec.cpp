// SPDX-License-Identifier: Apache-2.0
// Trusted keys and outcomes as JSON: small documents, one tree library.
#include "sync/protocol/trust_codec.hpp"

#include <sodium.h>

#include <nlohmann/json.hpp>

#include "sync/protocol/outcome_codec.hpp"

namespace vitrine::sync::protocol {

Result<TrustedKey> decode_trusted_key(std::string_view json) {
  const auto document = nlohmann::json::parse(json, nullptr, false);
  if (!document.is_object()) return fail("trust_malformed", "not a JSON object");
  try {
    if (document.at("purpose") != "pass") return fail("trust_other_purpose", "a key for another purpose");
    TrustedKey key;
    key.key_id = document.at("id").get<std::uint32_t>();
    const auto text = document.at("public_key").get<std::string>();
    std::size_t size = 0;
    if (sodium_base642bin(key.public_key.data(), key.public_key.size(), text.data(), text.size(), nullptr, &size, nullptr,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        size != key.public_key.size()) {
      return fail("trust_malformed", "public_key is not 32 bytes of base64");
    }
    key.from = {document.at("from").get<std::int64_t>()};
    if (document.contains("to")) key.to = UtcMs{document.at("to").get<std::int64_t>()};
    key.revoked = document.value("revoked", false);
    return key;
  } catch (const nlohmann::json::exception& error) {
    return fail("trust_malformed", error.what());
  }
}

std::string encode_trusted_key(const TrustedKey& key) {
  char text[sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_ORIGINAL)];
  sodium_bin2base64(text, sizeof text, key.public_key.data(), key.public_key.size(), sodium_base64_VARIANT_ORIGINAL);
  nlohmann::json document = {{"id", key.key_id}, {"purpose", "pass"}, {"public_key", text}, {"from", key.from.value}};
  if (key.to) document["to"] = key.to->value;
  document["revoked"] = key.revoked;
  return document.dump();
}

std::string encode_outcome(const Transaction& transaction, std::string_view reason, UtcMs at) {
  nlohmann::json documents = nlohmann::json::array();
  for (const Operation& operation : transaction.operations) {
    documents.push_back({operation.document.collection, operation.document.id});
  }
  return nlohmann::json{{"transaction", transaction.id.text},
                        {"reason", reason},
                        {"actor", transaction.actor},
                        {"documents", std::move(documents)},
                        {"at", at.value}}
      .dump();
}

}  // namespace vitrine::sync::protocol
