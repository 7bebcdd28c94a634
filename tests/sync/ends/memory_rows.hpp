// SPDX-License-Identifier: Apache-2.0
// Rows in memory for tests of the two ends: honest implementations of Replica and Authority, without any I/O.
#pragma once

#include <algorithm>
#include <map>
#include <set>

#include "sync/ends/authority.hpp"
#include "sync/ends/chain.hpp"
#include "sync/ends/collections.hpp"
#include "sync/ends/digest.hpp"
#include "sync/ends/erasure.hpp"
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
  bool put_base(const StreamName& stream, const PageEntry& entry) override {
    const auto before = base_.find(entry.key);
    if (before != base_.end()) {
      const Version& now = before->second.document.lineage.now;
      if (now.era == entry.lineage.now.era && now.number > entry.lineage.now.number) return false;
    }
    replace_base(stream, entry);
    return true;
  }
  void replace_base(const StreamName& stream, const PageEntry& entry) override {
    const auto before = base_.find(entry.key);
    if (before != base_.end()) {
      sums_[before->second.stream].subtract(before->second.leaf);
      base_.erase(before);
    }
    if (entry.removal) return;
    const auto leaf = leaf_of(key_, entry.key, entry.lineage.now, entry.body);
    sums_[stream].add(leaf);
    base_[entry.key] = {stream, {entry.key, entry.lineage, entry.body}, leaf};
  }
  void put_digest_key(const DigestKey& key) override {
    if (key == key_) return;
    key_ = key;
    std::set<StreamName> names;
    for (const auto& [document, row] : base_) names.insert(row.stream);
    for (const StreamName& name : names) recount(name);
  }
  DigestKey digest_key() override { return key_; }
  std::vector<DocumentKey> personal_keys() override {
    std::set<DocumentKey> keys;
    const auto note = [&](const DocumentKey& key) {
      if (person_of(key)) keys.insert(key);
    };
    for (const auto& [key, row] : base_) note(key);
    for (const auto& [key, body] : view_) note(key);
    for (const auto* list : {&outbox_, &aside_}) {
      for (const Transaction& t : *list) {
        for (const Operation& operation : t.operations) note(operation.document);
      }
    }
    return {keys.begin(), keys.end()};
  }
  void scrub_operations(const DocumentKey& key) override {
    for (auto* list : {&outbox_, &aside_}) {
      for (Transaction& t : *list) {
        for (Operation& operation : t.operations) {
          if (operation.document == key && !operation.erased) scrub(operation);
        }
      }
    }
  }
  const std::vector<Transaction>& outbox() const { return outbox_; }
  BucketSums sums(const StreamName& stream) override { return sums_[stream]; }
  std::size_t recount(const StreamName& stream) override {
    std::size_t untrue = 0;
    sums_[stream] = {};
    for (auto& [key, row] : base_) {
      if (row.stream != stream) continue;
      untrue += row.leaf != true_leaf(row) ? 1U : 0U;
      row.leaf = true_leaf(row);
      sums_[stream].add(row.leaf);
    }
    return untrue;
  }
  Checked check_base(const DocumentKey& after, std::size_t count) override {
    Checked checked;
    std::size_t read = 0;
    for (auto row = base_.upper_bound(after); row != base_.end() && read < count; ++row) {
      checked.last = ++read == count ? row->first : DocumentKey{};
      if (row->second.leaf != true_leaf(row->second)) checked.untrue.push_back(row->second.stream);
    }
    return checked;
  }
  std::vector<DocumentKey> keys_in(const StreamName& stream, const BucketSet& buckets, const DocumentKey& after,
                                   const std::optional<DocumentKey>& upto) override {
    std::vector<DocumentKey> keys;
    for (auto row = base_.upper_bound(after); row != base_.end() && (!upto || row->first <= *upto); ++row) {
      if (row->second.stream == stream && buckets.test(bucket_of(key_, row->first))) keys.push_back(row->first);
    }
    return keys;
  }
  void spoil_sums(const StreamName& stream) { sums_[stream].bucket[3].low ^= 4; }
  // A bit of the disk turned over: the body is another, and nobody was told.
  void damage(const DocumentKey& key) { base_.at(key).document.body->back() ^= 1; }
  void stage(const std::vector<PageEntry>& entries) override { staged_.insert(staged_.end(), entries.begin(), entries.end()); }
  std::vector<PageEntry> staged(std::size_t skip, std::size_t count) override {
    const auto rest = std::span(staged_).subspan(std::min(skip, staged_.size()));
    return {rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(std::min(count, rest.size()))};
  }
  void clear_staged() override { staged_.clear(); }
  void put_view(const DocumentKey& key, const std::optional<std::string>& body) override { view_[key] = body; }
  void drop_view(const DocumentKey& key) override { view_.erase(key); }
  std::optional<Overlay> overlay(const DocumentKey& key) override {
    const auto found = view_.find(key);
    return found == view_.end() ? std::nullopt : std::optional(Overlay{found->second});
  }
  void put_expiry(const DocumentKey& key, const std::optional<UtcMs>& at) override {
    expiries_.erase(key);
    if (at) expiries_[key] = *at;
  }
  std::optional<UtcMs> next_expiry() override {
    std::optional<UtcMs> next;
    for (const auto& [key, at] : expiries_) next = next ? std::min(*next, at) : at;
    return next;
  }
  std::vector<DocumentKey> expired(UtcMs now, std::size_t count_max) override {
    std::vector<DocumentKey> out;
    for (const auto& [key, at] : expiries_) {
      if (at <= now && out.size() < count_max) out.push_back(key);
    }
    return out;
  }
  void forget_body(const DocumentKey& key) override {
    const auto found = base_.find(key);
    if (found == base_.end()) return;
    found->second.document.body.reset();
    if (!found->second.leaf) base_.erase(found);
  }
  void append(const Transaction& transaction) override {
    for (const Operation& operation : transaction.operations) bytes_ += 100 + operation.body.size();
    bytes_upto_[transaction.id] = bytes_;
    outbox_.push_back(transaction);
  }
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
    if (n > 0 && n == forgotten_.n) return forgotten_.hash;
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

  std::vector<Applied> line() override { return {line_.rbegin(), line_.rend()}; }
  void put_parting(const Applied& parting) override { line_.push_back(parting); }
  std::uint64_t forgotten_upto() override { return forgotten_.n; }
  std::vector<Kept> kept_after(std::uint64_t n, std::size_t count_max) override {
    std::vector<Kept> out;
    for (const Transaction& t : outbox_) {
      if (t.n > n && out.size() < count_max) out.push_back({t.n, t.at, bytes_upto_[t.id]});
    }
    return out;
  }
  void forget_upto(std::uint64_t n) { forget_transactions(n); }
  std::optional<Kept> newest_kept() override {
    if (outbox_.empty()) return std::nullopt;
    return Kept{outbox_.back().n, outbox_.back().at, bytes_upto_[outbox_.back().id]};
  }
  void forget_transactions(std::uint64_t upto) override {
    forgotten_ = {{}, upto, hash_at(upto).value_or(Hash{})};
    std::erase_if(outbox_, [upto](const Transaction& t) { return t.n <= upto; });
  }
  void forget_line() {
    line_.clear();
    forgotten_ = {};
  }
  void set_one_aside(const IncarnationId&, std::uint64_t n) override {
    const auto one = std::ranges::find(outbox_, n, &Transaction::n);
    aside_.push_back(*one);
    for (auto after = outbox_.erase(one); after != outbox_.end(); ++after) --after->n;
  }
  void put_hash(std::uint64_t n, const Hash& hash) override { std::ranges::find(outbox_, n, &Transaction::n)->hash = hash; }
  // A bit of the disk turned over in what was done.
  void damage_outbox(std::uint64_t n) { std::ranges::find(outbox_, n, &Transaction::n)->operations.front().body[8] ^= 1; }
  void set_outbox_aside(const IncarnationId&, std::uint64_t applied) override {
    for (const Transaction& t : outbox_) {
      if (t.n > applied) aside_.push_back(t);
    }
    outbox_.clear();
    forget_line();
  }
  const StoreState& state_now() const { return state_; }
  const StreamState& streams_now(const StreamName& stream) const { return streams_.at(stream); }
  const std::vector<Transaction>& set_aside() const { return aside_; }

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
    std::optional<Leaf> leaf;
  };
  std::optional<Leaf> true_leaf(const Row& row) const {
    const Document& document = row.document;
    return document.body ? leaf_of(key_, document.key, document.lineage.now, document.body) : row.leaf;
  }
  static bool names(const Transaction& t, const DocumentKey& key) {
    for (const Operation& operation : t.operations) {
      if (operation.document == key) return true;
    }
    return false;
  }

  StoreState state_;
  std::map<StreamName, StreamState> streams_;
  std::map<DocumentKey, Row> base_;
  DigestKey key_{};
  std::map<StreamName, BucketSums> sums_;
  std::vector<PageEntry> staged_;
  std::map<DocumentKey, std::optional<std::string>> view_;
  std::map<DocumentKey, UtcMs> expiries_;
  std::vector<Transaction> outbox_;
  std::vector<Transaction> aside_;
  std::vector<Applied> line_;  // oldest first
  Applied forgotten_;
  std::uint64_t bytes_ = 0;
  std::map<TransactionId, std::uint64_t> bytes_upto_;
};

