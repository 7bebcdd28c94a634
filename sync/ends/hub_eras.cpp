// SPDX-License-Identifier: Apache-2.0
// "When a hub was restored", at the hub: what a store shows is weighed against what this hub has. A store never invents a place,
// so what is missing here was here once, and a higher era begins.
#include <algorithm>

#include "sync/ends/collections.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/planted.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

namespace {

// Every era that the message names.
struct Shown {
  std::vector<Era> eras;
  std::vector<StreamCursor> cursors;
};

Shown shown_in(const StoreMessage& message) {
  Shown shown;
  if (const auto* hello = std::get_if<Hello>(&message)) {
    shown.eras.push_back(hello->era_heard);
    shown.cursors = hello->cursors;
  } else if (const auto* beat = std::get_if<Beat>(&message)) {
    shown.cursors = beat->cursors;
  } else if (const auto* pull = std::get_if<Pull>(&message)) {
    shown.cursors = {{pull->stream, pull->cursor}};
  } else if (const auto* ops = std::get_if<Ops>(&message)) {
    shown.eras.push_back(ops->era);
  }
  for (const StreamCursor& cursor : shown.cursors) shown.eras.push_back(cursor.cursor.era);
  std::erase_if(shown.eras, [](const Era& era) { return era.number == 0; });
  return shown;
}

}  // namespace

void HubEnd::weigh_history(const StoreId& from, const StoreMessage& message, Now now) {
  const std::vector<EraRow> known = authority_.eras();
  std::vector<Era> lost;
  for (const Era& era : shown_in(message).eras) {
    if (std::ranges::find(known, era, &EraRow::era) == known.end() && std::ranges::find(lost, era) == lost.end()) {
      lost.push_back(era);
    }
  }
  std::string why = lost.empty() ? missing_history(from, message) : "an era that this hub does not know";
  if (why.empty() || (lost.empty() && planted(Bug::set_back_not_noticed))) return;

  const auto recent = std::ranges::count_if(
      known, [&](const EraRow& row) { return row.shown_by == from && row.began.plus(tuning::eras_believed_ms) > now.utc; });
  const bool nonsense = std::ranges::any_of(lost, [](const Era& era) { return era.number > tuning::era_number_max; });
  if (nonsense || static_cast<std::size_t>(recent) >= tuning::eras_believed_max) {
    notices_.push_back({"era_not_believed", from, why});
    return;
  }
  for (const Era& era : lost) authority_.add_era({era, now.utc, why, true, from});
  std::uint32_t highest = 0;
  for (const EraRow& row : authority_.eras()) highest = std::max(highest, row.era.number);
  const Era next{highest + 1, chance_.hex_128()};
  authority_.add_era({next, now.utc, "store " + from.text + " showed " + why, false, from});
  notices_.push_back({"era_begun", from, "era " + std::to_string(next.number) + ": the store showed " + why});
  // Everyone else learns of it now, not with the next heads.
  sends_.push_back(heads(now));
}

// What the store shows of this era and this hub does not have; empty: nothing.
std::string HubEnd::missing_history(const StoreId& from, const StoreMessage& message) {
  const Era era = authority_.era();
  for (const StreamCursor& cursor : shown_in(message).cursors) {
    if (cursor.cursor.era != era) continue;
    const auto owner = owner_of(cursor.stream);
    if (owner && *owner != from) continue;
    if (cursor.cursor.seq > authority_.head(cursor.stream)) return "a place in " + cursor.stream.text + " beyond its head";
  }
  const auto* hello = std::get_if<Hello>(&message);
  if (hello == nullptr || hello->era_heard != era) return {};
  // Of this life, and of those that it continues up to each parting.
  const bool known = authority_.knows_life(from, hello->incarnation);
  std::uint64_t applied_n = 0;
  for (const Applied& applied : authority_.applied(from)) {
    if (applied.incarnation == hello->incarnation) applied_n = std::max(applied_n, applied.n);
    const auto parting = std::ranges::find(hello->line, applied.incarnation, &Applied::incarnation);
    if (!known && parting != hello->line.end()) applied_n = std::max(applied_n, std::min(applied.n, parting->n));
  }
  return hello->acknowledged > applied_n ? "an acknowledged transaction that this hub has not applied" : "";
}

// This hub is older than what the store has kept: what lies between is lost here, and everyone is told. The store goes on after
// it.
void HubEnd::pass_over_forgotten(const StoreId& from, const Hello& hello, Now now, Welcome& welcome) {
  const std::uint64_t applied_n = welcome.applied ? welcome.applied->n : 0;
  if (!hello.kept_after || hello.kept_after->n <= applied_n || welcome.part || !has_lost_eras()) return;
  if (hello.era_heard == welcome.era || hello.acknowledged < hello.kept_after->n) return;
  welcome.applied = Applied{hello.incarnation, hello.kept_after->n, hello.kept_after->hash};
  authority_.record_applied(from, hello.incarnation, welcome.applied->n, welcome.applied->hash, now.utc);
  Transaction lost;
  lost.id = TransactionId{chance_.hex_128()};
  write_outcome(from, lost, "history_lost", now.utc);
  notices_.push_back({"history_lost", from,
                      "transactions " + std::to_string(applied_n + 1) + " to " + std::to_string(welcome.applied->n) +
                          " of the store are lost here, and the store has not kept them"});
}

std::vector<Era> HubEnd::eras_told() {
  std::vector<Era> told;
  for (const EraRow& row : authority_.eras()) told.push_back(row.era);
  if (told.size() > tuning::eras_told_max) told.erase(told.begin(), told.end() - tuning::eras_told_max);
  return told;
}

// Whether anything may have been forgotten here that a store still knows of.
bool HubEnd::has_lost_eras() { return authority_.era().number > 1; }

}  // namespace vitrine::sync::ends
