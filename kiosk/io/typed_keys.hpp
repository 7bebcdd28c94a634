// SPDX-License-Identifier: Apache-2.0
// What a key of the keyboard, which may be a scanner's, means to the screens once the input firewall has let it through.
#pragma once

#include <optional>

#include "kiosk/input/wedge_decoder.hpp"
#include "kiosk/model/typed_text.hpp"
#include "kiosk/widgets/input.hpp"

namespace vitrine::kiosk {

// None: no screen asks for it.
std::optional<Key> key_for_screens(const Typed& typed);

// At a counter PINs, codes, orders' numbers, receipts, what a customer shows and notes are typed on a keyboard too. A shopper's
// kiosk takes no letter from one. `sentence`: any letter there is.
std::optional<KeyTouch> letter_typed(const Typed& typed, bool sentence);

}  // namespace vitrine::kiosk
