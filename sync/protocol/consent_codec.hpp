// SPDX-License-Identifier: Apache-2.0
// Consent registers and what is done to them, as JSON (docs/PROTOCOL.md, "Consent"). Decoding judges everything; encoding is
// deterministic.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sync/model/consent.hpp"
#include "sync/model/operation.hpp"
#include "sync/rules/consent.hpp"

namespace vitrine::sync::protocol {

DocumentKey consent_key(const CustomerId& customer);

// Errors: "consent_malformed" with the field's path.
Result<ConsentRegister> decode_consents(std::string_view json);
std::string encode_consents(const ConsentRegister& consents);

// `kind` is "consent.grant" or "consent.withdraw".
// Errors: "operation_malformed" with the field's path, "operation_unknown" for another kind.
Result<rules::ConsentOperation> decode_consent_operation(std::string_view kind, std::string_view body);
// Kind and body; salt and rules version are left to the caller.
Operation encode_consent_operation(const CustomerId& customer, const rules::ConsentOperation& operation);

// One that this version asks people for.
bool is_consent_purpose(std::string_view text);
// "<32 hex digits>.<index>": how an operation names a withdrawal.
bool is_withdrawal_name(std::string_view text);

}  // namespace vitrine::sync::protocol
