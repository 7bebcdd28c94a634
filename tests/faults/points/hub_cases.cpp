// SPDX-License-Identifier: Apache-2.0
// The hub's transactions: what stores send, what shoppers and platforms do, and its beginning and end.
#include "base/require.hpp"
#include "edge/local_api/commands.hpp"
#include "hub/database/open.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "tests/faults/points/cases.hpp"

namespace vitrine::faults {

using namespace sync;
using namespace sync::protocol;
using edge::local_api::CartAction;

namespace {

template <class M>
bool to_hub(const Letter& letter) {
  const auto* message = std::get_if<StoreMessage>(&letter.message);
  return message != nullptr && letter.store == "harbour-street" && std::holds_alternative<M>(*message);
}

void act_at_store(World& world, int number, const std::string& cart, CartAction::What what, const std::string& sku = "SKU3") {
  CartAction action;
  action.request = request(number);
  action.device = "kiosk-1";
  action.cart.text = cart;
  action.what = what;
  action.sku.text = sku;
  action.line = "SKU1";
  action.units = 2;
  if (what != CartAction::What::add) action.shown = {DotId{cart + ".0"}};
  world.first.ask([&](edge::local_api::Desk& desk) { return edge::local_api::act(desk, action); });
}

void away(World& world) {
  world.first.step(edge::daemon::HubDisconnected{});
  world.forget_letters("harbour-street");
}

ends::HubAction by_phone(int number, const std::string& cart, const rules::CartOperation& operation) {
  return {request(number), "phone", {encode_cart_operation(CartId{cart}, operation)}};
}

std::function<void(hub::Desk&)> performing(int number, const std::string& cart, rules::CartOperation operation) {
  return [=](hub::Desk& desk) { desk.end.perform(by_phone(number, cart, operation), desk.now); };
}

void add_said_cases(std::vector<Case>& all) {
  using What = CartAction::What;
  const auto back = [](World& world) { world.first.step(edge::daemon::HubConnected{}); };
  all.push_back(comes("hello", true, [back](World& world) { away(world), back(world); }, to_hub<Hello>));
  all.push_back(comes("beat", true, [](World&) {}, to_hub<Beat>));
  all.push_back(comes(
      "pull", true,
      [](World& world) {
        world.hub.transact([](hub::Desk& desk) { desk.end.put({"product", "SKU5"}, R"({"sku":"SKU5"})", desk.now); });
        world.forget_letters("harbour-street");
      },
      to_hub<Pull>));
  all.back().may_stay = true;
  all.push_back(comes("batch of one", true, [](World& world) { act_at_store(world, 101, cart_one, What::add); }, to_hub<Ops>));
  const auto five = [back](World& world) {
    away(world);
    act_at_store(world, 110, cart_one, What::add);
    act_at_store(world, 111, cart_two, What::decrease);
    act_at_store(world, 112, cart_one, What::remove);
    world.first.ask([&](edge::local_api::Desk& desk) {
      return edge::local_api::open_pass(desk, {request(113), "kiosk-1", world.pass_text(), std::nullopt});
    });
    act_at_store(world, 114, cart_phone, What::add);
    back(world);
  };
  all.push_back(comes("batch of five, a pass among them", true, five, to_hub<Ops>));
  all.push_back(comes(
      "batch with a refused intent", true,
      [back](World& world) {
        away(world);
        act_at_store(world, 120, cart_two, What::add);
        act_at_store(world, 121, cart_one, What::add);
        world.hub.transact([](hub::Desk& desk) { desk.end.remove({"cart", cart_one}, desk.now); });
        back(world);
      },
      to_hub<Ops>));
  all.push_back(comes(
      "batch that was applied before", true,
      [](World& world) {
        act_at_store(world, 130, cart_one, What::add);
        const Letter ops = world.until(to_hub<Ops>);
        world.deliver(ops);
        world.forget_letters("harbour-street");  // the answer is lost, and the store sends it again
      },
      to_hub<Ops>));
  all.back().may_stay = true;
}

void add_asked_cases(std::vector<Case>& all) {
  all.push_back(asked_of_hub("phone adds", performing(140, cart_one, rules::CartAdd{Sku{"SKU4"}, 2, "phone", {}, {}})));
  all.push_back(
      asked_of_hub("phone decreases", performing(141, cart_one, rules::CartDecrease{"SKU1", {DotId{cart_one + ".0"}}, 1, {}})));
  all.push_back(
      asked_of_hub("phone removes", performing(142, cart_one, rules::CartRemove{"SKU1", {DotId{cart_one + ".0"}}, {}})));
  all.push_back(
      asked_of_hub("cart goes to another store", performing(143, cart_one, rules::CartAssign{{}, StoreId{"mill-lane"}})));
  all.push_back(asked_of_hub("cart gets an owner", performing(144, cart_two, rules::CartAssign{CustomerId{"amelia"}, {}})));
  all.push_back(asked_of_hub("phone enters a coupon", performing(147, cart_one, rules::CartCoupon{"SAVE10", true})));
  all.push_back(asked_of_hub("cart begins", performing(145, std::string(31, 'd') + "1",
                                                       rules::CartAdd{Sku{"SKU1"}, 1, "phone", StoreId{"mill-lane"}, {}})));
  all.push_back(asked_of_hub(
      "phone repeats", performing(146, cart_one, rules::CartAdd{Sku{"SKU4"}, 2, "phone", {}, {}}),
      [](World& world) { world.hub.transact(performing(146, cart_one, rules::CartAdd{Sku{"SKU4"}, 2, "phone", {}, {}})); }));
  all.back().may_stay = true;
  all.push_back(asked_of_hub("product changes", [](hub::Desk& desk) {
    desk.end.put({"product", "SKU5"}, R"({"sku":"SKU5","gtins":["5000000000055"],"title":{"en":"Changed heart"}})", desk.now);
  }));
  all.push_back(asked_of_hub("product ends", [](hub::Desk& desk) { desk.end.remove({"product", "SKU5"}, desk.now); }));
  all.push_back(asked_of_hub("cart ends", [](hub::Desk& desk) { desk.end.remove({"cart", cart_one}, desk.now); }));
  all.push_back(asked_of_hub("import batch", [](hub::Desk& desk) {
    for (int i = 100; i < 160; ++i) {
      const std::string sku = "NEW" + std::to_string(i);
      desk.end.put({"product", sku}, R"({"sku":")" + sku + R"(","title":{"en":"Thing )" + std::string(300, 'z') + R"("}})",
                   desk.now);
      desk.end.put({"price", "uk/" + sku}, R"({"sku":")" + sku + R"(","zone":"uk","currency":"GBP","entries":[]})", desk.now);
    }
  }));
  all.push_back(asked_of_hub("session and visit", [](hub::Desk& desk) {
    hub::database::SessionHash hash{};
    hash[0] = 7;
    desk.rows.put_session(hash, {CustomerId{"amelia"}, CartId{cart_one}, std::nullopt, desk.now.utc, desk.now.utc});
    desk.rows.put_customer_cart(CustomerId{"amelia"}, CartId{cart_one});
    desk.rows.open_visit(CartId{cart_one}, StoreId{"harbour-street"}, "kiosk-1", desk.now.utc);
  }));
}

void add_process_cases(std::vector<Case>& all) {
  const auto busy = [](World& world) {
    for (int i = 150; i < 156; ++i) {
      world.hub.transact(performing(i, cart_one, rules::CartAdd{Sku{"SKU4"}, 1, "phone", {}, {}}));
    }
  };
  Case one;
  one.at_hub = true;
  one.may_stay = true;
  one.name = "hub ends";
  one.process = true;
  one.before = [busy] {
    auto world = World::quiet();
    busy(*world);
    return world;
  };
  one.act = [](World& world) {
    world.hub.end();
    return std::optional<Error>();
  };
  all.push_back(one);
  one.name = "hub starts after a kill";
  one.before = [busy] {
    auto world = World::quiet();
    busy(*world);
    world->hub.disk().power_cut({.keep = PowerCut::Keep::all});
    world->hub.end();
    return world;
  };
  one.act = [](World& world) { return world.hub.start(); };
  all.push_back(one);
}

}  // namespace

std::vector<Case> hub_cases() {
  std::vector<Case> all;
  add_said_cases(all);
  add_asked_cases(all);
  add_process_cases(all);
  return all;
}

}  // namespace vitrine::faults
