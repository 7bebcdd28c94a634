// SPDX-License-Identifier: Apache-2.0
// What every screen's layout is held to; see layout_checks.hpp.
#include "tests/kiosk/screens/layout_checks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

namespace vitrine::kiosk {
namespace {

// For a hand that reaches out; and for a thumb on what the same hand holds.
constexpr float target_mm = 15, held_target_mm = 9;
constexpr float gap_mm = 3, held_gap_mm = 1;

float apart(const PixelRect& a, const PixelRect& b) {
  const float across = std::max(a.x - (b.x + b.width), b.x - (a.x + a.width));
  const float down = std::max(a.y - (b.y + b.height), b.y - (a.y + a.height));
  return std::max(across, down);
}

}  // namespace

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
    // At the edge of its list it may be partly hidden; scrolling brings it out.
    if (!node->cut)
      CHECK(std::min(node->rect.width, node->rect.height) >= (panel.is_held() ? held_target_mm : target_mm) * panel.px_per_mm());
  }
  for (std::size_t i = 0; i < targets.size(); ++i) {
    for (std::size_t j = i + 1; j < targets.size(); ++j) {
      CAPTURE(targets[i]->id);
      CAPTURE(targets[j]->id);
      CHECK(targets[i]->id != targets[j]->id);
      CHECK(apart(targets[i]->rect, targets[j]->rect) >= (panel.is_held() ? held_gap_mm : gap_mm) * panel.px_per_mm() - 1);
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

namespace {

// Targets with words of their own written on them.
bool is_card(const std::string& id) {
  for (const char* begin : {"scan.start", "search.start", "collect.start", "cart.choices", "cart.coupon", "choices.", "ease.",
                            "result.", "goes.", "board."}) {
    if (id.starts_with(begin) && !id.ends_with(".add")) return true;
  }
  return false;
}

}  // namespace

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
    // What is written on a large target is part of it.
    if (!node.interactive || !node.visible || is_card(node.id)) continue;
    for (const SemanticNode* text : texts) {
      CAPTURE(node.id);
      CAPTURE(text->label);
      CHECK(apart(node.rect, text->rect) >= -1);
    }
  }
}

}  // namespace vitrine::kiosk
