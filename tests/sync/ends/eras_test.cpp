// SPDX-License-Identifier: Apache-2.0
// A hub that came back older than it was, with stores that went on: it takes a higher era when it is shown what it lacks, gets
// again what stores have kept, and nothing is undone on a screen meanwhile.
#include "sync/ends/chain.hpp"
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;

namespace {

const StoreId harbour{"harbour-street"};
const StoreId quay{"quay-square"};

Operation add(const CartId& cart, const std::string& sku, std::int64_t units) {
  return protocol::encode_cart_operation(cart, rules::CartAdd{Sku{sku}, units, "kiosk", harbour, std::nullopt});
}

LocalAction acts(SmallWorld& world, Operation operation) {
  return {TransactionId{world.chance().hex_128()}, Nature::intent, "kiosk-1", {std::move(operation)}};
}

std::int64_t units_in(const std::optional<std::string>& body, const CartId& id, const std::string& sku) {
  if (!body) return 0;
  const auto cart = protocol::decode_cart(id, *body);
  REQUIRE(cart.has_value());
  for (const CartLine& line : cart->lines) {
    if (line.sku.text == sku) return line.units();
  }
  return 0;
}

std::vector<std::string> codes(SmallWorld& world) {
  std::vector<std::string> out;
  for (const HubNotice& notice : world.notices()) out.push_back(notice.code);
  return out;
}

// The last version that the hub gave a document.
Version version_of(SmallWorld& world, const DocumentKey& key) { return world.authority().document(key)->lineage.now; }

}  // namespace

