// SPDX-License-Identifier: Apache-2.0
// The hub: its disk, and HubEnd on the real rows as long as the process lives, behind the same order of things as hub/engine:
// a transaction, its commit, and only then what leaves.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/availability/availability.hpp"
#include "hub/database/authority.hpp"
#include "hub/engine/transaction.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/protocol/outbox_file.hpp"
#include "tests/faults/vfs/disk.hpp"
#include "tests/sim/store_box.hpp"
#include "tests/sim/watcher.hpp"

namespace vitrine::sim {

// As vitrine-hub opens its state: `folder` is where the file `era` stands, beside the disk.
Result<std::unique_ptr<hub::database::Connection>> open_hub(faults::Disk& disk, const std::string& folder,
                                                            const sync::ends::Chance& chance, UtcMs now);

class HubBox {
 public:
  // `boxes`: the store that each box answers for.
  HubBox(Street& street, std::vector<sync::StoreId> boxes, std::unique_ptr<faults::Disk> disk, std::string folder, Dice dice);

  void start();
  void die(const faults::PowerCut& cut, std::int64_t back_in_ms);
  void die_at_call(std::uint64_t n, const faults::PowerCut& cut);
  void die_after_effects(std::uint64_t n);
  void disk_full_until(std::int64_t until_ms, std::uint64_t room);
  void heal();

  void letter(std::size_t from, const Packet& packet);
  void tick();
  [[nodiscard]] std::int64_t due_ms() const;

  enum class Answer { none, done, refused };
  // A shopper's action at the hub; `none`: the hub died or could not write, and nobody knows.
  Answer perform(const sync::ends::HubAction& action, const std::vector<SeenOperation>& operations);
  // A later release has put something here that this one does not know: a collection. Every other time it goes.
  bool put_of_later_version(const sync::StoreId& store, std::uint64_t edition);
  // A person's commands: what a box wrote on a stick is taken in; a store that was put aside is heard again. False: not now.
  bool import_outbox(std::size_t box, sync::protocol::OutboxText outbox);
  bool unfreeze(const sync::StoreId& store);
  [[nodiscard]] std::uint64_t forks(const sync::StoreId& store);

  // A customer is erased, with the log of erasures beside the era file. False: not done, or nobody knows.
  bool erase(const std::string& customer);

  // A platform's word: documents put (with a body) or removed. False: not done.
  bool put(const std::vector<std::pair<sync::DocumentKey, std::optional<std::string>>>& documents);

  // It has been up, with room on its disk, long enough to have done what was due.
  [[nodiscard]] bool calm() const { return alive() && full_until_ms_ == 0 && street_.now_ms() >= calm_at_ms_; }
  [[nodiscard]] bool alive() const { return connection_ != nullptr; }
  [[nodiscard]] HubWatcher* watcher() { return watcher_.get(); }
  [[nodiscard]] faults::Disk& disk() { return *disk_; }
  [[nodiscard]] Now now() const { return {{utc_ms()}, {street_.now_ms()}}; }
  // What other stores are told of one, against what its stock is now, read by other eyes; empty: it is told as it is.
  [[nodiscard]] std::string wrong_availability();
  // The disk becomes an older copy of itself.
  void restore(const faults::Disk& copy, std::int64_t back_in_ms);

 private:
  using Work = std::function<void(sync::ends::HubEnd&)>;
  // True: committed. `inside` reads what the oracle is to be told, `committed` tells it. When the hub dies in the commit, only
  // the next start knows whether it happened: then `happened` is asked.
  bool transaction(const Work& work, const std::function<void()>& inside, std::function<void()> committed,
                   std::function<bool()> happened);
  void carry_out(std::vector<hub::Outgoing> sends);
  sync::ends::Chance chance();
  void effect();
  [[nodiscard]] bool dead_now() const { return dying_ || disk_->dark(); }
  [[nodiscard]] std::int64_t utc_ms() const;
  // What a box says up: the work, and all that it makes of the box's transactions.
  bool take_in(std::size_t from, const sync::protocol::Ops* ops, const Work& work);
  std::string outcome_of(const std::string& transaction);
  SeenOperation seen_of(const sync::Operation& operation);
  std::vector<HubDocument> stand_of(const std::vector<Oracle::AppliedNow>& applied);
  bool die_if_told();
  void tell_erased();
  void sweep();
  void gather();

  Street& street_;
  std::vector<sync::StoreId> boxes_;
  std::unique_ptr<faults::Disk> disk_;
  Dice dice_;
  Eyes eyes_;
  std::unique_ptr<hub::database::Connection> connection_;
  std::unique_ptr<hub::database::SqlAuthority> authority_;
  std::unique_ptr<hub::database::HubRows> rows_;
  std::string folder_;
  std::int64_t note_at_ms_ = 0;
  bool moved_on_ = false;
  std::unique_ptr<HubWatcher> watcher_;
  std::int64_t start_at_ms_ = 0;
  std::int64_t heads_at_ms_ = 0;
  std::int64_t sweep_at_ms_ = 0;
  sync::StreamName purge_place_;
  hub::StoresHad had_;
  bool gathers_more_ = false;
  std::int64_t full_until_ms_ = 0;
  std::int64_t calm_at_ms_ = 0;
  std::optional<std::uint64_t> effects_left_;
  bool dying_ = false;
  faults::PowerCut cut_;
  std::function<void()> if_happened_;
  std::function<bool()> happened_;
};

}  // namespace vitrine::sim
