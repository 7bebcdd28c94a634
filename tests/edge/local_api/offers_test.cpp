// SPDX-License-Identifier: Apache-2.0
// Offers at the counter, over the real sockets: the best first with its reason, only while they agree to it, and kept quiet about
// when its time, its cap or its rest says so, with and without a line.
#include "sync/protocol/offer_codec.hpp"
#include "tests/edge/local_api/people_counter.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using namespace vitrine::edge::people;
using namespace vitrine::sync::rules;

namespace {

struct Offers : ConnectedCounter {
  std::string look_up;

  Offers() {
    hub_puts({put("offer", maya.text + "/" + event_id(1), offer(300, 2, 7)),
              put("offer", maya.text + "/" + event_id(2), offer(900, 1, 0)),
              put("offer", maya.text + "/" + event_id(3), offer(500, 1, 0, "GONE1")),
              put("offer", maya.text + "/" + event_id(4), offer(800, 1, 0, "", 0)),
              put("offer", maya.text + "/2/" + event_id(5), offer(999, 1, 0))});
    look_up = open();
  }
  [[nodiscard]] std::string offer(std::int64_t score, std::int64_t times, std::int64_t rest_days,
                                  const std::string& sku = "85123A", std::int64_t days = 20) const {
    OfferPut said{{},        {}, {{"en", "Goes with what they bought."}}, score, UtcMs{0}, UtcMs{utc_ms + days * day_ms}, times,
                  rest_days, ""};
    if (!sku.empty()) said.sku = sync::Sku{sku};
    if (sku.empty()) said.title = {{"en", "A baking evening"}};
    ApplyContext context;
    context.transaction = sync::TransactionId{event_id(9)};
    context.at = UtcMs{utc_ms.load() - hour_ms};
    return sync::protocol::encode_offer(*apply(std::nullopt, maya, said, context));
  }
  Answer tell(int number, const std::string& what, int request = 0) {
    return post("/v1/customers/" + look_up + "/offers/" + event_id(number) + "/actions", {{"action", what}}, request);
  }
  std::vector<std::string> shown() {
    std::vector<std::string> ids;
    const json body = panel(look_up, "offers").body;
    if (body["state"] != "shown") return {"no_consent"};
    for (const json& one : body["offers"]) ids.push_back(one["offer"]);
    return ids;
  }
};

}  // namespace

TEST_CASE_FIXTURE(Offers, "what may please them, the best first, with its reason, and only while they agree to it") {
  CHECK(shown() == std::vector<std::string>{"no_consent"});
  CHECK(tell(2, "taken").code() == "not_shared");
  CHECK(audit_lines().back() == "1001 counter-1 customers.view " + tag + "/offers no_consent");
  REQUIRE(say(look_up, "personalisation", "granted").status == 200);
  // What is over, of a product that this shop does not have, or of somebody whose number begins alike is not among them.
  CHECK(shown() == std::vector<std::string>{event_id(2), event_id(1)});
  const json best = panel(look_up, "offers").body["offers"][0];
  CHECK(best["why"]["en"] == "Goes with what they bought.");
  CHECK(best["product"]["sku"] == "85123A");
  CHECK(best["title"]["en"].get<std::string>().size() > 3);
  CHECK(best.dump().find(maya.text) == std::string::npos);
  CHECK(audit_lines().back() == "1001 counter-1 customers.view " + tag + "/offers seen");
  REQUIRE(say(look_up, "personalisation", "withdrawn").status == 200);
  CHECK(shown() == std::vector<std::string>{"no_consent"});
  CHECK(tell(2, "taken").code() == "not_shared");
}

TEST_CASE_FIXTURE(Offers,
                  "what came of it is written down once; taken it is over, not now it rests, and its cap holds without a line") {
  REQUIRE(say(look_up, "personalisation", "granted").status == 200);
  inbox.push_notice(daemon::HubDisconnected{});
  const Answer taken = tell(2, "taken", 700);
  REQUIRE(taken.status == 200);
  CHECK(taken.body["offers"].size() == 1);
  CHECK(tell(2, "taken", 700).status == 200);  // the same request
  CHECK(tell(2, "declined").code() == "offer_over");
  CHECK(tell(4, "taken").code() == "offer_over");  // its time had run out
  CHECK(tell(99, "taken").code() == "offer_unknown");
  CHECK(tell(1, "perhaps").code() == "invalid_request");
  CHECK(std::ranges::count(audit_lines(), "1001 counter-1 customers.offer " + tag + "/" + event_id(2) + " taken") == 1);
  REQUIRE(tell(1, "not_now").status == 200);
  CHECK(shown().empty());
  const json measures = fetch(operator_, "/v1/measures").body["all"]["measures"];
  CHECK(measures["offers"] == 2);
  CHECK(measures["offers_taken"] == 1);
  let_pass(7 * day_ms);
  look_up = open();
  CHECK(shown() == std::vector<std::string>{event_id(1)});
  REQUIRE(tell(1, "not_now").status == 200);
  let_pass(8 * day_ms);
  look_up = open();
  CHECK(shown().empty());  // twice at most
  CHECK(tell(1, "not_now").code() == "offer_over");
}
