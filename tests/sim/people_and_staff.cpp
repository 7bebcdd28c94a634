// SPDX-License-Identifier: Apache-2.0
// What people do that is no shopping: staff's work, consents, what somebody did, and asking for help.
#include "tests/sim/people.hpp"
#include "tests/sim/world_facts.hpp"

namespace vitrine::sim {

void People::work(const Step& step, Dice& dice) {
  auto wanted = staff_.think(step, dice);
  if (!wanted) return on_phone(step, dice);
  if (wanted->store) return perform_at_kiosk(*wanted->store, wanted->operations, wanted->fact);
  perform_at_hub(wanted->operations, "platform");
}

// While the store hears nothing the last of their carts goes, and they with it; there they take back what they had agreed to.
bool People::leaves_and_takes_back(const Step& step, Dice& dice) {
  StoreBox& box = *boxes_.at(step.store);
  const auto wanted = box.online() && hub_.alive() ? consent_desk_.take_back(step.store, dice) : std::nullopt;
  if (!wanted) return false;
  box.cut_line(dice.between(2'000, 9'000));
  for (const std::string& cart : hub_.watcher()->living("cart")) {
    const auto seen = eyes_.cart(hub_.watcher()->document("cart", cart)->body.value_or(""));
    if (seen && seen->owner == wanted->operations.front().document && hub_.alive()) hub_.put({{{"cart", cart}, std::nullopt}});
    if (!hub_.alive()) break;
  }
  if (box.alive()) perform_at_kiosk(step.store, wanted->operations, wanted->fact);
  return true;
}

// Where the store knows nobody, or is off, they take their phone.
void People::consent(const Step& step, Dice& dice) {
  if (step.deed == Deed::store_consent && dice.chance(0.06) && leaves_and_takes_back(step, dice)) return;
  auto wanted = step.deed == Deed::store_consent ? consent_desk_.think(step.store, dice) : std::nullopt;
  if (wanted) return perform_at_kiosk(step.store, wanted->operations, wanted->fact);
  wanted = consent_desk_.think(std::nullopt, dice);
  if (wanted) perform_at_hub(wanted->operations, "phone");
}

// Where the store knows nobody, or is off, they did it online.
void People::activity(const Step& step, Dice& dice) {
  if (step.deed == Deed::store_activity) {
    const std::int64_t clock = boxes_.at(step.store)->utc_ms();
    if (const auto told = activity_desk_.think(step.store, clock, dice)) return perform_at_kiosk(step.store, {*told}, true);
  }
  if (const auto told = activity_desk_.think(std::nullopt, utc_of(street_.now_ms()), dice)) perform_at_hub({*told}, "platform");
}

// Where the store shows nothing, or is off, the platform has something to say.
void People::talk(const Step& step, Dice& dice) {
  if (step.deed == Deed::store_talk) {
    const auto said = talk_desk_.at_store(step.store, dice);
    if (!said.empty()) return perform_at_kiosk(step.store, said, true);
  }
  const auto said = talk_desk_.online(utc_of(street_.now_ms()), dice);
  if (!said.empty()) perform_at_hub(said, "platform");
}

void People::help(const Step& step, Dice& dice) {
  auto wanted = help_desk_.think(step.store, dice);
  if (!wanted) return on_phone(step, dice);
  if (!wanted->work) return perform_at_kiosk(step.store, wanted->operations, true, wanted->id);
  ask({.id = wanted->id,
       .store = step.store,
       .operations = std::move(wanted->operations),
       .fact = true,
       .work = std::move(wanted->work)});
}

}  // namespace vitrine::sim
