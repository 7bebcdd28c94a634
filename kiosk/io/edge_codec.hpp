// SPDX-License-Identifier: Apache-2.0
// The local API's JSON, to and from the kiosk's types. Judged here once: sizes, depth and shapes; after it, types cannot be
// wrong.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "kiosk/model/event.hpp"
#include "kiosk/model/request.hpp"
#include "kiosk/model/store_info.hpp"

namespace vitrine::kiosk {

inline constexpr std::size_t answer_bytes_max = 1024 * 1024;

struct StoreAnswer {
  StoreInfo store;
  Link link;
};

// Errors of all three: "answer_malformed".
Result<CartView> decode_cart(std::string_view json);
Result<StoreAnswer> decode_store(std::string_view json);
Result<Link> decode_link(std::string_view json);
// The cart an event names.
Result<sync::CartId> decode_cart_news(std::string_view json);

// The `code` of a problem document; "refused" when there is none.
std::string decode_problem_code(std::string_view json);

// `request_id` is the transaction's: 32 hex digits, the same on each repeat.
std::string encode(const OpenPass& open, const std::string& request_id, const std::string& device);
std::string encode(const ChangeCart& change, const std::string& request_id, const std::string& device);

}  // namespace vitrine::kiosk
