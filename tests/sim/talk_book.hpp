// SPDX-License-Identifier: Apache-2.0
// The oracle's part for conversations with customers and offers to them: how they must stand at the hub after what it heard, with
// whom, and what a store that shows one must go on showing. Written from the text of the rules (sync/rules/README.md,
// docs/PROTOCOL.md), sharing no code with them or their codecs.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/goods_model.hpp"
#include "tests/sim/seen_cart.hpp"

namespace vitrine::sim {

// A conversation, or an offer: words of which the last counts ("head", "owner", "closed"), and words that all stand (messages,
// outcomes), each by the name of its operation.
struct ModelTalk {
  struct Said {
    std::map<std::string, std::string> fields;  // none that is empty
    std::int64_t at_ms = 0;
    std::string by;
    bool operator==(const Said&) const = default;
  };
  std::string customer;
  std::int64_t since = 0;
  std::int64_t until = 0;  // of a conversation: its last word
  std::int64_t expires_at = 0;
  std::map<std::string, Said> last;
  std::map<std::string, Said> all;  // by name
  std::set<std::string> answered;   // names of messages
  bool operator==(const ModelTalk&) const = default;
  // The store that is to see to it now; empty: none.
  [[nodiscard]] std::string waits_for() const;
};

class TalkBook {
 public:
  explicit TalkBook(std::size_t stores);
  ~TalkBook();

  using Talks = std::map<std::string, std::optional<ModelTalk>>;  // by "<collection> <document>"; none: forgotten

  static bool holds(const std::string& collection) { return collection == "case" || collection == "offer"; }
  // What the hub applied, in its order.
  void apply(const std::string& id, const std::vector<SeenOperation>& operations, std::int64_t at_ms);
  // Empty: the document stands at the hub as it must.
  std::string compare(const std::string& collection, const std::string& document, const std::optional<std::string>& body);
  // Empty: a living document stands in these streams as it must. `of_customer`: where its customer stands; `agrees`: to its
  // purpose.
  [[nodiscard]] std::string compare_place(const std::string& collection, const std::string& document,
                                          const std::set<std::string>& streams, const std::set<std::string>& of_customer,
                                          bool agrees) const;
  // Empty: a store may show that after what it has shown before. What left the store, and came again, begins anew.
  std::string store_shows(std::size_t store, const std::string& collection, const std::string& document,
                          const std::optional<std::string>& body);
  void store_cloned(std::size_t first, std::size_t second) { shown_.at(second) = shown_.at(first); }
  void store_restored(std::size_t store) { shown_.at(store).clear(); }
  // From here on nothing of theirs stands or comes to stand, whatever is restored.
  void erase(const std::string& customer);

  [[nodiscard]] const Talks& now() const { return now_; }
  void go_back_to(const Talks& then);

 private:
  std::optional<ModelTalk> read(const std::string& collection, const std::string& body);
  [[nodiscard]] bool is_erased(const std::string& document) const;

  struct Parser;
  std::unique_ptr<Parser> parser_;
  Talks now_;
  std::set<std::string> erased_;
  std::vector<Talks> shown_;  // by store
};

}  // namespace vitrine::sim
