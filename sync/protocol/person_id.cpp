// SPDX-License-Identifier: Apache-2.0
#include "sync/protocol/person_id.hpp"

#include "sync/protocol/cart_fields.hpp"

namespace vitrine::sync::protocol {

std::string person_prefix(const CustomerId& customer) { return customer.text + "/"; }

DocumentKey person_key(std::string_view collection, const CustomerId& customer, const std::string& hex) {
  return {std::string(collection), person_prefix(customer) + hex};
}

// A customer's number may hold a slash; what follows it does not.
std::optional<std::pair<CustomerId, std::string>> person_id(std::string_view id) {
  const std::size_t slash = id.rfind('/');
  if (slash == std::string_view::npos || slash == 0 || slash > customer_bytes_max || !is_hex_128(id.substr(slash + 1)))
    return std::nullopt;
  return std::pair{CustomerId{std::string(id.substr(0, slash))}, std::string(id.substr(slash + 1))};
}

}  // namespace vitrine::sync::protocol
