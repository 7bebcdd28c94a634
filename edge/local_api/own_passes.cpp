// SPDX-License-Identifier: Apache-2.0
#include "edge/local_api/own_passes.hpp"

#include <algorithm>

namespace vitrine::edge::local_api {

void OwnPasses::opened(const std::string& device, const sync::CartId& cart, MonoMs now) {
  const std::lock_guard lock(mutex_);
  by_device_[device] = {cart, now};
  if (by_device_.size() <= own_passes_held_max) return;
  by_device_.erase(std::ranges::min_element(by_device_, {}, [](const auto& one) { return one.second.at; }));
}

void OwnPasses::forget(const std::string& device) {
  const std::lock_guard lock(mutex_);
  by_device_.erase(device);
}

bool OwnPasses::is_open(const std::string& device, const sync::CartId& cart, MonoMs now) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_device_.find(device);
  return found != by_device_.end() && found->second.cart == cart && now < found->second.at.plus(own_pass_life_ms);
}

}  // namespace vitrine::edge::local_api
