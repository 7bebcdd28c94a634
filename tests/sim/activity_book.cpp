// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/activity_book.hpp"

#include <algorithm>
#include <tuple>

#include "tests/sim/json_eyes.hpp"

namespace vitrine::sim {

namespace {

constexpr std::int64_t kept_ms = 30LL * 24 * 3'600'000;
constexpr std::size_t newest_kept = 6;  // of one customer, in the simulator's build

ModelEvent event_in(dom::element from) {
  return {text(from, "kind"),  text(from, "channel"), text(from, "sku"),  text(from, "order"),
          text(from, "store"), text(from, "text"),    number(from, "at"), number(from, "expires_at")};
}

std::string show(const std::optional<ModelEvent>& event) {
  if (!event) return "nothing";
  return event->kind + " by " + event->channel + " at " + std::to_string(event->at_ms) + " until " +
         std::to_string(event->expires_at) + " '" + event->text + "'";
}

}  // namespace

struct ActivityBook::Parser : JsonEyes {};

ActivityBook::ActivityBook() : parser_(std::make_unique<Parser>()) {}
ActivityBook::~ActivityBook() = default;

std::string customer_of_event(const std::string& document) { return document.substr(0, document.rfind('/')); }

void ActivityBook::apply(const std::vector<SeenOperation>& operations, std::int64_t at_ms) {
  for (const SeenOperation& operation : operations) {
    if (operation.collection != "activity" || now_.contains(operation.document)) continue;
    if (erased_.contains(customer_of_event(operation.document)) || !parser_->read(operation.body)) continue;
    ModelEvent event = event_in(parser_->root);
    event.expires_at = std::min(event.at_ms, at_ms) + kept_ms;
    now_[operation.document] = std::move(event);
    forget_oldest(customer_of_event(operation.document));
  }
}

void ActivityBook::erase(const std::string& customer) {
  erased_.insert(customer);
  for (auto& [document, event] : now_) {
    if (customer_of_event(document) == customer) event.reset();
  }
}

void ActivityBook::go_back_to(const Events& then) {
  now_ = then;
  const std::set<std::string> again = erased_;
  for (const std::string& customer : again) erase(customer);
}

void ActivityBook::forget_oldest(const std::string& customer) {
  std::vector<std::pair<std::int64_t, std::string>> living;
  for (const auto& [document, event] : now_) {
    if (event && customer_of_event(document) == customer) living.emplace_back(event->at_ms, document);
  }
  std::ranges::sort(living);
  for (std::size_t i = 0; i + newest_kept < living.size(); ++i) now_[living[i].second] = std::nullopt;
}

std::string ActivityBook::compare(const std::string& document, const std::optional<std::string>& body) {
  if (!body && erased_.contains(customer_of_event(document))) return {};
  const auto known = now_.find(document);
  if (known == now_.end()) return document + " stands, and nobody told it";
  std::optional<ModelEvent> seen;
  if (body) {
    if (!parser_->read(*body)) return document + " cannot be read";
    seen = event_in(parser_->root);
  }
  if (seen == known->second) return {};
  return document + ": " + show(seen) + ", expected " + show(known->second);
}

std::string ActivityBook::compare_all(const std::vector<std::string>& living) const {
  for (const std::string& document : living) {
    const auto known = now_.find(document);
    if (known == now_.end() || !known->second) return document + " lives, and must not";
  }
  const auto expected = std::ranges::count_if(now_, [](const auto& one) { return one.second.has_value(); });
  if (std::cmp_equal(expected, living.size())) return {};
  return std::to_string(living.size()) + " events live, expected " + std::to_string(expected);
}

}  // namespace vitrine::sim
