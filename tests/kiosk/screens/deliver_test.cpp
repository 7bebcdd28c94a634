// SPDX-License-Identifier: Apache-2.0
// A cart that is sent home: the screens say what the model holds, and each of their controls does what it says.
#include <doctest/doctest.h>

#include <tuple>

#include "tests/kiosk/screens/headless.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::Scene;

namespace {

constexpr Panel upright{1080, 1920, 336};

Scene delivery_scene(const std::string& name) {
  static std::uint64_t visit = 8000;
  for (const samples::Named& named : samples::delivery_scenes()) {
    if (named.name != name) continue;
    Scene scene = named.make();
    scene.model.visit.number = ++visit;
    scene.now.mono = scene.now.mono.plus(400 * static_cast<std::int64_t>(visit - 8000));
    return scene;
  }
  FAIL("no scene ", name);
  return {};
}

std::string label_at(const SemanticTree& tree, const std::string& id) {
  const SemanticNode* node = tree.find(id);
  return node == nullptr ? "absent" : node->label;
}

}  // namespace

TEST_CASE("from the cart to the order: what goes, what it comes to, where to; then its number and what happens next") {
  Headless headless(upright);
  Scene scene = delivery_scene("cart-delivers");
  headless.settle(scene);
  REQUIRE(headless.tap(scene, "cart.deliver"));
  const SemanticTree look = headless.settle(scene, 12).tree;
  CHECK(look.screen == "deliver");
  CHECK(label_at(look, "deliver.total") == "£22.30");
  CHECK(label_at(look, "deliver.where") == "To the address of your account");
  CHECK(label_at(look, "deliver.stays") == "One item isn’t included and stays in your cart");
  CHECK(look.find("deliver.line.85123A") != nullptr);
  CHECK(look.find("deliver.line.85123A")->personal);
  CHECK(look.announcement.find("£22.30") != std::string::npos);
  REQUIRE(headless.tap(scene, "deliver.order"));
  const SemanticTree waiting = headless.settle(scene, 12).tree;
  CHECK(waiting.screen == "deliver_waiting");
  CHECK_FALSE(waiting.find("deliver.order")->enabled);

  Scene done = delivery_scene("deliver-done");
  const SemanticTree tree = headless.settle(done, 12).tree;
  CHECK(tree.screen == "deliver_done");
  CHECK(label_at(tree, "deliver.code") == "K7Q2-MN34-BCDF");
  CHECK(tree.find("deliver.code")->personal);
  CHECK(tree.find("deliver.qr")->value.find("K7Q2-MN34-BCDF") != std::string::npos);
  CHECK(tree.find("deliver.print") == nullptr);
  CHECK(tree.announcement.find("cancel it there") != std::string::npos);
  REQUIRE(headless.tap(done, "deliver.done"));
  CHECK(shown_route(done.model) == Route::welcome);
}

TEST_CASE("without a line it says that the order goes later, and never that it has gone") {
  Headless headless(upright);
  Scene look = delivery_scene("deliver-offline");
  CHECK(label_at(headless.settle(look, 12).tree, "deliver.about").find("as soon as the internet is back") != std::string::npos);
  Scene done = delivery_scene("deliver-done-offline");
  CHECK(label_at(headless.settle(done, 12).tree, "deliver.sent") == "It goes there as soon as our internet is back");
}

TEST_CASE("a cart that is nobody's goes to the phone instead") {
  Headless headless(upright);
  Scene scene = delivery_scene("deliver-nobody");
  CHECK(label_at(headless.settle(scene, 12).tree, "deliver.nobody") == "Where should it go?");
  REQUIRE(headless.tap(scene, "deliver.keep"));
  CHECK(shown_route(scene.model) == Route::keep);
}

TEST_CASE("each end of it has its own sentence, and a way on behind it") {
  Headless headless(upright);
  const std::tuple<const char*, const char*, const char*> ends[] = {
      {"deliver-cancelled", "This order was cancelled", "deliver.cart"},
      {"deliver-refused", "We couldn’t make this order", "deliver.cart"},
      {"deliver-changed", "Your cart has changed", "deliver.again"},
      {"deliver-code", "Please show your code once more", "deliver.scan"},
      {"deliver-no-answer", "That took too long", "deliver.again"},
      {"deliver-failed", "We couldn’t take your order", "deliver.again"}};
  for (const auto& [name, title, way] : ends) {
    CAPTURE(name);
    Scene scene = delivery_scene(name);
    CHECK(label_at(headless.settle(scene, 12).tree, "deliver.over") == title);
    REQUIRE(headless.tap(scene, way));
    const Route to = shown_route(scene.model);
    CHECK(to == (std::string(way) == "deliver.scan"    ? Route::scan
                 : std::string(way) == "deliver.again" ? Route::deliver
                                                       : Route::cart));
  }
}

TEST_CASE("on paper stand the number, the goods and what they come to, and nobody's name") {
  Headless headless(upright);
  Scene scene = delivery_scene("deliver-done-printer");
  headless.settle(scene, 12);
  REQUIRE(headless.tap(scene, "deliver.print"));
  REQUIRE(scene.model.visit.printing);
  std::string words;
  for (const auto& part : scene.model.visit.printing->paper->parts) {
    if (const auto* one = std::get_if<PaperWords>(&part)) words += one->left + "|" + one->right + "\n";
  }
  CHECK(words.find("K7Q2-MN34-BCDF") != std::string::npos);
  CHECK(words.find("£22.30") != std::string::npos);
  CHECK(words.find("Amelia") == std::string::npos);
}
