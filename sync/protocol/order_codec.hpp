// SPDX-License-Identifier: Apache-2.0
// Order documents and order operations as JSON (docs/PROTOCOL.md, "Orders"). Decoding judges everything: after it, an Order or an
// OrderOperation cannot be malformed. Encoding is deterministic: the same value gives the same bytes.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sync/model/operation.hpp"
#include "sync/model/order.hpp"
#include "sync/rules/order.hpp"

namespace vitrine::sync::protocol {

// Errors: "order_malformed" with the field's path.
Result<Order> decode_order(const OrderId& id, std::string_view json);
// The same for whoever reads many of them: each is parsed in the memory of the one before.
class OrderDecoder {
 public:
  OrderDecoder();
  OrderDecoder(const OrderDecoder&) = delete;
  OrderDecoder& operator=(const OrderDecoder&) = delete;
  ~OrderDecoder();
  Result<Order> decode(const OrderId& id, std::string_view json);

 private:
  std::unique_ptr<class Tape> tape_;
};
std::string encode_order(const Order& order);

// `kind` is "order.place", "order.hand_over" …: docs/schemas/operations lists them.
// Errors: "operation_malformed" with the field's path, "operation_unknown" for another kind.
Result<rules::OrderOperation> decode_order_operation(std::string_view kind, std::string_view body);
// Kind and body of an operation on `order`; salt and rules version are left to the caller.
Operation encode_order_operation(const OrderId& order, const rules::OrderOperation& operation);

// Whether only the hub may do this to an order.
bool is_commercial(const rules::OrderOperation& operation);

}  // namespace vitrine::sync::protocol
