// SPDX-License-Identifier: Apache-2.0
// Conversations and what is done to them, as JSON (docs/PROTOCOL.md, "Cases"). Decoding judges everything; encoding is
// deterministic.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "sync/model/case.hpp"
#include "sync/model/operation.hpp"
#include "sync/rules/case.hpp"

namespace vitrine::sync::protocol {

// "<customer>/<case>": person_id.hpp.
DocumentKey case_key(const CustomerId& customer, const CaseId& id);
// Apart; none: not such an id.
std::optional<std::pair<CustomerId, CaseId>> case_id(std::string_view id);

// Errors: "case_malformed" with the field's path.
Result<Case> decode_case(std::string_view json);
std::string encode_case(const Case& one);

// `kind` is "case.open", "case.note", "case.take" or "case.close".
// Errors: "operation_malformed" with the field's path, "operation_unknown" for another kind.
Result<rules::CaseOperation> decode_case_operation(std::string_view kind, std::string_view body);
// Kind and body; salt and rules version are left to the caller.
Operation encode_case_operation(const CustomerId& customer, const CaseId& id, const rules::CaseOperation& operation);

// "answered", "not_needed"
bool is_case_end(std::string_view text);

}  // namespace vitrine::sync::protocol
