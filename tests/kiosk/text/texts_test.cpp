// SPDX-License-Identifier: Apache-2.0
// Words: both languages have the same keys, each key is used, and numbers, money and times are written as each language does.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <tuple>

#include "kiosk/text/texts.hpp"
#include "tests/kiosk/hostile.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;

namespace {

std::string all_screens() {
  std::stringstream source;
  for (const char* folder : {"kiosk/screens", "kiosk/widgets"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ".cpp") source << std::ifstream(entry.path()).rdbuf();
    }
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
    // Names and values of attributes, roles, channels, states and what people agree to are looked up by what the retailer wrote,
    // refusals by the code of the store.
    const bool looked_up = key.starts_with("colour.") || key.starts_with("attribute.") || key.starts_with("refusal.") ||
                           key.starts_with("notice.") || key.starts_with("role.") || key.starts_with("return_") ||
                           key.starts_with("purchase_failed.") || key.starts_with("stock_loss.") ||
                           key.starts_with("status_kind.") || key.starts_with("status_exception.") ||
                           key.starts_with("status_refused.") || key.starts_with("find_also.") || key.starts_with("channel.") ||
                           key.starts_with("status.") || key.starts_with("audit_") || key.starts_with("choices.");
    const std::string used = looked_up ? key.substr(0, key.find('.') + 1) : key;
    CHECK_MESSAGE(source.find('"' + used + '"') != std::string::npos, key);
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

TEST_CASE("a language that is broken keeps no shop closed: it is left out; the program has English of its own") {
  std::ifstream file("assets/text/en.json");
  const nlohmann::json english = nlohmann::json::parse(file);
  const auto with = [&](const std::string& key, const nlohmann::json& value) {
    nlohmann::json changed = english;
    changed[key] = value;
    return changed.dump();
  };
  nlohmann::json lacking = english;
  lacking.erase("cart.title");
  const std::string german = with("cart.title", "Korb");
  for (const std::string& broken :
       {with("cart.title", "{n"), lacking.dump(), with("z", "Z"), with("cart.title", 7), std::string(",")}) {
    CAPTURE(broken.substr(0, 40));
    auto texts = Texts::open_what_is_whole(folder_with("lenient", english.dump(), broken));
    REQUIRE(texts);
    CHECK((*texts)->languages() == std::vector<std::string>{"en"});
    // English itself: the words that were built in, and the others go on.
    texts = Texts::open_what_is_whole(folder_with("own", broken, german));
    REQUIRE(texts);
    CHECK((*texts)->languages() == std::vector<std::string>{"de", "en"});
    CHECK((*texts)->say("cart.title") == "Your cart");
    (*texts)->speak("de", "");
    CHECK((*texts)->say("cart.title") == "Korb");
    CHECK_FALSE(Texts::open(folder_with("strict", broken, german)));
  }
  const auto nothing = Texts::open_what_is_whole("/nowhere");
  REQUIRE(nothing);
  CHECK((*nothing)->say("cart.title") == "Your cart");
  // A shop's own English words are its own.
  const auto reworded = Texts::open_what_is_whole(folder_with("reworded", with("cart.title", "Your basket"), german));
  REQUIRE(reworded);
  CHECK((*reworded)->say("cart.title") == "Your basket");
}

TEST_CASE("hostile bytes in place of a language are refused or make words that can be said; the shop opens all the same") {
  const unsigned seed = std::random_device{}();
  INFO("seed ", seed);
  std::mt19937 chance(seed);
  const std::string head = R"({"language.name":"X","language.locale":"en-GB",)";
  const std::string good = head + R"("a":"{n, plural, one {# item} other {# items}}","b":"It's {name}, {n, number}"})";
  int refused = 0;
  for (int round = 0; round < 400; ++round) {
    const std::string folder = folder_with("hostile", good, hostile(good, chance));
    const auto strict = Texts::open(folder);
    refused += strict ? 0 : 1;
    if (!strict) REQUIRE_FALSE(strict.error().message.empty());
    for (const std::string& language : strict ? (*strict)->languages() : std::vector<std::string>()) {
      (*strict)->speak(language, "Europe/London");
      std::ignore = (*strict)->say("a", {{"n", 2}});
      std::ignore = (*strict)->say("b", {{"name", std::string("Ann")}, {"n", 3}});
    }
    if (round % 40 == 0) REQUIRE(Texts::open_what_is_whole(folder));
  }
  CHECK(refused > 100);
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

TEST_CASE("French, Spanish, Polish and Japanese") {
  auto texts = std::move(*Texts::open("assets/text"));
  const auto items = [&](std::int64_t n) { return texts->say("cart.items", {{"n", n}}); };
  texts->speak("fr", "Europe/Paris");
  CHECK(items(0) == "0 article");  // French counts nothing as one
  CHECK(items(2) == "2 articles");
  CHECK(texts->money({123456, "EUR"}) == "1\u202f234,56\u00a0€");
  CHECK(texts->day({1'763'992'800'000}) == "lundi 24 novembre");
  texts->speak("es", "Europe/Madrid");
  CHECK(items(1) == "1 artículo");
  CHECK(items(12'345) == "12.345 artículos");
  CHECK(texts->money({123456, "EUR"}) == "1234,56\u00a0€");
  CHECK(texts->day({1'763'992'800'000}) == "lunes, 24 de noviembre");
  texts->speak("pl", "Europe/Warsaw");
  CHECK(items(1) == "1 produkt");
  CHECK(items(3) == "3 produkty");
  CHECK(items(5) == "5 produktów");
  CHECK(items(22) == "22 produkty");
  CHECK(texts->money({123456, "PLN"}) == "1234,56\u00a0zł");
  CHECK(texts->number(12'345) == "12\u00a0345");
  texts->speak("ja", "Asia/Tokyo");
  CHECK(items(3) == "3点");
  CHECK(texts->money({1234, "JPY"}) == "￥1,234");
  CHECK(texts->clock({1'750'423'920'000}) == "21:52");
  CHECK(texts->day({1'763'992'800'000}) == "11月24日月曜日");
}

TEST_CASE("screens and widgets hold no words of their own") {
  // A literal with a capital or two words in it is for people, unless it is a key, a name of a file or of a font.
  // The last three stand in what the log says of files.
  const std::vector<std::string> allowed = {
      "This picture of a code opens nothing", "Inter", "SemiBold", "/usr/share/fonts", "MiB", "PNG", "U+"};
  std::vector<std::string> found;
  for (const char* folder : {"kiosk/screens", "kiosk/widgets"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        const std::size_t comment = line.find("//");
        if (comment != std::string::npos) line.resize(comment);
        if (line.starts_with("#include") || line.find("fail(") != std::string::npos ||
            line.find("require(") != std::string::npos || line.find("log::") != std::string::npos)
          continue;
        for (std::size_t at = line.find('"'); at != std::string::npos;) {
          const std::size_t end = line.find('"', at + 1);
          if (end == std::string::npos) break;
          const std::string literal = line.substr(at + 1, end - at - 1);
          const bool words =
              literal.size() > 3 && std::any_of(literal.begin(), literal.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
          const bool own = std::any_of(allowed.begin(), allowed.end(),
                                       [&](const std::string& name) { return literal.find(name) != std::string::npos; });
          if (words && !own) found.push_back(entry.path().string() + ": " + literal);
          at = line.find('"', end + 1);
        }
      }
    }
  }
  for (const std::string& each : found) FAIL_CHECK(each);
}
