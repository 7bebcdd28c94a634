// SPDX-License-Identifier: Apache-2.0
// What a text says about a product when it is a code: a bare GTIN, a GS1 element string ("(01)…", or as a scanner sends it, with
// or without the symbology identifier), a GS1 Digital Link, or a chain's own 2x code with a price or a weight in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sync/model/gtin.hpp"

namespace vitrine::sync {

struct ProductCode {
  Gtin gtin;
  std::optional<std::int64_t> price_minor;  // what this piece costs: AI 392n (two decimals at most), or P of an in-store code
  std::optional<std::int64_t> weight_g;     // AI 310n, or W of an in-store code
};

// Errors: "code_check_digit"; "code_unreadable": it is none of these.
Result<ProductCode> read_product_code(std::string_view text);

// How a chain writes its in-store codes: thirteen characters, first the digits that begin them (02, or 20 to 29), then letters,
// each in one run: I the item, V the check digit of a price of four digits (may be missing), P minor units or W grams, and C at
// the end.
class InStoreScheme {
 public:
  // "02IIIIIVPPPPC". Error: "scheme_malformed".
  static Result<InStoreScheme> parse(std::string_view pattern);

  // None: not a code of this scheme. The GTIN is the one under which the product is listed: price or weight, and V, are zeros.
  // Error: "code_check_digit".
  [[nodiscard]] Result<std::optional<ProductCode>> read(std::string_view digits) const;

 private:
  struct Run {
    std::size_t at = 0;
    std::size_t size = 0;
  };
  std::string begins_;
  Run item_, check_, value_;
  bool is_weight_ = false;
};

// The check digit of a price of four digits (GS1 General Specifications, section 7.9.3).
char price_check_digit(std::string_view four_digits);

}  // namespace vitrine::sync
