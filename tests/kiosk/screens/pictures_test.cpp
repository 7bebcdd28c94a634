// SPDX-License-Identifier: Apache-2.0
// Which pictures of products a screen asks for ahead of whoever goes on from it.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "tests/kiosk/screens/headless.hpp"

using namespace vitrine::kiosk;
using samples::Scene;

namespace {

constexpr Panel portrait{1080, 1920, 336};

// How often each was wanted until nothing moves.
std::map<std::string, int> wanted(Headless& headless, Scene& scene) {
  std::map<std::string, int> all;
  for (int i = 0; i < 12; ++i) {
    for (const std::string& name : headless.frame(scene.model).pictures) ++all[name];
    scene.wait(50);
  }
  return all;
}

}  // namespace

TEST_CASE("on a product's page the pictures of the cart behind it come meanwhile; a new visit asks anew") {
  Headless headless(portrait);
  CartView cart = samples::cart();
  for (std::size_t i = 0; i < cart.lines.size(); ++i) cart.lines[i].picture = "line-" + std::to_string(i);
  Scene scene = samples::with_cart(cart);
  scene.wish(OpenProduct{samples::some_page().card.sku});
  scene.event(ProductArrived{{scene.model.visit.number, scene.model.visit.product->asked}, samples::some_page()});
  CHECK(wanted(headless, scene).at("line-0") == 1);
  CHECK(wanted(headless, scene).empty());
  scene.model.visit.number = 500;
  CHECK(wanted(headless, scene).at("line-3") == 1);
}
