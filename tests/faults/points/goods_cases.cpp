// SPDX-License-Identifier: Apache-2.0
// Transactions on orders and stock: what staff do in a store, with the movements of goods that belong to it, and what the hub
// does.
#include "base/require.hpp"
#include "edge/local_api/order_commands.hpp"
#include "edge/local_api/returns.hpp"
#include "sync/protocol/order_codec.hpp"
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

Work takes_back(int number) {
  return [number](Desk& desk) -> Result<CartId> {
    const edge::local_api::Surroundings around{desk.store, "uk", "uk", "crash points", {}, desk.end.hub_time(desk.now.utc)};
    edge::local_api::TakeBack asked;
    asked.request = request(number);
    asked.device = "counter-1";
    asked.purchase = order_here;
    asked.lines = {{1, 2}};
    asked.reason = asked.condition = "damaged";
    const auto done = edge::local_api::take_back(desk, around, asked);
    if (!done) return std::unexpected(done.error());
    return CartId{*done};
  };
}

void must(World& world, const Work& work) {
  const auto done = world.first.ask(work);
  require(done && *done, done && !*done ? done->error().message : "what comes before a case is answered");
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
void promised(World& world) {
  const UtcMs until = world.now().utc.plus(3'600'000);
  must(world,
       on_shelf(204, Nature::intent, rules::StockReserve{promise, 2, until, "cart/one", RightId{std::string(right_here)}}));
}

std::function<void(hub::Desk&)> performing(int number, Operation operation) {
  return [number, operation](hub::Desk& desk) { desk.end.perform({request(number), "platform", {operation}}, desk.now); };
}

template <class M>
bool is_batch(const Letter& letter) {
  const auto* message = std::get_if<StoreMessage>(&letter.message);
  return message != nullptr && letter.store == here.text && std::holds_alternative<M>(*message);
}

bool is_own_page(const Letter& letter) {
  const auto* message = std::get_if<HubMessage>(&letter.message);
  const auto* page = message == nullptr ? nullptr : std::get_if<Page>(message);
  return page != nullptr && letter.store == here.text && page->stream.text == "store." + here.text && !page->more;
}

void add_store_cases(std::vector<Case>& all) {
  const RightId right{std::string(right_here)};
  all.push_back(asked_in_store("order: a line is marked", works_on(210, rules::OrderPick{{1, 2}, "Sam"})));
  all.push_back(asked_in_store("order: picked", works_on(211, rules::OrderPicked{1, 2, 1})));
  all.push_back(asked_in_store("order: staged", works_on(212, rules::OrderStage{"A1"}), picked));
  all.push_back(asked_in_store("order: handed over, and goods move",
                               works_on(213, rules::OrderHandOver{here, {two_of_one}, "staff", false}), staged));
  all.push_back(asked_in_store("order: returned, and goods move", takes_back(214), handed_over));
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
}

void add_hub_cases(std::vector<Case>& all) {
  const auto on_order = [](int number, const rules::OrderOperation& operation) {
    return performing(number, encode_order_operation(order_one, operation));
  };
  const auto on_stock = [](int number, const rules::StockOperation& operation) {
    return performing(number, encode_stock_operation(here, Sku{"SKU1"}, operation));
  };
  const UtcMs until{1'765'000'000'000};
  all.push_back(asked_of_hub("order paid", on_order(230, rules::OrderPay{700})));
  all.push_back(asked_of_hub("order refunded", on_order(231, rules::OrderRefund{{two_of_one}})));
  all.push_back(asked_of_hub("order cancelled", on_order(232, rules::OrderCancel{"asked"})));
  all.push_back(asked_of_hub("order leased", on_order(233, rules::OrderLease{until})));
  all.push_back(asked_of_hub("units lent", on_stock(234, rules::StockLend{RightId{std::string(right_here)}, 9, until})));
  all.push_back(asked_of_hub("units promised", on_stock(235, rules::StockReserve{ReservationId{std::string(32, '4')}, 3, until,
                                                                                 "order/web", std::nullopt})));
  all.push_back(comes("batch: picked to handed over", true, handed_over, is_batch<Ops>));
  all.push_back(comes("batch: promised", true, promised, is_batch<Ops>));
}

}  // namespace

std::vector<Case> goods_cases() {
  std::vector<Case> all;
  add_store_cases(all);
  add_hub_cases(all);
  return all;
}

}  // namespace vitrine::faults
