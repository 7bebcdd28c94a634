// SPDX-License-Identifier: Apache-2.0
// Transactions on orders and stock: what staff do in a store, with the movements of goods that belong to it, and what the hub
// does.
#include "base/require.hpp"
#include "edge/local_api/order_commands.hpp"
#include "edge/local_api/returns.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/receipt_codec.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "tests/faults/points/cases.hpp"

namespace vitrine::faults {

using namespace sync;
using namespace sync::protocol;
using edge::local_api::Desk;
using edge::local_api::OrderAction;

namespace {

const OrderId order_one{std::string(order_here)};

Work works_on(int number, rules::OrderOperation operation) {
  return [number, operation](Desk& desk) -> Result<CartId> {
    const auto done = edge::local_api::act(desk, {request(number), "counter-1", order_one, operation, true});
    if (!done) return std::unexpected(done.error());
    return CartId{done->text};
  };
}

Work on_shelf(int number, Nature nature, rules::StockOperation operation) {
  return [number, nature, operation](Desk& desk) -> Result<CartId> {
    ends::LocalAction action{request(number), nature, "counter-1", {encode_stock_operation(desk.store, Sku{"SKU1"}, operation)}};
    ends::Performed done = desk.end.perform(action, desk.now);
    if (done.what == ends::Performance::refused) return fail(done.reason, "refused");
    desk.performed = done.what == ends::Performance::done;
    if (desk.performed) desk.effects = std::move(done.effects);
    return CartId{"shelf"};
  };
}

Work takes_back(int number, const std::string& purchase, std::int64_t units) {
  return [number, purchase, units](Desk& desk) -> Result<CartId> {
    const edge::local_api::Surroundings around{desk.store, "uk", "uk", "crash points", {}, desk.end.hub_time(desk.now.utc)};
    edge::local_api::TakeBack asked;
    asked.request = request(number);
    asked.device = "counter-1";
    asked.purchase = purchase;
    asked.lines = {{1, units}};
    asked.reason = asked.condition = "damaged";
    const auto done = edge::local_api::take_back(desk, around, asked);
    if (!done) return std::unexpected(done.error());
    return CartId{*done};
  };
}

// A shopper has what is in the cart sent home: its units leave it, and the order is there, together.
Work orders(int number) {
  return [number](Desk& desk) {
    const OrderId order{"K7Q2"};
    ends::LocalAction action{request(number), Nature::intent, "kiosk-1", {}};
    const rules::CartOrder takes{order, {{"SKU1", DotId{cart_one + ".0"}, 1}}, std::nullopt};
    const rules::OrderAsk asks{desk.store, CartId{cart_one}, desk.now.utc, "kiosk", "GBP", 295, {{1, Sku{"SKU1"}, 1, 295}}};
    action.operations = {encode_cart_operation(CartId{cart_one}, takes), encode_order_operation(order, asks)};
    return performs(action)(desk);
  };
}
void ordered(World& world) { must(world, orders(208)); }

const ReceiptId paper{"BCDFGHJKMNPQ"};

// As a till is paid: the goods leave, and the receipt is there.
Work sells(int number) {
  return [number](Desk& desk) {
    ends::LocalAction action{request(number), Nature::fact, "till-1", {}};
    const UtcMs until = desk.now.utc.plus(86'400'000);
    action.operations = {
        encode_stock_operation(desk.store, Sku{"SKU1"}, rules::StockMove{-2, rules::MoveReason::sale, "t1"}),
        encode_receipt_operation(paper, rules::ReceiptSell{desk.store, "GBP", until, {{1, Sku{"SKU1"}, 2, 590}}})};
    return performs(action)(desk);
  };
}

const rules::LineUnits two_of_one{1, 2};
const StoreId here{"harbour-street"};
const ReservationId promise{std::string(32, '6')};

void picked(World& world) { must(world, works_on(201, rules::OrderPicked{1, 3, 0})); }
void staged(World& world) {
  picked(world);
  must(world, works_on(202, rules::OrderStage{"A1"}));
}
void handed_over(World& world) {
  staged(world);
  must(world, works_on(203, rules::OrderHandOver{here, {two_of_one}, "staff", false}));
}
void sold(World& world) { must(world, sells(205)); }
void came_back(World& world) {
  sold(world);
  must(world, takes_back(206, paper.text, 1));
  must(world, takes_back(207, paper.text, 1));
}
void at_hub_too(World& world) {
  came_back(world);
  require(world.converge(), "what came back is at the hub");
}
void promised(World& world) {
  const UtcMs until = world.now().utc.plus(3'600'000);
  must(world,
       on_shelf(204, Nature::intent, rules::StockReserve{promise, 2, until, "cart/one", RightId{std::string(right_here)}}));
}

void add_store_cases(std::vector<Case>& all) {
  const RightId right{std::string(right_here)};
  all.push_back(asked_in_store("order: a line is marked", works_on(210, rules::OrderPick{{1, 2}, "Sam"})));
  all.push_back(asked_in_store("order: picked", works_on(211, rules::OrderPicked{1, 2, 1})));
  all.push_back(asked_in_store("order: staged", works_on(212, rules::OrderStage{"A1"}), picked));
  all.push_back(asked_in_store("order: handed over, and goods move",
                               works_on(213, rules::OrderHandOver{here, {two_of_one}, "staff", false}), staged));
  all.push_back(asked_in_store("order: returned, and goods move", takes_back(214, std::string(order_here), 2), handed_over));
  all.push_back(asked_in_store("receipt: sold, and goods move", sells(221)));
  all.push_back(asked_in_store("receipt: returned, with its ticket", takes_back(222, paper.text, 1), sold));
  all.push_back(asked_in_store("order: asked for out of a cart, to be sent home", orders(223)));
  all.push_back(comes("a batch with an order that is asked for", true, ordered, is_batch));
  all.push_back(asked_in_store("order: given up", works_on(215, rules::OrderRelease{"no_show"}), staged));
  all.push_back(asked_in_store("stock: moved", on_shelf(216, Nature::fact, rules::StockMove{-2, rules::MoveReason::sale, "t1"})));
  all.push_back(asked_in_store("stock: counted", on_shelf(217, Nature::fact, rules::StockCount{9, -1})));
  all.push_back(asked_in_store("stock: promised by a right", [right](Desk& desk) {
    const UtcMs until{1'763'900'000'000};
    return on_shelf(218, Nature::intent,
                    rules::StockReserve{ReservationId{std::string(32, '5')}, 2, until, "cart/one", right})(desk);
  }));
  all.push_back(asked_in_store("stock: a promise's goods leave",
                               on_shelf(219, Nature::fact, rules::StockPost{promise, 2, rules::MoveReason::hand_over, "order"}),
                               promised));
  all.push_back(
      asked_in_store("stock: a promise is given back", on_shelf(220, Nature::intent, rules::StockRelease{promise}), promised));
  all.push_back(comes("own page with order and stock", false, handed_over, is_own_page));
  all.push_back(comes("own page with receipt", false, came_back, is_own_page));
}

void add_hub_cases(std::vector<Case>& all) {
  const auto on_order = [](int number, const rules::OrderOperation& operation) {
    return said_online(number, encode_order_operation(order_one, operation));
  };
  const auto on_stock = [](int number, const rules::StockOperation& operation) {
    return said_online(number, encode_stock_operation(here, Sku{"SKU1"}, operation));
  };
  const UtcMs until{1'765'000'000'000};
  all.push_back(asked_of_hub("order paid", on_order(230, rules::OrderPay{700})));
  all.push_back(asked_of_hub("order refunded", on_order(231, rules::OrderRefund{{two_of_one}})));
  all.push_back(asked_of_hub("order cancelled", on_order(232, rules::OrderCancel{"asked"})));
  all.push_back(asked_of_hub("order leased", on_order(233, rules::OrderLease{until})));
  all.push_back(asked_of_hub("units lent", on_stock(234, rules::StockLend{RightId{std::string(right_here)}, 9, until})));
  all.push_back(asked_of_hub("units promised", on_stock(235, rules::StockReserve{ReservationId{std::string(32, '4')}, 3, until,
                                                                                 "order/web", std::nullopt})));
  all.push_back(asked_of_hub("a return is decided",
                             said_online(236, encode_receipt_operation(paper, rules::ReceiptResolve{request(206), "refund"})),
                             at_hub_too));
  all.push_back(comes("batch: sold to back", true, came_back, is_batch));
  all.push_back(comes("batch: picked to handed over", true, handed_over, is_batch));
  all.push_back(comes("batch: promised", true, promised, is_batch));
}

}  // namespace

std::vector<Case> goods_cases() {
  std::vector<Case> all;
  add_store_cases(all);
  add_hub_cases(all);
  return all;
}

}  // namespace vitrine::faults
