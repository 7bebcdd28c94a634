// SPDX-License-Identifier: Apache-2.0
// One store: its disk, and the real daemon on it as long as the process lives. It dies where it is told to: at a call of the
// disk, or after so many effects.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "edge/daemon/daemon.hpp"
#include "tests/faults/vfs/disk.hpp"
#include "tests/sim/dice.hpp"
#include "tests/sim/oracle.hpp"
#include "tests/sim/plan.hpp"
#include "tests/sim/watcher.hpp"
#include "tests/sim/wire.hpp"

namespace vitrine::sim {

// Which box's work the hub has just taken: ids of transactions.
using Taken = std::function<void(std::size_t, const std::vector<std::string>&)>;

// What a box needs of the world around it.
struct Street {
  std::function<std::int64_t()> now_ms;
  std::function<void(FaultKind)> fault_struck;
  std::function<void(std::uint64_t)> trace;
  std::function<void(std::size_t)> connected;  // the broker ends every other session of this box's certificate
  Taken taken;
  Wire* wire = nullptr;
  Oracle* oracle = nullptr;
};

inline constexpr std::int64_t calm_after_ms = 12'000;

class StoreBox {
 public:
  // `number`: of the box. Two boxes may answer for one store.
  StoreBox(Street& street, std::size_t number, sync::StoreId store, std::unique_ptr<faults::Disk> disk, Dice dice);

  void start();
  // The process ends now: `cut` says what the disk keeps.
  void die(const faults::PowerCut& cut, std::int64_t back_in_ms);
  // Dies at the n-th changing call of the disk, or after the n-th effect, whichever is asked for.
  void die_at_call(std::uint64_t n, const faults::PowerCut& cut);
  void die_after_effects(std::uint64_t n);
  // The disk becomes an older copy of itself.
  void restore(const faults::Disk& copy, std::int64_t back_in_ms);
  // A person has pulled the plug; until then nothing starts, nor is there a time when it would.
  void switch_off();
  void switch_on();
  void disk_full_until(std::int64_t until_ms, std::uint64_t room);
  void io_error_at(std::uint64_t n);
  void jump_clock(std::int64_t by_ms);
  // Another release of the program comes up, or of the hub, and what the two say is of another version, until then.
  enum class Version { same, newer, older, foreign };
  void speak_as(Version version, std::int64_t until_ms, std::int64_t back_in_ms);
  // No more faults.
  void heal();

  void letter(const Packet& packet);
  // Network: connects when it may, says so to the daemon.
  void cut_line(std::int64_t back_in_ms);
  // What is due by now: the daemon's timers, starting again, connecting again.
  void tick(bool broker_up);
  [[nodiscard]] std::int64_t due_ms(bool broker_up) const;

  // A person's command. The answer comes at once, or never: then the process died. Called only while it lives.
  void ask(std::function<Result<sync::CartId>(edge::local_api::Desk&)> work, std::function<void(Result<sync::CartId>)> answer);

  // It has been up, with room on its disk, long enough to have done what was due.
  [[nodiscard]] bool calm() const { return alive() && full_until_ms_ == 0 && street_.now_ms() >= calm_at_ms_; }
  [[nodiscard]] bool alive() const { return daemon_ != nullptr; }
  // Its clock may be wrong, and it has not heard the hub since.
  [[nodiscard]] bool lost_in_time() const { return lost_in_time_; }
  // Greeted by the hub, and answers are coming.
  [[nodiscard]] bool online() const { return alive() && daemon_online(); }
  [[nodiscard]] bool off() const { return off_; }
  [[nodiscard]] const sync::StoreId& store() const { return store_; }
  [[nodiscard]] Watcher* watcher() { return watcher_.get(); }
  [[nodiscard]] faults::Disk& disk() { return *disk_; }
  [[nodiscard]] std::int64_t utc_ms() const;

 private:
  void step(std::optional<edge::daemon::Item> item);
  void look();
  void show(const std::string& cart);
  void show_receipts();
  void show_request(const std::string& request);
  void show_all();
  void show_consents();
  void show_talks();
  std::string as_spoken(std::string json, bool up);
  void speak_as_before();
  [[nodiscard]] bool daemon_online() const { return board_->get().report.online; }
  void effect();
  [[nodiscard]] bool dead_now() const { return dying_ || disk_->dark(); }

  Street& street_;
  std::size_t number_;
  sync::StoreId store_;
  std::unique_ptr<faults::Disk> disk_;
  Dice dice_;
  std::unique_ptr<edge::daemon::Inbox> inbox_;
  std::unique_ptr<edge::local_api::EventFeed> feed_;
  std::unique_ptr<edge::local_api::LinkBoard> board_;
  std::unique_ptr<edge::daemon::Daemon> daemon_;
  std::unique_ptr<Watcher> watcher_;
  std::uint64_t fed_ = 0;
  std::int64_t clock_ms_ = 0;        // of this box, beside the true time
  std::int64_t clock_ms_heard_ = 0;  // the same when the hub was heard last
  bool heard_ = false;               // the hub, since the process began
  bool lost_in_time_ = false;        // it cannot know that its clock is wrong
  std::int64_t start_at_ms_ = 0;
  bool off_ = false;
  std::int64_t connect_at_ms_ = 0;
  std::optional<std::uint64_t> effects_left_;
  bool dying_ = false;  // an effect was the last one
  bool drop_asked_ = false;
  faults::PowerCut cut_;
  std::int64_t full_until_ms_ = 0;
  std::int64_t calm_at_ms_ = 0;
  bool io_error_planned_ = false;
  bool doubted_ = false;  // its screens show nothing of people
  Version version_ = Version::same;
  std::int64_t version_until_ms_ = 0;
};

}  // namespace vitrine::sim
