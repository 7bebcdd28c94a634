// SPDX-License-Identifier: Apache-2.0
// Every screen in every size and language: targets are large enough, apart and on the screen, words fit, and everything that can
// be touched says what it does.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "tests/kiosk/screens/headless.hpp"

using namespace vitrine::kiosk;

namespace {

constexpr std::array<Panel, 5> panels = {{
    {1080, 1920, 336},  // 27 inch portrait
    {1920, 1080, 598},  // 27 inch landscape
    {720, 1280, 268},   // 21.5 inch portrait
    {1366, 768, 410},   // 18.5 inch landscape
    {2160, 3840, 398},  // 32 inch portrait, 4K
}};
constexpr float target_mm = 15;
constexpr float gap_mm = 3;

float apart(const PixelRect& a, const PixelRect& b) {
  const float across = std::max(a.x - (b.x + b.width), b.x - (a.x + a.width));
  const float down = std::max(a.y - (b.y + b.height), b.y - (a.y + a.height));
  return std::max(across, down);
}

void check_targets(const SemanticTree& tree, const Panel& panel) {
  std::vector<const SemanticNode*> targets;
  for (const SemanticNode& node : tree.nodes) {
    if (!node.interactive) continue;
    CHECK_FALSE(node.id.empty());
    CHECK_FALSE(node.label.empty());
    if (node.visible) targets.push_back(&node);
  }
  for (const SemanticNode* node : targets) {
    CAPTURE(node->id);
    CHECK(node->rect.x >= 0);
    CHECK(node->rect.y >= 0);
    CHECK(node->rect.x + node->rect.width <= static_cast<float>(panel.width));
    CHECK(node->rect.y + node->rect.height <= static_cast<float>(panel.height));
    // A line at the edge of its list may be partly hidden; scrolling brings it out.
    const bool whole = !node->id.starts_with("line.") || std::abs(node->rect.height - node->rect.width) < 2;
    if (whole) CHECK(std::min(node->rect.width, node->rect.height) >= target_mm * panel.px_per_mm());
  }
  for (std::size_t i = 0; i < targets.size(); ++i) {
    for (std::size_t j = i + 1; j < targets.size(); ++j) {
      CAPTURE(targets[i]->id);
      CAPTURE(targets[j]->id);
      CHECK(targets[i]->id != targets[j]->id);
      CHECK(apart(targets[i]->rect, targets[j]->rect) >= gap_mm * panel.px_per_mm() - 1);
    }
  }
}

void check_words(const SemanticTree& tree, const Panel& panel) {
  int headings = 0;
  for (const SemanticNode& node : tree.nodes) {
    CAPTURE(node.label);
    CHECK_FALSE(node.clipped);
    if (node.role == Role::heading) ++headings;
    if (!node.visible || node.interactive) continue;
    CHECK(node.rect.x >= 0);
    CHECK(node.rect.x + node.rect.width <= static_cast<float>(panel.width));
    CHECK(node.rect.y + node.rect.height <= static_cast<float>(panel.height));
  }
  CHECK(headings >= 1);
  CHECK_FALSE(tree.announcement.empty());
}

// No two texts on one another, and none under a button it does not belong to.
void check_no_overlap(const SemanticTree& tree) {
  std::vector<const SemanticNode*> texts;
  for (const SemanticNode& node : tree.nodes) {
    const bool is_text = node.role == Role::heading || node.role == Role::text || node.role == Role::status;
    if (is_text && node.visible && !node.interactive) texts.push_back(&node);
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (std::size_t j = i + 1; j < texts.size(); ++j) {
      CAPTURE(texts[i]->label);
      CAPTURE(texts[j]->label);
      CHECK(apart(texts[i]->rect, texts[j]->rect) >= -1);
    }
  }
  for (const SemanticNode& node : tree.nodes) {
    if (!node.interactive || !node.visible || node.id == "scan.start") continue;
    for (const SemanticNode* text : texts) {
      CAPTURE(node.id);
      CAPTURE(text->label);
      CHECK(apart(node.rect, text->rect) >= -1);
    }
  }
}

}  // namespace

TEST_CASE("every screen in every size and language") {
  for (const Panel& panel : panels) {
    CAPTURE(panel.width);
    Headless headless(panel);
    std::uint64_t visit = 100;
    for (const samples::Named& named : samples::all()) {
      for (const char* language : {"en", "de"}) {
        CAPTURE(named.name);
        CAPTURE(language);
        samples::Scene scene = named.make();
        const bool sheet = scene.model.visit.choosing_language;
        scene.model.visit.number = ++visit;
        scene.wish(ChooseLanguage{language});
        scene.model.visit.choosing_language = sheet;
        const Frame frame = headless.settle(scene, 12);
        CHECK(frame.tree.language == language);
        check_targets(frame.tree, panel);
        check_words(frame.tree, panel);
        check_no_overlap(frame.tree);
      }
    }
  }
}
