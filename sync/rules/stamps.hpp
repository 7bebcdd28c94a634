// SPDX-License-Identifier: Apache-2.0
// Facts that are the first or the last of their kind by their stamp: the order in which they become known does not matter.
#pragma once

#include <optional>
#include <utility>

namespace vitrine::sync::rules {

// The later, or the earlier, of what is there and what is said.
template <class Said>
void keep_last(std::optional<Said>& there, Said said) {
  if (!there || there->stamp < said.stamp) there = std::move(said);
}
template <class Said>
void keep_first(std::optional<Said>& there, Said said) {
  if (!there || said.stamp < there->stamp) there = std::move(said);
}

}  // namespace vitrine::sync::rules
