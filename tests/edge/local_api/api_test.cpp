// SPDX-License-Identifier: Apache-2.0
// The local API over its real socket, against a real database that a hub's pages filled.
#include <sys/socket.h>

#include <doctest/doctest.h>
#include <httplib.h>
#include <nlohmann/json.hpp>

#include "tests/edge/local_api/http_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using nlohmann::json;

namespace {

class Kiosk {
 public:
  explicit Kiosk(const TestShop& shop) : client_(shop.api_socket()), operator_(shop.operator_socket()) {
    client_.set_address_family(AF_UNIX);
    operator_.set_address_family(AF_UNIX);
  }
  Answer get(const std::string& path) { return HttpShop::read(http(path).Get(path.c_str())); }
  Answer post(const std::string& path, const json& body) { return post_text(path, body.dump()); }
  Answer post_text(const std::string& path, const std::string& body) {
    return HttpShop::read(http(path).Post(path.c_str(), body, "application/json"));
  }
  Answer open(int request, const std::string& text) {
    return post("/v1/passes/open", {{"request", test_request(request)}, {"device", "kiosk-1"}, {"text", text}});
  }
  Answer cart(const std::string& cart) { return get("/v1/carts/" + cart); }
  Answer act(int request, const std::string& cart, json action) {
    action["request"] = test_request(request);
    action["device"] = "kiosk-1";
    return post("/v1/carts/" + cart + "/actions", action);
  }
  // What only operators may is asked through their socket.
  httplib::Client& http(const std::string& path = "") { return path == "/v1/link" || path == "/metrics" ? operator_ : client_; }

 private:
  httplib::Client client_;
  httplib::Client operator_;
};

const std::string pass_one = "a0000000000000000000000000000001";
const std::string pass_two = "a0000000000000000000000000000002";

json line_of(const json& cart, const std::string& key) {
  for (const json& line : cart["lines"]) {
    if (line["key"] == key) return line;
  }
  return nullptr;
}

struct OpenShop : TestShop {
  OpenShop() {
    fill();
    start();
  }
};

}  // namespace

TEST_CASE_FIXTURE(OpenShop, "the store says who it is, and that it is open") {
  Kiosk kiosk(*this);
  const Answer store_answer = kiosk.get("/v1/store");
  CHECK(store_answer.status == 200);
  const json& s = store_answer.body;
  CHECK(s["store"] == "harbour-street");
  CHECK(s["name"] == "Harbour Street");
  CHECK(s["brand"] == "Fernby");
  CHECK(s["tagline"]["en"] == "Gifts and home");
  CHECK(s["currency"] == "GBP");
  CHECK(s["distance_unit"] == "km");
  CHECK(s["colours"] == json{{"primary", "#0B5754"}});
  CHECK(s["greet_by_name"] == true);
  CHECK(s["open_now"] == true);
  CHECK(s["closes_at"] == "22:00");
  CHECK(s["opens_at"].is_null());
  CHECK(s["ready"] == true);
  CHECK(s["fill"].is_null());
  CHECK(s["phone_page"] == "https://127.0.0.1:8443/k");
  CHECK(s["link"]["online"] == true);

  const json health = kiosk.get("/v1/health").body;
  CHECK(health["status"] == "ok");
  CHECK(health["streams"].size() == 7);
  for (const json& stream : health["streams"]) CHECK(stream["filled"] == true);
  CHECK(health["outbox"]["waiting"] == 0);
  CHECK(health["database"]["size_bytes"].get<std::int64_t>() > 4096);
  CHECK(health["now"] == utc_ms.load());
}

