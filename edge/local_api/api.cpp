// SPDX-License-Identifier: Apache-2.0
// The routes and their handlers: decode, ask or perform, encode.
#include "edge/local_api/api.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/log.hpp"
#include "edge/local_api/answers_json.hpp"
#include "edge/local_api/metrics.hpp"
#include "edge/local_api/queries.hpp"
#include "sync/protocol/json_writer.hpp"

namespace vitrine::edge::local_api {

using sync::protocol::JsonWriter;

namespace {

struct Status {
  std::string_view code;
  int status;
};

// Codes that are not here are refusals of the rules: 409.
constexpr auto statuses = std::to_array<Status>({
    {"busy", 503},
    {"sign_in_needed", 401},
    {"session_over", 401},
    {"session_locked", 401},
    {"wrong_pin", 401},
    {"badge_refused", 401},
    {"sign_in_locked", 429},
    {"not_permitted", 403},
    {"own_lock", 403},
    {"drill_running", 409},
    {"drill_offline", 409},
    {"drill_over", 409},
    {"device_refused", 403},
    {"staff_unknown", 404},
    {"customer_unknown", 404},
    {"customer_erased", 410},
    {"customer_needs_hub", 503},
    {"too_many_look_ups", 429},
    {"look_up_over", 410},
    {"panel_unknown", 404},
    {"case_unknown", 404},
    {"offer_unknown", 404},
    {"offer_over", 410},
    {"not_shared", 403},
    {"cart_unknown", 404},
    {"coupon_unknown", 404},
    {"coupon_not_valid_now", 410},
    {"coupons_locked", 429},
    {"keep_too_long", 413},
    {"keep_unavailable", 503},
    {"code_unknown", 404},
    {"order_unknown", 404},
    {"stock_unknown", 404},
    {"reservation_unknown", 404},
    {"discrepancy_unknown", 404},
    {"changed_meanwhile", 412},
    {"request_unknown", 404},
    {"ticket_unknown", 404},
    {"ticket_expired", 410},
    {"tenders_wrong", 422},
    {"purchase_unknown", 404},
    {"purchase_needs_hub", 503},
    {"receipt_needs_hub", 503},
    {"hold_needs_hub", 503},
    {"order_refused", 410},
    {"store_unknown", 404},
    {"return_unknown", 404},
    {"reason_unknown", 422},
    {"condition_unknown", 422},
    {"line_unknown", 404},
    {"phone_wrong", 403},
    {"staff_check", 403},
    {"not_verified", 403},
    {"pickup_locked", 429},
    {"balance_due", 402},
    {"code_check_digit", 422},
    {"database_busy", 503},
    {"database_damaged", 500},
    {"database_refused", 500},
    {"disk_failed", 500},
    {"disk_full", 507},
    {"invalid_request", 400},
    {"method_not_allowed", 405},
    {"not_found", 404},
    {"pass_expired", 410},
    {"pass_foreign", 409},
    {"pass_forged", 422},
    {"pass_malformed", 422},
    {"pass_needed", 403},
    {"pass_needs_hub", 503},
    {"pass_is_pickup", 422},
    {"pass_not_ours", 422},
    {"pass_not_yet", 422},
    {"pass_spent", 410},
    {"pass_unknown_key", 422},
    {"picture_absent", 404},
    {"product_unknown", 404},
    {"store_not_ready", 503},
    {"too_large", 413},
    {"too_many_streams", 503},
    {"length_required", 411},
    {"cart_malformed", 500},
    {"internal", 500},
});

constexpr std::string_view json_type = "application/json";

// The path against a pattern: what stands where the braces are; none when it is another path.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
  std::vector<std::string> in_path;
  while (!pattern.empty() || !path.empty()) {
    if (!pattern.starts_with('/') || !path.starts_with('/')) return std::nullopt;
    const std::string_view want = pattern.substr(1, pattern.find('/', 1) - 1);
    const std::string_view have = path.substr(1, path.find('/', 1) - 1);
    if (want.starts_with('{')) {
      if (have.empty()) return std::nullopt;
      in_path.emplace_back(have);
    } else if (want != have) {
      return std::nullopt;
    }
    pattern.remove_prefix(1 + want.size());
    path.remove_prefix(1 + have.size());
  }
  return in_path;
}

std::string text_of(const Call& call, const std::string& name) {
  const auto found = call.query.find(name);
  return found == call.query.end() ? std::string() : found->second;
}

constexpr std::size_t query_bytes_max = 200;
constexpr std::size_t code_bytes_max = 2048;

// A whole number of the query, if it is there.
Result<std::optional<std::int64_t>> number_of(const Call& call, const std::string& name, std::int64_t least, std::int64_t most) {
  const std::string text = text_of(call, name);
  if (text.empty()) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least || number > most) {
    return fail("invalid_request",
                name + " must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return number;
}

Result<bool> truth_of(const Call& call, const std::string& name) {
  const std::string text = text_of(call, name);
  if (!text.empty() && text != "true" && text != "false") return fail("invalid_request", name + " must be true or false");
  return text == "true";
}

Result<database::SearchQuestion> search_question(const Call& call) {
  database::SearchQuestion out;
  out.query = text_of(call, "query");
  if (out.query.size() > query_bytes_max) return fail("invalid_request", "query is too long");
  out.department = text_of(call, "department");
  const auto limit = limit_of(call, 20, products_limit_max);
  if (!limit) return std::unexpected(limit.error());
  out.limit = *limit;
  for (const auto& [name, price] : {std::pair("price_from", &out.price_from), std::pair("price_to", &out.price_to)}) {
    const auto number = number_of(call, name, 0, 100'000'000);
    if (!number) return std::unexpected(number.error());
    if (*number) *price = static_cast<std::uint32_t>(**number);
  }
  for (const auto& [name, truth] : {std::pair("in_stock", &out.in_stock), std::pair("facets", &out.facets)}) {
    const auto said = truth_of(call, name);
    if (!said) return std::unexpected(said.error());
    *truth = *said;
  }
  return out;
}

}  // namespace

Reply ok(std::string body) { return {200, std::string(json_type), std::move(body)}; }

Result<std::size_t> limit_of(const Call& call, std::size_t fallback, std::size_t most) {
  const std::string text = text_of(call, "limit");
  if (text.empty()) return fallback;
  std::size_t limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error != std::errc() || end != text.data() + text.size() || limit < 1 || limit > most) {
    return fail("invalid_request", "limit must be a whole number from 1 to " + std::to_string(most));
  }
  return limit;
}

