// SPDX-License-Identifier: Apache-2.0
// Transactions on what a customer agrees to: at the counter of the store where they stand, on their phone, and together; and on
// their erasure, at the hub and where it is heard.
#include "base/require.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "tests/faults/points/cases.hpp"

namespace vitrine::faults {

using namespace sync;
using namespace sync::protocol;

namespace {

const CustomerId amelia{"amelia"};
const rules::ConsentWithdraw withdraws{"history", "counter"};

rules::ConsentGive grants(const std::vector<std::string>& seen, const char* source) { return {"history", source, seen}; }

Work says(int number, const rules::ConsentOperation& operation) {
  const bool takes_back = std::holds_alternative<rules::ConsentWithdraw>(operation);
  return performs(
      {request(number), takes_back ? Nature::fact : Nature::intent, "counter-1", {encode_consent_operation(amelia, operation)}});
}

std::string name_of(int number) { return request(number).text + ".0"; }

void agreed(World& world) { must(world, says(400, grants({}, "counter"))); }
void taken_back(World& world) {
  agreed(world);
  must(world, says(401, withdraws));
}

std::function<void(hub::Desk&)> on_phone(int number, const rules::ConsentOperation& operation) {
  return said_online(number, encode_consent_operation(amelia, operation));
}

// The store has not heard of the phone's grant when it writes the withdrawal down.
void both_at_once(World& world) {
  must(world, says(402, withdraws));
  must(world, on_phone(403, grants({}, "phone")));
}

void erase(hub::Desk& desk) { desk.end.erase(amelia, desk.now); }

// What the customer said at the counter waits there when the hub erases them.
void erased_meanwhile(World& world) {
  agreed(world);
  must(world, erase);
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
