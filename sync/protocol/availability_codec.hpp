// SPDX-License-Identifier: Apache-2.0
// What stores of a region have, and when they were heard of, as JSON (docs/PROTOCOL.md, "Availability"). Encoding is
// deterministic.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sync/model/availability.hpp"

namespace vitrine::sync::protocol {

DocumentKey availability_key(std::string_view region, const Sku& sku);
DocumentKey stores_heard_key(std::string_view region);
StreamName availability_stream(std::string_view region);

std::string_view word_of(Band band);
std::optional<Band> band_of_word(std::string_view word);

// A store whose band is a word of a later version is left out. Errors: "availability_malformed" with the field's path.
Result<Availability> decode_availability(std::string_view json);
std::string encode_availability(const Availability& availability);
Result<StoresHeard> decode_stores_heard(std::string_view json);
std::string encode_stores_heard(const StoresHeard& heard);

}  // namespace vitrine::sync::protocol
