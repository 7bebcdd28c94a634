// SPDX-License-Identifier: Apache-2.0
// Authority; the statements stand in sql/authority.sql.
#include "hub/database/authority.hpp"
#include "hub/database/case_news.hpp"
#include "hub/database/receipt_questions.hpp"
#include "hub/database/request_news.hpp"
#include "sync/planted.hpp"

#include <algorithm>
#include <charconv>

#include "sync/tuning.hpp"

namespace vitrine::hub::database {

using sync::DocumentKey;
using sync::Hash;
using sync::StoreId;
using sync::StreamName;
using sync::Version;

namespace {

// What an entry weighs beside its body: a run of tombstones and removals must end too before it is too large to send.
constexpr std::size_t entry_bytes = 64;

// [[1,40],[2,7]]
std::string encode_past(const std::vector<Version>& past) {
  std::string text = "[";
  for (const Version& version : past) {
    if (text.size() > 1) text += ',';
    text += "[" + std::to_string(version.era) + "," + std::to_string(version.number) + "]";
  }
  return text + "]";
}

std::vector<Version> decode_past(std::string_view text) {
  std::vector<std::uint64_t> numbers;
  const char* at = text.data();
  const char* end = text.data() + text.size();
  while (at < end) {
    std::uint64_t number = 0;
    const auto [next, wrong] = std::from_chars(at, end, number);
    if (wrong == std::errc{}) {
      numbers.push_back(number);
      at = next;
    } else {
      ++at;
    }
  }
  std::vector<Version> past;
  for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) {
    past.push_back({static_cast<std::uint32_t>(numbers[i]), numbers[i + 1]});
  }
  return past;
}

Hash hash_of(std::string_view bytes) {
  Hash hash{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), hash.size()), hash.begin());
  return hash;
}

// Columns from `first`: era, number, past.
sync::Lineage lineage_at(const Statement& row, int first) {
  return {{static_cast<std::uint32_t>(row.integer_at(first)), row.unsigned_at(first + 1)}, decode_past(row.text_at(first + 2))};
}

std::optional<std::string> body_at(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return std::string(row.blob_at(column));
}

}  // namespace

std::optional<sync::Document> read_document(Connection& connection, const DocumentKey& key) {
  Statement row = connection.statement("document");
  row.text(key.collection).text(key.id);
  if (!row.step()) return std::nullopt;
  return sync::Document{key, lineage_at(row, 0), body_at(row, 3)};
}

void SqlAuthority::rollback() {
  connection_.rollback();
  connection_.take_failure();
  digests_.forget();
}

sync::Era SqlAuthority::era() {
  Statement row = connection_.statement("era");
  if (!row.step()) return {};
  return {static_cast<std::uint32_t>(row.integer_at(0)), std::string(row.text_at(1))};
}

std::vector<sync::ends::EraRow> SqlAuthority::eras() {
  std::vector<sync::ends::EraRow> result;
  Statement row = connection_.statement("eras");
  while (row.step()) {
    result.push_back({{static_cast<std::uint32_t>(row.integer_at(0)), std::string(row.text_at(1))},
                      {row.integer_at(2)},
                      std::string(row.text_at(3)),
                      row.integer_at(4) != 0,
                      StoreId{std::string(row.text_at(5))}});
  }
  return result;
}

void SqlAuthority::add_era(const sync::ends::EraRow& row) {
  Statement add = connection_.statement("add_era");
  add.integer(row.era.number).text(row.era.id).integer(row.began.value).text(row.why).integer(row.lost ? 1 : 0);
  add.text(row.shown_by.text).run();
}

std::optional<sync::Document> SqlAuthority::document(const DocumentKey& key) { return read_document(connection_, key); }

void SqlAuthority::put_document(const sync::Document& document) {
  const bool is_order = document.key.collection == "order";
  const bool is_case = document.key.collection == "case";
  const bool is_request = document.key.collection == "request";
  const auto before = is_order || is_case || is_request ? read_document(connection_, document.key) : std::nullopt;
  Statement put = connection_.statement("put_document");
  put.text(document.key.collection).text(document.key.id);
  put.integer(document.lineage.now.era).unsigned_integer(document.lineage.now.number).text(encode_past(document.lineage.past));
  if (document.body) {
    put.blob(document.body->data(), document.body->size());
  } else {
    put.null();
  }
  bind_leaf(put, digests_.leaf_of(document));
  put.run();
  products_.follow(document);
  if (is_order) orders_.follow(before, document);
  if (is_case) follow_case(connection_, before, document);
  if (is_request) follow_request(connection_, before, document);
  if (document.key.collection == "receipt") follow_receipt(connection_, document);
}

