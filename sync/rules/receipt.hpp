// SPDX-License-Identifier: Apache-2.0
// The rules of a receipt: what was sold and what of it is back. What stores say of it are facts; what they took back counts in
// the order in which the hub hears of it, up to what was bought. The laws: sync/rules/README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sync/model/receipt.hpp"
#include "sync/rules/apply.hpp"
#include "sync/rules/order.hpp"

namespace vitrine::sync::rules {

inline constexpr std::size_t receipt_lines_max = 30;
inline constexpr std::size_t receipt_returns_max = 100;                   // beyond it units are written to the last one
inline constexpr std::int64_t receipt_begun_kept_ms = 32LL * 86'400'000;  // of one whose sale nobody told

// "receipt.sell": a till was paid.
struct ReceiptSell {
  StoreId store;
  std::string currency;
  UtcMs kept_until;
  std::vector<ReceiptLine> lines;
};
// "receipt.return": goods of it are here.
struct ReceiptBack {
  StoreId store;
  std::vector<LineUnits> lines;
  std::string reason;
  std::string condition;
};
// "receipt.resolve": a person at the hub has looked at a return of more than was left.
struct ReceiptResolve {
  TransactionId back;  // the return's
  std::string how;
};

using ReceiptOperation = std::variant<ReceiptSell, ReceiptBack, ReceiptResolve>;

// Refused is only what the hub's people say: "receipt_unknown", "return_unknown".
Verdict<Receipt> apply(const std::optional<Receipt>& receipt, const ReceiptOperation& operation, const ApplyContext& context);

// Units of the line that are back, never more than were bought; before the sale is told, all of them.
std::int64_t returned_units(const Receipt& receipt, std::int64_t line);
// The return of this transaction; none: it is not known.
const ReceiptReturn* return_of(const Receipt& receipt, const TransactionId& back);
// More units than were still with the buyer when the hub heard of it, and nobody has decided.
bool is_questioned(const Receipt& receipt, const ReceiptReturn& back);
std::vector<const ReceiptReturn*> questioned(const Receipt& receipt);
// A person decided that no money goes back for it.
bool is_denied(const ReceiptReturn& back);
// The store that sold it says for good that units are back; others when the hub has confirmed it.
bool may_settle_return(const Receipt& receipt, const StoreId& here);

// When every copy forgets it.
UtcMs expires_at(const Receipt& receipt);

}  // namespace vitrine::sync::rules
