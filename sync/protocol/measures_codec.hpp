// SPDX-License-Identifier: Apache-2.0
// A store's measured day and what is said of it, as JSON (docs/PROTOCOL.md, "Measures"). Decoding judges everything; encoding is
// deterministic.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "sync/model/measured_day.hpp"
#include "sync/model/operation.hpp"
#include "sync/rules/measures.hpp"

namespace vitrine::sync::protocol {

DocumentKey measures_key(const StoreId& store, const std::string& date);
// "<store>/<date>" apart; none: not such an id.
std::optional<std::pair<StoreId, std::string>> measures_id(std::string_view id);

// Errors: "measures_malformed" with the field's path.
Result<MeasuredDay> decode_measures(std::string_view json);
std::string encode_measures(const MeasuredDay& day);

// `kind` is "measures.put".
// Errors: "operation_malformed" with the field's path, "operation_unknown" for another kind.
Result<rules::MeasuresOperation> decode_measures_operation(std::string_view kind, std::string_view body);
// Kind and body; salt and rules version are left to the caller.
Operation encode_measures_operation(const StoreId& store, const std::string& date, const rules::MeasuresOperation& operation);

}  // namespace vitrine::sync::protocol
