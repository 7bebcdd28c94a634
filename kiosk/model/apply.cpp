// SPDX-License-Identifier: Apache-2.0
// apply(): one case for each event and each wish; the work is in the steps.
#include <utility>

#include "kiosk/model/counter_steps.hpp"
#include "kiosk/model/model.hpp"
#include "kiosk/model/steps.hpp"

namespace vitrine::kiosk {
namespace {

using steps::Requests;

struct WishStep {
  Model& model;
  Requests& out;

  void finish() const {
    steps::call_off_help(model.visit, out);
    steps::end_visit(model);
  }
  void operator()(const Navigate& wish) const {
    Visit& visit = model.visit;
    if (visit.route == Route::till) {
      steps::leave_till(model, out);
      return;
    }
    visit.problem.reset();
    visit.keeping.reset();
    visit.delivering.reset();
    if (wish.to != Route::scan) visit.wanted.reset();
    visit.route = (wish.to == Route::cart || wish.to == Route::coupon) && !visit.cart ? Route::scan : wish.to;
    if (visit.route == Route::collect) visit.collection = {};
    if (visit.route == Route::coupon && visit.coupon.asked == 0) visit.coupon = {};
    if (visit.route == Route::search && visit.search.typed.text.empty()) visit.search.keyboard = true;
  }
  void operator()(const GoBack&) const {
    Visit& visit = model.visit;
    if (visit.route == Route::help) return steps::leave_help(visit);
    if (visit.route == Route::choices && visit.choices && std::exchange(visit.choices->receipt_shown, false)) return;
    visit.collection = {};
    visit.keeping.reset();
    visit.delivering.reset();
    if (visit.route == Route::keep && has_ticket(visit)) {
      visit.route = Route::till;
    } else if (visit.route == Route::till) {
      steps::leave_till(model, out);
    } else if (visit.route == Route::product) {
      steps::leave_product(model, out);
    } else if (std::exchange(visit.wanted, std::nullopt) && visit.product) {
      visit.route = Route::product;
    } else if (visit.route == Route::problem) {
      visit.problem.reset();
      visit.route = visit.cart ? Route::cart : Route::scan;
    } else if (visit.cart) {
      visit.route = Route::cart;
    } else {
      visit.route = Route::welcome;
    }
  }
  void operator()(const ChangeQuantity& wish) const { steps::change_quantity(model, wish, out); }
  void operator()(const RemoveLine& wish) const { steps::remove_line(model, wish, out); }
  void operator()(const RemoveCoupon& wish) const { steps::remove_coupon(model, wish, out); }
  void operator()(const UndoRemove&) const { steps::undo_remove(model, out); }
  void operator()(const StartOver&) const { finish(); }
  void operator()(const Finish&) const { finish(); }
  void operator()(const StillHere&) const {
    model.visit.countdown_ends.reset();
    model.visit.last_active = model.now.mono;
  }
  void operator()(const OpenLanguages&) const {
    model.visit.choosing_language = true;
    model.visit.choosing_ease = false;
  }
  void operator()(const OpenEase&) const {
    model.visit.choosing_ease = true;
    model.visit.choosing_language = false;
  }
  void operator()(const CloseEase&) const { model.visit.choosing_ease = false; }
  void operator()(const ChooseEase& wish) const { model.visit.ease = wish.ease; }
  void operator()(const TypeKey& wish) const {
    if (model.visit.route == Route::search) steps::type_search(model, wish.touch, out);
    if (model.visit.route == Route::collect) steps::type_collection(model, wish.touch, out);
    if (model.visit.route == Route::coupon) steps::type_coupon(model, wish.touch);
  }
  void operator()(const Submit&) const {
    if (model.visit.route == Route::coupon) return steps::submit_coupon(model, out);
    steps::submit_collection(model, out);
  }
  void operator()(const PayAtTill&) const { steps::pay_at_till(model, out); }
  void operator()(const KeepOnPhone&) const { steps::keep_on_phone(model, out); }
  void operator()(const DeliverHome&) const { steps::deliver_home(model); }
  void operator()(const OrderDelivery&) const { steps::order_delivery(model, out); }
  void operator()(const SeeChoices&) const { steps::see_choices(model, out); }
  void operator()(const ChooseForMyself& wish) const { steps::choose(model, wish, out); }
  void operator()(const UndoChoice&) const { steps::undo_choice(model, out); }
  void operator()(const ShowChoiceReceipt&) const { steps::show_choice_receipt(model); }
  void operator()(const PrintPaper& wish) const { steps::print_paper(model, wish); }
  void operator()(const ShowKeyboard& wish) const { model.visit.search.keyboard = wish.shown; }
  void operator()(const ChooseFilter& wish) const { steps::choose_filter(model, wish.filter, out); }
  void operator()(const AskAgain&) const { steps::refresh_products(model, out); }
  void operator()(const OpenProduct& wish) const { steps::open_product(model, wish.sku.text, false, out); }
  void operator()(const ChangeUnits& wish) const { steps::change_units(model, wish.delta); }
  void operator()(const AddToCart& wish) const { steps::add_to_cart(model, wish, out); }
  void operator()(const KeepAtStore& wish) const { steps::keep_at_store(model, wish, out); }
  void operator()(const AskForHelp&) const { steps::ask_for_help(model, out); }
  void operator()(const SayTopic& wish) const { steps::say_topic(model, wish, out); }
  void operator()(const CancelHelp&) const { steps::cancel_help(model, out); }
  void operator()(const CloseLanguages&) const { model.visit.choosing_language = false; }
  void operator()(const ChooseLanguage& wish) const {
    model.visit.language = wish.language;
    model.visit.choosing_language = false;
  }
  void operator()(const CounterWish&) const {}
};

struct EventStep {
  Model& model;
  Requests& out;

