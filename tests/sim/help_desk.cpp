// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/help_desk.hpp"

#include <algorithm>

#include "edge/local_api/help.hpp"
#include "tests/sim/world_facts.hpp"

namespace vitrine::sim {

using edge::local_api::Desk;
using edge::local_api::HelpAction;
using edge::local_api::RaiseHelp;
using sync::CartId;

namespace {

constexpr std::array staff = {"nadia", "sam", "tom"};
constexpr std::array topics = {"finding", "reach", "paying", "access"};
constexpr std::array ends = {"helped", "cancelled", "gone"};

template <class Words>
std::string any_of(const Words& words, Dice& dice) {
  return words[dice.below(words.size())];
}

SeenOperation of_request(const std::string& id, const char* kind, std::string body) {
  SeenOperation seen;
  seen.collection = "request";
  seen.document = id;
  seen.kind = std::string("request.") + kind;
  seen.body = std::move(body);
  return seen;
}

SeenOperation ends_as(const std::string& id, const std::string& how) {
  return of_request(id, "end", R"({"how":")" + how + "\"}");
}
SeenOperation says(const std::string& id, const std::string& about) {
  return of_request(id, "say", R"({"about":")" + about + "\"}");
}
SeenOperation takes(const std::string& id, const std::string& who, std::int64_t minutes) {
  return of_request(id, "take",
                    (minutes > 0 ? R"({"minutes":)" + std::to_string(minutes) + "," : "{") + R"("who":")" + who + "\"}");
}
SeenOperation raises(const std::string& id, const std::string& device, const std::string& context) {
  return of_request(id, "raise",
                    R"({"context":")" + context + R"(","device":")" + device + R"(","language":"en","where":"by the stairs"})");
}

std::string hex_of(const std::string& id) { return id.substr(id.find('/') + 1); }

Result<CartId> as_answer(const Result<sync::RequestId>& done) {
  if (!done) return std::unexpected(done.error());
  return CartId{done->text};
}

}  // namespace

std::vector<HelpDesk::OnScreen> HelpDesk::on_screen(std::size_t box) {
  std::vector<OnScreen> all;
  Watcher* watcher = boxes_.at(box)->watcher();
  if (watcher == nullptr) return all;
  for (const std::string& id : watcher->ids("request")) {
    const auto body = watcher->shown("request", id).body;
    const auto request = body ? eyes_.request(*body) : std::nullopt;
    // What a store made of another one's request is nothing that it can act on.
    if (request && id.starts_with(boxes_.at(box)->store().text + "/")) all.push_back({id, *request});
  }
  return all;
}

std::optional<HelpDesk::Wanted> HelpDesk::think(std::size_t box, Dice& dice) {
  if (!boxes_.at(box)->alive()) return std::nullopt;
  const auto all = on_screen(box);
  std::vector<OnScreen> open;
  for (const OnScreen& one : all) {
    if (one.request.part("ended") == nullptr) open.push_back(one);
  }
  if (!raised_.empty() && dice.chance(0.25)) return say_anyhow(box, all, dice);
  if (open.empty() || dice.chance(0.3)) return raise(box, open, dice);
  return act(open[dice.below(open.size())], dice);
}

// A device has one request at a time: one with another context was somebody else's, and ends.
HelpDesk::Wanted HelpDesk::raise(std::size_t box, const std::vector<OnScreen>& open, Dice& dice) {
  const std::string device = "kiosk-" + std::to_string(1 + dice.below(2)) + "-" + std::to_string(box);
  std::vector<const OnScreen*> own;
  for (const OnScreen& one : open) {
    const auto* raised = one.request.part("raised");
    if (raised != nullptr && raised->fields.at("device") == device) own.push_back(&one);
  }
  if (own.size() > 1) return act(*own.front(), dice);
  RaiseHelp asked;
  asked.request.text = hex_128(ids_.draw(), ids_.draw());
  asked.device = device;
  asked.where = "by the stairs";
  asked.language = "en";
  asked.context = "product/" + sku_of(dice.below(goods_count));
  if (!own.empty()) {
    const auto& fields = own.front()->request.part("raised")->fields;
    const auto context = fields.find("context");
    if (context != fields.end() && context->second == asked.context) return act(*own.front(), dice);
  }
  if (dice.chance(0.5)) asked.about = any_of(topics, dice);
  const std::string id = boxes_.at(box)->store().text + "/" + asked.request.text;
  raised_.push_back(id);
  Wanted wanted{asked.request.text, {}, {}};
  if (!own.empty()) wanted.operations.push_back(ends_as(own.front()->id, "gone"));
  wanted.operations.push_back(raises(id, device, asked.context));
  if (!asked.about.empty()) wanted.operations.push_back(says(id, asked.about));
  // Who hears nothing looks whether it was done, and does not ask for another.
  wanted.work = [asked, tried = std::make_shared<bool>(false)](Desk& desk) -> Result<CartId> {
    if (std::exchange(*tried, true) && !desk.replica.n_of(asked.request)) return fail("given_up", "");
    return as_answer(edge::local_api::raise_help(desk, asked));
  };
  return wanted;
}

HelpDesk::Wanted HelpDesk::act(const OnScreen& on, Dice& dice) {
  HelpAction action;
  action.request.text = hex_128(ids_.draw(), ids_.draw());
  action.device = "counter-1";
  action.id.text = hex_of(on.id);
  SeenOperation seen;
  switch (dice.below(8)) {
    case 0: {
      const std::string about = any_of(topics, dice);
      action.operation = sync::rules::RequestSay{about};
      seen = says(on.id, about);
      break;
    }
    case 1:
      action.operation = sync::rules::RequestTake{};
      seen = takes(on.id, "", 0);
      break;
    case 2:
    case 3: {
      const std::string how = any_of(ends, dice);
      action.operation = sync::rules::RequestEnd{how};
      seen = ends_as(on.id, how);
      break;
    }
    default: {
      const std::string who = any_of(staff, dice);
      const std::int64_t minutes = dice.between(0, 4);
      action.operation = sync::rules::RequestTake{who, minutes};
      action.takes = true;
      seen = takes(on.id, who, minutes);
    }
  }
  return {action.request.text, {seen}, [action](Desk& desk) { return as_answer(edge::local_api::act(desk, action)); }};
}

// Whoever goes to a request that others may have taken asks the API; all else is said of any request, also of another store's.
HelpDesk::Wanted HelpDesk::say_anyhow(std::size_t box, const std::vector<OnScreen>& all, Dice& dice) {
  std::string id = raised_[dice.below(raised_.size())];
  const OnScreen* here = nullptr;
  if (!all.empty() && dice.chance(0.7)) {
    here = &all[dice.below(all.size())];
    id = here->id;
  }
  Wanted wanted{hex_128(ids_.draw(), ids_.draw()), {}, {}};
  const bool over = here != nullptr && here->request.part("ended") != nullptr;
  switch (dice.below(over ? 4 : 3)) {
    case 0:
      wanted.operations = {ends_as(id, any_of(ends, dice))};
      break;
    case 1:
      wanted.operations = {says(id, any_of(topics, dice))};
      break;
    case 2:
      wanted.operations = {raises(id, "kiosk-9-" + std::to_string(box), "product/" + sku_of(dice.below(goods_count)))};
      break;
    default:
      wanted.operations = {takes(id, any_of(staff, dice), 1)};
  }
  return wanted;
}

}  // namespace vitrine::sim
