// SPDX-License-Identifier: Apache-2.0
// Reads and writes bodies; the rule is sync/rules/stock.hpp.
#include "hub/import/stock_figures.hpp"

#include "sync/protocol/stock_codec.hpp"

namespace vitrine::hub {

std::string stock_after_import(const std::optional<std::string>& before, const std::string& row, UtcMs now) {
  const auto figure = sync::protocol::decode_stock(row);
  if (!figure) return row;
  std::optional<sync::Stock> held;
  if (before) {
    if (auto read = sync::protocol::decode_stock(*before)) held = std::move(*read);
  }
  const sync::rules::StockImport import{figure->on_hand, figure->counted_at, figure->safety, figure->aisle, figure->bay};
  return sync::protocol::encode_stock(sync::rules::apply_import(held, figure->store, figure->sku, import, now));
}

}  // namespace vitrine::hub
