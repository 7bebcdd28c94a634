// SPDX-License-Identifier: Apache-2.0
// hub.toml: the example is valid, and each mistake is named by its line and key.
#include "config/hub_config.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace vitrine::config;

namespace {

std::string example() {
  std::ifstream file("config/examples/hub.toml");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string mistake_with(const std::string& from, const std::string& to) {
  std::string text = example();
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  const std::string path = (std::filesystem::temp_directory_path() / ("hub-" + std::to_string(getpid()) + ".toml")).string();
  std::ofstream(path) << text;
  const auto config = read_hub_config(path);
  std::remove(path.c_str());
  return config ? std::string() : config.error().message;
}

}  // namespace

TEST_CASE("the example is read") {
  const auto config = read_hub_config("config/examples/hub.toml");
  REQUIRE(config);
  CHECK(config->mqtt.tenant == "fernby");
  CHECK(config->http.port == 8443);
  CHECK_FALSE(config->demonstration);
  CHECK(config->http.hosts == std::vector<std::string>{"shop.example"});
  CHECK(config->lending.units_max == 2);
  CHECK(config->availability_every_s == 60);
  CHECK(config->distance_unit == "miles");
  CHECK(config->staff_roles.at("auditor") == std::vector<std::string>{"audit"});
  CHECK(config->staff_roles.size() == 4);
  CHECK(config->staff_lock_s == 120);
  CHECK(config->returns.window_days == 30);
  CHECK(config->returns.write_off == std::vector<std::string>{"damaged"});
  CHECK(config->admin_socket() == "/var/lib/vitrine-hub/hub.sock");
}

TEST_CASE("the authority's key stands beside its certificate unless said otherwise") {
  CHECK(mistake_with("key = \"/etc/vitrine/ca.key\"\n", "") == "");
}

TEST_CASE("mistakes are named by key") {
  CHECK(mistake_with("every_s = 60", "every_s = -1").find("availability.every_s") != std::string::npos);
  CHECK(mistake_with("distance_unit = \"miles\"", "distance_unit = \"leagues\"").find("hub.distance_unit") != std::string::npos);
  CHECK(mistake_with("# [colour]\n# primary = \"#0B5754\"", "[colour]\nprimary = \"#0B5754\"") == "");
  CHECK(mistake_with("# [colour]\n# primary = \"#0B5754\"", "[colour]\nprimary = \"teal\"").find("colour.primary") !=
        std::string::npos);
  CHECK(mistake_with("window_days = 30", "window_days = -1").find("returns.window_days") != std::string::npos);
  CHECK(mistake_with("reasons = [\"damaged\", ", "reasons = [\"It broke!\", ").find("returns.reasons") != std::string::npos);
  CHECK(mistake_with("write_off = [\"damaged\"]", "write_off = [\"resell\"]").find("restocked already") != std::string::npos);
  CHECK(mistake_with("port = 8883", "port = \"8883\"").find("mqtt.port") != std::string::npos);
  CHECK(mistake_with("port = 8883", "port = 70000").find("mqtt.port") != std::string::npos);
  CHECK(mistake_with("port = 8883", "prot = 8883").find("mqtt.prot") != std::string::npos);
  CHECK(mistake_with("tenant = \"fernby\"", "tenant = \"a/b\"").find("mqtt.tenant") != std::string::npos);
  CHECK(mistake_with("https://shop.example/k", "http://shop.example/k").find("hub.link_base") != std::string::npos);
  CHECK(mistake_with("demonstration = false", "demonstration = 0").find("hub.demonstration") != std::string::npos);
  CHECK(mistake_with("kind = \"sqlite\"", "kind = \"oracle\"").find("database.kind") != std::string::npos);
  CHECK(mistake_with("kind = \"sqlite\"", "kind = \"postgresql\"").find("database.connection") != std::string::npos);
  CHECK(mistake_with("kind = \"sqlite\"", "connection = \"dbname=vitrine\"").find("database.connection") != std::string::npos);
  CHECK(mistake_with("share_percent = 20", "share_percent = 101").find("lending.share_percent") != std::string::npos);
  CHECK(mistake_with("name = \"Fernby\"", "").find("hub.name") != std::string::npos);
}
