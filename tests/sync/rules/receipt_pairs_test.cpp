// SPDX-License-Identifier: Apache-2.0
// Every pair of kinds of operations on one receipt, and every order of all of them: nothing that was said is lost, no more is
// back than was bought, and who is heard first counts.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "sync/rules/receipt.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;

namespace {

struct Act {
  ReceiptOperation operation;
  std::int64_t at = 0;
  std::uint64_t transaction = 0;
};

const StoreId here{"harbour-street"};
const StoreId there{"quay-square"};

std::string hex(std::uint64_t number) {
  char text[33];
  std::snprintf(text, sizeof text, "%032llx", static_cast<unsigned long long>(number));
  return text;
}

// Whether it took effect.
bool tell(std::optional<Receipt>& receipt, const Act& act) {
  ApplyContext context;
  context.transaction = TransactionId{hex(act.transaction)};
  context.at = {act.at};
  auto after = apply(receipt, act.operation, context);
  if (after) receipt = std::move(*after);
  return after.has_value();
}

ReceiptBack back(const StoreId& store, std::vector<LineUnits> lines) { return {store, std::move(lines), "not_wanted", "resell"}; }

// In the order of ReceiptOperation. Resolved is what the first or the second act says.
std::vector<ReceiptOperation> variants(std::size_t kind) {
  switch (kind) {
    case 0:
      return {ReceiptSell{here, "GBP", UtcMs{1'000'000}, {{1, Sku{"85123A"}, 2, 590}, {2, Sku{"22423"}, 1, 1'095}}},
              ReceiptSell{there, "EUR", UtcMs{2'000'000}, {{1, Sku{"84029E"}, 5, 100}}}};
    case 1:
      return {back(here, {{1, 2}}), back(there, {{1, 1}, {2, 1}}), back(there, {{3, 1}})};
    default:
      return {ReceiptResolve{TransactionId{hex(1)}, "refund"}, ReceiptResolve{TransactionId{hex(2)}, "no_refund"},
              ReceiptResolve{TransactionId{hex(1)}, "no_refund"}};
  }
}

// Single units, moved by hand: each return takes what is still with the buyer, and the rest of it is beyond what was bought.
struct Oracle {
  std::vector<Act> told;  // in the order in which they were heard, those that took effect

  void check(const Receipt& receipt) const {
    const ReceiptSell* sold = nullptr;
    for (const Act& act : told) {
      if (sold == nullptr) sold = std::get_if<ReceiptSell>(&act.operation);
    }
    REQUIRE(receipt.sale.has_value() == (sold != nullptr));
    std::map<std::int64_t, std::int64_t> with_buyer;
    std::map<std::int64_t, std::int64_t> is_back;
    if (sold != nullptr) {
      CHECK(receipt.sale->store == sold->store);
      CHECK(receipt.sale->lines == sold->lines);
      CHECK(may_settle_return(receipt, sold->store));
      for (const ReceiptLine& line : sold->lines) with_buyer[line.number] = line.units;
    }
    CHECK_FALSE(may_settle_return(receipt, StoreId{"mill-lane"}));
    std::size_t returns = 0;
    for (const Act& act : told) {
      const auto* said = std::get_if<ReceiptBack>(&act.operation);
      if (said == nullptr) continue;
      ++returns;
      bool beyond = false;
      std::int64_t units = 0;
      for (const LineUnits& one : said->lines) {
        units += one.units;
        for (std::int64_t unit = 0; unit < one.units; ++unit) {
          const bool theirs = sold == nullptr || with_buyer[one.line] > 0;
          --with_buyer[one.line];
          is_back[one.line] += theirs ? 1 : 0;
          beyond = beyond || !theirs;
        }
      }
      const std::string* how = nullptr;
      for (const Act& decided : told) {
        const auto* resolve = std::get_if<ReceiptResolve>(&decided.operation);
        if (how == nullptr && resolve != nullptr && resolve->back.text == hex(act.transaction)) how = &resolve->how;
      }
      const ReceiptReturn* seen = return_of(receipt, TransactionId{hex(act.transaction)});
      REQUIRE(seen != nullptr);
      CHECK(seen->store == said->store);
      std::int64_t kept = 0;
      for (const auto& [line, n] : seen->lines) kept += n;
      CHECK(kept == units);
      CHECK(is_questioned(receipt, *seen) == (beyond && how == nullptr));
      CHECK(is_denied(*seen) == (how != nullptr && *how == "no_refund"));
    }
    CHECK(receipt.returns.size() == returns);
    for (const auto& [line, units] : is_back) CHECK(returned_units(receipt, line) == units);
    if (sold == nullptr) return;
    for (const ReceiptLine& line : sold->lines) CHECK(returned_units(receipt, line.number) <= line.units);
    CHECK(expires_at(receipt) == sold->kept_until);
  }
};

constexpr std::array<std::string_view, 3> kinds = {"receipt.sell", "receipt.return", "receipt.resolve"};
struct Pair {
  std::string_view names;
};
const std::vector<Pair> pairs = {Pair{"receipt.sell × receipt.sell"},      Pair{"receipt.sell × receipt.return"},
                                 Pair{"receipt.sell × receipt.resolve"},   Pair{"receipt.return × receipt.return"},
                                 Pair{"receipt.return × receipt.resolve"}, Pair{"receipt.resolve × receipt.resolve"}};

void tell_all(const std::vector<Act>& acts) {
  std::optional<Receipt> receipt;
  Oracle oracle;
  for (const Act& act : acts) {
    if (tell(receipt, act)) oracle.told.push_back(act);
  }
  if (receipt) oracle.check(*receipt);
}

}  // namespace

TEST_CASE("every pair of acts on a receipt, in either order, with and without a sale before them") {
  std::size_t met = 0;
  for (const Pair& pair : pairs) {
    const std::size_t cross = pair.names.find("×");
    for (std::size_t one = 0; one < kinds.size(); ++one) {
      if (pair.names.substr(0, cross).find(kinds[one]) == std::string_view::npos) continue;
      for (std::size_t other = 0; other < kinds.size(); ++other) {
        if (pair.names.substr(cross).find(kinds[other]) == std::string_view::npos) continue;
        ++met;
        for (const auto& a : variants(one)) {
          for (const auto& b : variants(other)) {
            for (const std::int64_t at : {4, 5, 6}) {
              const Act first{a, 5, 1};
              const Act second{b, at, 2};
              const Act sale{variants(0)[0], 3, 9};
              tell_all({first, second});
              tell_all({second, first});
              tell_all({sale, first, second});
              tell_all({sale, second, first});
              // A hub that was set back hears of the sale last.
              tell_all({first, second, sale});
            }
          }
        }
      }
    }
  }
  CHECK(met == 6);
}

TEST_CASE("acts on a receipt in any order: nothing is lost, and no more is back than was bought") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed ", seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 2'000; ++round) {
    std::vector<Act> acts;
    for (std::uint64_t n = 1; n <= 2 + random() % 8; ++n) {
      const auto of_kind = variants(random() % 4 == 0 ? 0 : random() % 3);
      acts.push_back({of_kind[random() % of_kind.size()], 1 + static_cast<std::int64_t>(random() % 5), n});
    }
    tell_all(acts);
  }
}

TEST_CASE("of two stores that take back the same two cups, the first that is heard counts, and of the other what was left") {
  std::optional<Receipt> receipt;
  tell(receipt, {variants(0)[0], 3, 9});
  tell(receipt, {back(there, {{1, 1}}), 8, 1});
  tell(receipt, {back(here, {{1, 2}}), 5, 2});
  CHECK(returned_units(*receipt, 1) == 2);
  REQUIRE(questioned(*receipt).size() == 1);
  CHECK(questioned(*receipt).front()->store == here);
  CHECK(tell(receipt, {ReceiptResolve{TransactionId{hex(2)}, "no_refund"}, 9, 3}));
  CHECK(questioned(*receipt).empty());
  CHECK_FALSE(tell(receipt, {ReceiptResolve{TransactionId{hex(7)}, "refund"}, 9, 4}));
  // The same word again, as a view replays it over a base that has it.
  const Receipt before = *receipt;
  tell(receipt, {back(here, {{1, 2}}), 5, 2});
  CHECK(*receipt == before);
}

TEST_CASE("more returns of one receipt than are listed: no unit is lost") {
  std::optional<Receipt> receipt;
  tell(receipt, {ReceiptSell{here, "GBP", UtcMs{1}, {{1, Sku{"A"}, 150, 15'000}}}, 1, 999});
  for (std::uint64_t n = 1; n <= 150; ++n) tell(receipt, {back(there, {{1, 1}}), 2, n});
  CHECK(receipt->returns.size() == receipt_returns_max);
  CHECK(returned_units(*receipt, 1) == 150);
  CHECK(questioned(*receipt).empty());
}
