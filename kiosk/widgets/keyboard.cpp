// SPDX-License-Identifier: Apache-2.0
// Keys and their layouts.
#include "kiosk/widgets/keyboard.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace vitrine::kiosk {
namespace {

// The design has gaps of 10; 12 keeps 3 mm on a tall panel of 21.5 inches, 14 on a wide one of 18.5. On a wide screen in reach
// mode all five rows are in the lower part.
struct Measures {
  float height = 92;
  float gap = 12;
  float side = 24;
  float top = 28;
};

Measures measures_of(const Stage& stage) {
  Measures made;
  if (stage.wide()) made.gap = 14;
  if (stage.wide() && stage.ease.reach) {
    made.height = 74;
    made.top = 14;
  }
  return made;
}

constexpr std::int64_t clear_after_ms = 600;

// Letters of a language, separated by spaces; `more` takes the digits' place when it is asked for, empty: there are none.
struct Layout {
  std::string_view language;
  std::array<std::string_view, 3> rows;
  std::string_view more;
};

constexpr std::array<Layout, 5> layouts = {{
    {"en", {"q w e r t y u i o p", "a s d f g h j k l", "z x c v b n m"}, ""},
    {"de", {"q w e r t z u i o p ü", "a s d f g h j k l ö ä", "y x c v b n m ß"}, ""},
    {"fr", {"a z e r t y u i o p", "q s d f g h j k l m", "w x c v b n"}, "é è ê à â ç î ô ù û"},
    {"es", {"q w e r t y u i o p", "a s d f g h j k l ñ", "z x c v b n m"}, "á é í ó ú ü"},
    {"pl", {"q w e r t y u i o p", "a s d f g h j k l", "z x c v b n m"}, "ą ć ę ł ń ó ś ź ż"},
}};
constexpr std::string_view digits = "1 2 3 4 5 6 7 8 9 0";

// Japanese is typed in Latin letters: catalogues are searched by them too.
const Layout& layout_of(const std::string& language) {
  const auto found = std::find_if(layouts.begin(), layouts.end(), [&](const Layout& each) { return each.language == language; });
  return found == layouts.end() ? layouts.front() : *found;
}

std::vector<std::string> letters_of(std::string_view row) {
  std::vector<std::string> letters;
  while (!row.empty()) {
    const std::size_t end = std::min(row.find(' '), row.size());
    letters.emplace_back(row.substr(0, end));
    row.remove_prefix(std::min(end + 1, row.size()));
  }
  return letters;
}

// Capitals of the layouts' own letters: in Latin-1 32 below, in Latin Extended-A one below. ß stays.
std::string capital(const std::string& letter) {
  if (letter.size() == 1 && letter[0] >= 'a' && letter[0] <= 'z') return {static_cast<char>(letter[0] - 32)};
  if (letter.size() != 2 || letter == "ß") return letter;
  const unsigned code = (static_cast<unsigned char>(letter[0]) & 0x1FU) << 6U | (static_cast<unsigned char>(letter[1]) & 0x3FU);
  const unsigned upper = code < 0x100 ? code - 32 : code - 1;
  return {static_cast<char>(0xC0U | upper >> 6U), static_cast<char>(0x80U | (upper & 0x3FU))};
}

enum class KeyLook { letter, function, main };

struct KeySpec {
  std::string id;
  std::string label;  // what is said; drawn when `drawn` and `icon` are empty
  std::string drawn{};
  Icon icon = Icon::none;
  KeyLook look = KeyLook::letter;
  bool selected = false;
  bool enabled = true;
};

// When it was pressed among all that was touched in this frame; none: it was not.
std::optional<std::size_t> draw_key(Stage& stage, const Box& box, const KeySpec& key, Type wanted) {
  const Theme& theme = stage.theme;
  const float radius = 18 * theme.corner_scale;
  TargetSpec target{.id = key.id, .box = box, .label = key.label, .radius = radius};
  target.on_press = true;
  target.selected = key.selected;
  target.enabled = key.enabled;
  const std::string& words = key.drawn.empty() ? key.label : key.drawn;
  const bool words_alone = key.icon == Icon::none && key.look != KeyLook::letter;
  const bool words_beside = key.icon != Icon::none && !key.drawn.empty();
  const float words_room = box.w - 12 - (words_beside ? 42 + 14 : 0);
  const Type type =
      words_alone || words_beside ? stage.fitting({wanted, Type::small_strong, Type::caption_strong}, words, words_room) : wanted;
  const bool has_words = key.icon == Icon::none || key.look == KeyLook::main || words_beside;
  float text = has_words ? stage.canvas.width_of(type, words) : 0;
  // Where its words do not fit, the icon says it.
  if (key.icon != Icon::none && text + 42 + 14 > box.w - 12) text = 0;
  const float icon = key.icon == Icon::none ? 0 : 42 + (text > 0 ? 14.0F : 0.0F);
  target.fits = text + icon <= box.w - 12;
  const TargetState state = stage.target(target);
  const auto between = [&](Colour rest, Colour pressed) { return mix(rest, pressed, static_cast<double>(state.press)); };
  const Colour rest = !key.enabled                  ? theme.sunken
                      : key.look == KeyLook::main   ? theme.primary
                      : key.look == KeyLook::letter ? theme.surface
                      : key.selected                ? theme.ink
                                                    : theme.key_function;
  const Colour pressed = key.look == KeyLook::main ? theme.primary_press : theme.primary_tint;
  const Colour ink = !key.enabled                ? theme.ink_3
                     : key.look == KeyLook::main ? theme.on_primary
                     : key.selected              ? theme.surface
                                                 : theme.ink;
  const Box plate = box.moved(0, 3 * state.press);
  if (state.press < 1) stage.canvas.fill(box.moved(0, 3), theme.ink.faded(0.14F * (1 - state.press)), radius);
  stage.canvas.fill(plate, between(rest, pressed), radius);
  if (theme.card_line > 0) stage.canvas.outline(plate, theme.line_strong, theme.card_line, radius);
  float x = plate.x + (plate.w - text - icon) / 2;
  if (key.icon != Icon::none) {
    stage.canvas.icon(key.icon, 42, {x + 21, plate.centre().y}, ink);
    x += icon;
  }
  if (text > 0) stage.canvas.text(type, {x, plate.y + (plate.h - stage.canvas.line(type)) / 2}, ink, words);
  return state.acted ? std::optional(state.turn) : std::nullopt;
}

struct Keys {
  Stage& stage;
  const std::string& id;
  Measures size = measures_of(stage);
  std::vector<std::pair<std::size_t, KeyboardWish>> wishes{};  // each with its turn

