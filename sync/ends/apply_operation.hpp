// SPDX-License-Identifier: Apache-2.0
// The one door from "an operation on a document" to the rules of that kind of document. hub_end comes through it when it
// applies, store_end when it replays.
#pragma once

#include <optional>
#include <string>

#include "sync/model/operation.hpp"
#include "sync/rules/apply.hpp"
#include "sync/rules/verdict.hpp"

namespace vitrine::sync::ends {

// The document's body after the operation. Where nothing changed, the bytes that went in. Besides the rules' own reasons it
// refuses with "operation_unknown" (collection, kind or rules version), "operation_malformed" and "document_malformed" (the
// body that went in: the base is damaged, or newer than this program).
rules::Verdict<std::optional<std::string>> apply_operation(const std::optional<std::string>& body, const Operation& operation,
                                                           const rules::ApplyContext& context);

}  // namespace vitrine::sync::ends
