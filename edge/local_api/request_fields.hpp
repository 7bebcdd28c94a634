// SPDX-License-Identifier: Apache-2.0
// What every body that asks for something has: who asks, and under which id. Included by .cpp files only.
#pragma once

#include <string_view>

#include "sync/model/ids.hpp"
#include "sync/protocol/json_input.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::size_t request_bytes_max = 64UL * 1024;

// `read` fills in the rest of it, and notes mistakes. Errors: "invalid_request" with the field.
template <class Asked, class Read>
Result<Asked> decode_request(std::string_view text, const Read& read) {
  constexpr std::string_view code = "invalid_request";
  const auto body = sync::protocol::parse_object(text, request_bytes_max, code);
  if (!body) return std::unexpected(body.error());
  sync::protocol::Mistake mistake(code);
  const sync::protocol::Fields fields(*body, "", mistake);
  Asked asked;
  asked.request.text = fields.text("request", sync::is_hex_128);
  asked.device = fields.text("device", sync::is_store_id);
  read(fields, asked);
  if (mistake.made()) return mistake.error();
  return asked;
}

}  // namespace vitrine::edge::local_api
