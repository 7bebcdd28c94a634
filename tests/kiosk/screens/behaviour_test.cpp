// SPDX-License-Identifier: Apache-2.0
// The screens as a person uses them: by touch and by keys, through to nothing left behind.
#include <doctest/doctest.h>

#include <imgui/imgui.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/kiosk/screens/headless.hpp"

using namespace vitrine::kiosk;
using samples::Scene;

namespace {

constexpr Panel portrait{1080, 1920, 336};

bool says(const SemanticTree& tree, const std::string& words) {
  return std::any_of(tree.nodes.begin(), tree.nodes.end(), [&](const SemanticNode& node) {
    return node.label.find(words) != std::string::npos || node.value.find(words) != std::string::npos ||
           node.spoken.find(words) != std::string::npos;
  });
}

std::string value_of(const SemanticTree& tree, const std::string& id) {
  const SemanticNode* node = tree.find(id);
  return node == nullptr ? "absent" : node->label;
}

// Corners that are drawn at full strength.
std::ptrdiff_t solid_corners() {
  std::ptrdiff_t count = 0;
  const ImDrawData& picture = *ImGui::GetDrawData();
  for (int n = 0; n < picture.CmdListsCount; ++n) {
    const auto& corners = picture.CmdLists[n]->VtxBuffer;
    count +=
        std::count_if(corners.begin(), corners.end(), [](const ImDrawVert& v) { return (v.col >> IM_COL32_A_SHIFT) == 255; });
  }
  return count;
}

}  // namespace

TEST_CASE("welcome to scan and back") {
  Headless headless(portrait);
  Scene scene = samples::welcome();
  CHECK(headless.settle(scene).tree.screen == "welcome");
  REQUIRE(headless.tap(scene, "scan.start"));
  Frame frame = headless.frame(scene.model);
  CHECK(frame.tree.screen == "scan");
  CHECK(frame.tree.find("scan.phone_page") != nullptr);
  REQUIRE(headless.tap(scene, "back"));
  CHECK(headless.frame(scene.model).tree.screen == "welcome");
}

TEST_CASE("a cart is readable in the first frame after its code, movement or not") {
  for (const bool reduced : {false, true}) {
    for (const Route from : {Route::welcome, Route::scan}) {
      Headless headless(portrait);
      Scene scene = samples::welcome();
      scene.model.reduced_motion = reduced;
      if (from == Route::scan) scene.wish(Navigate{Route::scan});
      headless.settle(scene);
      scene.event(ScanSeen{"code"});
      scene.event(CartArrived{{scene.model.visit.number, scene.model.visit.opening_number}, samples::cart()});
      CHECK(headless.frame(scene.model).tree.screen == "cart");
      const std::ptrdiff_t first = solid_corners();
      headless.settle(scene);
      CHECK(first >= solid_corners());  // the reader's green comes on top
    }
  }
}

TEST_CASE("counting up and down, removing and undoing by touch") {
  Headless headless(portrait);
  Scene scene = samples::with_cart(samples::cart());
  headless.settle(scene);
  CHECK(value_of(headless.frame(scene.model).tree, "line.20725.count") == "2");
  REQUIRE(headless.tap(scene, "line.20725.more"));
  Frame frame = headless.settle(scene);
  CHECK(value_of(frame.tree, "line.20725.count") == "3");
  CHECK(value_of(frame.tree, "line.20725.total") == "£4.95");
  CHECK(frame.tree.find("line.22960.fewer") == nullptr);
  REQUIRE(headless.tap(scene, "line.22960.remove"));
  frame = headless.settle(scene, 8);
  CHECK(frame.tree.find("line.22960.count") == nullptr);
  CHECK(says(frame.tree, "Jam-making set with jars removed"));
  REQUIRE(headless.tap(scene, "undo"));
  CHECK_FALSE(says(headless.settle(scene, 8).tree, "removed"));
}