TEST_CASE("a hub that came back older gets again what stores kept, and nothing is undone on a screen meanwhile") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    SmallWorld world(seed, {"harbour-street", "quay-square"});
    const CartId cart{world.chance().hex_128()};
    const DocumentKey key{"cart", cart.text};
    world.connect(harbour);
    world.connect(quay);
    for (int i = 0; i < 5; ++i) world.at_store(harbour, acts(world, add(cart, "A", 1)));
    world.put({"product", "1"}, "{}");
    world.run(3'000);
    const MemoryAuthority old = world.backup();

    LocalAction more = acts(world, add(cart, "B", 9));
    world.at_store(harbour, more);
    world.at_store(harbour, acts(world, protocol::encode_cart_operation(
                                            cart, rules::CartDecrease{"B", {DotId{more.id.text + ".0"}}, 4, std::nullopt})));
    world.put({"product", "2"}, "{}");
    world.run(8'000);
    world.check_same();
    REQUIRE(world.rows(harbour).state().ack.n == 7);

    world.restore(old);
    const Weather storm{.lost = seed > 10 ? 0.3 : 0.0, .repeated = 0.1, .reordered = seed > 10 ? 0.3 : 0.0};
    for (int step = 0; step < 400; ++step) {
      if (step % 50 == 10) world.say_heads();
      world.run(100, storm);
      const auto seen = world.rows(harbour).seen(key);
      REQUIRE(units_in(seen, cart, "A") == 5);
      REQUIRE(units_in(seen, cart, "B") == 5);
    }
    world.run(90'000);
    world.say_heads();
    world.run(20'000);
    CHECK(world.authority().era().number == 2);
    world.check_same();
    CHECK(units_in(world.authority().document(key)->body, cart, "B") == 5);
    CHECK(world.rows(harbour).state().ack.n == 7);
    CHECK_FALSE(world.rows(quay).base({"product", "2"}).has_value());
  }
}

TEST_CASE("a hub that was set back and went on past a store's place before the store spoke is found out by its acknowledgement") {
  SmallWorld world(41, {"harbour-street"});
  const CartId cart{world.chance().hex_128()};
  const DocumentKey key{"cart", cart.text};
  world.connect(harbour);
  for (int i = 0; i < 5; ++i) world.at_store(harbour, acts(world, add(cart, "A", 1)));
  world.run(3'000);
  const MemoryAuthority old = world.backup();
  for (int i = 0; i < 2; ++i) world.at_store(harbour, acts(world, add(cart, "B", 1)));
  world.run(3'000);
  REQUIRE(world.rows(harbour).state().ack.n == 7);
  const std::uint64_t place = world.authority().head(StreamName{"store.harbour-street"});

  world.restore(old);
  for (int i = 0; i < 12; ++i) world.put({"stock", "harbour-street/S" + std::to_string(i)}, "{}");
  REQUIRE(world.authority().head(StreamName{"store.harbour-street"}) > place);
  world.run(90'000);
  world.check_same();
  CHECK(world.authority().era().number == 2);
  CHECK(units_in(world.authority().document(key)->body, cart, "B") == 2);
  CHECK(world.rows(harbour).state().ack.n == 7);
}

TEST_CASE("where hub and store were both set back and nothing is proved, what the lost history had taken goes to a person too") {
  SmallWorld world(57, {"harbour-street"});
  const CartId cart{world.chance().hex_128()};
  world.connect(harbour);
  world.at_store(harbour, acts(world, add(cart, "A", 1)));
  world.run(3'000);
  const MemoryAuthority hub_before = world.backup();
  const MemoryReplica box_before = world.rows(harbour);
  for (int i = 0; i < 2; ++i) world.at_store(harbour, acts(world, add(cart, "B", 1)));
  world.run(3'000);
  REQUIRE(world.rows(harbour).state().applied_n == 3);
  const MemoryReplica box = world.rows(harbour);

  world.restore(hub_before);
  world.put_rows(harbour, box_before);
  world.at_store(harbour, acts(world, add(cart, "C", 1)));
  world.connect(harbour);
  world.run(20'000);
  world.authority().forget_chain_below(2);
  world.put_rows(harbour, box);
  world.connect(harbour);
  world.run(90'000);
  world.check_same();
  CHECK(world.authority().era().number == 2);
  CHECK(units_in(world.authority().document({"cart", cart.text})->body, cart, "C") == 1);
  CHECK(world.rows(harbour).line().empty());
  CHECK(world.rows(harbour).set_aside().size() ==
        3);  // both that the lost history had taken, and what nothing proves of the first
}

TEST_CASE("each kind of evidence makes a higher era before the answer, and none makes two") {
  SmallWorld world(31, {"harbour-street"});
  const CartId cart{world.chance().hex_128()};
  world.connect(harbour);
  world.run(2'000);
  const Era first = world.authority().era();
  const StoreState state = world.rows(harbour).state();
  const Era unknown{1, std::string(32, 'e')};
  const Era higher{7, std::string(32, 'e')};
  const StreamName catalog{"catalog"};
  const StreamName own{"store.harbour-street"};
  const auto hello = [&](Era heard, std::uint64_t acknowledged, std::vector<protocol::StreamCursor> cursors) {
    protocol::Hello message;
    message.incarnation = state.incarnation;
    message.era_heard = std::move(heard);
    message.acknowledged = acknowledged;
    message.cursors = std::move(cursors);
    return message;
  };
  const auto pull = [&](const StreamName& stream, Cursor cursor) { return protocol::Pull{stream, std::move(cursor), {}, 0, 1}; };
  struct Case {
    const char* what;
    protocol::StoreMessage message;
    std::uint32_t era;
  };
  const std::uint64_t head = world.authority().head(own);
  const std::vector<Case> cases = {
      {"an unknown era of the same number", hello(unknown, 0, {}), 2},
      {"a higher era", hello(higher, 0, {}), 8},
      {"a cursor beyond the head", hello(first, 0, {{own, {first, head + 1}}}), 2},
      {"a cursor of an unknown era", hello(first, 0, {{catalog, {unknown, 1}}}), 2},
      {"an acknowledgement beyond what was applied", hello(first, 1, {}), 2},
      {"a beat with a place beyond the head", protocol::Beat{0, {}, {{catalog, {first, 99}}}}, 2},
      {"a pull from beyond the head", pull(catalog, {first, 99}), 2},
      {"operations of an unknown era", protocol::Ops{unknown, "t", state.incarnation, 1, {}, {}}, 2},
      {"nothing new", hello(first, 0, {{own, {first, head}}}), 1},
      {"nothing at all", hello({}, 0, {{own, {}}}), 1},
      {"somebody else's stream", hello(first, 0, {{StreamName{"store.quay-square"}, {first, 99}}}), 1},
      {"a number that no hub reaches", hello({0xfffffff0U, unknown.id}, 0, {}), 1},
  };
  for (const Case& one : cases) {
    CAPTURE(std::string(one.what));
    MemoryAuthority rows = world.backup();
    HubEnd hub(rows, world.chance());
    for (int twice = 0; twice < 2; ++twice) {
      hub.receive(harbour, one.message, world.now());
      const auto sends = hub.finish(world.now());
      CHECK(rows.era().number == one.era);
      for (const HubSend& send : sends) {
        if (const auto* welcome = std::get_if<protocol::Welcome>(&send.message)) CHECK(welcome->era == rows.era());
        if (const auto* stale = std::get_if<protocol::StaleCursor>(&send.message)) CHECK(stale->era == rows.era());
        if (const auto* refused = std::get_if<protocol::OpsRefused>(&send.message)) CHECK(refused->era == rows.era());
      }
    }
  }
}

TEST_CASE("every store that knew the lost history shows it, and one higher era is enough") {
  SmallWorld world(32, {"harbour-street", "quay-square"});
  const MemoryAuthority old = world.backup();
  world.restore(old);
  world.authority().add_era({{2, std::string(32, 'b')}, world.now().utc, "a life that will be lost", false, {}});
  world.connect(harbour);
  world.connect(quay);
  world.run(8'000);
  world.restore(old);
  for (const StoreId& id : {harbour, quay}) {
    world.cut(id);
    world.connect(id);
  }
  world.run(60'000);
  world.say_heads();
  world.run(20'000);
  CHECK(world.authority().era().number == 3);
  CHECK(codes(world) == std::vector<std::string>{"era_begun"});
  world.check_same();
  CHECK(world.rows(harbour).state().era_heard == world.authority().era());
}

TEST_CASE("a store that shows one unknown era after another is not believed for ever") {
  SmallWorld world(33, {"harbour-street"});
  for (int i = 0; i < 50; ++i) {
    HubEnd hub(world.authority(), world.chance());
    protocol::Hello hello;
    hello.incarnation = world.rows(harbour).state().incarnation;
    hello.era_heard = {static_cast<std::uint32_t>(i), world.chance().hex_128()};
    hub.receive(harbour, hello, world.now());
    hub.finish(world.now());
  }
  CHECK(world.authority().era().number < 12);
  CHECK(world.authority().eras().size() < 12);
}

TEST_CASE("a document remembers where its line was in each earlier era") {
  SmallWorld world(34, {"harbour-street"});
  const DocumentKey key{"product", "1"};
  world.put(key, R"({"v":1})");
  world.put(key, R"({"v":2})");
  const MemoryAuthority old = world.backup();
  world.put(key, R"({"v":3})");
  const Version lost = version_of(world, key);
  CHECK(world.authority().document(key)->lineage.has_seen(lost));
  world.restore(old);
  CHECK_FALSE(world.authority().document(key)->lineage.has_seen(lost));
  world.authority().add_era({{2, std::string(32, 'b')}, world.now().utc, "restored", false, {}});
  world.put(key, R"({"v":4})");
  world.put(key, R"({"v":5})");
  const Lineage lineage = world.authority().document(key)->lineage;
  CHECK(lineage.now.era == 2);
  CHECK(lineage.past == std::vector<Version>{{1, 2}});
  CHECK(lineage.has_seen({1, 2}));
  CHECK_FALSE(lineage.has_seen(lost));
}

TEST_CASE("a fact about a document that the hub does not have makes it, marked, known as restored or not; an intent does not") {
  for (const std::uint32_t era : {1U, 2U}) {
    for (const Nature nature : {Nature::fact, Nature::intent}) {
      SmallWorld world(35, {"harbour-street"});
      const CartId cart{world.chance().hex_128()};
      if (era > 1) world.authority().add_era({{era, std::string(32, 'b')}, world.now().utc, "restored", false, {}});
      Operation taken = protocol::encode_cart_operation(
          cart, rules::CartDecrease{"A", {DotId{world.chance().hex_128() + ".0"}}, 1, std::nullopt});
      taken.salt = world.chance().hex_128();
      Transaction t{TransactionId{world.chance().hex_128()}, 1, nature, world.now().utc, "kiosk-1", {taken}, {}};
      t.hash = chain_hash({}, t);
      world.authority().put_token(harbour, "token");
      HubEnd hub(world.authority(), world.chance());
      const IncarnationId life{world.chance().hex_128()};
      hub.receive(harbour, protocol::Ops{world.authority().era(), "token", life, 1, {}, {t}}, world.now());
      hub.finish(world.now());
      const auto document = world.authority().document({"cart", cart.text});
      const bool made = nature == Nature::fact;
      CHECK(document.has_value() == made);
      CHECK(world.authority().document({"outcome", t.id.text}).has_value() == !made);
      if (!made) continue;
      CHECK(document->body->find(R"("from_fact":[)" + std::to_string(era) + ",1]") != std::string::npos);
      const auto read = protocol::decode_cart(cart, *document->body);
      REQUIRE(read.has_value());
      CHECK(read->dead.size() == 1);
    }
  }
}

TEST_CASE("a hub older than what the store has kept says so, takes what is kept, and goes on") {
  SmallWorld world(37, {"harbour-street"});
  const CartId cart{world.chance().hex_128()};
  world.connect(harbour);
  world.run(2'000);
  world.at_store(harbour, acts(world, add(cart, "A", 1)));
  world.run(2'000);
  const MemoryAuthority old = world.backup();
  for (int i = 0; i < 6; ++i) world.at_store(harbour, acts(world, add(cart, "A", 1)));
  world.run(2'000);
  REQUIRE(world.rows(harbour).state().ack.n == 7);
  world.rows(harbour).forget_upto(4);
  world.restore(old);
  world.run(60'000);
  world.check_same();
  CHECK(world.authority().era().number == 2);
  CHECK(codes(world) == std::vector<std::string>{"era_begun", "history_lost"});
  CHECK(units_in(world.authority().document({"cart", cart.text})->body, cart, "A") == 4);  // 1, and 5 to 7
  CHECK(world.rows(harbour).state().ack.n == 7);
  std::size_t told = 0;
  for (const auto& [key, row] : world.rows(harbour).base_rows(StreamName{"store.harbour-street"})) {
    told += key.collection == "outcome" && row.second->find("history_lost") != std::string::npos ? 1U : 0U;
  }
  CHECK(told == 1);
  // Without a lost era nothing is passed over.
  HubEnd hub(world.authority(), world.chance());
  protocol::Hello liar;
  liar.incarnation = world.rows(harbour).state().incarnation;
  liar.era_heard = world.authority().era();
  liar.acknowledged = 7;
  liar.kept_after = Applied{liar.incarnation, 90, {}};
  hub.receive(harbour, liar, world.now());
  hub.finish(world.now());
  CHECK(world.authority().applied(harbour).front().n == 7);
}

TEST_CASE("a first fill that was under way when the hub was restored begins again") {
  SmallWorld world(36, {"harbour-street"});
  for (int i = 0; i < 2000; ++i) world.put({"product", std::to_string(i)}, R"({"t":")" + std::string(900, 'x') + "\"}");
  const MemoryAuthority old = world.backup();
  for (int i = 0; i < 2000; ++i) world.put({"product", std::to_string(i)}, R"({"t":")" + std::string(900, 'y') + "\"}");
  world.connect(harbour);
  while (world.rows(harbour).base_rows(StreamName{"catalog"}).size() < 400) world.run(1);
  REQUIRE(world.rows(harbour).base_rows(StreamName{"catalog"}).size() < 1900);
  world.restore(old);
  world.authority().add_era({{2, std::string(32, 'b')}, world.now().utc, "restored", false, {}});
  world.cut(harbour);
  world.connect(harbour);
  world.run(60'000);
  world.check_same();
  CHECK(world.authority().era().number == 2);  // the end of that fill is no place beyond this hub's head
}
