// SPDX-License-Identifier: Apache-2.0
// One hub and some stores in one thread, joined by a wire that loses, repeats and reorders as told, from one seed. Messages
// cross as JSON, so the codecs are in the path.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <memory>
#include <random>

#include "sync/ends/hub_end.hpp"
#include "sync/ends/store_end.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "tests/sync/ends/memory_rows.hpp"

namespace vitrine::sync::ends {

struct Weather {
  double lost = 0;
  double repeated = 0;
  double reordered = 0;
  bool pages_lost = false;
  bool ops_lost = false;
};

class SmallWorld {
 public:
  // What another version of a peer would have sent instead of this.
  std::function<std::string(std::string json, bool up)> other_version;

  SmallWorld(std::uint64_t seed, std::vector<std::string> stores) : random_(seed) {
    std::vector<StoreId> ids;
    for (const std::string& name : stores) ids.emplace_back(name);
    authority_ = std::make_unique<MemoryAuthority>(ids);
    hub_ = std::make_unique<HubEnd>(*authority_, chance(), admissions_.get());
    for (const StoreId& id : ids) {
      put({"content", "store/" + id.text}, R"({"zone":"uk"})");
      StoreState state;
      state.store = id;
      state.incarnation = IncarnationId{chance().hex_128()};
      shops_[id].rows = std::make_unique<MemoryReplica>(state);
      restart(id);
    }
    queue_.clear();
  }

  Chance chance() {
    return Chance{[this] { return random_(); }};
  }
  Now now() const { return {{1'700'000'000'000 + time_}, {time_}}; }

  Now now_at(const StoreId& id) const { return {now().utc.plus(shops_.at(id).wrong_by_ms), now().mono}; }

  MemoryAuthority& authority() { return *authority_; }
  MemoryReplica& rows(const StoreId& id) { return *shops_.at(id).rows; }
  StoreEnd& end(const StoreId& id) { return *shops_.at(id).end; }

  void put(const DocumentKey& key, std::string body) {
    hub_->put(key, std::move(body), now());
    carry(hub_->finish(now()));
  }
  // In one commit of the hub.
  void put_both(const DocumentKey& one, std::string body, const DocumentKey& other, std::string other_body) {
    hub_->put(one, std::move(body), now());
    hub_->put(other, std::move(other_body), now());
    carry(hub_->finish(now()));
  }
  void take_away(const DocumentKey& key) {
    hub_->remove(key, now());
    carry(hub_->finish(now()));
  }
  HubPerformed at_hub(const HubAction& action) {
    const HubPerformed done = hub_->perform(action, now());
    carry(hub_->finish(now()));
    return done;
  }
  HubEnd::Erasure erase(const CustomerId& person) {
    HubEnd::Erasure done = hub_->erase(person, now());
    carry(hub_->finish(now()));
    return done;
  }
  // What a log outside of the rows says of a hub that was set back.
  std::size_t erase_again(const std::vector<std::string>& tags) {
    const std::size_t erased = hub_->erase_again(tags, now());
    carry(hub_->finish(now()));
    return erased;
  }
  // From here on, so many stores may fill at once.
  Admissions& admit_only(std::size_t at_once) {
    admissions_ = std::make_unique<Admissions>(at_once);
    hub_ = std::make_unique<HubEnd>(*authority_, chance(), admissions_.get());
    return *admissions_;
  }
  // The wall clock of a store's box, against the true time.
  void set_wrong(const StoreId& id, std::int64_t by_ms) { shops_.at(id).wrong_by_ms = by_ms; }

  // The hub's rows as they are now, and the hub on older rows: what it did since is forgotten, and it does not know that.
  MemoryAuthority backup() const { return *authority_; }
  void restore(MemoryAuthority rows) {
    *authority_ = std::move(rows);
    hub_ = std::make_unique<HubEnd>(*authority_, chance(), admissions_.get());
    std::erase_if(queue_, [](const Letter& letter) { return !letter.up; });
  }
  std::vector<HubNotice> notices() { return hub_->take_notices(); }

  // A message that no hub of this world thought of.
  void hub_says(const StoreId& id, const protocol::HubMessage& message) { carry(id, end(id).received(message, now_at(id))); }
  std::size_t sent_up() const { return sent_up_; }
  // Entries of pages that were handed to stores.
  std::size_t entries_down() const { return entries_down_; }
  void say_heads() { carry({hub_->heads(now())}); }
  bool ask(const StoreId& id, const protocol::Ask& question) {
    auto effects = shops_.at(id).end->ask(question, now());
    if (effects) carry(id, std::move(*effects));
    return effects.has_value();
  }
  const std::vector<AskResult>& answers(const StoreId& id) const { return shops_.at(id).answers; }
  HubEnd::Purged purge() {
    const HubEnd::Purged purged = hub_->purge({}, now());
    carry(hub_->finish(now()));
    return purged;
  }
  std::size_t expire() {
    const std::size_t looked_at = hub_->expire(now());
    carry(hub_->finish(now()));
    return looked_at;
  }
  void take_back_lent() {
    hub_->take_back_lent(now());
    carry(hub_->finish(now()));
  }
  void wait(std::int64_t ms) { time_ += ms; }
  Performed at_store(const StoreId& id, const LocalAction& action) {
    Performed done = shops_.at(id).end->perform(action, now_at(id));
    if (done.what == Performance::done) carry(id, std::move(done.effects));
    return done;
  }

