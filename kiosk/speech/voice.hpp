// SPDX-License-Identifier: Apache-2.0
// The port to whatever speaks. Every call returns at once.
#pragma once

#include <string>

namespace vitrine::kiosk {

struct Utterance {
  std::string text;
  std::string language;  // of the text: "de"
  int volume = 60;       // per cent
};

class Voice {
 public:
  virtual ~Voice() = default;
  // Says it after what it is saying already.
  virtual void say(const Utterance& utterance) = 0;
  // Silence, now; what waits is dropped.
  virtual void stop() = 0;
};

}  // namespace vitrine::kiosk