TEST_CASE("nothing of a person stays: not in the tree, not in the texts, not on a list") {
  Headless headless(portrait);
  Scene scene = samples::with_cart(samples::long_cart());
  headless.settle(scene);
  // Scrolled down, focus on a line, one line removed.
  headless.frame(
      scene.model,
      {{{PointerEvent::Kind::down, 500, 1200}, {PointerEvent::Kind::move, 500, 700}, {PointerEvent::Kind::up, 500, 700}}, {}});
  headless.frame(scene.model, {{}, {Key::tab, Key::tab}});
  CHECK(says(headless.settle(scene, 4).tree, "Maximiliane"));
  scene.wait(idle_cart_ms);
  Frame frame = headless.settle(scene, 3);
  CHECK(frame.tree.screen == "still_there");
  scene.wait(countdown_ms);
  // The very first frame of welcome, and one in the middle of the movement.
  for (int i = 0; i < 3; ++i) {
    frame = headless.frame(scene.model);
    CHECK(frame.tree.screen == "welcome");
    for (const char* trace : {"Maximiliane", "cakestand", "1,533", "12.75", "line."}) {
      CAPTURE(trace);
      CHECK_FALSE(says(frame.tree, trace));
      CHECK(frame.tree.announcement.find(trace) == std::string::npos);
    }
    for (const SemanticNode& node : frame.tree.nodes) CHECK_FALSE(node.id.starts_with("line."));
    scene.wait(60);
  }
  // The next person's list starts at its top.
  samples::Scene next = samples::with_cart(samples::long_cart());
  next.model.visit.number = scene.model.visit.number + 1;
  next.now = scene.now;
  next.event(PersonDid{});
  frame = headless.settle(next, 8);
  const SemanticNode* first = frame.tree.find("line.A1.more");
  REQUIRE(first != nullptr);
  CHECK(first->visible);
}

