// SPDX-License-Identifier: Apache-2.0
// A hub that serves over TLS, and a client of it, for tests of the API.
#pragma once

#include <doctest/doctest.h>
#include <httplib.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "hub/api/api.hpp"
#include "hub/engine/engine.hpp"
#include "hub/io/https_server.hpp"
#include "tests/hub/support/hub_folder.hpp"

namespace vitrine::test {

// A hub that serves: goods imported, a pass key made, in demonstration.
class ServingHub {
 public:
  explicit ServingHub(bool demonstration = true) {
    REQUIRE(folder.run(hub::make_authority));
    REQUIRE(folder.run(hub::make_pass_key));
    REQUIRE(folder.run(hub::import_tables, {folder.tables()}));
    hub::EngineSetup setup{folder.database(), HubFolder::chance(), [this] { return folder.now(); },
                           [](const std::vector<hub::Outgoing>&) {}, [this] { api->read_keys_again(); }};
    setup.lending.units_max = 0;  // what is free changes by what a test does, not by the engine's beat
    auto started = hub::Engine::start(std::move(setup));
    REQUIRE(started);
    engine = std::move(*started);
    api = std::make_unique<hub::api::Api>(hub::api::ApiSetup{
        engine.get(), folder.database(), folder / "hub/keys", folder / "hub/pictures", read_whole_file(folder / "ca/ca.crt"),
        "https://127.0.0.1:8443/k", demonstration, [this] { return folder.now(); }, HubFolder::chance()});
    auto opened = hub::HttpsServer::start({"127.0.0.1",
                                           0,
                                           folder / "ca/http.crt",
                                           folder / "ca/http.key",
                                           "hub/web",
                                           {"127.0.0.1", "localhost"},
                                           [this](const hub::api::Request& request) { return api->answer(request); }});
    REQUIRE(opened);
    server = std::move(*opened);
  }
  ~ServingHub() {
    server.reset();
    engine->stop();
  }

  HubFolder folder;
  std::unique_ptr<hub::Engine> engine;
  std::unique_ptr<hub::api::Api> api;
  std::unique_ptr<hub::HttpsServer> server;
};

struct Heard {
  int status = 0;
  nlohmann::json body;
  std::string text;
  std::string tag;
  std::string cookie_line;
  httplib::Headers headers;
};

class Phone {
 public:
  explicit Phone(ServingHub& hub) : client_("127.0.0.1", hub.server->port()) {
    client_.set_ca_cert_path((hub.folder / "ca/ca.crt").c_str());
    client_.enable_server_certificate_verification(true);
    client_.set_keep_alive(true);
  }

  Heard get(const std::string& path, httplib::Headers headers = {}) {
    return heard(client_.Get(path.c_str(), with_cookie(headers)));
  }
  Heard post(const std::string& path, const nlohmann::json& body, httplib::Headers headers = {}) {
    headers.emplace("X-Vitrine", "1");
    return heard(client_.Post(path.c_str(), with_cookie(headers), body.dump(), "application/json"));
  }
  Heard raw_post(const std::string& path, const std::string& body, const std::string& type, const httplib::Headers& headers) {
    return heard(client_.Post(path.c_str(), with_cookie(headers), body, type.c_str()));
  }
  void open_session() { REQUIRE(post("/api/v1/session", nlohmann::json::object()).status == 200); }
  Heard act(const std::string& action, nlohmann::json more) {
    more["request"] = HubFolder::chance().hex_128();
    more["action"] = action;
    return post("/api/v1/cart/actions", more);
  }

  std::string cookie;

 private:
  httplib::Headers with_cookie(httplib::Headers headers) const {
    if (!cookie.empty()) headers.emplace("Cookie", "other=1; vitrine_session=" + cookie);
    return headers;
  }
  Heard heard(const httplib::Result& result) {
    REQUIRE_MESSAGE(result, "no answer: " << httplib::to_string(result.error()));
    Heard answer{
        result->status, nlohmann::json(), result->body, result->get_header_value("ETag"), result->get_header_value("Set-Cookie"),
        result->headers};
    answer.body = nlohmann::json::parse(result->body, nullptr, false);
    if (const std::size_t at = answer.cookie_line.find("vitrine_session="); at != std::string::npos) {
      cookie = answer.cookie_line.substr(at + 16, answer.cookie_line.find(';') - at - 16);
    }
    return answer;
  }
  httplib::SSLClient client_;
};

}  // namespace vitrine::test
