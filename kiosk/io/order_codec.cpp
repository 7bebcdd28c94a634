// SPDX-License-Identifier: Apache-2.0
// Orders in the local API's JSON; see edge_codec.hpp. Of the buyer nothing is read.
#include <algorithm>

#include "kiosk/io/answer_fields.hpp"

namespace vitrine::kiosk {
namespace {

using namespace answer;

std::string order_id(const json& object) {
  std::string id = text(object, "order");
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_' || c == '-';
  };
  if (id.empty() || id.size() > 64 || !std::ranges::all_of(id, plain)) throw Misshapen{"an order's id is none"};
  return id;
}

OrderStage stage_of(const std::string& status) {
  if (status == "arrived") return OrderStage::arrived;
  if (status == "part_collected") return OrderStage::part_collected;
  if (status == "collected") return OrderStage::collected;
  if (status == "placed" || status == "picking" || status == "ready") return OrderStage::ready;
  return OrderStage::over;  // returned, released, cancelled, exception: a person helps
}

Pickup pickup(const json& object) {
  Pickup read;
  read.needs_phone = !is_absent(object, "needs");
  if (read.needs_phone) {
    if (text(object, "needs") != "phone") throw Misshapen{"needs is not phone"};
    return read;
  }
  read.order = order_id(object);
  read.ahead = number(object, "ahead", 0, INT64_MAX);
  if (!is_absent(object, "balance_due")) read.balance_due = number(object, "balance_due", 0, INT64_MAX);
  read.currency = text_or_empty(object, "currency");
  return read;
}

OrderView order(const json& object) {
  OrderView read;
  read.order = order_id(object);
  read.stage = stage_of(text(object, "status"));
  read.balance_due = number(object, "balance_due", 0, INT64_MAX);
  read.currency = text_or_empty(object, "currency");
  read.units = number(object, "units", 0, units_max * 1000);
  if (!is_absent(object, "arrived")) read.arrived_at = time(object.at("arrived"), "at");
  for (const json& one : list(object, "lines")) {
    read.lines.push_back(
        {words(one, "title"), text_or_empty(one, "pictogram"), text_or_empty(one, "tile"), number(one, "ordered", 0, units_max)});
  }
  return read;
}

}  // namespace

Result<Pickup> decode_pickup(std::string_view text) { return decode<Pickup>(text, pickup); }
Result<OrderView> decode_order(std::string_view text) { return decode<OrderView>(text, order); }
Result<std::string> decode_order_news(std::string_view text) { return decode<std::string>(text, order_id); }

std::string encode(const OpenPickup& open, const std::string& request_id, const std::string& device) {
  json body{{"request", request_id},
            {"device", device},
            {open.pass.empty() ? "code" : "pass", open.pass.empty() ? open.code : open.pass}};
  if (!open.phone_last2.empty()) body["phone_last2"] = open.phone_last2;
  return sync::protocol::dump(body);
}

std::string path_of(const FetchOrder& fetch) { return "/v1/orders/" + fetch.order; }

}  // namespace vitrine::kiosk
