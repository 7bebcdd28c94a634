// SPDX-License-Identifier: Apache-2.0
// Carts and their operations as JSON: golden messages, there and back, and what is malformed.
#include <doctest/doctest.h>

#include <string>

#include "sync/protocol/cart_codec.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::protocol;

namespace {

const CartId id{"cafe0000000000000000000000000001"};
const std::string t1 = "00000000000000000000000000000001";
const std::string t2 = "00000000000000000000000000000002";

const std::string golden_cart =
    R"({"changed_at":200,"changed_by":"kiosk-1","channel":"phone","created_at":100,"dead":[{"at":150,"id":")" + t2 +
    R"(.3"}],"expires_at":2592000200,"generation":1,"lines":[{"dots":[{"born":[1,4],"id":")" + t1 +
    R"(.0","n":3,"taken":1},{"born":[0,0],"here":1,"id":")" + t2 +
    R"(.0","n":2,"taken":2}],"key":"85123A","sku":"85123A"}],"owner":"17850","store":"harbour-street"})";

Cart sample() {
  Cart cart;
  cart.id = id;
  cart.owner = CustomerId{"17850"};
  cart.channel = "phone";
  cart.store = StoreId{"harbour-street"};
  cart.created_at = {100};
  cart.changed_at = {200};
  cart.changed_by = "kiosk-1";
  cart.expires_at = {200 + 30LL * 24 * 3600 * 1000};
  cart.lines = {{"85123A", Sku{"85123A"}, {{DotId{t1 + ".0"}, 3, 1, {1, 4}}, {DotId{t2 + ".0"}, 2, 2, {0, 0}, 1}}}};
  cart.dead = {{DotId{t2 + ".3"}, {150}}};
  return cart;
}

std::string with(std::string text, const std::string& what, const std::string& instead) {
  const auto at = text.find(what);
  REQUIRE_MESSAGE(at != std::string::npos, what);
  return text.replace(at, what.size(), instead);
}

std::string code(const auto& result) { return result ? "" : result.error().code; }

}  // namespace

