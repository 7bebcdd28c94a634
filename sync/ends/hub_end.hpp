// SPDX-License-Identifier: Apache-2.0
// The hub's half of the protocol, over Authority. The shell opens a write transaction, calls receive / perform / put as often
// as belongs together, calls finish() once, commits, and only then sends what finish() gave. Everything that lasts is in the
// Authority; one HubEnd serves one transaction or many, and is thrown away after a rollback.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "sync/ends/admissions.hpp"
#include "sync/ends/authority.hpp"
#include "sync/ends/chance.hpp"
#include "sync/protocol/messages.hpp"
#include "sync/protocol/outbox_file.hpp"
#include "sync/protocol/pass.hpp"
#include "sync/rules/apply.hpp"
#include "sync/rules/verdict.hpp"

namespace vitrine::sync::ends {

// A message to carry out after the commit.
struct HubSend {
  enum class To { reply, live, stream, heads } to = To::reply;
  StoreId store;      // of reply and live
  StreamName stream;  // of stream
  protocol::HubMessage message;
};

// An action of someone at the hub itself: a shopper's phone, an app, an import.
struct HubAction {
  TransactionId id;  // repeated with the same id, it is the same action
  std::string actor;
  std::vector<Operation> operations;
  std::optional<UtcMs> at = std::nullopt;  // when it was done, if that was before now
};

struct HubPerformed {
  enum class What { done, repeated, refused } what = What::done;
  std::string reason;
};

// An operation of a store that was in its scope and took effect, for what the shell keeps beside the documents.
struct TookEffect {
  StoreId store;
  std::string actor;
  UtcMs at;
  DocumentKey document;
  std::string kind;
};

// What operators must hear of, after the commit.
struct HubNotice {
  std::string code;  // "era_begun", "era_not_believed", "history_lost", "store_frozen", "store_quarantined", "poisoned",
                     // "audit_broken"
  StoreId store;     // that showed it
  std::string text;
};

class HubEnd {
 public:
  // `admissions`: who may fill; none: everyone.
  HubEnd(Authority& authority, Chance chance, Admissions* admissions = nullptr);

  // The door to the rules; another one only in tests, to see what becomes of rules that fail.
  using Rules = std::function<rules::Verdict<std::optional<std::string>>(const std::optional<std::string>&, const Operation&,
                                                                         const rules::ApplyContext&)>;
  void use_rules(Rules rules) { rules_ = std::move(rules); }

  // A message that could not be read, by its error's code: refused, counted, and after some the store is not heard for a while.
  void unreadable(const StoreId& from, const std::string& code, Now now);

  // A store's message; `from` is the common name of its certificate, never something in the payload.
  void receive(const StoreId& from, const protocol::StoreMessage& message, Now now);

  // A store's outbox that did not come over the wire, its origin proven: judged as if the store had sent it. The first answers
  // up to which n the hub has it, and where it has parted from what the hub has, puts it into the life that the store would have
  // opened; the second answers as take_in does.
  std::uint64_t import_greeting(const StoreId& from, protocol::OutboxText& outbox, Now now);
  std::optional<protocol::HubMessage> import_batch(const StoreId& from, const protocol::Ops& ops, Now now);

  HubPerformed perform(const HubAction& action, Now now);

  // Puts a document as a platform gives it. Mints a version only when the body differs; answers whether it did.
  bool put(const DocumentKey& key, std::string body, Now now);
  // A tombstone. False when there was nothing to remove.
  bool remove(const DocumentKey& key, Now now);

  // Erasure of a customer, by the retailer's number: hub_erasure.cpp. Once done it only finds what has come up since.
  struct Erasure {
    std::string tag;        // the name of the `erasure` document
    bool repeated = false;  // it was known
    std::size_t customers = 0, carts = 0, orders = 0, requests = 0, events = 0;
  };
  Erasure erase(const CustomerId& person, Now now);
  // Whoever bears one of these tags, and was not known here to be erased: a database that was set back. Answers how many.
  std::size_t erase_again(const std::vector<std::string>& tags, Now now);

  // Documents that were lent to stores for a time that is over leave them; at most some hundreds a call.
  void take_back_lent(Now now);

