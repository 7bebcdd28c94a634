// SPDX-License-Identifier: Apache-2.0
// The routes of customers. The table of access lets in who may; here the handle decides whom they may see.
#include <algorithm>

#include "edge/local_api/api.hpp"
#include "edge/local_api/people.hpp"

namespace vitrine::edge::local_api {

namespace {
const Call no_audit;  // these write lines of their own, with whom they are about
}

Result<LookUp> Api::look_up_of(const Call& call, const std::string& handle) {
  auto readers = readers_.borrow();
  if (!readers) return std::unexpected(readers.error());
  const MonoMs now = setup_.now().mono;
  const auto session = sessions_.find(call.session, call.caller.device, readers->store->staff_rules(), now);
  readers_.give_back(std::move(*readers));
  if (!session) return std::unexpected(session.error());
  return look_ups_.find(handle, session->staff, call.caller.device, now);
}

Result<CustomerView> Api::view_customer(const std::string& handle, const LookUp& look_up, const Panel* panel,
                                        const TimelineAsk& timeline) {
  const std::string name(panel == nullptr ? std::string_view() : panel->name);
  const auto noted = perform<bool>(no_audit, [look_up, name](Desk& desk) { return note_view(desk, look_up, name); });
  if (!noted) return std::unexpected(noted.error());
  auto view = read_customer(look_up, panel, timeline);
  if (!view) return view;
  view->look_up = handle;
  (view->shown ? panels_shown_ : panels_without_consent_).fetch_add(1, std::memory_order_relaxed);
  return view;
}

Result<CustomerView> Api::read_customer(const LookUp& look_up, const Panel* panel, const TimelineAsk& timeline) {
  auto readers = readers_.borrow();
  if (!readers) return std::unexpected(readers.error());
  auto view = customer_view(*readers->store, surroundings(), look_up, panel, timeline);
  readers_.give_back(std::move(*readers));
  return view;
}

Reply Api::post_look_up(const Call& call, const std::vector<std::string>&) {
  auto asked = decode_find_customer(call.body);
  if (!asked) return problem(asked.error());
  asked->staff = call.acting ? call.acting->staff : std::string();
  asked->device = call.caller.device;
  const auto found = perform<FoundCustomer>(no_audit, [asked = *asked, boot = setup_.boot](Desk& desk) -> Result<FoundCustomer> {
    return find_customer(desk, asked, boot);
  });
  if (!found) return problem(found.error());
  count_look_up(*found);
  if (!found->customer) return problem(found->refused);
  const MonoMs now = setup_.now().mono;
  const LookUp look_up{asked->staff, call.caller.device, *found->customer, asked->reason, now};
  const auto handle = look_ups_.open(look_up, now);
  if (!handle) return problem(handle.error());
  const auto view = view_customer(*handle, look_up, nullptr);
  return view ? ok(to_json(*view)) : problem(view.error());
}

void Api::count_look_up(const FoundCustomer& found) {
  const std::string& code = found.refused.code;
  auto& figure = found.customer                 ? look_ups_found_
                 : code == "customer_unknown"   ? look_ups_unknown_
                 : code == "too_many_look_ups"  ? look_ups_too_many_
                 : code == "customer_needs_hub" ? look_ups_offline_
                                                : look_ups_refused_;
  figure.fetch_add(1, std::memory_order_relaxed);
}

Reply Api::get_customer(const Call& call, const std::vector<std::string>& in_path) {
  const auto look_up = look_up_of(call, in_path[0]);
  if (!look_up) return problem(look_up.error());
  const auto view = view_customer(in_path[0], *look_up, nullptr);
  return view ? ok(to_json(*view)) : problem(view.error());
}

Reply Api::get_customer_panel(const Call& call, const std::vector<std::string>& in_path) {
  const auto look_up = look_up_of(call, in_path[0]);
  if (!look_up) return problem(look_up.error());
  const Panel* panel = panel_named(in_path[1]);
  if (panel == nullptr) return problem({"panel_unknown", "there is no such panel"});
  TimelineAsk timeline;
  if (const auto asked = call.query.find("after"); asked != call.query.end()) {
    timeline.after = timeline_place(asked->second);
    if (!timeline.after || panel->name != "timeline") return problem({"invalid_request", "after: is no place in a timeline"});
  }
  if (const auto asked = call.query.find("where"); asked != call.query.end()) {
    const auto where = timeline_where(asked->second);
    if (!where || panel->name != "timeline") return problem({"invalid_request", "where: is all, online or store, of a timeline"});
    timeline.where = *where;
  }
  const auto view = view_customer(in_path[0], *look_up, panel, timeline);
  return view ? ok(to_json(*view)) : problem(view.error());
}

Reply Api::post_consent(const Call& call, const std::vector<std::string>& in_path) {
  auto asked = decode_change_consent(call.body);
  if (!asked) return problem(asked.error());
  const auto look_up = look_up_of(call, in_path[0]);
  if (!look_up) return problem(look_up.error());
  const auto receipt = perform<ConsentReceipt>(
      no_audit, [asked = *asked, look_up = *look_up](Desk& desk) { return change_consent(desk, look_up, asked); });
  if (!receipt) return problem(receipt.error());
  const auto view = view_customer(in_path[0], *look_up, panel_named("consents"));
  return view ? ok(receipt_json(*receipt, setup_.store, *view)) : problem(view.error());
}

Reply Api::post_offer_outcome(const Call& call, const std::vector<std::string>& in_path) {
  if (!sync::is_hex_128(in_path[1])) return problem({"offer_unknown", "there is no such offer to them here"});
  auto asked = decode_offer_outcome(in_path[1], call.body);
  if (!asked) return problem(asked.error());
  const auto look_up = look_up_of(call, in_path[0]);
  if (!look_up) return problem(look_up.error());
  const auto kept = perform<sync::OfferId>(
      no_audit, [asked = *asked, look_up = *look_up](Desk& desk) { return keep_outcome(desk, look_up, asked); });
  if (!kept) return problem(kept.error());
  const auto what = static_cast<std::size_t>(std::ranges::find(sync::offer_outcomes, asked->what) - sync::offer_outcomes.begin());
  offer_outcomes_[what].fetch_add(1, std::memory_order_relaxed);
  const auto view = view_customer(in_path[0], *look_up, panel_named("offers"));
  return view ? ok(to_json(*view)) : problem(view.error());
}

}  // namespace vitrine::edge::local_api
