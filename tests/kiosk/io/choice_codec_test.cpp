// SPDX-License-Identifier: Apache-2.0
// What a person agreed to, and the receipt of a change, as the local API has them.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "kiosk/io/edge_codec.hpp"
#include "kiosk/io/edge_requests.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using nlohmann::json;

namespace {

const std::string id(32, 'a');
const ChangeChoice off{{3, 9}, sync::CartId{id}, "history", false, {"b.0"}};

json answer() {
  return {{"receipt", {{"number", id}, {"purpose", "history"}, {"state", "withdrawn"}, {"at", 1700000000000}, {"store", "s"}}},
          {"consents",
           {{{"purpose", "history"}, {"state", "withdrawn"}, {"at", 1}, {"source", "kiosk"}, {"shown", {"b.0"}}},
            {{"purpose", "profiling"}, {"state", "never_said"}, {"at", 0}, {"source", ""}, {"shown", json::array()}}}}};
}

}  // namespace

TEST_CASE("each purpose is read, and the receipt of the change that was asked for") {
  const auto events = events_of(off, answer().dump());
  REQUIRE(events);
  const auto& read = std::get<ChoicesArrived>(events->front());
  CHECK(read.asked == off.asked);
  CHECK(read.all == std::vector<Choice>{{"history", false, {"b.0"}}, {"profiling", false, {}}});
  CHECK(read.receipt == ChoiceReceipt{id, "history", false, UtcMs{1700000000000}});
  const auto seen = events_of(FetchChoices{{3, 10}, sync::CartId{id}}, answer().dump());
  REQUIRE(seen);
  CHECK_FALSE(std::get<ChoicesArrived>(seen->front()).receipt);
}

TEST_CASE("an answer to something else, and one with another shape, is none") {
  ChangeChoice on = off;
  on.granted = true;
  CHECK_FALSE(events_of(on, answer().dump()));
  ChangeChoice other = off;
  other.purpose = "profiling";
  CHECK_FALSE(events_of(other, answer().dump()));
  for (const char* key : {"number", "purpose", "state", "at"}) {
    CAPTURE(key);
    json without = answer();
    without["receipt"].erase(key);
    CHECK_FALSE(events_of(off, without.dump()));
  }
  for (const char* key : {"purpose", "state", "shown"}) {
    CAPTURE(key);
    json without = answer();
    without["consents"][0].erase(key);
    CHECK_FALSE(decode_choices(without.dump()));
    json bent = answer();
    bent["consents"][0][key] = 7;
    CHECK_FALSE(decode_choices(bent.dump()));
  }
  CHECK_FALSE(decode_choices(R"({"consents":[]})"));
}

TEST_CASE("a grant names the withdrawals that were shown, a withdrawal none; a change outlives the visit, a look does not") {
  ChangeChoice on = off;
  on.granted = true;
  CHECK(json::parse(encode(on, id, "kiosk-1")) ==
        json{{"request", id}, {"device", "kiosk-1"}, {"purpose", "history"}, {"state", "granted"}, {"shown", {"b.0"}}});
  CHECK(json::parse(encode(off, id, "kiosk-1")) ==
        json{{"request", id}, {"device", "kiosk-1"}, {"purpose", "history"}, {"state", "withdrawn"}});
  const FetchChoices look{{3, 10}, sync::CartId{id}};
  CHECK(json::parse(encode(look, id, "kiosk-1")) == json{{"request", id}, {"device", "kiosk-1"}});
  CHECK(path_of(look) == "/v1/carts/" + id + "/choices");
  CHECK(path_of(off) == "/v1/carts/" + id + "/consents");
  CHECK(outlives_visit(off));
  CHECK_FALSE(outlives_visit(look));
}
