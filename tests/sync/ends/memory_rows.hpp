// SPDX-License-Identifier: Apache-2.0
// Rows in memory for tests of the two ends: honest implementations of Replica and Authority, without any I/O.
#pragma once

#include <map>
#include <set>

#include "sync/ends/authority.hpp"
#include "sync/ends/replica.hpp"

namespace vitrine::sync::ends {

class MemoryReplica final : public Replica {
 public:
  explicit MemoryReplica(StoreState state) : state_(std::move(state)) {}

  std::optional<Error> failure() const override { return std::nullopt; }
  StoreState state() override { return state_; }
  void put_state(const StoreState& state) override { state_ = state; }
  std::vector<StreamState> streams() override {
    std::vector<StreamState> out;
    for (const auto& [name, stream] : streams_) out.push_back(stream);
    return out;
  }
  void put_stream(const StreamState& stream) override { streams_[stream.stream] = stream; }
  std::optional<Document> base(const DocumentKey& key) override {
    const auto found = base_.find(key);
    if (found == base_.end()) return std::nullopt;
    return found->second.document;
  }
  void put_base(const StreamName& stream, const PageEntry& entry) override {
    if (entry.removal) {
      base_.erase(entry.key);
    } else {
      base_[entry.key] = {stream, {entry.key, entry.lineage, entry.body}};
    }
  }
  void forget_stream(const StreamName& stream) override {
    std::erase_if(base_, [&](const auto& row) { return row.second.stream == stream; });
  }
  void stage(const std::vector<PageEntry>& entries) override { staged_.insert(staged_.end(), entries.begin(), entries.end()); }
  std::vector<PageEntry> staged() override { return staged_; }
  void clear_staged() override { staged_.clear(); }
  void put_view(const DocumentKey& key, const std::optional<std::string>& body) override { view_[key] = body; }
  void drop_view(const DocumentKey& key) override { view_.erase(key); }
  std::optional<Overlay> overlay(const DocumentKey& key) override {
    const auto found = view_.find(key);
    return found == view_.end() ? std::nullopt : std::optional(Overlay{found->second});
  }
  void append(const Transaction& transaction) override { outbox_.push_back(transaction); }
  std::vector<Transaction> transactions_after(std::uint64_t n, std::size_t count_max, std::size_t) override {
    std::vector<Transaction> out;
    for (const Transaction& t : outbox_) {
      if (t.n > n && out.size() < count_max) out.push_back(t);
    }
    return out;
  }
  std::optional<std::uint64_t> n_of(const TransactionId& id) override {
    for (const Transaction& t : outbox_) {
      if (t.id == id) return t.n;
    }
    return std::nullopt;
  }
  std::optional<Hash> hash_at(std::uint64_t n) override {
    for (const Transaction& t : outbox_) {
      if (t.n == n) return t.hash;
    }
    return std::nullopt;
  }
  std::vector<Transaction> transactions_on(const DocumentKey& key, std::uint64_t after) override {
    std::vector<Transaction> out;
    for (const Transaction& t : outbox_) {
      if (t.n > after && names(t, key)) out.push_back(t);
    }
    return out;
  }
  std::vector<DocumentKey> documents_named(std::uint64_t after, std::uint64_t upto) override {
    std::set<DocumentKey> out;
    for (const Transaction& t : outbox_) {
      if (t.n <= after || t.n > upto) continue;
      for (const Operation& operation : t.operations) out.insert(operation.document);
    }
    return {out.begin(), out.end()};
  }

  // What people see.
  std::optional<std::string> seen(const DocumentKey& key) {
    const auto own = view_.find(key);
    if (own != view_.end()) return own->second;
    const auto found = base(key);
    return found ? found->body : std::nullopt;
  }
  // Key → version and body, live documents and tombstones alike.
  std::map<DocumentKey, std::pair<Version, std::optional<std::string>>> base_rows(const StreamName& stream) const {
    std::map<DocumentKey, std::pair<Version, std::optional<std::string>>> out;
    for (const auto& [key, row] : base_) {
      if (row.stream == stream) out[key] = {row.document.lineage.now, row.document.body};
    }
    return out;
  }
  std::size_t overlays() const { return view_.size(); }

 private:
  struct Row {
    StreamName stream;
    Document document;
  };
  static bool names(const Transaction& t, const DocumentKey& key) {
    for (const Operation& operation : t.operations) {
      if (operation.document == key) return true;
    }
    return false;
  }

  StoreState state_;
  std::map<StreamName, StreamState> streams_;
  std::map<DocumentKey, Row> base_;
  std::vector<PageEntry> staged_;
  std::map<DocumentKey, std::optional<std::string>> view_;
  std::vector<Transaction> outbox_;
};

class MemoryAuthority final : public Authority {
 public:
  explicit MemoryAuthority(std::vector<StoreId> stores) : stores_(std::move(stores)) {}

