// SPDX-License-Identifier: Apache-2.0
// A hub whose database is replaced by an older copy, with stores that went on: both ends on real SQLite files, messages as JSON.
#include <doctest/doctest.h>

#include <deque>
#include <filesystem>
#include <memory>
#include <random>

#include "edge/database/replica.hpp"
#include "hub/database/authority.hpp"
#include "hub/database/continuity.hpp"
#include "hub/database/open.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/ends/store_end.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "tests/broker/test_broker.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;
using hub::database::SqlAuthority;
namespace fs = std::filesystem;

namespace {

const StoreId harbour{"harbour-street"};
const StoreId quay{"quay-square"};

class RealWorld {
 public:
  explicit RealWorld(std::uint64_t seed) : random_(seed) {
    open_hub();
    authority_->begin();
    for (const StoreId& id : {harbour, quay}) {
      authority_->add_store(id);
      Shop& shop = shops_[id];
      auto opened = edge::database::open_store_database(folder_ / (id.text + ".db"));
      if (!opened) FAIL(opened.error().message);
      shop.rows = std::make_unique<edge::database::SqliteReplica>(std::move(*opened), StreamName{"catalog"});
      shop.rows->begin();
      StoreState state;
      state.store = id;
      state.incarnation = IncarnationId{chance().hex_128()};
      shop.rows->put_state(state);
      shop.end = std::make_unique<StoreEnd>(*shop.rows, std::vector<StreamName>{StreamName{"catalog"}}, "test", chance(), now());
      REQUIRE_FALSE(shop.rows->commit());
    }
    REQUIRE_FALSE(authority_->commit());
  }

  Chance chance() {
    return {[this] { return random_(); }};
  }
  Now now() const { return {{1'700'000'000'000 + time_}, {time_}}; }
  SqlAuthority& authority() { return *authority_; }
  [[nodiscard]] std::string file(const std::string& name) const { return folder_ / name; }

  void at_hub(const std::function<void(HubEnd&)>& work) {
    HubEnd end(*authority_, chance());
    authority_->begin();
    work(end);
    auto sends = end.finish(now());
    REQUIRE_FALSE(authority_->commit());
    for (const HubSend& send : sends) {
      const std::string json = protocol::encode(send.message);
      const bool personal = send.to == HubSend::To::reply || send.to == HubSend::To::live;
      for (const auto& [id, shop] : shops_) {
        if (!personal || send.store == id) queue_.push_back({id, false, "", json});
      }
    }
  }
  void at_store(const StoreId& id, const std::function<StoreEffects(StoreEnd&)>& work) {
    Shop& shop = shops_.at(id);
    shop.rows->begin();
    const StoreEffects effects = work(*shop.end);
    REQUIRE_FALSE(shop.rows->commit());
    shop.wake = effects.wake_at;
    for (const protocol::StoreMessage& message : effects.sends) {
      queue_.push_back({id, true, std::string(protocol::kind_of(message)), protocol::encode(message)});
    }
  }
  void add(const StoreId& id, const CartId& cart, const std::string& sku, std::int64_t units) {
    at_store(id, [&](StoreEnd& end) {
      Performed done = end.perform({TransactionId{chance().hex_128()},
                                    Nature::intent,
                                    "kiosk-1",
                                    {protocol::encode_cart_operation(cart, rules::CartAdd{Sku{sku}, units, "kiosk", id, {}})}},
                                   now());
      REQUIRE(done.what == Performance::done);
      return std::move(done.effects);
    });
  }
  void put(const DocumentKey& key, const std::string& body) {
    at_hub([&](HubEnd& end) { end.put(key, body, now()); });
  }
  void connect() {
    for (const StoreId& id : {harbour, quay}) {
      at_store(id, [&](StoreEnd& end) { return end.connected(now()); });
    }
  }
  // Also says heads every 15 s. `after_each`: asked after every message.
  void run(std::int64_t ms, const std::function<void()>& after_each = {}) {
    const std::int64_t end = time_ + ms;
    while (time_ < end) {
      ++time_;
      if (time_ >= heads_at_) {
        heads_at_ = time_ + 15'000;
        at_hub([&](HubEnd& hub) { queue_heads(hub); });
      }
      for (auto& [id, shop] : shops_) {
        if (!shop.wake || shop.wake->value > time_) continue;
        shop.wake.reset();
        at_store(id, [&](StoreEnd& store) { return store.woke(now()); });
      }
      if (queue_.empty()) {
        skip(end);
        continue;
      }
      const Letter letter = queue_.front();
      queue_.pop_front();
      if (letter.up) {
        const auto message = protocol::decode_store_message(letter.kind, letter.json);
        REQUIRE(message.has_value());
        at_hub([&](HubEnd& hub) { hub.receive(letter.store, *message, now()); });
      } else {
        const auto message = protocol::decode_hub_message(letter.json);
        REQUIRE(message.has_value());
        at_store(letter.store, [&](StoreEnd& store) { return store.received(*message, now()); });
      }
      if (after_each) after_each();
    }
  }

