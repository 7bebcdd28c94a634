// SPDX-License-Identifier: Apache-2.0
// See command_line.hpp.
#include "tools/kiosk_shots/command_line.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <string_view>

namespace vitrine::kiosk {

const char* const gallery_help =
    "vitrine-kiosk --gallery <folder> [options]\n"
    "\n"
    "Draws the kiosk's screens as PNG files, without a display: each screen in each state, in six looks which together have "
    "every\n"
    "size, language, text size, high contrast and reach mode; or all of them in the one look that these options name.\n"
    "\n"
    "  --size <width>x<height>   of the screen (1080x1920); counters are drawn where it is wider than high\n"
    "  --held <millimetres>      the counter in a hand, of so much width (60 to 100); with a size that is higher than wide\n"
    "  --language <code>         en, de, fr, es, pl, ja (en)\n"
    "  --text <size>             standard, large, largest\n"
    "  --contrast                high contrast\n"
    "  --reach                   nothing to touch above the middle\n"
    "\n"
    "  --only <name>[,<name>…]   those whose name has it; =<name> for that one alone\n"
    "  --names                   says what there is to draw, and draws nothing\n"
    "  --beside <folder>         beside each reference picture of the folder the screen of its name, in its size: 03-cart.png "
    "is\n"
    "                            held beside the screen `cart`\n"
    "  --sheet <file>            all of them on one sheet, at a third of their size; with one look\n"
    "  --against <folder>        holds each against the approved picture of its name and writes those that differ; with one "
    "look\n"
    "  --approve <folder>        approves them; with one look\n"
    "  --theme <file>, --assets <folder>\n";

bool GalleryOrder::wants(const std::string& name) const {
  return only.empty() || std::ranges::any_of(only, [&](const std::string& part) {
           return part.starts_with('=') ? name == part.substr(1) : name.find(part) != std::string::npos;
         });
}

namespace {

std::vector<std::string> split(std::string_view words) {
  std::vector<std::string> parts;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(','), words.size());
    parts.emplace_back(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return parts;
}

bool read_size(std::string_view text, samples::Panel& panel) {
  const char* const end = text.data() + text.size();
  const auto [x, bad_width] = std::from_chars(text.data(), end, panel.width);
  if (bad_width != std::errc() || x == end || *x != 'x') return false;
  const auto [last, bad_height] = std::from_chars(x + 1, end, panel.height);
  const auto fits = [](int side) { return side >= 320 && side <= 8192; };
  return bad_height == std::errc() && last == end && fits(panel.width) && fits(panel.height);
}

bool read_text_size(std::string_view text, TextSize& size) {
  if (text == "standard") size = TextSize::standard;
  if (text == "large") size = TextSize::large;
  if (text == "largest") size = TextSize::largest;
  return text == "standard" || text == "large" || text == "largest";
}

bool is_language(const std::string& text) {
  return std::ranges::any_of(samples::languages, [&](const char* one) { return text == one; });
}

}  // namespace

Result<GalleryOrder> read_gallery_order(int count, char** words) {
  GalleryOrder order;
  if (!std::filesystem::is_directory(order.options.assets)) order.options.assets = "/usr/share/vitrine/assets";
  samples::Look look{samples::panels[0], {"en", {}}};
  bool one_look = false;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    const bool of_look = word == "--contrast" || word == "--reach" || word == "--size" || word == "--language" ||
                         word == "--text" || word == "--held";
    one_look = one_look || of_look;
    if (word == "--contrast") {
      look.mode.ease.high_contrast = true;
    } else if (word == "--reach") {
      look.mode.ease.reach = true;
    } else if (word == "--names") {
      order.names = true;
    } else if (!word.starts_with("--") && order.folder.empty()) {
      order.folder = word;
    } else if (i + 1 >= count) {
      return fail("usage", std::string(word) + " is unknown or lacks its value");
    } else {
      const std::string value = words[++i];
      if (word == "--held") {
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), look.panel.mm_wide);
        if (error != std::errc() || end != value.data() + value.size() || look.panel.mm_wide < 60 || !look.panel.is_held())
          return fail("usage", "--held takes 60 to 100 millimetres");
      } else if (word == "--size") {
        if (!read_size(value, look.panel)) return fail("usage", "--size takes <width>x<height>, each of 320 to 8192 pixels");
      } else if (word == "--language") {
        if (!is_language(value)) return fail("usage", "--language takes en, de, fr, es, pl or ja");
        look.mode.language = value;
      } else if (word == "--text") {
        if (!read_text_size(value, look.mode.ease.text)) return fail("usage", "--text takes standard, large or largest");
      } else if (word == "--only") {
        order.only = split(value);
      } else if (word == "--beside") {
        order.beside = value;
      } else if (word == "--against") {
        order.against = value;
      } else if (word == "--approve") {
        order.approve = value;
      } else if (word == "--sheet") {
        order.sheet = value;
      } else if (word == "--theme") {
        order.options.theme_file = value;
      } else if (word == "--assets") {
        order.options.assets = value;
      } else {
        return fail("usage", std::string(word) + " is unknown");
      }
    }
  }
  if (order.folder.empty() && !order.names) return fail("usage", "the folder to draw into is missing");
  const bool needs_one = !order.sheet.empty() || !order.against.empty() || !order.approve.empty() || !order.beside.empty();
  if (one_look || needs_one || order.names) order.look = look;
  return order;
}

}  // namespace vitrine::kiosk
