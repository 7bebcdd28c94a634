// SPDX-License-Identifier: Apache-2.0
// `receipt` as operators run it: what waits for a decision is listed, and decided once.
#include <doctest/doctest.h>

#include "hub/database/receipt_questions.hpp"
#include "sync/protocol/receipt_codec.hpp"
#include "tests/hub/support/hub_folder.hpp"

using namespace vitrine;
using test::HubFolder;

namespace {

const std::string paper = "BCDFGHJKMNPQ";
const std::string first(32, '1');
const std::string second(32, '2');

// Two cups were sold; one came back in one store, two in another.
Result<int> fill(const hub::Command& command) {
  const auto done = hub::write_once(command, [&](hub::CommandDesk& desk) {
    std::optional<sync::Receipt> receipt;
    const auto tell = [&](const sync::rules::ReceiptOperation& operation, const std::string& id) {
      sync::rules::ApplyContext context;
      context.transaction.text = id;
      context.at = desk.now.utc;
      receipt = *sync::rules::apply(receipt, operation, context);
    };
    const sync::StoreId quay{"quay-square"};
    tell(sync::rules::ReceiptSell{quay, "GBP", desk.now.utc.plus(86'400'000), {{1, sync::Sku{"85123A"}, 2, 590}}},
         std::string(32, '9'));
    tell(sync::rules::ReceiptBack{sync::StoreId{"harbour-street"}, {{1, 1}}, "damaged", "resell"}, first);
    tell(sync::rules::ReceiptBack{quay, {{1, 2}}, "damaged", "resell"}, second);
    desk.end.put({"receipt", paper}, sync::protocol::encode_receipt(*receipt), desk.now);
  });
  return done ? Result<int>(0) : std::unexpected(done.error());
}

// What is counted beside the receipts: a store and how many, a line each.
Result<int> count(const hub::Command& command) {
  const auto done = hub::write_once(command, [&](hub::CommandDesk& desk) {
    for (const auto& [store, returns] : hub::database::questioned_returns(desk.authority.connection()))
      command.out << store.text << " " << returns << "\n";
  });
  return done ? Result<int>(0) : std::unexpected(done.error());
}

std::string counted(HubFolder& folder) {
  REQUIRE(folder.run(count));
  return folder.out();
}

std::string code_of(const Result<int>& result) { return result ? "" : result.error().code; }

}  // namespace

TEST_CASE("a return of more than was left is found and decided, once") {
  HubFolder folder;
  CHECK(counted(folder).empty());
  REQUIRE(folder.run(fill));
  CHECK(counted(folder) == "quay-square 1\n");
  REQUIRE(folder.run(hub::receipt, {"questioned"}));
  CHECK(folder.out().find(paper + "  sold by quay-square") != std::string::npos);
  CHECK(folder.out().find("line 1: 85123A, bought 2, back 2, paid 590") != std::string::npos);
  CHECK(folder.out().find(second + " at quay-square, damaged: 1x2; needs a person") != std::string::npos);
  CHECK(code_of(folder.run(hub::receipt, {"resolve", paper, second, "perhaps"})) == "operation_malformed");
  CHECK(code_of(folder.run(hub::receipt, {"resolve", paper, std::string(32, '7'), "refund"})) == "return_unknown");
  CHECK(code_of(folder.run(hub::receipt, {"resolve", "ZZZZZZZZZZZZ", second, "refund"})) == "receipt_unknown");
  CHECK(code_of(folder.run(hub::receipt, {"resolve", paper})) == "usage");
  REQUIRE(folder.run(hub::receipt, {"resolve", paper, second, "no_refund"}));
  CHECK(folder.out().find("1x2; decided: no_refund") != std::string::npos);
  CHECK(counted(folder).empty());
  REQUIRE(folder.run(hub::receipt, {"questioned"}));
  CHECK(folder.out().empty());
  REQUIRE(folder.run(hub::receipt, {"resolve", paper, second, "refund"}));
  CHECK(folder.out().find("1x2; decided: no_refund") != std::string::npos);
  REQUIRE(folder.run(hub::receipt, {"show", paper}));
  CHECK(folder.out().find("needs a person") == std::string::npos);
}