  // Removals and tombstones that every store of a stream has been told leave it, and long-dead documents that stand nowhere leave
  // the hub. Looks at the streams after `place`, a bounded number; the next call goes on where this one ended.
  struct Purged {
    StreamName place;  // empty: all streams were looked at
    std::size_t entries = 0;
    std::size_t documents = 0;
  };
  Purged purge(const StreamName& place, Now now);
  // Carts whose time is over become tombstones, customers who stand with a store are renewed; at most some hundreds a call.
  // Answers how many were looked at.
  std::size_t expire(Now now);

  // Ends the transaction's thinking: replies, and the page of every stream that it changed.
  std::vector<HubSend> finish(Now now);

  // Of every batch received so far; repeats and refused operations are not in it.
  [[nodiscard]] const std::vector<TookEffect>& took_effect() const { return took_effect_; }

  // What happened since it was asked last that operators must hear of.
  std::vector<HubNotice> take_notices() { return std::exchange(notices_, {}); }

  // The heads of all shared streams, said every 15 s and after another process wrote.
  HubSend heads(Now now);
  // A store's own head, for after another process wrote into its stream.
  HubSend own_head(const StoreId& store, Now now);

 private:
  // One document while a transaction is tried: as it was, and as the operations so far have left it.
  struct Draft {
    std::optional<Document> before;
    std::optional<std::string> body;
    bool admitted = false;  // an operation of this transaction was in scope
  };
  using Drafts = std::map<DocumentKey, Draft>;

