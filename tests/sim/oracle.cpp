// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/oracle.hpp"

#include <algorithm>
#include <cstdio>

#include "tests/sim/world_facts.hpp"

namespace vitrine::sim {

namespace {

constexpr std::int64_t clock_error_ms = 1'500;  // what a store may be ahead of the hub's time
constexpr std::int64_t past_max_ms = 25'000;    // what is past its time is gone by then, where all is whole

// Lines so large that they meet the cap: there the view of one store and the hub's word may differ in how much fitted.
bool is_bulk(const std::string& line) { return line.starts_with("BULK"); }

// Said by a box by itself: its audit, which is compared line by line, and what it measured.
bool is_of_box(const std::string& collection) { return collection == "audit" || collection == "measures"; }

std::string show(const std::map<std::string, std::int64_t>& left) {
  std::string text = "{";
  for (const auto& [dot, units] : left)
    text += " " + dot.substr(0, 6) + dot.substr(std::min<std::size_t>(32, dot.size())) + ":" + std::to_string(units);
  return text + " }";
}

bool same(const SeenOperation& a, const SeenOperation& b) {
  return a.document == b.document && a.kind == b.kind && a.sku_or_line == b.sku_or_line && a.units == b.units &&
         a.shown == b.shown && a.order == b.order && a.ordered == b.ordered && a.body == b.body;
}

}  // namespace

void Oracle::fail(std::string check, std::string text) {
  if (!failure_) failure_ = Failure{std::move(check), std::move(text), now_ms_};
}

void Oracle::attempted(const std::string& id, std::optional<std::size_t> store, std::vector<SeenOperation> operations,
                       bool fact) {
  attempts_.try_emplace(id, Attempt{store, std::move(operations), fact, now_ms_});
}

void Oracle::narrate(const std::string& text) const {
  if (narrating_) std::fprintf(stderr, "%8lld  %s\n", static_cast<long long>(now_ms_), text.c_str());
}

void Oracle::confirmed(const std::string& id) {
  narrate("told: " + id.substr(0, 6) + " is done");
  attempts_.at(id).confirmed = true;
}

// What the model says of the action; where the hub says the same, the model has it from here on.
std::string Oracle::expect(const AppliedNow& action, std::uint32_t era) {
  const Attempt& attempt = attempts_.at(action.id);
  // An intent has its whole effect or none; what is told as a fact stands, whatever becomes of the rest.
  if (action.outcome.empty() || attempt.fact) {
    activity_.apply(action.operations, action.stamp.at_ms);
    activity_.apply(action.beside, action.stamp.at_ms);
  }
  if (action.operations.front().collection == "activity")
    return consents_.is_erased(customer_of_event(action.operations.front().document)) ? "customer_erased" : "";
  if (TalkBook::holds(action.operations.front().collection)) {
    if (action.outcome.empty()) talks_.apply(action.id, action.operations, action.stamp.at_ms);
    return consents_.is_erased(customer_of_event(action.operations.front().document)) ? "customer_erased" : "";
  }
  if (action.operations.front().collection == "request")
    return help_.apply(action.id, action.operations, action.stamp, action.store);
  if (action.operations.front().collection == "consent")
    return consents_.apply(action.id, action.operations, action.stamp.at_ms, action.outcome.empty());
  if (action.operations.front().collection != "cart") {
    const bool begins = attempt.fact && hub_restores_ > 0 && action.outcome.empty();
    if (!action.outcome.empty() && !attempt.fact) {
      const auto now = goods_.now();
      const std::string refused = goods_.apply({action.id, action.operations, false, false, action.stamp});
      goods_.go_back_to(now);
      return refused;
    }
    return goods_.apply({action.id, action.operations, attempt.fact, begins, action.stamp});
  }
  // All of the action, or none of it.
  std::map<std::string, ModelCart> drafts;
  std::vector<SeenOperation> orders;
  std::string refused;
  for (std::size_t i = 0; i < action.operations.size() && refused.empty(); ++i) {
    const SeenOperation& operation = action.operations[i];
    // What leaves the cart becomes an order of whose cart it is: one, and none under a number that there is.
    if (operation.collection == "order") {
      orders.push_back(operation);
      if (goods_.has_order(operation.document)) {
        refused = "order_exists";
      } else if (drafts.begin()->second.owner.empty()) {
        refused = "cart_without_owner";
      }
      continue;
    }
    auto [draft, fresh] = drafts.try_emplace(operation.document);
    if (fresh) draft->second = carts_[operation.document];
    const ModelVersion minted = next_version(draft->second, era);
    refused = model_apply(draft->second, operation, action.id + "." + std::to_string(i), minted);
  }
  if (refused.empty() && action.outcome.empty()) {
    if (!orders.empty()) refused = goods_.apply({action.id, orders, false, false, action.stamp});
    for (auto& [id, draft] : drafts) {
      draft.been[era] = next_version(draft, era).number;
      carts_[id] = std::move(draft);
    }
  }
  return refused;
}

bool Oracle::is_about_erased(const SeenOperation& operation) const {
  if (operation.collection == "activity" || TalkBook::holds(operation.collection))
    return consents_.is_erased(customer_of_event(operation.document));
  return operation.collection == "consent" && consents_.is_erased(operation.document);
}

void Oracle::hub_committed(const std::vector<AppliedNow>& applied, const std::vector<HubDocument>& documents, std::uint32_t era) {
  for (const AppliedNow& one : applied) {
    if (is_of_box(one.operations.front().collection)) continue;
    const auto attempt = attempts_.find(one.id);
    if (attempt == attempts_.end()) return fail("unknown_action", "the hub applied " + one.id + ", which nobody did");
    const auto as_asked = [this](const SeenOperation& asked, const SeenOperation& there) {
      // What was said of somebody who is erased travels without its body.
      const bool scrubbed = there.body.empty() && is_about_erased(asked);
      return same(asked, there) || (scrubbed && asked.document == there.document && asked.kind == there.kind);
    };
    if (!std::ranges::equal(attempt->second.operations, one.operations, as_asked)) {
      return fail("altered_action", "the hub applied " + one.id + " with other operations than were asked for");
    }
    if (attempt->second.applied) continue;  // only acknowledged again: its effect must not be there twice
    attempt->second.applied = true;
    log_.push_back(one.id);
    for (const SeenOperation& operation : one.operations) {
      heard_ms_[operation.document] = now_ms_;
      narrate("hub applies " + one.id.substr(0, 6) + " of " +
              (attempt->second.store ? "store " + std::to_string(*attempt->second.store) : std::string("phone")) + ": " +
              operation.kind + " " + operation.document.substr(0, 8) + " " + operation.sku_or_line +
              (one.outcome.empty() ? "" : " -> " + one.outcome));
    }

    const std::string refused = expect(one, era);
    attempt->second.refused = !refused.empty() || !one.outcome.empty();
    // What no model of carts knows: where a document stood is lost with a hub's restore, a store whose pass was refused goes on
    // with a cart that was never placed with it, and a tombstone that a store has been told of stands there no longer.
    // A customer leaves a store with their cart: what they agree to there is refused from then on, what they take back never is.
    const bool misplaced =
        one.outcome == "not_placed_here" && (hub_restores_ > 0 || refused_before(one, attempt->second.store) ||
                                             was_deleted(one) || one.operations.front().kind == "consent.grant");
    const bool as_expected =
        refused == one.outcome || misplaced || (hub_restores_ > 0 && !refused.empty() && !one.outcome.empty());
    if (!as_expected) {
      fail("outcome", "of " + one.id + " (" + one.operations.front().kind + ") the hub says '" + one.outcome + "', expected '" +
                          refused + "'");
    }
  }
  for (const HubDocument& document : documents) compare(document);
}

void Oracle::hub_deleted(const std::string& cart, std::uint32_t era) {
  narrate("hub deletes cart " + cart.substr(0, 8));
  ModelCart& model = carts_[cart];
  // A tombstone has a number too: a hub that was set back, and does not know yet, gives one that others have seen before.
  auto been = model.been;
  been[era] = next_version(model, era).number;
  model = ModelCart{};
  model.been = std::move(been);
  deleted_.insert(cart);
}

void Oracle::hub_erased(const std::string& customer, std::uint32_t era) {
  narrate("hub erases " + customer);
  consents_.erase(customer);
  activity_.erase(customer);
  talks_.erase(customer);
  std::vector<std::string> theirs;
  for (const auto& [id, cart] : carts_) {
    if (cart.there && cart.owner == customer) theirs.push_back(id);
  }
  for (const std::string& id : theirs) hub_deleted(id, era);
}

void Oracle::hub_deleted_request(const std::string& request) {
  narrate("hub forgets request " + request);
  help_.deleted(request);
}

void Oracle::hub_forgot(const std::string& collection, const std::string& cart) {
  narrate("hub forgets that there was " + collection + " " + cart);
  if (collection == "activity") return activity_.forgot(cart);
  ModelCart& model = carts_[cart];
  if (model.there) return fail("cart_at_hub", "cart " + cart + " is forgotten at the hub, and lived");
  for (const auto& [era, number] : model.been) number_floor_[era] = std::max(number_floor_[era], number);
  model = ModelCart{};
}

// The number goes on over eras. A hub that was set back gives numbers that a lost history gave too, and takes them for those.
ModelVersion Oracle::next_version(const ModelCart& cart, std::uint32_t era) const {
  if (!cart.been.empty()) return {era, cart.been.rbegin()->second + 1};
  std::uint64_t floor = 0;
  for (const auto& [of_era, number] : number_floor_) floor = std::max(floor, number);
  return {era, floor + 1};
}

bool Oracle::was_deleted(const AppliedNow& action) const {
  return std::ranges::any_of(action.operations, [&](const SeenOperation& op) { return deleted_.contains(op.document); });
}

void Oracle::not_past(const std::string& where, const std::string& document, const std::string& body) {
  const auto expires_at = eyes_.expires_at(body);
  // What a store did long ago may reach the hub, restored or cut off, when its time is over already: it goes from then on.
  const auto heard = heard_ms_.find(document);
  const std::int64_t since = heard == heard_ms_.end() ? 0 : utc_of(heard->second);
  const std::int64_t over_for = expires_at ? utc_of(now_ms_) - std::max(*expires_at, since) : 0;
  if (over_for > past_max_ms)
    fail("past_its_time", where + ", " + document + " was to be forgotten " + std::to_string(over_for) + " ms ago");
}

// A cart whose time is over may go from the screen, and come back with the hub's word on it.
void Oracle::forget_past(Shown& shown, bool lost_in_time) const {
  if (!lost_in_time && shown.expires_at > utc_of(now_ms_) + clock_error_ms) return;
  shown.left.clear();
  shown.gone.clear();
}

void Oracle::compare(const HubDocument& document) {
  if (document.collection == "cart") return compare_cart(document);
  if (is_of_box(document.collection)) return;
  const std::string wrong = document.collection == "request"    ? help_.compare(document.id, document.body)
                            : document.collection == "consent"  ? consents_.compare(document.id, document.body)
                            : document.collection == "activity" ? activity_.compare(document.id, document.body)
                            : TalkBook::holds(document.collection)
                                ? talks_.compare(document.collection, document.id, document.body)
                                : goods_.compare(document.collection, document.id, document.body);
  if (!wrong.empty()) fail(document.collection + "_at_hub", wrong);
}

void Oracle::store_shows_order(std::size_t store, const std::string& order, const std::optional<std::string>& body) {
  narrate("store " + std::to_string(store) + " shows order " + order + (body ? "" : " not"));
  if (stores_.at(store).damaged) return;
  // One that was asked for here goes again when its cart turns out to have less.
  if (order.starts_with(asked_order)) return;
  const std::string wrong = goods_.store_shows(store, order, body, hub_restores_ > 0);
  if (!wrong.empty()) fail("order_view_loses", "store " + std::to_string(store) + ": " + wrong);
}

void Oracle::store_shows_receipt(std::size_t box, const std::string& store, const std::string& receipt,
                                 const std::optional<std::string>& body, bool lost_in_time) {
  narrate("store " + std::to_string(box) + " shows receipt " + receipt + (body ? "" : " not"));
  if (stores_.at(box).damaged) return;
  const std::string wrong = goods_.store_shows_receipt(box, store, receipt, body, lost_in_time || hub_restores_ > 0);
  if (!wrong.empty()) fail("receipt_view_loses", "store " + std::to_string(box) + ": " + wrong);
}

void Oracle::store_shows_request(std::size_t store, const std::string& request, const std::optional<std::string>& body,
                                 bool lost_in_time) {
  narrate("store " + std::to_string(store) + " shows request " + request + (body ? "" : " not"));
  const bool may_go = lost_in_time || stores_.at(store).damaged || hub_restores_ > 0;
  const auto wrong = help_.store_shows(store, request, body, utc_of(now_ms_), may_go);
  if (wrong) fail(wrong->check, "store " + std::to_string(store) + ": " + wrong->text);
}

void Oracle::store_shows_consents(std::size_t store, const std::string& customer, const std::optional<std::string>& body,
                                  bool has_base) {
  narrate("store " + std::to_string(store) + " shows consents of " + customer + (body ? " " + *body : " not"));
  // What a hub has lost of a withdrawal comes back with the store that has it.
  if (stores_.at(store).damaged || hub_restores_ > 0) return;
  const std::string wrong = consents_.store_shows(store, customer, body, has_base);
  if (!wrong.empty()) fail("consent_returns", "store " + std::to_string(store) + ": " + wrong);
}

void Oracle::store_shows_talk(std::size_t store, const std::string& collection, const std::string& document,
                              const std::optional<std::string>& body) {
  // What a hub has lost of it comes back with the store that has it.
  if (stores_.at(store).damaged || hub_restores_ > 0) return;
  const std::string wrong = talks_.store_shows(store, collection, document, body);
  if (!wrong.empty()) fail(collection + "_view_loses", "store " + std::to_string(store) + ": " + wrong);
}

void Oracle::hub_holds_talk(const std::string& collection, const Standing& one) {
  const bool agrees = consents_.agrees(customer_of_event(one.document), collection == "case" ? "history" : "personalisation");
  const std::string wrong = talks_.compare_place(collection, one.document, one.streams, one.of_customer, agrees);
  if (!wrong.empty()) fail(collection + "_misplaced", wrong);
}

void Oracle::store_has_audit(std::size_t store, const std::set<std::string>& lines, const std::set<std::string>& at_hub,
                             const std::optional<std::string>& chain) {
  const Store& there = stores_.at(store);
  const bool told_of = chain && chain->find(R"("broken":0)") == std::string::npos;
  // Both were put back to older copies: a line stands in one of them alone, and the hub must say that it lacks one.
  const bool in_no_copy = there.rewound && hub_restores_ > 0 && told_of;
  for (const std::string& line : lines) {
    if (!in_no_copy && !at_hub.contains(line))
      return fail("audit_missing", "store " + std::to_string(store) + ": the hub lacks line " + line);
  }
  if (!lines.empty() && !chain) return fail("audit_missing", "store " + std::to_string(store) + ": the hub knows no chain");
  const bool excused = there.damaged || there.rewound || hub_restores_ > 0;
  if (told_of && !excused) fail("audit_unexplained", "store " + std::to_string(store) + ": " + chain->substr(0, 300));
}

void Oracle::hub_holds_activity(const std::vector<Standing>& all) {
  std::vector<std::string> living;
  for (const Standing& one : all) {
    living.push_back(one.document);
    const bool agrees = consents_.agrees(customer_of_event(one.document), "history");
    if (one.streams != (agrees ? one.of_customer : std::set<std::string>{}))
      fail("activity_misplaced", one.document + " stands in " + std::to_string(one.streams.size()) +
                                     " streams, its customer in " + std::to_string(one.of_customer.size()) + " and " +
                                     (agrees ? "agrees" : "does not agree"));
  }
  const std::string wrong = activity_.compare_all(living);
  if (!wrong.empty()) fail("activity_at_hub", wrong);
}

void Oracle::compare_cart(const HubDocument& cart) {
  ModelCart& model = carts_[cart.id];
  model.been[cart.version.era] = cart.version.number;
  if (!cart.body) {
    if (model.there) fail("cart_at_hub", "cart " + cart.id + " is gone at the hub, and nobody deleted it");
    return;
  }
  const auto seen = eyes_.cart(*cart.body);
  if (!seen) return fail("cart_at_hub", "cart " + cart.id + " cannot be read");
  std::map<std::string, std::int64_t> left;
  for (const SeenDot& dot : seen->dots) {
    if (dot.left > 0) left[dot.id] += dot.left;
    if (dot.left < 0) fail("cart_at_hub", "less than nothing is left of " + dot.id);
  }
  const auto expected = model.left_by_dot();
  if (left != expected) {
    fail("cart_at_hub", "cart " + cart.id.substr(0, 8) + " holds " + show(left) + ", expected " + show(expected));
  }
  if (seen->coupons != model.coupons)
    fail("cart_at_hub", "cart " + cart.id + " has " + std::to_string(seen->coupons.size()) + " coupons, expected " +
                            std::to_string(model.coupons.size()));
  if (seen->owner != model.owner)
    fail("cart_at_hub", "cart " + cart.id + " is owned by '" + seen->owner + "', expected '" + model.owner + "'");
}

// An action of this store that the hub refused, or will: it names a cart that was deleted meanwhile.
bool Oracle::was_refused(const std::string& cart, std::size_t store) const {
  return std::ranges::any_of(attempts_, [&](const auto& one) {
    const auto& operations = one.second.operations;
    const bool twin = twins_ && (twins_->first == store || twins_->second == store) &&
                      (one.second.store == twins_->first || one.second.store == twins_->second);
    return (twin || one.second.store == store) &&
           std::ranges::any_of(operations, [&](const SeenOperation& op) { return op.document == cart; }) &&
           (one.second.refused ||
            std::ranges::any_of(operations, [&](const SeenOperation& op) { return deleted_.contains(op.document); }));
  });
}

void Oracle::store_shows(std::size_t store, const std::string& cart, const std::optional<std::string>& body,
                         const std::optional<ModelVersion>& base, bool lost_in_time) {
  Store& there = stores_.at(store);
  Shown& before = there.carts[cart];
  narrate("store " + std::to_string(store) + " shows " + cart.substr(0, 8) + " base " +
          (base ? std::to_string(base->number) : "none") + (body ? "" : " nothing"));
  const std::string where = "store " + std::to_string(store) + ", cart " + cart.substr(0, 8) + ": ";
  if (base) {
    // Across eras the hub's word replaces a base of a lost future, once for each restore.
    if (*base < before.base && before.taken_back < hub_restores_) {
      ++before.taken_back;
    } else if (*base < before.base) {
      fail("base_goes_back", where + "base " + std::to_string(base->number) + " after " + std::to_string(before.base.number));
    }
    before.base = *base;
  }
  std::map<std::string, std::int64_t> left;
  std::map<std::string, std::string> line_of;
  std::int64_t expires_at = 0;
  if (!body) forget_past(before, lost_in_time);
  if (body) {
    const auto seen = eyes_.cart(*body);
    if (!seen) return fail("view_unreadable", where + *body);
    expires_at = seen->expires_at;
    for (const SeenDot& dot : seen->dots) {
      left[dot.id] = dot.left;
      line_of[dot.id] = dot.line;
      if (is_bulk(dot.line)) before.bulk.insert(dot.id);
    }
  }
  // A shopper's pass may know the cart better than the base did; the next base then tells it in other dots.
  const bool excused = hub_restores_ > 0 || there.damaged || there.by_pass.contains(cart) || was_refused(cart, store);
  if (!excused) {
    for (const auto& [dot, units] : left) {
      if (is_bulk(line_of[dot])) continue;
      const auto was = before.left.find(dot);
      if (was != before.left.end() && units > was->second) {
        fail("view_goes_back",
             where + "dot " + dot + " has " + std::to_string(units) + " left, and had " + std::to_string(was->second));
      }
      if (units > 0 && before.gone.contains(dot)) fail("resurrected", where + "dot " + dot + " was gone and has units again");
    }
    for (const auto& [dot, units] : before.left) {
      if (units > 0 && !left.contains(dot) && !deleted_.contains(cart) && !before.bulk.contains(dot)) {
        fail("view_loses", where + "dot " + dot + " with " + std::to_string(units) + " units is not shown any more");
      }
    }
  }
  for (const auto& [dot, units] : before.left) {
    if (!left.contains(dot) || left[dot] == 0) before.gone.insert(dot);
  }
  before.left = std::move(left);
  before.expires_at = expires_at;
}

bool Oracle::refused_before(const AppliedNow& action, std::optional<std::size_t> store) const {
  return store &&
         std::ranges::any_of(action.operations, [&](const SeenOperation& op) { return was_refused(op.document, *store); });
}

void Oracle::set_aside(std::size_t store, const std::vector<std::string>& ids) {
  // Where a hub was restored and a store too, nothing may prove what the two have in common, and a box begins anew.
  const bool provable = hub_restores_ == 0 || !stores_.at(store).rewound;
  for (const std::string& id : ids) {
    if (!stores_.at(store).damaged && provable)
      return fail("aside_unexplained", "a person is to look at " + id + ", and no disk was damaged");
    const auto attempt = attempts_.find(id);
    if (attempt != attempts_.end()) attempt->second.lost = true;
  }
}

void Oracle::store_cloned(std::size_t first, std::size_t second) {
  twins_.emplace(first, second);
  stores_.at(first).rewound = true;
  stores_.at(second) = stores_.at(first);
  goods_.store_cloned(first, second);
  help_.store_cloned(first, second);
  consents_.store_cloned(first, second);
  talks_.store_cloned(first, second);
}

void Oracle::store_restored(std::size_t store, const std::vector<std::string>& outbox) {
  for (auto& [id, attempt] : attempts_) {
    if (attempt.store != store || std::ranges::find(outbox, id) != outbox.end()) continue;
    attempt.kept = false;
    if (!attempt.applied) attempt.lost = true;
  }
  stores_.at(store).carts.clear();
  stores_.at(store).rewound = true;
  goods_.store_restored(store);
  help_.store_restored(store);
  consents_.store_restored(store);
  talks_.store_restored(store);
}

Oracle::Remembered Oracle::remember() const {
  Remembered remembered{log_,          carts_, goods_.now(), help_.now(), consents_.now(), activity_.now(), talks_.now(),
                        number_floor_, {}};
  for (const std::string& id : log_) remembered.refused[id] = attempts_.at(id).refused;
  return remembered;
}

void Oracle::hub_restored(const Remembered& remembered) {
  ++hub_restores_;
  log_ = remembered.log;
  carts_ = remembered.carts;
  goods_.go_back_to(remembered.goods);
  help_.go_back_to(remembered.help);
  consents_.go_back_to(remembered.consents);
  activity_.go_back_to(remembered.activity);
  talks_.go_back_to(remembered.talks);
  number_floor_ = remembered.number_floor;
  for (auto& [id, attempt] : attempts_) {
    const auto then = remembered.refused.find(id);
    attempt.applied = then != remembered.refused.end();
    attempt.refused = attempt.applied && then->second;
    if (!attempt.applied && (!attempt.store || !attempt.kept)) attempt.lost = true;
  }
}

void Oracle::judge_end() {
  for (const auto& [id, attempt] : attempts_) {
    if (attempt.confirmed && !attempt.applied && !attempt.lost) {
      fail("confirmed_missing", "confirmed at " +
                                    (attempt.store ? "store " + std::to_string(*attempt.store) : std::string("the hub")) + ", " +
                                    std::to_string(attempt.at_ms) + " ms, and not at the hub: " + id);
    }
  }
  std::vector<std::string> sorted = log_;
  std::ranges::sort(sorted);
  if (const auto twice = std::ranges::adjacent_find(sorted); twice != sorted.end()) fail("applied_twice", *twice);
}

std::size_t Oracle::confirmed_count() const {
  return static_cast<std::size_t>(std::ranges::count_if(attempts_, [](const auto& one) { return one.second.confirmed; }));
}

}  // namespace vitrine::sim
