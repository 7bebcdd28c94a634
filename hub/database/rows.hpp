// SPDX-License-Identifier: Apache-2.0
// Rows that the hub keeps beside the documents: sessions, whose cart is whose, keys of apps, visits, and what stores said
// last. Works on the writing connection (inside a transaction) and, for its const-like questions, on a reading one.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "hub/database/connection.hpp"
#include "sync/model/document.hpp"

namespace vitrine::hub::database {

using SessionHash = std::array<std::uint8_t, 32>;

struct SessionRow {
  std::optional<sync::CustomerId> customer;
  std::optional<sync::CartId> cart;
  std::optional<sync::StoreId> store;
  UtcMs created_at;
  UtcMs seen_at;
};

// The kiosk that opened a cart by its pass last.
struct VisitRow {
  sync::StoreId store;
  std::string device;
  UtcMs since;
  UtcMs last;
};

struct AppKeyRow {
  std::int64_t number = 0;
  std::string name;
  std::array<std::uint8_t, 32> public_key{};
};

struct StoreRow {
  sync::StoreId store;
  std::string presence;  // JSON, or empty
  UtcMs presence_at;
  std::uint64_t applied_n = 0;  // of its current life
  std::uint64_t forks = 0;
  UtcMs frozen_at;  // 0: it is not
  std::uint64_t offences = 0;
  std::string offence;  // the last
  UtcMs quarantined_until;
};

class HubRows {
 public:
  explicit HubRows(Connection& connection) : connection_(connection) {}

  std::optional<SessionRow> session(const SessionHash& hash);
  void put_session(const SessionHash& hash, const SessionRow& session);
  void drop_session(const SessionHash& hash);
  void drop_sessions_before(UtcMs seen_at);

  std::optional<sync::CartId> customer_cart(const sync::CustomerId& customer);
  void put_customer_cart(const sync::CustomerId& customer, const sync::CartId& cart);

  std::optional<VisitRow> visit(const sync::CartId& cart);
  void open_visit(const sync::CartId& cart, const sync::StoreId& store, const std::string& device, UtcMs at);
  void touch_visit(const sync::CartId& cart, const std::string& device, UtcMs at);

  std::vector<AppKeyRow> app_keys();
  // False when the key was there already.
  bool add_app_key(const std::string& name, const std::array<std::uint8_t, 32>& public_key, UtcMs at);
  // False when a token of this id was taken before.
  bool take_app_token(const std::string& id, UtcMs expires, UtcMs now);

  // Live documents of a collection in order of id.
  std::vector<std::pair<std::string, std::string>> documents_of(const std::string& collection, const std::string& after,
                                                                std::size_t limit);
  // Live documents whose id begins with a prefix that ends in '/': the id without it, and the body.
  std::vector<std::pair<std::string, std::string>> documents_under(const std::string& collection, const std::string& prefix);
  std::vector<StoreRow> stores();
  // Outcomes that stand in each own stream: transactions that could not have their effect.
  std::map<sync::StreamName, std::uint64_t> outcome_counts();
  std::uint64_t poisoned();

 private:
  Connection& connection_;
};

}  // namespace vitrine::hub::database