std::uint64_t SqlAuthority::append(const StreamName& stream, const DocumentKey& key, bool removal) {
  std::int64_t number = 0;
  std::uint64_t seq = 0;
  {
    Statement draw = connection_.statement("draw_seq");
    draw.text(stream.text);
    if (!draw.step()) return 0;
    number = draw.integer_at(0);
    seq = draw.unsigned_at(1);
    draw.step();  // a RETURNING statement is finished only by its last step
  }
  if (planted(sync::Bug::compaction_loses_latest) && !removal &&
      connection_.statement("streams_of").text(key.collection).text(key.id).step())
    return seq;
  {
    Statement older = connection_.statement("drop_older_entry");
    older.integer(number).text(key.collection).text(key.id);
    if (older.step()) {
      digests_.subtract(number, sync::ends::leaf_from(older.blob_at(0)));
      older.step();
    }
  }
  const std::optional<sync::Leaf> leaf = removal ? std::nullopt : digests_.leaf(key);
  digests_.add(number, leaf);
  Statement put = connection_.statement("put_entry");
  put.integer(number).unsigned_integer(seq).text(key.collection).text(key.id).integer(removal ? 1 : 0);
  bind_leaf(put, leaf);
  put.run();
  return seq;
}

std::optional<SqlAuthority::StreamRow> SqlAuthority::stream_row(const StreamName& stream) {
  Statement row = connection_.statement("stream");
  row.text(stream.text);
  if (!row.step()) return std::nullopt;
  return StreamRow{row.integer_at(0), row.unsigned_at(1), row.unsigned_at(2)};
}

std::uint64_t SqlAuthority::head(const StreamName& stream) {
  const auto row = stream_row(stream);
  return row ? row->head : 0;
}

std::uint64_t SqlAuthority::horizon(const StreamName& stream) {
  const auto row = stream_row(stream);
  return row ? row->horizon : 0;
}

std::vector<sync::ends::StreamHead> SqlAuthority::heads() {
  std::vector<sync::ends::StreamHead> result;
  Statement row = connection_.statement("heads");
  while (row.step()) result.push_back({StreamName{std::string(row.text_at(0))}, row.unsigned_at(1)});
  return result;
}

std::vector<sync::ends::StreamEntry> SqlAuthority::entries_after(const StreamName& stream, std::uint64_t after,
                                                                 std::size_t bytes_max) {
  std::vector<sync::ends::StreamEntry> result;
  const auto found = stream_row(stream);
  if (!found) return result;
  std::size_t bytes = 0;
  Statement row = connection_.statement("entries_after");
  row.integer(found->number).unsigned_integer(after).in_part();
  while ((result.empty() || bytes < bytes_max) && row.step()) {
    sync::PageEntry entry;
    entry.key = {std::string(row.text_at(1)), std::string(row.text_at(2))};
    entry.removal = row.integer_at(3) != 0;
    entry.lineage = lineage_at(row, 4);
    if (!entry.removal) entry.body = body_at(row, 7);
    bytes += entry_bytes + entry.key.id.size() + (entry.body ? entry.body->size() : 0);
    result.push_back({row.unsigned_at(0), std::move(entry)});
  }
  return result;
}

std::vector<sync::Document> SqlAuthority::live_under(const std::string& collection, const std::string& prefix) {
  std::vector<sync::Document> found;
  Statement row = connection_.statement("live_under");
  row.text(collection).text(prefix).text(prefix + "\x7f");
  while (row.step()) found.push_back({{collection, std::string(row.text_at(0))}, lineage_at(row, 1), body_at(row, 4)});
  return found;
}

std::vector<sync::Document> SqlAuthority::live_of(const std::string& collection, const std::string& after,
                                                  std::size_t count_max) {
  std::vector<sync::Document> found;
  Statement row = connection_.statement("live_of");
  row.text(collection).text(after).unsigned_integer(count_max);
  while (row.step()) found.push_back({{collection, std::string(row.text_at(0))}, lineage_at(row, 1), body_at(row, 4)});
  return found;
}

std::vector<sync::PageEntry> SqlAuthority::live_after(const StreamName& stream, const DocumentKey& after, std::size_t bytes_max) {
  std::vector<sync::PageEntry> result;
  const auto found = stream_row(stream);
  if (!found) return result;
  std::size_t bytes = 0;
  Statement row = connection_.statement("live_after");
  row.integer(found->number).text(after.collection).text(after.id).in_part();
  while ((result.empty() || bytes < bytes_max) && row.step()) {
    sync::PageEntry entry;
    entry.key = {std::string(row.text_at(0)), std::string(row.text_at(1))};
    entry.lineage = lineage_at(row, 2);
    entry.body = body_at(row, 5);
    bytes += entry_bytes + entry.key.id.size() + entry.body->size();
    result.push_back(std::move(entry));
  }
  return result;
}

