// SPDX-License-Identifier: Apache-2.0
// The loop when the disk or the hub does not do as hoped: nothing leaves before the commit, and what failed is undone whole.
#include "edge/daemon/daemon.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "edge/database/verify.hpp"
#include "edge/database/waiting.hpp"
#include "sync/model/customer.hpp"
#include "sync/protocol/activity_codec.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/identity.hpp"
#include "sync/protocol/messages.hpp"
#include "tests/edge/test_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using sync::protocol::Hello;
using sync::protocol::Ops;

namespace {

// One action of a kiosk, stepped through the loop without threads.
Result<sync::CartId> act(TestShop& shop, int request, const std::string& sku = "47566") {
  local_api::CartAction action;
  action.request.text = test_request(request);
  action.device = "kiosk-1";
  action.cart.text = test_cart;
  action.sku.text = sku;
  Result<sync::CartId> got = fail("never", "answered");
  shop.loop->step(daemon::Command{[action](local_api::Desk& desk) { return local_api::act(desk, action); },
                                  [&got](Result<sync::CartId> answer) { got = std::move(answer); }});
  return got;
}

template <class Message>
std::size_t count(const std::vector<sync::protocol::StoreMessage>& messages) {
  std::size_t n = 0;
  for (const auto& message : messages) n += std::holds_alternative<Message>(message) ? 1 : 0;
  return n;
}

// A second connection that takes the room from under the loop's feet is not possible; its own limit is.
void limit_pages(TestShop& shop, int pages) {
  shop.loop->step(daemon::Command{[pages](local_api::Desk& desk) -> Result<sync::CartId> {
                                    desk.replica.connection().execute("PRAGMA max_page_count=" + std::to_string(pages));
                                    return sync::CartId{};
                                  },
                                  [](const Result<sync::CartId>&) {}});
}

}  // namespace

TEST_CASE("a full disk refuses the action with its name, sends nothing, and is over when there is room") {
  TestShop shop;
  shop.fill();
  REQUIRE(act(shop, 1).has_value());
  const std::size_t ops_before = count<Ops>(shop.sent());
  const std::uint64_t events_before = shop.feed.last();

  limit_pages(shop, 1);
  Result<sync::CartId> refused = fail("none", "");
  int request = 2;
  // The pages that are half empty take a few more.
  for (; request < 400; ++request) {
    refused = act(shop, request);
    if (!refused) break;
  }
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == "disk_full");
  CHECK(local_api::status_of(refused.error()) == 507);
  const std::size_t kept = shop.outbox_size();
  CHECK(kept == static_cast<std::size_t>(request - 1));
  CHECK(shop.feed.last() == events_before + static_cast<std::uint64_t>(request - 2));
  CHECK(count<Ops>(shop.sent()) == ops_before);  // the first batch is still on its way, and nothing else left
  CHECK_FALSE(shop.board.get().report.online);   // what store_end remembered of the hub is gone with it

  limit_pages(shop, 100'000);
  REQUIRE(act(shop, request).has_value());
  CHECK(shop.outbox_size() == kept + 1);
  const std::size_t hellos = count<Hello>(shop.sent());
  shop.greet();
  CHECK(count<Hello>(shop.sent()) == hellos + 1);
  CHECK(shop.board.get().report.online);
}

namespace {

// A pass of the reference form for a cart that is not here, shown at the kiosk; the answers that came.
struct Shown {
  std::string text;
  std::vector<std::string> answers;

  explicit Shown(TestShop& shop) {
    auto pass = shop.pass(unknown_cart, std::string(32, 'b'));
    pass.lines.reset();
    text = shop.pass_text(pass);
  }
  void show(TestShop& shop, int request) {
    local_api::OpenPass open;
    open.request.text = test_request(request);
    open.device = "kiosk-1";
    open.text = text;
    shop.loop->step(
        daemon::Command{[open](local_api::Desk& desk) { return local_api::open_pass(desk, open); },
                        [this](Result<sync::CartId> answer) { answers.push_back(answer ? answer->text : answer.error().code); }});
  }
};

sync::protocol::AskAnswer answer_to(int request, const std::string& code) {
  sync::protocol::AskAnswer answer;
  answer.era = {1, "e0000000000000000000000000000001"};
  answer.id.text = test_request(request);
  answer.code = code;
  if (code.empty()) answer.documents = {{"cart", unknown_cart}};
  answer.own = {sync::StreamName{"store.harbour-street"}, 5, 0};
  return answer;
}

std::string cart_of(TestShop& shop, const std::string& changed_by = "phone") {
  sync::Cart cart;
  cart.id.text = unknown_cart;
  cart.channel = "phone";
  cart.created_at = cart.changed_at = UtcMs{shop.utc_ms.load()};
  cart.changed_by = changed_by;
  cart.expires_at = cart.created_at.plus(86'400'000);
  return sync::protocol::encode_cart(cart);
}

}  // namespace

