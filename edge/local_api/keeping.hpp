// SPDX-License-Identifier: Apache-2.0
// A cart for the person's phone: a code that the hub's page opens, with or without a line from here to the hub.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/local_api/surroundings.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::edge::local_api {

// With the key of the store's certificate; 64 bytes.
using SignAsStore = std::function<Result<std::string>(std::string_view message)>;

struct KeepCart {
  sync::TransactionId request;  // random; it becomes the pass's id
  std::string device;
  sync::CartId cart;
};

struct KeptCart {
  std::string qr;
  UtcMs valid_until;
  std::int64_t valid_for_ms = 0;
  std::int64_t units = 0;
};

// Errors: "invalid_request" with the field.
Result<KeepCart> decode_keep_cart(std::string_view cart, std::string_view json);
// Changes nothing. Errors: "cart_unknown", "nothing_to_keep", "keep_too_long" for a code, "keep_unavailable" (no phone page, or a
// key that cannot sign).
Result<KeptCart> keep(database::Reader& reader, const Surroundings& around, const SignAsStore& sign, const KeepCart& request);
std::string to_json(const KeptCart& kept);

}  // namespace vitrine::edge::local_api
