// SPDX-License-Identifier: Apache-2.0
// Statements: sql/projections.sql.
#include "edge/database/projections/reader.hpp"

#include <algorithm>

#include "sync/protocol/availability_codec.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/identity.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/protocol/promotion_codec.hpp"

namespace vitrine::edge::database {

using sync::CartId;

namespace {

constexpr std::int64_t reader_cache_kib = 1024;  // the operating system's page cache does the rest

ResumedPass pass_at(const Statement& row) {
  return {sync::PassId{std::string(row.text_at(0))},
          CartId{std::string(row.text_at(1))},
          {static_cast<std::uint32_t>(row.integer_at(2)), row.unsigned_at(3)}};
}

}  // namespace

Result<std::unique_ptr<Reader>> Reader::open(const std::string& path) {
  auto connection = Connection::open(path, sql_book(), {Connection::Use::read, reader_cache_kib, true});
  if (!connection) return std::unexpected(connection.error());
  return std::unique_ptr<Reader>(new Reader(std::move(*connection)));
}

std::optional<std::string> Reader::body(std::string_view collection, std::string_view id) {
  Statement row = connection_->statement("seen");
  if (!row.text(collection).text(id).step() || row.is_null(0)) return std::nullopt;
  return std::string(row.text_at(0));
}

void Reader::each_seen(std::string_view collection, const std::function<void(std::string_view, std::string_view)>& each) {
  Statement row = connection_->statement("all_seen");
  row.text(collection);
  while (row.step()) each(row.text_at(0), row.text_at(1));
}

void Reader::each_seen_with(std::string_view collection, std::string_view field, const std::string& value,
                            const std::function<void(std::string_view, std::string_view)>& each) {
  sync::protocol::JsonWriter text;
  text.string(value);
  Statement row = connection_->statement("all_seen_with");
  row.text(collection).text("\"" + std::string(field) + "\":" + text.take());
  while (row.step()) each(row.text_at(0), row.text_at(1));
}

void Reader::each_seen_under(std::string_view collection, const std::string& prefix,
                             const std::function<void(std::string_view, std::string_view)>& each) {
  Statement row = connection_->statement("all_seen_under");
  row.text(collection).text(prefix).text(prefix + "\x7f");
  while (row.step()) each(row.text_at(0), row.text_at(1));
}

std::optional<Product> Reader::product(const sync::Sku& sku) {
  const auto found = body("product", sku.text);
  return found ? decoder_.product(*found) : std::nullopt;
}

std::vector<Department> Reader::departments() {
  const auto found = body("content", "departments");
  return found ? decoder_.departments(*found) : std::vector<Department>();
}

Affinity Reader::affinity(const sync::Sku& sku) {
  const auto found = body("affinity", sku.text);
  return found ? decoder_.affinity(*found) : Affinity();
}

std::optional<sync::pricing::PriceDocument> Reader::price(std::string_view zone, const sync::Sku& sku) {
  const auto found = body("price", std::string(zone) + "/" + sku.text);
  return found ? decoder_.price(*found) : std::nullopt;
}

const sync::pricing::PriceBook& Reader::price_book(std::string_view zone, const std::string& currency) {
  std::string as_of = std::string(zone) + " " + currency;
  {
    Statement row = connection_->statement("book_as_of");
    row.text("prices." + std::string(zone)).text("promotions." + std::string(zone));
    while (row.step()) as_of.append(" ").append(row.text_at(0));
  }
  if (as_of == book_as_of_) return book_;
  book_ = {currency, {}, {}};
  Statement row = connection_->statement("bodies_in");
  row.text("promotion").text(std::string(zone) + "/").text(std::string(zone) + "0");  // '0' follows '/'
  while (row.step()) {
    if (auto promotion = sync::protocol::decode_promotion(row.text_at(0))) book_.promotions.push_back(std::move(*promotion));
  }
  if (const auto found = body("tax", std::string(zone) + "/rates")) {
    if (auto taxes = sync::protocol::decode_taxes(*found)) book_.taxes = std::move(*taxes);
  }
  book_as_of_ = std::move(as_of);
  return book_;
}

std::optional<StockFigure> Reader::stock(const sync::StoreId& store, const sync::Sku& sku, UtcMs now, std::string_view purpose) {
  const auto found = body("stock", store.text + "/" + sku.text);
  return found ? decoder_.stock(*found, now, purpose) : std::nullopt;
}

std::optional<sync::Availability> Reader::availability(std::string_view region, const sync::Sku& sku) {
  const auto found = body("availability", sync::protocol::availability_key(region, sku).id);
  auto known = found ? sync::protocol::decode_availability(*found) : fail("availability_malformed", "");
  return known ? std::optional(std::move(*known)) : std::nullopt;
}

sync::StoresHeard Reader::stores_heard(std::string_view region) {
  const auto found = body("heard", sync::protocol::stores_heard_key(region).id);
  auto heard = found ? sync::protocol::decode_stores_heard(*found) : fail("availability_malformed", "");
  return heard ? std::move(*heard) : sync::StoresHeard{std::string(region), {}};
}

std::optional<Shopper> Reader::shopper(const sync::CustomerId& customer) {
  const auto found = body("customer", customer.text);
  return found ? decoder_.shopper(*found) : std::nullopt;
}

std::optional<sync::CustomerId> Reader::customer_with(const sync::Identity& identity) {
  std::optional<sync::CustomerId> found;
  each_seen_with("customer", "hash", identity.hash, [&](std::string_view, std::string_view body) {
    const auto customer = sync::protocol::decode_customer(body);
    if (customer && std::ranges::find(customer->identities, identity) != customer->identities.end()) found = customer->id;
  });
  return found;
}

sync::ConsentRegister Reader::consents(const sync::CustomerId& customer) {
  const auto found = body("consent", customer.text);
  auto consents = found ? sync::protocol::decode_consents(*found) : fail("consent_malformed", "");
  return consents ? std::move(*consents) : sync::ConsentRegister{customer, {}};
}

sync::DigestKey Reader::tenant_key() {
  sync::DigestKey key{};
  Statement row = connection_->statement("digest_key");
  if (!row.step()) return key;
  const std::string_view bytes = row.blob_at(0);
  std::copy_n(bytes.begin(), std::min(bytes.size(), key.size()), key.begin());
  return key;
}

std::optional<StoreContent> Reader::store(const sync::StoreId& store) {
  const auto found = body("content", "store/" + store.text);
  return found ? decoder_.store(*found) : std::nullopt;
}

std::optional<ChainSettings> Reader::settings() {
  const auto found = body("settings", "chain");
  return found ? decoder_.settings(*found) : std::nullopt;
}

std::vector<sync::protocol::TrustedKey> Reader::pass_keys() {
  std::vector<sync::protocol::TrustedKey> keys;
  Statement row = connection_->statement("bodies_of");
  row.text("trust");
  while (row.step()) {
    if (auto key = decoder_.pass_key(row.text_at(0))) keys.push_back(*key);
  }
  return keys;
}

std::optional<sync::Staff> Reader::staff(const sync::StoreId& store, std::string_view number) {
  const auto found = body("staff", sync::protocol::staff_key(store, number).id);
  auto staff = found ? sync::protocol::decode_staff(*found) : fail("staff_unknown", "");
  return staff ? std::optional(std::move(*staff)) : std::nullopt;
}

std::vector<sync::Staff> Reader::all_staff() {
  std::vector<sync::Staff> all;
  each_seen("staff", [&](std::string_view, std::string_view found) {
    if (auto staff = sync::protocol::decode_staff(found)) all.push_back(std::move(*staff));
  });
  return all;
}

sync::protocol::StaffRules Reader::staff_rules() { return sync::protocol::staff_rules(body("settings", "chain").value_or("")); }

bool Reader::is_in_base(std::string_view collection, std::string_view id) {
  return connection_->statement("in_base").text(collection).text(id).step();
}

std::optional<SeenCart> Reader::cart(const CartId& id) {
  auto found = body("cart", id.text);
  if (!found) return std::nullopt;
  return SeenCart{std::move(*found), is_in_base("cart", id.text)};
}

std::optional<ResumedPass> Reader::last_pass_of(const CartId& cart) {
  Statement row = connection_->statement("last_pass_of");
  if (!row.text(cart.text).step()) return std::nullopt;
  return pass_at(row);
}

std::optional<ResumedPass> Reader::resumed(const sync::PassId& pass) {
  Statement row = connection_->statement("resumed_pass");
  if (!row.text(pass.text).step()) return std::nullopt;
  return pass_at(row);
}

std::vector<WaitingOperation> Reader::waiting_on(const CartId& cart) {
  std::vector<WaitingOperation> all;
  Statement row = connection_->statement("waiting_on");
  row.text("cart").text(cart.text);
  while (row.step()) all.push_back({std::string(row.text_at(0)), std::string(row.text_at(1))});
  return all;
}

void Reader::count_erasures(std::uint64_t& known, std::uint64_t& scrubbed) {
  for (const auto& [name, figure] : {std::pair("erasure_count", &known), {"scrubbed_count", &scrubbed}}) {
    Statement row = connection_->statement(name);
    if (row.step()) *figure = row.unsigned_at(0);
  }
}

bool Reader::is_erased(const sync::CustomerId& customer) {
  return body("erasure", sync::protocol::customer_tag(tenant_key(), customer)).has_value();
}

bool Reader::in_doubt() {
  Statement row = connection_->statement("in_doubt");
  return row.step() && row.integer_at(0) != 0;
}

OutboxFigures Reader::outbox() {
  Statement row = connection_->statement("outbox_figures");
  if (!row.step()) return {};
  return {row.unsigned_at(0), UtcMs{row.integer_at(1)}, row.unsigned_at(2), row.unsigned_at(3),
          static_cast<std::uint32_t>(row.integer_at(4))};
}

std::vector<std::pair<std::string, std::uint64_t>> Reader::outbox_by_collection() {
  std::vector<std::pair<std::string, std::uint64_t>> all;
  Statement row = connection_->statement("outbox_by_collection");
  while (row.step()) all.emplace_back(std::string(row.text_at(0)), row.unsigned_at(1));
  return all;
}

std::vector<Reader::StreamFigures> Reader::streams() {
  std::vector<StreamFigures> all;
  Statement row = connection_->statement("streams");
  while (row.step()) {
    StreamFigures one;
    one.state.stream.text = row.text_at(1);
    one.state.filled = row.integer_at(2) != 0;
    one.state.repairs = row.unsigned_at(13);
    one.state.cursor = {{static_cast<std::uint32_t>(row.integer_at(3)), std::string(row.text_at(4))}, row.unsigned_at(5)};
    if (!row.is_null(6)) one.state.fill_head = row.unsigned_at(6);
    all.push_back(std::move(one));
  }
  return all;
}

std::uint64_t Reader::documents_of(const sync::StreamName& stream, UtcMs now) {
  if (counted_.stream == stream && now.value - counted_.at.value < count_again_ms && counted_.at <= now)
    return counted_.documents;
  Statement count = connection_->statement("documents_of_stream");
  if (count.text(stream.text).step()) counted_ = {stream, now, count.unsigned_at(0)};
  return counted_.documents;
}

bool Reader::switched(std::string_view name, bool fallback) {
  Statement row = connection_->statement("switch");
  return row.text(name).step() ? row.integer_at(0) != 0 : fallback;
}

}  // namespace vitrine::edge::database
