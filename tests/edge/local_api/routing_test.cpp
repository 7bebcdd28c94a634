// SPDX-License-Identifier: Apache-2.0
// Who goes to whoever asks: the best match first, everybody in the end, whatever the order of who is there; also over the socket.
#include <algorithm>
#include <random>
#include <set>

#include "edge/local_api/routing.hpp"
#include "tests/edge/local_api/http_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using namespace vitrine::edge::local_api;

namespace {

const RoutingRules rules{30'000, {{"kiosk-1", "ground"}, {"kiosk-2", "upstairs"}}};
const Wanted french_upstairs{UtcMs{1'000'000}, "kiosk-2", "fr-CA", "product/85123A", "finding"};

Available person(const std::string& number, std::vector<std::string> languages, std::vector<std::string> zones = {},
                 std::vector<std::string> skills = {}, std::vector<std::string> permissions = {"stock"}) {
  Available one;
  one.staff.number = number;
  one.staff.name = "N" + number;
  one.staff.languages = std::move(languages);
  one.staff.zones = std::move(zones);
  one.staff.skills = std::move(skills);
  one.permissions = std::move(permissions);
  return one;
}

std::vector<std::string> numbers(const Routing& routing) {
  std::vector<std::string> all;
  for (const Offered& one : routing.offers) all.push_back(one.staff);
  return all;
}

using Numbers = std::vector<std::string>;

}  // namespace

TEST_CASE("permission before language before zone before skill before an open counter before the lower number") {
  Available locked = person("3", {"fr"}, {"upstairs"}, {"finding"});
  locked.locked = true;
  const std::vector<Available> people = {
      person("9", {"fr"}, {"upstairs"}, {"finding"}, {}),  // may not
      person("8", {"en"}, {"upstairs"}, {"finding"}),      // does not speak it
      person("7", {"fr"}, {"ground"}, {"finding"}),        // is elsewhere
      person("6", {"fr"}, {}),                             // knows less
      locked,
      person("5", {"fr-FR"}, {"upstairs"}, {"finding"}),
      person("4", {"de", "fr"}, {}, {"finding"}),
  };
  Routing routing = route(french_upstairs, people, rules);
  CHECK(numbers(routing) == Numbers{"4", "5", "3"});
  std::vector<Available> rest(people.begin(), people.begin() + 4);
  CHECK(numbers(route(french_upstairs, rest, rules)) == Numbers{"6", "7", "8"});
  rest.erase(rest.begin() + 1, rest.begin() + 4);
  CHECK(numbers(route(french_upstairs, rest, rules)) == Numbers{"9"});  // better somebody than nobody
}

TEST_CASE("one has it at once, the next each half minute, everybody after three; nobody free is everybody at once") {
  const std::vector<Available> people = {person("1", {}), person("2", {}), person("3", {}), person("4", {})};
  const Routing routing = route(french_upstairs, people, rules);
  REQUIRE(routing.offers.size() == 3);
  CHECK(routing.offers[0].at == french_upstairs.since);
  CHECK(routing.offers[1].at == french_upstairs.since.plus(30'000));
  CHECK(routing.offers[2].at == french_upstairs.since.plus(60'000));
  CHECK(routing.all_at == french_upstairs.since.plus(90'000));
  CHECK(routing.offers[0].name == "N1");
  std::vector<Available> busy = people;
  for (Available& one : busy) one.busy = true;
  CHECK(route(french_upstairs, busy, rules).offers.empty());
  CHECK(route(french_upstairs, busy, rules).all_at == french_upstairs.since);
  CHECK(route(french_upstairs, {}, rules).all_at == french_upstairs.since);
}

TEST_CASE("an order asks for who hands over, a cart for who may change it, a conversation for who may see customers") {
  const std::vector<Available> people = {person("1", {}, {}, {}, {"orders"}), person("2", {}, {}, {}, {"carts"}),
                                         person("3", {}, {}, {}, {"customers"}), person("4", {}, {}, {}, {"stock"})};
  const auto first = [&](const std::string& context, const std::string& about) {
    return numbers(route({UtcMs{0}, "kiosk-9", "", context, about}, people, rules)).front();
  };
  CHECK(first("order/564558", "") == "1");
  CHECK(first("cart/c", "finding") == "2");
  CHECK(first("", "paying") == "2");
  CHECK(first("case/", "chat") == "3");
  CHECK(first("", "finding") == "4");
  CHECK(first("", "access") == "1");
}

// Whoever is there, in whatever order: always somebody in the end, never somebody busy, the same answer, and no better match
// behind a worse one.
TEST_CASE("random shops: somebody is offered in the end, ties are stable, and nobody better waits longer") {
  const std::uint32_t seed = std::random_device{}();
  INFO("seed ", seed);
  std::mt19937 chance(seed);
  const auto some = [&](std::vector<std::string> of) {
    std::erase_if(of, [&](const std::string&) { return chance() % 2 == 0; });
    return of;
  };
  const std::vector<std::string> tongues = {"fr", "de", "en-GB"}, places = {"ground", "upstairs"};
  const std::vector<std::string> topics = {"finding", "reach", "paying", "access"},
                                 rights = {"orders", "carts", "stock", "customers"};
  for (int round = 0; round < 3000; ++round) {
    std::vector<Available> people;
    const auto count = chance() % 7;
    for (unsigned i = 0; i < count; ++i) {
      people.push_back(person(std::to_string(chance() % 9), some(tongues), some(places), some(topics), some(rights)));
      people.back().locked = chance() % 3 == 0;
      people.back().busy = chance() % 3 == 0;
    }
    // One person is what they are, at however many counters.
    for (Available& one : people) {
      const auto same = std::ranges::find(people, one.staff.number, [](const Available& other) { return other.staff.number; });
      one = *same;
    }
    const Wanted wanted{UtcMs{static_cast<std::int64_t>(chance() % 1000)}, "kiosk-" + std::to_string(chance() % 3),
                        std::vector<std::string>{"", "fr", "de-AT", "pl"}[chance() % 4],
                        std::vector<std::string>{"", "order/1", "cart/c", "product/1"}[chance() % 4],
                        chance() % 5 == 0 ? std::string() : topics[chance() % 4]};
    const Routing routing = route(wanted, people, rules);
    std::set<std::string> free;
    for (const Available& one : people) {
      if (!one.busy) free.insert(one.staff.number);
    }
    REQUIRE(routing.offers.size() == std::min<std::size_t>(free.size(), offers_max));
    REQUIRE(routing.all_at == wanted.since.plus(static_cast<std::int64_t>(routing.offers.size()) * rules.next_ms));
    std::set<std::string> offered;
    for (std::size_t i = 0; i < routing.offers.size(); ++i) {
      REQUIRE(free.contains(routing.offers[i].staff));
      REQUIRE(offered.insert(routing.offers[i].staff).second);
      REQUIRE(routing.offers[i].at == wanted.since.plus(static_cast<std::int64_t>(i) * rules.next_ms));
    }
    std::ranges::shuffle(people, chance);
    REQUIRE(numbers(route(wanted, people, rules)) == numbers(routing));
    // Alone with each of those who were not offered it, the first still has it.
    for (const Available& one : people) {
      if (one.busy || routing.offers.empty()) continue;
      std::vector<Available> two = {one};
      for (const Available& other : people) {
        if (other.staff.number == routing.offers.front().staff) two.push_back(other);
      }
      REQUIRE(numbers(route(wanted, two, rules)).front() == routing.offers.front().staff);
    }
  }
}

namespace {
struct Floor : HttpShop {
  Floor() {
    fill();
    loop->step(daemon::HubDisconnected{});
    start();
  }
  nlohmann::json request_of(const std::string& device) {
    for (const nlohmann::json& one : get("/v1/requests").body["requests"]) {
      if (one["device"] == device) return one;
    }
    return nullptr;
  }
};
}  // namespace

TEST_CASE_FIXTURE(Floor,
                  "the queue says whom a request is for, offline; who goes to somebody is not free; the kiosk is not told") {
  const std::string first = send(kiosk, "/v1/requests", {{"device", "kiosk-1"}, {"language", "en"}}).body["id"];
  nlohmann::json one = request_of("kiosk-1");
  REQUIRE(one["offers"].size() == 1);
  CHECK(one["offers"][0]["who"] == "1001");
  CHECK(one["offers"][0]["name"] == "Grace");
  CHECK(one["offers"][0]["at"] == one["since"]);
  CHECK(one["all_at"] == one["since"].get<std::int64_t>() + 30'000);
  CHECK_FALSE(fetch(kiosk, "/v1/requests/" + first).body.contains("offers"));
  REQUIRE(post("/v1/requests/" + first + "/actions", {{"action", "take"}, {"minutes", 1}}).status == 200);
  CHECK_FALSE(request_of("kiosk-1").contains("offers"));
  send(kiosk, "/v1/requests", {{"device", "kiosk-2"}});
  one = request_of("kiosk-2");
  CHECK(one["offers"] == nlohmann::json::array());
  CHECK(one["all_at"] == one["since"]);
  // What is taken is told to the shopper as before.
  CHECK(fetch(kiosk, "/v1/requests/" + first).body["taken"]["name"] == "Grace");
}
