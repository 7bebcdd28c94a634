// SPDX-License-Identifier: Apache-2.0
// An order is collected by its signed pass, over the real socket and without a line to the hub; the hand-over spends it.
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/pickup_pass.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "tests/edge/local_api/http_shop.hpp"
#include "tests/sync/rules/order_world.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using namespace vitrine::sync::rules::test;
using nlohmann::json;
namespace rules = vitrine::sync::rules;

namespace {

struct Collecting : HttpShop {
  Collecting() {
    fill();
    auto paid = two_lines(2, 2);
    paid.hold_until = UtcMs{utc_ms + 7 * 86'400'000LL};
    auto nobody = paid;
    nobody.code = "777777";
    nobody.buyer = sync::PickupPerson{"Bo", "", "", "en"};
    auto cancelled = paid;
    sync::Stock stock;
    stock.store = store;
    stock.sku = sync::Sku{"85123A"};
    stock.on_hand = 24;
    stock.counted_at = UtcMs{utc_ms - 86'400'000};
    stock.reservations.push_back(
        {sync::ReservationId{std::string(32, 'c')}, 2, UtcMs{utc_ms + 86'400'000}, "order/581235", std::nullopt});
    hub_puts({put("stock", "harbour-street/85123A", sync::protocol::encode_stock(stock), 2)});
    hub_puts({order("581234", {paid, rules::OrderPay{2'700}}), order("581235", {nobody, rules::OrderPay{2'700}}),
              order("581236", {cancelled, rules::OrderCancel{"buyer"}})});
    loop->step(daemon::HubDisconnected{});
    start();
  }

  sync::PageEntry order(const std::string& id, std::vector<rules::OrderOperation> acts) {
    std::optional<sync::Order> made;
    std::uint64_t n = 1;
    for (auto& act : acts) {
      auto after = rules::apply(made, act, {sync::OrderId{id}, transaction_id(n), 0, "platform", UtcMs{utc_ms - 1'000'000}});
      REQUIRE(after.has_value());
      made = std::move(*after);
      ++n;
    }
    return put("order", id, sync::protocol::encode_order(*made), 1);
  }
  Answer act(const std::string& action, json body, const std::string& order) {
    body["action"] = action;
    return post("/v1/orders/" + order + "/actions", body);
  }
  void make_ready(const std::string& order) {
    for (const int line : {1, 2}) REQUIRE(act("picked", {{"line", line}, {"units", 2}}, order).status == 200);
    REQUIRE(act("stage", {{"place", "C2"}}, order).status == 200);
  }
  sync::protocol::PickupPass pass(const std::string& order) {
    const UtcMs now{utc_ms.load() / 1000 * 1000};
    return {7, store, now, now.plus(7 * 86'400'000LL), sync::PassId{std::string(32, 'a')}, sync::OrderId{order}, false};
  }
  std::string text(const sync::protocol::PickupPass& pass) {
    const auto bytes = sync::protocol::sign_pickup_pass(pass, secret());
    REQUIRE(bytes);
    return sync::protocol::pass_link("https://shop.example/k", *bytes);
  }
  Answer show(const std::string& text, const std::string& phone = "") {
    json body = {{"pass", text}, {"device", "kiosk-1"}};
    if (!phone.empty()) body["phone_last2"] = phone;
    return post("/v1/pickups/open", body);
  }
};

json hand_over(int line, int units) { return {{"lines", {{{"line", line}, {"units", units}}}}, {"proof", "pass"}}; }

}  // namespace

