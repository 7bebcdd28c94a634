// SPDX-License-Identifier: Apache-2.0
// Transactions on requests for a person: a shopper asks, staff go there, it ends, and both ends forget it.
#include "base/require.hpp"
#include "edge/local_api/help.hpp"
#include "sync/protocol/request_codec.hpp"
#include "tests/faults/points/cases.hpp"

namespace vitrine::faults {

using namespace sync;
using namespace sync::protocol;
using edge::local_api::Desk;

namespace {

constexpr int first_request = 300;

Result<CartId> as_answer(const Result<RequestId>& done) {
  if (!done) return std::unexpected(done.error());
  return CartId{done->text};
}

Work asks(int number, const std::string& context) {
  return [number, context](Desk& desk) {
    return as_answer(edge::local_api::raise_help(desk, {request(number), "kiosk-1", "by the stairs", "en", context, "reach"}));
  };
}

Work acts(int number, rules::RequestOperation operation) {
  return [number, operation](Desk& desk) {
    return as_answer(
        edge::local_api::act(desk, {request(number), "counter-1", RequestId{request(first_request).text}, operation, true}));
  };
}

void asked(World& world) { must(world, asks(first_request, "product/SKU1")); }
void taken(World& world) {
  asked(world);
  must(world, acts(301, rules::RequestTake{"nadia", 3}));
}
void over(World& world) {
  taken(world);
  must(world, acts(302, rules::RequestEnd{"helped"}));
}

void wait_until_past(World& world) {
  taken(world);
  require(world.converge(), "a request comes to the hub");
  world.wait(rules::request_kept_ms + 1'000);
}

}  // namespace

std::vector<Case> help_cases() {
  std::vector<Case> all;
  all.push_back(asked_in_store("help: asked for", asks(310, "product/SKU1")));
  all.push_back(asked_in_store("help: asked for again, about another", asks(311, "product/SKU2"), asked));
  all.push_back(asked_in_store("help: what it is about", acts(312, rules::RequestSay{"paying"}), asked));
  all.push_back(asked_in_store("help: taken", acts(313, rules::RequestTake{"nadia", 3}), asked));
  all.push_back(asked_in_store("help: put back", acts(314, rules::RequestTake{}), taken));
  all.push_back(asked_in_store("help: over", acts(315, rules::RequestEnd{"helped"}), taken));
  all.push_back(comes("help: own page with ack", false, over, is_own_page));
  all.push_back(comes("batch: asked for to over", true, over, is_batch));
  all.push_back(asked_of_hub("request forgotten", [](hub::Desk& desk) { desk.end.expire(desk.now); }, wait_until_past));
  return all;
}

}  // namespace vitrine::faults
