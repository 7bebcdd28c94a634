// SPDX-License-Identifier: Apache-2.0
// Orders that are sent home in the local API's JSON, and what is asked of them.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "kiosk/io/edge_codec.hpp"
#include "kiosk/io/edge_requests.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using nlohmann::json;

namespace {

json delivery() {
  return json::parse(
      R"({"order":"K7Q2-MN34-BCDF","state":"asked","reason":"","at_hub":false,"asked_at":5,"currency":"GBP","total":2230,"lines":[
    {"sku":"22423","title":{"en":"Heart"},"pictogram":"candle","tile":"mint","units":2,"total":590}],"later":1})");
}

}  // namespace

TEST_CASE("an order that is sent home is read whole") {
  const auto read = decode_delivery(delivery().dump());
  REQUIRE(read.has_value());
  CHECK(read->order == "K7Q2-MN34-BCDF");
  CHECK(read->state == DeliveryState::asked);
  CHECK_FALSE(read->at_hub);
  CHECK(read->asked_at == UtcMs{5});
  CHECK(read->total == 2230);
  REQUIRE(read->lines.size() == 1);
  CHECK(read->lines[0] == DeliveryLine{{{"en", "Heart"}}, "candle", "mint", 2, 590});
  for (const auto& [word, state] : {std::pair<const char*, DeliveryState>{"confirmed", DeliveryState::confirmed},
                                    {"completed", DeliveryState::completed},
                                    {"cancelled", DeliveryState::cancelled},
                                    {"refused", DeliveryState::refused},
                                    {"picking", DeliveryState::other}}) {
    json made = delivery();
    made["state"] = word;
    CHECK(decode_delivery(made.dump())->state == state);
  }
}

TEST_CASE("each field that is missing or bent is no such order") {
  for (const char* key : {"order", "state", "at_hub", "asked_at", "total", "lines"}) {
    CAPTURE(key);
    json without = delivery();
    without.erase(key);
    CHECK_FALSE(decode_delivery(without.dump()).has_value());
    json bent = delivery();
    bent[key] = json::object();
    CHECK_FALSE(decode_delivery(bent.dump()).has_value());
  }
  json path = delivery();
  path["order"] = "../orders";
  CHECK_FALSE(decode_delivery(path.dump()).has_value());
}

TEST_CASE("what is asked: the cart as it was shown, and what became of it") {
  const std::string id(32, '7');
  const AskDelivery ask{{1, 2}, sync::CartId("c1"), std::string(32, 'a'), 2230};
  CHECK(json::parse(encode(ask, id, "kiosk-1")) ==
        json{{"request", id}, {"device", "kiosk-1"}, {"tag", std::string(32, 'a')}, {"total", 2230}});
  CHECK(path_of(ask) == "/v1/carts/c1/deliveries");
  CHECK(path_of(FetchDelivery{{1, 2}, "K7Q2-MN34-BCDF"}) == "/v1/deliveries/K7Q2-MN34-BCDF");
  CHECK_FALSE(outlives_visit(ask));
  const auto events = events_of(ask, delivery().dump());
  REQUIRE(events.has_value());
  CHECK(std::get<DeliveryArrived>(events->front()).order.order == "K7Q2-MN34-BCDF");
  CHECK_FALSE(events_of(ask, "{}").has_value());
}
