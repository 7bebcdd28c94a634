// SPDX-License-Identifier: Apache-2.0
// Customers at the counter, over the real sockets: found by what they show and by nothing else, masked first, each part written
// down before it is shown and only with the consent that it needs; and whoever goes through people is stopped.
#include "sync/protocol/pickup_pass.hpp"
#include "tests/edge/local_api/people_counter.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using namespace vitrine::edge::people;

TEST_CASE_FIXTURE(Counter, "a customer is found by their card, masked first, and each part is written down before it is shown") {
  const Answer found = find("loyalty", "fb0012348 7", "collecting");
  REQUIRE(found.status == 200);
  CHECK(found.body["customer"] == json{{"name", "M…"}, {"initial", "H"}, {"phone_last2", "81"}, {"language", "en"}});
  CHECK(found.body.dump().find("Maya") == std::string::npos);
  CHECK(found.body.dump().find(maya.text) == std::string::npos);
  const std::string look_up = found.body["look_up"];
  CHECK(panel(look_up, "profile").body["profile"]["first_name"] == "Maya");
  CHECK(panel(look_up, "profile").body["profile"]["known_by"] == json({"loyalty", "email"}));
  const json orders = panel(look_up, "orders").body["orders"];
  REQUIRE(orders.size() == 1);
  CHECK(orders[0]["order"] == "581300");
  CHECK(panel(look_up, "carts").body["carts"].empty());
  CHECK(panel(look_up, "diary").code() == "panel_unknown");
  const std::vector<std::string> expected = {
      "1001 counter-1 customers.look_up " + tag + "/collecting seen", "1001 counter-1 customers.view " + tag + "/head seen",
      "1001 counter-1 customers.view " + tag + "/profile seen",       "1001 counter-1 customers.view " + tag + "/profile seen",
      "1001 counter-1 customers.view " + tag + "/orders seen",        "1001 counter-1 customers.view " + tag + "/carts seen"};
  CHECK(audit_lines() == expected);
  for (const auto& line : audit_lines()) {
    CHECK(line.find(maya.text) == std::string::npos);
    CHECK(line.find("Maya") == std::string::npos);
  }
}

TEST_CASE_FIXTURE(Counter, "what they have not agreed to is not shown, and that is not the same as nothing") {
  const std::string look_up = open();
  const Answer closed = panel(look_up, "history");
  CHECK(closed.status == 200);
  CHECK(closed.body["state"] == "no_consent");
  CHECK_FALSE(closed.body.contains("orders"));
  CHECK(audit_lines().back() == "1001 counter-1 customers.view " + tag + "/history no_consent");
  const std::size_t before = outbox_size();
  const Answer said = say(look_up, "history", "granted", json::array(), 800);
  REQUIRE(said.status == 200);
  CHECK(said.body["receipt"]["state"] == "granted");
  CHECK(said.body["receipt"]["number"] == test_request(800));
  CHECK(said.body["receipt"]["store"] == store.text);
  CHECK(say(look_up, "history", "granted", json::array(), 800).status == 200);  // repeated: once
  CHECK(outbox_size() == before + 1);
  const Answer shown = panel(look_up, "history");
  CHECK(shown.body["state"] == "shown");
  REQUIRE(shown.body["orders"].size() == 1);
  CHECK(shown.body["orders"][0]["order"] == "581200");
  CHECK(purpose(look_up, "history")["state"] == "granted");
  CHECK(purpose(look_up, "history")["source"] == "counter");
  CHECK(purpose(look_up, "profiling")["state"] == "never_said");
  CHECK(say(look_up, "history", "withdrawn").body["receipt"]["state"] == "withdrawn");
  CHECK(panel(look_up, "history").body["state"] == "no_consent");
  const auto lines = audit_lines();
  CHECK(std::ranges::count(lines, "1001 counter-1 customers.consent " + tag + "/history granted") == 1);
  CHECK(std::ranges::count(lines, "1001 counter-1 customers.consent " + tag + "/history withdrawn") == 1);
  CHECK(say(look_up, "gossip", "granted").code() == "invalid_request");
  CHECK(say(look_up, "history", "perhaps").code() == "invalid_request");
  CHECK(post("/v1/customers/" + look_up + "/consents", {{"purpose", "history"}, {"state", "granted"}}).code() ==
        "invalid_request");
}

