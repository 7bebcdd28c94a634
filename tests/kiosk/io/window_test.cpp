// SPDX-License-Identifier: Apache-2.0
// The program itself, on a display of its own, touched and typed at through the window system, against an edge that speaks the
// local API: what a person meets.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <stb_image.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "kiosk/io/picture_file.hpp"
#include "tests/kiosk/io/edge_stand_in.hpp"
#include "tests/kiosk/io/looker.hpp"
#include "tests/kiosk/io/memory_of.hpp"
#include "tests/kiosk/io/qr_picture.hpp"
#include "tests/kiosk/io/wait_until.hpp"
#include "tests/kiosk/io/x_display.hpp"

using namespace vitrine::kiosk;
using nlohmann::json;

namespace {

std::string read_all(const std::string& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

struct Shop {
  ScratchFolder folder;
  XDisplay display;
  EdgeStandIn edge{folder.file("")};
  std::unique_ptr<Program> kiosk;

  explicit Shop(const std::string& more = {}, const std::string& mode = "window", int width = 540, int height = 960)
      : display(width, height) {
    std::ofstream(folder.file("kiosk.toml")) << "[kiosk]\nname = \"kiosk-1\"\nstate = \".\"\n[edge]\napi_socket = \"api.sock\"\n"
                                             << "events_socket = \"events.sock\"\n[window]\nmode = \"" << mode
                                             << "\"\nwidth = " << width << "\nheight = " << height << "\n"
                                             << more;
  }
  void start(const std::vector<std::string>& pictures) {
    std::vector<std::string> words{VITRINE_KIOSK_PROGRAM, "--config", folder.file("kiosk.toml"), "--automation",
                                   folder.file("look.sock")};
    words.insert(words.end(), pictures.begin(), pictures.end());
    kiosk = std::make_unique<Program>(words, folder.file("log"));
    REQUIRE_MESSAGE(wait_until([&] { return Looker(folder.file("look.sock")).connected(); }), read_all(folder.file("log")));
    REQUIRE(wait_until([&] { return tree()["frame"] > 0; }));
    REQUIRE(run_program({"xdotool", "search", "--sync", "--name", "Vitrine kiosk-1", "windowfocus", "--sync"}) == 0);
  }
  void start() { start({"--picture", folder.file("shown.png"), "--picture-every", "0.2"}); }
  json ask(const json& question) const { return json::parse(Looker(folder.file("look.sock")).ask(question.dump())); }
  json tree() const { return ask({{"ask", "tree"}})["tree"]; }
  bool shows(const std::string& screen) const {
    return wait_until([&] { return tree()["screen"] == screen; });
  }
  json node(const std::string& id) const {
    const json shown = tree();
    for (const json& one : shown["nodes"]) {
      if (one["id"] == id) return one;
    }
    return nullptr;
  }
  bool has_label(const std::string& part) const {
    const json shown = tree();
    for (const json& one : shown["nodes"]) {
      if (one["label"].get<std::string>().find(part) != std::string::npos) return true;
    }
    return false;
  }
  // A finger on the middle of it, once it has stood still for longer than a screen moves: two looks may see one frame.
  void touch(const std::string& id) const {
    json rect;
    auto since = std::chrono::steady_clock::now();
    const bool stands = wait_until([&] {
      const json now = node(id);
      if (!now.is_object() || !now["enabled"].get<bool>() || !now["visible"].get<bool>()) return false;
      const auto looked = std::chrono::steady_clock::now();
      if (now["rect"] != rect) since = looked;
      rect = now["rect"];
      return looked - since > std::chrono::milliseconds(350);
    });
    REQUIRE_MESSAGE(stands, id << " in " << tree().dump());
    const auto middle = [&](int at) {
      return std::to_string(static_cast<int>(rect[static_cast<std::size_t>(at)].get<double>() +
                                             rect[static_cast<std::size_t>(at) + 2].get<double>() / 2));
    };
    REQUIRE(run_program({"xdotool", "mousemove", middle(0), middle(1), "sleep", "0.05", "mousedown", "1", "sleep", "0.06",
                         "mouseup", "1"}) == 0);
  }
  void type(const std::string& text, int delay_ms) const {
    REQUIRE(run_program({"xdotool", "type", "--delay", std::to_string(delay_ms), text}) == 0);
  }
  void press(const std::string& key) const { REQUIRE(run_program({"xdotool", "key", key}) == 0); }
  // As scanners type: Enter follows at once. In a program of its own it would come late on a busy machine, as a person's key.
  void scan(const std::string& text) const { type(text + "\n", 0); }
  std::vector<std::string> passes() const {
    std::vector<std::string> out;
    for (const auto& one : edge.heard()) {
      if (one.path == "/v1/passes/open") out.push_back(one.text);
    }
    return out;
  }
};

std::size_t colours_in(const std::string& file) {
  int width = 0;
  int height = 0;
  int channels = 0;
  stbi_uc* pixels = stbi_load(file.c_str(), &width, &height, &channels, 3);
  REQUIRE(pixels != nullptr);
  std::set<std::uint32_t> colours;
  for (int i = 0; i < width * height; ++i) {
    const stbi_uc* at = pixels + 3 * static_cast<std::ptrdiff_t>(i);
    colours.insert(static_cast<std::uint32_t>((at[0] << 16) | (at[1] << 8) | at[2]));
  }
  stbi_image_free(pixels);
  return colours.size();
}

}  // namespace

TEST_CASE("a typing scanner opens the cart, touches change it, and its picture is there") {
  Shop shop;
  shop.edge.start();
  shop.start();
  REQUIRE(shop.shows("welcome"));
  shop.touch("scan.start");
  REQUIRE(shop.shows("scan"));

  const std::string link = pass_link(700, 3).substr(0, 724) + "5";
  shop.scan(link);
  REQUIRE_MESSAGE(shop.shows("cart"), shop.tree().dump());
  CHECK(shop.has_label("Amelia"));
  REQUIRE(shop.passes().size() == 1);
  CHECK(shop.passes()[0] == link);

  shop.touch("line.22423.more");
  REQUIRE(wait_until([&] { return shop.edge.units() == 7; }));
  shop.touch("line.22423.fewer");
  REQUIRE(wait_until([&] { return shop.edge.units() == 6; }));

  const json picture = shop.ask({{"ask", "picture"}, {"file", shop.folder.file("cart.png")}});
  REQUIRE(picture.contains("picture"));
  CHECK(colours_in(shop.folder.file("cart.png")) > 100);
  REQUIRE(wait_until([&] { return std::filesystem::exists(shop.folder.file("shown.png")); }));
  CHECK(colours_in(shop.folder.file("shown.png")) > 10);

  const json statistics = shop.ask({{"ask", "statistics"}})["statistics"];
  CHECK(statistics["frames_shown"] > 3);
  CHECK(statistics["scan_to_cart_ms"]["count"] == 1);
  MESSAGE("540x960: shown p50 " << statistics["shown_ms"]["p50"] << " ms, p99 " << statistics["shown_ms"]["p99"]
                                << " ms; scan to answer " << statistics["scan_to_answer_ms"]["p50"] << " ms, to cart "
                                << statistics["scan_to_cart_ms"]["p50"] << " ms");
  CHECK(shop.kiosk->end() == 0);
  CHECK_FALSE(std::filesystem::exists(shop.folder.file("look.sock")));
  // What the kiosk wrote down names nobody.
  const std::string log = read_all(shop.folder.file("log"));
  CHECK(log.find("Amelia") == std::string::npos);
  CHECK(log.find(link.substr(30, 12)) == std::string::npos);
}

TEST_CASE("a person's typing is no scan, and no key leads out of full screen") {
  Shop shop({}, "fullscreen");
  shop.edge.start();
  shop.start();
  REQUIRE(shop.shows("welcome"));
  shop.type("harbour street", 70);
  for (const char* key : {"alt+F4", "ctrl+q", "ctrl+c", "ctrl+alt+BackSpace", "super", "F11", "alt+Tab"}) shop.press(key);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  CHECK(shop.kiosk->runs());
  CHECK(shop.passes().empty());
  CHECK(shop.tree()["screen"] == "welcome");
  // Full screen is the screen's own size.
  shop.scan(pass_link(300, 4).substr(0, 324) + "5");
  CHECK(shop.shows("cart"));
  CHECK(shop.kiosk->end() == 0);
}

TEST_CASE("the edge goes and comes back: the kiosk rests, and recovers by itself with the change that was under way") {
  Shop shop;
  shop.start();
  CHECK(shop.shows("resting"));
  shop.edge.start();
  REQUIRE(shop.shows("welcome"));
  shop.scan(pass_link(300, 5).substr(0, 324) + "5");
  REQUIRE(shop.shows("cart"));
  shop.edge.lose_answers(1);
  shop.touch("line.22423.more");
  REQUIRE(wait_until([&] { return shop.edge.units() == 7; }));
  shop.edge.die();
  REQUIRE(shop.shows("resting"));
  shop.edge.start();
  REQUIRE(shop.shows("cart"));
  CHECK(wait_until([&] { return shop.node("line.22423.count")["value"] == "7" || shop.has_label("7"); }));
  CHECK(shop.edge.units() == 7);
  CHECK(shop.edge.applied() == 1);
}

TEST_CASE("a picture of a pass in the camera's folder opens the cart; the end of the visit lets go of it") {
  Shop shop("[scanner]\nfolder = \"scans\"\n");
  shop.edge.start();
  std::filesystem::create_directory(shop.folder.file("scans"));
  shop.start();
  REQUIRE(shop.shows("welcome"));
  const std::string link = pass_link(400, 6).substr(0, 424) + "5";
  write_png(photograph_of(link, {.turned_degrees = 7, .noise = 10}), shop.folder.file("scans") + "/pass.png");
  REQUIRE(shop.shows("cart"));
  REQUIRE(shop.passes().size() == 1);
  CHECK(shop.passes()[0] == link);
  shop.touch("cart.finish");
  REQUIRE(shop.shows("welcome"));
  CHECK_FALSE(shop.has_label("Amelia"));
  const std::string expired = pass_link(400, 7).substr(0, 424) + "9";
  write_png(photograph_of(expired, {}), shop.folder.file("scans") + "/old.png");
  REQUIRE(shop.shows("problem"));
}

TEST_CASE("two seconds after a visit nothing that was typed or read is in the program's memory or its log") {
  Shop shop;
  shop.edge.start();
  shop.start();
  REQUIRE(shop.shows("welcome"));
  const std::string words = "quizyvexk";
  const std::string pass = pass_link(400, 11).substr(0, 424) + "5";
  const std::string read = pass.substr(300);
  const auto copies = [&](const std::string& of) { return copies_in_memory(shop.kiosk->id(), of); };
  shop.touch("search.start");
  REQUIRE(shop.shows("search"));
  for (const char letter : words) shop.touch(std::string("key.") + letter);
  REQUIRE(wait_until([&] { return shop.node("search.field")["value"] == words || shop.node("search.field")["label"] == words; }));
  // It is looked for where it would be.
  CHECK(copies(words) > 0);
  shop.touch("start_over");
  REQUIRE(shop.shows("welcome"));
  shop.scan(pass);
  REQUIRE(shop.shows("cart"));
  CHECK(shop.passes() == std::vector<std::string>{pass});
  shop.touch("cart.finish");
  REQUIRE(shop.shows("welcome"));
  std::this_thread::sleep_for(std::chrono::seconds(2));
  CHECK(copies(words) == 0);
  CHECK(copies(words.substr(1)) == 0);  // of a short text an end may stay
  CHECK(copies(words.substr(0, 8)) == 0);
  CHECK(copies(read) == 0);
  CHECK(read_all(shop.folder.file("log")).find(words.substr(0, 5)) == std::string::npos);
}

TEST_CASE("under Wayland a finger's wl_touch presses what it touches, through Xwayland, and nothing when it slides off") {
  Shop shop;
  shop.edge.start();
  const std::string number = shop.folder.file("display");
  const std::unique_ptr<FILE, int (*)(FILE*)> screen(
      popen(("python3 tests/kiosk/io/touch_screen.py 540 960 >" + number).c_str(), "we"), pclose);
  REQUIRE(screen);
  REQUIRE(wait_until([&] { return read_all(number).ends_with("\n"); }));
  setenv("DISPLAY", (":" + read_all(number).substr(0, read_all(number).find('\n'))).c_str(), 1);
  shop.start();
  REQUIRE(shop.shows("welcome"));
  const auto tell = [&](const std::string& line) {
    std::fputs((line + "\n").c_str(), screen.get());
    std::fflush(screen.get());
  };
  const auto middle_of = [&](const std::string& id) {
    json rect;
    REQUIRE(wait_until([&] {
      const json now = shop.node(id);
      return now.is_object() && std::exchange(rect, now["rect"]) == now["rect"];
    }));
    const auto at = [&](std::size_t i) {
      return std::to_string(static_cast<int>(rect[i].get<double>() + rect[i + 2].get<double>() / 2));
    };
    return at(0) + " " + at(1);
  };
  const std::string button = middle_of("search.start");
  tell("down " + button);
  tell("move 2 2");
  tell("up");
  std::this_thread::sleep_for(std::chrono::milliseconds(400));
  CHECK(shop.tree()["screen"] == "welcome");
  // A machine that is late may take the second touch for a bounce of the first: a person touches again.
  REQUIRE(wait_until([&] {
    tell("down " + button);
    tell("up");
    std::this_thread::sleep_for(std::chrono::milliseconds(600));
    return shop.tree()["screen"] == "search";
  }));
  std::this_thread::sleep_for(std::chrono::milliseconds(400));  // the screen moves into its place
  const std::string key = middle_of("key.q");
  tell("down " + key);
  tell("up");
  CHECK(wait_until([&] { return shop.node("search.field")["value"] == "q"; }));
}

TEST_CASE("what was read aloud is nowhere in memory two seconds after the visit, and nobody speaks on") {
  // The real voice, with somebody who writes down what it is given; it speaks into a file, for there is no sound card.
  const ScratchFolder voices;
  const std::string voice = voices.file("espeak-ng");
  std::ofstream(voice) << "#!/bin/sh\ntee -a '" << voices.file("given") << "' | /usr/bin/espeak-ng \"$@\" -w '"
                       << voices.file("spoken.wav") << "'\nsleep 30\n";
  std::filesystem::permissions(voice, std::filesystem::perms::owner_all);
  Shop shop("[speech]\nvoice = \"" + voice + "\"\n");
  shop.edge.start();
  shop.start();
  REQUIRE(shop.shows("welcome"));
  const std::string words = "vexkquizy";
  const auto given = [&] { return read_all(voices.file("given")); };
  shop.touch("search.start");
  REQUIRE(shop.shows("search"));
  for (const char letter : words) shop.touch(std::string("key.") + letter);
  REQUIRE(wait_until([&] { return shop.node("search.field")["value"] == words; }));
  shop.touch("key.hide");
  shop.press("F1");
  REQUIRE(wait_until([&] { return !given().empty(); }));
  for (int i = 0; i < 60 && given().find(words) == std::string::npos; ++i) {
    shop.press("Tab");
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
  }
  REQUIRE_MESSAGE(given().find(words) != std::string::npos, given());
  CHECK(copies_in_memory(shop.kiosk->id(), words) > 0);
  REQUIRE(wait_until([&] { return std::filesystem::exists(voices.file("spoken.wav")); }));
  const std::string children =
      "/proc/" + std::to_string(shop.kiosk->id()) + "/task/" + std::to_string(shop.kiosk->id()) + "/children";
  CHECK_FALSE(read_all(children).empty());
  shop.touch("start_over");
  REQUIRE(shop.shows("welcome"));
  std::this_thread::sleep_for(std::chrono::seconds(2));
  CHECK(copies_in_memory(shop.kiosk->id(), words) == 0);
  CHECK(copies_in_memory(shop.kiosk->id(), words.substr(1)) == 0);
  CHECK(copies_in_memory(shop.kiosk->id(), words.substr(0, 8)) == 0);
  CHECK(read_all(children).empty());
  CHECK(read_all(shop.folder.file("log")).find(words.substr(0, 5)) == std::string::npos);
}

TEST_CASE("a product's picture takes the pictogram's place once the store has it, and goes with the visit") {
  Shop shop;
  constexpr std::uint8_t red = 231, green = 17, blue = 203;  // nothing else here has this colour
  Picture drawn{64, 64, {}};
  for (int i = 0; i < 64 * 64; ++i) drawn.rgb.insert(drawn.rgb.end(), {red, green, blue});
  REQUIRE(write_picture(drawn, shop.folder.file("product.png")).has_value());
  const std::string name(64, 'a');
  shop.edge.show_picture(name, "");
  shop.edge.start();
  shop.start();
  REQUIRE(shop.shows("welcome"));
  const auto pixels = [&] {
    const std::vector<std::uint8_t> seen = shop.display.seen(540, 960);
    int count = 0;
    for (std::size_t i = 0; i + 2 < seen.size(); i += 3)
      count += std::abs(seen[i] - red) < 3 && std::abs(seen[i + 1] - green) < 3 && std::abs(seen[i + 2] - blue) < 3 ? 1 : 0;
    return count;
  };
  shop.scan(pass_link(400, 12).substr(0, 424) + "5");
  REQUIRE(shop.shows("cart"));
  const auto asked = [&] {
    return std::ranges::any_of(shop.edge.heard(), [&](const auto& one) { return one.path == "/v1/pictures/" + name; });
  };
  REQUIRE(wait_until(asked));
  CHECK(pixels() == 0);
  shop.edge.show_picture(name, read_all(shop.folder.file("product.png")));
  REQUIRE_MESSAGE(wait_until([&] { return pixels() > 2000; }), pixels());  // a tile of 66 pixels, its corners cut
  std::string in_a_row;
  // Longer than the square of 4 × 4 pixels that a thread of the rasteriser leaves on its stack.
  for (int i = 0; i < 48; ++i) in_a_row += {static_cast<char>(red), static_cast<char>(green), static_cast<char>(blue), '\xFF'};
  std::string as_shown;
  for (int i = 0; i < 48; ++i) as_shown += {static_cast<char>(blue), static_cast<char>(green), static_cast<char>(red), '\xFF'};
  CHECK(copies_in_memory(shop.kiosk->id(), in_a_row) > 0);
  shop.touch("cart.finish");
  REQUIRE(shop.shows("welcome"));
  std::this_thread::sleep_for(std::chrono::seconds(2));
  CHECK(pixels() == 0);
  CHECK(copies_in_memory(shop.kiosk->id(), in_a_row) == 0);
  CHECK(copies_in_memory(shop.kiosk->id(), as_shown) == 0);
  // What is no picture, or says more than it is, leaves the pictogram.
  shop.edge.show_picture(std::string(64, 'b'), "\x89PNG\r\n\x1a\n" + std::string(5000, 'x'));
  shop.scan(pass_link(400, 13).substr(0, 424) + "5");
  REQUIRE(shop.shows("cart"));
  REQUIRE(wait_until([&] { return read_all(shop.folder.file("log")).find("picture is not shown") != std::string::npos; }));
  CHECK(shop.kiosk->end() == 0);
}

TEST_CASE("figures at 1080x1920 on a software rasteriser: scans, changes, a scrolled list, and rest") {
  Shop shop({}, "fullscreen", 1080, 1920);
  shop.edge.start();
  shop.edge.show_lines(30);
  shop.start({});  // writing pictures would be among the figures
  REQUIRE(shop.shows("welcome"));
  const auto statistics = [&] { return shop.ask({{"ask", "statistics"}})["statistics"]; };
  // Of the frames since the one before: p50 and p99.
  std::size_t told = 0;
  const auto tell = [&](const std::string& what) {
    const json now = statistics();
    const std::size_t fresh = now["shown_ms"]["count"].get<std::size_t>() - told;
    told += fresh;
    const auto spread = [&](const char* name) {
      auto values = now[name]["last"].get<std::vector<double>>();
      values.erase(values.begin(), values.end() - static_cast<std::ptrdiff_t>(std::min(fresh, values.size())));
      std::ranges::sort(values);
      return values.empty() ? std::pair{0.0, 0.0} : std::pair{values[values.size() / 2], values[values.size() * 99 / 100]};
    };
    const auto shown = spread("shown_ms");
    const auto drawn = spread("share_drawn_percent");
    const auto all = [&](const char* name) { return now[name]["last"].get<std::vector<double>>(); };
    const std::vector<double> times = all("shown_ms");
    const auto from = times.end() - static_cast<std::ptrdiff_t>(std::min(fresh, times.size()));
    const auto slowest = static_cast<std::size_t>(std::max_element(from, times.end()) - times.begin());
    const double slowest_drawn = slowest < times.size() ? all("share_drawn_percent").at(slowest) : 0;
    MESSAGE(what << ": " << fresh << " frames shown, p50 " << shown.first << " p99 " << shown.second << " ms; drawn p50 "
                 << drawn.first << " p99 " << drawn.second << " % of the pixels, " << slowest_drawn << " % in the slowest");
  };
  for (unsigned i = 0; i < 10; ++i) {
    shop.scan(pass_link(400, 20 + i).substr(0, 424) + "5");
    REQUIRE_MESSAGE(shop.shows("cart"), shop.tree().dump() << read_all(shop.folder.file("log")));
    if (i == 9) break;
    shop.touch("cart.finish");
    REQUIRE_MESSAGE(shop.shows("welcome"), shop.tree().dump() << read_all(shop.folder.file("log")));
  }
  tell("ten visits");
  for (int i = 0; i < 10; ++i) {
    shop.touch("line.22423.more");
    REQUIRE(wait_until([&] { return shop.edge.units() == 7 + i; }));
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
  }
  tell("ten changes of a line");
  std::vector<std::string> drag{"xdotool", "mousemove", "500", "1200", "mousedown", "1"};
  for (int i = 0; i < 60; ++i) {
    for (const char* word : {"mousemove_relative", "--", "0", i < 30 ? "-20" : "20", "sleep", "0.02"}) drag.emplace_back(word);
  }
  drag.insert(drag.end(), {"mouseup", "1"});
  REQUIRE(run_program(drag) == 0);
  tell("a scrolled list");
  std::this_thread::sleep_for(std::chrono::seconds(1));
  const json before = statistics();
  std::this_thread::sleep_for(std::chrono::seconds(5));
  const json after = statistics();
  const int frames_at_rest = after["frames"].get<int>() - before["frames"].get<int>();
  MESSAGE("rest: " << (after["cpu_s"].get<double>() - before["cpu_s"].get<double>()) * 20 << " % of a core, " << frames_at_rest
                   << " frames; memory " << after["memory_bytes"]["now"].get<double>() / 1048576 << " MiB, most "
                   << after["memory_bytes"]["most"].get<double>() / 1048576 << " MiB");
  MESSAGE("building a frame p50 " << after["build_ms"]["p50"] << " ms; scan to answer p50 " << after["scan_to_answer_ms"]["p50"]
                                  << " most " << after["scan_to_answer_ms"]["most"] << " ms, to cart p50 "
                                  << after["scan_to_cart_ms"]["p50"] << " most " << after["scan_to_cart_ms"]["most"] << " ms");
  CHECK(after["scan_to_cart_ms"]["count"] == 10);
  // Nobody is there and nothing changes: nothing is drawn but what the clock on the screen asks for.
  CHECK(frames_at_rest <= 10);
}

TEST_CASE("what is wrong at the start is said in one line") {
  const ScratchFolder folder;
  const auto said = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), VITRINE_KIOSK_PROGRAM);
    const int status = Program(arguments, folder.file("said")).wait();
    return std::pair{status, read_all(folder.file("said"))};
  };
  CHECK(said({}).first == 2);
  CHECK(said({"--picture-every", "soon", "--config", "x"}).first == 2);
  CHECK(said({"--help"}).first == 0);
  CHECK(said({"--help"}).second.find("--automation") != std::string::npos);
  CHECK(said({"--version"}).second.starts_with("vitrine-kiosk "));
  CHECK(said({"--config", folder.file("none.toml")}).second.find("none.toml") != std::string::npos);
  std::ofstream(folder.file("kiosk.toml")) << "[kiosk]\nname = \"Kiosk\"\nstate = \".\"\n";
  CHECK(said({"--config", folder.file("kiosk.toml")}).second.find("kiosk.name") != std::string::npos);
  unsetenv("DISPLAY");
  std::ofstream(folder.file("kiosk.toml"))
      << "[kiosk]\nname = \"kiosk-1\"\nstate = \".\"\n[edge]\napi_socket = \"a\"\nevents_socket = \"e\"\n";
  const auto [status, text] = said({"--config", folder.file("kiosk.toml")});
  CHECK(status == 1);
  CHECK(text.find("display") != std::string::npos);
}
