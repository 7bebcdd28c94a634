// SPDX-License-Identifier: Apache-2.0
// The route of how the store stands.
#include "edge/local_api/answers_json.hpp"
#include "edge/local_api/api.hpp"
#include "edge/local_api/request_fields.hpp"
#include "edge/local_api/status.hpp"

namespace vitrine::edge::local_api {

std::vector<DeviceView> Api::list_devices(database::Reader& reader) {
  std::map<std::string, DeviceView> devices;
  for (const auto& [name, role] : setup_.devices) devices[name] = {name, role, {}, std::nullopt, {}};
  for (const auto& [name, seen] : seen_.all()) devices[name] = {name, seen.first, seen.second, std::nullopt, {}};
  const auto rules = reader.staff_rules();
  for (const Session& session : sessions_.all(rules, setup_.now().mono)) {
    DeviceView& device = devices[session.device];
    if (device.name.empty()) device = {session.device, DeviceRole::counter, {}, std::nullopt, {}};
    device.session = session;
    const auto staff = reader.staff(setup_.store, session.staff);
    device.staff_name = staff ? staff->name : std::string();
  }
  std::vector<DeviceView> list;
  for (auto& [name, device] : devices) list.push_back(std::move(device));
  return list;
}

Reply Api::post_drill(const Call& call, const std::vector<std::string>&) {
  auto order = decode_request<DrillOrder>(call.body, [](const sync::protocol::Fields& fields, DrillOrder& asked) {
    if (fields.text("action", 1, 16) == "start") asked.minutes = fields.integer("minutes", 1, drill_minutes_max);
  });
  if (!order) return problem(order.error());
  if (call.acting) order->staff = call.acting->staff;
  if (const auto done = setup_.run_drill(std::move(*order)); !done) return problem(done.error());
  return ok(to_json(board_.get().report));
}

Reply Api::get_status(const Call&, const std::vector<std::string>&) {
  auto health = read_health();
  if (!health) return problem(health.error());
  return read([&](Readers& readers) {
    auto view = store_status(*readers.store);
    if (!view) return view;
    view->health = std::move(*health);
    view->devices = list_devices(*readers.store);
    const Surroundings around = surroundings();
    view->drill = around.link.drill.report;
    view->locked_out =
        locked_out(*readers.store, {setup_.boot, setup_.now().mono.value, around.link.hub_time_max.value}, around.now);
    return view;
  });
}

}  // namespace vitrine::edge::local_api
