// SPDX-License-Identifier: Apache-2.0
// Units in a store, reserved by the web for collection: by a platform for its orders, by the phone page for a cart.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/api/api_impl.hpp"
#include "hub/api/documents.hpp"
#include "hub/database/authority.hpp"
#include "hub/lending/web_selling.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/json_input.hpp"
#include "sync/rules/stock.hpp"

namespace vitrine::hub::api {

namespace protocol = sync::protocol;
using database::WebReservation;
using database::WebReservations;

namespace {

constexpr std::size_t lines_max = 60;  // each is an operation of one transaction
constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t minutes_max = 14LL * 24 * 60;
constexpr std::int64_t cart_minutes = 120;

json reservation_view(database::Connection& connection, const WebReservation& reservation, UtcMs now) {
  json view = {{"reservation", reservation.id.text},
               {"store", reservation.store.text},
               {"purpose", reservation.purpose},
               {"until", reservation.until.value},
               {"lines", json::array()}};
  for (const ReservedLineState& one : states_of(connection, reservation, now))
    view["lines"].push_back({{"sku", one.line.sku.text}, {"units", one.line.units}, {"state", one.state}});
  return view;
}

// Which lines are short is said, so that the shop can offer what there is.
Answer refusal_of(const ReserveVerdict& verdict) {
  Answer answer = problem(409, verdict.reason, "nothing was reserved");
  json body = json::parse(answer.body);
  body["short"] = json::array();
  for (const ShortLine& line : verdict.short_lines)
    body["short"].push_back({{"sku", line.sku.text}, {"asked", line.asked}, {"free", line.free}});
  answer.body = protocol::dump(body);
  return answer;
}

Answer reserve_and_tell(Desk& desk, const sync::ends::Chance& chance, const WebReservation& wanted) {
  const ReserveVerdict verdict = reserve({desk.end, desk.authority, chance, desk.now}, wanted);
  if (!verdict.reason.empty()) return refusal_of(verdict);
  return json_answer(reservation_view(desk.authority.connection(), wanted, desk.now.utc));
}

bool is_purpose(std::string_view text) { return text.starts_with("order/") && sync::is_order_id(text.substr(6)); }

Result<WebReservation> read_reservation(const std::string& text, UtcMs now) {
  const auto body = protocol::parse_object(text, request_body_bytes_max, "invalid_request");
  if (!body) return std::unexpected(body.error());
  protocol::Mistake mistake("invalid_request");
  const protocol::Fields fields(*body, "", mistake);
  WebReservation wanted;
  wanted.store = sync::StoreId{fields.text("store", sync::is_store_id)};
  wanted.purpose = fields.text("purpose", is_purpose);
  wanted.made_at = now;
  wanted.until = now.plus(fields.integer_if_any("minutes", 5, minutes_max).value_or(cart_minutes) * minute_ms);
  const json& lines = fields.array("lines", lines_max);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const protocol::Fields one(lines[i], "lines[" + std::to_string(i) + "]", mistake);
    const sync::Sku sku{one.text("sku", sync::is_sku)};
    if (std::ranges::find(wanted.lines, sku, &database::ReservedLine::sku) != wanted.lines.end())
      one.wrong("sku", "is named twice");
    wanted.lines.push_back({sku, one.integer("units", 1, sync::rules::reservation_units_max)});
  }
  if (wanted.lines.empty()) fields.wrong("lines", "must name goods and units");
  if (mistake.made()) return mistake.error();
  return wanted;
}

}  // namespace

Answer Api::Impl::platform_reserve(const Call& call) {
  const auto platform = platform_of(call, "reservations");
  if (!platform) return platform.error();
  auto wanted = read_reservation(call.request.body, call.now.utc);
  if (!wanted) return problem(400, wanted.error().code, wanted.error().message);
  wanted->holder = "platform/" + platform->name;
  return once(call, *platform, [&](Desk& desk) {
    wanted->id = sync::ReservationId{setup.chance.hex_128()};
    return reserve_and_tell(desk, setup.chance, *wanted);
  });
}

Answer Api::Impl::platform_reservation(const Call& call) {
  const auto platform = platform_of(call, "reservations");
  if (!platform) return platform.error();
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  const auto found = WebReservations(**lease).find(sync::ReservationId{call.path_value});
  if (!found || found->holder != "platform/" + platform->name) return problem(404, "reservation_unknown");
  return json_answer(reservation_view(**lease, *found, call.now.utc));
}

