// SPDX-License-Identifier: Apache-2.0
// The rules of a conversation. All operations are facts: none is refused, and each comes to the same in every order. The laws:
// sync/rules/README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sync/model/case.hpp"
#include "sync/rules/apply.hpp"

namespace vitrine::sync::rules {

inline constexpr std::int64_t case_kept_ms = 90LL * 86'400'000;  // from the last word on, in every copy
inline constexpr std::size_t cases_max = 50;                     // the newest of one customer
inline constexpr std::size_t case_messages_max = 50;             // the newest of one case
inline constexpr std::size_t case_text_bytes_max = 500;
inline constexpr std::size_t case_summary_bytes_max = 200;
inline constexpr std::size_t case_reference_bytes_max = 64;
inline constexpr std::string_view case_purpose = "history";  // whose consent lets one be seen that does not wait for the store

// "case.open": what it is, and whom it waits for; said again, as it is now.
struct CaseOpen {
  std::string channel;
  std::string summary;
  std::optional<StoreId> store;
  std::string reference = {};
};
// "case.note": something was said.
struct CaseNote {
  bool by_customer = false;
  std::string name;
  std::optional<StoreId> store;
  std::string text;
};
// "case.take": a member of staff sees to it; without a number, puts it back.
struct CaseTake {
  std::string who;
  std::string name;
  StoreId store;
};
// "case.close"
struct CaseClose {
  std::string how;
  std::string name;
  std::optional<StoreId> store;
  std::vector<Stamp> seen;  // the customer's messages that the screen showed
};

using CaseOperation = std::variant<CaseOpen, CaseNote, CaseTake, CaseClose>;

// Total. None: it was forgotten here, and does not come back.
std::optional<Case> apply(const std::optional<Case>& before, const CustomerId& customer, const CaseOperation& operation,
                          const ApplyContext& context);

enum class CaseState { open, taken, closed };
CaseState state_of(const Case& one);
// "open", "taken", "closed"
const char* word_of(CaseState state);

// The store that is to see to it now; none: it waits for nobody in a store.
std::optional<StoreId> waits_for(const Case& one);

// When every copy forgets it.
UtcMs expires_at(const Case& one);

}  // namespace vitrine::sync::rules
