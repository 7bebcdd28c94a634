// SPDX-License-Identifier: Apache-2.0
// apply() at a counter: what happened and what staff want, to the steps of counter_steps.hpp.
// Example followed: Tom signs in; a shopper at a kiosk asks for a person; Tom goes; meanwhile Amelia's order is handed over.
#include <algorithm>
#include <utility>

#include "kiosk/model/counter_steps.hpp"

namespace vitrine::kiosk::counter {
namespace {

bool is_session_trouble(const std::string& code) {
  return code == "sign_in_needed" || code == "session_over" || code == "session_locked";
}

struct Wish {
  Model& model;
  Requests& out;

  void operator()(const ChooseColleague& wish) const { choose_colleague(model, wish.number); }
  void operator()(const LockCounter&) const { lock(model, out); }
  void operator()(const TakeCall& wish) const { act_on_call(model, {wish.call, CallAction::take, wish.minutes}, out); }
  void operator()(const PutBackCall& wish) const { act_on_call(model, {wish.call, CallAction::put_back, 0}, out); }
  void operator()(const EndCall& wish) const { act_on_call(model, {wish.call, CallAction::end, 0}, out); }
  void operator()(const OpenOrder& wish) const {
    leave_customer(model);
    open_order(model, wish.order, out);
  }
  void operator()(const StartPicking&) const { start_picking(model, true, out); }
  void operator()(const StopPicking&) const { start_picking(model, false, out); }
  void operator()(const CountFound& wish) const { count_found(model, wish); }
  void operator()(const LineFound& wish) const { line_found(model, wish.line, out); }
  void operator()(const StageOrder& wish) const { stage_order(model, wish.place, out); }
  void operator()(const TickLine& wish) const {
    if (!model.visit.desk.order || !model.visit.desk.order->order) return;
    OrderOnScreen& screen = *model.visit.desk.order;
    if (wish.line != 0) {
      if (screen.ticked.erase(wish.line) == 0) screen.ticked.insert(wish.line);
      return;
    }
    for (const CounterLine& line : screen.order->lines) {
      if (line.ready > 0) screen.ticked.insert(line.line);
    }
  }
  void operator()(const TickPerson&) const {
    if (!model.visit.desk.order) return;
    std::string& proof = model.visit.desk.order->proof;
    proof = proof == "staff" ? "" : "staff";
  }
  void operator()(const TickPaid&) const {
    if (model.visit.desk.order) model.visit.desk.order->settled = !model.visit.desk.order->settled;
  }
  void operator()(const HandOver&) const { hand_over(model, out); }
  void operator()(const OpenLine& wish) const { open_line(model, wish.line); }
  void operator()(const ChooseLineWork& wish) const { choose_line_work(model, wish.work); }
  void operator()(const ChooseRefusal& wish) const { choose_refusal(model, wish.reason); }
  void operator()(const StepLine& wish) const { step_line(model, wish.delta); }
  void operator()(const ConfirmLine&) const { confirm_line(model, out); }
  void operator()(const OpenTakeBack&) const { open_take_back(model); }
  void operator()(const CountBack& wish) const { count_back(model, wish); }
  void operator()(const ChooseReason& wish) const {
    if (auto& back = model.visit.desk.back) back->reason = wish.reason;
  }
  void operator()(const ChooseCondition& wish) const {
    if (auto& back = model.visit.desk.back) back->condition = wish.condition;
  }
  void operator()(const ChooseOverrule& wish) const {
    if (auto& back = model.visit.desk.back) back->overrule = wish.why;
  }
  void operator()(const SwapInstead& wish) const { swap_instead(model, wish.swap); }
  void operator()(const DropSwap& wish) const {
    if (auto& back = model.visit.desk.back)
      std::erase_if(back->swap, [&](const SwapLine& one) { return one.product.sku.text == wish.sku; });
  }
  void operator()(const ConfirmBack&) const { confirm_back(model, out); }
  void operator()(const UndoBack&) const {
    if (auto& back = model.visit.desk.back) back->sends_at.reset();
  }
  void operator()(const OpenFinder&) const {
    if (!model.visit.desk.back || leave_take_back(model, out)) open_finder(model);
  }
  void operator()(const ChooseWhy& wish) const { choose_reason(model, wish.reason); }
  void operator()(const ShowName&) const { show_name(model, out); }
  void operator()(const ShowOlder&) const { show_older(model, out); }
  void operator()(const ShowDoings& wish) const { show_doings(model, wish.where, out); }
  void operator()(const OpenWaitingCase& wish) const { open_waiting_case(model, wish.id, out); }
  void operator()(const ShowCase& wish) const { show_case(model, wish.id); }
  void operator()(const StartNote&) const { start_note(model); }
  void operator()(const LeaveNote&) const { leave_note(model); }
  void operator()(const WorkOnCase& wish) const { work_on_case(model, wish, out); }
  void operator()(const OfferCameTo& wish) const { tell_offer(model, wish.what, out); }
  void operator()(const OpenCart& wish) const { open_cart(model, wish.open); }
  void operator()(const TypeCoupon&) const { type_coupon(model); }
  void operator()(const DropCoupon& wish) const { mark_coupon(model, wish.code, false, out); }
  void operator()(const CountCart& wish) const { count_cart(model, wish.line, wish.delta, out); }
  void operator()(const DropFromCart& wish) const { drop_from_cart(model, wish.line, out); }
  void operator()(const AddToTheirCart& wish) const { add_to_cart(model, wish.sku, out); }
  void operator()(const UndoCart&) const { undo_cart(model, out); }
  void operator()(const SendCart& wish) const { send_cart(model, wish.to_till, out); }
  void operator()(const LetSee& wish) const { change_sharing(model, wish.granted, out); }
  void operator()(const OpenStock&) const {
    if (leaves_what_is_open()) open_stock(model, out);
  }
  void operator()(const LookAtStock& wish) const { look_at_stock(model, wish.sku, false, out); }
  void operator()(const ChooseStockWork& wish) const { choose_stock_work(model, wish.work); }
  void operator()(const ChooseLoss& wish) const { choose_loss(model, wish.reason); }
  void operator()(const StepUnits& wish) const { step_units(model, wish.delta); }
  void operator()(const ConfirmStock& wish) const { confirm_stock(model, wish.settle, out); }
  void operator()(const GiveBack& wish) const { give_back(model, wish.reservation); }
  void operator()(const UndoStock&) const { undo_stock(model); }
  void operator()(const OpenStatus&) const {
    if (leaves_what_is_open()) open_status(model, out);
  }
  void operator()(const OpenBoard&) const {
    if (leaves_what_is_open()) open_board(model, out);
  }
  void operator()(const ShowBoard& wish) const { show_board(model, wish.week, out); }
  void operator()(const DrawFigure& wish) const {
    if (model.visit.desk.board) model.visit.desk.board->drawn = wish.figure;
  }
  void operator()(const SeeToAlerts& wish) const { see_to_alerts(model, wish.kind, out); }
  void operator()(const OpenAlert& wish) const { open_alert(model, wish.kind, out); }
  void operator()(const OpenSearch& wish) const { open_search(model, wish.keyboard); }
  void operator()(const ShowKeys&) const { model.visit.desk.shows_keys = true; }
  void operator()(const CloseOver&) const {}
  void operator()(const OpenFinderWith& wish) const {
    (*this)(OpenFinder{});
    if (asks_who(model)) model.visit.desk.customer->key.text = wish.key;
  }
  void operator()(const LookUpPurchase& wish) const { look_up_purchase(model, wish.name, out); }
  void operator()(const OfferDrill& wish) const { model.visit.desk.offers_drill = wish.offered; }
  void operator()(const StartDrill& wish) const { run_drill(model, wish.minutes, out); }
  void operator()(const UnlockColleague& wish) const { unlock_colleague(model, wish.number, out); }
  void operator()(const OpenPickList&) const {
    if (leaves_what_is_open()) open_pick_list(model, out);
  }
  void operator()(const ListByOrder& wish) const {
    if (auto& pick = model.visit.desk.pick) pick->by_order = wish.by_order;
  }
  void operator()(const TakePick& wish) const { take_pick(model, wish, out); }
  void operator()(const PutBackPick&) const { put_back_pick(model, out); }
  void operator()(const CountPick& wish) const { count_pick(model, wish.delta); }
  void operator()(const FinishPick& wish) const { finish_pick(model, wish.none, out); }
  void operator()(const OpenAudit&) const {
    if (leaves_what_is_open()) open_audit(model, out);
  }
  void operator()(const AskAudit& wish) const { ask_audit(model, wish.question, out); }
  void operator()(const TurnAudit& wish) const { turn_audit(model, wish.forth, out); }
  void operator()(const ChooseAuditLine& wish) const { choose_audit_line(model, wish.n); }
  void operator()(const DismissNotice&) const { model.visit.desk.notice.clear(); }

