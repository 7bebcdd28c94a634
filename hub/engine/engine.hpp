// SPDX-License-Identifier: Apache-2.0
// The hub's one thread that writes: takes one item, opens a transaction, lets hub_end think, commits, and only then lets
// anything leave. Network threads and HTTP handlers push into its bounded inbox and never touch the database's write side.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "hub/database/open.hpp"
#include "hub/engine/transaction.hpp"
#include "hub/lending/lending.hpp"
#include "sync/ends/chance.hpp"

namespace vitrine::hub {

inline constexpr std::size_t inbox_items_max = 2000;  // waiting; further messages of stores are dropped, and asked again
inline constexpr std::size_t inbox_bytes_max = 64UL * 1024 * 1024;      // of their payloads
inline constexpr std::int64_t order_lease_ms_min = 24LL * 3600 * 1000;  // where an order says no end of its hold, or an early one
inline constexpr std::int64_t sweep_every_ms = 60'000;                  // for old rows, a few at a time
inline constexpr std::int64_t lend_every_ms = 5'000;                    // a stretch of all stock: some hundred documents
inline constexpr std::size_t lend_bytes = 96UL * 1024;
inline constexpr std::size_t gather_bytes = 96UL * 1024;      // of the stores' streams, told to other stores in one transaction
inline constexpr std::int64_t gather_rest_ms = 100;           // between the stretches of a round
inline constexpr std::int64_t gather_first_ms = 5'000;        // after the start: who connects again comes first
inline constexpr std::int64_t foreign_check_every_ms = 1000;  // has another process (import) committed?

// What arrived on a store's request topic, as it came.
struct StoreRequest {
  sync::StoreId store;  // from the topic, which the broker lets only this store's certificate write
  std::string kind;     // hello, beat, pull, ops
  std::string payload;
  std::string content_type;
  std::string correlation;
};

struct EngineSetup {
  database::Address database;
  sync::ends::Chance chance;
  std::function<Now()> clock;
  std::function<void(std::vector<Outgoing>)> carry_out;  // called on the engine's thread, after the commit
  std::function<void()> foreign_commit;                  // another process has written; may be empty
  LendingRule lending{};
  std::int64_t gather_every_ms = 60'000;  // what stores have is told to the others of their region; 0: to nobody
};

struct EngineCounts {
  std::uint64_t transactions = 0;
  std::uint64_t failures = 0;   // transactions that were rolled back
  std::uint64_t dropped = 0;    // requests for which there was no room
  std::uint64_t malformed = 0;  // requests that could not be read
  std::uint64_t waiting = 0;
  std::uint64_t purged_entries = 0;     // removals and tombstones that left a stream
  std::uint64_t purged_documents = 0;   // tombstones that left the hub
  std::uint64_t expired = 0;            // carts whose time was over
  std::uint64_t loans = 0;              // rights that were lent to stores, or made longer
  std::uint64_t availability_told = 0;  // products of which the stores of a region were told something else
};

class Engine {
 public:
  // Opens the database and starts the thread. Errors: those of open_hub_database.
  static Result<std::unique_ptr<Engine>> start(EngineSetup setup);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Ends the thread after what it is doing; from now on nothing is taken and nothing leaves.
  void stop();

  // From any thread; never waits. A request without room is dropped: stores ask again.
  void offer(StoreRequest request);
  // From any thread: runs `work` in a transaction of its own and answers after its commit.
  // Errors: "hub_busy" (no room, or stopping), and the database's ("disk_full" …): then nothing of it happened.
  Result<void> transact(std::function<void(Desk&)> work);

  [[nodiscard]] EngineCounts counts() const;

  struct Impl;

 private:
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vitrine::hub
