// SPDX-License-Identifier: Apache-2.0
// `webhook`: where the retailer is told of its orders, what waits, what was given up, and sending it again (docs/WEBHOOKS.md).
#include <algorithm>
#include <ostream>

#include "hub/api/cloud_event.hpp"
#include "hub/commands/commands.hpp"
#include "hub/database/webhooks.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::hub {

using database::Webhooks;

namespace {

constexpr const char* usage =
    "vitrine-hub webhook add <name> <url> | remove <name> | list | events <waiting|sent|dead> | replay <name> <event|dead>\n"
    "  --config hub.toml";
constexpr std::size_t endpoints_max = 4;  // as many as are served at the same time
constexpr std::size_t listed_max = 200;
constexpr std::size_t url_bytes_max = 300;

// Without TLS to this machine alone.
bool is_url(const std::string& url) {
  const bool here =
      url.starts_with("http://127.0.0.1:") || url.starts_with("http://localhost:") || url.starts_with("http://[::1]:");
  const std::size_t host = url.find("//") + 2;
  return (here || url.starts_with("https://")) && url.size() <= url_bytes_max && url.size() > host && url[host] != '/' &&
         std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '#' && c != '@'; });
}

// Work on the rows; its own error, or the database's.
Result<int> with_rows(const Command& command, const std::function<Result<int>(Webhooks&, Now)>& work) {
  Result<int> result = 0;
  const auto committed = write_once(command, [&](CommandDesk& desk) {
    Webhooks rows(desk.authority.connection());
    result = work(rows, desk.now);
  });
  if (!committed) return std::unexpected(committed.error());
  return result;
}

Result<int> add(const Command& command, const std::string& name, const std::string& url) {
  if (!sync::is_store_id(name)) return fail("invalid_name", "an endpoint's name is 1 to 32 small letters, digits and '-'");
  if (!is_url(url))
    return fail("invalid_url", "an endpoint is an https address (http only on this machine), without user and '#'");
  const std::string secret = api::make_webhook_secret();
  const auto added = with_rows(command, [&](Webhooks& rows, Now now) -> Result<int> {
    if (rows.endpoints().size() >= endpoints_max) return fail("too_many_endpoints", "there are four endpoints already");
    if (!rows.add({name, url, secret, now.utc}))
      return fail("endpoint_known", "there is an endpoint " + name + "; remove it first");
    return 0;
  });
  if (!added) return added;
  command.out << api::webhook_secret_text(secret) << "\n";
  command.err << "added  the endpoint " << name << "; it is sent what happens to orders and conversations from now on\n"
              << "Next: give the receiver the line above, which is not shown again: it checks webhook-signature with it.\n";
  return 0;
}

Result<int> list(const Command& command) {
  return with_rows(command, [&](Webhooks& rows, Now) -> Result<int> {
    const auto counts = rows.counts();
    const auto count_of = [&](const std::string& name, const std::string& state) {
      for (const database::DeliveryCount& one : counts) {
        if (one.endpoint == name && one.state == state) return one.count;
      }
      return std::uint64_t{0};
    };
    for (const database::WebhookEndpoint& one : rows.endpoints()) {
      command.out << one.name << "  " << one.url << "  waiting " << count_of(one.name, "waiting") << ", dead "
                  << count_of(one.name, "dead") << "\n";
    }
    return 0;
  });
}

Result<int> events(const Command& command, const std::string& state) {
  if (state != "waiting" && state != "sent" && state != "dead") return fail("usage", usage);
  return with_rows(command, [&](Webhooks& rows, Now) -> Result<int> {
    for (const database::ListedDelivery& one : rows.in_state(state, listed_max)) {
      command.out << one.endpoint << "  " << one.event << "  " << one.type << "  " << one.subject << "  tries " << one.tries
                  << (one.last.empty() ? "" : ", " + one.last) << "\n";
    }
    return 0;
  });
}

}  // namespace

Result<int> webhook(const Command& command) {
  const std::vector<std::string>& words = command.words;
  const std::string verb = words.empty() ? "" : words[0];
  if (verb == "add" && words.size() == 3) return add(command, words[1], words[2]);
  if (verb == "list" && words.size() == 1) return list(command);
  if (verb == "events" && words.size() == 2) return events(command, words[1]);
  if (verb == "remove" && words.size() == 2) {
    return with_rows(command, [&](Webhooks& rows, Now) -> Result<int> {
      if (!rows.drop(words[1])) return fail("endpoint_unknown", "there is no endpoint " + words[1]);
      command.out << "removed " << words[1] << " and what it was still to be sent\n";
      return 0;
    });
  }
  if (verb != "replay" || words.size() != 3) return fail("usage", usage);
  return with_rows(command, [&](Webhooks& rows, Now) -> Result<int> {
    const std::uint64_t count = rows.replay(words[1], words[2] == "dead" ? "" : words[2]);
    if (count == 0) return fail("event_unknown", "nothing of that kind is kept for " + words[1]);
    command.out << count << " to be sent again\n";
    return 0;
  });
}

}  // namespace vitrine::hub
