// SPDX-License-Identifier: Apache-2.0
// Example followed: Maya collects order 581300 in a store that is cut off; a day later Nadia, whom Maya has told that she may see
// it, reads "Picked up" above what Maya looked at on her phone.
#include "edge/local_api/timeline.hpp"

#include <algorithm>
#include <charconv>

#include "edge/local_api/answers_json.hpp"
#include "sync/protocol/activity_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/person_id.hpp"
#include "sync/rules/consent.hpp"
#include "sync/tuning.hpp"

namespace vitrine::edge::local_api {

using sync::protocol::JsonWriter;

namespace {

constexpr std::string_view channel_of_stores = "store";

bool is_asked_for(const sync::Activity& done, TimelineWhere where) {
  return where == TimelineWhere::all || (where == TimelineWhere::in_store) == (done.channel == channel_of_stores);
}

}  // namespace

std::optional<TimelineWhere> timeline_where(std::string_view word) {
  if (word == "all") return TimelineWhere::all;
  if (word == "online") return TimelineWhere::online;
  return word == "store" ? std::optional(TimelineWhere::in_store) : std::nullopt;
}

std::optional<TimelinePlace> timeline_place(std::string_view text) {
  const std::size_t dot = text.find('.');
  TimelinePlace place;
  const char* end = text.data() + std::min(dot, text.size());
  const auto [last, error] = std::from_chars(text.data(), end, place.at.value);
  const std::string_view id = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
  if (error != std::errc() || last != end || !sync::is_hex_128(id)) return std::nullopt;
  place.id = sync::EventId{std::string(id)};
  return place;
}

Timeline timeline_of(database::Reader& reader, const sync::CustomerId& customer, UtcMs now, const TimelineAsk& asked) {
  std::vector<TimelineEntry> all;
  reader.each_seen_under("activity", sync::protocol::person_prefix(customer), [&](std::string_view id, std::string_view body) {
    const auto key = sync::protocol::activity_id(id);
    auto activity = sync::protocol::decode_activity(body);
    if (!key || key->first != customer || !activity || activity->expires_at <= now || !is_asked_for(*activity, asked.where))
      return;
    all.push_back({key->second, std::move(*activity), std::nullopt});
  });
  const auto place = [](const TimelineEntry& one) { return TimelinePlace{one.activity.at, one.id}; };
  std::ranges::sort(all, std::ranges::greater{}, place);
  if (asked.after) std::erase_if(all, [&](const TimelineEntry& one) { return place(one) >= *asked.after; });
  Timeline page;
  for (TimelineEntry& one : all) {
    if (page.entries.size() == timeline_page) {
      const TimelineEntry& last = page.entries.back();
      page.next = std::to_string(last.activity.at.value) + "." + last.id.text;
      break;
    }
    if (one.activity.sku) one.product = reader.product(*one.activity.sku);
    page.entries.push_back(std::move(one));
  }
  return page;
}

void write_timeline(JsonWriter& out, const Timeline& timeline) {
  out.key("activity").array();
  for (const TimelineEntry& one : timeline.entries) {
    const sync::Activity& done = one.activity;
    out.object().field("id", one.id.text).field("kind", done.kind).field("channel", done.channel).field("at", done.at.value);
    out.field("sku", done.sku ? done.sku->text : std::string()).key("title").object();
    for (const auto& [language, words] : one.product ? one.product->title : database::Translations()) out.field(language, words);
    out.end_object().field("order", done.order ? done.order->text : std::string());
    out.field("store", done.store ? done.store->text : std::string()).field("text", done.text).end_object();
  }
  out.end_array().field("next", timeline.next);
}

void add_activity(Desk& desk, sync::ends::LocalAction& action, const std::optional<sync::CustomerId>& customer,
                  sync::rules::ActivityAppend what) {
  if (!customer || action.operations.size() >= sync::tuning::transaction_operations_max) return;
  const UtcMs now = desk.end.hub_time(desk.now.utc);
  const auto body = desk.reader.body("customer", customer->text);
  const auto known = body ? sync::protocol::decode_customer(*body) : fail("", "");
  if (!known || (known->expires_at && *known->expires_at <= now)) return;
  if (!sync::rules::is_granted(desk.reader.consents(*customer), sync::rules::activity_purpose)) return;
  what.channel = channel_of_stores;
  what.at = now;
  what.store = desk.store;
  action.operations.push_back(sync::protocol::encode_activity_operation(*customer, sync::EventId{action.id.text}, what));
}

}  // namespace vitrine::edge::local_api
