// SPDX-License-Identifier: Apache-2.0
// Shoppers at kiosks and on phones: they act on what their screen shows, say the same again when nobody answered, and tell the
// oracle what they were told.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/activity_desk.hpp"
#include "tests/sim/consent_desk.hpp"
#include "tests/sim/dice.hpp"
#include "tests/sim/help_desk.hpp"
#include "tests/sim/hub_box.hpp"
#include "tests/sim/oracle.hpp"
#include "tests/sim/plan.hpp"
#include "tests/sim/staff.hpp"
#include "tests/sim/store_box.hpp"
#include "tests/sim/talk_desk.hpp"

namespace vitrine::sim {

// An operation that somebody was told has happened, for coverage.
struct Done {
  std::int64_t at_ms = 0;
  std::string cart;
  std::size_t end = 0;  // store number + 1; 0: the hub
  std::string kind;
};

class People {
 public:
  // `stores`: there may be more boxes than these.
  People(Street& street, HubBox& hub, std::vector<std::unique_ptr<StoreBox>>& boxes, std::size_t stores, std::uint64_t seed);

  void act(const Step& step);
  // With a later release come things that this one does not know.
  void use_later_release(std::size_t box, Dice& dice);
  // What got no answer is said again. `last`: for the last time.
  void tick();
  [[nodiscard]] std::int64_t due_ms() const;
  [[nodiscard]] bool waiting() const { return !again_.empty(); }
  [[nodiscard]] const std::vector<Done>& done() const { return done_; }

 private:
  struct Asked {
    std::string id;
    std::optional<std::size_t> store;  // none: at the hub
    std::vector<SeenOperation> operations{};
    bool fact = false;
    std::function<Result<sync::CartId>(edge::local_api::Desk&)> work{};  // at a store
    sync::ends::HubAction action{};                                      // at the hub
    std::int64_t at_ms = 0;
    int tries = 0;
  };
  struct Pass {
    std::string cart;
    std::string text;
    std::string id;
    ModelVersion version;
    std::vector<std::pair<std::string, std::int64_t>> lines;
  };

  void ask(Asked asked);
  void remember_for_later(Asked asked);
  void told(const Asked& asked);
  void at_kiosk(const Step& step, Dice& dice);
  void move_at_kiosk(const Step& step, Dice& dice);
  void pass_at_kiosk(const Step& step, Dice& dice);
  void new_at_kiosk(const Step& step, Dice& dice);
  void coupon_at_kiosk(const Step& step, Dice& dice);
  void assign_at_kiosk(const Step& step, Dice& dice);
  void order_at_kiosk(const Step& step, Dice& dice);
  void perform_at_kiosk(std::size_t store, const std::vector<SeenOperation>& operations, bool fact = false, std::string id = {});
  void work(const Step& step, Dice& dice);
  void help(const Step& step, Dice& dice);
  void consent(const Step& step, Dice& dice);
  bool leaves_and_takes_back(const Step& step, Dice& dice);
  void activity(const Step& step, Dice& dice);
  void talk(const Step& step, Dice& dice);
  void perform_at_hub(const std::vector<SeenOperation>& operations, const char* actor);
  void on_phone(const Step& step, Dice& dice);
  void at_platform(const Step& step, Dice& dice);
  void issue_pass(const std::string& cart, Dice& dice);
  std::optional<std::string> some_cart(std::size_t store, Dice& dice);
  std::optional<SeenCart> on_screen(std::size_t store, const std::string& cart);

  Street& street_;
  HubBox& hub_;
  std::vector<std::unique_ptr<StoreBox>>& boxes_;
  std::size_t stores_;
  Dice ids_;
  Eyes eyes_;
  std::vector<std::string> hot_;  // carts that most of them are about
  std::vector<std::string> carts_;
  std::vector<std::string> born_at_kiosks_;
  std::deque<Pass> passes_;
  std::vector<Asked> again_;
  std::vector<Done> done_;
  std::string last_order_;
  std::uint64_t edition_ = 10;
  Staff staff_;
  HelpDesk help_desk_;
  ConsentDesk consent_desk_;
  ActivityDesk activity_desk_;
  TalkDesk talk_desk_;
};

}  // namespace vitrine::sim
