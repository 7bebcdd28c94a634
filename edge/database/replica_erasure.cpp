// SPDX-License-Identifier: Apache-2.0
// The part of SqliteReplica that takes the bodies out of what was done about somebody; the statements stand in sql/erasure.sql.
#include "edge/database/replica.hpp"
#include "sync/ends/chain.hpp"
#include "sync/ends/erasure.hpp"
#include "sync/protocol/message_codec.hpp"

namespace vitrine::edge::database {

using sync::DocumentKey;
using sync::Operation;

std::vector<DocumentKey> SqliteReplica::personal_keys() {
  std::vector<DocumentKey> keys;
  {
    Statement row = connection_->statement("personal_keys");
    while (row.step()) keys.push_back({std::string(row.text_at(0)), std::string(row.text_at(1))});
  }
  Statement row = connection_->statement("aside_rows");
  while (row.step()) {
    const auto transaction = sync::protocol::decode_transaction(row.text_at(1));
    if (!transaction) continue;
    for (const Operation& operation : transaction->operations) {
      if (sync::ends::person_of(operation.document)) keys.push_back(operation.document);
    }
  }
  return keys;
}

void SqliteReplica::scrub_operations(const DocumentKey& key) {
  struct Row {
    std::uint64_t n = 0;
    std::int64_t position = 0;
    Operation operation;
  };
  std::vector<Row> rows;
  {
    Statement row = connection_->statement("operations_on");
    row.text(key.collection).text(key.id);
    while (row.step()) {
      Row& one = rows.emplace_back(Row{row.unsigned_at(0), row.integer_at(1), {}});
      one.operation.body = row.text_at(2);
      one.operation.salt = row.text_at(3);
    }
  }
  for (Row& one : rows) {
    sync::ends::scrub(one.operation);
    Statement put = connection_->statement("scrub_operation");
    put.blob(one.operation.erased->data(), one.operation.erased->size()).unsigned_integer(one.n).integer(one.position).run();
  }
  std::vector<std::pair<std::string, std::string>> aside;
  {
    Statement row = connection_->statement("aside_rows");
    while (row.step()) {
      auto transaction = sync::protocol::decode_transaction(row.text_at(1));
      if (!transaction) continue;
      bool theirs = false;
      for (Operation& operation : transaction->operations) {
        if (operation.document != key || operation.erased) continue;
        sync::ends::scrub(operation);
        theirs = true;
      }
      if (theirs) aside.emplace_back(row.text_at(0), sync::protocol::encode_transaction(*transaction));
    }
  }
  for (const auto& [id, json] : aside) connection_->statement("put_aside_json").text(json).text(id).run();
}

}  // namespace vitrine::edge::database