int status_of(const Error& error) {
  const auto* found = std::ranges::find(statuses, error.code, &Status::code);
  return found == statuses.end() ? 409 : found->status;
}

Reply problem(const Error& error) {
  const int status = status_of(error);
  if (status >= 500) log::warning("a request was not answered", {{"code", error.code}, {"reason", error.message}});
  return {status, "application/problem+json", problem_json(status, error)};
}

std::span<const Api::Route> Api::routes() {
  static constexpr auto table = std::to_array<Route>({
      {"GET", "/v1/health", &Api::get_health},
      {"GET", "/v1/store", &Api::get_store},
      {"POST", "/v1/passes/open", &Api::post_pass},
      {"GET", "/v1/carts/{id}", &Api::get_cart},
      {"POST", "/v1/carts/{id}/actions", &Api::post_action},
      {"POST", "/v1/carts/{id}/keep", &Api::post_keep},
      {"POST", "/v1/carts/{id}/choices", &Api::post_choices},
      {"POST", "/v1/carts/{id}/consents", &Api::post_own_consent},
      {"GET", "/v1/products", &Api::get_products},
      {"GET", "/v1/products/{code}", &Api::get_product},
      {"GET", "/v1/orders", &Api::get_orders},
      {"GET", "/v1/orders/{id}", &Api::get_order},
      {"POST", "/v1/orders/{id}/actions", &Api::post_order_action},
      {"GET", "/v1/picking", &Api::get_picking},
      {"POST", "/v1/pickups/open", &Api::post_pickup},
      {"GET", "/v1/stock/{code}", &Api::get_stock},
      {"POST", "/v1/stock/{sku}/actions", &Api::post_stock_action},
      {"GET", "/v1/discrepancies", &Api::get_discrepancies},
      {"GET", "/v1/carts/{id}/reservations", &Api::get_reservations},
      {"POST", "/v1/carts/{id}/reservations", &Api::post_reservations},
      {"POST", "/v1/carts/{id}/holds", &Api::post_hold},
      {"POST", "/v1/carts/{id}/deliveries", &Api::post_delivery},
      {"GET", "/v1/deliveries/{order}", &Api::get_delivery},
      {"POST", "/v1/tickets", &Api::post_ticket},
      {"GET", "/v1/tickets/{name}", &Api::get_ticket},
      {"POST", "/v1/tickets/{name}/actions", &Api::post_ticket_action},
      {"GET", "/v1/purchases/{name}", &Api::get_purchase},
      {"POST", "/v1/purchases/{name}/returns", &Api::post_return},
      {"GET", "/v1/returns/{id}", &Api::get_return},
      {"GET", "/v1/requests", &Api::get_requests},
      {"POST", "/v1/requests", &Api::post_request},
      {"GET", "/v1/requests/{id}", &Api::get_request},
      {"POST", "/v1/requests/{id}/actions", &Api::post_request_action},
      {"GET", "/v1/alerts", &Api::get_alerts},
      {"GET", "/v1/alerts/kinds", &Api::get_alert_kinds},
      {"POST", "/v1/alerts/actions", &Api::post_alert_action},
      {"POST", "/v1/customers/look-ups", &Api::post_look_up},
      {"GET", "/v1/customers/{look_up}", &Api::get_customer},
      {"GET", "/v1/customers/{look_up}/{panel}", &Api::get_customer_panel},
      {"POST", "/v1/customers/{look_up}/consents", &Api::post_consent},
      {"POST", "/v1/customers/{look_up}/cases", &Api::post_note},
      {"POST", "/v1/customers/{look_up}/cases/{case}/actions", &Api::post_case_action},
      {"POST", "/v1/customers/{look_up}/offers/{offer}/actions", &Api::post_offer_outcome},
      {"GET", "/v1/cases", &Api::get_cases},
      {"POST", "/v1/cases/{case}/look-ups", &Api::post_case_look_up},
      {"GET", "/v1/staff", &Api::get_staff},
      {"POST", "/v1/staff/sessions", &Api::post_staff_session},
      {"GET", "/v1/staff/session", &Api::get_staff_session},
      {"POST", "/v1/staff/session/actions", &Api::post_session_action},
      {"POST", "/v1/staff/{number}/actions", &Api::post_staff_action},
      {"GET", "/v1/audit", &Api::get_audit},
      {"GET", "/v1/codes", &Api::get_code},
      {"GET", "/v1/pictures/{picture}", &Api::get_picture},
      {"GET", "/v1/status", &Api::get_status},
      {"GET", "/v1/measures", &Api::get_measures},
      {"GET", "/v1/measures.csv", &Api::get_measures_csv},
      {"POST", "/v1/searches", &Api::post_search_done},
      {"POST", "/v1/drill/actions", &Api::post_drill},
      {"POST", "/v1/link", &Api::post_link},
      {"POST", "/v1/devices/figures", &Api::post_screen_figures},
      {"GET", "/metrics", &Api::get_metrics},
  });
  return table;
}

