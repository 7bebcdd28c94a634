// SPDX-License-Identifier: Apache-2.0
// JSON of a counter's requests and answers; see counter_codec.hpp.
#include "kiosk/io/counter_codec.hpp"

#include <algorithm>
#include <array>

#include "kiosk/input/scan.hpp"
#include "kiosk/io/answer_fields.hpp"
#include "kiosk/io/audit_codec.hpp"
#include "kiosk/io/board_codec.hpp"
#include "kiosk/io/customer_codec.hpp"
#include "kiosk/io/edge_codec.hpp"
#include "kiosk/io/escaped.hpp"
#include "kiosk/io/purchase_codec.hpp"
#include "kiosk/io/status_codec.hpp"
#include "kiosk/io/stock_codec.hpp"

namespace vitrine::kiosk {
namespace {

using namespace answer;

constexpr std::size_t queue_most = 200;  // the local API gives no more at once

Colleague colleague(const json& object) {
  return {plain_id(object, "staff"), text_or_empty(object, "name"), text_or_empty(object, "initial"),
          text_or_empty(object, "role")};
}

StaffSession session(const json& object) {
  StaffSession read;
  read.token = text_or_empty(object, "session");
  read.who = colleague(object.at("staff"));
  read.permissions = texts(object, "permissions", 64);
  read.locks_in_ms = number(object, "locks_in_ms", 0, INT64_MAX / 2);
  return read;
}

HelpState help_state(const std::string& word) {
  if (word == "waiting") return HelpState::waiting;
  if (word == "taken") return HelpState::taken;
  if (word == "ended") return HelpState::ended;
  throw Misshapen{"state is unknown"};
}

HelpCall call(const json& object) {
  HelpCall read;
  read.id = hex_id(object, "id");
  read.state = help_state(text(object, "state"));
  read.since = time(object, "since");
  read.device = text_or_empty(object, "device");
  read.where = text_or_empty(object, "where");
  read.language = text_or_empty(object, "language");
  read.context = text_or_empty(object, "context");
  read.about = text_or_empty(object, "about");
  read.offers = offers(object);
  if (is_absent(object, "taken")) return read;
  const json& taken = object.at("taken");
  read.who = text_or_empty(taken, "who");
  read.name = text_or_empty(taken, "name");
  read.minutes = number(taken, "minutes", 0, 60);
  read.taken_at = time(taken, "at");
  return read;
}

OrderStep step_of(const std::string& status) {
  if (status == "placed" || status == "picking") return OrderStep::to_prepare;
  if (status == "ready" || status == "part_collected") return OrderStep::ready;
  if (status == "arrived") return OrderStep::here;
  return OrderStep::over;  // collected, returned, released, cancelled, exception
}

OrderCard card(const json& object) {
  OrderCard read;
  read.order = plain_id(object, "order");
  read.step = step_of(text(object, "status"));
  if (!is_absent(object, "buyer")) {
    read.name = text_or_empty(object.at("buyer"), "name");
    read.initial = text_or_empty(object.at("buyer"), "initial");
  }
  read.currency = text_or_empty(object, "currency");
  read.balance_due = number(object, "balance_due", 0, INT64_MAX);
  read.units = number(object, "units", 0, units_max * 1000);
  read.placed_at = time(object, "placed_at");
  read.promise_at = time(object, "promise_at");
  if (!is_absent(object, "arrived")) read.arrived_at = time(object.at("arrived"), "at");
  if (!is_absent(object, "staged")) {
    read.shelf = text_or_empty(object.at("staged"), "place");
    read.staged_at = time(object.at("staged"), "at");
  }
  read.cancel_asked = !is_absent(object, "cancel_asked") && object.at("cancel_asked").get<bool>();
  return read;
}

CounterLine line(const json& object) {
  CounterLine read;
  read.line = number(object, "line", 0, INT64_MAX);
  read.sku = text(object, "sku");
  read.title = words(object, "title");
  read.pictogram = text_or_empty(object, "pictogram");
  read.tile = text_or_empty(object, "tile");
  read.aisle = text_or_empty(object, "aisle");
  read.bay = text_or_empty(object, "bay");
  read.ordered = number(object, "ordered", 0, units_max);
  read.unit_price = any_number(object, "unit_price");
  // Units that nobody found still wait; they are not looked for again unless somebody says so.
  const std::int64_t waiting = number(object, "waiting", 0, units_max);
  read.missing = number(object, "missing", 0, waiting);
  read.waiting = waiting - read.missing;
  const std::int64_t held = number(object, "held", 0, units_max);
  read.ready = number(object, "ready", 0, held);
  read.back = held - read.ready;
  read.customer = number(object, "customer", 0, units_max);
  read.refused = number(object, "refused", 0, units_max);
  if (!is_absent(object, "choice")) {
    const json& choice = object.at("choice");
    read.choice = {text(choice, "what"), number(choice, "units", 0, units_max), text_or_empty(choice, "sku")};
  }
  if (!is_absent(object, "picked_by")) {
    read.picked_by = text_or_empty(object.at("picked_by"), "who");
    read.picked_by_at = time(object.at("picked_by"), "at");
  }
  return read;
}

CounterOrder order(const json& object) {
  CounterOrder read{card(object), {}};
  for (const json& one : list(object, "lines")) read.lines.push_back(line(one));
  return read;
}

template <class One, class Shape>
std::vector<One> many(const json& object, const char* key, Shape&& shape) {
  std::vector<One> read;
  for (const json& one : list(object, key)) read.push_back(shape(one));
  return read;
}

Pickup check_in(const json& object) {
  Pickup read;
  read.needs_phone = !is_absent(object, "needs");
  if (read.needs_phone) {
    if (text(object, "needs") != "phone") throw Misshapen{"needs is not phone"};
    return read;
  }
  read.order = plain_id(object, "order");
  return read;
}

// What a kiosk of shoppers reads too.
template <class View>
View as_kiosk(const json& object, Result<View> (*decode)(std::string_view)) {
  auto read = decode(sync::protocol::dump(object));
  if (!read) throw Misshapen{read.error().message};
  return std::move(*read);
}
CartView cart_of_customer(const json& object) { return as_kiosk<CartView>(object, decode_cart); }

TicketSeen ticket_seen(const json& object) {
  auto read = decode_ticket(sync::protocol::dump(object));
  if (!read) throw Misshapen{read.error().message};
  return {std::move(read->code), read->state, std::move(read->currency), read->to_pay, text_or_empty(object, "receipt")};
}

const char* word_of(SessionAction action) {
  constexpr std::array<const char*, 3> words = {"touch", "lock", "end"};
  return words[static_cast<std::size_t>(action)];
}
const char* word_of(CallAction action) {
  constexpr std::array<const char*, 3> words = {"take", "put_back", "end"};
  return words[static_cast<std::size_t>(action)];
}
const char* word_of(OrderAction action) {
  constexpr std::array<const char*, 9> words = {"pick",   "put_down", "picked",  "stage",    "hand_over",
                                                "choose", "refuse",   "restock", "write_off"};
  return words[static_cast<std::size_t>(action)];
}

const char* word_of(CaseWork work) {
  constexpr std::array<const char*, 4> words = {"note", "take", "put_back", "close"};
  return words[static_cast<std::size_t>(work)];
}

struct Path {
  std::string operator()(const FetchColleagues&) const { return "/v1/staff"; }
  std::string operator()(const SignIn&) const { return "/v1/staff/sessions"; }
  std::string operator()(const ActOnSession&) const { return "/v1/staff/session/actions"; }
  std::string operator()(const FetchCalls&) const { return "/v1/requests?limit=" + std::to_string(queue_most); }
  std::string operator()(const ActOnCall& act) const { return "/v1/requests/" + act.call + "/actions"; }
  std::string operator()(const FetchOrders&) const { return "/v1/orders?limit=" + std::to_string(queue_most); }
  std::string operator()(const FetchPicking&) const { return "/v1/picking?limit=" + std::to_string(queue_most); }
  std::string operator()(const FetchCounterOrder& fetch) const { return "/v1/orders/" + fetch.order; }
  std::string operator()(const ActOnOrder& act) const { return "/v1/orders/" + act.order + "/actions"; }
  std::string operator()(const CheckIn&) const { return "/v1/pickups/open"; }
  std::string operator()(const FetchPurchase& fetch) const { return "/v1/purchases/" + escaped(fetch.name); }
  std::string operator()(const TakeBack& act) const { return "/v1/purchases/" + escaped(act.purchase) + "/returns"; }
  std::string operator()(const FetchReturn& fetch) const { return "/v1/returns/" + fetch.id; }
  std::string operator()(const FindCustomer&) const { return "/v1/customers/look-ups"; }
  std::string operator()(const FetchCustomer& fetch) const { return "/v1/customers/" + fetch.look_up; }
  std::string operator()(const FetchCustomerPart& fetch) const {
    std::string path = "/v1/customers/" + fetch.look_up + "/" + fetch.panel;
    if (!fetch.after.empty()) path += "?after=" + fetch.after;
    if (fetch.where != "all") path += (fetch.after.empty() ? "?where=" : "&where=") + fetch.where;
    return path;
  }
  std::string operator()(const FetchCustomerCart& fetch) const { return "/v1/carts/" + fetch.cart; }
  std::string operator()(const ChangeCustomerCart& change) const { return "/v1/carts/" + change.cart + "/actions"; }
  std::string operator()(const MakeCustomerTicket&) const { return "/v1/tickets"; }
  std::string operator()(const FetchCustomerTicket& fetch) const { return "/v1/tickets/" + fetch.ticket; }
  std::string operator()(const KeepCustomerCart& keep) const { return "/v1/carts/" + keep.cart + "/keep"; }
  std::string operator()(const ChangeSharing& change) const { return "/v1/customers/" + change.look_up + "/consents"; }
  std::string operator()(const FetchCases&) const { return "/v1/cases?limit=" + std::to_string(queue_most); }
  std::string operator()(const FetchCaseCustomer& fetch) const { return "/v1/cases/" + fetch.id + "/look-ups"; }
  std::string operator()(const WriteNote& note) const { return "/v1/customers/" + note.look_up + "/cases"; }
  std::string operator()(const ActOnCase& act) const { return "/v1/customers/" + act.look_up + "/cases/" + act.id + "/actions"; }
  std::string operator()(const TellOffer& tell) const {
    return "/v1/customers/" + tell.look_up + "/offers/" + tell.id + "/actions";
  }
  std::string operator()(const FetchStock& fetch) const { return "/v1/stock/" + escaped(fetch.sku); }
  std::string operator()(const FetchStatus&) const { return "/v1/status"; }
  std::string operator()(const FetchBoard& fetch) const { return fetch.week ? "/v1/measures?range=week" : "/v1/measures"; }
  std::string operator()(const FetchAudit& fetch) const { return audit_path(fetch.question); }
  std::string operator()(const FetchTicketSeen& fetch) const { return "/v1/tickets/" + escaped(fetch.code); }
  std::string operator()(const RunDrill&) const { return "/v1/drill/actions"; }
  std::string operator()(const LetTryAgain& let) const { return "/v1/staff/" + let.staff + "/actions"; }
  std::string operator()(const FetchAlertKinds&) const { return "/v1/alerts/kinds"; }
  std::string operator()(const FetchAlerts&) const { return "/v1/alerts?limit=" + std::to_string(queue_most); }
  std::string operator()(const ActOnAlerts&) const { return "/v1/alerts/actions"; }
  std::string operator()(const FetchStockChecks&) const { return "/v1/discrepancies?limit=" + std::to_string(queue_most); }
  std::string operator()(const ActOnStock& act) const { return "/v1/stock/" + escaped(act.sku) + "/actions"; }
};

struct Body {
  json& body;

