// SPDX-License-Identifier: Apache-2.0
// A counter's requests and answers on the wire.
#include "kiosk/io/counter_codec.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "kiosk/io/edge_requests.hpp"
#include "tests/kiosk/io/counter_wire.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using nlohmann::json;

namespace {

const std::string id = request_id;

const json line = {{"line", 3},
                   {"sku", "85123A"},
                   {"title", {{"en", "Holder"}}},
                   {"pictogram", "p"},
                   {"tile", "sky"},
                   {"aisle", "4"},
                   {"bay", "B"},
                   {"ordered", 6},
                   {"unit_price", 295},
                   {"waiting", 4},
                   {"held", 2},
                   {"customer", 0},
                   {"restocked", 0},
                   {"written_off", 0},
                   {"ready", 2},
                   {"missing", 0},
                   {"wanted", 6},
                   {"refused", 0},
                   {"returnable", 0},
                   {"picked_by", {{"who", "Tom B."}, {"at", 7}}},
                   {"choice", nullptr}};
const json order = {{"order", "481206"},
                    {"status", "arrived"},
                    {"payment", "paid"},
                    {"currency", "GBP"},
                    {"balance_due", 0},
                    {"refund_due", 0},
                    {"buyer", {{"name", "Amelia"}, {"initial", "R"}, {"language", "en"}}},
                    {"delegate", nullptr},
                    {"placed_at", 1},
                    {"promise_at", 2},
                    {"hold_until", 3},
                    {"units", 6},
                    {"missing", 0},
                    {"staged", {{"place", "B2"}, {"at", 4}}},
                    {"arrived", {{"place", "kiosk-1"}, {"at", 5}}},
                    {"reminded_at", 0},
                    {"cancel_asked", true},
                    {"exceptions", json::array()},
                    {"lines", json::array({line})}};

}  // namespace

