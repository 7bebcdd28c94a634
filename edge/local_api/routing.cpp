// SPDX-License-Identifier: Apache-2.0
// See routing.hpp.
#include "edge/local_api/routing.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace vitrine::edge::local_api {

namespace {

// What has to be done there; empty: anybody may.
std::string_view permission_of(const Wanted& wanted) {
  if (wanted.context.starts_with("order/")) return "orders";
  if (wanted.context.starts_with("cart/") || wanted.about == "paying") return "carts";
  if (wanted.context.starts_with("case/")) return "customers";
  return wanted.context.starts_with("product/") || wanted.about == "finding" ? "stock" : "";
}

bool has(const std::vector<std::string>& words, std::string_view word) { return std::ranges::find(words, word) != words.end(); }

// "fr-CA" is spoken by who speaks "fr".
bool speaks(const sync::Staff& staff, std::string_view language) {
  const std::string_view plain = language.substr(0, language.find('-'));
  return std::ranges::any_of(staff.languages,
                             [&](const std::string& one) { return std::string_view(one).substr(0, one.find('-')) == plain; });
}

}  // namespace

Routing route(const Wanted& wanted, const std::vector<Available>& people, const RoutingRules& rules) {
  const std::string_view permission = permission_of(wanted);
  const std::string_view language = wanted.language;
  const auto known = rules.zones.find(wanted.device);
  const std::string zone = known == rules.zones.end() ? std::string() : known->second;
  std::vector<const Available*> free;
  for (const Available& one : people) {
    if (!one.busy) free.push_back(&one);
  }
  const auto rank = [&](const Available* one) {
    const sync::Staff& staff = one->staff;
    const bool may = permission.empty() || has(one->permissions, permission);
    const bool talks = language.empty() || speaks(staff, language);
    const bool there = zone.empty() || staff.zones.empty() || has(staff.zones, zone);
    const bool knows = wanted.about.empty() || has(staff.skills, wanted.about);
    return std::tuple(!may, !talks, !there, !knows, one->locked, std::string_view(staff.number));
  };
  std::ranges::sort(free, {}, rank);
  // Somebody at two counters is one person.
  const auto again = std::ranges::unique(free, {}, [](const Available* one) { return std::string_view(one->staff.number); });
  free.erase(again.begin(), again.end());
  Routing routing;
  UtcMs at = wanted.since;
  for (const Available* one : free) {
    if (routing.offers.size() == offers_max) break;
    routing.offers.push_back({one->staff.number, one->staff.name, at});
    at = at.plus(rules.next_ms);
  }
  routing.all_at = at;
  return routing;
}

void write(sync::protocol::JsonWriter& out, const Routing& routing) {
  out.key("offers").array();
  for (const Offered& one : routing.offers)
    out.object().field("who", one.staff).field("name", one.name).field("at", one.at.value).end_object();
  out.end_array().field("all_at", routing.all_at.value);
}

}  // namespace vitrine::edge::local_api
