// SPDX-License-Identifier: Apache-2.0
// The kiosk's loop; see runtime.hpp.
#include "kiosk/io/runtime.hpp"

#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "base/log.hpp"
#include "hook/command_hook.hpp"
#include "kiosk/input/repeat_filter.hpp"
#include "kiosk/input/wedge_decoder.hpp"
#include "kiosk/io/automation.hpp"
#include "kiosk/io/camera.hpp"
#include "kiosk/io/child_voice.hpp"
#include "kiosk/io/edge_client.hpp"
#include "kiosk/io/headset.hpp"
#include "kiosk/io/inbox.hpp"
#include "kiosk/io/own_figures.hpp"
#include "kiosk/io/painter.hpp"
#include "kiosk/io/picture_client.hpp"
#include "kiosk/io/picture_file.hpp"
#include "kiosk/io/printer.hpp"
#include "kiosk/io/request_id.hpp"
#include "kiosk/io/serial_scanner.hpp"
#include "kiosk/io/service_notice.hpp"
#include "kiosk/io/sounds.hpp"
#include "kiosk/io/spare_memory.hpp"
#include "kiosk/io/statistics.hpp"
#include "kiosk/io/system_clock.hpp"
#include "kiosk/io/typed_keys.hpp"
#include "kiosk/io/window.hpp"
#include "kiosk/model/model.hpp"
#include "kiosk/print/escpos.hpp"
#include "kiosk/speech/narrator.hpp"

namespace vitrine::kiosk {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int settle_frames = 2;               // after the last event: what a wish changed, and what that changed
constexpr std::int64_t moving_frame_ms = 16;   // between frames of an animation
constexpr std::int64_t headset_each_ms = 500;  // looks at the plug
constexpr std::int64_t voice_each_ms = 50;     // between sentences
constexpr std::int64_t sound_ms_max = 5000;    // a sound that takes longer is ended
constexpr double wait_s_most = 5;              // whatever happens wakes it

double ms_between(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double, std::milli>(to - from).count();
}

struct ImGuiOwner {
  ImGuiOwner() {
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
  }
  ~ImGuiOwner() { ImGui::DestroyContext(); }
  ImGuiOwner(const ImGuiOwner&) = delete;
  ImGuiOwner& operator=(const ImGuiOwner&) = delete;
};

class Runtime {
 public:
  Runtime(Ui& ui, const RuntimeOptions& options, Window& window)
      : ui_(ui),
        options_(options),
        window_(window),
        inbox_(Window::wake),
        wedge_({.prefix = options.config.scanner.wedge_prefix}) {}

  Result<void> start() {
    if (auto ready = prepare_ui(); !ready) return ready;
    auto painter = Painter::open();
    if (!painter) return std::unexpected(painter.error());
    painter_ = std::move(*painter);
    if (!options_.automation_socket.empty()) {
      auto automation = Automation::open(options_.automation_socket, Window::wake);
      if (!automation) return std::unexpected(automation.error());
      automation_ = std::move(*automation);
    }
    if (!options_.picture_file.empty()) writer_ = std::make_unique<PictureWriter>(options_.picture_file);
    const config::KioskConfig& config = options_.config;
    model_.device = config.name;
    model_.where = config.where;
    if (config.role == config::KioskRole::counter) {
      model_.counter.emplace();
      model_.counter->shelves = config.shelves;
      model_.counter->handheld = config.is_handheld();
      model_.visit.route = Route::queue;
    }
    model_.reduced_motion = config.reduced_motion;
    model_.now = system_now();
    client_ =
        std::make_unique<EdgeClient>(EdgeClientOptions{.api_socket = config.api_socket,
                                                       .events_socket = config.events_socket,
                                                       .device = config.name,
                                                       .new_id = new_request_id,
                                                       .happened = [this](Event event) { return inbox_.offer(std::move(event)); },
                                                       .patience = {}});
    pictures_ = std::make_unique<PictureClient>(config.api_socket, [this](auto came) { return inbox_.offer(std::move(came)); });
    start_speech(config);
    start_sounds(config);
    start_printer(config.printer);
    if (!config.sound.empty()) bell_.emplace(config.sound, std::chrono::milliseconds(sound_ms_max));
    const auto seen = [this](Scan scan) {
      if (!inbox_.offer(std::move(scan))) log::warning("a code was dropped: the window is behind");
    };
    if (!config.scanner.serial.empty())
      serial_ = std::make_unique<SerialScanner>(config.scanner.serial, config.scanner.serial_baud, seen);
    const bool live = !config.scanner.camera.empty();
    const std::string& place = live ? config.scanner.camera : config.scanner.folder;
    const auto open = [place, live] { return live ? open_v4l2_camera(place) : open_picture_folder(place); };
    if (!place.empty()) camera_ = std::make_unique<Camera>(place, open, seen);
    return {};
  }