 private:
  // False: what was confirmed goes first.
  [[nodiscard]] bool leaves_what_is_open() const {
    if (model.visit.desk.back && !leave_take_back(model, out)) return false;
    leave_customer(model);
    if (model.visit.desk.order) leave_order(model);
    model.visit.desk.audit.reset();
    forget_pass(model.visit.desk);
    return true;
  }
};

void take_wish(Model& model, const Intent& intent, Requests& out) {
  Visit& visit = model.visit;
  const bool leads_away = std::holds_alternative<CounterWish>(intent) || std::holds_alternative<Navigate>(intent) ||
                          std::holds_alternative<GoBack>(intent);
  if (leads_away && close_over(model) && std::holds_alternative<GoBack>(intent)) return;
  if (const auto* wish = std::get_if<CounterWish>(&intent)) {
    const bool anybody = std::holds_alternative<ShowKeys>(*wish) || std::holds_alternative<CloseOver>(*wish);
    const bool for_nobody = std::holds_alternative<ChooseColleague>(*wish);
    if (model.counter->handheld && needs_a_desk(*wish)) return say(model, "at_the_counter");
    if (anybody || for_nobody != is_open(model)) std::visit(Wish{model, out}, *wish);
  } else if (const auto* key = std::get_if<TypeKey>(&intent)) {
    const bool space = key->touch.kind == KeyTouch::Kind::text && key->touch.text == " ";
    if (searches(model)) {
      type_search(model, key->touch, out);
    } else if (is_open(model) && writes_note(model)) {
      type_note(model, key->touch);
    } else if (!is_open(model)) {
      type_pin(model, key->touch, out);
    } else if (looks_for_goods(model)) {
      type_goods(model, key->touch, out);
    } else if (visit.route == Route::stock) {
      type_stock(model, key->touch, out);
    } else if (visit.route == Route::audit) {
      type_audit(model, key->touch);
    } else if (space) {
      return;  // only names of products have any
    } else if (visit.route == Route::order) {
      type_code(model, key->touch, out);
    } else if (visit.route == Route::take_back) {
      type_purchase(model, key->touch);
    } else if (visit.route == Route::customer) {
      type_key_of_customer(model, key->touch);
    } else {
      type_pass_phone(model, key->touch, out);
    }
  } else if (const auto* keyboard = std::get_if<ShowKeyboard>(&intent)) {
    if (searches(model)) {
      visit.desk.search->keyboard = keyboard->shown;
    } else if (is_open(model) && changes_cart(model)) {
      keyboard->shown ? void(visit.desk.customer->cart_work->keyboard = true) : void(step_back_in_cart(model));
    } else if (is_open(model) && visit.route == Route::audit && visit.desk.audit) {
      visit.desk.audit->keyboard = keyboard->shown;
    } else if (is_open(model) && visit.desk.back) {
      visit.desk.back->keyboard = keyboard->shown;
    } else if (is_open(model) && visit.desk.stock) {
      visit.desk.stock->keyboard = keyboard->shown;
    } else {
      visit.search.keyboard = keyboard->shown;
    }
  } else if (const auto* paper = std::get_if<PrintPaper>(&intent)) {
    if (is_open(model)) steps::print_paper(model, *paper);
  } else if (std::holds_alternative<Submit>(intent)) {
    // Their word that they gave their code at a kiosk: the edge is asked with the hand-over.
    if (is_open(model) && writes_note(model)) return submit_note(model, out);
    if (is_open(model) && looks_for_goods(model)) return submit_goods(model, out);
    if (is_open(model) && visit.route == Route::audit) return submit_audit(model, out);
    if (is_open(model)) submit_customer(model, out);
    if (is_open(model) && visit.route == Route::take_back) submit_purchase(model, out);
    if (is_open(model) && visit.route == Route::stock) submit_stock(model, out);
    if (is_open(model) && visit.desk.order) visit.desk.order->proof = visit.desk.order->proof == "kiosk" ? "" : "kiosk";
  } else if (std::holds_alternative<GoBack>(intent) || std::holds_alternative<Navigate>(intent)) {
    if (is_open(model) && std::holds_alternative<GoBack>(intent) && std::exchange(visit.desk.offers_drill, false)) return;
    const bool steps_back = is_open(model) && std::holds_alternative<GoBack>(intent);
    if (steps_back && (step_back_in_stock(model, out) || step_back_in_cart(model) || step_back_in_picking(model))) return;
    if (steps_back && visit.desk.order && visit.desk.order->open_line) return open_line(model, 0);
    if (is_open(model) && (!visit.desk.back || leave_take_back(model, out))) {
      leave_customer(model);
      leave_order(model);
      if (std::holds_alternative<Navigate>(intent)) visit.route = Route::queue;
      visit.desk.audit.reset();  // whoever comes back asks again, and that is written down
      forget_pass(visit.desk);
    }
  } else if (std::holds_alternative<OpenLanguages>(intent) || std::holds_alternative<CloseLanguages>(intent)) {
    visit.choosing_language = std::holds_alternative<OpenLanguages>(intent);
  } else if (const auto* language = std::get_if<ChooseLanguage>(&intent)) {
    visit.language = language->language;
    visit.choosing_language = false;
  }
}

void take_answer(Model& model, const CounterAnswer& answer, Requests& out) {
  if (const auto* colleagues = std::get_if<std::vector<Colleague>>(&answer.what)) {
    model.counter->colleagues = *colleagues;
    model.counter->colleagues_known = true;
    return;
  }
  if (const auto* kinds = std::get_if<std::vector<AlertKindSeen>>(&answer.what)) return take_kinds(model, *kinds);
  if (answer.asked.visit != model.visit.number) return;
  const Asked& asked = answer.asked;
  if (const auto* session = std::get_if<StaffSession>(&answer.what)) {
    if (asked.number == model.visit.desk.trying.asked) take_session(model, *session, out);
  } else if (const auto* calls = std::get_if<std::vector<HelpCall>>(&answer.what)) {
    take_calls(model, asked, *calls);
  } else if (const auto* call = std::get_if<HelpCall>(&answer.what)) {
    take_call(model, asked, *call);
  } else if (const auto* orders = std::get_if<std::vector<OrderCard>>(&answer.what)) {
    take_orders(model, asked, *orders);
  } else if (const auto* lines = std::get_if<std::vector<PickLine>>(&answer.what)) {
    take_picking(model, asked, *lines);
  } else if (const auto* order = std::get_if<CounterOrder>(&answer.what)) {
    if (!take_pick_done(model, asked, *order)) take_order(model, asked, *order);
  } else if (const auto* pickup = std::get_if<Pickup>(&answer.what)) {
    take_check_in(model, asked, *pickup, out);
  } else if (const auto* purchase = std::get_if<PurchaseSeen>(&answer.what)) {
    take_purchase(model, asked, *purchase);
  } else if (const auto* done = std::get_if<ReturnDone>(&answer.what)) {
    take_return(model, asked, *done);
  } else if (const auto* customer = std::get_if<CustomerSeen>(&answer.what)) {
    take_customer(model, asked, *customer, out);
  } else if (const auto* part = std::get_if<CustomerPart>(&answer.what)) {
    take_case_answer(model, asked, part->panel);
    take_part(model, asked, *part, out);
  } else if (const auto* cases = std::get_if<std::vector<CaseCard>>(&answer.what)) {
    take_cases(model, asked, *cases);
  } else if (const auto* cart = std::get_if<CartView>(&answer.what)) {
    if (!take_changed_cart(model, asked, *cart)) take_customer_cart(model, asked, *cart);
  } else if (const auto* ticket = std::get_if<TicketView>(&answer.what)) {
    take_customer_ticket(model, asked, *ticket);
  } else if (const auto* code = std::get_if<KeptCode>(&answer.what)) {
    take_customer_code(model, asked, *code);
  } else if (const auto* sharing = std::get_if<SharingChanged>(&answer.what)) {
    take_sharing(model, asked, *sharing);
  } else if (const auto* record = std::get_if<StockRecord>(&answer.what)) {
    take_record(model, asked, *record);
  } else if (const auto* checks = std::get_if<std::vector<StockCheck>>(&answer.what)) {
    take_checks(model, asked, *checks);
  } else if (const auto* alerts = std::get_if<std::vector<StoreAlert>>(&answer.what)) {
    take_alerts(model, asked, *alerts, out);
  } else if (const auto* status = std::get_if<StoreStatus>(&answer.what)) {
    take_status(model, asked, *status);
  } else if (const auto* board = std::get_if<BoardSeen>(&answer.what)) {
    take_board(model, asked, *board);
  } else if (const auto* audit = std::get_if<AuditPage>(&answer.what)) {
    take_audit(model, asked, *audit);
  } else if (const auto* at_till = std::get_if<TicketSeen>(&answer.what)) {
    take_search_ticket(model, asked, *at_till);
  } else if (std::holds_alternative<LetTryAgain>(answer.what)) {
    take_unlocked(model, asked);
  } else if (const auto* drill = std::get_if<RunDrill>(&answer.what)) {
    take_drill(model, asked, drill->minutes);
  }
  listen(model);
}

void take_failure(Model& model, const RequestFailed& event, Requests& out) {
  Visit& visit = model.visit;
  Desk& desk = visit.desk;
  if (event.asked.visit != visit.number) return;
  if (take_sign_in_failure(model, event)) return;
  const std::uint64_t number = event.asked.number;
  for (Refresh* each : {&desk.calls_refresh, &desk.orders_refresh, &desk.picking_refresh, &desk.alerts_refresh,
                        &desk.cases_refresh, &desk.status_refresh}) {
    if (each->asked == number) each->asked = 0;
  }
  if (is_session_trouble(event.code)) {
    if (is_open(model)) lock(model, out);
    return;
  }
  if (desk.call_acting == number) {
    desk.call_acting = 0;
    desk.calls_refresh.stale = true;
    say(model, event.code);
    return;
  }
  if (desk.checking == number) {
    desk.checking = 0;
    desk.pass_phone = {};
    if (event.code != "phone_wrong") forget_pass(desk);
    say(model, event.code);
    return;
  }
  if (desk.product == number) {
    desk.product = 0;
    say(model, "not_in_order");
    return;
  }
  if (take_cart_failure(model, event, out) || take_case_failure(model, event, out) || take_back_failure(model, event) ||
      take_customer_failure(model, event) || take_stock_failure(model, event) || take_alert_failure(model, event) ||
      take_board_failure(model, event) || take_search_failure(model, event) || take_pick_failure(model, event) ||
      take_audit_failure(model, event))
    return;
  take_order_failure(model, event, out);
}

void read_code(Model& model, const ScanSeen& event, Requests& out) {
  close_over(model);
  // What holds no pass and is no article is somebody's badge, who signs in instead; or a receipt, or an order's number where one
  // is asked for; or, where somebody is looked for, their card.
  const bool asks = model.visit.route == Route::take_back && model.visit.desk.back && !model.visit.desk.back->purchase;
  const bool plain = event.text.size() <= purchase_letters;
  if (is_open(model) && (event.text.starts_with("VR1:") || (asks && !event.pass && plain))) {
    look_up_purchase(model, event.text, out);
  } else if (is_open(model) && asks_who(model)) {
    find_by_scan(model, event.text, event.pass, out);
  } else if (event.coupon && is_open(model)) {
    scan_coupon(model, event.text, out);
  } else if (event.article && is_open(model) && changes_cart(model)) {
    scan_into_cart(model, event.text, out);
  } else if (event.article) {
    if (is_open(model)) read_product(model, event.text, out);
  } else if (is_open(model) && event.pass) {
    read_pass(model, event.text, out);
  } else {
    sign_in_by_badge(model, event.text, out);
  }
}

struct Happened {
  Model& model;
  Requests& out;

