// SPDX-License-Identifier: Apache-2.0
// Sessions: opened, signed in (by a retailer's app, or by anyone in a demonstration), signed out.
#include <sodium.h>
#include <nlohmann/json.hpp>

#include "hub/api/api_impl.hpp"
#include "hub/api/app_token.hpp"
#include "hub/api/documents.hpp"
#include "hub/database/authority.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/json_input.hpp"

namespace vitrine::hub::api {

namespace protocol = sync::protocol;
namespace rules = sync::rules;
using database::SessionRow;

namespace {

constexpr std::size_t shoppers_shown = 24;
constexpr std::int64_t seen_again_after_ms = 3600L * 1000;

// A value that nobody guesses, and the hash under which it is kept.
std::pair<std::string, database::SessionHash> new_cookie() {
  std::array<unsigned char, 32> secret{};
  randombytes_buf(secret.data(), secret.size());
  std::string value(sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(value.data(), value.size(), secret.data(), secret.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  value.resize(43);
  database::SessionHash hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(value.data()), value.size(), nullptr, 0);
  return {value, hash};
}

}  // namespace

std::optional<sync::CartId> cart_of(database::HubRows& rows, const SessionRow& session) {
  if (!session.customer) return session.cart;
  return rows.customer_cart(*session.customer);
}

std::optional<SessionRow> Api::Impl::session_of(database::Connection& connection, const Call& call) {
  if (!call.session_hash) return std::nullopt;
  auto session = database::HubRows(connection).session(*call.session_hash);
  if (!session || session->seen_at.plus(session_life_ms) < call.now.utc) return std::nullopt;
  return session;
}

std::string Api::Impl::write_new_session(Desk& desk, const SessionRow& session) {
  const auto [value, hash] = new_cookie();
  desk.rows.drop_sessions_before({desk.now.utc.value - session_life_ms});
  desk.rows.put_session(hash, session);
  return value;
}

json Api::Impl::session_state(database::Connection& connection, const std::optional<SessionRow>& session, UtcMs now) {
  const json chain = read_body(connection, {"settings", "chain"});
  json state;
  state["shopper"] = nullptr;
  state["store"] = nullptr;
  state["demonstration"] = setup.demonstration;
  state["brand"] = text_of(chain, "brand");
  state["tagline"] = field_of(chain, "tagline");
  state["languages"] = field_of(chain, "languages");
  if (state["tagline"].is_null()) state["tagline"] = json::object();
  if (state["languages"].is_null()) state["languages"] = json::array({"en"});
  if (!session) return state;
  if (session->store) state["store"] = store_view(connection, *session->store, now);
  if (session->customer) {
    const json customer = read_body(connection, {"customer", session->customer->text});
    state["shopper"] = {{"customer", session->customer->text}, {"first_name", text_of(customer, "display_name")}};
  }
  return state;
}

void Api::Impl::sign_in_at(Desk& desk, SessionRow& session, const sync::CustomerId& customer) {
  const std::optional<sync::CartId> anonymous = session.customer ? std::nullopt : session.cart;
  session.customer = customer;
  session.cart.reset();
  if (!anonymous) return;
  const auto document = desk.authority.document({"cart", anonymous->text});
  if (!document || !document->body) return;
  const auto cart = protocol::decode_cart(*anonymous, *document->body);
  if (!cart) return;

  sync::ends::HubAction action{sync::TransactionId{setup.chance.hex_128()}, "phone", {}};
  const auto put = [&](const sync::CartId& id, const rules::CartOperation& operation) {
    action.operations.push_back(protocol::encode_cart_operation(id, operation));
    action.operations.back().salt = setup.chance.hex_128();
  };
  const auto own = desk.rows.customer_cart(customer);
  const auto own_document = own ? desk.authority.document({"cart", own->text}) : std::nullopt;
  if (!own_document || !own_document->body) {
    put(*anonymous, rules::CartAssign{customer, session.store});
    if (desk.end.perform(action, desk.now).what != sync::ends::HubPerformed::What::refused) {
      desk.rows.put_customer_cart(customer, *anonymous);
    }
    return;
  }
  for (const sync::CartLine& line : cart->lines) {
    if (line.units() <= 0) continue;
    put(*own, rules::CartAdd{line.sku, line.units(), "phone", session.store, customer});
    std::vector<sync::DotId> shown;
    for (const sync::Dot& dot : line.dots) shown.push_back(dot.id);
    put(*anonymous, rules::CartRemove{line.key, std::move(shown), std::nullopt});
  }
  if (!action.operations.empty()) desk.end.perform(action, desk.now);
}

Answer Api::Impl::open_session(const Call& call) {
  if (!call.request.bearer.empty()) {
    auto lease = readers.take();
    if (!lease) return database_problem(lease.error());
    const auto token = read_app_token(call.request.bearer, database::HubRows(**lease).app_keys(), call.now.utc);
    if (!token) return problem(401, token.error().code, token.error().message);
    if (read_body(**lease, {"customer", token->customer.text}).is_null()) return problem(422, "customer_unknown");
    if (!new_sessions.allow(call.request.caller, call.now.mono)) return problem(429, "too_many_requests");
    std::string cookie;
    SessionRow session{std::nullopt, std::nullopt, std::nullopt, call.now.utc, call.now.utc};
    Answer written = through_engine(*setup.engine, [&](Desk& desk) {
      if (token->id && !desk.rows.take_app_token(*token->id, token->expires_at, desk.now.utc)) {
        return problem(401, "token_used", "a token with a jti is taken once");
      }
      if (call.session_hash) {
        if (const auto before = desk.rows.session(*call.session_hash)) session = *before;
        desk.rows.drop_session(*call.session_hash);  // a signed-in session never bears the value of one that was not
      }
      sign_in_at(desk, session, token->customer);
      cookie = write_new_session(desk, session);
      return Answer{};
    });
    if (written.status != 200) return written;
    auto after = readers.take();
    if (!after) return database_problem(after.error());
    Answer answer = json_answer({{"session", session_state(**after, session, call.now.utc)}});
    answer.headers.push_back(session_cookie(cookie));
    return answer;
  }

  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  if (const auto session = session_of(**lease, call)) {
    return json_answer({{"session", session_state(**lease, session, call.now.utc)}});
  }
  if (!new_sessions.allow(call.request.caller, call.now.mono)) return problem(429, "too_many_requests");
  std::string cookie;
  const Answer written = through_engine(*setup.engine, [&](Desk& desk) {
    cookie = write_new_session(desk, {std::nullopt, std::nullopt, std::nullopt, desk.now.utc, desk.now.utc});
    return Answer{};
  });
  if (written.status != 200) return written;
  Answer answer = json_answer({{"session", session_state(**lease, std::nullopt, call.now.utc)}});
  answer.headers.push_back(session_cookie(cookie));
  return answer;
}

Answer Api::Impl::show_session(const Call& call) {
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  const auto session = session_of(**lease, call);
  if (!session) return problem(401, "session_unknown");
  if (session->seen_at.plus(seen_again_after_ms) < call.now.utc) {
    through_engine(*setup.engine, [&](Desk& desk) {
      if (auto row = desk.rows.session(*call.session_hash)) {
        row->seen_at = desk.now.utc;
        desk.rows.put_session(*call.session_hash, *row);
      }
      return Answer{};
    });
  }
  return json_answer(session_state(**lease, session, call.now.utc));
}

Answer Api::Impl::sign_in(const Call& call) {
  if (!setup.demonstration) return problem(404, "not_found");
  const auto body = protocol::parse_object(call.request.body, request_body_bytes_max, "invalid_request");
  if (!body) return problem(400, body.error().code, body.error().message);
  protocol::Mistake mistake("invalid_request");
  const sync::CustomerId customer{protocol::Fields(*body, "", mistake).text("customer", 1, 64)};
  if (mistake.made()) return problem(400, "invalid_request", mistake.error().error().message);
  std::string cookie;
  Answer answer = through_engine(*setup.engine, [&](Desk& desk) {
    auto session = call.session_hash ? desk.rows.session(*call.session_hash) : std::nullopt;
    if (!session) return problem(401, "session_unknown");
    const auto document = desk.authority.document({"customer", customer.text});
    if (!document || !document->body) return problem(422, "customer_unknown");
    desk.rows.drop_session(*call.session_hash);
    sign_in_at(desk, *session, customer);
    session->seen_at = desk.now.utc;
    cookie = write_new_session(desk, *session);
    return json_answer(json::object());
  });
  if (answer.status == 200) answer.headers.push_back(session_cookie(cookie));
  return answer;
}

Answer Api::Impl::sign_out(const Call& call) {
  if (call.session_hash) {
    const Answer written = through_engine(*setup.engine, [&](Desk& desk) {
      desk.rows.drop_session(*call.session_hash);
      return Answer{};
    });
    if (written.status != 200) return written;
  }
  Answer answer = json_answer(json::object());
  answer.headers.push_back(session_cookie(""));
  return answer;
}

Answer Api::Impl::demonstration_shoppers(const Call&) {
  if (!setup.demonstration) return problem(404, "not_found");
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  json list = json::array();
  for (const auto& [id, text] : database::HubRows(**lease).documents_of("customer", "", shoppers_shown)) {
    const json customer = json::parse(text, nullptr, false);
    list.push_back(
        {{"customer", id}, {"first_name", text_of(customer, "display_name")}, {"initial", text_of(customer, "initial")}});
  }
  return json_answer(list);
}

}  // namespace vitrine::hub::api
