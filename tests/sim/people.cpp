// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/people.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "edge/local_api/commands.hpp"
#include "edge/local_api/people.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/order_codec.hpp"
#include "tests/sim/world_facts.hpp"

namespace vitrine::sim {

using edge::local_api::CartAction;
using edge::local_api::Desk;
using sync::CartId;
using sync::DotId;
using sync::TransactionId;
using sync::rules::CartOperation;

namespace {

constexpr std::size_t hot_carts = 3;
constexpr std::size_t other_carts = 3;
constexpr int tries_max = 12;
constexpr std::size_t passes_kept = 6;

std::vector<std::string> dots_of(const SeenCart& cart, const std::string& line) {
  std::vector<std::string> dots;
  for (const SeenDot& dot : cart.dots) {
    if (dot.line == line && dot.left > 0) dots.push_back(dot.id);
  }
  return dots;
}

std::vector<std::string> lines_of(const SeenCart& cart) {
  std::set<std::string> lines;
  for (const SeenDot& dot : cart.dots) {
    if (dot.left > 0) lines.insert(dot.line);
  }
  return {lines.begin(), lines.end()};
}

std::vector<DotId> ids_of(const std::vector<std::string>& dots) {
  std::vector<DotId> ids;
  for (const std::string& dot : dots) ids.emplace_back(dot);
  return ids;
}

SeenOperation seen_of(const std::string& cart, std::string kind, std::string line, std::int64_t units,
                      std::vector<std::string> shown) {
  SeenOperation seen;
  seen.collection = "cart";
  seen.document = cart;
  seen.kind = std::move(kind);
  seen.sku_or_line = std::move(line);
  seen.units = units;
  seen.shown = std::move(shown);
  return seen;
}

// One of a few that everybody has, or one that the cart has already.
SeenOperation coupon_of(const std::string& cart, const std::vector<std::string>& there, Dice& dice) {
  SeenOperation seen = seen_of(cart, "cart.coupon", "", 0, {});
  seen.on = there.empty() || dice.chance(0.5);
  seen.coupon = seen.on ? "SAVE-" + std::to_string(dice.below(dice.chance(0.2) ? 14 : 3)) : there[dice.below(there.size())];
  return seen;
}

// What any person does, in the product's words.
CartOperation operation_of(const SeenOperation& seen) {
  if (seen.kind == "cart.decrease")
    return sync::rules::CartDecrease{seen.sku_or_line, ids_of(seen.shown), seen.units, std::nullopt};
  if (seen.kind == "cart.remove") return sync::rules::CartRemove{seen.sku_or_line, ids_of(seen.shown), std::nullopt};
  if (seen.kind == "cart.assign") {
    sync::rules::CartAssign assign;
    if (!seen.owner.empty()) assign.owner = sync::CustomerId{seen.owner};
    if (!seen.store.empty()) assign.store = sync::StoreId{seen.store};
    return assign;
  }
  if (seen.kind == "cart.coupon") return sync::rules::CartCoupon{seen.coupon, seen.on};
  if (seen.kind == "cart.order") {
    sync::rules::CartOrder order{sync::OrderId{seen.order}, {}, std::nullopt};
    for (const SeenUnits& one : seen.ordered) order.units.push_back({one.line, DotId{one.dot}, one.units});
    return order;
  }
  sync::rules::CartAdd add;
  add.sku = sync::Sku{seen.sku_or_line};
  add.units = seen.units;
  add.channel = "phone";
  if (!seen.store.empty()) add.store = sync::StoreId{seen.store};
  return add;
}

std::optional<sync::CustomerId> person_in(const SeenOperation& said) {
  if (TalkBook::holds(said.collection)) return sync::CustomerId{customer_of_event(said.document)};
  if (said.collection == "consent") return sync::CustomerId{said.document};
  return std::nullopt;
}

sync::Operation encoded(const SeenOperation& seen) {
  if (seen.collection == "cart" && seen.kind != later_kind)
    return sync::protocol::encode_cart_operation(CartId{seen.document}, operation_of(seen));
  return {{seen.collection, seen.document}, seen.kind, 1, seen.body, ""};
}

}  // namespace

People::People(Street& street, HubBox& hub, std::vector<std::unique_ptr<StoreBox>>& boxes, std::size_t stores, std::uint64_t seed)
    : street_(street),
      hub_(hub),
      boxes_(boxes),
      stores_(stores),
      ids_(seed),
      staff_(hub, boxes, stores, Dice(seed ^ 0x57aff)),
      help_desk_(boxes, Dice(seed ^ 0x4e1b)),
      consent_desk_(hub, boxes),
      activity_desk_(hub, boxes, Dice(seed ^ 0xac71)),
      talk_desk_(hub, boxes, stores, Dice(seed ^ 0x7a1c)) {
  for (std::size_t i = 0; i < hot_carts + other_carts; ++i) carts_.push_back(hex_128(ids_.draw(), ids_.draw()));
  hot_.assign(carts_.begin(), carts_.begin() + hot_carts);
}

void People::act(const Step& planned) {
  Dice dice(planned.seed);
  Step step = planned;
  // Where two boxes stand in one store, people are at either of them.
  if (boxes_.size() > stores_ && boxes_.back()->store() == boxes_.at(step.store)->store() && dice.chance(0.5))
    step.store = boxes_.size() - 1;
  switch (step.deed) {
    case Deed::kiosk_add:
    case Deed::kiosk_decrease:
    case Deed::kiosk_remove:
      return at_kiosk(step, dice);
    case Deed::kiosk_move:
      return move_at_kiosk(step, dice);
    case Deed::kiosk_order:
      return order_at_kiosk(step, dice);
    case Deed::kiosk_pass:
      return pass_at_kiosk(step, dice);
    case Deed::kiosk_new:
      return new_at_kiosk(step, dice);
    case Deed::kiosk_assign:
      return assign_at_kiosk(step, dice);
    case Deed::kiosk_coupon:
      return coupon_at_kiosk(step, dice);
    case Deed::hub_deletes_cart:
    case Deed::hub_changes_goods:
    case Deed::hub_ends_goods:
      return at_platform(step, dice);
    case Deed::hub_order:
    case Deed::store_order:
    case Deed::hub_stock:
    case Deed::store_stock:
      return work(step, dice);
    case Deed::store_help:
      return help(step, dice);
    case Deed::store_consent:
    case Deed::phone_consent:
      return consent(step, dice);
    case Deed::store_activity:
    case Deed::web_activity:
      return activity(step, dice);
    case Deed::store_talk:
    case Deed::web_talk:
      return talk(step, dice);
    default:
      return on_phone(step, dice);
  }
}

void People::remember_for_later(Asked asked) {
  if (++asked.tries > tries_max) return;
  asked.at_ms = street_.now_ms() + 700 + static_cast<std::int64_t>(asked.tries) * 900;
  again_.push_back(std::move(asked));
}

void People::told(const Asked& asked) {
  street_.oracle->confirmed(asked.id);
  street_.trace(hash_of(asked.id));
  for (const SeenOperation& operation : asked.operations) {
    done_.push_back({street_.now_ms(), operation.document, asked.store ? *asked.store + 1 : 0, operation.kind});
  }
}

void People::ask(Asked asked) {
  street_.oracle->attempted(asked.id, asked.store, asked.operations, asked.fact);
  if (!asked.store) {
    if (!hub_.alive()) return remember_for_later(std::move(asked));
    const HubBox::Answer answer = hub_.perform(asked.action, asked.operations);
    if (answer == HubBox::Answer::none) return remember_for_later(std::move(asked));
    if (answer == HubBox::Answer::done) told(asked);
    return;
  }
  StoreBox& box = *boxes_.at(*asked.store);
  if (!box.alive()) return remember_for_later(std::move(asked));
  // A command may still wait for the hub when this person has gone.
  const auto given = std::make_shared<std::optional<Result<CartId>>>();
  box.ask(asked.work, [given](Result<CartId> one) { *given = std::move(one); });
  const std::optional<Result<CartId>>& answer = *given;
  if (!answer) return remember_for_later(std::move(asked));
  if (*answer) return told(asked);
  const std::string& code = answer->error().code;
  if (code == "disk_full") {
    street_.fault_struck(FaultKind::store_disk_full);
    return remember_for_later(std::move(asked));
  }
  if (code == "disk_failed" || code == "database_busy" || code == "busy") return remember_for_later(std::move(asked));
}

void People::tick() {
  std::vector<Asked> due;
  for (auto one = again_.begin(); one != again_.end();) {
    if (one->at_ms <= street_.now_ms()) {
      due.push_back(std::move(*one));
      one = again_.erase(one);
    } else {
      ++one;
    }
  }
  for (Asked& one : due) ask(std::move(one));
}

std::int64_t People::due_ms() const {
  std::int64_t due = std::numeric_limits<std::int64_t>::max();
  for (const Asked& one : again_) due = std::min(due, one.at_ms);
  return due;
}

std::optional<SeenCart> People::on_screen(std::size_t store, const std::string& cart) {
  Watcher* watcher = boxes_.at(store)->watcher();
  if (watcher == nullptr) return std::nullopt;
  const auto seen = watcher->cart(cart);
  if (!seen.body) return std::nullopt;
  return eyes_.cart(*seen.body);
}

std::optional<std::string> People::some_cart(std::size_t store, Dice& dice) {
  Watcher* watcher = boxes_.at(store)->watcher();
  if (watcher == nullptr) return std::nullopt;
  const auto& wanted = dice.chance(0.75) ? hot_ : carts_;
  const std::string& first = wanted[dice.below(wanted.size())];
  if (watcher->cart(first).body) return first;
  const auto all = watcher->carts();
  if (all.empty()) return std::nullopt;
  return all[dice.below(all.size())];
}

// Where the store shows nothing to act on, the same person takes their phone.
void People::at_kiosk(const Step& step, Dice& dice) {
  const auto cart = some_cart(step.store, dice);
  const auto screen = cart ? on_screen(step.store, *cart) : std::nullopt;
  Watcher* watcher = boxes_.at(step.store)->watcher();
  if (!screen || watcher == nullptr) return on_phone(step, dice);
  const std::string id = hex_128(ids_.draw(), ids_.draw());
  CartAction action;
  action.request = TransactionId{id};
  action.device = "kiosk-1";
  action.cart = CartId{*cart};
  const auto lines = lines_of(*screen);
  SeenOperation seen;
  if (step.deed == Deed::kiosk_add || lines.empty()) {
    const bool bulk = dice.chance(0.06);
    const std::string sku = sku_of(bulk ? goods_count - 1 - dice.below(2) : dice.below(goods_count - 2));
    if (!watcher->has_base("product", sku)) return on_phone(step, dice);
    seen = seen_of(*cart, "cart.add", sku, bulk ? dice.between(300, 900) : dice.between(1, 4), {});
    action.what = CartAction::What::add;
    action.sku = sync::Sku{sku};
    action.units = seen.units;
  } else {
    const std::string& line = lines[dice.below(lines.size())];
    const bool remove = step.deed == Deed::kiosk_remove;
    seen =
        seen_of(*cart, remove ? "cart.remove" : "cart.decrease", line, remove ? 0 : dice.between(1, 3), dots_of(*screen, line));
    action.what = remove ? CartAction::What::remove : CartAction::What::decrease;
    action.line = line;
    action.units = seen.units;
    action.shown = ids_of(seen.shown);
  }
  ask({.id = id, .store = step.store, .operations = {seen}, .work = [action](Desk& desk) {
         return edge::local_api::act(desk, action);
       }});
}

// One action on two carts, all or none: what leaves one comes into the other.
void People::move_at_kiosk(const Step& step, Dice& dice) {
  const auto from = some_cart(step.store, dice);
  const auto to = some_cart(step.store, dice);
  const auto screen = from ? on_screen(step.store, *from) : std::nullopt;
  if (!screen || !to || *from == *to) return at_kiosk(step, dice);
  const auto lines = lines_of(*screen);
  if (lines.empty()) return at_kiosk(step, dice);
  const std::string& line = lines[dice.below(lines.size())];
  const std::string into = dice.chance(0.3) ? sku_of(goods_count - 1) : line;
  const std::int64_t units = into == line ? dice.between(1, 3) : dice.between(400, 999);
  const std::vector<SeenOperation> seen = {seen_of(*from, "cart.remove", line, 0, dots_of(*screen, line)),
                                           seen_of(*to, "cart.add", into, units, {})};
  // In the view the whole action may be refused, or not, as the base grows: its lines come and go.
  for (const SeenOperation& one : seen) {
    if (into != line) street_.oracle->store_opened_pass(step.store, one.document);
  }
  perform_at_kiosk(step.store, seen);
}

// What a cart has leaves it for an order, in one action. Sometimes under a number that there is already.
void People::order_at_kiosk(const Step& step, Dice& dice) {
  const auto cart = some_cart(step.store, dice);
  const auto screen = cart ? on_screen(step.store, *cart) : std::nullopt;
  if (!screen || screen->owner.empty()) return at_kiosk(step, dice);
  SeenOperation takes = seen_of(*cart, "cart.order", "", 0, {});
  std::map<std::string, std::int64_t> units;
  for (const SeenDot& dot : screen->dots) {
    if (dot.left <= 0) continue;
    takes.ordered.push_back({dot.line, dot.id, dot.left});
    units[dot.line] += dot.left;
  }
  if (takes.ordered.empty()) return at_kiosk(step, dice);
  const bool again = !last_order_.empty() && dice.chance(0.2);
  takes.order = again ? last_order_ : asked_order + hex_128(ids_.draw(), ids_.draw()).substr(0, 12);
  last_order_ = takes.order;
  sync::rules::OrderAsk ask{
      boxes_.at(step.store)->store(), CartId{*cart}, UtcMs{utc_of(street_.now_ms())}, "kiosk", "GBP", 0, {}};
  for (const auto& [line, count] : units) {
    ask.lines.push_back({static_cast<std::int64_t>(ask.lines.size()) + 1, sync::Sku{line}, count, 100});
    ask.total_minor += count * 100;
  }
  SeenOperation asks;
  asks.collection = "order";
  asks.document = takes.order;
  asks.kind = "order.ask";
  asks.body = sync::protocol::encode_order_operation(sync::OrderId{takes.order}, ask).body;
  // The hub may refuse it, and a newer base may: its units come back.
  street_.oracle->store_opened_pass(step.store, *cart);
  perform_at_kiosk(step.store, {takes, asks});
}

// One action of these operations, as the daemon performs what a person asks for.
void People::perform_at_kiosk(std::size_t store, const std::vector<SeenOperation>& operations, bool fact, std::string id) {
  if (id.empty()) id = hex_128(ids_.draw(), ids_.draw());
  sync::ends::LocalAction action;
  action.id = TransactionId{id};
  action.actor = "kiosk-2";
  action.nature = fact ? sync::Nature::fact : sync::Nature::intent;
  for (const SeenOperation& one : operations) action.operations.push_back(encoded(one));
  const CartId cart{operations.front().document};
  // What is about a person staff do signed in, and the audit says so.
  const auto person = person_in(operations.front());
  ask({.id = id,
       .store = store,
       .operations = operations,
       .fact = fact,
       .work = [action, cart, person](Desk& desk) -> Result<CartId> {
         auto performed = desk.end.perform(action, desk.now);
         if (performed.what == sync::ends::Performance::refused) return fail(performed.reason, "refused");
         if (performed.what == sync::ends::Performance::done) {
           desk.effects = std::move(performed.effects);
           desk.performed = true;
           if (person) edge::local_api::note_in_audit(desk, "1001", "counter-1", "customers.case", *person, "case", "done");
         }
         return cart;
       }});
}

void People::perform_at_hub(const std::vector<SeenOperation>& operations, const char* actor) {
  const std::string id = hex_128(ids_.draw(), ids_.draw());
  sync::ends::HubAction action{TransactionId{id}, actor, {}};
  for (const SeenOperation& one : operations) action.operations.push_back(encoded(one));
  ask({.id = id, .store = std::nullopt, .operations = operations, .work = {}, .action = std::move(action)});
}

void People::new_at_kiosk(const Step& step, Dice& dice) {
  const std::string cart = hex_128(ids_.draw(), ids_.draw());
  born_at_kiosks_.push_back(cart);
  SeenOperation seen = seen_of(cart, "cart.add", sku_of(dice.below(goods_count - 2)), dice.between(1, 4), {});
  seen.store = boxes_.at(step.store)->store().text;
  perform_at_kiosk(step.store, {seen});
}

void People::use_later_release(std::size_t box, Dice& dice) {
  ++edition_;
  hub_.put_of_later_version(boxes_.at(box)->store(), edition_);
  const std::size_t number = dice.below(goods_count);
  std::string product = product_body(number, edition_);
  product.replace(product.rfind("active"), 6, "on_its_way");  // no status of this release
  if (hub_.alive()) hub_.put({{{"product", sku_of(number)}, product}});
  // What it did has happened: no view of this release shows it, and the hub writes an outcome.
  const auto cart = some_cart(box, dice);
  if (!cart || !boxes_.at(box)->alive()) return;
  SeenOperation seen = seen_of(*cart, later_kind, "", 0, {});
  seen.body = R"({"text":"for Amelia"})";
  perform_at_kiosk(box, {seen}, true);
}

void People::coupon_at_kiosk(const Step& step, Dice& dice) {
  const auto cart = some_cart(step.store, dice);
  const auto screen = cart ? on_screen(step.store, *cart) : std::nullopt;
  if (!screen) return on_phone(step, dice);
  perform_at_kiosk(step.store, {coupon_of(*cart, screen->coupons, dice)});
}

void People::assign_at_kiosk(const Step& step, Dice& dice) {
  const auto cart = some_cart(step.store, dice);
  if (!cart) return on_phone(step, dice);
  SeenOperation seen = seen_of(*cart, "cart.assign", "", 0, {});
  seen.store = boxes_.at(step.store)->store().text;
  perform_at_kiosk(step.store, {seen});
}

void People::pass_at_kiosk(const Step& step, Dice& dice) {
  if (passes_.empty()) return at_kiosk(step, dice);
  const Pass& pass = passes_[dice.below(passes_.size())];
  const std::string id = hex_128(ids_.draw(), ids_.draw());
  SeenOperation seen = seen_of(pass.cart, "cart.resume", "", 0, {});
  seen.pass = pass.id;
  seen.pass_era = pass.version.era;
  seen.pass_number = pass.version.number;
  seen.pass_lines = pass.lines;
  edge::local_api::OpenPass request{TransactionId{id}, "kiosk-1", pass.text, std::nullopt};
  street_.oracle->store_opened_pass(step.store, pass.cart);
  // A pass that was opened here before opens again without a transaction.
  const auto performed = std::make_shared<bool>(false);
  Asked asked{.id = id, .store = step.store, .operations = {seen}, .work = [request, performed](Desk& desk) {
                auto answer = edge::local_api::open_pass(desk, request);
                *performed = *performed || desk.performed;
                return answer;
              }};
  street_.oracle->attempted(asked.id, asked.store, asked.operations);
  StoreBox& box = *boxes_.at(step.store);
  if (!box.alive()) return;
  // A command may still wait for the hub when this person has gone.
  const auto given = std::make_shared<std::optional<Result<CartId>>>();
  box.ask(asked.work, [given](Result<CartId> one) { *given = std::move(one); });
  const std::optional<Result<CartId>>& answer = *given;
  if (answer && *answer && *performed) told(asked);
}

void People::on_phone(const Step& step, Dice& dice) {
  const auto& wanted = dice.chance(0.75) ? hot_ : carts_;
  std::string cart = wanted[dice.below(wanted.size())];
  HubWatcher* watcher = hub_.watcher();
  // A cart that began at a kiosk is known to a phone when the hub has it.
  if (watcher != nullptr && !born_at_kiosks_.empty() && dice.chance(0.15)) {
    const std::string& other = born_at_kiosks_[dice.below(born_at_kiosks_.size())];
    if (watcher->document("cart", other)) cart = other;
  }
  const auto document = watcher == nullptr ? std::nullopt : watcher->document("cart", cart);
  const auto screen = document && document->body ? eyes_.cart(*document->body) : std::nullopt;
  const auto lines = screen ? lines_of(*screen) : std::vector<std::string>{};
  SeenOperation seen;
  const bool takes = step.deed == Deed::phone_decrease || step.deed == Deed::phone_remove || step.deed == Deed::kiosk_decrease ||
                     step.deed == Deed::kiosk_remove;
  if (takes && !lines.empty()) {
    const std::string& line = lines[dice.below(lines.size())];
    const bool remove = step.deed == Deed::phone_remove || step.deed == Deed::kiosk_remove;
    seen = seen_of(cart, remove ? "cart.remove" : "cart.decrease", line, remove ? 0 : dice.between(1, 3), dots_of(*screen, line));
  } else if (step.deed == Deed::phone_coupon && screen) {
    seen = coupon_of(cart, screen->coupons, dice);
  } else if (step.deed == Deed::phone_assign && screen) {
    seen = seen_of(cart, "cart.assign", "", 0, {});
    if (dice.chance(0.5)) {
      seen.owner = "shopper-" + std::to_string(dice.below(shoppers_count));
    } else {
      seen.store = store_name(dice.below(stores_));
    }
  } else {
    const bool bulk = dice.chance(0.06);
    seen = seen_of(cart, "cart.add", sku_of(bulk ? goods_count - 1 - dice.below(2) : dice.below(goods_count - 2)),
                   bulk ? dice.between(300, 900) : dice.between(1, 4), {});
    seen.store = boxes_.at(step.store)->store().text;
  }
  const std::string id = hex_128(ids_.draw(), ids_.draw());
  sync::ends::HubAction action{
      TransactionId{id}, "phone", {sync::protocol::encode_cart_operation(CartId{cart}, operation_of(seen))}};
  ask({.id = id, .store = std::nullopt, .operations = {seen}, .work = {}, .action = std::move(action)});
  if (dice.chance(0.5)) issue_pass(cart, dice);
}

void People::issue_pass(const std::string& cart, Dice&) {
  HubWatcher* watcher = hub_.watcher();
  if (watcher == nullptr) return;
  const auto document = watcher->document("cart", cart);
  const auto screen = document && document->body ? eyes_.cart(*document->body) : std::nullopt;
  if (!screen) return;
  std::map<std::string, std::int64_t> units;
  for (const SeenDot& dot : screen->dots) {
    if (dot.left > 0) units[dot.line] += dot.left;
  }
  if (units.empty()) return;
  sync::protocol::CartPass pass;
  pass.key_id = 1;
  const std::int64_t now_s = utc_of(street_.now_ms()) / 1000;
  pass.issued_at = UtcMs{now_s * 1000};
  pass.expires_at = pass.issued_at.plus(sync::protocol::cart_pass_life_ms);
  pass.id = sync::PassId{hex_128(ids_.draw(), ids_.draw())};
  pass.cart = CartId{cart};
  pass.version = {document->version.era, document->version.number};
  pass.lines.emplace();
  std::vector<std::pair<std::string, std::int64_t>> lines(units.begin(), units.end());
  for (const auto& [line, count] : lines) pass.lines->push_back({sync::Sku{line}, count});
  const auto bytes = sync::protocol::sign_pass(pass, world_facts().secret);
  if (!bytes) return;
  passes_.push_back(
      {cart, sync::protocol::pass_link("https://127.0.0.1:8443/k", *bytes), pass.id.text, document->version, lines});
  if (passes_.size() > passes_kept) passes_.pop_front();
}

void People::at_platform(const Step& step, Dice& dice) {
  if (!hub_.alive()) return;
  ++edition_;
  if (step.deed == Deed::hub_deletes_cart) {
    const std::string cart = carts_[dice.below(carts_.size())];
    const auto document = hub_.watcher()->document("cart", cart);
    if (document && document->body) hub_.put({{{"cart", cart}, std::nullopt}});
    return;
  }
  std::vector<std::pair<sync::DocumentKey, std::optional<std::string>>> documents;
  const std::size_t count = dice.chance(0.3) ? 9 : 1 + dice.below(3);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t number = dice.below(goods_count);
    const bool ends = step.deed == Deed::hub_ends_goods;
    switch (dice.below(3)) {
      case 0:
        documents.push_back({{"product", sku_of(number)}, ends ? std::nullopt : std::optional(product_body(number, edition_))});
        break;
      case 1:
        documents.push_back(
            {{"price", "uk/" + sku_of(number)}, ends ? std::nullopt : std::optional(price_body(number, edition_))});
        break;
      default:
        documents.push_back({{"stock", store_name(step.store % stores_) + "/" + sku_of(number)},
                             ends ? std::nullopt : std::optional(stock_body(step.store % stores_, number, edition_))});
    }
  }
  hub_.put(documents);
}

}  // namespace vitrine::sim