TEST_CASE("a pass that only names its cart waits for the hub and opens when the cart is here") {
  TestShop shop;
  shop.fill();
  Shown shown(shop);
  shown.show(shop, 1);
  CHECK(shown.answers.empty());
  REQUIRE(count<sync::protocol::Ask>(shop.sent()) == 1);
  shown.show(shop, 1);  // the kiosk repeats its request: one question, two who wait
  CHECK(count<sync::protocol::Ask>(shop.sent()) == 1);
  shop.hub_says(answer_to(1, ""));
  CHECK(shown.answers.empty());
  shop.hub_puts({put("cart", unknown_cart, cart_of(shop), 2)});
  CHECK(shown.answers == std::vector<std::string>{unknown_cart, unknown_cart});
  CHECK(shop.outbox_size() == 1);  // that it was opened here, once
}

TEST_CASE("what the hub says of such a pass is what the kiosk hears, and no hub is said at once") {
  TestShop shop;
  shop.fill();
  Shown shown(shop);
  const std::vector<std::pair<std::string, std::string>> cases = {{"not_found", "cart_unknown"},
                                                                  {"pass_expired", "pass_expired"},
                                                                  {"too_many", "pass_needs_hub"},
                                                                  {"ask_unknown", "pass_needs_hub"}};
  int request = 1;
  for (const auto& [code, heard] : cases) {
    shown.show(shop, request);
    shop.hub_says(answer_to(request, code));
    CHECK(shown.answers.back() == heard);
    ++request;
  }
  CHECK(shown.answers.size() == cases.size());
  shown.show(shop, request);
  CHECK(shown.answers.size() == cases.size());
  shop.loop->step(daemon::HubDisconnected{});  // while somebody waits
  CHECK(shown.answers.back() == "pass_needs_hub");
  shown.show(shop, request + 1);
  CHECK(shown.answers.size() == cases.size() + 2);
  CHECK(shop.outbox_size() == 0);
}

TEST_CASE("a hub that says nothing keeps a person waiting for five seconds, not longer") {
  TestShop shop;
  shop.fill();
  Shown shown(shop);
  shown.show(shop, 1);
  const auto begun = std::chrono::steady_clock::now();
  while (shown.answers.empty() && std::chrono::steady_clock::now() - begun < std::chrono::seconds(9)) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    shop.loop->step(std::nullopt);
  }
  CHECK(shown.answers == std::vector<std::string>{"pass_needs_hub"});
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(7));
  CHECK(count<sync::protocol::Ask>(shop.sent()) > 1);
}

