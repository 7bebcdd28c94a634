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
  [[nodiscard]] std::string code() const { return body.is_object() ? body.value("code", "") : ""; }
};

// Asks as the counter where staff 1001 is signed in; a body that names a till or a kiosk goes through that one's socket.
struct HttpShop : TestShop {
  httplib::Client kiosk{api_socket()};
  httplib::Client counter{device_socket("counter-1")};
  httplib::Client till{device_socket("till-1")};
  httplib::Client operator_{operator_socket()};
  std::string session;  // the counter's
  int next_request = 1;

  HttpShop() {
    for (httplib::Client* one : {&kiosk, &counter, &till, &operator_}) one->set_address_family(AF_UNIX);
  }

  static Answer read(const httplib::Result& result) {
    REQUIRE(static_cast<bool>(result));
    return {result->status, nlohmann::json::parse(result->body, nullptr, false), result->get_header_value("ETag")};
  }
  Answer send(httplib::Client& client, const std::string& path, nlohmann::json body, const std::string& token = {},
              const std::string& if_match = {}) {
    if (!body.contains("request")) body["request"] = test_request(next_request++);
    httplib::Headers headers;
    if (!if_match.empty()) headers.emplace("If-Match", if_match);
    if (!token.empty()) headers.emplace("Authorization", "Bearer " + token);
    return read(client.Post(path.c_str(), headers, body.dump(), "application/json"));
  }
  Answer fetch(httplib::Client& client, const std::string& path, const std::string& token = {}) {
    httplib::Headers headers;
    if (!token.empty()) headers.emplace("Authorization", "Bearer " + token);
    return read(client.Get(path.c_str(), headers));
  }
  Answer sign_in(const std::string& staff = "1001", const std::string& pin = test_pin) {
    return send(counter, "/v1/staff/sessions",
                {{"request", std::string(32, 'e')}, {"device", "counter-1"}, {"staff", staff}, {"pin", pin}});
  }
  // The counter's session: signed in when it is first needed, and again after a break.
  const std::string& token() {
    if (session.empty() || fetch(counter, "/v1/staff/session", session).status != 200)
      session = sign_in().body.value("session", "");
    return session;
  }

  Answer get(const std::string& path) { return fetch(counter, path, token()); }
  Answer post(const std::string& path, nlohmann::json body, int request = 0, const std::string& if_match = {}) {
    body["request"] = test_request(request != 0 ? request : next_request++);
    if (!body.contains("device")) body["device"] = "counter-1";
    const std::string device = body["device"];
    if (device.starts_with("kiosk")) return send(kiosk, path, body, {}, if_match);
    if (!device.starts_with("till")) return send(counter, path, body, token(), if_match);
    httplib::Client client(device_socket(device));
    client.set_address_family(AF_UNIX);
    return send(client, path, body, {}, if_match);
  }
};

}  // namespace vitrine::edge
