// SPDX-License-Identifier: Apache-2.0
// A config mistake is answered with file, line, key and what was expected.
#include "config/toml_reader.hpp"

#include <doctest/doctest.h>

using vitrine::config::TomlReader;

namespace {

TomlReader reader(std::string_view text) {
  auto read = TomlReader::parse(text, "dir/edge.toml");
  REQUIRE(read.has_value());
  return std::move(*read);
}

}  // namespace

TEST_CASE("values are read by dotted key, with fallbacks") {
  TomlReader toml = reader("top = true\n[a]\nname = \"x\"\nport = 7\nscale = 2\n[a.b]\nlist = [\"p\", \"q\"]\n");
  CHECK(toml.truth("top", false));
  CHECK(toml.text("a.name") == "x");
  CHECK(toml.text("a.other", "fallback") == "fallback");
  CHECK(toml.integer("a.port", 1, 10) == 7);
  CHECK(toml.integer("a.absent", 1, 10, 3) == 3);
  CHECK(toml.number("a.scale", 0, 9, 1.0) == doctest::Approx(2.0));
  CHECK(toml.texts("a.b.list", {}) == std::vector<std::string>{"p", "q"});
  CHECK_FALSE(toml.finish().has_value());
}

TEST_CASE("mistakes name file, line and key") {
  TomlReader toml = reader("[a]\nport = 70000\n");
  toml.integer("a.port", 1, 65535, 1);
  REQUIRE(toml.finish().has_value());
  CHECK(toml.finish()->message == "dir/edge.toml:2: a.port must be a whole number from 1 to 65535");

  TomlReader missing = reader("[a]\n");
  CHECK(missing.text("a.name").empty());
  CHECK(missing.finish()->message == "dir/edge.toml: a.name is missing");

  TomlReader kind = reader("[a]\n\nname = 3\n");
  kind.text("a.name");
  CHECK(kind.finish()->message == "dir/edge.toml:3: a.name must be a text in quotes");

  TomlReader unknown = reader("[a]\nname = \"x\"\nnmae = \"y\"\n");
  unknown.text("a.name");
  CHECK(unknown.finish()->message == "dir/edge.toml:3: a.nmae is not known here");

  TomlReader choice = reader("mode = \"round\"\n");
  choice.choice("mode", {"window", "fullscreen"}, "window");
  CHECK(choice.finish()->message == "dir/edge.toml:1: mode must be one of \"window\" \"fullscreen\"");

  const auto broken = TomlReader::parse("[a\n", "edge.toml");
  REQUIRE_FALSE(broken.has_value());
  CHECK(broken.error().code == "config_malformed");
  CHECK(broken.error().message.starts_with("edge.toml:1: "));

  const auto absent = TomlReader::read_file("no/such/file.toml");
  REQUIRE_FALSE(absent.has_value());
  CHECK(absent.error().code == "config_unreadable");
}

TEST_CASE("relative paths stand beside the config file") {
  auto toml = TomlReader::parse("state = \"../state\"\nca = \"/etc/ca.pem\"\n", "/etc/vitrine/edge.toml");
  REQUIRE(toml.has_value());
  CHECK(toml->path("state") == "/etc/state");
  CHECK(toml->path("ca") == "/etc/ca.pem");
  CHECK(toml->path("theme", "").empty());
}
