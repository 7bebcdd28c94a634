// SPDX-License-Identifier: Apache-2.0
// docs/openapi-edge.yaml lists exactly the routes that the daemon answers.
#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <string>

#include "edge/local_api/api.hpp"

using vitrine::edge::local_api::Api;

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

}  // namespace

TEST_CASE("the document lists the routes, all of them and no other") {
  std::set<std::string> served = {"GET " + std::string(Api::events_path)};
  for (const Api::Route& route : Api::routes()) served.insert(std::string(route.method) + " " + std::string(route.path));
  CHECK(documented() == served);
}
