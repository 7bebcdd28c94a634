// SPDX-License-Identifier: Apache-2.0
// BLAKE2b-256 over the hash before, the number, the time, and each text behind its length.
#include "edge/database/audit.hpp"

#include <sodium.h>

#include <algorithm>

namespace vitrine::edge::database {

namespace {

constexpr std::string_view domain = "vitrine-audit-v1";
constexpr std::size_t rows_at_once = 1000;

class Hasher {
 public:
  Hasher() { crypto_generichash_init(&state_, nullptr, 0, std::tuple_size_v<AuditHash>); }
  void add(std::string_view bytes) {
    add(bytes.size());
    crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  }
  void add(std::uint64_t number) {
    std::array<unsigned char, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<unsigned char>(number >> (8 * i));
    crypto_generichash_update(&state_, bytes.data(), bytes.size());
  }
  AuditHash take() {
    AuditHash hash{};
    crypto_generichash_final(&state_, hash.data(), hash.size());
    return hash;
  }

 private:
  crypto_generichash_state state_;
};

AuditHash hash_of(const AuditHash& before, const AuditEntry& entry) {
  Hasher hasher;
  hasher.add(domain);
  hasher.add(std::string_view(reinterpret_cast<const char*>(before.data()), before.size()));
  hasher.add(entry.n);
  hasher.add(static_cast<std::uint64_t>(entry.at.value));
  for (const std::string* text : {&entry.staff, &entry.device, &entry.action, &entry.subject, &entry.outcome, &entry.request})
    hasher.add(*text);
  return hasher.take();
}

AuditEntry entry_at(const Statement& row) {
  const auto text = [&](int column) { return std::string(row.text_at(column)); };
  AuditEntry entry{row.unsigned_at(0), UtcMs{row.integer_at(1)}, text(2), text(3), text(4), text(5), text(6), text(7), {}};
  const std::string_view hash = row.blob_at(8);
  if (hash.size() == entry.hash.size()) std::ranges::copy(hash, entry.hash.begin());
  return entry;
}

}  // namespace

std::optional<AuditEntry> last_audit(Connection& connection) {
  Statement row = connection.statement("audit_last");
  if (!row.step()) return std::nullopt;
  return entry_at(row);
}

void append_audit(Connection& connection, AuditEntry entry) {
  if (!entry.request.empty() && connection.statement("audit_has").text(entry.request).text(entry.action).step()) return;
  const auto last = last_audit(connection);
  entry.n = last ? last->n + 1 : 1;
  entry.hash = hash_of(last ? last->hash : AuditHash{}, entry);
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
  std::vector<AuditEntry> entries;
  Statement row = connection.statement("audit_from");
  row.unsigned_integer(n).integer(static_cast<std::int64_t>(limit));
  while (row.step()) entries.push_back(entry_at(row));
  return entries;
}

AuditCheck check_audit(Connection& connection) {
  AuditCheck check;
  AuditHash before{};
  while (true) {
    const auto entries = audit_from(connection, check.rows + 1, rows_at_once);
    for (const AuditEntry& entry : entries) {
      if (entry.n != check.rows + 1 || entry.hash != hash_of(before, entry)) {
        check.broken_at = check.rows + 1;
        return check;
      }
      before = entry.hash;
      ++check.rows;
    }
    if (entries.size() < rows_at_once) return check;
  }
}

}  // namespace vitrine::edge::database
