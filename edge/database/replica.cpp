// SPDX-License-Identifier: Apache-2.0
// Rows ↔ the plain types of sync/ends/replica.hpp. Statements: sql/replica.sql.
#include "edge/database/replica.hpp"

#include <algorithm>
#include <charconv>

#include "base/require.hpp"
#include "sqlite/migrations.hpp"

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
  if (auto failed = sqlite::migrate(**connection, sql_book(), "store")) return std::unexpected(failed->within(path));
  return connection;
}

SqliteReplica::SqliteReplica(std::unique_ptr<Connection> connection, StreamName journalled)
    : connection_(std::move(connection)), journalled_(std::move(journalled)) {}

void SqliteReplica::begin() {
  connection_->take_failure();
  connection_->begin_write();
}

std::optional<Error> SqliteReplica::commit() {
  auto failed = connection_->commit();
  if (failed) rows_.clear();
  return failed;
}

void SqliteReplica::rollback() {
  connection_->rollback();
  connection_->take_failure();
  rows_.clear();
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
  return s;
}

void SqliteReplica::put_state(const StoreState& s) {
  Statement put = connection_->statement("put_state");
  put.text(s.store.text).text(s.incarnation.text).unsigned_integer(s.last_n).blob(s.last_hash.data(), s.last_hash.size());
  put.text(s.ack.incarnation.text).unsigned_integer(s.ack.n).blob(s.ack.hash.data(), s.ack.hash.size());
  put.unsigned_integer(s.applied_n).integer(s.era_heard.number).text(s.era_heard.id).integer(s.clock_offset_ms);
  put.integer(s.hub_time_max.value).integer(s.last_contact.value).run();
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
  row.filled = s.filled;
  Statement put = connection_->statement("put_stream");
  put.integer(s.filled ? 1 : 0).integer(s.cursor.era.number).text(s.cursor.era.id).unsigned_integer(s.cursor.seq);
  if (s.fill_head) {
    put.unsigned_integer(*s.fill_head);
  } else {
    put.null();
  }
  put.text(s.fill_after.collection).text(s.fill_after.id).integer(row.number).run();
}

std::optional<Document> SqliteReplica::base(const DocumentKey& key) {
  Statement row = connection_->statement("base");
  if (!row.text(key.collection).text(key.id).step()) return std::nullopt;
  return Document{key, lineage_at(row, 0), optional_text(row, 3)};
}

void SqliteReplica::put_base(const StreamName& stream, const PageEntry& entry) {
  const StreamRow row = row_of(stream);
  if (row.filled && stream == journalled_ && entry.key.collection == "product") {
    connection_->statement("journal_for_search").text(entry.key.id).run();
  }
  if (entry.removal) {
    connection_->statement("remove_base").text(entry.key.collection).text(entry.key.id).run();
    return;
  }
  Statement put = connection_->statement("put_base");
  put.text(entry.key.collection).text(entry.key.id).integer(row.number).integer(entry.lineage.now.era);
  put.unsigned_integer(entry.lineage.now.number).text_or_null(past_text(entry.lineage)).text_or_null(entry.body).run();
}

void SqliteReplica::forget_stream(const StreamName& stream) {
  connection_->statement("forget_stream").integer(row_of(stream).number).run();
}

void SqliteReplica::stage(const std::vector<PageEntry>& entries) {
  for (const PageEntry& entry : entries) {
    Statement put = connection_->statement("stage");
    put.text(entry.key.collection).text(entry.key.id).integer(entry.lineage.now.era).unsigned_integer(entry.lineage.now.number);
    put.text_or_null(past_text(entry.lineage)).text_or_null(entry.body).integer(entry.removal ? 1 : 0).run();
  }
}

std::vector<PageEntry> SqliteReplica::staged() {
  std::vector<PageEntry> entries;
  Statement row = connection_->statement("staged");
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
}

void SqliteReplica::drop_view(const DocumentKey& key) {
  connection_->statement("drop_view").text(key.collection).text(key.id).run();
}

std::optional<SqliteReplica::Overlay> SqliteReplica::overlay(const DocumentKey& key) {
  Statement row = connection_->statement("overlay");
  if (!row.text(key.collection).text(key.id).step()) return std::nullopt;
  return Overlay{optional_text(row, 0)};
}

void SqliteReplica::append(const Transaction& t) {
  Statement put = connection_->statement("append");
  put.unsigned_integer(t.n).text(t.id.text).integer(t.nature == sync::Nature::fact ? 0 : 1).integer(t.at.value).text(t.actor);
  put.blob(t.hash.data(), t.hash.size()).run();
  std::int64_t position = 0;
  for (const sync::Operation& operation : t.operations) {
    Statement put_operation = connection_->statement("append_operation");
    put_operation.unsigned_integer(t.n).integer(position++).text(operation.document.collection).text(operation.document.id);
    put_operation.text(operation.kind).integer(operation.rules).text(operation.body).text(operation.salt).run();
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

void SqliteReplica::clear_search_journal(std::uint64_t upto) {
  connection_->statement("clear_search_journal").unsigned_integer(upto).run();
}

bool SqliteReplica::switched(std::string_view name, bool fallback) {
  Statement row = connection_->statement("switch");
  return row.text(name).step() ? row.integer_at(0) != 0 : fallback;
}

void SqliteReplica::put_switch(std::string_view name, bool value) {
  connection_->statement("put_switch").text(name).integer(value ? 1 : 0).run();
}

}  // namespace vitrine::edge::database
