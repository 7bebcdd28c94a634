// SPDX-License-Identifier: Apache-2.0
// What people were told, what the hub applied, and what each store has shown: all that must hold of them, judged by a model that
// shares no code with sync/rules.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sync/model/operation.hpp"
#include "tests/sim/activity_book.hpp"
#include "tests/sim/cart_model.hpp"
#include "tests/sim/consent_book.hpp"
#include "tests/sim/goods_book.hpp"
#include "tests/sim/help_book.hpp"
#include "tests/sim/seen_cart.hpp"
#include "tests/sim/talk_book.hpp"

namespace vitrine::sim {

struct Failure {
  std::string check;
  std::string text;
  std::int64_t at_ms = 0;
};

// An action as somebody asked for it.
struct Attempt {
  std::optional<std::size_t> store;  // none: at the hub
  std::vector<SeenOperation> operations;
  bool fact = false;
  std::int64_t at_ms = 0;
  bool confirmed = false;
  bool applied = false;  // in the hub's line, as it stands now
  bool refused = false;  // by the hub, with an outcome
  bool lost = false;     // gone with a disk or a hub before anyone else had it
  bool kept = true;      // its store still has it
};

// How a hub's document stands after a commit.
struct HubDocument {
  std::string collection;
  std::string id;
  ModelVersion version;
  std::optional<std::string> body;
};

class Oracle {
 public:
  explicit Oracle(std::size_t stores) : stores_(stores), goods_(stores), help_(stores), consents_(stores), talks_(stores) {}

  void at(std::int64_t now_ms) { now_ms_ = now_ms; }
  [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }
  void fail(std::string check, std::string text);
  // What happens, line by line, to standard error.
  void narrate_all() { narrating_ = true; }
  void narrate(const std::string& text) const;
  // A message as it arrives, cut where it grows long.
  void narrate_letter(const std::string& where, const std::string& kind, const std::string& json) const {
    if (narrating_) narrate(where + " hears " + kind + " " + json.substr(0, 300));
  }

  void attempted(const std::string& id, std::optional<std::size_t> store, std::vector<SeenOperation> operations,
                 bool fact = false);
  void confirmed(const std::string& id);

  // The hub has committed: these transactions, in this order, and now the documents stand so.
  struct AppliedNow {
    std::string id;
    std::vector<SeenOperation> operations;
    std::string outcome;                  // the reason that the hub wrote down; empty: none
    ModelStamp stamp;                     // as the rules are told
    std::string store;                    // empty: done at the hub
    std::vector<SeenOperation> beside{};  // what a store tells by itself: that somebody did it
  };
  void hub_committed(const std::vector<AppliedNow>& applied, const std::vector<HubDocument>& documents, std::uint32_t era);
  void hub_deleted(const std::string& cart, std::uint32_t era);
  // A customer was erased at the hub, or again by a hub that was restored: their carts are gone, and they agree to nothing.
  void hub_erased(const std::string& customer, std::uint32_t era);
  [[nodiscard]] bool is_erased(const std::string& customer) const { return consents_.is_erased(customer); }
  [[nodiscard]] bool is_about_erased(const SeenOperation& operation) const;
  void hub_deleted_request(const std::string& request);
  // Long dead, told to everybody, and gone from the hub with its number.
  void hub_forgot(const std::string& collection, const std::string& id);
  // The hub has told a document's state: equal to the model's.
  void compare(const HubDocument& document);

  // What a store shows of a cart; `base` is the version under it, if there is one. `lost_in_time`: it cannot know what time it
  // is, so a cart may be forgotten too early.
  void store_shows(std::size_t store, const std::string& cart, const std::optional<std::string>& body,
                   const std::optional<ModelVersion>& base, bool lost_in_time = false);
  void store_shows_order(std::size_t store, const std::string& order, const std::optional<std::string>& body);
  void store_shows_receipt(std::size_t box, const std::string& store, const std::string& receipt,
                           const std::optional<std::string>& body, bool lost_in_time);
  void store_shows_request(std::size_t store, const std::string& request, const std::optional<std::string>& body,
                           bool lost_in_time);
  void store_shows_consents(std::size_t store, const std::string& customer, const std::optional<std::string>& body,
                            bool has_base);
  void store_shows_talk(std::size_t store, const std::string& collection, const std::string& document,
                        const std::optional<std::string>& body);
  // What lives at the hub of what customers did, and where: with its customer, while they agree to that.
  struct Standing {
    std::string document;
    std::set<std::string> streams;
    std::set<std::string> of_customer;
  };
  void hub_holds_activity(const std::vector<Standing>& all);
  void hub_holds_talk(const std::string& collection, const Standing& one);
  // Every line of a store's audit is at the hub, and what the hub notes as broken is so because a disk was.
  void store_has_audit(std::size_t store, const std::set<std::string>& lines, const std::set<std::string>& at_hub,
                       const std::optional<std::string>& chain);
  // Nothing that is shown here is past its time; called when all is whole.
  void not_past(const std::string& where, const std::string& document, const std::string& body);
  // A pass was opened: what this store shows of the cart may be better known than the base, and worse than the next.
  void store_opened_pass(std::size_t store, const std::string& cart) { stores_.at(store).by_pass.insert(cart); }