TEST_CASE_FIXTURE(OpenShop, "a pass opens the shopper's cart with names, prices and stock of here") {
  Kiosk kiosk(*this);
  const Answer opened = kiosk.open(1, pass_text(pass(test_cart, pass_one)));
  CHECK(opened.status == 200);
  const json& cart = opened.body;
  CHECK(cart["cart"] == test_cart);
  CHECK(cart["known"] == "base");
  CHECK(cart["first_name"] == "Amelia");
  CHECK(cart["pass"] == json{{"id", pass_one}, {"v", {1, 1}}});
  REQUIRE(cart["lines"].size() == 2);
  const json heart = line_of(cart, "85123A");
  CHECK(heart["title"]["de"] == "Teelichthalter Herz");
  CHECK(heart["units"] == 2);
  CHECK(heart["unit_price"] == json{{"minor", 295}, {"currency", "GBP"}});
  CHECK(heart["list_price"].is_null());
  CHECK(heart["total"]["minor"] == 590);
  CHECK(heart["counted"] == true);
  CHECK(heart["stock"]["on_hand"] == 24);
  CHECK(heart["stock"]["freshness"] == "fresh");
  const json stand = line_of(cart, "22423");
  CHECK(stand["sold_out"] == true);
  CHECK(stand["list_price"]["minor"] == 1275);
  CHECK(stand["unit_price"]["minor"] == 1095);
  CHECK(stand["counted"] == false);
  CHECK(cart["totals"] ==
        json::parse(R"({"currency":"GBP","units":2,"lines_left_out":1,"subtotal":590,"saved":0,"to_pay":590,)"
                    R"("taxes":[{"class":"standard","basis_points":2000,"included":true,"net":492,"tax":98}]})"));
  CHECK(cart["outbox_waiting"] == 1);
  CHECK(outbox_size() == 1);

  SUBCASE("the same pass again opens the same cart and says nothing new") {
    const Answer again = kiosk.open(2, pass_text(pass(test_cart, pass_one)));
    CHECK(again.status == 200);
    CHECK(again.body["lines"] == cart["lines"]);
    CHECK(outbox_size() == 1);
  }
  SUBCASE("a newer pass of the same cart is said") {
    CHECK(kiosk.open(2, pass_text(pass(test_cart, pass_two))).body["pass"]["id"] == pass_two);
    CHECK(outbox_size() == 2);
  }
}

