// SPDX-License-Identifier: Apache-2.0
// A shopper's own choices: whose they are, and the two routes. Example followed: Amelia shows the code of her cart and turns off
// news by post. This kiosk has just read that code, so the owner of that cart is who it may ask about; the audit has a line
// without a member of staff.
#include "edge/local_api/choices.hpp"

#include "edge/local_api/api.hpp"
#include "edge/local_api/request_fields.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/json_writer.hpp"

namespace vitrine::edge::local_api {

namespace {

constexpr std::string_view own_panel = "consents";

struct OwnChange {
  LookUp owner;
  ConsentReceipt receipt;
};

}  // namespace

Result<SeeChoices> decode_see_choices(std::string_view text) {
  return decode_request<SeeChoices>(text, [](const sync::protocol::Fields&, SeeChoices&) {});
}

Result<LookUp> owner_at(Desk& desk, const sync::CartId& cart, const std::string& device) {
  if (desk.reader.in_doubt()) return in_doubt();
  const auto seen = desk.reader.cart(cart);
  const auto read = seen ? sync::protocol::decode_cart(cart, seen->body) : fail("", "");
  if (!read) return fail("cart_unknown", "no such cart is here");
  if (!read->owner) return fail("customer_unknown", "this cart is nobody's");
  return LookUp{"", device, *read->owner, "own_pass", {}};
}

Result<void> Api::has_own_pass(const std::string& cart, const std::string& device) const {
  if (!sync::is_hex_128(cart)) return fail("cart_unknown", "no such cart is here");
  if (own_passes_.is_open(device, sync::CartId{cart}, setup_.now().mono)) return {};
  return fail("pass_needed", "this kiosk has not read the code of this cart just now");
}

Reply Api::choice_reply(ChoiceAct act, const Result<std::string>& body) {
  const auto counted = static_cast<std::size_t>(body ? act : ChoiceAct::refused);
  choices_[counted].fetch_add(1, std::memory_order_relaxed);
  return body ? ok(*body) : problem(body.error());
}

Reply Api::post_choices(const Call& call, const std::vector<std::string>& in_path) {
  const auto asked = decode_see_choices(call.body);
  if (!asked) return problem(asked.error());
  const auto choices = [&]() -> Result<std::string> {
    if (const auto own = has_own_pass(in_path[0], asked->device); !own) return std::unexpected(own.error());
    const auto owner = perform<LookUp>(call, [cart = sync::CartId{in_path[0]}, device = asked->device](Desk& desk) {
      auto whose = owner_at(desk, cart, device);
      const auto noted = whose ? note_view(desk, *whose, own_panel) : std::unexpected(whose.error());
      return noted ? whose : std::unexpected(noted.error());
    });
    if (!owner) return std::unexpected(owner.error());
    const auto view = read_customer(*owner, panel_named(own_panel), {});
    return view ? Result<std::string>(choices_json(*view)) : std::unexpected(view.error());
  };
  return choice_reply(ChoiceAct::shown, choices());
}

Reply Api::post_own_consent(const Call& call, const std::vector<std::string>& in_path) {
  auto asked = decode_change_consent(call.body);
  if (!asked) return problem(asked.error());
  asked->source = "kiosk";
  const auto changed = [&]() -> Result<std::string> {
    const auto done =
        perform<OwnChange>(call, [this, cart = sync::CartId{in_path[0]}, asked = *asked](Desk& desk) -> Result<OwnChange> {
          // What was done is answered again, also when whoever did it has gone since.
          const bool known = desk.replica.n_of(asked.request).has_value();
          if (const auto own = has_own_pass(cart.text, asked.device); !own && !known) return std::unexpected(own.error());
          const auto owner = owner_at(desk, cart, asked.device);
          const auto receipt = owner ? change_consent(desk, *owner, asked) : std::unexpected(owner.error());
          if (!receipt) return std::unexpected(receipt.error());
          if (const auto noted = note_view(desk, *owner, own_panel); !noted) return std::unexpected(noted.error());
          return OwnChange{*owner, *receipt};
        });
    if (!done) return std::unexpected(done.error());
    const auto view = read_customer(done->owner, panel_named(own_panel), {});
    return view ? Result<std::string>(receipt_json(done->receipt, setup_.store, *view)) : std::unexpected(view.error());
  };
  return choice_reply(asked->grants ? ChoiceAct::granted : ChoiceAct::withdrawn, changed());
}

}  // namespace vitrine::edge::local_api
