// SPDX-License-Identifier: Apache-2.0
// Receipts: in the store that sold, and in every other one that took goods of it back; who else asks is lent it. The rules are
// sync/rules/receipt.hpp.
#include "sync/rules/receipt.hpp"

#include "sync/ends/collections/rows.hpp"
#include "sync/protocol/receipt_codec.hpp"
#include "sync/protocol/topics.hpp"

namespace vitrine::sync::ends::collections {

namespace {

Placement place(const DocumentKey&, const Body& body) {
  const auto receipt = body ? protocol::decode_receipt(*body) : fail("", "");
  if (!receipt) return {{}, true, std::nullopt};
  Placement placement;
  if (receipt->sale) placement.streams.push_back(protocol::own_stream(receipt->sale->store));
  for (const ReceiptReturn& back : receipt->returns) placement.streams.push_back(protocol::own_stream(back.store));
  return placement;
}

rules::Verdict<Body> apply(const Body& body, const Operation& operation, const rules::ApplyContext& context) {
  if (!is_receipt_id(operation.document.id)) return refuse("operation_malformed");
  const auto decoded = protocol::decode_receipt_operation(operation.kind, operation.body);
  if (!decoded) return refuse(decoded.error().code);
  std::optional<Receipt> before;
  if (body) {
    auto read = protocol::decode_receipt(*body);
    if (!read) return refuse("document_malformed");
    before = std::move(*read);
  }
  const auto after = rules::apply(before, *decoded, context);
  if (!after) return std::unexpected(after.error());
  if (before && *after == *before) return body;
  return protocol::encode_receipt(*after);
}

// Where it is read on a receipt, and the store says it of itself: goods come back wherever there is a shop.
std::string scope(const ScopeQuestion& question) {
  if (!is_receipt_id(question.operation.document.id)) return "not_allowed";
  const auto decoded = protocol::decode_receipt_operation(question.operation.kind, question.operation.body);
  if (!decoded) return decoded.error().code;
  const auto* sell = std::get_if<rules::ReceiptSell>(&*decoded);
  const auto* back = std::get_if<rules::ReceiptBack>(&*decoded);
  const bool own = (sell != nullptr && sell->store == question.from) || (back != nullptr && back->store == question.from);
  return own ? "" : "not_allowed";
}

}  // namespace

const Collection receipt = {"receipt", place, apply, nullptr, scope, Ends::at_expiry};

}  // namespace vitrine::sync::ends::collections
