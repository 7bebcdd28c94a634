// SPDX-License-Identifier: Apache-2.0
// The audit of a store: how its lines are chained, and as JSON (docs/PROTOCOL.md, "Audit"). Decoding judges everything; encoding
// is deterministic.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sync/model/audit.hpp"
#include "sync/model/ids.hpp"
#include "sync/rules/audit.hpp"

namespace vitrine::sync::protocol {

// BLAKE2b-256 over the hash before, the number, the time, and each text behind its length.
Hash audit_hash(const Hash& before, const AuditEntry& entry);

DocumentKey audit_key(const StoreId& store);
// Of "<store>/chain"; none: not such an id.
std::optional<StoreId> audit_store(std::string_view id);

// Errors: "audit_malformed" with the field's path.
Result<AuditChain> decode_audit(std::string_view json);
std::string encode_audit(const AuditChain& chain);

// The lines' hashes are computed here, from what was sent. Errors: "operation_malformed" with the field's path,
// "operation_unknown" for another kind.
Result<rules::AuditOperation> decode_audit_operation(std::string_view kind, std::string_view body);
// Kind and body; salt and rules version are left to the caller.
Operation encode_audit_operation(const StoreId& store, const rules::AuditOperation& operation);

}  // namespace vitrine::sync::protocol
