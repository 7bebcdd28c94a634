// SPDX-License-Identifier: Apache-2.0
// One frame: input to hands, the screen of the model's route, what lies over it, and the movement from screen to screen.
#include <imgui/imgui.h>

#include <cmath>
#include <filesystem>

#include "kiosk/screens/frame.hpp"
#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/widgets/atlas.hpp"
#include "kiosk/widgets/canvas.hpp"
#include "kiosk/widgets/hands.hpp"
#include "kiosk/widgets/motions.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk {
namespace {

constexpr std::int64_t screen_change_ms = 240;
constexpr std::int64_t reduced_fade_ms = 120;
constexpr float screen_travel = 48;

struct RouteScreen {
  Route route;
  void (*draw)(Stage&, const Model&);
  int depth;  // going deeper comes from the right
};
constexpr std::array<RouteScreen, 6> screens = {{
    {Route::resting, shopper::draw_resting, 0},
    {Route::starting, shopper::draw_starting, 0},
    {Route::welcome, shopper::draw_welcome, 1},
    {Route::scan, shopper::draw_scan, 2},
    {Route::problem, shopper::draw_problem, 3},
    {Route::cart, shopper::draw_cart, 4},
}};

const RouteScreen& screen_of(Route route) {
  for (const RouteScreen& screen : screens) {
    if (screen.route == route) return screen;
  }
  return screens[0];
}

class ShopperUi final : public Ui {
 public:
  ShopperUi(UiOptions options, std::unique_ptr<Texts> texts, Theme theme)
      : options_(std::move(options)), texts_(std::move(texts)), theme_(theme) {}

  Result<bool> prepare(int width_px, int height_px) override {
    width_ = static_cast<float>(width_px);
    height_ = static_cast<float>(height_px);
    const float scale = width_px > height_px ? std::min(width_ / 1920, height_ / 1080) : std::min(width_ / 1080, height_ / 1920);
    if (scale == scale_ && !bake_again_) return false;
    std::string list = options_.assets + "/demo/lists/pictograms.csv";
    if (!std::filesystem::exists(list)) list = options_.assets + "/icons/pictograms/pictograms.csv";
    const AtlasSources sources{options_.inter_fonts, options_.icon_font, options_.emoji_font, list};
    if (auto baked = atlas_.bake(sources, scale, theme_.corner_scale); !baked) return std::unexpected(baked.error());
    scale_ = scale;
    bake_again_ = false;
    return true;
  }

  Frame draw(const Model& model, const Input& input) override {
    forget_the_last_person(model);
    const MonoMs now = model.now.mono;
    texts_->speak(shown_language(model), model.store ? model.store->time_zone : std::string());
    hands_.take(input, now, scale_);
    hands_.begin_targets();
    motions_.begin(now, model.reduced_motion);
    canvas_.begin(scale_, width_, height_);
    Stage stage(canvas_, theme_, *texts_, hands_, motions_);
    const Route route = shown_route(model);
    stage.tree.language = texts_->language();
    stage.tree.screen = std::string(name_of(route));

    const bool asks = countdown_seconds(model).has_value();
    const bool sheet = !asks && model.visit.choosing_language;
    if (asks || sheet) stage.begin_behind();
    draw_route(stage, model, route);
    stage.end_behind();
    const std::string screen = stage.tree.screen;
    if (sheet) shopper::draw_languages(stage, model);
    if (asks) shopper::draw_still_there(stage, model);
    if (stage.tree.screen != last_screen_) {
      hands_.enter_screen();
      last_screen_ = stage.tree.screen;
    }
    hands_.end_targets(now);
    motions_.end();

    Frame frame;
    frame.intents = std::move(stage.intents);
    frame.tree = std::move(stage.tree);
    frame.person_active = hands_.anything_happened();
    frame.moving = motions_.moving() || hands_.is_scrolling();
    frame.picture = canvas_.fingerprint();
    return frame;
  }

  Result<void> load_theme(const std::string& file) override {
    Result<Theme> theme = read_theme(file);
    if (!theme) return std::unexpected(theme.error());
    theme_ = *theme;
    bake_again_ = true;
    return {};
  }

  [[nodiscard]] Rgb clear_colour() const override {
    return {static_cast<float>(theme_.bg.r) / 255, static_cast<float>(theme_.bg.g) / 255, static_cast<float>(theme_.bg.b) / 255};
  }

 private:
  // Before the first frame of another visit or cart: texts, positions and focus of the one before are dropped.
  void forget_the_last_person(const Model& model) {
    const std::string cart = model.visit.cart ? model.visit.cart->cart.text : std::string();
    const bool same = model.visit.number == visit_ && (cart_.empty() || cart == cart_);
    visit_ = model.visit.number;
    cart_ = cart;
    if (same) return;
    texts_->forget();
    hands_.forget();
    motions_.forget();
    last_route_.reset();
  }

  void draw_route(Stage& stage, const Model& model, Route route) {
    const RouteScreen& screen = screen_of(route);
    if (!last_route_) last_route_ = route;
    if (*last_route_ != route) {
      from_deeper_ = screen_of(*last_route_).depth > screen.depth;
      entered_ = model.now.mono;
      last_route_ = route;
    }
    const int start = canvas_.mark();
    screen.draw(stage, model);
    if (!entered_) return;
    const std::int64_t whole = model.reduced_motion ? reduced_fade_ms : screen_change_ms;
    const float share = static_cast<float>(model.now.mono.value - entered_->value) / static_cast<float>(whole);
    if (share >= 1) {
      entered_.reset();
      return;
    }
    motions_.keep_moving();
    canvas_.fade_since(start, model.reduced_motion ? share : eased(share));
    if (!model.reduced_motion) canvas_.move_since(start, screen_travel * (1 - eased(share)) * (from_deeper_ ? -1.0F : 1.0F), 0);
  }

  UiOptions options_;
  std::unique_ptr<Texts> texts_;
  Theme theme_;
  Atlas atlas_;
  Canvas canvas_{atlas_};
  Hands hands_;
  Motions motions_;
  float width_ = 0;
  float height_ = 0;
  float scale_ = 0;
  bool bake_again_ = false;
  bool from_deeper_ = false;
  std::uint64_t visit_ = 0;
  std::string cart_;
  std::string last_screen_;
  std::optional<Route> last_route_;
  std::optional<MonoMs> entered_;
};

}  // namespace

Result<std::unique_ptr<Ui>> Ui::open(const UiOptions& options) {
  Result<std::unique_ptr<Texts>> texts = Texts::open(options.assets + "/text");
  if (!texts) return std::unexpected(texts.error());
  Result<Theme> theme = options.theme_file.empty() ? make_theme({}) : read_theme(options.theme_file);
  if (!theme) return std::unexpected(theme.error());
  return std::make_unique<ShopperUi>(options, std::move(*texts), *theme);
}

}  // namespace vitrine::kiosk
