// SPDX-License-Identifier: Apache-2.0
// What a person agreed to, and the receipt of a change.
#include "kiosk/io/answer_fields.hpp"

namespace vitrine::kiosk {

using namespace answer;

namespace {

constexpr std::size_t withdrawals_max = 64;

Choice choice(const json& object) {
  const std::string state = text(object, "state");
  if (state != "granted" && state != "withdrawn" && state != "never_said") throw Misshapen{"state is unknown"};
  return {plain_id(object, "purpose"), state == "granted", texts(object, "shown", withdrawals_max)};
}

}  // namespace

Result<std::vector<Choice>> decode_choices(std::string_view json_text) {
  return decode<std::vector<Choice>>(json_text, [](const json& object) {
    std::vector<Choice> read;
    for (const json& one : list(object, "consents")) read.push_back(choice(one));
    if (read.empty()) throw Misshapen{"there is no purpose"};
    return read;
  });
}

Result<ChoiceReceipt> decode_choice_receipt(std::string_view json_text, const ChangeChoice& change) {
  return decode<ChoiceReceipt>(json_text, [&](const json& object) {
    const json& receipt = object.at("receipt");
    const std::string state = text(receipt, "state");
    if (text(receipt, "purpose") != change.purpose || state != (change.granted ? "granted" : "withdrawn"))
      throw Misshapen{"something else was agreed"};
    return ChoiceReceipt{hex_id(receipt, "number"), change.purpose, change.granted, time(receipt, "at")};
  });
}

std::string encode(const FetchChoices&, const std::string& request_id, const std::string& device) {
  return sync::protocol::dump({{"request", request_id}, {"device", device}});
}

std::string encode(const ChangeChoice& change, const std::string& request_id, const std::string& device) {
  json body{{"request", request_id},
            {"device", device},
            {"purpose", change.purpose},
            {"state", change.granted ? "granted" : "withdrawn"}};
  if (change.granted) body["shown"] = change.withdrawals;
  return sync::protocol::dump(body);
}

std::string path_of(const FetchChoices& fetch) { return "/v1/carts/" + fetch.cart.text + "/choices"; }
std::string path_of(const ChangeChoice& change) { return "/v1/carts/" + change.cart.text + "/consents"; }

}  // namespace vitrine::kiosk
