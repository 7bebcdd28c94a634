// SPDX-License-Identifier: Apache-2.0
// The digests of the hub's streams in the database. Sums are read when a transaction first needs them and written at its end:
// other processes write this database too.
#pragma once

#include <cstdint>
#include <optional>

#include "hub/database/connection.hpp"
#include "sync/ends/stream_sums.hpp"

namespace vitrine::hub::database {

class Digests {
 public:
  explicit Digests(Connection& connection);

  const sync::DigestKey& key();
  std::optional<sync::Leaf> leaf_of(const sync::Document& document);
  // The leaf of a document as it stands now.
  std::optional<sync::Leaf> leaf(const sync::DocumentKey& key);
  // A stream is known by the number of its row.
  const sync::BucketSums& sums(std::int64_t stream) { return sums_.sums(stream); }
  void add(std::int64_t stream, const std::optional<sync::Leaf>& leaf) { sums_.add(stream, leaf); }
  void subtract(std::int64_t stream, const std::optional<sync::Leaf>& leaf) { sums_.subtract(stream, leaf); }

  void flush();   // before a commit: writes what has changed
  void forget();  // at the begin and after a rollback

 private:
  Connection& connection_;
  sync::ends::StreamSums sums_;
  sync::DigestKey key_{};  // never changes
  bool key_known_ = false;
  // The document that was put last: it is appended to its streams next.
  sync::DocumentKey last_;
  std::optional<sync::Leaf> last_leaf_;
};

void bind_leaf(Statement& statement, const std::optional<sync::Leaf>& leaf);

// A database of a release without digests: leaves and sums of all that it holds, once.
std::optional<Error> count_digests_once(Connection& connection);

}  // namespace vitrine::hub::database
