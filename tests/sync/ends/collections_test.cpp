// SPDX-License-Identifier: Apache-2.0
// The door to the rules: what it refuses by itself, and that bytes stay where nothing changed.
#include <doctest/doctest.h>

#include "sync/ends/collections.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using vitrine::sync::ends::apply_operation;

namespace {

const std::string cart_id = "cafe0000000000000000000000000001";
const std::string transaction = "00000000000000000000000000000001";

Operation operation(std::string kind, std::string body) { return {{"cart", cart_id}, std::move(kind), 1, std::move(body), ""}; }

rules::ApplyContext context(std::size_t index = 0) { return {TransactionId{transaction}, index, "phone", {1000}, {}, {1, 1}}; }

std::string reason(const rules::Verdict<std::optional<std::string>>& verdict) { return verdict ? "" : verdict.error().reason; }

}  // namespace

TEST_CASE("an operation makes a body, and one that changes nothing gives the same bytes back") {
  const auto made =
      apply_operation(std::nullopt, operation("cart.add", R"({"sku":"85123A","n":2,"channel":"phone"})"), context());
  REQUIRE(made);
  CHECK(
      **made ==
      R"({"changed_at":1000,"changed_by":"phone","channel":"phone","created_at":1000,"dead":[],"expires_at":2592001000,"generation":1,"lines":[{"dots":[{"born":[1,1],"id":")" +
          transaction + R"(.0","n":2,"taken":0}],"key":"85123A","sku":"85123A"}]})");
  const std::string spaced = " " + **made;
  const auto again = apply_operation(spaced, operation("cart.add", R"({"sku":"85123A","n":2})"), context());
  REQUIRE(again);
  CHECK(**again == spaced);
  const auto second = apply_operation(*made, operation("cart.add", R"({"sku":"85123A","n":1})"), context(1));
  REQUIRE(second);
  CHECK((**second).find(transaction + ".1") != std::string::npos);
}

TEST_CASE("what the door refuses by itself") {
  const std::string good = R"({"sku":"85123A","n":2})";
  CHECK(reason(apply_operation(std::nullopt, operation("cart.add", good), context())).empty());
  CHECK(reason(apply_operation(std::nullopt, operation("cart.burn", good), context())) == "operation_unknown");
  CHECK(reason(apply_operation(std::nullopt, operation("cart.add", "{"), context())) == "operation_malformed");
  CHECK(reason(apply_operation("{}", operation("cart.add", good), context())) == "document_malformed");
  CHECK(reason(apply_operation(std::nullopt, operation("cart.remove", R"({"line":"A","shown":[]})"), context())) ==
        "cart_unknown");
  Operation other = operation("cart.add", good);
  other.document.collection = "product";
  CHECK(reason(apply_operation(std::nullopt, other, context())) == "operation_unknown");
  other = operation("cart.add", good);
  other.document.id = "../etc";
  CHECK(reason(apply_operation(std::nullopt, other, context())) == "operation_malformed");
  other = operation("cart.add", good);
  other.rules = 2;
  CHECK(reason(apply_operation(std::nullopt, other, context())) == "operation_unknown");
}

TEST_CASE("what stores have stands in the stream of their region: the one that their document names, else their zone") {
  using namespace vitrine::sync::ends;
  const auto streams = [](const char* collection, const char* id) { return placement_of({collection, id}, "{}").streams; };
  CHECK(streams("availability", "south/85123A") == std::vector<StreamName>{StreamName{"availability.south"}});
  CHECK(streams("heard", "south/stores") == std::vector<StreamName>{StreamName{"availability.south"}});
  CHECK(streams("gathered", "harbour-street").empty());
  CHECK(region_of(R"({"zone":"uk","region":"south"})") == "south");
  CHECK(region_of(R"({"zone":"uk"})") == "uk");
  CHECK(region_of(R"({"zone":"uk","region":"Not A Name"})") == "uk");
  CHECK(region_of(std::nullopt).empty());
  // No store writes them.
  for (const char* collection : {"availability", "heard", "gathered"}) {
    const Operation operation{{collection, "south/85123A"}, "availability.put", 1, "{}", ""};
    CHECK(out_of_scope({StoreId{"harbour-street"}, operation, true, true, false, {}}) == "not_allowed");
  }
}
