// SPDX-License-Identifier: Apache-2.0
#include "hub/import/activity_rows.hpp"

#include <algorithm>
#include <array>
#include <variant>

#include "hub/import/row_names.hpp"
#include "sync/model/activity.hpp"
#include "sync/protocol/activity_codec.hpp"

namespace vitrine::hub {

namespace {

constexpr std::array<std::string_view, 6> columns = {"visitor", "at", "kind", "sku", "channel", "customer"};
constexpr std::array<std::string_view, 4> extras = {"event", "order", "store", "text"};
constexpr std::size_t reference_bytes_max = 64;

// As the file has it, so that a shift of times makes no new event.
std::string name_of(Fields& fields, const ActivityRow& row) {
  const std::string event = fields.has("event") ? fields.optional_text("event", reference_bytes_max) : std::string();
  const std::string said = !event.empty() ? "event/" + event
                                          : fields.optional_text("at", 32) + "/" + row.kind + "/" + row.channel + "/" + row.sku +
                                                "/" + row.order + "/" + row.store + "/" + row.text;
  return name_of_row("vitrine-import-activity/" + row.customer + "/" + said);
}

}  // namespace

std::span<const std::string_view> activity_columns() { return columns; }
std::span<const std::string_view> activity_extras() { return extras; }

ActivityRow read_activity(Fields& fields) {
  ActivityRow row;
  row.visitor = fields.optional_text("visitor", reference_bytes_max);
  row.at = fields.time("at");
  row.kind = fields.one_of("kind", sync::activity_kinds);
  if (!fields.optional_text("sku", reference_bytes_max).empty()) row.sku = fields.sku();
  row.channel = fields.name("channel");
  row.customer = fields.optional_text("customer", reference_bytes_max);
  if (fields.has("order")) row.order = fields.optional_text("order", reference_bytes_max);
  if (!row.order.empty() && !sync::is_order_id(row.order))
    fields.refuse("order '" + row.order + "' is not made of letters, digits, '.', '_' and '-'");
  if (fields.has("store")) row.store = fields.optional_store();
  if (fields.has("text")) row.text = fields.optional_text("text", sync::rules::activity_text_bytes_max);
  if (row.visitor.empty() && row.customer.empty()) fields.refuse("neither visitor nor customer is given");
  row.event = name_of(fields, row);
  return row;
}

sync::DocumentKey activity_row_key(const ActivityRow& row) {
  return sync::protocol::activity_key(sync::CustomerId{row.customer}, sync::EventId{row.event});
}

std::string activity_row_body(const ActivityRow& row) {
  sync::rules::ActivityAppend said{row.kind, row.channel, row.at, {}, {}, {}, row.text};
  if (!row.sku.empty()) said.sku = sync::Sku{row.sku};
  if (!row.order.empty()) said.order = sync::OrderId{row.order};
  if (!row.store.empty()) said.store = sync::StoreId{row.store};
  return sync::protocol::encode_activity_operation(sync::CustomerId{row.customer}, sync::EventId{row.event}, said).body;
}

Result<ActivityAct> activity_of_import(const sync::DocumentKey& key, const std::string& row, UtcMs now) {
  const auto id = sync::protocol::activity_id(key.id);
  if (!id) return fail("activity_malformed", "this names no event");
  const auto said = sync::protocol::decode_activity_operation("activity.append", row);
  if (!said) return std::unexpected(said.error());
  const UtcMs at = std::min(std::get<sync::rules::ActivityAppend>(*said).at, now);
  return ActivityAct{sync::TransactionId{name_of_row("vitrine-import-activity/" + key.id)}, at,
                     at.plus(sync::rules::activity_kept_ms) <= now,
                     sync::protocol::encode_activity_operation(id->first, id->second, *said)};
}

}  // namespace vitrine::hub
