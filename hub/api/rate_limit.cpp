// SPDX-License-Identifier: Apache-2.0
// Token buckets. A bucket that would be full again says nothing and is forgotten first.
#include "hub/api/rate_limit.hpp"

#include <algorithm>

namespace vitrine::hub::api {

bool RateLimit::allow(const std::string& name, MonoMs now) {
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= names_max_ && !buckets_.contains(name)) {
    forget_full(now);
    if (buckets_.size() >= names_max_) buckets_.clear();  // a flood of names: all begin anew, memory stays bounded
  }
  auto [found, fresh] = buckets_.try_emplace(name, Bucket{rate_.burst, now});
  Bucket& bucket = found->second;
  const double elapsed_s = static_cast<double>(std::max<std::int64_t>(0, now.value - bucket.at.value)) / 1000;
  bucket.tokens = std::min(rate_.burst, bucket.tokens + elapsed_s * rate_.per_second);
  bucket.at = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

void RateLimit::forget_full(MonoMs now) {
  const double refill_ms = rate_.burst / rate_.per_second * 1000;
  std::erase_if(buckets_, [&](const auto& entry) { return static_cast<double>(now.value - entry.second.at.value) > refill_ms; });
}

}  // namespace vitrine::hub::api
