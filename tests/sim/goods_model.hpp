// SPDX-License-Identifier: Apache-2.0
// What orders, stock and receipts must hold after the operations that the hub applied, in that order: written from the text of
// the rules (sync/rules/README.md), sharing no code with them or their codecs.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/sim/seen_cart.hpp"

namespace vitrine::sim {

// By whom and when, as a rule is told.
struct ModelStamp {
  std::int64_t at_ms = 0;
  std::string by;    // the operation's name
  std::string life;  // of the store's database; empty: at the hub
};

struct ModelOrder {
  struct Line {
    std::int64_t ordered = 0;
    std::int64_t price = 0;
    std::int64_t refunded = 0;
    std::map<std::string, std::int64_t> sums;  // "picked", "handed" …; none that is 0
    bool operator==(const Line&) const = default;
  };
  bool there = false;
  std::int64_t revision = 0;
  std::int64_t paid = 0;
  std::int64_t refunded = 0;
  std::int64_t leased_until = 0;
  std::int64_t held_until = 0;
  std::map<std::int64_t, Line> lines;  // none of which nothing is known
  std::set<std::string> said;          // "cancelled", "cancel_requested", "ready", "staged", "arrived", "released"
  std::map<std::string, std::size_t> events;
  bool operator==(const ModelOrder&) const = default;
};

struct ModelStock {
  struct Right {
    std::string id;
    std::int64_t units = 0;
    std::int64_t drawn = 0;
    std::int64_t until = 0;
    bool operator==(const Right&) const = default;
  };
  struct Promise {
    std::int64_t units = 0;
    std::string right;
    std::int64_t until = 0;
    bool operator==(const Promise&) const = default;
  };
  bool there = false;
  std::int64_t on_hand = 0;
  std::int64_t moved = 0;
  std::int64_t counted_at = 0;
  std::string counted_life;
  std::optional<Right> lent;
  std::map<std::string, Promise> promises;
  std::map<std::string, std::string> ended;  // id → how
  bool operator==(const ModelStock&) const = default;
};

struct ModelReceipt {
  struct Back {
    std::string transaction;
    std::string store;
    std::map<std::int64_t, std::int64_t> units;  // by line
    std::string decided;
    bool operator==(const Back&) const = default;
  };
  bool there = false;
  std::string seller;  // the store; empty: nobody told the sale
  std::map<std::int64_t, std::int64_t> bought;
  std::int64_t kept_until = 0;
  std::vector<Back> backs;  // in the order in which the hub heard of them
  bool operator==(const ModelReceipt&) const = default;
};

// Reads bodies with eyes of its own.
class GoodsModel {
 public:
  GoodsModel();
  ~GoodsModel();

  // As documents say; none: unreadable.
  std::optional<ModelOrder> order(std::string_view json);
  std::optional<ModelStock> stock(std::string_view json);
  std::optional<ModelReceipt> receipt(std::string_view json);

  // One operation; empty: it took effect, else the reason why not. `begins`: a fact of an order that nobody has makes it.
  std::string apply(ModelOrder& order, const SeenOperation& operation, const ModelStamp& stamp, bool begins);
  std::string apply(ModelStock& stock, const SeenOperation& operation, const ModelStamp& stamp);
  std::string apply(ModelReceipt& receipt, const SeenOperation& operation, const ModelStamp& stamp);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

std::string show(const ModelOrder& order);
std::string show(const ModelStock& stock);
std::string show(const ModelReceipt& receipt);

}  // namespace vitrine::sim
