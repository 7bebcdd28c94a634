// SPDX-License-Identifier: Apache-2.0
// What a counter knows. Counter is the device's own; Desk belongs to whoever is signed in and goes with their visit.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "kiosk/model/counter_wish.hpp"
#include "kiosk/model/product_view.hpp"
#include "kiosk/model/typed_text.hpp"

namespace vitrine::kiosk {

struct Counter {
  bool handheld = false;             // a small screen in somebody's hand: what needs a desk is not offered
  std::vector<std::string> shelves;  // where a finished order may be put
  std::vector<Colleague> colleagues;
  bool colleagues_known = false;
  MonoMs colleagues_asked_at;
  bool colleagues_asked = false;
  // While nobody is signed in, or who is has locked it.
  std::vector<AlertKindSeen> alert_kinds;
  MonoMs kinds_asked_at;
  bool kinds_stale = true;
  // For the sound: what was there when it was last looked at, of what is open and of what a locked counter knows.
  std::set<std::string> heard;
  std::optional<bool> heard_open;  // which of them; none: nothing yet
  Ring ring = Ring::none;          // to be sounded
};

struct SignInTry {
  std::string chosen;  // a colleague's number
  TypedText pin;
  bool waiting = false;
  std::uint64_t asked = 0;
  std::string failed;  // the local API's code; empty: nothing is wrong
  RefusalHints hints;
  MonoMs locked_until;  // after sign_in_locked
};

// A list that is read anew when something changed; one question at a time.
struct Refresh {
  std::uint64_t asked = 0;  // 0: nothing is on its way
  bool stale = true;
};

// A line of which something is decided.
struct LineOnScreen {
  std::int64_t line = 0;
  std::optional<LineWork> work;
  std::int64_t units = 0;
  std::string reason;                  // of a refusal
  std::optional<ProductCard> instead;  // as scanned
};

using UnitsOfLines = std::vector<std::pair<std::int64_t, std::int64_t>>;  // number of the line, units

struct OrderOnScreen {
  std::string id;
  std::optional<CounterOrder> order;
  Refresh refresh;
  std::uint64_t acting = 0;                    // the action that is on its way; 0: none
  bool handing_over = false;                   // it is this one
  UnitsOfLines handing;                        // these lines, with their units
  bool from_list = false;                      // of what is to be picked: there it leads back
  bool deciding = false;                       // or it is about the open line
  std::map<std::int64_t, std::int64_t> found;  // line to units, where they are not all
  std::set<std::int64_t> ticked;
  TypedText code;
  TypedText phone;
  bool code_right = false;
  std::string pass;   // as scanned, until the phone's digits are there
  std::string proof;  // "code" or "pass" once the edge agreed; "staff": they have looked
  std::uint64_t checking = 0;
  bool not_verified = false;  // the edge knows of no code that was shown
  bool settled = false;       // the till has taken what was open
  std::optional<LineOnScreen> open_line;
};

struct SwapLine {
  ProductCard product;
  std::int64_t units = 1;
};

struct TakeBackOnScreen {
  bool keyboard = true;       // on the screen
  TypedText name;             // typed: an order's number or a receipt's letters
  std::uint64_t looking = 0;  // it is asked for
  std::string failed;         // the local API's code of what did not come of it
  std::optional<PurchaseSeen> purchase;
  std::map<std::int64_t, std::int64_t> units;  // line → units that come back
  std::string reason, condition, overrule;
  bool swapping = false;
  std::vector<SwapLine> swap;      // goods that leave for it
  std::optional<MonoMs> sends_at;  // until then it can be undone
  std::uint64_t sending = 0;
  std::optional<ReturnDone> done;
  Refresh follow;  // what becomes of it at the hub and at the till
};

// No product yet: one is looked for, or what does not add up is gone through.
struct StockOnScreen {
  bool keyboard = false;
  TypedText words;  // typed: a product's name or number
  std::uint64_t searching = 0;
  std::optional<SearchFound> found;
  Refresh checks_refresh;
  std::vector<StockCheck> checks;  // the oldest first
  bool checks_known = false;
  std::vector<ProductCard> looked_up;  // the newest first
  std::uint64_t opening = 0;           // a product is asked for
  std::string failed;                  // the local API's code of why it is not there
  std::optional<ProductCard> product;
  std::optional<StockRecord> record;
  bool no_record = false;             // this store never had any
  std::vector<NearbyStore> nearby{};  // as the product's page said; the record says it later
  Refresh refresh{0, false};
  StockWork work = StockWork::count;
  TypedText units;
  std::int64_t on_hand_then = 0, moved_then = 0;  // the record's when they began to count
  std::string reason;                             // of a write-off
  std::optional<ActOnStock> pending;              // confirmed; until `sends_at` it can be undone
  MonoMs sends_at;
};

// A change of their cart, and what would undo it.
struct CartChange {
  std::string line;
  sync::Sku sku;
  Words title;
  std::int64_t delta = 0;  // units more, or fewer
  std::string coupon{};    // it is put on (delta 1) or taken off (−1)
};

// Their cart while staff change it.
struct CartWork {
  bool keyboard = false;  // goods are looked for in words
  bool coupons = false;   // no: the code of a coupon is typed
  TypedText words;
  std::uint64_t searching = 0;
  std::optional<SearchFound> found;
  std::uint64_t scanned = 0;  // what was scanned has been asked
  std::uint64_t acting = 0;   // a change is on its way
  CartChange change;          // it is this one
  std::optional<CartChange> undo;
  std::uint64_t sending = 0;  // a code is asked for
  std::optional<TicketView> ticket;
  std::optional<KeptCode> code;
};

// Nobody yet: they are looked for.
struct CustomerOnScreen {
  std::string reason = "advice";
  TypedText key;
  std::uint64_t looking = 0;
  std::string failed;  // the local API's code of what did not come of it
  std::optional<CustomerSeen> seen;
  MonoMs closes_at;
  Refresh head{0, false};
  std::map<std::uint64_t, std::string> asked;  // number of a question → the panel
  std::uint64_t cart_asked = 0;
  std::uint64_t changing = 0;  // what they agree to is on its way
  std::optional<CustomerPart> profile, carts, orders, history, timeline, cases, conversations, offers, tastes;
  std::string doings_where = "all";      // of the timeline: "all", "online", "store"
  std::optional<CartView> cart;          // the newest of theirs
  std::optional<CartWork> cart_work;     // it is being changed
  std::vector<std::string> withdrawals;  // of `history`
  bool by_case = false;                  // they are here because of a conversation
  std::string open_case;                 // in the middle of the screen; empty: what they did
  std::optional<TypedText> note;         // being written
  std::uint64_t case_acting = 0;         // what was done is on its way
  bool note_sent = false;                // it is this note
  std::uint64_t telling = 0;             // what came of an offer is on its way
};

struct BoardOnScreen {
  bool week = false;
  BoardFigure drawn = BoardFigure::resumes;
  std::optional<BoardSeen> seen;
  Refresh refresh;
  MonoMs asked_at;
  std::string failed;  // the local API's code of why it is not there
};

// One field for what is done here: commands, the queue, tickets, products.
struct CommandSearch {
  TypedText words;
  bool keyboard = false;        // on the screen
  std::uint64_t searching = 0;  // products
  std::optional<SearchFound> found;
  std::string failed;  // the local API's code of why there are no products
  std::uint64_t ticket_asked = 0;
  std::optional<TicketSeen> ticket;
};

// A line of the pick list that this person has taken.
struct PickOnScreen {
  bool by_order = false;  // the list is; else by aisle
  std::string order;      // of the open line; empty: the list alone
  std::int64_t line = 0;
  std::int64_t found = 0;            // units, as counted so far
  bool scanned = false;              // it is the right product
  std::optional<ProductCard> wrong;  // another one was scanned last
  std::uint64_t scanning = 0;        // what was scanned has been asked
  std::uint64_t acting = 0;
  OrderAction action = OrderAction::pick;  // it is this one
  std::string acts_on;                     // on a line of this order
  std::int64_t acts_on_line = 0;
};

// Whom an auditor asks about, and the page that came.
struct AuditOnScreen {
  AuditQuestion question;
  std::vector<std::uint64_t> before;  // the first numbers of the pages that were turned
  TypedText words;                    // a subject, as typed
  bool keyboard = false;
  std::uint64_t asked = 0;
  std::optional<AuditPage> page;
  std::uint64_t chosen = 0;  // the number of the line that is looked at; 0: none
  std::string failed;        // the local API's code of why it is not there
};

// What was handed over last, for its receipt.
struct HandedOver {
  CounterOrder order;  // as it is now
  UnitsOfLines lines;  // of this time
  UtcMs at;
  MonoMs until;  // so long it is offered
};

struct Desk {
  std::optional<CommandSearch> search;  // lies over the screen
  bool shows_keys = false;              // which keys there are, over the screen
  SignInTry trying;
  std::optional<StaffSession> session;
  bool locked = false;
  MonoMs locked_at;
  MonoMs touched_at;  // told to the edge
  std::vector<HelpCall> calls;
  std::vector<OrderCard> orders;
  std::vector<PickLine> picking;
  std::vector<CaseCard> cases;  // that wait for this store, in the edge's order
  Refresh cases_refresh;
  bool calls_known = false, orders_known = false, picking_known = false;
  Refresh calls_refresh, orders_refresh, picking_refresh;
  MonoMs refreshed_at;
  std::vector<StoreAlert> alerts;
  Refresh alerts_refresh;
  std::optional<StoreStatus> status;
  Refresh status_refresh{0, false};
  MonoMs status_at;  // asked for
  std::optional<BoardOnScreen> board;
  bool offers_drill = false;        // how long a drill is to be is asked
  std::uint64_t drilling = 0;       // its beginning or end is on its way
  std::uint64_t unlocking = 0;      // a colleague's lock is on its way to be taken off
  std::uint64_t alerts_acting = 0;  // what was done about alerts is on its way
  std::uint64_t call_acting = 0;    // an answer to a call is on its way
  std::uint64_t checking = 0;       // a pass was scanned outside of an order
  std::string checking_pass;
  bool asks_phone = false;  // the pass was right; now the phone's digits
  TypedText pass_phone;
  std::uint64_t product = 0;  // a product was scanned, and what it is has been asked
  std::optional<OrderOnScreen> order;
  std::optional<PickOnScreen> pick;
  std::optional<AuditOnScreen> audit;
  std::optional<HandedOver> handed;
  std::optional<TakeBackOnScreen> back;
  std::optional<CustomerOnScreen> customer;
  std::optional<StockOnScreen> stock;
  std::uint64_t stock_acting = 0;  // what was confirmed is on its way, whatever is on the screen by now
  StockWork stock_acted = StockWork::count;
  std::string notice;  // the local API's code of what did not go, or a word of our own
  MonoMs notice_until;
};

inline constexpr std::size_t pin_digits = 6;
inline constexpr std::int64_t counter_lock_ms = 120'000;        // when the edge did not say
inline constexpr std::int64_t counter_touch_each_ms = 20'000;   // so often the edge is told that somebody is there
inline constexpr std::int64_t counter_forget_ms = 15 * 60'000;  // locked so long, the work on the screen goes
inline constexpr std::int64_t colleagues_again_ms = 60'000;
inline constexpr std::int64_t kinds_again_ms = 30'000;
inline constexpr std::int64_t status_again_ms = 5'000;  // what waits goes without any news of it
inline constexpr std::int64_t board_again_ms = 15'000;
inline constexpr std::int64_t queue_again_ms = 30'000;    // news tell of changes; this is for what only time changes
inline constexpr std::int64_t verified_ms = 30 * 60'000;  // so long the edge knows of a code that was shown
inline constexpr std::size_t hand_over_lines_max = 60;    // at once
inline constexpr std::int64_t notice_ms = 8'000;
inline constexpr std::int64_t undo_back_ms = 6'000;  // so long a return can be undone, before it is written down
inline constexpr std::size_t stock_digits = 5;       // of a count: the edge takes 99,999 at most
inline constexpr std::size_t looked_up_max = 8;      // products that stay at hand
inline constexpr std::size_t purchase_letters = 64;  // of a typed order's number or receipt
inline constexpr std::size_t return_lines_max = 25;  // at once
inline constexpr std::size_t exchange_lines_max = 10;
inline constexpr std::int64_t exchange_units_max = 99;
inline constexpr std::int64_t customer_open_ms = 15L * 60'000;  // as long as the edge opens them
inline constexpr std::size_t exact_key_letters = 80;
inline constexpr std::size_t note_letters = 160;           // at most 500 bytes, whatever they are
inline constexpr std::int64_t pick_mark_ms = 20 * 60'000;  // somebody's mark on a line holds so long
inline constexpr std::int64_t receipt_ms = 20'000;         // so long a receipt is offered
inline constexpr std::int64_t goal_here_ms = 5 * 60'000;
inline constexpr std::int64_t goal_help_ms = 2 * 60'000;
inline constexpr std::int64_t goal_case_ms = 60 * 60'000;

struct Model;

// The queue as it hurts: of each list what is most urgent first.
struct QueueView {
  std::vector<const OrderCard*> here, prepare, ready;
  std::vector<const HelpCall*> calls;
  std::vector<const CaseCard*> cases;
};
[[nodiscard]] QueueView queue_of(const Model& model);
// What nobody sees to and this person may, or what has escalated to everybody; by kind, the most urgent first.
[[nodiscard]] std::vector<AlertGroup> alert_groups(const Desk& desk);
// It is this person's to go now, before others; who is offered it as well by now does not count.
[[nodiscard]] bool is_for_me(const Model& model, const Offers& offers);
// Who picks an order, as far as the picking list says; empty: nobody.
[[nodiscard]] std::string picker_of(const Model& model, const std::string& order);
[[nodiscard]] std::string short_name(const std::string& name, const std::string& initial);
// The line of the pick list; none: nothing of it is to be picked any more.
[[nodiscard]] const PickLine* pick_line_of(const Model& model, const std::string& order, std::int64_t line);
// Who has taken it, as far as the list says; empty: nobody.
[[nodiscard]] std::string taker_of(const Model& model, const CounterLine& line);
[[nodiscard]] bool is_mine(const Model& model, const CounterLine& line);
// What still has to be picked of it.
[[nodiscard]] bool is_picked(const CounterOrder& order);
// What says who the buyer is: "code", "pass" or "staff"; empty: nothing yet.
[[nodiscard]] std::string proof_of(const Model& model, const OrderOnScreen& screen);
// Seconds until another PIN may be tried; 0: now.
[[nodiscard]] std::int64_t locked_seconds(const Model& model);
[[nodiscard]] bool may(const Desk& desk, std::string_view permission);
// The field for everything is open: whoever types, types into it.
[[nodiscard]] bool searches(const Model& model);
// What looks like a card, an e-mail address or a telephone number: somebody may be looked up by it. Empty: it is none.
[[nodiscard]] std::string key_of_somebody(const std::string& typed);
// Something of it lies here for its buyer.
[[nodiscard]] bool is_ready(const CustomerOrder& order);
// Of whoever is on the screen, the order that can be handed over: of several, the one that was placed first. Empty: there is
// none, or it is not this person's work.
[[nodiscard]] std::string ready_order_of(const Model& model);
// The conversation in the middle of the screen; none: there is none, or it has gone.
[[nodiscard]] const CaseSeen* open_case_of(const CustomerOnScreen& screen);
// Whoever types, types a sentence.
[[nodiscard]] bool writes_note(const Model& model);
// What becomes of the money, as the counter reckons it; the edge has the last word.
struct BackSum {
  std::int64_t units = 0;
  std::int64_t refund = 0;
  std::int64_t goods = 0;
};
[[nodiscard]] BackSum sum_of(const TakeBackOnScreen& screen);
// Its rules say no, and who is signed in may overrule them.
[[nodiscard]] bool may_come_back(const Desk& desk, const PurchaseLine& line);
// Something that is ticked comes back against the rules.
[[nodiscard]] bool needs_overrule(const TakeBackOnScreen& screen);
[[nodiscard]] bool is_complete(const TakeBackOnScreen& screen);

// The line that is open; none: there is none, or it has gone.
[[nodiscard]] const CounterLine* open_line_of(const OrderOnScreen& screen);
// How many units of the line it may be done with; 0: it is not to be offered.
[[nodiscard]] std::int64_t most_of(const Model& model, const CounterLine& line, LineWork work);
// Something can be decided about the line.
[[nodiscard]] bool may_decide(const Model& model, const CounterLine& line);
[[nodiscard]] bool is_complete(const LineOnScreen& line);

// What is typed, as a number; none: nothing is.
[[nodiscard]] std::optional<std::int64_t> units_of(const StockOnScreen& screen);
// The work that was chosen can be written down as it stands.
[[nodiscard]] bool is_complete(const StockOnScreen& screen);

// What a line's picker says was found: all of it unless they counted.
[[nodiscard]] std::int64_t found_of(const OrderOnScreen& screen, const CounterLine& line);

}  // namespace vitrine::kiosk
