// SPDX-License-Identifier: Apache-2.0
// vitrine-kiosk-gallery, which `vitrine-kiosk --gallery` starts: every screen as a picture, to look at, to hold against those
// that were approved, or beside those that were drawn by hand.
#include <imgui/imgui.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "kiosk/screens/frame.hpp"
#include "kiosk/widgets/bitmap_file.hpp"
#include "tools/kiosk_shots/approved.hpp"
#include "tools/kiosk_shots/command_line.hpp"
#include "tools/kiosk_shots/contact_sheet.hpp"
#include "tools/kiosk_shots/off_screen.hpp"
#include "tools/kiosk_shots/photos.hpp"
#include "tools/kiosk_shots/references.hpp"
#include "tools/kiosk_shots/samples.hpp"

namespace {

using namespace vitrine;
using namespace vitrine::kiosk;

// A kiosk of one size, drawn off screen.
class Easel {
 public:
  static Result<std::unique_ptr<Easel>> open(const samples::Panel& panel, UiOptions options) {
    options.panel_mm_wide = panel.mm_wide;
    options.handheld = panel.is_held();
    auto off_screen = OffScreen::open(panel.width, panel.height);
    if (!off_screen) return std::unexpected(off_screen.error());
    auto ui = Ui::open(options);
    if (!ui) return std::unexpected(ui.error());
    if (const auto made = (*ui)->prepare(panel.width, panel.height); !made) return std::unexpected(made.error());
    return std::unique_ptr<Easel>(new Easel(std::move(*off_screen), std::move(*ui)));
  }

  // As it is once nothing moves. Errors: "no_target" where what should be pressed is not there.
  Result<Picture> draw(const samples::Named& named, const samples::Mode& mode) {
    samples::Scene scene = named.make();
    // Each scene has the same clock: a visit of its own makes the drawing forget the one before.
    scene.model.visit.number = ++visit_;
    const bool sheet = scene.model.visit.choosing_language;
    scene.wish(ChooseLanguage{mode.language});
    scene.model.visit.choosing_language = sheet;
    scene.model.visit.ease = mode.ease;
    settle(scene);
    for (int tab = 0; tab < named.tabs; ++tab) off_screen_->draw(*ui_, scene.model, {{}, {Key::tab}});
    if (!named.pressed.empty()) {
      const Frame seen = off_screen_->draw(*ui_, scene.model);
      const SemanticNode* node = seen.tree.find(named.pressed);
      if (node == nullptr) return fail("no_target", named.pressed + " is not on the screen " + named.name);
      off_screen_->draw(*ui_, scene.model, {{{PointerEvent::Kind::down, node->rect.x + 30, node->rect.y + 30}}, {}});
      settle(scene);
    }
    off_screen_->draw(*ui_, scene.model);
    Picture picture = off_screen_->read();
    if (!named.pressed.empty()) off_screen_->draw(*ui_, scene.model, {{{PointerEvent::Kind::cancel, 0, 0}}, {}});
    return picture;
  }

 private:
  Easel(std::unique_ptr<OffScreen> off_screen, std::unique_ptr<Ui> ui) : off_screen_(std::move(off_screen)), ui_(std::move(ui)) {}

  void settle(samples::Scene& scene) {
    for (int i = 0; i < 6; ++i) {
      const Frame frame = off_screen_->draw(*ui_, scene.model);
      for (const std::string& name : frame.pictures) {
        if (auto made = samples::photo(name)) ui_->take_picture(name, shrunk_to_fit(*made, ui_->picture_px(), ui_->picture_px()));
      }
      scene.wait(100);
    }
  }