  void text(const Box& box, const std::string& letter) {
    if (const auto turn = draw_key(stage, box, {.id = id + "." + letter, .label = letter}, Type::key)) {
      wishes.push_back({*turn, {KeyboardWish::Kind::touch, {KeyTouch::Kind::text, letter}}});
    }
  }
  // A row of letters of one width, centred.
  void row(const Box& place, const std::vector<std::string>& letters, float key_width) {
    const auto count = static_cast<float>(letters.size());
    const float width = std::min(key_width, (place.w - size.gap * (count - 1)) / count);
    Box box{place.x + (place.w - width * count - size.gap * (count - 1)) / 2, place.y, width, size.height};
    for (const std::string& letter : letters) {
      text(box, letter);
      box.x += width + size.gap;
    }
  }
  void function(const Box& box, KeySpec key, KeyboardWish made) {
    key.id.insert(0, id + ".");
    if (const auto turn = draw_key(stage, box, key, Type::button)) wishes.emplace_back(*turn, std::move(made));
  }
  void backspace(const Box& box) {
    const std::string name = id + ".backspace";
    function(
        box,
        {.id = "backspace", .label = stage.texts.say("keyboard.backspace"), .icon = Icon::backspace, .look = KeyLook::function},
        {KeyboardWish::Kind::touch, {KeyTouch::Kind::backspace}});
    if (stage.hands.held_for(name, stage.motions.now()) >= clear_after_ms) {
      wishes.push_back({wishes.size(), {KeyboardWish::Kind::touch, {KeyTouch::Kind::clear}}});
    } else if (stage.hands.is_down(name)) {
      stage.motions.keep_moving();
    }
  }
  [[nodiscard]] std::vector<KeyboardWish> in_order() {
    std::ranges::stable_sort(wishes, {}, &std::pair<std::size_t, KeyboardWish>::first);
    std::vector<KeyboardWish> out;
    for (auto& [turn, wish] : wishes) out.push_back(std::move(wish));
    return out;
  }
};

}  // namespace

float keyboard_height(const Stage& stage) {
  const Measures size = measures_of(stage);
  return 5 * size.height + 4 * size.gap + 2 * size.top;
}

