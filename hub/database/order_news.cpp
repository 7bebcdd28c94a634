// SPDX-License-Identifier: Apache-2.0
// Example followed: a store stages an order; with the new document the hub writes io.vitrine.order.ready, and a shop's mail goes
// out.
#include "hub/database/order_news.hpp"

#include <algorithm>

#include "hub/database/webhooks.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/rules/order_state.hpp"

namespace vitrine::hub::database {

namespace rules = sync::rules;
using sync::Order;

namespace {

std::optional<Order> order_in(const std::optional<sync::Document>& document) {
  if (!document || !document->body) return std::nullopt;
  auto order = sync::protocol::decode_order(sync::OrderId{document->key.id}, *document->body);
  return order ? std::optional(std::move(*order)) : std::nullopt;
}

template <class Of>
bool grew(const std::optional<Order>& before, const Order& after, const Of& of) {
  const auto sum = [&](const Order& order) {
    std::int64_t units = 0;
    for (const sync::OrderLine& line : order.lines) units += of(line);
    return units;
  };
  return sum(after) > (before ? sum(*before) : 0);
}

// Where it is collected; of one that is sent home, where it was asked for.
std::string store_of(const Order& order) {
  if (order.store) return order.store->text;
  return order.asked ? order.asked->store.text : std::string();
}

// The buyer has chosen what they want instead of what is missing, or something else than before.
bool has_chosen(const std::optional<Order>& before, const Order& after) {
  return std::ranges::any_of(after.lines, [&](const sync::OrderLine& line) {
    if (!line.choice) return false;
    if (!before) return true;
    const auto was = std::ranges::find(before->lines, line.number, &sync::OrderLine::number);
    return was == before->lines.end() || was->choice != line.choice;
  });
}

}  // namespace

std::vector<std::string_view> news_between(const std::optional<Order>& before, const Order& after) {
  std::vector<std::string_view> news;
  const rules::OrderStatus now_is = rules::status_of(after);
  const bool begins = after.revision > 0 && (!before || before->revision == 0);
  if (begins && now_is != rules::OrderStatus::placed && now_is != rules::OrderStatus::asked) news.emplace_back("placed");
  if (rules::is_cancel_asked(after) && !(before && rules::is_cancel_asked(*before))) news.emplace_back("cancel_asked");
  if (after.reminded && !(before && before->reminded == after.reminded)) news.emplace_back("reminded");
  if (grew(before, after, [](const sync::OrderLine& line) { return rules::missing_units(line); })) news.emplace_back("missing");
  if (has_chosen(before, after)) news.emplace_back("chosen");
  if (grew(before, after, [](const sync::OrderLine& line) { return line.tally.refused; })) news.emplace_back("refused");
  const bool more_back = grew(before, after, [](const sync::OrderLine& line) { return line.tally.returned; });
  if (more_back && now_is != rules::OrderStatus::returned && now_is != rules::OrderStatus::exception)
    news.emplace_back("part_returned");
  if (!before || rules::status_of(*before) != now_is) {
    const bool no_show = now_is == rules::OrderStatus::released && after.released && after.released->reason == "no_show";
    news.push_back(no_show ? std::string_view("no_show") : rules::word_of(now_is));
  }
  return news;
}

void OrderNews::follow(const std::optional<sync::Document>& before, const sync::Document& document) {
  if (document.key.collection != "order") return;
  const auto after = order_in(document);
  if (!after || !after->customer) {
    connection_.statement("drop_order_customer").text(document.key.id).run();
  } else {
    connection_.statement("put_order_customer").text(document.key.id).text(after->customer->text).run();
  }
  // What was over long ago before it came here is no news.
  if (!after || after->archived) return;
  for (const std::string_view word : news_between(order_in(before), *after)) {
    Webhooks(connection_)
        .announce({0, "", after->id.text, "io.vitrine.order." + std::string(word),
                   std::string(rules::word_of(rules::status_of(*after))), store_of(*after), after->changed_at});
  }
}

std::vector<sync::OrderId> OrderNews::of_customer(const sync::CustomerId& customer, std::size_t limit) {
  std::vector<sync::OrderId> orders;
  Statement row = connection_.statement("orders_of_customer");
  row.text(customer.text).integer(static_cast<std::int64_t>(limit));
  while (row.step()) orders.emplace_back(std::string(row.text_at(0)));
  return orders;
}

}  // namespace vitrine::hub::database
