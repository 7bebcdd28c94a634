// SPDX-License-Identifier: Apache-2.0
// Staff documents, roles of the settings, badges: there and back, and everything else refused.
#include "sync/protocol/staff_codec.hpp"
#include "sync/protocol/return_rules.hpp"

#include <doctest/doctest.h>
#include <sodium.h>

#include <nlohmann/json.hpp>

#include "sync/protocol/badge.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::protocol;
using nlohmann::json;

namespace {

const std::string verifier = "$argon2id$v=19$m=19456,t=2,p=1$" + std::string(22, 'A') + "$" + std::string(43, 'b');
const std::string hex = "0123456789abcdef0123456789abcdef";

Staff tom() {
  Staff staff{StoreId{"harbour-street"}, "1001", "Tom", "B", "sales", {"en", "de"}, {"gifts"}, verifier, hex, UtcMs{5}, UtcMs{9}};
  return staff;
}

std::string mistake_with(const char* field, const json& value) {
  json body = json::parse(encode_staff(tom()));
  body[field] = value;
  const auto read = decode_staff(body.dump());
  return read ? "" : read.error().message;
}

struct Keys {
  PublicKey open{};
  SecretKey secret{};
  Keys() {
    REQUIRE(sodium_init() >= 0);
    crypto_sign_keypair(open.data(), secret.data());
  }
};

}  // namespace

TEST_CASE("a member of staff goes there and back") {
  CHECK(decode_staff(encode_staff(tom())).value() == tom());
  Staff least{StoreId{"harbour-street"}, "7", "Zoe", "", "sales", {}, {}, "", "", UtcMs{0}, std::nullopt};
  CHECK(decode_staff(encode_staff(least)).value() == least);
  least.zones = {"ground", "upstairs"};
  CHECK(decode_staff(encode_staff(least)).value() == least);
  CHECK(tom().works_at(UtcMs{5}));
  CHECK_FALSE(tom().works_at(UtcMs{4}));
  CHECK_FALSE(tom().works_at(UtcMs{9}));
}

TEST_CASE("each wrong field is named") {
  CHECK(mistake_with("staff", "1 2").find("staff") != std::string::npos);
  CHECK(mistake_with("name", "").find("name") != std::string::npos);
  CHECK(mistake_with("role", "Sales").find("role") != std::string::npos);
  CHECK(mistake_with("languages", json::array({1})).find("languages") != std::string::npos);
  CHECK(mistake_with("skills", json::array({""})).find("skills") != std::string::npos);
  CHECK(mistake_with("zones", json::array({""})).find("zones") != std::string::npos);
  CHECK(mistake_with("badge", "AB").find("badge") != std::string::npos);
  CHECK(mistake_with("from", -1).find("from") != std::string::npos);
  // A verifier of another cost would let a document decide how long a sign-in takes.
  for (const char* cost : {"m=1048576,t=2,p=1", "m=19456,t=9,p=1", "m=8,t=1,p=1"}) {
    const std::string other = "$argon2id$v=19$" + std::string(cost) + "$" + std::string(22, 'A') + "$" + std::string(43, 'b');
    CHECK(mistake_with("pin", other).find("pin") != std::string::npos);
  }
  CHECK(mistake_with("pin", "482913").find("pin") != std::string::npos);
}

TEST_CASE("PINs that a guesser tries first are none") {
  for (const char* weak :
       {"111111", "123456", "654321", "890123", "210987", "121212", "123123", "12345", "1234567", "12345a", ""})
    CHECK_FALSE(is_good_pin(weak));
  for (const char* good : {"482913", "112358", "100000", "123457"}) CHECK(is_good_pin(good));
}

TEST_CASE("roles are the settings', and the defaults where they say nothing") {
  CHECK(staff_rules("").roles == default_staff_roles());
  CHECK(staff_rules(R"({"staff_roles":3})").roles == default_staff_roles());
  const StaffRules rules =
      staff_rules(R"({"staff_roles":{"floor":["orders","fly",3],"none":7},"staff_lock_s":30,"staff_end_s":1})");
  CHECK(rules.roles == StaffRoles{{"floor", {"orders"}}, {"none", {}}});
  CHECK(rules.lock_ms == 30'000);
  CHECK(rules.end_ms == StaffRules{}.end_ms);  // less than the least: as by default
}

TEST_CASE("rules of returning are the settings', and the defaults where they say nothing or nonsense") {
  const rules::ReturnRules defaults;
  CHECK(return_rules("") == defaults);
  CHECK(return_rules(R"({"returns":3})") == defaults);
  CHECK(return_rules(R"({"returns":{"window_days":-1,"reasons":[],"restock":7}})") == defaults);
  CHECK(return_rules(R"({"returns":{"window_days":9999}})") == defaults);
  const auto read = return_rules(
      R"({"returns":{"window_days":14,"reasons":["damaged","It broke!",3,"damaged"],"restock":["new"],"write_off":["new","broken"],)"
      R"("skus_kept":["85123A",""],"categories_kept":["food"]}})");
  CHECK(read.window_days == 14);
  CHECK(read.reasons == std::vector<std::string>{"damaged"});
  CHECK(read.conditions == std::vector<rules::ReturnCondition>{{"new", true}, {"broken", false}});
  CHECK(read.skus_kept == std::vector<std::string>{"85123A"});
  CHECK(read.categories_kept == std::vector<std::string>{"food"});
  CHECK(return_rules(R"({"returns":{"window_days":0}})").window_days == 0);
}

TEST_CASE("a badge opens with its key alone, and no altered letter of it does") {
  const Keys keys;
  const Keys others;
  const StoreId here{"harbour-street"};
  const std::vector<TrustedKey> trusted = {{7, keys.open, UtcMs{1000}, std::nullopt, false}};
  const Badge badge{7, UtcMs{2000}, here, "1001", hex};
  const std::string text = sign_badge(badge, keys.secret).value();
  CHECK(text.size() < badge_text_max);
  CHECK(open_badge(text, trusted, here).value() == badge);
  CHECK(open_badge(sign_badge(badge, others.secret).value(), trusted, here).error().code == "badge_forged");
  CHECK(open_badge(text, {{8, keys.open, UtcMs{1000}, std::nullopt, false}}, here).error().code == "badge_unknown_key");
  CHECK(open_badge(text, {{7, keys.open, UtcMs{1000}, std::nullopt, true}}, here).error().code == "badge_unknown_key");
  CHECK(open_badge(text, {{7, keys.open, UtcMs{1000}, UtcMs{1500}, false}}, here).error().code == "badge_unknown_key");
  CHECK(open_badge(text, trusted, StoreId{"quay-square"}).error().code == "badge_foreign");
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string altered = text;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    CHECK_FALSE(open_badge(altered, trusted, here));
    CHECK_FALSE(open_badge(text.substr(0, i), trusted, here));
  }
  CHECK(sign_badge({7, UtcMs{2001}, here, "1001", hex}, keys.secret).error().code == "badge_invalid");
}
