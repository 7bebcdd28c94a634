// SPDX-License-Identifier: Apache-2.0
// For the codecs alone.
#pragma once

#include "kiosk/io/answer_fields.hpp"
#include "kiosk/model/nearby_view.hpp"

namespace vitrine::kiosk::answer {

// The member "nearby"; an answer without one has no other stores.
std::vector<NearbyStore> nearby(const json& object);

}  // namespace vitrine::kiosk::answer
