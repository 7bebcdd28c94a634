// SPDX-License-Identifier: Apache-2.0
// What stores have and when they were heard, read and written; what a later version says, and what nobody should say.
#include "sync/protocol/availability_codec.hpp"

#include <doctest/doctest.h>

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::protocol;

TEST_CASE("the same stores give the same bytes, and come back as they were") {
  Availability told{"south", Sku{"85123A"}, {}};
  told.stores[StoreId{"quay-square"}] = {Band::none, UtcMs{7}, {{UtcMs{9}, Band::few}, {UtcMs{11}, Band::many}}};
  told.stores[StoreId{"mill-lane"}] = {Band::some, UtcMs{5}, {}};
  const std::string text = encode_availability(told);
  CHECK(text == R"({"region":"south","sku":"85123A","stores":{"mill-lane":{"as_of":5,"band":"some"},)"
                R"("quay-square":{"as_of":7,"band":"none","then":[{"at":9,"band":"few"},{"at":11,"band":"many"}]}}})");
  const auto read = decode_availability(text);
  REQUIRE(read.has_value());
  CHECK(*read == told);
  const StoresHeard heard{"south", {{StoreId{"mill-lane"}, UtcMs{8}}}};
  CHECK(encode_stores_heard(heard) == R"({"region":"south","stores":{"mill-lane":8}})");
  CHECK(decode_stores_heard(encode_stores_heard(heard)).value() == heard);
  CHECK(availability_key("south", Sku{"85123A"}) == DocumentKey{"availability", "south/85123A"});
  CHECK(availability_stream("south").text == "availability.south");
}

TEST_CASE("a store whose band is of a later version is left out, the others stay; fields of a later version mean nothing") {
  const auto read = decode_availability(
      R"({"region":"south","sku":"85123A","v":2,"stores":{"mill-lane":{"as_of":5,"band":"plenty"},"quay-square":{"as_of":5,"band":"few","x":1},)"
      R"("harbour-street":{"as_of":5,"band":"none","then":[{"at":9,"band":"plenty"}]}}})");
  REQUIRE(read.has_value());
  CHECK(read->stores.size() == 1);
  CHECK(read->stores.at(StoreId{"quay-square"}).band == Band::few);
}

TEST_CASE("what is malformed is refused by the field's path") {
  const auto wrong = [](const char* text, const char* path) {
    const auto read = decode_availability(text);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == "availability_malformed");
    CHECK(read.error().message.find(path) != std::string::npos);
  };
  wrong(R"([])", "");
  wrong(R"({"region":"south","sku":"","stores":{}})", "sku");
  wrong(R"({"region":"south","sku":"1"})", "stores");
  wrong(R"({"region":"south","sku":"1","stores":{"Mill Lane":{"as_of":5,"band":"few"}}})", "stores.Mill Lane");
  wrong(R"({"region":"south","sku":"1","stores":{"mill-lane":{"as_of":-5,"band":"few"}}})", "stores.mill-lane.as_of");
  wrong(R"({"region":"south","sku":"1","stores":{"mill-lane":{"as_of":5}}})", "stores.mill-lane.band");
  wrong(
      R"({"region":"south","sku":"1","stores":{"mill-lane":{"as_of":5,"band":"none","then":[{"at":9,"band":"few"},{"at":8,"band":"some"}]}}})",
      "stores.mill-lane.then");
  CHECK_FALSE(decode_stores_heard(R"({"region":"south","stores":{"mill-lane":"yesterday"}})").has_value());
}