  Result<void> loop(const std::atomic<bool>& stop) {
    while (!stop && !window_.closed()) {
      const MonoMs looked = mono_now();
      window_.poll();
      take_arrived();
      take_keys(looked);
      std::ranges::move(window_.pointer(), std::back_inserter(input_.pointer));
      if (window_.must_repaint()) {
        painted_whole_ = false;
        settle_ = std::max(settle_, 1);
      }
      if (!input_.pointer.empty() || !input_.keys.empty()) settle_ = settle_frames;
      notice_.alive(mono_now());
      mind_speech();
      say_figures();
      serve_pictures();
      if (!must_draw()) {
        if (!moving_ && std::exchange(spare_, false)) give_back_spare_memory();
        window_.wait(wait_s());
        continue;
      }
      if (auto drawn = draw(); !drawn) return drawn;
    }
    notice_.stopping();
    return {};
  }

 private:
  void start_speech(const config::KioskConfig& config) {
    if (config.voice != "none") {
      auto voice = ChildVoice::open(config.voice);
      if (voice) {
        voice_ = std::move(*voice);
        narrator_ = std::make_unique<Narrator>(*voice_);
        model_.can_speak = true;
      } else {
        log::info("reading aloud is not offered", {{"reason", voice.error().message}});
      }
    }
    if (voice_ && !config.headset.empty()) headset_ = std::make_unique<Headset>(config.headset);
  }

  void start_sounds(const config::KioskConfig& config) {
    if (config.player == "none" || model_.counter) return;
    auto sounds = Sounds::open(config.player);
    if (!sounds) log::info("the kiosk is silent", {{"reason", sounds.error().message}});
    if (sounds) sounds_ = std::move(*sounds);
    take_theme();
  }

  // What of a theme is not drawn.
  void take_theme() {
    const ThemeFiles& files = ui_.theme_files();
    if (sounds_) sounds_->use({files.touch_sound, files.scan_sound});
  }

  // A code was understood: what it stands for is here.
  void sound_for(const Event& event) {
    const bool answered = std::holds_alternative<CartArrived>(event) || std::holds_alternative<ProductArrived>(event) ||
                          std::holds_alternative<PickupOpened>(event);
    const bool refused = std::holds_alternative<PassRefused>(event) || std::holds_alternative<RequestFailed>(event);
    if (!scan_silent_ || (!answered && !refused)) return;
    scan_silent_ = false;
    if (answered && sounds_ && ui_.theme_files().scan_sounds) sounds_->play(Sound::scan);
  }

  void start_printer(const config::KioskPrinter& config) {
    if (!config.is_there()) return;
    form_ = {.paper_mm = static_cast<int>(config.paper_mm),
             .western_page = static_cast<int>(config.western_page),
             .central_page = static_cast<int>(config.central_page),
             .japanese = config.japanese,
             .draws_codes = config.draws_codes,
             .cuts = config.cuts};
    model_.printer = PrinterAbility{config.japanese};
    printer_ = std::make_unique<Printer>(
        PrinterAddress{config.address, config.device},
        [this](std::uint64_t job, const std::string& failed) { inbox_.offer(Event{PaperPrinted{job, failed}}); });
  }

  void say_figures() {
    if (!model_.edge_present) return;
    std::optional<ReportFigures::Bell> bell;
    if (bell_) {
      const hook::HookFigures runs = bell_->figures();
      bell = {runs.done, runs.failed, runs.too_late};
    }
    if (auto report = figures_.due(mono_now(), statistics_, bell)) client_->ask(std::move(*report));
  }

  void mind_speech() {
    if (voice_ && voice_->is_busy()) voice_->go_on();
    if (headset_) {
      if (const auto plugged = headset_->look()) feed(HeadsetChanged{*plugged});
    }
  }

