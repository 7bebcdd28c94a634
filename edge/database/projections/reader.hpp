// SPDX-License-Identifier: Apache-2.0
// What screens ask for, read beside the one writer through a read-only connection: people never wait for a page that is being
// applied. One reader serves one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "edge/database/projections/documents.hpp"
#include "edge/database/sql_book.hpp"
#include "sync/ends/replica.hpp"
#include "sync/model/ids.hpp"
#include "sync/model/operation.hpp"
#include "sync/model/version.hpp"

namespace vitrine::edge::database {

// A cart as people see it here.
struct SeenCart {
  std::string body;
  bool in_base = false;  // the hub's document has arrived; else it is known from a pass only
};

struct ResumedPass {
  sync::PassId pass;
  sync::CartId cart;
  sync::Version version;
};

// An own operation that the hub has not confirmed.
struct WaitingOperation {
  std::string kind;
  std::string body;
};

struct OutboxFigures {
  std::uint64_t waiting = 0;  // transactions that the hub has not applied
  UtcMs oldest_at;            // of them; 0: none
};

class Reader {
 public:
  // `source`: store.db. Errors: SQLite's.
  static Result<std::unique_ptr<Reader>> open(const std::string& path);
  // Reads through a connection that someone else holds: inside the writer's transaction.
  explicit Reader(Connection& connection) : connection_(&connection) {}

  // Everything until end() is read from one snapshot.
  void begin() { connection_->begin_read(); }
  // The failure of what was read since begin(), if any.
  std::optional<Error> end() { return connection_->commit(); }

  // What people see of a document: the overlay where there is one, else the base.
  std::optional<std::string> body(std::string_view collection, std::string_view id);

  std::optional<Product> product(const sync::Sku& sku);
  std::optional<sync::pricing::PriceDocument> price(std::string_view zone, const sync::Sku& sku);
  std::optional<StockFigure> stock(const sync::StoreId& store, const sync::Sku& sku);
  std::optional<Shopper> shopper(const sync::CustomerId& customer);
  std::optional<StoreContent> store(const sync::StoreId& store);
  std::optional<ChainSettings> settings();
  std::vector<sync::protocol::TrustedKey> pass_keys();

  std::optional<SeenCart> cart(const sync::CartId& id);
  // The pass through which a cart was opened here last, and whether one pass was.
  std::optional<ResumedPass> last_pass_of(const sync::CartId& cart);
  std::optional<ResumedPass> resumed(const sync::PassId& pass);
  std::vector<WaitingOperation> waiting_on(const sync::CartId& cart);

  OutboxFigures outbox();
  struct StreamFigures {
    sync::ends::StreamState state;
    std::uint64_t documents = 0;  // counted only while a first fill runs
  };
  std::vector<StreamFigures> streams();
  bool switched(std::string_view name, bool fallback);

 private:
  explicit Reader(std::unique_ptr<Connection> own) : own_(std::move(own)), connection_(own_.get()) {}

  std::unique_ptr<Connection> own_;
  Connection* connection_;
  DocumentDecoder decoder_;
};

}  // namespace vitrine::edge::database
