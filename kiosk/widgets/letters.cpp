// SPDX-License-Identifier: Apache-2.0
// Faces, measures, and letters laid in rows.
#include "kiosk/widgets/letters.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "base/log.hpp"

namespace vitrine::kiosk {
namespace {

constexpr int gap = 1;             // between letters, so that none bleeds into another
constexpr unsigned plain = 0x250;  // Latin: advances in a table

std::string in_hex(unsigned code) {
  std::array<char, 8> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), code, 16);
  std::string text(digits.data(), end.ptr);
  return text.size() < 4 ? std::string(4 - text.size(), '0') + text : text;
}

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

namespace {

constexpr std::uintmax_t font_bytes_max = 32UL * 1024 * 1024;
constexpr float ems_most = 8;  // of its largest letter
// What the languages in Latin letters, prices and times are written with (kiosk-ui section 2).
constexpr std::array<std::pair<unsigned, unsigned>, 6> must_have = {
    {{0x20, 0x7E}, {0xA1, 0xAC}, {0xAE, 0x148}, {0x14A, 0x17E}, {0x2018, 0x201D}, {0x20AC, 0x20AC}}};
constexpr std::array<unsigned, 3> must_have_too = {0x2013, 0x2026, 0x2212};

template <class Face>
std::optional<std::string> what_is_wrong_with(const std::string& file, Face& face) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error) || std::filesystem::file_size(file, error) > font_bytes_max || error) {
    return "it is not a file of at most 32 MiB";
  }
  if (!face.open(file)) return "it cannot be read";
  const FT_BBox& most = face.face->bbox;
  if (std::max(face.ems(most.xMax - most.xMin), face.ems(most.yMax - most.yMin)) > ems_most) return "its letters are too large";
  const auto lacks = [&](unsigned code) { return face.advance(code) < 0; };
  const auto said = [](unsigned code) { return "it lacks the letter U+" + in_hex(code); };
  for (const auto& [first, last] : must_have) {
    for (unsigned code = first; code <= last; ++code) {
      if (lacks(code)) return said(code);
    }
  }
  for (const unsigned code : must_have_too) {
    if (lacks(code)) return said(code);
  }
  return std::nullopt;
}

// In place of Inter's file of that name.
const std::string& own_file(const LetterSources& sources, std::string_view name) {
  static const std::string none;
  if (name == "Inter-Regular") return sources.text;
  if (name == "Inter-SemiBold") return sources.strong;
  return name == "InterDisplay-SemiBold" ? sources.display : none;
}

}  // namespace

Result<std::unique_ptr<Letters::Face>> Letters::open_face(const LetterSources& sources, std::string_view name) {
  auto face = std::make_unique<Face>();
  if (const std::string& own = own_file(sources, name); !own.empty()) {
    const std::optional<std::string> wrong = what_is_wrong_with(own, *face);
    if (!wrong) return face;
    log::warning("a font of the theme is not used", {{"font", own}, {"reason", *wrong}});
    face = std::make_unique<Face>();
  }
  const std::string file = sources.inter_fonts + "/" + std::string(name) + ".otf";
  if (!face->open(file)) return fail("font_unreadable", file + " cannot be read");
  // Large titles and prices need it; ImGui and FreeType's renderer have none.
  if (name.starts_with("InterDisplay")) {
    auto pairs = read_kerning(file);
    if (!pairs) return std::unexpected(pairs.error());
    face->kerning = std::move(*pairs);
  }
  return face;
}

Result<std::unique_ptr<Letters>> Letters::open(const LetterSources& sources) {
  std::unique_ptr<Letters> letters(new Letters());
  if (auto used = letters->use(sources); !used) return std::unexpected(used.error());
  return letters;
}

Result<void> Letters::use(const LetterSources& sources) {
  Faces faces;
  std::array<Face*, type_count> of_type{};
  for (std::size_t i = 0; i < type_count; ++i) {
    std::unique_ptr<Face>& face = faces[std::string(type_styles[i].face)];
    if (!face) {
      auto opened = open_face(sources, type_styles[i].face);
      if (!opened) return std::unexpected(opened.error());
      face = std::move(*opened);
      face->number = faces.size();
    }
    of_type[i] = face.get();
  }
  sources_ = sources;
  faces_ = std::move(faces);
  face_of_type_ = of_type;
  full_ = true;  // what is on the page is of other fonts
  return {};
}

void Letters::begin_page(const Page& page, float scale) {
  page_ = page;
  scale_ = scale;
  full_ = true;
  own_.clear();
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
  for (LetterPatch& place : own_) {
    place.rgba.assign(static_cast<std::size_t>(place.width) * static_cast<std::size_t>(place.height) * 4, 0);
    patches_.push_back(std::move(place));
  }
  own_.clear();
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
  patch.rgba.reserve(static_cast<std::size_t>(bitmap.width) * bitmap.rows * 4);
  for (unsigned row = 0; row < bitmap.rows; ++row) {
    const unsigned char* alpha = bitmap.buffer + static_cast<std::ptrdiff_t>(row) * bitmap.pitch;
    for (unsigned column = 0; column < bitmap.width; ++column)
      patch.rgba.insert(patch.rgba.end(), {255, 255, 255, alpha[column]});
  }
  return keep(name, std::move(patch),
              {.left = static_cast<float>(slot->bitmap_left), .top = static_cast<float>(slot->bitmap_top)});
}

const LetterPicture* Letters::keep(std::uint64_t name, LetterPatch patch, LetterPicture made) {
  if (!place(patch)) {
    full_ = true;
    return nullptr;
  }
  const auto share = [](int at, int whole) { return static_cast<float>(at) / static_cast<float>(whole); };
  made.u0 = share(patch.x, page_.atlas_width);
  made.v0 = share(patch.y, page_.atlas_height);
  made.u1 = share(patch.x + patch.width, page_.atlas_width);
  made.v1 = share(patch.y + patch.height, page_.atlas_height);
  made.width = static_cast<float>(patch.width);
  made.height = static_cast<float>(patch.height);
  if (patch.width > 0 && patch.height > 0) patches_.push_back(std::move(patch));
  return &pictures_.emplace(name, made).first->second;
}

// Faces are counted from 1: a name without one is no letter's.
const LetterPicture* Letters::colour_picture(std::uint32_t number, const std::function<std::optional<Bitmap>()>& read) {
  if (const auto found = pictures_.find(number); found != pictures_.end()) return &found->second;
  if (full_) return nullptr;
  std::optional<Bitmap> bitmap = read();
  if (!bitmap) return nullptr;
  const auto empty = static_cast<float>(bitmap->empty_rows_below());
  return keep(number, {.width = bitmap->width, .height = bitmap->height, .rgba = std::move(bitmap->rgba)},
              {.empty_below = empty});
}

const LetterPicture* Letters::own_picture(std::uint32_t number, const std::function<std::optional<Bitmap>()>& read) {
  constexpr std::uint32_t own_from = 0x80000000U;  // beyond all code points
  std::optional<Bitmap> bitmap;
  const LetterPicture* made = colour_picture(own_from + number, [&] { return bitmap = read(); });
  if (made != nullptr && bitmap && !patches_.empty()) {
    const LetterPatch& patch = patches_.back();
    own_.push_back({.x = patch.x, .y = patch.y, .width = patch.width, .height = patch.height, .rgba = {}});
  }
  return made;
}

void Letters::drop_own_pictures() {
  if (!own_.empty()) full_ = true;
}

std::vector<LetterPatch> Letters::take_patches() { return std::exchange(patches_, {}); }

}  // namespace vitrine::kiosk
