// SPDX-License-Identifier: Apache-2.0
// A shopper's own choices at a kiosk, over the real sockets, without a line to the hub: theirs alone who has just shown the code
// of their cart there, with a receipt, and each look and each change in the audit.
#include "tests/edge/local_api/people_counter.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using namespace vitrine::edge::people;

namespace {

const CustomerId amelia{"amelia"};
const std::string amelia_tag = sync::protocol::customer_tag(sync::DigestKey{}, amelia);

struct Kiosk : Counter {
  explicit Kiosk(bool connected = false) : Counter(connected) {}
  Answer scan(char id = 'b', const std::string& device = "kiosk-1") {
    return post("/v1/passes/open", {{"device", device}, {"text", pass_text(pass(test_cart, std::string(32, id)))}});
  }
  Answer choices(const std::string& device = "kiosk-1", const std::string& cart = test_cart) {
    return post("/v1/carts/" + cart + "/choices", {{"device", device}});
  }
  Answer choose(const std::string& what, const std::string& state, const json& shown = json::array(), int request = 0,
                const std::string& device = "kiosk-1") {
    json body = {{"device", device}, {"purpose", what}, {"state", state}};
    if (state == "granted") body["shown"] = shown;
    return post("/v1/carts/" + test_cart + "/consents", body, request);
  }
  static json of(const Answer& answer, const std::string& what) {
    for (const json& one : answer.body.value("consents", json::array())) {
      if (one["purpose"] == what) return one;
    }
    return {};
  }
};
struct ConnectedKiosk : Kiosk {
  ConnectedKiosk() : Kiosk(true) {}
};

}  // namespace

TEST_CASE_FIXTURE(Kiosk, "who has just shown the code of their cart sees what they agreed to, changes it, and has a receipt") {
  const Answer cart = scan();
  REQUIRE(cart.status == 200);
  CHECK(cart.body["has_choices"] == true);
  const Answer seen = choices();
  REQUIRE(seen.status == 200);
  REQUIRE(seen.body["consents"].size() == 7);
  CHECK(of(seen, "marketing_post")["state"] == "never_said");
  const std::size_t before = outbox_size();
  const Answer on = choose("marketing_post", "granted", json::array(), 900);
  REQUIRE(on.status == 200);
  CHECK(on.body["receipt"]["number"] == test_request(900));
  CHECK(on.body["receipt"]["state"] == "granted");
  CHECK(on.body["receipt"]["store"] == store.text);
  CHECK(of(on, "marketing_post")["state"] == "granted");
  CHECK(of(on, "marketing_post")["source"] == "kiosk");
  CHECK(choose("marketing_post", "granted", json::array(), 900).status == 200);  // repeated: once
  CHECK(outbox_size() == before + 1);
  const Answer off = choose("marketing_post", "withdrawn");
  CHECK(off.body["receipt"]["state"] == "withdrawn");
  CHECK(of(off, "marketing_post")["state"] == "withdrawn");
  // Undone: the grant names the withdrawal that the answer showed, and one that names none is refused.
  const Answer blind = choose("marketing_post", "granted");
  CHECK(blind.status == 409);
  CHECK(blind.code() == "consent_withdrawn");
  CHECK(of(choose("marketing_post", "granted", of(off, "marketing_post")["shown"]), "marketing_post")["state"] == "granted");
  for (const Answer* one : {&seen, &on, &off}) {
    CHECK(one->body.dump().find("Amelia") == std::string::npos);
    CHECK(one->body.dump().find("amelia") == std::string::npos);
  }
}

TEST_CASE_FIXTURE(Kiosk, "each look and each change stands in the audit, with the kiosk, a hash and no member of staff") {
  REQUIRE(scan().status == 200);
  REQUIRE(choices().status == 200);
  REQUIRE(choose("history", "granted").status == 200);
  const std::string view = " kiosk-1 customers.view " + amelia_tag + "/consents seen";
  const std::vector<std::string> expected = {view, " kiosk-1 customers.consent " + amelia_tag + "/history granted", view};
  CHECK(audit_lines() == expected);
}

TEST_CASE_FIXTURE(Kiosk, "a choice made at the kiosk is in force at the counter at once, and the other way round") {
  REQUIRE(scan().status == 200);
  const std::string look_up = find("pass", pass_text(pass(test_cart, std::string(32, 'c')))).body.value("look_up", "");
  CHECK(panel(look_up, "timeline").body["state"] == "no_consent");
  REQUIRE(choose("history", "granted").status == 200);
  CHECK(panel(look_up, "timeline").body["state"] == "shown");
  CHECK(purpose(look_up, "history")["source"] == "kiosk");
  REQUIRE(choose("history", "withdrawn").status == 200);
  CHECK(panel(look_up, "timeline").body["state"] == "no_consent");
  REQUIRE(say(look_up, "profiling", "granted").status == 200);
  CHECK(of(choices(), "profiling")["source"] == "counter");
}