  void connect(const StoreId& id) {
    shops_.at(id).connected = true;
    carry(id, end(id).connected(now_at(id)));
  }
  void cut(const StoreId& id) {
    shops_.at(id).connected = false;
    std::erase_if(queue_, [&](const Letter& letter) { return letter.store == id; });
    carry(id, end(id).disconnected(now_at(id)));
  }
  // The box gets another database: an older copy of its own, or the copy that another box has.
  void put_rows(const StoreId& id, const MemoryReplica& rows) {
    *shops_.at(id).rows = rows;
    restart(id);
  }
  // The process dies: what it had in memory is gone, its rows are not.
  void restart(const StoreId& id) {
    Shop& shop = shops_.at(id);
    shop.connected = false;
    std::erase_if(queue_, [&](const Letter& letter) { return letter.store == id; });
    shop.end = std::make_unique<StoreEnd>(
        *shop.rows,
        std::vector<StreamName>{StreamName{"catalog"}, StreamName{"content"}, StreamName{"prices.uk"}, StreamName{"settings"}},
        "test", chance(), now_at(id));
    shop.wake.reset();
  }

  // Delivers and lets time pass until nothing moves, or the budget is spent; answers the milliseconds that it took.
  std::int64_t run(std::int64_t budget_ms, Weather weather = {}) {
    const std::int64_t started = time_;
    while (time_ - started < budget_ms) {
      if (!queue_.empty()) {
        time_ += 1;
        deliver_one(weather);
        continue;
      }
      std::int64_t next = started + budget_ms;
      for (const auto& [id, shop] : shops_) {
        if (shop.wake) next = std::min(next, shop.wake->value);
      }
      time_ = std::max(time_ + 1, next);
      for (auto& [id, shop] : shops_) {
        if (!shop.wake || shop.wake->value > time_) continue;
        shop.wake.reset();
        carry(id, shop.end->woke(now_at(id)));
      }
    }
    return time_ - started;
  }

  // Days of which only the last minute of each is played: nobody wakes meanwhile.
  void run_days(int days) {
    for (int day = 0; day < days; ++day) {
      time_ += 86'340'000;
      run(60'000);
    }
  }

  // Every store's base equals the hub's placement for it, and what people see equals the base.
  void check_same() {
    for (auto& [id, shop] : shops_) {
      for (const char* name : {"catalog", "content", "prices.uk"}) {
        CHECK(live(shop.rows->base_rows(StreamName{name})) == live(authority_->placed(StreamName{name})));
      }
      const StreamName own = protocol::own_stream(id);
      CHECK(live(shop.rows->base_rows(own)) == live(authority_->placed(own)));
      CHECK(shop.rows->overlays() == 0);
      CHECK(shop.end->link().online);
    }
  }

 private:
  struct Shop {
    std::unique_ptr<MemoryReplica> rows;
    std::unique_ptr<StoreEnd> end;
    std::optional<MonoMs> wake;
    std::vector<AskResult> answers;
    bool connected = false;
    std::int64_t wrong_by_ms = 0;
  };
  struct Letter {
    StoreId store;
    bool up = false;
    std::string kind;
    std::string json;
  };

  template <class Rows>
  static Rows live(Rows rows) {
    std::erase_if(rows, [](const auto& row) { return !row.second.second; });
    return rows;
  }

  bool chance_of(double p) { return std::uniform_real_distribution<>(0, 1)(random_) < p; }

  void carry(const StoreId& id, StoreEffects effects) {
    Shop& shop = shops_.at(id);
    shop.wake = effects.wake_at;
    sent_up_ += effects.sends.size();
    shop.answers.insert(shop.answers.end(), effects.answers.begin(), effects.answers.end());
    for (const protocol::StoreMessage& message : effects.sends) {
      if (shop.connected) queue_.push_back({id, true, std::string(protocol::kind_of(message)), protocol::encode(message)});
    }
    if (effects.drop_connection && shop.connected) {
      cut(id);
      connect(id);
    }
  }
  void carry(std::vector<HubSend> sends) {
    for (const HubSend& send : sends) {
      const std::string json = protocol::encode(send.message);
      const bool personal = send.to == HubSend::To::reply || send.to == HubSend::To::live;
      for (const auto& [id, shop] : shops_) {
        if (shop.connected && (!personal || send.store == id)) queue_.push_back({id, false, "", json});
      }
    }
  }

  void deliver_one(Weather weather) {
    std::size_t index = 0;
    if (chance_of(weather.reordered)) index = std::uniform_int_distribution<std::size_t>(0, queue_.size() - 1)(random_);
    Letter letter = queue_[index];
    if (other_version) letter.json = other_version(std::move(letter.json), letter.up);
    if (!chance_of(weather.repeated)) queue_.erase(queue_.begin() + static_cast<std::ptrdiff_t>(index));
    if (chance_of(weather.lost)) return;
    if (weather.pages_lost && letter.json.starts_with(R"({"kind":"page")")) return;
    if (weather.ops_lost && letter.kind == "ops") return;
    if (letter.up) {
      const auto message = protocol::decode_store_message(letter.kind, letter.json);
      REQUIRE(message.has_value());
      hub_->receive(letter.store, *message, now());
      carry(hub_->finish(now()));
    } else if (shops_.at(letter.store).connected) {
      const auto message = protocol::decode_hub_message(letter.json);
      REQUIRE_MESSAGE(message.has_value(), message.error().message);
      if (const auto* page = std::get_if<protocol::Page>(&*message)) entries_down_ += page->entries.size();
      carry(letter.store, end(letter.store).received(*message, now_at(letter.store)));
    }
  }

  std::mt19937_64 random_;
  std::int64_t time_ = 0;
  std::size_t sent_up_ = 0;
  std::size_t entries_down_ = 0;
  std::unique_ptr<MemoryAuthority> authority_;
  std::unique_ptr<Admissions> admissions_;
  std::unique_ptr<HubEnd> hub_;
  std::map<StoreId, Shop> shops_;
  std::deque<Letter> queue_;
};

}  // namespace vitrine::sync::ends
