// SPDX-License-Identifier: Apache-2.0
// Finding a customer, the audit of it, and what they agree to. Runs on the loop.
// Example followed: Nadia scans Maya's card. Maya has nothing here, so the hub is asked; it lends her slice for a day. Nadia's
// search stands in the audit with the reason, and then Nadia sees "M… H.".
#include <algorithm>

#include "edge/database/audit.hpp"
#include "edge/database/wrong_sign_ins.hpp"
#include "edge/local_api/orders.hpp"
#include "edge/local_api/people.hpp"
#include "edge/local_api/request_fields.hpp"
#include "edge/local_api/sign_in.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/identity.hpp"
#include "sync/protocol/pass.hpp"
#include "sync/protocol/pickup_pass.hpp"

namespace vitrine::edge::local_api {

using database::SureTime;
using sync::CustomerId;

namespace {

constexpr std::size_t pass_bytes_max = 4096;

Error unknown_customer() { return {"customer_unknown", "nobody is found by this here"}; }
// Of somebody who was open at a counter.
Error gone(database::Reader& reader, const CustomerId& customer) {
  if (reader.is_erased(customer)) return {"customer_erased", "their data was erased at their wish"};
  return unknown_customer();
}

void write_audit(Desk& desk, const std::string& staff, const std::string& device, std::string action, std::string subject,
                 std::string outcome) {
  database::append_audit(
      desk.replica.connection(),
      {0, desk.end.hub_time(desk.now.utc), staff, device, std::move(action), std::move(subject), std::move(outcome), "", {}});
}

std::string tag_of(Desk& desk, const CustomerId& customer) {
  return sync::protocol::customer_tag(desk.reader.tenant_key(), customer);
}

// Look-ups are counted in the same rows as sign-ins that went wrong: both are tries, by clocks that nobody sets.
struct Counter {
  std::string name;
  std::size_t most;
};
std::vector<Counter> counters_of(const FindCustomer& asked) {
  return {{"look-up/staff/" + asked.staff, look_ups_of_person_max}, {"look-up/device/" + asked.device, look_ups_at_device_max}};
}
Counter misses_of(const FindCustomer& asked) { return {"look-up/missed/" + asked.staff, look_ups_missed_max}; }

bool is_full(Desk& desk, const Counter& counter, const SureTime& now) {
  const auto tries = database::wrong_sign_ins(desk.replica.connection(), counter.name);
  const auto recent = std::ranges::count_if(
      tries, [&](const database::WrongSignIn& one) { return database::passed_ms(one.at, now) < look_ups_within_ms; });
  return static_cast<std::size_t>(recent) >= counter.most;
}

void count(Desk& desk, const Counter& counter, const SureTime& now) {
  database::put_wrong_sign_in(desk.replica.connection(), counter.name, "", now);
}

struct Sought {
  std::optional<CustomerId> customer;           // here
  std::optional<sync::protocol::Ask> question;  // what the hub could be asked
  std::optional<Error> wrong;                   // what was shown opens nothing
};

Sought by_pass(Desk& desk, const FindCustomer& asked) {
  const auto keys = desk.reader.pass_keys();
  const UtcMs at = desk.end.hub_time(desk.now.utc);
  if (sync::protocol::is_pickup_pass(asked.key)) {
    const auto pass = sync::protocol::open_pickup_pass(asked.key, keys, desk.store, at);
    if (!pass) return {{}, {}, pass.error()};
    const auto order = order_of(desk.reader, pass->order);
    return {order && order->customer ? order->customer : std::nullopt, {}, {}};
  }
  const auto pass = sync::protocol::open_pass(asked.key, keys, desk.store, at);
  if (!pass) return {{}, {}, pass.error()};
  const auto seen = desk.reader.cart(pass->cart);
  if (!seen) return {{}, sync::protocol::Ask{asked.request, "cart", pass->cart.text, asked.key, asked.device, at}, {}};
  const auto cart = sync::protocol::decode_cart(pass->cart, seen->body);
  return {cart ? cart->owner : std::nullopt, {}, {}};
}

Sought by_exact_key(Desk& desk, const FindCustomer& asked) {
  const auto identity = sync::protocol::identity_hash(desk.reader.tenant_key(), asked.by, asked.key);
  if (!identity) return {{}, {}, Error{"invalid_request", "key: is none of this kind"}};
  const UtcMs at = desk.end.hub_time(desk.now.utc);
  return {
      desk.reader.customer_with(*identity),
      sync::protocol::Ask{asked.request, "customer", identity->kind + "/" + identity->hash, "", asked.device, at, asked.staff},
      {}};
}

Error refusal_of(const std::string& hub_said) {
  if (hub_said.empty() || hub_said == "not_found") return unknown_customer();
  if (hub_said == "too_many") return {"too_many_look_ups", "this store has asked the hub for too many people"};
  if (hub_said == "not_allowed") return {"not_permitted", "the hub does not allow it to this member of staff"};
  if (hub_said.starts_with("pass_")) return {hub_said, "the hub refuses this pass"};
  return {"customer_needs_hub", "not available while the store is offline"};
}

bool is_miss(const Error& refused) { return refused.code == "customer_unknown" || refused.code.starts_with("pass_"); }

}  // namespace

std::optional<sync::Customer> customer_here(database::Reader& reader, const CustomerId& customer, UtcMs now) {
  const auto body = customer.empty() ? std::nullopt : reader.body("customer", customer.text);
  auto read = body ? sync::protocol::decode_customer(*body) : fail("", "");
  if (!read || (read->expires_at && *read->expires_at <= now)) return std::nullopt;
  return std::move(*read);
}

void note_in_audit(Desk& desk, const std::string& staff, const std::string& device, const char* action,
                   const CustomerId& customer, std::string_view what, const std::string& outcome) {
  write_audit(desk, staff, device, action, tag_of(desk, customer) + "/" + std::string(what), outcome);
}

Result<FindCustomer> decode_find_customer(std::string_view text) {
  return decode_request<FindCustomer>(text, [](const sync::protocol::Fields& fields, FindCustomer& asked) {
    asked.by = fields.text("by", 1, 16);
    if (std::ranges::find(look_up_keys, asked.by) == look_up_keys.end()) fields.wrong("by", "is pass, loyalty, email or phone");
    asked.key = fields.text("key", 1, asked.by == "pass" ? pass_bytes_max : sync::protocol::exact_key_bytes_max);
    asked.reason = fields.text("reason", 1, 16);
    if (std::ranges::find(look_up_reasons, asked.reason) == look_up_reasons.end())
      fields.wrong("reason", "is collecting, returning, advice, complaint or data_request");
  });
}

Result<ChangeConsent> decode_change_consent(std::string_view text) {
  return decode_request<ChangeConsent>(text, [](const sync::protocol::Fields& fields, ChangeConsent& asked) {
    asked.purpose = fields.text("purpose", sync::protocol::is_consent_purpose);
    const std::string state = fields.text("state", 1, 16);
    if (state != "granted" && state != "withdrawn") fields.wrong("state", "is granted or withdrawn");
    asked.grants = state == "granted";
    if (!asked.grants) return;
    for (const nlohmann::json& one : fields.array("shown", sync::rules::consent_withdrawals_max)) {
      const auto* name = one.get_ptr<const std::string*>();
      if (name == nullptr || !sync::protocol::is_withdrawal_name(*name)) return fields.wrong("shown", "names no withdrawals");
      asked.shown.push_back(*name);
    }
  });
}

FoundCustomer find_customer(Desk& desk, const FindCustomer& asked, const std::string& boot) {
  const SureTime now{boot, desk.now.mono.value, desk.replica.state().hub_time_max.value};
  const auto refused = [&](Error error) {
    if (is_miss(error)) count(desk, misses_of(asked), now);
    write_audit(desk, asked.staff, asked.device, "customers.look_up", asked.by + "/" + asked.reason, error.code);
    return FoundCustomer{std::nullopt, std::move(error)};
  };
  if (desk.reader.in_doubt()) return refused(in_doubt().error());
  // Counted before anything is looked for, and once: not again when the hub has answered.
  if (desk.may_wait) {
    database::forget_wrong_sign_ins(desk.replica.connection(), now, wrong_pins_day_ms);
    auto counters = counters_of(asked);
    const bool full = is_full(desk, misses_of(asked), now) ||
                      std::ranges::any_of(counters, [&](const Counter& one) { return is_full(desk, one, now); });
    if (full) return refused({"too_many_look_ups", "too many people were looked for within the hour"});
    for (const Counter& one : counters) count(desk, one, now);
  }
  const Sought sought = asked.by == "pass" ? by_pass(desk, asked) : by_exact_key(desk, asked);
  if (sought.wrong) return refused(*sought.wrong);
  if (sought.customer && customer_here(desk.reader, *sought.customer, desk.end.hub_time(desk.now.utc))) {
    note_in_audit(desk, asked.staff, asked.device, "customers.look_up", *sought.customer, asked.reason, "seen");
    return {sought.customer, {}};
  }
  if (!sought.question) return refused(unknown_customer());
  if (!desk.may_wait) return refused(refusal_of(desk.hub_said));
  auto effects = desk.end.ask(*sought.question, desk.now);
  if (!effects) return refused(refusal_of("offline"));
  desk.effects = std::move(*effects);
  desk.performed = true;
  desk.waits_for = asked.request;
  desk.hears_refusal = true;
  return {std::nullopt, {"busy", "too many wait for the hub"}};
}

Result<bool> note_view(Desk& desk, const LookUp& look_up, std::string_view panel) {
  if (desk.reader.in_doubt()) return in_doubt();
  const Panel* row = panel_named(panel);
  if (!customer_here(desk.reader, look_up.customer, desk.end.hub_time(desk.now.utc)))
    return std::unexpected(gone(desk.reader, look_up.customer));
  const bool agreed =
      row == nullptr || row->purpose.empty() || sync::rules::is_granted(desk.reader.consents(look_up.customer), row->purpose);
  note_in_audit(desk, look_up.staff, look_up.device, "customers.view", look_up.customer, row == nullptr ? "head" : row->name,
                agreed ? "seen" : "no_consent");
  return agreed;
}

Result<ConsentReceipt> change_consent(Desk& desk, const LookUp& look_up, const ChangeConsent& asked) {
  if (desk.reader.in_doubt()) return in_doubt();
  ConsentReceipt receipt{asked.request, asked.purpose, asked.grants, desk.end.hub_time(desk.now.utc)};
  if (!desk.replica.n_of(asked.request)) {
    if (!customer_here(desk.reader, look_up.customer, receipt.at)) return std::unexpected(gone(desk.reader, look_up.customer));
    sync::rules::ConsentOperation operation = sync::rules::ConsentWithdraw{asked.purpose, std::string(asked.source)};
    if (asked.grants) operation = sync::rules::ConsentGive{asked.purpose, std::string(asked.source), asked.shown};
    sync::ends::LocalAction action;
    action.id = asked.request;
    action.nature = asked.grants ? sync::Nature::intent : sync::Nature::fact;
    action.actor = asked.device;
    action.operations = {sync::protocol::encode_consent_operation(look_up.customer, operation)};
    if (auto done = perform(desk, action, "a withdrawal stands that this screen did not show"); !done)
      return std::unexpected(done.error());
    note_in_audit(desk, look_up.staff, look_up.device, "customers.consent", look_up.customer, asked.purpose,
                  asked.grants ? "granted" : "withdrawn");
  }
  return receipt;
}

}  // namespace vitrine::edge::local_api
