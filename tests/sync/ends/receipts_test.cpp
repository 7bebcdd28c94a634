// SPDX-License-Identifier: Apache-2.0
// Receipts between stores and the hub: sold and brought back offline, told once the line is back, asked for by another store,
// taken back in two stores that do not hear each other, and forgotten at all ends.
#include <doctest/doctest.h>

#include "sync/protocol/receipt_codec.hpp"
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;
using namespace vitrine::sync::rules;

namespace {

const StoreId harbour{"harbour-street"};
const StoreId quay{"quay-square"};
const StoreId mill{"mill-lane"};
const ReceiptId paper{"BCDFGHJKMNPQ"};

struct Shops {
  SmallWorld world;

  explicit Shops(std::uint64_t seed) : world(seed, {"harbour-street", "quay-square", "mill-lane"}) {
    for (const StoreId& store : {harbour, quay, mill}) world.connect(store);
    world.run(3'000);
  }
  TransactionId draw() { return TransactionId{world.chance().hex_128()}; }
  TransactionId tell(const StoreId& store, const ReceiptOperation& operation) {
    const TransactionId id = draw();
    world.at_store(store, {id, Nature::fact, "till-1", {protocol::encode_receipt_operation(paper, operation)}});
    return id;
  }
  void sell(const StoreId& store) {
    tell(store, ReceiptSell{store, "GBP", world.now().utc.plus(44LL * 86'400'000), {{1, Sku{"85123A"}, 2, 590}}});
  }
  TransactionId take_back(const StoreId& store, std::int64_t units) {
    return tell(store, ReceiptBack{store, {{1, units}}, "not_wanted", "resell"});
  }
  std::string ask(const StoreId& store, const std::string& key) {
    const bool asked = world.ask(store, {draw(), "receipt", key, "", "counter-1", world.now().utc});
    if (!asked) return "offline";
    world.run(1'000);
    return world.answers(store).back().code;
  }
  std::optional<Receipt> seen(const StoreId& store) {
    const auto base = world.rows(store).base(protocol::receipt_key(paper));
    if (!base || !base->body) return std::nullopt;
    return protocol::decode_receipt(*base->body).value();
  }
  Receipt at_hub() { return protocol::decode_receipt(*world.authority().document(protocol::receipt_key(paper))->body).value(); }
};

}  // namespace

TEST_CASE(
    "what a till sold offline is at the hub once the line is back, in its own store alone, and comes to another that asks") {
  Shops shops(61);
  shops.world.cut(harbour);
  shops.sell(harbour);
  shops.take_back(harbour, 1);
  CHECK(shops.ask(quay, paper.text) == "not_found");
  shops.world.connect(harbour);
  shops.world.run(60'000);
  CHECK(returned_units(shops.at_hub(), 1) == 1);
  CHECK_FALSE(shops.seen(quay).has_value());
  CHECK(shops.ask(quay, "ZZZZZZZZZZZZ") == "not_found");
  CHECK(shops.ask(quay, "no receipt") == "not_found");
  CHECK(shops.ask(quay, paper.text).empty());
  REQUIRE(shops.seen(quay).has_value());
  CHECK(returned_units(*shops.seen(quay), 1) == 1);
  CHECK_FALSE(may_settle_return(*shops.seen(quay), quay));
  CHECK_FALSE(shops.seen(mill).has_value());
  // What the selling store does with it is known here too, while it is lent; then it leaves.
  shops.take_back(harbour, 1);
  shops.world.run(2'000);
  CHECK(returned_units(*shops.seen(quay), 1) == 2);
  shops.world.check_same();
  shops.world.wait(25 * 3'600'000);
  shops.world.take_back_lent();
  shops.world.run(60'000);
  CHECK_FALSE(shops.seen(quay).has_value());
  CHECK(shops.seen(harbour).has_value());
  shops.world.check_same();
}

TEST_CASE("two stores that do not hear each other take back the same goods: the hub decides, and the later is told") {
  Shops shops(62);
  shops.sell(harbour);
  shops.world.run(2'000);
  REQUIRE(shops.ask(quay, paper.text).empty());
  shops.world.cut(harbour);
  shops.world.cut(quay);
  const TransactionId late = shops.take_back(harbour, 2);
  const TransactionId first = shops.take_back(quay, 1);
  // Longer than it was lent for: who took goods of it back keeps it.
  shops.world.wait(30 * 3'600'000);
  shops.world.take_back_lent();
  shops.world.connect(quay);
  shops.world.run(60'000);
  CHECK_FALSE(is_questioned(*shops.seen(quay), *return_of(*shops.seen(quay), first)));
  shops.world.connect(harbour);
  shops.world.run(60'000);
  for (const StoreId& store : {harbour, quay}) {
    const auto receipt = shops.seen(store);
    REQUIRE(receipt.has_value());
    CHECK(returned_units(*receipt, 1) == 2);
    CHECK_FALSE(is_questioned(*receipt, *return_of(*receipt, first)));
    CHECK(is_questioned(*receipt, *return_of(*receipt, late)));
  }
  shops.world.wait(30 * 3'600'000);
  shops.world.take_back_lent();
  shops.world.run(60'000);
  REQUIRE(shops.seen(quay).has_value());
  Operation decided = protocol::encode_receipt_operation(paper, ReceiptResolve{late, "no_refund"});
  shops.world.at_hub({shops.draw(), "operator", {decided}});
  shops.world.run(2'000);
  CHECK(is_denied(*return_of(*shops.seen(harbour), late)));
  CHECK(questioned(*shops.seen(quay)).empty());
  shops.world.check_same();
}

TEST_CASE("a store speaks of its own tills and counters alone, and decides nothing") {
  Shops shops(63);
  shops.sell(harbour);
  const TransactionId back = shops.take_back(harbour, 2);
  shops.world.run(2'000);
  const Receipt before = shops.at_hub();
  shops.tell(quay, ReceiptSell{harbour, "GBP", UtcMs{1}, {{1, Sku{"85123A"}, 9, 1}}});
  shops.tell(quay, ReceiptBack{harbour, {{1, 1}}, "damaged", "resell"});
  shops.tell(harbour, ReceiptResolve{back, "refund"});
  shops.world.run(60'000);
  CHECK(shops.at_hub() == before);
  shops.world.check_same();
}

TEST_CASE("a hub that was set back hears of the sale again, and of goods that came back before it") {
  Shops shops(64);
  const auto before = shops.world.backup();
  shops.sell(harbour);
  shops.world.run(2'000);
  REQUIRE(shops.ask(quay, paper.text).empty());
  shops.take_back(quay, 1);
  shops.world.run(2'000);
  shops.world.cut(harbour);
  shops.world.restore(before);
  shops.world.run(60'000);
  CHECK_FALSE(shops.at_hub().sale.has_value());
  CHECK(returned_units(shops.at_hub(), 1) == 1);
  shops.world.connect(harbour);
  shops.world.run(60'000);
  REQUIRE(shops.at_hub().sale.has_value());
  CHECK(shops.at_hub().sale->store == harbour);
  CHECK(returned_units(shops.at_hub(), 1) == 1);
  CHECK(questioned(shops.at_hub()).empty());
  shops.world.check_same();
}

TEST_CASE("every end forgets a receipt at its time, connected or not") {
  Shops shops(65);
  shops.sell(harbour);
  shops.world.run(2'000);
  REQUIRE(shops.ask(quay, paper.text).empty());
  shops.take_back(quay, 1);
  shops.world.run(2'000);
  shops.world.cut(harbour);
  shops.world.run_days(46);
  CHECK(shops.world.expire() >= 1);
  shops.world.run(60'000);
  CHECK_FALSE(shops.seen(harbour).has_value());
  CHECK_FALSE(shops.seen(quay).has_value());
  CHECK_FALSE(shops.world.authority().document(protocol::receipt_key(paper))->body.has_value());
}
