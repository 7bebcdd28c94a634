// SPDX-License-Identifier: Apache-2.0
// What screens ask for, read beside the one writer through a read-only connection: people never wait for a page that is being
// applied. One reader serves one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "edge/database/projections/documents.hpp"
#include "edge/database/sql_book.hpp"
#include "sync/ends/replica.hpp"
#include "sync/model/availability.hpp"
#include "sync/model/consent.hpp"
#include "sync/model/customer.hpp"
#include "sync/model/digest.hpp"
#include "sync/model/ids.hpp"
#include "sync/model/operation.hpp"
#include "sync/model/staff.hpp"
#include "sync/model/version.hpp"
#include "sync/protocol/staff_codec.hpp"

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
  std::uint64_t waiting = 0;    // transactions that the hub has not applied
  UtcMs oldest_at;              // of them; 0: none
  std::uint64_t set_aside = 0;  // of which nobody can prove whether the hub has them: for a person
  std::uint64_t refused = 0;    // outcomes that stand in the own stream
  std::uint32_t era = 0;        // the highest that was heard
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

  // For rows that are no documents.
  [[nodiscard]] Connection& connection() { return *connection_; }

  // The database may be older than it should be: nothing personal is shown.
  bool in_doubt();
  // What people see of a document: the overlay where there is one, else the base.
  std::optional<std::string> body(std::string_view collection, std::string_view id);
  // The hub has said that it is there.
  bool is_in_base(std::string_view collection, std::string_view id);
  // Every document of a collection as people see it, by id. `each` reads nothing through this reader.
  void each_seen(std::string_view collection, const std::function<void(std::string_view id, std::string_view body)>& each);

  // Those alone in which a field that is text may be `value`; `each` looks for itself whether it is.
  void each_seen_with(std::string_view collection, std::string_view field, const std::string& value,
                      const std::function<void(std::string_view id, std::string_view body)>& each);

  // Those alone whose ids begin so, by id. `each` reads nothing through this reader.
  void each_seen_under(std::string_view collection, const std::string& prefix,
                       const std::function<void(std::string_view id, std::string_view body)>& each);

  std::optional<Product> product(const sync::Sku& sku);
  std::vector<Department> departments();
  Affinity affinity(const sync::Sku& sku);
  std::optional<sync::pricing::PriceDocument> price(std::string_view zone, const sync::Sku& sku);
  // Promotions and taxes of the zone; read anew only when one of its streams has moved. A promotion that this version cannot
  // read is left out.
  const sync::pricing::PriceBook& price_book(std::string_view zone, const std::string& currency);
  // `purpose`: DocumentDecoder::stock.
  std::optional<StockFigure> stock(const sync::StoreId& store, const sync::Sku& sku, UtcMs now, std::string_view purpose = {});
  // What stores of the region have, and when they were heard of.
  std::optional<sync::Availability> availability(std::string_view region, const sync::Sku& sku);
  sync::StoresHeard stores_heard(std::string_view region);
  std::optional<Shopper> shopper(const sync::CustomerId& customer);
  // Who is here with this among their identities.
  std::optional<sync::CustomerId> customer_with(const sync::Identity& identity);
  // Without a register, or with one that cannot be read: nothing is agreed to.
  sync::ConsentRegister consents(const sync::CustomerId& customer);
  // The tenant's, of the last welcome; zeros before the first.
  sync::DigestKey tenant_key();
  // Erasures that the store has heard of, and kept operations whose bodies went with them.
  void count_erasures(std::uint64_t& known, std::uint64_t& scrubbed);
  // Whether the hub has said that they were erased.
  bool is_erased(const sync::CustomerId& customer);
  std::optional<StoreContent> store(const sync::StoreId& store);
  std::optional<ChainSettings> settings();
  std::vector<sync::protocol::TrustedKey> pass_keys();
  std::optional<sync::Staff> staff(const sync::StoreId& store, std::string_view number);
  std::vector<sync::Staff> all_staff();
  sync::protocol::StaffRules staff_rules();

  std::optional<SeenCart> cart(const sync::CartId& id);
  // The pass through which a cart was opened here last, and whether one pass was.
  std::optional<ResumedPass> last_pass_of(const sync::CartId& cart);
  std::optional<ResumedPass> resumed(const sync::PassId& pass);
  std::vector<WaitingOperation> waiting_on(const sync::CartId& cart);

  OutboxFigures outbox();
  // Operations that the hub has not applied, by collection.
  std::vector<std::pair<std::string, std::uint64_t>> outbox_by_collection();
  struct StreamFigures {
    sync::ends::StreamState state;
  };
  std::vector<StreamFigures> streams();
  // How many documents of it are here: it walks through all of them, so an answer is kept for 2 s.
  std::uint64_t documents_of(const sync::StreamName& stream, UtcMs now);
  bool switched(std::string_view name, bool fallback);

 private:
  explicit Reader(std::unique_ptr<Connection> own) : own_(std::move(own)), connection_(own_.get()) {}

  std::unique_ptr<Connection> own_;
  Connection* connection_;
  DocumentDecoder decoder_;
  static constexpr std::int64_t count_again_ms = 2'000;
  struct Counted {
    sync::StreamName stream;
    UtcMs at;
    std::uint64_t documents = 0;
  };
  Counted counted_;
  std::string book_as_of_;  // where the streams stood that book_ was read from
  sync::pricing::PriceBook book_;
};

}  // namespace vitrine::edge::database
