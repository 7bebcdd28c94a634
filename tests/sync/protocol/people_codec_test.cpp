// SPDX-License-Identifier: Apache-2.0
// Customers, consents and identities as JSON and as hashes: what is written is read back, what is newer is kept, what is wrong is
// named, and an exact key is nowhere in what is kept.
#include <doctest/doctest.h>

#include "sync/protocol/activity_codec.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/identity.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::protocol;

namespace {

const std::string hex(32, 'a');
const std::string customer_text =
    R"({"country":"GB","customer":"17850","display_name":"Amelia","expires_at":9,"home_store":"harbour-street","identities":[{"hash":")" +
    hex + hex +
    R"(","kind":"email"}],"initial":"R","language":"en","languages":["en","fr"],"newer":[1],"phone_last2":"41","preferences":["Gift bags, no boxes."],"sizes":[{"size":"39","what":"shoes"}]})";
const std::string consent_text =
    R"({"customer":"17850","expires_at":9,"newer":1,"purposes":{"history":{"grants":[{"at":5,"by":")" + hex + R"(.1","seen":[")" +
    hex + R"(.0"],"source":"counter"}],"withdrawals":[{"at":4,"by":")" + hex + R"(.0","source":"kiosk"}]}}})";

std::string changed(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

DigestKey key_of(unsigned char byte) {
  DigestKey key{};
  key.fill(byte);
  return key;
}

}  // namespace

TEST_CASE("a customer is written as they were read, with what a newer version added") {
  const auto customer = decode_customer(customer_text);
  REQUIRE(customer.has_value());
  CHECK(customer->first_name == "Amelia");
  CHECK(customer->home_store == StoreId{"harbour-street"});
  CHECK(customer->identities.size() == 1);
  CHECK(customer->sizes == std::vector<WornSize>{{"shoes", "39"}});
  CHECK(customer->preferences == std::vector<std::string>{"Gift bags, no boxes."});
  CHECK(encode_customer(*customer) == customer_text);
  // What version 1 minted until now is read too.
  CHECK(decode_customer(R"({"customer":"1","display_name":"Bo","language":"en"})").has_value());
}

TEST_CASE("a customer who cannot be one is refused with the field") {
  const auto mistake = [](const std::string& text) {
    const auto customer = decode_customer(text);
    return customer ? "none" : customer.error().code + ": " + customer.error().message;
  };
  CHECK(mistake(changed(customer_text, "\"41\"", "\"4x\"")).find("customer_malformed: phone_last2") == 0);
  CHECK(mistake(changed(customer_text, "harbour-street", "Harbour")).find("customer_malformed: home_store") == 0);
  CHECK(mistake(changed(customer_text, hex, "amelia@example.org")).find("customer_malformed: identities[].hash") == 0);
  CHECK(mistake(changed(customer_text, "[\"en\",\"fr\"]", "[1]")).find("customer_malformed: languages") == 0);
  CHECK(mistake(changed(customer_text, "\"39\"", "39")).find("customer_malformed: sizes[].size") == 0);
  CHECK(mistake(changed(customer_text, "Gift bags, no boxes.", "")).find("customer_malformed: preferences") == 0);
  CHECK(mistake(changed(customer_text, "Gift bags", std::string(200, 'g'))).find("customer_malformed: preferences") == 0);
}

TEST_CASE("consents are written as they were read; what is out of order or no name is refused") {
  const auto consents = decode_consents(consent_text);
  REQUIRE(consents.has_value());
  CHECK(rules::is_granted(*consents, "history"));
  CHECK(encode_consents(*consents) == consent_text);
  CHECK(decode_consents(changed(consent_text, "\"by\":\"" + hex + ".0\"", "\"by\":\"me\"")).error().code == "consent_malformed");
  CHECK(decode_consents(changed(consent_text, "history", "The History")).error().code == "consent_malformed");
  CHECK(decode_consents(changed(consent_text, "[\"" + hex + ".0\"]", "[\"b\"]")).error().code == "consent_malformed");
  CHECK(decode_consents(changed(consent_text, "\"withdrawals\":[",
                                "\"withdrawals\":[{\"at\":7,\"by\":\"" + hex + ".3\",\"source\":\"kiosk\"},"))
            .error()
            .code == "consent_malformed");
}

TEST_CASE("what is done to a consent is written and read; other kinds are another version's") {
  for (const rules::ConsentOperation& operation :
       {rules::ConsentOperation{rules::ConsentGive{"history", "counter", {hex + ".0"}}},
        rules::ConsentOperation{rules::ConsentWithdraw{"profiling", "kiosk"}}}) {
    const Operation written = encode_consent_operation(CustomerId{"17850"}, operation);
    CHECK(written.document == DocumentKey{"consent", "17850"});
    const auto read = decode_consent_operation(written.kind, written.body);
    REQUIRE(read.has_value());
    CHECK(encode_consent_operation(CustomerId{"17850"}, *read).body == written.body);
  }
  CHECK(decode_consent_operation("consent.sell", "{}").error().code == "operation_unknown");
  CHECK(decode_consent_operation("consent.grant", R"({"purpose":"history","source":"counter"})").error().code ==
        "operation_malformed");
}

