// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/twins.hpp"

#include "edge/database/waiting.hpp"

namespace vitrine::sim {

void Twins::clone(std::size_t first) {
  first_ = first;
  second_ = boxes_.size();
  since_ms_ = street_.now_ms();
  StoreBox& box = *boxes_.at(first);
  boxes_.push_back(std::make_unique<StoreBox>(street_, *second_, box.store(), box.disk().clone(), dice_.child()));
  boxes_.back()->disk().limit(0);  // the first one's may be full just now; this is another
  boxes_.back()->switch_on();
  street_.oracle->store_cloned(first, *second_);
  street_.fault_struck(FaultKind::store_cloned);
}

std::optional<std::size_t> Twins::other(std::size_t box) const {
  if (!second_ || (box != first_ && box != *second_)) return std::nullopt;
  return box == first_ ? *second_ : first_;
}

void Twins::connected(std::size_t box) {
  const auto pushed_out = other(box);
  if (!pushed_out || !street_.wire->connected(*pushed_out)) return;
  street_.fault_struck(FaultKind::store_cloned);
  boxes_.at(*pushed_out)->cut_line(dice_.between(1'500, 7'000));
}

// Of work that only one of them can have done. Whose comes after the other's has left it behind, and that is a fork; coming back
// is the second one, and then the hub hears nobody.
void Twins::taken(std::size_t box, const std::vector<std::string>& ids, std::uint64_t forks) {
  if (!other(box) || goes_) return;
  bool own = false;
  for (const std::string& id : ids) {
    const auto attempt = street_.oracle->attempts().find(id);
    if (attempt == street_.oracle->attempts().end()) continue;  // what a box says by itself may be as old as both
    own = own || (attempt->second.store == box && attempt->second.at_ms >= since_ms_);
  }
  if (!own || speaker_ == box) return;
  if (!speaker_) {
    turns_ = 0;
  } else {
    ++turns_;
    const std::string where = boxes_.at(box)->store().text + ": the hub took work of one box, then of the other, ";
    if (turns_ > 1) return street_.oracle->fail("fork_unseen", where + "then of the first again");
    if (forks == forks_before_) return street_.oracle->fail("fork_unseen", where + "and counted no fork");
  }
  speaker_ = box;
  forks_before_ = forks;
}

bool Twins::write_on_stick(HubBox& hub) {
  auto written = edge::database::waiting_outbox(boxes_.at(*goes_)->disk().path("store.db"), hub.now().utc);
  if (!written) {
    street_.oracle->fail("stick_unwritten", written.error().message);
    return false;
  }
  return hub.import_outbox(*goes_, std::move(*written));
}

void Twins::make_whole(HubBox& hub, bool hub_was_restored) {
  if (whole() || !hub.alive()) return;
  const bool first_goes = goes_ ? *goes_ == first_ : dice_.chance(0.5);
  goes_ = first_goes ? first_ : *second_;
  StoreBox& goes = *boxes_.at(*goes_);
  StoreBox& stays = *boxes_.at(first_goes ? *second_ : first_);
  if (stage_ == Stage::two) {
    // A stick has what the hub had not confirmed, up to what the disk has damaged: a hub that was restored since wants more.
    const bool stick_is_enough = !hub_was_restored && !street_.oracle->is_damaged(*goes_);
    if (stick_is_enough && dice_.chance(0.5)) {
      goes.switch_off();
      if (write_on_stick(hub) && hub.unfreeze(goes.store())) stage_ = Stage::one_left;
      return;
    }
    stays.switch_off();
    if (!hub.unfreeze(goes.store())) return;
    // What it was told of another hub's history is not what this hub has: it greets it anew.
    goes.cut_line(dice_.between(100, 1'500));
    stage_ = Stage::one_speaks;
    return;
  }
  if (!goes.alive() || !goes.online()) return;
  const Watcher::Progress progress = goes.watcher()->progress();
  if (progress.applied_n != progress.last_n || progress.ack_n != progress.last_n) return;
  if (!hub.unfreeze(goes.store())) return;
  goes.switch_off();
  stays.switch_on();
  stage_ = Stage::one_left;
}

}  // namespace vitrine::sim
