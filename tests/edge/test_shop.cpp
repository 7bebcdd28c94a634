// SPDX-License-Identifier: Apache-2.0
#include "tests/edge/test_shop.hpp"

#include <sodium.h>

#include <algorithm>
#include <future>
#include <random>

#include "base/require.hpp"
#include "edge/io/box.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/protocol/trust_codec.hpp"

namespace vitrine::edge {

using namespace sync;
using namespace sync::protocol;

namespace {

const Era era{1, "e0000000000000000000000000000001"};

// A page of a first fill that is the whole stream.
Page fill_page(const std::string& stream, std::vector<PageEntry> entries) {
  std::ranges::sort(entries, {}, &PageEntry::key);
  Page page;
  page.stream.text = stream;
  page.era = era;
  page.to = page.head = entries.size();
  page.fill = Fill{page.head, {}, entries.empty() ? sync::DocumentKey{} : entries.back().key};
  page.entries = std::move(entries);
  return page;
}

std::string product(const std::string& sku, const std::string& en, const std::string& de, const std::string& gtin) {
  return R"({"sku":")" + sku + R"(","gtins":[")" + gtin + R"("],"title":{"en":")" + en + R"(","de":")" + de +
         R"("},"department":"gifts","pictogram":"heart","tile":"blush","status":"active"})";
}

std::string price(const std::string& sku, int list, int current) {
  return R"({"sku":")" + sku + R"(","zone":"uk","currency":"GBP","tax_included":true,"entries":[{"from":1000,"list":)" +
         std::to_string(list) + R"(,"current":)" + std::to_string(current) + "}]}";
}

std::string stock(const std::string& store, const std::string& sku, int on_hand) {
  return R"({"store":")" + store + R"(","sku":")" + sku + R"(","on_hand":)" + std::to_string(on_hand) +
         R"(,"reserved":0,"safety":0,"aisle":"3","bay":"B","counted_at":1000})";
}

std::string cart_body(std::int64_t now) {
  Cart cart;
  cart.id.text = test_cart;
  cart.owner = CustomerId{"amelia"};
  cart.channel = "phone";
  cart.created_at = cart.changed_at = UtcMs{now};
  cart.changed_by = "phone";
  cart.expires_at = UtcMs{now + 86'400'000};
  cart.lines = {{"85123A", Sku{"85123A"}, {{DotId{std::string(32, 'd') + ".0"}, 2, 0, {1, 1}}}},
                {"22423", Sku{"22423"}, {{DotId{std::string(32, 'd') + ".1"}, 1, 0, {1, 1}}}}};
  return encode_cart(cart);
}

}  // namespace

PageEntry put(const std::string& collection, const std::string& id, std::string body, std::uint64_t number) {
  return {{collection, id}, {{1, number}, {}}, std::move(body), false};
}

std::string test_staff(const std::string& number, const std::string& role, const std::string& more) {
  return R"({"store":"harbour-street","staff":")" + number + R"(","name":"Grace","initial":"M","role":")" + role +
         R"(","languages":["en"],"skills":[],"from":0,"pin":")" + test_verifier + "\"" + more + "}";
}

TestShop::TestShop(const std::string& name) : store(name) {
  require(sodium_init() >= 0, "libsodium starts");
  crypto_sign_keypair(public_.data(), secret_.data());
  const std::string store_file = folder / "store.db";
  auto connection = database::open_store_database(store_file);
  require(connection.has_value(), "the test's database opens");
  search_ = std::move(io::SearchKeeper::open(folder / "search.db", store_file, {store, "uk"}).value());
  readers_ = std::make_unique<local_api::ReaderPool>(store_file, folder / "search.db");

  make_loop(std::move(*connection), "boot-1");
}

void TestShop::start_again(const std::string& boot) {
  loop.reset();
  api.reset();
  if (boot != boot_) booted_at_ms_ = io::box_clock().mono.value + passed_ms.load() - 1000;
  boot_ = boot;
  inbox.~Inbox();
  new (&inbox) daemon::Inbox();
  auto connection = database::open_store_database(folder / "store.db");
  require(connection.has_value(), "the test's database opens again");
  search_ = std::move(io::SearchKeeper::open(folder / "search.db", folder / "store.db", {store, "uk"}).value());
  readers_ = std::make_unique<local_api::ReaderPool>(folder / "store.db", folder / "search.db");
  make_loop(std::move(*connection), boot);
  start();
}

