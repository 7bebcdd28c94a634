// SPDX-License-Identifier: Apache-2.0
// Reads every conversation that is here, or those of one customer.
#include "edge/local_api/cases.hpp"

#include <algorithm>
#include <tuple>

#include "sync/protocol/case_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/person_id.hpp"

namespace vitrine::edge::local_api {

using sync::Case;
using sync::protocol::JsonWriter;
using sync::rules::CaseState;

namespace {

// Since when the customer waits for an answer: what they said first that nobody has seen who closed it, and to which the store
// has said nothing since. Where it has: since when it waits to be closed.
struct Waits {
  bool answered = false;
  UtcMs since;
};
Waits waits_of(const Case& one) {
  const auto theirs = [&](const sync::CaseMessage& message) {
    return message.by_customer && !std::ranges::binary_search(one.answered, message.stamp);
  };
  const auto ours = [&](const sync::CaseMessage& message) {
    return !message.by_customer && message.store && one.head && message.store == one.head->store;
  };
  const auto said = std::find_if(one.messages.rbegin(), one.messages.rend(), ours);
  const auto unanswered = std::find_if(said.base(), one.messages.end(), theirs);
  if (unanswered != one.messages.end()) return {false, unanswered->stamp.at};
  const bool answered = said != one.messages.rend() && std::ranges::any_of(one.messages, theirs);
  return {answered, answered ? said->stamp.at : one.since};
}

struct Waiting {
  sync::CustomerId customer;
  CaseView view;
};
std::vector<Waiting> all_waiting(database::Reader& reader, const sync::StoreId& store, UtcMs now) {
  std::vector<Waiting> found;
  reader.each_seen("case", [&](std::string_view document, std::string_view body) {
    const auto id = sync::protocol::case_id(document);
    auto one = sync::protocol::decode_case(body);
    if (!id || !one || sync::rules::waits_for(*one) != store || sync::rules::expires_at(*one) <= now) return;
    found.push_back({id->first, {id->second, std::move(*one), true}});
  });
  std::ranges::sort(found, {}, [](const Waiting& each) {
    const Waits waits = waits_of(each.view.one);
    return std::tuple(waits.answered, sync::rules::state_of(each.view.one) == CaseState::taken, waits.since, each.view.id);
  });
  return found;
}

void write_owner(JsonWriter& out, const Case& one) {
  out.key("owner");
  if (!one.owner || one.owner->who.empty()) return void(out.null());
  out.object().field("who", one.owner->who).field("name", one.owner->name).field("store", one.owner->store.text);
  out.field("at", one.owner->stamp.at.value).end_object();
}

void write_head(JsonWriter& out, const CaseView& view) {
  const Case& one = view.one;
  out.field("case", view.id.text).field("state", sync::rules::word_of(sync::rules::state_of(one)));
  out.field("channel", one.head ? one.head->channel : std::string()).field("waits", view.waits);
  out.field("since", waits_of(one).since.value);
  write_owner(out, one);
}

}  // namespace

Result<CaseQueue> case_queue(database::Reader& reader, const Surroundings& around, std::size_t limit) {
  reader.begin();
  CaseQueue queue;
  const bool doubt = reader.in_doubt();
  auto waiting = all_waiting(reader, around.store, around.now);
  queue.more = waiting.size() > limit;
  if (queue.more) waiting.resize(limit);
  for (Waiting& each : waiting) {
    const auto body = reader.body("customer", each.customer.text);
    const auto customer = body ? sync::protocol::decode_customer(*body) : fail("", "");
    queue.languages.push_back(customer ? customer->language : std::string());
    queue.cases.push_back(std::move(each.view));
  }
  if (auto failed = reader.end()) return std::unexpected(*failed);
  if (doubt) return in_doubt();
  return queue;
}

void route(CaseQueue& queue, const std::vector<Available>& people, const RoutingRules& rules) {
  for (std::size_t i = 0; i < queue.cases.size(); ++i) {
    const sync::Case& one = queue.cases[i].one;
    if (sync::rules::state_of(one) == CaseState::taken || waits_of(one).answered) break;
    const std::string channel = one.head ? one.head->channel : std::string();
    queue.routings.push_back(route({waits_of(one).since, {}, queue.languages[i], "case/", channel}, people, rules));
  }
}

CaseFigures count_cases(database::Reader& reader, const sync::StoreId& store, UtcMs now) {
  CaseFigures figures;
  for (const Waiting& each : all_waiting(reader, store, now)) {
    const bool taken = sync::rules::state_of(each.view.one) == CaseState::taken;
    ++figures.waiting[taken ? 1 : 0];
    const Waits waits = waits_of(each.view.one);
    if (!taken && !waits.answered) figures.oldest_ms = std::max(figures.oldest_ms, now.value - waits.since.value);
  }
  return figures;
}

std::vector<CaseView> cases_of(database::Reader& reader, const sync::CustomerId& customer, const sync::StoreId& store, UtcMs now,
                               CasesOf which) {
  std::vector<CaseView> found;
  reader.each_seen_under("case", sync::protocol::person_prefix(customer), [&](std::string_view document, std::string_view body) {
    const auto id = sync::protocol::case_id(document);
    auto one = sync::protocol::decode_case(body);
    if (!id || id->first != customer || !one || sync::rules::expires_at(*one) <= now) return;
    const bool waits = sync::rules::waits_for(*one) == store;
    if (waits == (which == CasesOf::waiting)) found.push_back({id->second, std::move(*one), waits});
  });
  std::ranges::sort(found, std::ranges::greater{}, [](const CaseView& view) { return std::pair(view.one.until, view.id); });
  return found;
}

void write_cases(JsonWriter& out, const std::vector<CaseView>& cases) {
  out.key("cases").array();
  for (const CaseView& view : cases) {
    out.object();
    write_head(out, view);
    out.field("summary", view.one.head ? view.one.head->summary : std::string()).key("messages").array();
    for (const sync::CaseMessage& each : view.one.messages) {
      out.object().field("id", each.stamp.by).field("from", each.by_customer ? "customer" : "staff").field("name", each.name);
      out.field("store", each.store ? each.store->text : std::string()).field("text", each.text);
      out.field("at", each.stamp.at.value).end_object();
    }
    out.end_array().key("closed");
    if (sync::rules::state_of(view.one) == CaseState::closed) {
      const sync::CaseClosed& closed = *view.one.closed;
      out.object().field("how", closed.how).field("name", closed.name).field("at", closed.stamp.at.value).end_object();
    } else {
      out.null();
    }
    out.end_object();
  }
  out.end_array();
}

// Of whom, and about what, is told to who opens it.
std::string to_json(const CaseQueue& queue) {
  JsonWriter out;
  out.object().key("cases").array();
  for (std::size_t i = 0; i < queue.cases.size(); ++i) {
    out.object();
    write_head(out, queue.cases[i]);
    out.field("language", queue.languages[i]);
    if (i < queue.routings.size()) write(out, queue.routings[i]);
    out.end_object();
  }
  out.end_array().field("more", queue.more).end_object();
  return out.take();
}

}  // namespace vitrine::edge::local_api
