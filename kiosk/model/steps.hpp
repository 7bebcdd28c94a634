// SPDX-License-Identifier: Apache-2.0
// The steps that apply() is made of; only the model's own files and none outside include this.
#pragma once

#include <vector>

#include "kiosk/model/model.hpp"

namespace vitrine::kiosk::steps {

using Requests = std::vector<Request>;

// Forgets the person: a new visit at the welcome screen, in the store's language.
void end_visit(Model& model);
// The person is there: the idle time starts again, and a countdown too.
void notice_person(Model& model);

// Pass and cart.
void read_code(Model& model, const ScanSeen& event, Requests& out);
void take_cart(Model& model, const CartArrived& event, Requests& out);
void refuse_pass(Model& model, const PassRefused& event, Requests& out);
void take_failure(Model& model, const RequestFailed& event, Requests& out);
void hear_of_cart(Model& model, const CartNews& event, Requests& out);
void ask_for_cart(Model& model, Requests& out);
void give_up_opening(Model& model);

// Changes of the cart.
void change_quantity(Model& model, const ChangeQuantity& wish, Requests& out);
void remove_line(Model& model, const RemoveLine& wish, Requests& out);
void remove_coupon(Model& model, const RemoveCoupon& wish, Requests& out);
void undo_remove(Model& model, Requests& out);
void send_next_change(Model& model, Requests& out);

// A coupon for the cart.
void type_coupon(Model& model, const KeyTouch& touch);
void submit_coupon(Model& model, Requests& out);
void read_coupon(Model& model, const std::string& text, Requests& out);
// Onto the cart that has just opened.
void add_wanted_coupon(Model& model, Requests& out);
void take_coupon(Visit& visit, const Asked& asked);
bool take_coupon_failure(Model& model, const RequestFailed& event);

// Products.
void type_search(Model& model, const KeyTouch& touch, Requests& out);
// What was searched for has come to rest: told once for the same words, without them.
void count_search(Model& model, Requests& out);
void choose_filter(Model& model, const SearchFilter& filter, Requests& out);
void ask_for_products(Model& model, Requests& out);
void take_found(Model& model, const ProductsFound& event);
void open_product(Model& model, const std::string& code, bool scanned, Requests& out);
void leave_product(Model& model, Requests& out);
void take_product(Model& model, const ProductArrived& event);
void change_units(Model& model, std::int64_t delta);
void add_to_cart(Model& model, const AddToCart& wish, Requests& out);
// Into the cart that has just opened goes what the person wanted before they had one.
void add_what_was_wanted(Model& model, Requests& out);
// Another store is to keep what is on the screen.
void keep_at_store(Model& model, const KeepAtStore& wish, Requests& out);
void take_kept(Model& model, const KeptThere& event);
// True when it was a product or a search that failed, or another store did not keep something.
bool take_product_failure(Model& model, const RequestFailed& event);
// What is on the screen is asked for again: prices or stock changed, or it failed.
void refresh_products(Model& model, Requests& out);

// Collecting an order.
[[nodiscard]] bool is_complete(const Collection& collection);
void type_collection(Model& model, const KeyTouch& touch, Requests& out);
void submit_collection(Model& model, Requests& out);
// A signed pass of an order was held to the reader.
void collect_by_pass(Model& model, const std::string& text, Requests& out);
void take_pickup(Model& model, const PickupOpened& event, Requests& out);
void take_order(Model& model, const OrderArrived& event);
bool take_pickup_failure(Model& model, const RequestFailed& event);
void hear_of_order(Model& model, const OrderNews& event, Requests& out);
void ask_for_order(Model& model, Requests& out);

// Paying at a till.
void pay_at_till(Model& model, Requests& out);
// Once the cart's changes are answered.
void send_ticket(Model& model, Requests& out);
void ask_for_ticket(Model& model, Requests& out);
void take_ticket(Model& model, const TicketArrived& event, Requests& out);
bool take_ticket_failure(Model& model, const RequestFailed& event, Requests& out);
void hear_of_ticket(Model& model, const TicketNews& event, Requests& out);
// After the cart was seen anew: does it still have what the ticket says?
void compare_ticket(Model& model, Requests& out);
// Back to the cart. A ticket that no till has is given up; while one has it there is no way back.
void leave_till(Model& model, Requests& out);

// The cart on the person's phone.
void keep_on_phone(Model& model, Requests& out);
// Once the cart's changes are answered.
void ask_for_code(Model& model, Requests& out);
// After the cart was seen anew: does the code still carry it?
void renew_code(Model& model, const CartView& before, Requests& out);
void take_code(Model& model, const KeptCodeArrived& event);
bool take_code_failure(Model& model, const RequestFailed& event);

// The cart sent home.
void deliver_home(Model& model);
void order_delivery(Model& model, Requests& out);
void ask_for_delivery(Model& model, Requests& out);
void take_delivery(Model& model, const DeliveryArrived& event, Requests& out);
bool take_delivery_failure(Model& model, const RequestFailed& event, Requests& out);
void hear_of_delivery(Model& model, const OrderNews& event, Requests& out);

// What the person agreed to.
void see_choices(Model& model, Requests& out);
void ask_for_choices(Model& model, Requests& out);
void choose(Model& model, const ChooseForMyself& wish, Requests& out);
void undo_choice(Model& model, Requests& out);
void show_choice_receipt(Model& model);
void take_choices(Model& model, const ChoicesArrived& event, Requests& out);
bool take_choices_failure(Model& model, const RequestFailed& event, Requests& out);
// Somebody's changed; perhaps these.
void hear_of_customers(Model& model, Requests& out);

// On paper.
void print_paper(Model& model, const PrintPaper& wish);
void take_printed(Model& model, const PaperPrinted& event);

// A person is asked for.
void ask_for_help(Model& model, Requests& out);
// To where they were.
void leave_help(Visit& visit);
void say_topic(Model& model, const SayTopic& wish, Requests& out);
void cancel_help(Model& model, Requests& out);
// Who says that they are done needs nobody any more; for whoever only stopped touching the screen somebody still comes.
void call_off_help(const Visit& visit, Requests& out);
void take_help(Model& model, const HelpArrived& event, Requests& out);
bool take_help_failure(Model& model, const RequestFailed& event);
void hear_of_help(Model& model, const HelpNews& event, Requests& out);
void refresh_help(Model& model, Requests& out);
// After a while the screen is what it was.
void mind_help(Model& model);

// What time alone does.
void let_time_pass(Model& model, Requests& out);
void mind_the_link(Model& model);
void mind_the_store(Model& model, Requests& out);
void take_store(Model& model, const StoreInfo& store);
void take_link(Model& model, const LinkChanged& event);
// The edge answers, or does not.
void note_edge(Model& model, bool present);
void ask_for_store(Model& model, Requests& out);

}  // namespace vitrine::kiosk::steps
