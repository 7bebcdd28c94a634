// SPDX-License-Identifier: Apache-2.0
// JSON text ↔ the bytes of an MQTT payload: zstd above about 1 KiB, marked by the content type.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace vitrine::sync::protocol {

inline constexpr std::string_view content_type_json = "application/json";
inline constexpr std::string_view content_type_zstd = "application/json+zstd";

struct Payload {
  std::string bytes;
  std::string_view content_type;
};

// Errors: "message_too_large" when it is above 4 MiB unpacked or 256 KiB as sent.
Result<Payload> pack(std::string_view json);

// Errors: "message_too_large", "message_malformed" (not zstd, or cut off), "content_type_unknown".
Result<std::string> unpack(std::string_view bytes, std::string_view content_type);

}  // namespace vitrine::sync::protocol
