// SPDX-License-Identifier: Apache-2.0
// `import` as operators run it: again without a change, with wrong rows, with a wrong file.
#include <doctest/doctest.h>

#include "hub/database/open.hpp"
#include "tests/hub/support/hub_folder.hpp"

using namespace vitrine;
using test::HubFolder;

namespace {

std::uint64_t catalog_head(const HubFolder& folder) {
  auto reader = hub::database::open_hub_reader(folder / "hub");
  REQUIRE(reader);
  return hub::database::SqliteAuthority(**reader).head(sync::StreamName{"catalog"});
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
  auto reader = hub::database::open_hub_reader(folder / "hub");
  REQUIRE(reader);
  hub::database::SqliteAuthority authority(**reader);
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
