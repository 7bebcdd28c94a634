// SPDX-License-Identifier: Apache-2.0
// The hub's rows in whatever database the test runs with: the contract of every Authority, search, sessions, sweeps.
#include <doctest/doctest.h>

#include "hub/database/authority.hpp"
#include "hub/database/open.hpp"
#include "hub/database/rows.hpp"
#include "tests/broker/test_broker.hpp"
#include "tests/hub/database/authority_contract.hpp"
#include "tests/hub/support/test_database.hpp"

using namespace vitrine;
using namespace vitrine::hub::database;
using vitrine::test::TemporaryFolder;

namespace {

std::unique_ptr<Connection> open(const Address& address) {
  auto opened = open_hub_database(address, test::chance(), UtcMs{1000});
  if (!opened) FAIL(opened.error().message);
  return std::move(*opened);
}

class DatabaseUnderTest final : public test::AuthorityUnderTest {
 public:
  DatabaseUnderTest() {
    reopen();
    begin();
    authority_->add_store(sync::StoreId{"harbour-street"});
    REQUIRE_FALSE(commit());
  }
  sync::ends::Authority& authority() override { return *authority_; }
  void begin() override { authority_->begin(); }
  std::optional<Error> commit() override { return authority_->commit(); }
  void rollback() override { authority_->rollback(); }
  void reopen() override {
    authority_.reset();
    connection_.reset();
    connection_ = open(address_);
    authority_ = std::make_unique<SqlAuthority>(*connection_);
  }

 private:
  TemporaryFolder folder_;
  Address address_ = test::fresh_database(folder_.path());
  std::unique_ptr<Connection> connection_;
  std::unique_ptr<SqlAuthority> authority_;
};

void put_product(SqlAuthority& authority, const std::string& sku, const std::string& title, const std::string& rest) {
  authority.put_document({{"product", sku},
                          {{1, 1}, {}},
                          "{\"sku\":\"" + sku + "\",\"title\":{\"en\":\"" + title + "\"}," + rest + ",\"status\":\"active\"}"});
}

std::vector<std::string> texts(const std::vector<sync::Sku>& skus) {
  std::vector<std::string> result;
  for (const auto& sku : skus) result.push_back(sku.text);
  return result;
}

}  // namespace

TEST_CASE("SqlAuthority keeps the contract") {
  test::check_authority_contract([] { return std::make_unique<DatabaseUnderTest>(); });
}

TEST_CASE("what people type is searched as words, never as syntax") {
  TemporaryFolder folder;
  const Address address = test::fresh_database(folder.path());
  const auto connection = open(address);
  SqlAuthority authority(*connection);
  ProductIndex index(*connection);
  authority.begin();
  put_product(authority, "A1", "White hanging heart", R"("department":"candles","gtins":["4006381333931"],"brand":"Luma")");
  put_product(authority, "B2", "Cafe cr\u00e8me mug", R"("department":"kitchen","gtins":[])");
  put_product(authority, "C3", "Heart mug", R"("department":"kitchen","gtins":[])");
  REQUIRE_FALSE(authority.commit());
  CHECK(texts(index.find("heart", "", 10, 0)) == std::vector<std::string>{"C3", "A1"});
  CHECK(texts(index.find("HEA", "candles", 10, 0)) == std::vector<std::string>{"A1"});
  CHECK(texts(index.find("creme", "", 10, 0)) == std::vector<std::string>{"B2"});
  CHECK(texts(index.find("luma", "", 10, 0)) == std::vector<std::string>{"A1"});
  CHECK(texts(index.find("mug heart", "", 10, 0)) == std::vector<std::string>{"C3"});
  CHECK(texts(index.find("", "kitchen", 10, 0)) == std::vector<std::string>{"B2", "C3"});
  CHECK(texts(index.find("", "", 2, 1)) == std::vector<std::string>{"C3", "A1"});
  for (const char* odd : {"\"", "heart\" OR \"mug", "a", "*", "NEAR(heart mug)", "words:heart", "'; DROP TABLE products; --"}) {
    index.find(odd, "", 10, 0);
    CHECK_FALSE(connection->failure());
  }
  CHECK(index.by_gtin("4006381333931") == sync::Sku{"A1"});
  CHECK_FALSE(index.by_gtin("4006381333932"));

  authority.begin();
  put_product(authority, "A1", "Red lamp", R"("department":"lamps","gtins":[])");
  authority.put_document({{"product", "C3"}, {{1, 2}, {}}, std::nullopt});
  REQUIRE_FALSE(authority.commit());
  CHECK(index.find("heart", "", 10, 0).empty());
  CHECK(texts(index.find("lamp", "lamps", 10, 0)) == std::vector<std::string>{"A1"});
  CHECK_FALSE(index.by_gtin("4006381333931"));
}

