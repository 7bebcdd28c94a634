// SPDX-License-Identifier: Apache-2.0
// What rows say about each other: no key twice, nothing unknown referred to, rows of one order or price side by side. Rows go
// in, documents come out.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/import/activity_rows.hpp"
#include "hub/import/case_rows.hpp"
#include "hub/import/import.hpp"
#include "hub/import/offer_rows.hpp"
#include "hub/import/people_rows.hpp"
#include "hub/import/promotion_rows.hpp"
#include "hub/import/rows.hpp"
#include "hub/import/staff_rows.hpp"

namespace vitrine::hub {

// Where a row begins. `file` lives as long as the import.
struct Place {
  const std::string* file = nullptr;
  std::uint64_t line = 0;
  [[nodiscard]] std::string text() const { return *file + ":" + std::to_string(line); }
};

class Joins {
 public:
  using Emit = std::function<void(ImportDocument)>;
  using Refusal = std::optional<std::string>;

  // `known`, `stored`, `identity` and `erased` outlive this.
  Joins(Emit emit, const ImportKnown& known, const ImportStored& stored, const ImportIdentity& identity,
        const ImportErased& erased)
      : emit_(std::move(emit)), known_(known), stored_(stored), identity_(identity), erased_(erased) {}

  Refusal take(const StoreRow& row, Place place);
  Refusal take(const DepartmentRow& row, Place place);
  Refusal take(const ProductRow& row, Place place);
  Refusal take(const PriceRow& row, Place place);
  Refusal take(const TaxRow& row, Place place);
  Refusal take(const PromotionRow& row, Place place);
  Refusal take(const StockRow& row, Place place);
  Refusal take(const CustomerRow& row, Place place);
  Refusal take(const OrderRow& row, Place place);
  Refusal take(const ActivityRow& row, Place place);
  Refusal take(const AffinityRow& row, Place place);
  Refusal take(const SynonymsRow& row, Place place);
  Refusal take(const StaffRow& row, Place place);
  Refusal take(const ConsentRow& row, Place place);
  Refusal take(const CaseRow& row, Place place);
  Refusal take(const OfferRow& row, Place place);

  void end_of_table();        // hands over the document whose rows were still coming
  void drop_open_document();  // its file broke off: nobody knows whether all its rows were there

 private:
  using Places = std::unordered_map<std::string, Place>;

  void emit(std::string collection, std::string id, std::string stream, std::string body);
  static Refusal claim(Places& places, const std::string& key, Place place, std::string_view what);
  Refusal check_sku(const std::string& sku) const;
  Refusal check_store(const std::string& store) const;
  Refusal check_customer(const std::string& customer) const;
  Refusal identify(const CustomerRow& row, std::vector<sync::Identity>& found) const;
  [[nodiscard]] std::optional<CustomerRow> person(const std::string& customer) const;
  [[nodiscard]] bool is_erased(const std::string& customer) const;
  [[nodiscard]] bool is_known(const char* collection, const std::string& id) const;

  Emit emit_;
  const ImportKnown& known_;
  const ImportStored& stored_;
  const ImportIdentity& identity_;
  const ImportErased& erased_;
  Places stores_, departments_, products_, gtins_, prices_, promotions_, stock_, customers_, orders_, affinities_, staff_,
      offers_, identities_;
  std::unordered_map<std::string, std::string> department_names_;
  std::vector<DepartmentRow> department_rows_;
  std::map<std::string, sync::pricing::TaxTable> taxes_;  // by zone
  std::vector<PriceRow> open_price_;
  std::unordered_map<std::string, CustomerRow> people_;  // by customer: who collects an order
  std::vector<OrderRow> open_order_;
  std::vector<AffinityRow> open_affinity_;
  std::vector<SynonymsRow> synonyms_;
  std::unordered_map<std::int64_t, Place> open_lines_;
  Place open_place_;
};

}  // namespace vitrine::hub