TEST_CASE_FIXTURE(Counter, "sizes and wishes are shown while they agree to what may please them, and are in no other part") {
  const std::string look_up = open();
  for (const char* other : {"profile", "preferences"}) {
    const std::string text = panel(look_up, other).body.dump();
    CHECK(text.find("Gift bags") == std::string::npos);
    CHECK(text.find("shoes") == std::string::npos);
  }
  CHECK(panel(look_up, "preferences").body["state"] == "no_consent");
  REQUIRE(say(look_up, "personalisation", "granted").status == 200);
  const json shown = panel(look_up, "preferences").body;
  CHECK(shown["state"] == "shown");
  CHECK(shown["sizes"] == json::parse(R"([{"what":"shoes","size":"39"},{"what":"tops","size":"M"}])"));
  CHECK(shown["preferences"] == json::array({"Gift bags, no boxes."}));
  CHECK(audit_lines().back() == "1001 counter-1 customers.view " + tag + "/preferences seen");
  REQUIRE(say(look_up, "personalisation", "withdrawn").status == 200);
  CHECK(panel(look_up, "preferences").body["state"] == "no_consent");
}

TEST_CASE_FIXTURE(ConnectedCounter, "what they did online is shown page by page, the newest first, to whom they let see it") {
  std::vector<sync::PageEntry> done;
  for (int i = 0; i < 45; ++i) {
    const std::string sku = i == 0 ? "85123A" : i == 1 ? "" : "GONE" + std::to_string(i);
    done.push_back(
        put("activity", maya.text + "/" + event_id(1000 - i), seen_online(i, i == 1 ? "searched" : "viewed", sku, utc_ms)));
  }
  // Whose number begins alike, and what is over though the hub has not said so yet.
  done.push_back(put("activity", maya.text + "/2/" + event_id(1), seen_online(0, "viewed", "85123A", utc_ms)));
  done.push_back(put("activity", maya.text + "/" + event_id(2), seen_online(31 * 24 * 60, "viewed", "85123A", utc_ms)));
  hub_puts(std::move(done));
  const std::string look_up = open();
  const Answer closed = panel(look_up, "timeline");
  CHECK(closed.body["state"] == "no_consent");
  CHECK_FALSE(closed.body.contains("activity"));
  CHECK(audit_lines().back() == "1001 counter-1 customers.view " + tag + "/timeline no_consent");
  REQUIRE(say(look_up, "history", "granted").status == 200);

  const json first = panel(look_up, "timeline").body;
  REQUIRE(first["activity"].size() == 20);
  CHECK(first["activity"][0]["kind"] == "viewed");
  CHECK(first["activity"][0]["title"]["en"].get<std::string>().size() > 3);
  CHECK(first["activity"][1]["text"] == "cake stand");
  CHECK(first["activity"][1]["title"].empty());
  CHECK(first["activity"][2]["sku"] == "GONE2");
  CHECK(audit_lines().back() == "1001 counter-1 customers.view " + tag + "/timeline seen");
  CHECK(first.dump().find(maya.text) == std::string::npos);
  std::vector<std::string> ids;
  std::string next;
  int pages = 0;
  do {
    const Answer page = panel(look_up, "timeline" + (next.empty() ? std::string() : "?after=" + next));
    REQUIRE(page.status == 200);
    for (const json& one : page.body["activity"]) ids.push_back(one["id"]);
    next = page.body["next"];
  } while (!next.empty() && ++pages < 10);
  REQUIRE(ids.size() == 45);
  for (int i = 0; i < 45; ++i) CHECK(ids[static_cast<std::size_t>(i)] == event_id(1000 - i));

  for (const char* wrong : {"timeline?after=", "timeline?after=12", "timeline?after=x.00000000000000000000000000000001",
                            "timeline?after=12.zz", "profile?after=12.00000000000000000000000000000001"}) {
    CAPTURE(wrong);
    CHECK(panel(look_up, wrong).code() == "invalid_request");
  }
  // Withdrawn in the middle: the next look is closed.
  REQUIRE(say(look_up, "history", "withdrawn").status == 200);
  CHECK(panel(look_up, "timeline").body["state"] == "no_consent");
  CHECK_FALSE(panel(look_up, "timeline").body.contains("activity"));
}

