// SPDX-License-Identifier: Apache-2.0
// Letters: measured and rendered by FreeType when they are first drawn, into one part of the atlas. So any language and any text
// size costs only what is on the screen. A full page starts again, and the frame that filled it is drawn once more.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "kiosk/model/ease.hpp"
#include "kiosk/widgets/kerning.hpp"
#include "kiosk/widgets/pictograms.hpp"
#include "kiosk/widgets/type.hpp"

namespace vitrine::kiosk {

struct LetterSources {
  std::string inter_fonts;      // folder
  std::string cjk, cjk_strong;  // files; what they lack, or their absence, leaves those letters out
  // The retailer's own, in place of Inter Regular, Inter SemiBold and Inter Display SemiBold; empty: those. One that cannot be
  // read, or lacks a letter of the languages written in Latin letters, is said in the log and not used.
  std::string text{}, strong{}, display{};
};

// Of a type style as it stands now, in pixels.
struct TypeMetrics {
  float em = 0;
  float ascent = 0;  // above the baseline
  float height = 0;  // ascent and descent
};

struct LetterPicture {
  float u0 = 0, v0 = 0, u1 = 0, v1 = 0;
  float width = 0, height = 0;
  float left = 0;         // pixels from the pen to the picture's left
  float top = 0;          // pixels from the baseline up to its top
  float empty_below = 0;  // rows of a colour picture
};

// A part of the atlas that is new: white letters, their shape in alpha, or a colour picture.
struct LetterPatch {
  int x = 0, y = 0, width = 0, height = 0;  // pixels of the atlas
  std::vector<std::uint8_t> rgba;
};

class Letters {
 public:
  // Error "font_unreadable" when Inter is not there.
  static Result<std::unique_ptr<Letters>> open(const LetterSources& sources);
  ~Letters();
  Letters(const Letters&) = delete;
  Letters& operator=(const Letters&) = delete;

  // Other fonts from the next begin_page() on. Error as open(): those before stay.
  Result<void> use(const LetterSources& sources);

  struct Page {
    int x = 0, y = 0, width = 0, height = 0;  // in an atlas of
    int atlas_width = 1, atlas_height = 1;
  };
  // A new atlas: its part for letters, and pixels per design unit.
  void begin_page(const Page& page, float scale);
  // Before each frame. A page that was found full starts again.
  void begin_frame(TextSize size);

  [[nodiscard]] const TypeMetrics& metrics(Type type) const { return metrics_[static_cast<std::size_t>(type)]; }
  // Line height in design units.
  [[nodiscard]] float line(Type type) const;
  [[nodiscard]] bool has(unsigned code);
  // Pixels; a quarter of the em for what no font has.
  [[nodiscard]] float advance(Type type, unsigned code);
  [[nodiscard]] float kerning(Type type, unsigned left, unsigned right) const;
  // Nothing when no font has it, or there is no room left.
  [[nodiscard]] const LetterPicture* picture(Type type, unsigned code);

  // A picture of that number on the same page, read when it is not there. Nothing when there is none, or no room left.
  [[nodiscard]] const LetterPicture* colour_picture(std::uint32_t number, const std::function<std::optional<Bitmap>()>& read);

  // As colour_picture(), of what the page is not to keep: drop_own_pictures() overwrites it before the next frame.
  [[nodiscard]] const LetterPicture* own_picture(std::uint32_t number, const std::function<std::optional<Bitmap>()>& read);
  void drop_own_pictures();

  [[nodiscard]] bool is_full() const { return full_; }
  [[nodiscard]] std::uint64_t generation() const { return generation_; }  // grows when the page starts again
  [[nodiscard]] std::vector<LetterPatch> take_patches();

 private:
  struct Face;
  using Faces = std::map<std::string, std::unique_ptr<Face>, std::less<>>;  // by file name
  Letters();
  static Result<std::unique_ptr<Face>> open_face(const LetterSources& sources, std::string_view name);
  Face* face_of(Type type, unsigned code);
  Face* cjk_face(bool strong);
  bool place(LetterPatch& patch);
  const LetterPicture* keep(std::uint64_t name, LetterPatch patch, LetterPicture made);

  LetterSources sources_;
  Faces faces_;
  std::array<Face*, type_count> face_of_type_{};
  std::array<TypeMetrics, type_count> metrics_{};
  std::unordered_map<std::uint64_t, LetterPicture> pictures_;
  std::vector<LetterPatch> patches_;
  std::vector<LetterPatch> own_;  // places of own pictures, without pixels
  Page page_;
  float scale_ = 1;
  TextSize size_ = TextSize::standard;
  int pen_x_ = 0, pen_y_ = 0, row_height_ = 0;
  bool full_ = false;
  std::uint64_t generation_ = 0;
};

}  // namespace vitrine::kiosk
