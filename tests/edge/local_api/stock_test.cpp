// SPDX-License-Identifier: Apache-2.0
// Stock over the real socket, without a line to the hub: figures, counts while goods move, write-offs, promises within the right
// that was lent, and what they refuse.
#include "tests/edge/local_api/http_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

const std::string right_id = "f0000000000000000000000000000001";
const std::string promise_id = "f0000000000000000000000000000002";

struct StockRoom : HttpShop {
  StockRoom() {
    fill();
    // 24 on hand, 1 kept back; the web has promised 4, of which 3 have run out; the store may promise 5 until in an hour.
    const std::int64_t now = utc_ms;
    json heart = {{"store", store.text},
                  {"sku", "85123A"},
                  {"on_hand", 24},
                  {"reserved", 4},
                  {"safety", 1},
                  {"aisle", "3"},
                  {"bay", "B"},
                  {"counted_at", 1000},
                  {"moved", -6},
                  {"lent", {{"id", right_id}, {"units", 5}, {"drawn", 0}, {"until", now + 3'600'000}}},
                  {"reservations",
                   {{{"id", promise_id}, {"units", 1}, {"until", now + 600'000}, {"for", "order/9"}},
                    {{"id", "f0000000000000000000000000000003"}, {"units", 3}, {"until", now - 1}, {"for", "order/8"}}}},
                  {"discrepancies", {{{"id", "x.0"}, {"kind", "count"}, {"units", -2}, {"at", 500}}}}};
    hub_puts({put("stock", store.text + "/85123A", heart.dump(), 2)});
    loop->step(daemon::HubDisconnected{});
    start();
  }
  Answer act(const std::string& action, json body, int request = 0, const std::string& if_match = {},
             const std::string& sku = "85123A") {
    body["action"] = action;
    return post("/v1/stock/" + sku + "/actions", body, request, if_match);
  }
  Answer heart() { return get("/v1/stock/85123A"); }
};

}  // namespace

TEST_CASE_FIXTURE(StockRoom, "the record says what lies here; a promise that has run out counts for nothing, anywhere") {
  const Answer record = heart();
  REQUIRE(record.status == 200);
  CHECK(record.tag.size() == 34);
  CHECK(record.body["on_hand"] == 24);
  CHECK(record.body["reserved"] == 1);
  CHECK(record.body["available"] == 22);
  CHECK(record.body["freshness"] == "fresh");
  CHECK(record.body["right"] == json{{"units", 5}, {"left", 5}, {"until", utc_ms + 3'600'000}});
  REQUIRE(record.body["reservations"].size() == 1);
  CHECK(record.body["reservations"][0]["for"] == "order/9");
  CHECK(record.body["reservations"][0]["by"] == "hub");
  CHECK(record.body["discrepancies"].size() == 1);
  // By its GTIN, as soon as the search index has been built.
  for (int i = 0; i < 500 && get("/v1/stock/5012345678900").status != 200; ++i) std::this_thread::sleep_for(10ms);
  CHECK(get("/v1/stock/5012345678900").body["sku"] == "85123A");
  CHECK(get("/v1/products/85123A").body["stock"]["on_hand"] == 22);
  let_pass(601'000);
  CHECK(heart().body["available"] == 23);
  CHECK(heart().body["freshness"] == "recent");
  CHECK(get("/v1/products/85123A").body["stock"]["on_hand"] == 23);
  CHECK(get("/v1/stock/47566").code() == "stock_unknown");
  CHECK(get("/v1/stock/nothing").code() == "product_unknown");
  CHECK(get("/v1/stock/5012345678901").code() == "code_check_digit");
  const auto figures = operator_.Get("/metrics");
  CHECK(figures->body.find("vitrine_edge_reservations 0\n") != std::string::npos);
  CHECK(figures->body.find("vitrine_edge_stock_discrepancies 1\n") != std::string::npos);
}

TEST_CASE_FIXTURE(StockRoom, "goods move while somebody counts, and nothing of it is lost; the same request is done once") {
  const std::int64_t began = heart().body["moved"];
  CHECK(began == -6);
  CHECK(act("write_off", {{"units", 2}, {"reason", "damaged"}}).body["on_hand"] == 22);
  // They began with 24 on the shelf and counted 20: four are missing, and two of what was counted were thrown away since.
  const Answer counted = act("count", {{"counted", 20}, {"moved", began}}, 500);
  REQUIRE(counted.status == 200);
  CHECK(counted.body["on_hand"] == 18);
  CHECK(act("count", {{"counted", 3}, {"moved", 0}}, 500).body["on_hand"] == 18);
  CHECK(counted.body["discrepancies"].size() == 2);
  CHECK(act("receive", {{"units", 12}, {"reference", "delivery 77"}}).body["on_hand"] == 30);
  CHECK(act("transfer_out", {{"units", 3}}).body["on_hand"] == 27);
  CHECK(act("transfer_in", {{"units", 1}}).body["on_hand"] == 28);
  CHECK(act("correct", {{"units", -1}, {"reference", "found broken"}}).body["on_hand"] == 27);
  // More leaves than is there: it happened.
  const Answer below = act("write_off", {{"units", 30}, {"reason", "stolen"}});
  CHECK(below.body["on_hand"] == -3);
  CHECK(below.body["available"] == 0);
  // A product without a record begins one.
  CHECK(act("receive", {{"units", 4}}, 0, {}, "47566").body["on_hand"] == 4);
  CHECK(outbox_size() == 8);
}

TEST_CASE_FIXTURE(StockRoom, "what does not add up is a task until somebody has seen to it, once") {
  act("count", {{"counted", 20}, {"moved", -6}});
  const Answer tasks = get("/v1/discrepancies");
  REQUIRE(tasks.body["tasks"].size() == 2);
  CHECK(tasks.body["tasks"][0]["id"] == "x.0");
  CHECK(tasks.body["tasks"][1]["units"] == -4);
  CHECK(tasks.body["tasks"][1]["aisle"] == "3");
  CHECK(get("/v1/discrepancies?limit=1").body["more"] == true);
  CHECK(act("settle", {{"discrepancies", {"x.0"}}}).body["discrepancies"].size() == 1);
  const Answer again = act("settle", {{"discrepancies", {"x.0"}}});
  CHECK(again.code() == "discrepancy_unknown");
  CHECK(again.status == 404);
}

TEST_CASE_FIXTURE(StockRoom, "two people do not change what only one of them saw") {
  const std::string seen = heart().tag;
  CHECK(act("write_off", {{"units", 1}, {"reason", "used"}}, 0, seen).status == 200);
  const Answer late = act("count", {{"counted", 24}, {"moved", -6}}, 0, seen);
  CHECK(late.status == 412);
  CHECK(late.code() == "changed_meanwhile");
  CHECK(act("count", {{"counted", 23}, {"moved", -7}}, 0, heart().tag).status == 200);
}

TEST_CASE_FIXTURE(StockRoom, "a promise offline: within the right, until its time, given back once") {
  const Answer made = act("reserve", {{"units", 3}, {"for", "cart/" + test_cart}, {"minutes", 20}}, 700);
  REQUIRE(made.status == 200);
  CHECK(made.body["right"]["left"] == 2);
  CHECK(made.body["available"] == 19);
  CHECK(act("reserve", {{"units", 3}, {"for", "cart/" + test_cart}, {"minutes", 20}}, 700).body["right"]["left"] == 2);
  const Answer much = act("reserve", {{"units", 3}, {"for", "cart/" + test_cart}});
  CHECK(much.code() == "not_enough");
  CHECK(much.status == 409);
  // No longer than the right.
  const Answer rest = act("reserve", {{"units", 1}, {"for", "cart/x"}, {"minutes", 600}}, 701);
  CHECK(rest.body["reservations"].back()["until"] == utc_ms + 3'600'000);
  CHECK(act("release", {{"reservation", test_request(701)}}).body["right"]["left"] == 2);
  CHECK(act("release", {{"reservation", test_request(701)}}).code() == "reservation_unknown");
  let_pass(21 * 60'000);
  CHECK(heart().body["right"]["left"] == 5);
  CHECK(act("release", {{"reservation", test_request(700)}}).code() == "reservation_unknown");
  CHECK(act("reserve", {{"units", 1}, {"for", "cart/x"}}, 0, {}, "22423").code() == "nothing_lent");
  CHECK(act("reserve", {{"units", 1}, {"for", "cart/x"}}, 0, {}, "47566").code() == "stock_unknown");
  let_pass(60 * 60'000);
  CHECK(act("reserve", {{"units", 1}, {"for", "cart/x"}}).code() == "nothing_lent");
}

TEST_CASE_FIXTURE(StockRoom, "a cart's lines are reserved whole or not at all, once, and given back") {
  const std::string path = "/v1/carts/" + test_cart + "/reservations";
  const Answer made = post(path, {{"action", "reserve"}}, 800);
  REQUIRE(made.status == 200);
  REQUIRE(made.body["lines"].size() == 2);
  CHECK(made.body["lines"][0] == json{{"line", "85123A"},
                                      {"sku", "85123A"},
                                      {"units", 2},
                                      {"reserved", 2},
                                      {"until", utc_ms + 1'800'000},
                                      {"reservable", 3}});
  CHECK(made.body["lines"][1]["reserved"] == 0);
  CHECK(made.body["lines"][1]["until"] == nullptr);
  const std::size_t once = outbox_size();
  CHECK(post(path, {{"action", "reserve"}}, 800).body == made.body);
  CHECK(post(path, {{"action", "reserve"}, {"lines", {"85123A"}}}).body == made.body);
  CHECK(outbox_size() == once);
  CHECK(post(path, {{"action", "reserve"}, {"lines", {"22423"}}}).code() == "nothing_lent");
  CHECK(post(path, {{"action", "reserve"}, {"lines", {"47566"}}}).code() == "line_unknown");
  CHECK(post(path, {{"action", "release"}}).body["lines"][0]["reserved"] == 0);
  CHECK(get(path).body["lines"][0]["reservable"] == 5);
  CHECK(get("/v1/carts/" + unknown_cart + "/reservations").code() == "cart_unknown");
}

TEST_CASE_FIXTURE(StockRoom, "what is asked of stock badly is refused with the field, and nothing is done") {
  const std::size_t before = outbox_size();
  for (const json& body : std::vector<json>{{{"action", "burn"}},
                                            {{"action", "count"}, {"counted", -1}, {"moved", 0}},
                                            {{"action", "count"}, {"counted", 3}},
                                            {{"action", "count"}, {"counted", 100'000}, {"moved", 0}},
                                            {{"action", "receive"}, {"units", 0}},
                                            {{"action", "write_off"}, {"units", 1}},
                                            {{"action", "write_off"}, {"units", 1}, {"reason", "bored"}},
                                            {{"action", "correct"}, {"units", 0}, {"reference", "x"}},
                                            {{"action", "correct"}, {"units", 1}},
                                            {{"action", "reserve"}, {"units", 1'000}, {"for", "cart/x"}},
                                            {{"action", "reserve"}, {"units", 1}, {"for", "cart/x"}, {"minutes", 0}},
                                            {{"action", "release"}, {"reservation", "x"}},
                                            {{"action", "settle"}, {"discrepancies", json::array()}}}) {
    const Answer answer = post("/v1/stock/85123A/actions", body);
    CHECK_MESSAGE(answer.code() == "invalid_request", body.dump());
  }
  CHECK(act("receive", {{"units", 1}}, 0, {}, "nothing").code() == "product_unknown");
  CHECK(post("/v1/carts/" + test_cart + "/reservations", {{"action", "hold"}}).code() == "invalid_request");
  CHECK(outbox_size() == before);
}

namespace {

// Three neighbours, of which one is another region's by now, and a product that two of them have.
struct Neighbourhood : HttpShop {
  std::int64_t then = utc_ms - 60'000;

  Neighbourhood() {
    fill();
    const auto settle = [&](const std::string& id, const std::string& name, const std::string& more) {
      return put("content", "store/" + id,
                 R"({"kind":"store","store":")" + id + R"(","name":")" + name + R"(","zone":"uk","time_zone":"Europe/London",)" +
                     more + "}",
                 5);
    };
    const std::string hours = R"("opening_hours":[{"days":[1,2,3,4,5,6,7],"from":"08:00","to":"18:00"}],"languages":["en"])";
    hub_pushes("content", {settle(store.text, "Harbour Street", hours + R"(,"latitude":51.4493,"longitude":-2.5985)"),
                           settle("quay-square", "Quay Square", hours + R"(,"latitude":51.4555,"longitude":-2.5893)"),
                           settle("mill-lane", "Mill Lane", R"("opening_hours":[],"languages":["en"])"),
                           settle("far-away", "Far Away", hours + R"(,"region":"north")")});
    hub_pushes(
        "availability.uk",
        {put("heard", "uk/stores", R"({"region":"uk","stores":{"quay-square":)" + std::to_string(then) + "}}", 6),
         put("availability", "uk/85123A",
             json{{"region", "uk"},
                  {"sku", "85123A"},
                  {"stores",
                   {{"harbour-street", {{"band", "many"}, {"as_of", then}}},
                    {"far-away", {{"band", "many"}, {"as_of", then}}},
                    {"gone", {{"band", "many"}, {"as_of", then}}},
                    {"mill-lane", {{"band", "some"}, {"as_of", then - 7'200'000}}},
                    {"quay-square", {{"band", "none"}, {"as_of", 1000}, {"then", {{{"at", then + 600'000}, {"band", "few"}}}}}}}}}
                 .dump(),
             6)});
    loop->step(daemon::HubDisconnected{});
    start();
  }
  json nearby(const std::string& path = "/v1/products/85123A") {
    const Answer answer = get(path);
    REQUIRE(answer.status == 200);
    return answer.body["nearby"];
  }
};

}  // namespace

TEST_CASE_FIXTURE(Neighbourhood,
                  "what other stores of the region have is told with its age, which grows while the line is down") {
  json stores = nearby();
  REQUIRE(stores.size() == 2);
  // Of the one nobody knows any more; the other has none, as of a minute ago.
  CHECK(stores[0] == json{{"store", "mill-lane"},
                          {"name", "Mill Lane"},
                          {"distance_m", nullptr},
                          {"opening", nullptr},
                          {"band", nullptr},
                          {"as_of", then - 7'200'000},
                          {"freshness", "check"}});
  CHECK(stores[1] == json{{"store", "quay-square"},
                          {"name", "Quay Square"},
                          {"distance_m", 939},
                          {"opening", {{"open_now", true}, {"opens_at", nullptr}, {"closes_at", "18:00"}}},
                          {"band", "none"},
                          {"as_of", then},
                          {"freshness", "fresh"}});
  // What was promised there is free again by itself, and then it comes first.
  let_pass(600'000);
  stores = nearby();
  CHECK(stores[0]["store"] == "quay-square");
  CHECK(stores[0]["band"] == "few");
  CHECK(stores[0]["freshness"] == "recent");
  let_pass(3'600'000);
  CHECK(nearby()[0]["freshness"] == "old");
  // Two hours after it was heard it is not said any more.
  let_pass(3'600'000);
  stores = nearby();
  CHECK(stores[0]["band"].is_null());
  CHECK(stores[1]["band"].is_null());
  CHECK(stores[0]["as_of"].get<std::int64_t>() + stores[1]["as_of"].get<std::int64_t>() == 2 * then - 7'200'000);
  // A look at the stock says the same; a product of which nobody has a record, nothing.
  CHECK(nearby("/v1/stock/85123A") == stores);
  CHECK(nearby("/v1/products/22423") == json::array());
  const auto figures = operator_.Get("/metrics");
  CHECK(figures->body.find("vitrine_edge_nearby_shown_total{age=\"fresh\"} 1\n") != std::string::npos);
  CHECK(figures->body.find("vitrine_edge_nearby_shown_total{age=\"check\"} 7\n") != std::string::npos);
}

TEST_CASE_FIXTURE(Neighbourhood,
                  "what another store is to keep is asked of the hub, and said when the hub has promised it, or refused it") {
  const std::string path = "/v1/carts/" + test_cart + "/holds";
  const json wanted = {{"store", "quay-square"}, {"sku", "85123A"}, {"units", 2}};
  const auto keep = [&](json body, const std::string& cart = test_cart) {
    return post("/v1/carts/" + cart + "/holds", std::move(body));
  };
  CHECK(keep(wanted).code() == "hold_needs_hub");
  CHECK(keep(wanted, unknown_cart).code() == "cart_unknown");
  json other = wanted;
  other["sku"] = "nothing";
  CHECK(keep(other).code() == "product_unknown");
  other = wanted;
  other["units"] = 21;
  CHECK(keep(other).code() == "invalid_request");

  // The hub is reached again.
  inbox.push_notice(daemon::HubConnected{});
  sync::protocol::Welcome welcome;
  welcome.token = "t";
  welcome.era = {1, "e0000000000000000000000000000001"};
  welcome.eras = {welcome.era};
  welcome.clock = UtcMs{utc_ms.load()};
  welcome.page_bytes = 384 * 1024;
  hub_says(welcome);
  for (int n = 0; n < 500 && !board.get().report.online; ++n) std::this_thread::sleep_for(10ms);
  REQUIRE(board.get().report.online);
  const auto answered = [&](const std::string& code) {
    const std::size_t before = sent().size();
    Answer answer;
    std::thread person([&] {
      httplib::Client own(api_socket());
      own.set_address_family(AF_UNIX);
      json body = wanted;
      body["request"] = test_request(900 + static_cast<int>(code.size()));
      body["device"] = "kiosk-1";
      answer = send(own, path, body);
    });
    std::optional<sync::protocol::Ask> question;
    for (int i = 0; i < 500 && !question; ++i) {
      std::this_thread::sleep_for(10ms);
      const auto all = sent();
      for (std::size_t at = before; at < all.size(); ++at) {
        if (const auto* ask = std::get_if<sync::protocol::Ask>(&all[at])) question = *ask;
      }
    }
    CHECK(question.has_value());
    if (question) {
      CHECK(question->what == "hold");
      CHECK(question->key.starts_with("quay-square/85123A/2/"));
      CHECK(question->key.ends_with("/" + test_cart));
      sync::protocol::AskAnswer said;
      said.era = welcome.era;
      said.id = question->id;
      said.code = code;
      said.own.stream = sync::StreamName{"store." + store.text};
      hub_says(said);
    }
    person.join();
    return answer;
  };
  const Answer kept = answered("");
  CHECK(kept.status == 200);
  CHECK(kept.body ==
        json{{"cart", test_cart}, {"store", "quay-square"}, {"sku", "85123A"}, {"units", 2}, {"until", utc_ms + 4 * 3'600'000}});
  CHECK(answered("not_enough").status == 409);
  CHECK(answered("not_allowed").code() == "store_unknown");
  const auto figures = operator_.Get("/metrics");
  CHECK(figures->body.find("vitrine_edge_holds_total{outcome=\"kept\"} 1\n") != std::string::npos);
}
