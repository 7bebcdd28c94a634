// SPDX-License-Identifier: Apache-2.0
// The engine's promise: nothing leaves before the commit, nothing at all after a failed one, and what another process wrote
// is said to the stores.
#include "hub/engine/engine.hpp"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/resource.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "hub/database/continuity.hpp"
#include "hub/database/open.hpp"
#include "hub/lending/web_selling.hpp"
#include "sync/ends/chain.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/payload.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/rules/order_state.hpp"
#include "tests/hub/support/hub_folder.hpp"

using namespace vitrine;
using namespace vitrine::hub;
namespace protocol = sync::protocol;

namespace {

class Left {
 public:
  void take(std::vector<Outgoing> leaving) {
    const std::lock_guard lock(mutex_);
    for (Outgoing& each : leaving) all_.push_back(std::move(each));
    changed_.notify_all();
  }
  // The first that `wanted` accepts, within 10 s.
  template <class Wanted>
  std::optional<Outgoing> wait_for(Wanted wanted) {
    std::unique_lock lock(mutex_);
    std::optional<Outgoing> found;
    changed_.wait_for(lock, std::chrono::seconds(10), [&] {
      for (const Outgoing& each : all_) {
        if (wanted(each)) found = each;
      }
      return found.has_value();
    });
    return found;
  }
  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return all_.size();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Outgoing> all_;
};

EngineSetup setup_for(const test::HubFolder& folder, Left& left) {
  return {folder.database(),
          test::HubFolder::chance(),
          [&folder] { return folder.now(); },
          [&left](std::vector<Outgoing> leaving) { left.take(std::move(leaving)); },
          {}};
}

StoreRequest hello(const std::string& store) {
  protocol::Hello message;
  message.incarnation = sync::IncarnationId{"0123456789abcdef0123456789abcdef"};
  message.software = "test";
  const auto payload = protocol::pack(protocol::encode(protocol::StoreMessage{message}));
  REQUIRE(payload);
  return {sync::StoreId{store}, "hello", payload->bytes, std::string(payload->content_type), "correlation-1"};
}

StoreRequest request_of(const std::string& store, const std::string& kind, const protocol::StoreMessage& message) {
  const auto payload = protocol::pack(protocol::encode(message));
  REQUIRE(payload);
  return {sync::StoreId{store}, kind, payload->bytes, std::string(payload->content_type), "correlation-2"};
}

template <class Message>
bool holds(const Outgoing& outgoing) {
  return std::holds_alternative<Message>(outgoing.send.message);
}

}  // namespace

TEST_CASE("a store's hello is answered with its correlation data; a stranger's is not; rubbish is counted and refused") {
  test::HubFolder folder;
  Left left;
  auto engine = Engine::start(setup_for(folder, left));
  REQUIRE(engine);
  REQUIRE((*engine)->transact([](Desk& desk) { desk.authority.add_store(sync::StoreId{"harbour-street"}); }));
  (*engine)->offer(hello("stranger"));
  (*engine)->offer({sync::StoreId{"harbour-street"}, "hello", "{not json", "application/json", ""});
  (*engine)->offer({sync::StoreId{"harbour-street"}, "nonsense", "{}", "application/json", ""});
  (*engine)->offer(hello("harbour-street"));
  const auto welcome = left.wait_for(holds<protocol::Welcome>);
  REQUIRE(welcome);
  CHECK(welcome->correlation == "correlation-1");
  CHECK(welcome->send.store.text == "harbour-street");
  CHECK(left.count() == 3);
  for (const char* code : {"malformed", "unknown"}) {
    CHECK(left.wait_for([code](const Outgoing& each) {
      const auto* refused = std::get_if<protocol::OpsRefused>(&each.send.message);
      return refused != nullptr && refused->code == code;
    }));
  }
  CHECK((*engine)->counts().malformed == 2);
}

