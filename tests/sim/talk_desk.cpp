// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/talk_desk.hpp"

#include <array>

#include "tests/sim/world_facts.hpp"

namespace vitrine::sim {

namespace {

constexpr std::array staff = {"nadia", "sam", "tom"};
constexpr std::array outcomes = {"taken", "declined", "not_now"};
constexpr std::array ends = {"answered", "not_needed"};
constexpr std::size_t begun_kept = 3;

SeenOperation said(const char* collection, std::string document, const char* kind, std::string body) {
  SeenOperation seen;
  seen.collection = collection;
  seen.document = std::move(document);
  seen.kind = std::string(collection) + "." + kind;
  seen.body = std::move(body);
  return seen;
}

std::string quoted(const std::string& text) { return "\"" + text + "\""; }
std::string words(const char* what, Dice& dice) { return quoted(std::string(what) + " " + std::to_string(dice.below(1000))); }

// Begins one, or speaks of one of the last ones again.
std::string begun(std::deque<std::string>& known, Dice& ids, Dice& dice) {
  if (!known.empty() && dice.chance(0.55)) return known[dice.below(known.size())];
  const std::string customer = "shopper-" + std::to_string(dice.chance(0.5) ? 0 : dice.below(shoppers_count));
  known.push_back(customer + "/" + hex_128(ids.draw(), ids.draw()));
  if (known.size() > begun_kept) known.pop_front();
  return known.back();
}

}  // namespace

std::optional<std::string> TalkDesk::some_shown(std::size_t box, const char* collection, Dice& dice) {
  std::vector<std::string> shown;
  for (const std::string& id : boxes_.at(box)->watcher()->ids(collection)) {
    if (boxes_.at(box)->watcher()->shown(collection, id).body) shown.push_back(id);
  }
  if (shown.empty()) return std::nullopt;
  // Mostly of the same one, so that two ends meet.
  if (dice.chance(0.75)) return shown.front();
  return shown[dice.below(shown.size())];
}

// What the screen shows of what they wrote was seen; now and then the screen was drawn before the last of it.
std::string TalkDesk::closes(const std::string& body, Dice& dice) {
  std::string seen;
  if (eyes_.read(body)) {
    auto messages = items(eyes_.root, "messages");
    std::erase_if(messages, [](dom::element one) { return text(one, "from") != "customer"; });
    if (!messages.empty() && dice.chance(0.25)) messages.pop_back();
    for (const dom::element one : messages) {
      seen += (seen.empty() ? "" : ",") + (R"({"at":)" + std::to_string(number(one, "at"))) + R"(,"by":)" +
              quoted(text(one, "by")) + "}";
    }
  }
  return R"({"how":)" + quoted(ends[dice.below(ends.size())]) + R"(,"seen":[)" + seen + "]";
}

std::vector<SeenOperation> TalkDesk::at_store(std::size_t box, Dice& dice) {
  Watcher* watcher = boxes_.at(box)->watcher();
  if (!boxes_.at(box)->alive() || watcher == nullptr) return {};
  const std::string store = quoted(boxes_.at(box)->store().text);
  const std::string who = staff[dice.below(staff.size())];
  if (dice.chance(0.35)) {
    const auto offer = some_shown(box, "offer", dice);
    if (offer) {
      return {said("offer", *offer, "outcome",
                   R"({"what":)" + quoted(outcomes[dice.below(outcomes.size())]) + R"(,"store":)" + store + "}")};
    }
  }
  const std::string note =
      R"({"from":"staff","name":)" + quoted(who) + R"(,"store":)" + store + R"(,"text":)" + words("said", dice) + "}";
  const auto open = some_shown(box, "case", dice);
  if (!open || dice.chance(0.15)) {
    const auto standing = watcher->ids("customer");
    if (standing.empty()) return {};
    const std::string id = standing[dice.below(standing.size())] + "/" + hex_128(ids_.draw(), ids_.draw());
    return {said("case", id, "open", R"({"channel":"counter"})"), said("case", id, "note", note)};
  }
  switch (dice.below(5)) {
    case 0:
      return {said("case", *open, "note", note)};
    case 1:
      return {
          said("case", *open, "take", R"({"who":)" + quoted(who) + R"(,"name":)" + quoted(who) + R"(,"store":)" + store + "}")};
    case 2:
      return {said("case", *open, "take", R"({"who":"","store":)" + store + "}")};
    default:
      return {said("case", *open, "close",
                   closes(watcher->shown("case", *open).body.value_or(""), dice) + R"(,"store":)" + store + "}")};
  }
}

std::vector<SeenOperation> TalkDesk::online(std::int64_t utc_ms, Dice& dice) {
  if (!hub_.alive()) return {};
  if (dice.chance(0.3)) {
    const std::string id = begun(offers_, ids_, dice);
    return {said("offer", id, "put",
                 R"({"sku":)" + quoted(sku_of(dice.below(goods_count))) + R"(,"why":{"en":)" + words("because", dice) +
                     R"(},"score":)" + std::to_string(1 + dice.below(900)) + R"(,"from":)" + std::to_string(utc_ms - 1'000) +
                     R"(,"until":)" + std::to_string(utc_ms + dice.between(60'000, 600'000)) + R"(,"times":)" +
                     std::to_string(1 + dice.below(3)) + R"(,"rest_days":)" + std::to_string(dice.below(2)) + "}")};
  }
  if (!cases_.empty() && dice.chance(0.5)) {
    const std::string& id = cases_[dice.below(cases_.size())];
    return {said("case", id, "note", R"({"from":"customer","text":)" + words("asked", dice) + "}")};
  }
  if (!cases_.empty() && dice.chance(0.3)) {
    // Whoever answers on the web saw nothing of what was written meanwhile.
    return {said("case", cases_[dice.below(cases_.size())], "close", R"({"how":"answered","seen":[]})")};
  }
  const std::string id = begun(cases_, ids_, dice);
  // Said of a known one it goes to another store, or waits for none.
  const std::string store = dice.chance(0.5) ? R"(,"store":)" + quoted(store_name(dice.below(stores_))) : std::string();
  return {said("case", id, "open", R"({"channel":"chat","summary":)" + words("about", dice) + store + "}")};
}

}  // namespace vitrine::sim
