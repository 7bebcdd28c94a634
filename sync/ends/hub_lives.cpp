// SPDX-License-Identifier: Apache-2.0
// Lives of a store's database at the hub: which one speaks, where a new one goes on from, what it may have in common with the
// hub; and what becomes of a certificate for which two boxes answer.
#include <algorithm>

#include "sync/ends/hub_end.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

namespace {

std::optional<Applied> applied_of(const std::vector<Applied>& all, const IncarnationId& incarnation) {
  const auto found = std::ranges::find(all, incarnation, &Applied::incarnation);
  return found == all.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

// Welcome.applied and Welcome.part for this incarnation. One that was never heard of opens here: it goes on from what the hub
// has of the lives that it continues, of each at most up to its parting.
void HubEnd::meet_life(const StoreId& from, const Hello& hello, Now now, Welcome& welcome) {
  welcome.incarnation = hello.incarnation;
  welcome.safe = authority_.verified_n(from, hello.incarnation);
  const std::vector<Applied> all = authority_.applied(from);
  const IncarnationId current = authority_.current_life(from);
  if (authority_.knows_life(from, hello.incarnation)) {
    welcome.applied = applied_of(all, hello.incarnation);
    if (current.empty()) authority_.open_life(from, welcome.applied.value_or(Applied{hello.incarnation, 0, {}}), {}, now.utc);
    welcome.part = !current.empty() && current != hello.incarnation;
    return;
  }
  Applied start{hello.incarnation, 0, {}};
  for (const Applied& parting : hello.line) {
    auto applied = applied_of(all, parting.incarnation);
    if (applied && applied->n > parting.n) {
      const auto hash = authority_.applied_hash(from, parting.incarnation, parting.n);
      applied = hash && *hash == parting.hash ? std::optional(parting) : std::nullopt;
    }
    if (applied && applied->n > start.n) start = {hello.incarnation, applied->n, applied->hash};
  }
  const IncarnationId parent = hello.line.empty() ? IncarnationId{} : hello.line.front().incarnation;
  const auto of_parent = applied_of(all, parent);
  authority_.open_life(from, start, parent, now.utc);
  if (start.n > 0) welcome.applied = start;
  // It left behind what the hub has of its parent, or continues a life that another one has followed already.
  const bool left_behind = of_parent && of_parent->n > hello.line.front().n;
  const bool second_child = !parent.empty() && !current.empty() && parent != current && authority_.knows_life(from, parent);
  if (left_behind || second_child) note_fork(from, now);
}

// One fork is a restored copy. A second one within the hour: two boxes answer for one store, and each would undo the other.
void HubEnd::note_fork(const StoreId& from, Now now) {
  Conduct conduct = authority_.conduct(from);
  const bool again = conduct.forks > 0 && now.utc.value - conduct.fork_at.value < tuning::forks_within_ms;
  ++conduct.forks;
  conduct.fork_at = now.utc;
  if (again) {
    conduct.frozen_at = now.utc;
    notices_.push_back({"store_frozen", from, "a second fork within an hour: two boxes seem to answer for this store"});
  }
  authority_.put_conduct(from, conduct);
}

void HubEnd::on(const StoreId& from, const Chain& chain, Now) {
  const Era era = authority_.era();
  if (chain.era != era) return;
  ChainAnswer answer{era, chain.incarnation, authority_.oldest_recorded(from, chain.incarnation), 0, {}};
  if (const auto last = applied_of(authority_.applied(from), chain.incarnation)) answer.n = last->n;
  for (const std::uint64_t n : chain.numbers) {
    if (const auto hash = authority_.applied_hash(from, chain.incarnation, n)) answer.links.push_back({n, *hash});
  }
  reply(from, std::move(answer));
}

}  // namespace vitrine::sync::ends
