// SPDX-License-Identifier: Apache-2.0
// The API as browsers and apps meet it: a real server over real TLS, with the certificates that make-authority made.
#include <doctest/doctest.h>
#include <httplib.h>
#include <openssl/ssl.h>
#include <sodium.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "edge/io/picture_keeper.hpp"
#include "hub/api/api.hpp"
#include "hub/commands/commands.hpp"
#include "hub/database/open.hpp"
#include "hub/engine/engine.hpp"
#include "hub/enrolment/key_files.hpp"
#include "hub/io/https_server.hpp"
#include "sync/protocol/pass.hpp"
#include "sync/protocol/trust_codec.hpp"
#include "tests/hub/api/serving_hub.hpp"

using namespace vitrine;
using namespace vitrine::hub;
using nlohmann::json;
using test::Heard;
using test::Phone;
using test::ServingHub;

namespace {

std::string base64url(const std::string& bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.resize(text.find('\0'));
  return text;
}

std::string app_token(const PassKey& key, const json& claims, const json& header = {{"alg", "EdDSA"}, {"typ", "JWT"}}) {
  const std::string covered = base64url(header.dump()) + "." + base64url(claims.dump());
  std::string signature(64, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                       reinterpret_cast<const unsigned char*>(covered.data()), covered.size(), key.secret.data());
  return covered + "." + base64url(signature);
}

}  // namespace

TEST_CASE("the page and its files come with a strict policy, over TLS of 1.2 or newer, for known hosts only") {
  ServingHub hub;
  Phone phone(hub);
  for (const char* path : {"/", "/k"}) {
    const Heard page = phone.get(path);
    CHECK(page.status == 200);
    CHECK(page.text.find("<!doctype html>") == 0);
    CHECK(page.headers.find("Content-Security-Policy")->second.find("default-src 'none'") == 0);
    CHECK(page.headers.find("X-Content-Type-Options")->second == "nosniff");
    CHECK(page.headers.contains("Date"));
    CHECK(phone.get(path, {{"If-None-Match", page.tag}}).status == 304);
  }
  CHECK(phone.get("/web/script/main.js").headers.find("Content-Type")->second.find("text/javascript") == 0);
  for (const char* path : {"/web/", "/web/../main.cpp", "/web/%2e%2e/main.cpp", "/web//etc/passwd", "/nowhere"}) {
    CHECK(phone.get(path).status == 404);
  }
  CHECK(phone.get("/", {{"Host", "evil.example"}}).status == 421);
  CHECK(phone.get("/" + std::string(600, 'a')).status == 414);

  // A client that does not know the authority refuses; one that offers TLS 1.1 at most is refused.
  httplib::SSLClient stranger("127.0.0.1", hub.server->port());
  stranger.enable_server_certificate_verification(true);
  CHECK_FALSE(stranger.Get("/"));
  httplib::SSLClient old("127.0.0.1", hub.server->port());
  old.enable_server_certificate_verification(false);
  SSL_CTX_set_max_proto_version(old.ssl_context(), TLS1_1_VERSION);
  CHECK_FALSE(old.Get("/"));
}

TEST_CASE("a session is a cookie that scripts and other sites never get, and is kept as a hash") {
  ServingHub hub;
  Phone phone(hub);
  CHECK(phone.get("/api/v1/session").body["code"] == "session_unknown");
  CHECK(phone.get("/api/v1/cart").status == 401);
  const Heard opened = phone.post("/api/v1/session", json::object());
  CHECK(opened.status == 200);
  for (const char* part : {"HttpOnly", "Secure", "SameSite=Strict", "Path=/"})
    CHECK(opened.cookie_line.find(part) != std::string::npos);
  CHECK(phone.cookie.size() == 43);
  const std::string first = phone.cookie;
  CHECK(phone.post("/api/v1/session", json::object()).cookie_line.empty());  // it has one
  CHECK(phone.get("/api/v1/session").body["shopper"].is_null());
  CHECK_FALSE(hub.folder.files_hold(first));

  CHECK(phone.post("/api/v1/session/sign-in", {{"customer", "nobody"}}).status == 422);
  REQUIRE(phone.post("/api/v1/session/sign-in", {{"customer", "12347"}}).status == 200);
  CHECK(phone.cookie != first);  // signed in under a new value
  CHECK(phone.get("/api/v1/session").body["shopper"]["first_name"] == "Amelia");
  Phone thief(hub);
  thief.cookie = first;
  CHECK(thief.get("/api/v1/session").status == 401);

  const std::string second = phone.cookie;
  REQUIRE(phone.post("/api/v1/session/sign-out", json::object()).status == 200);
  thief.cookie = second;
  CHECK(thief.get("/api/v1/session").status == 401);

  phone.cookie.clear();
  phone.open_session();
  hub.folder.ahead_ms = 31LL * 24 * 3600 * 1000;
  CHECK(phone.get("/api/v1/session").status == 401);
}

