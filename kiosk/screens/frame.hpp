// SPDX-License-Identifier: Apache-2.0
// The drawing half of the kiosk behind one door. Any ImGui context will do: the window's with GLFW and OpenGL, or one with no
// back-end in a test. Each frame: Ui::prepare(size) → ImGui::NewFrame() → Ui::draw(model, input) → ImGui::Render().
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "kiosk/model/intent.hpp"
#include "kiosk/model/model.hpp"
#include "kiosk/theme/theme.hpp"
#include "kiosk/widgets/input.hpp"
#include "kiosk/widgets/letters.hpp"
#include "kiosk/widgets/semantic_tree.hpp"

namespace vitrine::kiosk {

struct UiOptions {
  std::string theme_file;         // empty: the built-in theme
  std::string assets = "assets";  // folder with text/ and demo/lists/pictograms.csv
  std::string inter_fonts = "/usr/share/fonts/opentype/inter";
  std::string icon_font = "/usr/share/fonts/truetype/material-design-icons-iconfont/MaterialIcons-Regular.ttf";
  std::string emoji_font = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf";
  // For Japanese and its like. Suggested, not required: without them those languages are not offered.
  std::string cjk_font = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
  std::string cjk_font_strong = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc";
  float panel_mm_wide = 336;  // of the window as it stands; 27 inch portrait
  bool handheld = false;      // a counter's screen that is held in a hand: sizes follow from the millimetres
};

struct Frame {
  std::vector<Intent> intents;  // what the person wants
  SemanticTree tree;
  bool person_active = false;           // a touch or key was in the input: send PersonDid before the intents
  bool incomplete = false;              // letters are missing, the next frame has them: not worth showing
  bool moving = false;                  // an animation runs: draw again without waiting
  std::optional<ScrolledList> list{};   // the largest that can be scrolled
  std::vector<std::string> pictures{};  // of products, that are drawn and not here: take_picture()
  std::uint64_t picture = 0;            // equal to the last frame's: the same picture, no need to swap
};

class Ui {
 public:
  // Reads texts, theme and font metrics. Needs no ImGui context yet. A theme that cannot be read or fails contrast is logged, and
  // the built-in one is used.
  static Result<std::unique_ptr<Ui>> open(const UiOptions& options);
  virtual ~Ui() = default;

  // Bakes icons, pictograms and shadows into the current context's font atlas when the size asks for another scale.
  // True when the atlas is new: the window must then upload its texture again (one texture holds everything drawn).
  [[nodiscard]] virtual Result<bool> prepare(int width_px, int height_px) = 0;

  // What is new among its letters since the last frame is to be uploaded into the atlas before that frame is painted.
  [[nodiscard]] virtual Letters& letters() = 0;

  // Draws into the current context's background draw list. `model.now` is the frame's time.
  [[nodiscard]] virtual Frame draw(const Model& model, const Input& input) = 0;

  // A picture of a product that a frame wanted, `picture_px()` at most each way. The end of the visit lets go of it.
  virtual void take_picture(const std::string& name, Bitmap bitmap) = 0;
  [[nodiscard]] virtual int picture_px() const = 0;

  // Reads the theme again, on top of the chain's colours. A theme that fails keeps the one before; the error names the pair and
  // by how much it fails.
  [[nodiscard]] virtual Result<void> load_theme(const std::string& file) = 0;
  // Reads the theme again when its file has changed since. True when another one is worn now. What fails is logged, once.
  virtual bool look_at_theme() = 0;
  [[nodiscard]] virtual const ThemeFiles& theme_files() const = 0;

  // The colour to clear the window with.
  struct Rgb {
    float r = 0, g = 0, b = 0;
  };
  [[nodiscard]] virtual Rgb clear_colour() const = 0;
};

}  // namespace vitrine::kiosk
