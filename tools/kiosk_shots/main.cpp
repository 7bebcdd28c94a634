// SPDX-License-Identifier: Apache-2.0
// Draws every screen in a real OpenGL window and writes a PNG of each: to look at, and to see how long a frame takes.
// kiosk_shots <folder> [width height] [language] [only=<name>,<name>] [theme=<file>] [assets=<folder>] [sheet=<file> of all of
// them, at a third of their size]. Needs a display (Xvfb will do).
// against=<folder> holds each against the approved picture of its name instead, and writes only those that differ;
// approve=<folder> approves them; `names` says what there is to draw.
#include <GLFW/glfw3.h>
#include <imgui/backends/imgui_impl_opengl3.h>
#include <imgui/imgui.h>
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb/stb_image_write.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/screens/frame.hpp"
#include "tools/kiosk_shots/approved.hpp"
#include "tools/kiosk_shots/contact_sheet.hpp"
#include "tools/kiosk_shots/samples.hpp"

namespace {

using namespace vitrine::kiosk;

struct Wanted {
  std::string folder;
  int width = 1080;
  int height = 1920;
  std::string language = "en";
  std::vector<std::string> only;  // see is_wanted()
  std::string sheet;
  std::string against;
  std::string approve;
  bool names = false;
  Ease ease;
  UiOptions options;
};

std::vector<std::string> split(std::string_view words) {
  std::vector<std::string> parts;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(','), words.size());
    parts.emplace_back(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return parts;
}

// "=cart" is the one of that name, "cart" each whose name has it.
bool is_wanted(const Wanted& wanted, const std::string& name) {
  return wanted.only.empty() || std::ranges::any_of(wanted.only, [&](const std::string& part) {
           return part.starts_with('=') ? name == part.substr(1) : name.find(part) != std::string::npos;
         });
}

Wanted parse(int count, char** words) {
  Wanted wanted;
  wanted.folder = count > 1 ? words[1] : ".";
  std::vector<int> numbers;
  for (int i = 2; i < count; ++i) {
    const std::string_view word = words[i];
    if (word.starts_with("only=")) {
      wanted.only = split(word.substr(5));
    } else if (word.starts_with("sheet=")) {
      wanted.sheet = word.substr(6);
    } else if (word.starts_with("against=")) {
      wanted.against = word.substr(8);
    } else if (word.starts_with("approve=")) {
      wanted.approve = word.substr(8);
    } else if (word == "names") {
      wanted.names = true;
    } else if (word.starts_with("theme=")) {
      wanted.options.theme_file = word.substr(6);
    } else if (word.starts_with("assets=")) {
      wanted.options.assets = word.substr(7);
    } else if (word == "large" || word == "largest") {
      wanted.ease.text = word == "large" ? TextSize::large : TextSize::largest;
    } else if (word == "contrast") {
      wanted.ease.high_contrast = true;
    } else if (word == "reach") {
      wanted.ease.reach = true;
    } else if (word.find_first_not_of("0123456789") == std::string_view::npos) {
      numbers.push_back(std::atoi(words[i]));
    } else {
      wanted.language = word;
    }
  }
  if (numbers.size() == 2) {
    wanted.width = numbers[0];
    wanted.height = numbers[1];
  }
  return wanted;
}

struct Window {
  GLFWwindow* handle = nullptr;
  int width, height;

  Window(int w, int h) : width(w), height(h) {
    if (glfwInit() == 0) return;
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_DECORATED, GLFW_FALSE);
    handle = glfwCreateWindow(w, h, "kiosk_shots", nullptr, nullptr);
    if (handle == nullptr) return;
    glfwMakeContextCurrent(handle);
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui_ImplOpenGL3_Init("#version 330");
  }
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;
  ~Window() {
    if (handle != nullptr) {
      ImGui_ImplOpenGL3_Shutdown();
      ImGui::DestroyContext();
    }
    glfwTerminate();
  }

  Frame draw(Ui& ui, const Model& model, const Input& input = {}) const {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
    io.DeltaTime = 0.016F;
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    Frame frame = ui.draw(model, input);
    ImGui::Render();
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(reinterpret_cast<std::uintptr_t>(io.Fonts->TexID)));
    for (const LetterPatch& patch : ui.letters().take_patches()) {
      glTexSubImage2D(GL_TEXTURE_2D, 0, patch.x, patch.y, patch.width, patch.height, GL_RGBA, GL_UNSIGNED_BYTE,
                      patch.rgba.data());
    }
    const Ui::Rgb clear = ui.clear_colour();
    glViewport(0, 0, width, height);
    glClearColor(clear.r, clear.g, clear.b, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glFinish();
    return frame;
  }

  // Its rows from the lowest up.
  [[nodiscard]] std::vector<unsigned char> read() const {
    std::vector<unsigned char> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, pixels.data());
    return pixels;
  }

  static void write(const std::string& file, const Picture& picture) {
    stbi_flip_vertically_on_write(1);
    stbi_write_png(file.c_str(), picture.width, picture.height, 3, picture.rgb.data(), picture.width * 3);
  }
};

