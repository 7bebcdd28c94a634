// SPDX-License-Identifier: Apache-2.0
// What operators are told of stores: lag by stream, outbox, refusals, and what the broker says of their presence.
#include "hub/api/status.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "hub/database/open.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/protocol/audit_codec.hpp"
#include "sync/protocol/receipt_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "tests/hub/support/hub_folder.hpp"

using namespace vitrine;
using nlohmann::json;

namespace {

const sync::StoreId harbour{"harbour-street"};
const sync::StoreId mill{"mill-lane"};
const Now now{{1'763'800'000'000}, {1'000}};

struct Desk {
  test::TemporaryFolder folder;
  std::unique_ptr<hub::database::Connection> connection;

  Desk() {
    auto opened = hub::database::open_hub_database(test::fresh_database(folder.path()), test::HubFolder::chance(), now.utc);
    REQUIRE(opened.has_value());
    connection = std::move(*opened);
    hub::database::SqlAuthority authority(*connection);
    authority.begin();
    authority.add_store(harbour);
    authority.add_store(mill);
    sync::ends::HubEnd end(authority, test::HubFolder::chance());
    end.put({"product", "A"}, "{}", now);
    end.put({"product", "B"}, "{}", now);
    sync::protocol::Hello hello;
    hello.incarnation.text = std::string(32, 'a');
    hello.last_n = 3;
    hello.software = "vitrine-edge 9.9";
    hello.clock = now.utc;
    hello.cursors = {{sync::StreamName{"catalog"}, {authority.era(), 1}}};
    end.receive(harbour, hello, now);
    end.finish(now);
    REQUIRE_FALSE(authority.commit().has_value());
  }

  json health(const hub::api::StatusInputs& inputs) {
    const auto body = json::parse(hub::api::health(*connection, inputs).body);
    for (const json& store : body["stores"]) {
      if (store["store"] == harbour.text) return store;
    }
    return {};
  }
};

hub::api::StatusInputs inputs() {
  hub::api::StatusInputs in;
  in.now = now;
  return in;
}

}  // namespace

TEST_CASE("health names lag by stream, what waits, the software, and what the broker says") {
  Desk desk;
  auto in = inputs();
  json store = desk.health(in);
  CHECK(store["streams"] == json::array({{{"name", "catalog"}, {"seq", 1}, {"behind", 1}}}));
  CHECK(store["behind"] == 1);
  CHECK(store["software"] == "vitrine-edge 9.9");
  CHECK(store["online"] == true);
  CHECK(store["connected"].is_null());
  in.presences[harbour] = {false, now.utc};
  store = desk.health(in);
  CHECK(store["connected"] == false);
  CHECK(store["connected_since"] == now.utc.value);
}

TEST_CASE("the same as figures") {
  Desk desk;
  auto in = inputs();
  in.presences[harbour] = {true, now.utc};
  const std::string text = hub::api::metrics(*desk.connection, in).body;
  for (const char* line :
       {"vitrine_hub_store_connected{store=\"harbour-street\"} 1\n", "vitrine_hub_store_connected{store=\"mill-lane\"} 0\n",
        "vitrine_hub_store_stream_behind_entries{store=\"harbour-street\",stream=\"catalog\"} 1\n",
        "vitrine_hub_store_outbox_waiting{store=\"harbour-street\"} 3\n",
        "vitrine_hub_store_last_seen_ms{store=\"mill-lane\"} 0\n", "vitrine_hub_store_refused{store=\"harbour-street\"} 0\n",
        "vitrine_hub_eras 1\n"}) {
    CAPTURE(line);
    CHECK(text.find(line) != std::string::npos);
  }
}

TEST_CASE("an audit that is not whole makes the hub degraded, and is a figure, until somebody has settled it") {
  Desk desk;
  const auto act = [&](const sync::rules::AuditOperation& operation, const char* id) {
    hub::database::SqlAuthority authority(*desk.connection);
    authority.begin();
    sync::ends::HubEnd end(authority, test::HubFolder::chance());
    sync::ends::HubAction action{sync::TransactionId{std::string(31, 'b') + id}, "operator", {}};
    action.operations = {sync::protocol::encode_audit_operation(harbour, operation)};
    action.operations[0].salt = std::string(32, 'c');
    CHECK(end.perform(action, now).what == sync::ends::HubPerformed::What::done);
    end.finish(now);
    REQUIRE_FALSE(authority.commit().has_value());
  };
  sync::rules::AuditAppend append;
  append.entries = {{7, UtcMs{5}, "1001", "counter-1", "orders.get", "1", "seen", "", {}}};
  append.said = append.entries[0].hash = sync::protocol::audit_hash(append.before, append.entries[0]);
  act(append, "1");
  auto in = inputs();
  in.broker.connected = true;
  in.free_bytes = 1ULL << 40U;
  CHECK(desk.health(in)["audit_breaks_open"] == 1);
  CHECK(json::parse(hub::api::health(*desk.connection, in).body)["status"] == "degraded");
  CHECK(hub::api::metrics(*desk.connection, in).body.find("vitrine_hub_store_audit_breaks_open{store=\"harbour-street\"} 1") !=
        std::string::npos);
  act(sync::rules::AuditSettle{1}, "2");
  CHECK(desk.health(in)["audit_breaks_open"] == 0);
  CHECK(desk.health(in)["audit_breaks"] == 1);
  CHECK(json::parse(hub::api::health(*desk.connection, in).body)["status"] == "ok");
}

TEST_CASE("returns that wait for a decision are told, by the store that took the goods, until it is made") {
  Desk desk;
  const auto put = [&](std::optional<sync::ReceiptDecision> decided) {
    sync::Receipt receipt;
    receipt.since = now.utc;
    receipt.sale = sync::ReceiptSale{
        mill, "GBP", now.utc.plus(86'400'000), {{1, sync::Sku{"A"}, 1, 295}}, {now.utc, std::string(32, 'a') + ".0"}};
    receipt.returns = {{mill, "damaged", "resell", {{1, 1}}, {now.utc, std::string(32, 'b') + ".0"}, {}},
                       {harbour, "damaged", "resell", {{1, 1}}, {now.utc, std::string(32, 'c') + ".0"}, {}}};
    receipt.returns.back().decided = std::move(decided);
    hub::database::SqlAuthority authority(*desk.connection);
    authority.begin();
    sync::ends::HubEnd end(authority, test::HubFolder::chance());
    end.put(sync::protocol::receipt_key(sync::ReceiptId{"BCDFGHJKMNPQ"}), sync::protocol::encode_receipt(receipt), now);
    end.finish(now);
    REQUIRE_FALSE(authority.commit().has_value());
  };
  const auto told = [&](int count) {
    const std::string metrics = hub::api::metrics(*desk.connection, inputs()).body;
    return metrics.find("vitrine_hub_store_returns_questioned{store=\"harbour-street\"} " + std::to_string(count) + "\n") !=
               std::string::npos &&
           metrics.find("vitrine_hub_store_returns_questioned{store=\"mill-lane\"} 0\n") != std::string::npos &&
           desk.health(inputs())["returns_questioned"] == count;
  };
  CHECK(told(0));
  put(std::nullopt);
  CHECK(told(1));
  put(sync::ReceiptDecision{"no_refund", {now.utc, std::string(32, 'd') + ".0"}});
  CHECK(told(0));
}

TEST_CASE("presence is one field of a small message on a topic of its own") {
  CHECK(hub::read_presence(R"({"online":true})") == true);
  CHECK(hub::read_presence(R"({"online":false})") == false);
  for (const char* bad : {"", "{}", "[]", R"({"online":1})", "online"}) CHECK_FALSE(hub::read_presence(bad).has_value());
  CHECK_FALSE(hub::read_presence(R"({"online":true,"x":")" + std::string(2000, 'x') + "\"}").has_value());
  const sync::protocol::Topics topics("fernby");
  CHECK(topics.parse_status("vitrine/1/fernby/status/harbour-street") == harbour);
  for (const char* bad : {"vitrine/1/fernby/status/", "vitrine/1/fernby/status/a/b", "vitrine/1/other/status/a",
                          "vitrine/1/fernby/hub/harbour-street/hello"}) {
    CHECK_FALSE(topics.parse_status(bad).has_value());
  }
}
