// SPDX-License-Identifier: Apache-2.0
// From rows to the JSON bodies of documents (docs/PROTOCOL.md). The same rows give the same bytes: keys sorted, no spaces.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/import/rows.hpp"

namespace vitrine::hub {

std::string store_body(const StoreRow& row);
std::string departments_body(const std::vector<DepartmentRow>& rows);
std::string product_body(const ProductRow& row, const std::string& department_name);
std::string price_body(const std::vector<PriceRow>& periods);  // of one zone and SKU, oldest first, at least one
std::string stock_body(const StockRow& row);
// As the rows have it: when stores forget it is said where it is taken in.
std::string customer_body(const CustomerRow& row, const std::vector<sync::Identity>& identities);
// The row that such a body was made of; none: it is no customer's.
std::optional<CustomerRow> customer_of_body(const std::string& body);
// Of one order, at least one line: order_acts.hpp reads it. `buyer`: none where nobody knows the customer.
std::string order_body(const std::vector<OrderRow>& lines, const CustomerRow* buyer);
std::string affinity_body(const std::vector<AffinityRow>& rows);  // of one SKU, at least one
std::string synonyms_body(const std::vector<SynonymsRow>& rows);

}  // namespace vitrine::hub
