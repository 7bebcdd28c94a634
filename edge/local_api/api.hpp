// SPDX-License-Identifier: Apache-2.0
// The local API: a table of routes from a call to a reply. Which transport carries it is not known here; docs/openapi-edge.yaml
// lists the same table.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "edge/local_api/access.hpp"
#include "edge/local_api/commands.hpp"
#include "edge/local_api/coupons.hpp"
#include "edge/local_api/drill.hpp"
#include "edge/local_api/keeping.hpp"
#include "edge/local_api/look_ups.hpp"
#include "edge/local_api/metrics.hpp"
#include "edge/local_api/own_passes.hpp"
#include "edge/local_api/reader_pool.hpp"
#include "edge/local_api/routing.hpp"
#include "edge/local_api/screen_figures.hpp"
#include "edge/local_api/sessions.hpp"
#include "edge/local_api/sign_in.hpp"
#include "edge/local_api/status.hpp"
#include "edge/local_api/surroundings.hpp"
#include "edge/local_api/timeline.hpp"
#include "sync/model/offer.hpp"
#include "sync/model/request.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::size_t body_bytes_max = 64UL * 1024;  // a pass is below 5 KiB, an action below 10 KiB

// Who is behind a call that is written into the audit.
struct Acting {
  std::string staff;  // number; empty: a device alone
  std::string device;
  std::string action;  // "orders.hand_over"
  std::string subject;
  std::string request;
};

struct CustomerView;
struct FoundCustomer;
struct Panel;

struct Call {
  std::string method;
  std::string path;
  std::map<std::string, std::string> query;
  std::string body;
  std::string if_match = {};                    // the ETag that must still hold; empty: none is asked for
  Caller caller = {};                           // of the socket that it came through
  std::string session = {};                     // the token of who is signed in
  std::optional<Acting> acting = std::nullopt;  // noted on the way in
};

struct Reply {
  int status = 200;
  std::string content_type;
  std::string body;
  std::string entity_tag = {};
};

struct DiskFigures {
  std::uint64_t free_bytes = 0;
  std::uint64_t database_bytes = 0;
};

struct ApiSetup {
  sync::StoreId store;
  std::string zone;
  std::string region;  // of the stores whose stock is shown beside its own
  std::string software;
  std::function<Now()> now;
  std::function<DiskFigures()> disk;
  std::function<std::size_t()> kiosks;  // event streams that are open
  // Runs on the loop, in one transaction; answers after the commit. "busy" when the loop has too much to do.
  std::function<Result<sync::CartId>(std::function<Result<sync::CartId>(Desk&)>)> perform;
  std::function<Result<void>(bool)> enable_link;
  std::function<Result<void>(DrillOrder)> run_drill = {};
  // Whether a PIN is the verifier's; away from this process, for it takes 19 MiB. Errors: "busy".
  std::function<Result<bool>(const std::string& verifier, const std::string& pin)> verify_pin;
  SignAsStore sign = {};  // nothing: no cart is given to a phone
  // Runs of the lamp: done, failed, took too long. Nothing: there is no lamp.
  std::function<std::array<std::uint64_t, 3>()> lamp = {};
  // A product's picture, by its hash. Error "picture_absent": it is not here yet; nothing: there are none.
  std::function<Result<std::string>(const std::string& hash)> picture = {};
  std::function<PictureFigures()> pictures = {};
  RoutingRules routing = {};
  std::string boot;                                              // which start of the machine this is
  std::vector<std::pair<std::string, DeviceRole>> devices = {};  // those that have sockets of their own
};

class Api {
 public:
  Api(ApiSetup setup, ReaderPool& readers, const LinkBoard& board);

  // Never throws; every mistake is a problem+json.
  Reply answer(const Call& call);

  struct Route {
    std::string_view method;
    std::string_view path;  // "/v1/carts/{id}/actions"
    Reply (Api::*handler)(const Call&, const std::vector<std::string>& in_path);
  };
  static std::span<const Route> routes();

