// SPDX-License-Identifier: Apache-2.0
// A retailer's platform pushes rows and acts on orders: by its credential, once, and judged as a file's rows are.
#include <ctime>
#include <future>

#include "hub/database/authority.hpp"
#include "hub/database/open.hpp"
#include "tests/hub/api/platform_client.hpp"

using namespace vitrine;
using nlohmann::json;
using test::credential;
using test::Heard;
using test::order_row;
using test::Platform;
using test::ServingHub;

namespace {

json product(const std::string& sku) {
  return {{"sku", sku},         {"title_en", "Oak bowl"}, {"department", "kitchen"},
          {"pictogram", "mug"}, {"tile", "mint"},         {"status", "active"}};
}

json document(ServingHub& hub, const sync::DocumentKey& key) {
  auto reader = hub::database::open_hub_reader(hub.folder.database());
  REQUIRE(reader);
  const auto found = hub::database::read_document(**reader, key);
  return found && found->body ? json::parse(*found->body) : json();
}

std::string utc_text(UtcMs at) {
  const std::time_t seconds = at.value / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace

TEST_CASE("a platform is known by its credential alone, may do what it was made for, and is refused at once when it is revoked") {
  ServingHub hub;
  const std::string secret = credential(hub, "shop", {"stock"});
  CHECK(secret.size() == 47);
  CHECK_FALSE(hub.folder.files_hold(secret));
  Platform shop(hub, secret);
  const json row = {
      {"store", "harbour-street"}, {"sku", "47566"}, {"on_hand", 7}, {"safety", 0}, {"counted_at", "2026-01-05T10:00:00Z"}};
  CHECK(shop.push("stock", {row}).body["accepted"] == 1);
  CHECK(shop.push("products", {product("A1")}).body["code"] == "scope_missing");
  CHECK(shop.get("/api/v1/platform/orders").status == 403);
  for (const std::string wrong : {"", "vtp_", "vtp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
    Platform stranger(hub, wrong);
    CHECK(stranger.push("stock", {row}).body["code"] == "credential_unknown");
    CHECK(stranger.get("/api/v1/platform/documents/stock").status == 401);
  }
  CHECK_FALSE(hub.folder.run(hub::platform, {"add", "shop"}));
  REQUIRE(hub.folder.run(hub::platform, {"list"}));
  CHECK(hub.folder.out() == "shop stock\n");
  REQUIRE(hub.folder.run(hub::platform, {"revoke", "shop"}));
  CHECK(shop.push("stock", {row}).body["code"] == "credential_unknown");
  CHECK_FALSE(hub.folder.run(hub::platform, {"revoke", "shop"}));
  CHECK(hub.api->counts().credentials_refused == 7);
}

TEST_CASE("rows go in one by one: what is wrong is named with its reason, as the import names it, and the rest is there") {
  ServingHub hub;
  Platform shop(hub, credential(hub, "shop"));
  json wrong_gtin = product("A2");
  wrong_gtin["gtins"] = "4006381333932";
  json unknown = product("A3");
  unknown["colour"] = "red";
  json typed = product("A4");
  typed["title_en"] = 2.5;
  const Heard heard = shop.push("products", {product("A1"), wrong_gtin, unknown, typed, "row", product("A1"), product("A5")});
  REQUIRE(heard.status == 200);
  CHECK(heard.body["accepted"] == 2);
  CHECK(heard.body["changed"] == 2);
  json reasons;
  for (const json& one : heard.body["refused"]) reasons[std::to_string(one["row"].get<int>())] = one["reason"];
  CHECK(reasons == json{{"1", "gtin 4006381333932 has a wrong check digit"},
                        {"2", "column 'colour' is unknown"},
                        {"3", "title_en is neither text, whole number, true nor false"},
                        {"4", "is no object"},
                        {"5", "sku A1 was already given at rows:0"}});
  CHECK(document(hub, {"product", "A5"})["title"]["en"] == "Oak bowl");
  CHECK(document(hub, {"product", "A3"}).is_null());
  CHECK(hub.api->counts().rows_taken == 2);
  CHECK(hub.api->counts().rows_refused == 5);

  // The same goods in stock and at a price; a stock figure is a count of its time, as in a file.
  const json price = {{"zone", "uk"},   {"sku", "A5"},      {"currency", "GBP"},
                      {"list", "9.00"}, {"current", "8.5"}, {"tax_included", true}};
  CHECK(shop.push("prices", {price}).body["changed"] == 1);
  CHECK(document(hub, {"price", "uk/A5"})["entries"][0]["current"] == 850);
  CHECK(shop.push("prices", {price}).body["changed"] == 0);
  // What a customer did: told again it is the same event, also when something else is said of it; of nobody it is not kept.
  const json maya = {{"customer", "12348"}, {"first_name", "Maya"}, {"initial", "H"},
                     {"language", "en"},    {"country", "FI"},      {"phone_last2", "81"}};
  REQUIRE(shop.push("customers", {maya}).body["changed"] == 1);
  json event = {{"customer", "12348"}, {"at", utc_text(hub.folder.now().utc)},
                {"kind", "searched"},  {"channel", "app"},
                {"event", "E-1"},      {"text", "oak bowl"}};
  CHECK(shop.push("activity", {event}).body["changed"] == 1);
  CHECK(shop.push("activity", {event}).body["changed"] == 0);
  event["text"] = "elm bowl";
  CHECK(shop.push("activity", {event}).body["changed"] == 0);
  event["kind"] = "stolen";
  CHECK(shop.push("activity", {event}).body["refused"].size() == 1);
  CHECK(shop.push("activity", {{{"visitor", "v1"}, {"at", "2026-01-05"}, {"kind", "viewed"}, {"sku", "A5"}, {"channel", "web"}}})
            .body["documents"] == 0);
  event["kind"] = "viewed";
  event["event"] = "E-2";
  event["at"] = "2011-10-24";
  CHECK(shop.push("activity", {event}).body["changed"] == 0);  // over long ago
  CHECK(shop.push("staff", {price}).body["code"] == "table_unknown");
  CHECK(shop.push("nothing", {price}).status == 404);
  CHECK(shop.push("products", std::vector<json>{}).status == 400);
  CHECK(shop.push("products", std::vector<json>(501, product("B"))).status == 400);
  CHECK(shop.post(std::string(test::rows_of) + "products", {{"rows", 3}}).status == 400);
}

TEST_CASE("a conversation is pushed message by message, each once, and read back by the platform's own name of it") {
  ServingHub hub;
  Platform shop(hub, credential(hub, "shop"));
  const json maya = {{"customer", "12348"}, {"first_name", "Maya"}, {"initial", "H"},
                     {"language", "en"},    {"country", "FI"},      {"phone_last2", "81"}};
  REQUIRE(shop.push("customers", {maya}).body["changed"] == 1);
  const std::int64_t now = hub.folder.now().utc.value;
  const auto said = [&](const char* from, const char* text, std::int64_t ago_ms) {
    return json{{"case", "C-88"}, {"customer", "12348"}, {"channel", "chat"},    {"at", utc_text(UtcMs{now - ago_ms})},
                {"from", from},   {"text", text},        {"summary", "Oak bowl"}};
  };
  const json question = said("customer", "Is it dishwasher safe?", 60'000);
  CHECK(shop.push("cases", {question}).body["changed"] == 1);
  CHECK(shop.push("cases", {question}).body["changed"] == 0);
  json answer = said("staff", "No, by hand.", 30'000);
  answer["name"] = "Web team";
  answer["state"] = "closed";
  CHECK(shop.push("cases", {answer}).body["changed"] == 1);
  const auto read = [&] { return shop.get("/api/v1/platform/documents/case").body["documents"]; };
  REQUIRE(read().size() == 1);
  const json talk = read()[0]["body"];
  CHECK(talk["head"]["reference"] == "C-88");
  CHECK(talk["messages"].size() == 2);
  CHECK(talk["messages"][1]["name"] == "Web team");
  CHECK(talk["closed"]["how"] == "answered");
  CHECK(talk["answered"].size() == 1);
  CHECK(shop.push("cases", {said("customer", "Thank you", 10'000)}).body["changed"] == 1);
  CHECK(read()[0]["body"]["answered"].size() == 1);  // nobody has seen this one
  json old = question;
  old["at"] = "2011-10-24";
  CHECK(shop.push("cases", {old}).body["changed"] == 0);  // over long ago
  json of_nobody = question;
  of_nobody["customer"] = "77";
  CHECK(shop.push("cases", {of_nobody}).body["refused"].size() == 1);
  json elsewhere = question;
  elsewhere["store"] = "nowhere";
  CHECK(shop.push("cases", {elsewhere}).body["refused"][0]["reason"] == "store nowhere is in no stores table");
}

TEST_CASE("the same key does a thing once, also when two calls come at the same time; another question under it is refused") {
  ServingHub hub;
  const std::string secret = credential(hub, "shop");
  Platform shop(hub, secret);
  REQUIRE(shop.push("orders", {order_row("W1", 1, "85123A", 2), order_row("W1", 2, "22423", 1)}).body["documents"] == 1);
  const std::string path = "/api/v1/platform/orders/W1/actions";
  const json pay = {{"action", "pay"}, {"minor", 250}};
  CHECK(shop.post(path, pay, "").body["code"] == "idempotency_key_missing");
  CHECK(shop.post(path, pay, "short").status == 400);
  const auto pay_once = [&] {
    Platform other(hub, secret);
    return other.post(path, pay, "pay-W1-first").body["paid"].get<int>();
  };
  std::vector<std::future<int>> at_once;
  for (int i = 0; i < 4; ++i) at_once.push_back(std::async(std::launch::async, pay_once));
  for (auto& one : at_once) CHECK(one.get() == 250);
  const Heard again = shop.post(path, pay, "pay-W1-first");
  CHECK(again.headers.find("Idempotency-Replayed")->second == "true");
  CHECK_FALSE(again.tag.empty());
  CHECK(hub.api->counts().repeats == 4);
  CHECK(shop.post(path, {{"action", "pay"}, {"minor", 251}}, "pay-W1-first").body["code"] == "idempotency_key_reused");
  CHECK(shop.post(path, pay, "pay-W1-second").body["paid"] == 500);
  CHECK(document(hub, {"order", "W1"})["paid"] == 500);
  // Another platform's keys are its own.
  Platform second(hub, credential(hub, "second"));
  CHECK(second.post(path, pay, "pay-W1-first").body["paid"] == 750);
}

TEST_CASE("an order is placed with its buyer, paid, changed under If-Match, refunded and cancelled") {
  ServingHub hub;
  Platform shop(hub, credential(hub, "shop"));
  REQUIRE(shop.push("orders", {order_row("W1", 1, "85123A", 2)}).body["changed"] == 1);
  // The buyer came with an earlier call: the second factor at the counter is known.
  CHECK(document(hub, {"order", "W1"})["buyer"]["phone_last2"] == "41");
  const Heard placed = shop.get("/api/v1/platform/orders/W1");
  CHECK(placed.body["state"] == "placed");
  CHECK(placed.body["balance_due"] == 500);
  CHECK(placed.text.find("Amelia") == std::string::npos);
  const std::string path = "/api/v1/platform/orders/W1/actions";
  const Heard paid = shop.post(path, {{"action", "pay"}, {"minor", 500}}, "key-pay-1", placed.tag);
  CHECK(paid.body["payment"] == "paid");
  const Heard stale = shop.post(path, {{"action", "cancel"}, {"reason", "buyer"}}, "key-cancel", placed.tag);
  CHECK(stale.status == 412);
  CHECK(stale.tag == paid.tag);
  CHECK(shop.post(path, {{"action", "refund"}, {"lines", {{{"line", 1}, {"units", 3}}}}}, "key-refund").body["code"] ==
        "refund_too_much");
  const Heard cancelled = shop.post(path, {{"action", "cancel"}, {"reason", "buyer"}}, "key-cancel2", paid.tag);
  CHECK(cancelled.body["state"] == "cancelled");
  CHECK(cancelled.body["refund_due"] == 500);
  CHECK(shop.act("W1", {{"action", "refund"}, {"lines", {{{"line", 1}, {"units", 2}}}}}).body["payment"] == "refunded");
  for (const json& wrong : {json{{"action", "hand_over"}}, json{{"action", "pay"}, {"minor", 0}},
                            json{{"action", "cancel"}, {"reason", "two words"}}, json::object()})
    CHECK(shop.act("W1", wrong).status == 400);
  CHECK(shop.act("W9", {{"action", "pay"}, {"minor", 1}}).body["code"] == "order_unknown");
  CHECK(shop.get("/api/v1/platform/orders/W9").status == 404);

  // Two edit one price: the second has to look again.
  const Heard price = shop.get("/api/v1/platform/documents/price?id=uk/85123A");
  const auto priced = [](const char* current) {
    return json{{"rows",
                 {{{"zone", "uk"},
                   {"sku", "85123A"},
                   {"currency", "GBP"},
                   {"list", "2.95"},
                   {"current", current},
                   {"tax_included", true}}}}};
  };
  CHECK(shop.post(std::string(test::rows_of) + "prices", priced("2.00"), "key-price1", price.tag).status == 200);
  CHECK(shop.post(std::string(test::rows_of) + "prices", priced("1.00"), "key-price2", price.tag).body["code"] ==
        "version_changed");
  CHECK(document(hub, {"price", "uk/85123A"})["entries"][0]["current"] == 200);
  CHECK(shop.post(std::string(test::rows_of) + "products", {{"rows", {product("A1"), product("A2")}}}, "key-many", price.tag)
            .body["code"] == "if_match_ambiguous");
}

TEST_CASE("documents and orders are read page by page, each once") {
  ServingHub hub;
  Platform shop(hub, credential(hub, "shop"));
  std::vector<json> rows;
  for (int i = 0; i < 7; ++i) rows.push_back(order_row("W" + std::to_string(i), 1, "85123A", 1));
  REQUIRE(shop.push("orders", rows).body["documents"] == 7);
  std::vector<std::string> seen;
  for (std::string after;;) {
    const json page = shop.get("/api/v1/platform/orders?limit=3&after=" + after).body;
    for (const json& order : page["orders"]) seen.push_back(order["order"]);
    if (page["next"].is_null()) break;
    after = page["next"];
  }
  CHECK(seen == std::vector<std::string>{"W0", "W1", "W2", "W3", "W4", "W5", "W6"});
  const json first = shop.get("/api/v1/platform/documents/product?limit=2").body;
  CHECK(first["documents"].size() == 2);
  CHECK(shop.get("/api/v1/platform/documents/product?after=" + first["next"].get<std::string>()).body["documents"].size() == 1);
  CHECK(shop.get("/api/v1/platform/documents/product?limit=201").status == 400);
  CHECK(shop.get("/api/v1/platform/documents/trust").body["code"] == "collection_unknown");
  CHECK(shop.get("/api/v1/platform/documents/product?id=none").body["code"] == "document_unknown");
}

TEST_CASE("a platform erases a customer, if it may; what names them afterwards is refused by name") {
  ServingHub hub;
  Platform shop(hub, credential(hub, "shop"));
  Platform desk(hub, credential(hub, "privacy-desk", {"erasures"}));
  shop.push("orders", {order_row("W-9", 1, "85123A", 1)});
  const std::string path = "/api/v1/platform/erasures";
  CHECK(shop.post(path, {{"customer", "12347"}}).body["code"] == "scope_missing");
  CHECK(desk.post(path, {{"customer", ""}}).body["code"] == "invalid_request");
  CHECK(desk.post(path, {{"customer", "12347"}}, "").body["code"] == "idempotency_key_missing");
  const Heard done = desk.post(path, {{"customer", "12347"}}, "erase-12347");
  REQUIRE(done.status == 200);
  CHECK(done.body["repeated"] == false);
  CHECK(done.body["orders"] == 1);
  CHECK(done.body["stores_unaware"] == json({"harbour-street", "mill-lane"}));
  CHECK(done.text.find("12347") == std::string::npos);
  CHECK(desk.post(path, {{"customer", "12347"}}, "erase-12347").body == done.body);
  CHECK(desk.post(path, {{"customer", "12347"}}).body["repeated"] == true);
  const std::string tag = done.body["erasure"];
  const Heard state = desk.get(path + "/" + tag);
  CHECK(state.body["erased_at"] == done.body["erased_at"]);
  CHECK(desk.get(path + "/" + std::string(32, '0')).body["code"] == "erasure_unknown");
  CHECK(desk.get(path + "/12347").status == 404);

  CHECK(document(hub, {"customer", "12347"}).is_null());
  CHECK_FALSE(document(hub, {"order", "W-9"}).contains("customer"));
  CHECK(document(hub, {"order", "W-9"})["erased"] == true);
  const json row = {{"customer", "12347"}, {"first_name", "Amelia"}, {"initial", "R"}, {"language", "en"}};
  CHECK(shop.push("customers", {row}).body["refused"][0]["reason"] == "this customer was erased");
  CHECK(shop.push("orders", {order_row("W-9", 1, "85123A", 2)}).body["accepted"] == 1);
  CHECK_FALSE(document(hub, {"order", "W-9"}).contains("customer"));
  CHECK(shop.act("W-9", {{"action", "delegate"}, {"name", "Ben"}}).body["code"] == "customer_erased");
}