std::vector<KeyboardWish> keyboard(Stage& stage, const Box& panel, const TypedText& typed, const KeyboardSpec& spec) {
  const Theme& theme = stage.theme;
  Texts& texts = stage.texts;
  const Layout& layout = layout_of(texts.language());
  const bool more = typed.more && !layout.more.empty();
  stage.canvas.fill(panel, theme.keyboard, 44 * theme.corner_scale, Corners::top);
  Keys keys{stage, spec.id};
  Box row{panel.x + keys.size.side, panel.y + keys.size.top, panel.w - 2 * keys.size.side, keys.size.height};
  const float key_width = (row.w - 9 * keys.size.gap) / 10;
  const auto cased = [&](std::string_view letters) {
    std::vector<std::string> made = letters_of(letters);
    if (typed.shift) std::transform(made.begin(), made.end(), made.begin(), capital);
    return made;
  };
  keys.row(row, more ? cased(layout.more) : letters_of(digits), key_width);
  row.y += keys.size.height + keys.size.gap;
  keys.row(row, cased(layout.rows[0]), key_width);
  row.y += keys.size.height + keys.size.gap;
  keys.row(row, cased(layout.rows[1]), key_width);
  row.y += keys.size.height + keys.size.gap;

  const float end = stage.wide() ? 104 : std::max(130.0F, row.w * 0.13F);
  keys.function({row.x, row.y, end, keys.size.height},
                {.id = "shift",
                 .label = texts.say("keyboard.shift"),
                 .icon = Icon::keyboard_capslock,
                 .look = KeyLook::function,
                 .selected = typed.shift},
                {KeyboardWish::Kind::touch, {KeyTouch::Kind::shift}});
  keys.row({row.x + end + keys.size.gap, row.y, row.w - 2 * (end + keys.size.gap), keys.size.height}, cased(layout.rows[2]),
           key_width);
  keys.backspace({row.right() - end, row.y, end, keys.size.height});
  row.y += keys.size.height + keys.size.gap;

  const float enter = std::max(236.0F, row.w * 0.2F);
  // Where the word does not fit beside its icon, the space bar has the room.
  const std::string hide_words = texts.say("keyboard.hide_short");
  const bool says_hide = stage.canvas.width_of(Type::caption_strong, hide_words) + 42 + 14 + 12 <= row.w * 0.18F;
  const float hide = std::max(150.0F, row.w * (says_hide ? 0.18F : 0.145F));
  float x = row.x;
  keys.function({x, row.y, hide, keys.size.height},
                {.id = "hide",
                 .label = texts.say("keyboard.hide"),
                 .drawn = hide_words,
                 .icon = Icon::keyboard_hide,
                 .look = KeyLook::function},
                {KeyboardWish::Kind::hide, {}});
  x += hide + keys.size.gap;
  if (!layout.more.empty()) {
    // What the top row shows after it: further letters, or digits again.
    const std::vector<std::string> further = letters_of(layout.more);
    keys.function({x, row.y, 110, keys.size.height},
                  {.id = "more",
                   .label = texts.say(more ? "keyboard.digits" : "keyboard.more"),
                   .drawn = more ? "123" : further[0] + further[1],
                   .look = KeyLook::function,
                   .selected = more},
                  {KeyboardWish::Kind::touch, {KeyTouch::Kind::more}});
    x += 110 + keys.size.gap;
  }
  keys.text({x, row.y, key_width, keys.size.height}, "’");
  x += key_width + keys.size.gap;
  const float dash = row.right() - enter - keys.size.gap - key_width;
  keys.function({x, row.y, dash - keys.size.gap - x, keys.size.height}, {.id = "space", .label = texts.say("keyboard.space")},
                {KeyboardWish::Kind::touch, {KeyTouch::Kind::text, " "}});
  keys.text({dash, row.y, key_width, keys.size.height}, "-");
  keys.function({row.right() - enter, row.y, enter, keys.size.height},
                {.id = "enter", .label = spec.enter, .icon = spec.enter_icon, .look = KeyLook::main},
                {KeyboardWish::Kind::enter, {}});
  return keys.in_order();
}

std::vector<KeyboardWish> keypad(Stage& stage, const Box& box, const KeypadSpec& spec) {
  constexpr float gap = 18;
  const float height = std::min(132.0F, (box.h - 3 * gap) / 4);
  const float width = (box.w - 2 * gap) / 3;
  Keys keys{stage, spec.id};
  const auto place = [&](int column, int row) {
    return Box{box.x + (width + gap) * static_cast<float>(column), box.y + (height + gap) * static_cast<float>(row), width,
               height};
  };
  for (int i = 0; i < 9; ++i) keys.text(place(i % 3, i / 3), std::to_string(i + 1));
  keys.backspace(place(0, 3));
  keys.text(place(1, 3), "0");
  if (!spec.enter.empty()) {
    keys.function(place(2, 3), {.id = "enter", .label = spec.enter, .look = KeyLook::main, .enabled = spec.enter_enabled},
                  {KeyboardWish::Kind::enter, {}});
  }
  return keys.in_order();
}

}  // namespace vitrine::kiosk
