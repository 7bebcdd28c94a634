// SPDX-License-Identifier: Apache-2.0
// Orders and their operations as JSON: there and back, golden bytes, fields of a newer version, and what is malformed.
#include <doctest/doctest.h>

#include <string>

#include "sync/protocol/order_codec.hpp"
#include "tests/sync/rules/order_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::protocol;
using namespace vitrine::sync::rules::test;

namespace {

std::string with(std::string text, const std::string& what, const std::string& instead) {
  const auto at = text.find(what);
  REQUIRE_MESSAGE(at != std::string::npos, what);
  return text.replace(at, what.size(), instead);
}

std::string mistake(const auto& result) { return result ? "" : result.error().code + ": " + result.error().message; }

// An order to which everything has happened once, in each variant.
Order full_order() {
  std::optional<Order> order;
  std::uint64_t n = 1;
  for (int who = 0; who < 2; ++who) {
    for (std::size_t kind = 0; kind < order_kinds.size(); ++kind) {
      for (const auto& operation : order_variants(kind, who)) {
        tell(order, {operation, n, {static_cast<std::int64_t>(1'000 + n)}});
        ++n;
      }
    }
  }
  order->customer = CustomerId{"17850"};
  return *order;
}

}  // namespace

TEST_CASE("an order to which everything has happened goes out and comes back the same") {
  const Order order = full_order();
  const auto back = decode_order(the_order, encode_order(order));
  REQUIRE_MESSAGE(back.has_value(), mistake(back));
  CHECK(*back == order);
  CHECK(encode_order(*back) == encode_order(order));
}

TEST_CASE("golden order") {
  std::optional<Order> order;
  tell(order, {two_lines(2, 1), 1, {1'000}});
  tell(order, {rules::OrderPicked{1, 1, 1}, 2, {2'000}});
  tell(order, {rules::OrderStage{"A3"}, 3, {3'000}});
  tell(order, {rules::OrderHandOver{here, {{1, 1}}, "pass", false}, 4, {4'000}});
  CHECK(encode_order(*order) ==
        R"({"buyer":{"initial":"R","language":"en","name":"Amelia","phone_last2":"41"},"changed_at":4000,"channel":"web",)"
        R"("code":"204519","currency":"GBP","events":[{"actor":"kiosk-1","at":4000,"by":"00000000000000000000000000000004.0",)"
        R"("lines":[{"line":1,"n":1}],"proof":"pass","store":"harbour-street","what":"handed_over"}],"expires_at":5184900000,)"
        R"("hold_until":900000,"lines":[{"handed":1,"line":1,"missing":1,"n":2,"picked":1,"sku":"85123A","unit_price":255},)"
        R"({"line":2,"n":1,"sku":"22423","unit_price":1095}],"placed":{"at":1000,"by":"00000000000000000000000000000001.0"},)"
        R"("placed_at":1000,"promise_at":50000,"ready":{"at":3000,"by":"00000000000000000000000000000003.0"},"revision":1,)"
        R"("staged":{"at":3000,"by":"00000000000000000000000000000003.0","place":"A3"},"store":"harbour-street"})");
}

TEST_CASE("golden order that is sent home") {
  std::optional<Order> order;
  tell(order, {asked_for(2, 1), 1, {1'000}});
  const std::string golden =
      R"({"asked":{"at":1000,"by":"00000000000000000000000000000001.0","cart":"000000000000000000000000000000ca",)"
      R"("store":"harbour-street","total":2500},"changed_at":1000,"channel":"kiosk","currency":"GBP","delivery":"home",)"
      R"("expires_at":5184001000,"lines":[{"line":1,"n":2,"sku":"85123A","unit_price":255},)"
      R"({"line":2,"n":1,"sku":"22423","unit_price":1095}],"placed":{"at":1000,"by":"00000000000000000000000000000001.0"},)"
      R"("placed_at":1000,"revision":1})";
  CHECK(encode_order(*order) == golden);
  const auto back = decode_order(the_order, golden);
  REQUIRE_MESSAGE(back.has_value(), mistake(back));
  CHECK(*back == *order);
  for (const auto& [what, instead] : std::vector<std::pair<std::string, std::string>>{
           {R"("total":2500)", R"("total":-1)"}, {R"("cart":"0)", R"("cart":"x)"}, {R"("asked":{)", R"("asked":5,"x":{)"}}) {
    CHECK_MESSAGE(mistake(decode_order(the_order, with(golden, what, instead))).starts_with("order_malformed"), what);
  }
}

TEST_CASE("what a newer version has added to an order and to a line is kept") {
  std::optional<Order> order;
  tell(order, {two_lines(2, 1), 1, {1'000}});
  std::string newer = with(encode_order(*order), R"({"buyer")", R"({"a_gift":{"card":[1,null]},"buyer")");
  newer = with(newer, R"("line":1,)", R"("gift_wrap":true,"line":1,)");
  auto read = decode_order(the_order, newer);
  REQUIRE_MESSAGE(read.has_value(), mistake(read));
  CHECK(encode_order(*read) == newer);
  std::optional<Order> changed = *read;
  tell(changed, {rules::OrderPicked{1, 1, 0}, 2, {2'000}});
  CHECK(encode_order(*changed).find(R"("gift_wrap":true)") != std::string::npos);
  CHECK(encode_order(*changed).find(R"("a_gift":{"card":[1,null]})") != std::string::npos);
}

TEST_CASE("every kind of operation goes out and comes back the same") {
  for (std::size_t kind = 0; kind < order_kinds.size(); ++kind) {
    for (int who = 0; who < 2; ++who) {
      for (const auto& operation : order_variants(kind, who)) {
        const Operation out = encode_order_operation(the_order, operation);
        CHECK(out.kind == order_kinds[kind]);
        CHECK(out.document == DocumentKey{"order", "581234"});
        const auto back = decode_order_operation(out.kind, out.body);
        REQUIRE_MESSAGE(back.has_value(), out.kind, " ", out.body, " ", mistake(back));
        CHECK(encode_order_operation(the_order, *back).body == out.body);
        CHECK(is_commercial(*back) == (kind < commercial_kinds));
      }
    }
  }
}

TEST_CASE("malformed operations") {
  const auto refused = [](const char* kind, const char* body) { return mistake(decode_order_operation(kind, body)); };
  CHECK(refused("order.burn", "{}").starts_with("operation_unknown"));
  for (
      const auto& [kind, body] : std::vector<std::pair<const char*, const char*>>{
          {"order.pay", R"({"minor":0})"},
          {"order.pay", R"({"minor":-5})"},
          {"order.picked", R"({"line":1,"n":-1})"},
          {"order.picked", R"({"line":0,"n":1})"},
          {"order.picked", R"({"line":1,"n":1000001})"},
          {"order.hand_over", R"({"store":"harbour-street","lines":[],"proof":"pass"})"},
          {"order.hand_over", R"({"store":"harbour-street","lines":[{"line":1,"n":0}],"proof":"pass"})"},
          {"order.hand_over", R"({"store":"harbour-street","lines":[{"line":1,"n":1},{"line":1,"n":1}],"proof":"pass"})"},
          {"order.hand_over", R"({"store":"harbour-street","lines":[{"line":1,"n":1}],"proof":"smile"})"},
          {"order.hand_over", R"({"store":"Harbour Street","lines":[{"line":1,"n":1}],"proof":"pass"})"},
          {"order.choose", R"({"line":1,"n":1,"what":"substitute"})"},
          {"order.choose", R"({"line":1,"n":1,"what":"refund","sku":"22423"})"},
          {"order.choose", R"({"line":1,"n":1,"what":"sulk"})"},
          {"order.stage", R"({"place":""})"},
          {"order.release", R"({"reason":"No show"})"},
          {"order.place", R"({"placed_at":1,"channel":"web","currency":"GBP","lines":[]})"},
          {"order.place",
           R"({"placed_at":1,"channel":"web","currency":"gbp","lines":[{"line":1,"sku":"A","n":1,"unit_price":1}]})"},
          {"order.place",
           R"({"placed_at":1,"channel":"web","currency":"GBP","code":"12345","lines":[{"line":1,"sku":"A","n":1,"unit_price":1}]})"},
          {"order.ask",
           R"({"store":"mill-lane","cart":"x","placed_at":1,"channel":"kiosk","currency":"GBP","total":1,"delivery":"home","lines":[{"line":1,"sku":"A","n":1,"unit_price":1}]})"},
          {"order.ask",
           R"({"store":"mill-lane","cart":"000000000000000000000000000000ca","placed_at":1,"channel":"kiosk","currency":"GBP","total":1,"delivery":"moon","lines":[{"line":1,"sku":"A","n":1,"unit_price":1}]})"},
          {"order.ask",
           R"({"store":"mill-lane","cart":"000000000000000000000000000000ca","placed_at":1,"channel":"kiosk","currency":"GBP","total":1,"delivery":"home","lines":[]})"},
          {"order.delegate", R"({"name":"Bea","phone_last2":"1x"})"},
          {"order.refund", "[]"}}) {
    CHECK_MESSAGE(refused(kind, body).starts_with("operation_malformed"), kind, " ", body);
  }
  CHECK(refused("order.place",
                R"({"placed_at":1,"channel":"web","currency":"GBP","lines":[{"line":1,"sku":"A","n":0,"unit_price":1}]})")
            .find("lines[0].n") != std::string::npos);
}

TEST_CASE("malformed orders") {
  const std::string good = encode_order(full_order());
  for (const auto& [what, instead] :
       std::vector<std::pair<std::string, std::string>>{{R"("revision":2)", R"("revision":-1)"},
                                                        {R"("what":"handed_over")", R"("what":"lost")"},
                                                        {R"("currency":"GBP")", R"("currency":"pounds")"},
                                                        {R"("line":1)", R"("line":0)"},
                                                        {R"("line":7)", R"("line":2)"},
                                                        {R"("place":)", R"("plaice":)"},
                                                        {R"("changed_at":)", R"("changed_at":-)"},
                                                        {R"("by":")", R"("by":"","x":")"}}) {
    const auto read = decode_order(the_order, with(good, what, instead));
    CHECK_MESSAGE(mistake(read).starts_with("order_malformed"), what);
  }
  CHECK(mistake(decode_order(the_order, with(good, R"("buyer":{)", R"("buyer":{"name":5,"nome":{)")))
            .starts_with("order_malformed"));
  CHECK(mistake(decode_order(the_order, "[]")).starts_with("order_malformed"));
}

TEST_CASE("orders that are read one after the other have nothing of each other") {
  std::optional<Order> brief;
  tell(brief, {two_lines(2, 1), 1, {1'000}});
  const std::string full = encode_order(full_order());
  const std::string small = encode_order(*brief);
  const std::string cut = full.substr(0, full.size() / 2);
  OrderDecoder decoder;
  for (const std::string& text : {small, full, small, cut, full, std::string("[]"), small}) {
    const auto read = decoder.decode(the_order, text);
    const auto alone = decode_order(the_order, text);
    REQUIRE(read.has_value() == alone.has_value());
    if (read) CHECK(*read == *alone);
  }
}
