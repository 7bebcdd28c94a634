// SPDX-License-Identifier: Apache-2.0
// The table of offers, one row an offer to one customer, and what a row of it does to what is there.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "hub/import/fields.hpp"
#include "sync/model/operation.hpp"

namespace vitrine::hub {

struct OfferRow {
  std::string offer;  // the platform's own name of it
  std::string customer, sku;
  std::map<std::string, std::string> title, why;  // by language
  std::int64_t score = 0, times = 1, rest_days = 0;
  UtcMs from, until;
  std::string said;  // 32 hex digits: the row's own name, as the file has it, also when its times were shifted
};

std::span<const std::string_view> offer_columns();
std::span<const std::string_view> offer_extras();  // that a file may leave out
OfferRow read_offer(Fields& fields);

sync::DocumentKey offer_row_key(const OfferRow& row);
std::string offer_row_body(const OfferRow& row);

struct OfferAct {
  sync::TransactionId id;  // of the row
  bool over = false;       // its time has passed already: it is not taken in
  sync::Operation operation;
};
// Errors: those of the codec.
Result<OfferAct> offer_of_import(const sync::DocumentKey& key, const std::string& row, UtcMs now);

}  // namespace vitrine::hub
