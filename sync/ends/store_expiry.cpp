// SPDX-License-Identifier: Apache-2.0
// A document that carries `expires_at` is forgotten at that time, connected or not: what people see of it, and the body in the
// base. What waits for the hub goes up all the same, and its word on the document may bring it back.
#include <algorithm>

#include "sync/ends/store_end.hpp"
#include "sync/planted.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

void StoreEnd::note_expiry(const DocumentKey& key, const std::optional<UtcMs>& at) {
  replica_.put_expiry(key, at);
  if (at && (!next_expiry_ || *at < *next_expiry_)) next_expiry_ = at;
}

void StoreEnd::forget_expired(Now now, StoreEffects& out) {
  if (!next_expiry_ || planted(Bug::expiry_forgotten)) return;
  const UtcMs hub_now = hub_time(now.utc);
  if (*next_expiry_ <= hub_now) {
    for (const DocumentKey& key : replica_.expired(hub_now, tuning::expired_at_once)) forget_at_once(key, out);
    next_expiry_ = replica_.next_expiry();
    if (!next_expiry_) return;
  }
  const std::int64_t wait_ms = std::clamp<std::int64_t>(next_expiry_->value - hub_now.value, 1, tuning::expiry_wake_max_ms);
  const MonoMs at = now.mono.plus(wait_ms);
  if (!out.wake_at || at < *out.wake_at) out.wake_at = at;
}

}  // namespace vitrine::sync::ends
