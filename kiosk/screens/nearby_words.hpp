// SPDX-License-Identifier: Apache-2.0
// What another store has, in the words and colour of its age (kiosk-ui section 8, Freshness): never without it.
#pragma once

#include <string>

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk {

struct NearbyWords {
  std::string where;   // "0.6 miles, open until 18:00"; empty: nothing is known
  std::string band;    // "3 to 9 there", or "Check first"
  std::string age;     // "As of 14:02"
  std::string spoken;  // all of it, with the store's name
  Colour colour;       // of the band
};

NearbyWords nearby_words(Stage& stage, const Model& model, const NearbyStore& store);

}  // namespace vitrine::kiosk
