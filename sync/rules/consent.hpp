// SPDX-License-Identifier: Apache-2.0
// The rules of consent: withdrawn stays withdrawn until a grant that saw the withdrawal; nobody said anything: no. The laws:
// sync/rules/README.md.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sync/model/consent.hpp"
#include "sync/rules/apply.hpp"
#include "sync/rules/verdict.hpp"

namespace vitrine::sync::rules {

inline constexpr std::size_t consent_purposes_max = 16;
inline constexpr std::size_t consent_withdrawals_max = 64;  // of one purpose; then it stays withdrawn
inline constexpr std::size_t consent_grants_max = 8;        // of one purpose, none of which saw all that another saw

// "consent.grant", an intent: `seen` names the withdrawals that the screen showed.
struct ConsentGive {
  std::string purpose;
  std::string source;
  std::vector<std::string> seen;
};
// "consent.withdraw", a fact.
struct ConsentWithdraw {
  std::string purpose;
  std::string source;
};

using ConsentOperation = std::variant<ConsentGive, ConsentWithdraw>;

// Total for a withdrawal. Refusals of a grant: "consent_withdrawn" (it did not see a withdrawal), "consent_full".
Verdict<ConsentRegister> apply(const std::optional<ConsentRegister>& consents, const CustomerId& customer,
                               const ConsentOperation& operation, const ApplyContext& context);

// The grant in force: the latest of those that saw every withdrawal. None: no.
const ConsentGrant* grant_of(const ConsentRegister& consents, std::string_view purpose);
inline bool is_granted(const ConsentRegister& consents, std::string_view purpose) {
  return grant_of(consents, purpose) != nullptr;
}

}  // namespace vitrine::sync::rules
