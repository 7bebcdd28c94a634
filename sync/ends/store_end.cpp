// SPDX-License-Identifier: Apache-2.0
// The store's half of the conversation: greeting, beats, and what to ask for when. What a page does to base and view stands in
// store_pages.cpp, what a person's action does and how it goes up in store_actions.cpp.
#include "sync/ends/store_end.hpp"

#include <algorithm>
#include <cstdlib>

#include "sync/ends/versions.hpp"
#include "sync/planted.hpp"
#include "sync/protocol/digest_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

namespace {

constexpr std::size_t pulls_under_way_max = 2;
constexpr std::uint32_t hello_doublings_max = 5;  // 1 s … 32 s, cut at the cap
constexpr std::int64_t hello_cap_ms = 30'000;
constexpr std::uint32_t hellos_before_reconnect = 3;

void earliest(std::optional<MonoMs>& wake, const std::optional<MonoMs>& at) {
  if (at && (!wake || *at < *wake)) wake = at;
}

bool due(const std::optional<MonoMs>& at, Now now) { return at && *at <= now.mono; }

// The order in which streams are asked for: what screens need first.
int urgency(const StreamName& stream, bool own) {
  if (stream.text == "settings") return 0;
  if (stream.text == "content") return 1;
  return own ? 2 : 3;
}

std::int64_t hello_ceiling(std::uint32_t attempts) {
  return std::min(hello_cap_ms, tuning::hello_base_ms << std::min(attempts, hello_doublings_max));
}

}  // namespace

StoreEnd::StoreEnd(Replica& replica, std::vector<StreamName> followed, std::string software, Chance chance, Now now)
    : replica_(replica),
      software_(std::move(software)),
      chance_(std::move(chance)),
      state_(replica.state()),
      line_(replica.line()) {
  for (StreamState& stream : replica_.streams()) streams_[stream.stream] = stream;
  followed.push_back(own_stream(state_.store));
  for (const StreamName& name : followed) {
    StreamState& stream = streams_[name];
    stream.stream = name;
    following_[name].own = owner_of(name).has_value();
    following_[name].heard = stream.cursor.seq;
  }
  era_ = state_.era_heard;
  hub_now_ = hub_time(now.utc);
  next_expiry_ = replica.next_expiry();
  link_ = {false, now.utc, "starting"};
}

StoreEffects StoreEnd::connected(Now now) {
  StoreEffects out;
  follow_clock(now);
  transport_up_ = true;
  greeted_ = false;
  send_only_ = false;
  hellos_unanswered_ = 0;
  say_hello(now, out);
  return finish(std::move(out), now);
}

StoreEffects StoreEnd::disconnected(Now now) {
  StoreEffects out;
  follow_clock(now);
  transport_up_ = false;
  go_offline("no_connection", now, out);
  return finish(std::move(out), now);
}

StoreEffects StoreEnd::received(const HubMessage& message, Now now) {
  StoreEffects out;
  follow_clock(now);
  hub_now_ = hub_time(now.utc);
  // Before the greeting the hub may welcome, turn away, or say what it has of this history.
  const bool early = std::holds_alternative<Welcome>(message) || std::holds_alternative<ChainAnswer>(message) ||
                     std::holds_alternative<OpsRefused>(message) || (send_only_ && std::holds_alternative<OpsApplied>(message));
  if (transport_up_ && (early || (greeted_ && !is_of_another_era(message, now)))) {
    std::visit([&](const auto& m) { on(m, now, out); }, message);
  }
  return finish(std::move(out), now);
}

StoreEffects StoreEnd::woke(Now now) {
  StoreEffects out;
  follow_clock(now);
  if (!transport_up_) return finish(std::move(out), now);
  if (due(answer_deadline_, now)) {
    answer_deadline_.reset();
    if (greeted_) {
      go_offline("no_answer", now, out);
      hello_at_ = now.mono.plus(chance_.below(tuning::hello_base_ms));  // where the connection stays, somebody must speak again
      out.drop_connection = true;
    } else {
      ++hellos_unanswered_;
      go_offline("no_answer", now, out);
      hello_at_ = now.mono.plus(chance_.below(hello_ceiling(hellos_unanswered_)));
      out.drop_connection = hellos_unanswered_ % hellos_before_reconnect == 0;
    }
  }
  if (due(hello_at_, now)) say_hello(now, out);
  if (greeted_ && due(beat_at_, now)) {
    out.sends.push_back(Beat{state_.last_n, now.utc, cursors()});
    beat_at_ = now.mono.plus(tuning::beat_every_ms);
    if (!answer_deadline_) answer_deadline_ = now.mono.plus(tuning::answer_within_ms);
    check_base(now);
  }
  if (due(ops_deadline_, now)) ops_deadline_.reset();
  for (auto& [name, following] : following_) {
    if (due(following.pull_deadline, now)) following.pull_deadline.reset();
  }
  return finish(std::move(out), now);
}

