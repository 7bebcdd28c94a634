// SPDX-License-Identifier: Apache-2.0
#include "edge/database/wrong_sign_ins.hpp"

#include <algorithm>

namespace vitrine::edge::database {

std::int64_t passed_ms(const SureTime& since, const SureTime& now) {
  const std::int64_t by_hub = since.hub > 0 ? now.hub - since.hub : 0;
  return std::max<std::int64_t>({0, since.boot == now.boot ? now.mono - since.mono : std::max(now.mono, by_hub)});
}

std::vector<WrongSignIn> wrong_sign_ins(Connection& connection, std::string_view subject) {
  std::vector<WrongSignIn> all;
  Statement row = connection.statement("wrong_sign_ins_of");
  row.text(subject);
  while (row.step()) {
    all.push_back({row.integer_at(0),
                   std::string(row.text_at(1)),
                   row.integer_at(2) != 0,
                   {std::string(row.text_at(3)), row.integer_at(4), row.integer_at(5)}});
  }
  return all;
}

std::int64_t put_wrong_sign_in(Connection& connection, std::string_view subject, std::string_view secret, const SureTime& at) {
  Statement row = connection.statement("put_wrong_sign_in");
  return row.text(subject).text(secret).text(at.boot).integer(at.mono).integer(at.hub).step() ? row.integer_at(0) : 0;
}

void drop_wrong_sign_in(Connection& connection, std::int64_t n) { connection.statement("drop_wrong_sign_in").integer(n).run(); }

void end_row(Connection& connection, std::string_view subject) {
  connection.statement("end_row_of_wrong_sign_ins").text(subject).run();
}

void clear_wrong_sign_ins(Connection& connection, std::string_view subject) {
  connection.statement("clear_wrong_sign_ins").text(subject).run();
}

void forget_wrong_sign_ins(Connection& connection, const SureTime& now, std::int64_t older_than_ms) {
  connection.statement("forget_wrong_sign_ins")
      .text(now.boot)
      .integer(now.mono - older_than_ms)
      .integer(now.hub - older_than_ms)
      .run();
}

}  // namespace vitrine::edge::database
