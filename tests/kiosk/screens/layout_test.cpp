// SPDX-License-Identifier: Apache-2.0
// Every screen in every size and language: targets are large enough, apart and on the screen, words fit, and everything that can
// be touched says what it does.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/kiosk/screens/headless.hpp"
#include "tests/kiosk/screens/layout_checks.hpp"

using namespace vitrine::kiosk;

namespace {

using samples::Mode;
using samples::panels;

void check_reach(const SemanticTree& tree, const Panel& panel) {
  const float line = static_cast<float>(panel.height) * (panel.width > panel.height ? 0.4F : 0.5F);
  for (const SemanticNode& node : tree.nodes) {
    if (!node.interactive || !node.visible) continue;
    CAPTURE(node.id);
    CHECK(node.rect.y >= line - 1);
  }
}

// For who works on one screen: VITRINE_SCREENS=search looks at those alone whose name has it.
std::vector<samples::Named> scenes() {
  std::vector<samples::Named> all = samples::all();
  if (const char* part = std::getenv("VITRINE_SCREENS"))
    std::erase_if(all, [&](const samples::Named& named) { return named.name.find(part) == std::string::npos; });
  return all;
}

// The same controls in the same places: language, accessibility and help are on every screen that has a store, in this order.
void check_utility(const SemanticTree& tree) {
  if (tree.find("ease") == nullptr || tree.screen == "ease" || tree.screen == "languages") return;
  std::vector<std::string> bar;
  for (const SemanticNode& node : tree.nodes) {
    if (node.id == "start_over" || node.id == "language" || node.id == "ease" || node.id == "help") bar.push_back(node.id);
  }
  if (!bar.empty() && bar.front() == "start_over") bar.erase(bar.begin());
  // While a store is filled for the first time, nobody could be told.
  if (tree.screen == "starting" || tree.screen == "resting") bar.emplace_back("help");
  CHECK(bar == std::vector<std::string>{"language", "ease", "help"});
  CHECK(tree.nodes.back().id == (tree.find("help") == nullptr ? "ease" : "help"));
}

void check_all(const SemanticTree& tree, const Panel& panel, const Ease& ease) {
  check_targets(tree, panel);
  check_words(tree, panel);
  check_no_overlap(tree);
  check_utility(tree);
  if (ease.reach) check_reach(tree, panel);
}

void set(samples::Scene& scene, const Mode& mode) {
  static std::uint64_t visit = 100;
  const bool sheet = scene.model.visit.choosing_language;
  scene.model.visit.number = ++visit;
  scene.wish(ChooseLanguage{mode.language});
  scene.model.visit.choosing_language = sheet;
  scene.model.visit.ease = mode.ease;
}

}  // namespace

TEST_CASE("every screen in every size, language and mode") {
  // Each screen in each size has every third row of the cover, a different third than the next one.
  std::size_t turn = 0;
  const std::vector<Mode> cover = samples::modes();
  for (const Panel& panel : panels) {
    CAPTURE(panel.width);
    Headless headless(panel);
    for (const samples::Named& named : scenes()) {
      ++turn;
      for (std::size_t row = turn % 3; row < cover.size(); row += 3) {
        const Mode& mode = cover[row];
        const std::string& language = mode.language;
        CAPTURE(named.name);
        CAPTURE(language);
        CAPTURE(static_cast<int>(mode.ease.text));
        CAPTURE(mode.ease.high_contrast);
        CAPTURE(mode.ease.reach);
        samples::Scene scene = named.make();
        set(scene, mode);
        const Frame frame = headless.settle(scene, 12);
        CHECK(frame.tree.language == language);
        check_all(frame.tree, panel, mode.ease);
      }
    }
  }
}