  // The keypad's own keys: speech begins without sight, then they repeat and change the volume.
  void take_speech_key(WedgeKey key) {
    feed(PersonDid{});
    if (!narrator_) return;
    Ease ease = model_.visit.ease;
    if (key == WedgeKey::speak && ease.read_aloud) {
      narrator_->repeat();
      return;
    }
    if (key == WedgeKey::speak) ease.read_aloud = true;
    if (key == WedgeKey::louder) ease.volume = ease.volume >= volume_most ? volume_step : ease.volume + volume_step;
    feed(PersonWished{ChooseEase{ease}});
  }

  Result<void> prepare_ui() {
    const Window::Size size = window_.size();
    if (size.width < 1 || size.height < 1) return {};
    auto fresh = ui_.prepare(size.width, size.height);
    if (!fresh) return std::unexpected(fresh.error());
    if (*fresh && painter_) painter_->upload_atlas();
    if (*fresh) baked_ = true;
    return {};
  }

  void feed(const Event& event) {
    for (Request& request : apply(model_, event, system_now())) client_->ask(std::move(request));
    if (const auto job = take_print_job(model_); job && printer_) printer_->print(job->number, escpos(job->paper, form_));
    if (const Ring ring = take_ring(model_); ring != Ring::none && bell_) bell_->run(ring == Ring::urgent ? "urgent" : "new");
    if (model_.visit.number != visit_) end_visit();
    settle_ = settle_frames;
  }

  // Before the first frame of welcome is drawn, what the visit left in the machinery is gone.
  void end_visit() {
    visit_ = model_.visit.number;
    wedge_.wipe();
    input_ = {};
    if (narrator_) narrator_->forget();
    if (serial_) serial_->wipe();
    client_->forget_visits_before(visit_);
    pictures_->forget();
    scan_at_.reset();
    spare_ = true;
  }

  void take_arrived() {
    for (Arrived& arrived : inbox_.take()) {
      if (auto* scan = std::get_if<Scan>(&arrived)) {
        take_scan(std::move(*scan));
      } else if (auto* came = std::get_if<PictureCame>(&arrived)) {
        ui_.take_picture(came->name, std::move(came->bitmap));
        settle_ = std::max(settle_, 1);
      } else {
        const Event& event = std::get<Event>(arrived);
        figures_.note(event);
        feed(event);
        sound_for(event);
        if (std::holds_alternative<StoreArrived>(event) && !is_in_use(model_) && ui_.look_at_theme()) take_theme();
      }
    }
  }

  void take_scan(Scan scan) {
    if (repeats_.is_new(scan)) {
      const ScanKind kind = kind_of(scan.text);
      log::info("a code was read", {{"source", std::string(name_of(scan.source))}, {"kind", std::string(name_of(kind))}});
      figures_.note(kind);
      scan_at_ = scan_unanswered_ = scan.at;
      scan_silent_ = true;
      feed(ScanSeen{scan.text, kind == ScanKind::gtin, kind == ScanKind::pass_link, kind == ScanKind::coupon});
    }
    wipe(scan.text);
  }

  void take_keys(MonoMs looked) {
    std::vector<Heard> heard;
    const auto add = [&](std::vector<Heard> more) { std::ranges::move(more, std::back_inserter(heard)); };
    for (const KeyPress& press : window_.keys()) {
      if (!options_.config.scanner.wedge) {
        add({Typed{.key = press.key, .character = press.character}});
      } else if (press.key == WedgeKey::character) {
        add(wedge_.character(press.character, press.earliest, press.at));
      } else if (press.key == WedgeKey::alt) {
        add({Typed{.key = press.key, .character = press.character}});
      } else {
        add(wedge_.key(press.key, press.earliest));
      }
    }
    add(wedge_.passed(looked));
    for (Heard& one : heard) {
      if (auto* scan = std::get_if<Scan>(&one)) {
        take_scan(std::move(*scan));
      } else if (std::holds_alternative<ScanTooLong>(one)) {
        // Somebody stands there and waits: the edge will say that this is no code of ours.
        take_scan(Scan{.text = "?", .symbology = std::nullopt, .source = ScanSource::wedge, .at = looked});
      } else if (const WedgeKey typed = std::get<Typed>(one).key;
                 !model_.counter && (typed == WedgeKey::speak || typed == WedgeKey::louder)) {
        take_speech_key(typed);
      } else if (const auto touch = model_.counter ? letter_typed(std::get<Typed>(one), writes_note(model_) || searches(model_))
                                                   : std::nullopt) {
        feed(PersonWished{TypeKey{*touch}});
      } else if (const auto key = key_for_screens(std::get<Typed>(one))) {
        input_.keys.push_back(*key);
      } else {
        feed(PersonDid{});
      }
    }
  }