TEST_CASE_FIXTURE(ConnectedCounter,
                  "what they did is shown of the web or of stores alone, page by page, each with a line of its own") {
  std::vector<sync::PageEntry> done;
  for (int i = 0; i < 60; ++i) {
    const std::string channel = i % 2 == 0 ? "store" : i % 3 == 0 ? "app" : "web";
    done.push_back(put("activity", maya.text + "/" + event_id(1000 - i), seen_online(i, "viewed", "85123A", utc_ms, channel)));
  }
  hub_puts(std::move(done));
  const std::string look_up = open();
  CHECK(panel(look_up, "timeline?where=store").body["state"] == "no_consent");
  REQUIRE(say(look_up, "history", "granted").status == 200);
  const auto all_of = [&](const std::string& where) {
    std::vector<std::string> ids;
    std::string next;
    do {
      const Answer page = panel(look_up, "timeline?where=" + where + (next.empty() ? std::string() : "&after=" + next));
      REQUIRE(page.status == 200);
      if (page.body["next"] != "") CHECK(page.body["activity"].size() == 20);
      for (const json& one : page.body["activity"]) ids.push_back(one["id"]);
      next = page.body["next"];
    } while (!next.empty() && ids.size() < 100);
    return ids;
  };
  const auto in_store = all_of("store"), online = all_of("online"), all = all_of("all");
  REQUIRE(in_store.size() == 30);
  REQUIRE(online.size() == 30);
  CHECK(all.size() == 60);
  for (int i = 0; i < 60; ++i) CHECK((i % 2 == 0 ? in_store : online)[static_cast<std::size_t>(i / 2)] == event_id(1000 - i));
  CHECK(std::ranges::count(audit_lines(), "1001 counter-1 customers.view " + tag + "/timeline seen") == 2 + 2 + 3);
  for (const char* wrong : {"timeline?where=", "timeline?where=web", "orders?where=all"}) {
    CAPTURE(wrong);
    CHECK(panel(look_up, wrong).code() == "invalid_request");
  }
}

TEST_CASE_FIXTURE(Counter, "what somebody does here is told of them in the same commit, if they agree that it is kept") {
  const auto resume = [&](char id) {
    return post("/v1/passes/open", {{"text", pass_text(pass(test_cart, std::string(32, id)))}});
  };
  const auto find_amelia = [&] {
    return find("pass", pass_text(pass(test_cart, std::string(32, 'b')))).body.value("look_up", "");
  };
  const std::string look_up = find_amelia();
  REQUIRE(resume('d').status == 200);
  REQUIRE(say(look_up, "history", "granted").status == 200);
  CHECK(panel(look_up, "timeline").body["activity"].empty());
  const std::size_t before = outbox_size();
  REQUIRE(resume('e').status == 200);
  CHECK(outbox_size() == before + 1);
  const json shown = panel(look_up, "timeline").body["activity"];
  REQUIRE(shown.size() == 1);
  CHECK(shown[0]["kind"] == "resumed");
  CHECK(shown[0]["store"] == store.text);
  CHECK(shown[0]["channel"] == "store");
  REQUIRE(say(look_up, "history", "withdrawn").status == 200);
  REQUIRE(resume('f').status == 200);
  const auto again = purpose(look_up, "history")["shown"];
  REQUIRE(say(look_up, "history", "granted", again).status == 200);
  CHECK(panel(look_up, "timeline").body["activity"].size() == 1);
}

TEST_CASE_FIXTURE(Counter, "an order that they collect, and bring back, stands in their timeline, by its number") {
  const std::string look_up = open();
  REQUIRE(say(look_up, "history", "granted").status == 200);
  const auto act = [&](json body) { return post("/v1/orders/581300/actions", std::move(body)).status; };
  const json lines = json::array({{{"line", 1}, {"units", 2}}});
  REQUIRE(act({{"action", "picked"}, {"line", 1}, {"units", 2}}) == 200);
  REQUIRE(act({{"action", "stage"}, {"place", "C2"}}) == 200);
  CHECK(panel(look_up, "timeline").body["activity"].empty());
  REQUIRE(act({{"action", "hand_over"}, {"lines", lines}, {"proof", "staff"}, {"balance_settled", true}}) == 200);
  json shown = panel(look_up, "timeline").body["activity"];
  REQUIRE(shown.size() == 1);
  CHECK(shown[0]["kind"] == "picked_up");
  CHECK(shown[0]["order"] == "581300");
  const json one_back = {{"lines", {{{"line", 1}, {"units", 1}}}}, {"reason", "damaged"}, {"condition", "resell"}};
  REQUIRE(post("/v1/purchases/581300/returns", one_back).status == 200);
  shown = panel(look_up, "timeline").body["activity"];
  REQUIRE(shown.size() == 2);
  CHECK(std::ranges::count_if(shown, [](const json& one) { return one["kind"] == "returned" && one["order"] == "581300"; }) == 1);
}

