// SPDX-License-Identifier: Apache-2.0
// The planted bugs by name (sync/planted.hpp).
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "sync/planted.hpp"

namespace vitrine::sim {

struct NamedBug {
  sync::Bug bug = sync::Bug::none;
  std::string_view name;
};

// All of them, without `none`.
std::span<const NamedBug> bugs();
std::optional<sync::Bug> bug_named(std::string_view name);

}  // namespace vitrine::sim
