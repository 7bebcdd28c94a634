// SPDX-License-Identifier: Apache-2.0
// The messages of docs/PROTOCOL.md as files: each is read and written back byte for byte, so that no release changes the wire
// without saying so. tests/golden/messages/<store|hub>-<kind>[-what].json
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "sync/protocol/message_codec.hpp"

using namespace vitrine;
using namespace vitrine::sync::protocol;

TEST_CASE("golden messages are read and written back byte for byte") {
  std::size_t seen = 0;
  for (const auto& file : std::filesystem::directory_iterator("tests/golden/messages")) {
    const std::string name = file.path().stem().string();
    CAPTURE(name);
    std::ifstream in(file.path());
    std::string json(std::istreambuf_iterator<char>(in), {});
    if (json.ends_with('\n')) json.pop_back();
    if (name.starts_with("store-")) {
      const std::string rest = name.substr(6);
      const auto message = decode_store_message(rest.substr(0, rest.find('-')), json);
      REQUIRE_MESSAGE(message.has_value(), message.error().message);
      CHECK(encode(*message) == json);
    } else {
      const auto message = decode_hub_message(json);
      REQUIRE_MESSAGE(message.has_value(), message.error().message);
      CHECK(encode(*message) == json);
    }
    ++seen;
  }
  CHECK(seen >= 13);
}
