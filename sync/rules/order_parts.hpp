// SPDX-License-Identifier: Apache-2.0
// The parts that the rules of an order are made of. Only sync/rules/order*.cpp, receipt.cpp and their tests include this.
#pragma once

#include "sync/rules/order.hpp"
#include "sync/rules/stamps.hpp"

namespace vitrine::sync::rules {

Stamp stamp_of(const OrderContext& context);

// The line of that number; made where the order has none: what happened to goods is written down even where nothing was ordered.
OrderLine& line_of(Order& order, std::int64_t number);

// Lines of which nothing is known go, so that it does not matter whether they were ever named.
void drop_empty_lines(Order& order);

// A sum that stops at its cap: adding is then the same in any order.
void add_to(std::int64_t& sum, std::int64_t units);

// order_commerce.cpp: the hub's operations. Empty: it took effect; else why it is refused.
std::string apply_to(Order& order, const OrderPlaced& placed, const OrderContext& context);
std::string apply_to(Order& order, const OrderPay& pay, const OrderContext& context);
std::string apply_to(Order& order, const OrderRefund& refund, const OrderContext& context);
std::string apply_to(Order& order, const OrderCancel& cancel, const OrderContext& context);
std::string apply_to(Order& order, const OrderLease& lease, const OrderContext& context);
std::string apply_to(Order& order, const OrderDelegate& delegate, const OrderContext& context);
std::string apply_to(Order& order, const OrderResolve& resolve, const OrderContext& context);
std::string apply_to(Order& order, const OrderAsk& ask, const OrderContext& context);

}  // namespace vitrine::sync::rules