  std::optional<Error> failure() const override { return std::nullopt; }
  Era era() override { return {1, "000102030405060708090a0b0c0d0e0f"}; }
  std::optional<Document> document(const DocumentKey& key) override {
    const auto found = documents_.find(key);
    if (found == documents_.end()) return std::nullopt;
    return found->second;
  }
  void put_document(const Document& document) override { documents_[document.key] = document; }
  std::uint64_t append(const StreamName& name, const DocumentKey& key, bool removal) override {
    Stream& stream = streams_[name];
    std::erase_if(stream.entries, [&](const auto& row) { return row.second.key == key; });
    stream.entries[++stream.head] = {key, removal};
    return stream.head;
  }
  std::uint64_t head(const StreamName& name) override { return streams_[name].head; }
  std::uint64_t horizon(const StreamName&) override { return 0; }
  std::vector<StreamHead> heads() override {
    std::vector<StreamHead> out;
    for (const auto& [name, stream] : streams_) out.push_back({name, stream.head});
    return out;
  }
  std::vector<StreamEntry> entries_after(const StreamName& name, std::uint64_t after, std::size_t bytes_max) override {
    std::vector<StreamEntry> out;
    std::size_t bytes = 0;
    for (auto it = streams_[name].entries.upper_bound(after); it != streams_[name].entries.end() && bytes < bytes_max; ++it) {
      out.push_back({it->first, entry(it->second)});
      bytes += 1 + out.back().entry.body.value_or("").size();
    }
    return out;
  }
  std::vector<PageEntry> live_after(const StreamName& name, const DocumentKey& after, std::size_t bytes_max) override {
    std::map<DocumentKey, Entry> live;
    for (const auto& [seq, row] : streams_[name].entries) {
      if (!row.removal && row.key > after && documents_.at(row.key).body) live[row.key] = row;
    }
    std::vector<PageEntry> out;
    std::size_t bytes = 0;
    for (const auto& [key, row] : live) {
      if (bytes >= bytes_max) break;
      out.push_back(entry(row));
      bytes += 1 + out.back().body->size();
    }
    return out;
  }
  std::vector<StreamName> streams_of(const DocumentKey& key) override {
    std::vector<StreamName> out;
    for (const auto& [name, stream] : streams_) {
      for (const auto& [seq, row] : stream.entries) {
        if (row.key == key && !row.removal) out.push_back(name);
      }
    }
    return out;
  }
  std::vector<StoreId> stores() override { return stores_; }
  bool knows_store(const StoreId& store) override { return std::ranges::find(stores_, store) != stores_.end(); }
  std::string token(const StoreId& store) override { return tokens_[store]; }
  void put_token(const StoreId& store, const std::string& token) override { tokens_[store] = token; }
  std::vector<Applied> applied(const StoreId& store) override {
    std::map<IncarnationId, Applied> last;
    for (const auto& [place, hash] : chain_) {
      const auto& [of, incarnation, n] = place;
      if (of == store) last[incarnation] = {incarnation, n, hash};
    }
    std::vector<Applied> out;
    for (const auto& [incarnation, row] : last) out.push_back(row);
    return out;
  }
  std::optional<Hash> applied_hash(const StoreId& store, const IncarnationId& incarnation, std::uint64_t n) override {
    const auto found = chain_.find({store, incarnation, n});
    if (found == chain_.end()) return std::nullopt;
    return found->second;
  }
  void record_applied(const StoreId& store, const IncarnationId& incarnation, std::uint64_t n, const Hash& hash) override {
    chain_[{store, incarnation, n}] = hash;
  }
  bool transaction_known(const TransactionId& id) override { return transactions_.contains(id); }
  void record_transaction(const TransactionId& id, UtcMs) override { transactions_.insert(id); }
  void put_presence(const StoreId&, const std::string&, UtcMs) override {}

  // What the hub has placed in a stream: key → version and body.
  std::map<DocumentKey, std::pair<Version, std::optional<std::string>>> placed(const StreamName& name) {
    std::map<DocumentKey, std::pair<Version, std::optional<std::string>>> out;
    for (const auto& [seq, row] : streams_[name].entries) {
      if (!row.removal) out[row.key] = {documents_.at(row.key).lineage.now, documents_.at(row.key).body};
    }
    return out;
  }
  std::size_t transaction_count() const { return transactions_.size(); }

 private:
  struct Entry {
    DocumentKey key;
    bool removal = false;
  };
  struct Stream {
    std::uint64_t head = 0;
    std::map<std::uint64_t, Entry> entries;
  };
  PageEntry entry(const Entry& row) const {
    const Document& document = documents_.at(row.key);
    return {row.key, document.lineage, row.removal ? std::nullopt : document.body, row.removal};
  }

  std::vector<StoreId> stores_;
  std::map<DocumentKey, Document> documents_;
  std::map<StreamName, Stream> streams_;
  std::map<StoreId, std::string> tokens_;
  std::map<std::tuple<StoreId, IncarnationId, std::uint64_t>, Hash> chain_;
  std::set<TransactionId> transactions_;
};

}  // namespace vitrine::sync::ends
