// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "tests/sim/leaving.hpp"
#include "tests/sim/people.hpp"
#include "tests/sim/twins.hpp"
#include "tests/sim/world_facts.hpp"

namespace vitrine::sim {

using faults::PowerCut;

namespace {

constexpr std::int64_t liveness_ms = 12 * 60'000;  // time within which everything must be the same everywhere
constexpr std::int64_t copy_every_ms = 17'000;
constexpr std::int64_t look_every_ms = 10'000;
constexpr int hub_restores_max = 2;
constexpr std::int64_t together_ms = 20'000;  // two operations are at about the same time

class World {
 public:
  World(const Plan& plan, const RunOptions& options)
      : plan_(plan),
        dice_(plan.seed ^ 0x5eedULL),
        wire_(plan.stores + 1, dice_.child(), [this](FaultKind kind) { struck(kind); }),
        oracle_(plan.stores + 1) {
    if (options.narrate) oracle_.narrate_all();
    street_.now_ms = [this] { return now_ms_; };
    street_.fault_struck = [this](FaultKind kind) { struck(kind); };
    street_.trace = [this](std::uint64_t what) { trace(what); };
    street_.connected = [this](std::size_t box) { twins_->connected(box); };
    street_.taken = [this](std::size_t box, const std::vector<std::string>& ids) {
      twins_->taken(box, ids, hub_->forks(boxes_.at(box)->store()));
    };
    street_.wire = &wire_;
    street_.oracle = &oracle_;
    const WorldFacts& facts = world_facts();
    // SQLite's own chance too: it salts the log.
    sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, static_cast<int>(plan.seed | 1), nullptr);
    if (hub::database::write_era_file(era_folder(), facts.era)) oracle_.fail("no_era_file", era_folder());
    std::vector<sync::StoreId> stores;
    for (std::size_t i = 0; i < plan.stores; ++i) stores.emplace_back(store_name(i));
    stores.push_back(stores.at(cloned_store()));
    hub_ = std::make_unique<HubBox>(street_, std::move(stores), facts.hub->clone(), era_folder(), dice_.child());
    for (std::size_t i = 0; i < plan.stores; ++i) {
      boxes_.push_back(std::make_unique<StoreBox>(street_, i, sync::StoreId{store_name(i)}, facts.store->clone(), dice_.child()));
    }
    people_ = std::make_unique<People>(street_, *hub_, boxes_, plan.stores, dice_.draw());
    twins_ = std::make_unique<Twins>(street_, boxes_, dice_.child());
    leaving_ = std::make_unique<Leaving>(street_, *hub_, boxes_, plan.heal_at_ms, Dice(plan.seed ^ 0xf0461eULL));
  }

