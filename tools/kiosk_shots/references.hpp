// SPDX-License-Identifier: Apache-2.0
// Which screen a reference picture shows: by its name, or by what the design calls screens that are called otherwise here.
#pragma once

#include <string>

#include "kiosk/model/ease.hpp"

namespace vitrine::kiosk {

struct Reference {
  std::string screen;
  Ease ease{};  // that the picture shows it in; as it is: whatever was asked for
};

// "03-cart" is the picture of the screen `cart`, "14a-code-expired" of `code-timed-out`.
Reference reference_of(const std::string& file_stem);

}  // namespace vitrine::kiosk
