// SPDX-License-Identifier: Apache-2.0
// The heads of "prices.<zone>" and "promotions.<zone>" say whether what was decoded still holds.
#include "hub/api/price_books.hpp"

#include "hub/database/rows.hpp"
#include "sync/protocol/promotion_codec.hpp"

namespace vitrine::hub::api {

namespace {

std::string heads_of(database::Connection& connection, const std::string& zone, const std::string& currency) {
  std::string as_of = currency;
  for (const char* family : {"prices.", "promotions."}) {
    database::Statement row = connection.statement("stream");
    as_of += " " + (row.text(family + zone).step() ? std::to_string(row.unsigned_at(1)) : std::string("-"));
  }
  return as_of;
}

sync::pricing::PriceBook read(database::Connection& connection, const std::string& zone, const std::string& currency) {
  sync::pricing::PriceBook book{currency, {}, {}};
  database::HubRows rows(connection);
  for (const auto& [id, body] : rows.documents_under("promotion", zone + "/")) {
    if (auto promotion = sync::protocol::decode_promotion(body)) book.promotions.push_back(std::move(*promotion));
  }
  for (const auto& [id, body] : rows.documents_under("tax", zone + "/")) {
    if (auto taxes = sync::protocol::decode_taxes(body)) book.taxes = std::move(*taxes);
  }
  return book;
}

}  // namespace

std::shared_ptr<const sync::pricing::PriceBook> PriceBooks::of(database::Connection& connection, const std::string& zone,
                                                               const std::string& currency) {
  const std::string as_of = heads_of(connection, zone, currency);
  {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(zone);
    if (found != kept_.end() && found->second.as_of == as_of) return found->second.book;
  }
  auto book = std::make_shared<const sync::pricing::PriceBook>(read(connection, zone, currency));
  const std::lock_guard lock(mutex_);
  kept_[zone] = {as_of, book};
  return book;
}

}  // namespace vitrine::hub::api