TEST_CASE("after a failed commit the loop greets the hub again by itself") {
  TestShop shop;
  shop.fill();
  limit_pages(shop, 1);
  int request = 1;
  while (request < 400 && act(shop, request)) ++request;
  REQUIRE(request < 400);
  limit_pages(shop, 100'000);
  const std::size_t hellos = count<Hello>(shop.sent());
  shop.start();
  bool greeted = false;
  for (int i = 0; i < 800 && !greeted; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    greeted = count<Hello>(shop.sent()) > hellos;
  }
  CHECK(greeted);
}

TEST_CASE(
    "a person who taps \"Try now\" has the hub greeted at once, also where the broker is reached and the hub sent us away") {
  TestShop shop;
  shop.fill();
  shop.hub_says(sync::protocol::OpsRefused{sync::Era{1, "e0000000000000000000000000000001"}, "frozen", 0});
  REQUIRE_FALSE(shop.board.get().report.online);
  const auto try_now = [&] {
    const std::size_t hellos = count<Hello>(shop.sent());
    shop.loop->step(daemon::SwitchLink{true, [](const Result<void>& done) { CHECK(done); }});
    return count<Hello>(shop.sent()) - hellos;
  };
  CHECK(try_now() == 1);
  shop.greet();
  REQUIRE(shop.board.get().report.online);
  CHECK(try_now() == 0);
}

TEST_CASE("a page that does not fit is not applied, and its cursor does not move") {
  TestShop shop;
  shop.fill();
  limit_pages(shop, 1);
  std::vector<sync::PageEntry> many;
  for (int i = 0; i < 300; ++i)
    many.push_back(
        put("stock", "harbour-street/X" + std::to_string(i), std::string("{\"sku\":\"") + std::string(600, 'x') + "\"}"));
  shop.hub_puts(std::move(many));
  auto reader = database::Reader::open(shop.folder / "store.db");
  REQUIRE(reader.has_value());
  CHECK_FALSE((*reader)->body("stock", "harbour-street/X0").has_value());
  for (const auto& stream : (*reader)->streams()) {
    if (stream.state.stream.text == "store.harbour-street") CHECK(stream.state.cursor.seq == 5);
  }
  CHECK_FALSE(shop.board.get().report.online);
}

TEST_CASE("the database of another store is refused") {
  TestShop shop("harbour-street");
  shop.fill();
  shop.stop();
  auto connection = database::open_store_database(shop.folder / "store.db");
  REQUIRE(connection.has_value());
  daemon::DaemonSetup setup;
  setup.store.text = "market-square";
  setup.zone = "uk";
  setup.region = "uk";
  setup.chance = {[] { return 1ULL; }};
  setup.now = [] { return Now{}; };
  const auto made = daemon::Daemon::create(std::move(setup), std::move(*connection), shop.inbox, shop.feed, shop.board);
  REQUIRE_FALSE(made.has_value());
  CHECK(made.error().code == "store_mismatch");
}

TEST_CASE("what people do goes before what the hub says, and the hub waits at a full inbox") {
  daemon::Inbox inbox;
  daemon::Item said = daemon::HubSaid{};
  for (std::size_t i = 0; i < daemon::Inbox::hub_max; ++i) {
    daemon::Item one = daemon::HubSaid{};
    CHECK(inbox.push_from_hub(one, std::chrono::milliseconds(1)));
  }
  CHECK_FALSE(inbox.push_from_hub(said, std::chrono::milliseconds(1)));
  CHECK(inbox.push_from_people(daemon::SwitchLink{}));
  const auto first = inbox.take(std::nullopt);
  REQUIRE(first.has_value());
  CHECK(std::holds_alternative<daemon::SwitchLink>(*first));
  for (std::size_t i = 0; i < daemon::Inbox::people_max; ++i) CHECK(inbox.push_from_people(daemon::SwitchLink{}));
  CHECK_FALSE(inbox.push_from_people(daemon::SwitchLink{}));
}

TEST_CASE("who waits when the daemon stops is told so") {
  daemon::Inbox inbox;
  std::string code;
  inbox.push_from_people(daemon::Command{[](local_api::Desk&) -> Result<sync::CartId> { return sync::CartId{}; },
                                         [&](const Result<sync::CartId>& answer) { code = answer ? "" : answer.error().code; }});
  inbox.close();
  CHECK(code == "busy");
  CHECK_FALSE(inbox.push_from_people(daemon::SwitchLink{}));
}

TEST_CASE("what is gone leaves the files too, write-ahead log included, within about a minute") {
  TestShop shop;
  shop.fill();
  const std::string canary = "canary-7c1d40";
  const auto found_in = [&] {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(shop.folder.path())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      if (bytes.contains(canary)) files.push_back(entry.path().filename());
    }
    std::ranges::sort(files);
    return files;
  };
  shop.hub_puts({put("cart", unknown_cart, cart_of(shop, canary), 2)});
  CHECK(found_in() == std::vector<std::string>{"store.db-wal"});
  shop.let_pass(daemon::empty_log_ms + 1);
  shop.loop->step(std::nullopt);
  CHECK(found_in() == std::vector<std::string>{"store.db"});
  CHECK(act(shop, 1).has_value());  // pages of the log that are older than the removal

  sync::PageEntry removal = put("cart", unknown_cart, "", 3);
  removal.body.reset();
  removal.removal = true;
  {
    // Somebody reads meanwhile: they are not disturbed, and it is done when they are.
    auto reader =
        database::Connection::open(shop.folder / "store.db", database::sql_book(), {.use = database::Connection::Use::read});
    REQUIRE(reader.has_value());
    (*reader)->begin_read();
    REQUIRE((*reader)->schema_number() > 0);
    shop.hub_puts({removal});
    shop.let_pass(daemon::empty_log_ms + 1);
    shop.loop->step(std::nullopt);
    CHECK_FALSE(found_in().empty());
    (*reader)->rollback();
  }
  CHECK_FALSE(found_in().empty());
  shop.let_pass(daemon::empty_log_again_ms + 1);
  shop.loop->step(std::nullopt);
  CHECK(found_in().empty());
  CHECK(act(shop, 2).has_value());
}

