// SPDX-License-Identifier: Apache-2.0
// The table of what customers did, and what a row of it does to what is there.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "hub/import/fields.hpp"
#include "sync/model/operation.hpp"

namespace vitrine::hub {

struct ActivityRow {
  std::string visitor, customer;
  UtcMs at;
  std::string kind, sku, channel, order, store, text;
  std::string event;  // 32 hex digits: the platform's own name of it, or else the row's, as the file has it: also when its time
                      // was shifted it is the same event
};

std::span<const std::string_view> activity_columns();
std::span<const std::string_view> activity_extras();  // that a file may leave out
ActivityRow read_activity(Fields& fields);

// The id and body of what is said; a row of nobody makes none.
sync::DocumentKey activity_row_key(const ActivityRow& row);
std::string activity_row_body(const ActivityRow& row);

struct ActivityAct {
  sync::TransactionId id;  // of the event
  UtcMs at;                // of the event, or now if it lies ahead
  bool over = false;       // its time has passed already: it is not taken in
  sync::Operation operation;
};
// Errors: those of the codec.
Result<ActivityAct> activity_of_import(const sync::DocumentKey& key, const std::string& row, UtcMs now);

}  // namespace vitrine::hub
