// SPDX-License-Identifier: Apache-2.0
// What a counter asks beside its queue, and whom a request is for: paths, bodies, and what is judged.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "kiosk/io/counter_codec.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using nlohmann::json;

namespace {

const std::string id(32, '1');

template <class What>
CounterRequest of(What what) {
  return {{1, 2}, "token", std::move(what)};
}

json sent(auto what) { return json::parse(encode(of(std::move(what)), id, "counter-1")); }

}  // namespace

TEST_CASE("a locked counter, a colleague's lock, a drill, a ticket: what is sent, and what is judged") {
  CHECK(path_of(of(FetchAlertKinds{})) == "/v1/alerts/kinds");
  CHECK(encode(of(FetchAlertKinds{}), id, "counter-1").empty());
  json kinds = {{"kinds", {{{"kind", "customer_waits"}, {"count", 2}, {"escalated", true}, {"since", 7}}}}};
  const auto read = [&] { return decode_counter(of(FetchAlertKinds{}), kinds.dump()); };
  REQUIRE(read());
  CHECK(std::get<std::vector<AlertKindSeen>>(read()->what).at(0) == AlertKindSeen{"customer_waits", 2, true, {7}});
  kinds["kinds"][0]["count"] = 0;
  CHECK(read().error().code == "answer_malformed");
  CHECK(path_of(of(LetTryAgain{"1004"})) == "/v1/staff/1004/actions");
  CHECK(sent(LetTryAgain{"1004"})["action"] == "unlock");
  CHECK(changes_something(of(LetTryAgain{"1004"})));
  CHECK(path_of(of(RunDrill{5})) == "/v1/drill/actions");
  CHECK(sent(RunDrill{5}) == json{{"request", id}, {"device", "counter-1"}, {"action", "start"}, {"minutes", 5}});
  CHECK(sent(RunDrill{0}) == json{{"request", id}, {"device", "counter-1"}, {"action", "end"}});
  CHECK(changes_something(of(RunDrill{5})));
  CHECK(std::get<RunDrill>(decode_counter(of(RunDrill{5}), "{}")->what).minutes == 5);
  CHECK(path_of(of(FetchTicketSeen{"T4M9RX"})) == "/v1/tickets/T4M9RX");
  CHECK(decode_counter(of(FetchTicketSeen{"T4M9RX"}), "{}").error().code == "answer_malformed");
}

TEST_CASE("the audit: what is asked for stands in the path alone, and a page is judged") {
  CHECK(path_of(of(FetchAudit{})) == "/v1/audit?limit=50&from=1");
  AuditQuestion question;
  question.who = "1003";
  question.what = "orders";
  question.whom = "a b";
  question.from = 51;
  question.since = {7};
  CHECK(path_of(of(FetchAudit{question})) == "/v1/audit?limit=50&from=51&since=7&who=1003&what=orders&whom=a%20b");
  CHECK(encode(of(FetchAudit{}), id, "counter-1").empty());
  CHECK_FALSE(changes_something(of(FetchAudit{})));
  json page = {{"entries",
                {{{"n", 3},
                  {"at", 5},
                  {"staff", ""},
                  {"device", "hub"},
                  {"action", "customers.erase"},
                  {"subject", "x"},
                  {"outcome", "done"}}}},
               {"more", true},
               {"chain", {{"last", 9}, {"told", 8}, {"breaks", {{{"n", 2}, {"what", "gap"}, {"at", 4}, {"settled", true}}}}}}};
  const auto read = [&] { return decode_counter(of(FetchAudit{}), page.dump()); };
  REQUIRE(read());
  AuditPage expected{{{3, {5}, "", "hub", "customers.erase", "x", "done"}}, true, 9, 8, {{2, "gap", {4}, true}}, std::nullopt};
  CHECK(std::get<AuditPage>(read()->what) == expected);
  page["chain"]["broken_at"] = 3;
  expected.broken_at = 3;
  CHECK(std::get<AuditPage>(read()->what) == expected);
  page["chain"]["last"] = -1;
  CHECK(read().error().code == "answer_malformed");
  page.erase("chain");
  CHECK(read().error().code == "answer_malformed");
}

TEST_CASE("whom a request is for is judged with it; a request of an earlier edge says nothing of it") {
  json call = {{"id", id}, {"state", "waiting"}, {"since", 1}, {"device", "kiosk-1"}, {"taken", nullptr}};
  const auto read = [&] {
    return decode_counter(of(FetchCalls{}), json{{"requests", json::array({call})}, {"more", false}}.dump());
  };
  REQUIRE(read());
  CHECK(std::get<std::vector<HelpCall>>(read()->what).at(0).offers == Offers{});
  call["offers"] = {{{"who", "1002"}, {"name", "Nadia"}, {"at", 5}}};
  call["all_at"] = 9;
  REQUIRE(read());
  CHECK(std::get<std::vector<HelpCall>>(read()->what).at(0).offers == Offers{{{"1002", "Nadia", {5}}}, {9}});
  call["offers"][0]["at"] = -5;
  CHECK(read().error().code == "answer_malformed");
}
