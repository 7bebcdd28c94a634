// SPDX-License-Identifier: Apache-2.0
// See references.hpp.
#include "tools/kiosk_shots/references.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace vitrine::kiosk {
namespace {

struct Called {
  std::string_view design, screen;
};
constexpr std::array<Called, 11> called = {{{"pay-ticket", "till-printer"},
                                            {"collect-verify", "collect"},
                                            {"collect-waiting", "pickup"},
                                            {"accessibility", "ease"},
                                            {"cart-access", "cart"},
                                            {"code-expired", "code-timed-out"},
                                            {"staff-sign-in", "sign-in-typed"},
                                            {"handover", "order-hand-over"},
                                            {"return", "take-back-filled"},
                                            {"stock", "stock-count"},
                                            {"sync", "status-offline"}}};

// Without the number in front.
std::string name_in(const std::string& stem) {
  std::size_t at = 0;
  while (at < stem.size() && std::isdigit(static_cast<unsigned char>(stem[at])) != 0) ++at;
  if (at == 0) return stem;
  if (at < stem.size() && stem[at] != '-') ++at;
  return at < stem.size() && stem[at] == '-' ? stem.substr(at + 1) : stem;
}

}  // namespace

Reference reference_of(const std::string& file_stem) {
  Reference reference{name_in(file_stem)};
  if (reference.screen == "cart-access") reference.ease = {.text = TextSize::large, .high_contrast = true, .reach = true};
  const auto* known = std::ranges::find(called, reference.screen, &Called::design);
  if (known != called.end()) reference.screen = known->screen;
  return reference;
}

}  // namespace vitrine::kiosk
