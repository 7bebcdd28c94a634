// SPDX-License-Identifier: Apache-2.0
// Transactions on what a customer agrees to: at the counter of the store where they stand, on their phone, and together; and on
// their erasure, at the hub and where it is heard.
#include "base/require.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "tests/faults/points/cases.hpp"

namespace vitrine::faults {

using namespace sync;
using namespace sync::protocol;
using edge::local_api::Desk;

namespace {

const CustomerId amelia{"amelia"};
const rules::ConsentWithdraw withdraws{"history", "counter"};

rules::ConsentGive grants(const std::vector<std::string>& seen, const char* source) { return {"history", source, seen}; }

Work says(int number, rules::ConsentOperation operation) {
  return [number, operation = std::move(operation)](Desk& desk) -> Result<CartId> {
    ends::LocalAction action{request(number), Nature::intent, "counter-1", {encode_consent_operation(amelia, operation)}};
    if (std::holds_alternative<rules::ConsentWithdraw>(operation)) action.nature = Nature::fact;
    auto done = desk.end.perform(action, desk.now);
    if (done.what == ends::Performance::refused) return fail(done.reason, "refused");
    if (done.what == ends::Performance::done) {
      desk.effects = std::move(done.effects);
      desk.performed = true;
    }
    return CartId{amelia.text};
  };
}

void must(World& world, const Work& work) {
  const auto done = world.first.ask(work);
  require(done && *done, done && !*done ? done->error().message : "what comes before a case is answered");
}

std::string name_of(int number) { return request(number).text + ".0"; }

void agreed(World& world) { must(world, says(400, grants({}, "counter"))); }
void taken_back(World& world) {
  agreed(world);
  must(world, says(401, withdraws));
}

std::function<void(hub::Desk&)> on_phone(int number, rules::ConsentOperation operation) {
  return [number, operation = std::move(operation)](hub::Desk& desk) {
    desk.end.perform({request(number), "phone", {encode_consent_operation(amelia, operation)}}, desk.now);
  };
}

// The store has not heard of the phone's grant when it writes the withdrawal down.
void both_at_once(World& world) {
  must(world, says(402, withdraws));
  const auto done = world.hub.transact(on_phone(403, grants({}, "phone")));
  require(done && *done, "the phone is answered");
}

bool is_batch(const Letter& letter) {
  const auto* message = std::get_if<StoreMessage>(&letter.message);
  return message != nullptr && letter.store == "harbour-street" && std::holds_alternative<Ops>(*message);
}

bool is_own_page(const Letter& letter) {
  const auto* message = std::get_if<HubMessage>(&letter.message);
  const auto* page = message == nullptr ? nullptr : std::get_if<Page>(message);
  return page != nullptr && page->stream.text == "store.harbour-street" && !page->more;
}

void erase(hub::Desk& desk) { desk.end.erase(amelia, desk.now); }

// What the customer said at the counter waits there when the hub erases them.
void erased_meanwhile(World& world) {
  agreed(world);
  const auto done = world.hub.transact(erase);
  require(done && *done, "the erasure is done");
}

bool is_erasure(const Letter& letter) {
  const auto* message = std::get_if<HubMessage>(&letter.message);
  const auto* page = message == nullptr ? nullptr : std::get_if<Page>(message);
  return page != nullptr && letter.store == "harbour-street" && page->stream.text == "settings";
}

}  // namespace

std::vector<Case> consent_cases() {
  std::vector<Case> all;
  all.push_back(asked_in_store("consent: taken back", says(410, withdraws), agreed));
  all.push_back(asked_in_store("consent: given anew", says(411, grants({name_of(401)}, "counter")), taken_back));
  all.push_back(asked_of_hub("consent: given on the phone", on_phone(412, grants({}, "phone"))));
  all.push_back(comes("batch: a withdrawal over a grant", true, both_at_once, is_batch));
  all.push_back(comes("consent: own page with ack", false, both_at_once, is_own_page));
  all.push_back(asked_of_hub("erasure: of a customer with a cart", erase, agreed));
  all.push_back(comes("erasure: heard in a store", false, erased_meanwhile, is_erasure));
  return all;
}

}  // namespace vitrine::faults