TEST_CASE("sessions, carts of customers, visits and app keys") {
  TemporaryFolder folder;
  const Address address = test::fresh_database(folder.path());
  const auto connection = open(address);
  HubRows rows(*connection);
  connection->begin_write();
  SessionHash hash{};
  hash[0] = 9;
  CHECK_FALSE(rows.session(hash));
  rows.put_session(hash, {std::nullopt, sync::CartId{"c"}, std::nullopt, UtcMs{1}, UtcMs{2}});
  rows.put_session(hash, {sync::CustomerId{"12"}, sync::CartId{"c"}, sync::StoreId{"s"}, UtcMs{77}, UtcMs{3}});
  const auto session = rows.session(hash);
  REQUIRE(session);
  CHECK(session->customer == sync::CustomerId{"12"});
  CHECK(session->created_at == UtcMs{1});
  CHECK(session->seen_at == UtcMs{3});
  rows.drop_sessions_before(UtcMs{3});
  CHECK(rows.session(hash));
  rows.drop_sessions_before(UtcMs{4});
  CHECK_FALSE(rows.session(hash));

  rows.put_customer_cart(sync::CustomerId{"12"}, sync::CartId{"a"});
  rows.put_customer_cart(sync::CustomerId{"12"}, sync::CartId{"b"});
  CHECK(rows.customer_cart(sync::CustomerId{"12"}) == sync::CartId{"b"});

  rows.open_visit(sync::CartId{"b"}, sync::StoreId{"s"}, "kiosk-1", UtcMs{10});
  rows.touch_visit(sync::CartId{"b"}, "kiosk-1", UtcMs{20});
  rows.touch_visit(sync::CartId{"b"}, "kiosk-2", UtcMs{30});
  CHECK(rows.visit(sync::CartId{"b"})->since == UtcMs{10});
  CHECK(rows.visit(sync::CartId{"b"})->last == UtcMs{20});

  std::array<std::uint8_t, 32> key{};
  key[5] = 1;
  CHECK(rows.add_app_key("app", key, UtcMs{1}));
  CHECK_FALSE(rows.add_app_key("again", key, UtcMs{1}));
  REQUIRE(rows.app_keys().size() == 1);
  CHECK(rows.app_keys()[0].public_key == key);
  CHECK(rows.take_app_token("t", UtcMs{100}, UtcMs{50}));
  CHECK_FALSE(rows.take_app_token("t", UtcMs{100}, UtcMs{60}));
  CHECK(rows.take_app_token("t", UtcMs{300}, UtcMs{200}));
  CHECK_FALSE(connection->commit());
}

TEST_CASE("a reader sees commits of others and writes nothing") {
  TemporaryFolder folder;
  const Address address = test::fresh_database(folder.path());
  const auto connection = open(address);
  auto reader = open_hub_reader(address);
  REQUIRE(reader);
  const std::int64_t version = (*reader)->data_version();
  SqlAuthority authority(*connection);
  authority.begin();
  authority.put_document({{"settings", "chain"}, {{1, 1}, {}}, "{}"});
  REQUIRE_FALSE(authority.commit());
  CHECK((*reader)->data_version() != version);
  CHECK(read_document(**reader, {"settings", "chain"}));
  (*reader)->execute("DELETE FROM documents");
  CHECK((*reader)->take_failure());
}

TEST_CASE("what is kept of applied transactions is forgotten by small sweeps, but never the last hash of a life") {
  TemporaryFolder folder;
  const Address address = test::fresh_database(folder.path());
  const auto connection = open(address);
  SqlAuthority authority(*connection);
  const sync::StoreId store{"harbour-street"};
  const sync::IncarnationId old_life{"00000000000000000000000000000001"};
  const sync::IncarnationId life{"00000000000000000000000000000002"};
  const auto id = [](int i) {
    const std::string digits = std::to_string(i);
    return sync::TransactionId{std::string(32 - digits.size(), '0') + digits};
  };
  authority.begin();
  authority.add_store(store);
  for (int i = 1; i <= 1000; ++i) {
    const UtcMs at{i <= 600 ? 100 : 9000};
    authority.record_transaction(id(i), at);
    authority.record_applied(store, i <= 300 ? old_life : life, static_cast<std::uint64_t>(i), {}, at);
  }
  REQUIRE_FALSE(authority.commit());
  for (int step = 0; step < 60; ++step) {
    authority.begin();
    authority.forget_old_history(UtcMs{5000}, 50);
    REQUIRE_FALSE(authority.commit());
  }
  authority.begin();
  CHECK_FALSE(authority.transaction_known(id(1)));
  CHECK_FALSE(authority.transaction_known(id(600)));
  for (int i = 601; i <= 1000; ++i) REQUIRE(authority.transaction_known(id(i)));
  CHECK(authority.oldest_recorded(store, old_life) == 300);
  CHECK(authority.oldest_recorded(store, life) == 601);
  CHECK(authority.applied(store).size() == 2);
  authority.put_verified(store, {life, 700, {}}, UtcMs{1});
  CHECK(authority.verified_n(store, life) == 700);
  CHECK(authority.verified_n(store, old_life) == 0);
  REQUIRE_FALSE(authority.commit());
}