  std::unique_ptr<OffScreen> off_screen_;
  std::unique_ptr<Ui> ui_;
  std::uint64_t visit_ = 100;
};

int complain(const Error& error) { return std::fprintf(stderr, "vitrine-kiosk-gallery: %s\n", error.message.c_str()), 1; }

Result<void> write(const std::string& file, const Picture& picture) {
  if (!write_png(file, picture, Packing::quick)) return fail("not_written", "cannot write " + file);
  return {};
}

// A counter lies on its side.
std::vector<samples::Named> scenes_of(const GalleryOrder& order, const samples::Panel& panel) {
  std::vector<samples::Named> scenes = panel.is_held() ? samples::hand_scenes() : samples::all();
  if (panel.width > panel.height) std::ranges::move(samples::counter_scenes(), std::back_inserter(scenes));
  std::erase_if(scenes, [&](const samples::Named& each) { return !order.wants(each.name); });
  return scenes;
}

// Whether it is as somebody approved it.
bool hold_against(const GalleryOrder& order, const std::string& name, const Picture& picture) {
  const WorstTile worst = worst_tile(order.against + "/" + name + ".png", picture);
  if (worst.by <= tile_may_differ) {
    std::printf("%-24s %5.2f as approved\n", name.c_str(), worst.by);
    return true;
  }
  std::printf("%-24s %5.2f DIFFERS, most at %d, %d\n", name.c_str(), worst.by, worst.x, worst.y);
  if (!write_png(order.folder + "/" + name + ".png", picture, Packing::quick)) std::printf("and cannot be written\n");
  return false;
}

int draw_one_look(const GalleryOrder& order) {
  auto easel = Easel::open(order.look->panel, order.options);
  if (!easel) return complain(easel.error());
  ContactSheet sheet;
  bool good = true;
  for (const samples::Named& each : scenes_of(order, order.look->panel)) {
    const Result<Picture> picture = (*easel)->draw(each, order.look->mode);
    if (!picture) return complain(picture.error());
    if (!order.sheet.empty()) sheet.add(*picture);
    if (!order.against.empty()) {
      good = hold_against(order, each.name, *picture) && good;
    } else if (!order.approve.empty()) {
      if (!approve(order.approve + "/" + each.name + ".png", *picture))
        return complain({"not_written", "cannot write into " + order.approve});
    } else if (const auto written = write(order.folder + "/" + each.name + ".png", *picture); !written) {
      return complain(written.error());
    }
  }
  if (!order.sheet.empty()) {
    if (const auto written = write(order.sheet, sheet.made()); !written) return complain(written.error());
  }
  return good ? 0 : 1;
}

struct Wanted {
  samples::Named named;
  samples::Look look;
};

int draw_all_looks(const GalleryOrder& order) {
  // By size: what is baked for one serves all of its screens.
  std::map<std::tuple<int, int, bool>, std::vector<Wanted>> sizes;  // held ones have their own
  std::size_t screen = 0;
  for (const samples::Named& each : samples::all()) {
    for (const samples::Look& look : samples::looks_of(screen++)) {
      if (order.wants(each.name)) sizes[{look.panel.width, look.panel.height, false}].push_back({each, look});
    }
  }
  for (const samples::Named& each : samples::counter_scenes()) {
    for (const char* language : {"en", "de", "ja"}) {
      if (order.wants(each.name)) sizes[{1920, 1080, false}].push_back({each, {samples::panels[1], {language, {}}}});
    }
  }
  std::size_t drawn = 0;
  for (const samples::Named& each : samples::hand_scenes()) {
    for (const char* language : {"en", "de", "ja"}) {
      if (order.wants(each.name)) sizes[{720, 1280, true}].push_back({each, {samples::hands[0], {language, {}}}});
    }
  }
  for (const auto& [size, wanted] : sizes) {
    auto easel = Easel::open(wanted.front().look.panel, order.options);
    if (!easel) return complain(easel.error());
    for (const Wanted& each : wanted) {
      const Result<Picture> picture = (*easel)->draw(each.named, each.look.mode);
      if (!picture) return complain(picture.error());
      const std::string file = order.folder + "/" + each.named.name + "-" + name_of(each.look) + ".png";
      if (const auto written = write(file, *picture); !written) return complain(written.error());
      ++drawn;
    }
    std::printf("%d x %d: %zu pictures\n", std::get<0>(size), std::get<1>(size), wanted.size());
    std::fflush(stdout);
  }
  std::printf("%zu pictures in %s\n", drawn, order.folder.c_str());
  return 0;
}

int draw_beside(const GalleryOrder& order) {
  std::error_code error;
  std::vector<std::filesystem::path> references;
  for (const auto& entry : std::filesystem::directory_iterator(order.beside, error)) {
    if (entry.path().extension() == ".png") references.push_back(entry.path());
  }
  if (error || references.empty()) return complain({"no_references", "there is no picture (*.png) in " + order.beside});
  std::ranges::sort(references);
  for (const std::filesystem::path& file : references) {
    const std::optional<Picture> reference = read_png(file);
    if (!reference) return complain({"no_picture", file.string() + " is no picture that can be read"});
    const Reference shown = reference_of(file.stem());
    const std::string& name = shown.screen;
    const samples::Panel panel{reference->width, reference->height, order.look->panel.mm_wide};
    const std::vector<samples::Named> scenes = scenes_of(order, panel);
    const auto named = std::ranges::find(scenes, name, &samples::Named::name);
    if (named == scenes.end()) {
      std::printf("%-24s no screen of that name\n", name.c_str());
      continue;
    }
    auto easel = Easel::open(panel, order.options);
    if (!easel) return complain(easel.error());
    samples::Mode mode = order.look->mode;
    if (shown.ease != Ease{}) mode.ease = shown.ease;
    const Result<Picture> picture = (*easel)->draw(*named, mode);
    if (!picture) return complain(picture.error());
    const std::string sheet = order.folder + "/" + file.stem().string() + ".png";
    if (const auto written = write(sheet, side_by_side(*reference, *picture)); !written) return complain(written.error());
    std::printf("%-24s %s\n", name.c_str(), sheet.c_str());
  }
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (std::any_of(words + 1, words + count, [](const char* word) { return std::string_view(word) == "--help"; }))
    return std::fputs(gallery_help, stdout) < 0 ? 1 : 0;
  const Result<GalleryOrder> order = read_gallery_order(count, words);
  if (!order) {
    complain(order.error());
    return std::fputs("Try --help.\n", stderr), 2;
  }
  if (order->names) {
    for (const samples::Named& each : scenes_of(*order, order->look->panel)) std::printf("%s\n", each.name.c_str());
    return 0;
  }
  std::error_code error;
  std::filesystem::create_directories(order->folder, error);
  if (error) return complain({"not_written", "cannot make the folder " + order->folder + ": " + error.message()});
  if (!order->beside.empty()) return draw_beside(*order);
  return order->look ? draw_one_look(*order) : draw_all_looks(*order);
}
