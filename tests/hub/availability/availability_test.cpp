// SPDX-License-Identifier: Apache-2.0
// What stores have is told to the others of their region: once, in words, some time after it happened, and as of when it is
// known.
#include "hub/availability/availability.hpp"

#include <doctest/doctest.h>

#include <set>

#include "hub/database/open.hpp"
#include "sync/ends/collections.hpp"
#include "sync/protocol/availability_codec.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/rules/availability.hpp"
#include "tests/hub/support/hub_folder.hpp"

using namespace vitrine;
using namespace vitrine::hub;
using sync::Band;
using sync::StoreId;
namespace protocol = vitrine::sync::protocol;
namespace rules = vitrine::sync::rules;

namespace {

const StoreId harbour{"harbour-street"}, quay{"quay-square"}, mill{"mill-lane"};
const sync::Sku heart{"85123A"};
constexpr std::int64_t minute = 60'000;

struct Region {
  test::HubFolder folder;
  std::unique_ptr<database::Connection> connection;
  std::unique_ptr<database::SqlAuthority> authority;
  StoresHad had;
  UtcMs now{1'763'800'000'000};

  Region() {
    auto opened = database::open_hub_database(folder.database(), test::HubFolder::chance(), folder.now().utc);
    REQUIRE(opened.has_value());
    connection = std::move(*opened);
    authority = std::make_unique<database::SqlAuthority>(*connection);
    for (const StoreId& store : {harbour, quay, mill}) settle(store, "");
  }

  // The pages that leave.
  template <class Work>
  std::vector<sync::ends::HubSend> in_transaction(const Work& work) {
    sync::ends::HubEnd end(*authority, test::HubFolder::chance());
    authority->begin();
    work(end);
    auto leaving = end.finish(at());
    REQUIRE_FALSE(authority->commit().has_value());
    return leaving;
  }
  [[nodiscard]] Now at() const { return {now, {now.value}}; }

  void settle(const StoreId& store, const std::string& region) {
    in_transaction([&](sync::ends::HubEnd& end) {
      const std::string named = region.empty() ? "" : R"(,"region":")" + region + "\"";
      end.put({"content", "store/" + store.text}, R"({"kind":"store","store":")" + store.text + R"(","zone":"uk")" + named + "}",
              at());
      authority->add_store(store);
    });
  }
  void shelve(const StoreId& store, std::int64_t on_hand, UtcMs counted_at, std::vector<sync::StockReservation> promises = {},
              const sync::Sku& sku = heart) {
    sync::Stock stock;
    stock.store = store;
    stock.sku = sku;
    stock.on_hand = on_hand;
    stock.counted_at = counted_at;
    stock.reservations = std::move(promises);
    in_transaction(
        [&](sync::ends::HubEnd& end) { end.put(protocol::stock_key(store, sku), protocol::encode_stock(stock), at()); });
  }
  // One stretch; the pages of availability that leave.
  std::size_t gather(Gathered* out = nullptr, std::size_t bytes = gather_all) {
    Gathered gathered;
    const auto leaving =
        in_transaction([&](sync::ends::HubEnd& end) { gathered = gather_availability(end, *authority, had, bytes, at()); });
    if (out != nullptr) *out = gathered;
    std::size_t entries = 0;
    for (const auto& send : leaving) {
      if (const auto* page = std::get_if<protocol::Page>(&send.message)) {
        CHECK(page->stream.text.starts_with("availability."));
        entries += page->entries.size();
      }
    }
    return entries;
  }
  std::optional<sync::Availability> told(const std::string& region = "uk", const sync::Sku& sku = heart) {
    const auto document = authority->document(protocol::availability_key(region, sku));
    if (!document || !document->body) return std::nullopt;
    return protocol::decode_availability(*document->body).value();
  }
  std::optional<UtcMs> heard(const StoreId& store, const std::string& region = "uk") {
    const auto document = authority->document(protocol::stores_heard_key(region));
    if (!document || !document->body) return std::nullopt;
    const auto read = protocol::decode_stores_heard(*document->body).value();
    const auto found = read.stores.find(store);
    return found == read.stores.end() ? std::nullopt : std::optional(found->second);
  }

  static constexpr std::size_t gather_all = 1'000'000;
};

}  // namespace

