// SPDX-License-Identifier: Apache-2.0
// Drills. Time is measured by the clock that nobody sets; with the process a drill ends, so that none outlives its limit.
// Example followed: a shift lead starts ten minutes; two orders are handed over; the line is joined again, both are sent, and the
// store's status says so.
#include <algorithm>
#include <utility>

#include "base/log.hpp"
#include "edge/daemon/daemon.hpp"
#include "edge/database/audit.hpp"
#include "edge/local_api/answers_json.hpp"

namespace vitrine::edge::daemon {

using local_api::DrillEnd;
using local_api::DrillOrder;
using sync::ends::StoreEffects;

namespace {

constexpr std::string_view drill_switch = "drill";

database::AuditEntry entry(UtcMs at, const DrillOrder& order, const char* action, std::string subject, std::string_view outcome) {
  return {0, at, order.staff, order.device, action, std::move(subject), std::string(outcome), order.request.text, {}};
}

}  // namespace

void Daemon::handle(RunDrill& request) {
  const DrillOrder& order = request.order;
  const bool starts = order.minutes > 0;
  // Asked again because the answer was lost: it is done.
  const bool again = database::is_in_audit(replica_.connection(), order.request.text, starts ? "drill.start" : "drill.end");
  if (again) return request.answer({});
  request.answer(starts ? start_drill(order) : end_drill(DrillEnd::by_hand, order));
}

Result<void> Daemon::start_drill(const DrillOrder& order) {
  if (drill_ends_at_) return fail("drill_running", "a drill runs already");
  // A real outage is never called a drill.
  if (!link_enabled_ || !end_->link().online) return fail("drill_offline", "the store is offline already");
  const Now now = setup_.now();
  const std::int64_t ms = std::min(order.minutes, local_api::drill_minutes_max) * 60'000;
  const UtcMs at = end_->hub_time(now.utc);
  const auto failed = in_one_transaction([&](StoreEffects&, Now) {
    replica_.put_switch(drill_switch, true);
    database::append_audit(replica_.connection(), entry(at, order, "drill.start", std::to_string(order.minutes), "done"));
  });
  if (failed) return std::unexpected(*failed);
  drill_ends_at_ = now.mono.plus(ms);
  drill_.report = {at, at.plus(ms), true, 0};
  log::notice("a drill begins: the line to the hub is dropped on purpose", {{"minutes", std::to_string(order.minutes)}});
  setup_.enable_link(false);
  show_link();
  feed_.publish("link", local_api::to_json(board_.get().report));
  return {};
}

Result<void> Daemon::end_drill(DrillEnd how, const DrillOrder& order) {
  if (!drill_ends_at_) return fail("drill_over", "no drill runs");
  const UtcMs at = end_->hub_time(setup_.now().utc);
  drill_ends_at_.reset();
  drill_.report->runs = false;
  drill_.report->until = at;
  drill_.report->waited = reader_.outbox().waiting;
  ++drill_.ended[static_cast<std::size_t>(how)];
  const std::string_view word = local_api::drill_ends[static_cast<std::size_t>(how)];
  // A full disk keeps nobody offline.
  const auto failed = in_one_transaction([&](StoreEffects&, Now) {
    replica_.put_switch(drill_switch, false);
    database::append_audit(replica_.connection(), entry(at, order, "drill.end", "", how == DrillEnd::by_hand ? "done" : word));
  });
  log::notice("the drill is over", {{"how", std::string(word)}, {"waiting", std::to_string(drill_.report->waited)}});
  if (link_enabled_) setup_.enable_link(true);
  show_link();
  feed_.publish("link", local_api::to_json(board_.get().report));
  look_soon(setup_.now());
  if (failed && fatal_) return std::unexpected(*failed);
  return {};
}

void Daemon::end_drill_of_before(Now now) {
  if (!replica_.switched(drill_switch, false)) return;
  replica_.put_switch(drill_switch, false);
  ++drill_.ended[static_cast<std::size_t>(DrillEnd::restart)];
  database::append_audit(replica_.connection(), entry(end_->hub_time(now.utc), {}, "drill.end", "", "restart"));
}

}  // namespace vitrine::edge::daemon
