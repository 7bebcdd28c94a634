// SPDX-License-Identifier: Apache-2.0
// What the hub does with a batch of transactions, rule by rule: the chain over all of it before any of it, numbers, ids, tokens,
// and the acknowledgement that goes with the documents.
#include <doctest/doctest.h>

#include <stdexcept>

#include "sync/ends/chain.hpp"
#include "sync/ends/collections.hpp"
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;

namespace {

const StoreId harbour{"harbour-street"};
const StreamName own = protocol::own_stream(harbour);

// A store's outbox without a store: says to the hub what it likes.
struct Outbox {
  SmallWorld& world;
  HubEnd hub{world.authority(), world.chance()};
  IncarnationId life{world.chance().hex_128()};
  std::string token = "token";
  CartId cart{world.chance().hex_128()};
  std::vector<HubSend> sent;

  explicit Outbox(SmallWorld& w) : world(w) { world.authority().put_token(harbour, token); }

  Transaction add(std::uint64_t n, const Hash& previous, std::int64_t units) {
    Transaction t{TransactionId{world.chance().hex_128()}, n, Nature::intent, world.now().utc, "kiosk-1", {}, {}};
    t.operations = {protocol::encode_cart_operation(cart, rules::CartAdd{Sku{"A"}, units, "kiosk", harbour, std::nullopt})};
    return signed_after(previous, std::move(t));
  }
  Transaction signed_after(const Hash& previous, Transaction t) {
    for (Operation& operation : t.operations) operation.salt = world.chance().hex_128();
    t.hash = chain_hash(previous, t);
    return t;
  }
  std::string says(std::uint64_t first_n, const Hash& previous, std::vector<Transaction> transactions) {
    hub.receive(harbour, protocol::Ops{world.authority().era(), token, life, first_n, previous, std::move(transactions)},
                world.now());
    sent = hub.finish(world.now());
    for (const HubSend& send : sent) {
      if (const auto* refused = std::get_if<protocol::OpsRefused>(&send.message)) {
        return refused->code + (refused->expected > 0 ? " " + std::to_string(refused->expected) : "");
      }
      if (const auto* applied = std::get_if<protocol::OpsApplied>(&send.message)) return "applied " + std::to_string(applied->n);
    }
    return "silence";
  }
  std::int64_t units() {
    const auto document = world.authority().document({"cart", cart.text});
    if (!document || !document->body) return 0;
    return protocol::decode_cart(cart, *document->body)->lines.at(0).units();
  }
};

}  // namespace

TEST_CASE("the chain is computed again over the whole batch, and where it does not fit nothing of the batch is applied") {
  SmallWorld world(31, {"harbour-street"});
  Outbox box(world);
  const Transaction first = box.add(1, {}, 1);
  const Transaction second = box.add(2, first.hash, 2);
  Transaction third = box.add(3, second.hash, 4);
  SUBCASE("the last body was altered under way") {
    third.operations[0].body =
        protocol::encode_cart_operation(box.cart, rules::CartAdd{Sku{"A"}, 40, "kiosk", harbour, std::nullopt}).body;
  }
  SUBCASE("the last one carries a hash of its own") { third.hash[5] ^= 1; }
  SUBCASE("the last one covers another predecessor") { third = box.add(3, first.hash, 4); }
  SUBCASE("a number is written twice") { third.n = 2; }
  SUBCASE("somebody else's name stands under it") { third.actor = "kiosk-2"; }
  CHECK(box.says(1, {}, {first, second, third}) == "fork");
  CHECK(box.units() == 0);
  CHECK(world.authority().applied(harbour).empty());
}

TEST_CASE("a number that is passed over must have the hash that was recorded") {
  SmallWorld world(32, {"harbour-street"});
  Outbox box(world);
  const Transaction first = box.add(1, {}, 1);
  const Transaction second = box.add(2, first.hash, 2);
  REQUIRE(box.says(1, {}, {first, second}) == "applied 2");
  // Another second transaction, and a third that fits it: the chain is whole, but it is not this hub's.
  const Transaction other = box.add(2, first.hash, 8);
  const Transaction third = box.add(3, other.hash, 16);
  CHECK(box.says(1, {}, {first, other, third}) == "fork");
  CHECK(box.says(2, first.hash, {other, third}) == "fork");
  CHECK(box.units() == 3);
}

