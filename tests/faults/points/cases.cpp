// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/points/cases.hpp"

namespace vitrine::faults {

Case comes(std::string name, bool at_hub, Earlier earlier, std::function<bool(const Letter&)> wanted) {
  Case one;
  one.name = std::move(name);
  one.at_hub = at_hub;
  auto in_hand = std::make_shared<Letter>();
  one.before = [earlier, wanted, in_hand] {
    auto world = World::quiet();
    earlier(*world);
    *in_hand = world->until(wanted);
    return world;
  };
  one.act = [in_hand](World& world) {
    world.deliver(*in_hand);
    return std::optional<Error>();
  };
  return one;
}

namespace {

Case asked(std::string name, const Earlier& earlier) {
  Case one;
  one.name = std::move(name);
  one.asked = true;
  one.before = [earlier] {
    auto world = World::quiet();
    if (earlier) earlier(*world);
    return world;
  };
  return one;
}

}  // namespace

Case asked_of_hub(std::string name, std::function<void(hub::Desk&)> work, Earlier earlier) {
  Case one = asked(std::move(name), earlier);
  one.at_hub = true;
  one.act = [work](World& world) {
    const auto answer = world.hub.transact(work);
    return answer && !*answer ? std::optional(answer->error()) : std::nullopt;
  };
  return one;
}

Case asked_in_store(std::string name, Work work, Earlier earlier) {
  Case one = asked(std::move(name), earlier);
  one.act = [work](World& world) {
    const auto answer = world.first.ask(work);
    return answer && !*answer ? std::optional(answer->error()) : std::nullopt;
  };
  return one;
}

}  // namespace vitrine::faults
