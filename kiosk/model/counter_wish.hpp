// SPDX-License-Identifier: Apache-2.0
// What staff want, as a counter's screens return it: one kind of intent (intent.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "kiosk/model/counter_request.hpp"

namespace vitrine::kiosk {

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
// To their cart, to change it; from there, done.
struct OpenCart {
  bool open = true;
  bool operator==(const OpenCart&) const = default;
};
// So many units of a line more, or fewer; the last one takes the line out.
struct CountCart {
  std::string line;
  std::int64_t delta = 0;
  bool operator==(const CountCart&) const = default;
};
struct DropFromCart {
  std::string line;
  bool operator==(const DropFromCart&) const = default;
};
struct AddToTheirCart {
  std::string sku;
  bool operator==(const AddToTheirCart&) const = default;
};
// The code of a coupon is to be typed; one is taken off.
struct TypeCoupon {
  bool operator==(const TypeCoupon&) const = default;
};
struct DropCoupon {
  std::string code;
  bool operator==(const DropCoupon&) const = default;
};
struct UndoCart {
  bool operator==(const UndoCart&) const = default;
};
// A code for the till, or for their phone's camera.
struct SendCart {
  bool to_till = true;
  bool operator==(const SendCart&) const = default;
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
// To what the store measures: of today or of seven days, and which figure is drawn over time.
struct OpenBoard {
  bool operator==(const OpenBoard&) const = default;
};
struct ShowBoard {
  bool week = false;
  bool operator==(const ShowBoard&) const = default;
};
struct DrawFigure {
  BoardFigure figure = BoardFigure::resumes;
  bool operator==(const DrawFigure&) const = default;
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
// What is held for somebody is given back in a moment, and can be undone until then.
struct GiveBack {
  std::string reservation;
  bool operator==(const GiveBack&) const = default;
};
struct UndoStock {
  bool operator==(const UndoStock&) const = default;
};
// The field for everything; by touch with a keyboard on the screen.
struct OpenSearch {
  bool keyboard = false;
  bool operator==(const OpenSearch&) const = default;
};
// Which keys there are; again: the screen.
struct ShowKeys {
  bool operator==(const ShowKeys&) const = default;
};
struct CloseOver {
  bool operator==(const CloseOver&) const = default;
};
// To the finder of customers, with what was typed as the key; they are looked up once it is said why.
struct OpenFinderWith {
  std::string key;
  bool operator==(const OpenFinderWith&) const = default;
};
struct LookUpPurchase {
  std::string name;
  bool operator==(const LookUpPurchase&) const = default;
};
// How long a drill is to be is asked, or not.
struct OfferDrill {
  bool offered = true;
  bool operator==(const OfferDrill&) const = default;
};
// 0 minutes end one that runs.
struct StartDrill {
  std::int64_t minutes = 0;
  bool operator==(const StartDrill&) const = default;
};
struct UnlockColleague {
  std::string number;
  bool operator==(const UnlockColleague&) const = default;
};
// To what is to be fetched for all orders; by aisle or by order.
struct OpenPickList {
  bool operator==(const OpenPickList&) const = default;
};
struct ListByOrder {
  bool by_order = false;
  bool operator==(const ListByOrder&) const = default;
};
// A line is mine to fetch, and open; line 0 of an order opens the order.
struct TakePick {
  std::string order;
  std::int64_t line = 0;
  bool operator==(const TakePick&) const = default;
};
struct PutBackPick {
  bool operator==(const PutBackPick&) const = default;
};
struct CountPick {
  std::int64_t delta = 0;
  bool operator==(const CountPick&) const = default;
};
// As many as were counted are there; or none is on the shelf.
struct FinishPick {
  bool none = false;
  bool operator==(const FinishPick&) const = default;
};
// To who did and saw what.
struct OpenAudit {
  bool operator==(const OpenAudit&) const = default;
};
// Asked anew from the first page.
struct AskAudit {
  AuditQuestion question;
  bool operator==(const AskAudit&) const = default;
};
struct TurnAudit {
  bool forth = true;
  bool operator==(const TurnAudit&) const = default;
};
// A line of the page, looked at closely; 0: none.
struct ChooseAuditLine {
  std::uint64_t n = 0;
  bool operator==(const ChooseAuditLine&) const = default;
};
struct DismissNotice {
  bool operator==(const DismissNotice&) const = default;
};

using CounterWish =
    std::variant<ChooseColleague, LockCounter, TakeCall, PutBackCall, EndCall, OpenOrder, StartPicking, StopPicking, CountFound,
                 LineFound, StageOrder, TickLine, TickPerson, TickPaid, HandOver, OpenLine, ChooseLineWork, ChooseRefusal,
                 StepLine, ConfirmLine, OpenTakeBack, CountBack, ChooseReason, ChooseCondition, ChooseOverrule, SwapInstead,
                 DropSwap, ConfirmBack, UndoBack, OpenFinder, ChooseWhy, ShowName, ShowOlder, ShowDoings, OpenWaitingCase,
                 ShowCase, StartNote, LeaveNote, WorkOnCase, OfferCameTo, OpenCart, CountCart, DropFromCart, TypeCoupon,
                 DropCoupon, AddToTheirCart, UndoCart, SendCart, LetSee, OpenStock, LookAtStock, ChooseStockWork, ChooseLoss,
                 StepUnits, ConfirmStock, GiveBack, UndoStock, SeeToAlerts, OpenAlert, OpenStatus, OpenBoard, ShowBoard,
                 DrawFigure, OpenSearch, ShowKeys, CloseOver, OpenFinderWith, LookUpPurchase, UnlockColleague, OfferDrill,
                 StartDrill, DismissNotice, OpenPickList, ListByOrder, TakePick, PutBackPick, CountPick, FinishPick, OpenAudit,
                 AskAudit, TurnAudit, ChooseAuditLine>;

}  // namespace vitrine::kiosk