  void operator()(const StoreArrived& event) const { steps::take_store(model, event.store); }
  void operator()(const LinkChanged& event) const { steps::take_link(model, event); }
  void operator()(const CartArrived& event) const { steps::take_cart(model, event, out); }
  void operator()(const PassRefused& event) const { steps::refuse_pass(model, event, out); }
  void operator()(const RequestFailed& event) const { steps::take_failure(model, event, out); }
  void operator()(const ProductsFound& event) const { steps::take_found(model, event); }
  void operator()(const ProductArrived& event) const { steps::take_product(model, event); }
  void operator()(const KeptThere& event) const { steps::take_kept(model, event); }
  void operator()(const PickupOpened& event) const { steps::take_pickup(model, event, out); }
  void operator()(const OrderArrived& event) const { steps::take_order(model, event); }
  void operator()(const OrderNews& event) const {
    steps::hear_of_order(model, event, out);
    steps::hear_of_delivery(model, event, out);
  }
  void operator()(const HelpArrived& event) const { steps::take_help(model, event, out); }
  void operator()(const CustomerNews&) const { steps::hear_of_customers(model, out); }
  void operator()(const CaseNews&) const {}
  void operator()(const AlertNews&) const {}  // a counter's
  void operator()(const HelpNews& event) const { steps::hear_of_help(model, event, out); }
  void operator()(const TicketArrived& event) const { steps::take_ticket(model, event, out); }
  void operator()(const TicketNews& event) const { steps::hear_of_ticket(model, event, out); }
  void operator()(const KeptCodeArrived& event) const { steps::take_code(model, event); }
  void operator()(const DeliveryArrived& event) const { steps::take_delivery(model, event, out); }
  void operator()(const ChoicesArrived& event) const { steps::take_choices(model, event, out); }
  void operator()(const PaperPrinted& event) const { steps::take_printed(model, event); }
  void operator()(const CartNews& event) const { steps::hear_of_cart(model, event, out); }
  void operator()(const StoreNews&) const {
    steps::ask_for_store(model, out);
    steps::refresh_products(model, out);
  }
  void operator()(const NewsMissed&) const { read_anew(); }
  void operator()(const EdgeLost&) const { steps::note_edge(model, false); }
  void operator()(const EdgeBack&) const {
    steps::note_edge(model, true);
    read_anew();
  }
  void operator()(const CounterAnswer&) const {}  // of a counter: see counter_apply.cpp
  void operator()(const ScanSeen& event) const { steps::read_code(model, event, out); }
  void operator()(const HeadsetChanged& event) const {
    // Plugging in starts the speech, without sight; pulling ends it, for what it said was private.
    model.headset = event.plugged;
    if (model.can_speak) model.visit.ease.read_aloud = event.plugged;
    if (event.plugged) steps::notice_person(model);
  }
  void operator()(const PersonDid&) const { steps::notice_person(model); }
  void operator()(const PersonWished& event) const {
    model.visit.last_active = model.now.mono;
    std::visit(WishStep{model, out}, event.intent);
  }
  void operator()(const Tick&) const {}

 private:
  void read_anew() const {
    steps::ask_for_store(model, out);
    steps::ask_for_cart(model, out);
    steps::ask_for_order(model, out);
    steps::ask_for_ticket(model, out);
    steps::ask_for_delivery(model, out);
    steps::ask_for_choices(model, out);
    steps::refresh_products(model, out);
    steps::refresh_help(model, out);
  }
};

}  // namespace

namespace steps {

void take_link(Model& model, const LinkChanged& event) {
  if (!model.link_known || model.link.online != event.link.online) {
    const std::int64_t ago = model.now.utc.value - event.link.since.value;
    model.link_changed_at = {model.now.mono.value - (ago > 0 ? ago : 0)};
  }
  model.link = event.link;
  model.link_known = true;
}

// Opening hours, the fill and the like are what they are; the look and the words on offer change between two visits.
void take_store(Model& model, const StoreInfo& store) {
  model.store_next.reset();
  if (!model.store || !is_in_use(model)) {
    model.store = store;
    return;
  }
  model.store_next = store;
  StoreInfo shown = store;
  StoreInfo& before = *model.store;
  shown.brand = std::move(before.brand);
  shown.tagline = std::move(before.tagline);
  shown.languages = std::move(before.languages);
  shown.default_language = std::move(before.default_language);
  shown.greet_by_name = before.greet_by_name;
  shown.in_miles = before.in_miles;
  shown.colours = std::move(before.colours);
  before = std::move(shown);
}

void note_edge(Model& model, bool present) {
  if (!present && !model.edge_present) return;
  model.edge_present = present;
  model.edge_changed_at = model.now.mono;
}

}  // namespace steps

std::vector<Request> apply(Model& model, const Event& event, const Now& now) {
  model.now = now;
  Requests out;
  if (model.counter) {
    counter::apply(model, event, out);
    counter::let_time_pass(model, out);
    return out;
  }
  std::visit(EventStep{model, out}, event);
  steps::let_time_pass(model, out);
  return out;
}

}  // namespace vitrine::kiosk
