// SPDX-License-Identifier: Apache-2.0
// What rows of the orders table do: each state of goods is the state that people are shown, the same rows are the same action,
// and an order that is known keeps what happened to it.
#include <doctest/doctest.h>

#include "hub/import/order_acts.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/rules/order_state.hpp"

using namespace vitrine;
using namespace vitrine::hub;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;

namespace {

const DocumentKey key{"order", "581234"};
const UtcMs now{1'764'000'000'000};

std::string rows(const std::string& state, std::int64_t placed_at = 1'763'900'000'000, std::int64_t units = 2) {
  return R"({"at":"C2","paid":1000,"place":{"channel":"web","currency":"GBP","hold_until":1764700000000,"lines":[{"line":1,"n":)" +
         std::to_string(units) +
         R"(,"sku":"85123A","unit_price":250},{"line":2,"n":2,"sku":"22423","unit_price":250}],"placed_at":)" +
         std::to_string(placed_at) + R"(,"store":"harbour-street"},"state":")" + state + R"("})";
}

Order after(const std::string& body, const std::optional<std::string>& before = std::nullopt) {
  const auto acts = acts_of_import(key, body, before, "204519", now);
  REQUIRE_MESSAGE(acts.has_value(), acts.error().message);
  std::optional<Order> order;
  if (before) order = *sync::protocol::decode_order(OrderId{key.id}, *before);
  for (std::size_t i = 0; i < acts->operations.size(); ++i) {
    const auto operation = sync::protocol::decode_order_operation(acts->operations[i].kind, acts->operations[i].body);
    REQUIRE(operation.has_value());
    auto next = apply(order, *operation, {OrderId{key.id}, acts->id, i, "import", now});
    REQUIRE(next.has_value());
    order = std::move(*next);
  }
  return *order;
}

}  // namespace

TEST_CASE("an order in each state is shown in that state, with its code and its money") {
  for (const std::string_view state : order_states()) {
    const Order order = after(rows(std::string(state)));
    CAPTURE(state);
    CHECK(word_of(status_of(order)) == (state == "cancel_asked" ? "ready" : state));
    CHECK(is_cancel_asked(order) == (state == "cancel_asked"));
    CHECK(order.code == "204519");
    CHECK(order.paid_minor == 1'000);
    CHECK(open_exceptions(order).empty());
    CHECK_FALSE(order.archived);
  }
}

TEST_CASE("the same rows are the same action, and others are another") {
  const auto id = [](const std::string& body) { return acts_of_import(key, body, std::nullopt, "1", now)->id; };
  CHECK(id(rows("ready")) == acts_of_import(key, rows("ready"), std::nullopt, "204519", now.plus(5))->id);
  CHECK(id(rows("ready")) != id(rows("picking")));
  CHECK(is_hex_128(id(rows("ready")).text));
}

TEST_CASE("an order that is known is placed again, and its goods, its money and its code stay") {
  const Order first = after(rows("part_collected"));
  const Order again = after(rows("placed", 1'763'900'000'000, 5), sync::protocol::encode_order(first));
  CHECK(again.revision == 2);
  CHECK(again.lines.front().ordered == 5);
  CHECK(again.lines.front().tally == first.lines.front().tally);
  CHECK(again.paid_minor == 1'000);
  CHECK(again.code == "204519");
  CHECK(status_of(again) == OrderStatus::part_collected);
}

TEST_CASE("what was over long ago stands with no store; what is open does, however old it is") {
  const std::int64_t long_ago = now.value - order_archive_after_ms - 1;
  CHECK(after(rows("collected", long_ago)).archived);
  CHECK_FALSE(after(rows("ready", long_ago)).archived);
}
