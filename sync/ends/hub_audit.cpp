// SPDX-License-Identifier: Apache-2.0
// What stores tell of their audits: the lines are kept beside the documents, and what is wrong with them is said aloud.
#include "sync/ends/hub_end.hpp"
#include "sync/planted.hpp"
#include "sync/protocol/audit_codec.hpp"

namespace vitrine::sync::ends {

namespace {

AuditChain chain_in(const std::optional<std::string>& body) {
  const auto chain = body ? protocol::decode_audit(*body) : fail("", "");
  return chain.value_or(AuditChain{});
}

}  // namespace

void HubEnd::keep_audit(const StoreId& from, const std::vector<Operation>& operations, const Draft& draft) {
  for (const Operation& operation : operations) {
    if (operation.document != protocol::audit_key(from)) continue;
    const auto decoded = protocol::decode_audit_operation(operation.kind, operation.body);
    const auto* append = decoded ? std::get_if<rules::AuditAppend>(&*decoded) : nullptr;
    if (append != nullptr) authority_.keep_audit(from, append->entries);
  }
  const std::uint64_t known = chain_in(draft.before ? draft.before->body : std::nullopt).broken;
  const AuditChain after = chain_in(draft.body);
  for (std::size_t i = 0; i < after.breaks.size() && known + i < after.broken; ++i) {
    const AuditBreak& one = after.breaks[after.breaks.size() - 1 - i];
    notices_.push_back(
        {"audit_broken", from, "the audit of this store is not whole at line " + std::to_string(one.n) + ": " + one.what});
  }
}

}  // namespace vitrine::sync::ends
