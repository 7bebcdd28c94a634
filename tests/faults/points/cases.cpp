// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/points/cases.hpp"

#include "base/require.hpp"

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

Work performs(sync::ends::LocalAction action) {
  return [action = std::move(action)](edge::local_api::Desk& desk) -> Result<sync::CartId> {
    auto done = desk.end.perform(action, desk.now);
    if (done.what == sync::ends::Performance::refused) return fail(done.reason, "refused");
    if (done.what == sync::ends::Performance::done) {
      desk.effects = std::move(done.effects);
      desk.performed = true;
    }
    return sync::CartId{action.operations.front().document.id};
  };
}

std::function<void(hub::Desk&)> said_online(int number, sync::Operation operation) {
  return [number, operation = std::move(operation)](hub::Desk& desk) {
    desk.end.perform({request(number), "platform", {operation}}, desk.now);
  };
}

void must(World& world, const Work& work) {
  const auto done = world.first.ask(work);
  require(done && *done, done && !*done ? done->error().message : "what comes before a case is answered");
}

void must(World& world, const std::function<void(hub::Desk&)>& work) {
  const auto done = world.hub.transact(work);
  require(done && *done, "the hub is asked before a case");
}

bool is_batch(const Letter& letter) {
  const auto* message = std::get_if<sync::protocol::StoreMessage>(&letter.message);
  return message != nullptr && letter.store == "harbour-street" && std::holds_alternative<sync::protocol::Ops>(*message);
}

bool is_own_page(const Letter& letter) {
  const auto* message = std::get_if<sync::protocol::HubMessage>(&letter.message);
  const auto* page = message == nullptr ? nullptr : std::get_if<sync::protocol::Page>(message);
  return page != nullptr && page->stream.text == "store.harbour-street" && !page->more;
}

}  // namespace vitrine::faults
