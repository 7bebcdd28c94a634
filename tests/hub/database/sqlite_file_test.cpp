// SPDX-License-Identifier: Apache-2.0
// What is SQLite's own: the file, whose it is, and files that the hub refuses.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "hub/database/authority.hpp"
#include "hub/database/open.hpp"
#include "hub/database/receipt_questions.hpp"
#include "sync/protocol/receipt_codec.hpp"
#include "tests/broker/test_broker.hpp"
#include "tests/hub/support/test_database.hpp"

using namespace vitrine;
using namespace vitrine::hub::database;
using vitrine::test::TemporaryFolder;

namespace {

std::unique_ptr<Connection> open(const std::string& folder) {
  auto opened = open_hub_database(folder, test::chance(), UtcMs{1000});
  if (!opened) FAIL(opened.error().message);
  return std::move(*opened);
}

// Of two units sold in one store (none: the sale is not known), those that came back in stores, one after the other.
void put_receipt(SqlAuthority& authority, const std::string& id, bool sold,
                 std::vector<std::pair<std::string, std::int64_t>> back, bool decided = false) {
  sync::Receipt receipt;
  receipt.since = UtcMs{1};
  if (sold)
    receipt.sale = sync::ReceiptSale{
        sync::StoreId{"quay"}, "GBP", UtcMs{9}, {{1, sync::Sku{"A"}, 2, 590}}, {UtcMs{1}, std::string(32, 'a') + ".0"}};
  for (const auto& [store, units] : back) {
    const std::string by = std::string(32, static_cast<char>('0' + receipt.returns.size())) + ".0";
    receipt.returns.push_back({sync::StoreId{store}, "damaged", "resell", {{1, units}}, {UtcMs{2}, by}, {}});
  }
  if (decided) receipt.returns.back().decided = sync::ReceiptDecision{"refund", {UtcMs{3}, std::string(32, 'd') + ".0"}};
  authority.put_document(
      {sync::protocol::receipt_key(sync::ReceiptId{id}), {{1, 1}, {}}, sync::protocol::encode_receipt(receipt)});
}

}  // namespace

TEST_CASE("the database and the era file are the owner's alone, and the era is the same in both") {
  TemporaryFolder folder;
  const auto connection = open(folder / "state");
  struct stat info{};
  REQUIRE(stat((folder / "state/hub.db").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  REQUIRE(stat((folder / "state").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0700);
  SqlAuthority authority(*connection);
  CHECK(test::read_whole_file(folder / "state/era").starts_with("1 " + authority.era().id + "\n"));
  REQUIRE(stat((folder / "state/era").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
}

TEST_CASE("a database of a later release, and one that is none, are refused in words") {
  TemporaryFolder folder;
  open(folder.path())->execute("PRAGMA user_version=99");
  const auto later = open_hub_database(folder.path(), test::chance(), UtcMs{1});
  REQUIRE_FALSE(later);
  CHECK(later.error().code == "database_too_new");
  CHECK(later.error().message.find("install the release") != std::string::npos);

  TemporaryFolder other;
  test::write_whole_file(other / "hub.db", std::string(8192, 'x'));
  const auto none = open_hub_database(other.path(), test::chance(), UtcMs{1});
  REQUIRE_FALSE(none);
  CHECK(none.error().code == "database_damaged");
  CHECK(test::read_whole_file(other / "hub.db") == std::string(8192, 'x'));
}

TEST_CASE("returns that waited for a decision before the hub counted them are counted when it opens") {
  TemporaryFolder folder;
  const std::map<sync::StoreId, std::uint64_t> waiting{{sync::StoreId{"quay"}, 1}, {sync::StoreId{"mill"}, 2}};
  {
    const auto connection = open(folder.path());
    SqlAuthority authority(*connection);
    authority.begin();
    put_receipt(authority, "BBBBBBBBBBBB", true, {{"quay", 1}, {"mill", 1}});
    put_receipt(authority, "CCCCCCCCCCCC", true, {{"quay", 1}, {"mill", 2}, {"quay", 1}});
    put_receipt(authority, "DDDDDDDDDDDD", true, {{"quay", 2}, {"mill", 1}}, true);
    put_receipt(authority, "FFFFFFFFFFFF", true, {{"quay", 2}, {"mill", 2}});
    put_receipt(authority, "GGGGGGGGGGGG", false, {{"mill", 1}});
    put_receipt(authority, "HHHHHHHHHHHH", true, {{"quay", 3}});
    put_receipt(authority, "HHHHHHHHHHHH", true, {{"quay", 2}});
    REQUIRE_FALSE(authority.commit().has_value());
    CHECK(questioned_returns(*connection) == waiting);
    connection->execute("DROP TABLE receipt_questions");
    connection->execute("PRAGMA user_version=12");
  }
  CHECK(questioned_returns(*open(folder.path())) == waiting);
}