  // Event streams stand on a socket of their own.
  static constexpr std::string_view events_path = "/v1/events";

  // What the first event of a stream says.
  [[nodiscard]] std::string hello_json() const;

 private:
  Reply answer(const Route& route, const Call& call, const std::vector<std::string>& in_path);
  Reply get_health(const Call& call, const std::vector<std::string>& in_path);
  Reply get_store(const Call& call, const std::vector<std::string>& in_path);
  // cart_routes.cpp
  Reply post_pass(const Call& call, const std::vector<std::string>& in_path);
  Reply get_cart(const Call& call, const std::vector<std::string>& in_path);
  Reply post_action(const Call& call, const std::vector<std::string>& in_path);
  Reply post_keep(const Call& call, const std::vector<std::string>& in_path);
  // api.cpp
  Reply get_products(const Call& call, const std::vector<std::string>& in_path);
  Reply get_product(const Call& call, const std::vector<std::string>& in_path);
  // picture_routes.cpp
  Reply get_picture(const Call& call, const std::vector<std::string>& in_path);
  // order_routes.cpp
  Reply get_orders(const Call& call, const std::vector<std::string>& in_path);
  Reply get_order(const Call& call, const std::vector<std::string>& in_path);
  Reply get_picking(const Call& call, const std::vector<std::string>& in_path);
  Reply post_order_action(const Call& call, const std::vector<std::string>& in_path);
  Reply post_pickup(const Call& call, const std::vector<std::string>& in_path);
  // stock_routes.cpp
  Reply get_stock(const Call& call, const std::vector<std::string>& in_path);
  Reply post_stock_action(const Call& call, const std::vector<std::string>& in_path);
  Reply get_discrepancies(const Call& call, const std::vector<std::string>& in_path);
  Reply get_reservations(const Call& call, const std::vector<std::string>& in_path);
  Reply post_reservations(const Call& call, const std::vector<std::string>& in_path);
  // holds.cpp
  Reply post_hold(const Call& call, const std::vector<std::string>& in_path);
  // delivery_routes.cpp
  Reply post_delivery(const Call& call, const std::vector<std::string>& in_path);
  Reply get_delivery(const Call& call, const std::vector<std::string>& in_path);
  Reply delivery_reply(const sync::OrderId& id);
  // ticket_routes.cpp
  Reply get_ticket(const Call& call, const std::vector<std::string>& in_path);
  Reply post_ticket(const Call& call, const std::vector<std::string>& in_path);
  Reply post_ticket_action(const Call& call, const std::vector<std::string>& in_path);
  // help_routes.cpp
  Reply get_requests(const Call& call, const std::vector<std::string>& in_path);
  Reply get_request(const Call& call, const std::vector<std::string>& in_path);
  Reply post_request(const Call& call, const std::vector<std::string>& in_path);
  Reply post_request_action(const Call& call, const std::vector<std::string>& in_path);
  // purchase_routes.cpp
  Reply get_purchase(const Call& call, const std::vector<std::string>& in_path);
  Reply post_return(const Call& call, const std::vector<std::string>& in_path);
  Reply get_return(const Call& call, const std::vector<std::string>& in_path);
  // Whether who is signed in has it, besides what the table asks of this route.
  Result<bool> is_permitted(const Call& call, std::string_view permission);
  // people_routes.cpp
  Reply post_look_up(const Call& call, const std::vector<std::string>& in_path);
  Reply get_customer(const Call& call, const std::vector<std::string>& in_path);
  Reply get_customer_panel(const Call& call, const std::vector<std::string>& in_path);
  Reply post_consent(const Call& call, const std::vector<std::string>& in_path);
  // Whom this person has open at this counter. Errors: those of Sessions::find and LookUps::find.
  Result<LookUp> look_up_of(const Call& call, const std::string& handle);
  // Written down, then read.
  Result<CustomerView> view_customer(const std::string& handle, const LookUp& look_up, const Panel* panel,
                                     const TimelineAsk& timeline = {});
  // Of what was written down.
  Result<CustomerView> read_customer(const LookUp& look_up, const Panel* panel, const TimelineAsk& timeline);
  Reply post_offer_outcome(const Call& call, const std::vector<std::string>& in_path);
  void count_look_up(const FoundCustomer& found);
  // choices.cpp: of the owner of a cart whose code this kiosk has just read. Errors: "cart_unknown", "pass_needed".
  [[nodiscard]] Result<void> has_own_pass(const std::string& cart, const std::string& device) const;
  Reply post_choices(const Call& call, const std::vector<std::string>& in_path);
  Reply post_own_consent(const Call& call, const std::vector<std::string>& in_path);
  Reply choice_reply(ChoiceAct act, const Result<std::string>& body);
  // case_routes.cpp
  Reply get_cases(const Call& call, const std::vector<std::string>& in_path);
  Reply post_case_look_up(const Call& call, const std::vector<std::string>& in_path);
  Reply post_note(const Call& call, const std::vector<std::string>& in_path);
  Reply post_case_action(const Call& call, const std::vector<std::string>& in_path);
  Reply case_reply(const std::string& handle, const LookUp& look_up, const Result<sync::CaseId>& id);
  // Who is signed in at a counter, and what they may.
  std::vector<Available> available(database::Reader& reader);
  // alert_routes.cpp
  Reply get_alerts(const Call& call, const std::vector<std::string>& in_path);
  Reply get_alert_kinds(const Call& call, const std::vector<std::string>& in_path);
  Reply post_alert_action(const Call& call, const std::vector<std::string>& in_path);
  // audit_routes.cpp
  Reply get_audit(const Call& call, const std::vector<std::string>& in_path);
  // measure_routes.cpp
  Reply get_measures(const Call& call, const std::vector<std::string>& in_path);
  Reply get_measures_csv(const Call& call, const std::vector<std::string>& in_path);
  Reply post_search_done(const Call& call, const std::vector<std::string>& in_path);
  // staff_routes.cpp
  Reply get_staff(const Call& call, const std::vector<std::string>& in_path);
  Reply post_staff_session(const Call& call, const std::vector<std::string>& in_path);
  Reply get_staff_session(const Call& call, const std::vector<std::string>& in_path);
  Reply post_session_action(const Call& call, const std::vector<std::string>& in_path);
  Reply post_staff_action(const Call& call, const std::vector<std::string>& in_path);
  Reply get_code(const Call& call, const std::vector<std::string>& in_path);
  // status_routes.cpp
  Reply get_status(const Call& call, const std::vector<std::string>& in_path);
  std::vector<DeviceView> list_devices(database::Reader& reader);
  Reply post_drill(const Call& call, const std::vector<std::string>& in_path);
  Reply post_link(const Call& call, const std::vector<std::string>& in_path);
  Reply get_metrics(const Call& call, const std::vector<std::string>& in_path);
  Reply post_screen_figures(const Call& call, const std::vector<std::string>& in_path);

