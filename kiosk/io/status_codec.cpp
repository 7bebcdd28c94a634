// SPDX-License-Identifier: Apache-2.0
#include "kiosk/io/status_codec.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace vitrine::kiosk::answer {

namespace {

void read_health(const json& health, StoreStatus& read) {
  const json& link = health.at("link");
  read.online = link.at("online").get<bool>();
  read.since = time(link, "since");
  read.last_contact = time(link, "last_contact");
  const json& outbox = health.at("outbox");
  read.waiting = number(outbox, "waiting", 0, INT64_MAX);
  read.oldest_at = time(outbox, "oldest_at");
  read.set_aside = number(outbox, "set_aside", 0, INT64_MAX);
  read.in_doubt = health.at("in_doubt").get<bool>();
  read.free_bytes = number(health.at("database"), "path_free_bytes", 0, INT64_MAX);
  read.filled = true;
  for (const json& stream : list(health, "streams")) {
    read.filled = read.filled && stream.at("filled").get<bool>();
    read.behind = read.behind || number(stream, "head", 0, INT64_MAX) > number(stream, "seq", 0, INT64_MAX);
  }
}

RefusedSeen refused(const json& object) {
  RefusedSeen read{text(object, "reason"), time(object, "at"), {}, {}};
  const json& documents = list(object, "documents");
  if (documents.empty()) return read;
  read.collection = text(documents.front(), "collection");
  read.id = text_or_empty(documents.front(), "id");
  return read;
}

DeviceSeen device(const json& object) {
  DeviceSeen read{text(object, "device"), text(object, "role"), time(object, "seen_at"), {}, {}, false};
  if (is_absent(object, "staff")) return read;
  const json& staff = object.at("staff");
  read.staff = text(staff, "staff");
  read.staff_name = text_or_empty(staff, "name");
  read.locked = staff.at("locked").get<bool>();
  return read;
}

}  // namespace

StoreStatus store_status(const json& object) {
  StoreStatus read;
  read_health(object.at("health"), read);
  for (const json& one : list(object, "waiting"))
    read.kinds.emplace_back(text(one, "collection"), number(one, "count", 0, INT64_MAX));
  for (const json& one : list(object, "refused")) read.refused.push_back(refused(one));
  for (const json& one : list(object, "exceptions")) read.exceptions.emplace_back(text(one, "order"), text(one, "exception"));
  if (!is_absent(object, "questioned_receipts")) {
    for (const json& one : list(object, "questioned_receipts")) read.questioned.emplace_back(text(one, "ends"), time(one, "at"));
  }
  for (const json& one : list(object, "devices")) read.devices.push_back(device(one));
  if (!is_absent(object, "drill")) {
    const json& drill = object.at("drill");
    read.drill = DrillSeen{time(drill, "began"), time(drill, "until"), drill.at("runs").get<bool>(),
                           number(drill, "waited", 0, INT64_MAX), number(drill, "left", 0, INT64_MAX)};
  }
  if (is_absent(object, "locked_out")) return read;  // of an earlier edge
  for (const json& one : list(object, "locked_out"))
    read.locked_out.push_back(
        {text(one, "staff"), text_or_empty(one, "name"), number(one, "wait_ms", 0, INT64_MAX / 2), one.at("day").get<bool>()});
  return read;
}

StoreAlert alert(const json& object) {
  constexpr std::array<std::string_view, 4> states = {"raised", "shown", "acknowledged", "escalated"};
  const auto state = std::ranges::find(states, text(object, "state"));
  if (state == states.end()) throw Misshapen{"state is unknown"};
  StoreAlert read{plain_id(object, "kind"),
                  text(object, "subject"),
                  time(object, "since"),
                  static_cast<AlertState>(state - states.begin()),
                  {}};
  if (!is_absent(object, "acknowledged")) read.name = text_or_empty(object.at("acknowledged"), "name");
  return read;
}

AlertKindSeen alert_kind(const json& object) {
  return {plain_id(object, "kind"), number(object, "count", 1, INT64_MAX), object.at("escalated").get<bool>(),
          time(object, "since")};
}

}  // namespace vitrine::kiosk::answer
