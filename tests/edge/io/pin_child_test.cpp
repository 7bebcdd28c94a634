// SPDX-License-Identifier: Apache-2.0
// A PIN is verified by the real program as a child, which is ended when it hangs.
#include "edge/io/pin_child.hpp"

#include <doctest/doctest.h>
#include <sodium.h>

#include <array>
#include <chrono>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "sync/protocol/staff_codec.hpp"
#include "tests/edge/scratch_folder.hpp"

using namespace vitrine;
using namespace vitrine::edge;

namespace {

std::string verifier_of(const std::string& pin) {
  REQUIRE(sodium_init() >= 0);
  std::array<char, crypto_pwhash_STRBYTES> text{};
  REQUIRE(crypto_pwhash_str_alg(text.data(), pin.data(), pin.size(), sync::protocol::pin_passes, sync::protocol::pin_memory_bytes,
                                crypto_pwhash_ALG_ARGON2ID13) == 0);
  return text.data();
}

std::int64_t peak_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6));
  }
  return 0;
}

// A program of the test's own in the place of vitrine-edge.
std::string script(const ScratchFolder& folder, const std::string& name, const std::string& text) {
  const std::string path = folder / name;
  std::ofstream(path) << "#!/bin/sh\n" << text << "\n";
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  return path;
}

}  // namespace

TEST_CASE("the child says whether a PIN is the verifier's, and its memory is its own") {
  const std::string verifier = verifier_of("482913");
  const std::int64_t before = peak_kib();
  io::PinChild child(VITRINE_EDGE);
  CHECK(child.verify(verifier, "482913").value());
  CHECK_FALSE(child.verify(verifier, "482914").value());
  CHECK_FALSE(child.verify(verifier, "").value());
  CHECK_FALSE(child.verify("nonsense", "482913").value());
  CHECK(peak_kib() - before < 8 * 1024);
}

TEST_CASE("a child that hangs, dies or is not there is no sign-in, and no wait without end") {
  const ScratchFolder folder;
  using std::chrono::milliseconds;
  const auto began = std::chrono::steady_clock::now();
  const std::string hangs = script(folder, "hangs", "echo $$ > " + (folder / "pid") + "; exec sleep 60");
  io::PinChild slow(hangs, milliseconds(300));
  CHECK(slow.verify("v", "482913").error().code == "busy");
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(5));
  int pid = 0;
  std::ifstream(folder / "pid") >> pid;
  REQUIRE(pid > 0);
  CHECK_FALSE(std::filesystem::exists("/proc/" + std::to_string(pid)));
  io::PinChild dies(script(folder, "dies", "kill -9 $$"), milliseconds(2000));
  CHECK(dies.verify("v", "482913").error().code == "busy");
  io::PinChild odd(script(folder, "odd", "exit 3"), milliseconds(2000));
  CHECK(odd.verify("v", "482913").error().code == "busy");
  io::PinChild missing(folder / "nothing", milliseconds(2000));
  CHECK(missing.verify("v", "482913").error().code == "busy");
}

TEST_CASE("one at a time: the 19 MiB are there once, and who does not get a turn is told") {
  const ScratchFolder folder;
  io::PinChild child(script(folder, "slow", "sleep 1; exit 10"), std::chrono::milliseconds(1500));
  std::vector<std::string> said(3);
  std::vector<std::thread> threads;
  for (std::string& one : said) {
    threads.emplace_back([&] {
      const auto answer = child.verify("v", "482913");
      one = answer ? "wrong" : answer.error().code;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(std::ranges::count(said, "wrong") == 2);
  CHECK(std::ranges::count(said, "busy") == 1);
}
