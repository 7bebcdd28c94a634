// SPDX-License-Identifier: Apache-2.0
// The lines of a cart inside a pass: SKU and units, one pair after the other. A SKU that is a number is written as one. Only
// sync/protocol's .cpp files include this.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "sync/protocol/cbor.hpp"
#include "sync/rules/cart.hpp"

namespace vitrine::sync::protocol {

bool are_good_lines(const std::vector<rules::PassLine>& lines);
void append_lines(std::vector<CborItem>& items, const std::vector<rules::PassLine>& lines);
// Of the items from `first` on. None: no pairs that append_lines could have written.
std::optional<std::vector<rules::PassLine>> read_lines(const std::vector<CborItem>& items, std::size_t first);

}  // namespace vitrine::sync::protocol
