// SPDX-License-Identifier: Apache-2.0
// What ICU frees is overwritten first: words that a person typed go through it.
#pragma once

namespace vitrine::kiosk {

// Before ICU is used for anything. False when it was too late.
bool overwrite_what_icu_frees();

}  // namespace vitrine::kiosk
