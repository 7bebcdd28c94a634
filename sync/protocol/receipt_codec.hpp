// SPDX-License-Identifier: Apache-2.0
// Receipts and what is done to them, as JSON (docs/PROTOCOL.md, "Receipts"). Decoding judges everything; encoding is
// deterministic.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sync/model/operation.hpp"
#include "sync/model/receipt.hpp"
#include "sync/rules/receipt.hpp"

namespace vitrine::sync::protocol {

DocumentKey receipt_key(const ReceiptId& id);

// Errors: "receipt_malformed" with the field's path.
Result<Receipt> decode_receipt(std::string_view json);
std::string encode_receipt(const Receipt& receipt);

// `kind` is "receipt.sell", "receipt.return" or "receipt.resolve".
// Errors: "operation_malformed" with the field's path, "operation_unknown" for another kind.
Result<rules::ReceiptOperation> decode_receipt_operation(std::string_view kind, std::string_view body);
// Kind and body; salt and rules version are left to the caller.
Operation encode_receipt_operation(const ReceiptId& id, const rules::ReceiptOperation& operation);

}  // namespace vitrine::sync::protocol
