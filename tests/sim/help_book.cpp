// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/help_book.hpp"

#include <utility>

namespace vitrine::sim {

namespace {

constexpr std::int64_t clock_error_ms = 1'500;  // what a store may be ahead of the hub's time

// Said by a clock that somebody had set forward: the hub does not believe it.
bool believed(const ModelRequest::Said* said, std::int64_t utc_ms) {
  return said == nullptr || said->at_ms <= utc_ms + clock_error_ms;
}

}  // namespace

std::string HelpBook::apply(const std::string& id, const std::vector<SeenOperation>& operations, ModelStamp stamp,
                            const std::string& store) {
  std::string refused;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    stamp.by = id + "." + std::to_string(i);
    ModelRequest draft = now_[operations[i].document];
    const std::string reason = model_.apply(draft, operations[i], stamp, store);
    if (reason.empty()) now_[operations[i].document] = std::move(draft);
    if (refused.empty()) refused = reason;
  }
  return refused;
}

std::string HelpBook::compare(const std::string& id, const std::optional<std::string>& body) {
  const ModelRequest& expected = now_[id];
  const auto seen = body ? model_.request(*body) : ModelRequest{};
  return seen == expected ? "" : "request " + id + ": " + (seen ? show(*seen) : "unreadable") + ", expected " + show(expected);
}

std::optional<HelpBook::Wrong> HelpBook::store_shows(std::size_t store, const std::string& id,
                                                     const std::optional<std::string>& body, std::int64_t utc_ms, bool may_go) {
  Shown& there = shown_.at(store);
  const auto seen = body ? model_.request(*body) : ModelRequest{};
  if (!seen && may_go) return std::nullopt;
  if (!seen) return Wrong{"request_view_loses", "request " + id + " cannot be read"};
  const ModelRequest before = std::exchange(there.requests[id], *seen);
  const bool known = !there.gone.contains(id);
  if (before.there && !seen->there) there.gone.insert(id);
  if (!before.there || !known || may_go || there.rewound || before.until <= utc_ms + clock_error_ms) return std::nullopt;
  const std::string change = "request " + id + ": " + show(*seen) + ", and was " + show(before);
  if (!seen->there) return Wrong{"request_view_loses", change};
  for (const auto& [name, said] : before.parts) {
    const ModelRequest::Said* now = seen->part(name.c_str());
    if (now == nullptr) return Wrong{name == "ended" ? "request_reopened" : "request_view_loses", change};
    const bool last = name == "topic" || name == "taken";
    if (believed(&said, utc_ms) && believed(now, utc_ms) && (last ? now->before(said) : said.before(*now)))
      return Wrong{"request_view_loses", change};
  }
  const std::string was = before.who();
  const std::string is = seen->who();
  if (!was.empty() && !is.empty() && was != is && believed(before.part("taken"), utc_ms) && before.part("ended") == nullptr)
    return Wrong{"request_taken_twice", change};
  return std::nullopt;
}

}  // namespace vitrine::sim