namespace {

// A language that nobody speaks: each text a third longer, with marks over its letters, in brackets. What is on a screen and not
// in brackets was not said by key; what does not fit is clipped.
std::string pseudo(const std::string& pattern) {
  static const std::map<char, std::string> marked = {{'a', "à"}, {'e', "é"}, {'i', "î"}, {'o', "ö"},
                                                     {'u', "ü"}, {'A', "Â"}, {'O', "Ø"}};
  std::string made = "[";
  int depth = 0;
  for (const char c : pattern) {
    if (c == '{') ++depth;
    const auto found = marked.find(c);
    made += depth == 0 && found != marked.end() ? found->second : std::string(1, c);
    if (c == '}') --depth;
  }
  const std::size_t longer = pattern.size() < 60 ? pattern.size() / 4 : 0;
  for (std::size_t i = 0; i < longer; ++i) made += i % 6 == 0 ? " " : "n";
  return made + "]";
}

std::string pseudo_assets() {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / ("vitrine_pseudo_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder / "text");
  std::filesystem::create_directories(folder / "demo/lists");
  std::filesystem::copy_file("assets/demo/lists/pictograms.csv", folder / "demo/lists/pictograms.csv",
                             std::filesystem::copy_options::overwrite_existing);
  std::ifstream from("assets/text/en.json");
  nlohmann::json texts = nlohmann::json::parse(from);
  std::ofstream(folder / "text/en.json") << texts.dump();
  for (auto& [key, value] : texts.items()) {
    if (!key.starts_with("language.") && value.get<std::string>().find("plural") == std::string::npos)
      value = pseudo(value.get<std::string>());
  }
  texts["language.name"] = "[Pseudo]";
  std::ofstream(folder / "text/fr.json") << texts.dump();
  return folder.string();
}

// What is not in brackets, without figures and signs.
std::string outside_brackets(const std::string& label) {
  std::string rest;
  int depth = 0;
  for (const char c : label) {
    if (c == '[') ++depth;
    if (depth == 0 && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) rest += c;
    if (c == ']') --depth;
  }
  return rest;
}

// Written by patterns that the made-up language leaves as they are.
bool is_plural(const std::string& id) {
  for (const char* plural : {"pickup.ahead", "pickup.count", "pickup.goods", "help.line", "till.line", "receipt.more",
                             "deliver.line", "deliver.stays"}) {
    if (id == plural) return true;
  }
  return false;
}

std::vector<std::string> words_of_retailer(const Model& model) {
  std::vector<std::string> words = {model.where};
  const auto add = [&](const Words& of) {
    for (const auto& [language, text] : of) words.push_back(text);
  };
  const auto add_card = [&](const ProductCard& card) {
    add(card.title);
    for (const auto& [name, value] : card.attributes) words.push_back(value);
    words.push_back(card.sku.text);
  };
  if (model.visit.search.found) {
    for (const ProductCard& card : model.visit.search.found->products) add_card(card);
    for (const DepartmentCount& each : model.visit.search.found->departments) add(each.name);
  }
  if (model.visit.product && model.visit.product->page) {
    const ProductPage& page = *model.visit.product->page;
    add(page.description);
    words.push_back(page.brand);
    add_card(page.card);
    for (const ProductCard& card : page.variants) add_card(card);
    for (const ProductCard& card : page.goes_with) add_card(card);
    for (const NearbyStore& store : page.nearby) words.push_back(store.name);
  }
  std::ranges::sort(words, std::greater{}, &std::string::size);
  return words;
}

std::string without(std::string label, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const std::size_t at = word.empty() ? std::string::npos : label.find(word);
    if (at != std::string::npos) label.erase(at, word.size());
  }
  return label;
}

}  // namespace

TEST_CASE("the gallery draws each screen in every language and size, and every pair of them with a mode") {
  std::set<std::string> pairs;
  for (std::size_t screen = 0; screen < 12; ++screen) {
    std::set<std::string> seen;
    for (const samples::Look& look : samples::looks_of(screen)) {
      const std::string values[] = {
          std::to_string(look.panel.width), look.mode.language, "text" + std::to_string(static_cast<int>(look.mode.ease.text)),
          look.mode.ease.high_contrast ? "contrast" : "colours", look.mode.ease.reach ? "reach" : "all"};
      for (const std::string& one : values) {
        seen.insert(one);
        for (const std::string& other : values) {
          if (one < other) pairs.insert(one + " " + other);
        }
      }
    }
    CHECK(seen.size() == 5 + 6 + 3 + 2 + 2);
  }
  // Of 5 sizes, 6 languages, 3 sizes of text, and twice two.
  CHECK(pairs.size() == 5 * 6 + (5 + 6) * 3 + (5 + 6 + 3) * 2 + (5 + 6 + 3) * 2 + 2 * 2);
}

TEST_CASE("in a language that nobody speaks every word was said by key, and longer words fit") {
  const std::string assets = pseudo_assets();
  for (const Panel& panel : {panels[0], panels[1]}) {
    CAPTURE(panel.width);
    Headless headless(panel, assets);
    for (const samples::Named& named : scenes()) {
      CAPTURE(named.name);
      samples::Scene scene = named.make();
      set(scene, {"fr", {}});
      const Frame frame = headless.settle(scene, 12);
      check_targets(frame.tree, panel);
      check_words(frame.tree, panel);
      check_no_overlap(frame.tree);
      // The retailer's name and words, letters of the keyboard, days and plurals, whose patterns stay, and what is the person's
      // own are not in brackets.
      const std::vector<std::string> theirs = words_of_retailer(scene.model);
      for (const SemanticNode& node : frame.tree.nodes) {
        const std::string rest = outside_brackets(without(node.label, theirs));
        if (rest.empty() || node.id.starts_with("language.") || node.id.starts_with("key.") || node.personal) continue;
        const bool retailer = node.label == scene.model.store->brand || node.label.starts_with("Monday ") ||
                              node.id == "cart.items" || node.id == "search.count" || is_plural(node.id) ||
                              node.label.find("clear this screen") != std::string::npos;
        CHECK_MESSAGE(retailer, node.label);
      }
    }
  }
  std::filesystem::remove_all(assets);
}
