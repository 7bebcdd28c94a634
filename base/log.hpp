// SPDX-License-Identifier: Apache-2.0
// One line a fact, to standard error, with the priority prefix that journald reads (sd-daemon(3)) and key=value fields.
// Never log what names or describes a person: no name, phone, cart line, pass text or session.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace vitrine::log {

enum class Level : int { error = 3, warning = 4, notice = 5, info = 6, debug = 7 };

struct Field {
  std::string_view key;
  std::string value;
};

// Lines above this level are dropped; `info` when nothing was set.
void set_level(Level level);

void write(Level level, std::string_view text, std::initializer_list<Field> fields = {});

inline void error(std::string_view text, std::initializer_list<Field> fields = {}) { write(Level::error, text, fields); }
inline void warning(std::string_view text, std::initializer_list<Field> fields = {}) { write(Level::warning, text, fields); }
inline void notice(std::string_view text, std::initializer_list<Field> fields = {}) { write(Level::notice, text, fields); }
inline void info(std::string_view text, std::initializer_list<Field> fields = {}) { write(Level::info, text, fields); }
inline void debug(std::string_view text, std::initializer_list<Field> fields = {}) { write(Level::debug, text, fields); }

}  // namespace vitrine::log
