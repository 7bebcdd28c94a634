// SPDX-License-Identifier: Apache-2.0
// The oracle's part for activity: what the hub must hold of each customer after the operations that it applied, and where that
// may stand. Written from the text of the rules (sync/rules/README.md, docs/PROTOCOL.md), sharing no code with them or their
// codec.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/seen_cart.hpp"

namespace vitrine::sim {

struct ModelEvent {
  std::string kind, channel, sku, order, store, text;
  std::int64_t at_ms = 0;
  std::int64_t expires_at = 0;
  bool operator==(const ModelEvent&) const = default;
};

// Whose: a document is `<customer>/<event>`.
std::string customer_of_event(const std::string& document);

class ActivityBook {
 public:
  ActivityBook();
  ~ActivityBook();

  using Events = std::map<std::string, std::optional<ModelEvent>>;  // by document; none: forgotten

  // What the hub has just heard, in its order; `at_ms`: when it is said to have been known.
  void apply(const std::vector<SeenOperation>& operations, std::int64_t at_ms);
  // Empty: the document stands at the hub as it must.
  std::string compare(const std::string& document, const std::optional<std::string>& body);
  // Empty: nothing lives at the hub but what must.
  [[nodiscard]] std::string compare_all(const std::vector<std::string>& living) const;
  // From here on nothing of theirs stands or comes to stand, whatever is restored.
  void erase(const std::string& customer);
  // Its tombstone has left the hub: told again it begins anew.
  void forgot(const std::string& document) { now_.erase(document); }

  [[nodiscard]] const Events& now() const { return now_; }
  void go_back_to(const Events& then);

 private:
  void forget_oldest(const std::string& customer);

  struct Parser;
  std::unique_ptr<Parser> parser_;
  Events now_;
  std::set<std::string> erased_;
};

}  // namespace vitrine::sim