TEST_CASE("a change is committed before its page leaves, and a failed commit lets nothing leave") {
  test::HubFolder folder;
  Left left;
  auto setup = setup_for(folder, left);
  bool committed_first = false;
  setup.carry_out = [&](std::vector<Outgoing> leaving) {
    auto reader = database::open_hub_reader(folder.database());
    committed_first = reader && database::read_document(**reader, {"product", "1"}).has_value();
    left.take(std::move(leaving));
  };
  auto engine = Engine::start(setup);
  REQUIRE(engine);
  REQUIRE((*engine)->transact([](Desk& desk) { desk.end.put({"product", "1"}, "{}", desk.now); }));
  CHECK(left.wait_for(holds<protocol::Page>));
  CHECK(committed_first);

  const std::size_t before = left.count();
  const auto failed = (*engine)->transact([](Desk& desk) {
    desk.end.put({"product", "2"}, "{}", desk.now);
    const sync::TransactionId id{"0123456789abcdef0123456789abcdef"};
    desk.authority.record_transaction(id, desk.now.utc);
    desk.authority.record_transaction(id, desk.now.utc);  // the database refuses the second
  });
  CHECK_FALSE(failed);
  CHECK(left.count() == before);
  auto reader = database::open_hub_reader(folder.database());
  CHECK_FALSE(database::read_document(**reader, {"product", "2"}));
  CHECK((*engine)->transact([](Desk& desk) { desk.end.put({"product", "3"}, "{}", desk.now); }));
}

TEST_CASE("what another process writes is said as heads, to all and to the store that it concerns") {
  test::HubFolder folder;
  Left left;
  auto engine = Engine::start(setup_for(folder, left));
  REQUIRE(engine);
  REQUIRE(folder.run(hub::import_tables, {folder.tables()}));
  const auto shared = left.wait_for([](const Outgoing& each) { return each.send.to == sync::ends::HubSend::To::heads; });
  REQUIRE(shared);
  const auto own = left.wait_for([](const Outgoing& each) {
    return each.send.to == sync::ends::HubSend::To::live && each.send.store.text == "harbour-street" &&
           holds<protocol::Heads>(each);
  });
  CHECK(own);
}

TEST_CASE(
    "what a store has, and that it was heard, is told to its region by itself, as of a beat that says no more than the hub has") {
  test::HubFolder folder;
  REQUIRE(folder.run(hub::import_tables, {folder.tables()}));
  Left left;
  auto setup = setup_for(folder, left);
  setup.gather_every_ms = 100;
  auto engine = Engine::start(setup);
  REQUIRE(engine);
  const auto told = [&](const std::string& collection, const std::string& words) {
    return left.wait_for([&](const Outgoing& each) {
      const auto* page = std::get_if<protocol::Page>(&each.send.message);
      if (page == nullptr || page->stream.text != "availability.uk") return false;
      return std::ranges::any_of(page->entries, [&](const sync::PageEntry& entry) {
        return entry.key.collection == collection && entry.body.value_or("").find(words) != std::string::npos;
      });
    });
  };
  CHECK(told("availability", R"("harbour-street":{"as_of":1577865600000,"band":"many"})"));
  (*engine)->offer(hello("harbour-street"));
  REQUIRE(left.wait_for(holds<protocol::Welcome>));
  (*engine)->offer(
      request_of("harbour-street", "beat", protocol::Beat{7, folder.now().utc, {}}));  // seven that the hub does not have
  (*engine)->offer(request_of("harbour-street", "beat", protocol::Beat{0, folder.now().utc, {}}));
  CHECK(told("heard", R"("harbour-street":)"));
  CHECK((*engine)->counts().availability_told >= 2);
}

TEST_CASE("what another process wrote is said also where the engine works on before it has looked") {
  test::HubFolder folder;
  Left left;
  auto engine = Engine::start(setup_for(folder, left));
  REQUIRE(engine);
  REQUIRE(folder.run(hub::import_tables, {folder.tables()}));
  REQUIRE((*engine)->transact([](Desk& desk) { desk.end.put({"product", "new"}, "{}", desk.now); }));
  const auto own = left.wait_for([](const Outgoing& each) {
    return each.send.to == sync::ends::HubSend::To::live && each.send.store.text == "harbour-street" &&
           holds<protocol::Heads>(each);
  });
  CHECK(own);
}

