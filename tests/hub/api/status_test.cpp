// SPDX-License-Identifier: Apache-2.0
// What operators are told of stores: lag by stream, outbox, refusals, and what the broker says of their presence.
#include "hub/api/status.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "hub/database/open.hpp"
#include "sync/ends/hub_end.hpp"
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
