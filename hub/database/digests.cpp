// SPDX-License-Identifier: Apache-2.0
// Statements: sql/digests.sql.
#include "hub/database/digests.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace vitrine::hub::database {

using sync::DocumentKey;
using sync::Leaf;

namespace {
constexpr std::size_t rows_at_once = 500;  // of the walk over documents of an earlier release
}

void bind_leaf(Statement& statement, const std::optional<Leaf>& leaf) {
  if (!leaf) {
    statement.null();
    return;
  }
  const auto bytes = sync::ends::leaf_bytes(*leaf);
  statement.blob(bytes.data(), bytes.size());
}

Digests::Digests(Connection& connection)
    : connection_(connection),
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
  if (key_known_) return key_;
  Statement row = connection_.statement("digest_key");
  if (row.step()) {
    const std::string_view bytes = row.blob_at(0);
    std::copy_n(bytes.begin(), std::min(bytes.size(), key_.size()), key_.begin());
    key_known_ = true;
  }
  return key_;
}

std::optional<Leaf> Digests::leaf_of(const sync::Document& document) {
  last_leaf_ = sync::ends::leaf_of(key(), document.key, document.lineage.now, document.body);
  last_ = document.key;
  return last_leaf_;
}

std::optional<Leaf> Digests::leaf(const DocumentKey& document) {
  if (document == last_) return last_leaf_;
  Statement row = connection_.statement("leaf");
  if (!row.text(document.collection).text(document.id).step() || row.is_null(0)) return std::nullopt;
  return sync::ends::leaf_from(row.blob_at(0));
}

void Digests::flush() {
  sums_.flush();
  forget();
}

void Digests::forget() {
  sums_.forget();
  last_ = {};
  last_leaf_.reset();
}

std::optional<Error> count_digests_once(Connection& connection) {
  connection.begin_write();
  {
    Statement row = connection.statement("digest_key");
    if (!row.step() || row.integer_at(1) != 0) return connection.commit();
  }
  Digests digests(connection);
  DocumentKey after;
  while (true) {
    std::vector<sync::Document> documents;
    {
      Statement row = connection.statement("documents_after");
      row.text(after.collection).text(after.id).unsigned_integer(rows_at_once);
      while (row.step()) {
        sync::Document one{{std::string(row.text_at(0)), std::string(row.text_at(1))}, {}, std::nullopt};
        one.lineage.now = {static_cast<std::uint32_t>(row.integer_at(2)), row.unsigned_at(3)};
        if (!row.is_null(4)) one.body = row.blob_at(4);
        documents.push_back(std::move(one));
      }
    }
    if (documents.empty()) break;
    after = documents.back().key;
    for (const sync::Document& document : documents) {
      const auto leaf = digests.leaf_of(document);
      if (!leaf) continue;
      Statement put = connection.statement("put_leaf");
      bind_leaf(put, leaf);
      put.text(document.key.collection).text(document.key.id).run();
      std::vector<std::pair<std::int64_t, std::int64_t>> entries;
      Statement row = connection.statement("live_entries_of");
      row.text(document.key.collection).text(document.key.id);
      while (row.step()) entries.emplace_back(row.integer_at(0), row.integer_at(1));
      for (const auto& [stream, seq] : entries) {
        Statement put_entry = connection.statement("put_entry_leaf");
        bind_leaf(put_entry, leaf);
        put_entry.integer(stream).integer(seq).run();
        digests.add(stream, leaf);
      }
    }
  }
  digests.flush();
  connection.statement("digests_counted").run();
  return connection.commit();
}

}  // namespace vitrine::hub::database
