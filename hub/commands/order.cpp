// SPDX-License-Identifier: Apache-2.0
// `order`: what only the hub may do to an order, by hand or from a script of the platform: money, cancelling, who collects it,
// and what a person decided about an exception.
#include <charconv>
#include <ostream>

#include "hub/commands/commands.hpp"
#include "hub/lending/web_selling.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/rules/order_state.hpp"

namespace vitrine::hub {

namespace {

using namespace sync::rules;
using sync::OrderId;
using Words = std::vector<std::string>;

constexpr const char* usage =
    "vitrine-hub order <show|pay|refund|cancel|delegate|resolve> <order> … --config hub.toml\n"
    "  pay <amount>, refund <line>x<units>…, cancel <reason>, delegate <first name> [<initial>], resolve <exception> <how>";

// "12.50" → 1250; no sign, at most two decimals.
Result<std::int64_t> minor_of(const std::string& text) {
  const std::size_t dot = text.find('.');
  std::string digits = text.substr(0, dot);
  std::string decimals = dot == std::string::npos ? "" : text.substr(dot + 1);
  if (decimals.size() > 2) return fail("invalid_amount", text + " is not an amount such as 12.50");
  decimals.resize(2, '0');
  digits += decimals;
  std::int64_t minor = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), minor);
  if (digits.size() > 12 || error != std::errc() || end != digits.data() + digits.size() || minor < 1)
    return fail("invalid_amount", text + " is not an amount such as 12.50");
  return minor;
}

// "3x2": two units of line 3.
Result<LineUnits> units_of(const std::string& text) {
  LineUnits one;
  const std::size_t cross = std::min(text.find('x'), text.size());
  const char* middle = text.data() + cross;
  const char* last = text.data() + text.size();
  const auto [line_end, line_error] = std::from_chars(text.data(), middle, one.line);
  const bool has_line = line_error == std::errc() && line_end == middle && middle != last;
  const auto [units_end, units_error] = std::from_chars(has_line ? middle + 1 : last, last, one.units);
  if (!has_line || units_error != std::errc() || units_end != last)
    return fail("invalid_units", text + " is not a line and its units such as 3x2");
  return one;
}

Result<OrderOperation> operation_of(const std::string& verb, const Words& rest) {
  if (verb == "pay" && rest.size() == 1) {
    const auto minor = minor_of(rest[0]);
    if (!minor) return std::unexpected(minor.error());
    return OrderPay{*minor};
  }
  if (verb == "refund" && !rest.empty()) {
    OrderRefund refund;
    for (const std::string& word : rest) {
      const auto one = units_of(word);
      if (!one) return std::unexpected(one.error());
      refund.lines.push_back(*one);
    }
    return refund;
  }
  if (verb == "cancel" && rest.size() == 1) return OrderCancel{rest[0]};
  if (verb == "delegate" && (rest.size() == 1 || rest.size() == 2))
    return OrderDelegate{{rest[0], rest.size() == 2 ? rest[1] : "", "", ""}};
  if (verb == "resolve" && rest.size() == 2) return OrderResolve{rest[0], rest[1]};
  return fail("usage", usage);
}

// No name of the buyer: what is said here may end in a log.
void tell(std::ostream& out, const sync::Order& order) {
  out << order.id.text << "  " << word_of(status_of(order)) << ", " << word_of(payment_of(order));
  if (is_cancel_asked(order)) out << ", the store is asked to agree to a cancel";
  out << "; paid " << order.paid_minor << ", refunded " << order.refunded_minor << ", due back " << refund_due(order)
      << ", still to pay " << balance_due(order) << " (minor units of " << order.currency << ")\n";
  for (const std::string_view exception : open_exceptions(order)) out << "  needs a person: " << exception << "\n";
}

std::optional<sync::Order> read_order(const CommandDesk& desk, const OrderId& id) {
  const auto document = desk.authority.document({"order", id.text});
  if (!document || !document->body) return std::nullopt;
  auto order = sync::protocol::decode_order(id, *document->body);
  return order ? std::optional(std::move(*order)) : std::nullopt;
}

}  // namespace

Result<int> order(const Command& command) {
  if (command.words.size() < 2) return fail("usage", usage);
  const std::string& verb = command.words[0];
  const OrderId id{command.words[1]};
  sync::Operation operation;
  if (verb != "show") {
    const auto asked = operation_of(verb, {command.words.begin() + 2, command.words.end()});
    if (!asked) return std::unexpected(asked.error());
    operation = sync::protocol::encode_order_operation(id, *asked);
    operation.salt = command.chance.hex_128();
    // What the border would refuse from outside is refused here too.
    if (auto good = sync::protocol::decode_order_operation(operation.kind, operation.body); !good)
      return std::unexpected(good.error());
  }
  std::string refused;
  std::optional<sync::Order> after;
  const auto committed = write_once(command, [&](CommandDesk& desk) {
    after = read_order(desk, id);
    if (!after || verb == "show") return;
    const bool late = verb == "cancel" && places_of(*after).customer > 0 && is_over(*after);
    if (late) {
      refused = "order_over";
      return;
    }
    const auto done = desk.end.perform({sync::TransactionId{command.chance.hex_128()}, "operator", {operation}}, desk.now);
    if (done.what == sync::ends::HubPerformed::What::refused) refused = done.reason;
    give_back_if_over({desk.end, desk.authority, command.chance, desk.now}, id);
    after = read_order(desk, id);
  });
  if (!committed) return std::unexpected(committed.error());
  if (!after) return fail("order_unknown", "there is no order " + id.text);
  if (!refused.empty()) return fail(refused, "order " + id.text + " is as it was");
  tell(command.out, *after);
  return 0;
}

}  // namespace vitrine::hub
