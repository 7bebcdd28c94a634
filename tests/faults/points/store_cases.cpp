// SPDX-License-Identifier: Apache-2.0
// The store's transactions: what people do, what the hub says, what the clock brings, and the daemon's beginning and end.
#include "base/require.hpp"
#include "edge/database/replica.hpp"
#include "edge/local_api/commands.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "tests/faults/points/cases.hpp"

namespace vitrine::faults {

using namespace sync;
using namespace sync::protocol;
using edge::local_api::CartAction;
using edge::local_api::Desk;
namespace {

std::optional<Error> error_of(const std::optional<Result<CartId>>& answer) {
  return answer && !*answer ? std::optional(answer->error()) : std::nullopt;
}

Work cart_action(int number, CartAction::What what, const std::string& cart = cart_one, const std::string& sku = "SKU3") {
  CartAction action;
  action.request = request(number);
  action.device = "kiosk-1";
  action.cart.text = cart;
  action.what = what;
  action.sku.text = sku;
  action.line = "SKU1";
  action.units = 2;
  if (what != CartAction::What::add) action.shown = {DotId{cart + ".0"}};
  return [action](Desk& desk) { return edge::local_api::act(desk, action); };
}

Work move_between_carts(int number, Nature nature) {
  return [number, nature](Desk& desk) -> Result<CartId> {
    ends::LocalAction action;
    action.id = request(number);
    action.nature = nature;
    action.actor = "kiosk-1";
    action.operations.push_back(
        encode_cart_operation(CartId{cart_one}, rules::CartDecrease{"SKU1", {DotId{cart_one + ".0"}}, 1, std::nullopt}));
    action.operations.push_back(encode_cart_operation(CartId{cart_two}, rules::CartAdd{Sku{"SKU1"}, 1, "kiosk", desk.store, {}}));
    ends::Performed done = desk.end.perform(action, desk.now);
    if (done.what == ends::Performance::refused) return fail(done.reason, "refused");
    desk.performed = done.what == ends::Performance::done;
    if (desk.performed) desk.effects = std::move(done.effects);
    return CartId{cart_one};
  };
}

Work mark_coupon(int number, bool on) {
  return [number, on](Desk& desk) -> Result<CartId> {
    ends::LocalAction action;
    action.id = request(number);
    action.actor = "kiosk-1";
    action.operations.push_back(encode_cart_operation(CartId{cart_one}, rules::CartCoupon{"SAVE10", on}));
    ends::Performed done = desk.end.perform(action, desk.now);
    if (done.what == ends::Performance::refused) return fail(done.reason, "refused");
    desk.performed = done.what == ends::Performance::done;
    if (desk.performed) desk.effects = std::move(done.effects);
    return CartId{cart_one};
  };
}

template <class M>
const M* to_store(const Letter& letter, const std::string& store = "harbour-street") {
  const auto* message = std::get_if<HubMessage>(&letter.message);
  return message != nullptr && letter.store == store ? std::get_if<M>(message) : nullptr;
}

void put_at_hub(World& world, const std::vector<std::pair<DocumentKey, std::optional<std::string>>>& documents) {
  world.hub.transact([&](hub::Desk& desk) {
    for (const auto& [key, body] : documents) {
      if (body) {
        desk.end.put(key, *body, desk.now);
      } else {
        desk.end.remove(key, desk.now);
      }
    }
  });
}

void act_at_hub(World& world, int number, const std::string& cart, const rules::CartOperation& operation) {
  world.hub.transact([&](hub::Desk& desk) {
    desk.end.perform({request(number), "phone", {encode_cart_operation(CartId{cart}, operation)}}, desk.now);
  });
}

std::string stock(int i, int on_hand) {
  return R"({"store":"harbour-street","sku":"SKU)" + std::to_string(i) + R"(","on_hand":)" + std::to_string(on_hand) +
         R"(,"aisle":")" + std::string(700, 'y') + "\"}";
}

// More than one page of the own stream: the store pulls it, and stages all but the last.
void fill_own_stream(World& world) {
  std::vector<std::pair<DocumentKey, std::optional<std::string>>> all;
  for (int i = 1; i < 10; ++i) all.push_back({{"stock", "harbour-street/SKU" + std::to_string(i)}, stock(i, 7)});
  put_at_hub(world, all);
}

bool own_page(const Letter& letter, bool more) {
  const auto* page = to_store<Page>(letter);
  return page != nullptr && owner_of(page->stream).has_value() && page->more == more;
}

bool shared_page(const Letter& letter, const std::string& stream, bool fill, bool more) {
  const auto* page = to_store<Page>(letter);
  return page != nullptr && page->stream.text == stream && page->fill.has_value() == fill && page->more == more;
}

// A store that has nothing yet greets a hub that has everything.
void begin_anew(World& world) {
  world.first.end();
  world.first.disk().restore(Disk());
  const auto failed = world.restart();
  require(!failed, "an empty store starts");
}

void add_people_cases(std::vector<Case>& all) {
  using What = CartAction::What;
  all.push_back(asked_in_store("add", cart_action(1, What::add)));
  all.push_back(asked_in_store("decrease", cart_action(2, What::decrease)));
  all.push_back(asked_in_store("remove", cart_action(3, What::remove)));
  all.push_back(asked_in_store("pass, cart not here", [](Desk&) -> Result<CartId> { return fail("unset", ""); }));
  all.back().act = [](World& world) {
    return error_of(world.first.ask(
        [&](Desk& desk) { return edge::local_api::open_pass(desk, {request(4), "kiosk-1", world.pass_text(), std::nullopt}); }));
  };
  all.push_back(asked_in_store("two carts, intent", move_between_carts(5, Nature::intent)));
  all.push_back(asked_in_store("two carts, fact", move_between_carts(6, Nature::fact)));
  all.push_back(asked_in_store("coupon put on", mark_coupon(8, true)));
  all.push_back(
      asked_in_store("coupon taken off", mark_coupon(9, false), [](World& world) { world.first.ask(mark_coupon(10, true)); }));
  all.push_back(asked_in_store("repeated request", cart_action(7, What::add),
                               [](World& world) { world.first.ask(cart_action(7, What::add)); }));
  all.back().may_stay = true;
  all.push_back(asked_in_store("add behind nine that wait", cart_action(30, What::add), [](World& world) {
    world.first.step(edge::daemon::HubDisconnected{});
    world.forget_letters("harbour-street");
    for (int i = 20; i < 29; ++i) world.first.ask(cart_action(i, What::add, i % 2 == 0 ? cart_one : cart_two));
  }));
  all.push_back(asked_in_store("add, and the log goes into the database", cart_action(90, What::add), [](World& world) {
    world.first.step(edge::daemon::HubDisconnected{});
    // SQLite's frames; the build for tests empties the log at 24.
    constexpr std::size_t frame = 4096 + 24;
    for (int i = 70; world.first.disk().contents("store.db-wal").size() < 19 * frame; ++i) {
      world.first.ask(cart_action(i, What::add));
    }
  }));
  Case link = asked_in_store("link switch", {});
  link.asked = false;
  link.act = [](World& world) {
    std::optional<Error> failed;
    world.first.step(edge::daemon::SwitchLink{true, [&](const Result<void>& answer) {
                                                if (world.first.disk().dark()) return;
                                                if (answer) ++world.left;
                                                if (!answer) failed = answer.error();
                                              }});
    return failed;
  };
  all.push_back(link);
}

void add_heard_cases(std::vector<Case>& all) {
  using What = CartAction::What;
  const auto nothing = [](World&) {};
  const auto reconnect = [](World& world) {
    world.first.step(edge::daemon::HubDisconnected{});
    world.forget_letters("harbour-street");
    world.first.step(edge::daemon::HubConnected{});
  };
  const auto add = [](World& world) { world.first.ask(cart_action(40, What::add)); };
  all.push_back(comes("welcome", false, reconnect, [](const Letter& letter) { return to_store<Welcome>(letter) != nullptr; }));
  all.push_back(
      comes("beat answer", false, nothing, [](const Letter& letter) { return to_store<BeatAnswer>(letter) != nullptr; }));
  all.push_back(comes("heads", false, nothing, [](const Letter& letter) { return to_store<Heads>(letter) != nullptr; }));
  all.push_back(comes("applied", false, add, [](const Letter& letter) { return to_store<OpsApplied>(letter) != nullptr; }));
  all.push_back(comes("own page with ack", false, add, [](const Letter& letter) { return own_page(letter, false); }));
  all.push_back(comes(
      "own page, tombstone", false,
      [](World& world) {
        put_at_hub(world, {{{"cart", cart_two}, std::nullopt}, {{"stock", "harbour-street/SKU1"}, std::nullopt}});
      },
      [](const Letter& letter) { return own_page(letter, false); }));
  all.push_back(comes(
      "own page, removal and companion", false,
      [](World& world) { act_at_hub(world, 41, cart_one, rules::CartAssign{std::nullopt, StoreId{"mill-lane"}}); },
      [](const Letter& letter) { return own_page(letter, false); }));
  all.push_back(comes("own page staged", false, fill_own_stream, [](const Letter& letter) { return own_page(letter, true); }));
  all.push_back(comes("staged pages enter", false, fill_own_stream,
                      [](const Letter& letter) { return own_page(letter, false) && to_store<Page>(letter)->from > 0; }));
  all.push_back(comes(
      "shared page pushed", false,
      [](World& world) { put_at_hub(world, {{{"product", "SKU5"}, R"({"sku":"SKU5","title":{"en":"New"}})"}}); },
      [](const Letter& letter) { return shared_page(letter, "catalog", false, false); }));
  all.push_back(comes(
      "shared page, tombstone", false, [](World& world) { put_at_hub(world, {{{"product", "SKU6"}, std::nullopt}}); },
      [](const Letter& letter) { return shared_page(letter, "catalog", false, false); }));
  all.push_back(
      comes("fill page", false, begin_anew, [](const Letter& letter) { return shared_page(letter, "catalog", true, true); }));
  all.push_back(
      comes("fill ends", false, begin_anew, [](const Letter& letter) { return shared_page(letter, "catalog", true, false); }));
  all.push_back(comes("own stream fills", false, begin_anew, [](const Letter& letter) { return own_page(letter, false); }));
  all.push_back(comes(
      "batch refused", false,
      [](World& world) {
        const auto token = [&](hub::Desk& desk) { desk.authority.put_token(StoreId{"harbour-street"}, "another"); };
        world.hub.transact(token);
        world.first.ask(cart_action(42, What::add));
      },
      [](const Letter& letter) { return to_store<OpsRefused>(letter) != nullptr; }));
  for (Case& one : all) {
    if (one.name == "heads" || one.name == "beat answer") one.may_stay = true;
  }
}

void add_daemon_cases(std::vector<Case>& all) {
  Case one;
  one.before = [] { return World::quiet(); };
  one.name = "connected";
  one.act = [](World& world) {
    world.first.step(edge::daemon::HubConnected{});
    return std::optional<Error>();
  };
  one.may_stay = true;
  all.push_back(one);
  one.name = "disconnected";
  one.act = [](World& world) {
    world.first.step(edge::daemon::HubDisconnected{});
    return std::optional<Error>();
  };
  all.push_back(one);
  one.name = "clock: beat due";
  one.act = [](World& world) {
    world.wait(15'001);
    world.first.step(std::nullopt);
    return std::optional<Error>();
  };
  all.push_back(one);
  one.name = "search caught up";
  one.before = [] {
    auto world = World::quiet();
    put_at_hub(*world, {{{"product", "SKU5"}, R"({"sku":"SKU5","title":{"en":"New"}})"}});
    require(world->converge(), "a new product arrives");
    return world;
  };
  one.act = [](World& world) {
    world.first.step(edge::daemon::SearchReached{1'000});
    return std::optional<Error>();
  };
  one.may_stay = false;
  all.push_back(one);
  one.name = "daemon ends";
  one.process = true;
  one.before = [] {
    auto world = World::quiet();
    for (int i = 50; i < 56; ++i) world->first.ask(cart_action(i, CartAction::What::add));
    return world;
  };
  one.act = [](World& world) {
    world.first.end();
    return std::optional<Error>();
  };
  one.may_stay = true;
  all.push_back(one);
  one.name = "daemon starts after a kill";
  one.before = [] {
    auto world = World::quiet();
    for (int i = 60; i < 66; ++i) world->first.ask(cart_action(i, CartAction::What::add));
    world->first.disk().power_cut({.keep = PowerCut::Keep::all});
    world->first.end();
    return world;
  };
  one.act = [](World& world) { return world.first.start(); };
  all.push_back(one);
  one.name = "first start, all migrations";
  one.before = [] {
    auto world = World::quiet();
    world->first.end();
    world->first.disk().restore(Disk());
    return world;
  };
  one.may_stay = false;
  one.one_commit = false;
  all.push_back(one);
}

}  // namespace

std::vector<Case> store_cases() {
  std::vector<Case> all;
  add_people_cases(all);
  add_heard_cases(all);
  add_daemon_cases(all);
  return all;
}

}  // namespace vitrine::faults
