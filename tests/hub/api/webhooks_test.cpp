// SPDX-License-Identifier: Apache-2.0
// What an order's change makes of news, when it is written, what goes out, and when it is given up.
#include <sodium.h>

#include "hub/api/cloud_event.hpp"
#include "hub/database/open.hpp"
#include "hub/database/order_news.hpp"
#include "hub/database/webhooks.hpp"
#include "sync/protocol/case_codec.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/request_codec.hpp"
#include "sync/rules/order.hpp"
#include "tests/hub/api/platform_client.hpp"

using namespace vitrine;
using hub::database::Webhooks;
using nlohmann::json;
using test::credential;
using test::order_row;
using test::Platform;
using test::ServingHub;
namespace rules = vitrine::sync::rules;

namespace {

// Types of what waits for the endpoint, in order.
std::vector<std::string> types(ServingHub& hub) {
  auto reader = hub::database::open_hub_reader(hub.folder.database());
  REQUIRE(reader);
  std::vector<std::string> words;
  for (const auto& one : Webhooks(**reader).in_state("waiting", 100))
    words.insert(words.begin(), one.type.substr(std::string("io.vitrine.order.").size()));
  return words;
}

// What the store says of an order, as the hub applies it.
void at_order(ServingHub& hub, const std::vector<rules::OrderOperation>& operations) {
  const auto done = hub.engine->transact([&](hub::Desk& desk) {
    for (const auto& operation : operations) {
      sync::ends::HubAction action{sync::TransactionId{test::HubFolder::chance().hex_128()}, "counter-1", {}};
      action.operations.push_back(sync::protocol::encode_order_operation(sync::OrderId{"W1"}, operation));
      action.operations.back().salt = test::HubFolder::chance().hex_128();
      CHECK(desk.end.perform(action, desk.now).what == sync::ends::HubPerformed::What::done);
    }
  });
  REQUIRE(done);
}

const sync::StoreId harbour{"harbour-street"};

}  // namespace

TEST_CASE("each state that an order comes to is one event, and what changes nothing of it is none") {
  ServingHub hub;
  Platform shop(hub, credential(hub, "shop"));
  // Before there is an endpoint nothing is kept.
  REQUIRE(shop.push("orders", {order_row("W0", 1, "85123A", 1)}).status == 200);
  REQUIRE(hub.folder.run(hub::webhook, {"add", "mail", "https://mail.example/vitrine"}));
  REQUIRE(shop.push("orders", {order_row("W1", 1, "85123A", 2)}).status == 200);
  REQUIRE(shop.push("orders", {order_row("W1", 1, "85123A", 2)}).status == 200);
  CHECK(types(hub) == std::vector<std::string>{"placed"});
  CHECK(shop.act("W1", {{"action", "pay"}, {"minor", 500}}).status == 200);
  at_order(hub, {rules::OrderPicked{1, 2, 0}, rules::OrderStage{"C2"}, rules::OrderStage{"C3"}, rules::OrderArrive{"kiosk-1"}});
  at_order(hub, {rules::OrderHold{std::nullopt, true}});
  at_order(hub, {rules::OrderHandOver{harbour, {{1, 2}}, "pass", false}});
  CHECK(types(hub) == std::vector<std::string>{"placed", "picking", "ready", "arrived", "reminded", "collected"});

  sync::Order order;
  order.revision = 1;
  order.lines.push_back({1, sync::Sku{"85123A"}, 1, 100, 0, {}, std::nullopt, std::nullopt});
  sync::Order gone = order;
  gone.released = sync::OrderReason{"no_show", {UtcMs{1}, "a.0"}};
  CHECK(hub::database::news_between(order, gone) == std::vector<std::string_view>{"no_show"});
  sync::Order asked = order;
  asked.cancel_requested = sync::OrderReason{"buyer", {UtcMs{1}, "a.0"}};
  CHECK(hub::database::news_between(order, asked) == std::vector<std::string_view>{"cancel_asked"});
  CHECK(hub::database::news_between(asked, asked).empty());
  // What is missing is said when it is found to be, and what the buyer wants instead each time that it is another thing.
  sync::Order lacking = order;
  lacking.lines[0].tally.missing = 1;
  CHECK(hub::database::news_between(order, lacking) == std::vector<std::string_view>{"missing"});
  CHECK(hub::database::news_between(lacking, lacking).empty());
  sync::Order waits = lacking;
  waits.lines[0].choice = sync::OrderChoice{sync::OrderChoice::What::wait, 1, {}, {UtcMs{1}, "a.0"}};
  CHECK(hub::database::news_between(lacking, waits) == std::vector<std::string_view>{"chosen"});
  sync::Order paid_back = waits;
  paid_back.lines[0].choice = sync::OrderChoice{sync::OrderChoice::What::refund, 1, {}, {UtcMs{2}, "b.0"}};
  CHECK(hub::database::news_between(waits, paid_back) == std::vector<std::string_view>{"chosen", "released"});
  sync::Order unwanted = order;
  unwanted.lines[0].ordered = unwanted.lines[0].tally.picked = 2;
  sync::Order refused = unwanted;
  refused.lines[0].tally.refused = 1;
  CHECK(hub::database::news_between(unwanted, refused) == std::vector<std::string_view>{"refused"});
  // What came back is said each time, until all of it is.
  sync::Order bought = order;
  bought.lines[0].tally.picked = bought.lines[0].tally.handed = bought.lines[0].ordered = 2;
  sync::Order part = bought;
  part.lines[0].tally.returned = 1;
  CHECK(hub::database::news_between(bought, part) == std::vector<std::string_view>{"part_returned"});
  sync::Order all = part;
  all.lines[0].tally.returned = 2;
  CHECK(hub::database::news_between(part, all) == std::vector<std::string_view>{"returned"});
  all.lines[0].tally.returned = 3;
  CHECK(hub::database::news_between(part, all) == std::vector<std::string_view>{"exception"});
  CHECK(hub::database::news_between(std::nullopt, gone) == std::vector<std::string_view>{"placed", "no_show"});
}