sync::BucketSums SqlAuthority::sums(const StreamName& stream) {
  const auto found = stream_row(stream);
  return found ? digests_.sums(found->number) : sync::BucketSums{};
}

sync::ends::Authority::BucketRun SqlAuthority::live_in(const StreamName& stream, const sync::BucketSet& buckets,
                                                       const DocumentKey& after, std::size_t bytes_max) {
  BucketRun run;
  run.last = after;
  const auto found = stream_row(stream);
  if (!found || buckets.none()) return run;
  std::size_t bytes = 0;
  std::size_t looked_at = 0;
  Statement row = connection_.statement("keys_after");
  row.integer(found->number).text(after.collection).text(after.id).in_part();
  while (row.step()) {
    if (looked_at++ == sync::tuning::repair_keys_max || bytes >= bytes_max) {
      run.more = true;
      break;
    }
    run.last = {std::string(row.text_at(0)), std::string(row.text_at(1))};
    if (!buckets.test(sync::ends::bucket_of(digests_.key(), run.last))) continue;
    Statement live = connection_.statement("live_entry");
    live.integer(found->number).text(run.last.collection).text(run.last.id);
    if (!live.step()) continue;
    sync::PageEntry entry{run.last, lineage_at(live, 0), body_at(live, 3), false};
    bytes += entry_bytes + entry.key.id.size() + entry.body->size();
    run.entries.push_back(std::move(entry));
  }
  return run;
}

std::vector<StreamName> SqlAuthority::streams_of(const DocumentKey& key) {
  std::vector<StreamName> result;
  Statement row = connection_.statement("streams_of");
  row.text(key.collection).text(key.id);
  while (row.step()) result.emplace_back(std::string(row.text_at(0)));
  return result;
}

void SqlAuthority::add_store(const StoreId& store) { connection_.statement("add_store").text(store.text).run(); }

std::vector<StoreId> SqlAuthority::stores() {
  std::vector<StoreId> result;
  Statement row = connection_.statement("stores");
  while (row.step()) result.emplace_back(std::string(row.text_at(0)));
  return result;
}

bool SqlAuthority::knows_store(const StoreId& store) { return connection_.statement("knows_store").text(store.text).step(); }

std::string SqlAuthority::token(const StoreId& store) {
  Statement row = connection_.statement("token");
  row.text(store.text);
  return row.step() ? std::string(row.text_at(0)) : std::string();
}

void SqlAuthority::put_token(const StoreId& store, const std::string& token) {
  connection_.statement("put_token").text(token).text(store.text).run();
}

std::vector<sync::Applied> SqlAuthority::applied(const StoreId& store) {
  std::vector<sync::Applied> result;
  Statement row = connection_.statement("applied");
  row.text(store.text);
  while (row.step()) {
    result.push_back({sync::IncarnationId{std::string(row.text_at(0))}, row.unsigned_at(1), hash_of(row.blob_at(2))});
  }
  return result;
}

std::optional<Hash> SqlAuthority::applied_hash(const StoreId& store, const sync::IncarnationId& incarnation, std::uint64_t n) {
  Statement row = connection_.statement("applied_hash");
  row.text(store.text).text(incarnation.text).unsigned_integer(n);
  if (!row.step()) return std::nullopt;
  return hash_of(row.blob_at(0));
}

void SqlAuthority::record_applied(const StoreId& store, const sync::IncarnationId& incarnation, std::uint64_t n, const Hash& hash,
                                  UtcMs at) {
  if (planted(sync::Bug::hub_applies_skipped) && applied_hash(store, incarnation, n)) return;
  Statement applied = connection_.statement("record_applied");
  applied.text(store.text).text(incarnation.text).unsigned_integer(n).blob(hash.data(), hash.size()).integer(at.value).run();
  Statement last = connection_.statement("record_incarnation");
  last.text(store.text).text(incarnation.text).unsigned_integer(n).blob(hash.data(), hash.size()).run();
}

bool SqlAuthority::transaction_known(const sync::TransactionId& id) {
  return connection_.statement("transaction_known").text(id.text).step();
}

void SqlAuthority::record_transaction(const sync::TransactionId& id, UtcMs at) {
  if ((planted(sync::Bug::forget_dedup) || planted(sync::Bug::hub_applies_skipped)) && transaction_known(id)) return;
  connection_.statement("record_transaction").text(id.text).integer(at.value).run();
}

void SqlAuthority::put_presence(const StoreId& store, const std::string& json, UtcMs at) {
  connection_.statement("put_presence").text(json).integer(at.value).text(store.text).run();
}

}  // namespace vitrine::hub::database
