// SPDX-License-Identifier: Apache-2.0
// Webhooks; the statements stand in sql/webhooks.sql.
#include "hub/database/webhooks.hpp"

namespace vitrine::hub::database {

namespace {

std::string text(const Statement& row, int column) { return std::string(row.text_at(column)); }

}  // namespace

std::vector<WebhookEndpoint> Webhooks::endpoints() {
  std::vector<WebhookEndpoint> result;
  Statement row = connection_.statement("endpoints");
  while (row.step()) result.push_back({text(row, 0), text(row, 1), std::string(row.blob_at(2)), {row.integer_at(3)}});
  return result;
}

bool Webhooks::add(const WebhookEndpoint& endpoint) {
  connection_.statement("add_endpoint")
      .text(endpoint.name)
      .text(endpoint.url)
      .blob(endpoint.secret.data(), endpoint.secret.size())
      .integer(endpoint.added_at.value)
      .run();
  return connection_.changes() > 0;
}

bool Webhooks::drop(const std::string& name) {
  connection_.statement("drop_deliveries_of").text(name).run();
  connection_.statement("drop_endpoint").text(name).run();
  return connection_.changes() > 0;
}

void Webhooks::announce(const WebhookEvent& event) {
  if (!connection_.statement("any_endpoint").step()) return;
  std::int64_t seq = 0;
  {
    Statement put = connection_.statement("put_event");
    put.text(event.subject).text(event.type).text(event.state).text(event.store).integer(event.at.value);
    if (!put.step()) return;
    seq = put.integer_at(0);
    put.step();
  }
  connection_.statement("put_deliveries").integer(seq).text(event.subject).run();
}

std::optional<DueDelivery> Webhooks::due(const std::string& endpoint, UtcMs now) {
  Statement row = connection_.statement("due_delivery");
  row.text(endpoint).integer(now.value);
  if (!row.step()) return std::nullopt;
  return DueDelivery{
      {row.integer_at(0), text(row, 3), text(row, 4), text(row, 5), text(row, 6), text(row, 7), {row.integer_at(8)}},
      row.integer_at(1),
      {row.integer_at(2)}};
}

void Webhooks::end(const std::string& endpoint, std::int64_t seq, const DeliveryEnd& end) {
  connection_.statement("end_delivery")
      .text(end.state)
      .integer(end.tries)
      .integer(end.began_at.value)
      .integer(end.next_at.value)
      .text(end.last)
      .text(endpoint)
      .integer(seq)
      .run();
}

std::vector<ListedDelivery> Webhooks::in_state(const std::string& state, std::size_t limit) {
  std::vector<ListedDelivery> result;
  Statement row = connection_.statement("deliveries_in");
  row.text(state).integer(static_cast<std::int64_t>(limit));
  while (row.step()) result.push_back({text(row, 0), text(row, 1), text(row, 2), text(row, 3), row.integer_at(4), text(row, 5)});
  return result;
}

std::uint64_t Webhooks::replay(const std::string& endpoint, const std::string& event) {
  if (event.empty()) {
    connection_.statement("replay_dead").text(endpoint).run();
  } else {
    connection_.statement("replay_event").text(endpoint).text(event).run();
  }
  return static_cast<std::uint64_t>(connection_.changes());
}

void Webhooks::forget_before(UtcMs at) {
  connection_.statement("drop_old_events").integer(at.value).run();
  if (connection_.changes() > 0) connection_.statement("drop_lost_deliveries").run();
}

std::vector<DeliveryCount> Webhooks::counts() {
  std::vector<DeliveryCount> result;
  Statement row = connection_.statement("deliveries_by_state");
  while (row.step()) result.push_back({text(row, 0), text(row, 1), row.unsigned_at(2)});
  return result;
}

std::optional<UtcMs> Webhooks::oldest_waiting() {
  Statement row = connection_.statement("oldest_waiting");
  if (!row.step() || row.is_null(0)) return std::nullopt;
  return UtcMs{row.integer_at(0)};
}

}  // namespace vitrine::hub::database