void TestShop::make_loop(std::unique_ptr<database::Connection> connection, const std::string& boot) {
  daemon::DaemonSetup setup;
  setup.store = store;
  setup.zone = "uk";
  setup.region = "uk";
  setup.software = "test";
  setup.chance = {[random = std::make_shared<std::mt19937_64>(7)] { return (*random)(); }};
  setup.now = [this] { return now(); };
  setup.send = [this](const StoreMessage& message) {
    const std::lock_guard lock(mutex_);
    sent_.push_back(message);
  };
  setup.drop_connection = [] {};
  setup.show_level = [this](local_api::AlertLevel level) { levels.push_back(level); };
  setup.enable_link = [this](bool enabled) { link_orders.push_back(enabled); };
  setup.search_fell_behind = [this] { search_->wake(); };
  auto made = daemon::Daemon::create(std::move(setup), std::move(connection), inbox, feed, board);
  require(made.has_value(), "the test's loop starts");
  loop = std::move(*made);

  local_api::ApiSetup asked;
  asked.store = store;
  asked.zone = "uk";
  asked.region = "uk";
  asked.software = "test";
  asked.now = [this] { return now(); };
  asked.disk = [this] { return io::disk_figures(folder.path(), folder / "store.db"); };
  asked.kiosks = [this] { return streams.load(); };
  asked.perform = [this](std::function<Result<CartId>(local_api::Desk&)> work) -> Result<CartId> {
    auto promise = std::make_shared<std::promise<Result<CartId>>>();
    auto future = promise->get_future();
    if (!inbox.push_from_people(
            daemon::Command{std::move(work), [promise](Result<CartId> answer) { promise->set_value(std::move(answer)); }})) {
      return fail("busy", "full");
    }
    return future.get();
  };
  asked.enable_link = [this](bool enabled) -> Result<void> {
    auto promise = std::make_shared<std::promise<Result<void>>>();
    auto future = promise->get_future();
    inbox.push_from_people(
        daemon::SwitchLink{enabled, [promise](Result<void> answer) { promise->set_value(std::move(answer)); }});
    return future.get();
  };
  asked.run_drill = [this](local_api::DrillOrder order) -> Result<void> {
    auto promise = std::make_shared<std::promise<Result<void>>>();
    auto future = promise->get_future();
    inbox.push_from_people(
        daemon::RunDrill{std::move(order), [promise](Result<void> answer) { promise->set_value(std::move(answer)); }});
    return future.get();
  };
  asked.boot = boot;
  asked.sign = [this](std::string_view message) -> Result<std::string> {
    if (cannot_sign) return fail("key_unusable", "in a test");
    if (std::ranges::find(signed_messages, message) == signed_messages.end()) signed_messages.emplace_back(message);
    return std::string(64, '\x5a');
  };
  asked.verify_pin = [this](const std::string& verifier, const std::string& pin) -> Result<bool> {
    ++pins_verified;
    return verifier == test_verifier && pin == test_pin;
  };
  api = std::make_unique<local_api::Api>(std::move(asked), *readers_, board);
}

TestShop::~TestShop() { stop(); }

Now TestShop::now() const {
  const std::lock_guard lock(clocks_);
  return {UtcMs{utc_ms.load()}, io::box_clock().mono.plus(passed_ms.load() - booted_at_ms_)};
}

std::int64_t TestShop::believed_ms() {
  auto said = std::make_shared<std::promise<std::int64_t>>();
  auto time = said->get_future();
  const auto look = [said](local_api::Desk& desk) -> Result<CartId> {
    said->set_value(desk.end.hub_time(desk.now.utc).value);
    return fail("asked", "only the time");
  };
  require(inbox.push_from_people(daemon::Command{look, [](const Result<CartId>&) {}}), "the test's loop has room for a question");
  return time.get();
}

void TestShop::greet() {
  if (thread_.joinable()) {
    inbox.push_notice(daemon::HubConnected{});
  } else {
    loop->step(daemon::HubConnected{});
  }
  Welcome welcome;
  welcome.token = "t";
  welcome.era = era;
  welcome.eras = {era};
  welcome.clock = UtcMs{utc_ms.load()};
  welcome.page_bytes = 384 * 1024;
  hub_says(welcome);
}

void TestShop::fill() {
  greet();
  const std::int64_t now_ms = utc_ms.load();
  TrustedKey key{7, public_, UtcMs{1}, std::nullopt, false};
  hub_says(fill_page(
      "settings",
      {put("settings", "chain",
           R"({"brand":"Fernby","tagline":{"en":"Gifts and home"},"greet_by_name":true,"delivers":true,"colours":{"primary":"#0B5754"},"languages":["en","de"],)"
           R"("default_language":"en","link_base":"https://127.0.0.1:8443/k"})"),
       put("trust", "key/7", encode_trusted_key(key))}));
  hub_says(fill_page(
      "content", {put("content", "store/" + store.text,
                      R"({"kind":"store","store":")" + store.text +
                          R"(","name":"Harbour Street","zone":"uk","currency":"GBP","time_zone":"Europe/London",)"
                          R"("opening_hours":[{"days":[1,2,3,4,5,6],"from":"07:00","to":"22:00"}],"languages":["en","de"]})")}));
  hub_says(fill_page(
      "catalog",
      {put("product", "85123A", product("85123A", "White hanging heart t-light holder", "Teelichthalter Herz", "5012345678900")),
       put("product", "22423", product("22423", "Regency cakestand 3 tier", "Etagere", "5012345678917")),
       put("product", "47566", product("47566", "Party bunting", "Wimpelkette", "5012345678924")),
       put("product", "20725", product("20725", "Lunch bag red", "Pausentasche", "5012345678931"))}));
  hub_says(fill_page("prices.uk",
                     {put("price", "uk/85123A", price("85123A", 295, 295)), put("price", "uk/22423", price("22423", 1275, 1095)),
                      put("price", "uk/47566", price("47566", 495, 495)),
                      put("tax", "uk/rates", R"({"zone":"uk","rates":[{"class":"standard","basis_points":2000,"from":0}]})")}));
  hub_says(fill_page("promotions.uk", {}));
  hub_says(fill_page("availability.uk", {}));
  hub_puts(
      {put("cart", test_cart, cart_body(now_ms)),
       put("customer", "amelia",
           R"({"customer":"amelia","display_name":"Amelia","initial":"R","language":"en","phone_last2":"41","country":"GB"})"),
       put("stock", store.text + "/85123A", stock(store.text, "85123A", 24)),
       put("stock", store.text + "/22423", stock(store.text, "22423", 0)),
       put("staff", store.text + "/1001", test_staff("1001", "manager"))});
}

