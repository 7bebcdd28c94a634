// SPDX-License-Identifier: Apache-2.0
// The rules of activity: what was said stands. The laws: sync/rules/README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "sync/model/activity.hpp"
#include "sync/rules/apply.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::rules {

inline constexpr std::int64_t activity_kept_ms = 30LL * 86'400'000;          // from the event on, in every copy
inline constexpr std::size_t activity_max = tuning::small_limits ? 6 : 200;  // the newest of one customer
inline constexpr std::size_t activity_text_bytes_max = 200;
inline constexpr std::string_view activity_purpose = "history";  // whose consent lets it stand with a store and be shown

// "activity.append", a fact.
struct ActivityAppend {
  std::string kind{};
  std::string channel{};
  UtcMs at{};
  std::optional<Sku> sku{};
  std::optional<OrderId> order{};
  std::optional<StoreId> store{};
  std::string text{};
};

using ActivityOperation = std::variant<ActivityAppend>;

// Total. None: it was forgotten here, and does not come back.
std::optional<Activity> apply(const std::optional<Activity>& activity, const CustomerId& customer,
                              const ActivityOperation& operation, const ApplyContext& context);

}  // namespace vitrine::sync::rules
