// SPDX-License-Identifier: Apache-2.0
// Orders that are sent home in the local API's JSON; see edge_codec.hpp.
#include <algorithm>

#include "kiosk/io/answer_fields.hpp"
#include "kiosk/io/escaped.hpp"

namespace vitrine::kiosk {
namespace {

using namespace answer;

DeliveryState state_of(const std::string& word) {
  if (word == "asked") return DeliveryState::asked;
  if (word == "confirmed") return DeliveryState::confirmed;
  if (word == "completed") return DeliveryState::completed;
  if (word == "cancelled") return DeliveryState::cancelled;
  if (word == "refused") return DeliveryState::refused;
  return DeliveryState::other;
}

DeliveryView delivery(const json& object) {
  DeliveryView read;
  read.order = plain_id(object, "order");
  read.state = state_of(text(object, "state"));
  read.at_hub = object.at("at_hub").get<bool>();
  read.asked_at = time(object, "asked_at");
  read.currency = text_or_empty(object, "currency");
  read.total = number(object, "total", 0, INT64_MAX);
  for (const json& one : list(object, "lines")) {
    read.lines.push_back({words(one, "title"), text_or_empty(one, "pictogram"), text_or_empty(one, "tile"),
                          number(one, "units", 0, units_max), number(one, "total", 0, INT64_MAX)});
  }
  return read;
}

}  // namespace

Result<DeliveryView> decode_delivery(std::string_view text) { return decode<DeliveryView>(text, delivery); }

std::string encode(const AskDelivery& ask, const std::string& request_id, const std::string& device) {
  return sync::protocol::dump({{"request", request_id}, {"device", device}, {"tag", ask.tag}, {"total", ask.total}});
}

std::string path_of(const AskDelivery& ask) { return "/v1/carts/" + ask.cart.text + "/deliveries"; }
std::string path_of(const FetchDelivery& fetch) { return "/v1/deliveries/" + escaped(fetch.order); }

}  // namespace vitrine::kiosk