  bool operator()(const SignIn& in) const {
    if (!in.badge.empty()) {
      body["badge"] = in.badge;
    } else {
      body["staff"] = in.staff;
      body["pin"] = in.pin;
    }
    return true;
  }
  bool operator()(const ActOnSession& act) const {
    body["action"] = word_of(act.action);
    return true;
  }
  bool operator()(const ActOnCall& act) const {
    body["action"] = word_of(act.action);
    if (act.action == CallAction::take && act.minutes > 0) body["minutes"] = act.minutes;
    if (act.action == CallAction::end) body["how"] = "helped";
    return true;
  }
  bool operator()(const ActOnOrder& act) const {
    body["action"] = word_of(act.action);
    switch (act.action) {
      case OrderAction::pick:
      case OrderAction::put_down:
        body["who"] = act.who;
        body["lines"] = json::array();
        for (const auto& [number, units] : act.lines) body["lines"].push_back(number);
        break;
      case OrderAction::picked:
        body["line"] = act.line;
        body["units"] = act.units;
        body["missing"] = act.missing;
        break;
      case OrderAction::stage:
        body["place"] = act.place;
        break;
      case OrderAction::hand_over:
        body["proof"] = act.proof;
        body["balance_settled"] = act.balance_settled;
        body["lines"] = json::array();
        for (const auto& [number, units] : act.lines) body["lines"].push_back({{"line", number}, {"units", units}});
        break;
      case OrderAction::choose:
        body["line"] = act.line;
        body["units"] = act.units;
        body["choice"] = act.choice;
        if (!act.sku.empty()) body["sku"] = act.sku;
        break;
      case OrderAction::refuse:
        body["reason"] = act.reason;
        [[fallthrough]];
      case OrderAction::restock:
      case OrderAction::write_off:
        body["lines"] = json::array();
        for (const auto& [number, units] : act.lines) body["lines"].push_back({{"line", number}, {"units", units}});
        break;
    }
    return true;
  }
  bool operator()(const CheckIn& in) const {
    body[in.pass.empty() ? "code" : "pass"] = in.pass.empty() ? in.code : in.pass;
    if (!in.phone_last2.empty()) body["phone_last2"] = in.phone_last2;
    return true;
  }
  bool operator()(const TakeBack& act) const {
    write(body, act);
    return true;
  }
  bool operator()(const ActOnAlerts& act) const {
    body["action"] = act.acknowledges ? "acknowledge" : "show";
    body["alerts"] = json::array();
    for (const auto& [kind, subject] : act.alerts) body["alerts"].push_back({{"kind", kind}, {"subject", subject}});
    return true;
  }
  bool operator()(const RunDrill& run) const {
    body["action"] = run.minutes > 0 ? "start" : "end";
    if (run.minutes > 0) body["minutes"] = run.minutes;
    return true;
  }
  bool operator()(const LetTryAgain&) const {
    body["action"] = "unlock";
    return true;
  }
  bool operator()(const ActOnStock& act) const {
    write(body, act);
    return true;
  }
  bool operator()(const FindCustomer& find) const {
    body["by"] = find.by;
    body["key"] = find.key;
    body["reason"] = find.reason;
    return true;
  }
  bool operator()(const ChangeCustomerCart& change) const {
    body["action"] = change.action;
    if (!change.coupon.empty()) {
      body["coupon"] = change.coupon;
      return true;
    }
    body["line"] = change.line;
    body["sku"] = change.sku;
    if (change.action != "remove") body["units"] = change.units;
    if (!change.shown.empty()) body["shown"] = change.shown;
    if (change.pass)
      body["pass"] = {{"id", change.pass->id.text}, {"v", {change.pass->version.era, change.pass->version.number}}};
    if (!change.seen.empty()) body["seen"] = change.seen;
    return true;
  }
  bool operator()(const MakeCustomerTicket& make) const {
    body["cart"] = make.cart;
    return true;
  }
  bool operator()(const KeepCustomerCart&) const { return true; }
  bool operator()(const ChangeSharing& change) const {
    body["purpose"] = purpose_of_history;
    body["state"] = change.granted ? "granted" : "withdrawn";
    if (change.granted) body["shown"] = change.shown;
    return true;
  }
  bool operator()(const FetchCaseCustomer&) const { return true; }
  bool operator()(const WriteNote& note) const {
    body["text"] = note.text;
    return true;
  }
  bool operator()(const ActOnCase& act) const {
    body["action"] = word_of(act.work);
    if (act.work == CaseWork::note) body["text"] = act.text;
    if (act.work != CaseWork::close) return true;
    body["how"] = act.needed ? "answered" : "not_needed";
    body["seen"] = act.seen;
    return true;
  }
  bool operator()(const TellOffer& tell) const {
    body["action"] = tell.what;
    return true;
  }
  template <class Question>
  bool operator()(const Question&) const {
    return false;
  }
};

// Each question's answer; `object` is what came.
struct Answer {
  const json& object;
  using What = decltype(CounterAnswer::what);

