// SPDX-License-Identifier: Apache-2.0
// What comes back, over the real socket and without a line to the hub: orders and receipts, by rule and beyond it, in exchange,
// from two counters at once.
#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include "edge/database/audit.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/receipt_codec.hpp"
#include "tests/edge/local_api/http_shop.hpp"
#include "tests/sync/rules/order_world.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using namespace vitrine::sync::rules::test;
using nlohmann::json;
namespace rules = vitrine::sync::rules;

namespace {

constexpr std::int64_t day = 86'400'000;

struct Returns : HttpShop {
  sync::Order sent;  // 581234: two of 85123A and two of 22423, paid, handed over; leased for seven days

  explicit Returns(bool connected = false) {
    fill();
    sent = handed_over("581234", true);
    hub_puts(
        {entry(sent), entry(handed_over("581235", false)), put("staff", store.text + "/1003", test_staff("1003", "shift_lead"))});
    if (!connected) loop->step(daemon::HubDisconnected{});
    start();
  }

  sync::Order handed_over(const std::string& id, bool leased) {
    auto placed = two_lines(2, 2);
    placed.store = store;
    placed.code = leased ? "204519" : "777777";
    std::vector<rules::OrderOperation> acts = {placed, rules::OrderPay{2'700},
                                               rules::OrderHandOver{store, {{1, 2}, {2, 2}}, "code", false}};
    if (leased) acts.emplace_back(rules::OrderLease{UtcMs{utc_ms + 7 * day}});
    std::optional<sync::Order> made;
    std::uint64_t n = 1;
    for (const auto& act : acts) {
      auto after = rules::apply(made, act, {sync::OrderId{id}, transaction_id(n++), 0, "platform", UtcMs{utc_ms - 1'000'000}});
      REQUIRE(after.has_value());
      made = std::move(*after);
    }
    return *made;
  }
  static sync::PageEntry entry(const sync::Order& order, std::uint64_t number = 1) {
    return put("order", order.id.text, sync::protocol::encode_order(order), number);
  }

  static json lines(std::vector<std::pair<int, int>> units) {
    json all = json::array();
    for (const auto& [line, n] : units) all.push_back({{"line", line}, {"units", n}});
    return all;
  }
  Answer back(const std::string& purchase, const json& which, json more = json::object(), int request = 0) {
    json body = {{"lines", which}, {"reason", "damaged"}, {"condition", "resell"}};
    if (more.is_object()) body.update(more);
    return post("/v1/purchases/" + purchase + "/returns", body, request);
  }
  Answer look(const std::string& name) { return get("/v1/purchases/" + name); }
  std::int64_t on_hand(const std::string& sku = "85123A") { return get("/v1/stock/" + sku).body.at("on_hand"); }

  Answer till_says(const std::string& ticket, const std::string& action, json more = json::object(),
                   const std::string& name = "till-1") {
    more["action"] = action;
    more["device"] = name;
    return post("/v1/tickets/" + ticket + "/actions", more);
  }
  static json cash(int minor) { return {{"tenders", {{{"kind", "cash"}, {"minor", minor}}}}}; }
  // Two of 85123A for £5.90, paid at a till; answers what stands on the receipt.
  std::string bought() {
    const Answer made = post("/v1/tickets", {{"device", "kiosk-1"}, {"cart", test_cart}});
    REQUIRE(made.status == 200);
    const std::string ticket = made.body["ticket"];
    REQUIRE(till_says(ticket, "take").status == 200);
    const Answer paid = till_says(ticket, "paid", cash(590));
    REQUIRE(paid.status == 200);
    return paid.body["receipt"];
  }
};

struct ConnectedReturns : Returns {
  ConnectedReturns() : Returns(true) {}
  // What the hub would say that it has applied: all but the last so many of the store's transactions.
  sync::Applied all_but(std::uint64_t last) {
    auto file =
        database::Connection::open(folder / "store.db", database::sql_book(), {database::Connection::Use::read, 64, true});
    REQUIRE(file.has_value());
    database::SqliteReplica rows(std::move(*file), sync::StreamName{"catalog"});
    const sync::ends::StoreState state = rows.state();
    const std::uint64_t n = state.last_n - last;
    return {state.incarnation, n, rows.hash_at(n).value()};
  }
  std::string state_of(int request) { return get("/v1/returns/" + test_request(request)).body.value("state", ""); }
  // The loop takes the hub's page when it comes to it.
  bool becomes(int request, const std::string& state) {
    for (int i = 0; i < 500; ++i) {
      if (state_of(request) == state) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }
};

json line_of(const json& purchase, int number) {
  for (const json& line : purchase["lines"]) {
    if (line["line"] == number) return line;
  }
  return nullptr;
}

}  // namespace

TEST_CASE_FIXTURE(Returns, "an order comes back by its number or its digits: what is left, until when, and for how much") {
  const Answer seen = look("581234");
  REQUIRE(seen.status == 200);
  CHECK(seen.body["by"] == "order");
  CHECK(seen.body["right_here"] == true);
  CHECK(seen.body["reasons"][0] == "damaged");
  CHECK(seen.body["conditions"][0] == json{{"condition", "resell"}, {"restock", true}});
  CHECK(line_of(seen.body, 1)["returnable"] == 2);
  CHECK(line_of(seen.body, 1)["paid"] == 510);
  CHECK(line_of(seen.body, 1)["until"] == utc_ms - 1'000'000 + 30 * day);
  CHECK(line_of(seen.body, 1)["barred"].is_null());
  CHECK(seen.body.dump().find("Amelia") == std::string::npos);
  CHECK(look("204519").body == seen.body);
  // Another store's order would be asked for at the hub, which is not there; what no order can be called is just unknown.
  CHECK(look("999999").code() == "purchase_needs_hub");
  CHECK(look("999999").status == 503);
  CHECK(look("VR1:HARBOUR-STREET:222222222222").status == 404);

  const std::int64_t shelf = on_hand();
  const std::size_t before = outbox_size();
  const Answer first = back("581234", lines({{1, 1}}), {}, 700);
  REQUIRE(first.status == 200);
  CHECK(first.body["state"] == "settled");
  CHECK(first.body["refund"] == 255);
  CHECK(first.body["refund_by"] == "hub");
  CHECK(first.body["settlement"].is_null());
  CHECK(on_hand() == shelf + 1);
  CHECK(outbox_size() == before + 1);
  // The same request is the same return.
  CHECK(back("581234", lines({{1, 1}}), {}, 700).body == first.body);
  CHECK(outbox_size() == before + 1);
  CHECK(get("/v1/returns/" + test_request(700)).body == first.body);
  CHECK(get("/v1/returns/" + test_request(999)).code() == "return_unknown");

  // A broken one is not on the shelf.
  const Answer broken = back("581234", lines({{1, 1}, {2, 1}}), {{"condition", "damaged"}});
  CHECK(broken.body["refund"] == 255 + 1'095);
  CHECK(on_hand() == shelf + 1);
  const Answer now = look("581234");
  CHECK(line_of(now.body, 1)["barred"] == "nothing_left");
  CHECK(line_of(now.body, 2)["returnable"] == 1);
  CHECK(now.body["returns"].size() == 2);
  const json order = get("/v1/orders/581234").body;
  CHECK(order["refund_due"] == 2 * 255 + 1'095);
  CHECK(order["lines"][0]["written_off"] == 1);
  CHECK(operator_.Get("/metrics")->body.find("vitrine_edge_returns_total 3\n") != std::string::npos);
}

TEST_CASE_FIXTURE(Returns, "what is asked wrongly is refused, and changes nothing") {
  const std::size_t before = outbox_size();
  CHECK(back("581234", lines({{1, 3}})).code() == "units_not_out");
  CHECK(back("581234", lines({{9, 1}})).code() == "line_unknown");
  CHECK(back("581234", json::array()).code() == "invalid_request");
  CHECK(back("581234", lines({{1, 1}, {1, 1}})).code() == "invalid_request");
  CHECK(back("581234", lines({{1, 0}})).code() == "invalid_request");
  CHECK(back("581234", lines({{1, 1}}), {{"reason", "rainy"}}).code() == "reason_unknown");
  CHECK(back("581234", lines({{1, 1}}), {{"condition", "wet"}}).status == 422);
  CHECK(back("581234", lines({{1, 1}}), {{"exchange", {{{"sku", "nowhere"}, {"units", 1}}}}}).code() == "product_unknown");
  CHECK(back("nothing", lines({{1, 1}})).code() == "purchase_unknown");
  // Another store's, says the first by itself; the second might be. Neither can be asked for now.
  CHECK(look("VR1:QUAY-SQUARE:222222222222").code() == "receipt_needs_hub");
  CHECK(look("VR1:QUAY-SQUARE:222222222222").status == 503);
  CHECK(look("2222-2222-2222").code() == "purchase_needs_hub");
  CHECK(look(std::string(81, 'x')).code() == "invalid_request");
  CHECK(outbox_size() == before);
}

TEST_CASE_FIXTURE(Returns, "too late, and a supervisor takes it back all the same, with a reason that the audit keeps") {
  let_pass(30 * day - 500'000);  // without the hub no order is here for longer than that
  CHECK(line_of(look("581234").body, 1)["barred"] == "too_late");
  CHECK(back("581234", lines({{1, 1}})).code() == "return_too_late");
  session = sign_in("1003").body.value("session", "");
  CHECK(back("581234", lines({{1, 1}}), {{"overrule", "goodwill"}}).code() == "not_permitted");
  session = sign_in("1001").body.value("session", "");
  CHECK(back("581234", lines({{1, 1}}), {{"overrule", "goodwill"}}).status == 200);
  auto file = database::Connection::open(folder / "store.db", database::sql_book(), {database::Connection::Use::read, 64, true});
  REQUIRE(file.has_value());
  const auto audit = database::audit_from(**file, 1, 100);
  const auto overruled = std::ranges::find(audit, "purchases.overrule", &database::AuditEntry::action);
  REQUIRE(overruled != audit.end());
  CHECK(overruled->staff == "1001");
  CHECK(overruled->subject == "order/581234");
  CHECK(overruled->outcome == "goodwill");
  CHECK(std::ranges::find(audit, "purchases.get", &database::AuditEntry::action) != audit.end());
}

TEST_CASE_FIXTURE(ConnectedReturns,
                  "without the right it is pending until the hub confirms it, and questioned where the hub knows better") {
  CHECK(look("581235").body["right_here"] == false);
  CHECK(back("581235", lines({{1, 1}}), {}, 800).body["state"] == "pending");
  CHECK(back("581235", lines({{2, 2}}), {}, 801).body["state"] == "pending");
  CHECK(operator_.Get("/metrics")->body.find("vitrine_edge_returns_pending 2\n") != std::string::npos);

  auto known = handed_over("581235", false);
  const auto told = [&](std::vector<rules::LineUnits> units, std::uint64_t n) {
    known = *rules::apply(known, rules::OrderReturn{store, std::move(units), "damaged", "resell"},
                          {known.id, transaction_id(n), 0, "counter-1", UtcMs{utc_ms}});
  };
  // The hub has taken the first in, and nothing contradicts it.
  told({{1, 1}}, 800);
  hub_puts({entry(known, 2)}, {all_but(1)});
  CHECK(becomes(800, "settled"));
  CHECK(state_of(801) == "pending");
  // A unit of the second came back elsewhere too.
  told({{2, 2}}, 801);
  told({{2, 1}}, 900);
  hub_puts({entry(known, 3)}, {all_but(0)});
  CHECK(becomes(801, "questioned"));
  const Answer seen = look("581235");
  CHECK(seen.body["exceptions"] == json{"returned_too_much"});
  CHECK(line_of(seen.body, 2)["barred"] == "nothing_left");
}

TEST_CASE_FIXTURE(Returns, "what a till sold comes back by its receipt, once, and a till gives the money back, once") {
  const std::string receipt = bought();
  REQUIRE(receipt.starts_with("VR1:HARBOUR-STREET:"));
  const std::string code = receipt.substr(19);
  CHECK(code.size() == 12);
  // The audit says which paper it was, and nobody can use it by that.
  const auto audited = [&] {
    auto file =
        database::Connection::open(folder / "store.db", database::sql_book(), {database::Connection::Use::read, 64, true});
    REQUIRE(file.has_value());
    std::string subjects;
    for (const auto& entry : database::audit_from(**file, 1, 100)) subjects += entry.subject + " ";
    return subjects;
  };
  // Neither the ticket's own code nor the kiosk's screen gives it away.
  const std::string ticket = look(receipt).body.value("purchase", "") == receipt ? "" : "lost";
  CHECK(ticket.empty());
  std::string typed = code.substr(0, 4) + "-" + code.substr(4, 4) + "-" + code.substr(8);
  for (char& c : typed) c = static_cast<char>(std::tolower(c));
  const Answer seen = look(typed);
  REQUIRE(seen.status == 200);
  CHECK(seen.body["by"] == "receipt");
  CHECK(line_of(seen.body, 1)["paid"] == 590);
  CHECK(audited().find("receipt/" + code.substr(8)) != std::string::npos);
  CHECK(audited().find(code) == std::string::npos);

  const std::int64_t shelf = on_hand();
  const Answer first = back(code, lines({{1, 1}}), {{"reason", "not_wanted"}});
  REQUIRE(first.status == 200);
  CHECK(first.body["refund"] == 295);
  CHECK(first.body["refund_by"] == "till");
  CHECK(first.body["state"] == "settled");
  CHECK(first.body["settlement"]["to_pay"] == -295);
  CHECK(on_hand() == shelf + 1);
  const std::string owed = first.body["settlement"]["code"];
  CHECK(fetch(kiosk, "/v1/tickets/" + owed).body["receipt"] == "");
  CHECK(till_says(owed, "cancel", {}, "kiosk-1").code() == "not_allowed");
  CHECK(till_says(owed, "take").body["state"] == "taken");
  // A till that cannot leaves it to the next one.
  CHECK(till_says(owed, "return").body["state"] == "open");
  CHECK(till_says(owed, "take", {}, "till-2").body["till"] == "till-2");
  CHECK(till_says(owed, "paid", cash(295), "till-2").code() == "tenders_wrong");
  CHECK(till_says(owed, "paid", cash(-295), "till-2").body["state"] == "paid");
  CHECK(till_says(owed, "paid", cash(-295), "till-1").code() == "ticket_over");
  CHECK(on_hand() == shelf + 1);

  CHECK(back(code, lines({{1, 2}})).code() == "units_not_out");
  CHECK(back(code, lines({{1, 1}})).body["refund"] == 295);
  CHECK(back(code, lines({{1, 1}})).code() == "units_not_out");
  CHECK(line_of(look(code).body, 1)["barred"] == "nothing_left");
  // A receipt outlives the days in which tickets are forgotten.
  let_pass(20 * day);
  CHECK(post("/v1/tickets", {{"device", "kiosk-1"}, {"cart", test_cart}}).status != 500);
  CHECK(look(code).status == 200);
}

TEST_CASE_FIXTURE(Returns, "exchange in one go: goods back, goods out, and a till settles the difference either way") {
  const std::string receipt = bought();
  const std::int64_t hearts = on_hand(), stands = on_hand("22423");
  const std::size_t before = outbox_size();
  // £2.95 back, £10.95 out: £8.00 to pay.
  const Answer dearer = back(receipt, lines({{1, 1}}), {{"exchange", {{{"sku", "22423"}, {"units", 1}}}}});
  REQUIRE(dearer.status == 200);
  CHECK(dearer.body["refund"] == 295);
  CHECK(dearer.body["goods"] == 1'095);
  CHECK(dearer.body["settlement"]["to_pay"] == 800);
  CHECK(outbox_size() == before + 1);
  CHECK(on_hand() == hearts + 1);
  CHECK(on_hand("22423") == stands - 1);
  const std::string owed = dearer.body["settlement"]["code"];
  CHECK(till_says(owed, "take").status == 200);
  CHECK(till_says(owed, "paid", cash(-800)).code() == "tenders_wrong");
  const Answer paid = till_says(owed, "paid", cash(800));
  REQUIRE(paid.status == 200);
  CHECK(on_hand("22423") == stands - 1);
  // What was taken instead has a receipt of its own, and comes back for what it cost.
  const Answer again = back(paid.body["receipt"], lines({{1, 1}}));
  CHECK(again.body["refund"] == 1'095);
  // The same for the same: nobody owes anything, and the receipt is there at once.
  const Answer even =
      back(receipt, lines({{1, 1}}), {{"condition", "damaged"}, {"exchange", {{{"sku", "85123A"}, {"units", 1}}}}});
  CHECK(even.body["settlement"]["to_pay"] == 0);
  CHECK(even.body["settlement"]["state"] == "paid");
  CHECK(on_hand() == hearts);
  CHECK(look(even.body["settlement"]["receipt"]).body["lines"][0]["returnable"] == 1);
}

TEST_CASE_FIXTURE(Returns, "of an order the hub gives back, and what is taken instead is paid for in full") {
  const Answer swapped = back("581234", lines({{2, 1}}), {{"exchange", {{{"sku", "85123A"}, {"units", 2}}}}});
  REQUIRE(swapped.status == 200);
  CHECK(swapped.body["refund"] == 1'095);
  CHECK(swapped.body["refund_by"] == "hub");
  CHECK(swapped.body["settlement"]["to_pay"] == 590);
  CHECK(get("/v1/orders/581234").body["refund_due"] == 1'095);
}

TEST_CASE_FIXTURE(Returns, "two counters take back the last unit at once: one does, the other is told") {
  REQUIRE(back("581234", lines({{1, 1}})).status == 200);
  const std::string mine = token();
  std::array<int, 2> status{};
  std::vector<std::thread> both;
  for (std::size_t i = 0; i < 2; ++i) {
    both.emplace_back([&, i] {
      httplib::Client client(device_socket("counter-1"));
      client.set_address_family(AF_UNIX);
      const json body = {{"request", test_request(950 + static_cast<int>(i))},
                         {"device", "counter-1"},
                         {"lines", lines({{1, 1}})},
                         {"reason", "damaged"},
                         {"condition", "resell"}};
      const auto answer =
          client.Post("/v1/purchases/581234/returns", {{"Authorization", "Bearer " + mine}}, body.dump(), "application/json");
      status[i] = answer ? answer->status : 0;
    });
  }
  for (std::thread& one : both) one.join();
  CHECK(status[0] + status[1] == 200 + 409);
  CHECK(get("/v1/orders/581234").body["refund_due"] == 510);
}

TEST_CASE_FIXTURE(Returns, "a restart forgets nothing of it") {
  const std::string receipt = bought();
  const Answer taken = back(receipt, lines({{1, 1}}), {}, 850);
  stop();
  start_again();
  session.clear();
  CHECK(get("/v1/returns/" + test_request(850)).body == taken.body);
  CHECK(line_of(look(receipt).body, 1)["returnable"] == 1);
  CHECK(back(receipt, lines({{1, 2}})).code() == "units_not_out");
}

namespace {

// Two of 85123A, that Quay Square sold for £5.90.
sync::Receipt sold_elsewhere(std::int64_t now) {
  const rules::ReceiptSell sell{sync::StoreId{"quay-square"}, "GBP", UtcMs{now + 40 * day}, {{1, sync::Sku{"85123A"}, 2, 590}}};
  sync::rules::ApplyContext context;
  context.transaction = transaction_id(1);
  context.at = UtcMs{now - day};
  return *rules::apply(std::nullopt, sell, context);
}
void add_return(sync::Receipt& receipt, const std::string& store, std::int64_t units, const std::string& transaction) {
  sync::rules::ApplyContext context;
  context.transaction = sync::TransactionId{transaction};
  context.at = receipt.sale->stamp.at.plus(day);
  receipt = *rules::apply(receipt, rules::ReceiptBack{sync::StoreId{store}, {{1, units}}, "damaged", "resell"}, context);
}
sync::PageEntry entry_of(const sync::Receipt& receipt, std::uint64_t number) {
  return put("receipt", "BCDFGHJKMNPQ", sync::protocol::encode_receipt(receipt), number);
}

}  // namespace

TEST_CASE_FIXTURE(ConnectedReturns,
                  "another store's receipt: the goods are here, and a till gives nothing before the hub has confirmed it") {
  sync::Receipt known = sold_elsewhere(utc_ms);
  hub_puts({entry_of(known, 1)});
  Answer seen;
  for (int i = 0; i < 500 && seen.status != 200; ++i) seen = look("VR1:QUAY-SQUARE:BCDFGHJKMNPQ");
  REQUIRE(seen.status == 200);
  CHECK(seen.body["purchase"] == "VR1:QUAY-SQUARE:BCDFGHJKMNPQ");
  CHECK(seen.body["right_here"] == false);
  const json glass = {{"exchange", {{{"sku", "22423"}, {"units", 1}}}}};
  CHECK(back("BCDFGHJKMNPQ", lines({{1, 1}}), glass).code() == "exchange_needs_right");
  const std::int64_t shelf = on_hand();
  const Answer first = back("BCDFGHJKMNPQ", lines({{1, 1}}), {}, 820);
  REQUIRE(first.status == 200);
  CHECK(first.body["state"] == "pending");
  CHECK(on_hand() == shelf + 1);
  const std::string owed = first.body["settlement"]["ticket"];
  CHECK(till_says(owed, "take").code() == "return_pending");
  add_return(known, store.text, 1, test_request(820));
  hub_puts({entry_of(known, 2)}, {all_but(0)});
  REQUIRE(becomes(820, "settled"));
  CHECK(till_says(owed, "take").status == 200);
  CHECK(till_says(owed, "paid", cash(-295)).body["receipt"] == "");

  // The store that sold it has taken both back, and was heard first: a person decides.
  const Answer second = back("BCDFGHJKMNPQ", lines({{1, 1}}), {}, 821);
  REQUIRE(second.body["state"] == "pending");
  add_return(known, "quay-square", 1, std::string(32, 'e'));
  add_return(known, store.text, 1, test_request(821));
  hub_puts({entry_of(known, 3)}, {all_but(0)});
  REQUIRE(becomes(821, "questioned"));
  CHECK(state_of(820) == "settled");
  CHECK(till_says(second.body["settlement"]["ticket"], "take").code() == "return_questioned");
  CHECK(get("/v1/status").body["questioned_receipts"][0]["ends"] == "MNPQ");
  CHECK(operator_.Get("/metrics")->body.find("vitrine_edge_returns_questioned 1\n") != std::string::npos);
  sync::rules::ApplyContext decided;
  decided.transaction = transaction_id(999);
  known = *rules::apply(known, rules::ReceiptResolve{sync::TransactionId{test_request(821)}, "no_refund"}, decided);
  hub_puts({entry_of(known, 4)}, {all_but(0)});
  CHECK(becomes(821, "denied"));
  CHECK(get("/v1/status").body["questioned_receipts"].empty());
  CHECK(operator_.Get("/metrics")->body.find("vitrine_edge_returns_questioned 0\n") != std::string::npos);
  CHECK(till_says(second.body["settlement"]["ticket"], "take").code() == "return_questioned");
}

TEST_CASE_FIXTURE(ConnectedReturns,
                  "what this store sold and another took back meanwhile: for good when it was said, and its staff are told") {
  sync::Receipt known = sold_elsewhere(utc_ms);
  known.sale->store = store;
  hub_puts({entry_of(known, 1)});
  Answer seen;
  for (int i = 0; i < 500 && seen.status != 200; ++i) seen = look("BCDFGHJKMNPQ");
  CHECK(seen.body["right_here"] == true);
  const Answer taken = back("BCDFGHJKMNPQ", lines({{1, 2}}), {}, 830);
  REQUIRE(taken.body["state"] == "settled");
  CHECK(till_says(taken.body["settlement"]["ticket"], "take").status == 200);
  add_return(known, "quay-square", 1, std::string(32, 'e'));
  add_return(known, store.text, 2, test_request(830));
  hub_puts({entry_of(known, 2)}, {all_but(0)});
  CHECK(becomes(830, "questioned"));
  CHECK(line_of(look("BCDFGHJKMNPQ").body, 1)["returned"] == 2);
}
