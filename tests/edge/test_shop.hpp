// SPDX-License-Identifier: Apache-2.0
// A whole store in one process, without a broker: the real loop on a real database, filled by pages as a hub would send them,
// serving on real Unix sockets. What the store sends to the hub is kept.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "edge/daemon/daemon.hpp"
#include "edge/io/http_server.hpp"
#include "edge/io/search_keeper.hpp"
#include "edge/local_api/api.hpp"
#include "sync/protocol/badge.hpp"
#include "sync/protocol/pass.hpp"
#include "tests/edge/scratch_folder.hpp"

namespace vitrine::edge {

inline const std::string test_cart = "c0000000000000000000000000000001";     // in the base, of customer "amelia"
inline const std::string unknown_cart = "c0000000000000000000000000000002";  // nowhere
// Of staff 1001, who may everything; its verifier is one of the right shape, which the test's own judge knows.
inline const std::string test_pin = "482913";
inline const std::string test_verifier = "$argon2id$v=19$m=19456,t=2,p=1$" + std::string(22, 'B') + "$" + std::string(43, 'c');
std::string test_staff(const std::string& number, const std::string& role, const std::string& more = "");
inline const std::string test_request(int i) {
  std::string id = std::to_string(i);
  return std::string(32 - id.size(), '0') + id;
}

class TestShop {
 public:
  explicit TestShop(const std::string& store = "harbour-street");
  ~TestShop();
  TestShop(const TestShop&) = delete;
  TestShop& operator=(const TestShop&) = delete;

  // A greeting and the first fill of every stream; before start().
  void fill();
  // Only greets.
  void greet();
  // The loop's thread, search and both sockets.
  void start();
  void stop();
  // One message of the hub, through the inbox when the loop runs.
  void hub_says(sync::protocol::HubMessage message);
  // A page of the own stream that puts these documents, after those that were put before.
  // A page of a shared stream, after what was filled.
  void hub_pushes(const std::string& stream, std::vector<sync::PageEntry> entries);
  void hub_puts(std::vector<sync::PageEntry> entries, std::vector<sync::Applied> applied = {});

  // A signed pass of two lines (2 × 85123A, 1 × 22423), issued now for two hours.
  sync::protocol::CartPass pass(const std::string& cart, const std::string& pass_id) const;
  [[nodiscard]] const sync::protocol::SecretKey& secret() const { return secret_; }  // of key 7, which the store trusts
  std::string pass_text(const sync::protocol::CartPass& pass) const;
  std::string badge_of(const sync::protocol::Badge& badge) const;
  std::vector<sync::protocol::StoreMessage> sent() const;
  std::size_t outbox_size()
      const;  // transactions of devices, applied or not; the store's own word of its audit comes when time passes

  [[nodiscard]] std::string api_socket() const { return folder / "api.sock"; }
  [[nodiscard]] std::string events_socket() const { return folder / "events.sock"; }
  [[nodiscard]] std::string operator_socket() const { return folder / "operator.sock"; }
  // Of "counter-1", "counter-2", "till-1" and "till-2".
  [[nodiscard]] std::string device_socket(const std::string& name) const { return folder / (name + ".sock"); }

  // The daemon starts again from what is on the disk, and the machine too where `boot` is another: its clock that nobody sets
  // begins anew. Only when it was stopped.
  void start_again(const std::string& boot = "boot-1");
  std::atomic<int> pins_verified{0};
  std::vector<std::string> signed_messages;  // with the store's key, each once
  std::atomic<bool> cannot_sign{false};
  std::vector<local_api::AlertLevel> levels;  // as the loop showed them; read while it waits
  std::vector<bool> link_orders;              // the loop's: joined, or cut; read while it waits

  ScratchFolder folder;
  sync::StoreId store;
  std::atomic<std::int64_t> utc_ms{1'763'800'000'000};  // Sat 2025-11-22 08:26:40 UTC; set by itself, somebody set the clock
  std::atomic<std::int64_t> passed_ms{0};
  // Time that passes by every clock: nobody sees one of them gone on and the other not, which were a clock that somebody set.
  void let_pass(std::int64_t ms) {
    const std::lock_guard lock(clocks_);
    utc_ms += ms;
    passed_ms += ms;
  }
  // What time the running store takes it to be, asked of its loop: the board says it only after whoever acted was answered.
  std::int64_t believed_ms();
  daemon::Inbox inbox;
  local_api::EventFeed feed;
  local_api::LinkBoard board;
  std::atomic<std::size_t> streams{0};
  std::unique_ptr<daemon::Daemon> loop;
  std::unique_ptr<local_api::Api> api;
  std::optional<Error> ended_with;

 private:
  Now now() const;
  std::string boot_ = "boot-1";
  std::int64_t booted_at_ms_ = 0;  // by the clock of the machine that runs the test
  void make_loop(std::unique_ptr<database::Connection> connection, const std::string& boot);

  sync::protocol::SecretKey secret_{};
  sync::protocol::PublicKey public_{};
  std::uint64_t own_seq_ = 0;
  std::map<std::string, std::uint64_t> heads_;  // of shared streams
  mutable std::mutex mutex_;
  mutable std::mutex clocks_;
  std::vector<sync::protocol::StoreMessage> sent_;
  std::unique_ptr<local_api::ReaderPool> readers_;
  std::unique_ptr<io::SearchKeeper> search_;
  std::vector<std::unique_ptr<io::HttpServer>> api_servers_;
  std::unique_ptr<io::HttpServer> events_server_;
  std::thread thread_;
};

// "body" as a page's entry.
sync::PageEntry put(const std::string& collection, const std::string& id, std::string body, std::uint64_t number = 1);

}  // namespace vitrine::edge
