// SPDX-License-Identifier: Apache-2.0
// The loop: take one item, open a transaction, let store_end think, commit, and only then carry the effects out. One thread
// runs it and owns the writing connection. Follow a cart from the hub: received() → apply() → carry_out() → event feed.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "edge/daemon/audit_teller.hpp"
#include "edge/daemon/inbox.hpp"
#include "edge/daemon/witness.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/database/replica.hpp"
#include "edge/local_api/alerts.hpp"
#include "edge/local_api/event_feed.hpp"
#include "edge/local_api/surroundings.hpp"
#include "sync/ends/chance.hpp"
#include "sync/ends/store_end.hpp"

namespace vitrine::edge::daemon {

inline constexpr std::int64_t greet_again_ms = 5'000;          // after a commit that failed: the disk may be free again
inline constexpr std::int64_t alert_look_ms = 1'000;           // after a change: one look at several
inline constexpr std::int64_t alert_rest_ms = 10L * 60'000;    // a look at least so often, whatever a clock does
inline constexpr std::int64_t measures_said_ms = 5L * 60'000;  // the hub hears of an hour so soon after it
inline constexpr std::int64_t catalog_event_ms = 1'000;        // a fill of hundreds of pages is one event a second
inline constexpr std::int64_t empty_log_ms = 60'000;           // what was deleted leaves the write-ahead log by then
inline constexpr std::int64_t empty_log_again_ms = 2'000;      // somebody was reading

struct DaemonSetup {
  sync::StoreId store;
  std::string zone;
  std::string region;
  std::string software;
  sync::ends::Chance chance;
  sync::ends::Keeping keeping{};
  std::function<Now()> now;
  // Effects, after the commit. None of them may block.
  std::function<void(const sync::protocol::StoreMessage&)> send;
  std::function<void()> drop_connection;
  std::function<void(bool)> enable_link;
  std::function<void()> search_fell_behind;
  std::function<void(local_api::AlertLevel)> show_level =
      {};                      // how urgently somebody is needed, when that changed; nothing: to nobody
  Witness* witness = nullptr;  // outlives the loop; none: nothing is doubted
};

class Daemon {
 public:
  // Errors: "store_mismatch" (the database is another store's), SQLite's.
  static Result<std::unique_ptr<Daemon>> create(DaemonSetup setup, std::unique_ptr<database::Connection> connection, Inbox& inbox,
                                                local_api::EventFeed& feed, local_api::LinkBoard& board);

  // Until Stop. An error is the disk's, and fatal: the process must end, and start again from what is on the disk.
  std::optional<Error> run();

  // One item, or with none: what is due by now. For run() and for tests.
  std::optional<Error> step(std::optional<Item> item);
  [[nodiscard]] bool link_enabled() const { return link_enabled_; }
  // When step() is to be called without an item, at the latest.
  [[nodiscard]] std::optional<MonoMs> due_at() const;

 private:
  Daemon(DaemonSetup setup, std::unique_ptr<database::Connection> connection, Inbox& inbox, local_api::EventFeed& feed,
         local_api::LinkBoard& board);

  using Work = std::function<void(sync::ends::StoreEffects&, Now)>;
  std::optional<Error> in_one_transaction(const Work& work, const std::function<void()>& committed = {});
  void make_store_end(Now now);
  void bear_witness(Now now);
  void carry_out(const sync::ends::StoreEffects& effects, Now now);
  void publish_changes(const sync::ends::StoreEffects& effects, Now now);
  void show_link();
  void do_what_is_due();
  void look_at_alerts();
  void look_soon(Now now);
  void tell_audit();
  void tell_audit_soon(Now now);
  void follow_line(Now now);
  [[nodiscard]] bool is_cut_off(Now now) const { return cut_off_at_ && *cut_off_at_ <= now.mono; }
  void measure_minute(Now now);
  void say_measures(Now now);
  void show_level();

  void handle(HubConnected&);
  void handle(HubDisconnected&);
  void handle(HubSaid& said);
  void handle(Command& command);
  void perform(Command& command, bool may_wait, const std::string& hub_said = {});
  void take_answers();
  void handle(SwitchLink& request);
  // drill.cpp
  void handle(RunDrill& request);
  Result<void> start_drill(const local_api::DrillOrder& order);
  Result<void> end_drill(local_api::DrillEnd how, const local_api::DrillOrder& order = {});
  // In the transaction of the opening: one that ran ended with the process.
  void end_drill_of_before(Now now);
  void handle(SearchReached& reached);
  void handle(Stop&) { stopping_ = true; }

  DaemonSetup setup_;
  database::SqliteReplica replica_;
  database::Reader reader_;  // through the writer's connection
  Inbox& inbox_;
  local_api::EventFeed& feed_;
  local_api::LinkBoard& board_;
  std::unique_ptr<sync::ends::StoreEnd> end_;
  bool transport_up_ = false;
  bool link_enabled_ = true;
  bool stopping_ = false;
  std::optional<Error> fatal_;
  std::multimap<sync::TransactionId, Command> waiting_;  // for the hub's answer to a question
  std::vector<sync::ends::AskResult> answers_;
  std::optional<MonoMs> wake_at_;
  std::optional<Now> clock_at_;  // as of the last commit
  std::optional<MonoMs> greet_at_;
  std::optional<MonoMs> catalog_event_at_;
  std::optional<MonoMs> settle_at_;
  std::optional<MonoMs> drill_ends_at_;  // none: no drill runs
  local_api::DrillBoard drill_;
  local_api::AlertWatch alerts_;
  std::optional<MonoMs> alerts_at_;             // the next look
  std::optional<local_api::AlertLevel> level_;  // as it was shown
  bool alerts_changed_ = false;                 // by what is being committed
  AuditTeller audit_;
  std::optional<MonoMs> audit_at_;      // the next look at it
  std::uint64_t audit_n_ = 0;           // its last line, as of the last commit
  std::optional<MonoMs> cut_off_at_;    // when a line that is down counts as cut; none: it is up
  std::optional<MonoMs> minute_at_;     // the next minute of it to be measured
  std::optional<MonoMs> measures_at_;   // the next time that the hub is told what was measured
  std::optional<MonoMs> empty_log_at_;  // none: nothing was written since
  bool much_read_ = true;               // since then, or as the store was opened: memory can be given back
  Witnessed witnessed_;
};

}  // namespace vitrine::edge::daemon
