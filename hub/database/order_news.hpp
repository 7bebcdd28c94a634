// SPDX-License-Identifier: Apache-2.0
// What an order's document says that it did not say before, written with it in the same commit: the events that the retailer's
// endpoints are sent, and whose order it is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/database/connection.hpp"
#include "sync/model/document.hpp"
#include "sync/model/order.hpp"

namespace vitrine::hub::database {

class OrderNews {
 public:
  explicit OrderNews(Connection& connection) : connection_(connection) {}

  // `before`: the document as it stands until now. Other collections are none of its business.
  void follow(const std::optional<sync::Document>& before, const sync::Document& document);

  std::vector<sync::OrderId> of_customer(const sync::CustomerId& customer, std::size_t limit);

 private:
  Connection& connection_;
};

// The ends of event types that lead from one order to the other, in order: "placed", "ready", "cancel_asked" …. Pure.
std::vector<std::string_view> news_between(const std::optional<sync::Order>& before, const sync::Order& after);

}  // namespace vitrine::hub::database