TEST_CASE("the first number's predecessor must have the hash that was recorded") {
  SmallWorld world(33, {"harbour-street"});
  Outbox box(world);
  const Transaction first = box.add(1, {}, 1);
  REQUIRE(box.says(1, {}, {first}) == "applied 1");
  const Transaction other = box.add(1, {}, 8);
  const Transaction second = box.add(2, other.hash, 16);
  CHECK(box.says(2, other.hash, {second}) == "fork");
  CHECK(box.units() == 1);
}

TEST_CASE("a gap is answered with the number that is expected") {
  SmallWorld world(34, {"harbour-street"});
  Outbox box(world);
  const Transaction first = box.add(1, {}, 1);
  const Transaction second = box.add(2, first.hash, 2);
  const Transaction third = box.add(3, second.hash, 4);
  CHECK(box.says(3, second.hash, {third}) == "gap 1");
  REQUIRE(box.says(1, {}, {first}) == "applied 1");
  CHECK(box.says(3, second.hash, {third}) == "gap 2");
  CHECK(box.units() == 1);
  CHECK(box.says(1, {}, {first, second, third}) == "applied 3");
  CHECK(box.units() == 7);
}

TEST_CASE("an id is applied once, whatever number and life it travels under") {
  SmallWorld world(35, {"harbour-street"});
  Outbox box(world);
  const Transaction first = box.add(1, {}, 5);
  Transaction taking{TransactionId{world.chance().hex_128()}, 2, Nature::intent, world.now().utc, "kiosk-1", {}, {}};
  taking.operations = {
      protocol::encode_cart_operation(box.cart, rules::CartDecrease{"A", {DotId{first.id.text + ".0"}}, 1, std::nullopt})};
  taking = box.signed_after(first.hash, taking);
  REQUIRE(box.says(1, {}, {first, taking}) == "applied 2");
  REQUIRE(box.units() == 4);
  CHECK(box.says(1, {}, {first, taking}) == "applied 2");  // the answer was lost
  CHECK(box.units() == 4);
  taking.n = 3;
  const Transaction again = box.signed_after(taking.hash, taking);
  CHECK(box.says(3, taking.hash, {again}) == "applied 3");
  CHECK(box.units() == 4);
  box.life = IncarnationId{world.chance().hex_128()};
  taking.n = 1;
  const Transaction elsewhere = box.signed_after({}, taking);
  CHECK(box.says(1, {}, {elsewhere}) == "applied 1");
  CHECK(box.units() == 4);
}

TEST_CASE("only the latest welcome's token is taken") {
  SmallWorld world(36, {"harbour-street"});
  Outbox box(world);
  const auto greet = [&] {
    protocol::Hello hello;
    hello.incarnation = box.life;
    box.hub.receive(harbour, hello, world.now());
    for (const HubSend& send : box.hub.finish(world.now())) {
      if (const auto* welcome = std::get_if<protocol::Welcome>(&send.message)) return welcome->token;
    }
    return std::string();
  };
  const Transaction first = box.add(1, {}, 1);
  const std::string before = greet();
  const std::string latest = greet();
  REQUIRE(before != latest);
  for (const std::string& token : {before, std::string("token"), std::string()}) {
    box.token = token;
    CHECK(box.says(1, {}, {first}) == "token");
  }
  CHECK(box.units() == 0);
  box.token = latest;
  CHECK(box.says(1, {}, {first}) == "applied 1");
}