  void operator()(const StoreArrived& event) const { model.store = event.store; }
  void operator()(const LinkChanged& event) const {
    model.visit.desk.status_refresh.stale = true;
    steps::take_link(model, event);
  }
  void operator()(const CounterAnswer& event) const { take_answer(model, event, out); }
  void operator()(const RequestFailed& event) const { take_failure(model, event, out); }
  void operator()(const ProductsFound& event) const {
    if (!take_search_found(model, event)) take_found(model, event);
    take_cart_found(model, event);
  }
  void operator()(const ProductArrived& event) const {
    if (!take_cart_goods(model, event, out) && !take_pick_product(model, event, out)) take_product(model, event, out);
  }
  void operator()(const AlertNews&) const { model.visit.desk.alerts_refresh.stale = model.counter->kinds_stale = true; }
  void operator()(const HelpNews&) const { model.visit.desk.calls_refresh.stale = true; }
  void operator()(const OrderNews& event) const {
    Desk& desk = model.visit.desk;
    desk.orders_refresh.stale = desk.picking_refresh.stale = true;
    if (desk.order && desk.order->id == event.order) desk.order->refresh.stale = true;
    if (desk.back) desk.back->follow.stale = true;
    hear_of_customers_order(model, event.order, out);
  }
  void operator()(const TicketNews& event) const {
    hear_of_customers_ticket(model, event.ticket, out);
    if (model.visit.desk.back) model.visit.desk.back->follow.stale = true;
  }
  void operator()(const PaperPrinted& event) const {
    if (!model.visit.printing || model.visit.printing->number != event.number) return;
    model.visit.printing.reset();
    say(model, event.failed.empty() ? "printed" : event.failed);
  }
  void operator()(const CartNews& event) const { hear_of_customers_cart(model, event.cart.text, out); }
  void operator()(const CaseNews&) const { hear_of_case(model, out); }
  void operator()(const CustomerNews&) const { mark_customer_stale(model); }
  void operator()(const StoreNews&) const {
    if (auto& stock = model.visit.desk.stock) stock->checks_refresh.stale = stock->refresh.stale = true;
    steps::ask_for_store(model, out);
    ask_for_colleagues(model, out);
  }
  void operator()(const NewsMissed&) const { read_anew(); }
  void operator()(const EdgeLost&) const { steps::note_edge(model, false); }
  void operator()(const EdgeBack&) const {
    steps::note_edge(model, true);
    read_anew();
  }
  void operator()(const ScanSeen& event) const {
    model.visit.last_active = model.now.mono;
    read_code(model, event, out);
  }
  void operator()(const PersonDid&) const { model.visit.last_active = model.now.mono; }
  void operator()(const PersonWished& event) const {
    model.visit.last_active = model.now.mono;
    take_wish(model, event.intent, out);
  }
  template <class OfShoppers>
  void operator()(const OfShoppers&) const {}

