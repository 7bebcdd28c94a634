// SPDX-License-Identifier: Apache-2.0
// The table of routes, and what is judged before any of them: how often, from which page, what kind of body.
#include "hub/api/api.hpp"

#include <sodium.h>
#include <nlohmann/json.hpp>

#include <array>
#include <charconv>

#include "base/log.hpp"
#include "base/require.hpp"
#include "hub/api/api_impl.hpp"
#include "sync/protocol/json_input.hpp"

namespace vitrine::hub::api {

namespace {

struct Row {
  Route route;
  Answer (Api::Impl::*handle)(const Call&);
};

constexpr std::array rows = {
    Row{{"POST", "/api/v1/session"}, &Api::Impl::open_session},
    Row{{"GET", "/api/v1/session"}, &Api::Impl::show_session},
    Row{{"POST", "/api/v1/session/sign-in"}, &Api::Impl::sign_in},
    Row{{"POST", "/api/v1/session/sign-out"}, &Api::Impl::sign_out},
    Row{{"GET", "/api/v1/demonstration/shoppers"}, &Api::Impl::demonstration_shoppers},
    Row{{"GET", "/api/v1/stores"}, &Api::Impl::stores},
    Row{{"GET", "/api/v1/departments"}, &Api::Impl::departments},
    Row{{"GET", "/api/v1/products"}, &Api::Impl::products},
    Row{{"GET", "/api/v1/products/{product}"}, &Api::Impl::product},
    Row{{"GET", "/api/v1/pictures/{picture}"}, &Api::Impl::picture},
    Row{{"GET", "/api/v1/cart"}, &Api::Impl::show_cart},
    Row{{"POST", "/api/v1/cart/actions"}, &Api::Impl::cart_action},
    Row{{"POST", "/api/v1/cart/store"}, &Api::Impl::cart_store},
    Row{{"POST", "/api/v1/cart/pass"}, &Api::Impl::cart_pass},
    Row{{"POST", "/api/v1/cart/keep"}, &Api::Impl::cart_keep},
    Row{{"GET", "/api/v1/orders"}, &Api::Impl::own_orders},
    Row{{"GET", "/api/v1/orders/{order}"}, &Api::Impl::show_own_order},
    Row{{"POST", "/api/v1/orders/{order}/pass"}, &Api::Impl::pickup_pass},
    Row{{"POST", "/api/v1/orders/{order}/arrive"}, &Api::Impl::arrive},
    Row{{"POST", "/api/v1/orders/{order}/cancel"}, &Api::Impl::cancel_own_order},
    Row{{"GET", "/api/v1/cart/reservation"}, &Api::Impl::cart_reservation},
    Row{{"POST", "/api/v1/cart/reservation"}, &Api::Impl::cart_reserve},
    Row{{"POST", "/api/v1/cart/reservation/release"}, &Api::Impl::cart_release},
    Row{{"POST", "/api/v1/platform/reservations"}, &Api::Impl::platform_reserve},
    Row{{"GET", "/api/v1/platform/reservations/{reservation}"}, &Api::Impl::platform_reservation},
    Row{{"POST", "/api/v1/platform/reservations/{reservation}/release"}, &Api::Impl::platform_release},
    Row{{"POST", "/api/v1/platform/rows/{table}"}, &Api::Impl::platform_rows},
    Row{{"GET", "/api/v1/platform/documents/{collection}"}, &Api::Impl::platform_documents},
    Row{{"POST", "/api/v1/platform/erasures"}, &Api::Impl::platform_erase},
    Row{{"GET", "/api/v1/platform/erasures/{erasure}"}, &Api::Impl::platform_erasure},
    Row{{"GET", "/api/v1/platform/orders"}, &Api::Impl::platform_orders},
    Row{{"GET", "/api/v1/platform/orders/{order}"}, &Api::Impl::platform_order},
    Row{{"POST", "/api/v1/platform/orders/{order}/actions"}, &Api::Impl::platform_order_action},
};

constexpr auto route_list = [] {
  std::array<Route, rows.size()> list{};
  for (std::size_t i = 0; i < rows.size(); ++i) list[i] = rows[i].route;
  return list;
}();

// The value of the pattern's {…} (empty when it has none); no value: another path.
std::optional<std::string> match(std::string_view pattern, std::string_view path) {
  const std::size_t brace = pattern.find('{');
  if (brace == std::string_view::npos) return pattern == path ? std::optional<std::string>("") : std::nullopt;
  const std::string_view tail = pattern.substr(pattern.find('}') + 1);
  if (!path.starts_with(pattern.substr(0, brace)) || !path.ends_with(tail) || path.size() < brace + tail.size())
    return std::nullopt;
  const std::string_view value = path.substr(brace, path.size() - brace - tail.size());
  if (value.empty() || value.find('/') != std::string_view::npos) return std::nullopt;
  return std::string(value);
}

// Cookie values are base64url of 32 bytes; what is kept is their hash.
std::optional<database::SessionHash> hash_of_cookie(const std::string& cookie) {
  if (cookie.size() != 43 ||
      cookie.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != std::string::npos) {
    return std::nullopt;
  }
  database::SessionHash hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(cookie.data()), cookie.size(), nullptr, 0);
  return hash;
}

}  // namespace

