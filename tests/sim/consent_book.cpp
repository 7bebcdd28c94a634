// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/consent_book.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "tests/sim/json_eyes.hpp"

namespace vitrine::sim {

namespace {

bool covers(const std::set<std::string>& seen, const std::set<std::string>& withdrawals) {
  return std::ranges::includes(seen, withdrawals);
}

std::set<std::string> names_in(dom::element from, std::string_view name) {
  std::set<std::string> names;
  for (const dom::element one : items(from, name)) {
    std::string_view value;
    if (one.get(value) == simdjson::SUCCESS) names.emplace(value);
  }
  return names;
}

}  // namespace

struct ConsentBook::Parser : JsonEyes {};

ConsentBook::ConsentBook(std::size_t stores) : parser_(std::make_unique<Parser>()), shown_(stores) {}
ConsentBook::~ConsentBook() = default;

// Among the grants that named every withdrawal: not one that another one, which named more, makes needless; of the rest the
// latest.
const ModelPurpose::Grant* ModelPurpose::in_force() const {
  const Grant* best = nullptr;
  for (const Grant& one : grants) {
    if (!covers(one.seen, withdrawals)) continue;
    const bool needless =
        std::ranges::any_of(grants, [&](const Grant& other) { return other.seen != one.seen && covers(other.seen, one.seen); });
    if (needless) continue;
    if (best == nullptr || std::tie(best->at_ms, best->by) < std::tie(one.at_ms, one.by)) best = &one;
  }
  return best;
}

std::string show(const ModelConsents& consents) {
  std::string out;
  for (const auto& [name, purpose] : consents) {
    const auto* grant = purpose.in_force();
    out += " " + name + (grant == nullptr ? ": no" : ": by " + grant->by.substr(0, 6)) + ", withdrawn";
    for (const std::string& one : purpose.withdrawals) out += " " + one.substr(0, 6);
    out += ";";
  }
  return out;
}

std::string ConsentBook::apply_one(ModelConsents& consents, const SeenOperation& operation, std::int64_t at_ms,
                                   const std::string& by) {
  if (!parser_->read(operation.body)) return "operation_malformed";
  ModelPurpose& purpose = consents[text(parser_->root, "purpose")];
  if (operation.kind == "consent.withdraw") {
    purpose.withdrawals.insert(by);
    return {};
  }
  ModelPurpose::Grant grant{at_ms, by, names_in(parser_->root, "seen")};
  if (!covers(grant.seen, purpose.withdrawals)) return "consent_withdrawn";
  purpose.grants.push_back(std::move(grant));
  return {};
}

std::string ConsentBook::apply(const std::string& id, const std::vector<SeenOperation>& operations, std::int64_t at_ms,
                               bool heard) {
  if (is_erased(operations.front().document)) return "customer_erased";
  Registers drafts;
  std::string refused;
  for (std::size_t i = 0; i < operations.size() && refused.empty(); ++i) {
    const auto [draft, fresh] = drafts.try_emplace(operations[i].document);
    if (fresh) draft->second = now_[operations[i].document];
    refused = apply_one(draft->second, operations[i], at_ms, id + "." + std::to_string(i));
  }
  if (refused.empty() && heard) {
    for (auto& [customer, draft] : drafts) now_[customer] = std::move(draft);
  }
  return refused;
}

std::optional<ModelConsents> ConsentBook::read(const std::string& body) {
  if (!parser_->read(body)) return std::nullopt;
  dom::object purposes;
  if (parser_->root["purposes"].get(purposes) != simdjson::SUCCESS) return std::nullopt;
  ModelConsents consents;
  for (const auto& [name, held] : purposes) {
    ModelPurpose& purpose = consents[std::string(name)];
    for (const dom::element one : items(held, "grants"))
      purpose.grants.push_back({number(one, "at"), text(one, "by"), names_in(one, "seen")});
    for (const dom::element one : items(held, "withdrawals")) purpose.withdrawals.insert(text(one, "by"));
  }
  return consents;
}

std::string ConsentBook::compare(const std::string& customer, const std::optional<std::string>& body) {
  if (is_erased(customer)) return body ? "consents of " + customer + ", who was erased" : std::string();
  const ModelConsents& expected = now_[customer];
  const auto seen = body ? read(*body) : ModelConsents{};
  bool same = seen.has_value();
  for (const auto& [name, purpose] : expected) {
    if (!same) break;
    const ModelPurpose there = seen->contains(name) ? seen->at(name) : ModelPurpose{};
    const auto* wanted = purpose.in_force();
    const auto* found = there.in_force();
    same = there.withdrawals == purpose.withdrawals && (wanted == nullptr) == (found == nullptr) &&
           (wanted == nullptr || *wanted == *found);
  }
  if (same) return {};
  return "consents of " + customer + ":" + (seen ? show(*seen) : " unreadable") + " expected" + show(expected);
}

bool ConsentBook::agrees(const std::string& customer, const std::string& purpose) const {
  const auto known = now_.find(customer);
  if (known == now_.end()) return false;
  const auto held = known->second.find(purpose);
  return held != known->second.end() && held->second.in_force() != nullptr;
}

std::string ConsentBook::store_shows(std::size_t store, const std::string& customer, const std::optional<std::string>& body,
                                     bool has_base) {
  if (!body) return {};  // who stands there no longer may come back, with all that was known
  const auto seen = read(*body);
  if (!seen) return "consents of " + customer + " cannot be read";
  std::string wrong;
  for (const auto& [name, purpose] : *seen) {
    std::set<std::string>& before = shown_.at(store)[customer + "/" + name];
    const auto* grant = purpose.in_force();
    if (has_base && grant != nullptr && !covers(grant->seen, before))
      wrong = customer + " agrees to " + name + ", and has taken it back there";
    if (has_base && !covers(purpose.withdrawals, before))
      wrong = "a withdrawal of " + customer + " for " + name + " is not shown any more";
    before.insert(purpose.withdrawals.begin(), purpose.withdrawals.end());
  }
  return wrong;
}

}  // namespace vitrine::sim
