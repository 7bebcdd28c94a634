// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/leaving.hpp"

#include <algorithm>
#include <limits>

#include "tests/sim/world_facts.hpp"

namespace vitrine::sim {

namespace {
constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
}

Leaving::Leaving(Street& street, HubBox& hub, std::vector<std::unique_ptr<StoreBox>>& boxes, std::int64_t heal_at_ms, Dice dice)
    : street_(street),
      hub_(hub),
      boxes_(boxes),
      last_ms_(heal_at_ms - 5'000),
      erase_at_ms_(dice.chance(0.5) ? dice.between(20'000, last_ms_ - 35'000) : never) {
  if (erase_at_ms_ == never) return;
  for (int i = 0; i < 3; ++i) import_at_ms_.push_back(dice.between(erase_at_ms_ - 10'000, last_ms_));
  std::ranges::sort(import_at_ms_);
}

void Leaving::tick() {
  const std::int64_t now_ms = street_.now_ms();
  if (now_ms >= erase_at_ms_ && hub_.alive()) {
    // Asked again until somebody was told that it is done, and some time after that for good measure.
    erase_at_ms_ = hub_.erase(leaver()) ? now_ms + 40'000 : now_ms + 700;
    if (erase_at_ms_ > last_ms_) erase_at_ms_ = never;
  }
  if (!import_at_ms_.empty() && now_ms >= import_at_ms_.front() && hub_.alive()) {
    import_at_ms_.erase(import_at_ms_.begin());
    // What they agree to is begun by an import only where there is nothing of it.
    if (!hub_.put({{{"customer", leaver()}, shopper_body(leaver())}}) || !hub_.alive()) return;
    if (street_.oracle->is_erased(leaver()))
      hub_.put({{{"consent", leaver()}, R"({"customer":")" + leaver() + R"(","purposes":{}})"}});
  }
  look_at_hub();
}

void Leaving::look_at_hub() {
  if (!hub_.alive() || !street_.oracle->is_erased(leaver())) return;
  for (const char* collection : {"customer", "consent"}) {
    const auto document = hub_.watcher()->document(collection, leaver());
    if (document && document->body)
      street_.oracle->fail("erased_returns", std::string(collection) + " of somebody who was erased stands at the hub");
  }
}

void Leaving::compare() {
  look_at_hub();
  if (!street_.oracle->is_erased(leaver())) return;
  for (const auto& box : boxes_) {
    if (box->off() || !box->alive()) continue;
    for (const char* collection : {"customer", "consent"}) {
      if (box->watcher()->shown(collection, leaver()).body)
        street_.oracle->fail("erased_returns", box->store().text + " shows " + collection + " of somebody who was erased");
    }
    if (box->watcher()->kept_bodies_about(leaver()) > 0)
      street_.oracle->fail("erased_body_kept", box->store().text + " keeps what was said of somebody who was erased");
  }
}

}  // namespace vitrine::sim