Answer problem(int status, std::string_view code, std::string_view detail) {
  json body = {{"type", "about:blank"}, {"status", status}, {"code", code}};
  body["title"] = std::string(code);
  if (!detail.empty()) body["detail"] = std::string(detail);
  Answer answer;
  answer.status = status;
  answer.content_type = "application/problem+json";
  answer.body = sync::protocol::dump(body);
  return answer;
}

Answer json_answer(const json& body, int status) {
  Answer answer;
  answer.status = status;
  answer.body = sync::protocol::dump(body);
  return answer;
}

Answer database_problem(const Error& error) {
  if (error.code == "hub_busy") return problem(503, "hub_busy");
  log::error("a request failed in the database", {{"code", error.code}, {"reason", error.message}});
  if (error.code == "database_unreachable" || error.code == "database_busy") return problem(503, error.code);
  return problem(error.code == "disk_full" ? 507 : 500, error.code);
}

std::string query_of(const Call& call, const char* name) {
  const auto found = call.request.query.find(name);
  return found == call.request.query.end() ? std::string() : found->second;
}

// None: not a number from 0 to max.
std::optional<std::size_t> number_of(const std::string& text, std::size_t fallback, std::size_t max) {
  if (text.empty()) return fallback;
  std::size_t number = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (wrong != std::errc{} || end != text.data() + text.size() || number > max) return std::nullopt;
  return number;
}

std::pair<std::string, std::string> session_cookie(const std::string& value) {
  const std::string life = value.empty() ? "0" : std::to_string(session_life_ms / 1000);
  return {"Set-Cookie", "vitrine_session=" + value + "; Path=/; Max-Age=" + life + "; HttpOnly; Secure; SameSite=Strict"};
}

Api::Impl::Impl(ApiSetup given) : setup(std::move(given)), readers(setup.database), pass_keys(read_pass_keys(setup.keys_folder)) {
  require(sodium_init() >= 0, "libsodium");
}

std::optional<Answer> Api::Impl::forbid(const Request& request, Now now) {
  if (!by_address.allow(request.caller, now.mono)) {
    Answer answer = problem(429, "too_many_requests");
    answer.headers.emplace_back("Retry-After", "2");
    return answer;
  }
  const bool of_platform = request.path.starts_with("/api/v1/platform/");
  if (request.body.size() > (of_platform ? platform_body_bytes_max : request_body_bytes_max)) return problem(413, "too_large");
  if (request.method == "POST") {
    if (request.guard != "1") return problem(403, "guard_missing", "every POST carries the header X-Vitrine: 1");
    if (request.content_type != "application/json" && !request.content_type.starts_with("application/json;")) {
      return problem(415, "content_type", "every POST is application/json");
    }
  }
  return std::nullopt;
}

Answer Api::Impl::dispatch(const Request& request) {
  const Now now = setup.clock();
  if (auto forbidden = forbid(request, now)) return std::move(*forbidden);
  bool path_known = false;
  for (const Row& row : rows) {
    auto value = match(row.route.pattern, request.path);
    if (!value) continue;
    path_known = true;
    if (row.route.method != request.method) continue;
    const Call call{request, std::move(*value), now, hash_of_cookie(request.cookie)};
    if (call.session_hash) {
      const std::string name(reinterpret_cast<const char*>(call.session_hash->data()), 16);
      if (!by_session.allow(name, now.mono)) return problem(429, "too_many_requests");
    }
    return (this->*row.handle)(call);
  }
  return path_known ? problem(405, "method_not_allowed") : problem(404, "not_found");
}

Api::Api(ApiSetup setup) : impl_(std::make_unique<Impl>(std::move(setup))) {}
Api::~Api() = default;

Answer Api::answer(const Request& request) {
  Readers::take_broken();
  Answer answer = impl_->dispatch(request);
  if (const auto broken = Readers::take_broken()) answer = database_problem(*broken);
  ++(answer.status < 400 ? impl_->good : answer.status < 500 ? impl_->refused : impl_->failed);
  return answer;
}

void Api::read_keys_again() {
  auto keys = read_pass_keys(impl_->setup.keys_folder);
  const std::lock_guard lock(impl_->keys_mutex);
  impl_->pass_keys = std::move(keys);
}

ApiCounts Api::counts() const {
  const Impl& of = *impl_;
  return {
      of.good,       of.refused,      of.failed,        of.rows_taken,     of.rows_refused, of.repeats, of.credentials_refused,
      of.kept_taken, of.kept_refused, of.coupons_taken, of.coupons_refused};
}

std::span<const Route> Api::routes() { return route_list; }

}  // namespace vitrine::hub::api