  RunResult run() {
    std::size_t next = 0;
    while (!oracle_.failure() && now_ms_ < plan_.heal_at_ms) {
      std::int64_t until = plan_.heal_at_ms;
      if (next < plan_.steps.size()) until = std::min(until, plan_.steps[next].at_ms);
      until = std::min(until, std::max(std::min(copy_at_ms_, look_at_ms_), now_ms_ + 1));
      advance(until);
      leaving_->tick();
      keep_copies();
      if (now_ms_ >= look_at_ms_) {
        look_at_ms_ = now_ms_ + look_every_ms;
        look_for_past();
      }
      while (next < plan_.steps.size() && plan_.steps[next].at_ms <= now_ms_ && !oracle_.failure()) take(plan_.steps[next++]);
    }
    heal();
    const std::int64_t deadline = now_ms_ + liveness_ms;
    while (!oracle_.failure() && now_ms_ < deadline) {
      advance(std::min(deadline, now_ms_ + 1'000));
      twins_->make_whole(*hub_, hub_restores_ > 0);
      if (quiet()) break;
    }
    tally_.healed_in_ms = now_ms_ - plan_.heal_at_ms;
    for (const StoreBoxPtr& box : boxes_) {
      if (!oracle_.failure()) oracle_.set_aside(number_of(*box), Watcher(box->disk().path("store.db")).aside());
    }
    if (!oracle_.failure()) oracle_.judge_end();
    if (!oracle_.failure()) compare();
    cover();
    for (StoreBoxPtr& box : boxes_) box->disk().power_cut({});
    hub_->disk().power_cut({});
    std::filesystem::remove_all(era_folder());
    return {oracle_.failure(), tally_, trace_};
  }

 private:
  using StoreBoxPtr = std::unique_ptr<StoreBox>;

  void trace(std::uint64_t what) {
    trace_ = (trace_ ^ what ^ static_cast<std::uint64_t>(now_ms_)) * 0x9e3779b97f4a7c15ULL;
    trace_ ^= trace_ >> 29;
  }

  void struck(FaultKind kind) {
    oracle_.narrate("strikes: " + std::string(name_of(kind)));
    ++tally_.faults.at(static_cast<std::size_t>(kind));
    strikes_.emplace_back(now_ms_, kind);
    trace(static_cast<std::uint64_t>(kind) + 77);
  }

  // Everything that happens until then.
  void advance(std::int64_t until_ms) {
    while (!oracle_.failure()) {
      std::int64_t at = until_ms;
      const auto letter_at = wire_.next_at();
      if (letter_at) at = std::min(at, *letter_at);
      at = std::min({at, hub_->due_ms(), people_->due_ms()});
      for (const StoreBoxPtr& box : boxes_) at = std::min(at, box->due_ms(broker_up()));
      now_ms_ = std::max(now_ms_, at);
      oracle_.at(now_ms_);
      if (letter_at && *letter_at <= now_ms_) {
        deliver();
      } else {
        if (hub_->due_ms() <= now_ms_) hub_->tick();
        if (people_->due_ms() <= now_ms_) people_->tick();
        for (StoreBoxPtr& box : boxes_) {
          if (box->due_ms(broker_up()) <= now_ms_) box->tick(broker_up());
        }
        if (now_ms_ >= until_ms) return;
      }
      if (++turns_ > 400'000) return oracle_.fail("no_rest", "messages go in circles");
    }
  }

  [[nodiscard]] bool broker_up() const { return now_ms_ >= broker_up_at_ms_; }

  void deliver() {
    const auto letter = wire_.take();
    if (!letter) return;
    if (letter->up ? !hub_->alive() : !boxes_.at(letter->box)->alive()) return;
    ++tally_.messages;
    trace(hash_of(letter->packet->bytes) + letter->box + (letter->up ? 1000 : 0));
    if (letter->up) {
      hub_->letter(letter->box, *letter->packet);
    } else {
      boxes_.at(letter->box)->letter(*letter->packet);
    }
  }

  void take(const Step& step) {
    oracle_.narrate(describe(step));
    if (step.fault) return happen(step);
    people_->act(step);
  }

  void happen(const Step& step) {
    Dice dice(step.seed);
    // Where two boxes stand in one store, it is either of them.
    const auto twin = twins_->other(step.store);
    const std::size_t number = twin && dice.chance(0.5) ? *twin : step.store;
    StoreBox& box = *boxes_.at(number);
    const std::int64_t until = now_ms_ + step.lasts_ms;
    const bool upwards = dice.chance(0.5);
    const PowerCut cut{.keep = dice.chance(0.25) ? PowerCut::Keep::nothing : PowerCut::Keep::mix,
                       .sector = dice.chance(0.5) ? 512U : 4096U,
                       .seed = dice.draw()};
    switch (step.kind) {
      case FaultKind::lost:
      case FaultKind::repeated:
      case FaultKind::reordered:
      case FaultKind::delayed:
        return wire_.weather(step.kind, number, until, 0.1 + 0.5 * static_cast<double>(dice.below(100)) / 100, upwards);
      case FaultKind::late_push:
        return wire_.weather(step.kind, number, until, 0.6, false);
      case FaultKind::one_way:
        return wire_.weather(step.kind, number, until, 1, upwards);
      case FaultKind::cut:
        if (wire_.connected(number)) struck(FaultKind::cut);
        return box.cut_line(step.lasts_ms);
      case FaultKind::broker_forgets:
        struck(FaultKind::broker_forgets);
        broker_up_at_ms_ = now_ms_ + dice.between(300, 5'000);
        for (StoreBoxPtr& one : boxes_) one->cut_line(dice.between(300, 6'000));
        wire_.disconnect_hub();
        if (hub_->alive()) wire_.connect_hub();
        return;
      case FaultKind::store_killed:
        if (dice.chance(0.2) && box.alive()) {
          struck(FaultKind::store_killed);
          return box.die({.keep = PowerCut::Keep::all}, dice.between(300, 8'000));
        }
        return box.die_after_effects(1 + dice.below(4));
      case FaultKind::store_power_cut:
        return box.die_at_call(1 + dice.below(12), cut);
      case FaultKind::store_disk_full:
        return box.disk_full_until(until, dice.below(8'000));
      case FaultKind::store_io_error:
        return box.io_error_at(1 + dice.below(8));
      case FaultKind::clock_jump:
        struck(FaultKind::clock_jump);
        return box.jump_clock(dice.chance(0.3) ? dice.between(-86'400'000, 86'400'000) : dice.between(-90'000, 90'000));
      case FaultKind::hub_killed:
        if (dice.chance(0.2) && hub_->alive()) {
          struck(FaultKind::hub_killed);
          return hub_->die({.keep = PowerCut::Keep::all}, dice.between(300, 8'000));
        }
        return hub_->die_after_effects(1 + dice.below(6));
      case FaultKind::hub_power_cut:
        return hub_->die_at_call(1 + dice.below(12), cut);
      case FaultKind::hub_disk_full:
        return hub_->disk_full_until(until, dice.below(20'000));
      case FaultKind::store_restored:
        return restore_store(box, dice);
      case FaultKind::hub_restored:
      case FaultKind::hub_set_back:
        return restore_hub(step.kind, dice);
      case FaultKind::store_flipped:
      case FaultKind::own_flipped:
      case FaultKind::outbox_flipped:
        return flip_bit(step.kind, box, dice);
      case FaultKind::store_cloned:
        return clone_store(step.store);
      case FaultKind::other_version:
        return change_version(number, now_ms_ + 3 * step.lasts_ms, dice);
      case FaultKind::count_:
        return;
    }
  }

  // Copies that somebody made while all went on: what a restore has to go by.
  void keep_copies() {
    if (now_ms_ < copy_at_ms_) return;
    copy_at_ms_ = now_ms_ + copy_every_ms;
    if ((may_restore(FaultKind::hub_restored) || may_restore(FaultKind::hub_set_back)) && hub_->alive()) {
      hub_copies_.push_back({hub_->disk().clone(), oracle_.remember(), hub::database::read_era_file(era_folder())});
    }
    if (!may_restore(FaultKind::store_restored)) return;
    store_copies_.resize(boxes_.size());
    for (std::size_t i = 0; i < boxes_.size(); ++i) {
      if (boxes_[i]->alive()) store_copies_[i].push_back(boxes_[i]->disk().clone());
    }
  }

  [[nodiscard]] bool may_restore(FaultKind kind) const {
    return std::ranges::any_of(plan_.steps, [&](const Step& step) { return step.fault && step.kind == kind; });
  }

  // While the box is off, one bit turns over in what it has: of the catalogue, of the store's own documents and views, or of
  // what waits. No read says so.
  void flip_bit(FaultKind kind, StoreBox& box, Dice& dice) {
    if (!box.alive()) return;
    std::vector<std::string> texts = {R"("original_title":"xxxx)"};  // world_facts.cpp
    if (kind == FaultKind::own_flipped) texts = box.watcher()->own_bodies();
    if (kind == FaultKind::outbox_flipped) {
      // Something waits: the line is cut, and people go on.
      box.cut_line(dice.between(2'000, 9'000));
      act_much(number_of(box), 4, dice);
      if (!box.alive()) return;
      texts = box.watcher()->waiting_bodies();
    }
    box.die({.keep = PowerCut::Keep::all}, dice.between(500, 4'000));
    move_log_into_file(box.disk().path("store.db"));
    if (texts.empty()) return;
    const std::string text = texts[dice.below(texts.size())].substr(0, 60);
    const std::string file = box.disk().contents("store.db");
    std::vector<std::size_t> places;
    for (std::size_t at = file.find(text); at != std::string::npos; at = file.find(text, at + 1)) places.push_back(at);
    if (places.empty()) return;
    const std::size_t inside = kind == FaultKind::store_flipped ? text.size() - 1 : dice.below(text.size());
    if (!box.disk().flip("store.db", (places[dice.below(places.size())] + inside) * 8 + dice.below(3))) return;
    flipped_.insert(box.store().text);
    if (kind != FaultKind::store_flipped) oracle_.store_damaged(number_of(box));
    struck(kind);
  }

  void act_much(std::size_t number, int times, Dice& dice) {
    for (int i = 0; i < times && !oracle_.failure(); ++i)
      people_->act({.at_ms = now_ms_, .deed = Deed::kiosk_add, .store = number % plan_.stores, .seed = dice.draw()});
  }

  // As the last one does that closes it.
  static void move_log_into_file(const std::string& path) {
    sqlite3* file = nullptr;
    if (sqlite3_open(path.c_str(), &file) == SQLITE_OK) {
      sqlite3_wal_checkpoint_v2(file, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    }
    sqlite3_close(file);
  }

  [[nodiscard]] std::size_t number_of(const StoreBox& box) const {
    return static_cast<std::size_t>(std::ranges::find(boxes_, &box, &StoreBoxPtr::get) - boxes_.begin());
  }

  void change_version(std::size_t number, std::int64_t until_ms, Dice& dice) {
    const std::uint64_t which = dice.below(5);
    const auto version = which < 2 ? StoreBox::Version::newer : which < 4 ? StoreBox::Version::older : StoreBox::Version::foreign;
    if (version == StoreBox::Version::newer) people_->use_later_release(number, dice);
    boxes_.at(number)->speak_as(version, until_ms, dice.between(300, 2'000));
  }

  // Once in a schedule; another time a person frees the store, and both boxes go on.
  void clone_store(std::size_t number) {
    if (!twins_->there()) {
      if (number == cloned_store() && boxes_.at(number)->alive()) twins_->clone(number);
    } else if (hub_->unfreeze(boxes_.back()->store())) {
      struck(FaultKind::store_cloned);
      twins_->count_anew();
    }
  }

  // The hub knows before which store it will be.
  [[nodiscard]] std::size_t cloned_store() const {
    const auto first =
        std::ranges::find_if(plan_.steps, [](const Step& step) { return step.fault && step.kind == FaultKind::store_cloned; });
    return first == plan_.steps.end() ? 0 : first->store;
  }

  void restore_store(StoreBox& box, Dice& dice) {
    const std::size_t number = number_of(box);
    if (number >= store_copies_.size() || store_copies_[number].empty() || !restored_.insert(number).second) return;
    struck(FaultKind::store_restored);
    const auto& copies = store_copies_[number];
    box.restore(*copies[dice.below(copies.size())], dice.between(500, 5'000));
    Watcher restored(box.disk().path("store.db"));
    oracle_.store_restored(number, restored.outbox());
  }

  // From a backup, the hub's era file stays and tells; a whole machine that is set back has the file of that time too.
  void restore_hub(FaultKind kind, Dice& dice) {
    if (hub_copies_.empty() || hub_restores_ == hub_restores_max) return;
    ++hub_restores_;
    struck(kind);
    // Older copies stay good: the history after this one is lost, whichever of them comes next.
    const std::size_t which = dice.below(hub_copies_.size());
    hub_->restore(*hub_copies_[which].disk, dice.between(500, 6'000));
    const auto& era = hub_copies_[which].era;
    if (kind == FaultKind::hub_set_back && era && hub::database::write_era_file(era_folder(), *era)) {
      return oracle_.fail("no_era_file", era_folder());
    }
    oracle_.hub_restored(hub_copies_[which].remembered);
    twins_->count_anew();
    hub_copies_.erase(hub_copies_.begin() + static_cast<std::ptrdiff_t>(which) + 1, hub_copies_.end());
  }

  // Everything is whole again. Clocks stay as wrong as they are.
  void heal() {
    wire_.calm();
    broker_up_at_ms_ = std::min(broker_up_at_ms_, now_ms_);
    hub_->heal();
    for (StoreBoxPtr& box : boxes_) box->heal();
  }

  // Nothing is left to do: all are online, all outboxes are empty, nobody waits for an answer.
  bool quiet() {
    if (people_->waiting() || !hub_->alive() || !twins_->whole()) return false;
    for (StoreBoxPtr& box : boxes_) {
      if (box->off()) continue;
      if (!box->alive() || !box->watcher()) return false;
      const Watcher::Progress progress = box->watcher()->progress();
      if (progress.ack_n != progress.last_n || progress.applied_n != progress.last_n) return false;
    }
    return same_everywhere(false) && audits_told();
  }

  // A box tells of its audit some seconds after a line was written.
  bool audits_told() {
    return std::ranges::all_of(boxes_, [this](const StoreBoxPtr& box) {
      return box->off() || std::ranges::includes(hub_->watcher()->audit_of(box->store().text), box->watcher()->audit());
    });
  }

  bool same_everywhere(bool say) {
    for (StoreBoxPtr& box : boxes_) {
      if (box->off()) continue;
      const std::string store = box->store().text;
      for (const std::string& stream : {std::string("catalog"), std::string("prices.uk"), std::string("content"),
                                        std::string("settings"), "store." + store}) {
        const auto there = hub_->watcher()->placed(stream);
        const auto here = box->watcher()->base(stream);
        if (here == there) continue;
        if (say) oracle_.fail("base_differs", difference(store + " " + stream, here, there));
        return false;
      }
      if (box->watcher()->overlays() != 0) {
        if (say) oracle_.fail("view_differs", store + " still shows own actions that its base does not contain");
        return false;
      }
    }
    return true;
  }

  static std::string difference(const std::string& where, const std::vector<Row>& here, const std::vector<Row>& there) {
    std::string text = where + ": " + std::to_string(here.size()) + " documents, the hub has " + std::to_string(there.size());
    const auto say = [&](const char* what, const Row& row) {
      text += std::string("; ") + what + " " + std::get<0>(row) + "/" + std::get<1>(row) + " (" +
              std::to_string(std::get<2>(row)) + "," + std::to_string(std::get<3>(row)) + ")";
    };
    for (const Row& row : here) {
      if (std::ranges::find(there, row) == there.end()) say("only here", row);
    }
    for (const Row& row : there) {
      if (std::ranges::find(here, row) == here.end()) say("only there", row);
    }
    return text.substr(0, 600);
  }

  void compare() {
    if (!hub_->alive()) return oracle_.fail("hub_gone", "the hub did not come back");
    if (!twins_->whole()) return oracle_.fail("outbox_stands", "what a cloned box had to say never reached the hub");
    for (StoreBoxPtr& box : boxes_) {
      if (box->off()) continue;
      const std::string store = box->store().text;
      if (!box->alive()) return oracle_.fail("store_gone", store + " did not come back");
      const Watcher::Progress progress = box->watcher()->progress();
      if (progress.applied_n != progress.last_n) {
        return oracle_.fail("outbox_stands", store + ": " + std::to_string(progress.last_n - progress.applied_n) +
                                                 " actions never reached the hub");
      }
      if (progress.ack_n != progress.last_n)
        return oracle_.fail("ack_missing", store + ": the base never acknowledged what the hub applied");
    }
    if (!same_everywhere(true)) return;
    leaving_->compare();
    look_for_past();
    for (std::size_t box = 0; box < boxes_.size(); ++box) {
      const std::string store = boxes_[box]->store().text;
      const auto chain = hub_->watcher()->document("audit", store + "/chain");
      if (!boxes_[box]->off())
        oracle_.store_has_audit(box, boxes_[box]->watcher()->audit(), hub_->watcher()->audit_of(store),
                                chain ? chain->body : std::nullopt);
    }
    if (const std::string wrong = hub_->wrong_availability(); !wrong.empty()) return oracle_.fail("availability_wrong", wrong);
    // Digests differ after a bug, on a damaged disk, or where a hub was set back by so little that it does not show.
    for (StoreBoxPtr& box : boxes_) {
      if (box->off() || hub_restores_ > 0 || flipped_.contains(box->store().text)) continue;
      for (const std::string& stream : box->watcher()->repairs()) {
        return oracle_.fail("repair_unexplained", box->store().text + " " + stream);
      }
    }
    // The hub's carts, once more, and what each store has shown last.
    for (const auto& [id, attempt] : oracle_.attempts()) {
      if (!attempt.refused || !attempt.store) continue;
      if (oracle_.is_about_erased(attempt.operations.front())) continue;  // what named them went with them
      const auto twin = twins_->other(*attempt.store);
      const std::size_t reads = twin && boxes_.at(*attempt.store)->off() ? *twin : *attempt.store;
      if (!boxes_.at(reads)->watcher()->has_base("outcome", id)) return oracle_.fail("outcome_missing", id);
    }
  }

  // What is past its time is shown nowhere, connected or not; only who cannot know the time shows it longer.
  void look_for_past() {
    if (hub_->calm()) {
      for (const char* collection : {"cart", "request"}) {
        for (const std::string& id : hub_->watcher()->living(collection))
          oracle_.not_past("hub", id, hub_->watcher()->document(collection, id)->body.value_or(""));
      }
    }
    if (hub_->alive()) look_at_customers();
    for (StoreBoxPtr& box : boxes_) {
      if (!box->calm() || box->lost_in_time()) continue;
      for (const char* collection : {"cart", "request"}) {
        for (const std::string& id : box->watcher()->ids(collection)) {
          if (const auto body = box->watcher()->shown(collection, id).body) oracle_.not_past(box->store().text, id, *body);
        }
      }
    }
  }

  void look_at_customers() {
    HubWatcher& hub = *hub_->watcher();
    std::vector<Oracle::Standing> all;
    for (const std::string& id : hub.living("activity"))
      all.push_back({id, hub.streams_of("activity", id), hub.streams_of("customer", customer_of_event(id))});
    oracle_.hub_holds_activity(all);
    for (const char* collection : {"case", "offer"}) {
      for (const std::string& id : hub.living(collection))
        oracle_.hub_holds_talk(collection,
                               {id, hub.streams_of(collection, id), hub.streams_of("customer", customer_of_event(id))});
    }
  }

  void cover() {
    std::map<std::string, std::vector<const Done*>> by_cart;
    for (const Done& done : people_->done()) by_cart[done.cart].push_back(&done);
    for (const auto& [cart, all] : by_cart) {
      std::set<std::size_t> ends;
      for (const Done* done : all) ends.insert(done->end);
      tally_.operations += all.size();
      if (ends.size() > 1) tally_.contested += all.size();
      for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = i + 1; j < all.size() && all[j]->at_ms - all[i]->at_ms <= together_ms; ++j) {
          if (all[i]->end != all[j]->end) cover(*all[i], *all[j]);
        }
      }
    }
    std::set<std::string> streams;
    for (const StoreBoxPtr& box : boxes_) streams.insert(box->store().text);
    tally_.streams = streams.size() + 5;
  }

  void cover(const Done& one, const Done& other) {
    std::size_t a = kind_number(one.kind);
    std::size_t b = kind_number(other.kind);
    if (a == operation_kinds || b == operation_kinds) return;
    if (a > b) std::swap(a, b);
    for (const auto& [at, kind] : strikes_) {
      if (at < one.at_ms - together_ms || at > other.at_ms + together_ms) continue;
      tally_.covered.at((a * operation_kinds + b) * fault_kinds + static_cast<std::size_t>(kind)) = 1;
    }
  }

  const Plan& plan_;
  Dice dice_;
  std::int64_t now_ms_ = 0;
  std::uint64_t turns_ = 0;
  std::uint64_t trace_ = 1;
  std::int64_t broker_up_at_ms_ = 0;
  struct HubCopy {
    std::unique_ptr<faults::Disk> disk;
    Oracle::Remembered remembered;
    std::optional<hub::database::EraFile> era;
  };
  std::int64_t copy_at_ms_ = 6'000;
  std::int64_t look_at_ms_ = look_every_ms;
  std::vector<HubCopy> hub_copies_;
  std::vector<std::vector<std::unique_ptr<faults::Disk>>> store_copies_;
  std::set<std::size_t> restored_;
  std::set<std::string> flipped_;
  int hub_restores_ = 0;
  Tally tally_;
  std::vector<std::pair<std::int64_t, FaultKind>> strikes_;
  Wire wire_;
  Oracle oracle_;
  Street street_;
  std::unique_ptr<HubBox> hub_;
  std::vector<StoreBoxPtr> boxes_;
  std::unique_ptr<People> people_;
  std::unique_ptr<Twins> twins_;
  std::unique_ptr<Leaving> leaving_;
};

}  // namespace

RunResult run(const Plan& plan, const RunOptions& options) { return World(plan, options).run(); }

}  // namespace vitrine::sim
