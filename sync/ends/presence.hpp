// SPDX-License-Identifier: Apache-2.0
// What a store said in its last hello or beat, as the hub keeps it (Authority::presence).
#pragma once

#include <cstdint>
#include <string>

#include "sync/model/ids.hpp"
#include "sync/model/version.hpp"

namespace vitrine::sync::ends {

// How far it was in the stream, in this era; 0: it has not said so.
std::uint64_t cursor_in(const std::string& presence, const StreamName& stream, const Era& era);

}  // namespace vitrine::sync::ends
