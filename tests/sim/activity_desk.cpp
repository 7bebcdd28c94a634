// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/activity_desk.hpp"

#include <array>

#include "tests/sim/world_facts.hpp"

namespace vitrine::sim {

namespace {

constexpr std::array in_stores = {"bought", "returned", "visited", "picked_up"};
constexpr std::array online = {"viewed", "searched", "added", "chatted"};
constexpr std::size_t told_kept = 5;

}  // namespace

std::optional<SeenOperation> ActivityDesk::think(std::optional<std::size_t> box, std::int64_t utc_ms, Dice& dice) {
  std::string customer = "shopper-" + std::to_string(dice.chance(0.5) ? 0 : dice.below(shoppers_count));
  std::string where;
  if (box) {
    const StoreBox& there = *boxes_.at(*box);
    Watcher* watcher = boxes_.at(*box)->watcher();
    if (!there.alive() || watcher == nullptr) return std::nullopt;
    const auto standing = watcher->ids("customer");
    if (standing.empty()) return std::nullopt;
    customer = standing[dice.below(standing.size())];
    where = R"(,"store":")" + there.store().text + "\"";
  } else if (!hub_.alive()) {
    return std::nullopt;
  }
  SeenOperation seen;
  seen.collection = "activity";
  seen.kind = "activity.append";
  // Told again, in other words: what was said first stands.
  const bool again = !told_.empty() && dice.chance(0.35);
  seen.document = again ? told_[dice.below(told_.size())] : customer + "/" + hex_128(ids_.draw(), ids_.draw());
  const auto& kinds = box ? in_stores : online;
  // Some of it is told late; some clocks are ahead.
  const std::int64_t at = utc_ms + (dice.chance(0.3) ? dice.between(-40'000, 40'000) : 0);
  seen.body = R"({"kind":")" + std::string(kinds.at(dice.below(kinds.size()))) + R"(","channel":")" + (box ? "store" : "web") +
              R"(","at":)" + std::to_string(at) + R"(,"sku":")" + sku_of(dice.below(goods_count)) + R"(","text":"told )" +
              std::to_string(dice.below(1000)) + "\"" + where + "}";
  if (!again) told_.push_back(seen.document);
  if (told_.size() > told_kept) told_.pop_front();
  return seen;
}

}  // namespace vitrine::sim
