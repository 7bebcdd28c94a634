// SPDX-License-Identifier: Apache-2.0
// A person's own choices on the screen: by touch and by five keys, heard in the headset alone, with a receipt to keep.
#include <doctest/doctest.h>

#include <algorithm>

#include "kiosk/speech/narrator.hpp"
#include "tests/kiosk/screens/headless.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::Scene;

namespace {

constexpr Panel portrait{1080, 1920, 336};

Scene scene_of(const std::string& name) {
  static std::uint64_t visit = 7000;
  for (const samples::Named& named : samples::choice_scenes()) {
    if (named.name != name) continue;
    Scene scene = named.make();
    scene.model.visit.number = ++visit;
    scene.now.mono = scene.now.mono.plus(400 * static_cast<std::int64_t>(visit - 7000));
    return scene;
  }
  FAIL("no scene ", name);
  return {};
}

std::string label_of(const SemanticTree& tree, const std::string& id) {
  const SemanticNode* node = tree.find(id);
  return node == nullptr ? "absent" : node->label;
}

// Answers the change that is on its way.
void keep(Scene& scene, const char* purpose, bool granted) {
  const Choices& choices = *scene.model.visit.choices;
  std::vector<Choice> all = choices.all;
  std::ranges::find(all, purpose, &Choice::purpose)->granted = granted;
  scene.event(ChoicesArrived{{scene.model.visit.number, choices.pending.front().number},
                             all,
                             ChoiceReceipt{std::string(32, 'c'), purpose, granted, scene.now.utc}});
}

struct WrittenVoice final : Voice {
  std::vector<std::string> said;
  void say(const Utterance& utterance) override { said.push_back(utterance.text); }
  void stop() override {}
};

}  // namespace

TEST_CASE("by touch: from the cart to the choices, one off, undone, the receipt, and back") {
  Headless headless(portrait);
  Scene scene = scene_of("cart-choices");
  headless.settle(scene);
  REQUIRE(headless.tap(scene, "cart.choices"));
  CHECK(headless.settle(scene, 12).tree.screen == "choices_waiting");
  scene.event(
      ChoicesArrived{{scene.model.visit.number, scene.model.visit.choices->asked}, samples::some_choices(), std::nullopt});
  SemanticTree tree = headless.settle(scene, 12).tree;
  CHECK(tree.screen == "choices");
  CHECK(tree.announcement == "Your choices. 2 of 7 are on. Each can be changed at any time.");
  CHECK(tree.find("choices.marketing_email")->value == "On");
  CHECK(tree.find("choices.receipt") == nullptr);
  REQUIRE(headless.tap(scene, "choices.marketing_email"));
  REQUIRE(scene.model.visit.choices->pending.size() == 1);
  CHECK_FALSE(scene.model.visit.choices->pending.front().granted);
  CHECK(headless.settle(scene, 12).tree.find("choices.marketing_email")->value == "Off");
  keep(scene, "marketing_email", false);
  tree = headless.settle(scene, 12).tree;
  CHECK(label_of(tree, "choices.undo.text") == "Saved. News by email: Off");
  REQUIRE(headless.tap(scene, "choices.undo"));
  REQUIRE(scene.model.visit.choices->pending.size() == 1);
  CHECK(scene.model.visit.choices->pending.front().granted);
  keep(scene, "marketing_email", true);
  headless.settle(scene, 12);
  REQUIRE(headless.tap(scene, "choices.receipt"));
  tree = headless.settle(scene, 12).tree;
  CHECK(tree.screen == "choices_receipt");
  CHECK(label_of(tree, "receipt.marketing_email") == "News by email: On");
  CHECK(label_of(tree, "receipt.marketing_email.number") == "No. cccc cccc cccc cccc cccc cccc cccc cccc");
  const std::string carried = tree.find("receipt.qr")->value;
  CHECK(carried.find("News by email: On") != std::string::npos);
  CHECK(carried.find(std::string(32, 'c')) != std::string::npos);
  CHECK(carried.find("Fernby, Harbour Street") != std::string::npos);
  CHECK(carried.find("Amelia") == std::string::npos);
  REQUIRE(headless.tap(scene, "receipt.back"));
  CHECK(headless.settle(scene, 12).tree.screen == "choices");
  REQUIRE(headless.tap(scene, "choices.cart"));
  CHECK(headless.settle(scene, 12).tree.screen == "cart");
}