TEST_CASE("golden cart") {
  auto cart = sample();
  cart.expires_at = {2'592'000'200};
  CHECK(encode_cart(cart) == golden_cart);
  const auto back = decode_cart(id, golden_cart);
  REQUIRE(back);
  CHECK(*back == cart);
}

TEST_CASE("an anonymous cart without a store, and fields of a newer version that are kept") {
  Cart cart = sample();
  cart.owner.reset();
  cart.store.reset();
  cart.lines.clear();
  cart.dead.clear();
  CHECK(decode_cart(id, encode_cart(cart)) == cart);
  const std::string newer = with(encode_cart(cart), "{\"", R"({"a_quote":{"total":[1,2.5,null]},")");
  const auto read = decode_cart(id, newer);
  REQUIRE(read);
  CHECK(read->unknown_fields == R"({"a_quote":{"total":[1,2.5,null]}})");
  CHECK(encode_cart(*read) == newer);
}

TEST_CASE("what a newer version adds to lines, dots and dead ids is kept where it stands") {
  const std::string newer =
      with(with(with(with(golden_cart, R"("taken":1)", R"("taken":1,"gift":{"wrap":["red",1.5,null]},"b\"q":"x\\y")"),
                     R"("sku":")", R"("note":"for \u00e9lise","sku":")"),
                R"("dead":[{)", R"("dead":[{"why":true,)"),
           "{\"", R"({"a_quote":1,")");
  const auto read = decode_cart(id, newer);
  REQUIRE_MESSAGE(read.has_value(), read.error().message);
  CHECK(read->lines[0].dots[0].more == R"("gift":{"wrap":["red",1.5,null]},"b\"q":"x\\y")");
  CHECK(read->lines[0].more.starts_with(R"("note":"for )"));
  CHECK(read->dead[0].more == R"("why":true)");
  const std::string written = encode_cart(*read);
  CHECK(decode_cart(id, written) == *read);
  CHECK(encode_cart(*decode_cart(id, written)) == written);
}

TEST_CASE("malformed carts are refused with the field's path") {
  CHECK(decode_cart(id, with(golden_cart, "\"n\":3", "\"n\":0")).error().message ==
        "lines[0].dots[0].n: no integer in its range");
  const std::pair<std::string, std::string> bad[] = {
      {"\"n\":3", "\"n\":0"},
      {"\"n\":3", "\"n\":1000"},
      {"\"n\":3", "\"n\":3.0"},
      {"\"n\":3", "\"n\":\"3\""},
      {"\"n\":3", "\"n\":18446744073709551615"},
      {"\"taken\":1", "\"taken\":4"},
      {"\"taken\":1", "\"taken\":-1"},
      {"\"here\":1", "\"here\":3"},
      {"[1,4]", "[1]"},
      {"[1,4]", "[1,4,5]"},
      {"[1,4]", "[4294967296,4]"},
      {"[1,4]", "[1,-4]"},
      {t1 + ".0", t1 + ".00"},
      {t1 + ".0", t1},
      {t1 + ".0", t2 + ".0"},  // a dot twice
      {t1 + ".0", "x" + t1 + ".0"},
      {"\"key\":\"85123A\"", "\"key\":\"\""},
      {"\"key\":\"85123A\"", "\"key\":\"a/b\""},
      {"\"sku\":\"85123A\"", "\"sku\":\"\""},
      {"\"sku\":\"85123A\"", "\"skew\":\"85123A\""},
      {"\"owner\":\"17850\"", "\"owner\":\"\""},
      {"\"owner\":\"17850\"", "\"owner\":17850"},
      {"\"store\":\"harbour-street\"", "\"store\":\"a/b\""},
      {"\"channel\":\"phone\"", "\"channel\":\"ph\\u0000one\""},
      {"\"generation\":1", "\"generation\":0"},
      {"\"changed_at\":200", "\"changed_at\":-1"},
      {"\"changed_at\":200", "\"changed_at\":null"},
      {"\"dead\":[{", "\"dead\":[[],{"},
      {"\"at\":150", "\"at\":\"150\""},
      {"\"lines\":[{", "\"lines\":[null,{"},
      {"\"lines\":[{", "\"lines\":{\"0\":{"},
      {"kiosk-1", "\xff"},
  };
  for (const auto& [what, instead] : bad)
    CHECK_MESSAGE(code(decode_cart(id, with(golden_cart, what, instead))) == "cart_malformed", what, " → ", instead);
  const std::string two_lines = with(golden_cart, "\"lines\":[", R"("lines":[{"key":"85123A","sku":"85123A","dots":[]},)");
  CHECK(code(decode_cart(id, two_lines)) == "cart_malformed");
  for (const std::string& text :
       {std::string(), std::string("null"), std::string("[]"), std::string("{}"), golden_cart + "}", golden_cart.substr(1),
        "{\"x\":" + std::string(20, '[') + std::string(20, ']') + "," + golden_cart.substr(1),
        "{\"x\":\"" + std::string(1 << 20, 'x') + "\"," + golden_cart.substr(1)}) {
    CHECK(code(decode_cart(id, text)) == "cart_malformed");
  }
  for (std::size_t cut = 0; cut < golden_cart.size(); ++cut) {
    if (decode_cart(id, golden_cart.substr(0, cut))) FAIL_CHECK("cut at ", cut);
  }
}

TEST_CASE("coupons of a cart: written when there are some, read, and judged") {
  auto cart = decode_cart(id, golden_cart);
  REQUIRE(cart);
  CHECK(cart->coupons.empty());
  cart->coupons = {"SAVE10", "A-1"};
  const std::string text = encode_cart(*cart);
  CHECK(text.find(R"("coupons":["SAVE10","A-1"])") != std::string::npos);
  CHECK(decode_cart(id, text)->coupons == cart->coupons);
  CHECK(decode_cart(id, text)->unknown_fields == cart->unknown_fields);
  for (const char* bad : {R"(["SAVE10","SAVE10"])", R"(["save10"])", R"([1])", R"({})", R"("SAVE10")", "null",
                          R"(["AA1","AA2","AA3","AA4","AA5","AA6","AA7","AA8","AA9","A10","A11"])"}) {
    CHECK_MESSAGE(code(decode_cart(id, with(text, R"(["SAVE10","A-1"])", bad))) == "cart_malformed", bad);
  }
}

TEST_CASE("brackets inside texts are not depth") {
  const std::string deep = with(golden_cart, "{\"", "{\"x\":\"" + std::string(40, '[') + "\\\"" + std::string(40, '{') + "\",\"");
  CHECK(decode_cart(id, deep));
}

TEST_CASE("golden operations, there and back") {
  using namespace rules;
  const PassReference pass{PassId{t1}, {3, 41}};
  const std::string ref = R"("pass":{"id":")" + t1 + R"(","v":[3,41]})";
  struct Golden {
    CartOperation operation;
    std::string kind;
    std::string body;
  };
  const Golden all[] = {
      {CartAdd{Sku{"85123A"}, 2, "", {}, {}}, "cart.add", R"({"n":2,"sku":"85123A"})"},
      {CartAdd{Sku{"85123A"}, 2, "phone", StoreId{"harbour-street"}, CustomerId{"17850"}}, "cart.add",
       R"({"channel":"phone","n":2,"owner":"17850","sku":"85123A","store":"harbour-street"})"},
      {CartDecrease{"85123A", {DotId{t1 + ".0"}, DotId{t2 + ".10"}}, 1, {}}, "cart.decrease",
       R"({"line":"85123A","n":1,"shown":[")" + t1 + R"(.0",")" + t2 + R"(.10"]})"},
      {CartDecrease{"85123A", {DotId{t1 + ".0"}}, 1, pass}, "cart.decrease",
       R"({"line":"85123A","n":1,)" + ref + R"(,"shown":[")" + t1 + R"(.0"]})"},
      {CartRemove{"85123A", {}, {}}, "cart.remove", R"({"line":"85123A","shown":[]})"},
      {CartRemove{"85123A", {DotId{t1 + ".0"}}, pass}, "cart.remove",
       R"({"line":"85123A",)" + ref + R"(,"shown":[")" + t1 + R"(.0"]})"},
      {CartResume{pass, {{Sku{"85123A"}, 2}}, {77}, "1234"}, "cart.resume",
       R"({"lines":[{"n":2,"sku":"85123A"}],)" + ref + R"(,"scanned_at":77,"text":"1234"})"},
      {CartAssign{CustomerId{"17850"}, {}}, "cart.assign", R"({"owner":"17850"})"},
      {CartAssign{{}, StoreId{"mill-lane"}}, "cart.assign", R"({"store":"mill-lane"})"},
      {CartCoupon{"SAVE10", true}, "cart.coupon", R"({"code":"SAVE10","on":true})"},
      {CartCoupon{"SPRING-5", false}, "cart.coupon", R"({"code":"SPRING-5","on":false})"},
      {CartOrder{OrderId{"K7"}, {{"85123A", DotId{t1 + ".0"}, 2}}, {}}, "cart.order",
       R"({"order":"K7","units":[{"dot":")" + t1 + R"(.0","line":"85123A","n":2}]})"},
      {CartOrder{OrderId{"K7"}, {{"85123A", DotId{t1 + ".0"}, 2}}, pass}, "cart.order",
       R"({"order":"K7",)" + ref + R"(,"units":[{"dot":")" + t1 + R"(.0","line":"85123A","n":2}]})"},
  };
  for (const Golden& golden : all) {
    const Operation written = encode_cart_operation(id, golden.operation);
    CHECK(written.document == DocumentKey{"cart", id.text});
    CHECK(written.kind == golden.kind);
    CHECK(written.body == golden.body);
    CHECK(written.rules == 1);
    CHECK(written.salt.empty());
    const auto read = decode_cart_operation(golden.kind, golden.body);
    REQUIRE(read);
    CHECK(encode_cart_operation(id, *read).body == golden.body);
    for (std::size_t cut = 0; cut < golden.body.size(); ++cut) {
      CHECK(code(decode_cart_operation(golden.kind, golden.body.substr(0, cut))) == "operation_malformed");
    }
  }
}

TEST_CASE("malformed operations") {
  const std::string ref = R"("pass":{"id":")" + t1 + R"(","v":[3,41]})";
  CHECK(code(decode_cart_operation("cart.burn", "{}")) == "operation_unknown");
  CHECK(code(decode_cart_operation("stock.count", "{}")) == "operation_unknown");
  CHECK(decode_cart_operation("cart.add", R"({"sku":"A","n":1,"colour":"blue"})"));
  CHECK(decode_cart_operation("cart.assign", "{}"));
  const std::pair<std::string, std::string> bad[] = {
      {"cart.add", "{}"},
      {"cart.add", "[]"},
      {"cart.add", R"({"sku":"A"})"},
      {"cart.add", R"({"sku":"A","n":0})"},
      {"cart.add", R"({"sku":"A","n":-1})"},
      {"cart.add", R"({"sku":"A","n":1.5})"},
      {"cart.add", R"({"sku":"A","n":1000001})"},
      {"cart.add", R"({"sku":"","n":1})"},
      {"cart.add", R"({"sku":"A","n":1,"store":"A B"})"},
      {"cart.add", R"({"sku":"A","n":1,"channel":""})"},
      {"cart.decrease", R"({"line":"A","shown":[],"n":0})"},
      {"cart.decrease", R"({"line":"A","n":1})"},
      {"cart.decrease", R"({"line":"A","shown":"x","n":1})"},
      {"cart.decrease", R"({"line":"A","shown":["x"],"n":1})"},
      {"cart.decrease", R"({"line":"A","shown":[1],"n":1})"},
      {"cart.decrease", R"({"line":"A","shown":[],"n":1,"pass":{}})"},
      {"cart.decrease", R"({"line":"A","shown":[],"n":1,"pass":null})"},
      {"cart.remove", R"({"shown":[]})"},
      {"cart.remove", R"({"line":"A","shown":[],"pass":{"id":"x","v":[1,1]}})"},
      {"cart.resume", "{" + ref + R"(,"lines":[],"scanned_at":1})"},
      {"cart.resume", "{" + ref + R"(,"lines":[{"sku":"A","n":1000}],"scanned_at":1,"text":""})"},
      {"cart.resume", "{" + ref + R"(,"lines":[{"sku":"A","n":1},{"sku":"A","n":1}],"scanned_at":1,"text":""})"},
      {"cart.resume", R"({"lines":[],"scanned_at":1,"text":""})"},
      {"cart.resume", "{" + ref + R"(,"lines":[],"scanned_at":1,"text":")" + std::string(4097, '1') + "\"}"},
      {"cart.assign", R"({"owner":""})"},
      {"cart.assign", R"({"owner":null})"},
      {"cart.coupon", R"({"code":"SAVE10"})"},
      {"cart.coupon", R"({"code":"save10","on":true})"},
      {"cart.coupon", R"({"code":"NO","on":true})"},
      {"cart.coupon", R"({"code":"SAVE 10","on":true})"},
      {"cart.coupon", R"({"code":"SAVE10","on":1})"},
      {"cart.order", R"({"units":[]})"},
      {"cart.order", R"({"order":"K7","units":[]})"},
      {"cart.order", R"({"order":"K 7","units":[{"line":"A","dot":")" + t1 + R"(.0","n":1}]})"},
      {"cart.order", R"({"order":"K7","units":[{"line":"A","dot":"x","n":1}]})"},
      {"cart.order", R"({"order":"K7","units":[{"line":"A","dot":")" + t1 + R"(.0","n":0}]})"},
      {"cart.order",
       R"({"order":"K7","units":[{"line":"A","dot":")" + t1 + R"(.0","n":1},{"line":"A","dot":")" + t1 + R"(.0","n":1}]})"},
  };
  for (const auto& [kind, body] : bad)
    CHECK_MESSAGE(code(decode_cart_operation(kind, body)) == "operation_malformed", kind, " ", body);
}
