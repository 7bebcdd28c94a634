// SPDX-License-Identifier: Apache-2.0
// What is forgotten is not only hidden: its bytes are in none of the database's files.
#include <doctest/doctest.h>

#include <random>

#include "edge/database/replica.hpp"
#include "tests/edge/files_of.hpp"
#include "tests/edge/scratch_folder.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using edge::files_with;
using edge::ScratchFolder;
using edge::database::SqliteReplica;

namespace {

const StreamName own{"store.harbour-street"};

std::string marker(const std::string& of, int number) { return "Marker-" + of + "-" + std::to_string(number) + "-Amelia"; }

// Of some bytes, or of several pages.
std::string body(const std::string& of, int number, std::size_t padding) {
  return R"({"name":")" + marker(of, number) + R"(","padding":")" + std::string(padding, 'p') + marker(of, number) + "\"}";
}

PageEntry entry(const std::string& id, std::uint64_t number, std::optional<std::string> text) {
  return {{"customer", id}, {{1, number}, {}}, std::move(text), false};
}

struct Folder {
  ScratchFolder folder;
  std::string path = folder / "store.db";
  std::unique_ptr<SqliteReplica> replica;

  Folder() {
    auto connection = edge::database::open_store_database(path);
    REQUIRE(connection.has_value());
    replica = std::make_unique<SqliteReplica>(std::move(*connection), StreamName{"catalog"});
  }
  template <class Work>
  void transaction(Work work) {
    replica->begin();
    work(*replica);
    REQUIRE_FALSE(replica->commit().has_value());
  }
  [[nodiscard]] std::string still_there(const std::string& of, int first, int last) const {
    std::string found;
    for (int i = first; i < last; ++i) {
      if (const auto files = files_with(path, marker(of, i)); !files.empty()) found += marker(of, i) + " in " + files + "; ";
    }
    return found;
  }
};

constexpr int count = 60;
std::size_t padding_of(int number) { return number % 5 == 0 ? 9'000 : static_cast<std::size_t>(number * 7 % 300); }
std::string id_of(int number) { return "customer-" + std::to_string(number); }

}  // namespace

TEST_CASE("documents that are forgotten, removed, replaced or covered leave no byte behind") {
  Folder store;
  store.transaction([](SqliteReplica& rows) {
    for (int i = 0; i < count; ++i) {
      rows.put_base(own, entry(id_of(i), 1, body("base", i, padding_of(i))));
      rows.put_view({"customer", id_of(i)}, body("view", i, padding_of(i)));
    }
  });
  REQUIRE(store.replica->wipe());
  REQUIRE(store.still_there("base", 0, 1) != "");  // the search finds what is there, also in the database itself
  std::mt19937 random(5);
  std::vector<int> order(count);
  for (int i = 0; i < count; ++i) order[static_cast<std::size_t>(i)] = i;
  std::ranges::shuffle(order, random);
  // A few at a time: pages are half empty, and rows move between them.
  for (std::size_t at = 0; at < order.size(); at += 7) {
    store.transaction([&](SqliteReplica& rows) {
      for (std::size_t i = at; i < std::min(at + 7, order.size()); ++i) {
        const std::string id = id_of(order[i]);
        rows.drop_view({"customer", id});
        if (order[i] % 3 == 0) rows.forget_body({"customer", id});
        if (order[i] % 3 == 1) rows.put_base(own, entry(id, 2, std::nullopt));
        PageEntry removal = entry(id, 2, std::nullopt);
        removal.removal = true;
        if (order[i] % 3 == 2) rows.put_base(own, removal);
      }
    });
    CHECK(store.replica->owes_wipe());
  }
  REQUIRE(store.replica->wipe());
  CHECK_FALSE(store.replica->owes_wipe());
  CHECK(store.still_there("base", 0, count) == "");
  CHECK(store.still_there("view", 0, count) == "");
}

TEST_CASE("transactions that are forgotten and pages that were staged leave no byte behind") {
  Folder store;
  store.transaction([](SqliteReplica& rows) {
    for (int i = 1; i <= count; ++i) {
      Transaction one;
      one.id.text = std::string(28, 'a') + std::to_string(1000 + i);
      one.n = static_cast<std::uint64_t>(i);
      one.actor = marker("actor", i);
      one.operations = {{{"cart", id_of(i)}, "cart.add", 1, body("outbox", i, padding_of(i)), "salt"}};
      one.hash[0] = static_cast<std::uint8_t>(i);
      rows.append(one);
    }
    std::vector<PageEntry> page;
    for (int i = 0; i < count; ++i) page.push_back(entry(id_of(i), 1, body("staged", i, padding_of(i))));
    rows.stage(page);
  });
  REQUIRE(store.replica->wipe());
  for (int upto = 5; upto < count; upto += 5) {
    store.transaction([&](SqliteReplica& rows) { rows.forget_transactions(static_cast<std::uint64_t>(upto)); });
  }
  store.transaction([](SqliteReplica& rows) { rows.clear_staged(); });
  CHECK(store.replica->owes_wipe());
  REQUIRE(store.replica->wipe());
  CHECK(store.still_there("outbox", 1, 56) == "");
  CHECK(store.still_there("actor", 1, 56) == "");
  CHECK(store.still_there("staged", 0, count) == "");
  CHECK(store.still_there("outbox", 56, count) != "");  // what waits, and what is kept
}

TEST_CASE("the files are read as they are: where nothing is overwritten, what was deleted is found") {
  Folder store;
  store.replica->connection().execute("PRAGMA secure_delete=OFF");  // some builds of SQLite overwrite by themselves
  store.transaction([](SqliteReplica& rows) {
    for (int i = 0; i < count; ++i) rows.put_base(own, entry(id_of(i), 1, body("base", i, padding_of(i))));
  });
  store.transaction([](SqliteReplica& rows) {
    for (int i = 0; i < count; ++i) rows.forget_body({"customer", id_of(i)});
  });
  REQUIRE(store.replica->wipe());
  CHECK(store.still_there("base", 0, count) != "");
}

TEST_CASE("goods that go owe nothing, and a transaction that fails forgets nothing") {
  Folder store;
  const StreamName catalog{"catalog"};
  store.transaction([&](SqliteReplica& rows) {
    rows.put_base(catalog, {{"product", "A"}, {{1, 1}, {}}, "{}", false});
    rows.put_base(own, entry("one", 1, "{}"));
  });
  REQUIRE(store.replica->wipe());
  store.transaction([&](SqliteReplica& rows) { rows.put_base(catalog, {{"product", "A"}, {{1, 2}, {}}, std::nullopt, true}); });
  CHECK_FALSE(store.replica->owes_wipe());
  store.transaction([](SqliteReplica& rows) { rows.forget_body({"customer", "one"}); });
  CHECK(store.replica->owes_wipe());
  REQUIRE(store.replica->wipe());
  store.transaction([](SqliteReplica&) {});
  CHECK_FALSE(store.replica->owes_wipe());
  store.replica->begin();
  store.replica->forget_body({"customer", "one"});
  store.replica->rollback();
  store.transaction([](SqliteReplica&) {});
  CHECK_FALSE(store.replica->owes_wipe());
}
