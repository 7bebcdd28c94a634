// SPDX-License-Identifier: Apache-2.0
// A cart that a kiosk gave to a phone, signed by a store with the key that `make-store` made: it comes into the phone's cart
// once, nothing that is altered, old or signed by somebody else does, and a cart that the phone has already is not doubled.
#include "edge/io/store_key.hpp"
#include "hub/enrolment/store_keys.hpp"
#include "sync/protocol/kept_pass.hpp"
#include "sync/protocol/pass.hpp"
#include "tests/hub/api/serving_hub.hpp"

using namespace vitrine;
using nlohmann::json;
using sync::protocol::KeptPass;
using test::Heard;
using test::Phone;
using test::ServingHub;

namespace {

struct Kept : ServingHub {
  Kept() {
    for (const char* store : {"harbour-street", "mill-lane"})
      REQUIRE(folder.run(hub::make_store, {store}, {{"--out", {folder / store}}}));
  }
  KeptPass pass(std::vector<sync::rules::PassLine> lines = {{sync::Sku{"85123A"}, 2}, {sync::Sku{"22423"}, 1}}) {
    const UtcMs now{folder.now().utc.value / 1000 * 1000};
    return {sync::StoreId{"harbour-street"},
            now,
            now.plus(sync::protocol::kept_pass_life_ms),
            sync::PassId{test::HubFolder::chance().hex_128()},
            sync::CartId{test::HubFolder::chance().hex_128()},
            "GBP",
            1775,
            std::move(lines)};
  }
  // Signed with the key of that store's folder.
  std::string link(const KeptPass& pass, const std::string& signer = "harbour-street") {
    const auto key = edge::io::StoreKey::read(folder / (signer + "/store.key"));
    REQUIRE(key);
    const auto body = sync::protocol::kept_pass_body(pass);
    REQUIRE(body);
    const auto signature = key->sign(sync::protocol::kept_pass_message(*body));
    REQUIRE(signature);
    return sync::protocol::kept_pass_link("https://127.0.0.1:8443/k", *body, *signature);
  }
};

Heard keep(Phone& phone, const std::string& text) { return phone.post("/api/v1/cart/keep", {{"text", text}}); }

json units(Phone& phone) {
  json units = json::object();
  for (const json& line : phone.get("/api/v1/cart").body["lines"]) units[line["sku"].get<std::string>()] = line["units"];
  return units;
}

}  // namespace

TEST_CASE("what the kiosk showed comes into the phone's cart, once, and its store with it") {
  Kept hub;
  Phone phone(hub);
  const std::string link = hub.link(hub.pass());
  CHECK(keep(phone, link).body["code"] == "session_unknown");
  phone.open_session();
  const Heard first = keep(phone, link);
  REQUIRE(first.status == 200);
  CHECK(first.body == json({{"outcome", "added"},
                            {"store", "harbour-street"},
                            {"units", 3},
                            {"to_pay", {{"minor", 1775}, {"currency", "GBP"}}},
                            {"left_out", 0},
                            {"on_its_way", false}}));
  CHECK(units(phone) == json({{"85123A", 2}, {"22423", 1}}));
  CHECK(phone.get("/api/v1/session").body["store"]["store"] == "harbour-street");
  CHECK(keep(phone, link).body["outcome"] == "already");
  CHECK(units(phone) == json({{"85123A", 2}, {"22423", 1}}));
  // Another code is another cart's: what it says comes on top.
  CHECK(keep(phone, hub.link(hub.pass({{sync::Sku{"85123A"}, 1}}))).body["outcome"] == "added");
  CHECK(units(phone) == json({{"85123A", 3}, {"22423", 1}}));
  CHECK(hub.api->counts().kept_taken == 3);
}

TEST_CASE("a cart that the phone has already is not doubled; what the hub has not heard of yet is said to be on its way") {
  Kept hub;
  Phone phone(hub);
  phone.open_session();
  REQUIRE(phone.act("add", {{"sku", "85123A"}, {"units", 2}}).status == 200);
  KeptPass pass = hub.pass({{sync::Sku{"85123A"}, 2}});
  pass.cart.text = phone.get("/api/v1/cart").body["cart"];
  Heard same = keep(phone, hub.link(pass));
  CHECK(same.body["outcome"] == "same");
  CHECK(same.body["on_its_way"] == false);
  pass.lines[0].units = 5;
  same = keep(phone, hub.link(pass));
  CHECK(same.body["outcome"] == "same");
  CHECK(same.body["on_its_way"] == true);
  CHECK(units(phone) == json({{"85123A", 2}}));
}

