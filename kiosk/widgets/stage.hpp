// SPDX-License-Identifier: Apache-2.0
// What a screen draws on: canvas, words, colours, hands and movement together. The calls here both draw or hit-test and enter
// what they did into the semantic tree.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/model/ease.hpp"
#include "kiosk/model/intent.hpp"
#include "kiosk/text/texts.hpp"
#include "kiosk/theme/theme.hpp"
#include "kiosk/widgets/canvas.hpp"
#include "kiosk/widgets/hands.hpp"
#include "kiosk/widgets/motions.hpp"
#include "kiosk/widgets/semantic_tree.hpp"

namespace vitrine::kiosk {

struct TargetSpec {
  std::string id{};
  Box box{};
  std::string label;  // what is written on it or, for an icon alone, what it does
  float radius = 28;  // of its focus ring
  std::string value{};
  std::string spoken{};  // empty: the label
  bool enabled = true;
  bool selected = false;
  bool takes_escape = false;
  bool main = false;
  bool on_press = false;  // keys
  bool fits = true;       // its words fit on it
  bool personal = false;  // said to the headset alone
  std::optional<Key> shortcut{};
};

struct TargetState {
  bool acted = false;    // the person let go on it, or pressed Enter
  std::size_t turn = 0;  // among all that acted in this frame
  bool focused = false;
  float press = 0;  // 0 at rest, 1 pressed
};

// How text that a person reads is written.
struct Writing {
  Role role = Role::text;
  Type type = Type::body;
  Colour colour{};
  Align align = Align::left;
  int lines_max = 1;
  std::string id{};
  std::string spoken{};
  bool personal = false;  // said to the headset alone
};

// What can be done on the screen behind a sheet.
struct Command {
  std::string id;
  std::string label;
  std::optional<Key> key;
};

class Stage {
 public:
  Stage(Canvas& on, const Theme& colours, Texts& words, Hands& felt, Motions& moves, const Ease& eased = {})
      : canvas(on), theme(colours), texts(words), hands(felt), motions(moves), ease(eased) {}

  Canvas& canvas;
  const Theme& theme;
  Texts& texts;
  Hands& hands;
  Motions& motions;
  Ease ease;  // of the person who stands there
  SemanticTree tree;
  std::vector<Intent> intents;
  // A screen whose targets have keys by their names; none: they have those that they say themselves.
  std::optional<Key> (*key_of)(std::string_view id) = nullptr;
  std::vector<Command> commands;         // of what lies behind, in the order of reading
  std::optional<ScrolledList> scrolled;  // the largest list in front

  [[nodiscard]] Box area() const { return canvas.area(); }
  [[nodiscard]] float line(Type type) const { return canvas.line(type); }
  // In reach mode nothing that can be touched begins above it: half of a tall screen, two fifths of a wide one. Else 0.
  [[nodiscard]] float reach_line() const { return ease.reach ? area().h * (wide() ? 0.4F : 0.5F) : 0; }
  [[nodiscard]] bool large() const { return ease.text != TextSize::standard; }
  [[nodiscard]] bool outlined() const { return theme.card_line > 0; }  // high contrast
  [[nodiscard]] bool wide() const { return area().w > area().h; }
  // A counter's screen that is held in a hand; a shopper's tall one is 1080 wide.
  [[nodiscard]] bool in_hand() const { return !wide() && area().w < 900; }
  void want(const Intent& intent);

  // The one way to be touchable: hit-tests against hands and enters the tree. Draws only the focus ring.
  TargetState target(const TargetSpec& spec);

  // Writes into a box from its top, wrapped; returns the height used. What does not fit is marked `clipped` in the tree.
  float write(const Box& box, std::string_view text, const Writing& writing);
  // One line, centred by height in the box.
  void write_centred(const Box& box, std::string_view text, const Writing& writing);
  // As write_centred, cross-faded for 160 ms when the text changes. `name` is the motion's.
  void write_changing(const std::string& name, const Box& box, const std::string& text, const Writing& writing);
  // The first of these styles in which the text fits on one line of that width; else the last.
  [[nodiscard]] Type fitting(std::initializer_list<Type> types, std::string_view text, float width) const;
  [[nodiscard]] float height_of(std::string_view text, Type type, float width) const;
  // A picture that says something.
  void describe(Role role, const Box& box, std::string id, std::string label, std::string value = {});

  // Between these, what is drawn lies behind a dialog: it can neither be touched nor read.
  void begin_behind() { behind_ = true; }
  void end_behind() { behind_ = false; }

  // A list that scrolls by touch and by focus. Between the calls y moves up by what was scrolled; returns that, on whole pixels.
  float begin_list(const std::string& id, const Box& box);
  void end_list(float content_height);

 private:
  void enter(SemanticNode node, const Box& box, bool fits = true);

  bool behind_ = false;
  std::string list_;
  Box list_box_;
  int order_ = 0;
};

}  // namespace vitrine::kiosk
