// SPDX-License-Identifier: Apache-2.0
// A screen's way into a store's rows: a read-only connection of its own, with SQL of its own.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "sync/model/document.hpp"
#include "tests/sim/cart_model.hpp"

namespace vitrine::sim {

// (collection, id) with era, number and body.
using Row = std::tuple<std::string, std::string, std::uint32_t, std::uint64_t, std::string>;

class Watcher {
 public:
  explicit Watcher(const std::string& path);
  ~Watcher();
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  struct Seen {
    std::optional<std::string> body;   // base or overlay
    std::optional<ModelVersion> base;  // the version of the base, where there is one
  };
  Seen shown(const std::string& collection, const std::string& id);
  Seen cart(const std::string& id) { return shown("cart", id); }
  std::vector<std::string> ids(const std::string& collection);  // of what is in the base or shown
  std::vector<std::string> carts() { return ids("cart"); }
  // Live rows of a stream's base, by key.
  std::vector<Row> base(const std::string& stream);
  std::size_t overlays();
  std::vector<std::string> outbox();  // ids of own transactions
  bool has_base(const std::string& collection, const std::string& id);
  struct Progress {
    std::uint64_t last_n = 0;
    std::uint64_t ack_n = 0;
    std::uint64_t applied_n = 0;
  };
  Progress progress();
  // Screens show nothing of people.
  bool in_doubt();
  // Ids of transactions that wait for a person.
  std::vector<std::string> aside();
  // Bodies of documents of the store's own stream, and those of views; bodies of operations that wait.
  std::vector<std::string> own_bodies();
  std::vector<std::string> waiting_bodies();
  // Own operations about somebody of which more is kept than a hash.
  std::set<std::string> audit();  // "<n> <hash>" of each line
  std::size_t kept_bodies_about(const std::string& customer);
  // Streams whose digest was not the hub's, so that documents were fetched anew.
  std::vector<std::string> repairs();

 private:
  std::vector<std::string> texts(const char* sql);

  struct Handle;
  std::unique_ptr<Handle> handle_;
};

// The same of the hub's rows: live documents of a stream.
class HubWatcher {
 public:
  explicit HubWatcher(const std::string& path);
  ~HubWatcher();
  HubWatcher(const HubWatcher&) = delete;
  HubWatcher& operator=(const HubWatcher&) = delete;
  std::vector<Row> placed(const std::string& stream);
  struct Seen {
    std::optional<std::string> body;
    ModelVersion version;
  };
  std::optional<Seen> document(const std::string& collection, const std::string& id);
  std::vector<std::string> living(const std::string& collection);                            // ids, in order
  std::vector<sync::DocumentKey> dead(std::initializer_list<std::string_view> collections);  // tombstones, in order
  std::set<std::string> streams_of(const std::string& collection, const std::string& id);    // where it stands
  std::set<std::string> audit_of(const std::string& store);                                  // as Watcher::audit

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace vitrine::sim
