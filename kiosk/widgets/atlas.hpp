// SPDX-License-Identifier: Apache-2.0
// Everything that is drawn from a picture, in ImGui's one font texture: icons, pictograms, soft shadows, and a page for letters.
// One texture means one draw call.
#pragma once

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "kiosk/widgets/letters.hpp"
#include "kiosk/widgets/type.hpp"

namespace vitrine::kiosk {

struct AtlasSources {
  std::string icon_font;
  std::string emoji_font;
  std::string pictograms;  // CSV with name,codepoint
};

// A part of the texture, in texture coordinates and in pixels.
struct Patch {
  float u0 = 0, v0 = 0, u1 = 0, v1 = 0;
  float width = 0, height = 0;
  float foot = 0;  // share of the height that is empty below a pictogram
};

// A shadow drawn round a card of any size: corners are kept, edges stretched.
enum class Shadow { e1_card, e1_small, e2_action, e2_button, e3_dialog, e3_toast, dock };
inline constexpr std::size_t shadow_count = 7;

struct ShadowPatch {
  Patch patch;
  float grow = 0;    // pixels that it reaches beyond the card on each side
  float corner = 0;  // pixels of the card's corner in it
};

struct IconPatch {
  Patch patch;
  float left = 0, top = 0;  // pixels from the middle of its square
};

class Atlas {
 public:
  // Bakes for `scale` pixels per design unit into the current context's font atlas, and gives `letters` its page in it.
  Result<void> bake(const AtlasSources& sources, float scale, float corner_scale, Letters& letters);

  // Nothing when that icon is not baked at that size.
  [[nodiscard]] const IconPatch* icon(Icon icon, float size) const;
  [[nodiscard]] const ShadowPatch& shadow(Shadow shadow) const { return shadows_[static_cast<std::size_t>(shadow)]; }
  // The pictogram of that name; "package" for one that is not known; nothing when there is no emoji font.
  [[nodiscard]] const Patch* pictogram(const std::string& name) const;

 private:
  std::map<std::pair<std::size_t, Icon>, IconPatch> icons_;
  std::array<ShadowPatch, shadow_count> shadows_{};
  std::map<std::string, Patch> pictograms_;
};

// Radius of the card that a shadow belongs to, in design units.
float corner_of(Shadow shadow, float corner_scale);

}  // namespace vitrine::kiosk
