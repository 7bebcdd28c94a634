// SPDX-License-Identifier: Apache-2.0
// Words: both languages have the same keys, each key is used, and numbers, money and times are written as each language does.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "kiosk/text/texts.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;

namespace {

std::string all_screens() {
  std::stringstream source;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("kiosk/screens")) {
    if (entry.path().extension() == ".cpp") source << std::ifstream(entry.path()).rdbuf();
  }
  return source.str();
}

std::string folder_with(const std::string& name, const std::string& english, const std::string& german) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / ("vitrine_texts_" + name);
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "en.json") << english;
  std::ofstream(folder / "de.json") << german;
  return folder.string();
}

}  // namespace

TEST_CASE("every key is used by a screen") {
  const auto texts = Texts::open("assets/text");
  REQUIRE_MESSAGE(texts, texts.error().message);
  const std::string source = all_screens();
  REQUIRE(source.size() > 10'000);
  for (const std::string& key : (*texts)->keys()) {
    if (key.starts_with("language.")) continue;
    CHECK_MESSAGE(source.find('"' + key + '"') != std::string::npos, key);
  }
}

TEST_CASE("files whose keys differ, or whose patterns are broken, are refused by name") {
  const std::string head = R"({"language.name":"X","language.locale":"en-GB")";
  const auto lacking = Texts::open(folder_with("lacking", head + R"(,"a":"A"})", head + "}"));
  REQUIRE_FALSE(lacking);
  CHECK(lacking.error().message == "de.json lacks a");
  CHECK_FALSE(Texts::open(folder_with("more", head + "}", head + R"(,"a":"A"})")));
  const auto broken = Texts::open(folder_with("broken", head + R"(,"a":"{n, plural, one {x}}"})", head + R"(,"a":"{n"})"));
  REQUIRE_FALSE(broken);
  CHECK(broken.error().code == "texts_invalid");
  CHECK(broken.error().message.find(": a is not") != std::string::npos);
}

TEST_CASE("English") {
  auto texts = std::move(*Texts::open("assets/text"));
  texts->speak("en", "Europe/London");
  CHECK(texts->say("cart.items", {{"n", std::int64_t{1}}}) == "1 item");
  CHECK(texts->say("cart.items", {{"n", std::int64_t{9}}}) == "9 items");
  CHECK(texts->say("still.line", {{"n", std::int64_t{1}}}) == "We’ll clear this screen in 1 second.");
  CHECK(texts->say("cart.title_named", {{"name", "{x}'s"}}) == "Your cart, {x}'s");
  CHECK(texts->money({400, "GBP"}) == "£4.00");
  CHECK(texts->money({5, "GBP"}) == "£0.05");
  CHECK(texts->money({-295, "GBP"}) == "−£2.95");
  CHECK(texts->money({123456, "EUR"}) == "€1,234.56");
  CHECK(texts->money({500, "JPY"}).find("500") != std::string::npos);
  // 13:52 in London in summer is 12:52 UTC.
  CHECK(texts->clock({1'750'423'920'000}) == "13:52");
  CHECK(texts->day({1'763'992'800'000}) == "Monday 24 November");
}

TEST_CASE("German") {
  auto texts = std::move(*Texts::open("assets/text"));
  texts->speak("de", "Europe/Berlin");
  CHECK(texts->say("cart.items", {{"n", std::int64_t{1200}}}) == "1.200 Artikel");
  CHECK(texts->money({123456, "EUR"}) == "1.234,56\u00a0€");
  CHECK(texts->clock({1'750'423'920'000}) == "14:52");
  CHECK(texts->pick({{"en", "Candle"}, {"de", "Kerze"}}) == "Kerze");
  CHECK(texts->pick({{"en", "Candle"}}) == "Candle");
  CHECK(texts->pick({{"fr", "Bougie"}}) == "Bougie");
}

TEST_CASE("forgetting drops every text made") {
  auto texts = std::move(*Texts::open("assets/text"));
  (void)texts->say("cart.title_named", {{"name", "Amelia"}});
  CHECK(texts->remembered() > 0);
  texts->forget();
  CHECK(texts->remembered() == 0);
}