TEST_CASE("without a demonstration nobody signs in by name") {
  ServingHub hub(false);
  Phone phone(hub);
  phone.open_session();
  CHECK(phone.get("/api/v1/session").body["demonstration"] == false);
  CHECK(phone.get("/api/v1/demonstration/shoppers").status == 404);
  CHECK(phone.post("/api/v1/session/sign-in", {{"customer", "12347"}}).status == 404);
}

TEST_CASE("a POST without the guard, of another type, too large, chunked, compressed or malformed changes nothing") {
  ServingHub hub;
  Phone phone(hub);
  phone.open_session();
  const std::string add = R"({"request":"00000000000000000000000000000001","action":"add","sku":"85123A"})";
  const std::string path = "/api/v1/cart/actions";
  const httplib::Headers guard = {{"X-Vitrine", "1"}};
  CHECK(phone.raw_post(path, add, "application/json", {}).body["code"] == "guard_missing");
  CHECK(phone.raw_post(path, add, "text/plain", guard).status == 415);
  CHECK(phone.raw_post(path, "action=add", "application/x-www-form-urlencoded", guard).status == 415);
  CHECK(phone.raw_post(path, std::string(70'000, ' ') + add, "application/json", guard).status == 413);
  httplib::Headers encoded = guard;
  encoded.emplace("Content-Encoding", "gzip");
  CHECK(phone.raw_post(path, add, "application/json", encoded).status == 411);
  CHECK(phone.get("/api/v1/cart", {{"Transfer-Encoding", "chunked"}}).status == 411);
  for (const char* bad : {"", "[]", "{", "null", "{\"action\":\"add\"}", R"({"request":"1","action":"add","sku":"85123A"})",
                          R"({"request":"00000000000000000000000000000001","action":"fly","sku":"85123A"})",
                          R"({"request":"00000000000000000000000000000001","action":"add","sku":"85123A","units":0})",
                          R"({"request":"00000000000000000000000000000001","action":"add","sku":"85123A","units":1e9})",
                          R"({"request":"00000000000000000000000000000001","action":"add","sku":"a/b"})",
                          R"({"request":"00000000000000000000000000000001","action":"remove","line":"85123A"})",
                          R"({"request":"00000000000000000000000000000001","action":"remove","line":"85123A","shown":[1]})"}) {
    CAPTURE(bad);
    const Heard answer = phone.raw_post(path, bad, "application/json", guard);
    CHECK(answer.status == 400);
    CHECK(answer.body["code"] == "invalid_request");
    CHECK(answer.headers.find("Content-Type")->second == "application/problem+json");
  }
  CHECK(phone.raw_post(path, std::string(60'000, '['), "application/json", guard).status == 400);
  CHECK(phone.get("/api/v1/cart").body["cart"].is_null());
  CHECK(phone.get("/api/v1/cart/actions").status == 405);
  CHECK(phone.get("/api/v1/products?limit=51").status == 400);
  CHECK(phone.get("/api/v1/products?after=-1").status == 400);
}

TEST_CASE("products, departments and stores, in the prices and stock of the chosen store") {
  ServingHub hub;
  Phone phone(hub);
  CHECK(phone.get("/api/v1/stores").body["stores"].size() == 2);
  CHECK(phone.get("/api/v1/stores").body["stores"][0]["open_now"] == true);
  CHECK(phone.get("/api/v1/departments").body["departments"][0]["name"]["de"] == "Küche");
  const json found = phone.get("/api/v1/products?query=HEART").body["products"];
  REQUIRE(found.size() == 1);
  CHECK(found[0]["price"] == json({{"minor", 250}, {"currency", "GBP"}}));
  CHECK(found[0]["on_hand"].is_null());
  CHECK(phone.get("/api/v1/products/4006381333931").body["sku"] == "85123A");
  CHECK(phone.get("/api/v1/products/47566").body["price"].is_null());
  CHECK(phone.get("/api/v1/products/nothing").body["code"] == "product_unknown");
  const json first = phone.get("/api/v1/products?limit=2").body;
  CHECK(first["products"].size() == 2);
  const json rest = phone.get("/api/v1/products?limit=2&after=" + first["next"].get<std::string>()).body;
  CHECK(rest["products"].size() == 1);
  CHECK(rest["next"].is_null());

  phone.open_session();
  CHECK(phone.post("/api/v1/cart/store", {{"store", "nowhere"}}).status == 422);
  REQUIRE(phone.post("/api/v1/cart/store", {{"store", "harbour-street"}}).status == 200);
  CHECK(phone.get("/api/v1/session").body["store"]["name"] == "Harbour Street");
  CHECK(phone.get("/api/v1/products/85123A").body["on_hand"] == 22);  // 24, less 2 of safety
}

TEST_CASE("the cart: added, taken, priced, asked for again, and placed with the chosen store") {
  ServingHub hub;
  Phone phone(hub);
  phone.open_session();
  REQUIRE(phone.post("/api/v1/cart/store", {{"store", "harbour-street"}}).status == 200);
  CHECK(phone.act("add", {{"sku", "nothing"}}).body["code"] == "product_unknown");
  CHECK(phone.act("decrease", {{"line", "85123A"}, {"shown", json::array()}}).body["code"] == "cart_unknown");

  const json wish = {{"request", "0123456789abcdef0123456789abcdef"}, {"action", "add"}, {"sku", "85123A"}, {"units", 3}};
  const Heard added = phone.post("/api/v1/cart/actions", wish);
  REQUIRE(added.status == 200);
  CHECK(added.body["lines"][0]["units"] == 3);
  CHECK(added.body["lines"][0]["shown"] == json({"0123456789abcdef0123456789abcdef.0"}));
  CHECK(added.body["totals"]["to_pay"] == 750);
  const Heard repeated = phone.post("/api/v1/cart/actions", wish);
  CHECK(repeated.status == 200);
  CHECK(repeated.body["version"] == added.body["version"]);
  CHECK(repeated.body["lines"][0]["units"] == 3);

  CHECK(phone.get("/api/v1/cart", {{"If-None-Match", added.tag}}).status == 304);
  REQUIRE(phone.act("add", {{"sku", "22423"}}).status == 200);  // sold out here: shown, and not counted
  const Heard both = phone.get("/api/v1/cart", {{"If-None-Match", added.tag}});
  REQUIRE(both.status == 200);
  CHECK(both.body["lines"].size() == 2);
  CHECK(both.body["lines"][1]["counted"] == false);
  CHECK(both.body["totals"]["to_pay"] == 750);
  CHECK(both.body["totals"]["lines_left_out"] == 1);

  const Heard less = phone.act("decrease", {{"line", "85123A"}, {"units", 1}, {"shown", both.body["lines"][0]["shown"]}});
  CHECK(less.body["lines"][0]["units"] == 2);
  const Heard blind = phone.act("remove", {{"line", "85123A"}, {"shown", json::array()}});
  CHECK(blind.body["lines"][0]["units"] == 2);  // a screen that showed nothing takes nothing
  const Heard gone = phone.act("remove", {{"line", "85123A"}, {"shown", less.body["lines"][0]["shown"]}});
  CHECK(gone.body["lines"].size() == 1);

  auto reader = database::open_hub_reader(hub.folder.database());
  REQUIRE(reader);
  const std::string cart = gone.body["cart"];
  CHECK(database::SqlAuthority(**reader).streams_of({"cart", cart}) ==
        std::vector<sync::StreamName>{sync::StreamName{"store.harbour-street"}});
  Phone other(hub);
  other.open_session();
  CHECK(other.get("/api/v1/cart").body["cart"].is_null());
}

TEST_CASE("coupons on the phone: put on, refused with a reason, counted, guessed at for a while only") {
  ServingHub hub;
  Phone phone(hub);
  phone.open_session();
  const auto promotion = [&](const std::string& id, const std::string& more) {
    const std::string body = R"({"promotion":")" + id + R"(","zone":"uk","title":{"en":"Ten off"},"currency":"GBP",)" + more +
                             R"("reward":{"kind":"percent_off","basis_points":1000}})";
    REQUIRE(hub.engine->transact([&](Desk& desk) { desk.end.put({"promotion", "uk/" + id}, body, desk.now); }));
  };
  promotion("ten", R"("from":0,"coupon":"SAVE10",)");
  promotion("store", R"("from":0,"coupon":"STORE-5","channels":["store"],)");
  promotion("gone", R"("from":0,"to":1000,"coupon":"GONE",)");
  CHECK(phone.act("add_coupon", {{"coupon", "SAVE10"}}).body["code"] == "cart_unknown");
  phone.act("add", {{"sku", "85123A"}, {"units", 2}});
  const Heard with = phone.act("add_coupon", {{"coupon", "save 10"}});
  REQUIRE(with.status == 200);
  CHECK(with.body["coupons"][0]["code"] == "SAVE10");
  CHECK(with.body["coupons"][0]["state"] == "used");
  CHECK(with.body["coupons"][0]["minor"] == 50);
  CHECK(with.body["reductions"][0]["coupon"] == "SAVE10");
  CHECK(with.body["totals"]["to_pay"] == 450);
  const json both = phone.act("add_coupon", {{"coupon", "store5"}}).body;
  CHECK(both["coupons"][1]["code"] == "STORE-5");
  CHECK(both["coupons"][1]["need"] == "elsewhere");
  const Heard gone = phone.act("add_coupon", {{"coupon", "GONE"}});
  CHECK(gone.status == 422);
  CHECK(gone.body["code"] == "coupon_not_valid_now");
  CHECK(gone.body["to"] == 1000);
  CHECK(phone.act("add_coupon", {{"coupon", "?"}}).body["code"] == "coupon_unknown");
  CHECK(phone.act("add_coupon", {{"coupon", ""}}).status == 400);
  CHECK(phone.act("remove_coupon", {{"coupon", "save10"}}).status == 400);
  const json without = phone.act("remove_coupon", {{"coupon", "SAVE10"}}).body;
  CHECK(without["coupons"].size() == 1);
  CHECK(without["totals"]["to_pay"] == 500);
  CHECK(hub.api->counts().coupons_taken == 2);
  CHECK(hub.api->counts().coupons_refused == 3);
  for (int i = 0; i < 6; ++i) CHECK(phone.act("add_coupon", {{"coupon", "GUESS" + std::to_string(i)}}).status == 422);
  const Heard locked = phone.act("add_coupon", {{"coupon", "SAVE10"}});
  CHECK(locked.status == 429);
  CHECK(locked.body["code"] == "coupons_locked");
}

TEST_CASE("promotions and taxes: what the phone is told is what the kiosk will say") {
  ServingHub hub;
  Phone phone(hub);
  phone.open_session();
  const auto put = [&](const sync::DocumentKey& key, const std::string& body) {
    REQUIRE(hub.engine->transact([&](Desk& desk) { desk.end.put(key, body, desk.now); }));
  };
  put({"tax", "uk/rates"}, R"({"zone":"uk","rates":[{"class":"standard","basis_points":2000,"from":0}]})");
  put({"promotion", "uk/two"},
      R"({"promotion":"two","zone":"uk","title":{"en":"Kitchen: two for one"},"currency":"GBP","from":0,)"
      R"("goods":{"categories":["kitchen"]},"reward":{"kind":"cheapest_free","n":2}})");
  put({"promotion", "uk/club"},
      R"({"promotion":"club","zone":"uk","title":{"en":"Club: 1 off"},"currency":"GBP","from":0,"segment":"club",)"
      R"("reward":{"kind":"basket_amount","minor":100}})");
  const json cart = phone.act("add", {{"sku", "85123A"}, {"units", 2}}).body;
  CHECK(cart["reductions"] ==
        json::parse(R"([{"promotion":"two","title":{"en":"Kitchen: two for one"},"minor":250,"unverified":false}])"));
  CHECK(cart["withheld"][0]["segment"] == "club");
  CHECK(cart["lines"][0]["total"]["minor"] == 500);
  CHECK(cart["lines"][0]["to_pay"] == 250);
  CHECK(cart["totals"]["saved"] == 250);
  CHECK(cart["totals"]["to_pay"] == 250);
  CHECK(cart["totals"]["taxes"][0]["tax"] == 42);

  // Another word of the platform counts from the next answer on, and the page's tag shows it.
  const std::string tag = phone.get("/api/v1/cart").tag;
  put({"promotion", "uk/two"}, R"({"promotion":"two","zone":"uk","title":{"en":"Kitchen week"},"currency":"GBP","from":0,)"
                               R"("reward":{"kind":"percent_off","basis_points":1000}})");
  const Heard after = phone.get("/api/v1/cart", {{"If-None-Match", tag}});
  REQUIRE(after.status == 200);
  CHECK(after.body["totals"]["to_pay"] == 450);
}

TEST_CASE("who signs in takes an anonymous cart along, and meets the cart of the other phone") {
  ServingHub hub;
  Phone first(hub);
  first.open_session();
  REQUIRE(first.act("add", {{"sku", "85123A"}, {"units", 2}}).status == 200);
  REQUIRE(first.post("/api/v1/session/sign-in", {{"customer", "12347"}}).status == 200);
  const json own = first.get("/api/v1/cart").body;
  CHECK(own["lines"][0]["units"] == 2);

  Phone second(hub);
  second.open_session();
  REQUIRE(second.act("add", {{"sku", "47566"}}).status == 200);
  REQUIRE(second.post("/api/v1/session/sign-in", {{"customer", "12347"}}).status == 200);
  const json joined = second.get("/api/v1/cart").body;
  CHECK(joined["cart"] == own["cart"]);
  CHECK(joined["lines"].size() == 2);
  REQUIRE(second.post("/api/v1/session/sign-out", json::object()).status == 200);
  second.cookie.clear();
  second.open_session();
  CHECK(second.get("/api/v1/cart").body["cart"].is_null());

  Phone another(hub);
  another.open_session();
  REQUIRE(another.post("/api/v1/session/sign-in", {{"customer", "12348"}}).status == 200);
  CHECK(another.get("/api/v1/cart").body["cart"].is_null());
  REQUIRE(another.act("add", {{"sku", "22423"}}).status == 200);
  CHECK(another.get("/api/v1/cart").body["lines"].size() == 1);
  Phone tablet(hub);
  tablet.open_session();
  REQUIRE(tablet.post("/api/v1/session/sign-in", {{"customer", "12348"}}).status == 200);
  CHECK(tablet.get("/api/v1/cart").body["lines"][0]["sku"] == "22423");
}

TEST_CASE("a pass opens with the keys that stores trust; a long cart is named, not listed") {
  ServingHub hub;
  Phone phone(hub);
  phone.open_session();
  CHECK(phone.post("/api/v1/cart/pass", json::object()).body["code"] == "cart_empty");
  REQUIRE(phone.act("add", {{"sku", "85123A"}, {"units", 2}}).status == 200);
  const json code = phone.post("/api/v1/cart/pass", json::object()).body;
  CHECK(code["form"] == "lines");
  CHECK(code["size"] == 17 + 4 * code["version"].get<int>());
  CHECK(code["expires_at"].get<std::int64_t>() - code["issued_at"].get<std::int64_t>() == 2 * 3600 * 1000);

  auto reader = database::open_hub_reader(hub.folder.database());
  REQUIRE(reader);
  const auto trust = database::read_document(**reader, {"trust", "key/1"});
  REQUIRE(trust);
  const auto key = sync::protocol::decode_trusted_key(*trust->body);
  REQUIRE(key);
  const auto pass =
      sync::protocol::open_pass(code["text"].get<std::string>(), {*key}, sync::StoreId{"mill-lane"}, hub.folder.now().utc);
  REQUIRE(pass);
  CHECK(pass->lines.value() == std::vector<sync::rules::PassLine>{{sync::Sku{"85123A"}, 2}});
  CHECK(pass->cart.text == phone.get("/api/v1/cart").body["cart"].get<std::string>());

  const auto many = hub.engine->transact([](Desk& desk) {
    for (int i = 0; i < 60; ++i) {
      const std::string sku = "LONG-NUMBER-" + std::to_string(1000 + i);
      desk.end.put({"product", sku}, "{\"sku\":\"" + sku + "\",\"title\":{\"en\":\"x\"}}", desk.now);
    }
  });
  REQUIRE(many);
  for (int i = 0; i < 50; ++i) REQUIRE(phone.act("add", {{"sku", "LONG-NUMBER-" + std::to_string(1000 + i)}}).status == 200);
  const json reference = phone.post("/api/v1/cart/pass", json::object()).body;
  CHECK(reference["form"] == "reference");
  CHECK(reference["lines"] == 51);
  CHECK(reference["version"].get<int>() <= 20);
}

TEST_CASE("an app signs its user in with a token of a registered key, and with nothing else") {
  ServingHub hub;
  const PassKey key = make_pass_key(1);
  const PassKey unknown = make_pass_key(2);
  char text[64];
  sodium_bin2base64(text, sizeof text, key.public_key.data(), key.public_key.size(), sodium_base64_VARIANT_ORIGINAL);
  test::write_whole_file(hub.folder / "shop-app.pub", text);
  REQUIRE(hub.folder.run(add_app_key, {"add", hub.folder / "shop-app.pub"}));
  CHECK(hub.folder.out().find("shop-app") != std::string::npos);

  const std::int64_t now_s = hub.folder.now().utc.value / 1000;
  const json good = {{"sub", "12347"}, {"aud", "vitrine"}, {"exp", now_s + 60}, {"jti", "once"}};
  const auto with = [](json claims, const char* name, json value) {
    claims[name] = std::move(value);
    return claims;
  };
  const auto code_of = [&](const std::string& token) {
    Phone phone(hub);
    const Heard heard = phone.post("/api/v1/session", json::object(), {{"Authorization", "Bearer " + token}});
    CHECK((heard.status == 401 || heard.status == 422));
    return heard.body["code"].get<std::string>();
  };
  CHECK(code_of(app_token(unknown, good)) == "token_forged");
  CHECK(code_of(app_token(key, with(good, "aud", "elsewhere"))) == "token_foreign");
  CHECK(code_of(app_token(key, with(good, "exp", now_s - 1))) == "token_expired");
  CHECK(code_of(app_token(key, with(good, "nbf", now_s + 60))) == "token_expired");
  CHECK(code_of(app_token(key, with(good, "exp", now_s + 90'000))) == "token_too_long_lived");
  CHECK(code_of(app_token(key, with(good, "sub", ""))) == "token_malformed");
  CHECK(code_of(app_token(key, with(good, "sub", "nobody"))) == "customer_unknown");
  CHECK(code_of(app_token(key, good, {{"alg", "none"}})) == "token_malformed");
  CHECK(code_of(app_token(key, good, {{"alg", "HS256"}})) == "token_malformed");
  std::string altered = app_token(key, good);
  altered[altered.find('.') + 5] = altered[altered.find('.') + 5] == 'A' ? 'B' : 'A';
  CHECK(code_of(altered) == "token_forged");
  CHECK(code_of("a.b") == "token_malformed");

  Phone phone(hub);
  const Heard signed_in = phone.post("/api/v1/session", json::object(), {{"Authorization", "Bearer " + app_token(key, good)}});
  REQUIRE(signed_in.status == 200);
  CHECK(signed_in.body["session"]["shopper"]["first_name"] == "Amelia");
  CHECK(phone.get("/api/v1/session").body["shopper"]["customer"] == "12347");
  CHECK(code_of(app_token(key, good)) == "token_used");
}

TEST_CASE("one session that asks too much is slowed, and for a while only") {
  ServingHub hub;
  Phone phone(hub);
  phone.open_session();
  int slowed = 0;
  for (int i = 0; i < 100; ++i) slowed += phone.get("/api/v1/cart").status == 429 ? 1 : 0;
  CHECK(slowed > 10);
  hub.folder.ahead_ms = 60'000;
  CHECK(phone.get("/api/v1/cart").status == 200);
}

TEST_CASE("a picture that was taken in is served by its name, to browsers and to a store that trusts the hub's authority") {
  ServingHub hub;
  Phone phone(hub);
  std::string bytes("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x40\0\0\0\x40\x08\x06\0\0\0\0\0\0\0", 33);
  bytes.resize(9000, 'p');
  std::ofstream(hub.folder / "cup.png", std::ios::binary) << bytes;
  std::ofstream(hub.folder / "cup.svg") << "<svg/>" << std::string(100, ' ');
  CHECK(hub.folder.run(hub::picture, {"add", hub.folder / "cup.svg", hub.folder / "none.png"}).value() == 1);
  REQUIRE(hub.folder.run(hub::picture, {"add", hub.folder / "cup.png"}).value() == 0);
  std::array<unsigned char, 32> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr, 0);
  std::string name(64, '0');
  for (std::size_t i = 0; i < hash.size(); ++i) {
    name[2 * i] = "0123456789abcdef"[hash[i] >> 4];
    name[2 * i + 1] = "0123456789abcdef"[hash[i] & 15];
  }
  const Heard seen = phone.get("/api/v1/pictures/" + name);
  CHECK(seen.status == 200);
  CHECK(seen.text == bytes);
  CHECK(seen.headers.find("Content-Type")->second == "image/png");
  CHECK(phone.get("/api/v1/pictures/" + name, {{"If-None-Match", seen.tag}}).status == 304);
  CHECK(phone.get("/api/v1/pictures/" + std::string(64, '0')).status == 404);
  CHECK(phone.get("/api/v1/pictures/..%2fkeys").status == 404);
  const std::string address = "https://127.0.0.1:" + std::to_string(hub.server->port());
  const auto fetch = edge::io::fetch_pictures_from(address, hub.folder / "ca/ca.crt");
  const auto fetched = fetch(name);
  REQUIRE(fetched);
  CHECK(*fetched == bytes);
  CHECK(fetch(std::string(64, '0')).error().code == "picture_unknown");
  // Who is not the hub is not asked: the system's authorities know nothing of this one.
  CHECK(edge::io::fetch_pictures_from(address, "")(name).error().code == "hub_unreachable");
  CHECK(edge::io::fetch_pictures_from("https://127.0.0.1:1", "")(name).error().code == "hub_unreachable");
  // On the disk it is what its name says, or it is gone.
  std::ofstream(hub.folder / ("hub/pictures/" + name)) << "torn";
  CHECK(phone.get("/api/v1/pictures/" + name).status == 404);
}

TEST_CASE("every route is in docs/openapi-hub.yaml, and nothing else is") {
  std::ifstream file("docs/openapi-hub.yaml");
  REQUIRE(file);
  std::set<std::string> described;
  std::string path;
  bool in_paths = false;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != ' ') in_paths = line == "paths:";
    if (!in_paths) continue;
    if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
    for (const char* method : {"get", "post", "put", "delete", "patch"}) {
      if (line != "    " + std::string(method) + ":") continue;
      std::string upper = method;
      for (char& c : upper) c = static_cast<char>(std::toupper(c));
      described.insert(upper + " " + path);
    }
  }
  std::set<std::string> served;
  for (const api::Route& route : api::Api::routes()) served.insert(std::string(route.method) + " " + std::string(route.pattern));
  CHECK(described == served);
}