// The cart once it is as wanted: what the hub says is taken in when nobody waits for an answer.
template <class Wanted>
json cart_when(Kiosk& kiosk, const std::string& id, Wanted wanted) {
  json cart;
  for (int tries = 0; tries < 500; ++tries) {
    cart = kiosk.cart(id).body;
    if (wanted(cart)) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return cart;
}

TEST_CASE_FIXTURE(OpenShop, "promotions come off at their second, with no message arriving, and say so in words") {
  const std::int64_t begins = utc_ms.load() + 60'000;
  hub_pushes("promotions.uk",
             {put("promotion", "uk/hearts",
                  R"({"promotion":"hearts","zone":"uk","title":{"en":"Half price","de":"Halber Preis"},"currency":"GBP",)"
                  R"("from":)" +
                      std::to_string(begins) +
                      R"(,"goods":{"categories":["gifts"]},"reward":{"kind":"percent_off","basis_points":5000}})"),
              put("promotion", "uk/members",
                  R"({"promotion":"members","zone":"uk","title":{"en":"Members: 1 off"},"currency":"GBP","from":0,)"
                  R"("segment":"club","reward":{"kind":"basket_amount","minor":100}})"),
              put("promotion", "uk/odd", R"({"promotion":"odd","reward":{"kind":"of tomorrow"}})")});
  Kiosk kiosk(*this);
  kiosk.open(1, pass_text(pass(unknown_cart, pass_one)));
  const json before = cart_when(kiosk, unknown_cart, [&](const json& cart) { return cart["changes_at"] == begins; });
  CHECK(before["changes_at"] == begins);
  CHECK(before["reductions"] == json::array());
  CHECK(before["withheld"] == json::parse(R"([{"promotion":"members","title":{"en":"Members: 1 off"},"segment":"club"}])"));

  utc_ms = begins;
  const json during = kiosk.cart(unknown_cart).body;
  CHECK(
      during["reductions"] ==
      json::parse(R"([{"promotion":"hearts","title":{"de":"Halber Preis","en":"Half price"},"minor":295,"unverified":false}])"));
  const json heart = line_of(during, "85123A");
  CHECK(heart["total"]["minor"] == 590);
  CHECK(heart["to_pay"] == 295);
  CHECK(heart["savings"] == json::parse(R"([{"promotion":"hearts","minor":295}])"));
  CHECK(during["totals"]["saved"] == 295);
  CHECK(during["totals"]["to_pay"] == 295);
  CHECK(during["totals"]["taxes"][0]["tax"] == 49);
}

TEST_CASE_FIXTURE(OpenShop, "a member is known by the profile that is here") {
  hub_pushes("promotions.uk",
             {put("promotion", "uk/members",
                  R"({"promotion":"members","zone":"uk","title":{"en":"Members: 1 off"},"currency":"GBP","from":0,)"
                  R"("segment":"club","reward":{"kind":"basket_amount","minor":100}})")});
  Kiosk kiosk(*this);
  kiosk.open(1, pass_text(pass(test_cart, pass_one)));
  CHECK(kiosk.cart(test_cart).body["totals"]["to_pay"] == 590);  // a profile without memberships
  hub_puts(
      {put("customer", "amelia", R"({"customer":"amelia","display_name":"Amelia","language":"en","segments":["club"]})", 2)});
  const json cart = cart_when(kiosk, test_cart, [](const json& now) { return now["totals"]["to_pay"] == 490; });
  CHECK(cart["withheld"] == json::array());
  CHECK(cart["totals"]["to_pay"] == 490);
}

TEST_CASE_FIXTURE(OpenShop, "an unknown cart opens from its pass alone, without a name, and can be changed") {
  Kiosk kiosk(*this);
  const Answer opened = kiosk.open(1, pass_text(pass(unknown_cart, pass_one)));
  REQUIRE(opened.status == 200);
  CHECK(opened.body["known"] == "pass");
  CHECK(opened.body["first_name"].is_null());
  const json heart = line_of(opened.body, "85123A");
  CHECK(heart["units"] == 2);
  CHECK(heart["shown"] == json::array({pass_one + ".0"}));

  const Answer less = kiosk.act(
      2, unknown_cart,
      {{"action", "decrease"}, {"line", "85123A"}, {"shown", heart["shown"]}, {"units", 1}, {"pass", opened.body["pass"]}});
  CHECK(less.status == 200);
  CHECK(line_of(less.body, "85123A")["units"] == 1);
  CHECK(line_of(less.body, "85123A")["waiting"] == true);
  const Answer gone = kiosk.act(3, unknown_cart, {{"action", "remove"}, {"line", "22423"}, {"shown", {pass_one + ".1"}}});
  CHECK(gone.status == 200);
  CHECK(line_of(gone.body, "22423").is_null());
  CHECK(outbox_size() == 3);
}

TEST_CASE_FIXTURE(OpenShop, "actions change the cart at once, and a repeated request changes nothing") {
  Kiosk kiosk(*this);
  const json add = {{"action", "add"}, {"sku", "47566"}, {"units", 3}};
  const Answer added = kiosk.act(1, test_cart, add);
  REQUIRE(added.status == 200);
  CHECK(line_of(added.body, "47566")["units"] == 3);
  CHECK(line_of(added.body, "47566")["shown"] == json::array({test_request(1) + ".0"}));
  CHECK(line_of(added.body, "47566")["stock"].is_null());
  CHECK(line_of(added.body, "85123A")["waiting"] == false);
  CHECK(kiosk.act(1, test_cart, add).body["lines"] == added.body["lines"]);
  CHECK(outbox_size() == 1);

  const json shown = line_of(added.body, "47566")["shown"];
  const Answer less = kiosk.act(2, test_cart, {{"action", "decrease"}, {"line", "47566"}, {"shown", shown}, {"units", 2}});
  CHECK(line_of(less.body, "47566")["units"] == 1);
  const Answer gone = kiosk.act(3, test_cart, {{"action", "remove"}, {"line", "47566"}, {"shown", shown}});
  CHECK(line_of(gone.body, "47566").is_null());
  CHECK(kiosk.get("/v1/carts/" + test_cart).body["lines"] == gone.body["lines"]);
  CHECK(outbox_size() == 3);
  CHECK(gone.body["outbox_waiting"] == 3);

  CHECK(kiosk.act(4, test_cart, {{"action", "add"}, {"sku", "47566"}, {"units", 999}}).status == 200);
  const Answer full = kiosk.act(5, test_cart, {{"action", "add"}, {"sku", "47566"}, {"units", 1}});
  CHECK(full.status == 409);
  CHECK(full.body["code"] == "quantity_max");
  CHECK(outbox_size() == 4);
}

TEST_CASE_FIXTURE(OpenShop, "what the store does is on its way to the hub only after it is on the disk") {
  Kiosk kiosk(*this);
  REQUIRE(kiosk.act(1, test_cart, {{"action", "add"}, {"sku", "47566"}, {"units", 1}}).status == 200);
  // Whoever waits at the kiosk is answered first; the hub is told in the same turn of the loop.
  bool found = false;
  for (int tries = 0; tries < 500 && !found; ++tries) {
    if (tries > 0) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    for (const auto& message : sent()) {
      const auto* ops = std::get_if<sync::protocol::Ops>(&message);
      found = found || (ops != nullptr && ops->transactions.size() == 1 && ops->transactions[0].id.text == test_request(1));
    }
  }
  CHECK(found);
}

TEST_CASE_FIXTURE(OpenShop, "passes that open nothing say why") {
  Kiosk kiosk(*this);
  const auto refused = [&](const sync::protocol::CartPass& pass) {
    const Answer answer = kiosk.open(50, pass_text(pass));
    return std::to_string(answer.status) + " " + answer.body.value("code", "");
  };
  auto one = pass(test_cart, pass_one);
  one.key_id = 8;
  CHECK(refused(one) == "422 pass_unknown_key");
  one = pass(test_cart, pass_one);
  one.audience = "other-store";
  CHECK(refused(one) == "409 pass_foreign");
  one = pass(test_cart, pass_one);
  one.issued_at = one.issued_at.plus(-3 * 3'600'000);
  one.expires_at = one.issued_at.plus(3'600'000);
  CHECK(refused(one) == "410 pass_expired");
  one = pass(test_cart, pass_one);
  one.issued_at = one.issued_at.plus(3'600'000);
  CHECK(refused(one) == "422 pass_not_yet");
  one = pass(unknown_cart, pass_one);
  one.lines.reset();
  CHECK(refused(one) == "503 pass_needs_hub");
  CHECK(kiosk.open(51, "https://example.org").body["code"] == "pass_not_ours");
  std::string forged = pass_text(pass(test_cart, pass_one));
  forged[forged.size() - 20] = forged[forged.size() - 20] == '1' ? '2' : '1';
  const Answer answer = kiosk.open(52, forged);
  CHECK(answer.status == 422);
  CHECK(outbox_size() == 0);
}

TEST_CASE("nothing turns a pass's time back: expiry is judged by the later of clock and last hub time") {
  TestShop shop;
  shop.fill();
  const std::string text = shop.pass_text(shop.pass(test_cart, pass_one));
  sync::protocol::Heads heads;
  heads.era = {1, "e0000000000000000000000000000001"};
  heads.clock = UtcMs{shop.utc_ms + 3 * 3'600'000};
  shop.hub_says(heads);
  shop.start();
  CHECK(Kiosk(shop).open(1, text).body["code"] == "pass_expired");
}

TEST_CASE_FIXTURE(OpenShop, "products are found by words, number and barcode") {
  Kiosk kiosk(*this);
  Answer found;
  for (int i = 0; i < 100 && found.body["products"].empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    found = kiosk.get("/v1/products?query=hanging%20hea");
  }
  REQUIRE(found.body["products"].size() == 1);
  CHECK(found.body["products"][0]["sku"] == "85123A");
  CHECK(found.body["products"][0]["price"]["minor"] == 295);
  CHECK(found.body["products"][0]["stock"]["on_hand"] == 24);
  CHECK(found.body["more"] == false);
  const Answer more = kiosk.get("/v1/products?query=gifts&limit=2");
  CHECK(more.body["products"].size() == 2);
  CHECK(more.body["more"] == true);
  CHECK(kiosk.get("/v1/products/22423").body["title"]["en"] == "Regency cakestand 3 tier");
  CHECK(kiosk.get("/v1/products/5012345678924").body["sku"] == "47566");
  CHECK(kiosk.get("/v1/products/nothing").body["code"] == "product_unknown");
  CHECK(kiosk.get("/v1/products?query=").body["products"].empty());
}

TEST_CASE_FIXTURE(OpenShop, "facets count all hits; department, price and stock narrow them") {
  Kiosk kiosk(*this);
  Answer found;
  for (int i = 0; i < 100 && (!found.body.contains("facets") || found.body["facets"]["prices"].empty()); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    found = kiosk.get("/v1/products?query=gifts&facets=true");
  }
  const auto& facets = found.body["facets"];
  const std::size_t all = found.body["total"].get<std::size_t>();
  REQUIRE(all == found.body["products"].size());
  CHECK(facets["departments"][0]["id"] == "gifts");
  CHECK(facets["departments"][0]["count"] == all);
  std::size_t priced = 0;
  std::size_t below_ten = 0;
  std::size_t here = 0;
  for (const auto& product : found.body["products"]) {
    priced += product["price"].is_null() ? 0 : 1;
    below_ten += !product["price"].is_null() && product["price"]["minor"] < 1000 ? 1 : 0;
    here += !product["stock"].is_null() && product["stock"]["on_hand"] > 0 ? 1 : 0;
  }
  std::size_t in_bands = 0;
  for (const auto& band : facets["prices"]) in_bands += band["count"].get<std::size_t>();
  CHECK(in_bands == priced);
  CHECK(facets["in_stock"] == here);
  CHECK(kiosk.get("/v1/products?query=gifts").body["facets"].is_null());
  CHECK(kiosk.get("/v1/products?query=gifts&price_to=1000").body["total"] == below_ten);
  CHECK(kiosk.get("/v1/products?query=gifts&price_from=1000").body["total"] == priced - below_ten);
  CHECK(kiosk.get("/v1/products?query=gifts&in_stock=true").body["total"] == here);
  CHECK(kiosk.get("/v1/products?query=gifts&department=food").body["total"] == 0);
  const Answer mistaken = kiosk.get("/v1/products?query=cakesatnd");
  REQUIRE(mistaken.body["products"].size() == 1);
  CHECK(mistaken.body["products"][0]["sku"] == "22423");
  CHECK(mistaken.body["forgiven"] == true);
  for (const char* wrong : {"in_stock=yes", "facets=1", "price_from=-1", "price_to=2.50", "limit=0", "price_to=100000001"}) {
    CHECK(kiosk.get(std::string("/v1/products?query=gifts&") + wrong).body["code"] == "invalid_request");
  }
  const std::string metrics = kiosk.http("/metrics").Get("/metrics")->body;
  CHECK(metrics.find("vitrine_edge_searches_forgiven_total 1\n") != std::string::npos);
  CHECK(metrics.find("vitrine_edge_searches_empty_total 0\n") == std::string::npos);
}

TEST_CASE_FIXTURE(OpenShop, "a product in full: variants, what goes with it, codes that carry a price") {
  const auto like = [](const std::string& sku, const std::string& colour) {
    return R"({"sku":")" + sku + R"(","gtins":[],"title":{"en":"Parasol )" + colour +
           R"("},"department":"gifts","category":["Gifts","Shade"],"pictogram":"picnic",)"
           R"("tile":"mint","status":"active","style":"P","attributes":{"colour":")" +
           colour +
           R"("},"description":{"en":"Keeps the sun off."},"brand":"Fernby",)"
           R"("age_restriction":18,"ar_url":"https://shop.example/ar/1","pictures":["ab"]})";
  };
  hub_pushes(
      "catalog",
      {put("product", "P1", like("P1", "pink")), put("product", "P2", like("P2", "blue")),
       put("product", "CHEESE",
           R"({"sku":"CHEESE","gtins":["0212345000007"],"title":{"en":"Cheese"},"department":"gifts","category":["Gifts"],"pictogram":"cheese","tile":"mint","status":"active"})"),
       put("affinity", "P1",
           R"({"sku":"P1","with":[{"sku":"P2","score":12},{"sku":"P1","score":11},{"sku":"22423","score":9},{"sku":"GONE","score":5}]})")});
  hub_pushes(
      "settings",
      {put(
          "settings", "chain",
          R"({"brand":"Fernby","tagline":{},"greet_by_name":true,"languages":["en"],"default_language":"en","link_base":"https://s.example/k","in_store_codes":["02IIIIIVPPPPC","a scheme of a later version"]})",
          2)});
  Kiosk kiosk(*this);
  Answer page;
  for (int i = 0; i < 100 && (page.status != 200 || page.body["variants"].size() != 2); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    page = kiosk.get("/v1/products/P1");
  }
  REQUIRE(page.status == 200);
  CHECK(page.body["variants"].size() == 2);
  CHECK(page.body["variants"][1]["attributes"]["colour"] == "blue");
  REQUIRE(page.body["goes_with"].size() == 1);
  CHECK(page.body["goes_with"][0]["sku"] == "22423");
  CHECK(page.body["goes_with"][0]["title"]["en"] == "Regency cakestand 3 tier");
  CHECK(page.body["category"][1] == "Shade");
  CHECK(page.body["description"]["en"] == "Keeps the sun off.");
  CHECK(page.body["age_restriction"] == 18);
  CHECK(page.body["ar_url"] == "https://shop.example/ar/1");
  CHECK(page.body["pictures"][0] == "ab");
  const Answer alone = kiosk.get("/v1/products/22423");
  CHECK(alone.body["variants"].empty());
  CHECK(alone.body["ar_url"].is_null());
  const Answer cheese = kiosk.get("/v1/codes?text=0212345928752");
  REQUIRE(cheese.status == 200);
  CHECK(cheese.body["sku"] == "CHEESE");
  CHECK(cheese.body["code"]["price"] == 2875);
  CHECK(kiosk.get("/v1/codes?text=0212345828755").body["code"] == "code_check_digit");
  CHECK(kiosk.get("/v1/codes?text=%2801%2905012345678924%283103%29001250").body["code"]["weight_g"] == 1250);
  CHECK(kiosk.get("/v1/codes?text=https%3A%2F%2Fid.gs1.org%2F01%2F05012345678924").body["sku"] == "47566");
  const Answer wrong = kiosk.get("/v1/products/5012345678925");
  CHECK(wrong.status == 422);
  CHECK(wrong.body["code"] == "code_check_digit");
  CHECK(kiosk.get("/v1/codes?text=22423").body["sku"] == "22423");
  CHECK(kiosk.get("/v1/codes?text=").body["code"] == "invalid_request");
  CHECK(kiosk.get("/v1/codes?text=nothing").body["code"] == "product_unknown");
}

