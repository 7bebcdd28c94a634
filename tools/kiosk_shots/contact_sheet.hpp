// SPDX-License-Identifier: Apache-2.0
// Many pictures on one sheet, each at a third of its size, six in a row (three when they are wide).
#pragma once

#include <vector>

namespace vitrine::kiosk {

struct Picture {
  int width = 0, height = 0;
  std::vector<unsigned char> rgb;  // rows from the lowest up
};

// Each pixel the mean of times × times.
Picture shrunk(const Picture& picture, int times);

class ContactSheet {
 public:
  void add(const Picture& picture);
  [[nodiscard]] Picture made() const;

 private:
  std::vector<Picture> small_;
};

}  // namespace vitrine::kiosk
