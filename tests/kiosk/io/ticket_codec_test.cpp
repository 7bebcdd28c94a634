// SPDX-License-Identifier: Apache-2.0
// Tickets in the local API's JSON, and what is asked of them.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "kiosk/io/edge_codec.hpp"
#include "kiosk/io/edge_requests.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using nlohmann::json;

namespace {

json ticket() {
  return json::parse(
      R"({"ticket":"4a1c00112233445566778899aabbccdd","code":"T4M9RX","qr":"VT1:HARBOUR-STREET:4A1C","cart":"00112233445566778899aabbccddeeff",
    "state":"open","till":"","made_at":5,"valid_until":900005,"valid_for_ms":900000,"changed_at":6,"sale":{"lines":[
    {"key":"a","sku":"22423","title":{"en":"Heart"},"pictogram":"candle","tile":"mint","units":2},
    {"key":"b","sku":"22424","title":{"en":"Bag"},"pictogram":null,"tile":"sky","units":3}],
    "totals":{"currency":"GBP","units":6,"lines_left_out":1,"subtotal":2525,"saved":295,"to_pay":2230,"taxes":[]},
    "reductions":[{"promotion":"p","title":{"en":"3 for 2"},"minor":295}],"priced_at":4},"tenders":[],"later":1})");
}

}  // namespace

TEST_CASE("a ticket is read whole; its units are those that are sold") {
  const auto read = decode_ticket(ticket().dump());
  REQUIRE(read.has_value());
  CHECK(read->code == "T4M9RX");
  CHECK(read->qr == "VT1:HARBOUR-STREET:4A1C");
  CHECK(read->state == TicketState::open);
  CHECK(read->valid_until == UtcMs{900005});
  CHECK(read->valid_for_ms == 900000);
  CHECK(read->made_at == UtcMs{5});
  CHECK(read->changed_at == UtcMs{6});
  REQUIRE(read->lines.size() == 2);
  CHECK(read->lines[0] == TicketLine{"a", "candle", "mint", 2});
  CHECK(read->lines[1].pictogram.empty());
  CHECK(read->units == 5);
  CHECK(read->to_pay == 2230);
  CHECK(read->currency == "GBP");
  CHECK(read->savings == 1);
  CHECK(read->lines_left_out == 1);
}

TEST_CASE("every state of the contract is one; another word, and each field that is missing or bent, is not a ticket") {
  const std::pair<const char*, TicketState> states[] = {
      {"open", TicketState::open},         {"taken", TicketState::taken},         {"paid", TicketState::paid},
      {"returned", TicketState::returned}, {"cancelled", TicketState::cancelled}, {"expired", TicketState::expired}};
  for (const auto& [name, state] : states) {
    json made = ticket();
    made["state"] = name;
    const auto read = decode_ticket(made.dump());
    REQUIRE(read.has_value());
    CHECK(read->state == state);
  }
  for (const char* key :
       {"ticket", "code", "qr", "cart", "state", "made_at", "valid_until", "valid_for_ms", "changed_at", "sale"}) {
    CAPTURE(key);
    json without = ticket();
    without.erase(key);
    CHECK_FALSE(decode_ticket(without.dump()).has_value());
    json bent = ticket();
    bent[key] = json::array();
    CHECK_FALSE(decode_ticket(bent.dump()).has_value());
  }
  for (const auto& [key, value] : {std::pair<const char*, json>{"state", "lost"},
                                   {"code", "T4M9R"},
                                   {"code", "T4M 9R"},
                                   {"ticket", "4a1c"},
                                   {"qr", ""},
                                   {"qr", std::string(200, 'A')},
                                   {"valid_for_ms", -1}}) {
    CAPTURE(key);
    json bent = ticket();
    bent[key] = value;
    CHECK_FALSE(decode_ticket(bent.dump()).has_value());
  }
}

TEST_CASE("what is asked of tickets, and that giving one up outlives the visit") {
  const std::string id(32, '7');
  CHECK(json::parse(encode(MakeTicket{{1, 2}, sync::CartId("c1")}, id, "kiosk-1")) ==
        json{{"request", id}, {"device", "kiosk-1"}, {"cart", "c1"}});
  CHECK(json::parse(encode(CancelTicket{{1, 2}, "4a"}, id, "kiosk-1")) ==
        json{{"request", id}, {"device", "kiosk-1"}, {"action", "cancel"}});
  CHECK(path_of(FetchTicket{{1, 2}, "4a"}) == "/v1/tickets/4a");
  CHECK(path_of(CancelTicket{{1, 2}, "4a"}) == "/v1/tickets/4a/actions");
  CHECK(outlives_visit(CancelTicket{{1, 2}, "4a"}));
  CHECK_FALSE(outlives_visit(MakeTicket{{1, 2}, sync::CartId("c1")}));
  CHECK_FALSE(outlives_visit(FetchTicket{{1, 2}, "4a"}));
  CHECK(decode_ticket_news(R"({"ticket":"4a1c00112233445566778899aabbccdd"})").value() == "4a1c00112233445566778899aabbccdd");
  CHECK_FALSE(decode_ticket_news(R"({"ticket":"../orders"})").has_value());
}
