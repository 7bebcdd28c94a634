// SPDX-License-Identifier: Apache-2.0
// The words that the program itself carries: assets/text/en.json as it was built.
#pragma once

#include <string>

namespace vitrine::kiosk {

std::string built_in_english();

}  // namespace vitrine::kiosk
