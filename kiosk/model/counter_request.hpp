// SPDX-License-Identifier: Apache-2.0
// What a counter asks of the edge, and what comes back. One kind of each among the kiosk's own: see request.hpp and event.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "kiosk/model/alert_view.hpp"
#include "kiosk/model/asked.hpp"
#include "kiosk/model/audit_view.hpp"
#include "kiosk/model/board_view.hpp"
#include "kiosk/model/counter_view.hpp"
#include "kiosk/model/customer_view.hpp"
#include "kiosk/model/kept_view.hpp"
#include "kiosk/model/order_view.hpp"
#include "kiosk/model/purchase_view.hpp"
#include "kiosk/model/status_view.hpp"
#include "kiosk/model/stock_view.hpp"
#include "kiosk/model/ticket_view.hpp"

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
// One change of it, while it is as `seen` (its tag): "add", "decrease", "remove".
struct ChangeCustomerCart {
  std::string cart, action, line, sku;
  std::int64_t units = 0;
  std::vector<std::string> shown{};
  std::optional<PassOrigin> pass{};
  std::string seen{};
  std::string coupon{};  // of "add_coupon" and "remove_coupon"
};
// On its way over a till, and on the customer's phone.
struct MakeCustomerTicket {
  std::string cart;
};
struct FetchCustomerTicket {
  std::string ticket;
};
struct KeepCustomerCart {
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
enum class StockWork { count, receive, write_off, settle, give_back };
struct ActOnStock {
  std::string sku;
  StockWork work = StockWork::count;
  std::int64_t units = 0;                    // counted, arrived or gone
  std::int64_t moved = 0;                    // of a count: the record's when it began
  std::string reason{};                      // of a write-off
  std::vector<std::string> discrepancies{};  // settle
  std::string reservation{};                 // give back: the promise
  bool operator==(const ActOnStock&) const = default;
};

// How a till's ticket stands, by its code.
struct FetchTicketSeen {
  std::string code;
};
struct FetchStatus {};
struct FetchBoard {
  bool week = false;  // else today
};
struct FetchAudit {
  AuditQuestion question;
};
// A colleague who is locked out may try again.
struct LetTryAgain {
  std::string staff;
};
// The line to the hub is dropped for so many minutes; 0: it is joined again.
struct RunDrill {
  std::int64_t minutes = 0;
};
// Needs nobody who is signed in.
struct FetchAlertKinds {};
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
               FetchCustomerCart, ChangeCustomerCart, MakeCustomerTicket, FetchCustomerTicket, KeepCustomerCart, ChangeSharing,
               FetchCases, FetchCaseCustomer, WriteNote, ActOnCase, TellOffer, FetchStock, FetchStockChecks, ActOnStock,
               FetchAlerts, ActOnAlerts, FetchStatus, FetchBoard, FetchAudit, FetchTicketSeen, LetTryAgain, RunDrill,
               FetchAlertKinds>
      what;
};

// The order that an answer is about is in it; `what` that was asked says which of the lists it is.
struct CounterAnswer {
  Asked asked;
  std::variant<std::monostate, std::vector<Colleague>, StaffSession, std::vector<HelpCall>, HelpCall, std::vector<OrderCard>,
               std::vector<PickLine>, CounterOrder, Pickup, PurchaseSeen, ReturnDone, CustomerSeen, CustomerPart, CartView,
               TicketView, KeptCode, SharingChanged, std::vector<CaseCard>, StockRecord, std::vector<StockCheck>,
               std::vector<StoreAlert>, StoreStatus, BoardSeen, AuditPage, TicketSeen, std::vector<AlertKindSeen>, LetTryAgain,
               RunDrill>
      what;
};

}  // namespace vitrine::kiosk
