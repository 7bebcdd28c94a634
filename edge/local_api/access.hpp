// SPDX-License-Identifier: Apache-2.0
// Who may call what: one table. A route that has no row here is nobody's. docs/openapi-edge.yaml says the same as `x-callers`.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace vitrine::edge::local_api {

// What kind of device stands at the other end: whoever opened its socket (docs/decisions/0008-devices.md).
enum class DeviceRole : std::uint8_t { kiosk, counter, till, operator_ };
inline constexpr std::size_t device_roles = 4;
std::string_view word_of(DeviceRole role);

struct Caller {
  DeviceRole role = DeviceRole::kiosk;  // the least
  std::string device;                   // its name; empty: it says itself which one it is
};

// What a counter needs besides being one.
inline constexpr std::string_view nobody = "";         // no counter
inline constexpr std::string_view unattended = "-";    // nobody signed in
inline constexpr std::string_view somebody = "staff";  // anybody signed in; other words are permissions

struct AccessRow {
  std::string_view method;
  std::string_view path;
  std::string_view action;  // of the body; empty: this route has none
  bool kiosk = false;
  bool till = false;
  bool operator_ = false;
  std::string_view counter = nobody;
  bool seen = false;  // a person's data: it is written down who looks, before they see it
};
std::span<const AccessRow> access_rows();

// The row of a call; none: nobody may.
const AccessRow* access_row(std::string_view method, std::string_view path, std::string_view action);
bool has_actions(std::string_view method, std::string_view path);
// "kiosk, counter:carts", as the API document has it. Of a route with actions: "kiosk, till; take: till; …" by action.
std::string callers_text(std::string_view method, std::string_view path);

// The two fields of a body that decide who may ask. Errors: "invalid_request" when it is no object, or has one of them twice.
struct Claims {
  std::string device;
  std::string action;
  std::string request;
};
Result<Claims> claims_of(std::string_view body);

}  // namespace vitrine::edge::local_api
