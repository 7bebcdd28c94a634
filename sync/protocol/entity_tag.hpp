// SPDX-License-Identifier: Apache-2.0
// Hashes of what is served over HTTP.
#pragma once

#include <string>
#include <string_view>

namespace vitrine::sync::protocol {

// A hash of the bytes, with the quotes that HTTP wants.
std::string entity_tag(std::string_view bytes);

// What documents call a picture: sync/model/picture.hpp.
std::string picture_hash(std::string_view bytes);

}  // namespace vitrine::sync::protocol
