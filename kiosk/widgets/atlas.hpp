// SPDX-License-Identifier: Apache-2.0
// Everything that is drawn from a picture, in ImGui's one font texture: icons, pictograms, soft shadows, and a page for letters.
// One texture means one draw call.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "kiosk/widgets/letters.hpp"
#include "kiosk/widgets/pictograms.hpp"
#include "kiosk/widgets/type.hpp"

namespace vitrine::kiosk {

struct AtlasSources {
  std::string icon_font;
  std::string emoji_font;
  std::string pictograms;  // CSV with name,codepoint
  // The retailer's own, PNG; one that cannot be used is said in the log and left out.
  std::string logo{}, logo_on_dark{};
  std::vector<std::string> slides{};
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
  // The pictogram of that name, beside the letters: as they do, it comes into the texture when it is first drawn. "package" for
  // one that is not known; nothing when the page has no room left, or the font none.
  [[nodiscard]] std::optional<Patch> pictogram(const std::string& name, Letters& letters) const;
  // The retailer's logo; nothing where there is none.
  [[nodiscard]] const Patch* logo(bool on_dark) const;
  [[nodiscard]] const std::vector<Patch>& slides() const { return slides_; }

 private:
  std::map<std::pair<std::size_t, Icon>, IconPatch> icons_;
  std::array<ShadowPatch, shadow_count> shadows_{};
  std::unique_ptr<Pictograms> pictograms_;
  Patch logo_, logo_on_dark_;  // without width: there is none
  std::vector<Patch> slides_;
};

// Of the retailer's pictures, in design units, as large as they are ever drawn.
inline constexpr float logo_wide = 400, logo_high = 72;
inline constexpr float slide_wide = 968, slide_high = 560;

// Radius of the card that a shadow belongs to, in design units.
float corner_of(Shadow shadow, float corner_scale);

}  // namespace vitrine::kiosk
