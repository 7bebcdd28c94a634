// SPDX-License-Identifier: Apache-2.0
// Writes a log line with one write(2), so that lines of several threads never mix.
#include "base/log.hpp"

#include <unistd.h>

#include <atomic>

#include <fmt/core.h>

namespace vitrine::log {

namespace {

std::atomic<int> level_max{static_cast<int>(Level::info)};

// A value with a space or a quote is quoted; a line break never reaches the log (one fact stays one line).
std::string shown(std::string_view value) {
  const bool plain = !value.empty() && value.find_first_of(" \"=\n\r\t") == std::string_view::npos;
  if (plain) return std::string(value);
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += (static_cast<unsigned char>(c) < 0x20) ? ' ' : c;
  }
  return out + '"';
}

}  // namespace

void set_level(Level level) { level_max = static_cast<int>(level); }

void write(Level level, std::string_view text, std::initializer_list<Field> fields) {
  if (static_cast<int>(level) > level_max.load(std::memory_order_relaxed)) return;
  std::string line = fmt::format("<{}>{}", static_cast<int>(level), text);
  for (const Field& field : fields) line += fmt::format(" {}={}", field.key, shown(field.value));
  for (char& c : line) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  line += '\n';
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace vitrine::log
