// SPDX-License-Identifier: Apache-2.0
// One hub and two stores on disks in memory, in one thread, on a clock that only tests move: the real daemon, the hub's real
// transaction, the real openings. A process here dies where its disk goes dark: nothing that it says afterwards is heard.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "edge/daemon/daemon.hpp"
#include "hub/engine/transaction.hpp"
#include "sync/protocol/pass.hpp"
#include "tests/faults/vfs/disk.hpp"

namespace vitrine::faults {

inline const std::string cart_one = std::string(31, 'c') + "1";    // at the first store, of customer "amelia"
inline const std::string cart_two = std::string(31, 'c') + "2";    // at the first store
inline const std::string cart_three = std::string(31, 'c') + "3";  // at the second store
inline const std::string cart_phone = std::string(31, 'c') + "4";  // at no store; a pass names it
inline const std::string order_here = "5001";                      // at the first store: two lines, paid
inline const std::string right_here = std::string(32, '7');        // six units of SKU1 that the first store may promise
sync::TransactionId request(int number);

struct Letter {
  std::string store;
  std::variant<sync::protocol::StoreMessage, sync::protocol::HubMessage> message;
};

class World;

// A store's box.
class Shop {
 public:
  Shop(World& world, std::string name, std::unique_ptr<Disk> disk);
  ~Shop();
  Shop(const Shop&) = delete;
  Shop& operator=(const Shop&) = delete;

  // As main() does: open, check, migrate, make the daemon.
  std::optional<Error> start();
  // The process goes; with an intact disk this is an ordinary end.
  void end();
  void step(std::optional<edge::daemon::Item> item);
  // None: nobody was answered.
  std::optional<Result<sync::CartId>> ask(std::function<Result<sync::CartId>(edge::local_api::Desk&)> work);

  [[nodiscard]] Disk& disk() { return *disk_; }
  [[nodiscard]] std::string file() const { return disk_->path("store.db"); }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool alive() const { return loop_ != nullptr; }
  [[nodiscard]] const std::optional<Error>& fatal() const { return fatal_; }
  [[nodiscard]] bool linked() const { return linked_; }
  [[nodiscard]] bool online() const { return board_->get().report.online; }

 private:
  World& world_;
  std::string name_;
  std::unique_ptr<Disk> disk_;
  std::uint64_t boots_ = 0;
  bool drop_ = false;
  bool linked_ = false;
  std::optional<Error> fatal_;
  std::unique_ptr<edge::daemon::Inbox> inbox_;
  std::unique_ptr<edge::local_api::EventFeed> feed_;
  std::unique_ptr<edge::local_api::LinkBoard> board_;
  std::unique_ptr<edge::daemon::Daemon> loop_;
};

class Hub {
 public:
  Hub(World& world, std::unique_ptr<Disk> disk);

  std::optional<Error> start();
  void end();
  // None: the process died before anybody was answered.
  std::optional<Result<void>> transact(const std::function<void(hub::Desk&)>& work, const std::string& asking = "");
  [[nodiscard]] Disk& disk() { return *disk_; }
  [[nodiscard]] std::string file() const { return disk_->path("hub.db"); }
  [[nodiscard]] bool alive() const { return connection_ != nullptr; }
  [[nodiscard]] const std::optional<Error>& fatal() const { return fatal_; }
  [[nodiscard]] hub::database::SqlAuthority& authority() { return *authority_; }
  [[nodiscard]] hub::database::Connection& connection() { return *connection_; }

 private:
  World& world_;
  std::unique_ptr<Disk> disk_;
  std::uint64_t draws_ = 0;
  std::optional<Error> fatal_;
  std::unique_ptr<hub::database::Connection> connection_;
  std::unique_ptr<hub::database::SqlAuthority> authority_;
  std::unique_ptr<hub::database::HubRows> rows_;
};

class World {
 public:
  // Goods, carts, both stores filled and everything quiet. Made once; each call is a copy with fresh processes.
  static std::unique_ptr<World> quiet();
  // Empty disks, processes not started.
  World();
  World(std::unique_ptr<Disk> hub, std::unique_ptr<Disk> first, std::unique_ptr<Disk> second);

  void start_all();
  void fill_hub();
  [[nodiscard]] Now now() const { return {{1'763'800'000'000 + time_}, {time_}}; }
  void wait(std::int64_t ms) { time_ += ms; }

  void send(Letter letter);
  void deliver(const Letter& letter);
  // Lets everything move until a letter that is wanted comes; it is taken out. None within the time: a broken test.
  Letter until(const std::function<bool(const Letter&)>& wanted);
  void forget_letters(const std::string& store);
  // Nothing moves any more, and all is the same everywhere. False: not within two minutes.
  bool converge();
  // What the carts hold, whatever the way there; the same for two histories that a person cannot tell apart.
  std::string facts();
  // Empty: each store's base is the hub's placement for it, and its view is its base.
  std::string difference();

  // Starts again who is down.
  std::optional<Error> restart();

  [[nodiscard]] std::string pass_text() const;  // of cart_phone, two lines

  std::uint64_t left = 0;  // messages and answers that left any process

 private:
  std::int64_t time_ = 0;
  std::int64_t heads_at_ = 0;
  std::deque<Letter> letters_;  // before those who forget theirs when they end

 public:
  Hub hub;
  Shop first;
  Shop second;

 private:
  void step_time();
};

// Every row of every table, in order: two databases are one state when these are equal.
std::string dump(const std::string& path);
// "ok", or what integrity_check found.
std::string integrity(const std::string& path);

}  // namespace vitrine::faults
