// SPDX-License-Identifier: Apache-2.0
// The words that the program itself carries: assets/text/en.json as it was built.
#pragma once

namespace vitrine::kiosk {

extern const char* const built_in_english;

}  // namespace vitrine::kiosk
