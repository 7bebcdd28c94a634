// SPDX-License-Identifier: Apache-2.0
// What a till sold, by what stands on its receipt, and what of it came back, wherever. Nobody is named. Rules:
// sync/rules/receipt.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/model/ids.hpp"
#include "sync/model/stamp.hpp"

namespace vitrine::sync {

using ReceiptId = Id<struct ReceiptTag>;  // what stands on it: receipt_length of receipt_letters, that nobody guesses

inline constexpr std::string_view receipt_letters = "23456789BCDFGHJKMNPQRSTVWXZ";  // none looks like another, and no words
inline constexpr std::size_t receipt_length = 12;                                   // of 27 letters: 57 bits

inline bool is_receipt_id(std::string_view text) {
  return text.size() == receipt_length && text.find_first_not_of(receipt_letters) == std::string_view::npos;
}

struct ReceiptLine {
  std::int64_t number = 0;  // from 1
  Sku sku;
  std::int64_t units = 0;
  std::int64_t paid_minor = 0;  // for all of them, after reductions, tax included
  bool operator==(const ReceiptLine&) const = default;
};

struct ReceiptSale {
  StoreId store;
  std::string currency;
  UtcMs kept_until;  // then every copy is forgotten
  std::vector<ReceiptLine> lines;
  Stamp stamp;
  bool operator==(const ReceiptSale&) const = default;
};

// What a person at the hub decided about goods that cannot all have been bought by this receipt.
struct ReceiptDecision {
  std::string how;  // "refund", "no_refund"
  Stamp stamp;
  bool operator==(const ReceiptDecision&) const = default;
};

struct ReceiptReturn {
  StoreId store;
  std::string reason;
  std::string condition;
  std::map<std::int64_t, std::int64_t> lines;  // line → units
  Stamp stamp;
  std::optional<ReceiptDecision> decided;
  bool operator==(const ReceiptReturn&) const = default;
};

struct Receipt {
  UtcMs since;                         // of the earliest word about it
  std::optional<ReceiptSale> sale;     // none: goods came back before the sale was told
  std::vector<ReceiptReturn> returns;  // in the order in which the hub heard of them: who comes first counts
  std::string unknown_fields = {};     // JSON object: fields of a newer version, kept and passed on; empty: none
  bool operator==(const Receipt&) const = default;
};

}  // namespace vitrine::sync
