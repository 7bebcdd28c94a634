// SPDX-License-Identifier: Apache-2.0
// Words and marks of a product that several screens need.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::shopper {

std::string price_of(Stage& stage, const ProductCard& card);

// The colour that an attribute's value names ("red"), for a dot beside the word; nothing when it is none.
std::optional<Colour> swatch(const std::string& value);
// By name in the person's language where we know the word, else as the retailer wrote it.
std::string attribute_name(Stage& stage, const std::string& name);
std::string attribute_value(Stage& stage, const std::string& value);
// Names of the attributes in which the variants differ.
std::vector<std::string> varying(const std::vector<ProductCard>& variants);

}  // namespace vitrine::kiosk::shopper
