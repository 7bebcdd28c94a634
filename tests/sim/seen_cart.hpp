// SPDX-License-Identifier: Apache-2.0
// A cart's document read with eyes of our own: nothing of sync/rules or its codec is in the oracle's path.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::sim {

struct SeenDot {
  std::string id;
  std::string line;
  std::int64_t units = 0;
  std::int64_t left = 0;
};

struct SeenCart {
  std::vector<SeenDot> dots;
  std::string owner;
  std::string store;
  std::vector<std::string> coupons;
  std::int64_t expires_at = 0;
};

// Of a dot that a screen showed, so many are ordered.
struct SeenUnits {
  std::string line;
  std::string dot;
  std::int64_t units = 0;
  bool operator==(const SeenUnits&) const = default;
};

struct SeenOperation {
  std::string collection;
  std::string document;
  std::string kind;
  std::string sku_or_line;
  std::int64_t units = 0;
  std::vector<std::string> shown;
  std::string pass;  // its id; empty: none
  std::uint32_t pass_era = 0;
  std::uint64_t pass_number = 0;
  std::vector<std::pair<std::string, std::int64_t>> pass_lines;
  std::string owner;
  std::string store;
  std::string coupon;
  bool on = false;    // the coupon is put on
  std::string order;  // that the units below are for
  std::vector<SeenUnits> ordered{};
  std::string body;  // of what is no cart's: as it was said
};

// How the number of an order that is asked for at a kiosk begins.
inline constexpr const char* asked_order = "K-";

// A kind of operation that this release does not know.
inline constexpr const char* later_kind = "cart.engrave";

class Eyes {
 public:
  Eyes();
  ~Eyes();
  // None: not a cart.
  std::optional<SeenCart> cart(std::string_view json);
  // None: not an object.
  std::optional<SeenOperation> operation(std::string_view kind, std::string_view json);
  // Of any document; none: it names no time.
  std::optional<std::int64_t> expires_at(std::string_view json);
  // {"reason": …} of an outcome.
  std::string reason(std::string_view json);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace vitrine::sim