TEST_CASE_FIXTURE(OpenShop, "stock gets older while the hub is away") {
  Kiosk kiosk(*this);
  const auto freshness = [&] {
    return line_of(kiosk.get("/v1/carts/" + test_cart).body, "85123A")["stock"]["freshness"].get<std::string>();
  };
  CHECK(freshness() == "fresh");
  let_pass(10 * 60'000);
  CHECK(freshness() == "fresh");
  inbox.push_notice(daemon::HubDisconnected{});
  for (int i = 0; i < 100 && board.get().report.online; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(freshness() == "recent");
  let_pass(40 * 60'000);
  CHECK(freshness() == "old");
  let_pass(3 * 60 * 60'000);
  CHECK(freshness() == "check");
  CHECK(kiosk.get("/v1/health").body["status"] == "degraded");
}

TEST_CASE_FIXTURE(OpenShop, "bad input is answered, never obeyed") {
  Kiosk kiosk(*this);
  struct Row {
    const char* path;
    std::string body;
    int status;
    const char* code;
  };
  const std::string act = "/v1/carts/" + test_cart + "/actions";
  const std::string ids = R"("request":")" + test_request(9) + R"(","device":"kiosk-1")";
  const std::vector<Row> rows = {
      {"/v1/passes/open", "", 400, "invalid_request"},
      {"/v1/passes/open", "[]", 400, "invalid_request"},
      {"/v1/passes/open", "{\"request\":", 400, "invalid_request"},
      {"/v1/passes/open", std::string(2000, '['), 400, "invalid_request"},
      {"/v1/passes/open", R"({"request":"xyz","device":"kiosk-1","text":"t"})", 400, "invalid_request"},
      {"/v1/passes/open", R"({"request":"00000000000000000000000000000009","device":"Kiosk 1","text":"t"})", 400,
       "invalid_request"},
      {"/v1/passes/open", "{" + ids + "}", 400, "invalid_request"},
      {"/v1/passes/open", "{" + ids + R"(,"text":7})", 400, "invalid_request"},
      {"/v1/passes/open", "{" + ids + R"(,"text":")" + std::string(5000, '1') + "\"}", 400, "invalid_request"},
      {"/v1/passes/open", "{" + ids + ",\"text\":\"\xff\xfe\"}", 400, "invalid_request"},
      {"/v1/passes/open", "{" + ids + R"(,"text":"t","scanned_at":-5})", 400, "invalid_request"},
      {act.c_str(), "{" + ids + "}", 400, "invalid_request"},
      {act.c_str(), "{" + ids + R"(,"action":"burn"})", 400, "invalid_request"},
      {act.c_str(), "{" + ids + R"(,"action":"add"})", 400, "invalid_request"},
      {act.c_str(), "{" + ids + R"(,"action":"add","sku":"no such"})", 404, "product_unknown"},
      {act.c_str(), "{" + ids + R"(,"action":"add","sku":"47566","units":0})", 400, "invalid_request"},
      {act.c_str(), "{" + ids + R"(,"action":"add","sku":"47566","units":1000})", 400, "invalid_request"},
      {act.c_str(), "{" + ids + R"(,"action":"add","sku":"47566","units":1.5})", 400, "invalid_request"},
      {act.c_str(), "{" + ids + R"(,"action":"remove","line":"85123A"})", 400, "invalid_request"},
      {act.c_str(), "{" + ids + R"(,"action":"remove","line":"85123A","shown":["x"]})", 400, "invalid_request"},
      {act.c_str(), "{" + ids + R"(,"action":"remove","line":"85123A","shown":[1]})", 400, "invalid_request"},
      {act.c_str(), "{" + ids + R"(,"action":"add","sku":"47566","pass":{"id":"x","v":[1]}})", 400, "invalid_request"},
      {"/v1/carts/nonsense/actions", "{" + ids + R"(,"action":"add","sku":"47566"})", 404, "cart_unknown"},
      {"/v1/carts/c0000000000000000000000000000009/actions", "{" + ids + R"(,"action":"add","sku":"47566"})", 404,
       "cart_unknown"},
      {"/v1/link", R"({"enabled":"yes"})", 400, "invalid_request"},
      {"/v1/health", "{}", 405, "method_not_allowed"},
      {"/v1/nothing", "{}", 404, "not_found"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CAPTURE(row.body.substr(0, 120));
    const Answer answer = kiosk.post_text(row.path, row.body);
    CHECK(answer.status == row.status);
    CHECK(answer.body.value("code", "") == row.code);
    CHECK(answer.body.value("status", 0) == row.status);
  }
  CHECK(kiosk.get("/v1/carts/%2e%2e").body["code"] == "cart_unknown");
  CHECK(kiosk.get("/v1/products?query=x&limit=51").body["code"] == "invalid_request");
  CHECK(kiosk.get("/v1/products?query=" + std::string(300, 'x')).body["code"] == "invalid_request");
  CHECK(kiosk.post_text("/v1/passes/open", std::string(70'000, ' ')).status == 413);
  const auto chunked = kiosk.http().Post("/v1/link", {{"Transfer-Encoding", "chunked"}}, "", "application/json");
  REQUIRE(static_cast<bool>(chunked));
  CHECK(chunked->status == 411);
  CHECK(outbox_size() == 0);
}

TEST_CASE("a store that was never filled says so") {
  TestShop shop;
  shop.start();
  Kiosk kiosk(shop);
  CHECK(kiosk.get("/v1/store").body["ready"] == false);
  CHECK(kiosk.get("/v1/health").body["status"] == "degraded");
  const Answer answer = kiosk.open(1, shop.pass_text(shop.pass(test_cart, pass_one)));
  CHECK(answer.status == 503);
  CHECK(answer.body["code"] == "store_not_ready");
}

TEST_CASE_FIXTURE(OpenShop, "the link can be switched off, and stays off") {
  Kiosk kiosk(*this);
  const Answer off = kiosk.post("/v1/link", {{"enabled", false}});
  CHECK(off.body["enabled"] == false);
  CHECK(kiosk.get("/v1/health").body["link"]["reason"] == "switched_off");
  stop();
  auto reader = database::Reader::open(folder / "store.db");
  REQUIRE(reader.has_value());
  CHECK_FALSE((*reader)->switched("link", true));
}

TEST_CASE_FIXTURE(OpenShop, "figures for operators") {
  Kiosk kiosk(*this);
  kiosk.act(1, test_cart, {{"action", "add"}, {"sku", "47566"}, {"units", 1}});
  const auto text = kiosk.http("/metrics").Get("/metrics");
  REQUIRE(static_cast<bool>(text));
  CHECK(text->body.find("vitrine_edge_outbox_waiting 1\n") != std::string::npos);
  CHECK(text->body.find("vitrine_edge_link_online 1\n") != std::string::npos);
  CHECK(text->body.find("vitrine_edge_stream_filled{stream=\"catalog\"} 1\n") != std::string::npos);
  CHECK(text->body.find(R"(vitrine_edge_requests_total{method="POST",path="/v1/carts/{id}/actions"} 1)") != std::string::npos);
  CHECK(text->body.find("melia") == std::string::npos);
}

TEST_CASE("two stores on one box keep apart") {
  TestShop one("harbour-street");
  TestShop two("market-square");
  one.fill();
  two.fill();
  one.start();
  two.start();
  Kiosk first(one);
  Kiosk second(two);
  CHECK(first.act(1, test_cart, {{"action", "add"}, {"sku", "47566"}, {"units", 5}}).status == 200);
  CHECK(first.get("/v1/store").body["store"] == "harbour-street");
  CHECK(second.get("/v1/store").body["store"] == "market-square");
  CHECK(line_of(second.get("/v1/carts/" + test_cart).body, "47566").is_null());
  CHECK(two.outbox_size() == 0);

  auto taken = io::HttpServer::serve_api(one.api_socket(), *two.api);
  REQUIRE_FALSE(taken.has_value());
  CHECK(taken.error().code == "socket_in_use");
}
