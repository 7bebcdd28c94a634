// SPDX-License-Identifier: Apache-2.0
// What the kiosk asks of the edge. apply() returns requests; the edge client sends each with an id of its own (so that a
// repeat is harmless) and answers with an event that carries `visit` and `number` back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time_point.hpp"
#include "kiosk/model/asked.hpp"
#include "kiosk/model/cart_view.hpp"
#include "kiosk/model/counter_request.hpp"
#include "kiosk/model/product_view.hpp"

namespace vitrine::kiosk {

// POST /v1/passes/open → CartArrived, PassRefused or RequestFailed
struct OpenPass {
  Asked asked;
  std::string text;
  UtcMs scanned_at;
};

enum class CartAction { add, decrease, remove, add_coupon, remove_coupon };

// POST /v1/carts/{id}/actions → CartArrived or RequestFailed
struct ChangeCart {
  Asked asked;
  sync::CartId cart;
  CartAction action = CartAction::add;
  std::string line;  // empty when adding a product that has no line
  sync::Sku sku;
  std::int64_t units = 0;
  std::vector<std::string> shown;
  std::optional<PassOrigin> pass;
  std::string coupon{};  // of the last two
};

// GET /v1/carts/{id} → CartArrived or RequestFailed
struct FetchCart {
  Asked asked;
  sync::CartId cart;
};

// GET /v1/products → ProductsFound or RequestFailed. A newer one makes an older one needless.
struct SearchProducts {
  Asked asked;
  std::string words;
  SearchFilter filter;
};

// GET /v1/products/{code}, or /v1/codes for what a scanner read → ProductArrived or RequestFailed
struct FetchProduct {
  Asked asked;
  std::string code;
  bool scanned = false;
};

// POST /v1/pickups/open → PickupOpened or RequestFailed
struct OpenPickup {
  Asked asked;
  std::string code;
  std::string phone_last2;  // empty: not asked for yet
  std::string pass = {};    // as scanned, in place of the code
};

// POST /v1/carts/{id}/holds → KeptThere or RequestFailed
struct KeepThere {
  Asked asked;
  sync::CartId cart;
  std::string store;  // another one
  sync::Sku sku;
  std::int64_t units = 1;
};

// GET /v1/orders/{id} → OrderArrived or RequestFailed
struct FetchOrder {
  Asked asked;
  std::string order;
};

// POST /v1/requests → HelpArrived or RequestFailed
struct RaiseHelp {
  Asked asked;
  std::string where;  // empty: not said
  std::string language;
  std::string context;  // "cart/<id>", "product/<SKU>"; empty
};

// GET /v1/requests/{id} → HelpArrived or RequestFailed
struct FetchHelp {
  Asked asked;
  std::string request;
};

enum class HelpAction { say, end };

// POST /v1/requests/{id}/actions → HelpArrived or RequestFailed
struct ActOnHelp {
  Asked asked;
  std::string request;
  HelpAction action = HelpAction::say;
  std::string word;  // what it is about, or how it ended
};
// POST /v1/tickets → TicketArrived or RequestFailed. The ticket's id is the request's.
struct MakeTicket {
  Asked asked;
  sync::CartId cart;
};

// GET /v1/tickets/{id} → TicketArrived or RequestFailed
struct FetchTicket {
  Asked asked;
  std::string ticket;
};

// POST /v1/tickets/{id}/actions → TicketArrived or RequestFailed
struct CancelTicket {
  Asked asked;
  std::string ticket;
};

// POST /v1/carts/{id}/keep → KeptCodeArrived or RequestFailed
struct MakeKeptCode {
  Asked asked;
  sync::CartId cart;
};

// POST /v1/carts/{id}/deliveries → DeliveryArrived or RequestFailed
struct AskDelivery {
  Asked asked;
  sync::CartId cart;
  std::string tag;         // as it is shown
  std::int64_t total = 0;  // to pay, as it is shown; minor units
};

// GET /v1/deliveries/{order} → DeliveryArrived or RequestFailed
struct FetchDelivery {
  Asked asked;
  std::string order;
};

// POST /v1/carts/{id}/choices → ChoicesArrived or RequestFailed
struct FetchChoices {
  Asked asked;
  sync::CartId cart;
};

// POST /v1/carts/{id}/consents → ChoicesArrived with a receipt, or RequestFailed
struct ChangeChoice {
  Asked asked;
  sync::CartId cart;
  std::string purpose;
  bool granted = false;
  std::vector<std::string> withdrawals;  // that the screen shows
};

// POST /v1/devices/figures; no answer is waited for.
struct ReportFigures {
  std::string start;  // of this program; random
  std::uint64_t frames = 0;
  std::uint64_t frames_shown = 0;
  std::uint64_t memory_bytes = 0;
  struct Scans {
    std::uint64_t pass = 0, product = 0, other = 0;
  } scans;
  struct Errors {
    std::uint64_t edge_lost = 0, no_answer = 0, printer = 0;
  } errors;
  struct Bell {
    std::uint64_t done = 0, failed = 0, late = 0;
  };
  std::optional<Bell> bell{};  // where there is one
};

// POST /v1/searches; no answer is waited for.
struct CountSearch {
  bool found = false;
};

// GET /v1/store → StoreArrived (and LinkChanged); a failure is EdgeLost
struct FetchStore {};

using Request = std::variant<OpenPass, ChangeCart, FetchCart, SearchProducts, FetchProduct, KeepThere, OpenPickup, FetchOrder,
                             RaiseHelp, FetchHelp, ActOnHelp, MakeTicket, FetchTicket, CancelTicket, MakeKeptCode, AskDelivery,
                             FetchDelivery, FetchChoices, ChangeChoice, ReportFigures, CountSearch, CounterRequest, FetchStore>;

}  // namespace vitrine::kiosk
