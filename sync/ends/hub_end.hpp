// SPDX-License-Identifier: Apache-2.0
// The hub's half of the protocol, over Authority. The shell opens a write transaction, calls receive / perform / put as often
// as belongs together, calls finish() once, commits, and only then sends what finish() gave. Everything that lasts is in the
// Authority; one HubEnd serves one transaction or many, and is thrown away after a rollback.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "sync/ends/authority.hpp"
#include "sync/ends/chance.hpp"
#include "sync/protocol/messages.hpp"

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
};

struct HubPerformed {
  enum class What { done, repeated, refused } what = What::done;
  std::string reason;
};

class HubEnd {
 public:
  HubEnd(Authority& authority, Chance chance);

  // A store's message; `from` is the common name of its certificate, never something in the payload.
  void receive(const StoreId& from, const protocol::StoreMessage& message, Now now);

  HubPerformed perform(const HubAction& action, Now now);

  // Puts a document as a platform gives it. Mints a version only when the body differs; answers whether it did.
  bool put(const DocumentKey& key, std::string body, Now now);
  // A tombstone. False when there was nothing to remove.
  bool remove(const DocumentKey& key, Now now);

  // Ends the transaction's thinking: replies, and the page of every stream that it changed.
  std::vector<HubSend> finish(Now now);

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

  void on(const StoreId& from, const protocol::Hello& hello, Now now);
  void on(const StoreId& from, const protocol::Beat& beat, Now now);
  void on(const StoreId& from, const protocol::Pull& pull, Now now);
  void on(const StoreId& from, const protocol::Ops& ops, Now now);
  void reply(const StoreId& to, protocol::HubMessage message);
  void answer_fill(const StoreId& from, const protocol::Pull& pull);
  void answer_run(const StoreId& from, const protocol::Pull& pull);
  // Tries the operations; empty reason: all took effect. Mints a version for every document that they name, changed or not.
  std::string apply(const TransactionId& id, Nature nature, const std::string& actor, const std::vector<Operation>& operations,
                    const StoreId* store, UtcMs at);
  // Empty: the store may do this to that document.
  std::string out_of_scope(const StoreId& from, const Operation& operation, const Draft& draft);
  void mint(const DocumentKey& key, const std::optional<Document>& before, std::optional<std::string> body,
            const StoreId* acting);
  void place(const DocumentKey& key, const std::optional<std::string>& before, const std::optional<std::string>& body,
             const StoreId* acting);
  bool accompanies(const CustomerId& person, const StreamName& stream);
  void append(const StreamName& stream, const DocumentKey& key, bool removal);
  void write_outcome(const StoreId& store, const Transaction& transaction, const std::string& reason, UtcMs at);
  std::vector<StreamName> shared_streams_of(const StoreId& store);
  protocol::HeadOf head_of(const StreamName& stream);
  std::optional<HubSend> page_of_changes(const StreamName& stream, std::uint64_t from, Now now);

  Authority& authority_;
  Chance chance_;
  std::vector<HubSend> sends_;
  std::map<StreamName, std::uint64_t> changed_from_;  // stream → its head before this transaction
};

}  // namespace vitrine::sync::ends
