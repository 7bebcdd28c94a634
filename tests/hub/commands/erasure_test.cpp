// SPDX-License-Identifier: Apache-2.0
// `vitrine-hub customer erase`: a canary is in every field of a customer, is erased, and is in no file of the hub any more; nor
// does an import of the same files bring it back, nor a database that is put back from before.
#include <doctest/doctest.h>

#include <filesystem>

#include "hub/database/erasures.hpp"
#include "hub/database/open.hpp"
#include "hub/import/import.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/identity.hpp"
#include "sync/protocol/order_codec.hpp"
#include "tests/hub/support/hub_folder.hpp"

using namespace vitrine;
using test::HubFolder;
namespace fs = std::filesystem;

namespace {

const sync::CustomerId canary{"C-90210"};

struct Shop {
  HubFolder folder;
  std::string tables = folder.tables();

  Shop() {
    write("customers.csv",
          "customer,first_name,initial,language,country,phone_last2,languages,home_store,email,loyalty,phone\n"
          "12347,Amelia,R,en,GB,41,,,,,\nC-90210,Quillfeather,Q,en,GB,77,en fr,mill-lane,quill@shoppers.example,QF-90210,\n");
    write("consents.csv",
          "customer,purpose,state,at\nC-90210,home_store,granted,2024-01-01\nC-90210,history,granted,2024-01-01\n");
    const std::string day = "2020-01-01T10:00:00Z";
    write("orders.csv",
          "order,customer,store,channel,placed_at,line,sku,quantity,unit_price,currency,promise_at,hold_until,paid,state,place\n"
          "581234,C-90210,mill-lane,web," +
              day +
              ",1,85123A,2,2.50,GBP,,,5.00,ready,A3\n"
              "581235,12347,mill-lane,web," +
              day + ",1,85123A,1,2.50,GBP,,,,placed,\n");
    import();
  }
  void write(const std::string& name, const std::string& text) { test::write_whole_file(tables + "/" + name, text); }
  std::string import() {
    const auto done = folder.run(hub::import_tables, {tables});
    REQUIRE(done);
    return folder.out();
  }
  std::string customer(const char* verb, const std::string& who = canary.text) {
    const auto done = folder.run(hub::customer, {verb, who});
    return done ? folder.out() : done.error().code;
  }
  template <class Read>
  auto read(const Read& question) {
    auto reader = hub::database::open_hub_reader(folder.database());
    REQUIRE(reader);
    hub::database::SqlAuthority authority(**reader);
    return question(authority);
  }
  bool stands(const sync::DocumentKey& key) {
    return read([&](hub::database::SqlAuthority& authority) {
      const auto document = authority.document(key);
      return document && document->body;
    });
  }
  sync::Order order(const std::string& id) {
    return read([&](hub::database::SqlAuthority& authority) {
      return *sync::protocol::decode_order(sync::OrderId{id}, *authority.document({"order", id})->body);
    });
  }
  std::string tag() {
    return read(
        [](hub::database::SqlAuthority& authority) { return sync::protocol::customer_tag(authority.digest_key(), canary); });
  }
  // Files of the hub's folder in which the text stands.
  std::string holders(const std::string& text) {
    std::string found;
    for (const auto& file : fs::recursive_directory_iterator(folder / "hub")) {
      if (!file.is_regular_file()) continue;
      if (test::read_whole_file(file.path().string()).find(text) != std::string::npos)
        found += " " + file.path().filename().string();
    }
    return found;
  }
  void nobody_is_back() {
    CHECK_FALSE(stands(sync::protocol::customer_key(canary)));
    CHECK_FALSE(stands({"consent", canary.text}));
    CHECK(holders("uillfeather") == "");
    CHECK_FALSE(order("581234").customer);
    CHECK_FALSE(order("581234").buyer);
  }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a customer is erased by one command: in no file any more, and their order keeps its goods and its money") {
  Shop shop;
  REQUIRE(shop.stands(sync::protocol::customer_key(canary)));
  if (test::postgres_server().empty()) REQUIRE(has(shop.holders("uillfeather"), "hub.db"));
  const sync::Order before = shop.order("581234");
  REQUIRE(before.customer == canary);
  CHECK(shop.customer("erased") == "not_erased");
  const std::string said = shop.customer("erase");
  CHECK(has(said, "erasure " + shop.tag() + "\n"));
  CHECK(has(said, "Erased: 1 profile, 0 carts, 0 events, 0 requests for a person; 1 orders keep"));
  CHECK(has(said, "Not heard of yet in: harbour-street mill-lane"));
  CHECK_FALSE(has(said, canary.text));
  shop.nobody_is_back();
  sync::Order nobodys = before;
  sync::rules::erase_buyer(nobodys);
  CHECK(shop.order("581234") == nobodys);
  CHECK(shop.order("581235").customer == sync::CustomerId{"12347"});
  CHECK(shop.stands(sync::protocol::customer_key(sync::CustomerId{"12347"})));
  // What is remembered says nothing about anybody.
  CHECK(test::read_whole_file(shop.folder / "hub/erasures") == "\n" + shop.tag() + "\n");
  CHECK(has(shop.customer("erased"), "erasure " + shop.tag()));
  CHECK(has(shop.customer("erase"), "It was erased before; since then: 0 profile"));
  CHECK(test::read_whole_file(shop.folder / "hub/erasures") == "\n" + shop.tag() + "\n");
}

TEST_CASE("an import of the same files refuses the erased by name, and takes their orders as nobody's") {
  Shop shop;
  shop.customer("erase");
  const sync::Order before = shop.order("581234");
  const std::string said = shop.import();
  CHECK(has(said, "customers: 1 rows"));
  const std::string report = test::read_whole_file(shop.folder / "hub/import-report.txt");
  CHECK(has(report, "customers.csv:3: this customer was erased"));
  CHECK(has(report, "consents.csv:2: this customer was erased"));
  CHECK_FALSE(has(report, canary.text));
  shop.nobody_is_back();
  CHECK(shop.order("581234").paid_minor == before.paid_minor);
  CHECK(shop.order("581234").lines.front().tally == before.lines.front().tally);
  // A new order, and more of the one before.
  shop.write("orders.csv",
             "order,customer,store,channel,placed_at,line,sku,quantity,unit_price,currency\n"
             "581236,C-90210,mill-lane,web,2020-01-02T10:00:00Z,1,85123A,4,2.50,GBP\n"
             "581234,C-90210,mill-lane,web,2020-01-02T10:00:00Z,1,85123A,3,2.50,GBP\n");
  shop.import();
  CHECK(shop.order("581236").lines.front().ordered == 4);
  CHECK_FALSE(shop.order("581236").customer);
  CHECK(shop.order("581234").lines.front().ordered == 3);
  shop.nobody_is_back();
  // Nobody knew this number, and nobody will.
  CHECK(has(shop.customer("erase", "C-1"), "Erased: 0 profile"));
  shop.write("customers.csv", "customer,first_name,initial,language,country,phone_last2\nC-1,Quillfeather,R,en,GB,41\n");
  shop.import();
  CHECK_FALSE(shop.stands(sync::protocol::customer_key(sync::CustomerId{"C-1"})));
}

TEST_CASE("a database from before an erasure erases again as it is opened, before anything is imported") {
  if (!test::postgres_server().empty()) return;
  Shop shop;
  fs::copy_file(shop.folder / "hub/hub.db", shop.folder / "backup.db");
  shop.customer("erase");
  for (const char* beside : {"hub/hub.db-wal", "hub/hub.db-shm"}) fs::remove(shop.folder / beside);
  fs::copy_file(shop.folder / "backup.db", shop.folder / "hub/hub.db", fs::copy_options::overwrite_existing);
  REQUIRE(shop.stands(sync::protocol::customer_key(canary)));
  shop.import();
  shop.nobody_is_back();
  CHECK(shop.stands({"erasure", shop.tag()}));
  // Half a line of a power cut is no tag, and the next one stands on its own.
  test::write_whole_file(shop.folder / "hub/erasures", "\n" + shop.tag() + "\n0123456789");
  REQUIRE_FALSE(hub::database::note_erasures(shop.folder / "hub", {std::string(32, 'a')}));
  CHECK(hub::database::noted_erasures(shop.folder / "hub") == std::vector<std::string>{shop.tag(), std::string(32, 'a')});
  // A log that was lost is written anew from the database.
  fs::remove(shop.folder / "hub/erasures");
  shop.customer("erased");
  CHECK(hub::database::noted_erasures(shop.folder / "hub") == std::vector<std::string>{shop.tag()});
}

TEST_CASE("what is no number of a customer is refused") {
  HubFolder folder;
  for (const auto& words : std::vector<std::vector<std::string>>{
           {}, {"erase"}, {"forget", "1"}, {"erase", "1", "2"}, {"erase", ""}, {"erase", std::string(65, '1')}}) {
    const auto done = folder.run(hub::customer, words);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == "usage");
  }
}
