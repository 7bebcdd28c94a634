// SPDX-License-Identifier: Apache-2.0
// The digests of a store's base in SQLite: the sums are held in memory between commits, and written with them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "edge/database/sql_book.hpp"
#include "sync/ends/replica.hpp"
#include "sync/ends/stream_sums.hpp"

namespace vitrine::edge::database {

class Digests {
 public:
  explicit Digests(Connection& connection);

  const sync::DigestKey& key();
  // Another key: every leaf and every sum is made anew.
  void put_key(const sync::DigestKey& key);

  // A stream is known by the number of its row.
  const sync::BucketSums& sums(std::int64_t stream) { return sums_.sums(stream); }
  void add(std::int64_t stream, const std::optional<sync::Leaf>& leaf) { sums_.add(stream, leaf); }
  void subtract(std::int64_t stream, const std::optional<sync::Leaf>& leaf) { sums_.subtract(stream, leaf); }
  std::size_t recount(std::int64_t stream);
  sync::ends::Replica::Checked check(const sync::DocumentKey& after, std::size_t count);
  std::vector<sync::DocumentKey> keys_in(std::int64_t stream, const sync::StreamName& name, const sync::BucketSet& buckets,
                                         const sync::DocumentKey& after, const std::optional<sync::DocumentKey>& upto);

  // Writes what has changed; forget() after a rollback.
  void flush() { sums_.flush(); }
  void forget();

 private:
  std::size_t count_anew(std::int64_t only_stream);

  Connection* connection_;
  sync::ends::StreamSums sums_;
  std::optional<sync::DigestKey> key_;
};

}  // namespace vitrine::edge::database
