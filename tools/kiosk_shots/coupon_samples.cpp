// SPDX-License-Identifier: Apache-2.0
// Coupons on a cart, and on their way there.
#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

CouponView coupon(const char* code, CouponState state, const char* english, const char* german) {
  return {.code = code, .state = state, .title = {{"en", english}, {"de", german}}};
}

Scene typing(const std::string& code) {
  Scene scene = with_cart(cart());
  scene.wish(Navigate{Route::coupon});
  for (const char letter : code) scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, letter)}});
  return scene;
}

Scene refused(const char* reason, const RefusalHints& hints = {}) {
  Scene scene = typing("TEATIME5");
  scene.wish(Submit{});
  scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.coupon.asked}, reason, hints});
  return scene;
}

}  // namespace

CartView cart_with_coupons() {
  CartView with = cart();
  with.lines.resize(2);
  CouponView used = coupon("TEATIME5", CouponState::used, "5.00 off tea and cake", "5,00 Rabatt auf Tee und Kuchen");
  used.minor = 500;
  with.savings.push_back({used.title, used.minor, used.code});
  CouponView waits = coupon("WELCOME-10", CouponState::not_used_yet, "10% off from 50.00", "10 % ab 50,00");
  waits.need = "basket";
  waits.missing = 2'745;
  CouponView over = coupon("SPRING-24", CouponState::over, "Spring sale", "Frühlingsangebot");
  over.at = noon.utc.plus(-30LL * 24 * 3'600'000);
  with.coupons = {used, waits, over};
  with.totals.units = 8;
  with.totals.lines_left_out = 0;
  with.totals.subtotal = 2'100;
  with.totals.to_pay = 1'305;
  return with;
}

std::vector<Named> coupon_scenes() {
  return {
      {"cart-coupons", [] { return with_cart(cart_with_coupons()); }},
      {"cart-coupon-removed",
       [] {
         Scene scene = with_cart(cart_with_coupons());
         scene.wish(RemoveCoupon{"TEATIME5"});
         return scene;
       }},
      {"coupon", [] { return typing(""); }},
      {"coupon-typed", [] { return typing("TEATIME5"); }},
      {"coupon-waiting",
       [] {
         Scene scene = typing("TEATIME5");
         scene.wish(Submit{});
         return scene;
       }},
      {"coupon-unknown", [] { return refused("coupon_unknown"); }},
      {"coupon-not-yet", [] { return refused("coupon_not_valid_now", {.begins = noon.utc.plus(9LL * 24 * 3'600'000)}); }},
      {"coupon-locked", [] { return refused("coupons_locked"); }},
  };
}

}  // namespace vitrine::kiosk::samples
