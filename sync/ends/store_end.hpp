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
#include "sync/ends/shared_past.hpp"
#include "sync/protocol/messages.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

// Something that operators must hear of: a line of the log, after the commit. No personal data.
struct Notice {
  std::string code;  // "history_parted", "outbox_set_aside"
  std::string detail;
};

// How long acknowledged transactions are kept, for a hub that comes back from an older backup.
struct Keeping {
  std::int64_t days = tuning::outbox_keep_days;
  std::uint64_t bytes = tuning::outbox_keep_bytes;  // above it, those inside the hub's verified backup go earlier
};

// What became of a question. Empty code: what was asked for is in the base.
struct AskResult {
  TransactionId id;
  std::string code;  // the hub's, or "offline", "no_answer"
};

// A stream's documents were compared with the hub's by buckets, and what differed is being fetched: for the log.
struct Repair {
  StreamName stream;
  bool stale = false;       // the cursor was of another history or too old; else the digests differed: a bug, or a damaged disk
  std::size_t buckets = 0;  // of 256
  std::size_t untrue = 0;   // documents here that were not what they had been
};

// What one event asks of the shell, after the commit.
struct StoreEffects {
  std::vector<protocol::StoreMessage> sends;  // to the hub, in order
  std::optional<MonoMs> wake_at;              // call woke() then, at the latest
  std::vector<DocumentKey> changed;           // documents of the own stream whose view may have changed
  bool much_changed = false;                  // so many of them that they are not named: everything is to be read anew
  std::set<StreamName> streams_moved;         // streams whose base changed (catalog, prices …)
  std::set<StreamName> fills_ended;           // first fills that are complete now: build the search index
  std::vector<std::string> erased;            // tags of people of whom something was here, and is not any more
  std::vector<Notice> notices;
  std::vector<AskResult> answers;  // of ask()
  std::vector<Repair> repairs;     // that began
  bool link_changed = false;       // link() answers something new
  bool drop_connection = false;    // nobody answers: let the transport connect anew
};

struct Link {
  bool online = false;  // greeted, and answers are coming
  UtcMs since;          // of this state, store clock
  std::string reason;   // why not: "starting", "no_connection", "no_answer", "history_mismatch", "protocol", "not_admitted",
                        // "frozen", "quarantined"
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
  // A question for what is not placed here; its result comes with a later event's effects, within tuning::ask_for_ms.
  // None: the store is offline, or too much is asked at once. Asked again with the same id, it is the same question.
  std::optional<StoreEffects> ask(const protocol::Ask& question, Now now);

  // Of a process that begins: what the disk may have damaged while nobody looked. What is found is not shown, and asked for.
  void look_over(Now now);

  // Puts the views of these documents, and of those that stand in one transaction with them, by replay; answers which. Every
  // page does so by itself; from outside it is for a check of the rows.
  std::vector<DocumentKey> recompute_views(const std::vector<DocumentKey>& touched);

  [[nodiscard]] const StoreState& state() const { return state_; }
  void keep(const Keeping& keeping) { keeping_ = keeping; }

  // The two clocks when the state was last sure of the hub's time; a fresh StoreEnd of the same process goes on from there.
  [[nodiscard]] const std::optional<Now>& clock_at() const { return clock_at_; }
  void go_on_from(const std::optional<Now>& clock_at) { clock_at_ = clock_at; }

  [[nodiscard]] const Link& link() const { return link_; }
  // The best estimate of the hub's time, never behind a time that the hub has named.
  [[nodiscard]] UtcMs hub_time(UtcMs store_clock) const;
  // When the hub last answered, by the hub's time; 0: never.
  [[nodiscard]] UtcMs last_contact() const { return state_.last_contact; }
  // The head that was heard last for a stream; none before.
  [[nodiscard]] std::optional<std::uint64_t> heard(const StreamName& stream) const;
  // Of pushes that came too early, in memory.
  [[nodiscard]] std::size_t held_bytes() const;

 private:
  struct Following {
    bool own = false;
    std::uint64_t heard = 0;                                                         // the highest head heard in this era
    std::uint64_t heard_when_asked = 0;                                              // the same when the last pull was sent
    std::optional<MonoMs> pull_deadline;                                             // a pull is under way until then
    std::size_t pages_due = 0;                                                       // of that pull
    std::optional<MonoMs> pull_at;                                                   // a pull is wanted, but not before
    std::vector<protocol::Page> held;                                                // pushes that came too early
    enum class Compare { none, stale, differs, recounted } compare = Compare::none;  // buckets, next: why
    std::size_t untrue = 0;                                                          // leaves that a recount put right
    std::int64_t repair_pause_ms = 0;                                                // a repair did not help: the next one waits
    std::optional<MonoMs> repair_after;
    bool check = false;          // to be pulled at its head too, for the digest
    bool staged_repair = false;  // own stream: what is staged begins with a repair
  };

  struct Question {
    protocol::Ask ask;
    std::optional<MonoMs> again_at;      // none: answered, and the documents are on their way
    MonoMs until;                        // then the person is told
    std::vector<DocumentKey> documents;  // of the answer
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
  void on(const protocol::ChainAnswer& answer, Now now, StoreEffects& out);
  void on(const protocol::AskAnswer& answer, Now now, StoreEffects& out);
  void go_on_asking(Now now, StoreEffects& out);

