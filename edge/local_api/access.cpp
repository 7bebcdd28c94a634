// SPDX-License-Identifier: Apache-2.0
// The table of callers, and what a body says of who asks.
#include "edge/local_api/access.hpp"

#include <algorithm>
#include <array>

#include <simdjson.h>

namespace vitrine::edge::local_api {

namespace {

constexpr bool yes = true;
constexpr bool no = false;

//                                   method  path                            action        kiosk till  operator counter
constexpr auto rows = std::to_array<AccessRow>({
    {"GET", "/v1/health", "", yes, yes, yes, unattended},
    {"GET", "/v1/store", "", yes, yes, yes, unattended},
    {"POST", "/v1/passes/open", "", yes, no, no, "carts"},
    {"GET", "/v1/carts/{id}", "", yes, no, no, "carts", yes},
    {"POST", "/v1/carts/{id}/actions", "", yes, no, no, "carts"},
    {"GET", "/v1/products", "", yes, yes, no, unattended},
    {"GET", "/v1/products/{code}", "", yes, yes, no, unattended},
    {"GET", "/v1/codes", "", yes, yes, no, unattended},
    {"GET", "/v1/pictures/{picture}", "", yes, no, no, unattended},
    {"GET", "/v1/orders", "", no, no, no, "orders"},
    {"GET", "/v1/orders/{id}", "", yes, no, no, "orders", yes},
    {"POST", "/v1/orders/{id}/actions", "pick", no, no, no, "orders"},
    {"POST", "/v1/orders/{id}/actions", "put_down", no, no, no, "orders"},
    {"POST", "/v1/orders/{id}/actions", "picked", no, no, no, "orders"},
    {"POST", "/v1/orders/{id}/actions", "stage", no, no, no, "orders"},
    {"POST", "/v1/orders/{id}/actions", "arrive", no, no, no, "orders"},
    {"POST", "/v1/orders/{id}/actions", "hand_over", no, no, no, "orders"},
    {"POST", "/v1/orders/{id}/actions", "refuse", no, no, no, "orders"},
    {"POST", "/v1/orders/{id}/actions", "choose", no, no, no, "orders"},
    {"POST", "/v1/orders/{id}/actions", "hold", no, no, no, "orders"},
    {"POST", "/v1/orders/{id}/actions", "remind", no, no, no, "orders"},
    {"POST", "/v1/orders/{id}/actions", "release", no, no, no, "orders"},
    {"POST", "/v1/orders/{id}/actions", "restock", no, no, no, "orders"},
    {"POST", "/v1/orders/{id}/actions", "write_off", no, no, no, "counts"},
    {"GET", "/v1/picking", "", no, no, no, "orders"},
    {"POST", "/v1/pickups/open", "", yes, no, no, "orders"},
    {"GET", "/v1/stock/{code}", "", no, no, no, "stock"},
    {"POST", "/v1/stock/{sku}/actions", "receive", no, no, no, "stock"},
    {"POST", "/v1/stock/{sku}/actions", "transfer_in", no, no, no, "stock"},
    {"POST", "/v1/stock/{sku}/actions", "transfer_out", no, no, no, "stock"},
    {"POST", "/v1/stock/{sku}/actions", "reserve", no, no, no, "stock"},
    {"POST", "/v1/stock/{sku}/actions", "release", no, no, no, "stock"},
    {"POST", "/v1/stock/{sku}/actions", "count", no, no, no, "counts"},
    {"POST", "/v1/stock/{sku}/actions", "write_off", no, no, no, "counts"},
    {"POST", "/v1/stock/{sku}/actions", "correct", no, no, no, "counts"},
    {"POST", "/v1/stock/{sku}/actions", "settle", no, no, no, "counts"},
    {"GET", "/v1/discrepancies", "", no, no, no, "stock"},
    {"POST", "/v1/carts/{id}/keep", "", yes, no, no, "carts"},
    // Of its owner alone, who has just shown its code there; the routes write it down, as those of customers do.
    {"POST", "/v1/carts/{id}/choices", "", yes, no, no, nobody},
    {"POST", "/v1/carts/{id}/consents", "", yes, no, no, nobody},
    {"GET", "/v1/carts/{id}/reservations", "", yes, no, no, "carts"},
    {"POST", "/v1/carts/{id}/reservations", "", yes, no, no, "carts"},
    {"POST", "/v1/carts/{id}/holds", "", yes, no, no, "carts"},
    // As above: in the name of whose cart it is.
    {"POST", "/v1/carts/{id}/deliveries", "", yes, no, no, nobody},
    {"GET", "/v1/deliveries/{order}", "", yes, no, no, "orders"},
    {"POST", "/v1/tickets", "", yes, no, no, "carts"},
    {"GET", "/v1/tickets/{name}", "", yes, yes, no, "carts"},
    {"POST", "/v1/tickets/{name}/actions", "take", no, yes, no, nobody},
    {"POST", "/v1/tickets/{name}/actions", "paid", no, yes, no, nobody},
    {"POST", "/v1/tickets/{name}/actions", "return", no, yes, no, nobody},
    {"POST", "/v1/tickets/{name}/actions", "cancel", yes, no, no, "carts"},
    {"GET", "/v1/purchases/{name}", "", no, no, no, "returns", yes},
    {"POST", "/v1/purchases/{name}/returns", "", no, no, no, "returns"},
    {"GET", "/v1/returns/{id}", "", no, no, no, "returns"},
    {"GET", "/v1/requests", "", no, no, no, somebody},
    {"POST", "/v1/requests", "", yes, no, no, nobody},
    {"GET", "/v1/requests/{id}", "", yes, no, no, somebody},
    {"POST", "/v1/requests/{id}/actions", "say", yes, no, no, nobody},
    {"POST", "/v1/requests/{id}/actions", "take", no, no, no, somebody},
    {"POST", "/v1/requests/{id}/actions", "put_back", no, no, no, somebody},
    {"POST", "/v1/requests/{id}/actions", "end", yes, no, no, somebody},
    {"GET", "/v1/alerts", "", no, no, yes, somebody},
    {"GET", "/v1/alerts/kinds", "", no, no, yes, unattended},
    {"POST", "/v1/alerts/actions", "show", no, no, no, somebody},
    {"POST", "/v1/alerts/actions", "acknowledge", no, no, no, somebody},
    // What is seen of a customer is written down by the routes themselves, with whom and which part.
    {"POST", "/v1/customers/look-ups", "", no, no, no, "customers"},
    {"GET", "/v1/customers/{look_up}", "", no, no, no, "customers"},
    {"GET", "/v1/customers/{look_up}/{panel}", "", no, no, no, "customers"},
    {"POST", "/v1/customers/{look_up}/consents", "", no, no, no, "customers"},
    {"POST", "/v1/customers/{look_up}/cases", "", no, no, no, "customers"},
    {"POST", "/v1/customers/{look_up}/cases/{case}/actions", "note", no, no, no, "customers"},
    {"POST", "/v1/customers/{look_up}/cases/{case}/actions", "take", no, no, no, "customers"},
    {"POST", "/v1/customers/{look_up}/cases/{case}/actions", "put_back", no, no, no, "customers"},
    {"POST", "/v1/customers/{look_up}/cases/{case}/actions", "close", no, no, no, "customers"},
    {"POST", "/v1/customers/{look_up}/offers/{offer}/actions", "taken", no, no, no, "customers"},
    {"POST", "/v1/customers/{look_up}/offers/{offer}/actions", "declined", no, no, no, "customers"},
    {"POST", "/v1/customers/{look_up}/offers/{offer}/actions", "not_now", no, no, no, "customers"},
    {"GET", "/v1/cases", "", no, no, no, "customers"},
    {"POST", "/v1/cases/{case}/look-ups", "", no, no, no, "customers"},
    {"POST", "/v1/devices/figures", "", yes, no, no, unattended},
    {"GET", "/v1/staff", "", no, no, no, unattended},
    {"POST", "/v1/staff/sessions", "", no, no, no, unattended},
    {"GET", "/v1/staff/session", "", no, no, no, somebody},
    {"POST", "/v1/staff/session/actions", "touch", no, no, no, somebody},
    {"POST", "/v1/staff/session/actions", "lock", no, no, no, somebody},
    {"POST", "/v1/staff/session/actions", "unlock", no, no, no, unattended},
    {"POST", "/v1/staff/session/actions", "end", no, no, no, unattended},
    {"POST", "/v1/staff/{number}/actions", "unlock", no, no, no, "unlock"},
    {"GET", "/v1/audit", "", no, no, yes, "audit"},
    {"GET", "/v1/status", "", no, no, yes, somebody},
    {"GET", "/v1/measures", "", no, no, yes, somebody},
    {"GET", "/v1/measures.csv", "", no, no, yes, somebody},
    {"POST", "/v1/searches", "", yes, no, no, nobody},
    {"POST", "/v1/drill/actions", "start", no, no, no, "unlock"},
    {"POST", "/v1/drill/actions", "end", no, no, no, "unlock"},
    {"POST", "/v1/link", "", no, no, yes, nobody},
    {"GET", "/metrics", "", no, no, yes, nobody},
});

std::string callers_of(const AccessRow& row) {
  std::string text;
  const auto add = [&](std::string_view word) { text += (text.empty() ? "" : ", ") + std::string(word); };
  if (row.kiosk) add("kiosk");
  if (row.till) add("till");
  if (row.operator_) add("operator");
  if (row.counter == unattended) add("counter");
  if (row.counter != unattended && row.counter != nobody) add("counter:" + std::string(row.counter));
  return text;
}

}  // namespace

std::string_view word_of(DeviceRole role) {
  constexpr std::array<std::string_view, device_roles> words = {"kiosk", "counter", "till", "operator"};
  return words[static_cast<std::size_t>(role)];
}

std::span<const AccessRow> access_rows() { return rows; }

const AccessRow* access_row(std::string_view method, std::string_view path, std::string_view action) {
  const auto* found = std::ranges::find_if(
      rows, [&](const AccessRow& row) { return row.method == method && row.path == path && row.action == action; });
  return found == rows.end() ? nullptr : found;
}

bool has_actions(std::string_view method, std::string_view path) {
  return std::ranges::any_of(
      rows, [&](const AccessRow& row) { return row.method == method && row.path == path && !row.action.empty(); });
}

std::string callers_text(std::string_view method, std::string_view path) {
  std::vector<std::pair<std::string, std::string>> groups;  // callers → actions, in the table's order
  for (const AccessRow& row : rows) {
    if (row.method != method || row.path != path) continue;
    const std::string callers = callers_of(row);
    const auto known = std::ranges::find(groups, callers, &std::pair<std::string, std::string>::first);
    if (known == groups.end()) {
      groups.emplace_back(callers, row.action);
    } else {
      known->second += ", " + std::string(row.action);
    }
  }
  std::string text;
  for (const auto& [callers, actions] : groups)
    text += (text.empty() ? "" : "; ") + (actions.empty() ? "" : actions + " by ") + callers;
  return text;
}

Result<Claims> claims_of(std::string_view body) {
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(body.data(), body.size()).get(object) != simdjson::SUCCESS)
    return fail("invalid_request", "the body is not a JSON object");
  Claims claims;
  std::array<unsigned, 3> times{};
  for (const auto& [name, value] : object) {
    const std::array<std::pair<std::string_view, std::string*>, 3> wanted = {
        {{"device", &claims.device}, {"action", &claims.action}, {"request", &claims.request}}};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (name != wanted[i].first) continue;
      // Of two, who decides and who acts might each read another one.
      if (++times[i] > 1) return fail("invalid_request", std::string(name) + " stands there twice");
      std::string_view text;
      if (value.get(text) == simdjson::SUCCESS) *wanted[i].second = text;
    }
  }
  return claims;
}

}  // namespace vitrine::edge::local_api
