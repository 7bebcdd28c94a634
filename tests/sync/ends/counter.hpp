// SPDX-License-Identifier: Apache-2.0
// One cart in one store of a small world, whose units tell what was lost or counted twice.
#pragma once

#include <doctest/doctest.h>

#include "tests/sync/ends/small_world.hpp"

namespace vitrine::sync::ends {

inline const StoreId harbour{"harbour-street"};
inline const StreamName own = protocol::own_stream(harbour);

struct Counter {
  SmallWorld& world;
  CartId cart{world.chance().hex_128()};
  DocumentKey key{"cart", cart.text};
  std::vector<DotId> dots{};

  void perform(Operation operation) {
    const TransactionId id{world.chance().hex_128()};
    if (operation.kind == "cart.add") dots.push_back(DotId{id.text + ".0"});
    REQUIRE(world.at_store(harbour, {id, Nature::intent, "kiosk-1", {std::move(operation)}}).what == Performance::done);
  }
  void add(std::int64_t units) {
    perform(protocol::encode_cart_operation(cart, rules::CartAdd{Sku{"A"}, units, "kiosk", harbour, std::nullopt}));
  }
  // Twice applied, it would show.
  void take_one() { perform(protocol::encode_cart_operation(cart, rules::CartDecrease{"A", dots, 1, std::nullopt})); }
  static std::int64_t units_in(const CartId& id, const std::optional<std::string>& body) {
    if (!body) return 0;
    const auto decoded = protocol::decode_cart(id, *body);
    std::int64_t units = 0;
    for (const CartLine& line : decoded->lines) units += line.units();
    return units;
  }
  std::int64_t seen() { return units_in(cart, world.rows(harbour).seen(key)); }
  std::int64_t at_hub() {
    const auto document = world.authority().document(key);
    return units_in(cart, document ? document->body : std::nullopt);
  }
  void go_online() {
    world.connect(harbour);
    world.run(60'000);
  }
};

}  // namespace vitrine::sync::ends
