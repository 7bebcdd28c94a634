// SPDX-License-Identifier: Apache-2.0
// Reads one TOML file into typed values. Getters latch the first mistake, so that a config struct is filled line by line and
// `finish()` answers once: "edge.toml:4: mqtt.port must be a whole number from 1 to 65535". Unknown keys are mistakes too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace vitrine::config {

// Keys are dotted: "mqtt.port". A getter without a fallback requires its key.
class TomlReader {
 public:
  // Errors: "config_unreadable", "config_malformed" (not TOML; the message has file and line).
  static Result<TomlReader> read_file(const std::string& path);
  static Result<TomlReader> parse(std::string_view text, const std::string& file_name);

  TomlReader(TomlReader&&) noexcept;
  TomlReader& operator=(TomlReader&&) noexcept;
  ~TomlReader();

  [[nodiscard]] bool has(std::string_view key) const;

  // The names in a table; empty where there is none.
  [[nodiscard]] std::vector<std::string> keys(std::string_view table) const;

  std::string text(std::string_view key);
  std::string text(std::string_view key, std::string_view fallback);
  // A name that becomes part of topics and file names: 1 to 32 of a-z, 0-9 and '-'.
  std::string plain_name(std::string_view key);
  // One of `allowed`.
  std::string choice(std::string_view key, const std::vector<std::string>& allowed, std::string_view fallback);
  // A file or folder; a relative one stands beside the config file. An empty fallback stays empty.
  std::string path(std::string_view key);
  std::string path(std::string_view key, std::string_view fallback);
  std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most);
  std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most, std::int64_t fallback);
  double number(std::string_view key, double least, double most, double fallback);
  bool truth(std::string_view key, bool fallback);
  std::vector<std::string> texts(std::string_view key, std::vector<std::string> fallback);
  // So many files or folders at most, as path(); none without the key.
  std::vector<std::string> paths(std::string_view key, std::size_t most);

  // A mistake found by the config itself; its place is the key's line.
  void refuse(std::string_view key, std::string_view why);

  // The first mistake, or none: also a key that no getter asked for. Error code: "config_invalid".
  [[nodiscard]] std::optional<Error> finish();

 private:
  struct Impl;
  explicit TomlReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vitrine::config
