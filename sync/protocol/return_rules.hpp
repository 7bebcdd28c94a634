// SPDX-License-Identifier: Apache-2.0
// The rules of returning in the chain's settings (docs/schemas/documents/settings.json, "returns").
#pragma once

#include <string_view>

#include "sync/rules/returning.hpp"

namespace vitrine::sync::protocol {

// A reason or a condition: 1 to 32 small letters, digits and '_'.
bool is_return_word(std::string_view text);

// Of the settings document; what it does not say, or says wrongly, is as by default.
rules::ReturnRules return_rules(std::string_view settings_json);

}  // namespace vitrine::sync::protocol
