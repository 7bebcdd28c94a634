// SPDX-License-Identifier: Apache-2.0
// Staff open what waits for them, take it, add to it, close it; and note what a customer told them. The store's one writer lets
// nobody take what another has. Runs on the loop.
// Example followed: Maya asks in the web's chat; Nadia opens it at her counter and answers; before she closes it Maya has written
// again, and Nadia is shown that first.
#include <algorithm>
#include <array>

#include "edge/local_api/cases.hpp"
#include "edge/local_api/measuring.hpp"
#include "edge/local_api/people.hpp"
#include "edge/local_api/request_fields.hpp"
#include "sync/protocol/case_codec.hpp"

namespace vitrine::edge::local_api {

using namespace sync::rules;
using sync::Case;
using sync::CaseId;
using sync::CustomerId;
using sync::protocol::Fields;

namespace {

constexpr std::size_t name_bytes_max = 60;

struct Action {
  std::string_view name;
  CaseAction::What what;
  std::string_view done;  // the audit's word
};
constexpr auto actions = std::to_array<Action>({{"note", CaseAction::What::note, "noted"},
                                                {"take", CaseAction::What::take, "taken"},
                                                {"put_back", CaseAction::What::put_back, "put_back"},
                                                {"close", CaseAction::What::close, "closed"}});

std::optional<Case> seen(Desk& desk, const CustomerId& customer, const CaseId& id) {
  const auto body = desk.reader.body("case", sync::protocol::case_key(customer, id).id);
  auto one = body ? sync::protocol::decode_case(*body) : fail("", "");
  if (!one || expires_at(*one) <= desk.end.hub_time(desk.now.utc)) return std::nullopt;
  return std::move(*one);
}

// As the customer may read it.
std::string name_of(Desk& desk, const std::string& number) {
  const auto staff = desk.reader.staff(desk.store, number);
  if (!staff) return {};
  std::string name = staff->name + (staff->initial.empty() ? "" : " " + staff->initial + ".");
  return name.size() <= name_bytes_max ? name : staff->initial;
}

bool is_shared(Desk& desk, const CustomerId& customer) { return is_granted(desk.reader.consents(customer), case_purpose); }
std::unexpected<Error> not_shared() { return fail("not_shared", "they do not let staff see this, or no longer"); }

Result<void> check_here(Desk& desk, const CustomerId& customer) {
  if (desk.reader.in_doubt()) return in_doubt();
  if (!customer_here(desk.reader, customer, desk.end.hub_time(desk.now.utc)))
    return fail("customer_unknown", "they are not here any more");
  return {};
}

Result<void> perform(Desk& desk, const sync::TransactionId& request, const std::string& device, const CustomerId& customer,
                     const CaseId& id, const std::vector<CaseOperation>& said) {
  sync::ends::LocalAction action;
  action.id = request;
  action.nature = sync::Nature::fact;
  action.actor = device;
  for (const CaseOperation& one : said) action.operations.push_back(sync::protocol::encode_case_operation(customer, id, one));
  return local_api::perform(desk, action, "this cannot be written down");
}

// What the screen showed of what they wrote; an error where it did not show all of it.
Result<CaseClose> close_of(const Desk& desk, const Case& one, const CaseAction& asked, std::string name) {
  CaseClose close{asked.how, std::move(name), desk.store, {}};
  for (const sync::CaseMessage& message : one.messages) {
    if (!message.by_customer) continue;
    if (std::ranges::find(asked.seen, message.stamp.by) == asked.seen.end())
      return fail("case_changed", "they wrote something that was not on the screen");
    close.seen.push_back(message.stamp);
  }
  return close;
}

Result<CaseOperation> operation_of(Desk& desk, const LookUp& look_up, const Case& one, const CaseAction& asked) {
  const bool taken = state_of(one) == CaseState::taken;
  const bool by_others = taken && (one.owner->who != look_up.staff || one.owner->store != desk.store);
  std::string name = name_of(desk, look_up.staff);
  switch (asked.what) {
    case CaseAction::What::note:
      return CaseNote{false, std::move(name), desk.store, asked.text};
    case CaseAction::What::take:
      if (by_others) return fail("case_taken", "somebody else sees to it");
      return CaseTake{look_up.staff, std::move(name), desk.store};
    case CaseAction::What::put_back:
      if (by_others) return fail("case_taken", "somebody else sees to it");
      return CaseTake{"", "", desk.store};
    case CaseAction::What::close:
      break;
  }
  return close_of(desk, one, asked, std::move(name));
}

}  // namespace

Result<NewNote> decode_new_note(std::string_view text) {
  return decode_request<NewNote>(
      text, [](const Fields& fields, NewNote& asked) { asked.text = fields.text("text", 1, case_text_bytes_max); });
}

Result<CaseAction> decode_case_action(std::string_view id, std::string_view text) {
  return decode_request<CaseAction>(text, [&](const Fields& fields, CaseAction& asked) {
    asked.id.text = id;
    const auto row = std::ranges::find(actions, fields.text("action", 1, 16), &Action::name);
    if (row == actions.end()) return fields.wrong("action", "is note, take, put_back or close");
    asked.what = row->what;
    if (asked.what == CaseAction::What::note) asked.text = fields.text("text", 1, case_text_bytes_max);
    if (asked.what != CaseAction::What::close) return;
    asked.how = fields.text("how", sync::protocol::is_case_end);
    for (const nlohmann::json& one : fields.array("seen", case_messages_max)) {
      const auto* name = one.get_ptr<const std::string*>();
      if (name == nullptr) return fields.wrong("seen", "names no messages");
      asked.seen.push_back(*name);
    }
  });
}

Result<CustomerId> open_case(Desk& desk, const CaseId& id, const std::string& staff, const std::string& device) {
  if (desk.reader.in_doubt()) return in_doubt();
  std::optional<std::pair<CustomerId, Case>> found;
  desk.reader.each_seen("case", [&](std::string_view document, std::string_view body) {
    auto key = sync::protocol::case_id(document);
    if (found || !key || key->second != id) return;
    if (auto one = sync::protocol::decode_case(body)) found.emplace(std::move(key->first), std::move(*one));
  });
  if (!found) return fail("case_unknown", "no such conversation waits here");
  if (waits_for(found->second) != desk.store) return fail("case_closed", "it does not wait for this store any more");
  if (auto here = check_here(desk, found->first); !here) return std::unexpected(here.error());
  note_in_audit(desk, staff, device, "customers.look_up", found->first, "case", "seen");
  return found->first;
}

Result<CaseId> take_note(Desk& desk, const LookUp& look_up, const NewNote& asked) {
  const CaseId id{asked.request.text};
  if (desk.replica.n_of(asked.request)) return id;
  if (auto here = check_here(desk, look_up.customer); !here) return std::unexpected(here.error());
  if (!is_shared(desk, look_up.customer)) return not_shared();
  const std::vector<CaseOperation> said = {CaseOpen{"counter", "", {}},
                                           CaseNote{false, name_of(desk, look_up.staff), desk.store, asked.text}};
  if (auto done = perform(desk, asked.request, asked.device, look_up.customer, id, said); !done)
    return std::unexpected(done.error());
  note_in_audit(desk, look_up.staff, look_up.device, "customers.case", look_up.customer, id.text, "noted");
  return id;
}

Result<CaseId> act(Desk& desk, const LookUp& look_up, const CaseAction& asked) {
  if (desk.replica.n_of(asked.request)) return asked.id;
  if (auto here = check_here(desk, look_up.customer); !here) return std::unexpected(here.error());
  const auto one = seen(desk, look_up.customer, asked.id);
  if (!one) return fail("case_unknown", "no such conversation of theirs is here");
  if (state_of(*one) == CaseState::closed) return fail("case_closed", "it was closed meanwhile");
  // Asked at use: it may have been withdrawn since the screen showed it.
  if (waits_for(*one) != desk.store && !is_shared(desk, look_up.customer)) return not_shared();
  const auto operation = operation_of(desk, look_up, *one, asked);
  if (!operation) return std::unexpected(operation.error());
  if (auto done = perform(desk, asked.request, asked.device, look_up.customer, asked.id, {*operation}); !done)
    return std::unexpected(done.error());
  const sync::DocumentKey key = sync::protocol::case_key(look_up.customer, asked.id);
  if (asked.what == CaseAction::What::put_back && state_of(*one) == CaseState::taken)
    measure_contact(desk, key, ContactStep::put_back);
  if (asked.what == CaseAction::What::close && asked.how == "answered") measure_contact(desk, key, ContactStep::resolved);
  const auto row = std::ranges::find(actions, asked.what, &Action::what);
  note_in_audit(desk, look_up.staff, look_up.device, "customers.case", look_up.customer, asked.id.text, std::string(row->done));
  return asked.id;
}

}  // namespace vitrine::edge::local_api
