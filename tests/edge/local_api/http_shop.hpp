// SPDX-License-Identifier: Apache-2.0
// A filled store whose line to the hub is cut, asked over its real socket.
#pragma once

#include <sys/socket.h>

#include <doctest/doctest.h>
#include <httplib.h>
#include <nlohmann/json.hpp>

#include "tests/edge/test_shop.hpp"

namespace vitrine::edge {

struct Answer {
  int status = 0;
  nlohmann::json body;
  std::string tag;
  [[nodiscard]] std::string code() const { return body.value("code", ""); }
};

struct HttpShop : TestShop {
  httplib::Client client{api_socket()};
  int next_request = 1;

  HttpShop() { client.set_address_family(AF_UNIX); }

  static Answer read(const httplib::Result& result) {
    REQUIRE(static_cast<bool>(result));
    return {result->status, nlohmann::json::parse(result->body, nullptr, false), result->get_header_value("ETag")};
  }
  Answer get(const std::string& path) { return read(client.Get(path.c_str())); }
  Answer post(const std::string& path, nlohmann::json body, int request = 0, const std::string& if_match = {}) {
    body["request"] = test_request(request != 0 ? request : next_request++);
    if (!body.contains("device")) body["device"] = "counter-1";
    httplib::Headers headers;
    if (!if_match.empty()) headers.emplace("If-Match", if_match);
    return read(client.Post(path.c_str(), headers, body.dump(), "application/json"));
  }
};

}  // namespace vitrine::edge
