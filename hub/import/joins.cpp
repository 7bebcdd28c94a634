// SPDX-License-Identifier: Apache-2.0
// One function a table. A document is handed over as soon as no further row can belong to it.
#include "hub/import/joins.hpp"

#include <utility>

#include "hub/import/bodies.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/promotion_codec.hpp"
#include "sync/protocol/staff_codec.hpp"
#include "sync/rules/order.hpp"

namespace vitrine::hub {

namespace {
constexpr std::size_t affinity_max = 20;  // what one product goes well with
constexpr const char* was_erased = "this customer was erased";
}  // namespace

void Joins::emit(std::string collection, std::string id, std::string stream, std::string body) {
  emit_({{std::move(collection), std::move(id)}, sync::StreamName(std::move(stream)), std::move(body)});
}

Joins::Refusal Joins::claim(Places& places, const std::string& key, Place place, std::string_view what) {
  const auto [found, is_new] = places.try_emplace(key, place);
  if (is_new) return std::nullopt;
  return std::string(what) + " was already given at " + found->second.text();
}

bool Joins::is_known(const char* collection, const std::string& id) const { return known_ && known_({collection, id}); }

std::optional<CustomerRow> Joins::person(const std::string& customer) const {
  if (const auto row = people_.find(customer); row != people_.end()) return row->second;
  const auto body = customer.empty() || !stored_ ? std::nullopt : stored_({"customer", customer});
  return body ? customer_of_body(*body) : std::nullopt;
}

Joins::Refusal Joins::check_sku(const std::string& sku) const {
  if (products_.contains(sku) || is_known("product", sku)) return std::nullopt;
  return "sku " + sku + " is in no products table";
}

Joins::Refusal Joins::check_store(const std::string& store) const {
  if (stores_.contains(store) || is_known("content", "store/" + store)) return std::nullopt;
  return "store " + store + " is in no stores table";
}

bool Joins::is_erased(const std::string& customer) const { return !customer.empty() && erased_ && erased_(customer); }

Joins::Refusal Joins::check_customer(const std::string& customer) const {
  if (is_erased(customer)) return was_erased;
  if (customer.empty() || customers_.contains(customer) || is_known("customer", customer)) return std::nullopt;
  return "customer " + customer + " is in no customers table";
}

Joins::Refusal Joins::take(const StoreRow& row, Place place) {
  if (Refusal refusal = claim(stores_, row.store, place, "store " + row.store)) return refusal;
  emit("content", "store/" + row.store, "content", store_body(row));
  return std::nullopt;
}

Joins::Refusal Joins::take(const DepartmentRow& row, Place place) {
  if (Refusal refusal = claim(departments_, row.department, place, "department " + row.department)) return refusal;
  department_names_[row.department] = row.name.at("en");
  department_rows_.push_back(row);
  return std::nullopt;
}

Joins::Refusal Joins::take(const ProductRow& row, Place place) {
  const auto name = department_names_.find(row.department);
  if (name == department_names_.end() && !is_known("content", "departments")) {
    return "department " + row.department + " is in no departments table";
  }
  for (const std::string& gtin : row.gtins) {
    const auto other = gtins_.find(gtin);
    if (other != gtins_.end()) return "gtin " + gtin + " was already given at " + other->second.text();
  }
  if (Refusal refusal = claim(products_, row.sku, place, "sku " + row.sku)) return refusal;
  for (const std::string& gtin : row.gtins) gtins_.emplace(gtin, place);
  emit("product", row.sku, "catalog", product_body(row, name == department_names_.end() ? row.department : name->second));
  return std::nullopt;
}

Joins::Refusal Joins::take(const PriceRow& row, Place place) {
  if (Refusal refusal = check_sku(row.sku)) return refusal;
  const bool is_same = !open_price_.empty() && open_price_.front().zone == row.zone && open_price_.front().sku == row.sku;
  if (!is_same) {
    if (Refusal refusal = claim(prices_, row.zone + "/" + row.sku, place, "price of sku " + row.sku + " in zone " + row.zone)) {
      return *refusal + "; periods of one price stand together";
    }
    end_of_table();
    open_price_.push_back(row);
    open_place_ = place;
    return std::nullopt;
  }
  const PriceRow& before = open_price_.back();
  if (row.currency != before.currency || row.tax_included != before.tax_included) {
    return "currency or tax_included differs from " + open_place_.text();
  }
  if (!before.valid_to || !row.valid_from || row.valid_from < before.valid_to) {
    return "this period does not begin after the end of the one before, " + open_place_.text() + " and following";
  }
  open_price_.push_back(row);
  return std::nullopt;
}

Joins::Refusal Joins::take(const TaxRow& row, Place) {
  std::vector<sync::pricing::TaxRate>& rates = taxes_[row.zone].rates;
  for (const sync::pricing::TaxRate& other : rates) {
    const bool apart = (other.to && *other.to <= row.rate.from) || (row.rate.to && *row.rate.to <= other.from);
    if (other.tax_class == row.rate.tax_class && !apart) return "class " + row.rate.tax_class + " has another rate in this time";
  }
  rates.push_back(row.rate);
  return std::nullopt;
}

Joins::Refusal Joins::take(const PromotionRow& row, Place place) {
  const sync::pricing::Goods& goods = row.promotion.goods;
  for (const auto* list : {&goods.skus, &goods.without}) {
    for (const sync::Sku& sku : *list) {
      if (Refusal refusal = check_sku(sku.text)) return refusal;
    }
  }
  const std::string key = row.zone + "/" + row.promotion.id;
  if (Refusal refusal = claim(promotions_, key, place, "promotion " + row.promotion.id + " of zone " + row.zone)) return refusal;
  emit("promotion", key, "promotions." + row.zone, sync::protocol::encode_promotion(row.promotion, row.zone));
  return std::nullopt;
}

Joins::Refusal Joins::take(const StockRow& row, Place place) {
  if (Refusal refusal = check_store(row.store)) return refusal;
  if (Refusal refusal = check_sku(row.sku)) return refusal;
  const std::string key = row.store + "/" + row.sku;
  if (Refusal refusal = claim(stock_, key, place, "stock of sku " + row.sku + " in store " + row.store)) return refusal;
  emit("stock", key, "store." + row.store, stock_body(row));
  return std::nullopt;
}

Joins::Refusal Joins::take(const CustomerRow& row, Place place) {
  if (is_erased(row.customer)) return was_erased;
  if (!row.home_store.empty()) {
    if (Refusal refusal = check_store(row.home_store)) return refusal;
  }
  std::vector<sync::Identity> identities;
  if (Refusal refusal = identify(row, identities)) return refusal;
  if (Refusal refusal = claim(customers_, row.customer, place, "customer " + row.customer)) return refusal;
  for (const sync::Identity& one : identities) identities_.emplace(one.kind + "/" + one.hash, place);
  emit("customer", row.customer, "", customer_body(row, identities));
  people_.emplace(row.customer, row);
  return std::nullopt;
}

// Refusals go into a report: they never repeat the key.
Joins::Refusal Joins::identify(const CustomerRow& row, std::vector<sync::Identity>& found) const {
  for (const auto& [kind, exact] : {std::pair("email", &row.email), {"loyalty", &row.loyalty}, {"phone", &row.phone}}) {
    if (exact->empty()) continue;
    const auto identity = identity_ ? identity_(kind, *exact) : std::nullopt;
    if (!identity) return std::string(kind) + (identity_ ? " is none" : " cannot be kept here");
    const std::string key = identity->kind + "/" + identity->hash;
    const auto other = identities_.find(key);
    if (other != identities_.end()) return std::string(kind) + " was already given at " + other->second.text();
    const auto held = stored_ ? stored_({"identity", key}) : std::nullopt;
    if (held && sync::protocol::customer_of_identity(*held).text != row.customer)
      return std::string(kind) + " is another customer's";
    found.push_back(*identity);
  }
  return std::nullopt;
}

Joins::Refusal Joins::take(const ConsentRow& row, Place) {
  if (Refusal refusal = check_customer(row.customer)) return refusal;
  emit("consent", row.customer, "", consent_row_body(row));
  return std::nullopt;
}

Joins::Refusal Joins::take(const CaseRow& row, Place) {
  if (!row.store.empty()) {
    if (Refusal refusal = check_store(row.store)) return refusal;
  }
  if (Refusal refusal = check_customer(row.customer)) return refusal;
  emit("case", case_row_key(row).id, "", case_row_body(row));
  return std::nullopt;
}

Joins::Refusal Joins::take(const OfferRow& row, Place place) {
  if (!row.sku.empty()) {
    if (Refusal refusal = check_sku(row.sku)) return refusal;
  }
  if (Refusal refusal = check_customer(row.customer)) return refusal;
  if (Refusal refusal = claim(offers_, row.customer + "/" + row.offer, place, "offer " + row.offer)) return refusal;
  emit("offer", offer_row_key(row).id, "", offer_row_body(row));
  return std::nullopt;
}

Joins::Refusal Joins::take(const OrderRow& given, Place place) {
  OrderRow row = given;
  // Its goods and its money are taken as ever, and it is nobody's.
  if (is_erased(row.customer)) row.customer.clear();
  if (Refusal refusal = check_sku(row.sku)) return refusal;
  if (!row.store.empty()) {
    if (Refusal refusal = check_store(row.store)) return refusal;
  }
  if (Refusal refusal = check_customer(row.customer)) return refusal;
  if (open_order_.empty() || open_order_.front().order != row.order) {
    if (Refusal refusal = claim(orders_, row.order, place, "order " + row.order))
      return *refusal + "; rows of one order stand together";
    end_of_table();
    open_place_ = place;
  } else {
    const OrderRow& first = open_order_.front();
    if (row.customer != first.customer || row.store != first.store || row.channel != first.channel ||
        row.currency != first.currency || row.placed_at != first.placed_at) {
      return "customer, store, channel, placed_at or currency differs from " + open_place_.text();
    }
    if (row.promise_at != first.promise_at || row.hold_until != first.hold_until || row.paid != first.paid ||
        row.state != first.state || row.place != first.place) {
      return "promise_at, hold_until, paid, state or place differs from " + open_place_.text();
    }
    if (open_order_.size() >= sync::rules::order_lines_max) return "order " + row.order + " has too many lines";
  }
  const std::string what = "line " + std::to_string(row.line) + " of order " + row.order;
  const auto [line, is_new] = open_lines_.try_emplace(row.line, place);
  if (!is_new) return what + " was already given at " + line->second.text();
  open_order_.push_back(row);
  return std::nullopt;
}

Joins::Refusal Joins::take(const ActivityRow& row, Place) {
  if (!row.sku.empty()) {
    if (Refusal refusal = check_sku(row.sku)) return refusal;
  }
  if (!row.store.empty()) {
    if (Refusal refusal = check_store(row.store)) return refusal;
  }
  if (Refusal refusal = check_customer(row.customer)) return refusal;
  // What a visitor did whom nobody knows is not kept.
  if (row.customer.empty()) return std::nullopt;
  emit("activity", activity_row_key(row).id, "", activity_row_body(row));
  return std::nullopt;
}

Joins::Refusal Joins::take(const AffinityRow& row, Place place) {
  for (const std::string& sku : {row.sku, row.with}) {
    if (Refusal refusal = check_sku(sku)) return refusal;
  }
  if (open_affinity_.empty() || open_affinity_.front().sku != row.sku) {
    if (Refusal refusal = claim(affinities_, row.sku, place, "affinity of sku " + row.sku)) {
      return *refusal + "; rows of one sku stand together";
    }
    end_of_table();
  }
  if (open_affinity_.size() == affinity_max) return "sku " + row.sku + " has more than " + std::to_string(affinity_max) + " rows";
  for (const AffinityRow& other : open_affinity_) {
    if (other.with == row.with) return "with " + row.with + " was already given for sku " + row.sku;
  }
  open_affinity_.push_back(row);
  return std::nullopt;
}

Joins::Refusal Joins::take(const SynonymsRow& row, Place) {
  synonyms_.push_back(row);
  return std::nullopt;
}

Joins::Refusal Joins::take(const StaffRow& row, Place place) {
  if (Refusal refusal = check_store(row.staff.store.text)) return refusal;
  const sync::DocumentKey key = sync::protocol::staff_key(row.staff.store, row.staff.number);
  if (Refusal refusal = claim(staff_, key.id, place, "staff " + row.staff.number + " of store " + row.staff.store.text))
    return refusal;
  emit(key.collection, key.id, "store." + row.staff.store.text, staff_row_body(row));
  return std::nullopt;
}

void Joins::end_of_table() {
  if (!department_rows_.empty()) emit("content", "departments", "content", departments_body(department_rows_));
  for (const auto& [zone, taxes] : taxes_)
    emit("tax", zone + "/rates", "prices." + zone, sync::protocol::encode_taxes(taxes, zone));
  if (!open_price_.empty()) {
    const std::string zone = open_price_.front().zone;
    emit("price", zone + "/" + open_price_.front().sku, "prices." + zone, price_body(open_price_));
  }
  if (!open_order_.empty()) {
    const OrderRow& any = open_order_.front();
    const auto buyer = person(any.customer);
    emit("order", any.order, any.store.empty() ? "" : "store." + any.store, order_body(open_order_, buyer ? &*buyer : nullptr));
  }
  if (!open_affinity_.empty()) emit("affinity", open_affinity_.front().sku, "catalog", affinity_body(open_affinity_));
  if (!synonyms_.empty()) emit("content", "synonyms", "content", synonyms_body(synonyms_));
  drop_open_document();
}

void Joins::drop_open_document() {
  department_rows_.clear();
  taxes_.clear();
  open_price_.clear();
  open_order_.clear();
  open_lines_.clear();
  open_affinity_.clear();
  synonyms_.clear();
}

}  // namespace vitrine::hub
