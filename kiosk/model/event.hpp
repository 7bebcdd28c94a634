// SPDX-License-Identifier: Apache-2.0
// What happened, as the model hears it: from the edge client, the scanner, the window and the clock.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/model/cart_view.hpp"
#include "kiosk/model/choice_view.hpp"
#include "kiosk/model/counter_request.hpp"
#include "kiosk/model/delivery_view.hpp"
#include "kiosk/model/help_view.hpp"
#include "kiosk/model/intent.hpp"
#include "kiosk/model/kept_view.hpp"
#include "kiosk/model/order_view.hpp"
#include "kiosk/model/product_view.hpp"
#include "kiosk/model/request.hpp"
#include "kiosk/model/store_info.hpp"
#include "kiosk/model/ticket_view.hpp"

namespace vitrine::kiosk {

struct StoreArrived {
  StoreInfo store;
};
struct LinkChanged {
  Link link;
};
// The answer to OpenPass, ChangeCart or FetchCart.
struct CartArrived {
  Asked asked;
  CartView cart;
};
// OpenPass was refused; `code` is the local API's ("pass_expired").
struct PassRefused {
  Asked asked;
  std::string code;
};
// Any other request was refused (`code` from the local API) or got no answer (`code` "no_answer"). For OpenPass with no answer
// too.
struct RequestFailed {
  Asked asked;
  std::string code;
  RefusalHints hints{};
};
// The answers to SearchProducts and FetchProduct.
struct ProductsFound {
  Asked asked;
  SearchFound found;
};
struct ProductArrived {
  Asked asked;
  ProductPage page;
};
// The answer to KeepThere.
struct KeptThere {
  Asked asked;
  UtcMs until;
};
// The answers to OpenPickup and FetchOrder.
struct PickupOpened {
  Asked asked;
  Pickup pickup;
};
struct OrderArrived {
  Asked asked;
  OrderView order;
};
// The answers to RaiseHelp, FetchHelp and ActOnHelp.
struct HelpArrived {
  Asked asked;
  HelpView request;
};
// The event feed: this request for a person changed.
struct HelpNews {
  std::string request;
};
// The event feed: something that needs somebody came, went, or has somebody.
struct AlertNews {};
// The event feed: a customer, or what they agree to, changed; of whom, it does not say.
struct CustomerNews {};
struct CaseNews {};  // a conversation changed
// The event feed: this order changed.
struct OrderNews {
  std::string order;
};
// The answer to MakeTicket, FetchTicket or CancelTicket.
struct TicketArrived {
  Asked asked;
  TicketView ticket;
};
// The event feed: this ticket changed.
struct TicketNews {
  std::string ticket;
};
// The answer to MakeKeptCode.
struct KeptCodeArrived {
  Asked asked;
  KeptCode code;
};
// The answers to AskDelivery and FetchDelivery.
struct DeliveryArrived {
  Asked asked;
  DeliveryView order;
};
// The answers to FetchChoices and ChangeChoice.
struct ChoicesArrived {
  Asked asked;
  std::vector<Choice> all;
  std::optional<ChoiceReceipt> receipt{};  // of the change
};
// The printer is done with a piece of paper.
struct PaperPrinted {
  std::uint64_t number = 0;
  std::string failed{};  // "printer_missing", "printer_paper", "printer_not_ready"; empty: it is printed
};
// The event feed: this cart, or the store's settings or catalogue, changed.
struct CartNews {
  sync::CartId cart;
};
struct StoreNews {};
// The event feed: too much was missed to say what.
struct NewsMissed {};
// The edge stopped or started answering. EdgeBack is sent once after the first connection too.
struct EdgeLost {};
struct EdgeBack {};
// A code was read. `text` is dropped as soon as it was sent on.
struct ScanSeen {
  std::string text;
  bool article = false;  // it is an article number: a product was held up, no pass
  bool pass = false;     // it looks like a signed pass
  bool coupon = false;   // it says that it is a coupon
};
// A headset was plugged in or pulled.
struct HeadsetChanged {
  bool plugged = false;
};
// A touch or a key, wherever it landed: the person is there. Frame::person_active says when to send it.
struct PersonDid {};
struct PersonWished {
  Intent intent;
};
// Time went by. Sent before each frame and whenever next_change() says so.
struct Tick {};

using Event =
    std::variant<StoreArrived, LinkChanged, CartArrived, PassRefused, RequestFailed, ProductsFound, ProductArrived, KeptThere,
                 PickupOpened, OrderArrived, OrderNews, CustomerNews, CaseNews, HelpArrived, HelpNews, AlertNews, TicketArrived,
                 TicketNews, KeptCodeArrived, DeliveryArrived, ChoicesArrived, PaperPrinted, CartNews, StoreNews, NewsMissed,
                 EdgeLost, EdgeBack, CounterAnswer, ScanSeen, HeadsetChanged, PersonDid, PersonWished, Tick>;

}  // namespace vitrine::kiosk
