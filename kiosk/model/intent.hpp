// SPDX-License-Identifier: Apache-2.0
// What a person wants, as screens return it. A screen never acts: the window hands intents to apply() as PersonWished.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "kiosk/model/route.hpp"

namespace vitrine::kiosk {

struct Navigate {
  Route to = Route::welcome;
  bool operator==(const Navigate&) const = default;
};
struct GoBack {
  bool operator==(const GoBack&) const = default;
};
// More (delta > 0) or fewer of a line. Going to nothing is RemoveLine.
struct ChangeQuantity {
  std::string line;
  std::int64_t delta = 0;
  bool operator==(const ChangeQuantity&) const = default;
};
struct RemoveLine {
  std::string line;
  bool operator==(const RemoveLine&) const = default;
};
struct UndoRemove {
  bool operator==(const UndoRemove&) const = default;
};
// Leave at once and leave nothing behind. StartOver is the utility bar's word for it, Finish the cart's and the dialog's.
struct StartOver {
  bool operator==(const StartOver&) const = default;
};
struct Finish {
  bool operator==(const Finish&) const = default;
};
struct StillHere {
  bool operator==(const StillHere&) const = default;
};
struct OpenLanguages {
  bool operator==(const OpenLanguages&) const = default;
};
struct CloseLanguages {
  bool operator==(const CloseLanguages&) const = default;
};
struct ChooseLanguage {
  std::string language;
  bool operator==(const ChooseLanguage&) const = default;
};

using Intent = std::variant<Navigate, GoBack, ChangeQuantity, RemoveLine, UndoRemove, StartOver, Finish, StillHere, OpenLanguages,
                            CloseLanguages, ChooseLanguage>;

}  // namespace vitrine::kiosk
