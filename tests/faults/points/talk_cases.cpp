// SPDX-License-Identifier: Apache-2.0
// Transactions on conversations with a customer and on offers to them: begun and written online, seen to in the store, and where
// they may stand.
#include "base/require.hpp"
#include "sync/protocol/case_codec.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/offer_codec.hpp"
#include "tests/faults/points/cases.hpp"

namespace vitrine::faults {

using namespace sync;
using namespace sync::protocol;

namespace {

const CustomerId amelia{"amelia"};
const StoreId here{"harbour-street"};
const CaseId chat{std::string(32, '8')};
const OfferId stand{std::string(32, '9')};
constexpr int asked = 601;

Operation of_case(const rules::CaseOperation& operation) { return encode_case_operation(amelia, chat, operation); }
Operation of_offer(const rules::OfferOperation& operation) { return encode_offer_operation(amelia, stand, operation); }

const rules::CaseOpen opens{"chat", "about the cake stand", here};
const rules::CaseOpen leaves{"chat", "about the cake stand", std::nullopt};
const rules::CaseNote asks{true, "", std::nullopt, "Is it dishwasher safe?"};
const rules::CaseNote answers{false, "Nadia R.", here, "It is."};

rules::OfferPut put(const World& world) {
  rules::OfferPut offer;
  offer.sku = Sku{"SKU1"};
  offer.why = {{"en", "It goes with the cups"}};
  offer.score = 7;
  offer.times = 2;
  offer.from = world.now().utc;
  offer.until = offer.from.plus(3'600'000);
  return offer;
}

Work in_store(int number, std::vector<Operation> operations) {
  return performs({request(number), Nature::fact, "counter-1", std::move(operations)});
}

rules::CaseClose closes(const World& world) {
  return {"answered", "Nadia R.", here, {{world.now().utc, request(asked).text + ".0"}}};
}

void opened(World& world) {
  must(world, said_online(600, of_case(opens)));
  must(world, said_online(asked, of_case(asks)));
}
void at_store(World& world) {
  opened(world);
  require(world.converge(), "a conversation comes to the store");
}
void answered(World& world) {
  opened(world);
  const rules::CaseClose close = closes(world);
  require(world.converge(), "a conversation comes to the store");
  must(world, in_store(602, {of_case(answers)}));
  must(world, in_store(603, {of_case(close)}));
}
void moved_away(World& world) {
  at_store(world);
  must(world, said_online(604, of_case(leaves)));
}
// The customer writes what nobody has seen while it is closed.
void written_meanwhile(World& world) {
  answered(world);
  must(world, said_online(605, of_case(asks)));
}

void agreed(World& world, const char* purpose) {
  must(world, said_online(606, encode_consent_operation(amelia, rules::ConsentGive{purpose, "phone", {}})));
}
void offered(World& world) {
  must(world, said_online(607, of_offer(put(world))));
  agreed(world, "personalisation");
}
void offered_here(World& world) {
  offered(world);
  require(world.converge(), "an offer comes to the store");
}
void told(World& world) {
  offered_here(world);
  must(world, in_store(608, {of_offer(rules::OfferTold{"not_now", here})}));
}
void offer_taken_back(World& world) {
  told(world);
  must(world, in_store(609, {encode_consent_operation(amelia, rules::ConsentWithdraw{"personalisation", "counter"})}));
}
void erased_meanwhile(World& world) {
  answered(world);
  must(world, [](hub::Desk& desk) { desk.end.erase(amelia, desk.now); });
}

}  // namespace

std::vector<Case> talk_cases() {
  std::vector<Case> all;
  all.push_back(asked_of_hub("conversation: begun for a store", said_online(610, of_case(opens))));
  all.push_back(asked_of_hub("conversation: the customer writes", said_online(611, of_case(asks)), at_store));
  all.push_back(asked_of_hub("conversation: leaves the store", said_online(612, of_case(leaves)), at_store));
  all.push_back(asked_in_store("conversation: answered", in_store(613, {of_case(answers)}), at_store));
  all.push_back(
      asked_in_store("conversation: taken", in_store(614, {of_case(rules::CaseTake{"0007", "Nadia R.", here})}), at_store));
  all.push_back(
      asked_in_store("conversation: a note is begun",
                     in_store(615, {encode_case_operation(amelia, CaseId{request(615).text}, rules::CaseOpen{"counter", "", {}}),
                                    encode_case_operation(amelia, CaseId{request(615).text}, answers)})));
  all.push_back(comes("conversation: comes to the store", false, opened, is_own_page));
  all.push_back(comes("conversation: goes from the store", false, moved_away, is_own_page));
  all.push_back(comes("batch: a conversation is closed", true, answered, is_batch));
  all.push_back(comes("batch: closed, and written to meanwhile", true, written_meanwhile, is_batch));
  all.push_back(comes("batch: about somebody who was erased", true, erased_meanwhile, is_batch));
  all.push_back(comes("offer: comes to the store", false, offered, is_own_page));
  all.push_back(
      asked_in_store("offer: what came of it", in_store(616, {of_offer(rules::OfferTold{"taken", here})}), offered_here));
  all.push_back(comes("batch: what came of an offer", true, told, is_batch));
  all.push_back(comes("batch: an offer is taken back with its purpose", true, offer_taken_back, is_batch));
  return all;
}

}  // namespace vitrine::faults
