// SPDX-License-Identifier: Apache-2.0
// The topics of docs/PROTOCOL.md. A topic names who and what, never a person.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/model/ids.hpp"

namespace vitrine::sync::protocol {

// All topics of one tenant. `tenant` has the shape of a store id.
class Topics {
 public:
  explicit Topics(std::string_view tenant) : root_("vitrine/1/" + std::string(tenant) + "/") {}

  [[nodiscard]] std::string request(const StoreId& store, std::string_view kind) const {
    return root_ + "hub/" + store.text + "/" + std::string(kind);
  }
  [[nodiscard]] std::string reply(const StoreId& store) const { return root_ + "store/" + store.text + "/reply"; }
  [[nodiscard]] std::string live(const StoreId& store) const { return root_ + "store/" + store.text + "/live"; }
  [[nodiscard]] std::string stream(const StreamName& stream) const { return root_ + "stream/" + stream.text; }
  [[nodiscard]] std::string heads() const { return root_ + "stream/heads"; }
  [[nodiscard]] std::string status(const StoreId& store) const { return root_ + "status/" + store.text; }

  // What a hub subscribes to; workers share it.
  [[nodiscard]] std::string all_requests() const { return "$share/hub/" + root_ + "hub/+/#"; }
  [[nodiscard]] std::string all_status() const { return root_ + "status/+"; }
  // What a store subscribes to, besides its shared streams.
  [[nodiscard]] std::string own(const StoreId& store) const { return root_ + "store/" + store.text + "/#"; }

  struct Request {
    StoreId store;
    std::string kind;
  };
  // A request's topic taken apart; none when it is not one.
  [[nodiscard]] std::optional<Request> parse_request(std::string_view topic) const;
  // The store whose presence this topic tells; none when it is another topic.
  [[nodiscard]] std::optional<StoreId> parse_status(std::string_view topic) const;

 private:
  std::string root_;
};

// A store's own stream.
inline StreamName own_stream(const StoreId& store) { return StreamName{"store." + store.text}; }
// The store whose own stream this is; none for a shared stream.
std::optional<StoreId> owner_of(const StreamName& stream);

}  // namespace vitrine::sync::protocol
