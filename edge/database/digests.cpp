// SPDX-License-Identifier: Apache-2.0
// Statements: sql/digests.sql.
#include "edge/database/digests.hpp"

#include <algorithm>

#include "sync/protocol/topics.hpp"

namespace vitrine::edge::database {

using sync::BucketSums;
using sync::DocumentKey;
using sync::Leaf;
using sync::StreamName;
using sync::ends::leaf_bytes;
using sync::ends::leaf_from;
using sync::ends::leaf_of;

namespace {

constexpr std::size_t rows_at_once = 500;  // of a walk through the base
constexpr std::int64_t every_stream = 0;   // rows of streams are numbered from 1

struct Row {
  DocumentKey key;
  std::int64_t stream = 0;
  sync::Version version;
  std::optional<Leaf> leaf;
  std::optional<std::string> body;

  // What the leaf should be. A forgotten body has left its own.
  [[nodiscard]] std::optional<Leaf> true_leaf(const sync::DigestKey& digest_key) const {
    return body ? leaf_of(digest_key, key, version, body) : leaf;
  }
};

std::vector<Row> rows_after(Connection& connection, const DocumentKey& after, std::size_t count) {
  std::vector<Row> rows;
  Statement row = connection.statement("base_after");
  row.text(after.collection).text(after.id).unsigned_integer(count);
  while (row.step()) {
    Row one;
    one.key = {std::string(row.text_at(0)), std::string(row.text_at(1))};
    one.stream = row.integer_at(2);
    one.version = {static_cast<std::uint32_t>(row.integer_at(3)), row.unsigned_at(4)};
    if (!row.is_null(5)) one.leaf = leaf_from(row.blob_at(5));
    if (!row.is_null(6)) one.body = row.text_at(6);
    rows.push_back(std::move(one));
  }
  return rows;
}

}  // namespace

Digests::Digests(Connection& connection)
    : connection_(&connection),
      sums_(
          [&connection](std::int64_t stream, std::size_t part) -> std::optional<std::string> {
            Statement row = connection.statement("part");
            if (!row.integer(stream).unsigned_integer(part).step()) return std::nullopt;
            return std::string(row.blob_at(0));
          },
          [&connection](std::int64_t stream, std::size_t part, const sync::ends::PartBytes& bytes) {
            connection.statement("put_part").integer(stream).unsigned_integer(part).blob(bytes.data(), bytes.size()).run();
          }) {}

const sync::DigestKey& Digests::key() {
  if (!key_) {
    key_.emplace();
    Statement row = connection_->statement("digest_key");
    if (row.step()) {
      const std::string_view bytes = row.blob_at(0);
      std::copy_n(bytes.begin(), std::min(bytes.size(), key_->size()), key_->begin());
    }
  }
  return *key_;
}

void Digests::put_key(const sync::DigestKey& key) {
  if (key == this->key()) return;
  connection_->statement("put_digest_key").blob(key.data(), key.size()).run();
  key_ = key;
  count_anew(every_stream);
}

std::size_t Digests::recount(std::int64_t stream) { return count_anew(stream); }

std::size_t Digests::count_anew(std::int64_t only_stream) {
  std::size_t untrue = 0;
  std::map<std::int64_t, BucketSums> counted;
  if (only_stream != every_stream) counted[only_stream];
  for (const std::int64_t stream : sums_.in_memory()) {
    if (only_stream == every_stream) counted[stream];
  }
  DocumentKey after;
  while (true) {
    const std::vector<Row> rows = rows_after(*connection_, after, rows_at_once);
    if (rows.empty()) break;
    after = rows.back().key;
    for (const Row& row : rows) {
      if (only_stream != every_stream && row.stream != only_stream) continue;
      const std::optional<Leaf> leaf = row.true_leaf(key());
      counted[row.stream].add(leaf);
      if (leaf == row.leaf) continue;
      ++untrue;
      const auto bytes = leaf_bytes(*leaf);
      connection_->statement("put_leaf").blob(bytes.data(), bytes.size()).text(row.key.collection).text(row.key.id).run();
    }
  }
  for (const auto& [stream, sums] : counted) sums_.put(stream, sums);
  return untrue;
}

sync::ends::Replica::Checked Digests::check(const DocumentKey& after, std::size_t count) {
  sync::ends::Replica::Checked checked;
  const std::vector<Row> rows = rows_after(*connection_, after, count);
  std::vector<std::int64_t> streams;
  for (const Row& row : rows) {
    if (row.true_leaf(key()) != row.leaf && std::ranges::find(streams, row.stream) == streams.end())
      streams.push_back(row.stream);
  }
  for (const std::int64_t stream : streams) {
    Statement name = connection_->statement("stream_name");
    if (name.integer(stream).step()) checked.untrue.emplace_back(std::string(name.text_at(0)));
  }
  if (rows.size() == count) checked.last = rows.back().key;
  return checked;
}

std::vector<DocumentKey> Digests::keys_in(std::int64_t stream, const StreamName& name, const sync::BucketSet& buckets,
                                          const DocumentKey& after, const std::optional<DocumentKey>& upto) {
  std::vector<DocumentKey> keys;
  const bool own = sync::protocol::owner_of(name).has_value();
  std::string collection = after.collection;
  std::string id = after.id;
  while (!upto || collection <= upto->collection) {
    // A collection stands in own streams or in shared ones: the goods are not read to find a cart.
    bool here = false;
    {
      Statement first = connection_->statement("first_of_collection");
      if (first.text(collection).step()) {
        here = sync::protocol::owner_of(StreamName{std::string(first.text_at(0))}).has_value() == own;
      }
    }
    if (here) {
      Statement row = connection_->statement("ids_after");
      row.text(collection).text(id);
      while (row.step()) {
        DocumentKey key{collection, std::string(row.text_at(0))};
        if (upto && *upto < key) break;
        if (row.integer_at(1) == stream && buckets.test(sync::ends::bucket_of(this->key(), key))) keys.push_back(std::move(key));
      }
    }
    Statement next = connection_->statement("collection_after");
    if (!next.text(collection).step()) break;
    collection = std::string(next.text_at(0));
    id.clear();
  }
  return keys;
}

void Digests::forget() {
  sums_.forget();
  key_.reset();
}

}  // namespace vitrine::edge::database
