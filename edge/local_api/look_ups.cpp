// SPDX-License-Identifier: Apache-2.0
#include "edge/local_api/look_ups.hpp"

#include <sodium.h>

#include <array>
#include <utility>

namespace vitrine::edge::local_api {

Result<std::string> LookUps::open(LookUp look_up, MonoMs now) {
  std::array<unsigned char, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::string handle(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(handle.data(), handle.size(), bytes.data(), bytes.size());
  handle.pop_back();
  look_up.until = now.plus(look_up_life_ms);
  const std::lock_guard lock(mutex_);
  std::erase_if(held_, [&](const auto& one) { return one.second.until <= now; });
  if (held_.size() >= look_ups_held_max) return fail("busy", "too many customers are open at once");
  held_.emplace(handle, std::move(look_up));
  return handle;
}

Result<LookUp> LookUps::find(const std::string& handle, const std::string& staff, const std::string& device, MonoMs now) const {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find(handle);
  const bool good =
      found != held_.end() && found->second.until > now && found->second.staff == staff && found->second.device == device;
  if (!good) return fail("look_up_over", "this customer is no longer open at this counter");
  return found->second;
}

}  // namespace vitrine::edge::local_api
