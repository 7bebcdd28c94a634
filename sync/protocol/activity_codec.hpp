// SPDX-License-Identifier: Apache-2.0
// Activity and what is said of it, as JSON (docs/PROTOCOL.md, "Activity"). Decoding judges everything; encoding is deterministic.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "sync/model/activity.hpp"
#include "sync/model/operation.hpp"
#include "sync/rules/activity.hpp"

namespace vitrine::sync::protocol {

// "<customer>/<event>": person_id.hpp.
DocumentKey activity_key(const CustomerId& customer, const EventId& event);
// Apart; none: not such an id.
std::optional<std::pair<CustomerId, EventId>> activity_id(std::string_view id);

// Errors: "activity_malformed" with the field's path.
Result<Activity> decode_activity(std::string_view json);
std::string encode_activity(const Activity& activity);

// `kind` is "activity.append".
// Errors: "operation_malformed" with the field's path, "operation_unknown" for another kind.
Result<rules::ActivityOperation> decode_activity_operation(std::string_view kind, std::string_view body);
// Kind and body; salt and rules version are left to the caller.
Operation encode_activity_operation(const CustomerId& customer, const EventId& event, const rules::ActivityOperation& operation);

}  // namespace vitrine::sync::protocol
