// SPDX-License-Identifier: Apache-2.0
// Offers as JSON: what is written is read back, what is newer is kept, what is wrong is named.
#include <doctest/doctest.h>

#include "sync/protocol/offer_codec.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::protocol;

namespace {

const std::string hex(32, 'a');
const std::string words = R"("why":{"de":"Dreimal angesehen","en":"Looked at it"})";
const std::string full =
    R"({"customer":"12348","expires_at":1209600009,"head":{"at":1,"by":")" + hex +
    R"(.0","from":2,"reference":"NBA-7","rest_days":7,"score":640,"sku":"22423","times":2,"title":{"en":"Cake stand"},"until":9,)" +
    words + R"(},"newer":[1],"outcomes":[{"at":3,"by":")" + hex + R"(.1","store":"harbour-street","what":"not_now"}],"since":1})";

std::string changed(std::string_view from, std::string_view to) {
  std::string text = full;
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("an offer is written as it was read, with what a newer version added") {
  const auto offer = decode_offer(full);
  REQUIRE(offer.has_value());
  CHECK(offer->head->why.at("de") == "Dreimal angesehen");
  CHECK(offer->outcomes.at(0).what == "not_now");
  CHECK(encode_offer(*offer) == full);
}

TEST_CASE("an offer that cannot be one is refused with the field") {
  const auto mistake = [](const std::string& text) {
    const auto offer = decode_offer(text);
    return offer ? "none" : offer.error().code + ": " + offer.error().message;
  };
  CHECK(mistake(changed(R"("score":640)", R"("score":0)")).find("offer_malformed: head.score") == 0);
  CHECK(mistake(changed(R"("times":2)", R"("times":21)")).find("offer_malformed: head.times") == 0);
  CHECK(mistake(changed(R"("until":9)", R"("until":2)")).find("offer_malformed: head.until") == 0);
  CHECK(mistake(changed("Looked at it", std::string(201, 'x'))).find("offer_malformed: head.why.en") == 0);
  CHECK(mistake(changed(words, R"("why":{})")).find("offer_malformed: head.why") == 0);
  CHECK(mistake(changed("22423", "2/2")).find("offer_malformed: head.sku") == 0);
  CHECK(mistake(changed("harbour-street", "Harbour Street")).find("offer_malformed: outcomes[0].store") == 0);
  CHECK(mistake("[]").find("offer_malformed") == 0);
}

TEST_CASE("what is said of an offer is written and read; other kinds are another version's") {
  const rules::OfferPut put{{}, {{"en", "A baking evening"}}, {{"en", "Bakes"}}, 1, UtcMs{0}, UtcMs{5}, 1, 0, ""};
  for (const rules::OfferOperation& operation :
       {rules::OfferOperation{put}, rules::OfferOperation{rules::OfferTold{"taken", StoreId{"harbour-street"}}}}) {
    const Operation written = encode_offer_operation(CustomerId{"a/b"}, OfferId{hex}, operation);
    CHECK(written.document == DocumentKey{"offer", "a/b/" + hex});
    const auto read = decode_offer_operation(written.kind, written.body);
    REQUIRE(read.has_value());
    CHECK(encode_offer_operation(CustomerId{"a/b"}, OfferId{hex}, *read).body == written.body);
  }
  CHECK(decode_offer_operation("offer.sing", "{}").error().code == "operation_unknown");
  const std::string nothing = R"({"why":{"en":"x"},"score":1,"from":0,"until":5,"times":1,"rest_days":0})";
  CHECK(decode_offer_operation("offer.put", nothing).error().code == "operation_malformed");  // neither product nor title
}