TEST_CASE("every page of the own stream names what is applied in the documents that it brings, no more and no less") {
  SmallWorld world(37, {"harbour-street"});
  Outbox box(world);
  std::uint64_t pages = 0;
  Hash last{};
  for (std::uint64_t n = 1; n <= 6; ++n) {
    const Transaction t = box.add(n, last, 1);
    REQUIRE(box.says(n, last, {t}) == "applied " + std::to_string(n));
    last = t.hash;
    // The push of this commit, and an answer to a pull between this commit and the next.
    protocol::Pull pull{own, {world.authority().era(), 0}, std::nullopt, 1 << 20, 4};
    std::vector<HubSend> all = box.sent;
    box.hub.receive(harbour, pull, world.now());
    for (HubSend& send : box.hub.finish(world.now())) all.push_back(std::move(send));
    for (const HubSend& send : all) {
      const auto* page = std::get_if<protocol::Page>(&send.message);
      if (page == nullptr || page->stream != own) continue;
      ++pages;
      REQUIRE(page->applied.size() == 1);
      CHECK(page->applied[0] == Applied{box.life, n, last});
      // n adds of one unit each: the document beside it has exactly what is acknowledged.
      REQUIRE(page->entries.size() == 1);
      CHECK(protocol::decode_cart(box.cart, *page->entries[0].body)->lines.at(0).units() == static_cast<std::int64_t>(n));
    }
  }
  CHECK(pages == 12);
}

TEST_CASE("a page whose acknowledgement is not in the store's own chain is not applied, and the store says hello") {
  SmallWorld world(38, {"harbour-street"});
  world.connect(harbour);
  world.run(8'000);
  const CartId cart{world.chance().hex_128()};
  world.at_store(harbour, {TransactionId{world.chance().hex_128()},
                           Nature::intent,
                           "kiosk-1",
                           {protocol::encode_cart_operation(cart, rules::CartAdd{Sku{"A"}, 2, "kiosk", harbour, std::nullopt})}});
  world.run(2'000);
  const StoreState state = world.rows(harbour).state();
  REQUIRE(state.ack.n == 1);
  std::uint64_t cursor = 0;
  for (const StreamState& stream : world.rows(harbour).streams()) {
    if (stream.stream == own) cursor = stream.cursor.seq;
  }
  const DocumentKey key{"cart", cart.text};
  const auto before = world.rows(harbour).base(key)->body;
  Applied foreign{state.incarnation, 1, state.last_hash};
  SUBCASE("another hash at a number that the store has") { foreign.hash[0] ^= 1; }
  SUBCASE("a number that the store has not") { foreign.n = 2; }
  StoreEnd& end = world.end(harbour);
  const auto effects = end.received(protocol::Page{own,
                                                   world.authority().era(),
                                                   cursor,
                                                   cursor + 1,
                                                   cursor + 1,
                                                   false,
                                                   {},
                                                   {foreign},
                                                   {{key, {{1, 99}, {}}, std::nullopt, false}}},
                                    world.now());
  CHECK(world.rows(harbour).base(key)->body == before);
  REQUIRE(effects.sends.size() == 1);
  CHECK(std::holds_alternative<protocol::Hello>(effects.sends[0]));
}

TEST_CASE("a transaction on which the rules fail three times is kept raw and passed over, and stops nobody") {
  SmallWorld world(39, {"harbour-street"});
  Outbox box(world);
  box.hub.use_rules([](const auto& body, const Operation& operation, const rules::ApplyContext& context) {
    if (operation.body.find(R"("n":13)") != std::string::npos) throw std::runtime_error("no rule for thirteen");
    return apply_operation(body, operation, context);
  });
  const Transaction first = box.add(1, {}, 1);
  const Transaction poison = box.add(2, first.hash, 13);
  const Transaction third = box.add(3, poison.hash, 2);
  CHECK(box.says(1, {}, {first, poison, third}) == "applied 1");
  CHECK(box.says(2, first.hash, {poison, third}) == "applied 1");
  CHECK(world.authority().poisoned().empty());
  CHECK(box.units() == 1);
  CHECK(box.hub.take_notices().empty());
  CHECK(box.says(2, first.hash, {poison, third}) == "applied 3");
  CHECK(box.units() == 3);
  REQUIRE(world.authority().poisoned().size() == 1);
  CHECK(world.authority().poisoned()[0].transaction.operations == poison.operations);
  CHECK(world.authority().poisoned()[0].why == "no rule for thirteen");
  const auto outcome = world.authority().document({"outcome", poison.id.text});
  REQUIRE(outcome);
  CHECK(outcome->body->find("rules_failed") != std::string::npos);
  const auto notices = box.hub.take_notices();
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].code == "poisoned");
  CHECK(box.says(2, first.hash, {poison, third}) == "applied 3");  // repeated: it stays counted as applied
  CHECK(world.authority().poisoned().size() == 1);

  // At the head of all: nothing can be acknowledged before the third try.
  box.life = IncarnationId{world.chance().hex_128()};
  const Transaction alone = box.add(1, {}, 13);
  CHECK(box.says(1, {}, {alone}) == "silence");
  CHECK(box.says(1, {}, {alone}) == "silence");
  CHECK(box.says(1, {}, {alone}) == "applied 1");
  // The hub's own people are told at once.
  const Operation operation = alone.operations[0];
  CHECK(box.hub.perform({TransactionId{world.chance().hex_128()}, "phone", {operation}}, world.now()).reason == "rules_failed");
}