TEST_CASE("a full disk refuses the change in words, and the engine goes on when there is room again" *
          doctest::skip(!test::postgres_server().empty())) {
  test::HubFolder folder;
  Left left;
  auto engine = Engine::start(setup_for(folder, left));
  REQUIRE(engine);
  const auto put = [&](const std::string& id) {
    return (*engine)->transact(
        [&](Desk& desk) { desk.end.put({"activity", id}, "{\"text\":\"" + std::string(200'000, 'x') + "\"}", desk.now); });
  };
  REQUIRE(put("1"));
  signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = std::filesystem::file_size(folder / "hub/hub.db-wal") + 4096;
  REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
  const auto refused = put("2");
  REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "disk_full");
  CHECK(put("3"));
  auto reader = database::open_hub_reader(folder.database());
  CHECK_FALSE(database::read_document(**reader, {"activity", "2"}));
  CHECK(database::read_document(**reader, {"activity", "3"}));
}

TEST_CASE("a cart is open at a kiosk only where the kiosk's operation took effect") {
  test::HubFolder folder;
  Left left;
  auto engine = Engine::start(setup_for(folder, left));
  REQUIRE(engine);
  const std::string cart(32, 'c');
  const std::string foreign(32, 'f');
  const sync::Operation forged{{"cart", foreign},
                               "cart.resume",
                               1,
                               R"({"pass":{"id":")" + std::string(32, '5') +
                                   R"(","v":[1,1]},"lines":[{"sku":"22423","n":1}],"scanned_at":1,"text":"no pass at all"})",
                               std::string(32, '7')};
  const auto add = [](const std::string& id) {
    return sync::Operation{{"cart", id}, "cart.add", 1, R"({"sku":"22423","n":1})", std::string(32, '8')};
  };
  const UtcMs since{folder.now().utc.value - 60'000};
  REQUIRE((*engine)->transact([&](Desk& desk) {
    for (const char* store : {"harbour-street", "mill-lane"}) desk.authority.add_store(sync::StoreId{store});
    // Two carts, both opened at kiosks a minute ago; `foreign` stands in the other store.
    for (const auto& [id, store] : {std::pair{cart, "harbour-street"}, std::pair{foreign, "mill-lane"}}) {
      sync::Operation create = add(id);
      create.body = R"({"sku":"22423","n":1,"channel":"phone","store":")" + std::string(store) + "\"}";
      CHECK(desk.end.perform({sync::TransactionId{id}, "phone", {create}}, desk.now).what ==
            sync::ends::HubPerformed::What::done);
      desk.rows.open_visit(sync::CartId{id}, sync::StoreId{store}, "kiosk-1", since);
    }
  }));
  (*engine)->offer(hello("harbour-street"));
  const auto welcome = left.wait_for(holds<protocol::Welcome>);
  REQUIRE(welcome);
  const auto& greeted = std::get<protocol::Welcome>(welcome->send.message);

  protocol::Ops ops{greeted.era, greeted.token, sync::IncarnationId{"0123456789abcdef0123456789abcdef"}, 1, {}, {}};
  sync::Hash hash{};
  std::uint64_t n = 0;
  // In this store's scope; of another store's cart; a pass that nobody signed.
  for (const sync::Operation& operation : {add(cart), add(foreign), forged}) {
    sync::Transaction transaction{sync::TransactionId{std::string(31, 'a') + std::to_string(++n)},
                                  n,
                                  sync::Nature::intent,
                                  folder.now().utc,
                                  "kiosk-1",
                                  {operation},
                                  {}};
    hash = transaction.hash = sync::ends::chain_hash(hash, transaction);
    ops.transactions.push_back(transaction);
  }
  (*engine)->offer(request_of("harbour-street", "ops", ops));
  REQUIRE(left.wait_for(holds<protocol::OpsApplied>));
  REQUIRE((*engine)->transact([&](Desk& desk) {
    const auto own = desk.rows.visit(sync::CartId{cart});
    const auto other = desk.rows.visit(sync::CartId{foreign});
    REQUIRE(own);
    REQUIRE(other);
    CHECK(own->last > since);
    CHECK(other->last == since);
    CHECK(other->store.text == "mill-lane");
  }));
}

TEST_CASE("each commit leaves a mark of how far the database is before its page leaves") {
  test::HubFolder folder;
  Left left;
  auto setup = setup_for(folder, left);
  std::uint64_t mark = 0;
  setup.carry_out = [&](std::vector<Outgoing> leaving) {
    mark = database::read_progress_mark(folder / "hub");
    left.take(std::move(leaving));
  };
  auto engine = Engine::start(setup);
  REQUIRE(engine);
  const std::uint64_t before = database::read_progress_mark(folder / "hub");
  REQUIRE((*engine)->transact([](Desk& desk) { desk.end.put({"product", "1"}, "{}", desk.now); }));
  REQUIRE(left.wait_for(holds<protocol::Page>));
  CHECK(mark == before + 1);
}

