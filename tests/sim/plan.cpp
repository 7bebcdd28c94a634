// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/plan.hpp"

#include <algorithm>

#include "tests/sim/dice.hpp"

namespace vitrine::sim {

namespace {

constexpr std::int64_t people_begin_ms = 4'000;  // most stores have been filled once by then
constexpr std::size_t fault_kinds_min = 4;

// How long people act, and how much happens meanwhile.
struct Length {
  std::int64_t safety_ms;
  std::int64_t deeds_min, deeds_max;
  std::int64_t faults_min, faults_max;
};
constexpr Length long_length{150'000, 118, 148, 9, 16};
// Denser, and more of them in the same time. What takes long to go wrong is left to the long ones, one in four.
constexpr Length short_length{80'000, 84, 100, 8, 11};
constexpr double long_share = 0.25;

struct Weighted {
  Deed deed;
  int weight;
};
constexpr std::array deeds = {
    Weighted{Deed::kiosk_add, 16},        Weighted{Deed::kiosk_decrease, 12}, Weighted{Deed::kiosk_remove, 8},
    Weighted{Deed::kiosk_move, 6},        Weighted{Deed::kiosk_pass, 7},      Weighted{Deed::kiosk_new, 3},
    Weighted{Deed::kiosk_assign, 5},      Weighted{Deed::phone_add, 16},      Weighted{Deed::phone_decrease, 10},
    Weighted{Deed::phone_remove, 6},      Weighted{Deed::phone_assign, 5},    Weighted{Deed::hub_deletes_cart, 2},
    Weighted{Deed::hub_changes_goods, 8}, Weighted{Deed::hub_ends_goods, 2},  Weighted{Deed::hub_order, 14},
    Weighted{Deed::store_order, 12},      Weighted{Deed::hub_stock, 6},       Weighted{Deed::store_stock, 10},
    Weighted{Deed::store_help, 12},       Weighted{Deed::store_consent, 13},  Weighted{Deed::phone_consent, 9},
    Weighted{Deed::store_activity, 8},    Weighted{Deed::web_activity, 8},    Weighted{Deed::store_talk, 9},
    Weighted{Deed::web_talk, 9},          Weighted{Deed::kiosk_coupon, 6},    Weighted{Deed::phone_coupon, 6},
    Weighted{Deed::kiosk_order, 5},
};

Deed draw_deed(Dice& dice) {
  int sum = 0;
  for (const Weighted& one : deeds) sum += one.weight;
  int at = static_cast<int>(dice.below(static_cast<std::uint64_t>(sum)));
  for (const Weighted& one : deeds) {
    at -= one.weight;
    if (at < 0) return one.deed;
  }
  return Deed::kiosk_add;
}

// Some waves are about one thing: what is rarely done meets itself at two ends, and a fault, no other way.
constexpr double one_subject_share = 0.25;
constexpr std::array subjects = {
    std::array{Deed::store_talk, Deed::store_talk, Deed::web_talk},
    std::array{Deed::kiosk_order, Deed::kiosk_order, Deed::kiosk_pass},
    std::array{Deed::kiosk_order, Deed::phone_assign, Deed::kiosk_coupon},
};

// While pushes come late, many act in one store on the same few documents and on others: an answer is several pages then, and a
// push that was read before it comes between them.
void add_rush(Plan& plan, const Step& late) {
  constexpr std::array rush = {Deed::kiosk_add, Deed::kiosk_new,   Deed::store_help,
                               Deed::kiosk_add, Deed::store_stock, Deed::phone_add};
  constexpr std::size_t rush_deeds = 24;
  constexpr std::int64_t rush_ms = 2'500;
  Dice dice(late.seed);
  for (std::size_t i = 0; i < rush_deeds; ++i) {
    Step step;
    step.at_ms = late.at_ms + dice.between(0, rush_ms);
    step.deed = rush.at(i % rush.size());
    step.store = late.store;
    step.seed = dice.draw();
    plan.steps.push_back(step);
  }
}

constexpr std::array fault_names = {
    "lost",           "repeated",      "reordered",       "delayed",         "one_way",        "cut",
    "broker_forgets", "store_killed",  "store_power_cut", "store_disk_full", "store_io_error", "clock_jump",
    "hub_killed",     "hub_power_cut", "hub_disk_full",   "store_restored",  "hub_restored",   "hub_set_back",
    "store_flipped",  "store_cloned",  "other_version",   "own_flipped",     "outbox_flipped", "late_push"};
static_assert(fault_names.size() == fault_kinds);
constexpr std::array deed_names = {
    "kiosk_add",      "kiosk_decrease", "kiosk_remove", "kiosk_move",   "kiosk_pass",       "kiosk_new",         "kiosk_assign",
    "phone_add",      "phone_decrease", "phone_remove", "phone_assign", "hub_deletes_cart", "hub_changes_goods", "hub_ends_goods",
    "hub_order",      "store_order",    "hub_stock",    "store_stock",  "store_help",       "store_consent",     "phone_consent",
    "store_activity", "web_activity",   "store_talk",   "web_talk",     "kiosk_coupon",     "phone_coupon",      "kiosk_order"};

}  // namespace

std::string_view name_of(FaultKind kind) { return fault_names.at(static_cast<std::size_t>(kind)); }
std::string_view name_of(Deed deed) { return deed_names.at(static_cast<std::size_t>(deed)); }

Plan plan_of(std::uint64_t seed) {
  Dice dice(seed);
  Plan plan;
  plan.seed = seed;
  plan.stores = dice.chance(0.8) ? 3 : 4;
  const Length& length = dice.chance(long_share) ? long_length : short_length;
  const std::int64_t safety_ms = length.safety_ms;
  plan.heal_at_ms = safety_ms;
  // People come in waves, so that several act on one cart at once.
  const std::size_t wanted = static_cast<std::size_t>(dice.between(length.deeds_min, length.deeds_max));
  while (plan.steps.size() < wanted) {
    const std::int64_t wave = dice.between(people_begin_ms, safety_ms - 6'000);
    const std::size_t in_wave = 1 + dice.below(8);
    const bool one_subject = dice.chance(one_subject_share);
    const auto& subject = subjects.at(dice.below(subjects.size()));
    for (std::size_t i = 0; i < in_wave && plan.steps.size() < wanted; ++i) {
      Step step;
      step.at_ms = wave + dice.between(0, 3'000);
      step.deed = one_subject ? subject.at(dice.below(subject.size())) : draw_deed(dice);
      step.store = dice.below(plan.stores);
      step.seed = dice.draw();
      plan.steps.push_back(step);
    }
  }
  // Each seed knows only some kinds of fault: what they do together is not hidden behind all the others.
  std::vector<FaultKind> kinds;
  while (kinds.size() < fault_kinds_min || dice.chance(0.6)) {
    const auto kind = static_cast<FaultKind>(dice.below(fault_kinds));
    if (std::ranges::find(kinds, kind) == kinds.end()) kinds.push_back(kind);
    if (kinds.size() == fault_kinds) break;
  }
  const std::size_t faults = static_cast<std::size_t>(dice.between(length.faults_min, length.faults_max));
  for (std::size_t i = 0; i < faults; ++i) {
    Step step;
    step.fault = true;
    // The first ones take every kind once.
    step.kind = i < kinds.size() ? kinds[i] : kinds[dice.below(kinds.size())];
    step.at_ms = dice.between(200, safety_ms - 8'000);
    step.lasts_ms = dice.between(1'500, 25'000);
    step.store = dice.below(plan.stores);
    step.seed = dice.draw();
    plan.steps.push_back(step);
    if (step.kind == FaultKind::late_push) add_rush(plan, step);
  }
  std::ranges::stable_sort(plan.steps, {}, &Step::at_ms);
  return plan;
}

std::string describe(const Step& step) {
  std::string text = std::to_string(step.at_ms) + " ms  ";
  text += step.fault ? "FAULT " + std::string(name_of(step.kind)) : std::string(name_of(step.deed));
  text += " store " + std::to_string(step.store);
  if (step.fault) text += " for " + std::to_string(step.lasts_ms) + " ms";
  return text;
}

}  // namespace vitrine::sim