TEST_CASE_FIXTURE(Region, "a change within a band makes no traffic; one that leaves it makes one document, whatever made it") {
  shelve(quay, 12, now.plus(-5 * minute));
  shelve(mill, 2, now.plus(-9 * minute));
  had = {{quay, now.plus(-1000)}};
  gather();
  REQUIRE(told());
  CHECK(told()->stores.at(quay) == sync::StoreAvailability{Band::many, now.plus(-1000), {}});
  // A store without a box: as of when it was counted.
  CHECK(told()->stores.at(mill) == sync::StoreAvailability{Band::few, now.plus(-9 * minute), {}});
  CHECK_FALSE(told()->stores.contains(harbour));  // it has no record
  CHECK(heard(quay) == now.plus(-1000));
  CHECK_FALSE(heard(mill).has_value());

  // Nothing happened, and nobody was heard: nothing travels.
  now = now.plus(minute);
  CHECK(gather() == 0);
  // Two of twelve are sold: still ten or more.
  shelve(quay, 10, now.plus(-6 * minute));
  CHECK(gather() == 0);
  // The store was heard: one small document, and the bands are as of then.
  had[quay] = now;
  CHECK(gather() == 1);
  CHECK(heard(quay) == now);
  CHECK(told()->stores.at(quay).as_of == now.plus(-minute - 1000));
  // Another one is sold: it is said, as of when the store was heard last.
  shelve(quay, 9, now.plus(-7 * minute));
  CHECK(gather() == 1);
  CHECK(told()->stores.at(quay) == sync::StoreAvailability{Band::some, now, {}});
  // An import counts the same again, later: where no box is, that is what makes the figure younger.
  shelve(mill, 2, now.plus(-minute));
  CHECK(gather() == 1);
  CHECK(told()->stores.at(mill).as_of == now.plus(-minute));
}

TEST_CASE_FIXTURE(Region, "what is promised is not there for others, until the promise runs out by itself") {
  shelve(quay, 2, now, {{sync::ReservationId{std::string(32, 'a')}, 2, now.plus(30 * minute), "cart/x", {}}});
  gather();
  CHECK(told()->stores.at(quay) == sync::StoreAvailability{Band::none, now, {{now.plus(30 * minute), Band::few}}});
  // It has run out: who was told knows it, and nothing travels when something else changes.
  now = now.plus(31 * minute);
  shelve(quay, 2, now.plus(-31 * minute));
  CHECK(gather() == 0);
  CHECK(rules::band_at(told()->stores.at(quay), now) == Band::few);
}

TEST_CASE_FIXTURE(Region, "a long round goes on where it stopped, and says until when it holds at its end alone") {
  for (int i = 0; i < 40; ++i) shelve(quay, 5, now, {}, sync::Sku{"S" + std::to_string(100 + i)});
  had = {{quay, now}};
  Gathered gathered;
  int stretches = 0;
  do {
    CHECK_FALSE(heard(quay).has_value());
    gather(&gathered, 2'000);
    ++stretches;
  } while (gathered.more && stretches < 100);
  CHECK(stretches > 3);
  CHECK(heard(quay) == now);
  for (int i = 0; i < 40; ++i) CHECK(told("uk", sync::Sku{"S" + std::to_string(100 + i)})->stores.size() == 1);
  // The place is kept in the database: another process does not begin again.
  authority = std::make_unique<database::SqlAuthority>(*connection);
  gather(&gathered, 2'000);
  CHECK(gathered.told == 0);
  CHECK_FALSE(gathered.more);
}

TEST_CASE_FIXTURE(Region, "a store that moves to another region is told there anew, and leaves the old one as it is looked at") {
  shelve(quay, 5, now);
  shelve(mill, 5, now);
  had = {{quay, now}, {mill, now}};
  gather();
  CHECK(told()->stores.size() == 2);
  settle(quay, "north");
  gather();
  CHECK(told("north")->stores.contains(quay));
  CHECK(heard(quay, "north") == now);
  CHECK_FALSE(heard(quay, "uk").has_value());
  shelve(mill, 1, now);
  gather();
  CHECK(told()->stores.size() == 1);
  CHECK(told()->stores.at(mill).band == Band::few);
  // Back again: what it had before it left is not believed.
  shelve(quay, 0, now);
  settle(quay, "uk");
  gather();
  CHECK(told()->stores.at(quay).band == Band::none);
}

TEST_CASE_FIXTURE(Region, "a store reads the availability of its region, and of no other") {
  const auto streams = [&](const StoreId& store) {
    std::set<std::string> read;
    const auto leaving = in_transaction([&](sync::ends::HubEnd& end) {
      protocol::Hello hello;
      hello.incarnation = sync::IncarnationId{std::string(32, 'a')};
      hello.software = "test";
      end.receive(store, hello, at());
    });
    for (const auto& send : leaving) {
      if (const auto* welcome = std::get_if<protocol::Welcome>(&send.message)) {
        for (const auto& head : welcome->heads) read.insert(head.stream.text);
      }
    }
    return read;
  };
  settle(mill, "north");
  CHECK(streams(harbour).contains("availability.uk"));
  CHECK_FALSE(streams(harbour).contains("availability.north"));
  CHECK(streams(mill).contains("availability.north"));
  CHECK_FALSE(streams(mill).contains("availability.uk"));
}

TEST_CASE_FIXTURE(Region, "a beat counts where the hub has all that the store did") {
  const sync::IncarnationId life{std::string(32, 'c')};
  in_transaction([&](sync::ends::HubEnd&) {
    authority->open_life(quay, {life, 0, {}}, {}, now);
    authority->record_applied(quay, life, 3, {}, now);
  });
  note_beat(*authority, quay, 4, had, at());
  CHECK(had.empty());
  note_beat(*authority, quay, 3, had, at());
  CHECK(had.at(quay) == now);
  note_beat(*authority, StoreId{"stranger"}, 0, had, at());
  note_beat(*authority, harbour, 0, had, at());  // it never said hello
  CHECK(had.size() == 1);
}