TEST_CASE("a conversation that somebody in a store answers or closes is an event, by the platform's name of it and of nobody") {
  using sync::rules::CaseClose;
  using sync::rules::CaseNote;
  using sync::rules::CaseOpen;
  ServingHub hub;
  REQUIRE(hub.folder.run(hub::webhook, {"add", "mail", "https://mail.example/vitrine"}));
  const sync::CustomerId maya{"12348"};
  const sync::CaseId id{std::string(32, 'b')};
  int stamp = 0;
  const auto say = [&](const sync::CaseId& to, const std::vector<sync::rules::CaseOperation>& operations) {
    REQUIRE(hub.engine->transact([&](hub::Desk& desk) {
      for (const auto& operation : operations) {
        sync::ends::HubAction action{
            sync::TransactionId{test::HubFolder::chance().hex_128()}, "counter-1", {}, UtcMs{desk.now.utc.value + ++stamp}};
        action.operations.push_back(sync::protocol::encode_case_operation(maya, to, operation));
        action.operations.back().salt = test::HubFolder::chance().hex_128();
        CHECK(desk.end.perform(action, desk.now).what == sync::ends::HubPerformed::What::done);
      }
    }));
  };
  const auto waiting = [&] {
    auto reader = hub::database::open_hub_reader(hub.folder.database());
    std::vector<std::string> words;
    for (const auto& one : Webhooks(**reader).in_state("waiting", 100)) words.insert(words.begin(), one.type + " " + one.subject);
    return words;
  };
  say(id, {CaseOpen{"chat", "Cake stand", harbour, "C-1"}, CaseNote{true, "", {}, "Is it dishwasher safe?"}});
  CHECK(waiting().empty());
  say(id, {CaseNote{false, "Web team", {}, "We ask the store."}});  // the platform's own words are no news to it
  CHECK(waiting().empty());
  say(id, {CaseNote{false, "Nadia K.", harbour, "No, by hand."}});
  CHECK(waiting() == std::vector<std::string>{"io.vitrine.case.answered C-1"});
  auto reader = hub::database::open_hub_reader(hub.folder.database());
  const auto document = hub::database::SqlAuthority(**reader).document(sync::protocol::case_key(maya, id));
  REQUIRE(document.has_value());
  const auto read = sync::protocol::decode_case(document->body.value_or(""));
  REQUIRE(read.has_value());
  say(id, {CaseClose{"answered", "Nadia K.", harbour, {read->messages.front().stamp}}});
  CHECK(waiting() == std::vector<std::string>{"io.vitrine.case.answered C-1", "io.vitrine.case.closed C-1"});
  // A note of staff alone is nobody's conversation.
  say(sync::CaseId{std::string(32, 'c')}, {CaseNote{false, "Nadia K.", harbour, "Prefers bags."}});
  CHECK(waiting().size() == 2);
  const auto due = Webhooks(**reader).due("mail", hub.folder.now().utc.plus(60'000));
  REQUIRE(due.has_value());
  const json body = json::parse(hub::api::cloud_event(due->event, "https://shop.example"));
  CHECK(body["data"] == json{{"case", "C-1"}, {"state", "open"}, {"store", "harbour-street"}});
  CHECK(body.dump().find("12348") == std::string::npos);
}

TEST_CASE(
    "a request for a person is an event when somebody asks, goes there, puts it back, ends it; and says of nobody who asks") {
  using sync::rules::RequestTake;
  ServingHub hub;
  REQUIRE(hub.folder.run(hub::webhook, {"add", "mail", "https://mail.example/vitrine"}));
  const sync::RequestId id{std::string(32, 'd')};
  int stamp = 0;
  const auto say = [&](const sync::rules::RequestOperation& operation) {
    REQUIRE(hub.engine->transact([&](hub::Desk& desk) {
      sync::ends::HubAction action{
          sync::TransactionId{test::HubFolder::chance().hex_128()}, "kiosk-1", {}, UtcMs{desk.now.utc.value + ++stamp}};
      action.operations.push_back(sync::protocol::encode_request_operation(harbour, id, operation));
      action.operations.back().salt = test::HubFolder::chance().hex_128();
      CHECK(desk.end.perform(action, desk.now).what == sync::ends::HubPerformed::What::done);
    }));
  };
  say(sync::rules::RequestRaise{"kiosk-1", "by the stairs", "en", "cart/" + std::string(32, 'e')});
  say(sync::rules::RequestSay{"finding"});  // no other state, and no event
  say(RequestTake{"1001", 2});
  say(RequestTake{"1001", 5});  // later than they said: they still come
  say(RequestTake{});
  say(RequestTake{"1002", 1});
  say(sync::rules::RequestEnd{"helped"});
  auto reader = hub::database::open_hub_reader(hub.folder.database());
  std::vector<std::string> words;
  for (const auto& one : Webhooks(**reader).in_state("waiting", 100)) {
    CHECK(one.subject == id.text);
    words.insert(words.begin(), one.type.substr(std::string_view("io.vitrine.request.").size()));
  }
  CHECK(words == std::vector<std::string>{"waiting", "taken", "waiting", "taken", "ended"});
  const auto due = Webhooks(**reader).due("mail", hub.folder.now().utc.plus(60'000));
  REQUIRE(due.has_value());
  const json body = json::parse(hub::api::cloud_event(due->event, "https://shop.example"));
  CHECK(body["data"] == json{{"request", id.text}, {"state", "waiting"}, {"store", "harbour-street"}});
}

TEST_CASE("an event is there exactly when its change is: a transaction that is rolled back leaves none") {
  ServingHub hub;
  REQUIRE(hub.folder.run(hub::webhook, {"add", "mail", "https://mail.example/vitrine"}));
  auto connection = hub::database::open_hub_database(hub.folder.database(), test::HubFolder::chance(), hub.folder.now().utc);
  REQUIRE(connection);
  hub::database::SqlAuthority authority(**connection);
  const auto place = [&] {
    rules::OrderPlaced placed;
    placed.currency = "GBP";
    placed.channel = "web";
    placed.lines = {{1, sync::Sku{"85123A"}, 1, 100}};
    const auto order =
        rules::apply(std::nullopt, placed, {sync::OrderId{"W1"}, sync::TransactionId{std::string(32, 'a')}, 0, "x", UtcMs{5}});
    REQUIRE(order);
    authority.begin();
    authority.put_document({{"order", "W1"}, {{1, 1}, {}}, sync::protocol::encode_order(*order)});
  };
  place();
  authority.rollback();
  CHECK(types(hub).empty());
  place();
  REQUIRE_FALSE(authority.commit());
  CHECK(types(hub) == std::vector<std::string>{"placed"});
}

TEST_CASE("an event is a CloudEvent with a signature that the receiver can check, and names nobody") {
  const hub::database::WebhookEvent event{
      7, std::string(32, 'c'), "W1", "io.vitrine.order.ready", "ready", "harbour-street", UtcMs{1'763'800'000'123}};
  const std::string body = hub::api::cloud_event(event, "https://shop.example");
  CHECK(json::parse(body) == json{{"specversion", "1.0"},
                                  {"id", std::string(32, 'c')},
                                  {"source", "https://shop.example"},
                                  {"type", "io.vitrine.order.ready"},
                                  {"subject", "W1"},
                                  {"time", "2025-11-22T08:26:40.123Z"},
                                  {"datacontenttype", "application/json"},
                                  {"sequence", "7"},
                                  {"data", {{"order", "W1"}, {"state", "ready"}, {"store", "harbour-street"}}}});
  // The example of the Standard Webhooks specification.
  std::string secret(24, '\0');
  std::size_t size = 0;
  REQUIRE(sodium_base642bin(reinterpret_cast<unsigned char*>(secret.data()), secret.size(), "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                            32, nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL) == 0);
  CHECK(hub::api::webhook_secret_text(secret) == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  CHECK(hub::api::webhook_signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})") ==
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_CASE("a try that fails is made again later and later, never at the same moment for all, and given up after its time") {
  const auto chance = test::HubFolder::chance();
  constexpr std::int64_t give_up_ms = 3'600'000;
  hub::database::DueDelivery delivery;
  UtcMs now{1'000'000};
  std::int64_t last_pause = 0;
  std::set<std::int64_t> first_pauses;
  for (int i = 0; i < 50; ++i)
    first_pauses.insert(hub::api::after_try(delivery, "status_500", give_up_ms, chance, now).next_at.value - now.value);
  CHECK(first_pauses.size() > 10);
  CHECK(*first_pauses.begin() >= 500);
  CHECK(*first_pauses.rbegin() <= 1000);
  int tries = 0;
  for (hub::database::DeliveryEnd end{"waiting", 0, {}, {}, ""}; end.state == "waiting"; ++tries) {
    end = hub::api::after_try(delivery, "no_answer", give_up_ms, chance, now);
    last_pause = end.next_at.value - now.value;
    CHECK(last_pause <= 600'000);
    delivery.tries = end.tries;
    delivery.began_at = end.began_at;
    if (end.state == "dead") break;
    now = end.next_at;
    REQUIRE(tries < 100);
  }
  CHECK(last_pause >= 300'000);
  CHECK(now.value - 1'000'000 <= give_up_ms);
  CHECK(now.value - 1'000'000 > give_up_ms - 600'000);
  CHECK(hub::api::after_try(delivery, "", give_up_ms, chance, now).state == "sent");
}

TEST_CASE("events of one order go one after the other, others do not wait for them; what is dead is listed and replayed") {
  ServingHub hub;
  REQUIRE(hub.folder.run(hub::webhook, {"add", "mail", "https://mail.example/vitrine"}));
  CHECK(hub.folder.out().starts_with("whsec_"));
  CHECK_FALSE(hub.folder.run(hub::webhook, {"add", "mail", "https://mail.example/vitrine"}));
  for (const char* wrong : {"http://mail.example/", "ftp://x", "https://", "https:///x", "https://user@x/", "https://x/#a",
                            "http://127.0.0.1.evil.example/"})
    CHECK_FALSE(hub.folder.run(hub::webhook, {"add", "other", wrong}));
  Platform shop(hub, credential(hub, "shop"));
  REQUIRE(shop.push("orders", {order_row("W1", 1, "85123A", 2)}).status == 200);
  at_order(hub, {rules::OrderPicked{1, 2, 0}});
  REQUIRE(shop.push("orders", {order_row("W2", 1, "85123A", 2)}).status == 200);

  const auto due = [&] {
    auto reader = hub::database::open_hub_reader(hub.folder.database());
    REQUIRE(reader);
    return Webhooks(**reader).due("mail", hub.folder.now().utc);
  };
  const auto end = [&](std::int64_t seq, const std::string& state, std::int64_t in_ms) {
    const auto done = hub.engine->transact([&](hub::Desk& desk) {
      Webhooks(desk.authority.connection()).end("mail", seq, {state, 1, desk.now.utc, desk.now.utc.plus(in_ms), "status_500"});
    });
    REQUIRE(done);
  };
  const auto first = due();
  REQUIRE(first);
  CHECK(first->event.type == "io.vitrine.order.placed");
  end(first->event.seq, "waiting", 60'000);
  const auto second = due();  // not picking of W1, which waits for its placed
  REQUIRE(second);
  CHECK(second->event.subject == "W2");
  end(second->event.seq, "sent", 0);
  CHECK_FALSE(due());
  hub.folder.ahead_ms = 61'000;
  CHECK(due()->event.seq == first->event.seq);
  end(first->event.seq, "dead", 0);
  CHECK(due()->event.type == "io.vitrine.order.picking");
  end(due()->event.seq, "sent", 0);
  REQUIRE(hub.folder.run(hub::webhook, {"events", "dead"}));
  CHECK(hub.folder.out().find(first->event.id + "  io.vitrine.order.placed  W1  tries 1, status_500") != std::string::npos);
  REQUIRE(hub.folder.run(hub::webhook, {"list"}));
  CHECK(hub.folder.out().find("waiting 0, dead 1") != std::string::npos);
  REQUIRE(hub.folder.run(hub::webhook, {"replay", "mail", "dead"}));
  CHECK(due()->event.id == first->event.id);  // under the id that it had
  end(first->event.seq, "sent", 0);
  REQUIRE(hub.folder.run(hub::webhook, {"replay", "mail", second->event.id}));
  CHECK(due()->event.id == second->event.id);
  CHECK_FALSE(hub.folder.run(hub::webhook, {"replay", "mail", "nothing"}));
  REQUIRE(hub.folder.run(hub::webhook, {"remove", "mail"}));
  CHECK_FALSE(due());
}