TEST_CASE(
    "a store that sends what no honest one sends is refused with a reason, and after the third time not heard for a while") {
  SmallWorld world(40, {"harbour-street", "quay-square"});
  world.connect(harbour);
  world.connect(StoreId{"quay-square"});
  world.run(8'000);
  HubEnd hub(world.authority(), world.chance());
  const auto codes = [&] {
    std::string out;
    for (const HubSend& send : hub.finish(world.now())) {
      const auto* refused = std::get_if<protocol::OpsRefused>(&send.message);
      if (refused != nullptr) out += refused->code + " ";
    }
    return out;
  };
  const Era era = world.authority().era();
  std::string code;
  SUBCASE("nonsense, and too much of it") {
    hub.unreadable(harbour, "message_malformed", world.now());
    hub.unreadable(harbour, "message_too_large", world.now());
    hub.unreadable(harbour, "message_malformed", world.now());
    code = "malformed malformed malformed ";
  }
  SUBCASE("versions that nobody speaks") {
    for (int i = 0; i < 3; ++i) {
      protocol::Hello hello;
      hello.incarnation = IncarnationId{world.chance().hex_128()};
      hello.protocol_min = hello.protocol_max = 0;
      hub.receive(harbour, hello, world.now());
    }
    code = "protocol protocol protocol ";
  }
  SUBCASE("another store's own stream") {
    for (int i = 0; i < 3; ++i) {
      hub.receive(harbour, protocol::Pull{protocol::own_stream(StoreId{"quay-square"}), {era, 0}, std::nullopt, 1 << 20, 1},
                  world.now());
    }
    code = "not_yours not_yours not_yours ";
  }
  SUBCASE("chains that are not its own") {
    Outbox box(world);
    Transaction wrong = box.add(1, {}, 1);
    wrong.hash[0] ^= 1;
    for (int i = 0; i < 3; ++i) {
      hub.receive(harbour, protocol::Ops{era, box.token, box.life, 1, {}, {wrong}}, world.now());
    }
    code = "fork fork fork ";
  }
  CHECK(codes() == code);
  CHECK(world.authority().conduct(harbour).offences_total == 3);
  CHECK(hub.take_notices().back().code == "store_quarantined");
  // Not heard, whatever it says, and told so at its greeting; the other store notices nothing.
  world.put({"stock", "harbour-street/A"}, "{}");
  world.put({"stock", "quay-square/A"}, "{}");
  world.run(60'000);
  CHECK_FALSE(world.rows(harbour).base({"stock", "harbour-street/A"}).has_value());
  CHECK(world.end(harbour).link().reason == "quarantined");
  CHECK(world.rows(StoreId{"quay-square"}).base({"stock", "quay-square/A"}).has_value());
  CHECK(world.end(StoreId{"quay-square"}).link().online);
  world.run(tuning::quarantine_ms);
  world.check_same();
}

TEST_CASE("a kind of message that a later version has is no offence") {
  SmallWorld world(52, {"harbour-street"});
  HubEnd hub(world.authority(), world.chance());
  for (int i = 0; i < 5; ++i) hub.unreadable(harbour, "message_unknown", world.now());
  CHECK(world.authority().conduct(harbour).offences_total == 0);
}

TEST_CASE("what was taken before it came is dead, and adds nothing when it comes") {
  SmallWorld world(54, {"harbour-street"});
  Outbox box(world);
  const Transaction first = box.add(1, {}, 1);
  const TransactionId late{world.chance().hex_128()};
  Transaction taking{TransactionId{world.chance().hex_128()}, 2, Nature::intent, world.now().utc, "kiosk-1", {}, {}};
  taking.operations = {
      protocol::encode_cart_operation(box.cart, rules::CartRemove{"A", {DotId{late.text + ".0"}}, std::nullopt})};
  taking = box.signed_after(first.hash, taking);
  Transaction coming = box.add(3, taking.hash, 5);
  coming.id = late;
  coming = box.signed_after(taking.hash, coming);
  REQUIRE(box.says(1, {}, {first, taking, coming}) == "applied 3");
  CHECK(box.units() == 1);
}

TEST_CASE("an operation that cannot have its effect leaves an outcome in the store's stream, whatever the reason") {
  SmallWorld world(55, {"harbour-street", "quay-square"});
  const CartId elsewhere{world.chance().hex_128()};
  world.at_hub(
      {TransactionId{world.chance().hex_128()},
       "phone",
       {protocol::encode_cart_operation(elsewhere, rules::CartAdd{Sku{"A"}, 1, "phone", StoreId{"quay-square"}, std::nullopt})}});
  Outbox box(world);
  const auto cart_operation = [&](const CartId& cart, const rules::CartOperation& what) {
    return protocol::encode_cart_operation(cart, what);
  };
  Operation unknown = cart_operation(box.cart, rules::CartAdd{Sku{"A"}, 1, "kiosk", harbour, std::nullopt});
  unknown.kind = "cart.paint";
  Operation later = cart_operation(box.cart, rules::CartAdd{Sku{"A"}, 1, "kiosk", harbour, std::nullopt});
  later.rules = 99;
  Operation product = unknown;
  product.document = {"product", "A"};
  const CartId nowhere{world.chance().hex_128()};
  const std::vector<std::pair<Operation, std::string>> cases = {
      {cart_operation(elsewhere, rules::CartAdd{Sku{"A"}, 1, "kiosk", harbour, std::nullopt}), "not_placed_here"},
      {cart_operation(nowhere, rules::CartRemove{"A", {}, std::nullopt}), "not_placed_here"},
      {cart_operation(box.cart, rules::CartAssign{CustomerId{"amelia"}, std::nullopt}), "not_allowed"},
      {cart_operation(box.cart, rules::CartResume{{PassId{std::string(32, 'a')}, {1, 1}}, {}, UtcMs{1}, "no pass"}), "pass_"},
      {unknown, "operation_"},
      {later, "operation_"},
      {product, "not_allowed"},
  };
  Hash last{};
  std::uint64_t n = 0;
  const auto send = [&](Transaction t) {
    t.n = ++n;
    t = box.signed_after(last, t);
    REQUIRE(box.says(n, last, {t}) == "applied " + std::to_string(n));
    last = t.hash;
    return t.id;
  };
  send(box.add(1, {}, 1));
  for (const auto& [operation, reason] : cases) {
    for (const Nature nature : {Nature::intent, Nature::fact}) {
      if (nature == Nature::fact && operation.document.id == nowhere.text) continue;  // it makes the cart (eras_test.cpp)
      CAPTURE(operation.kind);
      CAPTURE(reason);
      const TransactionId id =
          send({TransactionId{world.chance().hex_128()}, 0, nature, world.now().utc, "kiosk-1", {operation}, {}});
      const DocumentKey key{"outcome", id.text};
      const auto outcome = world.authority().document(key);
      REQUIRE(outcome);
      CHECK(outcome->body->find("\"reason\":\"" + reason) != std::string::npos);
      CHECK(world.authority().placed(own).contains(key));
      CHECK_FALSE(world.authority().placed(protocol::own_stream(StoreId{"quay-square"})).contains(key));
    }
  }
  CHECK(box.units() == 1);
}
