// SPDX-License-Identifier: Apache-2.0
// Plays each conversation of this folder through the real StoreEnd and HubEnd: what is said, when, and what it does to the rows
// must be what the file says. With VITRINE_WRITE_GOLDEN=1 the files are written anew: read the difference before keeping it.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/sync/golden/conversation.hpp"

namespace {

namespace fs = std::filesystem;

std::string first_difference(const std::string& was, const std::string& is) {
  std::size_t at = static_cast<std::size_t>(std::ranges::mismatch(was, is).in1 - was.begin());
  at = was.rfind('\n', at == 0 ? 0 : at - 1);
  const std::size_t from = at == std::string::npos ? 0 : at + 1;
  return "the file says\n" + was.substr(std::min(from, was.size()), 600) + "\nand it went\n" +
         is.substr(std::min(from, is.size()), 600);
}

}  // namespace

TEST_CASE("every golden conversation goes as it is written") {
  std::size_t played = 0;
  for (const auto& entry : fs::directory_iterator("tests/sync/golden")) {
    if (entry.path().extension() != ".txt" || entry.path().filename() == "CMakeLists.txt") continue;
    CAPTURE(entry.path().string());
    std::ifstream in(entry.path());
    const std::string file((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const std::string went = vitrine::sync::ends::Conversation().play(file);
    ++played;
    if (std::getenv("VITRINE_WRITE_GOLDEN") != nullptr) {
      std::ofstream(entry.path()) << went;
    } else if (went != file) {
      FAIL_CHECK(entry.path().string(), " (meant? VITRINE_WRITE_GOLDEN=1 writes it anew): ", first_difference(file, went));
    }
  }
  MESSAGE(played, " conversations");
  CHECK(played >= 12);
}
