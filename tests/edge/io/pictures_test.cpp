// SPDX-License-Identifier: Apache-2.0
// Pictures of products on the store's disk: fetched once they are asked for, only if they are what they are called, within a
// bound, and there again after a restart and without a line.
#include <doctest/doctest.h>
#include <sodium.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "edge/io/picture_keeper.hpp"
#include "tests/edge/scratch_folder.hpp"

using namespace vitrine;
using vitrine::edge::ScratchFolder;
using namespace vitrine::edge::io;
using namespace std::string_literals;

namespace {

std::string picture(char filler, std::size_t bytes) {
  std::string made = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x40\0\0\0\x40\x08\x06\0\0\0\0\0\0\0"s;
  made.resize(bytes, filler);
  return made;
}

std::string name_of(const std::string& bytes) {
  unsigned char hash[32];
  char text[65];
  crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr, 0);
  return sodium_bin2hex(text, sizeof text, hash, sizeof hash);
}

// The hub as a keeper sees it.
struct Hub {
  std::mutex mutex;
  std::map<std::string, std::string> pictures;
  std::atomic<bool> away = false;
  std::atomic<bool> slow = false;  // no answer while it is
  std::atomic<int> asked = 0;

  std::string add(const std::string& bytes) {
    const std::lock_guard lock(mutex);
    return pictures.emplace(name_of(bytes), bytes).first->first;
  }
  FetchPicture fetch() {
    return [this](const std::string& hash) -> Result<std::string> {
      ++asked;
      slow.wait(true);
      if (away) return fail("hub_unreachable", "no line");
      const std::lock_guard lock(mutex);
      const auto found = pictures.find(hash);
      if (found == pictures.end()) return fail("picture_unknown", "none");
      return found->second;
    };
  }
};

bool comes(PictureKeeper& keeper, const std::string& hash) {
  for (int i = 0; i < 1000; ++i) {
    if (keeper.get(hash)) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

std::unique_ptr<PictureKeeper> open(const std::string& folder, Hub& hub, std::uint64_t bytes_max = 1'000'000) {
  auto keeper = PictureKeeper::open(folder, {.bytes_max = bytes_max, .retry_ms = 20, .unknown_ms = 60'000}, hub.fetch());
  REQUIRE_MESSAGE(keeper, (keeper ? "" : keeper.error().message));
  return std::move(*keeper);
}

}  // namespace

TEST_CASE("a picture comes once it was asked for, and is there again without the hub") {
  const ScratchFolder folder;
  Hub hub;
  const std::string bytes = picture('a', 5000);
  const std::string name = hub.add(bytes);
  {
    auto keeper = open(folder / "pictures", hub);
    const auto first = keeper->get(name);
    REQUIRE_FALSE(first);
    CHECK(first.error().code == "picture_absent");
    REQUIRE(comes(*keeper, name));
    CHECK(*keeper->get(name) == bytes);
    CHECK(keeper->figures().fetched == 1);
    CHECK(keeper->figures().kept_bytes == 5000);
  }
  hub.away = true;
  auto again = open(folder / "pictures", hub);
  CHECK(*again->get(name) == bytes);
  const std::string other = hub.add(picture('b', 100));
  CHECK_FALSE(again->get(other));
  hub.away = false;
  CHECK(comes(*again, other));  // who still looks at it asks again
}

TEST_CASE("a picture that is asked for again while it is on its way is fetched once") {
  const ScratchFolder folder;
  Hub hub;
  const std::string name = hub.add(picture('a', 5000));
  const std::string next = hub.add(picture('b', 100));
  auto keeper = open(folder / "pictures", hub);
  hub.slow = true;
  while (hub.asked == 0) static_cast<void>(keeper->get(name));
  CHECK_FALSE(keeper->get(name));
  hub.slow = false;
  hub.slow.notify_all();
  CHECK(comes(*keeper, name));
  CHECK(comes(*keeper, next));
  CHECK(hub.asked == 2);
  CHECK(keeper->figures().fetched == 2);
}

TEST_CASE("what is not of its name, or no picture, is refused; what the hub lacks is not asked for again and again") {
  const ScratchFolder folder;
  Hub hub;
  const std::string forged = name_of(picture('x', 200));
  hub.pictures[forged] = picture('y', 200);
  const std::string script = hub.add("#!/bin/sh\n" + std::string(100, 'x'));
  const std::string unknown(64, 'e');
  auto keeper = open(folder / "pictures", hub);
  for (const std::string& name : {forged, script, unknown}) {
    for (int i = 0; i < 20; ++i) {
      CHECK_FALSE(keeper->get(name));
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  CHECK(hub.asked == 3);
  CHECK(keeper->figures().refused == 2);
  CHECK(keeper->figures().kept == 0);
  CHECK(std::filesystem::is_empty(folder / "pictures"));
}

TEST_CASE("the disk has a bound: what nobody looked at for longest goes, and what was damaged is fetched anew") {
  const ScratchFolder folder;
  Hub hub;
  std::vector<std::string> names;
  for (char c = 'a'; c < 'e'; ++c) names.push_back(hub.add(picture(c, 1000)));
  auto keeper = open(folder / "pictures", hub, 3000);
  for (int i = 0; i < 3; ++i) REQUIRE(comes(*keeper, names[static_cast<std::size_t>(i)]));
  CHECK(keeper->get(names[0]));
  REQUIRE(comes(*keeper, names[3]));
  CHECK(keeper->figures().kept == 3);
  CHECK(keeper->figures().evicted == 1);
  CHECK(std::filesystem::exists(folder / ("pictures/" + names[0])));
  CHECK_FALSE(std::filesystem::exists(folder / ("pictures/" + names[1])));
  std::ofstream(folder / ("pictures/" + names[0])) << "torn";
  CHECK_FALSE(keeper->get(names[0]));
  REQUIRE(comes(*keeper, names[0]));
  CHECK(*keeper->get(names[0]) == picture('a', 1000));
}
