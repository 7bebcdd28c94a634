// SPDX-License-Identifier: Apache-2.0
// vitrine-kiosk: reads what it is told, opens texts and theme, and runs until it is asked to end.
#include <malloc.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <thread>

#include "base/log.hpp"
#include "config/kiosk_config.hpp"
#include "kiosk/io/runtime.hpp"
#include "kiosk/io/window.hpp"
#include "kiosk/screens/frame.hpp"

namespace {

using namespace vitrine;

constexpr const char* help =
    "vitrine-kiosk --config <kiosk.toml> [options]\n"
    "\n"
    "The touch kiosk of a store: shows a shopper's cart from a scanned pass.\n"
    "\n"
    "  --config <file>          what this kiosk is told; example: config/examples/kiosk.toml\n"
    "  --window                 a window, whatever the config says\n"
    "  --picture <file.png>     writes what is shown to a file whenever it changed\n"
    "  --picture-every <s>      at most so often (2)\n"
    "  --automation <socket>    lets programs of the same user look at what is shown\n"
    "  --gallery <folder>       instead of all that: draws every screen into PNG files, without a display; see --gallery --help\n"
    "  --help, --version\n";

struct CommandLine {
  std::string config;
  bool window = false;
  kiosk::RuntimeOptions options;
};

Result<CommandLine> read_command_line(int argc, char** argv) {
  CommandLine line;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--window") {
      line.window = true;
      continue;
    }
    if (i + 1 >= argc) return fail("usage", std::string(option) + " is unknown or lacks its value");
    const std::string value = argv[++i];
    if (option == "--config") {
      line.config = value;
    } else if (option == "--picture") {
      line.options.picture_file = value;
    } else if (option == "--automation") {
      line.options.automation_socket = value;
    } else if (option == "--picture-every") {
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), line.options.picture_each_s);
      if (error != std::errc() || end != value.data() + value.size() || !(line.options.picture_each_s >= 0.1)) {
        return fail("usage", "--picture-every takes seconds, 0.1 at least");
      }
    } else {
      return fail("usage", std::string(option) + " is unknown");
    }
  }
  if (line.config.empty()) return fail("usage", "--config is missing");
  return line;
}

std::string assets_folder(const std::string& configured) {
  if (!configured.empty()) return configured;
  for (const char* usual : {"/usr/share/vitrine/assets", "assets"}) {
    if (std::filesystem::is_directory(usual)) return usual;
  }
  return "assets";
}

// The screens' states are in a program of their own (docs/decisions/0013-gallery.md), which takes over. Only comes back when it
// cannot.
int become_gallery(char** words) {
  std::error_code error;
  const std::filesystem::path here = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  words[0] = const_cast<char*>("vitrine-kiosk-gallery");
  for (const auto& folder : {here, here / "../lib/vitrine"}) ::execv((folder / "vitrine-kiosk-gallery").c_str(), words);
  std::fputs("vitrine-kiosk: vitrine-kiosk-gallery is not installed beside it\n", stderr);
  return 1;
}

int complain(const Error& error) {
  std::fprintf(stderr, "vitrine-kiosk: %s\n", error.message.c_str());
  return error.code == "usage" ? 2 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "--gallery") return become_gallery(argv + 1);
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--help") return std::fputs(help, stdout) < 0 ? 1 : 0;
    if (std::string_view(argv[i]) == "--version") return std::puts("vitrine-kiosk " VITRINE_VERSION) < 0 ? 1 : 0;
  }
  auto line = read_command_line(argc, argv);
  if (!line) {
    complain(line.error());
    std::fputs("Try --help.\n", stderr);
    return 2;
  }
  auto config = config::read_kiosk_config(line->config);
  if (!config) return complain(config.error());
  if (line->window) config->window.full_screen = false;

  // The end is asked for by a signal that one thread waits for; all other threads inherit the mask.
  std::signal(SIGPIPE, SIG_IGN);
  mallopt(M_ARENA_MAX, 2);                // one heap a thread would cost more than all that the threads keep
  mallopt(M_MMAP_THRESHOLD, 256 * 1024);  // pictures and textures go back to the machine when they are let go
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);

  kiosk::UiOptions look;
  look.theme_file = config->theme;
  look.assets = assets_folder(config->assets);
  look.panel_mm_wide = static_cast<float>(config->window.panel_mm_wide);
  look.handheld = config->is_handheld();
  auto ui = kiosk::Ui::open(look);
  if (!ui) return complain(ui.error());

  std::atomic<bool> stop = false;
  std::atomic<bool> ended = false;
  std::thread waiter([&] {
    int signal = 0;
    sigwait(&ends, &signal);
    if (ended) return;
    stop = true;
    kiosk::Window::wake();
  });
  line->options.config = std::move(*config);
  const Result<void> ran = kiosk::run(**ui, line->options, stop);
  ended = true;
  pthread_kill(waiter.native_handle(), SIGTERM);
  waiter.join();
  if (!ran) return complain(ran.error());
  log::info("the kiosk has ended");
  return 0;
}
