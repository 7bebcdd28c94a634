// SPDX-License-Identifier: Apache-2.0
// Documents about one customer, of which there are many: their ids are "<customer>/<32 hex digits>", so that all of one
// customer's are found by how their ids begin.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sync/model/document.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::sync::protocol {

// What the ids of one customer's begin with. Another customer's number may begin alike: person_id says whose one is.
std::string person_prefix(const CustomerId& customer);
DocumentKey person_key(std::string_view collection, const CustomerId& customer, const std::string& hex);
// Apart; none: not such an id.
std::optional<std::pair<CustomerId, std::string>> person_id(std::string_view id);

}  // namespace vitrine::sync::protocol
