// SPDX-License-Identifier: Apache-2.0
// The ETag of what is served over HTTP.
#pragma once

#include <string>
#include <string_view>

namespace vitrine::sync::protocol {

// A hash of the bytes, with the quotes that HTTP wants.
std::string entity_tag(std::string_view bytes);

}  // namespace vitrine::sync::protocol
