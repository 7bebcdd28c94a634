// SPDX-License-Identifier: Apache-2.0
// Example followed: a web chat waits for a store; Nadia answers it at the counter, and the platform hears
// io.vitrine.case.answered.
#include "hub/database/case_news.hpp"

#include <algorithm>

#include "hub/database/webhooks.hpp"
#include "sync/protocol/case_codec.hpp"
#include "sync/rules/case.hpp"

namespace vitrine::hub::database {

using sync::Case;
using sync::rules::CaseState;

namespace {

std::optional<Case> case_in(const std::optional<sync::Document>& document) {
  if (!document || !document->body) return std::nullopt;
  auto one = sync::protocol::decode_case(*document->body);
  return one ? std::optional(std::move(*one)) : std::nullopt;
}

const sync::CaseMessage* new_answer(const std::optional<Case>& before, const Case& after) {
  const auto told = [&](const sync::CaseMessage& message) {
    return before && std::ranges::find(before->messages, message.stamp, &sync::CaseMessage::stamp) != before->messages.end();
  };
  const auto found = std::ranges::find_if(
      after.messages, [&](const sync::CaseMessage& one) { return !one.by_customer && one.store && !told(one); });
  return found == after.messages.end() ? nullptr : &*found;
}

}  // namespace

std::vector<std::string_view> news_between(const std::optional<Case>& before, const Case& after) {
  std::vector<std::string_view> news;
  if (new_answer(before, after) != nullptr) news.emplace_back("answered");
  const bool closed = sync::rules::state_of(after) == CaseState::closed;
  if (closed && !(before && sync::rules::state_of(*before) == CaseState::closed)) news.emplace_back("closed");
  return news;
}

void follow_case(Connection& connection, const std::optional<sync::Document>& before, const sync::Document& document) {
  const auto id = sync::protocol::case_id(document.key.id);
  const auto after = case_in(document);
  // A note that staff took for themselves is no conversation with anybody.
  if (!id || !after || !after->head) return;
  const auto was = case_in(before);
  for (const std::string_view word : news_between(was, *after)) {
    const auto* answer = new_answer(was, *after);
    const std::string store = answer != nullptr ? answer->store->text : after->head->store ? after->head->store->text : "";
    const std::string state =
        word == "closed" && after->closed ? after->closed->how : sync::rules::word_of(sync::rules::state_of(*after));
    const std::string& reference = after->head->reference;
    Webhooks(connection)
        .announce({0, "", reference.empty() ? id->second.text : reference, "io.vitrine.case." + std::string(word), state, store,
                   after->until});
  }
}

}  // namespace vitrine::hub::database
