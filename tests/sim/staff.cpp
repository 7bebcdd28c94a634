// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/staff.hpp"

#include "tests/sim/world_facts.hpp"

namespace vitrine::sim {

namespace {

constexpr std::size_t orders_count = 4;
constexpr std::int64_t long_ms = 36'000'000;  // no promise runs out within a schedule

std::string order_name(std::size_t number) { return "400" + std::to_string(number); }

SeenOperation operation(const char* collection, std::string document, std::string kind, std::string body) {
  SeenOperation seen;
  seen.collection = collection;
  seen.document = std::move(document);
  seen.kind = std::move(kind);
  seen.body = std::move(body);
  return seen;
}

SeenOperation of_order(const std::string& order, const char* kind, std::string body) {
  return operation("order", order, std::string("order.") + kind, std::move(body));
}
SeenOperation of_stock(const std::string& shelf, const char* kind, std::string body) {
  return operation("stock", shelf, std::string("stock.") + kind, std::move(body));
}

std::string num(std::int64_t value) { return std::to_string(value); }

struct Units {
  std::int64_t line = 1;
  std::int64_t n = 1;
  explicit Units(Dice& dice) : line(dice.between(1, 2)), n(dice.between(1, 2)) {}
  [[nodiscard]] std::string json() const { return R"("lines":[{"line":)" + num(line) + R"(,"n":)" + num(n) + "}]"; }
};

std::string placing(std::size_t store, std::int64_t revision, Dice& dice) {
  std::string lines;
  for (int line = 1; line <= 2; ++line) {
    lines += std::string(line == 1 ? "" : ",") + R"({"line":)" + num(line) + R"(,"sku":"STK0","n":)" + num(dice.between(1, 4)) +
             R"(,"unit_price":)" + num(dice.between(100, 400)) + "}";
  }
  return R"({"revision":)" + num(revision) + R"(,"placed_at":)" + num(began_utc_ms) +
         R"(,"channel":"web","currency":"GBP","store":")" + store_name(store) + R"(","code":"123456","lines":[)" + lines + "]}";
}

constexpr std::size_t receipts_count = 2;
std::string paper_of(std::size_t number) { return "BCDFGHJKMNP" + num(2 + static_cast<std::int64_t>(number)); }
SeenOperation of_receipt(const std::string& paper, const char* kind, std::string body) {
  return operation("receipt", paper, std::string("receipt.") + kind, std::move(body));
}

SeenOperation sale(const std::string& paper, const std::string& store, Dice& dice) {
  std::string lines;
  for (int line = 1; line <= 2; ++line) {
    lines += std::string(line == 1 ? "" : ",") + R"({"line":)" + num(line) + R"(,"sku":"STK0","n":)" + num(dice.between(1, 4)) +
             R"(,"paid":)" + num(dice.between(100, 900)) + "}";
  }
  return of_receipt(paper, "sell",
                    R"({"store":")" + store + R"(","currency":"GBP","kept_until":)" + num(began_utc_ms + 9 * long_ms) +
                        R"(,"lines":[)" + lines + "]}");
}

SeenOperation shelf_moves(std::size_t store, std::int64_t units, const char* reason) {
  return of_stock(shelf_of(store, 0), "move",
                  R"({"units":)" + num(units) + R"(,"reason":")" + reason + R"(","reference":"order"})");
}

}  // namespace

std::optional<Staff::Wanted> Staff::think(const Step& step, Dice& dice) {
  switch (step.deed) {
    case Deed::hub_order:
      return order_at_hub(dice);
    case Deed::store_order:
      return order_at_store(step.store, dice);
    case Deed::hub_stock:
      return stock_at_hub(dice);
    default:
      return stock_at_store(step.store, dice);
  }
}

std::optional<Staff::Wanted> Staff::order_at_hub(Dice& dice) {
  if (!hub_.alive()) return std::nullopt;
  if (dice.chance(0.25)) {
    if (auto decided = receipt_at_hub(dice)) return decided;
  }
  const std::size_t number = dice.below(orders_count);
  const std::string id = order_name(number);
  const std::size_t store = number % stores_;
  const auto document = hub_.watcher()->document("order", id);
  const auto order = document && document->body ? eyes_.order(*document->body) : std::nullopt;
  if (!order) return Wanted{std::nullopt, false, {of_order(id, "place", placing(store, 1, dice))}};
  const auto one = [&]() -> SeenOperation {
    switch (dice.below(14)) {
      case 0:
      case 1:
      case 2:
        return of_order(id, "pay", R"({"minor":)" + num(dice.between(100, 2'000)) + "}");
      case 3:
      case 4:
      case 5:
      case 6:
        return of_order(id, "refund", "{" + Units(dice).json() + "}");
      case 7:
        return of_order(id, "cancel", R"({"reason":"asked"})");
      case 8:
        return of_order(
            id, "lease",
            R"({"until":)" + num(hub_.now().utc.value + (dice.chance(0.5) ? long_ms : dice.between(5'000, 40'000))) + "}");
      case 9:
      case 10:
        return of_order(id, "place", placing(store, order->revision + 1, dice));
      case 11:
        return of_order(id, "place", placing(store, std::max<std::int64_t>(1, order->revision - 1), dice));
      case 12:
        return of_order(id, "resolve", R"({"exception":"handed_over_after_cancel","how":"kept"})");
      default:
        return of_order(id, "arrive", R"({"place":"car park"})");
    }
  };
  return Wanted{std::nullopt, false, {one()}};
}

std::size_t Staff::place_of(std::size_t box) const {
  std::size_t place = 0;
  while (boxes_.at(place)->store() != boxes_.at(box)->store()) ++place;
  return place;
}

std::optional<Staff::Wanted> Staff::order_at_store(std::size_t store, Dice& dice) {
  Watcher* watcher = boxes_.at(store)->watcher();
  if (watcher == nullptr) return std::nullopt;
  if (dice.chance(0.4)) return receipt_at_store(store, dice);
  std::vector<std::string> here;
  for (std::size_t number = 0; number < orders_count; ++number) {
    if (watcher->shown("order", order_name(number)).body) here.push_back(order_name(number));
  }
  if (here.empty()) return stock_at_store(store, dice);
  const std::string& id = here[dice.below(here.size())];
  const Units units(dice);
  const std::size_t place = place_of(store);
  const std::string named = R"("store":")" + store_name(place) + R"(",)";
  Wanted wanted{store, true, {}};
  const auto say = [&](const char* kind, std::string body) { wanted.operations.push_back(of_order(id, kind, std::move(body))); };
  switch (dice.below(12)) {
    case 0:
      say("pick", R"({"lines":[1],"who":"Sam"})");
      break;
    case 1:
    case 2:
      say("picked",
          R"({"line":)" + num(units.line) + R"(,"n":)" + num(units.n) + R"(,"missing":)" + num(dice.between(0, 1)) + "}");
      break;
    case 3:
      say("stage", R"({"place":"A1"})");
      break;
    case 4:
      say("arrive", R"({"place":"kiosk"})");
      break;
    case 5:
    case 6:
      say("hand_over", "{" + named + units.json() + R"(,"proof":"staff"})");
      wanted.operations.push_back(shelf_moves(place, -units.n, "hand_over"));
      break;
    case 7:
      say("refuse", "{" + named + units.json() + R"(,"reason":"not_wanted"})");
      break;
    case 8:
      say("hold", R"({"until":)" + num(began_utc_ms + dice.between(1, 9) * long_ms) + R"(,"reminded":true})");
      break;
    case 9:
      say("release", R"({"reason":"no_show"})");
      break;
    case 10: {
      // As the counter takes goods back: with what becomes of them, in one transaction.
      const bool broken = dice.chance(0.5);
      say("return",
          "{" + named + units.json() + R"(,"reason":"not_wanted","condition":")" + (broken ? "damaged" : "resell") + R"("})");
      say("restock", "{" + units.json() + R"(,"written_off":)" + (broken ? "true" : "false") + "}");
      wanted.operations.push_back(shelf_moves(place, units.n, "return"));
      if (broken) wanted.operations.push_back(shelf_moves(place, -units.n, "damage"));
      break;
    }
    default: {
      const bool broken = dice.chance(0.5);
      say("restock", "{" + units.json() + R"(,"written_off":)" + (broken ? "true" : "false") + "}");
      if (broken) wanted.operations.push_back(shelf_moves(place, -units.n, "damage"));
    }
  }
  return wanted;
}

// A till sells, mostly once by each paper; and goods come back anywhere, whoever knows of the sale.
Staff::Wanted Staff::receipt_at_store(std::size_t box, Dice& dice) {
  const std::size_t number = dice.below(receipts_count);
  const std::string paper = paper_of(number);
  const std::size_t place = place_of(box);
  const auto body = boxes_.at(box)->watcher()->shown("receipt", paper).body;
  const auto seen = body ? eyes_.receipt(*body) : std::nullopt;
  const bool sold = seen && !seen->seller.empty();
  if (dice.chance(sold ? 0.1 : 0.6)) return {box, true, {sale(paper, store_name(place), dice), shelf_moves(place, -1, "sale")}};
  const Units units(dice);
  return {box,
          true,
          {of_receipt(
               paper, "return",
               R"({"store":")" + store_name(place) + R"(",)" + units.json() + R"(,"reason":"not_wanted","condition":"resell"})"),
           shelf_moves(place, units.n, "return")}};
}

std::optional<Staff::Wanted> Staff::receipt_at_hub(Dice& dice) {
  const std::string paper = paper_of(dice.below(receipts_count));
  const auto document = hub_.watcher()->document("receipt", paper);
  const auto receipt = document && document->body ? eyes_.receipt(*document->body) : std::nullopt;
  if (!receipt || receipt->backs.empty()) return std::nullopt;
  const auto& back = receipt->backs[dice.below(receipt->backs.size())];
  return Wanted{
      std::nullopt,
      false,
      {of_receipt(paper, "resolve",
                  R"({"return":")" + back.transaction + R"(","how":")" + (dice.chance(0.5) ? "refund" : "no_refund") + "\"}")}};
}

// One that stands, one that has ended, or one that nobody knows.
std::string Staff::some_promise(const ModelStock& stock, Dice& dice) {
  const auto any_of = [&](const auto& map) {
    auto one = map.begin();
    std::advance(one, static_cast<std::ptrdiff_t>(dice.below(map.size())));
    return one->first;
  };
  const std::uint64_t which = dice.below(8);
  if (which < 5 && !stock.promises.empty()) return any_of(stock.promises);
  if (which < 7 && !stock.ended.empty()) return any_of(stock.ended);
  return hex_128(ids_.draw(), ids_.draw());
}

std::optional<Staff::Wanted> Staff::stock_at_hub(Dice& dice) {
  if (!hub_.alive()) return std::nullopt;
  const std::string shelf = shelf_of(dice.below(stores_), dice.below(shelf_count));
  const auto document = hub_.watcher()->document("stock", shelf);
  const auto stock = document && document->body ? eyes_.stock(*document->body) : std::nullopt;
  if (!stock) return std::nullopt;
  const std::string until = num(began_utc_ms + long_ms);
  const auto one = [&]() -> SeenOperation {
    switch (dice.below(5)) {
      case 0:
      case 1: {
        const std::string right = stock->lent ? stock->lent->id : hex_128(ids_.draw(), ids_.draw());
        const std::int64_t units = (stock->lent ? stock->lent->units : 0) + dice.between(1, 4);
        return of_stock(shelf, "lend", R"({"right":")" + right + R"(","units":)" + num(units) + R"(,"until":)" + until + "}");
      }
      case 2:
      case 3:
        return of_stock(shelf, "reserve",
                        R"({"reservation":")" + hex_128(ids_.draw(), ids_.draw()) + R"(","units":)" + num(dice.between(1, 5)) +
                            R"(,"until":)" + until + R"(,"for":"order/web"})");
      default:
        return of_stock(shelf, "release", R"({"reservation":")" + some_promise(*stock, dice) + "\"}");
    }
  };
  return Wanted{std::nullopt, false, {one()}};
}

std::optional<Staff::Wanted> Staff::stock_at_store(std::size_t store, Dice& dice) {
  Watcher* watcher = boxes_.at(store)->watcher();
  if (watcher == nullptr) return std::nullopt;
  const std::string shelf = shelf_of(place_of(store), dice.below(shelf_count));
  const auto body = watcher->shown("stock", shelf).body;
  const auto stock = body ? eyes_.stock(*body) : std::nullopt;
  if (!stock) return std::nullopt;
  switch (dice.below(9)) {
    case 0:
    case 1:
      return Wanted{
          store,
          true,
          {of_stock(shelf, "move", R"({"units":)" + num(dice.between(-4, 3)) + R"(,"reason":"sale","reference":"ticket"})")}};
    case 2:
      return Wanted{store,
                    true,
                    {of_stock(shelf, "count",
                              R"({"counted":)" + num(dice.between(0, 12)) + R"(,"moved":)" + num(dice.between(-2, 2)) + "}")}};
    case 3:
    case 4:
      return Wanted{store,
                    true,
                    {of_stock(shelf, "post",
                              R"({"reservation":")" + some_promise(*stock, dice) + R"(","units":)" + num(dice.between(1, 2)) +
                                  R"(,"reason":"hand_over","reference":"order"})")}};
    case 5:
      return Wanted{store, false, {of_stock(shelf, "release", R"({"reservation":")" + some_promise(*stock, dice) + "\"}")}};
    default: {
      const std::string right = stock->lent ? stock->lent->id : hex_128(1, 2);
      return Wanted{
          store,
          false,
          {of_stock(shelf, "reserve",
                    R"({"reservation":")" + hex_128(ids_.draw(), ids_.draw()) + R"(","units":)" + num(dice.between(1, 3)) +
                        R"(,"until":)" + num(began_utc_ms + long_ms) + R"(,"for":"cart/one","right":")" + right + "\"}")}};
    }
  }
}

}  // namespace vitrine::sim