TEST_CASE_FIXTURE(Kiosk, "without the cart's own code, read last, at this kiosk, within a quarter of an hour, nothing is told") {
  const auto closed = [&](const Answer& answer) { return answer.status == 403 && answer.code() == "pass_needed"; };
  CHECK(closed(choices()));
  CHECK(closed(choose("history", "withdrawn")));
  REQUIRE(scan().status == 200);
  CHECK(closed(choices("kiosk-2")));
  CHECK(closed(choices("kiosk-1", unknown_cart)));
  CHECK(choices("kiosk-1", "nonsense").code() == "cart_unknown");
  REQUIRE(choices().status == 200);
  SUBCASE("its time is over") {
    let_pass(15L * 60'000);
    CHECK(closed(choices()));
    REQUIRE(scan().status == 200);  // the same code again
    CHECK(choices().status == 200);
  }
  SUBCASE("something that opens no cart was held to the reader") {
    CHECK(post("/v1/passes/open", {{"device", "kiosk-1"}, {"text", "hello"}}).status != 200);
    CHECK(closed(choices()));
    CHECK(closed(choose("history", "withdrawn")));
  }
  SUBCASE("a change that was made is answered again, and none is made by it") {
    const Answer first = choose("history", "withdrawn", json::array(), 900);
    REQUIRE(first.status == 200);
    CHECK(post("/v1/passes/open", {{"device", "kiosk-1"}, {"text", "hello"}}).status != 200);
    const std::size_t before = outbox_size();
    const Answer again = choose("history", "withdrawn", json::array(), 900);
    CHECK(again.status == 200);
    CHECK(again.body["receipt"]["number"] == first.body["receipt"]["number"]);
    CHECK(outbox_size() == before);
    CHECK(closed(choose("history", "withdrawn", json::array(), 901)));
    return;
  }
  SUBCASE("an order is collected there") {
    CHECK(post("/v1/pickups/open", {{"device", "kiosk-1"}, {"code", "000000"}}).status != 200);
    CHECK(closed(choices()));
  }
  SUBCASE("another kiosk has read it too") {
    REQUIRE(scan('c', "kiosk-2").status == 200);
    CHECK(choices("kiosk-2").status == 200);
    CHECK(choices().status == 200);
  }
  for (const auto& line : audit_lines()) CHECK(line.find("customers.consent") == std::string::npos);
}

TEST_CASE_FIXTURE(Kiosk, "a counter that opened the cart, a till and a counter that asks are refused; bad bodies are named") {
  REQUIRE(post("/v1/passes/open", {{"text", pass_text(pass(test_cart, std::string(32, 'b')))}}).status == 200);
  CHECK(choices("counter-1").code() == "device_refused");
  CHECK(choices("till-1").code() == "device_refused");
  CHECK(choose("history", "granted", json::array(), 0, "counter-1").code() == "device_refused");
  CHECK(choices().code() == "pass_needed");
  REQUIRE(scan().status == 200);
  CHECK(send(kiosk, "/v1/carts/" + test_cart + "/choices", {{"device", "Kiosk One"}}).code() == "invalid_request");
  CHECK(choose("gossip", "granted").code() == "invalid_request");
  CHECK(choose("history", "perhaps").code() == "invalid_request");
  CHECK(post("/v1/carts/" + test_cart + "/consents", {{"device", "kiosk-1"}, {"purpose", "history"}, {"state", "granted"}})
            .code() == "invalid_request");
}

TEST_CASE_FIXTURE(ConnectedKiosk,
                  "a withdrawal that comes meanwhile refuses the old screen's grant; who leaves the store is not told of") {
  REQUIRE(scan().status == 200);
  REQUIRE(choices().status == 200);
  sync::ConsentRegister said{amelia, {}};
  said.purposes["marketing_email"].withdrawals = {{"phone", {UtcMs{utc_ms}, std::string(32, 'f') + ".0"}}};
  hub_puts({put("consent", amelia.text, sync::protocol::encode_consents(said), 2)});
  CHECK(soon([&] { return of(choices(), "marketing_email")["state"] == "withdrawn"; }));
  CHECK(choose("marketing_email", "granted").code() == "consent_withdrawn");
  // Their time here is over: the cart is as it was, and nothing of them is told any more.
  hub_puts({put("customer", amelia.text, customer(amelia.text, "Amelia", "FB 0077777-7", utc_ms - 1), 2)});
  CHECK(soon([&] { return choices().code() == "customer_unknown"; }));
  CHECK(choose("marketing_email", "withdrawn").status == 404);
  CHECK(scan().body["has_choices"] == false);
}
