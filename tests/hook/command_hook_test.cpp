// SPDX-License-Identifier: Apache-2.0
// A command of the shop's own: it gets its word, makes nobody wait, is ended in time with all that it started, and is counted.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "hook/command_hook.hpp"

using namespace vitrine;
using namespace std::chrono_literals;

namespace {

struct Script {
  std::filesystem::path folder;
  explicit Script(const std::string& lines) {
    std::string name = (std::filesystem::temp_directory_path() / "vitrine_hook_XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    folder = name;
    std::ofstream(folder / "ring") << "#!/bin/sh\ncd '" << folder.string() << "'\n" << lines;
    ::chmod((folder / "ring").c_str(), 0755);
  }
  ~Script() { std::filesystem::remove_all(folder); }
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;
  [[nodiscard]] std::string said(const char* file = "said") const {
    std::stringstream all;
    all << std::ifstream(folder / file).rdbuf();
    return all.str();
  }
};

void wait_until(const std::function<bool()>& true_by_then) {
  for (int i = 0; i < 2000 && !true_by_then(); ++i) std::this_thread::sleep_for(5ms);
  REQUIRE(true_by_then());
}

}  // namespace

TEST_CASE("the command gets its word; of several wishes while one runs the newest follows") {
  const Script script("echo \"$1\" >> said\nwhile [ ! -e go ]; do sleep 0.01; done\n");
  hook::CommandHook hook(script.folder / "ring", 20s);
  hook.run("on");
  wait_until([&] { return script.said() == "on\n"; });
  hook.run("urgent");
  hook.run("off");
  CHECK(hook.figures().done == 0);
  std::ofstream(script.folder / "go") << "";
  wait_until([&] { return hook.figures().done == 2; });
  CHECK(script.said() == "on\noff\n");
}

TEST_CASE("one that takes too long is ended with what it started, and the next still runs") {
  const Script script("[ \"$1\" = off ] && exit 0\nsleep 600 &\necho $! > child\nwait\n");
  hook::CommandHook hook(script.folder / "ring", 300ms);
  hook.run("on");
  wait_until([&] { return hook.figures().too_late == 1; });
  const pid_t child = std::stoi(script.said("child"));
  // Killed; whoever reaps it may be slow.
  wait_until([&] {
    std::ifstream state("/proc/" + std::to_string(child) + "/stat");
    std::string words;
    std::getline(state, words);
    return words.empty() || words.find(") Z") != std::string::npos;
  });
  hook.run("off");
  wait_until([&] { return hook.figures().done == 1; });
}

TEST_CASE("one that fails, or is not there, is counted and hurts nobody; the end ends what runs") {
  {
    const Script script("exit 3\n");
    hook::CommandHook hook(script.folder / "ring", 5s);
    hook.run("on");
    wait_until([&] { return hook.figures().failed == 1; });
  }
  {
    hook::CommandHook hook("/nowhere/ring", 5s);
    hook.run("on");
    wait_until([&] { return hook.figures().failed == 1; });
  }
  const Script script("echo > began\nsleep 600\n");
  {
    hook::CommandHook hook(script.folder / "ring", 600s);
    hook.run("on");
    wait_until([&] { return std::filesystem::exists(script.folder / "began"); });
  }
}
