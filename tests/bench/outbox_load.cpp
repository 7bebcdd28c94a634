// SPDX-License-Identifier: Apache-2.0
// outbox_load <store.db> <zone> <count> [<cart id>…]: appends `count` transactions to the outbox of a store that does not run, by
// the store's own code; many in one commit, since only what comes afterwards is measured. Ten in turn go to one cart: the named
// ones first, then carts that they make.
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "edge/database/replica.hpp"
#include "sync/ends/store_end.hpp"
#include "sync/protocol/cart_codec.hpp"

using namespace vitrine;

namespace {

constexpr std::uint64_t of_one_commit = 1000;

int stop(const std::string& why) {
  std::fprintf(stderr, "outbox_load: %s\n", why.c_str());
  return 1;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 4) return stop("outbox_load <store.db> <zone> <count> [<cart id>…]");
  const std::string zone = arguments[2];
  const std::uint64_t wanted = std::strtoull(arguments[3], nullptr, 10);
  std::vector<sync::CartId> carts;
  for (int i = 4; i < count; ++i) carts.emplace_back(arguments[i]);
  auto connection = edge::database::open_store_database(arguments[1]);
  if (!connection) return stop(connection.error().message);
  const sync::StreamName catalog{"catalog"};
  edge::database::SqliteReplica replica(std::move(*connection), catalog);
  std::mt19937_64 numbers{std::random_device{}()};
  const sync::ends::Chance chance{[&numbers] { return numbers(); }};
  const auto now = [] {
    timespec real{};
    timespec mono{};
    clock_gettime(CLOCK_REALTIME, &real);
    clock_gettime(CLOCK_MONOTONIC, &mono);
    const auto ms = [](const timespec& t) { return std::int64_t{t.tv_sec} * 1000 + t.tv_nsec / 1'000'000; };
    return Now{{ms(real)}, {ms(mono)}};
  };
  replica.begin();
  sync::ends::StoreEnd end(
      replica, {catalog, sync::StreamName{"prices." + zone}, sync::StreamName{"content"}, sync::StreamName{"settings"}},
      "outbox_load", chance, now());
  const sync::StoreId store = replica.state().store;
  for (std::uint64_t i = 0; i < wanted; ++i) {
    const std::size_t cart = i / 10;
    if (cart >= carts.size()) carts.emplace_back(chance.hex_128());
    char sku[8];
    std::snprintf(sku, sizeof sku, "B%06u", static_cast<unsigned>(i % 10));
    sync::ends::LocalAction action;
    action.id.text = chance.hex_128();
    action.actor = "kiosk-1";
    action.operations.push_back(sync::protocol::encode_cart_operation(
        carts[cart], sync::rules::CartAdd{sync::Sku{sku}, 1, "kiosk", store, std::nullopt}));
    if (const auto done = end.perform(action, now()); done.what != sync::ends::Performance::done) return stop(done.reason);
    if ((i + 1) % of_one_commit != 0) continue;
    if (auto failed = replica.commit()) return stop(failed->message);
    replica.begin();
  }
  if (auto failed = replica.commit()) return stop(failed->message);
  return 0;
}
