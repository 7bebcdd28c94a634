// SPDX-License-Identifier: Apache-2.0
// Topics taken apart.
#include "sync/protocol/topics.hpp"

namespace vitrine::sync::protocol {

std::optional<Topics::Request> Topics::parse_request(std::string_view topic) const {
  const std::string prefix = root_ + "hub/";
  if (!topic.starts_with(prefix)) return std::nullopt;
  topic.remove_prefix(prefix.size());
  const std::size_t slash = topic.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view store = topic.substr(0, slash);
  const std::string_view kind = topic.substr(slash + 1);
  if (!is_store_id(store) || kind.empty() || kind.find('/') != std::string_view::npos) return std::nullopt;
  return Request{StoreId{std::string(store)}, std::string(kind)};
}

std::optional<StoreId> Topics::parse_status(std::string_view topic) const {
  const std::string prefix = root_ + "status/";
  if (!topic.starts_with(prefix) || !is_store_id(topic.substr(prefix.size()))) return std::nullopt;
  return StoreId{std::string(topic.substr(prefix.size()))};
}

std::optional<StoreId> owner_of(const StreamName& stream) {
  constexpr std::string_view prefix = "store.";
  if (!stream.text.starts_with(prefix)) return std::nullopt;
  return StoreId{stream.text.substr(prefix.size())};
}

}  // namespace vitrine::sync::protocol
