// SPDX-License-Identifier: Apache-2.0
// `trust` documents: the keys that stores believe.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sync/protocol/pass.hpp"

namespace vitrine::sync::protocol {

// {"id":1,"purpose":"pass","public_key":"<base64 of 32 bytes>","from":ms,"to":ms?,"revoked":false}
// Errors: "trust_malformed". A key for another purpose is an error too ("trust_other_purpose").
Result<TrustedKey> decode_trusted_key(std::string_view json);
std::string encode_trusted_key(const TrustedKey& key);

}  // namespace vitrine::sync::protocol
