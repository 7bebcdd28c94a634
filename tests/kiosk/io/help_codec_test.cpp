// SPDX-License-Identifier: Apache-2.0
// Requests for a person on the wire between kiosk and edge.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "kiosk/io/edge_codec.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using nlohmann::json;

namespace {

const std::string id(32, 'e');
const json taken = {{"id", id},
                    {"state", "taken"},
                    {"about", "reach"},
                    {"taken", {{"who", "9"}, {"name", "Nadia"}, {"minutes", 2}, {"at", 7}}},
                    {"ended", nullptr}};

}  // namespace

TEST_CASE("a request: how it stands, who comes and when, what it is about") {
  const auto read = decode_help(taken.dump());
  REQUIRE(read.has_value());
  CHECK(*read == HelpView{id, HelpState::taken, "reach", "Nadia", 2, {7}});
  json waiting = taken;
  waiting["state"] = "waiting";
  waiting["taken"] = nullptr;
  CHECK(*decode_help(waiting.dump()) == HelpView{id, HelpState::waiting, "reach", "", 0, {}});
  for (const char* key : {"id", "state", "about", "taken"}) {
    CAPTURE(key);
    json bent = taken;
    bent[key] = 7;
    CHECK_FALSE(decode_help(bent.dump()).has_value());
  }
  json late = taken;
  late["taken"]["minutes"] = 61;
  CHECK_FALSE(decode_help(late.dump()).has_value());
  CHECK(decode_help_news(R"({"request":")" + id + "\"}") == id);
  CHECK_FALSE(decode_help_news(R"({"request":"../x"})").has_value());
}

TEST_CASE("what is asked says where and with what, and nothing that was not said") {
  const json asked = json::parse(encode(RaiseHelp{{1, 2}, "by the stairs", "de", "cart/" + id}, id, "kiosk-1"));
  CHECK(asked ==
        json{{"request", id}, {"device", "kiosk-1"}, {"where", "by the stairs"}, {"language", "de"}, {"context", "cart/" + id}});
  CHECK(json::parse(encode(RaiseHelp{{1, 2}, "", "de", ""}, id, "kiosk-1")).size() == 3);
  const ActOnHelp say{{1, 2}, id, HelpAction::say, "paying"};
  CHECK(json::parse(encode(say, id, "kiosk-1"))["about"] == "paying");
  CHECK(path_of(say) == "/v1/requests/" + id + "/actions");
  CHECK(json::parse(encode(ActOnHelp{{1, 2}, id, HelpAction::end, "gone"}, id, "kiosk-1"))["how"] == "gone");
}
