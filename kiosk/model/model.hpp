// SPDX-License-Identifier: Apache-2.0
// All that screens may show. apply() is pure: an event and the time go in, the model changes, requests come out.
// Everything that belongs to one person is in Visit, so that ending a visit is one assignment and nothing stays behind.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "kiosk/model/choice_view.hpp"
#include "kiosk/model/counter.hpp"
#include "kiosk/model/delivery_view.hpp"
#include "kiosk/model/ease.hpp"
#include "kiosk/model/event.hpp"
#include "kiosk/model/kept_view.hpp"
#include "kiosk/model/request.hpp"
#include "kiosk/model/route.hpp"
#include "kiosk/model/ticket_view.hpp"
#include "kiosk/model/typed_text.hpp"

namespace vitrine::kiosk {

// A change of the cart that the edge has not answered. Only the first is on its way; each is sent with what the cart shows then.
struct PendingChange {
  std::string line;
  sync::Sku sku;
  std::int64_t delta = 0;
  bool removal = false;
  std::uint64_t number = 0;  // of its request; 0 while it waits
  MonoMs made_at;
  std::string coupon{};  // it is put on, or, as a removal, taken off
  bool operator==(const PendingChange&) const = default;
};

// A removed line, or a coupon, that can be brought back for 6 s.
struct Removed {
  std::string line;
  sync::Sku sku;
  Words title;
  std::int64_t units = 0;
  MonoMs until;
  std::string coupon{};
  bool operator==(const Removed&) const = default;
};

// What a person looks for.
struct Search {
  TypedText typed;
  bool keyboard = true;  // is shown
  SearchFilter filter;
  std::optional<SearchFound> found;
  std::string found_for;    // the words that were asked for
  std::uint64_t asked = 0;  // the newest question; 0: none
  bool waiting = false;     // for its answer
  bool failed = false;
  std::optional<MonoMs> rests_at;  // if nothing more is typed, that was the search
  std::string counted;             // the words of the last one that was told to the edge
};

// The product that is looked at.
struct ProductOnScreen {
  std::string code;      // its number, or what a scanner read
  bool scanned = false;  // the latter
  std::optional<ProductPage> page;
  std::int64_t units = 1;
  std::uint64_t asked = 0;
  std::string failed;  // the code of why it did not come; empty: it did, or will
};

// What another store was asked to keep for the cart that is open.
struct Kept {
  sync::Sku sku;
  std::string store;
  std::int64_t units = 1;
  std::uint64_t asked = 0;     // 0: answered
  std::string failed;          // the local API's code of why it is not kept
  std::optional<UtcMs> until;  // it is kept
};

// An order that is collected. The digits go as soon as it is open.
struct Collection {
  TypedText code;
  TypedText phone;
  std::string pass;         // what was held to the reader in place of the six digits
  bool code_right = false;  // now the phone's digits
  bool waiting = false;     // for the edge
  std::uint64_t asked = 0;
  std::string failed;  // the local API's code; empty: nothing is wrong
  std::optional<Pickup> pickup;
  std::optional<OrderView> order;
  std::string shown_code;  // of the open order, for the person to compare
  UtcMs checked_in_at;
};

// A person who was asked for.
struct Help {
  std::optional<HelpView> request;  // as the edge last said; none: not asked for
  std::string about;                // as chosen, before the edge has said so
  std::uint64_t asked = 0;          // the newest question; 0: none
  bool waiting = false;             // for the first answer
  bool failed = false;              // it did not come
  Route from = Route::welcome;      // where they were
  MonoMs since;                     // the screen is shown
};
// A cart that is to be paid at a till.
struct Paying {
  bool waiting = false;         // for the ticket
  std::uint64_t asked = 0;      // the newest question; 0: changes of the cart go first
  std::uint64_t cancelled = 0;  // the request that gave the ticket up; 0: none
  std::string failed;           // the local API's code of why there is no ticket
  std::optional<TicketView> ticket;
  MonoMs valid_until;        // of an open ticket
  bool looks_stale = false;  // the cart has less than the ticket says; it may have been paid since
  bool stale = false;        // it was not
};

// A cart that goes to the person's phone.
struct Keeping {
  bool waiting = false;     // for the code
  std::uint64_t asked = 0;  // the newest question; 0: changes of the cart go first
  std::string failed{};     // the local API's code of why there is none
  std::optional<KeptCode> code{};
};

// A cart that is sent home.
struct Delivering {
  bool waiting = false;     // it was ordered and is not answered
  std::uint64_t asked = 0;  // the newest question
  std::string failed{};     // the local API's code of why there is no order
  std::optional<DeliveryView> order{};
};

// What the person agreed to. Only the first change is on its way; each is sent with the withdrawals that are shown then.
struct ChoiceChange {
  std::string purpose;
  bool granted = false;
  std::uint64_t number = 0;  // of its request; 0 while it waits
  bool operator==(const ChoiceChange&) const = default;
};
// The last change, while it can be undone.
struct Chosen {
  std::string purpose;
  bool granted = false;
  MonoMs until;
  bool operator==(const Chosen&) const = default;
};
struct Choices {
  std::vector<Choice> all;                // as the edge last said; empty: it has not
  std::uint64_t asked = 0;                // the newest question
  bool asking = false;                    // it has no answer yet
  bool again = false;                     // there was news meanwhile
  std::string failed{};                   // the local API's code of why they are not shown
  std::deque<ChoiceChange> pending{};     // on top of `all`
  std::string refused{};                  // the code of why the last change was not kept
  std::optional<Chosen> chosen{};         // it was
  std::vector<ChoiceReceipt> receipts{};  // since the code was shown, the newest of each purpose, in order
  bool receipt_shown = false;