TEST_CASE("whoever is signed in gets it into their own cart; products that the hub does not know stay out and are counted") {
  Kept hub;
  Phone phone(hub);
  phone.open_session();
  REQUIRE(phone.post("/api/v1/session/sign-in", {{"customer", "12347"}}).status == 200);
  const Heard kept = keep(phone, hub.link(hub.pass({{sync::Sku{"85123A"}, 2}, {sync::Sku{"UNHEARD-OF"}, 1}})));
  CHECK(kept.body["left_out"] == 1);
  CHECK(units(phone) == json({{"85123A", 2}}));
  CHECK(keep(phone, hub.link(hub.pass({{sync::Sku{"UNHEARD-OF"}, 1}}))).body["code"] == "product_unknown");
}

TEST_CASE("altered, old, early, another store's, a stranger's: refused, each by its name, and the cart stays empty") {
  Kept hub;
  Phone phone(hub);
  phone.open_session();
  const auto code = [&](const std::string& text) { return keep(phone, text).body.value("code", ""); };
  const KeptPass good = hub.pass();
  CHECK(code(hub.link(good, "mill-lane")) == "pass_forged");
  KeptPass dearer = good;
  dearer.lines[0].units = 9;
  const std::string link = hub.link(good);
  const auto signature = sync::protocol::read_kept_pass(link)->signature;
  CHECK(code(sync::protocol::kept_pass_link("https://127.0.0.1:8443/k", *sync::protocol::kept_pass_body(dearer), signature)) ==
        "pass_forged");
  CHECK(code(sync::protocol::kept_pass_link("https://127.0.0.1:8443/k", *sync::protocol::kept_pass_body(good),
                                            std::string(64, '\0'))) == "pass_forged");
  KeptPass foreign = good;
  foreign.store.text = "another-chain";
  CHECK(code(hub.link(foreign)) == "pass_unknown_key");
  CHECK(code("https://127.0.0.1:8443/k#k1234") == "pass_not_ours");
  CHECK(code(std::string(5000, '7')) == "invalid_request");
  CHECK(keep(phone, "").status == 400);
  // Somebody puts a certificate of another authority into the hub's folder, and one of this authority under another name.
  test::HubFolder other;
  REQUIRE(other.run(hub::make_authority));
  REQUIRE(other.run(hub::import_tables, {other.tables()}));
  REQUIRE(other.run(hub::make_store, {"harbour-street"}, {{"--out", {other / "harbour-street"}}}));
  const std::string kept_file = hub::store_certificate_file(hub.folder / "hub/keys", sync::StoreId{"harbour-street"});
  const std::string own = test::read_whole_file(kept_file);
  test::write_whole_file(kept_file, test::read_whole_file(other / "harbour-street/store.crt"));
  CHECK(code(link) == "pass_forged");
  test::write_whole_file(kept_file, test::read_whole_file(hub.folder / "mill-lane/store.crt"));
  CHECK(code(hub.link(good, "mill-lane")) == "pass_forged");
  test::write_whole_file(kept_file, own);
  hub.folder.ahead_ms = -6 * 60'000;
  CHECK(code(link) == "pass_not_yet");
  hub.folder.ahead_ms = sync::protocol::kept_pass_life_ms + 1000;
  phone.open_session();
  CHECK(code(link) == "pass_expired");
  CHECK(keep(phone, link).status == 410);
  CHECK(units(phone) == json::object());
  CHECK(hub.api->counts().kept_taken == 0);
  CHECK(hub.api->counts().kept_refused == 6);
}

TEST_CASE("keys of another kind sign nothing, and say so") {
  Kept hub;
  CHECK(edge::io::StoreKey::read(hub.folder / "nowhere.key").error().code == "key_unreadable");
  CHECK(edge::io::StoreKey::read(hub.folder / "hub.toml").error().code == "key_unusable");
}
