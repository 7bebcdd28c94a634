// SPDX-License-Identifier: Apache-2.0
// What happens when nobody does anything: the countdown and the wipe, the offline banner, and asking for the store again.
#include <string.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "kiosk/model/counter_steps.hpp"

namespace vitrine::kiosk {
namespace {

constexpr std::int64_t store_again_ms = 60'000;         // opening hours and words may change
constexpr std::int64_t store_filling_again_ms = 1'000;  // progress of the first fill

// How long nobody may touch the screen before it asks; nothing: it never asks.
std::optional<std::int64_t> idle_limit(const Model& model) {
  const bool more_time = model.visit.ease.more_time;
  switch (shown_route(model)) {
    case Route::scan:
    case Route::collect:
      return more_time ? idle_more_time_ms : idle_scan_ms;
    case Route::pickup:
      return more_time ? idle_more_time_ms : idle_pickup_ms;
    case Route::till: {
      const PayStep step = pay_step(model);
      const bool under_way = step == PayStep::waiting || step == PayStep::open || step == PayStep::taken;
      return more_time ? idle_more_time_ms : under_way ? idle_cart_ms : idle_paid_ms;
    }
    case Route::deliver: {
      const DeliverStep step = deliver_step(model);
      const bool over = step == DeliverStep::done || step == DeliverStep::cancelled || step == DeliverStep::refused;
      return more_time ? idle_more_time_ms : over ? idle_paid_ms : idle_cart_ms;
    }
    case Route::cart:
    case Route::search:
    case Route::product:
    case Route::keep:
    case Route::coupon:
    case Route::choices:
    case Route::problem:
      return more_time ? idle_more_time_ms : idle_cart_ms;
    case Route::resting:
    case Route::starting:
    case Route::welcome:
    case Route::help:
    case Route::sign_in:  // a counter locks instead
    case Route::queue:
    case Route::order:
    case Route::customer:
    case Route::take_back:
    case Route::stock:
    case Route::status:
    case Route::board:
    case Route::picking:
    case Route::audit:
      break;
  }
  return std::nullopt;
}

// Where nobody is asked, what a person left is dropped after the time that others would have been asked for.
std::int64_t silent_limit(const Model& model) {
  return (model.visit.ease.more_time ? idle_more_time_ms : idle_cart_ms) + countdown_length_ms(model);
}

bool leaves_traces(const Visit& visit) {
  return visit.cart || visit.help.request || visit.choosing_ease || visit.ease != Ease{} || visit.opening || visit.problem ||
         visit.choosing_language || !visit.language.empty() || visit.route != Route::welcome;
}

// Who waits for a person may look about meanwhile.
bool is_waiting_for_help(const Visit& visit, MonoMs now) {
  return (visit.route == Route::help || visit.help.request) && now < visit.help.since.plus(help_ms_max);
}

MonoMs attract_begins(const Model& model) {
  return std::max(model.visit.last_active, model.edge_changed_at).plus(attract_after_ms - attract_each_ms);
}

bool attracts(const Model& model) {
  const bool still = model.reduced_motion || model.visit.ease.less_movement || model.visit.ease.high_contrast;
  return !still && shown_route(model) == Route::welcome && !model.visit.choosing_language && !model.visit.choosing_ease;
}

std::int64_t store_interval(const Model& model) {
  return model.store && model.store->ready ? store_again_ms : store_filling_again_ms;
}

void mind_the_person(Model& model) {
  Visit& visit = model.visit;
  const MonoMs now = model.now.mono;
  if (visit.countdown_ends) {
    if (now >= *visit.countdown_ends) steps::end_visit(model);
    return;
  }
  if (const auto limit = idle_limit(model)) {
    if (now >= visit.last_active.plus(*limit)) visit.countdown_ends = visit.last_active.plus(*limit + countdown_length_ms(model));
    if (visit.countdown_ends && now >= *visit.countdown_ends) steps::end_visit(model);
    return;
  }
  if (is_waiting_for_help(visit, now)) return;
  if (leaves_traces(visit) && now >= visit.last_active.plus(silent_limit(model))) steps::end_visit(model);
}

}  // namespace

namespace steps {

void mind_the_link(Model& model) {
  if (!model.link_known) return;
  const MonoMs now = model.now.mono;
  if (!model.link.online) {
    if (now >= model.link_changed_at.plus(offline_banner_after_ms)) model.link_banner = LinkBanner::offline;
    return;
  }
  if (model.link_banner == LinkBanner::offline && now >= model.link_changed_at.plus(online_banner_after_ms)) {
    model.link_banner = LinkBanner::back_online;
    model.link_banner_until = now.plus(back_online_banner_ms);
  }
  if (model.link_banner == LinkBanner::back_online && now >= model.link_banner_until) model.link_banner = LinkBanner::none;
}

void end_visit(Model& model) {
  Visit next;
  next.number = model.visit.number + 1;
  next.last_active = model.now.mono;
  // Not only let go: short texts live inside it.
  std::destroy_at(&model.visit);
  explicit_bzero(static_cast<void*>(&model.visit), sizeof model.visit);
  std::construct_at(&model.visit, std::move(next));
  if (model.store_next) model.store = std::exchange(model.store_next, std::nullopt);
}

void notice_person(Model& model) {
  model.visit.last_active = model.now.mono;
  if (model.visit.countdown_ends) model.visit.countdown_ends = model.now.mono.plus(countdown_length_ms(model));
}

void ask_for_store(Model& model, Requests& out) {
  model.store_asked = true;
  model.store_asked_at = model.now.mono;
  out.emplace_back(std::in_place_type<FetchStore>);
}

void let_time_pass(Model& model, Requests& out) {
  Visit& visit = model.visit;
  const MonoMs now = model.now.mono;
  if (visit.scan_confirmed_until && now >= *visit.scan_confirmed_until) visit.scan_confirmed_until.reset();
  if (visit.opening && now >= visit.opening_since.plus(opening_ms_max)) give_up_opening(model);
  if (visit.removed && now >= visit.removed->until) visit.removed.reset();
  if (visit.added && now >= visit.added->until) visit.added.reset();
  if (visit.choices && visit.choices->chosen && now >= visit.choices->chosen->until) visit.choices->chosen.reset();
  if (visit.not_saved_until && now >= *visit.not_saved_until) visit.not_saved_until.reset();
  if (visit.cart_changes_at && now >= *visit.cart_changes_at) {
    visit.cart_changes_at.reset();
    ask_for_cart(model, out);
  }
  if (visit.search.rests_at && now >= *visit.search.rests_at) count_search(model, out);
  mind_help(model);
  mind_the_person(model);
  mind_the_link(model);
  mind_the_store(model, out);
}

void mind_the_store(Model& model, Requests& out) {
  if (model.edge_present && (!model.store_asked || model.now.mono >= model.store_asked_at.plus(store_interval(model))))
    ask_for_store(model, out);
}

}  // namespace steps

std::optional<MonoMs> next_change(const Model& model) {
  const Visit& visit = model.visit;
  std::optional<MonoMs> next = model.counter ? counter::next_change(model) : std::nullopt;
  const auto consider = [&](MonoMs at) {
    if (at > model.now.mono && (!next || at < *next)) next = at;
  };
  if (visit.scan_confirmed_until) consider(*visit.scan_confirmed_until);
  if (visit.opening) consider(visit.opening_since.plus(opening_shown_after_ms));
  if (visit.opening) consider(visit.opening_since.plus(opening_ms_max));
  if (visit.removed) consider(visit.removed->until);
  if (visit.added) consider(visit.added->until);
  if (visit.choices && visit.choices->chosen) consider(visit.choices->chosen->until);
  if (visit.not_saved_until) consider(*visit.not_saved_until);
  if (visit.cart_changes_at) consider(*visit.cart_changes_at);
  if (visit.search.rests_at) consider(*visit.search.rests_at);
  if (visit.paying && visit.paying->ticket) consider(visit.paying->valid_until);
  if (model.counter) {
    // Its own times are all there are of a person.
  } else if (visit.countdown_ends) {
    const std::int64_t left = visit.countdown_ends->value - model.now.mono.value;
    consider(visit.countdown_ends->plus(-(std::max<std::int64_t>(left - 1, 0) / 1000) * 1000));
  } else if (const auto limit = idle_limit(model)) {
    consider(visit.last_active.plus(*limit));
  } else if (is_waiting_for_help(visit, model.now.mono)) {
    consider(visit.help.since.plus(help_ms_max));
    const bool counts = visit.route == Route::help && visit.help.request && visit.help.request->minutes > 0;
    if (counts) consider(model.now.mono.plus(help_look_ms));
  } else if (leaves_traces(visit)) {
    consider(visit.last_active.plus(silent_limit(model)));
  }
  if (model.link_known && !model.link.online && model.link_banner != LinkBanner::offline) {
    consider(model.link_changed_at.plus(offline_banner_after_ms));
  }
  if (model.link.online && model.link_banner == LinkBanner::offline) consider(model.link_changed_at.plus(online_banner_after_ms));
  if (model.link_banner == LinkBanner::back_online) consider(model.link_banner_until);
  if (model.edge_present) consider(model.store_asked_at.plus(store_interval(model)));
  if (!model.edge_present) consider(model.edge_changed_at.plus(edge_grace_ms));
  if (attracts(model)) {
    const auto now = attract(model);
    consider(attract_begins(model).plus(((now ? now->changes : 0) + 1) * attract_each_ms));
  }
  return next;
}

bool is_in_use(const Model& model) { return !model.counter && leaves_traces(model.visit); }

std::optional<Attract> attract(const Model& model) {
  const std::int64_t idle = attracts(model) ? model.now.mono.value - attract_begins(model).value : -1;
  if (idle < attract_each_ms) return std::nullopt;
  return Attract{idle / attract_each_ms, idle % attract_each_ms};
}

std::optional<int> countdown_seconds(const Model& model) {
  const Route route = shown_route(model);
  if (!model.visit.countdown_ends || route == Route::resting || route == Route::starting) return std::nullopt;
  const std::int64_t left = model.visit.countdown_ends->value - model.now.mono.value;
  return static_cast<int>(std::clamp<std::int64_t>((left + 999) / 1000, 1, countdown_length_ms(model) / 1000));
}

std::int64_t countdown_length_ms(const Model& model) {
  return model.visit.ease.more_time ? countdown_more_time_ms : countdown_ms;
}

}  // namespace vitrine::kiosk
