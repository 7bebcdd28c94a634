// SPDX-License-Identifier: Apache-2.0
// SqliteAuthority: the contract of every Authority, and what is SQLite's own: files, schema, search, sessions.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <random>

#include "hub/database/authority.hpp"
#include "hub/database/open.hpp"
#include "hub/database/rows.hpp"
#include "tests/broker/test_broker.hpp"
#include "tests/hub/database/authority_contract.hpp"

using namespace vitrine;
using namespace vitrine::hub::database;
using vitrine::test::TemporaryFolder;

namespace {

sync::ends::Chance chance() {
  return {[] {
    static std::mt19937_64 source(std::random_device{}());
    return source();
  }};
}

std::unique_ptr<sqlite::Connection> open(const std::string& folder) {
  auto opened = open_hub_database(folder, chance(), UtcMs{1000});
  if (!opened) FAIL(opened.error().message);
  return std::move(*opened);
}

class SqliteUnderTest final : public test::AuthorityUnderTest {
 public:
  SqliteUnderTest() {
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
    connection_ = open(folder_.path());
    authority_ = std::make_unique<SqliteAuthority>(*connection_);
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<sqlite::Connection> connection_;
  std::unique_ptr<SqliteAuthority> authority_;
};

void put_product(SqliteAuthority& authority, const std::string& sku, const std::string& title, const std::string& rest) {
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

TEST_CASE("SqliteAuthority keeps the contract") {
  test::check_authority_contract([] { return std::make_unique<SqliteUnderTest>(); });
}

TEST_CASE("the database and the era file are the owner's alone, and the era is the same in both") {
  TemporaryFolder folder;
  const auto connection = open(folder / "state");
  struct stat info{};
  REQUIRE(stat((folder / "state/hub.db").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  REQUIRE(stat((folder / "state").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0700);
  SqliteAuthority authority(*connection);
  CHECK(test::read_whole_file(folder / "state/era").starts_with("1 " + authority.era().id + "\n"));
  REQUIRE(stat((folder / "state/era").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
}

TEST_CASE("a database of a later release, and one that is none, are refused in words") {
  TemporaryFolder folder;
  open(folder.path())->execute("PRAGMA user_version=99");
  const auto later = open_hub_database(folder.path(), chance(), UtcMs{1});
  REQUIRE_FALSE(later);
  CHECK(later.error().code == "database_too_new");
  CHECK(later.error().message.find("install the release") != std::string::npos);

  TemporaryFolder other;
  test::write_whole_file(other / "hub.db", std::string(8192, 'x'));
  const auto none = open_hub_database(other.path(), chance(), UtcMs{1});
  REQUIRE_FALSE(none);
  CHECK(none.error().code == "database_damaged");
  CHECK(test::read_whole_file(other / "hub.db") == std::string(8192, 'x'));
}

TEST_CASE("what people type is searched as words, never as syntax") {
  TemporaryFolder folder;
  const auto connection = open(folder.path());
  SqliteAuthority authority(*connection);
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
  const auto connection = open(folder.path());
  HubRows rows(*connection);
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
  CHECK_FALSE(connection->failure());
}

TEST_CASE("a reader sees commits of others and writes nothing") {
  TemporaryFolder folder;
  const auto connection = open(folder.path());
  auto reader = open_hub_reader(folder.path());
  REQUIRE(reader);
  const std::int64_t version = (*reader)->data_version();
  SqliteAuthority authority(*connection);
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
  const auto connection = open(folder / "state");
  SqliteAuthority authority(*connection);
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
