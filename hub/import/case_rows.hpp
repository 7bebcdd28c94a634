// SPDX-License-Identifier: Apache-2.0
// The table of conversations, one row a message, and what a row of it does to what is there.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "hub/import/fields.hpp"
#include "sync/model/operation.hpp"

namespace vitrine::hub {

struct CaseRow {
  std::string case_name;  // the platform's
  std::string customer, channel;
  UtcMs at;
  bool by_customer = false;
  std::string text, summary, store, name;
  bool closed = false;
  std::string said;  // 32 hex digits: the row's own name, as the file has it, also when its time was shifted
};

std::span<const std::string_view> case_columns();
std::span<const std::string_view> case_extras();  // that a file may leave out
CaseRow read_case(Fields& fields);

sync::DocumentKey case_row_key(const CaseRow& row);
std::string case_row_body(const CaseRow& row);

struct CaseAct {
  sync::TransactionId id;  // of the row
  UtcMs at;                // of the message, or now if it lies ahead
  bool over = false;       // its time has passed already: it is not taken in
  std::vector<sync::Operation> operations;
};
// `before`: the conversation, if there is one. A row that closes it closes what is known of it. Errors: those of the codecs.
Result<CaseAct> case_of_import(const sync::DocumentKey& key, const std::string& row, const std::optional<std::string>& before,
                               UtcMs now);

}  // namespace vitrine::hub
