// SPDX-License-Identifier: Apache-2.0
// SqlAuthority: what leaves with time. Statements: sql/purge.sql.
#include <algorithm>

#include "hub/database/authority.hpp"
#include "sync/ends/collections.hpp"
#include "sync/ends/erasure.hpp"
#include "sync/planted.hpp"

namespace vitrine::hub::database {

using sync::DocumentKey;
using sync::StreamName;

std::size_t SqlAuthority::purge_gone(const StreamName& stream, std::uint64_t upto, std::size_t count_max) {
  const auto found = stream_row(stream);
  if (!found || upto <= found->horizon) return 0;
  std::size_t purged = 0;
  std::uint64_t highest = 0;
  {
    Statement gone = connection_.statement("purge_gone");
    gone.integer(found->number).unsigned_integer(upto).unsigned_integer(count_max);
    for (; gone.step(); ++purged) highest = std::max(highest, gone.unsigned_at(0));
  }
  if (purged > 0 && !sync::planted(sync::Bug::horizon_stays))
    connection_.statement("move_horizon").unsigned_integer(highest).integer(found->number).run();
  return purged;
}

void SqlAuthority::mark_head(const StreamName& stream, UtcMs at) {
  connection_.statement("mark_head").integer(at.value).text(stream.text).run();
}

std::optional<UtcMs> SqlAuthority::last_mark(const StreamName& stream) {
  const auto found = stream_row(stream);
  if (!found) return std::nullopt;
  Statement row = connection_.statement("last_mark");
  if (!row.integer(found->number).step() || row.is_null(0)) return std::nullopt;
  return UtcMs{row.integer_at(0)};
}

std::uint64_t SqlAuthority::marked_head(const StreamName& stream, UtcMs by) {
  const auto found = stream_row(stream);
  if (!found) return 0;
  std::int64_t at = 0;
  std::uint64_t head = 0;
  {
    Statement row = connection_.statement("marked_head");
    if (!row.integer(found->number).integer(by.value).step()) return 0;
    at = row.integer_at(0);
    head = row.unsigned_at(1);
  }
  connection_.statement("drop_marks").integer(found->number).integer(at).run();
  return head;
}

std::size_t SqlAuthority::forget_dead(UtcMs now, UtcMs noted_by, std::size_t rows_max) {
  struct Dead {
    DocumentKey key;
    std::uint32_t era = 0;
    std::uint64_t number = 0;
    std::optional<UtcMs> since;
    bool stands = false;
  };
  // The place in the sweep: collections have no line break in their names.
  std::string place;
  {
    Statement row = connection_.statement("sweep");
    if (row.text("dead_documents").step()) place = row.text_at(0);
  }
  const std::size_t cut = std::min(place.find('\n'), place.size());
  std::vector<Dead> all;
  {
    Statement row = connection_.statement("dead_after");
    row.text(place.substr(0, cut)).text(place.substr(std::min(cut + 1, place.size()))).unsigned_integer(rows_max);
    while (row.step()) {
      all.push_back({{std::string(row.text_at(0)), std::string(row.text_at(1))},
                     static_cast<std::uint32_t>(row.integer_at(2)),
                     row.unsigned_at(3),
                     row.is_null(4) ? std::nullopt : std::optional(UtcMs{row.integer_at(4)}),
                     row.integer_at(5) != 0});
    }
  }
  place = all.size() < rows_max ? std::string() : all.back().key.collection + "\n" + all.back().key.id;
  connection_.statement("put_sweep").text("dead_documents").text(place).run();
  const std::uint32_t era_now = era().number;
  std::size_t forgotten = 0;
  for (const Dead& dead : all) {
    if (dead.stands) continue;
    // Their name need not be kept: whoever is erased is remembered by a hash that says nothing about them.
    const bool erased = sync::ends::is_erased(*this, dead.key);
    if (!erased && sync::ends::ends_of(dead.key.collection) == sync::ends::Ends::for_ever) continue;
    if (!dead.since && !erased) {
      connection_.statement("note_dead").integer(now.value).text(dead.key.collection).text(dead.key.id).run();
    } else if (erased || *dead.since <= noted_by) {
      if (dead.era == era_now) {
        Statement floor = connection_.statement("put_number_floor");
        floor.text(dead.key.collection).integer(dead.era).unsigned_integer(dead.number).run();
      }
      connection_.statement("drop_document").text(dead.key.collection).text(dead.key.id).run();
      ++forgotten;
    }
  }
  return forgotten;
}

std::uint64_t SqlAuthority::number_floor(const std::string& collection) {
  Statement row = connection_.statement("number_floor");
  return row.text(collection).step() ? row.unsigned_at(0) : 0;
}

void SqlAuthority::put_expiry(const DocumentKey& key, const std::optional<UtcMs>& at) {
  if (!at) {
    connection_.statement("drop_expiry").text(key.collection).text(key.id).run();
    return;
  }
  connection_.statement("put_expiry").text(key.collection).text(key.id).integer(at->value).run();
}

std::vector<DocumentKey> SqlAuthority::expired(UtcMs now, std::size_t count_max) {
  std::vector<DocumentKey> keys;
  Statement row = connection_.statement("expired");
  row.integer(now.value).unsigned_integer(count_max);
  while (row.step()) keys.push_back({std::string(row.text_at(0)), std::string(row.text_at(1))});
  return keys;
}

std::string SqlAuthority::presence(const sync::StoreId& store) {
  Statement row = connection_.statement("presence");
  return row.text(store.text).step() ? std::string(row.text_at(0)) : std::string();
}

}  // namespace vitrine::hub::database
