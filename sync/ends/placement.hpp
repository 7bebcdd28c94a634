// SPDX-License-Identifier: Apache-2.0
// Placement: which streams a document stands in. Data minimisation lives here: what is not placed with a store never gets there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sync/model/ids.hpp"

namespace vitrine::sync::ends {

struct Placement {
  std::vector<StreamName> streams;      // the document stands here because of what it is
  bool stays = false;                   // and stays where it stands already (carts and customers: see hub_end)
  std::optional<CustomerId> companion;  // a customer's slice that must stand beside it
};

// By collection, id and body; a body that cannot be read places the document nowhere new.
Placement placement_of(const DocumentKey& key, const std::optional<std::string>& body);

// The price zone that a store's `content` document names; empty when it names none.
std::string zone_of(const std::optional<std::string>& store_content);

}  // namespace vitrine::sync::ends