  // admission.cpp: whether this caller may, and what the audit is to say of it. Errors: "device_refused", "not_permitted", those
  // of Sessions::find.
  Result<std::optional<Acting>> admit(const Route& route, const Call& call, const std::vector<std::string>& in_path);
  Result<Acting> admit_staff(const AccessRow& row, const Call& call, Acting acting);
  // A line of its own, where nothing else is written.
  Result<void> write_down(const Acting& acting, const std::string& outcome);
  // The number of who showed that PIN or badge.
  std::expected<std::string, Refused> judge_sign_in(const SignIn& request, std::string_view action, const std::string& only = {});
  Reply session_reply(const std::string& token, const Session& session, bool with_token);

  [[nodiscard]] Surroundings surroundings() const;
  void count_nearby(const std::vector<NearbyStore>& shown);
  Result<Health> read_health();
  Reply cart_reply(const Result<sync::CartId>& cart);
  Reply coupon_problem(const Error& error, const std::string& typed);
  [[nodiscard]] std::array<std::uint64_t, coupon_ends.size()> coupon_figures() const;
  Reply order_reply(const sync::OrderId& id);
  Reply product_reply(const std::string& code);
  Reply stock_reply(const std::string& code);
  Reply help_reply(const Result<sync::RequestId>& id);
  Reply ticket_reply(const Call& call, const Result<std::string>& name);
  Reply return_reply(const std::string& id);
  Result<ShopFigures> count_shop();
  template <class Read>
  Reply read(const Read& question);
  // A command, and in its transaction the line of the audit.
  Result<sync::CartId> run(const Call& call, std::function<Result<sync::CartId>(Desk&)> work);
  // One whose result is no cart.
  template <class Made>
  Result<Made> perform(const Call& call, std::function<Result<Made>(Desk&)> work);