void TestShop::hub_says(HubMessage message) {
  if (const auto* page = std::get_if<Page>(&message); page != nullptr && page->fill) heads_[page->stream.text] = page->head;
  if (thread_.joinable()) {
    inbox.push_notice(daemon::HubSaid{std::move(message)});
  } else {
    loop->step(daemon::HubSaid{std::move(message)});
  }
}

void TestShop::hub_pushes(const std::string& stream, std::vector<PageEntry> entries) {
  Page page;
  page.stream.text = stream;
  page.era = era;
  page.from = heads_[stream];
  page.to = page.head = heads_[stream] += entries.size();
  page.entries = std::move(entries);
  hub_says(page);
}

void TestShop::hub_puts(std::vector<PageEntry> entries, std::vector<Applied> applied) {
  Page page;
  page.stream = own_stream(store);
  page.era = era;
  page.from = own_seq_;
  own_seq_ += entries.size();
  page.to = page.head = own_seq_;
  page.applied = std::move(applied);
  page.entries = std::move(entries);
  hub_says(page);
}

void TestShop::start() {
  search_->start(inbox, *readers_);
  using local_api::DeviceRole;
  std::vector<std::pair<std::string, local_api::Caller>> doors = {{api_socket(), {}},
                                                                  {operator_socket(), {DeviceRole::operator_, "operator"}}};
  for (const char* name : {"counter-1", "counter-2"}) doors.push_back({device_socket(name), {DeviceRole::counter, name}});
  for (const char* name : {"till-1", "till-2"}) doors.push_back({device_socket(name), {DeviceRole::till, name}});
  for (const auto& [socket, caller] : doors) {
    auto server = io::HttpServer::serve_api(socket, *api, caller, io::Door::owner);
    require(server.has_value(), "the test's socket opens");
    api_servers_.push_back(std::move(*server));
  }
  auto events_server = io::HttpServer::serve_events(events_socket(), *api, feed, streams);
  require(events_server.has_value(), "the test's sockets open");
  events_server_ = std::move(*events_server);
  thread_ = std::thread([this] { ended_with = loop->run(); });
}

void TestShop::stop() {
  inbox.push_notice(daemon::Stop{});
  if (thread_.joinable()) thread_.join();
  inbox.close();
  feed.close();
  events_server_.reset();
  api_servers_.clear();
  search_.reset();
}

CartPass TestShop::pass(const std::string& cart, const std::string& pass_id) const {
  CartPass pass;
  pass.key_id = 7;
  pass.issued_at = UtcMs{utc_ms.load() / 1000 * 1000};
  pass.expires_at = pass.issued_at.plus(cart_pass_life_ms);
  pass.id.text = pass_id;
  pass.cart.text = cart;
  pass.version = {1, 1};
  pass.lines = std::vector<rules::PassLine>{{Sku{"85123A"}, 2}, {Sku{"22423"}, 1}};
  return pass;
}

std::string TestShop::pass_text(const CartPass& pass) const {
  const auto bytes = sign_pass(pass, secret_);
  require(bytes.has_value(), "the test's pass can be signed");
  return pass_link("https://127.0.0.1:8443/k", *bytes);
}

std::string TestShop::badge_of(const Badge& badge) const {
  const auto text = sign_badge(badge, secret_);
  require(text.has_value(), "the test's badge can be signed");
  return *text;
}

std::vector<StoreMessage> TestShop::sent() const {
  const std::lock_guard lock(mutex_);
  return sent_;
}

std::size_t TestShop::outbox_size() const {
  auto reader =
      database::Connection::open(folder / "store.db", database::sql_book(), {database::Connection::Use::read, 64, true});
  require(reader.has_value(), "the test's database can be read");
  database::Statement row = (*reader)->statement("transactions_after");
  row.integer(0).integer(1'000'000);
  std::size_t count = 0;
  while (row.step()) count += row.text_at(4) == "edge" ? 0 : 1;
  return count;
}

}  // namespace vitrine::edge