TEST_CASE_FIXTURE(Collecting, "a pass opens its order with the second factor, and the hand-over spends it, in part too") {
  const std::string first = text(pass("581234"));
  CHECK(show(first, "41").code() == "order_not_ready");
  make_ready("581234");
  CHECK(show(first).body == json{{"needs", "phone"}, {"order", nullptr}, {"ahead", 0}});
  CHECK(act("hand_over", hand_over(1, 1), "581234").code() == "not_verified");
  CHECK(show(first, "42").code() == "phone_wrong");
  const Answer opened = show(first, "41");
  REQUIRE(opened.status == 200);
  CHECK(opened.body["order"] == "581234");
  CHECK(opened.body["status"] == "arrived");
  CHECK(opened.body.dump().find("Amelia") == std::string::npos);
  let_pass(5'000);
  REQUIRE(act("hand_over", hand_over(1, 2), "581234").body["status"] == "part_collected");
  const Answer spent = show(first, "41");
  CHECK(spent.status == 410);
  CHECK(spent.code() == "pass_spent");
  CHECK(act("hand_over", hand_over(2, 1), "581234").code() == "not_verified");
  // One that was made since collects the rest.
  let_pass(5'000);
  const std::string second = text(pass("581234"));
  CHECK(show(second, "41").status == 200);
  REQUIRE(act("hand_over", hand_over(2, 2), "581234").body["status"] == "collected");
  CHECK(show(second, "41").code() == "pass_spent");
}

TEST_CASE_FIXTURE(Collecting, "an order whose buyer left no phone opens by the pass alone; guessing at the second factor ends") {
  make_ready("581235");
  CHECK(show(text(pass("581235"))).body["order"] == "581235");
  make_ready("581234");
  const std::string stolen = text(pass("581234"));
  CHECK(show(stolen, "01").code() == "phone_wrong");
  CHECK(show(stolen, "02").code() == "phone_wrong");
  CHECK(show(stolen, "03").code() == "staff_check");
  CHECK(show(stolen, "41").code() == "staff_check");
  CHECK(show(stolen).code() == "staff_check");
}

TEST_CASE_FIXTURE(Collecting, "forged, altered, expired, foreign and unknown passes are refused by name and open nothing") {
  make_ready("581235");
  const std::size_t before = outbox_size();
  const auto code = [&](auto spoil) {
    auto spoilt = pass("581235");
    spoil(spoilt);
    return show(text(spoilt)).code();
  };
  CHECK(code([](auto& p) { p.store = sync::StoreId{"mill-lane"}; }) == "pass_foreign");
  CHECK(code([](auto& p) { p.expires_at = p.issued_at.plus(-1000), p.issued_at = p.issued_at.plus(-86'400'000); }) ==
        "pass_expired");
  CHECK(code([](auto& p) { p.issued_at = p.issued_at.plus(3'600'000); }) == "pass_not_yet");
  CHECK(code([](auto& p) { p.key_id = 8; }) == "pass_unknown_key");
  CHECK(code([](auto& p) { p.order = sync::OrderId{"999"}; }) == "order_unknown");
  CHECK(code([](auto& p) { p.order = sync::OrderId{"581236"}; }) == "order_cancelled");
  std::string altered = text(pass("581235"));
  altered[altered.size() - 40] = altered[altered.size() - 40] == '3' ? '4' : '3';
  const std::string why = show(altered).code();
  CHECK((why == "pass_forged" || why == "pass_malformed"));
  CHECK(show("4006381333931").code() == "pass_not_ours");
  CHECK(post("/v1/pickups/open", {{"pass", text(pass("581235"))}, {"code", "777777"}}).code() == "invalid_request");
  CHECK(post("/v1/pickups/open", {{"pass", std::string(5000, '1')}}).code() == "invalid_request");
  CHECK(outbox_size() == before);
  // Held to a reader that expects a cart, it says what it is; a cart's pass collects nothing.
  CHECK(post("/v1/passes/open", {{"text", text(pass("581235"))}}).code() == "pass_is_pickup");
  CHECK(show(pass_text(HttpShop::pass(unknown_cart, std::string(32, 'b')))).code() == "pass_malformed");
}

TEST_CASE_FIXTURE(Collecting, "goods that the web had promised for the order leave by that promise, once; others move") {
  const auto heart = [this] { return get("/v1/stock/85123A").body; };
  REQUIRE(heart()["reserved"] == 2);
  REQUIRE(heart()["on_hand"] == 24);
  make_ready("581235");
  REQUIRE(show(text(pass("581235"))).status == 200);
  REQUIRE(act("hand_over", hand_over(1, 2), "581235").status == 200);
  CHECK(heart()["on_hand"] == 22);
  CHECK(heart()["reserved"] == 0);
  CHECK(heart()["reservations"].empty());
}
