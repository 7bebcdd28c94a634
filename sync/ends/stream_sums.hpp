// SPDX-License-Identifier: Apache-2.0
// The sums of streams as both ends keep them: a part is read when it is first needed, changed in memory, and written before the
// commit. A stream is known by the number of its row.
#pragma once

#include <bitset>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sync/ends/digest.hpp"

namespace vitrine::sync::ends {

class StreamSums {
 public:
  using Read = std::function<std::optional<std::string>(std::int64_t stream, std::size_t part)>;  // none: nothing in it
  using Write = std::function<void(std::int64_t stream, std::size_t part, const PartBytes& bytes)>;

  StreamSums(Read read, Write write) : read_(std::move(read)), write_(std::move(write)) {}

  const BucketSums& sums(std::int64_t stream);
  void add(std::int64_t stream, const std::optional<Leaf>& leaf);
  void subtract(std::int64_t stream, const std::optional<Leaf>& leaf);
  void put(std::int64_t stream, const BucketSums& sums);  // counted anew
  [[nodiscard]] std::vector<std::int64_t> in_memory() const;

  void flush();                        // before a commit: writes what has changed
  void forget() { streams_.clear(); }  // after a rollback, and where others write these rows too

 private:
  struct Kept {
    BucketSums sums;
    std::bitset<sums_parts> loaded;
    std::bitset<sums_parts> changed;
  };
  Kept& part_of(std::int64_t stream, std::size_t part);
  Kept& changing(std::int64_t stream, const Leaf& leaf);

  Read read_;
  Write write_;
  std::map<std::int64_t, Kept> streams_;
};

}  // namespace vitrine::sync::ends
