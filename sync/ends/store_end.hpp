// SPDX-License-Identifier: Apache-2.0
// The store's half of the protocol: an event and the time go in, rows (through Replica) and effects come out. No I/O, no
// clock, no thread. The shell opens a transaction, calls one function here, commits, and only then carries the effects out.
// After a rollback the shell throws this object away and makes a new one: everything that must last is in the Replica.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "base/time_point.hpp"
#include "sync/ends/chance.hpp"
#include "sync/ends/replica.hpp"
#include "sync/protocol/messages.hpp"

namespace vitrine::sync::ends {

// What one event asks of the shell, after the commit.
struct StoreEffects {
  std::vector<protocol::StoreMessage> sends;  // to the hub, in order
  std::optional<MonoMs> wake_at;              // call woke() then, at the latest
  std::vector<DocumentKey> changed;           // documents of the own stream whose view may have changed
  std::set<StreamName> streams_moved;         // streams whose base changed (catalog, prices …)
  std::set<StreamName> fills_ended;           // first fills that are complete now: build the search index
  bool link_changed = false;                  // link() answers something new
  bool drop_connection = false;               // nobody answers: let the transport connect anew
};

struct Link {
  bool online = false;  // greeted, and answers are coming
  UtcMs since;          // of this state, store clock
  std::string reason;   // why not: "starting", "no_connection", "no_answer", "history_mismatch", "protocol", "not_admitted"
};

// One action of one person on this store, all or none.
struct LocalAction {
  TransactionId id;  // repeated with the same id, it is the same action
  Nature nature = Nature::intent;
  std::string actor;
  std::vector<Operation> operations;  // salts are filled in here
};

enum class Performance { done, repeated, refused };

struct Performed {
  Performance what = Performance::done;
  std::string reason;  // of a refusal
  StoreEffects effects;
};

class StoreEnd {
 public:
  // `followed`: the shared streams of this store. Reads its state from the replica, which must hold a StoreState.
  StoreEnd(Replica& replica, std::vector<StreamName> followed, std::string software, Chance chance, Now now);

  StoreEffects connected(Now now);
  StoreEffects disconnected(Now now);
  StoreEffects received(const protocol::HubMessage& message, Now now);
  StoreEffects woke(Now now);
  Performed perform(const LocalAction& action, Now now);

  [[nodiscard]] const Link& link() const { return link_; }
  // The best estimate of the hub's time, never behind a time that the hub has named.
  [[nodiscard]] UtcMs hub_time(UtcMs store_clock) const;
  // When the hub last answered, by the hub's time; 0: never.
  [[nodiscard]] UtcMs last_contact() const { return state_.last_contact; }
  // The head that was heard last for a stream; none before.
  [[nodiscard]] std::optional<std::uint64_t> heard(const StreamName& stream) const;

 private:
  struct Following {
    bool own = false;
    std::uint64_t heard = 0;              // the highest head heard in this era
    std::uint64_t heard_when_asked = 0;   // the same when the last pull was sent
    std::optional<MonoMs> pull_deadline;  // a pull is under way until then
    std::size_t pages_due = 0;            // of that pull
    std::optional<MonoMs> pull_at;        // a pull is wanted, but not before
    std::vector<protocol::Page> held;     // pushes that came too early
  };

  // What people see of one document.
  struct Seen {
    std::optional<std::string> body;
    Lineage lineage;   // of the base
    bool own = false;  // there are such transactions
  };

  void go_offline(const std::string& reason, Now now, StoreEffects& out);
  void on(const protocol::Welcome& welcome, Now now, StoreEffects& out);
  void on(const protocol::BeatAnswer& answer, Now now, StoreEffects& out);
  void on(const protocol::Page& page, Now now, StoreEffects& out);
  void on(const protocol::OpsApplied& applied, Now now, StoreEffects& out);
  void on(const protocol::OpsRefused& refused, Now now, StoreEffects& out);
  void on(const protocol::StaleCursor& stale, Now now, StoreEffects& out);
  void on(const protocol::Heads& heads, Now now, StoreEffects& out);

  void heard_clock(UtcMs hub_clock, Now now);
  void heard_from_hub(Now now);
  void hear_head(const StreamName& stream, std::uint64_t head, Now now, bool at_once);
  void say_hello(Now now, StoreEffects& out);
  void pull_what_is_due(Now now, StoreEffects& out);
  void send_outbox(Now now, StoreEffects& out);
  void turned_away(const std::string& reason, Now now, StoreEffects& out);
  bool apply_shared(const protocol::Page& page, StreamState& stream, StoreEffects& out);
  bool apply_own(const protocol::Page& page, StreamState& stream, Now now, StoreEffects& out);
  void release_held(const StreamName& name, StoreEffects& out);
  [[nodiscard]] std::vector<protocol::StreamCursor> cursors() const;
  Seen seen_now(const DocumentKey& key);
  std::vector<DocumentKey> recompute_views(const std::vector<DocumentKey>& touched);
  StoreEffects finish(StoreEffects out, Now now);

  Replica& replica_;
  std::string software_;
  Chance chance_;
  StoreState state_;
  std::map<StreamName, StreamState> streams_;
  std::map<StreamName, Following> following_;
  Link link_;
  Era era_;  // the hub's, as welcomed
  std::string token_;
  std::size_t page_bytes_ = 0;
  bool transport_up_ = false;
  bool greeted_ = false;
  std::uint32_t hellos_unanswered_ = 0;
  std::uint32_t refusals_in_a_row_ = 0;     // of ops, with nothing applied in between
  std::optional<std::uint64_t> staged_to_;  // pages of the own stream are staged up to here
  std::optional<MonoMs> hello_at_;          // say hello (again) then
  std::optional<MonoMs> beat_at_;
  std::optional<MonoMs> answer_deadline_;  // of hello or beat
  std::optional<MonoMs> ops_deadline_;     // a batch is under way until then
  std::uint64_t ops_upto_ = 0;             // its last n
};

}  // namespace vitrine::sync::ends
