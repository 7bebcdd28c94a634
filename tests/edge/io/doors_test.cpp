// SPDX-License-Identifier: Apache-2.0
// The rights of sockets: a device's is its folder's, and a folder that is open to everyone is none.
#include <sys/stat.h>

#include <doctest/doctest.h>

#include "tests/edge/test_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;

namespace {

unsigned mode_of(const std::string& path) {
  struct stat seen{};
  return ::stat(path.c_str(), &seen) == 0 ? seen.st_mode & 0777U : 0U;
}

}  // namespace

TEST_CASE("a socket is made with the rights of its door") {
  TestShop shop;
  const std::string folder = shop.folder / "device";
  std::filesystem::create_directory(folder);
  const local_api::Caller counter{local_api::DeviceRole::counter, "counter-1"};
  {
    auto group = io::HttpServer::serve_api(shop.folder / "api.sock", *shop.api);
    auto owner = io::HttpServer::serve_api(shop.folder / "o.sock", *shop.api, counter, io::Door::owner);
    REQUIRE(group);
    REQUIRE(owner);
    CHECK(mode_of(shop.folder / "api.sock") == 0660);
    CHECK(mode_of(shop.folder / "o.sock") == 0600);
  }
  for (const mode_t open : {0711U, 0755U, 0701U, 0704U}) {
    ::chmod(folder.c_str(), open);
    const auto refused = io::HttpServer::serve_api(folder + "/c.sock", *shop.api, counter, io::Door::folder);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "folder_open");
    CHECK_FALSE(std::filesystem::exists(folder + "/c.sock"));
  }
  ::chmod(folder.c_str(), 0710);
  const auto served = io::HttpServer::serve_api(folder + "/c.sock", *shop.api, counter, io::Door::folder);
  CHECK(served.has_value());
  CHECK(mode_of(folder + "/c.sock") == 0666);
  CHECK(io::HttpServer::serve_api(shop.folder / "nowhere/c.sock", *shop.api, counter, io::Door::folder).error().code ==
        "socket_unusable");
}