Api::Api(ApiSetup setup, ReaderPool& readers, const LinkBoard& board)
    : setup_(std::move(setup)),
      readers_(readers),
      board_(board),
      answered_(std::make_unique<std::atomic<std::uint64_t>[]>(routes().size())) {}

Reply Api::answer(const Call& call) {
  bool known = false;
  for (std::size_t i = 0; i < routes().size(); ++i) {
    const Route& route = routes()[i];
    const auto in_path = match(route.path, call.path);
    if (!in_path) continue;
    known = true;
    if (route.method != call.method) continue;
    Reply reply =
        call.body.size() > body_bytes_max ? problem({"too_large", "the body is too large"}) : answer(route, call, *in_path);
    answered_[i].fetch_add(1, std::memory_order_relaxed);
    if (reply.status >= 400) refused_.fetch_add(1, std::memory_order_relaxed);
    return reply;
  }
  refused_.fetch_add(1, std::memory_order_relaxed);
  return known ? problem({"method_not_allowed", "this path does not know this method"})
               : problem({"not_found", "there is nothing here"});
}

Reply Api::answer(const Route& route, const Call& call, const std::vector<std::string>& in_path) {
  auto acting = admit(route, call, in_path);
  if (!acting) return problem(acting.error());
  if (!*acting) return (this->*route.handler)(call, in_path);
  Call known = call;
  known.acting = std::move(*acting);
  return (this->*route.handler)(known, in_path);
}

