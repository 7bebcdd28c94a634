// SPDX-License-Identifier: Apache-2.0
// Products in the local API's JSON, and the questions for them.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "kiosk/io/edge_codec.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using nlohmann::json;

namespace {

json card() {
  return json::parse(
      R"({"sku":"22727","title":{"en":"Clock"},"pictogram":"clock","tile":"sand","price":{"minor":375,"currency":"GBP"},
    "list_price":null,"stock":{"on_hand":5,"aisle":"5","bay":"A","as_of":7,"freshness":"recent"}})");
}

json found() {
  return {{"products", {card()}},
          {"total", 41},
          {"more", true},
          {"forgiven", true},
          {"facets",
           {{"departments", {{{"id", "home"}, {"name", {{"en", "Home"}}}, {"count", 40}}}},
            {"prices", {{{"from", 0}, {"to", 500}, {"count", 3}}, {{"from", 5000}, {"to", nullptr}, {"count", 1}}}},
            {"in_stock", 12}}}};
}

json page() {
  json made = card();
  json variant = card();
  variant["attributes"] = {{"colour", "red"}};
  made.update({{"gtins", {"4006381333931"}},
               {"department", {{"id", "home"}, {"name", {{"en", "Home"}}}}},
               {"category", json::array()},
               {"brand", "B"},
               {"description", {{"en", "Rings"}}},
               {"attributes", {{"colour", "red"}}},
               {"variants", {variant, variant}},
               {"nearby",
                {{{"store", "quay-square"},
                  {"name", "Quay Square"},
                  {"distance_m", 939},
                  {"opening", {{"open_now", true}, {"opens_at", nullptr}, {"closes_at", "18:00"}}},
                  {"band", "some"},
                  {"as_of", 7},
                  {"freshness", "recent"}},
                 {{"store", "mill-lane"},
                  {"name", "Mill Lane"},
                  {"distance_m", nullptr},
                  {"opening", nullptr},
                  {"band", nullptr},
                  {"as_of", 0},
                  {"freshness", "check"}}}},
               {"goes_with", {card()}},
               {"pictures", json::array()},
               {"age_restriction", 18},
               {"ar_url", "https://ar.example/1"},
               {"code", {{"price", nullptr}, {"weight_g", nullptr}}}});
  return made;
}

}  // namespace

TEST_CASE("what was found is read whole: products, how many there are, and what they can be narrowed by") {
  const auto read = decode_found(found().dump());
  REQUIRE(read.has_value());
  REQUIRE(read->products.size() == 1);
  CHECK(read->products[0].price == sync::Money{375, "GBP"});
  CHECK(read->products[0].stock->freshness == Freshness::recent);
  CHECK(read->total == 41);
  CHECK(read->forgiven);
  CHECK(read->departments[0].count == 40);
  CHECK(read->prices == std::vector<PriceBand>{{0, 500}, {5000, std::nullopt}});
  CHECK(read->in_stock == 12);
  json bare = found();
  bare["facets"] = nullptr;
  CHECK(decode_found(bare.dump())->departments.empty());
}

TEST_CASE("a product in full; what it may lack it may lack") {
  const auto read = decode_product(page().dump());
  REQUIRE(read.has_value());
  CHECK(read->variants.size() == 2);
  CHECK(read->variants[0].attributes.at("colour") == "red");
  CHECK(read->goes_with.size() == 1);
  REQUIRE(read->nearby.size() == 2);
  CHECK(read->nearby[0] ==
        NearbyStore{"quay-square", "Quay Square", 939, true, true, "", "18:00", sync::Band::some, {7}, Freshness::recent});
  CHECK(read->nearby[1] == NearbyStore{"mill-lane", "Mill Lane", {}, false, false, "", "", {}, {0}, Freshness::check});
  CHECK(read->age_restriction == 18);
  CHECK(read->ar_url == "https://ar.example/1");
  json bare = page();
  bare["ar_url"] = nullptr;
  bare["price"] = nullptr;
  bare["stock"] = nullptr;
  const auto lacks = decode_product(bare.dump());
  REQUIRE(lacks.has_value());
  CHECK(lacks->ar_url.empty());
  CHECK_FALSE(lacks->card.price);
}

