// SPDX-License-Identifier: Apache-2.0
// The routes of what needs somebody.
#include "edge/local_api/alerts.hpp"
#include "edge/local_api/api.hpp"

namespace vitrine::edge::local_api {

Reply Api::get_alerts(const Call& call, const std::vector<std::string>&) {
  const auto limit = limit_of(call, alerts_max, alerts_max);
  if (!limit) return problem(limit.error());
  return read([&](Readers& readers) { return alert_list(*readers.store, surroundings(), *limit); });
}

Reply Api::get_alert_kinds(const Call&, const std::vector<std::string>&) {
  return read([](Readers& readers) { return alert_kinds_waiting(*readers.store); });
}

Reply Api::post_alert_action(const Call& call, const std::vector<std::string>& in_path) {
  auto request = decode_alert_action(call.body);
  if (!request) return problem(request.error());
  request->staff = call.acting ? call.acting->staff : std::string();
  const auto done =
      perform<std::size_t>(call, [asked = std::move(*request)](Desk& desk) -> Result<std::size_t> { return act(desk, asked); });
  return done ? get_alerts(call, in_path) : problem(done.error());
}

}  // namespace vitrine::edge::local_api
