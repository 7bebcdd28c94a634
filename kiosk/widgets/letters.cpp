// SPDX-License-Identifier: Apache-2.0
// Faces, measures, and letters laid in rows.
#include "kiosk/widgets/letters.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/log.hpp"

namespace vitrine::kiosk {
namespace {

constexpr int gap = 1;             // between letters, so that none bleeds into another
constexpr unsigned plain = 0x250;  // Latin: advances in a table

}  // namespace

struct Letters::Face {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  long size = 0;  // 1/64 pixels
  std::uint64_t number = 0;
  std::array<float, plain> latin{};  // ems; 0 not asked for yet, negative: there is none
  std::unordered_map<unsigned, float> further;
  KerningPairs kerning;

  Face() = default;
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;
  ~Face() {
    if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }
  bool open(const std::string& file) {
    return FT_Init_FreeType(&library) == 0 && FT_New_Face(library, file.c_str(), 0, &face) == 0 && face->units_per_EM > 0;
  }
  [[nodiscard]] float ems(long units) const { return static_cast<float>(units) / static_cast<float>(face->units_per_EM); }
  // Negative when there is no such letter.
  float advance(unsigned code) {
    float& known = code < plain ? latin.at(code) : further[code];
    if (known == 0) {
      const bool there = FT_Get_Char_Index(face, code) != 0 && FT_Load_Char(face, code, FT_LOAD_NO_SCALE) == 0;
      known = there ? std::max(0.0001F, ems(face->glyph->advance.x)) : -1.0F;
    }
    return known;
  }
};

Letters::Letters() = default;
Letters::~Letters() = default;

Result<std::unique_ptr<Letters>> Letters::open(const LetterSources& sources) {
  std::unique_ptr<Letters> letters(new Letters());
  letters->sources_ = sources;
  for (std::size_t i = 0; i < type_count; ++i) {
    auto& face = letters->faces_[std::string(type_styles[i].face)];
    if (!face) {
      const std::string file = sources.inter_fonts + "/" + std::string(type_styles[i].face) + ".otf";
      face = std::make_unique<Face>();
      if (!face->open(file)) return fail("font_unreadable", file + " cannot be read");
      face->number = letters->faces_.size();
      // Large titles and prices need it; ImGui and FreeType's renderer have none.
      if (type_styles[i].face.starts_with("InterDisplay")) {
        auto pairs = read_kerning(file);
        if (!pairs) return std::unexpected(pairs.error());
        face->kerning = std::move(*pairs);
      }
    }
    letters->face_of_type_[i] = face.get();
  }
  return letters;
}

void Letters::begin_page(const Page& page, float scale) {
  page_ = page;
  scale_ = scale;
  full_ = true;
  begin_frame(size_);
}

void Letters::begin_frame(TextSize size) {
  size_ = size;
  for (std::size_t i = 0; i < type_count; ++i) {
    const Face& face = *face_of_type_[i];
    TypeMetrics& made = metrics_[i];
    made.em = type_styles[i].size * scale_ * factor_of(static_cast<Type>(i), size);
    made.ascent = made.em * face.ems(face.face->ascender);
    made.height = made.em * face.ems(face.face->ascender - face.face->descender);
  }
  if (!std::exchange(full_, false)) return;
  pictures_.clear();
  patches_.clear();
  pen_x_ = pen_y_ = gap;
  row_height_ = 0;
  ++generation_;
}

float Letters::line(Type type) const { return style_of(type).line * factor_of(type, size_); }

Letters::Face* Letters::cjk_face(bool strong) {
  const std::string& file = strong ? sources_.cjk_strong : sources_.cjk;
  const auto [found, inserted] = faces_.try_emplace(file);
  if (inserted) {
    auto opened = std::make_unique<Face>();
    if (opened->open(file)) {
      opened->number = faces_.size();
      found->second = std::move(opened);
    } else {
      log::warning("a font cannot be read: languages that need it are not offered", {{"font", file}});
    }
  }
  return found->second.get();
}

Letters::Face* Letters::face_of(Type type, unsigned code) {
  Face* own = face_of_type_[static_cast<std::size_t>(type)];
  if (own->advance(code) >= 0) return own;
  if (code < plain) return nullptr;
  Face* further = cjk_face(style_of(type).face.ends_with("SemiBold"));
  return further != nullptr && further->advance(code) >= 0 ? further : nullptr;
}

bool Letters::has(unsigned code) { return face_of(Type::body, code) != nullptr && face_of(Type::button, code) != nullptr; }

float Letters::advance(Type type, unsigned code) {
  Face* face = face_of(type, code);
  return metrics(type).em * (face == nullptr ? 0.25F : face->advance(code));
}

float Letters::kerning(Type type, unsigned left, unsigned right) const {
  const KerningPairs& pairs = face_of_type_[static_cast<std::size_t>(type)]->kerning;
  if (pairs.empty() || left > 0xFF || right > 0xFF) return 0;
  const auto found = pairs.find(left << 16U | right);
  return found == pairs.end() ? 0 : found->second * metrics(type).em;
}

bool Letters::place(LetterPatch& patch) {
  if (pen_x_ + patch.width + gap > page_.width) {
    pen_x_ = gap;
    pen_y_ += std::exchange(row_height_, 0) + gap;
  }
  if (pen_x_ + patch.width + gap > page_.width || pen_y_ + patch.height + gap > page_.height) return false;
  patch.x = page_.x + pen_x_;
  patch.y = page_.y + pen_y_;
  pen_x_ += patch.width + gap;
  row_height_ = std::max(row_height_, patch.height);
  return true;
}

const LetterPicture* Letters::picture(Type type, unsigned code) {
  Face* face = face_of(type, code);
  if (face == nullptr) return nullptr;
  const long size = std::max(4L * 64, std::lround(metrics(type).em * 64));
  const std::uint64_t name = face->number << 56U | static_cast<std::uint64_t>(size) << 32U | code;
  if (const auto found = pictures_.find(name); found != pictures_.end()) return &found->second;
  if (full_) return nullptr;
  if (std::exchange(face->size, size) != size) FT_Set_Char_Size(face->face, 0, size, 72, 72);
  if (FT_Load_Char(face->face, code, FT_LOAD_RENDER | FT_LOAD_TARGET_LIGHT) != 0) return nullptr;
  const FT_GlyphSlot slot = face->face->glyph;
  const FT_Bitmap& bitmap = slot->bitmap;
  LetterPatch patch{.width = static_cast<int>(bitmap.width), .height = static_cast<int>(bitmap.rows), .rgba = {}};
  if (!place(patch)) {
    full_ = true;
    return nullptr;
  }
  patch.rgba.reserve(static_cast<std::size_t>(bitmap.width) * bitmap.rows * 4);
  for (unsigned row = 0; row < bitmap.rows; ++row) {
    const unsigned char* alpha = bitmap.buffer + static_cast<std::ptrdiff_t>(row) * bitmap.pitch;
    for (unsigned column = 0; column < bitmap.width; ++column)
      patch.rgba.insert(patch.rgba.end(), {255, 255, 255, alpha[column]});
  }
  const auto share = [](int at, int whole) { return static_cast<float>(at) / static_cast<float>(whole); };
  LetterPicture made;
  made.u0 = share(patch.x, page_.atlas_width);
  made.v0 = share(patch.y, page_.atlas_height);
  made.u1 = share(patch.x + patch.width, page_.atlas_width);
  made.v1 = share(patch.y + patch.height, page_.atlas_height);
  made.width = static_cast<float>(patch.width);
  made.height = static_cast<float>(patch.height);
  made.left = static_cast<float>(slot->bitmap_left);
  made.top = static_cast<float>(slot->bitmap_top);
  if (patch.width > 0 && patch.height > 0) patches_.push_back(std::move(patch));
  return &pictures_.emplace(name, made).first->second;
}

std::vector<LetterPatch> Letters::take_patches() { return std::exchange(patches_, {}); }

}  // namespace vitrine::kiosk
