// SPDX-License-Identifier: Apache-2.0
// Requests for a person and what is done to them, as JSON (docs/PROTOCOL.md, "Requests"). Decoding judges everything; encoding is
// deterministic.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "sync/model/operation.hpp"
#include "sync/model/request.hpp"
#include "sync/rules/request.hpp"

namespace vitrine::sync::protocol {

DocumentKey request_key(const StoreId& store, const RequestId& id);
// "<store>/<id>" apart; none: not such an id.
std::optional<std::pair<StoreId, RequestId>> request_id(std::string_view id);

// Errors: "request_malformed" with the field's path.
Result<HelpRequest> decode_request_document(std::string_view json);
std::string encode_request_document(const HelpRequest& request);

// `kind` is "request.raise", "request.say", "request.take" or "request.end".
// Errors: "operation_malformed" with the field's path, "operation_unknown" for another kind.
Result<rules::RequestOperation> decode_request_operation(std::string_view kind, std::string_view body);
// Kind and body; salt and rules version are left to the caller.
Operation encode_request_operation(const StoreId& store, const RequestId& id, const rules::RequestOperation& operation);

// "finding", "reach", "paying", "access" or empty.
bool is_request_topic(std::string_view text);
// "helped", "cancelled", "gone"
bool is_request_end(std::string_view text);
// "cart/<32 hex digits>", "order/<id>", "product/<SKU>" or empty.
bool is_request_context(std::string_view text);

}  // namespace vitrine::sync::protocol
