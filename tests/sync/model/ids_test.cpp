// SPDX-License-Identifier: Apache-2.0
// Ids: what is well-formed, and what "has seen" means.
#include <doctest/doctest.h>

#include "sync/model/ids.hpp"
#include "sync/model/version.hpp"

using namespace vitrine::sync;

TEST_CASE("128-bit ids are 32 lower-case hex digits and nothing else") {
  CHECK(is_hex_128("0123456789abcdef0123456789abcdef"));
  CHECK_FALSE(is_hex_128("0123456789ABCDEF0123456789abcdef"));
  CHECK_FALSE(is_hex_128("0123456789abcdef0123456789abcde"));
  CHECK_FALSE(is_hex_128("0123456789abcdef0123456789abcdeg"));
}

TEST_CASE("a store id cannot name another topic level") {
  CHECK(is_store_id("harbour-street"));
  for (const char* bad : {"", "a/b", "+", "#", "-a", "a-", "Harbour", "harbour street"}) CHECK_FALSE(is_store_id(bad));
}

TEST_CASE("SKUs keep their case and may hold a space, never a quote or a slash") {
  CHECK(is_sku("85123A"));
  CHECK(is_sku("15056bl"));
  CHECK(is_sku("BANK CHARGES"));
  for (const char* bad : {"", " 85123A", "a/b", "a\"b", "a\nb"}) CHECK_FALSE(is_sku(bad));
}

TEST_CASE("a document has seen a version of its line, in this era or an earlier one") {
  const Lineage lineage{{3, 10}, {{1, 40}}};
  CHECK(lineage.has_seen({3, 10}));
  CHECK(lineage.has_seen({3, 1}));
  CHECK_FALSE(lineage.has_seen({3, 11}));
  CHECK(lineage.has_seen({1, 40}));
  CHECK_FALSE(lineage.has_seen({1, 41}));
  CHECK_FALSE(lineage.has_seen({2, 1}));
}