  // A store that shows a history which this hub does not have: a higher era begins, before anything is answered.
  void weigh_history(const StoreId& from, const protocol::StoreMessage& message, Now now);
  std::string missing_history(const StoreId& from, const protocol::StoreMessage& message);
  void pass_over_forgotten(const StoreId& from, const protocol::Hello& hello, Now now, protocol::Welcome& welcome);
  bool has_lost_eras();
  std::vector<Era> eras_told();
  // What is left to fill according to these cursors.
  bool has_to_fill(const StoreId& store, const std::vector<protocol::StreamCursor>& cursors);
  std::int64_t admit(const StoreId& store, const std::vector<protocol::StreamCursor>& cursors, Now now);
  void on(const StoreId& from, const protocol::Hello& hello, Now now);
  void on(const StoreId& from, const protocol::Beat& beat, Now now);
  void on(const StoreId& from, const protocol::Pull& pull, Now now);
  void on(const StoreId& from, const protocol::Ops& ops, Now now);
  void on(const StoreId& from, const protocol::Chain& chain, Now now);
  void on(const StoreId& from, const protocol::Ask& ask, Now now);
  // Empty: the store may see the document that it asks for.
  std::string not_for(const StoreId& from, const protocol::Ask& ask, Now now, DocumentKey& wanted);
  // hub_audit.cpp
  void keep_audit(const StoreId& from, const std::vector<Operation>& operations, const Draft& draft);
  // hub_holds.cpp
  std::string hold_elsewhere(const StoreId& from, const protocol::Ask& ask, Now now);
  std::string customer_not_for(const StoreId& from, const protocol::Ask& ask, Now now, DocumentKey& wanted);
  void lend(const StoreId& store, const DocumentKey& key, UtcMs until);
  void lend_longer(const StoreId& store, const DocumentKey& used, UtcMs used_at);
  std::vector<protocol::TrustedKey> trusted_keys();
  bool is_silent_for(const StoreId& store, Now now);
  bool hears(const StoreId& from, const protocol::StoreMessage& message, Now now);
  void offend(const StoreId& from, const std::string& offence, Now now);
  std::optional<Applied> parting_of(const StoreId& from, const protocol::OutboxText& outbox);
  static void open_parted_life(protocol::OutboxText& outbox, const Applied& parting);
  void meet_life(const StoreId& from, const protocol::Hello& hello, Now now, protocol::Welcome& welcome);
  void note_fork(const StoreId& from, Now now);
  void refuse(const StoreId& from, const std::string& code, const std::string& offence, Now now);
  // The batch without its envelope: what it is answered with; none where nothing can be said yet.
  std::optional<protocol::HubMessage> take_in(const StoreId& from, const protocol::Ops& ops, Now now);
  // False: the rules failed on it, and it is to be tried again.
  bool take_in(const StoreId& from, const IncarnationId& incarnation, const Transaction& transaction, Now now);
  void on(const StoreId& from, const protocol::DigestQuestion& question, Now now);
  void reply(const StoreId& to, protocol::HubMessage message);
  void answer_fill(const StoreId& from, const protocol::Pull& pull);
  void answer_run(const StoreId& from, const protocol::Pull& pull);
  // hub_digests.cpp
  void answer_repair(const StoreId& from, const protocol::Pull& pull);
  bool may_read(const StoreId& store, const StreamName& stream, Now now);
  bool stale(const protocol::Pull& pull);
  // Tries the operations, of the store's transaction in that life, or of the hub itself (no store, no life); empty reason: all
  // took effect. Mints a version for every document that they name, changed or not.
  std::string apply(const TransactionId& id, Nature nature, const std::string& actor, const std::vector<Operation>& operations,
                    const StoreId* store, const IncarnationId& life, UtcMs at);
  // Empty: the store may do this to that document.
  std::string refused_to(const StoreId& from, const Operation& operation, const Draft& draft, const Drafts& drafts);
  static std::optional<std::string> beside(const Drafts& drafts, const DocumentKey& key);
  void mint(const DocumentKey& key, const std::optional<Document>& before, std::optional<std::string> body,
            const StoreId* acting);
  void place(const DocumentKey& key, const std::optional<std::string>& before, const std::optional<std::string>& body,
             const StoreId* acting);
  // hub_people.cpp: a customer and their consents stand beside each other, wherever the one is.
  void place_person(const DocumentKey& key, const std::optional<std::string>& before, const std::optional<std::string>& body,
                    const StoreId* acting);
  bool belongs(const CustomerId& person, const StreamName& stream);
  bool accompanies(const CustomerId& person, const StreamName& stream);
  void stand_at(const CustomerId& person, const StreamName& stream);
  void leave(const CustomerId& person, const StreamName& stream);
  // hub_about_person.cpp: what is about somebody stands where they do, while they agree to that.
  bool is_person_here(const DocumentKey& key);
  static bool shares(const std::optional<std::string>& consents, std::string_view purpose);  // a register's body
  bool shares(const CustomerId& person, std::string_view purpose);
  void place_about_person(const DocumentKey& key, const std::optional<std::string>& before,
                          const std::optional<std::string>& body, const StoreId* acting);
  void bring_about(std::string_view kind, const CustomerId& person, const StreamName& stream);
  void take_about(std::string_view kind, const CustomerId& person, const StreamName& stream);
  void bring_about_person(const CustomerId& person, const StreamName& stream);
  void take_about_person(const CustomerId& person, const StreamName& stream);
  void share_about_person(const CustomerId& person, const std::optional<std::string>& before,
                          const std::optional<std::string>& consents);
  std::size_t forget_about_person(const CustomerId& person);
  void forget_oldest(const CustomerId& person, std::string_view kind);
  // hub_erasure.cpp
  Erasure forget_people(const std::set<std::string>& tags);
  bool is_of_erased(const DocumentKey& key, const std::string& body);
  // They stay for another while, where their time is near; `placing`: though they stand nowhere yet.
  void renew(const CustomerId& person, bool placing);
  static std::optional<UtcMs> renewal_of(const std::optional<std::string>& customer);
  void append(const StreamName& stream, const DocumentKey& key, bool removal);
  void write_outcome(const StoreId& store, const Transaction& transaction, const std::string& reason, UtcMs at);
  std::uint64_t told_to_all(const StreamName& stream, Now now);
  [[nodiscard]] Version next_version(const DocumentKey& key, const std::optional<Document>& before);
  std::vector<StreamName> shared_streams_of(const StoreId& store);
  protocol::HeadOf head_of(const StreamName& stream);
  std::optional<HubSend> page_of_changes(const StreamName& stream, std::uint64_t from, Now now);

  Authority& authority_;
  Chance chance_;
  UtcMs now_;  // of the call that is being answered
  Admissions* admissions_;
  std::vector<HubSend> sends_;
  std::vector<TookEffect> took_effect_;
  std::vector<HubNotice> notices_;
  Rules rules_;
  std::string rules_failure_;                         // of the transaction tried last; empty: they worked
  std::map<StreamName, std::uint64_t> changed_from_;  // stream → its head before this transaction
};

}  // namespace vitrine::sync::ends
