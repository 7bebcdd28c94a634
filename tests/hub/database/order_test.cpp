// SPDX-License-Identifier: Apache-2.0
// Two writers at one database (the serving hub and an import): the order of seqs is the order of commits, so that a store whose
// cursor stands at a seq has missed nothing below it.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "hub/database/authority.hpp"
#include "hub/database/open.hpp"
#include "tests/broker/test_broker.hpp"
#include "tests/hub/support/test_database.hpp"

using namespace vitrine;
using namespace vitrine::sync;

TEST_CASE("seqs are in the order of commits: a second writer draws none before the first has committed") {
  const test::TemporaryFolder folder;
  const UtcMs now{1'763'800'000'000};
  const hub::database::Address address = test::fresh_database(folder.path());
  const sync::ends::Chance chance{[drawn_bits = std::uint64_t{0}]() mutable { return ++drawn_bits; }};
  auto first = hub::database::open_hub_database(address, chance, now);
  REQUIRE(first.has_value());
  const StreamName catalog{"catalog"};
  const auto put = [&](hub::database::SqlAuthority& authority, const char* sku) {
    const DocumentKey key{"product", sku};
    authority.put_document({key, {{1, 1}, {}}, "{}"});
    return authority.append(catalog, key, false);
  };
  hub::database::SqlAuthority slow(**first);
  slow.begin();
  CHECK(put(slow, "A") == 1);

  std::atomic<std::uint64_t> drawn{0};
  std::optional<Error> failed;
  std::thread other([&] {
    auto second = hub::database::open_hub_database(address, chance, now);
    if (!second) return;
    hub::database::SqlAuthority quick(**second);
    quick.begin();
    drawn = put(quick, "B");
    failed = quick.commit();
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  CHECK(drawn == 0);  // it waits, and nobody can see 2 before 1
  auto reader = hub::database::open_hub_reader(address);
  REQUIRE(reader.has_value());
  CHECK(hub::database::SqlAuthority(**reader).entries_after(catalog, 0, 1000).empty());
  REQUIRE_FALSE(slow.commit().has_value());
  other.join();
  CHECK(drawn == 2);
  CHECK_FALSE(failed.has_value());
  CHECK(hub::database::SqlAuthority(**reader).entries_after(catalog, 0, 1000).size() == 2);
}
