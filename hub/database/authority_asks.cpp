// SPDX-License-Identifier: Apache-2.0
// SqlAuthority: look-ups, and what is lent to stores. Statements: sql/asks.sql.
#include "hub/database/audit_lines.hpp"
#include "hub/database/authority.hpp"

namespace vitrine::hub::database {

void SqlAuthority::record_look_up(const sync::ends::LookUp& look_up) {
  Statement put = connection_.statement("record_look_up");
  put.text(look_up.id.text).text(look_up.store.text).text(look_up.actor).text(look_up.what).text(look_up.key);
  put.text(look_up.code).integer(look_up.at.value).run();
}

std::uint64_t SqlAuthority::look_ups_since(const sync::StoreId& store, const std::string& what, UtcMs at) {
  Statement row = connection_.statement("look_ups_since");
  return row.text(store.text).integer(at.value).text(what).step() ? row.unsigned_at(0) : 0;
}

void SqlAuthority::forget_look_ups_before(UtcMs at) { connection_.statement("forget_look_ups").integer(at.value).run(); }

std::optional<UtcMs> SqlAuthority::lent_until(const sync::StoreId& store, const sync::DocumentKey& key) {
  Statement row = connection_.statement("lent_until");
  if (!row.text(store.text).text(key.collection).text(key.id).step()) return std::nullopt;
  return UtcMs{row.integer_at(0)};
}

void SqlAuthority::put_lent(const sync::ends::Lent& lent) {
  Statement put = connection_.statement("put_lent");
  put.text(lent.store.text).text(lent.key.collection).text(lent.key.id).integer(lent.until.value).run();
}

void SqlAuthority::drop_lent(const sync::StoreId& store, const sync::DocumentKey& key) {
  connection_.statement("drop_lent").text(store.text).text(key.collection).text(key.id).run();
}

std::vector<sync::ends::Lent> SqlAuthority::lent_over(UtcMs now, std::size_t count_max) {
  std::vector<sync::ends::Lent> result;
  Statement row = connection_.statement("lent_over");
  row.integer(now.value).integer(static_cast<std::int64_t>(count_max));
  while (row.step()) {
    result.push_back({sync::StoreId{std::string(row.text_at(0))},
                      {std::string(row.text_at(1)), std::string(row.text_at(2))},
                      {row.integer_at(3)}});
  }
  return result;
}

void SqlAuthority::keep_audit(const sync::StoreId& store, const std::vector<sync::AuditEntry>& entries) {
  AuditLines(connection_).keep(store, entries);
}

}  // namespace vitrine::hub::database