TEST_CASE("behind the question nothing can be touched or read") {
  Headless headless(portrait);
  Scene scene = samples::with_cart(samples::cart());
  const Frame before = headless.settle(scene);
  const PixelRect finish = before.tree.find("cart.keep")->rect;
  scene.wait(idle_cart_ms + 1'000);
  Frame frame = headless.settle(scene, 4);
  CHECK(frame.tree.find("cart.keep") == nullptr);
  CHECK_FALSE(says(frame.tree, "Lunch bag"));
  // A touch on the dimmed button only says that somebody is there.
  const float x = finish.x + finish.width / 2;
  const float y = finish.y + finish.height / 2;
  frame = headless.frame(scene.model, {{{PointerEvent::Kind::down, x, y}, {PointerEvent::Kind::up, x, y}}, {}});
  CHECK(frame.person_active);
  REQUIRE(frame.intents.size() == 1);
  CHECK(std::holds_alternative<StillHere>(frame.intents.front()));
  REQUIRE(headless.tap(scene, "still.finished"));
  CHECK_FALSE(scene.model.visit.cart);
}

TEST_CASE("the whole way by keys, with a visible focus in the order of reading") {
  Headless headless(portrait);
  Scene scene = samples::welcome();
  headless.settle(scene);
  Frame frame = headless.frame(scene.model, {{}, {Key::tab}});
  const auto focused = [](const Frame& f) {
    for (const SemanticNode& node : f.tree.nodes) {
      if (node.focused) return node.id;
    }
    return std::string();
  };
  CHECK_FALSE(focused(frame).empty());
  std::vector<std::string> order;
  for (int i = 0; i < 5; ++i) {  // three things to do, language, accessibility
    order.push_back(focused(frame));
    frame = headless.frame(scene.model, {{}, {Key::tab}});
  }
  CHECK(std::find(order.begin(), order.end(), "scan.start") != order.end());
  CHECK(std::find(order.begin(), order.end(), "language") != order.end());
  while (focused(frame) != "scan.start") frame = headless.frame(scene.model, {{}, {Key::tab}});
  frame = headless.frame(scene.model, {{}, {Key::enter}});
  REQUIRE(frame.intents.size() == 1);
  scene.wish(frame.intents.front());
  headless.settle(scene, 6);
  frame = headless.frame(scene.model, {{}, {Key::escape}});
  REQUIRE(frame.intents.size() == 1);
  CHECK(std::holds_alternative<GoBack>(frame.intents.front()));
}

TEST_CASE("choosing German speaks German at once") {
  Headless headless(portrait);
  Scene scene = samples::welcome();
  headless.settle(scene);
  REQUIRE(headless.tap(scene, "language"));
  Frame frame = headless.settle(scene, 8);
  CHECK(frame.tree.screen == "languages");
  CHECK(frame.tree.find("scan.start") == nullptr);
  REQUIRE(headless.tap(scene, "language.de"));
  frame = headless.settle(scene, 8);
  CHECK(frame.tree.language == "de");
  CHECK(says(frame.tree, "Code scannen"));
}

TEST_CASE("a screen at rest gives the same picture and asks for no frames; a touch or news changes it") {
  Headless headless(portrait);
  for (const char* name : {"welcome", "cart", "code-unknown", "starting", "resting"}) {
    CAPTURE(name);
    for (const samples::Named& named : samples::all()) {
      if (named.name != name) continue;
      Scene scene = named.make();
      static std::uint64_t visit = 500;
      scene.model.visit.number = ++visit;
      const Frame first = headless.settle(scene);
      CHECK_FALSE(first.moving);
      scene.wait(500);
      const Frame second = headless.frame(scene.model);
      CHECK_FALSE(second.moving);
      CHECK(first.picture == second.picture);
    }
  }
  Scene scene = samples::with_cart(samples::cart());
  scene.model.visit.number = 900;
  const Frame before = headless.settle(scene);
  const PixelRect more = before.tree.find("line.20725.more")->rect;
  headless.frame(scene.model, {{{PointerEvent::Kind::down, more.x + 20, more.y + 20}}, {}});
  scene.wait(40);
  const Frame pressed = headless.frame(scene.model);
  CHECK(pressed.moving);
  CHECK(pressed.picture != before.picture);
}

TEST_CASE("the scan guide stops after five loops, and does not start where less movement is wanted") {
  Headless headless(portrait);
  Scene scene = samples::welcome();
  scene.wish(Navigate{Route::scan});
  headless.frame(scene.model);
  scene.wait(5'000);
  CHECK(headless.frame(scene.model).moving);
  scene.wait(7'100);
  headless.frame(scene.model);
  scene.wait(100);
  CHECK_FALSE(headless.frame(scene.model).moving);

  Scene still = samples::welcome();
  still.model.reduced_motion = true;
  still.model.visit.number = 50;
  still.wish(Navigate{Route::scan});
  headless.settle(still, 8);
  const Frame frame = headless.frame(still.model);
  CHECK_FALSE(frame.moving);
  CHECK(says(frame.tree, "Hold the code in front of the reader"));
}

TEST_CASE("words for how fresh stock is, and for being offline") {
  Headless headless(portrait);
  Scene scene = samples::with_cart(samples::long_cart());
  Frame frame = headless.settle(scene, 8);
  CHECK(value_of(frame.tree, "line.A1.stock") == "Aisle 12, bay AB · 1,200 here");
  CHECK(value_of(frame.tree, "line.A2.stock") == "Aisle 3, bay C · Last seen 4 at\u00a013:15");
  CHECK(value_of(frame.tree, "line.A3.stock") == "Aisle 5, bay A · Check first. Last heard\u00a011:00");
  CHECK(frame.tree.find("line.A4.stock") == nullptr);
  CHECK(frame.tree.find("line.A5.more") == nullptr);  // sold out: it can only be removed
  CHECK(frame.tree.find("line.A5.remove") != nullptr);

  for (const samples::Named& named : samples::all()) {
    if (named.name != "cart-offline") continue;
    Scene offline = named.make();
    offline.model.visit.number = 60;
    frame = headless.settle(offline, 8);
    CHECK(value_of(frame.tree, "banner.offline") == "Our internet is off for now. You can still shop.");
    CHECK(value_of(frame.tree, "line.85123A.stock") == "Aisle 3, bay B · 24 here at\u00a014:00");
  }
}

TEST_CASE("a theme that fails keeps the one before") {
  Headless headless(portrait);
  const Ui::Rgb before = headless.ui().clear_colour();
  const auto refused = headless.ui().load_theme("tests/kiosk/screens/pale_theme.toml");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "theme_refused");
  CHECK(headless.ui().clear_colour().r == before.r);
  REQUIRE(headless.ui().load_theme("config/examples/theme.toml"));
}

TEST_CASE("the chain's colours are worn when the visit is over; those that fail contrast are not") {
  Headless headless(portrait);
  Scene scene = samples::with_cart(samples::cart());
  headless.settle(scene);
  const Ui::Rgb before = headless.ui().clear_colour();
  StoreInfo store = *scene.model.store;
  store.colours = {{"bg", "#F5F0FA"}};
  scene.event(StoreArrived{store});
  headless.settle(scene);
  CHECK(headless.ui().clear_colour().r == before.r);
  scene.wish(Finish{});
  headless.settle(scene);
  CHECK(headless.ui().clear_colour().r == doctest::Approx(0xF5 / 255.0));
  store.colours = {{"bg", "#606060"}};
  scene.event(StoreArrived{store});
  headless.settle(scene);
  CHECK(headless.ui().clear_colour().r == doctest::Approx(0xF5 / 255.0));
}

TEST_CASE("a theme that is written anew is worn without a restart, once; a broken one is not") {
  const std::string file = (std::filesystem::temp_directory_path() / "vitrine_worn_theme.toml").string();
  auto written = std::filesystem::file_time_type::clock::now();
  const auto write = [&](const std::string& text) {
    std::ofstream(file) << text;
    std::filesystem::last_write_time(file, written += std::chrono::seconds(1));  // as if it took that long
  };
  write("[colour]\nbg = \"#F5F0FA\"\n");
  UiOptions options;
  options.theme_file = file;
  const auto ui = Ui::open(options);
  REQUIRE(ui);
  CHECK((*ui)->clear_colour().b == doctest::Approx(0xFA / 255.0));
  CHECK_FALSE((*ui)->look_at_theme());
  write("[colour]\nbg = \"#F4F8F2\"\n[sounds]\ntouch = true\n");
  CHECK((*ui)->look_at_theme());
  CHECK((*ui)->clear_colour().b == doctest::Approx(0xF2 / 255.0));
  CHECK((*ui)->theme_files().touch_sounds);
  CHECK_FALSE((*ui)->look_at_theme());
  write("[colour]\nbg = \"#606060\"\n");
  CHECK_FALSE((*ui)->look_at_theme());
  CHECK((*ui)->clear_colour().b == doctest::Approx(0xF2 / 255.0));
  std::filesystem::remove(file);
  CHECK_FALSE((*ui)->look_at_theme());
}

TEST_CASE("in the window one thing changes every 6 s, faded for 400 ms and still in between") {
  Headless headless(portrait);
  Scene scene = samples::welcome();
  const std::uint64_t first = headless.settle(scene).picture;
  scene.wait(attract_after_ms - (scene.now.mono.value - scene.model.edge_changed_at.value));
  CHECK(headless.frame(scene.model).moving);
  scene.wait(200);
  const Frame between = headless.frame(scene.model);
  CHECK(between.moving);
  scene.wait(200);
  const Frame after = headless.frame(scene.model);
  CHECK_FALSE(after.moving);
  CHECK(after.picture != first);
  CHECK(between.picture != after.picture);
  scene.wait(attract_each_ms - 500);
  CHECK(headless.frame(scene.model).picture == after.picture);
  scene.wait(500);
  CHECK(headless.frame(scene.model).picture != after.picture);
  // Each of the three has gone both ways: all is as it was.
  scene.wait(4 * attract_each_ms);
  CHECK(headless.settle(scene).picture == first);
}

TEST_CASE("a kiosk whose theme is broken opens with the built-in one") {
  for (const char* file : {"tests/kiosk/screens/pale_theme.toml", "tests/kiosk/screens/CMakeLists.txt", "/nowhere/theme.toml"}) {
    UiOptions options;
    options.theme_file = file;
    const auto ui = Ui::open(options);
    REQUIRE(ui);
    const Ui::Rgb clear = (*ui)->clear_colour();
    CHECK(clear.r == doctest::Approx(0xF2 / 255.0));
    CHECK(clear.b == doctest::Approx(0xF4 / 255.0));
  }
}

TEST_CASE("a product is found by touch: typed on the screen's keyboard, opened, counted, and put into the cart") {
  Headless headless(portrait);
  Scene scene = samples::with_cart(samples::cart());
  headless.settle(scene);
  REQUIRE(headless.tap(scene, "cart.find"));
  CHECK(headless.settle(scene).tree.screen == "search");
  for (const char* key : {"key.a", "key.l", "key.space"}) {
    CAPTURE(key);
    REQUIRE(headless.tap(scene, key));
  }
  CHECK(scene.model.visit.search.typed.text == "al ");
  scene.event(ProductsFound{{scene.model.visit.number, scene.model.visit.search.asked}, samples::some_products()});
  CHECK(says(headless.settle(scene).tree, "6 products for al"));
  REQUIRE(headless.tap(scene, "filter.stock"));
  CHECK(scene.model.visit.search.filter.in_stock);
  REQUIRE(headless.tap(scene, "key.enter"));
  CHECK(headless.settle(scene).tree.find("key.a") == nullptr);
  REQUIRE(headless.tap(scene, "result.22727"));
  scene.event(ProductArrived{{scene.model.visit.number, scene.model.visit.product->asked}, samples::some_page()});
  CHECK(value_of(headless.settle(scene).tree, "product.title") == "Alarm clock, Bakelite red");
  REQUIRE(headless.tap(scene, "product.more"));
  CHECK(value_of(headless.settle(scene).tree, "product.add") == "Add to cart, £7.50");
  REQUIRE(headless.tap(scene, "product.add"));
  REQUIRE(scene.model.visit.pending.size() == 1);
  CHECK(scene.model.visit.pending.front().delta == 2);
  REQUIRE(headless.tap(scene, "show_cart"));
  CHECK(headless.settle(scene).tree.screen == "cart");
  CHECK_FALSE(says(headless.frame(scene.model).tree, "al "));
}

TEST_CASE("an order is collected by touch: the digits on the keypad, then how it comes; in the countdown it is covered") {
  Headless headless(portrait);
  Scene scene = samples::welcome();
  headless.settle(scene);
  REQUIRE(headless.tap(scene, "collect.start"));
  for (const char* digit : {"digit.4", "digit.8", "digit.1", "digit.2", "digit.0", "digit.6"})
    REQUIRE(headless.tap(scene, digit));
  const auto newest = [&] { return Asked{scene.model.visit.number, scene.model.visit.collection.asked}; };
  scene.event(PickupOpened{newest(), {.needs_phone = true, .order = {}, .currency = {}}});
  for (const char* digit : {"digit.7", "digit.4"}) REQUIRE(headless.tap(scene, digit));
  scene.event(PickupOpened{newest(), {.needs_phone = false, .order = "o-1", .ahead = 1, .currency = "GBP"}});
  scene.event(OrderArrived{newest(), samples::some_order()});
  Frame frame = headless.settle(scene);
  CHECK(frame.tree.screen == "pickup");
  CHECK(says(frame.tree, "481 206"));
  CHECK(says(frame.tree, "One person is ahead of you"));
  CHECK(frame.tree.find("pickup.code")->personal);
  scene.wait(idle_pickup_ms);
  frame = headless.settle(scene);
  CHECK(frame.tree.screen == "still_there");
  CHECK_FALSE(says(frame.tree, "481 206"));
  scene.wish(StillHere{});
  OrderView handed = samples::some_order();
  handed.stage = OrderStage::collected;
  scene.event(OrderArrived{newest(), handed});
  frame = headless.settle(scene);
  CHECK(frame.tree.find("pickup.ahead")->label == "Handed to you");
  REQUIRE(headless.tap(scene, "pickup.done"));
  frame = headless.settle(scene);
  CHECK(frame.tree.screen == "welcome");
  CHECK_FALSE(says(frame.tree, "481"));
}

TEST_CASE("whatever fingers and keys do, and wherever, there is a screen, and the next person meets nothing of it") {
  const unsigned seed = std::random_device{}();
  INFO("seed ", seed);
  std::mt19937 chance(seed);
  Headless headless(portrait);
  Scene scene = samples::with_cart(samples::cart());
  const std::vector<float> odd{std::nanf(""), std::numeric_limits<float>::infinity(), -1e30F, 1e30F, -1, 0};
  std::set<std::string> screens;
  std::vector<std::pair<float, float>> targets;  // of the last frame
  for (int round = 0; round < 1'500; ++round) {
    Input input;
    // Aimed at something, every second time.
    if (!targets.empty() && chance() % 2 == 0) {
      const auto [x, y] = targets[chance() % targets.size()];
      input.pointer.push_back({PointerEvent::Kind::down, x, y});
      input.pointer.push_back({PointerEvent::Kind::up, x, y});
    }
    for (auto n = chance() % 4; n > 0; --n) {
      const auto place = [&](unsigned most) {
        return chance() % 20 == 0 ? odd[chance() % odd.size()] : static_cast<float>(chance() % most);
      };
      input.pointer.push_back({static_cast<PointerEvent::Kind>(chance() % 4), place(1080), place(1920)});
    }
    for (auto n = chance() % 3; n > 0; --n)
      input.keys.push_back(static_cast<Key>(chance() % (static_cast<unsigned>(Key::alt_z) + 1)));
    const Frame frame = headless.frame(scene.model, input);
    screens.insert(frame.tree.screen);
    targets.clear();
    for (const auto& node : frame.tree.nodes) {
      if (node.interactive) targets.emplace_back(node.rect.x + node.rect.width / 2, node.rect.y + node.rect.height / 2);
    }
    REQUIRE_FALSE(frame.tree.screen.empty());
    REQUIRE_FALSE(frame.tree.nodes.empty());
    if (frame.person_active) scene.event(PersonDid{});
    for (const Intent& intent : frame.intents) scene.wish(intent);
    scene.wait(static_cast<std::int64_t>(chance() % 700));
  }
  CHECK(screens.size() > 3);
  for (int i = 0; i < 40; ++i) {
    scene.wait(15'000);
    headless.frame(scene.model, {});
  }
  const Frame frame = headless.settle(scene);
  CAPTURE(frame.tree.screen);
  CHECK(frame.tree.screen == "welcome");
  CHECK_FALSE(says(frame.tree, "Amelia"));
}
