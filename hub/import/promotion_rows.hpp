// SPDX-License-Identifier: Apache-2.0
// Rows of the tables "taxes" and "promotions", as docs/IMPORT.md describes them, and the documents that they make.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "hub/import/fields.hpp"
#include "sync/pricing/promotion.hpp"
#include "sync/pricing/tax.hpp"

namespace vitrine::hub {

struct TaxRow {
  std::string zone;
  sync::pricing::TaxRate rate;
};

struct PromotionRow {
  std::string zone;
  sync::pricing::Promotion promotion;
};

std::span<const std::string_view> tax_columns();
std::span<const std::string_view> promotion_columns();

TaxRow read_tax(Fields& fields);
// Judged as a store will judge the document: whatever a store would not read is refused here.
PromotionRow read_promotion(Fields& fields);

}  // namespace vitrine::hub
