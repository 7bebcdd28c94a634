// SPDX-License-Identifier: Apache-2.0
// Tickets and carts for phones in the local API's JSON; see edge_codec.hpp.
#include <algorithm>

#include "kiosk/io/answer_fields.hpp"

namespace vitrine::kiosk {
namespace {

using namespace answer;

constexpr std::size_t code_length = 6;
constexpr std::size_t qr_length_max = 120;
constexpr std::size_t kept_qr_length_max = 2000;

TicketState state_of(const std::string& name) {
  if (name == "open") return TicketState::open;
  if (name == "taken") return TicketState::taken;
  if (name == "paid") return TicketState::paid;
  if (name == "returned") return TicketState::returned;
  if (name == "cancelled") return TicketState::cancelled;
  if (name == "expired") return TicketState::expired;
  throw Misshapen{"a ticket's state is unknown"};
}

std::string code(const json& object) {
  std::string read = text(object, "code");
  const auto plain = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
  if (read.size() != code_length || !std::ranges::all_of(read, plain)) throw Misshapen{"a ticket's code is none"};
  return read;
}

TicketView ticket(const json& object) {
  TicketView read;
  read.ticket = hex_id(object, "ticket");
  read.code = code(object);
  read.qr = text(object, "qr");
  if (read.qr.empty() || read.qr.size() > qr_length_max) throw Misshapen{"a ticket's QR says nothing, or too much"};
  read.cart = sync::CartId(text(object, "cart"));
  read.state = state_of(text(object, "state"));
  read.valid_until = time(object, "valid_until");
  read.valid_for_ms = number(object, "valid_for_ms", 0, INT64_MAX / 2);
  read.made_at = time(object, "made_at");
  read.changed_at = time(object, "changed_at");
  const json& sale = object.at("sale");
  for (const json& one : list(sale, "lines")) {
    const TicketLine& line = read.lines.emplace_back(TicketLine{text(one, "key"), text_or_empty(one, "pictogram"),
                                                                text_or_empty(one, "tile"), number(one, "units", 0, units_max)});
    read.units += line.units;
  }
  const json& totals = sale.at("totals");
  read.currency = text(totals, "currency");
  read.to_pay = number(totals, "to_pay", 0, INT64_MAX);
  read.lines_left_out = number(totals, "lines_left_out", 0, static_cast<std::int64_t>(lines_max));
  read.savings = static_cast<std::int64_t>(list(sale, "reductions").size());
  return read;
}

}  // namespace

Result<TicketView> decode_ticket(std::string_view text) { return decode<TicketView>(text, ticket); }
Result<std::string> decode_ticket_news(std::string_view text) {
  return decode<std::string>(text, [](const json& object) { return hex_id(object, "ticket"); });
}

Result<KeptCode> decode_kept_code(std::string_view json_text) {
  return decode<KeptCode>(json_text, [](const json& object) {
    KeptCode read{text(object, "qr"), time(object, "valid_until"), number(object, "valid_for_ms", 0, INT64_MAX / 2),
                  number(object, "units", 0, units_max * 1000)};
    if (!read.qr.starts_with("https://") || read.qr.size() > kept_qr_length_max) throw Misshapen{"a kept cart's QR is no link"};
    return read;
  });
}

std::string encode(const MakeTicket& make, const std::string& request_id, const std::string& device) {
  return sync::protocol::dump({{"request", request_id}, {"device", device}, {"cart", make.cart.text}});
}

std::string encode(const CancelTicket&, const std::string& request_id, const std::string& device) {
  return sync::protocol::dump({{"request", request_id}, {"device", device}, {"action", "cancel"}});
}

std::string encode(const MakeKeptCode&, const std::string& request_id, const std::string& device) {
  return sync::protocol::dump({{"request", request_id}, {"device", device}});
}

std::string path_of(const MakeKeptCode& make) { return "/v1/carts/" + make.cart.text + "/keep"; }
std::string path_of(const FetchTicket& fetch) { return "/v1/tickets/" + fetch.ticket; }
std::string path_of(const CancelTicket& cancel) { return "/v1/tickets/" + cancel.ticket + "/actions"; }

}  // namespace vitrine::kiosk
