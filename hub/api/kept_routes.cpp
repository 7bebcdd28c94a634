// SPDX-License-Identifier: Apache-2.0
// A cart that a kiosk gave to a phone: signed by the store, with its lines, so that it arrives also while the store is offline.
#include <sodium.h>
#include <nlohmann/json.hpp>

#include <array>
#include <map>

#include "hub/api/api_impl.hpp"
#include "hub/api/documents.hpp"
#include "hub/database/authority.hpp"
#include "hub/enrolment/store_keys.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/json_input.hpp"
#include "sync/protocol/kept_pass.hpp"

namespace vitrine::hub::api {

namespace protocol = sync::protocol;
namespace rules = sync::rules;
using database::SessionRow;
using sync::ends::HubPerformed;

namespace {

// One pass comes into one cart once, however often it is opened.
sync::TransactionId transaction_of(const sync::PassId& pass, const sync::CartId& cart) {
  const std::string text = "kept" + pass.text + cart.text;
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr, 0);
  std::string hex(2 * hash.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return sync::TransactionId{hex};
}

using Units = std::map<std::string, std::int64_t>;

Units units_of(const std::vector<rules::PassLine>& lines) {
  Units units;
  for (const rules::PassLine& line : lines) units[line.sku.text] += line.units;
  return units;
}

Units units_of(const sync::Cart& cart) {
  Units units;
  for (const sync::CartLine& line : cart.lines) {
    if (line.units() > 0) units[line.sku.text] += line.units();
  }
  return units;
}

int status_of(const std::string& code) { return code == "pass_expired" ? 410 : 422; }

struct Kept {
  std::string outcome;  // "same": it is the shopper's own cart; "added", "already": now or earlier
  std::int64_t left_out = 0;
  bool on_its_way = false;
};

// What the kiosk showed comes into the session's own cart, unless it is that cart.
std::expected<Kept, Answer> take_in(Desk& desk, SessionRow& session, const protocol::KeptPass& pass,
                                    const sync::ends::Chance& chance) {
  auto own = cart_of(desk.rows, session);
  const auto document = own ? desk.authority.document({"cart", own->text}) : std::nullopt;
  const auto cart = document && document->body ? protocol::decode_cart(*own, *document->body) : fail("", "");
  if (!cart) own.reset();
  // CONFLICT: a cart was changed at a kiosk whose store is offline, and its phone opens it from the code before the hub hears of
  // it. RESOLUTION: it is one cart, and the changes come by the store's own outbox, once; till then the phone is told that they
  // will.
  if (own == pass.cart) return Kept{"same", 0, units_of(*cart) != units_of(pass.lines)};
  if (!own) own = sync::CartId{chance.hex_128()};
  Kept kept{"added", 0, false};
  sync::ends::HubAction action{transaction_of(pass.id, *own), "phone", {}};
  for (const rules::PassLine& line : pass.lines) {
    const auto product = desk.authority.document({"product", line.sku.text});
    if (!product || !product->body) {
      ++kept.left_out;
      continue;
    }
    action.operations.push_back(
        protocol::encode_cart_operation(*own, rules::CartAdd{line.sku, line.units, "phone", session.store, session.customer}));
    action.operations.back().salt = chance.hex_128();
  }
  if (action.operations.empty()) return std::unexpected(problem(422, "product_unknown"));
  const auto performed = desk.end.perform(action, desk.now);
  if (performed.what == HubPerformed::What::refused) return std::unexpected(problem(409, performed.reason));
  if (performed.what == HubPerformed::What::repeated) kept.outcome = "already";
  if (session.customer) {
    desk.rows.put_customer_cart(*session.customer, *own);
  } else {
    session.cart = own;
  }
  return kept;
}

}  // namespace

Answer Api::Impl::cart_keep(const Call& call) {
  const auto body = protocol::parse_object(call.request.body, request_body_bytes_max, "invalid_request");
  if (!body) return problem(400, body.error().code, body.error().message);
  protocol::Mistake mistake("invalid_request");
  const std::string text = protocol::Fields(*body, "", mistake).text("text", 1, 4096);
  if (mistake.made()) return problem(400, "invalid_request", mistake.error().error().message);
  const auto signed_pass = protocol::read_kept_pass(text);
  if (!signed_pass) return problem(422, signed_pass.error().code);
  const protocol::KeptPass& pass = signed_pass->pass;
  if (auto genuine = judge_store_signature(setup.keys_folder, setup.authority_certificate, pass.store, signed_pass->message,
                                           signed_pass->signature);
      !genuine) {
    kept_refused.fetch_add(1, std::memory_order_relaxed);
    return problem(422, genuine.error().code);
  }
  if (auto in_time = protocol::judge_time(pass, call.now.utc); !in_time)
    return problem(status_of(in_time.error().code), in_time.error().code);
  Kept kept;
  Answer done = through_engine(*setup.engine, [&](Desk& desk) {
    auto row = call.session_hash ? desk.rows.session(*call.session_hash) : std::nullopt;
    if (!row || row->seen_at.plus(session_life_ms) < desk.now.utc) return problem(401, "session_unknown");
    if (!row->store) row->store = pass.store;
    auto taken = take_in(desk, *row, pass, setup.chance);
    if (!taken) return taken.error();
    kept = std::move(*taken);
    row->seen_at = desk.now.utc;
    desk.rows.put_session(*call.session_hash, *row);
    return Answer{};
  });
  if (done.status != 200) return done;
  kept_taken.fetch_add(1, std::memory_order_relaxed);
  std::int64_t units = 0;
  for (const rules::PassLine& line : pass.lines) units += line.units;
  return json_answer({{"outcome", kept.outcome},
                      {"store", pass.store.text},
                      {"units", units},
                      {"to_pay", {{"minor", pass.to_pay_minor}, {"currency", pass.currency}}},
                      {"left_out", kept.left_out},
                      {"on_its_way", kept.on_its_way}});
}

}  // namespace vitrine::hub::api
