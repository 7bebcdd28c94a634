// SPDX-License-Identifier: Apache-2.0
// A shopper in one store wants another one to keep something for their cart. The hub promises it of what it may promise there
// (sync/rules/stock.hpp), as it would for the web, and answers whether it did. The promise is named by the question's id, so a
// question that is asked again makes none besides.
#include <algorithm>

#include "sync/ends/collections.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/protocol/hold_key.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/rules/stock.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

// Empty: it is kept, or was and has ended since.
std::string HubEnd::hold_elsewhere(const StoreId& from, const Ask& ask, Now now) {
  const auto asked = decode_hold_key(ask.key);
  if (!asked) return "ask_unknown";
  if (authority_.transaction_known(ask.id)) return "";
  if (authority_.look_ups_since(from, "", now.utc.plus(-tuning::look_ups_within_ms)) >= tuning::look_ups_max) return "too_many";
  const auto region = [&](const StoreId& store) {
    const auto content = authority_.document({"content", "store/" + store.text});
    return region_of(content ? content->body : std::nullopt);
  };
  // Of the neighbours that it is told about, for a cart that is open in it.
  if (asked->store == from || region(from).empty() || region(from) != region(asked->store)) return "not_allowed";
  const DocumentKey cart{"cart", asked->cart.text};
  const auto held = authority_.document(cart);
  if (!held || !held->body || !is_among(authority_.streams_of(cart), own_stream(from))) return "not_found";
  if (asked->until <= now.utc || asked->until > now.utc.plus(hold_ms_max)) return "until_invalid";
  const auto document = authority_.document(stock_key(asked->store, asked->sku));
  const auto stock = document && document->body ? decode_stock(*document->body) : fail("stock_unknown", "");
  if (!stock) return "stock_unknown";
  const std::string purpose = "cart/" + asked->cart.text;
  if (rules::reserved_for(*stock, purpose, now.utc) + asked->units > hold_units_max) return "not_enough";
  HubAction action{ask.id, ask.actor, {}};
  action.operations.push_back(
      encode_stock_operation(asked->store, asked->sku,
                             rules::StockReserve{ReservationId{ask.id.text}, asked->units, asked->until, purpose, std::nullopt}));
  action.operations.back().salt = chance_.hex_128();
  return perform(action, now).reason;
}

}  // namespace vitrine::sync::ends
