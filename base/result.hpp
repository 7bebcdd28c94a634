// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value, or an Error that says what went wrong and where. Used for bad input and for a failing world, never for
// our own mistakes (require.hpp) and never for two people who disagreed (sync/rules).
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace vitrine {

// `code` is stable, lower_snake_case and part of the public API ("pass_expired"); `message` is for people who operate the
// system. Neither holds personal data.
struct Error {
  std::string code;
  std::string message;

  // The same error, seen from one level further out: "reading hub.toml: line 4: …".
  [[nodiscard]] Error within(std::string_view where) const { return {code, std::string(where) + ": " + message}; }
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(std::string code, std::string message) {
  return std::unexpected<Error>(Error{std::move(code), std::move(message)});
}

}  // namespace vitrine
