// SPDX-License-Identifier: Apache-2.0
// Conversations at the counter, over the real sockets: what waits for the store is in the queue without a name, each step is
// written down, nobody takes what another has, nothing unseen is closed, and what is not shared is neither shown nor added to.
#include "sync/protocol/case_codec.hpp"
#include "tests/edge/local_api/people_counter.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using namespace vitrine::edge::people;
using namespace vitrine::sync::rules;

namespace {

const std::string chat(32, 'c');
const std::string old_chat(32, 'd');

struct Talk {
  std::optional<sync::Case> one;
  int said = 0;
  Talk& say(const CaseOperation& operation, std::int64_t at) {
    ApplyContext context;
    context.transaction = sync::TransactionId{event_id(7000 + ++said)};
    context.at = UtcMs{at};
    one = apply(one, maya, operation, context);
    return *this;
  }
  [[nodiscard]] std::string body() const { return sync::protocol::encode_case(*one); }
};

struct Cases : ConnectedCounter {
  Talk waiting, over;
  Cases() {
    const sync::StoreId here{"harbour-street"};
    waiting.say(CaseOpen{"chat", "Cake stand", here}, utc_ms - 50 * 60'000)
        .say(CaseNote{true, "", {}, "Is it dishwasher safe?"}, utc_ms - 50 * 60'000);
    over.say(CaseOpen{"email", "Wrapping", {}}, utc_ms - 5 * day_ms)
        .say(CaseNote{true, "", {}, "Can it be wrapped?"}, utc_ms - 5 * day_ms)
        .say(CaseNote{false, "Web team", {}, "Yes."}, utc_ms - 4 * day_ms)
        .say(CaseClose{"answered", "Web team", {}, {over.one->messages.front().stamp}}, utc_ms - 4 * day_ms);
    hub_puts({put("case", maya.text + "/" + chat, waiting.body()), put("case", maya.text + "/" + old_chat, over.body())});
    REQUIRE(soon([&] { return queue().size() == 1; }));
  }
  void hub_has(std::uint64_t number) { hub_puts({put("case", maya.text + "/" + chat, waiting.body(), number)}); }
  Answer opens(const std::string& id = chat) { return post("/v1/cases/" + id + "/look-ups", json::object()); }
  std::string handle() { return opens().body.value("look_up", ""); }
  Answer acts(const std::string& look_up, const json& body, int request = 0, const std::string& id = chat) {
    return post("/v1/customers/" + look_up + "/cases/" + id + "/actions", body, request);
  }
  Answer notes(const std::string& look_up, const std::string& text) {
    return post("/v1/customers/" + look_up + "/cases", {{"text", text}});
  }
  json queue() { return get("/v1/cases").body["cases"]; }
  std::string metrics() {
    httplib::Client plain(operator_socket());
    plain.set_address_family(AF_UNIX);
    return plain.Get("/metrics")->body;
  }
};
}  // namespace

TEST_CASE_FIXTURE(Cases,
                  "what waits for the store is in the queue without a name; who opens it is written down, and sees whose it is") {
  const json waits = queue();
  REQUIRE(waits.size() == 1);
  CHECK(waits[0]["case"] == chat);
  CHECK(waits[0]["channel"] == "chat");
  CHECK(waits[0]["language"] == "en");
  CHECK(waits[0]["owner"].is_null());
  CHECK(waits[0].dump().find("Cake") == std::string::npos);
  CHECK(waits[0].dump().find(maya.text) == std::string::npos);
  CHECK(audit_lines().empty());
  const Answer opened = opens();
  REQUIRE(opened.status == 200);
  CHECK(opened.body["customer"]["name"] == "M…");
  CHECK(audit_lines() == std::vector<std::string>{"1001 counter-1 customers.look_up " + tag + "/case seen",
                                                  "1001 counter-1 customers.view " + tag + "/head seen"});
  const std::string look_up = opened.body["look_up"];
  const json cases = panel(look_up, "cases").body["cases"];
  REQUIRE(cases.size() == 1);
  CHECK(cases[0]["summary"] == "Cake stand");
  CHECK(cases[0]["messages"][0]["text"] == "Is it dishwasher safe?");
  CHECK(audit_lines().back() == "1001 counter-1 customers.view " + tag + "/cases seen");
  // It waits for this store, and needs no consent; what is over does.
  CHECK(panel(look_up, "conversations").body["state"] == "no_consent");
  CHECK(opens(old_chat).code() == "case_closed");
  CHECK(opens(std::string(32, 'f')).code() == "case_unknown");
  CHECK(opens("12348").code() == "case_unknown");
}

TEST_CASE_FIXTURE(Cases, "who waits longest for a word of the store stands first in the queue; who has had one stands last") {
  const sync::StoreId here{"harbour-street"};
  const std::string longest(32, 'e'), answered(32, 'f');
  const std::int64_t hour = 3'600'000;
  Talk asks, told;
  asks.say(CaseOpen{"email", "Lid", here}, utc_ms - 2 * hour)
      .say(CaseNote{true, "", {}, "Is there a lid?"}, utc_ms - 2 * hour)
      .say(CaseNote{false, "Web team", {}, "The store will know."}, utc_ms - hour);
  told.say(CaseOpen{"chat", "Bags", here}, utc_ms - 5 * hour)
      .say(CaseNote{true, "", {}, "Have you bags?"}, utc_ms - 5 * hour)
      .say(CaseNote{false, "Grace M.", here, "Yes."}, utc_ms - 4 * hour);
  hub_puts({put("case", maya.text + "/" + longest, asks.body()), put("case", maya.text + "/" + answered, told.body())});
  REQUIRE(soon([&] { return queue().size() == 3; }));
  const auto order = [&] {
    std::vector<std::string> ids;
    for (const json& one : queue()) ids.push_back(one["case"]);
    return ids;
  };
  CHECK(order() == std::vector<std::string>{longest, chat, answered});
  CHECK(queue()[0]["since"] == utc_ms - 2 * hour);
  CHECK(metrics().find("vitrine_edge_case_oldest_seconds 7200\n") != std::string::npos);
  // A word of the store's is an answer; it is seen to, and not closed yet.
  const std::string look_up = opens(longest).body.value("look_up", "");
  REQUIRE(acts(look_up, {{"action", "note"}, {"text", "No lid."}}, 0, longest).status == 200);
  CHECK(order() == std::vector<std::string>{chat, answered, longest});
  CHECK(metrics().find("vitrine_edge_case_oldest_seconds 3000\n") != std::string::npos);
  // They write again: they wait again, since then.
  told.say(CaseNote{true, "", {}, "In red?"}, utc_ms - 60'000);
  hub_puts({put("case", maya.text + "/" + answered, told.body(), 2)});
  REQUIRE(soon(
      [&] { return order() == std::vector<std::string>{chat, answered, longest} && queue()[1]["since"] == utc_ms - 60'000; }));
}

TEST_CASE_FIXTURE(Cases, "taken, answered and closed, each with its line; nobody takes what another has; it goes to the hub") {
  const std::string look_up = handle();
  REQUIRE(acts(look_up, {{"action", "take"}}).status == 200);
  CHECK(queue()[0]["owner"]["name"] == "Grace M.");
  CHECK(acts(look_up, {{"action", "note"}, {"text", "No, by hand."}}).body["cases"][0]["messages"][1]["name"] == "Grace M.");
  as("1003");
  const std::string other = handle();
  CHECK(acts(other, {{"action", "take"}}).code() == "case_taken");
  CHECK(acts(other, {{"action", "put_back"}}).code() == "case_taken");
  as("1001");
  const std::string again = handle();
  const json one = panel(again, "cases").body["cases"][0];
  const Answer closed = acts(again, {{"action", "close"}, {"how", "answered"}, {"seen", {one["messages"][0]["id"]}}}, 900);
  CHECK(closed.status == 200);
  CHECK(closed.body["panel"] == "conversations");
  CHECK(closed.body["state"] == "no_consent");  // of what is over they let nobody see anything
  CHECK(acts(again, {{"action", "close"}, {"how", "answered"}, {"seen", json::array()}}, 900).status == 200);  // the same request
  CHECK(acts(again, {{"action", "take"}}).code() == "case_closed");
  CHECK(acts(again, {{"action", "note"}, {"text", "late"}}).code() == "case_closed");
  CHECK(queue().empty());
  CHECK(opens().code() == "case_closed");
  const auto contacts = [&] {
    const json measures = fetch(operator_, "/v1/measures").body["all"]["measures"];
    return std::pair(measures["contacts"].get<int>(), measures["contacts_first"].get<int>());
  };
  CHECK(contacts() == std::pair(1, 1));
  const auto lines = audit_lines();
  for (const char* word : {"taken", "noted", "closed"})
    CHECK(std::ranges::count(lines, "1001 counter-1 customers.case " + tag + "/" + chat + " " + word) == 1);
  CHECK(outbox_size() == 3);  // what is said twice goes once
  const std::string figures = metrics();
  CHECK(figures.find("vitrine_edge_cases{state=\"open\"} 0") != std::string::npos);
  CHECK(figures.find("vitrine_edge_case_acts_total 4") != std::string::npos);
  // They write once more: it was not over with the first answer.
  waiting.say(CaseNote{true, "", {}, "And the lid?"}, utc_ms + 60'000);
  hub_has(2);
  REQUIRE(soon([&] { return queue().size() == 1; }));
  json seen = json::array();
  const std::string once_more = handle();
  for (const json& message : panel(once_more, "cases").body["cases"][0]["messages"]) seen.push_back(message["id"]);
  REQUIRE(acts(once_more, {{"action", "close"}, {"how", "answered"}, {"seen", seen}}).status == 200);
  CHECK(contacts() == std::pair(1, 0));
}

TEST_CASE_FIXTURE(Cases, "what they wrote meanwhile is read before it is closed, and what was closed elsewhere is closed here") {
  const std::string look_up = handle();
  const json one = panel(look_up, "cases").body["cases"][0];
  waiting.say(CaseNote{true, "", {}, "I need it on Friday."}, utc_ms);
  hub_has(2);
  REQUIRE(soon([&] { return panel(look_up, "cases").body["cases"][0]["messages"].size() == 2; }));
  const json close = {{"action", "close"}, {"how", "answered"}, {"seen", {one["messages"][0]["id"]}}};
  CHECK(acts(look_up, close).code() == "case_changed");
  const json now = panel(look_up, "cases").body["cases"][0];
  waiting.say(CaseClose{"answered", "Web team", {}, {waiting.one->messages[0].stamp, waiting.one->messages[1].stamp}}, utc_ms);
  hub_has(3);
  REQUIRE(soon([&] { return queue().empty(); }));
  CHECK(acts(look_up, {{"action", "close"}, {"how", "answered"}, {"seen", {now["messages"][0]["id"], now["messages"][1]["id"]}}})
            .code() == "case_closed");
  for (const json& wrong :
       {json{{"action", "sing"}}, json{{"action", "note"}}, json{{"action", "note"}, {"text", std::string(501, 'x')}},
        json{{"action", "close"}, {"how", "bored"}, {"seen", json::array()}}, json{{"action", "close"}, {"how", "answered"}}}) {
    CAPTURE(wrong.dump());
    CHECK(acts(look_up, wrong).code() == "invalid_request");
  }
  CHECK(acts(std::string(32, '0'), {{"action", "take"}}).code() == "look_up_over");
}

TEST_CASE_FIXTURE(Cases, "a note needs their consent at that moment, and so does what does not wait for the store") {
  const std::string look_up = open();
  CHECK(notes(look_up, "Prefers gift bags.").code() == "not_shared");
  REQUIRE(say(look_up, "history", "granted").status == 200);
  const Answer noted = notes(look_up, "Prefers gift bags.");
  REQUIRE(noted.status == 200);
  CHECK(noted.body["panel"] == "conversations");
  REQUIRE(noted.body["cases"].size() == 2);
  CHECK(noted.body["cases"][0]["channel"] == "counter");
  CHECK(noted.body["cases"][0]["messages"][0]["name"] == "Grace M.");
  CHECK_FALSE(noted.body["cases"][0]["waits"]);
  CHECK(noted.body["cases"][1]["closed"]["how"] == "answered");
  const std::string id = noted.body["cases"][0]["case"];
  CHECK(acts(look_up, {{"action", "note"}, {"text", "With ribbon."}}, 0, id).body["cases"][0]["messages"].size() == 2);
  REQUIRE(say(look_up, "history", "withdrawn").status == 200);
  CHECK(acts(look_up, {{"action", "note"}, {"text", "late"}}, 0, id).code() == "not_shared");
  CHECK(notes(look_up, "late").code() == "not_shared");
  CHECK(panel(look_up, "conversations").body["state"] == "no_consent");
  CHECK(queue().size() == 1);  // a note waits for nobody
  CHECK(std::ranges::count(audit_lines(), "1001 counter-1 customers.case " + tag + "/" + id + " noted") == 2);
}

TEST_CASE_FIXTURE(Cases, "without a line it is all the same, and a conversation whose time is over is forgotten") {
  inbox.push_notice(daemon::HubDisconnected{});
  const std::string look_up = handle();
  CHECK(acts(look_up, {{"action", "take"}}).status == 200);
  CHECK(acts(look_up, {{"action", "put_back"}}).status == 200);
  CHECK(queue()[0]["owner"].is_null());
  let_pass(29 * day_ms);
  CHECK(queue().size() == 1);
  let_pass(62 * day_ms);
  CHECK(queue().empty());
}