TEST_CASE("what somebody did is written as it was read; what cannot be is refused with the field") {
  const std::string text =
      "{\"at\":5,\"channel\":\"web\",\"customer\":\"17850\",\"expires_at\":9,\"kind\":\"viewed\",\"mood\":\"glad\","
      "\"order\":\"581234\",\"sku\":\"85123A\",\"store\":\"quay-square\",\"text\":\"cake stand\"}";
  const auto activity = decode_activity(text);
  REQUIRE(activity.has_value());
  CHECK(activity->sku == Sku{"85123A"});
  CHECK(encode_activity(*activity) == text);
  const auto mistake = [&](const std::string& from, const std::string& to) {
    const auto wrong = decode_activity(changed(text, from, to));
    return wrong ? "none" : wrong.error().code + ": " + wrong.error().message.substr(0, wrong.error().message.find(':'));
  };
  CHECK(mistake("viewed", "Viewed it") == "activity_malformed: kind");
  CHECK(mistake("web", "the web") == "activity_malformed: channel");
  CHECK(mistake("85123A", "a/b") == "activity_malformed: sku");
  CHECK(mistake("cake stand", std::string(201, 'x')) == "activity_malformed: text");
  CHECK(mistake("17850", "") == "activity_malformed: customer");

  const rules::ActivityAppend said{"searched", "app", {7}, {}, {}, {}, "cake stand"};
  const Operation written = encode_activity_operation(CustomerId{"a/b"}, EventId{hex}, said);
  CHECK(written.document == DocumentKey{"activity", "a/b/" + hex});
  CHECK(written.body == R"({"at":7,"channel":"app","kind":"searched","text":"cake stand"})");
  CHECK(activity_id(written.document.id) == std::pair{CustomerId{"a/b"}, EventId{hex}});
  for (const std::string& no : {std::string("/") + hex, hex, "a/" + hex.substr(1), std::string(65, 'a') + "/" + hex})
    CHECK_FALSE(activity_id(no));
  const auto read = decode_activity_operation(written.kind, written.body);
  REQUIRE(read.has_value());
  CHECK(std::get<rules::ActivityAppend>(*read).text == "cake stand");
  CHECK(decode_activity_operation("activity.change", written.body).error().code == "operation_unknown");
  CHECK(decode_activity_operation(written.kind, "{}").error().code == "operation_malformed");
}

TEST_CASE("an exact key has one spelling, whatever people type") {
  CHECK(normal_key("email", " Amelia.R@Example.ORG ") == "amelia.r@example.org");
  for (const char* no : {"", "amelia", "@example.org", "amelia@", "a@b@c", "a b@c"}) CHECK_FALSE(normal_key("email", no));
  CHECK(normal_key("phone", "+44 (7700) 900-041") == "+447700900041");
  CHECK(normal_key("phone", "0044 7700 900041") == "+447700900041");
  for (const char* no : {"07700 900041", "+0123456789", "+44x", "+1", "++447700900041", "+44770090004112345"})
    CHECK_FALSE(normal_key("phone", no));
  CHECK(normal_key("loyalty", "fb-1785 0017") == "FB17850017");
  for (const char* no : {"ab", "a%b1234", ""}) CHECK_FALSE(normal_key("loyalty", no));
  CHECK_FALSE(normal_key("name", "Amelia"));
}

TEST_CASE("a key's hash is the same for every spelling, another for another kind and another tenant, and does not hold the key") {
  const auto one = identity_hash(key_of(1), "phone", "+44 7700 900041");
  REQUIRE(one);
  CHECK(one->hash.size() == 64);
  CHECK(identity_hash(key_of(1), "phone", "00447700900041") == one);
  CHECK(identity_hash(key_of(2), "phone", "+447700900041")->hash != one->hash);
  CHECK(identity_hash(key_of(1), "loyalty", "447700900041")->hash != one->hash);
  CHECK(one->hash.find("900041") == std::string::npos);
  CHECK_FALSE(identity_hash(key_of(1), "phone", "nobody"));
  CHECK(identity_of("phone/" + one->hash) == *one);
  CHECK_FALSE(identity_of("name/" + one->hash).has_value());
  CHECK_FALSE(identity_of("phone/+447700900041").has_value());
  CHECK(customer_of_identity(encode_identity(CustomerId{"17850"})) == CustomerId{"17850"});
  CHECK(customer_of_identity("[]").empty());
  CHECK(customer_tag(key_of(1), CustomerId{"17850"}).size() == 32);
  CHECK(customer_tag(key_of(1), CustomerId{"17850"}) != customer_tag(key_of(2), CustomerId{"17850"}));
}
