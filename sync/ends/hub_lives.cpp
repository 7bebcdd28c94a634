// SPDX-License-Identifier: Apache-2.0
// Lives of a store's database at the hub: which one speaks, where a new one goes on from, what it may have in common with the
// hub; and what becomes of a certificate for which two boxes answer.
#include <algorithm>

#include "sync/ends/hub_end.hpp"
#include "sync/planted.hpp"
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
    welcome.part = !current.empty() && current != hello.incarnation && !planted(Bug::part_not_told);
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
  // A hub that was restored may not know the parent: the youngest life that it does know is what both continue.
  const auto known =
      std::ranges::find_if(hello.line, [&](const Applied& life) { return authority_.knows_life(from, life.incarnation); });
  authority_.open_life(from, start, parent, now.utc);
  if (start.n > 0) welcome.applied = start;
  if (hello.line.empty()) return;
  // It left behind what the hub has of that life, or continues one that another one has followed already; or none that the hub
  // knows, though it knows another.
  const auto of_known = known == hello.line.end() ? std::nullopt : applied_of(all, known->incarnation);
  const bool left_behind = of_known && of_known->n > known->n;
  const bool second_child = !current.empty() && (known == hello.line.end() || known->incarnation != current);
  if (left_behind || second_child) note_fork(from, now);
}

// One fork is a restored copy. A second one within the hour: two boxes answer for one store, and each would undo the other.
void HubEnd::note_fork(const StoreId& from, Now now) {
  if (planted(Bug::fork_not_counted)) return;
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

// Of two boxes the other one has spoken first, and this one's outbox comes on a stick: the last transaction that the hub and the
// stick have in common, where the hub has something else after it. None: the stick goes on from what the hub has, or nothing
// proves that it does.
std::optional<Applied> HubEnd::parting_of(const StoreId& from, const OutboxText& outbox) {
  const IncarnationId& life = outbox.hello.incarnation;
  const auto has = [&](std::uint64_t n, const Hash& hash) {
    return n == 0 ? hash == Hash{} : authority_.applied_hash(from, life, n) == std::optional(hash);
  };
  std::optional<Applied> common;
  for (const Ops& batch : outbox.batches) {
    if (!common) {
      if (!has(batch.first_n - 1, batch.previous_hash)) return std::nullopt;
      common = Applied{life, batch.first_n - 1, batch.previous_hash};
    }
    for (const Transaction& transaction : batch.transactions) {
      if (!has(transaction.n, transaction.hash)) {
        return authority_.applied_hash(from, life, transaction.n) ? common : std::nullopt;
      }
      common = Applied{life, transaction.n, transaction.hash};
    }
  }
  return std::nullopt;
}

// As its store does it (StoreEnd::open_life). The new life is named for its first transaction: a stick that comes twice opens it
// once.
void HubEnd::open_parted_life(OutboxText& outbox, const Applied& parting) {
  for (Ops& batch : outbox.batches) {
    std::erase_if(batch.transactions, [&](const Transaction& transaction) { return transaction.n <= parting.n; });
  }
  std::erase_if(outbox.batches, [](const Ops& batch) { return batch.transactions.empty(); });
  const IncarnationId life{outbox.batches.front().transactions.front().id.text};
  for (Ops& batch : outbox.batches) {
    batch.incarnation = life;
    if (batch.first_n > parting.n) continue;
    batch.first_n = parting.n + 1;
    batch.previous_hash = parting.hash;
  }
  outbox.hello.line.insert(outbox.hello.line.begin(), parting);
  outbox.hello.incarnation = life;
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
