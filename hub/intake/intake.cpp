// SPDX-License-Identifier: Apache-2.0
#include "hub/intake/intake.hpp"

#include "hub/import/order_acts.hpp"
#include "hub/import/stock_figures.hpp"

namespace vitrine::hub {

namespace {

Result<bool> place_order(database::SqliteAuthority& authority, sync::ends::HubEnd& end, const ImportDocument& document,
                         const sync::ends::Chance& chance, Now now) {
  const auto before = authority.document(document.key);
  const std::string digits = std::to_string(1'000'000 + chance.below(1'000'000)).substr(1);
  auto acts = acts_of_import(document.key, document.body, before ? before->body : std::nullopt, digits, now.utc);
  if (!acts) return std::unexpected(acts.error().within("order " + document.key.id));
  for (sync::Operation& operation : acts->operations) operation.salt = chance.hex_128();
  const auto done = end.perform({acts->id, "import", std::move(acts->operations)}, now);
  if (done.what == sync::ends::HubPerformed::What::refused) return fail(done.reason, "the rules refuse order " + document.key.id);
  return done.what == sync::ends::HubPerformed::What::done;
}

}  // namespace

Result<bool> take_in(database::SqliteAuthority& authority, sync::ends::HubEnd& end, const ImportDocument& document,
                     const sync::ends::Chance& chance, Now now) {
  if (document.key.collection == "order") return place_order(authority, end, document, chance, now);
  std::string body = document.body;
  if (document.key.collection == "stock") {
    const auto before = authority.document(document.key);
    body = stock_after_import(before ? before->body : std::nullopt, body, now.utc);
  }
  const bool changed = end.put(document.key, std::move(body), now);
  if (document.key.collection == "content" && document.key.id.starts_with("store/")) {
    authority.add_store(sync::StoreId{document.key.id.substr(6)});
  }
  return changed;
}

ImportStored stored_in(database::SqliteAuthority& authority) {
  return [&authority](const sync::DocumentKey& key) -> std::optional<std::string> {
    auto document = authority.document(key);
    return document ? std::move(document->body) : std::nullopt;
  };
}

}  // namespace vitrine::hub
