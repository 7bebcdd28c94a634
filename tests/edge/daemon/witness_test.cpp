// SPDX-License-Identifier: Apache-2.0
// The witness beside the database: it survives torn writes, and a database that is older than it is not trusted with anything
// personal until the hub has been asked.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <random>

#include "edge/io/box.hpp"
#include "edge/io/witness.hpp"
#include "edge/local_api/orders.hpp"
#include "edge/local_api/queries.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "tests/edge/test_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using daemon::Witnessed;
using io::WitnessFile;

namespace {

const std::string life(32, 'a');
const std::string other_life(32, 'b');
const sync::CartId cart{test_cart};
const sync::Era era{1, std::string(32, '1')};

// One box: a folder with a database and, beside it, the witness; a loop without network.
struct Box {
  std::string folder;
  std::optional<WitnessFile> witness;
  daemon::Inbox inbox;
  local_api::EventFeed feed;
  local_api::LinkBoard board;
  std::unique_ptr<daemon::Daemon> loop;

  explicit Box(std::string at) : folder(std::move(at)) {
    auto opened = WitnessFile::open(folder + "/witness");
    REQUIRE(opened.has_value());
    witness.emplace(std::move(*opened));
    auto connection = database::open_store_database(folder + "/store.db");
    REQUIRE(connection.has_value());
    daemon::DaemonSetup setup;
    setup.store = sync::StoreId{"harbour-street"};
    setup.zone = "uk";
    setup.region = "uk";
    setup.software = "test";
    setup.chance = {[random = std::make_shared<std::mt19937_64>(std::random_device{}())] { return (*random)(); }};
    setup.now = [] { return io::box_clock(); };
    setup.send = [](const sync::protocol::StoreMessage&) {};
    setup.drop_connection = [] {};
    setup.enable_link = [](bool) {};
    setup.search_fell_behind = [] {};
    setup.witness = &*witness;
    auto made = daemon::Daemon::create(std::move(setup), std::move(*connection), inbox, feed, board);
    REQUIRE(made.has_value());
    loop = std::move(*made);
  }

  void add(int request) {
    Result<sync::CartId> got = fail("never", "answered");
    loop->step(daemon::Command{[request](local_api::Desk& desk) -> Result<sync::CartId> {
                                 sync::ends::LocalAction action;
                                 action.id.text = test_request(request);
                                 action.actor = "kiosk-1";
                                 action.operations = {sync::protocol::encode_cart_operation(
                                     cart, sync::rules::CartAdd{sync::Sku{"A"}, 1, "kiosk", desk.store, std::nullopt})};
                                 auto performed = desk.end.perform(action, desk.now);
                                 desk.effects = std::move(performed.effects);
                                 desk.performed = true;
                                 return cart;
                               },
                               [&got](Result<sync::CartId> answer) { got = std::move(answer); }});
    REQUIRE(got.has_value());
  }
  // "" : the cart is shown; else why not.
  std::string cart_refused() {
    auto reader = database::Reader::open(folder + "/store.db");
    REQUIRE(reader.has_value());
    local_api::Surroundings around;
    around.store = sync::StoreId{"harbour-street"};
    around.zone = "uk";
    around.region = "uk";
    const auto view = local_api::cart(**reader, around, cart);
    return view ? "" : view.error().code;
  }
  std::string orders_refused() {
    auto reader = database::Reader::open(folder + "/store.db");
    REQUIRE(reader.has_value());
    const auto queue = local_api::order_queue(**reader, std::nullopt, 50);
    return queue ? "" : queue.error().code;
  }
  void hub_answers(const sync::ends::StoreState& state, std::uint64_t applied_n) {
    loop->step(daemon::HubConnected{});
    sync::protocol::Welcome welcome;
    welcome.token = "t";
    welcome.era = era;
    welcome.eras = {era};
    welcome.clock = io::box_clock().utc;
    welcome.page_bytes = 1 << 18;
    if (applied_n > 0) welcome.applied = sync::Applied{state.incarnation, state.last_n, state.last_hash};
    loop->step(daemon::HubSaid{welcome});
    sync::protocol::Page page;
    page.stream = sync::protocol::own_stream(state.store);
    page.era = era;
    page.to = page.head = 1;
    page.entries = {put("stock", "harbour-street/A", "{}")};
    loop->step(daemon::HubSaid{page});
  }
  sync::ends::StoreState state() {
    auto connection =
        database::Connection::open(folder + "/store.db", database::sql_book(), {database::Connection::Use::read, 64, true});
    REQUIRE(connection.has_value());
    return database::SqliteReplica(std::move(*connection), sync::StreamName{"catalog"}).state();
  }
};

void copy_database(const std::string& from, const std::string& to) {
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(to + suffix);
  std::filesystem::copy_file(from, to);
  if (std::filesystem::exists(from + "-wal")) std::filesystem::copy_file(from + "-wal", to + "-wal");
}

}  // namespace

