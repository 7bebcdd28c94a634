// SPDX-License-Identifier: Apache-2.0
// A cart that goes to a phone, in states worth looking at.
#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

constexpr std::int64_t life_ms = 24LL * 3'600'000;

Asked newest(const Scene& scene) { return {scene.model.visit.number, scene.model.visit.keeping->asked}; }

Scene asked_for(Scene scene) {
  scene.wish(KeepOnPhone{});
  return scene;
}

Scene kept(Scene scene, std::size_t products) {
  scene = asked_for(std::move(scene));
  scene.event(KeptCodeArrived{newest(scene), some_code(products)});
  return scene;
}

Scene refused(const char* code) {
  Scene scene = asked_for(with_cart(cart()));
  scene.event(RequestFailed{newest(scene), code});
  return scene;
}

}  // namespace

KeptCode some_code(std::size_t products) {
  KeptCode code;
  code.qr = "https://vitrine.example/k#k";
  // As long as a signed one: some 150 bytes and 8 for each product, 17 digits for 7 bytes.
  const std::size_t digits = (150 + 8 * products) * 17 / 7;
  for (std::size_t i = 0; i < digits; ++i) code.qr.push_back(static_cast<char>('0' + (i * i * 7 + i / 3) % 10));
  code.valid_for_ms = life_ms;
  code.valid_until = noon.utc.plus(life_ms);
  code.units = 10;
  return code;
}

std::vector<Named> keep_scenes() {
  return {
      {"keep-waiting", [] { return asked_for(with_cart(cart())); }},
      {"keep", [] { return kept(with_cart(cart()), 4); }},
      {"keep-long", [] { return kept(with_cart(long_cart()), 50); }},
      {"keep-offline", [] { return kept(offline(with_cart(cart())), 4); }},
      {"keep-too-long", [] { return refused("keep_too_long"); }},
      {"keep-no-answer", [] { return refused("no_answer"); }},
      {"keep-failed", [] { return refused("keep_unavailable"); }},
      {"cart-without-keeping",
       [] {
         Scene scene = with_cart(cart());
         scene.model.store->keeps_carts = false;
         return scene;
       }},
  };
}

}  // namespace vitrine::kiosk::samples