  [[nodiscard]] bool must_draw() {
    const MonoMs now = mono_now();
    if (moving_ && now.value - drawn_at_.value >= moving_frame_ms) return true;
    if (settle_ > 0) return true;
    const auto next = next_change(model_);
    // A change that stays due is not drawn faster than an animation.
    return next && next->value <= now.value && now.value - drawn_at_.value >= moving_frame_ms;
  }

  [[nodiscard]] double wait_s() {
    const MonoMs now = mono_now();
    std::int64_t ms = static_cast<std::int64_t>(wait_s_most * 1000);
    const auto at_most = [&](std::int64_t value) { ms = std::clamp<std::int64_t>(value, 1, ms); };
    if (moving_) at_most(moving_frame_ms - (now.value - drawn_at_.value));
    if (const auto next = next_change(model_)) at_most(std::max(next->value, drawn_at_.value + moving_frame_ms) - now.value);
    if (const auto silence = wedge_.deadline()) at_most(silence->value - now.value);
    if (writer_ && picture_stale_) at_most(picture_at_.value - now.value);
    if (model_.edge_present) at_most(figures_.due_in_ms(now));
    if (headset_) at_most(headset_each_ms);
    if (voice_ && voice_->is_busy()) at_most(voice_each_ms);
    if (notice_.alive_each_ms() > 0) at_most(notice_.alive_each_ms());
    return static_cast<double>(ms) / 1000;
  }

  Result<void> draw() {
    if (settle_ > 0) --settle_;
    const auto begin = Clock::now();
    feed_quietly(Tick{});
    if (auto ready = prepare_ui(); !ready) return ready;
    const Window::Size size = window_.size();
    if (size.width < 1 || size.height < 1) {
      drawn_at_ = mono_now();
      moving_ = false;
      return {};
    }
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(size.width), static_cast<float>(size.height)};
    io.DeltaTime = std::clamp(static_cast<float>(ms_between(last_begin_, begin) / 1000), 0.001F, 0.25F);
    last_begin_ = begin;
    ImGui::NewFrame();
    const bool touched = !input_.pointer.empty() && input_.pointer.front().kind == PointerEvent::Kind::down;
    if (narrator_ && touched) narrator_->interrupt();
    if (sounds_ && touched && ui_.theme_files().touch_sounds) sounds_->play(Sound::touch);
    Frame frame = ui_.draw(model_, std::exchange(input_, {}));
    ImGui::Render();
    const bool skips = frame.incomplete && !skipped_;
    skipped_ = skips;
    if (skips) {
      settle_ = std::max(settle_, 1);
      deliver(frame);
      return {};
    }
    const auto built = Clock::now();
    painter_->add_letters(ui_.letters());
    const Ui::Rgb clear = ui_.clear_colour();
    const Painted painted = painter_->paint(*ImGui::GetDrawData(), size.width, size.height, {clear.r, clear.g, clear.b},
                                            !std::exchange(painted_whole_, true), frame.list);
    if (painted.swap) window_.swap();
    drawn_at_ = mono_now();
    moving_ = frame.moving;
    measure(painted, size, ms_between(begin, built), ms_between(begin, Clock::now()));
    if (automation_) automation_->show(statistics_.frames, frame.tree, statistics_);
    if (narrator_) narrator_->hear(frame.tree, {model_.visit.ease.read_aloud, model_.headset, model_.visit.ease.volume});
    if (painted.changed && writer_) {
      if (!std::exchange(picture_stale_, true)) picture_at_ = std::max(picture_at_, drawn_at_);
    }
    if (!std::exchange(ready_, true)) notice_.ready();
    // Baking letters and pictures takes much memory once.
    if (std::exchange(baked_, false)) give_back_spare_memory();
    deliver(frame);
    return {};
  }

