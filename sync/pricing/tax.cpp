// SPDX-License-Identifier: Apache-2.0
// Tax rates and amounts.
#include "sync/pricing/tax.hpp"

#include "sync/pricing/promotion.hpp"
#include "sync/pricing/share_out.hpp"

namespace vitrine::sync::pricing {

std::optional<std::int64_t> tax_rate_at(const TaxTable& table, const std::string& tax_class, UtcMs now) {
  const TaxRate* best = nullptr;
  for (const TaxRate& rate : table.rates) {
    const bool holds = rate.tax_class == tax_class && rate.from <= now && (!rate.to || now < *rate.to);
    if (holds && (best == nullptr || rate.from >= best->from)) best = &rate;
  }
  if (best == nullptr) return std::nullopt;
  return best->basis_points;
}

std::int64_t tax_of(std::int64_t minor, std::int64_t basis_points, bool included) {
  return part_of(minor, basis_points, included ? whole_basis_points + basis_points : whole_basis_points);
}

}  // namespace vitrine::sync::pricing