Answer Api::Impl::platform_release(const Call& call) {
  const auto platform = platform_of(call, "reservations");
  if (!platform) return platform.error();
  return once(call, *platform, [&](Desk& desk) {
    const auto found = WebReservations(desk.authority.connection()).find(sync::ReservationId{call.path_value});
    if (!found || found->holder != "platform/" + platform->name) return problem(404, "reservation_unknown");
    give_back({desk.end, desk.authority, setup.chance, desk.now}, *found);
    return json_answer(reservation_view(desk.authority.connection(), *found, desk.now.utc));
  });
}

// What the cart holds now, in the store that the shopper chose. Asked again under the same request it is the same reservation; a
// cart has one at a time.
Answer Api::Impl::cart_reserve(const Call& call) {
  const auto body = protocol::parse_object(call.request.body, request_body_bytes_max, "invalid_request");
  if (!body) return problem(400, body.error().code, body.error().message);
  protocol::Mistake mistake("invalid_request");
  const sync::ReservationId request{protocol::Fields(*body, "", mistake).text("request", sync::is_hex_128)};
  if (mistake.made()) return problem(400, "invalid_request", mistake.error().error().message);
  return through_engine(*setup.engine, [&](Desk& desk) {
    database::Connection& connection = desk.authority.connection();
    const auto session = session_of(connection, call);
    if (!session) return problem(401, "session_unknown");
    const auto id = cart_of(desk.rows, *session);
    const auto document = id ? desk.authority.document({"cart", id->text}) : std::nullopt;
    const auto cart = document && document->body ? protocol::decode_cart(*id, *document->body) : fail("", "");
    if (!cart) return problem(409, "cart_empty");
    const auto store = cart->store ? cart->store : session->store;
    if (!store) return problem(409, "store_missing", "choose a store first");
    const std::string purpose = "cart/" + id->text;
    WebReservation wanted{request, purpose, purpose, *store, {}, desk.now.utc, desk.now.utc.plus(cart_minutes * minute_ms)};
    for (const sync::CartLine& line : cart->lines) {
      if (line.units() <= 0) continue;
      const auto same = std::ranges::find(wanted.lines, line.sku, &database::ReservedLine::sku);
      if (same == wanted.lines.end())
        wanted.lines.push_back({line.sku, line.units()});
      else
        same->units += line.units();
    }
    if (wanted.lines.empty()) return problem(409, "cart_empty");
    if (wanted.lines.size() > lines_max) return problem(409, "cart_too_long", "at most 60 products are reserved at once");
    for (const WebReservation& before : WebReservations(connection).of_purpose(purpose)) {
      if (before.id == request) return json_answer(reservation_view(connection, before, desk.now.utc));
      const auto states = states_of(connection, before, desk.now.utc);
      const bool holds = std::ranges::find(states, "pending", &ReservedLineState::state) != states.end();
      if (holds) return problem(409, "cart_reserved", "free what the cart has reserved first");
    }
    if (WebReservations(connection).find(request)) return problem(409, "reservation_known");
    return reserve_and_tell(desk, setup.chance, wanted);
  });
}

Answer Api::Impl::cart_release(const Call& call) {
  return through_engine(*setup.engine, [&](Desk& desk) {
    const auto session = session_of(desk.authority.connection(), call);
    if (!session) return problem(401, "session_unknown");
    const auto id = cart_of(desk.rows, *session);
    if (!id) return problem(404, "reservation_unknown");
    const auto all = WebReservations(desk.authority.connection()).of_purpose("cart/" + id->text);
    if (all.empty()) return problem(404, "reservation_unknown");
    for (const WebReservation& one : all) give_back({desk.end, desk.authority, setup.chance, desk.now}, one);
    return json_answer(reservation_view(desk.authority.connection(), all.front(), desk.now.utc));
  });
}

Answer Api::Impl::cart_reservation(const Call& call) {
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  const auto session = session_of(**lease, call);
  if (!session) return problem(401, "session_unknown");
  database::HubRows rows(**lease);
  const auto id = cart_of(rows, *session);
  const auto all = id ? WebReservations(**lease).of_purpose("cart/" + id->text) : std::vector<WebReservation>{};
  if (all.empty()) return problem(404, "reservation_unknown");
  return json_answer(reservation_view(**lease, all.front(), call.now.utc));
}

}  // namespace vitrine::hub::api
