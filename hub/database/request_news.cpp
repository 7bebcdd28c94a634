// SPDX-License-Identifier: Apache-2.0
// Example followed: a shopper asks for help at a kiosk, Nadia goes there and ends it: io.vitrine.request.waiting, .taken, .ended.
#include "hub/database/request_news.hpp"

#include "hub/database/webhooks.hpp"
#include "sync/protocol/request_codec.hpp"
#include "sync/rules/request.hpp"

namespace vitrine::hub::database {

namespace {

std::optional<sync::HelpRequest> request_in(const std::optional<sync::Document>& document) {
  if (!document || !document->body) return std::nullopt;
  auto request = sync::protocol::decode_request_document(*document->body);
  return request ? std::optional(std::move(*request)) : std::nullopt;
}

}  // namespace

void follow_request(Connection& connection, const std::optional<sync::Document>& before, const sync::Document& document) {
  const auto id = sync::protocol::request_id(document.key.id);
  const auto after = request_in(document);
  if (!id || !after) return;
  const auto state = sync::rules::state_of(*after);
  const auto was = request_in(before);
  if (was && sync::rules::state_of(*was) == state) return;
  const std::string word = sync::rules::word_of(state);
  const UtcMs at = after->ended ? after->ended->stamp.at : after->taken ? after->taken->stamp.at : after->since;
  Webhooks(connection)
      .announce(
          {0, "", id->second.text, "io.vitrine.request." + word, after->ended ? after->ended->how : word, id->first.text, at});
}

}  // namespace vitrine::hub::database
