// SPDX-License-Identifier: Apache-2.0
// The steps of apply() at a counter; only the model's own files include this.
#pragma once

#include <string>

#include "kiosk/model/steps.hpp"

namespace vitrine::kiosk::counter {

using steps::Requests;

void apply(Model& model, const Event& event, Requests& out);
void let_time_pass(Model& model, Requests& out);
[[nodiscard]] std::optional<MonoMs> next_change(const Model& model);

// A question of this visit; returns its number.
template <class What>
std::uint64_t ask(Model& model, Requests& out, What what) {
  Visit& visit = model.visit;
  const std::uint64_t number = ++visit.requests;
  out.emplace_back(
      CounterRequest{{visit.number, number}, visit.desk.session ? visit.desk.session->token : std::string(), std::move(what)});
  return number;
}
void say(Model& model, std::string code);
[[nodiscard]] bool is_open(const Model& model);  // somebody is signed in and not locked

// counter_sign_in.cpp
void ask_for_colleagues(Model& model, Requests& out);
void choose_colleague(Model& model, const std::string& number);
void type_pin(Model& model, const KeyTouch& touch, Requests& out);
void sign_in(Model& model, Requests& out);
void sign_in_by_badge(Model& model, const std::string& badge, Requests& out);
void take_session(Model& model, const StaffSession& session, Requests& out);
bool take_sign_in_failure(Model& model, const RequestFailed& event);
void lock(Model& model, Requests& out);
void tell_touch(Model& model, Requests& out);
void mind_session(Model& model, Requests& out);

// counter_search.cpp
void open_search(Model& model, bool keyboard);
bool close_over(Model& model);  // what lies over the screen; false: nothing did
void type_search(Model& model, const KeyTouch& touch, Requests& out);
bool take_search_found(Model& model, const ProductsFound& event);  // false: it was asked for elsewhere
void take_search_ticket(Model& model, const Asked& asked, TicketSeen ticket);
bool take_search_failure(Model& model, const RequestFailed& event);

// counter_queue.cpp
void refresh(Model& model, Requests& out);  // asks for what is stale and not on its way
void mark_stale(Desk& desk);
void take_calls(Model& model, const Asked& asked, std::vector<HelpCall> calls);
void take_call(Model& model, const Asked& asked, const HelpCall& call);
void take_orders(Model& model, const Asked& asked, std::vector<OrderCard> orders);
void take_picking(Model& model, const Asked& asked, std::vector<PickLine> lines);
void act_on_call(Model& model, ActOnCall act, Requests& out);
// A screen in the hand has no room to do it well, and no privacy.
[[nodiscard]] bool needs_a_desk(const CounterWish& wish);

// counter_order.cpp
void open_order(Model& model, const std::string& id, Requests& out);
void leave_order(Model& model);
void take_order(Model& model, const Asked& asked, CounterOrder order);
void take_check_in(Model& model, const Asked& asked, const Pickup& pickup, Requests& out);
void type_code(Model& model, const KeyTouch& touch, Requests& out);
void type_pass_phone(Model& model, const KeyTouch& touch, Requests& out);
void forget_pass(Desk& desk);
void read_product(Model& model, const std::string& code, Requests& out);
void take_product(Model& model, const ProductArrived& event, Requests& out);
void read_pass(Model& model, const std::string& text, Requests& out);
void start_picking(Model& model, bool start, Requests& out);
void count_found(Model& model, const CountFound& wish);
void line_found(Model& model, std::int64_t line, Requests& out);
void stage_order(Model& model, const std::string& place, Requests& out);
void hand_over(Model& model, Requests& out);
bool take_order_failure(Model& model, const RequestFailed& event, Requests& out);

// counter_line.cpp
void open_line(Model& model, std::int64_t line);
void choose_line_work(Model& model, LineWork work);
void choose_refusal(Model& model, const std::string& reason);
void step_line(Model& model, std::int64_t delta);
void confirm_line(Model& model, Requests& out);
bool take_substitute(Model& model, const ProductCard& card);  // false: none is asked for
void take_decided(Model& model);                              // it was written down

// counter_take_back.cpp
void open_take_back(Model& model);
bool leave_take_back(Model& model, Requests& out);  // false: what was confirmed goes first
void look_up_purchase(Model& model, std::string name, Requests& out);
void type_purchase(Model& model, const KeyTouch& touch);
void submit_purchase(Model& model, Requests& out);
void take_purchase(Model& model, const Asked& asked, PurchaseSeen purchase);
void count_back(Model& model, const CountBack& wish);
void swap_instead(Model& model, bool swap);
void add_swap(Model& model, const ProductCard& product);
void confirm_back(Model& model, Requests& out);
void send_back(Model& model, Requests& out);
void mind_back(Model& model, Requests& out);  // what is due by now
void take_return(Model& model, const Asked& asked, ReturnDone done);
bool take_back_failure(Model& model, const RequestFailed& event);

// counter_alerts.cpp
void take_alerts(Model& model, const Asked& asked, std::vector<StoreAlert> alerts, Requests& out);
void see_to_alerts(Model& model, const std::string& kind, Requests& out);
void open_alert(Model& model, const std::string& kind, Requests& out);
bool take_alert_failure(Model& model, const RequestFailed& event);

// counter_rings.cpp: what a locked counter knows, and when it sounds
void ask_for_kinds(Model& model, Requests& out);  // when they are due, and nobody has the counter open
void take_kinds(Model& model, std::vector<AlertKindSeen> kinds);
void listen(Model& model);  // is there anything that was not there before?

// counter_alerts.cpp, beside it
void unlock_colleague(Model& model, const std::string& number, Requests& out);
void take_unlocked(Model& model, const Asked& asked);
void run_drill(Model& model, std::int64_t minutes, Requests& out);
void take_drill(Model& model, const Asked& asked, std::int64_t minutes);
void open_status(Model& model, Requests& out);
void take_status(Model& model, const Asked& asked, StoreStatus status);

// counter_picking.cpp
void open_pick_list(Model& model, Requests& out);
void take_pick(Model& model, const TakePick& wish, Requests& out);
void put_back_pick(Model& model, Requests& out);
void count_pick(Model& model, std::int64_t delta);
void finish_pick(Model& model, bool none, Requests& out);
bool step_back_in_picking(Model& model);  // from a line to the list; false: none was open
void scan_pick(Model& model, const std::string& code, Requests& out);
bool take_pick_product(Model& model, const ProductArrived& event, Requests& out);  // false: it was asked for elsewhere
bool take_pick_done(Model& model, const Asked& asked, const CounterOrder& order);  // false: it was another action
void mind_pick(Model& model);  // the list is new: is the open line still mine?
bool take_pick_failure(Model& model, const RequestFailed& event);

// counter_audit.cpp
void open_audit(Model& model, Requests& out);
void ask_audit(Model& model, AuditQuestion question, Requests& out);
void turn_audit(Model& model, bool forth, Requests& out);
void choose_audit_line(Model& model, std::uint64_t n);
void type_audit(Model& model, const KeyTouch& touch);
void submit_audit(Model& model, Requests& out);
void take_audit(Model& model, const Asked& asked, AuditPage page);
bool take_audit_failure(Model& model, const RequestFailed& event);

// counter_board.cpp
void open_board(Model& model, Requests& out);
void show_board(Model& model, bool week, Requests& out);
void take_board(Model& model, const Asked& asked, BoardSeen board);
bool take_board_failure(Model& model, const RequestFailed& event);
void mind_board(Model& model);  // what is due by now

// counter_stock.cpp
void open_stock(Model& model, Requests& out);
void leave_stock(Model& model, Requests& out);
bool step_back_in_stock(Model& model, Requests& out);  // from a product to the list; false: there was none
void look_at_stock(Model& model, const std::string& code, bool scanned, Requests& out);
void type_stock(Model& model, const KeyTouch& touch, Requests& out);
void submit_stock(Model& model, Requests& out);
void take_found(Model& model, const ProductsFound& event);
bool take_stock_product(Model& model, const ProductArrived& event, Requests& out);  // false: it was asked for elsewhere
void take_record(Model& model, const Asked& asked, StockRecord record);
void take_checks(Model& model, const Asked& asked, std::vector<StockCheck> checks);
void choose_stock_work(Model& model, StockWork work);
void choose_loss(Model& model, const std::string& reason);
void step_units(Model& model, std::int64_t delta);
void confirm_stock(Model& model, bool settle, Requests& out);
void give_back(Model& model, const std::string& reservation);
void undo_stock(Model& model);
void send_stock(Model& model, Requests& out);
void mind_stock(Model& model, Requests& out);  // what is due by now, or was left
bool take_stock_failure(Model& model, const RequestFailed& event);

// counter_customer.cpp
void open_finder(Model& model);
void leave_customer(Model& model);
[[nodiscard]] bool asks_who(const Model& model);  // nobody is on the screen, and somebody is looked for
void type_key_of_customer(Model& model, const KeyTouch& touch);
void submit_customer(Model& model, Requests& out);
void find_by_scan(Model& model, const std::string& text, bool pass, Requests& out);
void choose_reason(Model& model, const std::string& reason);
void take_customer(Model& model, const Asked& asked, const CustomerSeen& seen, Requests& out);
void take_part(Model& model, const Asked& asked, CustomerPart part, Requests& out);
void take_customer_cart(Model& model, const Asked& asked, CartView cart);
void show_name(Model& model, Requests& out);
void show_older(Model& model, Requests& out);
void show_doings(Model& model, const std::string& where, Requests& out);
void tell_offer(Model& model, const std::string& what, Requests& out);
void change_sharing(Model& model, bool granted, Requests& out);
void take_sharing(Model& model, const Asked& asked, const SharingChanged& changed);
void refresh_customer(Model& model, Requests& out);
void mark_customer_stale(Model& model);
void hear_of_case(Model& model, Requests& out);
void hear_of_customers_order(Model& model, const std::string& order, Requests& out);
void hear_of_customers_cart(Model& model, const std::string& cart, Requests& out);
void mind_customer(Model& model);  // their time may be over
bool take_customer_failure(Model& model, const RequestFailed& event);

// counter_cart.cpp
void open_cart(Model& model, bool open);
[[nodiscard]] bool changes_cart(const Model& model);  // a customer's cart is on the screen to be changed
[[nodiscard]] bool looks_for_goods(const Model& model);
bool step_back_in_cart(Model& model);  // false: nothing of it was open
void count_cart(Model& model, const std::string& line, std::int64_t delta, Requests& out);
void drop_from_cart(Model& model, const std::string& line, Requests& out);
void add_to_cart(Model& model, const std::string& sku, Requests& out);
// Its code is typed; it is put on or taken off; a scanned one needs the cart on the screen.
void type_coupon(Model& model);
void mark_coupon(Model& model, const std::string& code, bool on, Requests& out);
void scan_coupon(Model& model, const std::string& text, Requests& out);
void undo_cart(Model& model, Requests& out);
void send_cart(Model& model, bool to_till, Requests& out);
void type_goods(Model& model, const KeyTouch& touch, Requests& out);
void submit_goods(Model& model, Requests& out);
void scan_into_cart(Model& model, const std::string& code, Requests& out);
bool take_cart_goods(Model& model, const ProductArrived& event, Requests& out);  // false: it was asked for elsewhere
void take_cart_found(Model& model, const ProductsFound& event);
bool take_changed_cart(Model& model, const Asked& asked, const CartView& cart);  // false: nothing was changed
void take_customer_ticket(Model& model, const Asked& asked, const TicketView& ticket);
void take_customer_code(Model& model, const Asked& asked, const KeptCode& code);
void hear_of_customers_ticket(Model& model, const std::string& ticket, Requests& out);
bool take_cart_failure(Model& model, const RequestFailed& event, Requests& out);

// counter_case.cpp
void take_cases(Model& model, const Asked& asked, std::vector<CaseCard> cases);
void open_waiting_case(Model& model, const std::string& id, Requests& out);
void show_case(Model& model, const std::string& id);
void start_note(Model& model);
void leave_note(Model& model);
void type_note(Model& model, const KeyTouch& touch);
void submit_note(Model& model, Requests& out);
void work_on_case(Model& model, const WorkOnCase& wish, Requests& out);
void take_case_answer(Model& model, const Asked& asked, const std::string& panel);  // what was done is written down
bool take_case_failure(Model& model, const RequestFailed& event, Requests& out);

}  // namespace vitrine::kiosk::counter