  // A bit of what this store has is not what it was: what it shows may go, and come back with the hub's word.
  void store_damaged(std::size_t store) { stores_.at(store).damaged = true; }
  [[nodiscard]] bool is_damaged(std::size_t store) const { return stores_.at(store).damaged; }
  // These wait for a person there: told, though not at the hub.
  void set_aside(std::size_t store, const std::vector<std::string>& ids);
  // A second box goes on from here with all that the first one has shown and keeps.
  void store_cloned(std::size_t first, std::size_t second);
  // A store's disk is an older copy: what it had confirmed since, and the hub has not got, is lost with the disk.
  void store_restored(std::size_t store, const std::vector<std::string>& outbox);
  // The hub's database is an older copy: of what it had applied since, the stores bring back theirs; the phones' is lost.
  struct Remembered {
    std::vector<std::string> log;
    std::map<std::string, ModelCart> carts;
    GoodsBook::Remembered goods;
    HelpBook::Requests help;
    ConsentBook::Registers consents;
    ActivityBook::Events activity;
    TalkBook::Talks talks;
    std::map<std::uint32_t, std::uint64_t> number_floor;
    std::map<std::string, bool> refused;
  };
  [[nodiscard]] Remembered remember() const;
  void hub_restored(const Remembered& remembered);

  // When nothing moves any more.
  void judge_end();

  [[nodiscard]] std::size_t confirmed_count() const;
  [[nodiscard]] const std::map<std::string, Attempt>& attempts() const { return attempts_; }
  [[nodiscard]] const std::vector<std::string>& log() const { return log_; }

 private:
  struct Shown {
    std::map<std::string, std::int64_t> left;  // dot → units
    std::set<std::string> bulk;                // those of lines so full that others' units push own ones out, with an outcome
    std::set<std::string> gone;                // dots of which nothing was left, or that have left with their cart
    std::int64_t expires_at = 0;
    ModelVersion base;
    int taken_back = 0;  // restores of the hub for which the base has gone back
  };
  struct Store {
    std::map<std::string, Shown> carts;
    std::set<std::string> by_pass;
    bool damaged = false;
    bool rewound = false;  // restored, or cloned
  };
  [[nodiscard]] bool was_deleted(const AppliedNow& action) const;
  [[nodiscard]] bool refused_before(const AppliedNow& action, std::optional<std::size_t> store) const;
  std::string expect(const AppliedNow& action, std::uint32_t era);
  void compare_cart(const HubDocument& cart);
  [[nodiscard]] ModelVersion next_version(const ModelCart& cart, std::uint32_t era) const;
  void forget_past(Shown& shown, bool lost_in_time) const;
  [[nodiscard]] bool was_refused(const std::string& cart, std::size_t store) const;

  std::int64_t now_ms_ = 0;
  bool narrating_ = false;
  std::optional<Failure> failure_;
  std::map<std::string, Attempt> attempts_;
  std::vector<std::string> log_;
  std::map<std::string, ModelCart> carts_;
  std::map<std::uint32_t, std::uint64_t> number_floor_;  // era → the highest number of a cart that was forgotten
  std::map<std::string, std::int64_t> heard_ms_;         // document → when the hub applied the last operation on it
  int hub_restores_ = 0;
  std::set<std::string> deleted_;  // carts that the hub has deleted at least once
  std::vector<Store> stores_;      // by box
  std::optional<std::pair<std::size_t, std::size_t>> twins_;
  GoodsBook goods_;
  HelpBook help_;
  ConsentBook consents_;
  ActivityBook activity_;
  TalkBook talks_;
  Eyes eyes_;
};

}  // namespace vitrine::sim
