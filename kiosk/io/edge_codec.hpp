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

// Errors of all: "answer_malformed".
Result<CartView> decode_cart(std::string_view json);
Result<StoreAnswer> decode_store(std::string_view json);
Result<Link> decode_link(std::string_view json);
// The cart an event names.
Result<sync::CartId> decode_cart_news(std::string_view json);

Result<SearchFound> decode_found(std::string_view json);
Result<ProductPage> decode_product(std::string_view json);
Result<UtcMs> decode_kept(std::string_view text);  // until when another store keeps something

Result<Pickup> decode_pickup(std::string_view json);
Result<OrderView> decode_order(std::string_view json);
// The order an event names.
Result<std::string> decode_order_news(std::string_view json);

Result<HelpView> decode_help(std::string_view json);
// The request for a person an event names.
Result<std::string> decode_help_news(std::string_view json);

Result<TicketView> decode_ticket(std::string_view json);
// The ticket an event names.
Result<std::string> decode_ticket_news(std::string_view json);

Result<KeptCode> decode_kept_code(std::string_view json);

Result<DeliveryView> decode_delivery(std::string_view json);

Result<std::vector<Choice>> decode_choices(std::string_view json);
// A change's, which must be of this one.
Result<ChoiceReceipt> decode_choice_receipt(std::string_view json, const ChangeChoice& change);

// The `code` of a problem document; "refused" when there is none.
std::string decode_problem_code(std::string_view json);

// `request_id` is the transaction's: 32 hex digits, the same on each repeat.
std::string encode(const OpenPass& open, const std::string& request_id, const std::string& device);
std::string encode(const KeepThere& keep, const std::string& request_id, const std::string& device);
std::string encode(const ChangeCart& change, const std::string& request_id, const std::string& device);
std::string encode(const OpenPickup& open, const std::string& request_id, const std::string& device);
std::string encode(const RaiseHelp& raise, const std::string& request_id, const std::string& device);
std::string encode(const ActOnHelp& act, const std::string& request_id, const std::string& device);
std::string encode(const MakeTicket& make, const std::string& request_id, const std::string& device);
std::string encode(const CancelTicket& cancel, const std::string& request_id, const std::string& device);
std::string encode(const ReportFigures& report, const std::string& request_id, const std::string& device);
std::string encode(const CountSearch& search, const std::string& request_id, const std::string& device);
std::string encode(const MakeKeptCode& make, const std::string& request_id, const std::string& device);
std::string encode(const AskDelivery& ask, const std::string& request_id, const std::string& device);
std::string encode(const FetchChoices& fetch, const std::string& request_id, const std::string& device);
std::string encode(const ChangeChoice& change, const std::string& request_id, const std::string& device);
// Path and query.
std::string path_of(const SearchProducts& search);
std::string path_of(const FetchProduct& fetch);
std::string path_of(const FetchOrder& fetch);
std::string path_of(const FetchHelp& fetch);
std::string path_of(const ActOnHelp& act);
std::string path_of(const FetchTicket& fetch);
std::string path_of(const CancelTicket& cancel);
std::string path_of(const MakeKeptCode& make);
std::string path_of(const AskDelivery& ask);
std::string path_of(const FetchDelivery& fetch);
std::string path_of(const FetchChoices& fetch);
std::string path_of(const ChangeChoice& change);

}  // namespace vitrine::kiosk
