// SPDX-License-Identifier: Apache-2.0
// vitrinectl sync status: the daemon's own health where one answers, else what its database says.
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>

#include "edge/database/replica.hpp"
#include "tools/vitrinectl/command.hpp"
#include "tools/vitrinectl/daemon_says.hpp"

namespace vitrine::ctl {

namespace {

using nlohmann::json;

// None: nobody listens there. An answer that is no health is an error.
Result<std::optional<json>> ask_daemon(const std::string& socket) {
  const auto said = daemon_says(socket, "/v1/health");
  if (!said) return std::unexpected(said.error());
  if (!*said) return std::nullopt;
  json health = json::parse(**said, nullptr, false);
  if (!health.is_object()) return fail("daemon_odd", "the daemon's health is none");
  health["daemon"] = "running";
  return health;
}

// The same fields, as far as the rows know them.
Result<json> read_rows(const config::EdgeConfig& config, Now now) {
  using edge::database::Connection;
  auto file = Connection::open(config.database_file(), edge::database::sql_book(), {Connection::Use::read, 1024, true});
  if (!file) return std::unexpected(file.error());
  (*file)->begin_read();
  edge::database::SqliteReplica replica(std::move(*file), sync::StreamName{"catalog"});
  const sync::ends::StoreState state = replica.state();
  json health = {{"daemon", "not running"}, {"status", "degraded"}, {"store", state.store.text}, {"now", now.utc.value}};
  health["link"] = {{"online", false}, {"reason", "daemon_not_running"}, {"last_contact", state.last_contact.value}};
  health["streams"] = json::array();
  for (const auto& stream : replica.streams()) {
    health["streams"].push_back({{"name", stream.stream.text}, {"seq", stream.cursor.seq}, {"filled", stream.filled}});
  }
  const std::uint64_t done = std::max(state.applied_n, state.ack.n);
  std::int64_t oldest_at = 0;
  if (const auto first = replica.transactions_after(done, 1, SIZE_MAX); !first.empty()) oldest_at = first.front().at.value;
  health["outbox"] = {{"waiting", state.last_n > done ? state.last_n - done : 0}, {"oldest_at", oldest_at}};
  if (auto failed = replica.connection().take_failure()) return std::unexpected(failed->within(config.database_file()));
  if (state.store.empty()) return fail("database_empty", config.database_file() + " is no store's database yet");
  return health;
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text;
}

// "3 s", "5 min", "2 h", "4 days"
std::string age(std::int64_t ms) {
  const std::int64_t s = std::max<std::int64_t>(0, ms / 1000);
  if (s < 120) return std::to_string(s) + " s";
  if (s < 7200) return std::to_string(s / 60) + " min";
  if (s < 172800) return std::to_string(s / 3600) + " h";
  return std::to_string(s / 86400) + " days";
}

void write_table(const json& health, std::ostream& out) {
  const std::int64_t now = health.value("now", std::int64_t{0});
  const json link = health.value("link", json::object());
  const json outbox = health.value("outbox", json::object());
  const std::int64_t contact = link.value("last_contact", std::int64_t{0});
  const std::int64_t oldest = outbox.value("oldest_at", std::int64_t{0});
  out << "store    " << health.value("store", "") << ", daemon " << health.value("daemon", "") << "\n";
  out << "link     " << (link.value("online", false) ? "online" : "offline: " + link.value("reason", "")) << ", last contact "
      << (contact == 0 ? "never" : age(now - contact) + " ago") << "\n";
  out << "outbox   " << outbox.value("waiting", std::uint64_t{0}) << " waiting"
      << (oldest == 0 ? "" : ", the oldest for " + age(now - oldest));
  if (const auto aside = outbox.value("set_aside", std::uint64_t{0}); aside > 0)
    out << ", " << aside << " set aside for a person";
  if (const auto refused = health.value("refused", std::uint64_t{0}); refused > 0) out << ", " << refused << " refused";
  out << "\n";
  out << padded("stream", 28) << padded("here", 10) << padded("hub", 10) << "behind\n";
  for (const json& stream : health.value("streams", json::array())) {
    const auto seq = stream.value("seq", std::uint64_t{0});
    const bool filled = stream.value("filled", false);
    out << padded(stream.value("name", ""), 28) << padded(filled ? std::to_string(seq) : "filling", 10);
    if (stream.contains("head")) {
      const auto head = stream.value("head", seq);
      out << padded(std::to_string(head), 10) << (head > seq ? head - seq : 0) << "\n";
    } else {
      out << padded("unknown", 10) << "unknown\n";
    }
  }
}

}  // namespace

Result<int> sync_status(const Command& command) {
  if (!command.words.empty()) return fail("usage", "sync status takes no words");
  auto asked = ask_daemon(command.config.api_socket());
  if (!asked) return std::unexpected(asked.error());
  if (!*asked) {
    auto read = read_rows(command.config, command.now);
    if (!read) return std::unexpected(read.error());
    *asked = std::move(*read);
  }
  const json& health = **asked;
  if (command.json) {
    command.out << health.dump(-1, ' ', false, json::error_handler_t::replace) << "\n";
  } else {
    write_table(health, command.out);
  }
  return health.value("status", "") == "ok" ? exit_good : exit_trouble;
}

}  // namespace vitrine::ctl
