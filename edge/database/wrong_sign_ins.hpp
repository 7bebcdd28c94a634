// SPDX-License-Identifier: Apache-2.0
// Rows of sign-ins that went wrong, and how long ago each was as far as nobody can pretend.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "edge/database/sql_book.hpp"

namespace vitrine::edge::database {

// A time by clocks that people do not set. After a restart of the machine only what the hub says proves that time has passed, and
// how long the machine has run since.
struct SureTime {
  std::string boot;       // of the machine's start
  std::int64_t mono = 0;  // ms since then
  std::int64_t hub = 0;   // the latest UTC ms that the hub has said
};
// Never more than what has passed.
std::int64_t passed_ms(const SureTime& since, const SureTime& now);

struct WrongSignIn {
  std::int64_t n = 0;
  std::string secret;
  bool in_row = true;
  SureTime at;
};

std::vector<WrongSignIn> wrong_sign_ins(Connection& connection, std::string_view subject);
std::int64_t put_wrong_sign_in(Connection& connection, std::string_view subject, std::string_view secret, const SureTime& at);
void drop_wrong_sign_in(Connection& connection, std::int64_t n);
// They still count for the day, and no longer as one after the other.
void end_row(Connection& connection, std::string_view subject);
void clear_wrong_sign_ins(Connection& connection, std::string_view subject);
// Of everybody, those that are surely older.
void forget_wrong_sign_ins(Connection& connection, const SureTime& now, std::int64_t older_than_ms);

}  // namespace vitrine::edge::database
