// SPDX-License-Identifier: Apache-2.0
// Cart documents and cart operations as JSON (docs/PROTOCOL.md, "Carts"). Decoding judges everything: after it, a Cart or a
// CartOperation cannot be malformed. Encoding is deterministic: the same value gives the same bytes.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sync/model/cart.hpp"
#include "sync/model/operation.hpp"
#include "sync/rules/cart.hpp"

namespace vitrine::sync::protocol {

// Errors: "cart_malformed" with the field's path.
Result<Cart> decode_cart(const CartId& id, std::string_view json);
std::string encode_cart(const Cart& cart);

// `kind` is "cart.add", "cart.decrease", "cart.remove", "cart.resume", "cart.assign", "cart.coupon" or "cart.order".
// Errors: "operation_malformed" with the field's path, "operation_unknown" for another kind.
Result<rules::CartOperation> decode_cart_operation(std::string_view kind, std::string_view body);
// Kind and body of an operation on `cart`; salt and rules version are left to the caller.
Operation encode_cart_operation(const CartId& cart, const rules::CartOperation& operation);

}  // namespace vitrine::sync::protocol