  What operator()(const FetchColleagues&) const { return many<Colleague>(object, "staff", colleague); }
  What operator()(const SignIn&) const {
    StaffSession read = session(object);
    if (read.token.size() != 64) throw Misshapen{"there is no token"};
    return read;
  }
  What operator()(const ActOnSession&) const { return std::monostate{}; }
  What operator()(const FetchCalls&) const { return many<HelpCall>(object, "requests", call); }
  What operator()(const ActOnCall&) const { return call(object); }
  What operator()(const FetchOrders&) const { return many<OrderCard>(object, "orders", card); }
  What operator()(const FetchPicking&) const {
    return many<PickLine>(object, "lines",
                          [](const json& one) { return PickLine{plain_id(one, "order"), line(one.at("line"))}; });
  }
  What operator()(const FetchCounterOrder&) const { return order(object); }
  What operator()(const ActOnOrder&) const { return order(object); }
  What operator()(const CheckIn&) const { return check_in(object); }
  What operator()(const FetchPurchase&) const { return purchase(object); }
  What operator()(const TakeBack&) const { return done(object); }
  What operator()(const FetchReturn&) const { return done(object); }
  What operator()(const FindCustomer&) const { return customer(object); }
  What operator()(const FetchCustomer&) const { return customer(object); }
  What operator()(const FetchCustomerPart& fetch) const { return customer_part(object, fetch.panel); }
  What operator()(const FetchCustomerCart&) const { return cart_of_customer(object); }
  What operator()(const ChangeCustomerCart&) const { return cart_of_customer(object); }
  What operator()(const MakeCustomerTicket&) const { return as_kiosk<TicketView>(object, decode_ticket); }
  What operator()(const FetchCustomerTicket&) const { return as_kiosk<TicketView>(object, decode_ticket); }
  What operator()(const KeepCustomerCart&) const { return as_kiosk<KeptCode>(object, decode_kept_code); }
  What operator()(const ChangeSharing& change) const { return sharing(object, change); }
  What operator()(const FetchCases&) const { return many<CaseCard>(object, "cases", case_card); }
  What operator()(const FetchCaseCustomer&) const { return customer(object); }
  What operator()(const WriteNote&) const { return part_of_case(object); }
  What operator()(const ActOnCase&) const { return part_of_case(object); }
  What operator()(const TellOffer&) const { return customer_part(object, "offers"); }
  What operator()(const FetchStatus&) const { return store_status(object); }
  What operator()(const FetchBoard&) const { return board(object); }
  What operator()(const FetchAudit&) const { return audit_page(object); }
  What operator()(const FetchTicketSeen&) const { return ticket_seen(object); }
  What operator()(const RunDrill& run) const { return run; }
  What operator()(const LetTryAgain& let) const { return let; }
  What operator()(const FetchAlertKinds&) const { return many<AlertKindSeen>(object, "kinds", alert_kind); }
  What operator()(const FetchAlerts&) const { return many<StoreAlert>(object, "alerts", alert); }
  What operator()(const ActOnAlerts&) const { return many<StoreAlert>(object, "alerts", alert); }
  What operator()(const FetchStock&) const { return stock_record(object); }
  What operator()(const FetchStockChecks&) const { return stock_checks(object); }
  What operator()(const ActOnStock&) const { return stock_record(object); }
};

}  // namespace

std::string path_of(const CounterRequest& request) { return std::visit(Path{}, request.what); }

std::string encode(const CounterRequest& request, const std::string& request_id, const std::string& device) {
  json body{{"request", request_id}, {"device", device}};
  return std::visit(Body{body}, request.what) ? sync::protocol::dump(body) : std::string();
}

Result<CounterAnswer> decode_counter(const CounterRequest& request, std::string_view body) {
  return decode<CounterAnswer>(
      body, [&](const json& object) { return CounterAnswer{request.asked, std::visit(Answer{object}, request.what)}; });
}

RefusalHints decode_hints(std::string_view problem) {
  const auto hints = decode<RefusalHints>(problem, [](const json& object) {
    RefusalHints read;
    if (!is_absent(object, "tries_left")) read.tries_left = number(object, "tries_left", 0, 1000);
    if (!is_absent(object, "wait_ms")) read.wait_ms = number(object, "wait_ms", 0, INT64_MAX / 4);
    read.supervisor = !is_absent(object, "supervisor") && object.at("supervisor").get<bool>();
    if (!is_absent(object, "from")) read.begins = time(object, "from");
    if (!is_absent(object, "to")) read.ended = time(object, "to");
    return read;
  });
  return hints.value_or(RefusalHints{});
}

bool changes_something(const CounterRequest& request) {
  return std::holds_alternative<ActOnSession>(request.what) || std::holds_alternative<ActOnCall>(request.what) ||
         std::holds_alternative<ActOnOrder>(request.what) || std::holds_alternative<TakeBack>(request.what) ||
         std::holds_alternative<ChangeCustomerCart>(request.what) || std::holds_alternative<ChangeSharing>(request.what) ||
         std::holds_alternative<ActOnStock>(request.what) || std::holds_alternative<ActOnAlerts>(request.what) ||
         std::holds_alternative<WriteNote>(request.what) || std::holds_alternative<ActOnCase>(request.what) ||
         std::holds_alternative<TellOffer>(request.what) || std::holds_alternative<LetTryAgain>(request.what) ||
         std::holds_alternative<RunDrill>(request.what);
}

void wipe_counter_request(CounterRequest& request) {
  wipe(request.session);
  if (auto* in = std::get_if<SignIn>(&request.what)) {
    wipe(in->pin);
    wipe(in->badge);
  }
  if (auto* fetch = std::get_if<FetchPurchase>(&request.what)) wipe(fetch->name);
  if (auto* note = std::get_if<WriteNote>(&request.what)) wipe(note->text);
  if (auto* act = std::get_if<ActOnCase>(&request.what)) wipe(act->text);
  if (auto* find = std::get_if<FindCustomer>(&request.what)) wipe(find->key);
  if (auto* check = std::get_if<CheckIn>(&request.what)) {
    wipe(check->code);
    wipe(check->phone_last2);
    wipe(check->pass);
  }
}

}  // namespace vitrine::kiosk
