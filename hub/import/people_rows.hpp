// SPDX-License-Identifier: Apache-2.0
// The table of consents, and what customers and consents that were imported do to what is there.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "hub/import/fields.hpp"
#include "sync/model/customer.hpp"
#include "sync/model/operation.hpp"

namespace vitrine::hub {

inline constexpr std::string_view import_source = "import";  // who a consent is from

struct ConsentRow {
  std::string customer, purpose;
  bool granted = false;
  UtcMs at;
  std::string said;  // the row as the file has it: the same row is the same word, also when its time was shifted
};

std::span<const std::string_view> consent_columns();
ConsentRow read_consent(Fields& fields);
std::string consent_row_body(const ConsentRow& row);

// The customer to put: as the row says, forgotten by stores a while after now, or when it was said already. Errors: those of the
// codec.
Result<sync::Customer> customer_after_import(const std::optional<std::string>& before, const std::string& row, UtcMs now);

struct ConsentAct {
  sync::TransactionId id;  // of the row
  UtcMs at;
  sync::Operation operation;
};
// A file knows of the withdrawals that came by files before its time, and of no other: what somebody withdrew in a store stands
// until they agree again there or on their phone. `before`: the register, if there is one. Errors: those of the codecs.
Result<ConsentAct> consent_of_import(const sync::DocumentKey& key, const std::string& row,
                                     const std::optional<std::string>& before);

}  // namespace vitrine::hub
