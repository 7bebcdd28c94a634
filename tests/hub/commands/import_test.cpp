// SPDX-License-Identifier: Apache-2.0
// `import` as operators run it: again without a change, with wrong rows, with a wrong file.
#include <doctest/doctest.h>

#include "hub/database/open.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "sync/rules/order_state.hpp"
#include "tests/hub/support/hub_folder.hpp"

using namespace vitrine;
using test::HubFolder;

namespace {

std::uint64_t catalog_head(const HubFolder& folder) {
  auto reader = hub::database::open_hub_reader(folder.database());
  REQUIRE(reader);
  return hub::database::SqlAuthority(**reader).head(sync::StreamName{"catalog"});
}

}  // namespace

TEST_CASE("an import makes documents in their streams, and the same import again changes nothing") {
  HubFolder folder;
  const std::string tables = folder.tables();
  const auto first = folder.run(hub::import_tables, {tables});
  REQUIRE(first);
  CHECK(*first == 0);
  CHECK(folder.err().find("100 %") != std::string::npos);
  const std::uint64_t head = catalog_head(folder);
  CHECK(head == 3);
  auto reader = hub::database::open_hub_reader(folder.database());
  REQUIRE(reader);
  hub::database::SqlAuthority authority(**reader);
  CHECK(authority.document({"product", "85123A"})->body->find("White heart mug") != std::string::npos);
  CHECK(authority.head(sync::StreamName{"prices.uk"}) == 2);
  CHECK(authority.head(sync::StreamName{"store.harbour-street"}) == 2);
  CHECK(authority.head(sync::StreamName{"store.mill-lane"}) == 0);
  CHECK(authority.streams_of({"customer", "12347"}).empty());  // nobody's cart is in a store yet
  CHECK(authority.knows_store(sync::StoreId{"mill-lane"}));
  CHECK(authority.document({"settings", "chain"})->body->find("Fernby") != std::string::npos);

  const auto again = folder.run(hub::import_tables, {tables});
  REQUIRE(again);
  CHECK(*again == 0);
  CHECK(folder.out().find("0 of ") != std::string::npos);
  CHECK(catalog_head(folder) == head);
}

TEST_CASE("a wrong row is refused and named, the rest goes in; a wrong file is the exit code") {
  HubFolder folder;
  const std::string tables = folder.tables();
  const std::string products = test::read_whole_file(tables + "/products.csv");
  test::write_whole_file(tables + "/products.csv", products + "bad/sku,,Bad,,BAD,kitchen,mug,mint,,,active\n");
  const auto done = folder.run(hub::import_tables, {tables});
  REQUIRE(done);
  CHECK(*done == 0);
  CHECK(folder.out().find("1 rows and 0 files were refused") != std::string::npos);
  CHECK(test::read_whole_file(folder / "hub/import-report.txt").find("products.csv:5:") != std::string::npos);
  CHECK(catalog_head(folder) == 3);

  test::write_whole_file(tables + "/prices.csv", "zone,sku\nuk,85123A\n");
  const auto unusable = folder.run(hub::import_tables, {tables});
  REQUIRE(unusable);
  CHECK(*unusable == 1);
  const auto nowhere = folder.run(hub::import_tables, {folder / "nowhere"});
  CHECK_FALSE(nowhere);
}

TEST_CASE("a folder inside another that is given is read once") {
  HubFolder folder;
  const std::string tables = folder.tables();
  std::filesystem::create_directories(tables + "/more");
  std::filesystem::rename(tables + "/products.csv", tables + "/more/products.csv");
  const auto done = folder.run(hub::import_tables, {tables, tables + "/more"});
  REQUIRE(done);
  CHECK(folder.out().find("refused") == std::string::npos);
  CHECK(catalog_head(folder) == 3);
}

TEST_CASE(
    "orders stand in the store where they are collected; the same rows again change nothing, and new rows keep what happened") {
  HubFolder folder;
  const std::string tables = folder.tables();
  const std::string head =
      "order,customer,store,channel,placed_at,line,sku,quantity,unit_price,currency,promise_at,hold_until,paid,state,place\n";
  const std::string ready =
      "581234,12347,harbour-street,web,2026-01-01,1,85123A,2,2.50,GBP,2026-01-01T12:00Z,2099-01-01,5.00,ready,C2\n";
  test::write_whole_file(tables + "/orders.csv", head + ready + "581235,,,web,2026-01-01,1,85123A,1,2.50,GBP,,,2.50,,\n");
  REQUIRE(folder.run(hub::import_tables, {tables}));
  auto reader = hub::database::open_hub_reader(folder.database());
  REQUIRE(reader);
  hub::database::SqlAuthority authority(**reader);
  const sync::DocumentKey key{"order", "581234"};
  const auto order = [&] { return *sync::protocol::decode_order(sync::OrderId{"581234"}, *authority.document(key)->body); };
  CHECK(sync::rules::status_of(order()) == sync::rules::OrderStatus::ready);
  CHECK(order().buyer->name == "Amelia");
  CHECK(order().code.size() == 6);
  CHECK(authority.streams_of(key) == std::vector<sync::StreamName>{sync::StreamName{"store.harbour-street"}});
  CHECK(authority.streams_of({"order", "581235"}).empty());
  const sync::Order first = order();
  REQUIRE(folder.run(hub::import_tables, {tables}));
  CHECK(folder.out().find("0 of ") != std::string::npos);
  CHECK(order() == first);
  test::write_whole_file(tables + "/orders.csv",
                         head + "581234,12347,harbour-street,web,2026-01-01,1,85123A,3,2.50,GBP,,,5.00,placed,\n");
  REQUIRE(folder.run(hub::import_tables, {tables}));
  CHECK(order().lines.front().ordered == 3);
  CHECK(order().lines.front().tally.picked == 2);
  CHECK(order().paid_minor == 500);
  CHECK(order().code == first.code);
}