  ApiSetup setup_;
  ReaderPool& readers_;
  const LinkBoard& board_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> answered_;  // by route
  std::atomic<std::uint64_t> refused_{0};
  std::atomic<std::uint64_t> searches_empty_{0};
  std::atomic<std::uint64_t> searches_forgiven_{0};
  std::atomic<std::uint64_t> returns_taken_{0};
  Sessions sessions_;
  DevicesSeen seen_;
  ScreenBoard screens_;
  LookUps look_ups_;
  OwnPasses own_passes_;
  std::array<std::atomic<std::uint64_t>, choice_acts.size()> choices_{};
  std::atomic<std::uint64_t> look_ups_found_{0};
  std::atomic<std::uint64_t> look_ups_unknown_{0};
  std::atomic<std::uint64_t> look_ups_too_many_{0};
  std::atomic<std::uint64_t> look_ups_offline_{0};
  std::atomic<std::uint64_t> look_ups_refused_{0};
  std::atomic<std::uint64_t> panels_shown_{0};
  std::atomic<std::uint64_t> panels_without_consent_{0};
  std::atomic<std::uint64_t> cases_opened_{0};
  std::atomic<std::uint64_t> case_acts_{0};
  std::array<std::atomic<std::uint64_t>, sync::offer_outcomes.size()> offer_outcomes_{};
  std::array<std::atomic<std::uint64_t>, 4> nearby_shown_{};  // by Freshness
  std::atomic<std::uint64_t> holds_kept_{0};
  std::atomic<std::uint64_t> holds_refused_{0};
  std::atomic<std::uint64_t> deliveries_asked_{0};
  std::atomic<std::uint64_t> deliveries_refused_{0};
  std::atomic<std::uint64_t> signed_in_{0};
  std::atomic<std::uint64_t> sign_ins_refused_{0};
  std::atomic<std::uint64_t> staff_unlocked_{0};
  std::array<std::atomic<std::uint64_t>, coupon_ends.size()> coupons_{};
};

Reply ok(std::string body);
Reply problem(const Error& error);
// Of the query's "limit". "invalid_request"
Result<std::size_t> limit_of(const Call& call, std::size_t fallback, std::size_t most);

template <class Read>
Reply Api::read(const Read& question) {
  auto readers = readers_.borrow();
  if (!readers) return problem(readers.error());
  const auto answer = question(*readers);
  readers_.give_back(std::move(*readers));
  return answer ? ok(to_json(*answer)) : problem(answer.error());
}

template <class Made>
Result<Made> Api::perform(const Call& call, std::function<Result<Made>(Desk&)> work) {
  const auto made = std::make_shared<std::optional<Made>>();  // outlives a caller who does not wait any longer
  const auto done = run(call, [work = std::move(work), made](Desk& desk) -> Result<sync::CartId> {
    auto result = work(desk);
    if (!result) return std::unexpected(result.error());
    *made = std::move(*result);
    return sync::CartId{};
  });
  if (!done) return std::unexpected(done.error());
  return std::move(**made);
}

// The status that goes with an error's code.
int status_of(const Error& error);

}  // namespace vitrine::edge::local_api
