// SPDX-License-Identifier: Apache-2.0
// The one field of a presence message.
#include "hub/engine/presence.hpp"

#include <simdjson.h>

namespace vitrine::hub {

std::optional<bool> read_presence(std::string_view json) {
  simdjson::dom::parser parser;
  bool online = false;
  if (json.size() > 1024 || parser.parse(json.data(), json.size())["online"].get(online) != simdjson::SUCCESS)
    return std::nullopt;
  return online;
}

}  // namespace vitrine::hub