TEST_CASE_FIXTURE(ConnectedCounter,
                  "a withdrawal that arrives while somebody looks closes the panel, and the old screen grants nothing") {
  const std::string look_up = open();
  REQUIRE(say(look_up, "history", "granted").status == 200);
  CHECK(panel(look_up, "history").body["state"] == "shown");
  hub_puts({put("consent", maya.text, consents([&](sync::ConsentRegister& all) {
                  all.purposes["history"].withdrawals = {{"phone", {UtcMs{utc_ms}, std::string(32, 'f') + ".0"}}};
                }),
                2)});
  CHECK(soon([&] { return panel(look_up, "history").body["state"] == "no_consent"; }));
  const Answer stale = say(look_up, "history", "granted");
  CHECK(stale.code() == "consent_withdrawn");
  CHECK(stale.status == 409);
  CHECK(say(look_up, "history", "granted", purpose(look_up, "history")["shown"]).status == 200);
  CHECK(panel(look_up, "history").body["state"] == "shown");
}

TEST_CASE_FIXTURE(Counter, "a handle opens one customer, for one person, at one counter, for a quarter of an hour") {
  const std::string look_up = open();
  CHECK(get("/v1/customers/" + look_up).status == 200);
  CHECK(panel(maya.text, "profile").code() == "look_up_over");
  CHECK(panel(std::string(32, '0'), "profile").status == 410);
  as("1003");
  CHECK(panel(look_up, "profile").code() == "look_up_over");
  CHECK(say(look_up, "history", "withdrawn").code() == "look_up_over");
  as("1001");
  CHECK(panel(look_up, "profile").status == 200);
  let_pass(15L * 60'000);
  CHECK(panel(look_up, "profile").code() == "look_up_over");
}

TEST_CASE_FIXTURE(Counter, "cart and pickup passes open whose they are; forged ones, and carts of nobody known, open nobody") {
  const Answer amelia = find("pass", pass_text(pass(test_cart, std::string(32, 'b'))));
  REQUIRE(amelia.status == 200);
  CHECK(amelia.body["customer"]["name"] == "A…");
  CHECK(panel(amelia.body["look_up"], "carts").body["carts"][0]["cart"] == test_cart);
  const UtcMs now{utc_ms.load() / 1000 * 1000};
  const sync::protocol::PickupPass pickup{
      7, store, now, now.plus(7 * day_ms), sync::PassId{std::string(32, 'a')}, sync::OrderId{"581300"}, false};
  const std::string text =
      sync::protocol::pass_link("https://shop.example/k", *sync::protocol::sign_pickup_pass(pickup, secret()));
  CHECK(find("pass", text).body["customer"]["name"] == "M…");
  CHECK(find("pass", "hello").code().starts_with("pass_"));
  CHECK(find("pass", pass_text(pass(unknown_cart, std::string(32, 'c')))).code() == "customer_needs_hub");
}

TEST_CASE_FIXTURE(Counter, "nobody is found by a name, a number or a part of a key, and the answer names nobody") {
  for (const auto& [by, key] :
       {std::pair("name", "Maya"), {"customer", "12348"}, {"email", "c12348"}, {"phone", "81"}, {"loyalty", "FB"}}) {
    const Answer answer = find(by, key);
    CHECK(answer.code() == "invalid_request");
    CHECK(answer.body.dump().find("12348") == std::string::npos);
  }
  CHECK(find("email", "C12348@Shoppers.EXAMPLE").status == 200);
  CHECK(find("loyalty", card, "curious").code() == "invalid_request");
  const Answer away = find("loyalty", "FB99999999");
  CHECK(away.status == 503);
  CHECK(away.code() == "customer_needs_hub");
  CHECK(away.body["detail"] == "not available while the store is offline");
  CHECK(audit_lines().back() == "1001 counter-1 customers.look_up loyalty/advice customer_needs_hub");
}

TEST_CASE_FIXTURE(ConnectedCounter, "who is not here is asked for at the hub, by a hash and in a member of staff's name") {
  CHECK(asked_and_told("FB99000001", "not_found") == "customer_unknown");
  CHECK(asked_and_told("FB99000002", "too_many") == "too_many_look_ups");
  CHECK(asked_and_told("FB99000003", "not_allowed") == "not_permitted");
  const std::string bo = customer("77", "Bo", "FB99000004", utc_ms + 30 * day_ms);
  CHECK(asked_and_told("FB99000004", "", {put("customer", "77", bo), put("consent", "77", R"({"customer":"77","purposes":{}})")})
            .empty());
  CHECK(find("loyalty", "FB99000004").body["customer"]["name"] == "B…");
  const auto lines = audit_lines();
  CHECK(std::ranges::count(lines, "1001 counter-1 customers.look_up loyalty/advice customer_unknown") == 1);
  CHECK(std::ranges::count(lines, "1001 counter-1 customers.look_up loyalty/advice too_many_look_ups") == 1);
}

TEST_CASE_FIXTURE(Counter, "a store that is cut off forgets a customer at their time") {
  CHECK(find("loyalty", card).status == 200);
  let_pass(29 * day_ms);
  CHECK(find("loyalty", card).status == 200);
  let_pass(2 * day_ms);
  CHECK(find("loyalty", card).code() == "customer_needs_hub");
}

TEST_CASE_FIXTURE(ConnectedCounter,
                  "whoever tries keys is stopped after ten that are nobody's, whatever they do to the machine") {
  as("1002");
  int misses = 0;
  const auto guess = [&](int i) {
    return find("pass", pass_text(pass(unknown_cart, std::string(32, 'c'))) + std::to_string(i)).code();  // a forged pass a time
  };
  for (int i = 0; i < 40; ++i) misses += guess(i).starts_with("pass_") ? 1 : 0;
  CHECK(misses == 10);
  CHECK(find("loyalty", card).code() == "too_many_look_ups");  // the right one too
  for (int round = 0; round < 4; ++round) {
    stop();
    utc_ms += 5 * day_ms;  // somebody sets the clock
    start_again("boot-" + std::to_string(2 + round));
    as("1002");
    CHECK(find("loyalty", card).code() == "too_many_look_ups");
  }
  as("1003");
  CHECK(find("loyalty", "FB").code() == "invalid_request");  // a colleague is not stopped
}

TEST_CASE_FIXTURE(Counter, "whoever has a list of good keys is stopped too, and a counter where several take turns") {
  int found = 0;
  for (const char* staff : {"1001", "1002", "1003"}) {
    as(staff);
    int of_one = 0;
    for (int i = 0; i < 40; ++i) of_one += find("loyalty", card).status == 200 ? 1 : 0;
    CHECK(of_one <= 30);
    found += of_one;
  }
  CHECK(found == 60);
  const auto lines = audit();
  CHECK(std::ranges::count(lines, "too_many_look_ups", &database::AuditEntry::outcome) == 60);
  let_pass(hour_ms);
  CHECK(find("loyalty", card).status == 200);
  const std::string figures = operator_.Get("/metrics")->body;
  CHECK(figures.find("vitrine_edge_look_ups_total{outcome=\"found\"} 61") != std::string::npos);
  CHECK(figures.find("vitrine_edge_look_ups_total{outcome=\"too_many\"} 60") != std::string::npos);
  CHECK(figures.find("Maya") == std::string::npos);
}

TEST_CASE_FIXTURE(ConnectedCounter,
                  "who is erased while a counter shows them is closed there with a word for it, and written down by their hash") {
  const std::string look_up = open();
  REQUIRE(say(look_up, "marketing_email", "withdrawn").status == 200);
  REQUIRE(panel(look_up, "profile").status == 200);
  hub_pushes("settings", {put("erasure", tag, R"({"erased_at":1763800000000})")});
  CHECK(soon([&] { return panel(look_up, "profile").status != 200; }));
  const Answer gone = panel(look_up, "profile");
  CHECK(gone.status == 410);
  CHECK(gone.code() == "customer_erased");
  CHECK(get("/v1/customers/" + look_up).code() == "customer_erased");
  CHECK(say(look_up, "history", "granted").code() == "customer_erased");
  CHECK(say(look_up, "history", "withdrawn").code() == "customer_erased");
  const auto lines = audit_lines();
  CHECK(std::ranges::count(lines, "  customers.erase " + tag + " done") == 1);
  const std::string figures = operator_.Get("/metrics")->body;
  CHECK(figures.find("vitrine_edge_erasures 1") != std::string::npos);
  CHECK(figures.find("vitrine_edge_operations_scrubbed 1") != std::string::npos);
  // Nobody is told by a look-up that somebody was erased.
  CHECK(asked_and_told(card, "not_found") == "customer_unknown");
}