TEST_CASE("the engine purges what is gone and ends carts whose time is over, by itself") {
  test::HubFolder folder;
  Left left;
  auto engine = Engine::start(setup_for(folder, left));
  REQUIRE(engine);
  const sync::StoreId harbour{"harbour-street"};
  const sync::StreamName own = protocol::own_stream(harbour);
  const sync::CartId cart{"0123456789abcdef0123456789abcdef"};
  const auto add = sync::rules::CartAdd{sync::Sku{"A"}, 1, "phone", harbour, std::nullopt};
  sync::Era era;
  REQUIRE((*engine)->transact([&](Desk& desk) {
    desk.authority.add_store(harbour);
    desk.end.put({"stock", "harbour-street/A"}, "{}", desk.now);
    desk.end.remove({"stock", "harbour-street/A"}, desk.now);
    desk.end.perform({sync::TransactionId{std::string(32, '1')}, "phone", {protocol::encode_cart_operation(cart, add)}},
                     desk.now);
    era = desk.authority.era();
  }));
  const auto reaches = [&](std::uint64_t EngineCounts::* figure, std::uint64_t value) {
    for (int i = 0; i < 500 && (*engine)->counts().*figure != value; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return (*engine)->counts().*figure == value;
  };
  (*engine)->offer(request_of("harbour-street", "beat", protocol::Beat{0, folder.now().utc, {{own, {era, 2}}}}));
  REQUIRE(left.wait_for(holds<protocol::BeatAnswer>));
  folder.ahead_ms += sweep_every_ms;
  CHECK(reaches(&EngineCounts::purged_entries, 1));
  CHECK((*engine)->counts().expired == 0);
  folder.ahead_ms += 31LL * 24 * 3'600'000;
  CHECK(reaches(&EngineCounts::expired, 1));
  REQUIRE((*engine)->transact([&](Desk& desk) {
    const auto document = desk.authority.document({"cart", cart.text});
    REQUIRE(document);
    CHECK_FALSE(document->body);
    CHECK(desk.authority.horizon(own) == 2);
  }));
}

TEST_CASE("a stopped engine takes nothing more") {
  test::HubFolder folder;
  Left left;
  auto engine = Engine::start(setup_for(folder, left));
  REQUIRE(engine);
  (*engine)->stop();
  const auto late = (*engine)->transact([](Desk&) {});
  REQUIRE_FALSE(late);
  CHECK(late.error().code == "hub_busy");
}

TEST_CASE("an order that its store has made ready is leased to it: a cancel of the platform asks the store then") {
  test::HubFolder folder;
  Left left;
  auto engine = Engine::start(setup_for(folder, left));
  REQUIRE(engine);
  const sync::OrderId id{"581234"};
  const auto performed = [&](Desk& desk, const sync::rules::OrderOperation& operation) {
    sync::ends::HubAction action{sync::TransactionId{test::HubFolder::chance().hex_128()}, "platform", {}};
    action.operations.push_back(protocol::encode_order_operation(id, operation));
    action.operations.back().salt = std::string(32, '5');
    return desk.end.perform(action, desk.now).what == sync::ends::HubPerformed::What::done;
  };
  sync::rules::OrderPlaced placed;
  placed.placed_at = folder.now().utc;
  placed.channel = "web";
  placed.currency = "GBP";
  placed.store = sync::StoreId{"harbour-street"};
  placed.hold_until = folder.now().utc.plus(5LL * 86'400'000);
  placed.lines = {{1, sync::Sku{"85123A"}, 2, 255}};
  REQUIRE((*engine)->transact([&](Desk& desk) {
    desk.authority.add_store(sync::StoreId{"harbour-street"});
    CHECK(performed(desk, placed));
  }));
  (*engine)->offer(hello("harbour-street"));
  const auto welcome = left.wait_for(holds<protocol::Welcome>);
  REQUIRE(welcome);
  const auto& greeted = std::get<protocol::Welcome>(welcome->send.message);
  protocol::Ops ops{greeted.era, greeted.token, sync::IncarnationId{"0123456789abcdef0123456789abcdef"}, 1, {}, {}};
  sync::Operation stage = protocol::encode_order_operation(id, sync::rules::OrderStage{"A3"});
  stage.salt = std::string(32, '6');
  sync::Transaction transaction{
      sync::TransactionId{std::string(32, 'b')}, 1, sync::Nature::fact, folder.now().utc, "counter-1", {stage}, {}};
  transaction.hash = sync::ends::chain_hash({}, transaction);
  ops.transactions.push_back(transaction);
  (*engine)->offer(request_of("harbour-street", "ops", protocol::StoreMessage{ops}));
  REQUIRE(left.wait_for(holds<protocol::OpsApplied>));
  REQUIRE((*engine)->transact([&](Desk& desk) {
    CHECK(performed(desk, sync::rules::OrderCancel{"buyer"}));
    const auto document = desk.authority.document({"order", id.text});
    const auto order = protocol::decode_order(id, *document->body);
    REQUIRE(order.has_value());
    CHECK(order->leased_until == placed.hold_until);
    CHECK(sync::rules::is_cancel_asked(*order));
    CHECK_FALSE(sync::rules::is_cancelled(*order));
  }));
  // Handed over, it stays the store's for as long as its goods may come back.
  sync::Operation over =
      protocol::encode_order_operation(id, sync::rules::OrderHandOver{sync::StoreId{"harbour-street"}, {{1, 2}}, "staff", false});
  over.salt = std::string(32, '7');
  sync::Transaction next{
      sync::TransactionId{std::string(32, 'c')}, 2, sync::Nature::fact, folder.now().utc, "counter-1", {over}, {}};
  next.hash = sync::ends::chain_hash(transaction.hash, next);
  const protocol::Ops more{greeted.era, greeted.token, ops.incarnation, 2, transaction.hash, {next}};
  (*engine)->offer(request_of("harbour-street", "ops", protocol::StoreMessage{more}));
  REQUIRE(left.wait_for(holds<protocol::OpsApplied>));
  REQUIRE((*engine)->transact([&](Desk& desk) {
    const auto document = desk.authority.document({"order", id.text});
    const auto order = protocol::decode_order(id, *document->body);
    REQUIRE(order.has_value());
    CHECK(sync::rules::status_of(*order) == sync::rules::OrderStatus::collected);
    CHECK(order->leased_until >= placed.placed_at.plus(30LL * 86'400'000));
  }));
}

TEST_CASE("what the web reserved for an order is free again when its store gives the order up") {
  test::HubFolder folder;
  Left left;
  auto engine = Engine::start(setup_for(folder, left));
  REQUIRE(engine);
  const sync::OrderId id{"581234"};
  const sync::StoreId store{"harbour-street"};
  const sync::Sku sku{"85123A"};
  sync::rules::OrderPlaced placed;
  placed.placed_at = folder.now().utc;
  placed.channel = "web";
  placed.currency = "GBP";
  placed.store = store;
  placed.lines = {{1, sku, 2, 255}};
  sync::Stock stock;
  stock.store = store;
  stock.sku = sku;
  stock.on_hand = 9;
  const UtcMs now = folder.now().utc;
  const database::WebReservation wanted{
      sync::ReservationId{std::string(32, 'd')}, "platform/shop", "order/581234", store, {{sku, 2}}, now, now.plus(3'600'000)};
  const auto chance = test::HubFolder::chance();
  REQUIRE((*engine)->transact([&](Desk& desk) {
    desk.authority.add_store(store);
    desk.end.put(protocol::stock_key(store, sku), protocol::encode_stock(stock), desk.now);
    sync::ends::HubAction action{
        sync::TransactionId{std::string(32, '1')}, "platform", {protocol::encode_order_operation(id, placed)}};
    action.operations.back().salt = std::string(32, '5');
    CHECK(desk.end.perform(action, desk.now).what == sync::ends::HubPerformed::What::done);
    CHECK(reserve({desk.end, desk.authority, chance, desk.now}, wanted).reason.empty());
  }));
  const auto state = [&] {
    std::string word;
    REQUIRE((*engine)->transact(
        [&](Desk& desk) { word = states_of(desk.authority.connection(), wanted, desk.now.utc).front().state; }));
    return word;
  };
  CHECK(state() == "pending");
  (*engine)->offer(hello("harbour-street"));
  const auto welcome = left.wait_for(holds<protocol::Welcome>);
  REQUIRE(welcome);
  const auto& greeted = std::get<protocol::Welcome>(welcome->send.message);
  protocol::Ops ops{greeted.era, greeted.token, sync::IncarnationId{"0123456789abcdef0123456789abcdef"}, 1, {}, {}};
  sync::Operation release = protocol::encode_order_operation(id, sync::rules::OrderRelease{"no_show"});
  release.salt = std::string(32, '6');
  sync::Transaction transaction{
      sync::TransactionId{std::string(32, 'b')}, 1, sync::Nature::fact, folder.now().utc, "counter-1", {release}, {}};
  transaction.hash = sync::ends::chain_hash({}, transaction);
  ops.transactions.push_back(transaction);
  (*engine)->offer(request_of("harbour-street", "ops", protocol::StoreMessage{ops}));
  REQUIRE(left.wait_for(holds<protocol::OpsApplied>));
  CHECK(state() == "voided");
}