 private:
  void read_anew() const {
    steps::ask_for_store(model, out);
    ask_for_colleagues(model, out);
    model.counter->kinds_stale = true;
    mark_stale(model.visit.desk);
    mark_customer_stale(model);
  }
};

}  // namespace

bool is_open(const Model& model) { return model.visit.desk.session && !model.visit.desk.locked; }

void say(Model& model, std::string code) {
  model.visit.desk.notice = std::move(code);
  model.visit.desk.notice_until = model.now.mono.plus(notice_ms);
}

void apply(Model& model, const Event& event, Requests& out) { std::visit(Happened{model, out}, event); }

void let_time_pass(Model& model, Requests& out) {
  const MonoMs now = model.now.mono;
  Counter& counter = *model.counter;
  steps::mind_the_link(model);
  steps::mind_the_store(model, out);
  const bool colleagues_due = !counter.colleagues_asked || now >= counter.colleagues_asked_at.plus(colleagues_again_ms);
  if (model.edge_present && colleagues_due) ask_for_colleagues(model, out);
  mind_session(model, out);
  ask_for_kinds(model, out);
  Desk& desk = model.visit.desk;
  if (!desk.notice.empty() && now >= desk.notice_until) desk.notice.clear();
  if (desk.handed && now >= desk.handed->until) desk.handed.reset();
  if (!is_open(model)) return;
  mind_back(model, out);
  mind_customer(model);
  mind_stock(model, out);
  if (now >= desk.refreshed_at.plus(queue_again_ms)) mark_stale(desk);
  if (model.visit.route == Route::status && now >= desk.status_at.plus(status_again_ms)) {
    desk.status_at = now;
    desk.status_refresh.stale = true;
  }
  mind_board(model);
  refresh(model, out);
}

std::optional<MonoMs> next_change(const Model& model) {
  const MonoMs now = model.now.mono;
  const Desk& desk = model.visit.desk;
  std::optional<MonoMs> next = now.plus(60'000 - model.now.utc.value % 60'000);  // the clock on the wall
  const auto consider = [&](MonoMs at) {
    if (at > now && at < *next) next = at;
  };
  // Waiting times and the time until a PIN may be tried are shown by the second.
  if (is_open(model) || locked_seconds(model) > 0) consider(now.plus(1000 - model.now.utc.value % 1000));
  if (!desk.notice.empty()) consider(desk.notice_until);
  if (desk.handed) consider(desk.handed->until);
  if (desk.back && desk.back->sends_at) consider(*desk.back->sends_at);
  if (desk.stock && desk.stock->pending) consider(desk.stock->sends_at);
  if (desk.customer && desk.customer->seen) consider(desk.customer->closes_at);
  if (!is_open(model) && model.edge_present) consider(model.counter->kinds_asked_at.plus(kinds_again_ms));
  if (desk.locked) consider(desk.locked_at.plus(counter_forget_ms));
  if (is_open(model)) consider(model.visit.last_active.plus(desk.session->locks_in_ms));
  if (!model.edge_present) consider(model.edge_changed_at.plus(edge_grace_ms));
  return next;
}

}  // namespace vitrine::kiosk::counter
