// SPDX-License-Identifier: Apache-2.0
// Banners and notices; see banners.hpp.
#include "kiosk/screens/shopper/banners.hpp"

#include <algorithm>

namespace vitrine::kiosk::shopper {

std::optional<BannerSpec> printing_banner(Stage& stage, const Model& model) {
  Texts& texts = stage.texts;
  const std::optional<Printing>& printing = model.visit.printing;
  if (!printing || printing->step == PrintStep::waiting) return std::nullopt;
  if (printing->step == PrintStep::done)
    return BannerSpec{"print.done", BannerKind::ok, Icon::print, texts.say("print.done"), texts.say("print.done_line")};
  return BannerSpec{"print.failed", BannerKind::warn, Icon::print_disabled,
                    texts.say(printing->failed == "printer_paper" ? "print.no_paper" : "print.failed"),
                    texts.say("print.failed_line")};
}

std::optional<BannerSpec> banner_for(Stage& stage, const Model& model) {
  Texts& texts = stage.texts;
  const bool waiting = model.visit.cart && model.visit.cart->outbox_waiting > 0;
  if (model.visit.not_saved_until) {
    return BannerSpec{"cart.not_saved", BannerKind::warn, Icon::error_outline, texts.say("cart.not_saved"),
                      texts.say("cart.not_saved_line")};
  }
  if (!stage.large()) {
    if (auto printed = printing_banner(stage, model)) return printed;
  }
  if (model.link_banner == LinkBanner::offline) {
    const std::string line = model.link.last_contact.value > 0
                                 ? texts.say("banner.offline_line", {{"time", texts.clock(model.link.last_contact)}})
                                 : texts.say("banner.offline_line_never");
    const bool drill = model.link.reason == "drill";
    return BannerSpec{"banner.offline", BannerKind::info, Icon::cloud_off, texts.say(drill ? "banner.drill" : "banner.offline"),
                      line};
  }
  if (model.link_banner == LinkBanner::back_online) {
    return BannerSpec{"banner.online", BannerKind::ok, Icon::check_circle, texts.say("banner.online"),
                      texts.say(waiting ? "banner.online_line_waiting" : "banner.online_line")};
  }
  return std::nullopt;
}

float draw_banner(Stage& stage, const Model& model, const Box& place, float gap) {
  const std::optional<BannerSpec> spec = banner_for(stage, model);
  if (!spec) return 0;
  const Box box{place.x, place.y, place.w, banner_height(stage, place.w, *spec)};
  const int start = stage.canvas.mark();
  banner(stage, box, *spec);
  stage.canvas.fade_since(start, stage.motions.since_first(spec->id + ".in", 120));
  return box.h + gap;
}

float notice_height(const Stage& stage, float width, const NoticeSpec& spec) {
  return toast_height(stage, width, spec.words, spec.action);
}

bool draw_notice(Stage& stage, const Model& model, const Box& place, const NoticeSpec& spec) {
  const float height = notice_height(stage, place.w, spec);
  const Box box{place.x, place.bottom() - notice_gap - height, place.w, height};
  const int start = stage.canvas.mark();
  const bool pressed = toast(stage, box, spec.id, spec.icon, spec.words, spec.action);
  const std::string name = "notice." + spec.id + std::to_string(spec.until.value);
  const float share = stage.motions.since_first(name, stage.motions.reduced() ? 120 : 200);
  if (!stage.motions.reduced()) stage.canvas.move_since(start, 0, 40 * (1 - eased(share)));
  const auto left = static_cast<float>(spec.until.value - model.now.mono.value);
  if (left < 160) stage.motions.keep_moving();
  stage.canvas.fade_since(start, std::min(share, left / 160.0F));
  return pressed;
}

}  // namespace vitrine::kiosk::shopper
