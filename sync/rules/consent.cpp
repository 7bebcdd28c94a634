// SPDX-License-Identifier: Apache-2.0
// Example followed: Amelia agrees on her phone while she takes it back at the kiosk of a store that is cut off. The grant did not
// see the withdrawal, so from the moment that both are known the answer is no, whoever is heard first.
#include "sync/rules/consent.hpp"

#include <algorithm>
#include <iterator>

#include "sync/planted.hpp"

namespace vitrine::sync::rules {

namespace {

Stamp stamp_of(const ApplyContext& context) {
  return {context.at, context.transaction.text + "." + std::to_string(context.operation_index)};
}

bool saw(const ConsentGrant& grant, const ConsentWithdrawal& withdrawal) {
  return std::ranges::binary_search(grant.seen, withdrawal.stamp.by);
}

bool saw_all(const ConsentGrant& grant, const ConsentPurpose& purpose) {
  return std::ranges::all_of(purpose.withdrawals, [&](const ConsentWithdrawal& one) { return saw(grant, one); });
}

bool saw_what(const ConsentGrant& grant, const ConsentGrant& other_saw) {
  return std::ranges::includes(grant.seen, other_saw.seen);
}

// CONFLICT: a grant and a withdrawal that did not know of each other. RESOLUTION: the withdrawal; the grant goes, and never comes
// back, for what is withdrawn is only ever more.
void drop_overruled(ConsentPurpose& purpose) {
  if (planted(Bug::consent_grant_wins)) return;
  const bool full = purpose.withdrawals.size() >= consent_withdrawals_max;
  std::erase_if(purpose.grants, [&](const ConsentGrant& grant) { return full || !saw_all(grant, purpose); });
}

// CONFLICT: two grants. RESOLUTION: both stand while neither saw all that the other saw, for a withdrawal that is still on its
// way may overrule one of them alone; else the one that saw more, and of two that saw the same the later.
void put(ConsentPurpose& purpose, ConsentGrant grant) {
  const auto better = [&](const ConsentGrant& one, const ConsentGrant& other) {
    return saw_what(one, other) && (one.seen != other.seen || !(one.stamp < other.stamp));
  };
  if (std::ranges::any_of(purpose.grants, [&](const ConsentGrant& one) { return better(one, grant); })) return;
  std::erase_if(purpose.grants, [&](const ConsentGrant& one) { return better(grant, one); });
  const auto place = std::ranges::upper_bound(purpose.grants, grant.stamp, {}, &ConsentGrant::stamp);
  purpose.grants.insert(place, std::move(grant));
}

// The purpose as it is, or a new one; none: too many purposes.
ConsentPurpose* purpose_of(ConsentRegister& consents, const std::string& name) {
  const auto found = consents.purposes.find(name);
  if (found != consents.purposes.end()) return &found->second;
  if (consents.purposes.size() >= consent_purposes_max) return nullptr;
  return &consents.purposes[name];
}

Verdict<ConsentRegister> act(ConsentRegister consents, const ConsentGive& give, const Stamp& stamp) {
  ConsentPurpose* purpose = purpose_of(consents, give.purpose);
  if (purpose == nullptr) return std::unexpected(Refusal{"consent_full"});
  ConsentGrant grant{give.seen, give.source, stamp};
  std::ranges::sort(grant.seen);
  const auto [tail, end] = std::ranges::unique(grant.seen);
  grant.seen.erase(tail, end);
  if (purpose->withdrawals.size() >= consent_withdrawals_max) return std::unexpected(Refusal{"consent_full"});
  if (!saw_all(grant, *purpose) && !planted(Bug::consent_grant_wins)) return std::unexpected(Refusal{"consent_withdrawn"});
  put(*purpose, std::move(grant));
  if (purpose->grants.size() > consent_grants_max) return std::unexpected(Refusal{"consent_full"});
  return consents;
}

// CONFLICT: it is withdrawn in two places. RESOLUTION: both stand, each once; a grant has to have seen both. Where there are too
// many, the earliest stay and the purpose stays withdrawn.
Verdict<ConsentRegister> act(ConsentRegister consents, const ConsentWithdraw& withdraw, const Stamp& stamp) {
  // A register with no room for the purpose has no grant of it either: the answer is no without a word.
  ConsentPurpose* purpose = purpose_of(consents, withdraw.purpose);
  if (purpose == nullptr) return consents;
  auto& all = purpose->withdrawals;
  const bool known = std::ranges::any_of(all, [&](const ConsentWithdrawal& one) { return one.stamp.by == stamp.by; });
  if (known || (purpose->grants.empty() && planted(Bug::consent_of_nothing_ignored))) return consents;
  all.insert(std::ranges::upper_bound(all, stamp, {}, &ConsentWithdrawal::stamp), {withdraw.source, stamp});
  if (all.size() > consent_withdrawals_max) all.pop_back();
  drop_overruled(*purpose);
  return consents;
}

}  // namespace

Verdict<ConsentRegister> apply(const std::optional<ConsentRegister>& consents, const CustomerId& customer,
                               const ConsentOperation& operation, const ApplyContext& context) {
  const ConsentRegister before = consents.value_or(ConsentRegister{customer, {}});
  return std::visit([&](const auto& op) { return act(before, op, stamp_of(context)); }, operation);
}

const ConsentGrant* grant_of(const ConsentRegister& consents, std::string_view purpose) {
  const auto found = consents.purposes.find(std::string(purpose));
  if (found == consents.purposes.end() || found->second.grants.empty()) return nullptr;
  return &found->second.grants.back();
}

}  // namespace vitrine::sync::rules
