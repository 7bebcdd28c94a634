// SPDX-License-Identifier: Apache-2.0
// A line is true where it makes its hash behind one of the lines before it. Statements: sql/audit.sql.
#include "hub/database/audit_lines.hpp"

#include <algorithm>
#include <utility>

#include "hub/database/rows.hpp"
#include "sync/protocol/audit_codec.hpp"

namespace vitrine::hub::database {

namespace {

constexpr std::size_t lines_at_once = 1'000;
constexpr std::size_t stores_max = 100'000;

sync::Hash hash_of(std::string_view bytes) {
  sync::Hash hash{};
  if (bytes.size() == hash.size()) std::ranges::copy(bytes, hash.begin());
  return hash;
}

// Columns from `first`: n, hash, at, and the texts.
sync::AuditEntry entry_at(const Statement& row, int first) {
  const auto text = [&](int column) { return std::string(row.text_at(first + column)); };
  return {row.unsigned_at(first),         UtcMs{row.integer_at(first + 2)}, text(3), text(4), text(5), text(6), text(7), text(8),
          hash_of(row.blob_at(first + 1))};
}

// `before`: the hashes of the lines with the number below.
bool stands_behind(const sync::AuditEntry& entry, const std::vector<sync::Hash>& before) {
  const auto fits = [&](const sync::Hash& hash) { return entry.hash == sync::protocol::audit_hash(hash, entry); };
  return entry.n == 1 ? fits(sync::Hash{}) : std::ranges::any_of(before, fits);
}

}  // namespace

void AuditLines::keep(const sync::StoreId& store, const std::vector<sync::AuditEntry>& entries) {
  for (const sync::AuditEntry& one : entries) {
    Statement put = connection_.statement("keep_audit_line");
    put.text(store.text).unsigned_integer(one.n).blob(one.hash.data(), one.hash.size()).integer(one.at.value).text(one.staff);
    put.text(one.device).text(one.action).text(one.subject).text(one.outcome).text(one.request).run();
  }
}

std::vector<AuditLine> AuditLines::find(const AuditQuestion& question, std::size_t limit) {
  std::vector<AuditLine> lines;
  Statement row = connection_.statement("find_audit_lines");
  row.text(question.store).text(question.staff).text(question.action).text(question.subject);
  row.integer(question.since.value).integer(question.until.value).integer(static_cast<std::int64_t>(limit));
  while (row.step()) lines.push_back({sync::StoreId{std::string(row.text_at(0))}, entry_at(row, 1)});
  return lines;
}

AuditKept AuditLines::check(const sync::StoreId& store) {
  AuditKept kept;
  std::uint64_t first = 0;
  sync::AuditEntry last;
  std::vector<sync::Hash> before;  // of the lines with the number below
  std::vector<sync::Hash> same;    // of those with the number of the last one
  std::vector<sync::AuditEntry> lines;
  do {
    lines.clear();
    Statement row = connection_.statement("audit_lines_of");
    row.text(store.text).unsigned_integer(last.n).blob(last.hash.data(), last.hash.size()).integer(lines_at_once);
    while (row.step()) lines.push_back(entry_at(row, 0));
    for (const sync::AuditEntry& entry : lines) {
      if (first == 0) first = entry.n;
      if (entry.n != last.n) {
        before = std::exchange(same, {});
        if (entry.n != last.n + 1) before.clear();
      }
      const bool believed = entry.n == first && first > 1;
      if (!believed && !kept.broken_at && !stands_behind(entry, before)) kept.broken_at = entry.n;
      last = entry;
      same.push_back(entry.hash);
      ++kept.lines;
    }
  } while (lines.size() == lines_at_once);
  return kept;
}

void AuditLines::forget_before(UtcMs at) { connection_.statement("forget_audit_lines").integer(at.value).run(); }

std::vector<std::pair<sync::StoreId, sync::AuditChain>> AuditLines::chains() {
  std::vector<std::pair<sync::StoreId, sync::AuditChain>> chains;
  for (const auto& [id, body] : HubRows(connection_).documents_of("audit", "", stores_max)) {
    const auto store = sync::protocol::audit_store(id);
    auto chain = sync::protocol::decode_audit(body);
    if (store && chain) chains.emplace_back(*store, std::move(*chain));
  }
  return chains;
}

}  // namespace vitrine::hub::database
