// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/consent_desk.hpp"

#include <array>

#include "tests/sim/world_facts.hpp"

namespace vitrine::sim {

namespace {

constexpr std::array purposes = {"history", "personalisation"};

SeenOperation of_consent(const std::string& customer, const char* kind, std::string body) {
  SeenOperation seen;
  seen.collection = "consent";
  seen.document = customer;
  seen.kind = std::string("consent.") + kind;
  seen.body = std::move(body);
  return seen;
}

SeenOperation grants(const std::string& customer, const std::string& purpose, const std::set<std::string>& shown,
                     const std::string& source) {
  std::string names;
  for (const std::string& one : shown) names += (names.empty() ? "\"" : ",\"") + one + "\"";
  return of_consent(customer, "grant",
                    R"({"purpose":")" + purpose + R"(","seen":[)" + names + R"(],"source":")" + source + "\"}");
}

SeenOperation withdraws(const std::string& customer, const std::string& purpose, const std::string& source) {
  return of_consent(customer, "withdraw", R"({"purpose":")" + purpose + R"(","source":")" + source + "\"}");
}

}  // namespace

std::optional<std::string> ConsentDesk::standing_at(std::size_t box, bool first, Dice& dice) {
  Watcher* watcher = boxes_.at(box)->watcher();
  if (!boxes_.at(box)->alive() || watcher == nullptr) return std::nullopt;
  const auto standing = watcher->ids("customer");
  if (standing.empty()) return std::nullopt;
  return standing[first ? 0 : dice.below(standing.size())];
}

std::optional<ConsentDesk::Wanted> ConsentDesk::take_back(std::size_t box, Dice& dice) {
  const auto customer = standing_at(box, false, dice);
  if (!customer) return std::nullopt;
  return Wanted{{withdraws(*customer, purposes[dice.below(purposes.size())], "counter")}, true};
}

std::optional<ConsentDesk::Wanted> ConsentDesk::think(std::optional<std::size_t> box, Dice& dice) {
  // Most of it is about one of them, so that several speak of the same register.
  const bool first = dice.chance(0.5);
  std::string customer = "shopper-" + std::to_string(first ? 0 : dice.below(shoppers_count));
  std::optional<std::string> body;
  if (box) {
    const auto standing = standing_at(*box, first, dice);
    if (!standing) return std::nullopt;
    customer = *standing;
    body = boxes_.at(*box)->watcher()->shown("consent", customer).body;
  } else {
    if (!hub_.alive()) return std::nullopt;
    const auto document = hub_.watcher()->document("consent", customer);
    if (document) body = document->body;
  }
  const auto known = body ? eyes_.read(*body) : std::nullopt;
  const std::string source = box ? "counter" : "phone";
  const std::string purpose = purposes[dice.below(purposes.size())];
  // Both at once now and then: of a grant all or nothing.
  const bool both = dice.chance(0.2);
  Wanted wanted;
  wanted.fact = dice.chance(0.45);
  for (const std::string one : purposes) {
    if (one != purpose && !both) continue;
    const bool held = known && known->contains(one);
    std::set<std::string> shown = held ? known->at(one).withdrawals : std::set<std::string>{};
    if (!shown.empty() && dice.chance(0.2)) shown.erase(shown.begin());  // a screen that was drawn before
    wanted.operations.push_back(wanted.fact ? withdraws(customer, one, source) : grants(customer, one, shown, source));
  }
  return wanted;
}

}  // namespace vitrine::sim
