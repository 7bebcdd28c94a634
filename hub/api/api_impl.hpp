// SPDX-License-Identifier: Apache-2.0
// What the handlers of the API share. Included by hub/api's .cpp files only.
#pragma once

#include <atomic>
#include <expected>
#include <functional>
#include <map>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "hub/api/api.hpp"
#include "hub/api/price_books.hpp"
#include "hub/api/rate_limit.hpp"
#include "hub/api/readers.hpp"
#include "hub/database/platforms.hpp"
#include "hub/database/rows.hpp"
#include "hub/enrolment/key_files.hpp"

namespace vitrine::hub::api {

using nlohmann::json;

// One request with what its path and its cookie say.
struct Call {
  const Request& request;
  std::string path_value;  // of {…} in the pattern
  Now now;
  std::optional<database::SessionHash> session_hash;  // of a well-formed cookie
};

struct Api::Impl {
  explicit Impl(ApiSetup given);

  ApiSetup setup;
  Readers readers;
  RateLimit by_address{{60, 600}, 8192};  // a whole shop may sit behind one address
  RateLimit by_session{{10, 60}, 8192};
  RateLimit by_platform{{20, 200}, 256};
  RateLimit new_sessions{{2, 60}, 8192};               // by address: a session is a row
  RateLimit coupon_tries{{1.0 / 60, 10}, 8192};        // by session: a code is not guessed at for long
  RateLimit coupon_tries_there{{1.0 / 2, 120}, 8192};  // by address: sessions are quickly opened
  PriceBooks price_books;
  std::mutex keys_mutex;
  std::map<std::uint32_t, PassKey> pass_keys;
  std::atomic<std::uint64_t> good{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> failed{0};
  std::atomic<std::uint64_t> rows_taken{0};
  std::atomic<std::uint64_t> rows_refused{0};
  std::atomic<std::uint64_t> repeats{0};
  std::atomic<std::uint64_t> credentials_refused{0};
  std::atomic<std::uint64_t> kept_taken{0};
  std::atomic<std::uint64_t> kept_refused{0};
  std::atomic<std::uint64_t> coupons_taken{0};
  std::atomic<std::uint64_t> coupons_refused{0};

  Answer dispatch(const Request& request);
  std::optional<Answer> forbid(const Request& request, Now now);

  // session_routes.cpp
  Answer open_session(const Call& call);
  Answer show_session(const Call& call);
  Answer sign_in(const Call& call);
  Answer sign_out(const Call& call);
  Answer demonstration_shoppers(const Call& call);
  // catalog_routes.cpp
  Answer stores(const Call& call);
  Answer departments(const Call& call);
  Answer products(const Call& call);
  Answer product(const Call& call);
  // picture_routes.cpp
  Answer picture(const Call& call);
  // cart_routes.cpp
  Answer show_cart(const Call& call);
  Answer cart_action(const Call& call);
  Answer cart_store(const Call& call);
  Answer cart_pass(const Call& call);
  // coupons.cpp. The code as documents have it, or why it is not taken.
  std::expected<std::string, Answer> enter_coupon(const Call& call, const std::string& typed);
  // kept_routes.cpp
  Answer cart_keep(const Call& call);

  // platform_tables.cpp
  Answer platform_rows(const Call& call);
  Answer platform_documents(const Call& call);
  // platform_erasures.cpp
  Answer platform_erase(const Call& call);
  Answer platform_erasure(const Call& call);
  // platform_orders.cpp
  Answer platform_orders(const Call& call);
  Answer platform_order(const Call& call);
  Answer platform_order_action(const Call& call);

  // reservation_routes.cpp
  Answer platform_reserve(const Call& call);
  Answer platform_reservation(const Call& call);
  Answer platform_release(const Call& call);
  Answer cart_reserve(const Call& call);
  Answer cart_release(const Call& call);
  Answer cart_reservation(const Call& call);

  // platform_access.cpp. The platform that calls, if its credential holds and has the scope; else the answer that refuses it.
  std::expected<database::PlatformRow, Answer> platform_of(const Call& call, std::string_view scope);
  // A change that the platform asks for, in the engine's transaction, once for each idempotency key.
  Answer once(const Call& call, const database::PlatformRow& platform, const std::function<Answer(Desk&)>& work);

  // order_routes.cpp
  Answer own_orders(const Call& call);
  Answer show_own_order(const Call& call);
  Answer pickup_pass(const Call& call);
  Answer arrive(const Call& call);
  Answer cancel_own_order(const Call& call);

  // The newest key of passes that stores trust.
  std::optional<PassKey> signing_key(database::Connection& connection, UtcMs now);
  // The cookie's session as it is in the database; none: unknown, or over.
  std::optional<database::SessionRow> session_of(database::Connection& connection, const Call& call);
  // Writes a fresh session inside a transaction; the cookie's value.
  std::string write_new_session(Desk& desk, const database::SessionRow& session);
  // Signs a session in: its customer's cart is the shopper's cart, and what lay in an anonymous one goes into it.
  void sign_in_at(Desk& desk, database::SessionRow& session, const sync::CustomerId& customer);
  json session_state(database::Connection& connection, const std::optional<database::SessionRow>& session, UtcMs now);
  Answer cart_answer(database::Connection& connection, const database::SessionRow& session, const Call& call, bool may_be_same);
};

Answer json_answer(const json& body, int status = 200);
// Of the query; empty where it is not given.
std::string query_of(const Call& call, const char* name);
// None: not a number from 0 to max. Empty text is the fallback.
std::optional<std::size_t> number_of(const std::string& text, std::size_t fallback, std::size_t max);
Answer database_problem(const Error& error);
// Set-Cookie for a session's value; empty: the cookie goes.
std::pair<std::string, std::string> session_cookie(const std::string& value);

// Sends the transaction's answer, or the reason why there was none.
template <class Work>
Answer through_engine(Engine& engine, Work work) {
  Answer answer;
  const auto done = engine.transact([&](Desk& desk) { answer = work(desk); });
  if (!done) return database_problem(done.error());
  return answer;
}

// The cart that a session acts on; none when there is none yet, or it is gone.
std::optional<sync::CartId> cart_of(database::HubRows& rows, const database::SessionRow& session);

}  // namespace vitrine::hub::api
