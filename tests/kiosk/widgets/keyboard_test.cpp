// SPDX-License-Identifier: Apache-2.0
// The on-screen keyboard: a layout for each language, keys that act on press, letters typed, and no key too small.
#include <doctest/doctest.h>

#include <imgui/imgui.h>

#include <algorithm>
#include <set>

#include "kiosk/widgets/keyboard.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;

namespace {

// A keyboard alone on a screen of 1080 x 1920.
struct Board {
  std::unique_ptr<Texts> texts = std::move(*Texts::open("assets/text"));
  std::unique_ptr<Letters> letters;
  Theme theme = *make_theme({});
  Atlas atlas;
  Hands hands;
  Motions motions;
  MonoMs now{1000};
  TypedText typed;
  SemanticTree tree;
  ImGuiContext* context = ImGui::CreateContext();
  std::vector<KeyboardWish> last;

  explicit Board(const std::string& language) {
    texts->speak(language, "UTC");
    letters = std::move(*Letters::open({"/usr/share/fonts/opentype/inter", "/nowhere", "/nowhere"}));
    const AtlasSources sources{"/usr/share/fonts/truetype/material-design-icons-iconfont/MaterialIcons-Regular.ttf",
                               "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf", "assets/demo/lists/pictograms.csv"};
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().DisplaySize = {1080, 1920};
    ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    REQUIRE(atlas.bake(sources, 1, 1, *letters));
    frame({});
  }
  ~Board() { ImGui::DestroyContext(context); }
  Board(const Board&) = delete;
  Board& operator=(const Board&) = delete;

  void frame(const Input& input) {
    ImGui::NewFrame();
    letters->begin_frame(TextSize::standard);
    ProductPictures products;
    Canvas canvas(atlas, *letters, products);
    canvas.begin(1, 1080, 1920);
    hands.take(input, now, 1);
    hands.begin_targets();
    motions.begin(now, false);
    Stage stage(canvas, theme, *texts, hands, motions);
    last = keyboard(stage, {0, 1200, 1080, keyboard_height(stage)}, typed, {.id = "keys", .enter = "go"});
    for (const KeyboardWish& wish : last) {
      if (wish.kind == KeyboardWish::Kind::touch) type(typed, wish.touch, 20);
    }
    tree = std::move(stage.tree);
    hands.end_targets(now);
    motions.end();
    ImGui::Render();
    now = now.plus(100);
  }
  void point(PointerEvent::Kind kind, const std::string& id) {
    const SemanticNode* node = tree.find(id);
    REQUIRE_MESSAGE(node != nullptr, id);
    frame({{{kind, node->rect.x + node->rect.width / 2, node->rect.y + node->rect.height / 2}}, {}});
  }
  void tap(const std::string& id) {
    point(PointerEvent::Kind::down, "keys." + id);
    point(PointerEvent::Kind::up, tree.find("keys." + id) != nullptr ? "keys." + id : "keys.space");
  }
};

}  // namespace

TEST_CASE("keys act on press, the same key twice is two letters, a bounce is one") {
  Board board("en");
  board.point(PointerEvent::Kind::down, "keys.l");
  CHECK(board.typed.text == "l");
  board.point(PointerEvent::Kind::up, "keys.l");
  CHECK(board.typed.text == "l");
  board.now = board.now.plus(-20);
  board.tap("l");
  CHECK(board.typed.text == "ll");
  const SemanticNode* key = board.tree.find("keys.k");
  const float x = key->rect.x + 20;
  const float y = key->rect.y + 20;
  using Kind = PointerEvent::Kind;
  board.frame({{{Kind::down, x, y}, {Kind::up, x, y}, {Kind::down, x, y}, {Kind::up, x, y}}, {}});
  CHECK(board.typed.text == "llk");
}

TEST_CASE("keys that a quick hand presses within one slow frame are all written, in their order") {
  Board board("en");
  using Kind = PointerEvent::Kind;
  Input input;
  for (const char* id : {"keys.s", "keys.a", "keys.r", "keys.space", "keys.e"}) {
    const SemanticNode* key = board.tree.find(id);
    REQUIRE(key != nullptr);
    const float x = key->rect.x + 20;
    const float y = key->rect.y + 20;
    input.pointer.push_back({Kind::down, x, y});
    input.pointer.push_back({Kind::up, x, y});
  }
  board.frame(input);
  CHECK(board.typed.text == "sar e");
}

TEST_CASE("shift is for one letter; backspace takes a whole letter, held for 600 ms all of them") {
  Board board("de");
  board.tap("shift");
  REQUIRE(board.tree.find("keys.Ü") != nullptr);
  board.tap("Ü");
  board.tap("b");
  board.tap("ö");
  CHECK(board.typed.text == "Übö");
  board.tap("backspace");
  CHECK(board.typed.text == "Üb");
  board.tap("x");
  board.point(PointerEvent::Kind::down, "keys.backspace");
  for (int i = 0; i < 5; ++i) board.frame({});
  CHECK(board.typed.text == "Üb");
  for (int i = 0; i < 3; ++i) board.frame({});
  CHECK(board.typed.text.empty());
}

TEST_CASE("every language has its letters, each key is said, and large enough and apart also at 21.5 inches") {
  const std::vector<std::pair<std::string, std::vector<std::string>>> letters = {
      {"en", {"q", "w"}}, {"de", {"ü", "ö", "ä", "ß", "z"}}, {"fr", {"a", "z"}}, {"es", {"ñ"}}, {"pl", {"w"}}, {"ja", {"a"}}};
  for (const auto& [language, own] : letters) {
    CAPTURE(language);
    Board board(language);
    for (const bool more : {false, true}) {
      board.typed.more = more;
      board.frame({});
      std::set<std::string> ids;
      for (const SemanticNode& node : board.tree.nodes) {
        CAPTURE(node.id);
        CHECK(ids.insert(node.id).second);
        CHECK_FALSE(node.label.empty());
        CHECK_FALSE(node.clipped);
        // 720 pixels are 268 mm there: 4.03 design units a millimetre.
        CHECK(std::min(node.rect.width, node.rect.height) >= 15 * 4.03F);
        for (const SemanticNode& other : board.tree.nodes) {
          if (&other == &node) continue;
          const float across =
              std::max(node.rect.x - other.rect.x - other.rect.width, other.rect.x - node.rect.x - node.rect.width);
          const float down =
              std::max(node.rect.y - other.rect.y - other.rect.height, other.rect.y - node.rect.y - node.rect.height);
          CHECK(std::max(across, down) >= 3 * 4.03F - 1);
        }
      }
      CHECK(ids.contains(more && language == "pl" ? "keys.ł" : "keys.p"));
    }
    for (const std::string& letter : own) CHECK(board.tree.find("keys." + letter) != nullptr);
  }
}

TEST_CASE("what is too long is not taken") {
  TypedText typed;
  for (int i = 0; i < 30; ++i) type(typed, {KeyTouch::Kind::text, "ż"}, 20);
  CHECK(letters_in(typed.text) == 20);
  type(typed, {KeyTouch::Kind::backspace}, 20);
  CHECK(letters_in(typed.text) == 19);
  CHECK(typed.text.size() == 38);
}
