// SPDX-License-Identifier: Apache-2.0
// An outbox on a stick: from a store's real database by vitrinectl, into a real hub by vitrine-hub; twice, then by wire, then
// altered on the way.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "edge/local_api/measuring.hpp"
#include "hours/days.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "tests/edge/test_shop.hpp"
#include "tests/hub/support/hub_folder.hpp"
#include "tools/vitrinectl/command.hpp"

using namespace vitrine;

namespace {

struct Stick {
  test::HubFolder hub;
  edge::TestShop shop;
  std::string file = shop.folder / "stick.outbox";

  Stick() {
    for (auto* make : {hub::make_authority}) REQUIRE(hub.run(make).has_value());
    REQUIRE(hub.run(hub::import_tables, {hub.tables()}).has_value());
    for (const char* store : {"harbour-street", "mill-lane"}) {
      REQUIRE(hub.run(hub::make_store, {store}, {{"--out", {hub / store}}}).has_value());
    }
    shop.fill();
  }
  void add(int request) {
    edge::local_api::CartAction action;
    action.request.text = edge::test_request(request);
    action.device = "kiosk-1";
    action.cart.text = edge::test_cart;
    action.sku.text = "47566";
    Result<sync::CartId> got = fail("never", "answered");
    shop.loop->step(edge::daemon::Command{[action](edge::local_api::Desk& desk) { return edge::local_api::act(desk, action); },
                                          [&got](Result<sync::CartId> answer) { got = std::move(answer); }});
    REQUIRE(got.has_value());
  }
  std::string exported(const std::string& as = "harbour-street") {
    const std::string config = shop.folder / "edge.toml";
    std::ofstream(config) << "[edge]\nstore = \"harbour-street\"\nstate = \"" << shop.folder.path()
                          << "\"\n[streams]\nzone = \"uk\"\n[mqtt]\nhost = \"127.0.0.1\"\nport = 8883\nca = \""
                          << hub / "ca/ca.crt" << "\"\ncert = \"" << hub / (as + "/store.crt") << "\"\nkey = \""
                          << hub / (as + "/store.key") << "\"\ntenant = \"fernby\"\n";
    std::ostringstream out;
    std::ostringstream err;
    const int code = ctl::run({"sync", "export-outbox", file, "--config", config}, {{shop.utc_ms.load()}, {0}}, out, err);
    CHECK_MESSAGE(code == ctl::exit_good, err.str());
    return out.str();
  }
  // "" or the code of the refusal.
  std::string imported() {
    const auto done = hub.run(hub::import_outbox, {file});
    return done ? "" : done.error().code;
  }
  std::int64_t units_at_hub() {
    std::int64_t units = 0;
    REQUIRE(write([&](hub::CommandDesk& desk) {
      const auto document = desk.authority.document({"cart", edge::test_cart});
      if (!document || !document->body) return;
      const auto cart = sync::protocol::decode_cart(sync::CartId{edge::test_cart}, *document->body);
      REQUIRE(cart.has_value());
      for (const auto& line : cart->lines) units += line.units();
    }));
    return units;
  }
  bool write(const std::function<void(hub::CommandDesk&)>& work) {
    std::ostringstream out;
    const hub::Command command{hub.config(), {}, {}, [this] { return hub.now(); }, test::HubFolder::chance(), out, out, false};
    return hub::write_once(command, work).has_value();
  }
};

}  // namespace

