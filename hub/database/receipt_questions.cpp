// SPDX-License-Identifier: Apache-2.0
// Example followed: of two cups one came back in Harbour Street and two in Quay Square, which was cut off: the second is a
// question.
#include "hub/database/receipt_questions.hpp"

#include "sync/protocol/receipt_codec.hpp"
#include "sync/rules/receipt.hpp"

namespace vitrine::hub::database {

void follow_receipt(Connection& connection, const sync::Document& document) {
  connection.statement("drop_questions").text(document.key.id).run();
  const auto receipt = document.body ? sync::protocol::decode_receipt(*document.body) : fail("", "");
  if (!receipt) return;
  for (const sync::ReceiptReturn* back : sync::rules::questioned(*receipt))
    connection.statement("put_question").text(document.key.id).text(back->stamp.by).text(back->store.text).run();
}

std::map<sync::StoreId, std::uint64_t> questioned_returns(Connection& connection) {
  std::map<sync::StoreId, std::uint64_t> counts;
  Statement row = connection.statement("count_questions");
  while (row.step()) counts[sync::StoreId{std::string(row.text_at(0))}] = row.unsigned_at(1);
  return counts;
}

std::vector<sync::ReceiptId> questioned_receipts(Connection& connection) {
  std::vector<sync::ReceiptId> receipts;
  Statement row = connection.statement("receipts_in_question");
  while (row.step()) receipts.push_back(sync::ReceiptId{std::string(row.text_at(0))});
  return receipts;
}

}  // namespace vitrine::hub::database
