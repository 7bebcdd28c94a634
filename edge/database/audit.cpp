// SPDX-License-Identifier: Apache-2.0
// The chain on the disk; its hash is sync/protocol/audit_codec.hpp.
#include "edge/database/audit.hpp"

#include <algorithm>

#include "sync/protocol/audit_codec.hpp"

namespace vitrine::edge::database {

namespace {

constexpr std::size_t rows_at_once = 1000;
constexpr std::size_t text_bytes_max = 200;

AuditHash hash_of(std::string_view bytes) {
  AuditHash hash{};
  if (bytes.size() == hash.size()) std::ranges::copy(bytes, hash.begin());
  return hash;
}

AuditEntry entry_at(const Statement& row) {
  const auto text = [&](int column) { return std::string(row.text_at(column)); };
  return {row.unsigned_at(0),     UtcMs{row.integer_at(1)}, text(2), text(3), text(4), text(5), text(6), text(7),
          hash_of(row.blob_at(8))};
}

// A path of a call may hold any bytes; a line travels as JSON and is hashed as it stands.
void make_plain(std::string& text) {
  if (text.size() > text_bytes_max) text.resize(text_bytes_max);
  std::ranges::replace_if(text, [](char c) { return c < 0x20 || c > 0x7e; }, '?');
}

std::vector<AuditEntry> entries_of(Statement row) {
  std::vector<AuditEntry> entries;
  while (row.step()) entries.push_back(entry_at(row));
  return entries;
}

}  // namespace

std::optional<AuditEntry> last_audit(Connection& connection) {
  Statement row = connection.statement("audit_last");
  if (!row.step()) return std::nullopt;
  return entry_at(row);
}

AuditMark audit_begin(Connection& connection) {
  Statement row = connection.statement("audit_begin");
  if (!row.step()) return {};
  return {row.unsigned_at(0), hash_of(row.blob_at(1))};
}

AuditMark audit_end(Connection& connection) {
  const auto last = last_audit(connection);
  return last ? AuditMark{last->n, last->hash} : audit_begin(connection);
}

std::optional<AuditHash> audit_hash_at(Connection& connection, std::uint64_t n) {
  Statement row = connection.statement("audit_at");
  if (row.unsigned_integer(n).step()) return hash_of(row.blob_at(0));
  const AuditMark begin = audit_begin(connection);
  return begin.n == n ? std::optional(begin.hash) : std::nullopt;
}

bool is_in_audit(Connection& connection, const std::string& request, const std::string& action) {
  return !request.empty() && connection.statement("audit_has").text(request).text(action).step();
}

void append_audit(Connection& connection, AuditEntry entry) {
  for (std::string* text : {&entry.staff, &entry.device, &entry.action, &entry.subject, &entry.outcome, &entry.request})
    make_plain(*text);
  if (is_in_audit(connection, entry.request, entry.action)) return;
  const AuditMark end = audit_end(connection);
  entry.n = end.n + 1;
  entry.hash = sync::protocol::audit_hash(end.hash, entry);
  connection.statement("audit_put")
      .unsigned_integer(entry.n)
      .integer(entry.at.value)
      .text(entry.staff)
      .text(entry.device)
      .text(entry.action)
      .text(entry.subject)
      .text(entry.outcome)
      .text(entry.request)
      .blob(entry.hash.data(), entry.hash.size())
      .run();
}

std::vector<AuditEntry> audit_from(Connection& connection, std::uint64_t n, std::size_t limit) {
  Statement row = connection.statement("audit_from");
  row.unsigned_integer(n).integer(static_cast<std::int64_t>(limit));
  return entries_of(std::move(row));
}

std::vector<AuditEntry> search_audit(Connection& connection, const AuditQuestion& question, std::size_t limit) {
  Statement row = connection.statement("audit_search");
  row.unsigned_integer(question.from).text(question.staff).text(question.action).text(question.subject);
  row.integer(question.since.value).integer(question.until.value).integer(static_cast<std::int64_t>(limit));
  return entries_of(std::move(row));
}

std::size_t prune_audit(Connection& connection, std::uint64_t n, UtcMs before, std::size_t rows_max) {
  const AuditMark begin = audit_begin(connection);
  AuditMark upto = begin;
  for (const AuditEntry& entry : audit_from(connection, begin.n + 1, rows_max)) {
    if (entry.n > n || entry.at >= before) break;
    upto = {entry.n, entry.hash};
  }
  if (upto == begin) return 0;
  connection.statement("put_audit_begin").unsigned_integer(upto.n).blob(upto.hash.data(), upto.hash.size()).run();
  connection.statement("drop_audit").unsigned_integer(upto.n).run();
  return upto.n - begin.n;
}

std::optional<std::uint64_t> check_audit(Connection& connection, AuditMark& place, std::size_t rows_max) {
  // What it was checked up to may have been cut off meanwhile.
  if (audit_hash_at(connection, place.n) != place.hash) place = audit_begin(connection);
  const auto entries = audit_from(connection, place.n + 1, rows_max);
  for (const AuditEntry& entry : entries) {
    if (entry.n != place.n + 1 || entry.hash != sync::protocol::audit_hash(place.hash, entry)) return place.n + 1;
    place = {entry.n, entry.hash};
  }
  return std::nullopt;
}

AuditCheck check_audit(Connection& connection) {
  AuditCheck check;
  AuditMark place = audit_begin(connection);
  const std::uint64_t begin = place.n;
  std::uint64_t before = 0;
  do {
    before = place.n;
    check.broken_at = check_audit(connection, place, rows_at_once);
  } while (!check.broken_at && place.n > before);
  check.rows = place.n - begin;
  return check;
}

}  // namespace vitrine::edge::database