void StoreEnd::say_hello(Now now, StoreEffects& out) {
  hello_at_.reset();
  search_.reset();
  hello_under_way_ = true;
  out.sends.push_back(Hello{state_.incarnation, state_.last_n, state_.last_hash, state_.era_heard, tuning::protocol_version_min,
                            tuning::protocol_version, software_, now.utc, cursors(), line_, state_.applied_n, kept_after()});
  answer_deadline_ = now.mono.plus(tuning::answer_within_ms);
}

std::vector<StreamCursor> StoreEnd::cursors() const {
  std::vector<StreamCursor> out;
  out.reserve(following_.size());
  for (const auto& [name, following] : following_) out.push_back({name, streams_.at(name).cursor});
  return out;
}

void StoreEnd::go_offline(const std::string& reason, Now now, StoreEffects& out) {
  greeted_ = false;
  send_only_ = false;
  token_.clear();
  beat_at_.reset();
  hello_at_.reset();
  answer_deadline_.reset();
  ops_deadline_.reset();
  staged_to_.reset();
  search_.reset();
  drop_own_repair();
  for (auto& [name, following] : following_) {
    following.pull_deadline.reset();
    following.pull_at.reset();
    following.pages_due = 0;
    following.held.clear();
  }
  if (link_.online || link_.reason != reason) {
    link_ = {false, now.utc, reason};
    out.link_changed = true;
  }
}

// The hub answers, and not as this store can go on. What is wrong may be put right at the hub without this connection ending.
void StoreEnd::turned_away(const std::string& reason, Now now, StoreEffects& out) {
  go_offline(reason, now, out);
  hello_at_ = now.mono.plus(hello_cap_ms / 2 + chance_.below(hello_cap_ms));
}

void StoreEnd::heard_clock(UtcMs hub_clock, Now now) {
  state_.clock_offset_ms = hub_clock.value - now.utc.value;
  state_.hub_time_max = std::max(state_.hub_time_max, hub_clock);
  clock_at_ = now;
}

// Somebody set the wall clock: the hub's time went on as before, as the clock that never jumps tells. Without it, a clock that
// is put a day ahead would forget what is to be forgotten within that day.
void StoreEnd::follow_clock(Now now) {
  if (!clock_at_) return;
  const std::int64_t set_by = (now.utc.value - clock_at_->utc.value) - (now.mono.value - clock_at_->mono.value);
  if (std::abs(set_by) < tuning::clock_set_ms || planted(Bug::clock_believed)) return;
  state_.clock_offset_ms -= set_by;
  clock_at_ = now;
  replica_.put_state(state_);  // also where nothing else comes of the event: the daemon keeps the two clocks, the rows this
}

void StoreEnd::heard_from_hub(Now now) {
  // A hub that only takes transactions may say so while the answer to the greeting is lost: that one is still waited for.
  if (!hello_under_way_) answer_deadline_.reset();
  dropped_ = false;
  state_.last_contact = hub_time(now.utc);
}

UtcMs StoreEnd::hub_time(UtcMs store_clock) const {
  return std::max(store_clock.plus(state_.clock_offset_ms), state_.hub_time_max);
}

std::optional<std::uint64_t> StoreEnd::heard(const StreamName& stream) const {
  const auto found = following_.find(stream);
  if (found == following_.end() || !greeted_) return std::nullopt;
  return found->second.heard;
}

void StoreEnd::on(const Welcome& welcome, Now now, StoreEffects& out) {
  if (!welcome.incarnation.empty() && welcome.incarnation != state_.incarnation) return;  // to a life that is over
  if (!std::exchange(hello_under_way_, false)) return;
  send_only_ = false;
  heard_clock(welcome.clock, now);
  const bool dropped = dropped_;
  heard_from_hub(now);
  if (welcome.ask_again_s > 0) {
    go_offline("not_admitted", now, out);
    hello_at_ = now.mono.plus(std::min(welcome.ask_again_s, tuning::ask_again_s_max) * 1000 + chance_.below(1000));
    return;
  }
  if (welcome.era.number < state_.era_heard.number) return turned_away("era", now, out);
  if (!history_fits(welcome, now, out)) return;
  take_up_era(welcome.era);
  state_.applied_n = welcome.applied ? welcome.applied->n : 0;
  token_ = welcome.token;
  safe_n_ = welcome.safe;
  if (common_version(welcome.protocol, welcome.protocol) == 0) return send_only(welcome, now, out);
  page_bytes_ = std::clamp(welcome.page_bytes, tuning::page_bytes_min, tuning::page_bytes);
  greeted_ = true;
  hellos_unanswered_ = 0;
  ops_deadline_.reset();
  beat_at_ = now.mono.plus(tuning::beat_every_ms);
  link_ = {true, now.utc, ""};
  out.link_changed = true;
  if (const auto key = digest_key_from_hex(welcome.digest_key)) replica_.put_digest_key(*key);
  for (const HeadOf& head : welcome.heads) {
    hear_head(head.stream, head.head, now, true);
    if (following_.contains(head.stream)) compare_digest(head.stream, {era_, head.head}, head.digest, now);
  }
  // What was dropped after too long a silence stands at no place behind the cursor.
  if (dropped) following_.at(own_stream(state_.store)).compare = Following::Compare::stale;
}

