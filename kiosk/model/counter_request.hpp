// SPDX-License-Identifier: Apache-2.0
// What a counter asks of the edge, what comes back, and what staff want. One kind of each among the kiosk's own: see request.hpp,
// event.hpp and intent.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "kiosk/model/alert_view.hpp"
#include "kiosk/model/asked.hpp"
#include "kiosk/model/counter_view.hpp"
#include "kiosk/model/customer_view.hpp"
#include "kiosk/model/order_view.hpp"
#include "kiosk/model/purchase_view.hpp"
#include "kiosk/model/status_view.hpp"
#include "kiosk/model/stock_view.hpp"

namespace vitrine::kiosk {

struct FetchColleagues {};
// By number and PIN, or by badge.
struct SignIn {
  std::string staff, pin, badge;
};
enum class SessionAction { touch, lock, end };
struct ActOnSession {
  SessionAction action = SessionAction::touch;
};
struct FetchCalls {};
enum class CallAction { take, put_back, end };
struct ActOnCall {
  std::string call;
  CallAction action = CallAction::take;
  std::int64_t minutes = 0;  // take: until they are there
};
struct FetchOrders {};
struct FetchPicking {};
struct FetchCounterOrder {
  std::string order;
};
enum class OrderAction { pick, put_down, picked, stage, hand_over, choose, refuse, restock, write_off };
struct ActOnOrder {
  std::string order;
  OrderAction action = OrderAction::pick;
  std::string who{};                                           // pick, put_down
  std::vector<std::pair<std::int64_t, std::int64_t>> lines{};  // number and, but for picking marks, units
  std::int64_t line = 0, units = 0, missing = 0;               // picked, choose
  std::string place{};                                         // stage
  std::string proof{};                                         // hand_over: "code", "pass", "staff"
  bool balance_settled = false;
  std::string choice{}, sku{};  // choose: "wait", "substitute" with which product, "refund"
  std::string reason{};         // refuse
};
// A buyer shows their digits or their pass, at the counter itself.
struct CheckIn {
  std::string code, phone_last2, pass;
};

// By an order's number or digits, or a receipt.
struct FetchPurchase {
  std::string name;
};
struct SwapGoods {
  std::string sku;
  std::int64_t units = 0;
  bool operator==(const SwapGoods&) const = default;
};
struct TakeBack {
  std::string purchase;
  std::vector<std::pair<std::int64_t, std::int64_t>> lines{};  // number and units
  std::string reason{}, condition{};
  std::string overrule{};  // why, where the rules say no; empty: by the rules
  std::vector<SwapGoods> exchange{};
};
struct FetchReturn {
  std::string id;
};
// By what they show: "pass", "loyalty", "email", "phone".
struct FindCustomer {
  std::string by, key, reason;
};
struct FetchCustomer {
  std::string look_up;
};
struct FetchCustomerPart {
  std::string look_up, panel;
  std::string after{};        // of the timeline: the place where the page before ended
  std::string where = "all";  // of the timeline: "all", "online", "store"
};
struct FetchCustomerCart {
  std::string cart;
};
struct ChangeSharing {
  std::string look_up;
  bool granted = false;
  std::vector<std::string> shown;  // the withdrawals that the panel named
};

// What waits for this store, and whose one of them is.
struct FetchCases {};
struct FetchCaseCustomer {
  std::string id;
};
struct WriteNote {
  std::string look_up, text;
};
enum class CaseWork { note, take, put_back, close };
struct ActOnCase {
  std::string look_up, id;
  CaseWork work = CaseWork::note;
  std::string text{};               // note
  bool needed = true;               // close: it was answered; else nothing was to be done
  std::vector<std::string> seen{};  // close: what they wrote, as the screen showed it
};

// "taken", "declined", "not_now"
struct TellOffer {
  std::string look_up, id, what;
};

struct FetchStock {
  std::string sku;
};
struct FetchStockChecks {};
enum class StockWork { count, receive, write_off, settle };
struct ActOnStock {
  std::string sku;
  StockWork work = StockWork::count;
  std::int64_t units = 0;                    // counted, arrived or gone
  std::int64_t moved = 0;                    // of a count: the record's when it began
  std::string reason{};                      // of a write-off
  std::vector<std::string> discrepancies{};  // settle
  bool operator==(const ActOnStock&) const = default;
};

struct FetchStatus {};
struct FetchAlerts {};
// These were on the screen, or whoever is signed in sees to them: kind and subject.
struct ActOnAlerts {
  bool acknowledges = false;
  std::vector<std::pair<std::string, std::string>> alerts;
};

struct CounterRequest {
  Asked asked;
  std::string session;  // the token; empty where none is needed
  std::variant<FetchColleagues, SignIn, ActOnSession, FetchCalls, ActOnCall, FetchOrders, FetchPicking, FetchCounterOrder,
               ActOnOrder, CheckIn, FetchPurchase, TakeBack, FetchReturn, FindCustomer, FetchCustomer, FetchCustomerPart,
               FetchCustomerCart, ChangeSharing, FetchCases, FetchCaseCustomer, WriteNote, ActOnCase, TellOffer, FetchStock,
               FetchStockChecks, ActOnStock, FetchAlerts, ActOnAlerts, FetchStatus>
      what;
};

// The order that an answer is about is in it; `what` that was asked says which of the lists it is.
struct CounterAnswer {
  Asked asked;
  std::variant<std::monostate, std::vector<Colleague>, StaffSession, std::vector<HelpCall>, HelpCall, std::vector<OrderCard>,
               std::vector<PickLine>, CounterOrder, Pickup, PurchaseSeen, ReturnDone, CustomerSeen, CustomerPart, CartView,
               SharingChanged, std::vector<CaseCard>, StockRecord, std::vector<StockCheck>, std::vector<StoreAlert>, StoreStatus>
      what;
};

struct ChooseColleague {
  std::string number;
  bool operator==(const ChooseColleague&) const = default;
};
// The screen is left at once; the work on it stays for whoever was there.
struct LockCounter {
  bool operator==(const LockCounter&) const = default;
};
// Going there, in about so many minutes; again: another time.
struct TakeCall {
  std::string call;
  std::int64_t minutes = 0;
  bool operator==(const TakeCall&) const = default;
};
struct PutBackCall {
  std::string call;
  bool operator==(const PutBackCall&) const = default;
};
struct EndCall {
  std::string call;
  bool operator==(const EndCall&) const = default;
};
struct OpenOrder {
  std::string order;
  bool operator==(const OpenOrder&) const = default;
};
// All that waits is marked as picked by me; again: not by me.
struct StartPicking {
  bool operator==(const StartPicking&) const = default;
};
struct StopPicking {
  bool operator==(const StopPicking&) const = default;
};
// How many of a line the picker has found so far.
struct CountFound {
  std::int64_t line = 0, delta = 0;
  bool operator==(const CountFound&) const = default;
};
// The line is done: so many were found, the rest is not there.
struct LineFound {
  std::int64_t line = 0;
  bool operator==(const LineFound&) const = default;
};
struct StageOrder {
  std::string place;
  bool operator==(const StageOrder&) const = default;
};
// A line is, or is not, passed over the counter.
struct TickLine {
  std::int64_t line = 0;
  bool operator==(const TickLine&) const = default;
};
// Staff have looked at who stands there.
struct TickPerson {
  bool operator==(const TickPerson&) const = default;
};
// The till has taken what was open.
struct TickPaid {
  bool operator==(const TickPaid&) const = default;
};
struct HandOver {
  bool operator==(const HandOver&) const = default;
};
// What becomes of units of a line that are missing, not wanted, or left over.
enum class LineWork { found, wait, substitute, refund, refuse, restock, write_off };
struct OpenLine {
  std::int64_t line = 0;  // 0: closes it
  bool operator==(const OpenLine&) const = default;
};
struct ChooseLineWork {
  LineWork work = LineWork::wait;
  bool operator==(const ChooseLineWork&) const = default;
};
struct ChooseRefusal {
  std::string reason;
  bool operator==(const ChooseRefusal&) const = default;
};
// So many units of it more, or fewer.
struct StepLine {
  std::int64_t delta = 0;
  bool operator==(const StepLine&) const = default;
};
struct ConfirmLine {
  bool operator==(const ConfirmLine&) const = default;
};
// To what comes back; from there, to the next purchase.
struct OpenTakeBack {
  bool operator==(const OpenTakeBack&) const = default;
};
// Of a line comes back so many more, or fewer; a delta of 0 ticks all of it or none.
struct CountBack {
  std::int64_t line = 0, delta = 0;
  bool operator==(const CountBack&) const = default;
};
struct ChooseReason {
  std::string reason;
  bool operator==(const ChooseReason&) const = default;
};
struct ChooseCondition {
  std::string condition;
  bool operator==(const ChooseCondition&) const = default;
};
struct ChooseOverrule {
  std::string why;
  bool operator==(const ChooseOverrule&) const = default;
};
// Goods leave for it: those that are scanned from now on; again: money back.
struct SwapInstead {
  bool swap = true;
  bool operator==(const SwapInstead&) const = default;
};
struct DropSwap {
  std::string sku;
  bool operator==(const DropSwap&) const = default;
};
// It is taken back in a moment; said again, now; until then it can be undone.
struct ConfirmBack {
  bool operator==(const ConfirmBack&) const = default;
};
struct UndoBack {
  bool operator==(const UndoBack&) const = default;
};
// To whoever stands there; from there, to the next one.
struct OpenFinder {
  bool operator==(const OpenFinder&) const = default;
};
struct ChooseWhy {
  std::string reason;
  bool operator==(const ChooseWhy&) const = default;
};
struct ShowName {
  bool operator==(const ShowName&) const = default;
};
struct ShowOlder {
  bool operator==(const ShowOlder&) const = default;
};
// What was done online or in a store alone, or all of it: "all", "online", "store".
struct ShowDoings {
  std::string where;
  bool operator==(const ShowDoings&) const = default;
};
// To the customer whose conversation waits.
struct OpenWaitingCase {
  std::string id;
  bool operator==(const OpenWaitingCase&) const = default;
};
// In the middle of their screen; empty: what they did is there again.
struct ShowCase {
  std::string id;
  bool operator==(const ShowCase&) const = default;
};
// An answer in the open conversation, or a note of its own.
struct StartNote {
  bool operator==(const StartNote&) const = default;
};
struct LeaveNote {
  bool operator==(const LeaveNote&) const = default;
};
struct WorkOnCase {
  CaseWork work = CaseWork::take;
  bool needed = true;
  bool operator==(const WorkOnCase&) const = default;
};
// What came of the offer on the screen.
struct OfferCameTo {
  std::string what;
  bool operator==(const OfferCameTo&) const = default;
};
// The customer says so.
struct LetSee {
  bool granted = false;
  bool operator==(const LetSee&) const = default;
};
// To how the store stands.
struct OpenStatus {
  bool operator==(const OpenStatus&) const = default;
};
// I see to all of this kind; or look at the first of them.
struct SeeToAlerts {
  std::string kind;
  bool operator==(const SeeToAlerts&) const = default;
};
struct OpenAlert {
  std::string kind;
  bool operator==(const OpenAlert&) const = default;
};
// To what the store has; from a product, to the next one.
struct OpenStock {
  bool operator==(const OpenStock&) const = default;
};
// What there is of this product.
struct LookAtStock {
  std::string sku;
  bool operator==(const LookAtStock&) const = default;
};
struct ChooseStockWork {
  StockWork work = StockWork::count;
  bool operator==(const ChooseStockWork&) const = default;
};
struct ChooseLoss {
  std::string reason;
  bool operator==(const ChooseLoss&) const = default;
};
// So many more, or fewer.
struct StepUnits {
  std::int64_t delta = 0;
  bool operator==(const StepUnits&) const = default;
};
// It is written down in a moment; said again, now; until then it can be undone. Settle: all that the product's record names has
// been seen to.
struct ConfirmStock {
  bool settle = false;
  bool operator==(const ConfirmStock&) const = default;
};
struct UndoStock {
  bool operator==(const UndoStock&) const = default;
};
struct DismissNotice {
  bool operator==(const DismissNotice&) const = default;
};

using CounterWish =
    std::variant<ChooseColleague, LockCounter, TakeCall, PutBackCall, EndCall, OpenOrder, StartPicking, StopPicking, CountFound,
                 LineFound, StageOrder, TickLine, TickPerson, TickPaid, HandOver, OpenLine, ChooseLineWork, ChooseRefusal,
                 StepLine, ConfirmLine, OpenTakeBack, CountBack, ChooseReason, ChooseCondition, ChooseOverrule, SwapInstead,
                 DropSwap, ConfirmBack, UndoBack, OpenFinder, ChooseWhy, ShowName, ShowOlder, ShowDoings, OpenWaitingCase,
                 ShowCase, StartNote, LeaveNote, WorkOnCase, OfferCameTo, LetSee, OpenStock, LookAtStock, ChooseStockWork,
                 ChooseLoss, StepUnits, ConfirmStock, UndoStock, SeeToAlerts, OpenAlert, OpenStatus, DismissNotice>;

}  // namespace vitrine::kiosk