  void deliver(Frame& frame) {
    if (frame.person_active) feed(PersonDid{});
    pictures_->want(frame.pictures, ui_.picture_px());
    for (Intent& intent : frame.intents) feed(PersonWished{std::move(intent)});
  }

  // A tick asks for no further frame by itself; what it changed is in this one.
  void feed_quietly(const Event& event) {
    const int settle = settle_;
    feed(event);
    settle_ = settle;
  }

  void measure(const Painted& painted, Window::Size size, double build_ms, double shown_ms) {
    ++statistics_.frames;
    statistics_.build.add(build_ms);
    if (!painted.changed) return;
    ++statistics_.frames_shown;
    statistics_.shown.add(shown_ms);
    statistics_.share_drawn.add(100.0 * static_cast<double>(painted.pixels) / (static_cast<double>(size.width) * size.height));
    if (scan_unanswered_)
      statistics_.scan_to_answer.add(static_cast<double>(drawn_at_.value - std::exchange(scan_unanswered_, std::nullopt)->value));
    const auto since_scan = [&] { return static_cast<double>(drawn_at_.value - std::exchange(scan_at_, std::nullopt)->value); };
    const bool of_customer =
        shown_route(model_) == Route::customer && model_.visit.desk.customer && model_.visit.desk.customer->timeline;
    if (scan_at_ && model_.visit.cart && shown_route(model_) == Route::cart) statistics_.scan_to_cart.add(since_scan());
    if (scan_at_ && of_customer) statistics_.scan_to_customer.add(since_scan());
  }

  void serve_pictures() {
    if (automation_ && automation_->wants_picture()) automation_->give_picture(painter_->read());
    if (!writer_ || !picture_stale_ || mono_now() < picture_at_) return;
    writer_->write(painter_->read());
    picture_stale_ = false;
    picture_at_ = mono_now().plus(static_cast<std::int64_t>(options_.picture_each_s * 1000));
  }

  Ui& ui_;
  const RuntimeOptions& options_;
  Window& window_;
  Model model_;
  Inbox inbox_;
  WedgeDecoder wedge_;
  RepeatFilter repeats_;
  ServiceNotice notice_;
  Statistics statistics_;
  OwnFigures figures_;
  std::unique_ptr<Painter> painter_;
  std::unique_ptr<Automation> automation_;
  std::unique_ptr<PictureWriter> writer_;
  std::unique_ptr<EdgeClient> client_;
  std::unique_ptr<PictureClient> pictures_;
  std::unique_ptr<SerialScanner> serial_;
  std::unique_ptr<Camera> camera_;
  std::unique_ptr<ChildVoice> voice_;
  std::unique_ptr<Narrator> narrator_;
  std::unique_ptr<Headset> headset_;
  std::unique_ptr<Sounds> sounds_;
  bool scan_silent_ = false;               // a code was read, and what it stands for is not here yet
  std::optional<hook::CommandHook> bell_;  // of a counter
  PrinterForm form_;
  std::unique_ptr<Printer> printer_;  // its thread offers to the inbox: it goes before that does

  Input input_;
  std::uint64_t visit_ = Visit{}.number;
  int settle_ = settle_frames;
  bool moving_ = false;
  bool painted_whole_ = false;
  bool ready_ = false;
  bool baked_ = false;
  bool spare_ = true;     // since the last visit something may lie about
  bool skipped_ = false;  // the last frame lacked letters
  bool picture_stale_ = false;
  MonoMs picture_at_{};
  MonoMs drawn_at_{};
  Clock::time_point last_begin_ = Clock::now();
  std::optional<MonoMs> scan_at_;
  std::optional<MonoMs> scan_unanswered_;
};

}  // namespace

Result<void> run(Ui& ui, const RuntimeOptions& options, const std::atomic<bool>& stop) {
  const config::KioskWindow& wanted = options.config.window;
  auto window = Window::open({.title = "Vitrine " + options.config.name,
                              .full_screen = wanted.full_screen,
                              .width = static_cast<int>(wanted.width_px),
                              .height = static_cast<int>(wanted.height_px)});
  if (!window) return std::unexpected(window.error());
  const ImGuiOwner imgui;
  Runtime runtime(ui, options, **window);
  if (auto started = runtime.start(); !started) return started;
  return runtime.loop(stop);
}

}  // namespace vitrine::kiosk
