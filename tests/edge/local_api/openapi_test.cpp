// SPDX-License-Identifier: Apache-2.0
// docs/openapi-edge.yaml lists exactly the routes that the daemon answers.
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <set>
#include <string>

#include "edge/local_api/api.hpp"

using namespace vitrine::edge::local_api;

namespace {

// "GET /v1/health" for each path (indented by two) and method (indented by four) below `paths:`.
std::set<std::string> documented() {
  std::set<std::string> out;
  std::ifstream file("docs/openapi-edge.yaml");
  std::string path;
  bool in_paths = false;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != ' ' && line[0] != '#') in_paths = line == "paths:";
    if (!in_paths) continue;
    if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
    for (const auto& [word, method] :
         {std::pair("    get:", "GET"), {"    post:", "POST"}, {"    put:", "PUT"}, {"    delete:", "DELETE"}}) {
      if (line == word) out.insert(std::string(method) + " " + path);
    }
  }
  return out;
}

// "POST /v1/link" → what stands there as x-callers.
std::map<std::string, std::string> documented_callers() {
  std::map<std::string, std::string> out;
  std::ifstream file("docs/openapi-edge.yaml");
  constexpr std::string_view start = "      x-callers: \"";
  std::string path;
  std::string method;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
    if (line == "    get:") method = "GET ";
    if (line == "    post:") method = "POST ";
    if (line.starts_with(start)) out[method + path] = line.substr(start.size(), line.size() - start.size() - 1);
  }
  return out;
}

}  // namespace

TEST_CASE("the document says of each route who may call it, as the one table has it") {
  const auto documented = documented_callers();
  std::set<std::string> routes;
  for (const Api::Route& route : Api::routes()) {
    const std::string name = std::string(route.method) + " " + std::string(route.path);
    routes.insert(name);
    CAPTURE(name);
    CHECK_FALSE(callers_text(route.method, route.path).empty());
    REQUIRE(documented.contains(name));
    CHECK(documented.at(name) == callers_text(route.method, route.path));
  }
  CHECK(documented.size() == routes.size());
  for (const AccessRow& row : access_rows()) CHECK(routes.contains(std::string(row.method) + " " + std::string(row.path)));
}

TEST_CASE("the document lists the routes, all of them and no other") {
  std::set<std::string> served = {"GET " + std::string(Api::events_path)};
  for (const Api::Route& route : Api::routes()) served.insert(std::string(route.method) + " " + std::string(route.path));
  CHECK(documented() == served);
}