  std::int64_t units(const StoreId& id, const CartId& cart, const std::string& sku) {
    edge::database::SqliteReplica& rows = *shops_.at(id).rows;
    rows.begin();
    const DocumentKey key{"cart", cart.text};
    const auto overlay = rows.overlay(key);
    const auto base = rows.base(key);
    rows.rollback();
    return units_in(overlay ? overlay->body : base ? base->body : std::nullopt, cart, sku);
  }
  std::int64_t units_at_hub(const CartId& cart, const std::string& sku) {
    const auto document = authority_->document({"cart", cart.text});
    return units_in(document ? document->body : std::nullopt, cart, sku);
  }
  std::optional<Document> base(const StoreId& id, const DocumentKey& key) {
    edge::database::SqliteReplica& rows = *shops_.at(id).rows;
    rows.begin();
    auto document = rows.base(key);
    rows.rollback();
    return document;
  }
  bool online(const StoreId& id) { return shops_.at(id).end->link().online; }

  void back_up() {
    connection_->execute("VACUUM INTO '" + file("hub.copy") + "'");
    fs::copy_file(file("hub/era"), file("era.copy"));
  }
  // The hub's process ends, its database is replaced, and it starts again.
  void restore(bool file_too) {
    queue_.clear();
    REQUIRE_FALSE(hub::database::renew_stamp(*connection_, file("hub"), chance()));
    authority_.reset();
    connection_.reset();
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(file("hub/hub.db" + std::string(end)));
    fs::copy_file(file("hub.copy"), file("hub/hub.db"));
    if (file_too) fs::copy_file(file("era.copy"), file("hub/era"), fs::copy_options::overwrite_existing);
    open_hub();
  }

 private:
  struct Shop {
    std::unique_ptr<edge::database::SqliteReplica> rows;
    std::unique_ptr<StoreEnd> end;
    std::optional<MonoMs> wake;
  };
  struct Letter {
    StoreId store;
    bool up = false;
    std::string kind;
    std::string json;
  };

  static std::int64_t units_in(const std::optional<std::string>& body, const CartId& id, const std::string& sku) {
    if (!body) return 0;
    const auto cart = protocol::decode_cart(id, *body);
    REQUIRE(cart.has_value());
    for (const CartLine& line : cart->lines) {
      if (line.sku.text == sku) return line.units();
    }
    return 0;
  }
  void open_hub() {
    auto opened = hub::database::open_hub_database(file("hub"), chance(), now().utc);
    if (!opened) FAIL(opened.error().message);
    connection_ = std::move(*opened);
    REQUIRE_FALSE(hub::database::renew_stamp(*connection_, file("hub"), chance()));
    authority_ = std::make_unique<SqlAuthority>(*connection_);
  }
  void queue_heads(HubEnd& hub) {
    const std::string json = protocol::encode(hub.heads(now()).message);
    for (const auto& [id, shop] : shops_) queue_.push_back({id, false, "", json});
  }
  void skip(std::int64_t end) {
    std::int64_t next = std::min(end, heads_at_);
    for (const auto& [id, shop] : shops_) {
      if (shop.wake) next = std::min(next, shop.wake->value);
    }
    time_ = std::max(time_, next - 1);
  }

  test::TemporaryFolder folder_;
  std::mt19937_64 random_;
  std::int64_t time_ = 0;
  std::int64_t heads_at_ = 15'000;
  std::unique_ptr<hub::database::Connection> connection_;
  std::unique_ptr<SqlAuthority> authority_;
  std::map<StoreId, Shop> shops_;
  std::deque<Letter> queue_;
};

}  // namespace

TEST_CASE("an older copy of hub.db, with and without its era file: stores send again, nothing is undone or doubled") {
  for (const bool file_too : {false, true}) {
    CAPTURE(file_too);
    RealWorld world(file_too ? 5 : 4);
    const CartId first{world.chance().hex_128()};
    const CartId second{world.chance().hex_128()};
    world.connect();
    world.put({"product", "1"}, R"({"sku":"1"})");
    for (int i = 0; i < 4; ++i) world.add(harbour, first, "A", 2);
    world.run(3'000);
    world.back_up();

    world.add(harbour, first, "B", 3);  // after the copy
    world.add(quay, second, "C", 7);
    world.put({"product", "2"}, R"({"sku":"2"})");
    world.run(8'000);
    REQUIRE(world.units_at_hub(second, "C") == 7);
    REQUIRE(world.base(quay, {"product", "2"}).has_value());

    world.restore(file_too);
    REQUIRE(world.units_at_hub(second, "C") == 0);
    CHECK(world.authority().era().number == (file_too ? 1 : 2));
    world.add(harbour, first, "D", 1);  // while nobody has noticed yet
    world.run(90'000, [&] {
      CHECK(world.units(harbour, first, "A") == 8);
      CHECK(world.units(harbour, first, "B") == 3);
      CHECK(world.units(harbour, first, "D") == 1);
      CHECK(world.units(quay, second, "C") == 7);
    });
    CHECK(world.authority().era().number == 2);
    CHECK(world.units_at_hub(first, "A") == 8);
    CHECK(world.units_at_hub(first, "B") == 3);
    CHECK(world.units_at_hub(first, "D") == 1);
    CHECK(world.units_at_hub(second, "C") == 7);
    CHECK(world.online(harbour));
    CHECK(world.online(quay));
    CHECK_FALSE(world.base(quay, {"product", "2"}).has_value());
    CHECK(world.base(quay, {"product", "1"}).has_value());
    CHECK(world.base(harbour, {"cart", first.text})->lineage.now.era == 2);
  }
}