TEST_CASE("a witness says what was noted last, also after a torn write; a fresh or spoilt file says nothing") {
  const ScratchFolder folder;
  const std::string path = folder / "witness";
  {
    auto file = WitnessFile::open(path);
    REQUIRE(file.has_value());
    CHECK_FALSE(file->said().has_value());
    for (std::uint64_t n = 1; n <= 9; ++n) file->note({sync::IncarnationId{life}, n});
    CHECK(file->said() == Witnessed{sync::IncarnationId{life}, 9});
  }
  {
    auto file = WitnessFile::open(path);
    CHECK(file->said() == Witnessed{sync::IncarnationId{life}, 9});
    file->note({sync::IncarnationId{other_life}, 10});
    CHECK(file->said() == Witnessed{sync::IncarnationId{other_life}, 10});
  }
  // The slot written last is torn: the one before it counts.
  const int fd = ::open(path.c_str(), O_RDWR);
  REQUIRE(pwrite(fd, "garbage", 7, 30) == 7);
  auto torn = WitnessFile::open(path);
  CHECK(torn->said() == Witnessed{sync::IncarnationId{life}, 9});
  REQUIRE(pwrite(fd, "garbage", 7, 4096 + 30) == 7);
  CHECK_FALSE(torn->said().has_value());
  ::close(fd);
}

TEST_CASE("what makes a database doubtful") {
  sync::ends::StoreState state;
  state.incarnation.text = life;
  state.last_n = 5;
  const std::vector<sync::Applied> line = {{sync::IncarnationId{other_life}, 3, {}}};
  const auto doubt = [&](const std::string& incarnation, std::uint64_t n) {
    return daemon::is_in_doubt(Witnessed{sync::IncarnationId{incarnation}, n}, state, line);
  };
  CHECK(daemon::is_in_doubt(std::nullopt, state, line));
  CHECK_FALSE(doubt(life, 5));
  CHECK_FALSE(doubt(life, 4));  // a power cut: the note was not synced
  CHECK(doubt(life, 6));
  CHECK_FALSE(doubt(other_life, 9));  // a life that this one continues
  CHECK(doubt(std::string(32, 'c'), 1));
}

TEST_CASE("an older copy of the database shows nothing personal and takes no action on a cart until the hub has been asked") {
  const ScratchFolder folder;
  const std::string copy = folder / "copy.db";
  std::filesystem::create_directory(folder / "state");
  const std::string state = folder / "state";
  {
    Box box(state);
    box.add(1);
    CHECK(box.cart_refused().empty());
  }
  copy_database(state + "/store.db", copy);
  {
    Box box(state);  // a plain start casts no doubt
    CHECK(box.cart_refused().empty());
    box.add(2);
  }
  SUBCASE("restored under the witness") { copy_database(copy, state + "/store.db"); }
  SUBCASE("without its witness") { std::filesystem::remove(state + "/witness"); }
  {
    Box box(state);
    CHECK(box.cart_refused() == "store_not_ready");
    CHECK(box.orders_refused() == "store_not_ready");
  }
  Box box(state);  // another start does not make it forget
  CHECK(box.cart_refused() == "store_not_ready");
  const auto before = box.state();
  box.hub_answers(before, before.last_n);
  CHECK(box.cart_refused().empty());
}