TEST_CASE("an outbox travels on a stick, as often as one likes, and the later reconnect changes nothing") {
  Stick stick;
  CHECK(stick.exported().find("Nothing waits") != std::string::npos);
  for (int i = 1; i <= 450; ++i) stick.add(i);  // three batches
  CHECK(stick.exported().find("Wrote 450 actions") != std::string::npos);
  CHECK(stick.imported().empty());
  CHECK(stick.hub.out().find("took   450 transactions of harbour-street; the hub had them up to n 0, and has them up to n 450") !=
        std::string::npos);
  CHECK(stick.units_at_hub() == 450);
  CHECK(stick.imported().empty());
  CHECK(stick.units_at_hub() == 450);
  stick.add(451);
  stick.exported();
  CHECK(stick.imported().empty());
  CHECK(stick.units_at_hub() == 451);

  // The store has its line again: it says hello and hears that all of it is here.
  stick.shop.loop->step(edge::daemon::HubConnected{});
  std::optional<sync::protocol::Welcome> welcome;
  const auto sent = stick.shop.sent();
  const auto hello = std::ranges::find_if(sent.rbegin(), sent.rend(),
                                          [](const auto& m) { return std::holds_alternative<sync::protocol::Hello>(m); });
  REQUIRE(hello != sent.rend());
  REQUIRE(stick.write([&](hub::CommandDesk& desk) {
    desk.end.receive(sync::StoreId{"harbour-street"}, *hello, desk.now);
    for (const auto& send : desk.end.finish(desk.now)) {
      if (const auto* found = std::get_if<sync::protocol::Welcome>(&send.message)) welcome = *found;
    }
    CHECK(desk.authority.conduct(sync::StoreId{"harbour-street"}).forks == 0);
  }));
  REQUIRE(welcome);
  CHECK_FALSE(welcome->part);
  REQUIRE(welcome->applied);
  CHECK(welcome->applied->n == 451);
}

TEST_CASE("what a store measured comes to the hub, once however often it is brought") {
  Stick stick;
  const auto look = [&](std::int64_t minutes) {
    stick.shop.let_pass(minutes * 60'000);
    stick.shop.loop->step(std::nullopt);
  };
  const auto search = [&](int request) {
    stick.shop.loop->step(edge::daemon::Command{[request](edge::local_api::Desk& desk) -> Result<sync::CartId> {
                                                  edge::local_api::measure_search(
                                                      desk, sync::TransactionId{edge::test_request(request)}, request > 1);
                                                  return sync::CartId{};
                                                },
                                                [](const Result<sync::CartId>&) {}});
  };
  const auto table = [&](const std::vector<std::string>& words) {
    REQUIRE(stick.hub.run(hub::measures, words).has_value());
    return stick.hub.out();
  };
  // Some hours ago by the hub's clock; from half past on it counts.
  constexpr std::int64_t hour_ms = 3'600'000;
  const UtcMs hour{stick.hub.now().utc.value / hour_ms * hour_ms - 3 * hour_ms};
  look((hour.value - stick.shop.utc_ms) / 60'000 - 30);
  look(36);
  for (const int request : {1, 2, 2, 3}) search(request);
  look(60);
  CHECK(stick.exported().find("Wrote 1 action") != std::string::npos);
  const std::string line = "harbour-street," + hours::day_at("Europe/London", hour).date + "," + hours::utc_text(hour) +
                           ",0,0,0,0,0,0,0,0,3,1,0,0,0,0,0,,\n";
  for (int i = 0; i < 2; ++i) {
    CHECK(stick.imported().empty());
    const std::string all = table({});
    CHECK(all.starts_with("store,date,begins_at,resumes,"));
    CHECK_MESSAGE(all.ends_with("\n" + line), all);
    CHECK(std::ranges::count(all, '\n') == 2);
    CHECK(table({"harbour-street"}) == all);
    CHECK(std::ranges::count(table({"mill-lane"}), '\n') == 1);
  }
  CHECK(stick.hub.run(hub::measures, {"nowhere"}).error().code == "store_unknown");
}

TEST_CASE("a file that was altered, cut off, or signed by another store is refused, and nothing of it is applied") {
  Stick stick;
  stick.add(1);
  std::string as = "harbour-street";
  SUBCASE("signed by another store") { as = "mill-lane"; }
  stick.exported(as);
  std::ifstream in(stick.file, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  REQUIRE(bytes.size() > 1000);
  SUBCASE("one character of an action") { bytes[bytes.rfind("47566")] = '9'; }
  SUBCASE("another store's name") { bytes.replace(bytes.find("\"store\":\"harbour-street\""), 24, "\"store\":\"mill-lane\""); }
  SUBCASE("cut off") { bytes.resize(bytes.size() - 40); }
  SUBCASE("a signature that is none") { bytes[20] = bytes[20] == 'a' ? 'b' : 'a'; }
  std::ofstream(stick.file, std::ios::binary) << bytes;
  CHECK(stick.imported() == "outbox_forged");
  CHECK(stick.units_at_hub() == 0);
  std::ofstream(stick.file, std::ios::binary) << "no outbox at all";
  CHECK(stick.imported() == "outbox_malformed");
}
