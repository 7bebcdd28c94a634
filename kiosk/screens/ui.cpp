// SPDX-License-Identifier: Apache-2.0
// One frame: input to hands, the screen of the model's route, what lies over it, and the movement from screen to screen.
#include <imgui/imgui.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <ranges>
#include <utility>

#include "base/log.hpp"
#include "kiosk/screens/counter/screens.hpp"
#include "kiosk/screens/frame.hpp"
#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/widgets/atlas.hpp"
#include "kiosk/widgets/canvas.hpp"
#include "kiosk/widgets/hands.hpp"
#include "kiosk/widgets/motions.hpp"
#include "kiosk/widgets/product_pictures.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk {
namespace {

constexpr std::int64_t screen_change_ms = 240;
constexpr std::int64_t reduced_fade_ms = 120;
constexpr float screen_travel = 48;
// On a screen that is held: a target of 72 is 9.2 mm, whatever the panel's size.
constexpr float hand_units_per_mm = 7.8F;
constexpr std::size_t ahead_of_cart = 6;

struct RouteScreen {
  Route route;
  void (*draw)(Stage&, const Model&);
  int depth;  // going deeper comes from the right
};
constexpr std::array<RouteScreen, 26> screens = {{
    {Route::resting, shopper::draw_resting, 0},     {Route::starting, shopper::draw_starting, 0},
    {Route::welcome, shopper::draw_welcome, 1},     {Route::scan, shopper::draw_scan, 2},
    {Route::problem, shopper::draw_problem, 3},     {Route::cart, shopper::draw_cart, 4},
    {Route::collect, shopper::draw_collect, 2},     {Route::pickup, shopper::draw_pickup, 3},
    {Route::help, shopper::draw_help, 7},           {Route::till, shopper::draw_till, 7},
    {Route::search, shopper::draw_search, 5},       {Route::product, shopper::draw_product, 6},
    {Route::sign_in, counter::draw_sign_in, 0},     {Route::queue, counter::draw_queue, 1},
    {Route::order, counter::draw_order, 2},         {Route::customer, counter::draw_customer, 2},
    {Route::take_back, counter::draw_take_back, 2}, {Route::stock, counter::draw_stock, 2},
    {Route::status, counter::draw_status, 2},       {Route::keep, shopper::draw_keep, 7},
    {Route::board, counter::draw_board, 2},         {Route::picking, counter::draw_picking_list, 1},
    {Route::audit, counter::draw_audit, 2},         {Route::choices, shopper::draw_choices, 7},
    {Route::coupon, shopper::draw_coupon, 5},       {Route::deliver, shopper::draw_deliver, 7},
}};

const RouteScreen& screen_of(Route route) {
  for (const RouteScreen& screen : screens) {
    if (screen.route == route) return screen;
  }
  return screens[0];
}

// What tells that a file was written anew; with those that it names it would be read too often while they are copied.
std::string stamp_of(const std::string& file) {
  std::error_code error;
  const auto changed = std::filesystem::last_write_time(file, error);
  return error ? std::string() : std::to_string(changed.time_since_epoch().count());
}

Result<RetailerTheme> read_or_built_in(const std::string& file, const ThemeChoice& chain) {
  if (!file.empty()) return read_theme(file, chain);
  Result<Theme> theme = make_theme(chain);
  if (!theme) return std::unexpected(theme.error());
  return RetailerTheme{*theme, {}};
}

LetterSources letter_sources(const UiOptions& options, const ThemeFiles& files) {
  return {options.inter_fonts, options.cjk_font, options.cjk_font_strong, files.text, files.strong, files.display};
}

class ShopperUi final : public Ui {
 public:
  ShopperUi(UiOptions options, std::unique_ptr<Texts> texts, std::unique_ptr<Letters> letters, RetailerTheme theme)
      : options_(std::move(options)), texts_(std::move(texts)), letters_(std::move(letters)) {
    wear(std::move(theme));
    stamp_ = stamp_of(options_.theme_file);
  }