TEST_CASE("what another store is to keep, and until when it does") {
  const KeepThere keep{{1, 2}, sync::CartId(std::string(32, 'c')), "quay-square", sync::Sku("22727"), 2};
  CHECK(json::parse(encode(keep, "r", "kiosk-1")) ==
        json{{"request", "r"}, {"device", "kiosk-1"}, {"store", "quay-square"}, {"sku", "22727"}, {"units", 2}});
  CHECK(decode_kept(R"({"cart":"c","store":"quay-square","sku":"22727","units":2,"until":9})").value().value == 9);
  CHECK_FALSE(decode_kept(R"({"until":"soon"})").has_value());
}

TEST_CASE("each field of another kind is noticed") {
  for (const char* key : {"products", "total", "forgiven", "facets"}) {
    CAPTURE(key);
    json bent = found();
    bent[key] = "x";
    CHECK_FALSE(decode_found(bent.dump()).has_value());
  }
  for (const char* key : {"sku", "title", "department", "variants", "goes_with", "age_restriction", "stock"}) {
    CAPTURE(key);
    json bent = page();
    bent[key] = 3.5;
    CHECK_FALSE(decode_product(bent.dump()).has_value());
  }
  CHECK_FALSE(decode_found("").has_value());
  CHECK_FALSE(decode_product("[]").has_value());
}

TEST_CASE("words of any language, and codes with signs of their own, arrive as they were typed") {
  SearchProducts search{{1, 2}, "käse & 100 %", {}};
  CHECK(path_of(search) == "/v1/products?facets=true&limit=40&query=k%C3%A4se%20%26%20100%20%25");
  search.filter = {.in_stock = true, .department = "home & away", .price = PriceBand{500, 1000}};
  CHECK(path_of(search).ends_with("&in_stock=true&department=home%20%26%20away&price_from=500&price_to=1000"));
  CHECK(path_of(FetchProduct{{1, 2}, "A/1", false}) == "/v1/products/A%2F1");
  CHECK(path_of(FetchProduct{{1, 2}, "(01)0950", true}) == "/v1/codes?text=%2801%290950");
}

TEST_CASE("a collection: a right code tells nothing, an open one its order; of the buyer nothing is read") {
  const auto right = decode_pickup(R"({"needs":"phone","order":null,"ahead":0})");
  REQUIRE(right.has_value());
  CHECK(right->needs_phone);
  CHECK(right->order.empty());
  const auto open =
      decode_pickup(R"({"needs":null,"order":"o-1","ahead":3,"balance_due":250,"currency":"GBP","status":"arrived"})");
  REQUIRE(open.has_value());
  CHECK(open->order == "o-1");
  CHECK(open->ahead == 3);
  CHECK(open->balance_due == 250);
  for (const char* bad : {R"({"needs":"badge"})", R"({"needs":null,"order":null,"ahead":0})",
                          R"({"needs":null,"order":"../x","ahead":0})", R"({"needs":null,"order":"o","ahead":-1})"}) {
    CAPTURE(bad);
    CHECK_FALSE(decode_pickup(bad).has_value());
  }
  CHECK(encode(OpenPickup{{1, 2}, "481206", ""}, std::string(32, 'a'), "kiosk-1").find("phone") == std::string::npos);
  CHECK(json::parse(encode(OpenPickup{{1, 2}, "481206", "74"}, std::string(32, 'a'), "kiosk-1"))["phone_last2"] == "74");
}

TEST_CASE("an order: where it stands, what is due, what is in it") {
  const json order = json::parse(
      R"({"order":"o-1","status":"arrived","balance_due":0,"currency":"GBP","units":3,"arrived":{"place":"kiosk-1","at":9},
      "buyer":{"name":"Amelia"},"lines":[{"title":{"en":"Cake"},"pictogram":"cake","tile":"lilac","ordered":3}]})");
  const auto read = decode_order(order.dump());
  REQUIRE(read.has_value());
  CHECK(read->stage == OrderStage::arrived);
  CHECK(read->arrived_at == UtcMs{9});
  CHECK(read->lines.size() == 1);
  json over = order;
  over["status"] = "cancelled";
  over["arrived"] = nullptr;
  CHECK(decode_order(over.dump())->stage == OrderStage::over);
  for (const char* key : {"order", "status", "balance_due", "units", "lines"}) {
    CAPTURE(key);
    json bent = order;
    bent[key] = true;
    CHECK_FALSE(decode_order(bent.dump()).has_value());
  }
  CHECK(decode_order_news(R"({"order":"o-1"})") == "o-1");
  CHECK_FALSE(decode_order_news(R"({"order":"a b"})").has_value());
}
