// SPDX-License-Identifier: Apache-2.0
// HubRows; the statements stand in sql/rows.sql.
#include "hub/database/rows.hpp"

#include <algorithm>

namespace vitrine::hub::database {

namespace {

template <class IdType>
std::optional<IdType> id_at(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return IdType{std::string(row.text_at(column))};
}

template <class IdType>
std::optional<std::string> text_of(const std::optional<IdType>& id) {
  return id ? std::optional(id->text) : std::nullopt;
}

UtcMs time_at(const Statement& row, int column) { return {row.integer_at(column)}; }

}  // namespace

std::optional<SessionRow> HubRows::session(const SessionHash& hash) {
  Statement row = connection_.statement("session");
  row.blob(hash.data(), hash.size());
  if (!row.step()) return std::nullopt;
  return SessionRow{id_at<sync::CustomerId>(row, 0), id_at<sync::CartId>(row, 1), id_at<sync::StoreId>(row, 2), time_at(row, 3),
                    time_at(row, 4)};
}

void HubRows::put_session(const SessionHash& hash, const SessionRow& session) {
  connection_.statement("put_session")
      .blob(hash.data(), hash.size())
      .text_or_null(text_of(session.customer))
      .text_or_null(text_of(session.cart))
      .text_or_null(text_of(session.store))
      .integer(session.created_at.value)
      .integer(session.seen_at.value)
      .run();
}

void HubRows::drop_session(const SessionHash& hash) {
  connection_.statement("drop_session").blob(hash.data(), hash.size()).run();
}

void HubRows::drop_sessions_before(UtcMs seen_at) { connection_.statement("drop_old_sessions").integer(seen_at.value).run(); }

std::optional<sync::CartId> HubRows::customer_cart(const sync::CustomerId& customer) {
  Statement row = connection_.statement("customer_cart");
  row.text(customer.text);
  if (!row.step()) return std::nullopt;
  return sync::CartId{std::string(row.text_at(0))};
}

void HubRows::put_customer_cart(const sync::CustomerId& customer, const sync::CartId& cart) {
  connection_.statement("put_customer_cart").text(customer.text).text(cart.text).run();
}

std::optional<VisitRow> HubRows::visit(const sync::CartId& cart) {
  Statement row = connection_.statement("visit");
  row.text(cart.text);
  if (!row.step()) return std::nullopt;
  return VisitRow{sync::StoreId{std::string(row.text_at(0))}, std::string(row.text_at(1)), time_at(row, 2), time_at(row, 3)};
}

void HubRows::open_visit(const sync::CartId& cart, const sync::StoreId& store, const std::string& device, UtcMs at) {
  connection_.statement("open_visit").text(cart.text).text(store.text).text(device).integer(at.value).integer(at.value).run();
}

void HubRows::touch_visit(const sync::CartId& cart, const std::string& device, UtcMs at) {
  connection_.statement("touch_visit").integer(at.value).text(cart.text).text(device).run();
}

std::vector<AppKeyRow> HubRows::app_keys() {
  std::vector<AppKeyRow> result;
  Statement row = connection_.statement("app_keys");
  while (row.step()) {
    AppKeyRow key{row.integer_at(0), std::string(row.text_at(1)), {}};
    const std::string_view bytes = row.blob_at(2);
    if (bytes.size() != key.public_key.size()) continue;
    std::ranges::copy(bytes, key.public_key.begin());
    result.push_back(std::move(key));
  }
  return result;
}

bool HubRows::add_app_key(const std::string& name, const std::array<std::uint8_t, 32>& public_key, UtcMs at) {
  connection_.statement("add_app_key").text(name).blob(public_key.data(), public_key.size()).integer(at.value).run();
  return connection_.changes() > 0;
}

bool HubRows::take_app_token(const std::string& id, UtcMs expires, UtcMs now) {
  connection_.statement("drop_old_app_tokens").integer(now.value).run();
  connection_.statement("take_app_token").text(id).integer(expires.value).run();
  return connection_.changes() > 0;
}

std::vector<std::pair<std::string, std::string>> HubRows::documents_of(const std::string& collection, const std::string& after,
                                                                       std::size_t limit) {
  std::vector<std::pair<std::string, std::string>> result;
  Statement row = connection_.statement("documents_of");
  row.text(collection).text(after).integer(static_cast<std::int64_t>(limit));
  while (row.step()) result.emplace_back(std::string(row.text_at(0)), std::string(row.blob_at(1)));
  return result;
}

std::vector<std::pair<std::string, std::string>> HubRows::documents_under(const std::string& collection,
                                                                          const std::string& prefix) {
  std::vector<std::pair<std::string, std::string>> result;
  const std::string end = prefix.substr(0, prefix.size() - 1) + "0";  // '0' follows '/'
  Statement row = connection_.statement("documents_under");
  row.text(collection).text(prefix).text(end);
  while (row.step()) result.emplace_back(std::string(row.text_at(0).substr(prefix.size())), std::string(row.blob_at(1)));
  return result;
}

std::vector<StoreRow> HubRows::stores() {
  std::vector<StoreRow> result;
  Statement row = connection_.statement("store_states");
  while (row.step()) {
    result.push_back({sync::StoreId{std::string(row.text_at(0))}, std::string(row.text_at(1)), time_at(row, 2),
                      row.unsigned_at(3), row.unsigned_at(4), time_at(row, 5), row.unsigned_at(6), std::string(row.text_at(7)),
                      time_at(row, 8)});
  }
  return result;
}

std::map<sync::StreamName, std::uint64_t> HubRows::outcome_counts() {
  std::map<sync::StreamName, std::uint64_t> counts;
  Statement row = connection_.statement("outcome_counts");
  while (row.step()) counts[sync::StreamName{std::string(row.text_at(0))}] = row.unsigned_at(1);
  return counts;
}

std::uint64_t HubRows::poisoned() {
  Statement row = connection_.statement("poisoned_count");
  return row.step() ? row.unsigned_at(0) : 0;
}

}  // namespace vitrine::hub::database
