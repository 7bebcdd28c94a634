// SPDX-License-Identifier: Apache-2.0
// An `outcome` document: a transaction that could not have its effect, for people. Holds no personal field.
#pragma once

#include <string>
#include <string_view>

#include "sync/model/operation.hpp"

namespace vitrine::sync::protocol {

// {"transaction","reason","actor","documents":[["cart","<id>"]],"at"}
std::string encode_outcome(const Transaction& transaction, std::string_view reason, UtcMs at);

}  // namespace vitrine::sync::protocol
