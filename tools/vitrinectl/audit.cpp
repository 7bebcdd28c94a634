// SPDX-License-Identifier: Apache-2.0
// vitrinectl audit: the chain of who did and saw what, checked and shown.
#include "edge/database/audit.hpp"
#include "base/readable_utc.hpp"

#include <charconv>
#include <nlohmann/json.hpp>
#include <ostream>

#include "tools/vitrinectl/command.hpp"

namespace vitrine::ctl {

namespace {

using edge::database::AuditEntry;
using edge::database::Connection;
using nlohmann::json;

constexpr std::size_t lines_shown = 100;

Result<std::unique_ptr<Connection>> open_store(const Command& command) {
  return Connection::open(command.config.database_file(), edge::database::sql_book(), {Connection::Use::read, 1024, true});
}

std::string hex(const edge::database::AuditHash& hash) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : hash) {
    text += digits[byte >> 4U];
    text += digits[byte & 0xfU];
  }
  return text;
}

json as_json(const AuditEntry& entry) {
  return {{"n", entry.n},           {"at", entry.at.value},     {"staff", entry.staff},     {"device", entry.device},
          {"action", entry.action}, {"subject", entry.subject}, {"outcome", entry.outcome}, {"hash", hex(entry.hash)}};
}

void write_line(const AuditEntry& entry, std::ostream& out) {
  out << entry.n << "  " << readable_utc(entry.at) << "  " << (entry.staff.empty() ? "-" : entry.staff) << "  " << entry.device
      << "  " << entry.action << (entry.subject.empty() ? "" : " " + entry.subject) << "  " << entry.outcome << "\n";
}

}  // namespace

Result<int> audit_verify(const Command& command) {
  if (!command.words.empty()) return fail("usage", "audit verify takes no words");
  auto store = open_store(command);
  if (!store) return std::unexpected(store.error());
  (*store)->begin_read();
  const auto check = edge::database::check_audit(**store);
  const auto last = edge::database::last_audit(**store);
  if (auto failed = (*store)->commit()) return std::unexpected(*failed);
  if (command.json) {
    json all = {{"ok", !check.broken_at}, {"lines", check.rows}, {"last_hash", last ? hex(last->hash) : ""}};
    if (check.broken_at) all["broken_at"] = *check.broken_at;
    command.out << all.dump() << "\n";
  } else if (check.broken_at) {
    command.out << "audit  WRONG  line " << *check.broken_at << " was altered, dropped or put in; " << check.rows
                << " before it are good\n";
  } else {
    command.out << "audit  good   " << check.rows << " lines" << (last ? ", the last with hash " + hex(last->hash) : "") << "\n";
  }
  return check.broken_at ? exit_trouble : exit_good;
}

Result<int> audit_list(const Command& command) {
  if (command.words.size() > 1) return fail("usage", "audit list takes one number at most");
  auto store = open_store(command);
  if (!store) return std::unexpected(store.error());
  (*store)->begin_read();
  std::uint64_t from = 1;
  if (command.words.empty()) {
    const auto last = edge::database::last_audit(**store);
    if (last && last->n > lines_shown) from = last->n - lines_shown + 1;
  } else {
    const std::string& word = command.words[0];
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), from);
    if (error != std::errc() || end != word.data() + word.size()) return fail("usage", word + " is no number of a line");
  }
  const auto entries = edge::database::audit_from(**store, from, lines_shown);
  if (auto failed = (*store)->commit()) return std::unexpected(*failed);
  json all = json::array();
  for (const AuditEntry& entry : entries) {
    if (command.json) {
      all.push_back(as_json(entry));
    } else {
      write_line(entry, command.out);
    }
  }
  if (command.json) command.out << all.dump() << "\n";
  return exit_good;
}

}  // namespace vitrine::ctl
