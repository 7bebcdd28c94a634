// SPDX-License-Identifier: Apache-2.0
// The part of CBOR (RFC 8949) that a pass needs: one flat array of unsigned integers, texts and byte strings, in its shortest
// form. Reading refuses every other form of the same values, so that a pass has one spelling.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace vitrine::sync::protocol {

struct CborBytes {
  std::string bytes;
  bool operator==(const CborBytes&) const = default;
};
using CborItem = std::variant<std::uint64_t, std::string, CborBytes>;

std::string write_cbor(const std::vector<CborItem>& items);

// None: not exactly one such array, or something after it. Texts are not judged further than their length.
std::optional<std::vector<CborItem>> read_cbor(std::string_view bytes);

}  // namespace vitrine::sync::protocol
