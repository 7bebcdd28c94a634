// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/points/world.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "base/require.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/database/sql_book.hpp"
#include "hub/database/open.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/protocol/trust_codec.hpp"
#include "tests/sim/consent_book.hpp"
#include "tests/sim/goods_model.hpp"
#include "tests/sim/help_model.hpp"

namespace vitrine::faults {

using namespace sync;
using namespace sync::protocol;

namespace {

ends::Chance chance_of(std::uint64_t seed) {
  return {[state = std::make_shared<std::uint64_t>(seed)] {
    std::uint64_t z = (*state += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }};
}

struct Keys {
  PublicKey open{};
  SecretKey secret{};
  Keys() {
    require(sodium_init() >= 0, "libsodium starts");
    const std::array<unsigned char, 32> seed{};
    crypto_sign_seed_keypair(open.data(), secret.data(), seed.data());
  }
};

const Keys& keys() {
  static const Keys made;
  return made;
}

std::string cart_body(const std::string& id, const std::string& store, std::int64_t now, bool owned) {
  Cart cart;
  cart.id.text = id;
  if (owned) cart.owner = CustomerId{"amelia"};
  cart.channel = "phone";
  if (!store.empty()) cart.store = StoreId{store};
  cart.created_at = cart.changed_at = UtcMs{now};
  cart.changed_by = "phone";
  cart.expires_at = UtcMs{now + 86'400'000};
  cart.lines = {{"SKU1", Sku{"SKU1"}, {{DotId{id + ".0"}, 3, 0, {1, 1}}}},
                {"SKU2", Sku{"SKU2"}, {{DotId{id + ".1"}, 1, 0, {1, 1}}}}};
  return encode_cart(cart);
}

// An order to work on, and units that the first store may promise.
void fill_with_goods(hub::Desk& desk, UtcMs now) {
  rules::OrderPlaced placed;
  placed.placed_at = now;
  placed.channel = "web";
  placed.currency = "GBP";
  placed.store = StoreId{"harbour-street"};
  placed.code = "123456";
  placed.hold_until = now.plus(86'400'000);
  placed.lines = {{1, Sku{"SKU1"}, 3, 295}, {2, Sku{"SKU2"}, 1, 295}};
  const OrderId order{order_here};
  std::vector<Operation> all = {encode_order_operation(order, placed), encode_order_operation(order, rules::OrderPay{1'180}),
                                encode_stock_operation(StoreId{"harbour-street"}, Sku{"SKU1"},
                                                       rules::StockLend{RightId{right_here}, 6, now.plus(864'000'000)})};
  const auto done = desk.end.perform({request(999), "platform", std::move(all)}, {now, {0}});
  require(done.what == ends::HubPerformed::What::done, "the hub takes an order: " + done.reason);
}

// Without the times at which it was said.
std::string goods_facts(hub::database::HubRows& rows) {
  sim::GoodsModel eyes;
  std::string text;
  for (const auto& [id, body] : rows.documents_of("order", "", 1'000)) text += id + " " + sim::show(*eyes.order(body)) + "\n";
  for (const auto& [id, body] : rows.documents_of("stock", "", 1'000)) {
    auto stock = *eyes.stock(body);
    stock.counted_at = 0;
    stock.counted_life.clear();
    text += id + " " + sim::show(stock) + "\n";
  }
  return text;
}

// The same: what was said last and first, not when.
std::string help_facts(hub::database::HubRows& rows) {
  sim::HelpModel eyes;
  std::string text;
  for (const auto& [id, body] : rows.documents_of("request", "", 1'000)) {
    auto request = *eyes.request(body);
    request.since = request.until = 0;
    for (auto& [name, said] : request.parts) said.at_ms = 0;
    text += id + " " + sim::show(request) + "\n";
  }
  return text;
}

// The same: who said what, not when.
std::string consent_facts(hub::database::HubRows& rows) {
  sim::ConsentBook eyes(0);
  std::string text;
  for (const auto& [id, body] : rows.documents_of("consent", "", 1'000)) text += id + sim::show(*eyes.read(body)) + "\n";
  return text;
}

}  // namespace

TransactionId request(int number) {
  const std::string digits = std::to_string(number);
  return TransactionId{std::string(32 - digits.size(), '0') + digits};
}

Shop::Shop(World& world, std::string name, std::unique_ptr<Disk> disk)
    : world_(world), name_(std::move(name)), disk_(std::move(disk)) {}

Shop::~Shop() { end(); }

std::optional<Error> Shop::start() {
  end();
  fatal_.reset();
  auto connection = edge::database::open_store_database(file());
  if (!connection) return connection.error();
  edge::daemon::DaemonSetup setup;
  setup.store.text = name_;
  setup.zone = "uk";
  setup.region = "uk";
  setup.software = "test";
  setup.chance = chance_of(std::hash<std::string>{}(name_) + 1000 * ++boots_);
  setup.now = [this] { return world_.now(); };
  setup.send = [this](const StoreMessage& message) {
    if (!disk_->dark()) world_.send({name_, message});
  };
  setup.drop_connection = [this] { drop_ = true; };
  setup.enable_link = [](bool) {};
  setup.search_fell_behind = [] {};
  inbox_ = std::make_unique<edge::daemon::Inbox>();
  feed_ = std::make_unique<edge::local_api::EventFeed>();
  board_ = std::make_unique<edge::local_api::LinkBoard>();
  auto loop = edge::daemon::Daemon::create(std::move(setup), std::move(*connection), *inbox_, *feed_, *board_);
  if (!loop) return loop.error();
  loop_ = std::move(*loop);
  return std::nullopt;
}

void Shop::end() {
  loop_.reset();
  linked_ = false;
  world_.forget_letters(name_);
}

void Shop::step(std::optional<edge::daemon::Item> item) {
  if (!loop_ || fatal_) return;
  if (item && std::holds_alternative<edge::daemon::HubConnected>(*item)) linked_ = true;
  if (item && std::holds_alternative<edge::daemon::HubDisconnected>(*item)) {
    linked_ = false;
    world_.forget_letters(name_);
  }
  fatal_ = loop_->step(std::move(item));
  if (drop_ && !fatal_) {
    drop_ = false;
    world_.forget_letters(name_);
    fatal_ = loop_->step(edge::daemon::HubDisconnected{});
    if (!fatal_) fatal_ = loop_->step(edge::daemon::HubConnected{});
  }
}

std::optional<Result<CartId>> Shop::ask(std::function<Result<CartId>(edge::local_api::Desk&)> work) {
  std::optional<Result<CartId>> answer;
  step(edge::daemon::Command{std::move(work), [&](Result<CartId> given) {
                               if (disk_->dark()) return;
                               if (given) ++world_.left;
                               answer = std::move(given);
                             }});
  return answer;
}

Hub::Hub(World& world, std::unique_ptr<Disk> disk) : world_(world), disk_(std::move(disk)) {}

std::optional<Error> Hub::start() {
  end();
  fatal_.reset();
  auto connection = hub::database::open_hub_file(file());
  if (!connection) return connection.error();
  connection_ = std::move(*connection);
  authority_ = std::make_unique<hub::database::SqlAuthority>(*connection_);
  rows_ = std::make_unique<hub::database::HubRows>(*connection_);
  authority_->begin();
  if (authority_->era().id.empty()) authority_->add_era({{1, std::string(32, 'e')}, world_.now().utc, "first", false, {}});
  return authority_->commit();
}

void Hub::end() {
  rows_.reset();
  authority_.reset();
  connection_.reset();
}

std::optional<Result<void>> Hub::transact(const std::function<void(hub::Desk&)>& work, const std::string& asking) {
  if (!connection_ || fatal_) return std::nullopt;
  const StoreId store{asking};
  auto committed = hub::in_one_transaction(*authority_, *rows_, chance_of(++draws_ * 7919), world_.now(), work,
                                           asking.empty() ? nullptr : &store);
  if (disk_->dark()) return std::nullopt;
  if (!committed) {
    if (hub::is_fatal(committed.error())) {
      fatal_ = committed.error();
      return std::nullopt;
    }
    return Result<void>(std::unexpected(committed.error()));
  }
  if (asking.empty()) ++world_.left;
  for (const hub::Outgoing& one : committed->leaving) {
    const bool personal = one.send.to == ends::HubSend::To::reply || one.send.to == ends::HubSend::To::live;
    for (const Shop* shop : {&world_.first, &world_.second}) {
      if (!personal || one.send.store.text == shop->name()) world_.send({shop->name(), one.send.message});
    }
  }
  return Result<void>{};
}

World::World() : World(std::make_unique<Disk>(), std::make_unique<Disk>(), std::make_unique<Disk>()) {}

World::World(std::unique_ptr<Disk> hub_disk, std::unique_ptr<Disk> first_disk, std::unique_ptr<Disk> second_disk)
    : hub(*this, std::move(hub_disk)),
      first(*this, "harbour-street", std::move(first_disk)),
      second(*this, "mill-lane", std::move(second_disk)) {}

std::unique_ptr<World> World::quiet() {
  static const std::unique_ptr<World> made = [] {
    auto world = std::make_unique<World>();
    world->start_all();
    world->fill_hub();
    require(world->converge(), "a whole world comes to rest");
    world->first.end();
    world->second.end();
    world->hub.end();
    return world;
  }();
  seed_sqlite(7);
  auto world = std::make_unique<World>(made->hub.disk().clone(), made->first.disk().clone(), made->second.disk().clone());
  world->time_ = made->time_ + 60'000;
  world->start_all();
  require(world->converge(), "a copy of a whole world comes to rest");
  return world;
}

void World::start_all() {
  const auto failed = restart();
  require(!failed, failed ? failed->message : "");
}

std::optional<Error> World::restart() {
  if (!hub.alive() || hub.fatal()) {
    if (auto failed = hub.start()) return failed;
  }
  for (Shop* shop : {&first, &second}) {
    if (shop->alive() && !shop->fatal()) continue;
    if (auto failed = shop->start()) return failed;
    shop->step(edge::daemon::HubConnected{});
  }
  return std::nullopt;
}

void World::fill_hub() {
  const auto done = hub.transact([&](hub::Desk& desk) {
    const std::int64_t utc = now().utc.value;
    for (const Shop* shop : {&first, &second}) {
      const std::string& name = shop->name();
      desk.authority.add_store(StoreId{name});
      desk.end.put({"content", "store/" + name},
                   R"({"kind":"store","store":")" + name +
                       R"(","name":"Shop","zone":"uk","currency":"GBP","time_zone":"Europe/London","languages":["en"]})",
                   now());
      for (int i = 1; i < 4; ++i) {
        const std::string sku = "SKU" + std::to_string(i);
        desk.end.put({"stock", name + "/" + sku},
                     R"({"store":")" + name + R"(","sku":")" + sku + R"(","on_hand":24,"safety":0,"counted_at":1})", now());
      }
    }
    for (int i = 1; i < 10; ++i) {
      const std::string sku = "SKU" + std::to_string(i);
      desk.end.put({"product", sku},
                   R"({"sku":")" + sku + R"(","gtins":["500000000000)" + std::to_string(i) + R"("],"title":{"en":"Heart )" + sku +
                       " " + std::string(400, 'x') + R"("},"department":"gifts","status":"active"})",
                   now());
      desk.end.put({"price", "uk/" + sku},
                   R"({"sku":")" + sku + R"(","zone":"uk","currency":"GBP","entries":[{"from":1000,"list":295,"current":295}]})",
                   now());
    }
    desk.end.put({"settings", "chain"}, R"({"brand":"Fernby","languages":["en"],"default_language":"en"})", now());
    desk.end.put({"trust", "key/7"}, encode_trusted_key({7, keys().open, UtcMs{1}, std::nullopt, false}), now());
    desk.end.put({"customer", "amelia"}, R"({"customer":"amelia","display_name":"Amelia"})", now());
    desk.end.put({"cart", cart_one}, cart_body(cart_one, first.name(), utc, true), now());
    desk.end.put({"cart", cart_two}, cart_body(cart_two, first.name(), utc, false), now());
    desk.end.put({"cart", cart_three}, cart_body(cart_three, second.name(), utc, false), now());
    fill_with_goods(desk, now().utc);
    desk.end.put({"cart", cart_phone}, cart_body(cart_phone, "", utc, false), now());
  });
  require(done && *done, "the hub takes its goods");
}

std::string World::pass_text() const {
  CartPass pass;
  pass.key_id = 7;
  pass.issued_at = UtcMs{(now().utc.value - 60'000) / 1000 * 1000};
  pass.expires_at = pass.issued_at.plus(cart_pass_life_ms);
  pass.id.text = std::string(32, 'a');
  pass.cart.text = cart_phone;
  pass.version = {1, 1};
  pass.lines = std::vector<rules::PassLine>{{Sku{"SKU1"}, 3}, {Sku{"SKU2"}, 1}};
  const auto bytes = sign_pass(pass, keys().secret);
  require(bytes.has_value(), "a pass can be signed");
  return pass_link("https://127.0.0.1:8443/k", *bytes);
}

void World::send(Letter letter) {
  ++left;
  letters_.push_back(std::move(letter));
}

void World::forget_letters(const std::string& store) {
  std::erase_if(letters_, [&](const Letter& letter) { return letter.store == store; });
}

// As JSON, so that the codecs are in the path.
void World::deliver(const Letter& letter) {
  if (const auto* up = std::get_if<StoreMessage>(&letter.message)) {
    const auto message = decode_store_message(kind_of(*up), encode(*up));
    require(message.has_value(), "a store's message can be read");
    hub.transact([&](hub::Desk& desk) { desk.end.receive(StoreId{letter.store}, *message, desk.now); }, letter.store);
    return;
  }
  auto message = decode_hub_message(encode(std::get<HubMessage>(letter.message)));
  require(message.has_value(), "the hub's message can be read");
  (letter.store == first.name() ? first : second).step(edge::daemon::HubSaid{std::move(*message)});
}

void World::step_time() {
  time_ += 250;
  if (time_ >= heads_at_) {
    heads_at_ = time_ + 15'000;
    hub.transact([&](hub::Desk& desk) {
      const ends::HubSend heads = desk.end.heads(desk.now);
      for (const Shop* shop : {&first, &second}) send({shop->name(), heads.message});
    });
  }
  first.step(std::nullopt);
  second.step(std::nullopt);
}

Letter World::until(const std::function<bool(const Letter&)>& wanted) {
  for (int i = 0; i < 5'000; ++i) {
    if (letters_.empty()) {
      step_time();
      continue;
    }
    Letter letter = std::move(letters_.front());
    letters_.pop_front();
    if (wanted(letter)) return letter;
    time_ += 1;
    deliver(letter);
  }
  require(false, "the letter that a case waits for never comes");
  return {};
}

bool World::converge() {
  const std::int64_t until = time_ + 120'000;
  for (Shop* shop : {&first, &second}) {
    if (!shop->linked()) shop->step(edge::daemon::HubConnected{});
  }
  while (time_ < until) {
    if (hub.fatal() || first.fatal() || second.fatal()) return false;
    if (!letters_.empty()) {
      const Letter letter = std::move(letters_.front());
      letters_.pop_front();
      time_ += 1;
      deliver(letter);
      continue;
    }
    if (first.online() && second.online() && difference().empty()) return true;
    step_time();
  }
  return false;
}

std::string World::difference() {
  std::string wrong;
  for (Shop* shop : {&first, &second}) {
    auto connection = sqlite::Connection::open(shop->file(), edge::database::sql_book(), {.use = sqlite::Connection::Use::read});
    if (!connection) return connection.error().message;
    edge::database::Reader reader(**connection);
    if (reader.outbox().waiting > 0) wrong += shop->name() + ": outbox waits; ";
    for (const auto& figures : reader.streams()) {
      const ends::StreamState& state = figures.state;
      if (!state.filled || state.cursor.seq != hub.authority().head(state.stream)) {
        wrong += shop->name() + ": " + state.stream.text + " is behind; ";
        continue;
      }
      for (const ends::StreamEntry& one : hub.authority().entries_after(state.stream, 0, SIZE_MAX)) {
        const auto body = reader.body(one.entry.key.collection, one.entry.key.id);
        const bool same = one.entry.removal ? !body : body == one.entry.body;
        if (!same) wrong += shop->name() + ": " + one.entry.key.collection + "/" + one.entry.key.id + " differs; ";
      }
    }
  }
  return wrong;
}

std::string World::facts() {
  std::string text;
  for (const std::string& id : {cart_one, cart_two, cart_three, cart_phone}) {
    const auto document = hub.authority().document({"cart", id});
    text += id + ":";
    if (!document || !document->body) {
      text += "none\n";
      continue;
    }
    const auto cart = decode_cart(CartId{id}, *document->body);
    require(cart.has_value(), "the hub's cart can be read");
    std::vector<std::string> dots;
    for (const CartLine& line : cart->lines) {
      for (const Dot& dot : line.dots) {
        dots.push_back(line.key + " " + dot.id.text + " " + std::to_string(dot.units) + "-" + std::to_string(dot.taken));
      }
    }
    for (const DeadDot& dot : cart->dead) dots.push_back("dead " + dot.id.text);
    std::ranges::sort(dots);
    for (const std::string& dot : dots) text += " " + dot + ";";
    text += (cart->store ? cart->store->text : "") + "/" + (cart->owner ? cart->owner->text : "") + "\n";
  }
  hub::database::HubRows rows(hub.connection());
  for (const char* collection : {"product", "price", "content", "settings", "customer"}) {
    for (const auto& [id, body] : rows.documents_of(collection, "", 10'000)) text += id + " " + body + "\n";
  }
  text += goods_facts(rows) + help_facts(rows) + consent_facts(rows);
  for (const auto& [id, body] : rows.documents_of("outcome", "", 1'000)) text += "outcome " + id + "\n";
  return text;
}

}  // namespace vitrine::faults
