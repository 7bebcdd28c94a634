// SPDX-License-Identifier: Apache-2.0
// The part of SqlAuthority that knows the lives of stores' databases; the statements stand in sql/history.sql.
#include "hub/database/authority.hpp"

#include <algorithm>

#include "sync/protocol/message_codec.hpp"

namespace vitrine::hub::database {

using sync::IncarnationId;
using sync::StoreId;

std::uint64_t SqlAuthority::oldest_recorded(const StoreId& store, const IncarnationId& incarnation) {
  Statement row = connection_.statement("oldest_recorded");
  row.text(store.text).text(incarnation.text);
  return row.step() ? row.unsigned_at(0) : 0;
}

bool SqlAuthority::knows_life(const StoreId& store, const IncarnationId& incarnation) {
  return connection_.statement("knows_life").text(store.text).text(incarnation.text).step();
}

void SqlAuthority::open_life(const StoreId& store, const sync::Applied& start, const IncarnationId& parent, UtcMs at) {
  Statement open = connection_.statement("open_life");
  open.text(store.text).text(start.incarnation.text).text(parent.text).unsigned_integer(start.n).integer(at.value).run();
  connection_.statement("put_current_life").text(start.incarnation.text).text(store.text).run();
  if (start.n > 0 && !applied_hash(store, start.incarnation, start.n)) {
    record_applied(store, start.incarnation, start.n, start.hash, at);
  }
}

IncarnationId SqlAuthority::current_life(const StoreId& store) {
  Statement row = connection_.statement("current_life");
  row.text(store.text);
  return IncarnationId{row.step() ? std::string(row.text_at(0)) : std::string()};
}

std::uint64_t SqlAuthority::verified_n(const StoreId& store, const IncarnationId& incarnation) {
  Statement row = connection_.statement("verified_n");
  row.text(store.text).text(incarnation.text);
  return row.step() ? row.unsigned_at(0) : 0;
}

void SqlAuthority::put_verified(const StoreId& store, const sync::Applied& applied, UtcMs at) {
  Statement put = connection_.statement("put_verified");
  put.text(store.text).text(applied.incarnation.text).unsigned_integer(applied.n).integer(at.value).run();
}

// A sweep goes through each table by its key and begins again at its end: no index on times, and a step costs the same whatever
// the table's size. The last hash of each life stays.
void SqlAuthority::forget_old_history(UtcMs before, std::size_t rows_max) {
  std::string after;
  {
    Statement row = connection_.statement("sweep");
    if (row.text("transactions").step()) after = row.text_at(0);
  }
  std::string last;
  {
    Statement row = connection_.statement("transactions_in_sweep");
    if (row.text(after).unsigned_integer(rows_max).step() && !row.is_null(0)) last = row.text_at(0);
  }
  if (!last.empty()) connection_.statement("forget_transactions").text(after).text(last).integer(before.value).run();
  connection_.statement("put_sweep").text("transactions").text(last).run();
  std::string place;
  {
    Statement row = connection_.statement("sweep");
    if (row.text("applied_chain").step()) place = row.text_at(0);
  }
  const std::size_t space = std::min(place.find(' '), place.size());
  std::string store;
  std::string incarnation;
  {
    Statement row = connection_.statement("next_life");
    if (row.text(place.substr(0, space)).text(place.substr(std::min(space + 1, place.size()))).step()) {
      store = row.text_at(0);
      incarnation = row.text_at(1);
    }
  }
  if (!store.empty()) {
    connection_.statement("forget_chain").text(store).text(incarnation).integer(before.value).unsigned_integer(rows_max).run();
  }
  connection_.statement("put_sweep").text("applied_chain").text(store.empty() ? "" : store + " " + incarnation).run();
}

sync::ends::Conduct SqlAuthority::conduct(const StoreId& store) {
  Statement row = connection_.statement("conduct");
  row.text(store.text);
  if (!row.step()) return {};
  return {row.unsigned_at(0),          UtcMs{row.integer_at(1)}, UtcMs{row.integer_at(2)}, row.unsigned_at(3),
          std::string(row.text_at(4)), UtcMs{row.integer_at(5)}, UtcMs{row.integer_at(6)}, row.unsigned_at(7)};
}

void SqlAuthority::put_conduct(const StoreId& store, const sync::ends::Conduct& conduct) {
  Statement put = connection_.statement("put_conduct");
  put.text(store.text).unsigned_integer(conduct.forks).integer(conduct.fork_at.value).integer(conduct.frozen_at.value);
  put.unsigned_integer(conduct.offences).text(conduct.offence).integer(conduct.offence_at.value);
  put.integer(conduct.quarantined_until.value).unsigned_integer(conduct.offences_total).run();
}

std::uint64_t SqlAuthority::count_failure(const sync::TransactionId& id, UtcMs at) {
  Statement row = connection_.statement("count_failure");
  if (!row.text(id.text).integer(at.value).step()) return 0;
  const std::uint64_t tries = row.unsigned_at(0);
  row.step();  // a RETURNING statement is finished only by its last step
  return tries;
}

void SqlAuthority::keep_poisoned(const sync::ends::Poisoned& poisoned, UtcMs at) {
  const sync::Transaction& transaction = poisoned.transaction;
  Statement keep = connection_.statement("keep_poisoned");
  keep.text(transaction.id.text).text(poisoned.store.text).text(poisoned.incarnation.text).unsigned_integer(transaction.n);
  keep.integer(at.value).text(poisoned.why).text(sync::protocol::encode_transaction(transaction)).run();
  connection_.statement("drop_failure").text(transaction.id.text).run();
}

}  // namespace vitrine::hub::database