TEST_CASE("an operator takes money for an order, gives it back once, cancels it, and decides about an exception") {
  HubFolder folder;
  const std::string tables = folder.tables();
  test::write_whole_file(
      tables + "/orders.csv",
      "order,customer,store,channel,placed_at,line,sku,quantity,unit_price,currency,promise_at,hold_until,paid,state,place\n"
      "7001,12347,harbour-street,web,2026-01-01,1,85123A,2,2.50,GBP,,2099-01-01,,part_collected,C2\n"
      "7001,12347,harbour-street,web,2026-01-01,2,22423,1,12.75,GBP,,2099-01-01,,part_collected,C2\n");
  REQUIRE(folder.run(hub::import_tables, {tables}));
  const auto says = [&](std::vector<std::string> words) {
    const auto done = folder.run(hub::order, std::move(words));
    return done ? folder.out() : done.error().code;
  };
  CHECK(says({"show", "7001"}).find("part_collected, placed") != std::string::npos);
  CHECK(says({"show", "7002"}) == "order_unknown");
  CHECK(says({"show"}) == "usage");
  CHECK(says({"pay", "7001", "-5"}) == "invalid_amount");
  CHECK(says({"pay", "7001", "1.234"}) == "invalid_amount");
  CHECK(says({"pay", "7001", "17.75"}).find("paid 1775") != std::string::npos);
  CHECK(says({"refund", "7001", "2"}) == "invalid_units");
  CHECK(says({"refund", "7001", "2x2"}) == "refund_too_much");
  CHECK(says({"refund", "7001", "2x1"}).find("refunded 1275") != std::string::npos);
  CHECK(says({"refund", "7001", "2x1"}) == "refund_too_much");
  CHECK(says({"delegate", "7001", "Bea"}).find("part_collected") != std::string::npos);
  CHECK(says({"cancel", "7001", "Not a word"}) == "operation_malformed");
  CHECK(says({"cancel", "7001", "buyer"}).find("needs a person: handed_over_after_cancel") != std::string::npos);
  const std::string decided = says({"resolve", "7001", "handed_over_after_cancel", "charged"});
  CHECK(decided.find("collected") != std::string::npos);
  CHECK(decided.find("needs a person") == std::string::npos);
  CHECK(decided.find("Amelia") == std::string::npos);
}

TEST_CASE("an import of stock is a count of its time: what a store moved since stays") {
  HubFolder folder;
  const std::string tables = folder.tables();
  REQUIRE(folder.run(hub::import_tables, {tables}));
  auto opened = hub::database::open_hub_database(folder.database(), folder.chance(), folder.now().utc);
  REQUIRE(opened);
  hub::database::SqlAuthority authority(**opened);
  const sync::DocumentKey key{"stock", "harbour-street/85123A"};
  const sync::Operation sale = sync::protocol::encode_stock_operation(
      sync::StoreId{"harbour-street"}, sync::Sku{"85123A"}, sync::rules::StockMove{-4, sync::rules::MoveReason::sale, "t"});
  authority.begin();
  sync::ends::HubEnd end(authority, folder.chance());
  end.perform({sync::TransactionId{std::string(32, '1')}, "test", {sale}}, folder.now());
  REQUIRE_FALSE(authority.commit());
  REQUIRE(folder.run(hub::import_tables, {tables}));
  CHECK(sync::protocol::decode_stock(*authority.document(key)->body)->on_hand == 20);
  test::write_whole_file(tables + "/stock.csv",
                         "store,sku,on_hand,aisle,bay,safety,counted_at\nharbour-street,85123A,30,4,B,2,2020-01-02T08:00:00Z\n");
  REQUIRE(folder.run(hub::import_tables, {tables}));
  const auto body = authority.document(key)->body;
  const auto now = sync::protocol::decode_stock(*body);
  CHECK(now->on_hand == 26);
  CHECK(now->aisle == "4");
}