Surroundings Api::surroundings() const {
  Surroundings around{setup_.store, setup_.zone, setup_.region, setup_.software, board_.get(), {}};
  around.now = around.link.hub_time(setup_.now().utc);
  return around;
}

Result<Health> Api::read_health() {
  auto readers = readers_.borrow();
  if (!readers) return std::unexpected(readers.error());
  auto answer = health(*readers->store, surroundings());
  readers_.give_back(std::move(*readers));
  if (!answer) return answer;
  const DiskFigures disk = setup_.disk();
  answer->free_bytes = disk.free_bytes;
  answer->database_bytes = disk.database_bytes;
  answer->kiosks = setup_.kiosks();
  return answer;
}

Reply Api::get_health(const Call&, const std::vector<std::string>&) {
  const auto answer = read_health();
  return answer ? ok(to_json(*answer)) : problem(answer.error());
}

Reply Api::get_store(const Call&, const std::vector<std::string>&) {
  return read([this](Readers& readers) {
    auto answer = store(*readers.store, surroundings());
    if (answer) answer->keeps_carts = setup_.sign && !answer->settings.link_base.empty();
    return answer;
  });
}

Reply Api::get_products(const Call& call, const std::vector<std::string>&) {
  const auto question = search_question(call);
  if (!question) return problem(question.error());
  return read([&](Readers& readers) {
    auto found = find_products(*readers.store, *readers.search, surroundings(), *question);
    if (found && found->total == 0) searches_empty_.fetch_add(1, std::memory_order_relaxed);
    if (found && found->forgiven) searches_forgiven_.fetch_add(1, std::memory_order_relaxed);
    return found;
  });
}

void Api::count_nearby(const std::vector<NearbyStore>& shown) {
  for (const NearbyStore& one : shown) {
    const auto age = std::min(static_cast<std::size_t>(one.freshness), nearby_shown_.size() - 1);
    nearby_shown_.at(age).fetch_add(1, std::memory_order_relaxed);
  }
}

Reply Api::product_reply(const std::string& code) {
  return read([&](Readers& readers) {
    auto page = product(*readers.store, *readers.search, surroundings(), code);
    if (page) count_nearby(page->nearby);
    return page;
  });
}

Reply Api::get_product(const Call&, const std::vector<std::string>& in_path) { return product_reply(in_path[0]); }

Reply Api::get_code(const Call& call, const std::vector<std::string>&) {
  const std::string text = text_of(call, "text");
  if (text.empty() || text.size() > code_bytes_max) return problem({"invalid_request", "text must have 1 to 2048 bytes"});
  return product_reply(text);
}

