// SPDX-License-Identifier: Apache-2.0
// Health and metrics, from one snapshot of the database.
#include "hub/api/status.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "hub/database/authority.hpp"
#include "hub/database/rows.hpp"
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
};

struct Said {
  std::uint64_t last_n = 0;
  std::string software;
  std::vector<protocol::StreamCursor> cursors;
};

// What a store said in its last hello or beat.
Said said_in(const std::string& presence) {
  if (auto beat = protocol::decode_store_message("beat", presence)) {
    auto& message = std::get<protocol::Beat>(*beat);
    return {message.last_n, "", std::move(message.cursors)};
  }
  if (auto hello = protocol::decode_store_message("hello", presence)) {
    auto& message = std::get<protocol::Hello>(*hello);
    return {message.last_n, message.software, std::move(message.cursors)};
  }
  return {};
}

std::vector<StoreState> store_states(sqlite::Connection& reader, const std::map<sync::StreamName, std::uint64_t>& heads,
                                     UtcMs now) {
  std::vector<StoreState> states;
  for (const database::StoreRow& row : database::HubRows(reader).stores()) {
    StoreState state{row.store.text, false, row.presence_at.value, 0, row.applied_n, 0, ""};
    state.online = row.presence_at.value > 0 && row.presence_at.plus(online_for_ms) > now;
    const Said said = said_in(row.presence);
    state.last_n = said.last_n;
    state.software = said.software;
    for (const auto& [stream, cursor] : said.cursors) {
      const auto head = heads.find(stream);
      if (head != heads.end() && head->second > cursor.seq) state.behind += head->second - cursor.seq;
    }
    states.push_back(std::move(state));
  }
  return states;
}

std::map<sync::StreamName, std::uint64_t> heads_in(sqlite::Connection& reader) {
  std::map<sync::StreamName, std::uint64_t> heads;
  for (const auto& head : database::SqliteAuthority(reader).heads()) heads.emplace(head.stream, head.head);
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

}  // namespace

Answer health(sqlite::Connection& reader, const StatusInputs& inputs) {
  const auto heads = heads_in(reader);
  const bool good = inputs.broker.connected && inputs.free_bytes >= free_bytes_min;
  json body = {{"status", good ? "ok" : "degraded"}};
  const sync::Era era = database::SqliteAuthority(reader).era();
  body["era"] = {{"number", era.number}, {"id", era.id}};
  body["now"] = inputs.now.utc.value;
  body["broker"] = {{"connected", inputs.broker.connected}, {"address", inputs.broker.address}};
  body["database"] = {{"size_bytes", inputs.database_bytes}, {"path_free_bytes", inputs.free_bytes}};
  body["stores"] = json::array();
  for (const StoreState& state : store_states(reader, heads, inputs.now.utc)) {
    body["stores"].push_back({{"store", state.store},
                              {"online", state.online},
                              {"last_seen", state.last_seen},
                              {"behind", state.behind},
                              {"applied_n", state.applied_n},
                              {"last_n", state.last_n}});
  }
  body["streams"] = json::array();
  for (const auto& [stream, head] : heads) body["streams"].push_back({{"name", stream.text}, {"head", head}});
  Answer answer;
  answer.body = protocol::dump(body);
  return answer;
}

Answer metrics(sqlite::Connection& reader, const StatusInputs& inputs) {
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
  m.one("vitrine_hub_database_bytes", "gauge", "Size of the database.", inputs.database_bytes);
  m.one("vitrine_hub_disk_free_bytes", "gauge", "Free bytes on its disk.", inputs.free_bytes);
  m.family("vitrine_hub_api_answers_total", "counter", "Answers to phones and apps by class of status.");
  m.value(inputs.api.good, "class=\"good\"");
  m.value(inputs.api.refused, "class=\"refused\"");
  m.value(inputs.api.failed, "class=\"failed\"");
  m.family("vitrine_hub_stream_head", "gauge", "Last place in each stream.");
  for (const auto& [stream, head] : heads) m.value(head, "stream=\"" + stream.text + "\"");
  const auto states = store_states(reader, heads, inputs.now.utc);
  m.family("vitrine_hub_store_online", "gauge", "1 while the store answers.");
  for (const StoreState& state : states) m.value(state.online ? 1 : 0, "store=\"" + state.store + "\"");
  m.family("vitrine_hub_store_behind_entries", "gauge", "Changes that the store has not said to have.");
  for (const StoreState& state : states) m.value(state.behind, "store=\"" + state.store + "\"");
  m.family("vitrine_hub_store_applied_n", "gauge", "Last transaction of the store that was applied.");
  for (const StoreState& state : states) m.value(state.applied_n, "store=\"" + state.store + "\"");
  Answer answer;
  answer.content_type = "text/plain; version=0.0.4; charset=utf-8";
  answer.body = m.text();
  return answer;
}

}  // namespace vitrine::hub::api