  Result<bool> prepare(int width_px, int height_px) override {
    width_ = static_cast<float>(width_px);
    height_ = static_cast<float>(height_px);
    const bool in_hand = options_.handheld && width_px < height_px;
    const float scale = in_hand                ? width_ / (options_.panel_mm_wide * hand_units_per_mm)
                        : width_px > height_px ? std::min(width_ / 1920, height_ / 1080)
                                               : std::min(width_ / 1080, height_ / 1920);
    if (scale == scale_ && !bake_again_) return false;
    std::string list = options_.assets + "/demo/lists/pictograms.csv";
    if (!std::filesystem::exists(list)) list = options_.assets + "/icons/pictograms/pictograms.csv";
    const AtlasSources sources{options_.icon_font, options_.emoji_font, list, files_.logo, files_.logo_on_dark, files_.slides};
    if (auto baked = atlas_.bake(sources, scale, theme_.corner_scale, *letters_); !baked) return std::unexpected(baked.error());
    scale_ = scale;
    bake_again_ = false;
    return true;
  }

  Frame draw(const Model& model, const Input& input) override {
    forget_the_last_person(model);
    follow_the_chain(model);
    const MonoMs now = model.now.mono;
    texts_->speak(shown_language(model), model.store ? model.store->time_zone : std::string());
    letters_->begin_frame(model.visit.ease.text);
    hands_.take(input, now, scale_);
    hands_.begin_targets();
    const Ease& ease = model.visit.ease;
    motions_.begin(now, model.reduced_motion || ease.less_movement);
    products_.begin(scale_);
    canvas_.begin(scale_, width_, height_);
    high_contrast_ = ease.high_contrast;
    Stage stage(canvas_, look(), *texts_, hands_, motions_, ease);
    const Route route = shown_route(model);
    if (model.counter) stage.key_of = counter::key_of;
    stage.tree.language = texts_->language();
    stage.tree.screen = std::string(name_of(route));
    stage.tree.unavailable = texts_->say("speech.unavailable");
    stage.tree.headphones = texts_->say("speech.headphones");

    const bool asks = countdown_seconds(model).has_value();
    const bool languages = !asks && model.visit.choosing_language;
    const bool easing = !asks && model.visit.choosing_ease;
    const Desk& desk = model.visit.desk;
    const bool over = !languages && route != Route::resting && (desk.shows_keys || searches(model));
    if (asks || languages || easing || over) stage.begin_behind();
    // Digits, an order and what a person agreed to are covered wholly while nobody may be there.
    const bool covered = asks && (route == Route::collect || route == Route::pickup || route == Route::choices);
    if (covered) {
      canvas_.fill(canvas_.area(), look().bg);
    } else {
      draw_route(stage, model, route);
    }
    stage.end_behind();
    look_ahead(model.visit);
    const std::string screen = stage.tree.screen;
    if (over && desk.shows_keys) counter::draw_keys_sheet(stage, model);
    if (over && !desk.shows_keys) counter::draw_commands(stage, model);
    if (languages) shopper::draw_languages(stage, model);
    if (easing) shopper::draw_ease(stage, model);
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
    frame.list = std::move(stage.scrolled);
    frame.person_active = hands_.anything_happened();
    frame.moving = motions_.moving() || hands_.is_scrolling();
    frame.incomplete = letters_->is_full();
    frame.pictures = products_.take_wanted();
    frame.picture = canvas_.fingerprint();
    return frame;
  }

  Letters& letters() override { return *letters_; }
  void take_picture(const std::string& name, Bitmap bitmap) override { products_.take(name, std::move(bitmap)); }
  [[nodiscard]] int picture_px() const override { return product_picture_px(scale_); }

  Result<void> load_theme(const std::string& file) override {
    Result<RetailerTheme> theme = read_theme(file, chain_);
    if (!theme) return std::unexpected(theme.error());
    if (auto used = letters_->use(letter_sources(options_, theme->files)); !used) return used;
    wear(std::move(*theme));
    return {};
  }

  bool look_at_theme() override {
    const std::string stamp = stamp_of(options_.theme_file);
    if (std::exchange(stamp_, stamp) == stamp || options_.theme_file.empty()) return false;
    const Result<void> loaded = load_theme(options_.theme_file);
    if (!loaded) log::error("the new theme is not used, the one before is", {{"reason", loaded.error().message}});
    if (loaded) log::info("the theme has changed");
    return loaded.has_value();
  }

  [[nodiscard]] const ThemeFiles& theme_files() const override { return files_; }

  [[nodiscard]] Rgb clear_colour() const override {
    const Colour bg = look().bg;
    return {static_cast<float>(bg.r) / 255, static_cast<float>(bg.g) / 255, static_cast<float>(bg.b) / 255};
  }

