// SPDX-License-Identifier: Apache-2.0
// Most documents have no such field, and are not parsed.
#include "sync/ends/expiry.hpp"

#include <simdjson.h>

namespace vitrine::sync::ends {

std::optional<UtcMs> expiry_of(const std::optional<std::string>& body) {
  if (!body || body->find("\"expires_at\"") == std::string::npos) return std::nullopt;
  simdjson::dom::parser parser;
  std::int64_t at = 0;
  if (parser.parse(*body)["expires_at"].get(at) != simdjson::SUCCESS || at <= 0) return std::nullopt;
  return UtcMs{at};
}

}  // namespace vitrine::sync::ends
