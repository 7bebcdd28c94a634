// SPDX-License-Identifier: Apache-2.0
// 16 parts of 16 buckets a stream, so that one change reads and writes one small row.
#include "sync/ends/stream_sums.hpp"

namespace vitrine::sync::ends {

StreamSums::Kept& StreamSums::part_of(std::int64_t stream, std::size_t part) {
  Kept& kept = streams_[stream];
  if (kept.loaded.test(part)) return kept;
  if (const auto bytes = read_(stream, part)) take_part(kept.sums, part, *bytes);
  kept.loaded.set(part);
  return kept;
}

StreamSums::Kept& StreamSums::changing(std::int64_t stream, const Leaf& leaf) {
  const std::size_t part = leaf.bucket / sums_in_part;
  Kept& kept = part_of(stream, part);
  kept.changed.set(part);
  return kept;
}

const BucketSums& StreamSums::sums(std::int64_t stream) {
  for (std::size_t part = 0; part < sums_parts; ++part) part_of(stream, part);
  return streams_[stream].sums;
}

void StreamSums::add(std::int64_t stream, const std::optional<Leaf>& leaf) {
  if (leaf) changing(stream, *leaf).sums.add(leaf);
}

void StreamSums::subtract(std::int64_t stream, const std::optional<Leaf>& leaf) {
  if (leaf) changing(stream, *leaf).sums.subtract(leaf);
}

void StreamSums::put(std::int64_t stream, const BucketSums& sums) {
  Kept& kept = streams_[stream];
  kept.sums = sums;
  kept.loaded.set();
  kept.changed.set();
}

std::vector<std::int64_t> StreamSums::in_memory() const {
  std::vector<std::int64_t> numbers;
  for (const auto& [stream, kept] : streams_) numbers.push_back(stream);
  return numbers;
}

void StreamSums::flush() {
  for (auto& [stream, kept] : streams_) {
    if (kept.changed.none()) continue;
    for (std::size_t part = 0; part < sums_parts; ++part) {
      if (kept.changed.test(part)) write_(stream, part, part_bytes(kept.sums, part));
    }
    kept.changed.reset();
  }
}

}  // namespace vitrine::sync::ends
