// SPDX-License-Identifier: Apache-2.0
// Health and metrics, from one snapshot of the database.
#include "hub/api/status.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "hub/database/audit_lines.hpp"
#include "hub/database/authority.hpp"
#include "hub/database/erasures.hpp"
#include "hub/database/receipt_questions.hpp"
#include "hub/database/rows.hpp"
#include "hub/database/webhooks.hpp"
#include "sync/protocol/json_input.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"

namespace vitrine::hub::api {

using nlohmann::json;
namespace protocol = sync::protocol;

namespace {

constexpr std::uint64_t free_bytes_min = 256ULL * 1024 * 1024;
// A silent cut shows within a beat and its answer.
constexpr std::int64_t online_for_ms = sync::tuning::beat_every_ms + sync::tuning::answer_within_ms;

struct StoreState {
  std::string store;
  bool online = false;
  std::int64_t last_seen = 0;
  std::uint64_t behind = 0;  // changes that it has not said to have, over all its streams
  std::uint64_t applied_n = 0;
  std::uint64_t last_n = 0;  // of its outbox, as it said last
  std::string software;
  std::uint64_t forks = 0;
  std::int64_t frozen_at = 0;
  std::uint64_t offences = 0;
  std::string offence;
  std::int64_t quarantined_until = 0;
  struct Lag {
    std::string stream;
    std::uint64_t seq = 0;
    std::uint64_t behind = 0;
  };
  std::vector<Lag> streams = {};
  std::optional<Presence> presence = {};  // none: the broker has not said
  std::uint64_t refused = 0;              // outcomes that wait for people
  std::uint64_t questioned = 0;           // returns that it took of what had come back elsewhere: people decide
  std::uint64_t erasures_unheard = 0;     // of customers, of which it has not said that it has them
  sync::AuditChain audit = {};            // as it told of it
};

struct Said {
  std::uint64_t last_n = 0;
  std::string software;
  std::vector<protocol::StreamCursor> cursors;
};

// What a store said in its last hello or beat.
Said said_in(const std::string& presence) {
  // A hello has every field of a beat too.
  if (auto hello = protocol::decode_store_message("hello", presence)) {
    auto& message = std::get<protocol::Hello>(*hello);
    return {message.last_n, message.software, std::move(message.cursors)};
  }
  if (auto beat = protocol::decode_store_message("beat", presence)) {
    auto& message = std::get<protocol::Beat>(*beat);
    return {message.last_n, "", std::move(message.cursors)};
  }
  return {};
}

std::vector<StoreState> store_states(database::Connection& reader, const std::map<sync::StreamName, std::uint64_t>& heads,
                                     const StatusInputs& inputs) {
  const UtcMs now = inputs.now.utc;
  const auto outcomes = database::HubRows(reader).outcome_counts();
  const auto chains = database::AuditLines(reader).chains();
  const auto questioned = database::questioned_returns(reader);
  const sync::Era era = database::SqlAuthority(reader).era();
  std::vector<StoreState> states;
  for (const database::StoreRow& row : database::HubRows(reader).stores()) {
    StoreState state{row.store.text,
                     false,
                     row.presence_at.value,
                     0,
                     row.applied_n,
                     0,
                     "",
                     row.forks,
                     row.frozen_at.value,
                     row.offences,
                     row.offence,
                     row.quarantined_until.value > now.value ? row.quarantined_until.value : 0};
    state.online = row.presence_at.value > 0 && row.presence_at.plus(online_for_ms) > now;
    const Said said = said_in(row.presence);
    state.last_n = said.last_n;
    state.software = said.software;
    for (const auto& [stream, cursor] : said.cursors) {
      const auto head = heads.find(stream);
      const std::uint64_t behind = head != heads.end() && head->second > cursor.seq ? head->second - cursor.seq : 0;
      state.behind += behind;
      state.streams.push_back({stream.text, cursor.seq, behind});
    }
    const auto presence = inputs.presences.find(row.store);
    if (presence != inputs.presences.end()) state.presence = presence->second;
    const auto refused = outcomes.find(protocol::own_stream(row.store));
    if (refused != outcomes.end()) state.refused = refused->second;
    const auto chain = std::ranges::find(chains, row.store, &std::pair<sync::StoreId, sync::AuditChain>::first);
    if (chain != chains.end()) state.audit = chain->second;
    if (const auto found = questioned.find(row.store); found != questioned.end()) state.questioned = found->second;
    state.erasures_unheard = database::erasures_unheard(reader, row.presence, era);
    states.push_back(std::move(state));
  }
  return states;
}

std::uint64_t gone_entries(database::Connection& reader) {
  database::Statement row = reader.statement("gone_count");
  return row.step() ? row.unsigned_at(0) : 0;
}

std::uint64_t database_bytes(database::Connection& reader) {
  database::Statement row = reader.statement("database_bytes");
  return row.step() ? row.unsigned_at(0) : 0;
}

std::map<sync::StreamName, std::uint64_t> heads_in(database::Connection& reader) {
  std::map<sync::StreamName, std::uint64_t> heads;
  for (const auto& head : database::SqlAuthority(reader).heads()) heads.emplace(head.stream, head.head);
  return heads;
}

// A family of Prometheus text (exposition format 0.0.4); names of stores and streams need no escapes.
class Metrics {
 public:
  void family(const char* name, const char* type, const char* help) {
    text_ += std::string("# HELP ") + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
    name_ = name;
  }
  void value(std::uint64_t number, const std::string& labels = "") {
    text_ += name_ + (labels.empty() ? "" : "{" + labels + "}") + " " + std::to_string(number) + "\n";
  }
  void one(const char* name, const char* type, const char* help, std::uint64_t number) {
    family(name, type, help);
    value(number);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::string name_;
};

json lags(const StoreState& state) {
  json list = json::array();
  for (const auto& lag : state.streams) list.push_back({{"name", lag.stream}, {"seq", lag.seq}, {"behind", lag.behind}});
  return list;
}

// One value a store.
template <class Figure>
void by_store(Metrics& m, const std::vector<StoreState>& states, const char* name, const char* type, const char* help,
              Figure figure) {
  m.family(name, type, help);
  for (const StoreState& state : states) m.value(figure(state), "store=\"" + state.store + "\"");
}

}  // namespace

Answer health(database::Connection& reader, const StatusInputs& inputs) {
  const auto heads = heads_in(reader);
  const bool good = inputs.broker.connected && inputs.free_bytes >= free_bytes_min;
  json body = {{"status", good ? "ok" : "degraded"}};
  const auto eras = database::SqlAuthority(reader).eras();
  if (!eras.empty()) body["era"] = {{"number", eras.back().era.number}, {"id", eras.back().era.id}};
  body["eras"] = json::array();
  for (const auto& row : eras) {
    body["eras"].push_back({{"number", row.era.number}, {"began", row.began.value}, {"why", row.why}, {"lost", row.lost}});
  }
  body["now"] = inputs.now.utc.value;
  body["broker"] = {{"connected", inputs.broker.connected}, {"address", inputs.broker.address}};
  body["database"] = {{"size_bytes", database_bytes(reader)}, {"path_free_bytes", inputs.free_bytes}};
  body["stores"] = json::array();
  for (const StoreState& state : store_states(reader, heads, inputs)) {
    body["stores"].push_back({{"store", state.store},
                              {"online", state.online},
                              {"last_seen", state.last_seen},
                              {"behind", state.behind},
                              {"applied_n", state.applied_n},
                              {"last_n", state.last_n},
                              {"forks", state.forks},
                              {"frozen_at", state.frozen_at},
                              {"software", state.software},
                              {"refused", state.refused},
                              {"returns_questioned", state.questioned},
                              {"connected", state.presence ? json(state.presence->connected) : json(nullptr)},
                              {"connected_since", state.presence ? state.presence->heard_at.value : 0},
                              {"streams", lags(state)},
                              {"audit_lines", state.audit.last.n},
                              {"audit_breaks", state.audit.broken},
                              {"audit_breaks_open", state.audit.broken - state.audit.settled},
                              {"offences", state.offences},
                              {"offence", state.offence},
                              {"quarantined_until", state.quarantined_until}});
    if (state.frozen_at != 0 || state.audit.broken > state.audit.settled) body["status"] = "degraded";
  }
  body["poisoned"] = database::HubRows(reader).poisoned();
  body["streams"] = json::array();
  database::SqlAuthority rows(reader);
  for (const auto& [stream, head] : heads) {
    body["streams"].push_back({{"name", stream.text}, {"head", head}, {"horizon", rows.horizon(stream)}});
  }
  body["gone_entries"] = gone_entries(reader);
  Answer answer;
  answer.body = protocol::dump(body);
  return answer;
}

Answer metrics(database::Connection& reader, const StatusInputs& inputs) {
  Metrics m;
  const auto heads = heads_in(reader);
  m.one("vitrine_hub_broker_connected", "gauge", "1 while the broker is reached.", inputs.broker.connected ? 1 : 0);
  m.one("vitrine_hub_messages_received_total", "counter", "Messages of stores.", inputs.broker.received);
  m.one("vitrine_hub_messages_sent_total", "counter", "Messages given to the broker.", inputs.broker.sent);
  m.one("vitrine_hub_messages_unsent_total", "counter", "Messages that no broker took.", inputs.broker.unsent);
  m.one("vitrine_hub_requests_dropped_total", "counter", "Messages of stores for which there was no room.",
        inputs.engine.dropped);
  m.one("vitrine_hub_requests_malformed_total", "counter", "Messages of stores that could not be read.", inputs.engine.malformed);
  m.one("vitrine_hub_inbox_waiting", "gauge", "Items that wait for the engine.", inputs.engine.waiting);
  m.one("vitrine_hub_transactions_total", "counter", "Transactions of the engine.", inputs.engine.transactions);
  m.one("vitrine_hub_transactions_failed_total", "counter", "Transactions that were rolled back.", inputs.engine.failures);
  m.one("vitrine_hub_database_bytes", "gauge", "Size of the database.", database_bytes(reader));
  m.one("vitrine_hub_disk_free_bytes", "gauge", "Free bytes on the disk of the state folder.", inputs.free_bytes);
  m.family("vitrine_hub_api_answers_total", "counter", "Answers to phones and apps by class of status.");
  m.value(inputs.api.good, "class=\"good\"");
  m.value(inputs.api.refused, "class=\"refused\"");
  m.value(inputs.api.failed, "class=\"failed\"");
  m.family("vitrine_hub_platform_rows_total", "counter", "Rows that platforms sent, by result.");
  m.value(inputs.api.rows_taken, "result=\"taken\"");
  m.value(inputs.api.rows_refused, "result=\"refused\"");
  m.one("vitrine_hub_platform_repeats_total", "counter",
        "Calls of platforms that were answered as before, by their idempotency key.", inputs.api.repeats);
  m.one("vitrine_hub_kept_carts_total", "counter", "Carts that a kiosk gave to a phone and the phone opened.",
        inputs.api.kept_taken);
  m.one("vitrine_hub_kept_carts_refused_total", "counter", "Codes of such carts that the store they name has not signed.",
        inputs.api.kept_refused);
  m.family("vitrine_hub_coupons_total", "counter", "Coupons that people put on a cart from a phone, by result.");
  m.value(inputs.api.coupons_taken, "result=\"taken\"");
  m.value(inputs.api.coupons_refused, "result=\"refused\"");
  m.one("vitrine_hub_platform_credentials_refused_total", "counter", "Calls under a credential that does not hold.",
        inputs.api.credentials_refused);
  database::Webhooks webhooks(reader);
  m.one("vitrine_hub_webhooks_sent_total", "counter", "Events that an endpoint took.", inputs.webhooks_sent);
  m.one("vitrine_hub_webhook_tries_failed_total", "counter", "Tries that an endpoint did not take.", inputs.webhooks_failed);
  m.family("vitrine_hub_webhook_deliveries", "gauge", "Events by endpoint and state: waiting, sent, dead.");
  for (const auto& one : webhooks.counts()) m.value(one.count, "endpoint=\"" + one.endpoint + "\",state=\"" + one.state + "\"");
  const auto oldest = webhooks.oldest_waiting();
  m.one("vitrine_hub_webhook_oldest_waiting_ms", "gauge", "Age of the oldest event that waits; 0: none does.",
        oldest ? static_cast<std::uint64_t>(std::max<std::int64_t>(0, inputs.now.utc.value - oldest->value)) : 0);
  const auto eras = database::SqlAuthority(reader).eras();
  m.one("vitrine_hub_era", "gauge", "The era that the hub is in.", eras.empty() ? 0 : eras.back().era.number);
  m.one("vitrine_hub_eras", "gauge", "Eras that it has been in: one more for each restored copy.", eras.size());
  m.family("vitrine_hub_stream_head", "gauge", "Last place in each stream.");
  for (const auto& [stream, head] : heads) m.value(head, "stream=\"" + stream.text + "\"");
  m.one("vitrine_hub_entries_gone", "gauge", "Removals and tombstones that are kept for stores that have not passed them.",
        gone_entries(reader));
  m.one("vitrine_hub_entries_purged_total", "counter", "Removals and tombstones that left their streams.",
        inputs.engine.purged_entries);
  m.one("vitrine_hub_documents_purged_total", "counter", "Tombstones that were forgotten.", inputs.engine.purged_documents);
  m.one("vitrine_hub_loans_total", "counter", "Rights that were lent to stores, or made longer.", inputs.engine.loans);
  m.one("vitrine_hub_availability_told_total", "counter",
        "Products of which the stores of a region were told that one of them has more or less.", inputs.engine.availability_told);
  m.one("vitrine_hub_carts_expired_total", "counter", "Carts whose time was over.", inputs.engine.expired);
  const auto states = store_states(reader, heads, inputs);
  by_store(m, states, "vitrine_hub_store_online", "gauge", "1 while the store answers.",
           [](const StoreState& s) { return s.online ? 1U : 0U; });
  by_store(m, states, "vitrine_hub_store_connected", "gauge", "1 while the broker says that the store is connected.",
           [](const StoreState& s) { return s.presence && s.presence->connected ? 1U : 0U; });
  by_store(m, states, "vitrine_hub_store_last_seen_ms", "gauge", "When the store spoke last, UTC ms; 0: never.",
           [](const StoreState& s) { return static_cast<std::uint64_t>(s.last_seen); });
  by_store(m, states, "vitrine_hub_store_behind_entries", "gauge", "Changes that the store has not said to have.",
           [](const StoreState& s) { return s.behind; });
  m.family("vitrine_hub_store_stream_behind_entries", "gauge", "The same by stream.");
  for (const StoreState& state : states) {
    for (const auto& lag : state.streams) m.value(lag.behind, "store=\"" + state.store + "\",stream=\"" + lag.stream + "\"");
  }
  by_store(m, states, "vitrine_hub_store_applied_n", "gauge", "Last transaction of the store that was applied.",
           [](const StoreState& s) { return s.applied_n; });
  by_store(m, states, "vitrine_hub_store_outbox_waiting", "gauge",
           "Transactions that the store has said to have and the hub has not applied.",
           [](const StoreState& s) { return s.last_n > s.applied_n ? s.last_n - s.applied_n : 0; });
  by_store(m, states, "vitrine_hub_store_refused", "gauge",
           "Transactions of the store that could not have their effect, with an outcome.",
           [](const StoreState& s) { return s.refused; });
  by_store(m, states, "vitrine_hub_store_returns_questioned", "gauge",
           "Returns by receipt that the store took of what had come back elsewhere: a person decides.",
           [](const StoreState& s) { return s.questioned; });
  by_store(m, states, "vitrine_hub_store_audit_lines", "gauge", "Last line of the store's audit that it has told of.",
           [](const StoreState& s) { return s.audit.last.n; });
  by_store(m, states, "vitrine_hub_store_audit_last_ms", "gauge", "When that line was written, UTC ms; 0: none was told.",
           [](const StoreState& s) { return static_cast<std::uint64_t>(s.audit.at.value); });
  by_store(m, states, "vitrine_hub_store_audit_breaks_total", "counter",
           "Times that the store's audit did not go on from what was told before.",
           [](const StoreState& s) { return s.audit.broken; });
  by_store(m, states, "vitrine_hub_store_audit_breaks_open", "gauge", "Of these, those that nobody has settled: an alarm.",
           [](const StoreState& s) { return s.audit.broken - s.audit.settled; });
  by_store(m, states, "vitrine_hub_store_forks_total", "counter",
           "New lives of the store's database that left another one's behind.", [](const StoreState& s) { return s.forks; });
  by_store(m, states, "vitrine_hub_store_frozen", "gauge",
           "1 while two boxes seem to answer for the store, and neither is answered.",
           [](const StoreState& s) { return s.frozen_at != 0 ? 1U : 0U; });
  m.one("vitrine_hub_erasures", "gauge", "Customers who were erased.", database::erasures_known(reader));
  by_store(m, states, "vitrine_hub_store_erasures_unheard", "gauge", "Erasures that the store has not said to have.",
           [](const StoreState& s) { return s.erasures_unheard; });
  m.one("vitrine_hub_poisoned", "gauge", "Transactions on which the rules failed, kept for people.",
        database::HubRows(reader).poisoned());
  by_store(m, states, "vitrine_hub_store_offences_total", "counter", "Messages that no honest store sends.",
           [](const StoreState& s) { return s.offences; });
  by_store(m, states, "vitrine_hub_store_quarantined", "gauge", "1 while the store is not heard because of them.",
           [](const StoreState& s) { return s.quarantined_until != 0 ? 1U : 0U; });
  Answer answer;
  answer.content_type = "text/plain; version=0.0.4; charset=utf-8";
  answer.body = m.text();
  return answer;
}

}  // namespace vitrine::hub::api