class MemoryAuthority final : public Authority {
 public:
  explicit MemoryAuthority(std::vector<StoreId> stores) : stores_(std::move(stores)) {}

  std::optional<Error> failure() const override { return std::nullopt; }
  Era era() override { return eras_.back().era; }
  std::vector<EraRow> eras() override { return eras_; }
  void add_era(const EraRow& row) override {
    eras_.push_back(row);
    std::ranges::stable_sort(eras_, {}, [](const EraRow& one) { return one.era.number; });
  }
  std::optional<Document> document(const DocumentKey& key) override {
    const auto found = documents_.find(key);
    if (found == documents_.end()) return std::nullopt;
    return found->second;
  }
  void put_document(const Document& document) override { documents_[document.key] = document; }
  std::vector<Document> live_under(const std::string& collection, const std::string& prefix) override {
    std::vector<Document> out;
    for (auto at = documents_.lower_bound({collection, prefix}); at != documents_.end(); ++at) {
      if (at->first.collection != collection || !at->first.id.starts_with(prefix)) break;
      if (at->second.body) out.push_back(at->second);
    }
    return out;
  }
  std::vector<Document> live_of(const std::string& collection, const std::string& after, std::size_t count_max) override {
    std::vector<Document> out;
    for (auto at = documents_.upper_bound({collection, after}); at != documents_.end() && out.size() < count_max; ++at) {
      if (at->first.collection != collection) break;
      if (at->second.body) out.push_back(at->second);
    }
    return out;
  }
  void forget_person(const CustomerId& person, const std::vector<Identity>& identities) override {
    std::erase_if(
        lent_, [&](const auto& one) { return one.first.second.collection == "customer" && one.first.second.id == person.text; });
    for (LookUp& one : look_ups_) {
      const bool theirs = std::ranges::any_of(identities, [&](const Identity& id) { return one.key == id.kind + "/" + id.hash; });
      if (theirs) one.key.clear();
    }
  }
  std::uint64_t append(const StreamName& name, const DocumentKey& key, bool removal) override {
    Stream& stream = streams_[name];
    std::uint64_t& seq = stream.seq_of[key];
    if (const auto older = stream.entries.find(seq); older != stream.entries.end()) {
      stream.sums.subtract(older->second.leaf);
      stream.entries.erase(older);
    }
    seq = ++stream.head;
    const auto document = documents_.find(key);
    Entry& entry = stream.entries[seq] = {key, removal, std::nullopt};
    if (!removal && document != documents_.end()) {
      entry.leaf = leaf_of(digest_key(), key, document->second.lineage.now, document->second.body);
    }
    stream.sums.add(entry.leaf);
    return stream.head;
  }
  std::uint64_t head(const StreamName& name) override { return streams_[name].head; }
  std::uint64_t horizon(const StreamName& name) override { return streams_[name].horizon; }
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
  std::size_t purge_gone(const StreamName& name, std::uint64_t upto, std::size_t count_max) override {
    Stream& stream = streams_[name];
    std::size_t purged = 0;
    for (auto row = stream.entries.begin(); row != stream.entries.end() && row->first <= upto && purged < count_max;) {
      if (row->second.leaf) {
        ++row;
        continue;
      }
      stream.horizon = std::max(stream.horizon, row->first);
      row = stream.entries.erase(row);
      ++purged;
    }
    return purged;
  }
  void mark_head(const StreamName& name, UtcMs at) override { streams_[name].marks[at] = streams_[name].head; }
  std::optional<UtcMs> last_mark(const StreamName& name) override {
    const auto& marks = streams_[name].marks;
    return marks.empty() ? std::nullopt : std::optional(marks.rbegin()->first);
  }
  std::uint64_t marked_head(const StreamName& name, UtcMs by) override {
    auto& marks = streams_[name].marks;
    auto mark = marks.upper_bound(by);
    if (mark == marks.begin()) return 0;
    marks.erase(marks.begin(), std::prev(mark));
    return marks.begin()->second;
  }
  std::size_t forget_dead(UtcMs now, UtcMs noted_by, std::size_t) override {
    std::size_t forgotten = 0;
    for (auto row = documents_.begin(); row != documents_.end();) {
      const Document& document = row->second;
      const bool stands = std::ranges::any_of(streams_, [&](const auto& stream) {
        return std::ranges::any_of(stream.second.entries, [&](const auto& entry) { return entry.second.key == document.key; });
      });
      if (document.body || stands) {
        ++row;
        continue;
      }
      auto& noted = dead_.try_emplace(document.key, document.lineage.now, now).first->second;
      if (noted.first != document.lineage.now) noted = {document.lineage.now, now};
      const bool kept = noted.second > noted_by || ends_of(document.key.collection) == Ends::for_ever;
      if (kept && !is_erased(*this, document.key)) {
        ++row;
        continue;
      }
      if (document.lineage.now.era == era().number) {
        auto& floor = floors_[{document.key.collection, era().number}];
        floor = std::max(floor, document.lineage.now.number);
      }
      dead_.erase(document.key);
      row = documents_.erase(row);
      ++forgotten;
    }
    return forgotten;
  }
  std::uint64_t number_floor(const std::string& collection) override {
    const auto found = floors_.find({collection, era().number});
    return found == floors_.end() ? 0 : found->second;
  }
  void put_expiry(const DocumentKey& key, const std::optional<UtcMs>& at) override {
    expiries_.erase(key);
    if (at) expiries_[key] = *at;
  }
  std::vector<DocumentKey> expired(UtcMs now, std::size_t count_max) override {
    std::vector<DocumentKey> out;
    for (const auto& [key, at] : expiries_) {
      if (at <= now && out.size() < count_max) out.push_back(key);
    }
    return out;
  }
  std::vector<StreamName> streams_of(const DocumentKey& key) override {
    std::vector<StreamName> out;
    for (const auto& [name, stream] : streams_) {
      const auto seq = stream.seq_of.find(key);
      const auto row = seq == stream.seq_of.end() ? stream.entries.end() : stream.entries.find(seq->second);
      if (row != stream.entries.end() && !row->second.removal) out.push_back(name);
    }
    return out;
  }
  DigestKey digest_key() override { return {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}; }
  BucketSums sums(const StreamName& name) override { return streams_[name].sums; }
  BucketRun live_in(const StreamName& name, const BucketSet& buckets, const DocumentKey& after, std::size_t bytes_max) override {
    BucketRun run;
    run.last = after;
    if (buckets.none()) return run;
    const auto live = live_after(name, after, bytes_max);
    for (const PageEntry& one : live) {
      run.last = one.key;
      if (buckets.test(bucket_of(digest_key(), one.key))) run.entries.push_back(one);
    }
    run.more = !live.empty() && !live_after(name, run.last, 1).empty();
    return run;
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
  void record_applied(const StoreId& store, const IncarnationId& incarnation, std::uint64_t n, const Hash& hash, UtcMs) override {
    chain_[{store, incarnation, n}] = hash;
  }
  std::uint64_t oldest_recorded(const StoreId& store, const IncarnationId& incarnation) override {
    const auto found = chain_.lower_bound({store, incarnation, 0});
    const bool its = found != chain_.end() && std::get<0>(found->first) == store && std::get<1>(found->first) == incarnation;
    return its ? std::get<2>(found->first) : 0;
  }
  bool knows_life(const StoreId& store, const IncarnationId& incarnation) override { return lives_[store].contains(incarnation); }
  void open_life(const StoreId& store, const Applied& start, const IncarnationId&, UtcMs) override {
    lives_[store].insert(start.incarnation);
    current_[store] = start.incarnation;
    if (start.n > 0) chain_[{store, start.incarnation, start.n}] = start.hash;
  }
  IncarnationId current_life(const StoreId& store) override { return current_[store]; }
  std::uint64_t verified_n(const StoreId& store, const IncarnationId& incarnation) override {
    const auto all = applied(store);
    const auto found = std::ranges::find(all, incarnation, &Applied::incarnation);
    return found == all.end() ? 0 : std::min(safe_, found->n);
  }
  Conduct conduct(const StoreId& store) override { return conduct_[store]; }
  void put_conduct(const StoreId& store, const Conduct& conduct) override { conduct_[store] = conduct; }
  void record_look_up(const LookUp& look_up) override {
    if (std::ranges::find(look_ups_, look_up.id, &LookUp::id) == look_ups_.end()) look_ups_.push_back(look_up);
  }
  std::uint64_t look_ups_since(const StoreId& store, const std::string& what, UtcMs at) override {
    return static_cast<std::uint64_t>(std::ranges::count_if(
        look_ups_, [&](const LookUp& one) { return one.store == store && one.at >= at && (what.empty() || one.what == what); }));
  }
  void forget_look_ups_before(UtcMs at) override {
    std::erase_if(look_ups_, [at](const LookUp& one) { return one.at < at; });
  }
  std::optional<UtcMs> lent_until(const StoreId& store, const DocumentKey& key) override {
    const auto found = lent_.find({store, key});
    return found == lent_.end() ? std::nullopt : std::optional(found->second);
  }
  void put_lent(const Lent& lent) override { lent_[{lent.store, lent.key}] = lent.until; }
  void drop_lent(const StoreId& store, const DocumentKey& key) override { lent_.erase({store, key}); }
  std::vector<Lent> lent_over(UtcMs now, std::size_t count_max) override {
    std::vector<Lent> out;
    for (const auto& [of, until] : lent_) {
      if (until <= now && out.size() < count_max) out.push_back({of.first, of.second, until});
    }
    return out;
  }
  const std::vector<LookUp>& look_ups() const { return look_ups_; }
  void keep_audit(const StoreId&, const std::vector<AuditEntry>&) override {}
  bool transaction_known(const TransactionId& id) override { return transactions_.contains(id); }
  void record_transaction(const TransactionId& id, UtcMs) override { transactions_.insert(id); }
  std::uint64_t count_failure(const TransactionId& id, UtcMs) override { return ++failures_[id]; }
  void keep_poisoned(const Poisoned& poisoned, UtcMs) override { poisoned_.push_back(poisoned); }
  const std::vector<Poisoned>& poisoned() const { return poisoned_; }
  void put_presence(const StoreId& store, const std::string& json, UtcMs) override { presence_[store] = json; }
  std::string presence(const StoreId& store) override { return presence_[store]; }

  // What the hub has placed in a stream: key → version and body.
  std::map<DocumentKey, std::pair<Version, std::optional<std::string>>> placed(const StreamName& name) {
    std::map<DocumentKey, std::pair<Version, std::optional<std::string>>> out;
    for (const auto& [seq, row] : streams_[name].entries) {
      if (!row.removal) out[row.key] = {documents_.at(row.key).lineage.now, documents_.at(row.key).body};
    }
    return out;
  }
  std::size_t transaction_count() const { return transactions_.size(); }
  // As if the hub kept its records no longer.
  void forget_chain_below(std::uint64_t n) {
    std::erase_if(chain_, [n](const auto& row) { return std::get<2>(row.first) < n; });
  }
  void put_safe(std::uint64_t n) { safe_ = n; }
  std::size_t lives(const StoreId& store) const {
    const auto found = lives_.find(store);
    return found == lives_.end() ? 0 : found->second.size();
  }

 private:
  struct Entry {
    DocumentKey key;
    bool removal = false;
    std::optional<Leaf> leaf;
  };
  struct Stream {
    std::uint64_t head = 0;
    std::uint64_t horizon = 0;
    std::map<std::uint64_t, Entry> entries;
    std::map<UtcMs, std::uint64_t> marks;
    std::map<DocumentKey, std::uint64_t> seq_of;
    BucketSums sums;
  };

  PageEntry entry(const Entry& row) const {
    const Document& document = documents_.at(row.key);
    return {row.key, document.lineage, row.removal ? std::nullopt : document.body, row.removal};
  }

  std::vector<StoreId> stores_;
  std::vector<EraRow> eras_ = {{{1, "000102030405060708090a0b0c0d0e0f"}, {}, "first", false, {}}};
  std::map<DocumentKey, Document> documents_;
  std::map<StreamName, Stream> streams_;
  std::map<DocumentKey, std::pair<Version, UtcMs>> dead_;
  std::map<std::pair<std::string, std::uint32_t>, std::uint64_t> floors_;
  std::map<DocumentKey, UtcMs> expiries_;
  std::map<StoreId, std::string> presence_;
  std::map<StoreId, std::string> tokens_;
  std::map<std::tuple<StoreId, IncarnationId, std::uint64_t>, Hash> chain_;
  std::vector<LookUp> look_ups_;
  std::map<std::pair<StoreId, DocumentKey>, UtcMs> lent_;
  std::set<TransactionId> transactions_;
  std::map<StoreId, std::set<IncarnationId>> lives_;
  std::map<StoreId, IncarnationId> current_;
  std::map<StoreId, Conduct> conduct_;
  std::uint64_t safe_ = 0;
  std::map<TransactionId, std::uint64_t> failures_;
  std::vector<Poisoned> poisoned_;
};

}  // namespace vitrine::sync::ends
