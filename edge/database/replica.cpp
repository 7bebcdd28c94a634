// SPDX-License-Identifier: Apache-2.0
// Rows ↔ the plain types of sync/ends/replica.hpp. Statements: sql/replica.sql.
#include "edge/database/replica.hpp"

#include <algorithm>
#include <charconv>

#include "base/require.hpp"
#include "sqlite/migrations.hpp"
#include "sync/planted.hpp"

namespace vitrine::edge::database {

using sync::Document;
using sync::DocumentKey;
using sync::Hash;
using sync::Lineage;
using sync::PageEntry;
using sync::StreamName;
using sync::Transaction;
using sync::Version;
using sync::ends::StoreState;
using sync::ends::StreamState;

namespace {

Hash hash_of(std::string_view blob) {
  Hash hash{};
  std::copy_n(blob.begin(), std::min(blob.size(), hash.size()), hash.begin());
  return hash;
}

// "1:17 2:4", or none for a document of one era.
std::optional<std::string> past_text(const Lineage& lineage) {
  if (lineage.past.empty()) return std::nullopt;
  std::string text;
  for (const Version& v : lineage.past) {
    if (!text.empty()) text += ' ';
    text += std::to_string(v.era) + ":" + std::to_string(v.number);
  }
  return text;
}

std::vector<Version> past_of(std::string_view text) {
  std::vector<Version> past;
  const char* at = text.data();
  const char* end = at + text.size();
  while (at < end) {
    Version v;
    at = std::from_chars(at, end, v.era).ptr;
    if (at < end) at = std::from_chars(at + 1, end, v.number).ptr;
    past.push_back(v);
    if (at < end) ++at;
  }
  return past;
}

Lineage lineage_at(const Statement& row, int column) {
  return {{static_cast<std::uint32_t>(row.integer_at(column)), row.unsigned_at(column + 1)}, past_of(row.text_at(column + 2))};
}

std::optional<std::string> optional_text(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return std::string(row.text_at(column));
}

void bind_leaf(Statement& put, const std::optional<sync::Leaf>& leaf) {
  if (!leaf) {
    put.null();
    return;
  }
  const auto bytes = sync::ends::leaf_bytes(*leaf);
  put.blob(bytes.data(), bytes.size());
}

// One bit a bucket, the lowest first.
constexpr std::size_t set_bytes = sync::digest_buckets / 8;

std::array<std::uint8_t, set_bytes> bytes_of(const sync::BucketSet& set) {
  std::array<std::uint8_t, set_bytes> bytes{};
  for (std::size_t i = 0; i < set.size(); ++i) bytes[i / 8] |= static_cast<std::uint8_t>((set.test(i) ? 1U : 0U) << (i % 8));
  return bytes;
}

sync::BucketSet buckets_of(std::string_view bytes) {
  sync::BucketSet set;
  for (std::size_t i = 0; i < set.size() && i / 8 < bytes.size(); ++i) {
    set.set(i, ((static_cast<unsigned char>(bytes[i / 8]) >> (i % 8)) & 1U) != 0);
  }
  return set;
}

Transaction transaction_at(const Statement& row) {
  Transaction t;
  t.n = row.unsigned_at(0);
  t.id.text = row.text_at(1);
  t.nature = row.integer_at(2) == 0 ? sync::Nature::fact : sync::Nature::intent;
  t.at.value = row.integer_at(3);
  t.actor = row.text_at(4);
  t.hash = hash_of(row.blob_at(5));
  return t;
}

std::size_t bytes_of(const Transaction& transaction) {
  std::size_t bytes = 256;  // ids, hash and JSON around them
  for (const sync::Operation& operation : transaction.operations) {
    bytes += 192 + operation.body.size() + operation.document.id.size();
  }
  return bytes;
}

}  // namespace

Result<std::unique_ptr<Connection>> open_store_database(const std::string& path) {
  auto connection = Connection::open(path, sql_book(), {});
  if (!connection) return connection;
  if (const std::string found = (*connection)->quick_check(); found != "ok") {
    return fail("database_damaged",
                path + " is damaged (" + found + "); keep a copy of it, then start with an empty state folder");
  }
  if (auto failed = (*connection)->make_log_sure()) return std::unexpected(failed->within(path));
  if (auto failed = sqlite::migrate(**connection, sql_book(), "store")) return std::unexpected(failed->within(path));
  return connection;
}

SqliteReplica::SqliteReplica(std::unique_ptr<Connection> connection, StreamName journalled)
    : connection_(std::move(connection)), digests_(*connection_), journalled_(std::move(journalled)) {}

void SqliteReplica::begin() {
  connection_->take_failure();
  connection_->begin_write();
}

std::optional<Error> SqliteReplica::commit() {
  digests_.flush();
  auto failed = connection_->commit();
  if (failed) {
    rows_.clear();
    digests_.forget();
  }
  return failed;
}

void SqliteReplica::rollback() {
  connection_->rollback();
  connection_->take_failure();
  rows_.clear();
  digests_.forget();
}

StoreState SqliteReplica::state() {
  StoreState s;
  Statement row = connection_->statement("state");
  if (!row.step()) return s;
  s.store.text = row.text_at(0);
  s.incarnation.text = row.text_at(1);
  s.last_n = row.unsigned_at(2);
  s.last_hash = hash_of(row.blob_at(3));
  s.ack.incarnation.text = row.text_at(4);
  s.ack.n = row.unsigned_at(5);
  s.ack.hash = hash_of(row.blob_at(6));
  s.applied_n = row.unsigned_at(7);
  s.era_heard = {static_cast<std::uint32_t>(row.integer_at(8)), std::string(row.text_at(9))};
  s.clock_offset_ms = row.integer_at(10);
  s.hub_time_max.value = row.integer_at(11);
  s.last_contact.value = row.integer_at(12);
  s.in_doubt = row.integer_at(13) != 0;
  return s;
}

void SqliteReplica::put_state(const StoreState& s) {
  Statement put = connection_->statement("put_state");
  put.text(s.store.text).text(s.incarnation.text).unsigned_integer(s.last_n).blob(s.last_hash.data(), s.last_hash.size());
  put.text(s.ack.incarnation.text).unsigned_integer(s.ack.n).blob(s.ack.hash.data(), s.ack.hash.size());
  put.unsigned_integer(s.applied_n).integer(s.era_heard.number).text(s.era_heard.id).integer(s.clock_offset_ms);
  put.integer(s.hub_time_max.value).integer(s.last_contact.value).integer(s.in_doubt ? 1 : 0).run();
}

std::vector<StreamState> SqliteReplica::streams() {
  std::vector<StreamState> all;
  Statement row = connection_->statement("streams");
  while (row.step()) {
    StreamState s;
    s.stream.text = row.text_at(1);
    s.filled = row.integer_at(2) != 0;
    s.cursor = {{static_cast<std::uint32_t>(row.integer_at(3)), std::string(row.text_at(4))}, row.unsigned_at(5)};
    if (!row.is_null(6)) s.fill_head = row.unsigned_at(6);
    s.fill_after = {std::string(row.text_at(7)), std::string(row.text_at(8))};
    s.fill_era = {static_cast<std::uint32_t>(row.integer_at(9)), std::string(row.text_at(10))};
    if (!row.is_null(11)) s.repair = buckets_of(row.blob_at(11));
    s.read_head = row.unsigned_at(12);
    s.repairs = row.unsigned_at(13);
    s.repaired_at.value = row.integer_at(14);
    all.push_back(std::move(s));
  }
  return all;
}

SqliteReplica::StreamRow& SqliteReplica::row_of(const StreamName& stream) {
  StreamRow& row = rows_[stream];
  if (row.number != 0) return row;
  connection_->statement("add_stream").text(stream.text).run();
  Statement found = connection_->statement("stream_number");
  if (found.text(stream.text).step()) row = {found.integer_at(0), found.integer_at(1) != 0};
  return row;
}

void SqliteReplica::put_stream(const StreamState& s) {
  StreamRow& row = row_of(s.stream);
  if (s.stream == journalled_ && s.filled && !row.filled) {
    // The first fill ended in this transaction: the index is built anew, and from here on the journal says what changes.
    connection_->statement("renew_search_source").run();
    connection_->statement("clear_search_journal").integer(INT64_MAX).run();
  }
  if (s.stream != journalled_ && s.filled && !row.filled) {
    // Prices, stock or departments are here for the first time: an empty name says that all of them are looked at again.
    connection_->statement("journal_for_search").text("").run();
  }
  row.filled = s.filled;
  Statement put = connection_->statement("put_stream");
  put.integer(s.filled ? 1 : 0).integer(s.cursor.era.number).text(s.cursor.era.id).unsigned_integer(s.cursor.seq);
  if (s.fill_head) {
    put.unsigned_integer(*s.fill_head);
  } else {
    put.null();
  }
  put.text(s.fill_after.collection).text(s.fill_after.id).integer(s.fill_era.number).text(s.fill_era.id);
  if (s.repair) {
    const auto bytes = bytes_of(*s.repair);
    put.blob(bytes.data(), bytes.size());
  } else {
    put.null();
  }
  put.unsigned_integer(s.read_head).unsigned_integer(s.repairs).integer(s.repaired_at.value).integer(row.number).run();
}

std::optional<Document> SqliteReplica::base(const DocumentKey& key) {
  Statement row = connection_->statement("base");
  if (!row.text(key.collection).text(key.id).step()) return std::nullopt;
  return Document{key, lineage_at(row, 0), optional_text(row, 3)};
}

bool SqliteReplica::put_base(const StreamName& stream, const PageEntry& entry) { return take_entry(stream, entry, true); }

void SqliteReplica::replace_base(const StreamName& stream, const PageEntry& entry) { take_entry(stream, entry, false); }

bool SqliteReplica::take_entry(const StreamName& stream, const PageEntry& entry, bool newer_only) {
  const StreamRow row = row_of(stream);
  const Version& version = entry.lineage.now;
  const std::optional<sync::Leaf> leaf =
      entry.removal ? std::nullopt : sync::ends::leaf_of(digests_.key(), entry.key, version, entry.body);
  // A first fill finds nothing in its way: the row is looked for only where it may be.
  const bool added = !entry.removal && !row.filled && add_base(row.number, entry, leaf);
  bool there = false;
  if (!added) {
    Statement before = connection_->statement("base_row");
    there = before.text(entry.key.collection).text(entry.key.id).step();
    if (there) {
      if (newer_only && !planted(sync::Bug::older_base_applied) && before.integer_at(1) == version.era &&
          before.unsigned_at(2) > version.number)
        return false;
      digests_.subtract(before.integer_at(0), sync::ends::leaf_from(before.blob_at(3)));
    }
  }
  digests_.add(row.number, leaf);
  if (row.filled) journal_for_search(entry.key);
  if (entry.removal) {
    if (there) connection_->statement("remove_base").text(entry.key.collection).text(entry.key.id).run();
  } else if (there) {
    Statement put = connection_->statement("change_base");
    put.integer(row.number).integer(version.era).unsigned_integer(version.number).text_or_null(past_text(entry.lineage));
    bind_leaf(put, leaf);
    put.text_or_null(entry.body).text(entry.key.collection).text(entry.key.id).run();
  } else if (!added) {
    add_base(row.number, entry, leaf);
  }
  return true;
}

// False: a document of this name is there already.
bool SqliteReplica::add_base(std::int64_t stream, const PageEntry& entry, const std::optional<sync::Leaf>& leaf) {
  {
    Statement put = connection_->statement("add_base");
    put.text(entry.key.collection).text(entry.key.id).integer(stream).integer(entry.lineage.now.era);
    put.unsigned_integer(entry.lineage.now.number).text_or_null(past_text(entry.lineage));
    bind_leaf(put, leaf);
    put.text_or_null(entry.body).run();
  }
  return connection_->changes() > 0;
}

void SqliteReplica::stage(const std::vector<PageEntry>& entries) {
  for (const PageEntry& entry : entries) {
    Statement put = connection_->statement("stage");
    put.text(entry.key.collection).text(entry.key.id).integer(entry.lineage.now.era).unsigned_integer(entry.lineage.now.number);
    put.text_or_null(past_text(entry.lineage)).text_or_null(entry.body).integer(entry.removal ? 1 : 0).run();
  }
}

std::vector<PageEntry> SqliteReplica::staged(std::size_t skip, std::size_t count) {
  std::vector<PageEntry> entries;
  Statement row = connection_->statement("staged");
  row.unsigned_integer(skip).unsigned_integer(count);
  while (row.step()) {
    entries.push_back({{std::string(row.text_at(0)), std::string(row.text_at(1))},
                       lineage_at(row, 2),
                       optional_text(row, 5),
                       row.integer_at(6) != 0});
  }
  return entries;
}

void SqliteReplica::clear_staged() { connection_->statement("clear_staged").run(); }

void SqliteReplica::put_view(const DocumentKey& key, const std::optional<std::string>& body) {
  connection_->statement("put_view").text(key.collection).text(key.id).text_or_null(body).run();
  if (key.collection == "stock") journal_for_search(key);
}

void SqliteReplica::drop_view(const DocumentKey& key) {
  connection_->statement("drop_view").text(key.collection).text(key.id).run();
  if (key.collection == "stock") journal_for_search(key);
}

std::optional<SqliteReplica::Overlay> SqliteReplica::overlay(const DocumentKey& key) {
  Statement row = connection_->statement("overlay");
  if (!row.text(key.collection).text(key.id).step()) return std::nullopt;
  return Overlay{optional_text(row, 0)};
}

void SqliteReplica::append(const Transaction& t) {
  Statement put = connection_->statement("append");
  put.unsigned_integer(t.n).text(t.id.text).integer(t.nature == sync::Nature::fact ? 0 : 1).integer(t.at.value).text(t.actor);
  put.blob(t.hash.data(), t.hash.size()).unsigned_integer(bytes_of(t)).run();
  std::int64_t position = 0;
  for (const sync::Operation& operation : t.operations) {
    Statement put_operation = connection_->statement("append_operation");
    put_operation.unsigned_integer(t.n).integer(position++).text(operation.document.collection).text(operation.document.id);
    put_operation.text(operation.kind).integer(operation.rules).text(operation.body).text(operation.salt);
    if (operation.erased) {
      put_operation.blob(operation.erased->data(), operation.erased->size()).run();
    } else {
      put_operation.null().run();
    }
  }
}

void SqliteReplica::load_operations(Transaction& transaction) {
  Statement row = connection_->statement("operations_of");
  row.unsigned_integer(transaction.n);
  while (row.step()) {
    transaction.operations.push_back({{std::string(row.text_at(0)), std::string(row.text_at(1))},
                                      std::string(row.text_at(2)),
                                      static_cast<std::uint32_t>(row.integer_at(3)),
                                      std::string(row.text_at(4)),
                                      std::string(row.text_at(5))});
    if (!row.is_null(6)) transaction.operations.back().erased = hash_of(row.blob_at(6));
  }
}

std::vector<Transaction> SqliteReplica::transactions_after(std::uint64_t n, std::size_t count_max, std::size_t bytes_max) {
  std::vector<Transaction> all;
  std::size_t bytes = 0;
  Statement row = connection_->statement("transactions_after");
  row.unsigned_integer(n).unsigned_integer(count_max);
  while (row.step()) {
    Transaction t = transaction_at(row);
    load_operations(t);
    bytes += bytes_of(t);
    if (bytes > bytes_max && !all.empty()) break;
    all.push_back(std::move(t));
  }
  return all;
}

std::optional<std::uint64_t> SqliteReplica::n_of(const sync::TransactionId& id) {
  Statement row = connection_->statement("n_of");
  if (!row.text(id.text).step()) return std::nullopt;
  return row.unsigned_at(0);
}

std::optional<Hash> SqliteReplica::hash_at(std::uint64_t n) {
  Statement row = connection_->statement("hash_at");
  if (!row.unsigned_integer(n).step()) return std::nullopt;
  return hash_of(row.blob_at(0));
}

std::vector<Transaction> SqliteReplica::transactions_on(const DocumentKey& key, std::uint64_t after) {
  std::vector<Transaction> all;
  Statement row = connection_->statement("transactions_on");
  row.text(key.collection).text(key.id).unsigned_integer(after);
  while (row.step()) {
    all.push_back(transaction_at(row));
    load_operations(all.back());
  }
  return all;
}

std::vector<DocumentKey> SqliteReplica::documents_named(std::uint64_t after, std::uint64_t upto) {
  std::vector<DocumentKey> keys;
  Statement row = connection_->statement("documents_named");
  row.unsigned_integer(after).unsigned_integer(upto);
  while (row.step()) keys.push_back({std::string(row.text_at(0)), std::string(row.text_at(1))});
  return keys;
}

void SqliteReplica::put_resumed_pass(const sync::PassId& pass, const sync::CartId& cart, const Version& version, UtcMs at) {
  Statement put = connection_->statement("put_resumed_pass");
  put.text(pass.text).text(cart.text).integer(version.era).unsigned_integer(version.number).integer(at.value).run();
}

void SqliteReplica::journal_for_search(const DocumentKey& key) {
  std::string_view sku;
  if (key.collection == "product") {
    sku = key.id;
  } else if (key.collection == "price" || key.collection == "stock") {
    sku = std::string_view(key.id).substr(key.id.find('/') + 1);
  } else if (key.collection != "content" || key.id.starts_with("store/")) {
    return;
  }
  connection_->statement("journal_for_search").text(sku).run();
}

void SqliteReplica::clear_search_journal(std::uint64_t upto) {
  connection_->statement("clear_search_journal").unsigned_integer(upto).run();
}

std::optional<Tries> SqliteReplica::tries(std::string_view name) {
  Statement row = connection_->statement("tries");
  if (!row.text(name).step()) return std::nullopt;
  return Tries{row.integer_at(0), UtcMs{row.integer_at(1)}};
}

void SqliteReplica::put_tries(std::string_view name, const Tries& tries) {
  connection_->statement("put_tries").text(name).integer(tries.count).integer(tries.first_at.value).run();
}

void SqliteReplica::clear_tries(std::string_view name) { connection_->statement("clear_tries").text(name).run(); }

bool SqliteReplica::switched(std::string_view name, bool fallback) {
  Statement row = connection_->statement("switch");
  return row.text(name).step() ? row.integer_at(0) != 0 : fallback;
}

void SqliteReplica::put_switch(std::string_view name, bool value) {
  connection_->statement("put_switch").text(name).integer(value ? 1 : 0).run();
}

}  // namespace vitrine::edge::database