// Draws until nothing moves, or for two seconds of the model's time.
void settle(const Window& window, Ui& ui, samples::Scene& scene) {
  for (int i = 0; i < 6; ++i) {
    window.draw(ui, scene.model);
    scene.wait(100);
  }
}

// Of one frame, from model to pixels: as the clock says, and of all processors together, which other programs disturb less.
struct Cost {
  double wall_ms = 0;
  double processor_ms = 0;
};

Cost measure(const Window& window, Ui& ui, samples::Scene& scene) {
  constexpr int frames = 15;
  std::vector<double> times;
  const std::clock_t before = std::clock();
  for (int i = 0; i < frames; ++i) {
    scene.wait(1);
    const auto start = std::chrono::steady_clock::now();
    window.draw(ui, scene.model);
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  std::nth_element(times.begin(), times.begin() + frames / 2, times.end());
  return {times[frames / 2], static_cast<double>(std::clock() - before) * 1000 / CLOCKS_PER_SEC / frames};
}

// What may differ of a screen: a word's edge here and there, not a line of text.
constexpr double may_differ = 0.006;

// Whether it is as somebody approved it.
bool hold_against(const Wanted& wanted, const std::string& name, const Picture& picture) {
  const double share = difference(wanted.against + "/" + name + ".png", picture);
  const bool same = share <= may_differ;
  std::printf("%-24s %.4f %s\n", name.c_str(), share, same ? "as approved" : "DIFFERS");
  if (!same) Window::write(wanted.folder + "/" + name + ".png", picture);
  return same;
}

// A counter lies on its side.
std::vector<samples::Named> scenes_of(const Wanted& wanted) {
  std::vector<samples::Named> scenes = samples::all();
  if (wanted.width > wanted.height) std::ranges::move(samples::counter_scenes(), std::back_inserter(scenes));
  return scenes;
}

int run(const Wanted& wanted) {
  if (wanted.names) {
    for (const samples::Named& each : scenes_of(wanted)) std::printf("%s\n", each.name.c_str());
    return 0;
  }
  const Window window(wanted.width, wanted.height);
  if (window.handle == nullptr) return std::fprintf(stderr, "no window: is there a display?\n"), 1;
  auto ui = Ui::open(wanted.options);
  if (!ui) return std::fprintf(stderr, "%s\n", ui.error().message.c_str()), 1;
  const auto start = std::chrono::steady_clock::now();
  if (const auto made = (*ui)->prepare(wanted.width, wanted.height); !made) {
    return std::fprintf(stderr, "%s\n", made.error().message.c_str()), 1;
  }
  const double baked = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  std::printf("texture %d x %d, %.0f ms\n", ImGui::GetIO().Fonts->TexWidth, ImGui::GetIO().Fonts->TexHeight, baked);
  std::uint64_t visit = 100;
  ContactSheet contacts;
  bool as_approved = true;
  for (const samples::Named& each : scenes_of(wanted)) {
    if (!is_wanted(wanted, each.name)) continue;
    samples::Scene scene = each.make();
    // Each scene has the same clock: a visit of its own makes the drawing forget the one before.
    scene.model.visit.number = ++visit;
    const bool sheet = scene.model.visit.choosing_language;
    scene.wish(ChooseLanguage{wanted.language});
    scene.model.visit.choosing_language = sheet;
    scene.model.visit.ease = wanted.ease;
    settle(window, **ui, scene);
    for (int tab = 0; tab < each.tabs; ++tab) window.draw(**ui, scene.model, {{}, {Key::tab}});
    if (!each.pressed.empty()) {
      const Frame seen = window.draw(**ui, scene.model);
      const SemanticNode* node = seen.tree.find(each.pressed);
      if (node == nullptr) return std::fprintf(stderr, "%s is not there\n", each.pressed.c_str()), 1;
      window.draw(**ui, scene.model, {{{PointerEvent::Kind::down, node->rect.x + 30, node->rect.y + 30}}, {}});
      settle(window, **ui, scene);
    }
    const bool judged = !wanted.against.empty() || !wanted.approve.empty();
    const Cost cost = judged ? Cost{} : measure(window, **ui, scene);
    const Picture picture{window.width, window.height, window.read()};
    if (!wanted.against.empty()) as_approved = hold_against(wanted, each.name, picture) && as_approved;
    if (!wanted.approve.empty()) approve(wanted.approve + "/" + each.name + ".png", picture);
    if (!judged) Window::write(wanted.folder + "/kiosk-" + each.name + ".png", picture);
    if (!wanted.sheet.empty()) contacts.add(picture);
    if (!each.pressed.empty()) window.draw(**ui, scene.model, {{{PointerEvent::Kind::cancel, 0, 0}}, {}});
    if (judged) continue;
    std::printf("%-18s %6.2f ms  %6.2f ms of processors  %5d vertices\n", each.name.c_str(), cost.wall_ms, cost.processor_ms,
                ImGui::GetDrawData()->TotalVtxCount);
  }
  if (!wanted.sheet.empty()) Window::write(wanted.sheet, contacts.made());
  return as_approved ? 0 : 1;
}

}  // namespace

int main(int count, char** words) { return run(parse(count, words)); }