TEST_CASE("of somebody who is erased nothing is left in any file of the store: documents, what people did there, what waits") {
  TestShop shop;
  shop.fill();
  const std::string canary = "Quillfeather";
  const auto found_in = [&] {
    std::string files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(shop.folder.path())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      if (bytes.contains(canary)) files += entry.path().filename().string() + " ";
    }
    return files;
  };
  const sync::CustomerId who{"C-90210"};
  sync::Customer customer;
  customer.id = who;
  customer.first_name = canary;
  customer.language = "en";
  customer.expires_at = UtcMs{shop.utc_ms + 86'400'000};
  sync::Activity activity;
  activity.customer = who;
  activity.kind = "searched";
  activity.channel = "web";
  activity.at = UtcMs{shop.utc_ms};
  activity.text = canary + " cake stand";
  activity.expires_at = activity.at.plus(sync::rules::activity_kept_ms);
  shop.hub_puts({put("customer", who.text, sync::protocol::encode_customer(customer)),
                 put("consent", who.text, sync::protocol::encode_consents({who, {}})),
                 put("activity", who.text + "/" + std::string(32, '1'), sync::protocol::encode_activity(activity))});
  // What is done about them carries the canary too, as a field of a later version might.
  sync::ends::LocalAction action;
  action.id = sync::TransactionId{test_request(900)};
  action.nature = sync::Nature::fact;
  action.actor = "counter-1";
  action.operations = {sync::protocol::encode_consent_operation(who, sync::rules::ConsentWithdraw{"history", "counter"})};
  action.operations[0].body.insert(1, "\"note\":\"" + canary + "\",");
  bool done = false;
  shop.loop->step(daemon::Command{[&](local_api::Desk& desk) -> Result<sync::CartId> {
                                    auto performed = desk.end.perform(action, desk.now);
                                    done = performed.what == sync::ends::Performance::done;
                                    desk.effects = std::move(performed.effects);
                                    desk.performed = true;
                                    return sync::CartId{};
                                  },
                                  [](const Result<sync::CartId>&) {}});
  REQUIRE(done);
  shop.let_pass(daemon::empty_log_ms + 1);
  shop.loop->step(std::nullopt);
  REQUIRE(found_in() == "store.db ");
  const std::string tag = sync::protocol::customer_tag(sync::DigestKey{}, who);
  shop.hub_pushes("settings", {put("erasure", tag, R"({"erased_at":1763800000000})")});
  shop.let_pass(daemon::empty_log_ms + 1);
  shop.loop->step(std::nullopt);
  CHECK(found_in() == "");
  // What waits goes up as its hash, and the file is whole.
  const auto waiting = database::waiting_outbox(shop.folder / "store.db", UtcMs{shop.utc_ms});
  REQUIRE(waiting.has_value());
  CHECK(waiting->batches.front().transactions.front().operations.front().erased);
  const auto verified = database::verify_store_database(shop.folder / "store.db", {{shop.utc_ms}, {0}});
  REQUIRE(verified.has_value());
  for (const database::Check& check : verified->checks) CHECK_MESSAGE(check.good(), check.name);
}