TEST_CASE("five keys alone: forward to each switch in the order of reading, enter changes it, back leads out") {
  Headless headless(portrait);
  Scene scene = scene_of("choices");
  Frame frame = headless.settle(scene, 12);
  const auto focused = [&] {
    for (const SemanticNode& node : frame.tree.nodes) {
      if (node.focused) return node.id;
    }
    return std::string();
  };
  std::vector<std::string> met;
  for (int i = 0; i < 20; ++i) {
    frame = headless.frame(scene.model, {{}, {Key::right}});
    if (!met.empty() && focused() == met.front()) break;
    met.push_back(focused());
  }
  const std::vector<std::string> expected = {"back",
                                             "choices.history",
                                             "choices.personalisation",
                                             "choices.profiling",
                                             "choices.home_store",
                                             "choices.marketing_email",
                                             "choices.marketing_phone",
                                             "choices.marketing_post",
                                             "choices.cart",
                                             "start_over",
                                             "language",
                                             "ease",
                                             "help"};
  std::string order;
  for (const std::string& one : met) order += one + " ";
  CAPTURE(order);
  CHECK(met == expected);
  while (focused() != "choices.profiling") frame = headless.frame(scene.model, {{}, {Key::right}});
  frame = headless.frame(scene.model, {{}, {Key::enter}});
  REQUIRE(frame.intents.size() == 1);
  CHECK(frame.intents.front() == Intent{ChooseForMyself{"profiling", true}});
  frame = headless.frame(scene.model, {{}, {Key::escape}});
  REQUIRE(frame.intents.size() == 1);
  CHECK(frame.intents.front() == Intent{GoBack{}});
}

TEST_CASE("what they agreed to is heard in the headset, and aloud only that there is something") {
  Headless headless(portrait);
  Scene scene = scene_of("choices");
  for (const bool headset : {true, false}) {
    WrittenVoice voice;
    Narrator narrator{voice};
    const auto hear = [&](const SemanticTree& tree) { narrator.hear(tree, {.on = true, .headset = headset}); };
    hear(headless.settle(scene, 12).tree);
    Scene saved = samples::changed_choice(scene, "marketing_email", false);
    hear(headless.settle(saved, 12).tree);
    saved.wish(ShowChoiceReceipt{});
    hear(headless.settle(saved, 12).tree);
    std::string all;
    for (const std::string& one : voice.said) all += one + "\n";
    CAPTURE(all);
    for (const char* words : {"2 of 7 are on", "Saved. News by email: Off", "Your receipt. News by email: Off"})
      CHECK((all.find(words) != std::string::npos) == headset);
    CHECK((all.find("plug in headphones") != std::string::npos) != headset);
    for (const SemanticNode& node : headless.settle(scene, 12).tree.nodes) {
      if (node.id.starts_with("choices.") && node.interactive && node.id != "choices.cart") CHECK(node.personal);
    }
  }
}

TEST_CASE("each refusal has its own sentence and a way on") {
  Headless headless(portrait);
  const auto tree_of = [&](const char* name) {
    Scene scene = scene_of(name);
    return headless.settle(scene, 12).tree;
  };
  CHECK(label_of(tree_of("choices-not-saved"), "choices.refused") == "That change wasn’t saved");
  CHECK(label_of(tree_of("choices-elsewhere"), "choices.refused") == "This was turned off elsewhere");
  CHECK(label_of(tree_of("choices-full"), "choices.refused") == "This has been changed very often");
  CHECK(label_of(tree_of("choices-unknown"), "choices.failed") == "Your choices aren’t in this store");
  Scene again = scene_of("choices-pass-needed");
  CHECK(label_of(headless.settle(again, 12).tree, "choices.failed") == "Show your code once more");
  REQUIRE(headless.tap(again, "choices.scan"));
  CHECK(shown_route(again.model) == Route::scan);
  Scene failed = scene_of("choices-failed");
  headless.settle(failed, 12);
  REQUIRE(headless.tap(failed, "choices.again"));
  CHECK(headless.settle(failed, 12).tree.screen == "choices_waiting");
}

TEST_CASE("the receipt on paper has shop, changes, times and numbers, and no name; in the countdown it is covered") {
  Headless headless(portrait);
  Scene scene = scene_of("choices-receipt-printer");
  headless.settle(scene, 12);
  REQUIRE(headless.tap(scene, "receipt.print"));
  const auto job = take_print_job(scene.model);
  REQUIRE(job);
  std::string words;
  for (const auto& part : job->paper.parts) {
    if (const auto* one = std::get_if<PaperWords>(&part)) words += one->left + "|" + one->right + "\n";
  }
  CAPTURE(words);
  for (const char* there : {"Fernby|", "Harbour Street|", "Receipt for your choices|", "News by email|Off",
                            "Monday 24 November, 14:00|", "No. 0f9a 21c0 7b3e 58d6 0f11 24ac 9be0 7d35|"})
    CHECK(words.find(there) != std::string::npos);
  CHECK(words.find("Amelia") == std::string::npos);
  CHECK_FALSE(headless.settle(scene, 12).tree.find("receipt.print")->enabled);
  scene.event(PaperPrinted{job->number, ""});
  CHECK(label_of(headless.settle(scene, 12).tree, "print.done") == "It’s printed");
  Scene covered = scene_of("choices-still-there");
  const SemanticTree tree = headless.settle(covered, 12).tree;
  CHECK(tree.screen == "still_there");
  CHECK(tree.find("choices.history") == nullptr);
}