  // Eras: store_eras.cpp.
  bool is_of_another_era(const protocol::HubMessage& message, Now now);
  void take_up_era(const Era& era);
  std::optional<Applied> kept_after();
  [[nodiscard]] bool is_behind(const StreamName& name) const;
  std::vector<DocumentKey> move_ack(const std::vector<Applied>& acknowledged, bool replaced);
  void on(const protocol::DifferingBuckets& answer, Now now, StoreEffects& out);

  void heard_clock(UtcMs hub_clock, Now now);
  void follow_clock(Now now);
  void heard_from_hub(Now now);
  void hear_head(const StreamName& stream, std::uint64_t head, Now now, bool at_once);
  void say_hello(Now now, StoreEffects& out);
  void pull_what_is_due(Now now, StoreEffects& out);
  void send_outbox(Now now, StoreEffects& out);
  void send_only(const protocol::Welcome& welcome, Now now, StoreEffects& out);
  void turned_away(const std::string& reason, Now now, StoreEffects& out);
  bool apply_shared(const protocol::Page& page, StreamState& stream, StoreEffects& out);
  bool chain_has(const protocol::Page& page, Now now, StoreEffects& out);
  bool apply_own(const protocol::Page& page, Following& following, StreamState& stream, Now now, StoreEffects& out);
  void take_page(const protocol::Page& page, Following& following, StreamState& stream, Now now, StoreEffects& out);
  struct Arrival {
    bool staged = false;     // there are entries before these
    bool hubs_word = false;  // a repair: whatever the version
  };
  void enter_own(const std::vector<PageEntry>& last, const protocol::Page& page, Arrival arrival, StreamState& stream,
                 StoreEffects& out);
  void enter_portion(const std::vector<PageEntry>& entries, const StreamName& stream, bool hubs_word,
                     std::vector<DocumentKey> also, StoreEffects& out);
  void hold(const protocol::Page& page, Following& following);
  void release_held(const StreamName& name, Now now, StoreEffects& out);
  // store_expiry.cpp
  void note_expiry(const DocumentKey& key, const std::optional<UtcMs>& at);
  void forget_expired(Now now, StoreEffects& out);
  // store_erasure.cpp
  void erase(const protocol::Page& page, StoreEffects& out);
  void forget_at_once(const DocumentKey& key, StoreEffects& out);
  void scrub_erased(std::vector<Operation>& operations);
  void drop_after_silence(Now now, StoreEffects& out);
  // store_digests.cpp
  void compare_digest(const StreamName& name, const Cursor& at, const std::optional<Sum128>& digest, Now now);
  bool ask_for_repair(const StreamName& name, Now now, StoreEffects& out);
  bool apply_repair(const protocol::Page& page, Following& following, StreamState& stream, StoreEffects& out);
  void drop_own_repair();
  void check_base(Now now);
  // store_damage.cpp
  bool is_whole(const Transaction& transaction);
  void set_damaged_aside(std::uint64_t n, Now now, StoreEffects& out);
  [[nodiscard]] std::vector<protocol::StreamCursor> cursors() const;
  std::optional<Hash> own_hash(std::uint64_t n);
  bool history_fits(const protocol::Welcome& welcome, Now now, StoreEffects& out);
  void go_on_searching(Now now, StoreEffects& out);
  void open_life(std::uint64_t n, const Hash& hash, StoreEffects& out);
  void begin_anew(StoreEffects& out);
  void forget_what_is_old(Now now);
  void settle_doubt(StoreEffects& out);
  std::uint64_t covered_by(const std::vector<Applied>& applied);
  Seen seen_now(const DocumentKey& key);
  StoreEffects finish(StoreEffects out, Now now);

  Replica& replica_;
  std::string software_;
  Chance chance_;
  StoreState state_;
  std::vector<Applied> line_;         // lives that this one continues, newest first
  std::optional<SharedPast> search_;  // for the last common n with the hub
  Era search_era_;
  Keeping keeping_;
  bool dropped_ = false;              // the documents of people, since nobody was heard for too long
  UtcMs hub_now_;                     // of the event that is being thought about
  std::optional<Now> clock_at_;       // the two clocks when the hub's was heard last; none: not yet in this process
  std::optional<UtcMs> next_expiry_;  // something is to be forgotten then
  std::uint64_t safe_n_ = 0;          // inside the hub's last verified backup, as welcomed
  std::map<TransactionId, Question> questions_;
  std::map<StreamName, StreamState> streams_;
  std::map<StreamName, Following> following_;
  Link link_;
  Era era_;  // the hub's, as welcomed
  std::string token_;
  std::size_t page_bytes_ = 0;
  bool transport_up_ = false;
  bool greeted_ = false;
  bool send_only_ = false;        // greeted by a hub that speaks another version: only transactions go up
  bool hello_under_way_ = false;  // a welcome that nobody asked for is an old one
  std::uint32_t hellos_unanswered_ = 0;
  std::uint32_t refusals_in_a_row_ = 0;     // of ops, with nothing applied in between
  std::uint32_t pages_refused_ = 0;         // of the own stream, with none taken in between
  std::optional<std::uint64_t> staged_to_;  // pages of the own stream are staged up to here
  std::uint64_t staged_head_ = 0;           // the newest state that one of them was read from
  DocumentKey checked_to_;                  // bodies were read against their leaves up to here
  std::optional<MonoMs> hello_at_;          // say hello (again) then
  std::optional<MonoMs> beat_at_;
  std::optional<MonoMs> answer_deadline_;  // of hello or beat
  std::optional<MonoMs> ops_deadline_;     // a batch is under way until then
  std::uint64_t ops_upto_ = 0;             // its last n
};

}  // namespace vitrine::sync::ends
