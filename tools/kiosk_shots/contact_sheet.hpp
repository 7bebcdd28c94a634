// SPDX-License-Identifier: Apache-2.0
// Many pictures on one sheet, each at a third of its size, six in a row (three when they are wide).
#pragma once

#include <vector>

#include "tools/kiosk_shots/picture.hpp"

namespace vitrine::kiosk {

class ContactSheet {
 public:
  void add(const Picture& picture);
  [[nodiscard]] Picture made() const;

 private:
  std::vector<Picture> small_;
};

}  // namespace vitrine::kiosk