Reply Api::post_link(const Call& call, const std::vector<std::string>&) {
  const auto enabled = decode_link_switch(call.body);
  if (!enabled) return problem(enabled.error());
  if (call.acting) {
    if (const auto noted = write_down(*call.acting, *enabled ? "on" : "off"); !noted) return problem(noted.error());
  }
  if (const auto done = setup_.enable_link(*enabled); !done) return problem(done.error());
  return ok(to_json(board_.get().report));
}

std::array<std::uint64_t, coupon_ends.size()> Api::coupon_figures() const {
  std::array<std::uint64_t, coupon_ends.size()> figures{};
  for (std::size_t i = 0; i < figures.size(); ++i) figures.at(i) = coupons_.at(i).load(std::memory_order_relaxed);
  return figures;
}

Reply Api::get_metrics(const Call&, const std::vector<std::string>&) {
  const auto now = read_health();
  if (!now) return problem(now.error());
  const auto shop = count_shop();
  if (!shop) return problem(shop.error());
  std::vector<RouteFigures> figures;
  for (std::size_t i = 0; i < routes().size(); ++i) {
    figures.push_back({routes()[i].method, routes()[i].path, answered_[i].load(std::memory_order_relaxed)});
  }
  return {200, "text/plain; version=0.0.4; charset=utf-8",
          metrics_text(*now, *shop, figures,
                       {refused_.load(std::memory_order_relaxed),
                        searches_empty_.load(std::memory_order_relaxed),
                        searches_forgiven_.load(std::memory_order_relaxed),
                        signed_in_.load(std::memory_order_relaxed),
                        sign_ins_refused_.load(std::memory_order_relaxed),
                        sessions_.count(),
                        {{{"found", look_ups_found_.load(std::memory_order_relaxed)},
                          {"unknown", look_ups_unknown_.load(std::memory_order_relaxed)},
                          {"too_many", look_ups_too_many_.load(std::memory_order_relaxed)},
                          {"offline", look_ups_offline_.load(std::memory_order_relaxed)},
                          {"refused", look_ups_refused_.load(std::memory_order_relaxed)}}},
                        panels_shown_.load(std::memory_order_relaxed),
                        panels_without_consent_.load(std::memory_order_relaxed),
                        cases_opened_.load(std::memory_order_relaxed),
                        case_acts_.load(std::memory_order_relaxed),
                        {offer_outcomes_[0].load(std::memory_order_relaxed), offer_outcomes_[1].load(std::memory_order_relaxed),
                         offer_outcomes_[2].load(std::memory_order_relaxed)},
                        {choices_[0].load(std::memory_order_relaxed), choices_[1].load(std::memory_order_relaxed),
                         choices_[2].load(std::memory_order_relaxed), choices_[3].load(std::memory_order_relaxed)},
                        returns_taken_.load(std::memory_order_relaxed),
                        {nearby_shown_[0].load(std::memory_order_relaxed), nearby_shown_[1].load(std::memory_order_relaxed),
                         nearby_shown_[2].load(std::memory_order_relaxed), nearby_shown_[3].load(std::memory_order_relaxed)},
                        holds_kept_.load(std::memory_order_relaxed),
                        holds_refused_.load(std::memory_order_relaxed),
                        deliveries_asked_.load(std::memory_order_relaxed),
                        deliveries_refused_.load(std::memory_order_relaxed),
                        staff_unlocked_.load(std::memory_order_relaxed),
                        coupon_figures(),
                        setup_.lamp ? setup_.lamp() : std::array<std::uint64_t, 3>{},
                        board_.get().drill,
                        setup_.pictures ? setup_.pictures() : PictureFigures{}},
                       screens_.all())};
}

Reply Api::post_screen_figures(const Call& call, const std::vector<std::string>&) {
  auto figures = decode_screen_figures(call.body);
  if (!figures) return problem(figures.error());
  screens_.put(std::move(*figures));
  return ok("{}");
}

std::string Api::hello_json() const {
  JsonWriter out;
  out.object().key("store").string(setup_.store.text).key("link").raw(to_json(board_.get().report)).end_object();
  return out.take();
}

}  // namespace vitrine::edge::local_api