// Hub and store have no version in common for pages. What was confirmed to people still goes up: ops are taken from every
// version.
void StoreEnd::send_only(const Welcome& welcome, Now now, StoreEffects& out) {
  turned_away("protocol", now, out);
  token_ = welcome.token;
  send_only_ = true;
}

void StoreEnd::on(const BeatAnswer& answer, Now now, StoreEffects&) {
  if (answer.era != era_) return;
  heard_clock(answer.clock, now);
  heard_from_hub(now);
  forget_what_is_old(now);
  hear_head(answer.own.stream, answer.own.head, now, true);
}

void StoreEnd::on(const Heads& heads, Now now, StoreEffects&) {
  if (heads.era != era_) return;
  heard_clock(heads.clock, now);
  for (const HeadOf& head : heads.heads) hear_head(head.stream, head.head, now, false);
}

void StoreEnd::on(const OpsRefused& refused, Now now, StoreEffects& out) {
  if (refused.code == "frozen" || refused.code == "quarantined" || refused.code == "protocol") {
    heard_from_hub(now);
    return turned_away(refused.code, now, out);
  }
  if (!(greeted_ || send_only_) || (refused.era != era_ && refused.code != "era")) return;
  heard_from_hub(now);
  ops_deadline_.reset();
  // The hub has less than it had said: the greeting shows it what it said.
  if (refused.code == "gap" && refused.expected <= state_.applied_n) {
    greeted_ = false;
    return say_hello(now, out);
  }
  greeted_ = false;
  // The first time it is an old token, and a greeting puts it right. A hub that goes on refusing must not be asked in a circle.
  if (refusals_in_a_row_++ == 0) return say_hello(now, out);
  hello_at_ = now.mono.plus(chance_.below(hello_ceiling(refusals_in_a_row_)));
}

void StoreEnd::hear_head(const StreamName& stream, std::uint64_t head, Now now, bool at_once) {
  const auto found = following_.find(stream);
  if (found == following_.end()) return;
  Following& following = found->second;
  if (head <= following.heard && !at_once) return;
  if (planted(Bug::head_not_remembered) && following.pull_deadline) return;
  following.heard = std::max(following.heard, head);
  if (!is_behind(stream) || following.pull_deadline || following.pull_at) return;
  const std::int64_t jitter = at_once || following.own ? 0 : chance_.below(tuning::push_pull_jitter_ms);
  following.pull_at = now.mono.plus(jitter);
}

void StoreEnd::pull_what_is_due(Now now, StoreEffects& out) {
  std::size_t under_way = 0;
  std::vector<StreamName> wanting;
  for (const auto& [name, following] : following_) {
    if (following.pull_deadline) {
      ++under_way;
      continue;
    }
    if (is_behind(name) && (!following.pull_at || due(following.pull_at, now))) wanting.push_back(name);
  }
  std::ranges::stable_sort(wanting, {}, [this](const StreamName& name) { return urgency(name, following_.at(name).own); });
  for (const StreamName& name : wanting) {
    if (under_way++ >= pulls_under_way_max) return;
    Following& following = following_.at(name);
    const StreamState& stream = streams_.at(name);
    following.pull_at.reset();
    if (planted(Bug::check_asked_once)) following.check = false;
    following.heard_when_asked = following.heard;
    following.pull_deadline = now.mono.plus(tuning::answer_within_ms);
    if (ask_for_repair(name, now, out)) continue;
    Pull pull{name, stream.cursor, std::nullopt, page_bytes_, tuning::pages_per_pull};
    if (stream.repair) {
      pull.cursor = {stream.fill_era, 0};
      pull.fill = Fill{stream.fill_head, stream.fill_after, {}, stream.repair};
    } else if (following.own && staged_to_) {
      pull.cursor = {era_, *staged_to_};  // more than one pull's pages: what is staged stays
    } else if (following.own) {
      replica_.clear_staged();
    } else if (!stream.filled) {
      pull.cursor = {stream.fill_era, 0};
      pull.fill = Fill{stream.fill_head, stream.fill_after, {}, {}};
    }
    out.sends.push_back(std::move(pull));
    following.pages_due = tuning::pages_per_pull;
  }
}

StoreEffects StoreEnd::finish(StoreEffects out, Now now) {
  go_on_asking(now, out);
  if (greeted_) {
    pull_what_is_due(now, out);
  }
  if (greeted_ || send_only_) send_outbox(now, out);
  settle_doubt(out);
  drop_after_silence(now, out);
  replica_.put_state(state_);
  forget_expired(now, out);
  // Only what a call of woke() can move on: with a time that stays due, the shell would call again at once, for ever.
  for (const auto& at : {hello_at_, answer_deadline_}) earliest(out.wake_at, at);
  if (greeted_) earliest(out.wake_at, beat_at_);
  if (greeted_ || send_only_) earliest(out.wake_at, ops_deadline_);
  for (const auto& [name, following] : following_) {
    earliest(out.wake_at, following.pull_deadline);
    // A pull that is due already waits for another one's end, which is an event by itself.
    if (!due(following.pull_at, now)) earliest(out.wake_at, following.pull_at);
  }
  return out;
}

}  // namespace vitrine::sync::ends