  [[nodiscard]] bool waiting() const { return all.empty() && failed.empty(); }
};
// With the changes on top.
[[nodiscard]] bool is_granted(const Choices& choices, const std::string& purpose);

// A coupon that is typed, or was held to the reader.
struct CouponEntry {
  TypedText typed;
  std::uint64_t asked = 0;  // on its way; 0: it is not
  std::string failed{};     // the local API's code of why it was not taken
  RefusalHints hints{};
};

// A piece of paper that was asked for.
enum class PrintStep { waiting, done, failed };
struct Printing {
  std::uint64_t number = 0;
  PrintStep step = PrintStep::waiting;
  std::optional<Paper> paper{};  // until the printer is given it
  std::string failed{};          // PaperPrinted::failed
};
// What this kiosk's printer can do.
struct PrinterAbility {
  bool japanese = false;
};

// A product that went into the cart, or is to go into the one that opens next.
struct Added {
  sync::Sku sku;
  Words title;
  std::int64_t units = 1;
  MonoMs until;  // said until then
  bool operator==(const Added&) const = default;
};

struct Visit {
  std::uint64_t number = 1;  // never used twice
  Route route = Route::welcome;
  std::string language;  // empty: the store's
  bool choosing_language = false;
  Ease ease;
  bool choosing_ease = false;  // the accessibility panel is open
  std::optional<Problem> problem;
  bool opening = false;  // a code was read and the edge has not answered
  MonoMs opening_since;
  std::uint64_t opening_number = 0;
  std::string opening_text;                    // dropped with the answer
  std::optional<MonoMs> scan_confirmed_until;  // the cart is there already; the reader's line is green until then
  std::optional<CartView> cart;                // as the edge last said
  std::deque<PendingChange> pending;           // changes on top of it
  std::uint64_t answered = 0;                  // the newest request whose cart was taken
  std::optional<Removed> removed;
  CouponEntry coupon;
  std::string coupon_wanted;              // was held to the reader before there was a cart: for the one that opens next
  std::optional<MonoMs> cart_changes_at;  // a price or promotion begins or ends then: look again
  bool fetch_again = false;               // news came while changes were pending, or a cart was opening
  std::optional<MonoMs> not_saved_until;  // a change failed: say so until then
  Search search;
  std::optional<ProductOnScreen> product;
  std::vector<std::string> product_trail;  // numbers of the products before it
  Route product_from = Route::search;      // where Back leads from the first of them
  std::vector<Kept> kept;                  // one of each product and store, the newest question
  Collection collection;
  Help help;
  std::optional<Paying> paying;
  std::optional<Keeping> keeping;
  std::optional<Delivering> delivering;
  std::optional<Choices> choices;
  std::optional<Printing> printing;
  std::optional<Added> wanted;  // into the cart that is opened next
  std::optional<Added> added;
  Desk desk;  // of a counter
  MonoMs last_active;
  std::optional<MonoMs> countdown_ends;  // "Are you still there?" is shown
  std::uint64_t requests = 0;
};

enum class LinkBanner { none, offline, back_online };

struct Model {
  std::string device = "kiosk-1";
  std::string where;  // it stands, in words of the store; may be empty
  bool reduced_motion = false;
  bool can_speak = false;  // something that speaks is installed
  bool headset = false;    // is plugged in
  Now now;
  bool edge_present = false;
  MonoMs edge_changed_at;
  std::optional<StoreInfo> store;
  std::optional<StoreInfo> store_next;  // arrived in the middle of a visit: its look and languages wait for the end of it
  Link link;
  bool link_known = false;
  MonoMs link_changed_at;
  LinkBanner link_banner = LinkBanner::none;
  MonoMs link_banner_until;
  MonoMs store_asked_at;
  bool store_asked = false;
  std::optional<Counter> counter;           // this device is one
  std::optional<PrinterAbility> printer{};  // none: nothing is printed
  std::uint64_t papers = 0;                 // asked for since it started
  Visit visit;
};

// Changes the model and returns what to ask of the edge.
[[nodiscard]] std::vector<Request> apply(Model& model, const Event& event, const Now& now);

// A piece of paper that was asked for, once.
struct PrintJob {
  std::uint64_t number = 0;
  Paper paper;
};
[[nodiscard]] std::optional<PrintJob> take_print_job(Model& model);
// What a counter is to sound, once.
[[nodiscard]] Ring take_ring(Model& model);
// There is a printer, with the letters of the language that is shown.
[[nodiscard]] bool can_print(const Model& model);

// Somebody is at it, or left something.
[[nodiscard]] bool is_in_use(const Model& model);

// The window of welcome, when nobody has touched the screen for a while: how many changes there were, the last of them so long
// ago. Nothing: it stands still.
struct Attract {
  std::int64_t changes = 0;
  std::int64_t since_ms = 0;
};
[[nodiscard]] std::optional<Attract> attract(const Model& model);

// When the next Tick changes something by itself; nothing: only an event will.
[[nodiscard]] std::optional<MonoMs> next_change(const Model& model);

// The screen to show: the visit's route, unless the edge is gone or the store is not filled.
[[nodiscard]] Route shown_route(const Model& model);
[[nodiscard]] const std::string& shown_language(const Model& model);
// How long "Are you still there?" waits: longer with "More time".
[[nodiscard]] std::int64_t countdown_length_ms(const Model& model);
// Seconds left of "Are you still there?"; nothing when it is not shown.
[[nodiscard]] std::optional<int> countdown_seconds(const Model& model);

// Where paying at a till stands.
[[nodiscard]] PayStep pay_step(const Model& model);
// Where sending the cart home does.
[[nodiscard]] DeliverStep deliver_step(const Model& model);
// A ticket that nobody has given up.
[[nodiscard]] bool has_ticket(const Visit& visit);

// The cart with the pending changes on top: units, totals and removed lines as the person expects them.
[[nodiscard]] std::optional<CartView> shown_cart(const Model& model);
[[nodiscard]] Freshness shown_freshness(const StockHere& stock, const Model& model);
// Of another store's: it ages while it is looked at, whether this store is connected or not.
[[nodiscard]] Freshness shown_freshness(const NearbyStore& store, const Model& model);

// What became of asking this store to keep this product; none: it was not asked.
[[nodiscard]] const Kept* kept_at(const Visit& visit, const sync::Sku& sku, const std::string& store);

// How long things last (kiosk-ui section 9).
inline constexpr std::int64_t kept_units_max = 20;  // of one product, in one other store
inline constexpr std::int64_t attract_after_ms = 30'000;
inline constexpr std::int64_t attract_each_ms = 6'000;
inline constexpr std::int64_t idle_cart_ms = 45'000;
inline constexpr std::int64_t idle_scan_ms = 30'000;
inline constexpr std::int64_t countdown_ms = 20'000;
inline constexpr std::int64_t idle_more_time_ms = 180'000;
inline constexpr std::int64_t countdown_more_time_ms = 60'000;
inline constexpr std::int64_t offline_banner_after_ms = 10'000;
inline constexpr std::int64_t online_banner_after_ms = 10'000;
inline constexpr std::int64_t back_online_banner_ms = 8'000;
inline constexpr std::int64_t line_units_max = 999;  // sync/rules/cart.hpp refuses more
inline constexpr std::int64_t undo_ms = 6'000;
inline constexpr std::int64_t added_ms = 6'000;
inline constexpr std::int64_t idle_paid_ms = 30'000;
inline constexpr std::int64_t idle_pickup_ms = 60'000;
inline constexpr std::int64_t help_ms_max = 300'000;  // then the screen goes back to what was shown; the request stays
inline constexpr std::int64_t help_look_ms = 5'000;   // so often the time until somebody is there is drawn anew
inline constexpr std::size_t pickup_code_digits = 6;
inline constexpr std::size_t pickup_phone_digits = 2;
inline constexpr std::size_t coupon_letters_max = 32;
inline constexpr std::size_t search_letters_max = 40;
inline constexpr std::int64_t search_rests_ms = 1'500;  // with its answer on the screen
inline constexpr std::int64_t scan_confirm_ms = 300;
inline constexpr std::int64_t edge_grace_ms = 4'000;
inline constexpr std::int64_t opening_shown_after_ms = 400;  // a quick answer needs no screen in between
inline constexpr std::int64_t opening_ms_max = 12'000;       // longer than the edge client waits

}  // namespace vitrine::kiosk