 private:
  [[nodiscard]] const Theme& look() const { return high_contrast_ ? contrast_theme_ : theme_; }

  void wear(RetailerTheme theme) {
    theme_ = theme.theme;
    files_ = std::move(theme.files);
    contrast_theme_ = high_contrast_theme(theme_.corner_scale);
    bake_again_ = true;
  }

  // The chain's colours come with the store, which changes between two visits alone.
  void follow_the_chain(const Model& model) {
    if (!model.store || model.store->colours == chain_said_) return;
    chain_said_ = model.store->colours;
    Result<ThemeChoice> choice = choice_of_chain(chain_said_);
    Result<RetailerTheme> theme = choice ? read_or_built_in(options_.theme_file, *choice) : std::unexpected(choice.error());
    if (!theme) {
      log::error("the chain's colours are not used, those before are", {{"reason", theme.error().message}});
      return;
    }
    chain_ = *choice;
    theme_ = theme->theme;
    contrast_theme_ = high_contrast_theme(theme_.corner_scale);
  }

  // Before the first frame of another visit or cart: texts, positions and focus of the one before are dropped.
  void forget_the_last_person(const Model& model) {
    const std::string cart = model.visit.cart ? model.visit.cart->cart.text : std::string();
    const bool same = model.visit.number == visit_ && (cart_.empty() || cart == cart_);
    visit_ = model.visit.number;
    cart_ = cart;
    if (same) return;
    texts_->forget();
    hands_.forget();
    products_.forget(*letters_);
    motions_.forget();
    last_route_.reset();
  }

  // Pictures that whoever goes back to their cart would wait for. A list asks for all of its own.
  void look_ahead(const Visit& visit) {
    if (visit.route == Route::product && visit.cart) {
      for (const CartViewLine& line : visit.cart->lines | std::views::take(ahead_of_cart)) products_.want_ahead(line.picture);
    }
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
    const bool reduced = motions_.reduced();
    const std::int64_t whole = reduced ? reduced_fade_ms : screen_change_ms;
    const float share = static_cast<float>(model.now.mono.value - entered_->value) / static_cast<float>(whole);
    if (share >= 1) {
      entered_.reset();
      return;
    }
    motions_.keep_moving();
    // A cart that was opened is readable from its first frame; it only moves into its place.
    const bool readable_at_once = route == Route::cart && !from_deeper_;
    if (!readable_at_once) canvas_.fade_since(start, reduced ? share : eased(share));
    if (!reduced) canvas_.move_since(start, screen_travel * (1 - eased(share)) * (from_deeper_ ? -1.0F : 1.0F), 0);
  }

  UiOptions options_;
  std::unique_ptr<Texts> texts_;
  std::unique_ptr<Letters> letters_;
  Theme theme_;
  Theme contrast_theme_;
  ThemeFiles files_;
  std::string stamp_;
  ThemeChoice chain_;
  std::map<std::string, std::string> chain_said_;
  Atlas atlas_;
  ProductPictures products_;
  Canvas canvas_{atlas_, *letters_, products_};
  Hands hands_;
  Motions motions_;
  float width_ = 0;
  float height_ = 0;
  float scale_ = 0;
  bool bake_again_ = false;
  bool high_contrast_ = false;
  bool from_deeper_ = false;
  std::uint64_t visit_ = 0;
  std::string cart_;
  std::string last_screen_;
  std::optional<Route> last_route_;
  std::optional<MonoMs> entered_;
};

}  // namespace

Result<std::unique_ptr<Ui>> Ui::open(const UiOptions& options) {
  Result<std::unique_ptr<Texts>> texts = Texts::open_what_is_whole(options.assets + "/text");
  if (!texts) return std::unexpected(texts.error());
  Result<RetailerTheme> theme = read_or_built_in(options.theme_file, {});
  // A shop without its colours is still open.
  if (!theme) {
    log::error("the theme is not used, the built-in one is", {{"reason", theme.error().message}});
    theme = read_or_built_in({}, {});
  }
  if (!theme) return std::unexpected(theme.error());
  auto letters = Letters::open(letter_sources(options, theme->files));
  if (!letters) return std::unexpected(letters.error());
  return std::make_unique<ShopperUi>(options, std::move(*texts), std::move(*letters), std::move(*theme));
}

}  // namespace vitrine::kiosk