TEST_CASE("signing in: number and PIN, or a badge, never both") {
  CHECK(path_of(of(SignIn{"1003", "941280", ""})) == "/v1/staff/sessions");
  CHECK(sent(SignIn{"1003", "941280", ""}) ==
        json{{"request", id}, {"device", "counter-1"}, {"staff", "1003"}, {"pin", "941280"}});
  CHECK(sent(SignIn{"", "", "VB1"}) == json{{"request", id}, {"device", "counter-1"}, {"badge", "VB1"}});
  const json staff = {
      {"staff", "1003"},        {"name", "Tom"}, {"initial", "B"}, {"role", "sales"}, {"languages", json::array()},
      {"skills", json::array()}};
  json session = {{"session", std::string(64, 'b')}, {"staff", staff}, {"permissions", {"orders"}}, {"locked", false},
                  {"locks_in_ms", 120'000},          {"ends_in_ms", 1}};
  const auto read = decode_counter(of(SignIn{}), session.dump());
  REQUIRE(read.has_value());
  CHECK(std::get<StaffSession>(read->what) ==
        StaffSession{std::string(64, 'b'), {"1003", "Tom", "B", "sales"}, {"orders"}, 120'000});
  CHECK(read->asked == Asked{1, 2});
  for (const char* key : {"session", "staff", "permissions", "locks_in_ms"}) {
    CAPTURE(key);
    json bent = session;
    bent[key] = true;
    CHECK_FALSE(decode_counter(of(SignIn{}), bent.dump()).has_value());
  }
  session["session"] = "short";
  CHECK_FALSE(decode_counter(of(SignIn{}), session.dump()).has_value());
}

TEST_CASE("a refusal tells how many tries are left, how long to wait and who helps sooner") {
  CHECK(decode_hints(R"({"code":"wrong_pin","tries_left":3})") == RefusalHints{3, 0, false});
  CHECK(decode_hints(R"({"code":"sign_in_locked","wait_ms":60000,"supervisor":true})") == RefusalHints{-1, 60'000, true});
  CHECK(decode_hints("no JSON") == RefusalHints{});
  CHECK(decode_hints(R"({"tries_left":"many"})") == RefusalHints{});
}

TEST_CASE("an order: whose it is, where it lies, who picks it") {
  const auto read = decode_counter(of(FetchCounterOrder{"481206"}), order.dump());
  REQUIRE(read.has_value());
  const CounterOrder& seen = std::get<CounterOrder>(read->what);
  CHECK(seen.card.step == OrderStep::here);
  CHECK(seen.card.name == "Amelia");
  CHECK(seen.card.shelf == "B2");
  CHECK(seen.card.arrived_at == UtcMs{5});
  CHECK(seen.card.cancel_asked);
  REQUIRE(seen.lines.size() == 1);
  CHECK(seen.lines[0].waiting == 4);
  CHECK(seen.lines[0].ready == 2);
  CHECK(seen.lines[0].picked_by == "Tom B.");
  for (const auto& [status, step] : {std::pair("placed", OrderStep::to_prepare), std::pair("picking", OrderStep::to_prepare),
                                     std::pair("ready", OrderStep::ready), std::pair("part_collected", OrderStep::ready),
                                     std::pair("collected", OrderStep::over), std::pair("cancelled", OrderStep::over)}) {
    json other = order;
    other["status"] = status;
    CHECK(std::get<CounterOrder>(decode_counter(of(FetchCounterOrder{"481206"}), other.dump())->what).card.step == step);
  }
  for (const char* key : {"order", "units", "placed_at", "lines"}) {
    CAPTURE(key);
    json bent = order;
    bent[key] = "../x y";
    CHECK_FALSE(decode_counter(of(FetchCounterOrder{"481206"}), bent.dump()).has_value());
  }
}

TEST_CASE("units that nobody found are not to be picked again; what is held and not for the buyer is left over") {
  json seen = line;
  seen["waiting"] = 3;
  seen["missing"] = 2;
  seen["held"] = 3;
  seen["refused"] = 1;
  seen["choice"] = {{"what", "substitute"}, {"units", 2}, {"sku", "22423"}};
  json one = order;
  one["lines"] = json::array({seen});
  const auto read = [&] { return decode_counter(of(FetchCounterOrder{"481206"}), one.dump()); };
  REQUIRE(read());
  const CounterLine made = std::get<CounterOrder>(read()->what).lines.at(0);
  CHECK(made.waiting == 1);
  CHECK(made.missing == 2);
  CHECK(made.ready == 2);
  CHECK(made.back == 1);
  CHECK(made.refused == 1);
  CHECK(made.choice == LineChoice{"substitute", 2, "22423"});
  one["lines"][0]["missing"] = 4;  // more than wait
  CHECK(read().error().code == "answer_malformed");
}

TEST_CASE("the three lists") {
  const json picking = {{"lines", json::array({{{"order", "481206"}, {"promise_at", 1}, {"line", line}}})}, {"more", false}};
  CHECK(std::get<std::vector<PickLine>>(decode_counter(of(FetchPicking{}), picking.dump())->what).at(0).line.sku == "85123A");
  const json orders = {{"orders", json::array({order})}, {"more", false}};
  CHECK(std::get<std::vector<OrderCard>>(decode_counter(of(FetchOrders{}), orders.dump())->what).at(0).order == "481206");
  const json call = {{"id", id},          {"state", "taken"},
                     {"since", 1},        {"device", "kiosk-1"},
                     {"where", "stairs"}, {"language", "fr"},
                     {"context", ""},     {"about", "reach"},
                     {"late", false},     {"taken", {{"who", "1003"}, {"name", "Tom"}, {"minutes", 3}, {"at", 9}}},
                     {"ended", nullptr}};
  const json calls = {{"requests", json::array({call})}, {"more", false}};
  const HelpCall seen = std::get<std::vector<HelpCall>>(decode_counter(of(FetchCalls{}), calls.dump())->what).at(0);
  CHECK(seen.who == "1003");
  CHECK(seen.minutes == 3);
  CHECK(seen.where == "stairs");
  CHECK(encode(of(FetchCalls{}), id, "counter-1").empty());
  CHECK(encode(of(FetchOrders{}), id, "counter-1").empty());
}

TEST_CASE("what staff do: paths and bodies") {
  const json base = {{"request", id}, {"device", "counter-1"}};
  const auto with = [&](json more) {
    more.update(base);
    return more;
  };
  CHECK(path_of(of(ActOnCall{id, CallAction::take, 3})) == "/v1/requests/" + id + "/actions");
  CHECK(sent(ActOnCall{id, CallAction::take, 3}) == with({{"action", "take"}, {"minutes", 3}}));
  CHECK(sent(ActOnCall{id, CallAction::put_back, 0}) == with({{"action", "put_back"}}));
  CHECK(sent(ActOnCall{id, CallAction::end, 0}) == with({{"action", "end"}, {"how", "helped"}}));
  CHECK(sent(ActOnOrder{.order = "1", .action = OrderAction::pick, .who = "Tom B.", .lines = {{1, 0}, {2, 0}}}) ==
        with({{"action", "pick"}, {"who", "Tom B."}, {"lines", {1, 2}}}));
  CHECK(sent(ActOnOrder{.order = "1", .action = OrderAction::picked, .line = 2, .units = 3, .missing = 1}) ==
        with({{"action", "picked"}, {"line", 2}, {"units", 3}, {"missing", 1}}));
  CHECK(sent(ActOnOrder{
            .order = "1", .action = OrderAction::choose, .line = 2, .units = 1, .choice = "substitute", .sku = "22423"}) ==
        with({{"action", "choose"}, {"line", 2}, {"units", 1}, {"choice", "substitute"}, {"sku", "22423"}}));
  CHECK_FALSE(
      sent(ActOnOrder{.order = "1", .action = OrderAction::choose, .line = 2, .units = 1, .choice = "wait"}).contains("sku"));
  CHECK(sent(ActOnOrder{.order = "1", .action = OrderAction::refuse, .lines = {{2, 1}}, .reason = "damaged"}) ==
        with({{"action", "refuse"}, {"reason", "damaged"}, {"lines", {{{"line", 2}, {"units", 1}}}}}));
  CHECK(sent(ActOnOrder{.order = "1", .action = OrderAction::restock, .lines = {{2, 1}}}) ==
        with({{"action", "restock"}, {"lines", {{{"line", 2}, {"units", 1}}}}}));
  CHECK(sent(ActOnOrder{.order = "1", .action = OrderAction::write_off, .lines = {{2, 1}}}) ==
        with({{"action", "write_off"}, {"lines", {{{"line", 2}, {"units", 1}}}}}));
  CHECK(sent(ActOnOrder{.order = "1", .action = OrderAction::stage, .place = "B2"}) ==
        with({{"action", "stage"}, {"place", "B2"}}));
  CHECK(sent(ActOnOrder{.order = "1", .action = OrderAction::hand_over, .lines = {{1, 2}}, .proof = "code"}) ==
        with({{"action", "hand_over"},
              {"proof", "code"},
              {"balance_settled", false},
              {"lines", json::array({{{"line", 1}, {"units", 2}}})}}));
  CHECK(sent(CheckIn{"123456", "", ""}) == with({{"code", "123456"}}));
  CHECK(sent(CheckIn{"", "42", "pass"}) == with({{"pass", "pass"}, {"phone_last2", "42"}}));
  CHECK(sent(ActOnSession{SessionAction::lock}) == with({{"action", "lock"}}));
}

TEST_CASE("a customer: how they are asked for, the masked head, and each part by its own name alone") {
  const std::string look_up(32, '7');
  const json base = {{"request", id}, {"device", "counter-1"}};
  const auto with = [&](json more) {
    more.update(base);
    return more;
  };
  CHECK(path_of(of(FindCustomer{"loyalty", "FB1", "advice"})) == "/v1/customers/look-ups");
  CHECK(sent(FindCustomer{"loyalty", "FB1", "advice"}) == with({{"by", "loyalty"}, {"key", "FB1"}, {"reason", "advice"}}));
  CHECK(path_of(of(FetchCustomerPart{look_up, "timeline", "5." + id})) == "/v1/customers/" + look_up + "/timeline?after=5." + id);
  CHECK(path_of(of(FetchCustomerPart{look_up, "timeline", "", "store"})) == "/v1/customers/" + look_up + "/timeline?where=store");
  CHECK(path_of(of(FetchCustomerPart{look_up, "timeline", "5." + id, "online"})) ==
        "/v1/customers/" + look_up + "/timeline?after=5." + id + "&where=online");
  CHECK(encode(of(FetchCustomerPart{look_up, "orders", ""}), id, "counter-1").empty());
  CHECK(sent(ChangeSharing{look_up, true, {id + ".0"}}) ==
        with({{"purpose", "history"}, {"state", "granted"}, {"shown", {id + ".0"}}}));
  CHECK(sent(ChangeSharing{look_up, false, {id + ".0"}}) == with({{"purpose", "history"}, {"state", "withdrawn"}}));
  Request find = of(FindCustomer{"email", "maya@shoppers.example", "advice"});
  wipe_request(find);
  CHECK(std::get<FindCustomer>(std::get<CounterRequest>(find).what).key.empty());
  CHECK(outlives_visit(Request(of(ChangeSharing{}))));
  CHECK_FALSE(outlives_visit(Request(of(FetchCustomer{}))));

  json head = {{"look_up", look_up},
               {"panel", "head"},
               {"state", "shown"},
               {"customer", {{"name", "M…"}, {"initial", "H"}, {"phone_last2", "81"}, {"language", "en"}}},
               {"panels", {{{"panel", "orders"}, {"state", "shown"}}, {{"panel", "timeline"}, {"state", "no_consent"}}}}};
  const auto seen = [&] { return std::get<CustomerSeen>(decode_counter(of(FetchCustomer{look_up}), head.dump())->what); };
  CHECK(seen().name == "M…");
  CHECK_FALSE(seen().shares_history);
  head["panels"][1]["state"] = "shown";
  CHECK(seen().shares_history);
  head["panels"][1]["state"] = "perhaps";
  CHECK(decode_counter(of(FetchCustomer{look_up}), head.dump()).error().code == "answer_malformed");

  json timeline = {{"look_up", look_up},
                   {"panel", "timeline"},
                   {"state", "shown"},
                   {"next", "5." + id},
                   {"activity", json::array({{{"id", id},
                                              {"kind", "viewed"},
                                              {"channel", "web"},
                                              {"at", 9},
                                              {"sku", "A"},
                                              {"title", {{"en", "Bowl"}}},
                                              {"order", ""},
                                              {"store", ""},
                                              {"text", ""}}})}};
  const FetchCustomerPart fetch{look_up, "timeline", ""};
  const auto part = std::get<CustomerPart>(decode_counter(of(fetch), timeline.dump())->what);
  CHECK(part.doings.at(0).title.at("en") == "Bowl");
  CHECK(part.next == "5." + id);
  CHECK(decode_counter(of(FetchCustomerPart{look_up, "history", ""}), timeline.dump()).error().code == "answer_malformed");
  timeline["activity"][0].erase("kind");
  CHECK(decode_counter(of(fetch), timeline.dump()).error().code == "answer_malformed");
  const json closed = {{"look_up", look_up}, {"panel", "timeline"}, {"state", "no_consent"}};
  CHECK_FALSE(std::get<CustomerPart>(decode_counter(of(fetch), closed.dump())->what).shown);
  const json receipt = {{"receipt", {{"state", "withdrawn"}}}};
  CHECK_FALSE(std::get<SharingChanged>(decode_counter(of(ChangeSharing{look_up, false, {}}), receipt.dump())->what).granted);
  CHECK_FALSE(decode_counter(of(ChangeSharing{look_up, true, {}}), receipt.dump()));
}

TEST_CASE("conversations: where they are asked for, what is sent, and what is judged") {
  const std::string look_up(32, '7');
  const json base = {{"request", id}, {"device", "counter-1"}};
  const auto with = [&](json more) {
    more.update(base);
    return more;
  };
  CHECK(path_of(of(FetchCases{})) == "/v1/cases?limit=200");
  CHECK(path_of(of(FetchCaseCustomer{id})) == "/v1/cases/" + id + "/look-ups");
  CHECK(sent(FetchCaseCustomer{id}) == base);
  CHECK(path_of(of(WriteNote{look_up, "x"})) == "/v1/customers/" + look_up + "/cases");
  CHECK(sent(WriteNote{look_up, "Prefers bags"}) == with({{"text", "Prefers bags"}}));
  CHECK(path_of(of(ActOnCase{look_up, id})) == "/v1/customers/" + look_up + "/cases/" + id + "/actions");
  CHECK(sent(ActOnCase{look_up, id, CaseWork::note, "No."}) == with({{"action", "note"}, {"text", "No."}}));
  CHECK(sent(ActOnCase{look_up, id, CaseWork::put_back}) == with({{"action", "put_back"}}));
  CHECK(sent(ActOnCase{look_up, id, CaseWork::close, "", false, {id + ".1"}}) ==
        with({{"action", "close"}, {"how", "not_needed"}, {"seen", {id + ".1"}}}));
  Request note = of(WriteNote{look_up, "Prefers bags"});
  CHECK(outlives_visit(note));
  wipe_request(note);
  CHECK(std::get<WriteNote>(std::get<CounterRequest>(note).what).text.empty());

  json head = {{"case", id},        {"state", "taken"},
               {"channel", "chat"}, {"waits", true},
               {"since", 9},        {"owner", {{"who", "1001"}, {"name", "Nadia K."}, {"store", "harbour-street"}, {"at", 9}}}};
  json card = head;
  card["language"] = "fr";
  json queue = {{"cases", json::array({card})}, {"more", false}};
  const auto cards = std::get<std::vector<CaseCard>>(decode_counter(of(FetchCases{}), queue.dump())->what);
  CHECK(cards.at(0).taken);
  CHECK(cards.at(0).owner_name == "Nadia K.");
  CHECK(cards.at(0).language == "fr");
  queue["cases"][0]["state"] = "asleep";
  CHECK(decode_counter(of(FetchCases{}), queue.dump()).error().code == "answer_malformed");

  json one = head;
  one["summary"] = "Cake stand";
  one["closed"] = nullptr;
  one["messages"] =
      json::array({{{"id", id + ".1"}, {"from", "customer"}, {"name", ""}, {"store", ""}, {"text", "Is it?"}, {"at", 9}}});
  json panel = {{"look_up", look_up}, {"panel", "cases"}, {"state", "shown"}, {"cases", json::array({one})}};
  const auto part = std::get<CustomerPart>(decode_counter(of(ActOnCase{look_up, id}), panel.dump())->what);
  CHECK(part.panel == "cases");
  CHECK(part.cases.at(0).waits);
  CHECK(part.cases.at(0).words.at(0).by_customer);
  panel["panel"] = "conversations";
  CHECK(std::get<CustomerPart>(decode_counter(of(WriteNote{look_up, "x"}), panel.dump())->what).panel == "conversations");
  panel["panel"] = "timeline";
  CHECK(decode_counter(of(WriteNote{look_up, "x"}), panel.dump()).error().code == "answer_malformed");
  panel["panel"] = "cases";
  panel["cases"][0]["messages"][0]["from"] = "nobody";
  CHECK(decode_counter(of(FetchCustomerPart{look_up, "cases", ""}), panel.dump()).error().code == "answer_malformed");
}

TEST_CASE("sizes and wishes are read as they are told, and no more of them than there can be") {
  const std::string look_up(32, '7');
  json panel = {{"look_up", look_up},
                {"panel", "preferences"},
                {"state", "shown"},
                {"sizes", {{{"what", "shoes"}, {"size", "39"}}}},
                {"preferences", {"Gift bags, no boxes."}}};
  const auto read = [&] { return decode_counter(of(FetchCustomerPart{look_up, "preferences", ""}), panel.dump()); };
  const auto part = std::get<CustomerPart>(read()->what);
  CHECK(part.sizes == std::vector<WornSize>{{"shoes", "39"}});
  CHECK(part.preferences == std::vector<std::string>{"Gift bags, no boxes."});
  panel["preferences"] = std::vector<std::string>(13, "x");
  CHECK(read().error().code == "answer_malformed");
  panel["preferences"] = {"x"};
  panel["sizes"][0].erase("size");
  CHECK(read().error().code == "answer_malformed");
}

TEST_CASE("offers: what is sent, and what is judged") {
  const std::string look_up(32, '7');
  CHECK(path_of(of(TellOffer{look_up, id, "taken"})) == "/v1/customers/" + look_up + "/offers/" + id + "/actions");
  CHECK(sent(TellOffer{look_up, id, "not_now"}) == json{{"request", id}, {"device", "counter-1"}, {"action", "not_now"}});
  CHECK(outlives_visit(Request(of(TellOffer{}))));
  json panel = {{"look_up", look_up},
                {"panel", "offers"},
                {"state", "shown"},
                {"offers", json::array({{{"offer", id},
                                         {"title", {{"en", "Cake stand"}}},
                                         {"why", {{"en", "Looked at it"}}},
                                         {"score", 5},
                                         {"until", 9},
                                         {"product",
                                          {{"sku", "22423"},
                                           {"title", {{"en", "Cake stand"}}},
                                           {"pictogram", "cupcake"},
                                           {"tile", "mint"},
                                           {"price", nullptr},
                                           {"list_price", nullptr},
                                           {"stock", nullptr}}}}})}};
  const auto part = std::get<CustomerPart>(decode_counter(of(TellOffer{look_up, id, "taken"}), panel.dump())->what);
  CHECK(part.offers.at(0).why.at("en") == "Looked at it");
  CHECK(part.offers.at(0).product->pictogram == "cupcake");
  panel["offers"][0]["product"] = nullptr;
  CHECK_FALSE(std::get<CustomerPart>(decode_counter(of(FetchCustomerPart{look_up, "offers", ""}), panel.dump())->what)
                  .offers.at(0)
                  .product);
  panel["offers"][0].erase("offer");
  CHECK(decode_counter(of(TellOffer{look_up, id, "taken"}), panel.dump()).error().code == "answer_malformed");
}

TEST_CASE("secrets of a counter's request are overwritten with it; what changes something outlives a visit") {
  Request request = of(SignIn{"1003", "941280", "badge"});
  wipe_request(request);
  const auto& wiped = std::get<CounterRequest>(request);
  CHECK(wiped.session.empty());
  CHECK(std::get<SignIn>(wiped.what).pin.empty());
  CHECK(std::get<SignIn>(wiped.what).badge.empty());
  CHECK(outlives_visit(Request(of(ActOnOrder{.order = "1", .action = OrderAction::stage}))));
  CHECK(outlives_visit(Request(of(ActOnSession{SessionAction::lock}))));
  CHECK_FALSE(outlives_visit(Request(of(FetchOrders{}))));
  CHECK_FALSE(outlives_visit(Request(of(SignIn{}))));
}

TEST_CASE("what comes back: where it is asked for, what is sent, and what is judged") {
  CHECK(path_of(of(FetchPurchase{"VR1:HARBOUR-STREET:7K2Q9MBCDFGH"})) == "/v1/purchases/VR1%3AHARBOUR-STREET%3A7K2Q9MBCDFGH");
  CHECK(path_of(of(FetchPurchase{"../health?"})) == "/v1/purchases/..%2Fhealth%3F");
  CHECK(path_of(of(TakeBack{.purchase = "480977"})) == "/v1/purchases/480977/returns");
  CHECK(encode(of(FetchPurchase{"480977"}), id, "counter-1").empty());
  const TakeBack act{
      .purchase = "480977", .lines = {{1, 2}}, .reason = "damaged", .condition = "resell", .exchange = {{"22423", 1}}};
  CHECK(sent(act) == json{{"request", id},
                          {"device", "counter-1"},
                          {"lines", {{{"line", 1}, {"units", 2}}}},
                          {"reason", "damaged"},
                          {"condition", "resell"},
                          {"exchange", {{{"sku", "22423"}, {"units", 1}}}}});
  CHECK(sent(TakeBack{.purchase = "480977", .overrule = "goodwill"})["overrule"] == "goodwill");
  CHECK(changes_something(of(act)));
  CHECK_FALSE(changes_something(of(FetchPurchase{"480977"})));

  json purchase = {{"purchase", "480977"},
                   {"by", "order"},
                   {"currency", "GBP"},
                   {"channel", "web"},
                   {"bought_at", 5},
                   {"unpaid", 0},
                   {"right_here", false},
                   {"exceptions", {"returned_too_much"}},
                   {"reasons", {"damaged"}},
                   {"conditions", {{{"condition", "damaged"}, {"restock", false}}}},
                   {"window_days", 30},
                   {"lines",
                    {{{"line", 1},
                      {"sku", "85123A"},
                      {"title", {{"en", "Holder"}}},
                      {"pictogram", "p"},
                      {"tile", "sky"},
                      {"bought", 3},
                      {"returned", 1},
                      {"returnable", 2},
                      {"paid", 1000},
                      {"until", 9},
                      {"barred", "too_late"}}}},
                   {"returns", json::array()}};
  const auto read = [&] { return decode_counter(of(FetchPurchase{"480977"}), purchase.dump()); };
  REQUIRE(read());
  const auto seen = std::get<PurchaseSeen>(read()->what);
  CHECK(seen.by_order);
  CHECK(seen.questioned);
  CHECK_FALSE(seen.right_here);
  CHECK(seen.lines.at(0).barred == Barred::too_late);
  CHECK_FALSE(seen.conditions.at(0).restock);
  // What cannot be reckoned with is not shown.
  purchase["lines"][0]["returned"] = 4;
  CHECK_FALSE(read());
  purchase["lines"][0]["returned"] = 0;
  purchase["lines"][0]["bought"] = 0;
  CHECK_FALSE(read());

  json back = {{"return", id},
               {"purchase", "480977"},
               {"at", 5},
               {"state", "pending"},
               {"currency", "GBP"},
               {"refund", 295},
               {"refund_by", "till"},
               {"goods", 0},
               {"reason", "damaged"},
               {"condition", "resell"},
               {"lines", json::array()},
               {"settlement",
                {{"ticket", id}, {"code", "7K2Q9M"}, {"qr", "VT1:X:Y"}, {"state", "open"}, {"to_pay", -295}, {"receipt", ""}}}};
  const auto taken = decode_counter(of(act), back.dump());
  REQUIRE(taken);
  const auto& done = std::get<ReturnDone>(taken->what);
  CHECK(done.state == ReturnState::pending);
  CHECK(done.to_pay == -295);
  CHECK_FALSE(done.settled);
  back["state"] = "lost";
  CHECK_FALSE(decode_counter(of(act), back.dump()));
}

TEST_CASE("stock: where it is asked for, what is sent of each work, and what is judged") {
  CHECK(path_of(of(FetchStock{"85123A"})) == "/v1/stock/85123A");
  CHECK(path_of(of(ActOnStock{.sku = "a/b"})) == "/v1/stock/a%2Fb/actions");
  CHECK(path_of(of(FetchStockChecks{})) == "/v1/discrepancies?limit=200");
  const json head = {{"request", id}, {"device", "counter-1"}};
  const auto with = [&](json more) {
    more.update(head);
    return more;
  };
  CHECK(sent(ActOnStock{.sku = "22960", .work = StockWork::count, .units = 2, .moved = -41}) ==
        with({{"action", "count"}, {"counted", 2}, {"moved", -41}}));
  CHECK(sent(ActOnStock{.sku = "22960", .work = StockWork::receive, .units = 48}) ==
        with({{"action", "receive"}, {"units", 48}}));
  CHECK(sent(ActOnStock{.sku = "22960", .work = StockWork::write_off, .units = 1, .reason = "lost"}) ==
        with({{"action", "write_off"}, {"units", 1}, {"reason", "lost"}}));
  CHECK(sent(ActOnStock{.sku = "22960", .work = StockWork::settle, .discrepancies = {"a.0"}}) ==
        with({{"action", "settle"}, {"discrepancies", {"a.0"}}}));
  CHECK(changes_something(of(ActOnStock{})));
  CHECK_FALSE(changes_something(of(FetchStock{"22960"})));

  json record = {{"sku", "22960"},
                 {"title", {{"en", "Jam set"}}},
                 {"on_hand", -2},
                 {"reserved", 1},
                 {"safety", 1},
                 {"available", 0},
                 {"moved", -41},
                 {"aisle", "7"},
                 {"bay", "C"},
                 {"counted_at", 0},
                 {"as_of", 9},
                 {"freshness", "recent"},
                 {"right", nullptr},
                 {"reservations", {{{"reservation", id}, {"units", 1}, {"until", 9}, {"for", "order/481251"}, {"by", "hub"}}}},
                 {"discrepancies", {{{"id", "a.0"}, {"kind", "negative"}, {"units", -2}, {"at", 8}}}}};
  const auto read = [&] { return decode_counter(of(FetchStock{"22960"}), record.dump()); };
  REQUIRE(read());
  const auto seen = std::get<StockRecord>(read()->what);
  CHECK(seen.on_hand == -2);
  CHECK(seen.moved == -41);
  CHECK(seen.promises.at(0).purpose == "order/481251");
  CHECK(seen.promises.at(0).id == id);
  CHECK(seen.discrepancies.at(0) == Discrepancy{"a.0", "negative", -2, {8}});
  record["freshness"] = "new";
  CHECK(read().error().code == "answer_malformed");
  record["freshness"] = "fresh";
  record["on_hand"] = 3'000'000'000;
  CHECK_FALSE(read());
  record["on_hand"] = 3;
  record.erase("moved");  // without it a count would lose what moves
  CHECK_FALSE(read());

  json tasks = {{"tasks",
                 {{{"id", "a.0"},
                   {"kind", "count"},
                   {"units", -1},
                   {"at", 8},
                   {"sku", "22960"},
                   {"title", {{"en", "Jam set"}}},
                   {"on_hand", 2},
                   {"aisle", "7"},
                   {"bay", "C"}}}},
                {"more", false}};
  const auto checks = decode_counter(of(FetchStockChecks{}), tasks.dump());
  REQUIRE(checks);
  CHECK(std::get<std::vector<StockCheck>>(checks->what).at(0).found.units == -1);
  tasks["tasks"] = nullptr;
  CHECK_FALSE(decode_counter(of(FetchStockChecks{}), tasks.dump()));
}

TEST_CASE("what needs somebody: what is sent, and what is judged") {
  CHECK(path_of(of(FetchAlerts{})) == "/v1/alerts?limit=200");
  CHECK(path_of(of(ActOnAlerts{})) == "/v1/alerts/actions");
  CHECK(sent(ActOnAlerts{true, {{"stock_odd", "22960"}, {"store_offline", ""}}}) ==
        json{{"request", id},
             {"device", "counter-1"},
             {"action", "acknowledge"},
             {"alerts", {{{"kind", "stock_odd"}, {"subject", "22960"}}, {{"kind", "store_offline"}, {"subject", ""}}}}});
  CHECK(sent(ActOnAlerts{false, {{"stock_odd", "22960"}}})["action"] == "show");
  CHECK(changes_something(of(ActOnAlerts{})));
  json alerts = {{"alerts",
                  {{{"kind", "of_tomorrow"},
                    {"subject", ""},
                    {"since", 5},
                    {"state", "acknowledged"},
                    {"raised_at", 6},
                    {"shown_at", 7},
                    {"escalated_at", 0},
                    {"acknowledged", {{"who", "1003"}, {"name", "Tom"}, {"at", 9}}}}}},
                 {"more", false}};
  const auto read = [&] { return decode_counter(of(FetchAlerts{}), alerts.dump()); };
  REQUIRE(read());
  const StoreAlert seen = std::get<std::vector<StoreAlert>>(read()->what).at(0);
  CHECK(seen == StoreAlert{"of_tomorrow", "", {5}, AlertState::acknowledged, "Tom"});
  alerts["alerts"][0]["state"] = "forgotten";
  CHECK(read().error().code == "answer_malformed");
  alerts["alerts"][0]["state"] = "shown";
  alerts["alerts"][0]["kind"] = "../x";
  CHECK_FALSE(read());
}

TEST_CASE("how the store stands, as it is judged") {
  CHECK(path_of(of(FetchStatus{})) == "/v1/status");
  json status = {
      {"health",
       {{"link", {{"online", false}, {"enabled", true}, {"since", 5}, {"last_contact", 4}, {"reason", "no_connection"}}},
        {"outbox", {{"waiting", 3}, {"oldest_at", 6}, {"set_aside", 1}}},
        {"in_doubt", false},
        {"database", {{"path_free_bytes", 1000}, {"size_bytes", 10}}},
        {"streams", {{{"name", "catalog"}, {"seq", 4}, {"head", 5}, {"filled", true}, {"repairs", 0}}}}}},
      {"waiting", {{{"collection", "cart"}, {"count", 3}}}},
      {"refused",
       {{{"transaction", id}, {"reason", "not_enough"}, {"at", 7}, {"documents", {{{"collection", "stock"}, {"id", "22960"}}}}}}},
      {"exceptions", {{{"order", "481198"}, {"exception", "handed_over_twice"}}}},
      {"questioned_receipts", {{{"ends", "DFGH"}, {"at", 7}}}},
      {"devices",
       {{{"device", "counter-1"},
         {"role", "counter"},
         {"seen_at", 9},
         {"staff", {{"staff", "1003"}, {"name", "Tom"}, {"locked", true}}}},
        {{"device", "till-1"}, {"role", "till"}, {"seen_at", 0}, {"staff", nullptr}}}}};
  const auto read = [&] { return decode_counter(of(FetchStatus{}), status.dump()); };
  REQUIRE(read());
  const auto seen = std::get<StoreStatus>(read()->what);
  CHECK_FALSE(seen.online);
  CHECK(seen.waiting == 3);
  CHECK(seen.behind);
  CHECK(seen.filled);
  CHECK(seen.kinds.at(0) == std::pair<std::string, std::int64_t>("cart", 3));
  CHECK(seen.refused.at(0) == RefusedSeen{"not_enough", {7}, "stock", "22960"});
  CHECK(seen.questioned.at(0) == std::pair<std::string, UtcMs>("DFGH", {7}));
  CHECK(seen.devices.at(0).locked);
  CHECK(seen.devices.at(1).staff.empty());
  status["health"]["outbox"]["waiting"] = -1;
  CHECK(read().error().code == "answer_malformed");
}
