// SPDX-License-Identifier: Apache-2.0
// The rules of a request for a person. All operations are facts of the store: none is refused, and each comes to the same in
// every order. The laws: sync/rules/README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "sync/model/request.hpp"
#include "sync/rules/apply.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::rules {

inline constexpr std::int64_t request_kept_ms = tuning::small_limits ? 50'000 : 48LL * 3600 * 1000;  // from its first word on
inline constexpr std::int64_t request_minutes_max = 60;
inline constexpr std::size_t request_text_bytes_max = 80;

// "request.raise": the shopper asks.
struct RequestRaise {
  std::string device;
  std::string where;
  std::string language;
  std::string context;
};
// "request.say": what it is about, said while they wait.
struct RequestSay {
  std::string about;
};
// "request.take": a member of staff goes there; without a name, puts it back.
struct RequestTake {
  std::string who;
  std::int64_t minutes = 0;
};
// "request.end"
struct RequestEnd {
  std::string how;
};

using RequestOperation = std::variant<RequestRaise, RequestSay, RequestTake, RequestEnd>;

// Total.
HelpRequest apply(const std::optional<HelpRequest>& request, const StoreId& store, const RequestOperation& operation,
                  const ApplyContext& context);

enum class RequestState { waiting, taken, ended };
RequestState state_of(const HelpRequest& request);
// "waiting", "taken", "ended"
const char* word_of(RequestState state);

// When every copy forgets it.
UtcMs expires_at(const HelpRequest& request);

}  // namespace vitrine::sync::rules
