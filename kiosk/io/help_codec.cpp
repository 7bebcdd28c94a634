// SPDX-License-Identifier: Apache-2.0
// Requests for a person in the local API's JSON; see edge_codec.hpp.
#include "kiosk/io/answer_fields.hpp"

namespace vitrine::kiosk {
namespace {

using namespace answer;

HelpState state_of(const std::string& word) {
  if (word == "waiting") return HelpState::waiting;
  if (word == "taken") return HelpState::taken;
  if (word == "ended") return HelpState::ended;
  throw Misshapen{"state is unknown"};
}

HelpView help(const json& object) {
  HelpView read;
  read.id = hex_id(object, "id");
  read.state = state_of(text(object, "state"));
  read.about = text_or_empty(object, "about");
  if (is_absent(object, "taken")) return read;
  const json& taken = object.at("taken");
  read.name = text_or_empty(taken, "name");
  read.minutes = number(taken, "minutes", 0, 60);
  read.taken_at = time(taken, "at");
  return read;
}

}  // namespace

Result<HelpView> decode_help(std::string_view text) { return decode<HelpView>(text, help); }
Result<std::string> decode_help_news(std::string_view text) {
  return decode<std::string>(text, [](const json& object) { return hex_id(object, "request"); });
}

std::string encode(const RaiseHelp& raise, const std::string& request_id, const std::string& device) {
  json body{{"request", request_id}, {"device", device}, {"language", raise.language}};
  if (!raise.where.empty()) body["where"] = raise.where;
  if (!raise.context.empty()) body["context"] = raise.context;
  return sync::protocol::dump(body);
}

std::string encode(const ActOnHelp& act, const std::string& request_id, const std::string& device) {
  json body{{"request", request_id}, {"device", device}};
  body["action"] = act.action == HelpAction::say ? "say" : "end";
  body[act.action == HelpAction::say ? "about" : "how"] = act.word;
  return sync::protocol::dump(body);
}

std::string path_of(const FetchHelp& fetch) { return "/v1/requests/" + fetch.request; }
std::string path_of(const ActOnHelp& act) { return "/v1/requests/" + act.request + "/actions"; }

}  // namespace vitrine::kiosk
