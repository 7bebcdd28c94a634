// SPDX-License-Identifier: Apache-2.0
// What a store measures of the journeys through it, over some time. What each figure counts, word by word: docs/MEASURES.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace vitrine::sync {

struct Measures {
  std::int64_t resumes = 0;                 // carts that were opened here from a phone
  std::int64_t recovered = 0;               // of such carts, those that were paid at a till
  std::int64_t collected = 0;               // orders of which goods were handed over
  std::int64_t promises = 0;                // orders whose promised time came
  std::int64_t promises_kept = 0;           // of these, ready by then
  std::int64_t no_shows = 0;                // orders that nobody collected
  std::int64_t contacts = 0;                // requests and conversations that staff brought to an end
  std::int64_t contacts_first = 0;          // of these, resolved by who went first, and not taken up again
  std::int64_t searches = 0;                // that came to rest
  std::int64_t searches_empty = 0;          // of these, without a result
  std::int64_t offers = 0;                  // that staff put to customers
  std::int64_t offers_taken = 0;            // of these, taken
  std::int64_t minutes_offline = 0;         // in which there was no line to the hub
  std::int64_t minutes_served = 0;          // of these, with something done for somebody
  std::vector<std::int64_t> waits_ms = {};  // of buyers who said that they are here, until goods were handed over; ascending
  bool operator==(const Measures&) const = default;
};

struct MeasureName {
  std::string_view name;
  std::int64_t Measures::* count;
};
// Every count, in the order in which it is written.
inline constexpr auto measure_names = std::to_array<MeasureName>({
    {"resumes", &Measures::resumes},
    {"recovered", &Measures::recovered},
    {"collected", &Measures::collected},
    {"promises", &Measures::promises},
    {"promises_kept", &Measures::promises_kept},
    {"no_shows", &Measures::no_shows},
    {"contacts", &Measures::contacts},
    {"contacts_first", &Measures::contacts_first},
    {"searches", &Measures::searches},
    {"searches_empty", &Measures::searches_empty},
    {"offers", &Measures::offers},
    {"offers_taken", &Measures::offers_taken},
    {"minutes_offline", &Measures::minutes_offline},
    {"minutes_served", &Measures::minutes_served},
});

// By the nearest rank: the smallest value that at least so many percent are not above. None of nothing.
inline std::optional<std::int64_t> percentile(const std::vector<std::int64_t>& ascending, std::size_t percent) {
  if (ascending.empty()) return std::nullopt;
  const std::size_t rank = (ascending.size() * percent + 99) / 100;
  return ascending[rank == 0 ? 0 : rank - 1];
}

}  // namespace vitrine::sync
