// SPDX-License-Identifier: Apache-2.0
// Example followed: a box is restored from last week's copy. It tells of lines 51 to 55, the hub has 80 others: what it tells is
// taken, and `parted` at 51 is noted, so that somebody asks what became of the thirty.
#include "sync/rules/audit.hpp"

#include <algorithm>

namespace vitrine::sync::rules {

namespace {

void note(AuditChain& chain, AuditBreak found) {
  ++chain.broken;
  chain.breaks.push_back(std::move(found));
  if (chain.breaks.size() > audit_breaks_max) chain.breaks.erase(chain.breaks.begin());
}

// Old ones stand further and further apart, so that also a copy from long ago finds one near it.
void mark(AuditChain& chain, const AuditMark& place) {
  chain.marks.push_back(place);
  if (chain.marks.size() <= audit_marks_max) return;
  for (std::size_t i = 1; i < audit_marks_max / 4; ++i) chain.marks.erase(chain.marks.begin() + static_cast<std::ptrdiff_t>(i));
}

// CONFLICT: lines do not go on from those that are here. RESOLUTION: they are taken, and what is wrong is noted.
std::string wrong_at_start(const AuditChain& chain, const AuditAppend& append) {
  const AuditMark start{append.entries.front().n - 1, append.before};
  if (start == chain.last) return "";
  const bool known = std::ranges::find(chain.marks, start) != chain.marks.end();
  return start.n > chain.last.n && !known ? "gap" : "parted";
}

void act(AuditChain& chain, const AuditAppend& append, const Stamp& stamp) {
  // A store says it each time that it looks; it is one break.
  const auto& found = append.found;
  const bool told = found && std::ranges::any_of(chain.breaks, [&](const AuditBreak& one) {
                      return one.n == found->n && one.what == found->what;
                    });
  if (found && !told) note(chain, {found->n, found->what, stamp});
  if (append.entries.empty()) return;
  const std::string wrong = wrong_at_start(chain, append);
  if (wrong == "gap") note(chain, {chain.last.n + 1, wrong, stamp});
  if (wrong == "parted") note(chain, {append.entries.front().n, wrong, stamp});
  const auto missing = std::ranges::adjacent_find(
      append.entries, [](const AuditEntry& one, const AuditEntry& next) { return next.n != one.n + 1; });
  if (missing != append.entries.end()) {
    note(chain, {missing->n + 1, "gap", stamp});
  } else if (append.entries.back().hash != append.said) {
    note(chain, {append.entries.front().n, "altered", stamp});
  }
  // What the store says, so that its next lines go on from there and what is wrong is noted once.
  chain.last = {append.entries.back().n, append.said};
  chain.at = append.entries.back().at;
  for (const AuditEntry& one : append.entries) mark(chain, {one.n, one.hash});
  chain.marks.back() = chain.last;
}

// CONFLICT: a break comes while somebody settles. RESOLUTION: what was counted is settled, and no more.
void act(AuditChain& chain, const AuditSettle& settle, const Stamp&) {
  chain.settled = std::max(chain.settled, std::min(settle.upto, chain.broken));
}

}  // namespace

AuditChain apply(const std::optional<AuditChain>& chain, const AuditOperation& operation, const ApplyContext& context) {
  AuditChain after = chain.value_or(AuditChain{});
  const Stamp stamp{context.at, context.transaction.text + "." + std::to_string(context.operation_index)};
  std::visit([&](const auto& op) { act(after, op, stamp); }, operation);
  return after;
}

}  // namespace vitrine::sync::rules
