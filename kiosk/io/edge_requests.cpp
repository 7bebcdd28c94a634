// SPDX-License-Identifier: Apache-2.0
// See edge_requests.hpp.
#include "kiosk/io/edge_requests.hpp"

#include <type_traits>
#include <utility>

#include "kiosk/input/scan.hpp"
#include "kiosk/io/counter_codec.hpp"
#include "kiosk/io/edge_codec.hpp"

namespace vitrine::kiosk {

Asked asked_of(const Request& request) {
  return std::visit(
      [](const auto& one) {
        using One = std::remove_cvref_t<decltype(one)>;
        if constexpr (std::is_same_v<One, FetchStore> || std::is_same_v<One, ReportFigures> || std::is_same_v<One, CountSearch>) {
          return Asked{};
        } else {
          return one.asked;
        }
      },
      request);
}

bool outlives_visit(const Request& request) {
  const auto* help = std::get_if<ActOnHelp>(&request);
  const auto* counter = std::get_if<CounterRequest>(&request);
  if (counter != nullptr)
    return changes_something(*counter) || std::holds_alternative<FetchColleagues>(counter->what) ||
           std::holds_alternative<FetchAlertKinds>(counter->what);
  return std::holds_alternative<ChangeCart>(request) || std::holds_alternative<ChangeChoice>(request) ||
         std::holds_alternative<CancelTicket>(request) || std::holds_alternative<FetchStore>(request) ||
         std::holds_alternative<ReportFigures>(request) || std::holds_alternative<CountSearch>(request) ||
         (help != nullptr && help->action == HelpAction::end);
}

void wipe_request(Request& request) {
  if (auto* open = std::get_if<OpenPass>(&request)) wipe(open->text);
  if (auto* pickup = std::get_if<OpenPickup>(&request)) {
    wipe(pickup->code);
    wipe(pickup->phone_last2);
    wipe(pickup->pass);
  }
  if (auto* search = std::get_if<SearchProducts>(&request)) wipe(search->words);
  if (auto* counter = std::get_if<CounterRequest>(&request)) wipe_counter_request(*counter);
}

namespace {

struct Reader {
  using Events = std::vector<Event>;
  const std::string& body;

  Result<Events> operator()(const OpenPass& open) const { return cart(open.asked); }
  Result<Events> operator()(const ChangeCart& change) const { return cart(change.asked); }
  Result<Events> operator()(const FetchCart& fetch) const { return cart(fetch.asked); }
  Result<Events> operator()(const SearchProducts& search) const {
    auto found = decode_found(body);
    if (!found) return std::unexpected(found.error());
    return Events{ProductsFound{search.asked, std::move(*found)}};
  }
  Result<Events> operator()(const FetchProduct& fetch) const {
    auto page = decode_product(body);
    if (!page) return std::unexpected(page.error());
    return Events{ProductArrived{fetch.asked, std::move(*page)}};
  }
  Result<Events> operator()(const KeepThere& keep) const {
    const auto until = decode_kept(body);
    if (!until) return std::unexpected(until.error());
    return Events{KeptThere{keep.asked, *until}};
  }
  Result<Events> operator()(const OpenPickup& open) const {
    auto pickup = decode_pickup(body);
    if (!pickup) return std::unexpected(pickup.error());
    return Events{PickupOpened{open.asked, std::move(*pickup)}};
  }
  Result<Events> operator()(const FetchOrder& fetch) const {
    auto order = decode_order(body);
    if (!order) return std::unexpected(order.error());
    return Events{OrderArrived{fetch.asked, std::move(*order)}};
  }
  Result<Events> operator()(const RaiseHelp& raise) const { return help(raise.asked); }
  Result<Events> operator()(const FetchHelp& fetch) const { return help(fetch.asked); }
  Result<Events> operator()(const ActOnHelp& act) const { return help(act.asked); }
  Result<Events> operator()(const MakeTicket& make) const { return ticket(make.asked); }
  Result<Events> operator()(const FetchTicket& fetch) const { return ticket(fetch.asked); }
  Result<Events> operator()(const CancelTicket& cancel) const { return ticket(cancel.asked); }
  Result<Events> operator()(const MakeKeptCode& make) const {
    auto code = decode_kept_code(body);
    if (!code) return std::unexpected(code.error());
    return Events{KeptCodeArrived{make.asked, std::move(*code)}};
  }
  Result<Events> operator()(const AskDelivery& ask) const { return delivery(ask.asked); }
  Result<Events> operator()(const FetchDelivery& fetch) const { return delivery(fetch.asked); }
  Result<Events> operator()(const FetchChoices& fetch) const {
    auto all = decode_choices(body);
    if (!all) return std::unexpected(all.error());
    return Events{ChoicesArrived{fetch.asked, std::move(*all)}};
  }
  Result<Events> operator()(const ChangeChoice& change) const {
    auto all = decode_choices(body);
    auto receipt = decode_choice_receipt(body, change);
    if (!all) return std::unexpected(all.error());
    if (!receipt) return std::unexpected(receipt.error());
    return Events{ChoicesArrived{change.asked, std::move(*all), std::move(*receipt)}};
  }
  Result<Events> operator()(const CounterRequest& request) const {
    auto answer = decode_counter(request, body);
    if (!answer) return std::unexpected(answer.error());
    return Events{std::move(*answer)};
  }
  Result<Events> operator()(const ReportFigures&) const { return Events{}; }
  Result<Events> operator()(const CountSearch&) const { return Events{}; }
  Result<Events> operator()(const FetchStore&) const {
    auto store = decode_store(body);
    if (!store) return std::unexpected(store.error());
    return Events{StoreArrived{std::move(store->store)}, LinkChanged{std::move(store->link)}};
  }

 private:
  [[nodiscard]] Result<Events> help(const Asked& asked) const {
    auto request = decode_help(body);
    if (!request) return std::unexpected(request.error());
    return Events{HelpArrived{asked, std::move(*request)}};
  }
  [[nodiscard]] Result<Events> ticket(const Asked& asked) const {
    auto view = decode_ticket(body);
    if (!view) return std::unexpected(view.error());
    return Events{TicketArrived{asked, std::move(*view)}};
  }
  [[nodiscard]] Result<Events> delivery(const Asked& asked) const {
    auto view = decode_delivery(body);
    if (!view) return std::unexpected(view.error());
    return Events{DeliveryArrived{asked, std::move(*view)}};
  }
  [[nodiscard]] Result<Events> cart(const Asked& asked) const {
    auto view = decode_cart(body);
    if (!view) return std::unexpected(view.error());
    return Events{CartArrived{asked, std::move(*view)}};
  }
};

}  // namespace

Result<std::vector<Event>> events_of(const Request& request, const std::string& body) {
  return std::visit(Reader{body}, request);
}

}  // namespace vitrine::kiosk
