// SPDX-License-Identifier: Apache-2.0
// The screen of something that did not go as it should: an arch with an icon, what it is, that nothing is lost, what helps, and
// at most two ways on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {

enum class CalmTint { warn, info, ok, quiet };

struct WayOn {
  std::string id{};
  std::string label{};
  Icon icon = Icon::none;
  Intent intent{};
};

struct CalmSpec {
  CalmTint tint = CalmTint::info;
  std::size_t tile = 3;
  Icon icon = Icon::none;
  std::string title{}, line{};
  std::vector<StepSpec> steps{};
  std::optional<WayOn> other{};
  WayOn main{};
  bool back = true;
  std::string title_id = "problem.title";
};

void draw_calm_screen(Stage& stage, const Model& model, const CalmSpec& spec);

}  // namespace vitrine::kiosk::shopper
