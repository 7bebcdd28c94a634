// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/talk_book.hpp"

#include <algorithm>
#include <array>

#include "tests/sim/json_eyes.hpp"

namespace vitrine::sim {

namespace {

constexpr std::int64_t day_ms = 24LL * 3'600'000;
constexpr std::int64_t case_kept_ms = 90 * day_ms;
constexpr std::int64_t offer_kept_ms = 14 * day_ms;

// Where an operation goes in the document, and what of it stands there.
struct Part {
  const char* kind;
  const char* name;
  bool all;  // each word stands; else the last one
  std::array<const char*, 7> fields;
};
constexpr std::array parts = {
    Part{"case.open", "head", false, {"channel", "summary", "store", "reference"}},
    Part{"case.note", "messages", true, {"from", "name", "store", "text"}},
    Part{"case.take", "owner", false, {"who", "name", "store"}},
    Part{"case.close", "closed", false, {"how", "name"}},
    Part{"offer.put", "head", false, {"sku", "reference", "score", "from", "until", "times", "rest_days"}},
    Part{"offer.outcome", "outcomes", true, {"what", "store"}},
};

std::map<std::string, std::string> fields_of(const Part& part, dom::element in) {
  std::map<std::string, std::string> fields;
  for (const char* name : part.fields) {
    if (name == nullptr) break;
    std::string value = text(in, name);
    if (value.empty() && number(in, name) != 0) value = std::to_string(number(in, name));
    if (!value.empty()) fields.emplace(name, std::move(value));
  }
  for (const char* words : {"title", "why"}) {
    dom::element by_language;
    if (in[words].get(by_language) != simdjson::SUCCESS) continue;
    if (std::string english = text(by_language, "en"); !english.empty()) fields.emplace(words, std::move(english));
  }
  return fields;
}

std::string key_of(const std::string& collection, const std::string& document) { return collection + " " + document; }

std::int64_t offer_ends(const ModelTalk& offer) {
  const auto head = offer.last.find("head");
  return (head == offer.last.end() ? offer.since : std::stoll(head->second.fields.at("until"))) + offer_kept_ms;
}

std::string show(const std::optional<ModelTalk>& talk) {
  if (!talk) return "nothing";
  std::string out = "since " + std::to_string(talk->since) + " until " + std::to_string(talk->until) + " expires " +
                    std::to_string(talk->expires_at);
  const auto say = [&](const std::string& name, const ModelTalk::Said& said) {
    out += "; " + name + " at " + std::to_string(said.at_ms) + " by " + said.by.substr(0, 6);
    for (const auto& [field, value] : said.fields) out += " " + field + " " + value;
  };
  for (const auto& [name, said] : talk->last) say(name, said);
  for (const auto& [name, said] : talk->all) say("word", said);
  for (const std::string& one : talk->answered) out += "; seen " + one.substr(0, 6);
  return out;
}

std::string customer_in(const std::string& document) { return document.substr(0, document.rfind('/')); }

bool contains_all(const auto& now, const auto& before) {
  return std::ranges::all_of(before, [&](const auto& one) { return now.contains(one.first); });
}

}  // namespace

struct TalkBook::Parser : JsonEyes {};

TalkBook::TalkBook(std::size_t stores) : parser_(std::make_unique<Parser>()), shown_(stores) {}
TalkBook::~TalkBook() = default;

std::string ModelTalk::waits_for() const {
  const auto head = last.find("head");
  if (head == last.end() || !head->second.fields.contains("store")) return {};
  const bool unseen = std::ranges::any_of(
      all, [&](const auto& one) { return one.second.fields.at("from") == "customer" && !answered.contains(one.first); });
  return last.contains("closed") && !unseen ? std::string() : head->second.fields.at("store");
}

bool TalkBook::is_erased(const std::string& document) const { return erased_.contains(customer_in(document)); }

void TalkBook::apply(const std::string& id, const std::vector<SeenOperation>& operations, std::int64_t at_ms) {
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const SeenOperation& operation = operations[i];
    const auto part = std::ranges::find(parts, operation.kind, &Part::kind);
    if (part == parts.end() || is_erased(operation.document) || !parser_->read(operation.body)) continue;
    std::optional<ModelTalk>& known = now_[key_of(operation.collection, operation.document)];
    if (!known) known = ModelTalk{customer_in(operation.document), at_ms, at_ms, 0, {}, {}, {}};
    known->since = std::min(known->since, at_ms);
    known->until = std::max(known->until, at_ms);
    ModelTalk::Said said{fields_of(*part, parser_->root), at_ms, id + "." + std::to_string(i)};
    if (operation.kind == "case.close") {
      for (const dom::element one : items(parser_->root, "seen")) known->answered.insert(text(one, "by"));
    }
    if (part->all) {
      known->all.try_emplace(said.by, std::move(said));
    } else if (const auto [before, fresh] = known->last.try_emplace(part->name, said); !fresh) {
      if (std::pair(before->second.at_ms, before->second.by) < std::pair(said.at_ms, said.by)) before->second = std::move(said);
    }
    if (operation.collection == "offer") known->until = 0;
    known->expires_at = operation.collection == "offer" ? offer_ends(*known) : known->until + case_kept_ms;
  }
}

std::optional<ModelTalk> TalkBook::read(const std::string& collection, const std::string& body) {
  if (!parser_->read(body)) return std::nullopt;
  const dom::element root = parser_->root;
  ModelTalk talk{text(root, "customer"), number(root, "since"), number(root, "until"), number(root, "expires_at"), {}, {}, {}};
  for (const Part& part : parts) {
    if (!std::string_view(part.kind).starts_with(collection + ".")) continue;
    const auto said_in = [&](dom::element in) { return ModelTalk::Said{fields_of(part, in), number(in, "at"), text(in, "by")}; };
    dom::element in;
    if (part.all) {
      for (const dom::element one : items(root, part.name)) talk.all.emplace(text(one, "by"), said_in(one));
    } else if (root[part.name].get(in) == simdjson::SUCCESS) {
      talk.last.emplace(part.name, said_in(in));
    }
  }
  for (const dom::element one : items(root, "answered")) talk.answered.insert(text(one, "by"));
  return talk;
}

std::string TalkBook::compare(const std::string& collection, const std::string& document,
                              const std::optional<std::string>& body) {
  if (!body && is_erased(document)) return {};
  const auto known = now_.find(key_of(collection, document));
  const std::optional<ModelTalk> expected = known == now_.end() ? std::nullopt : known->second;
  const auto seen = body ? read(collection, *body) : std::nullopt;
  if (body && !seen) return document + " cannot be read";
  return seen == expected ? "" : document + ": " + show(seen) + ", expected " + show(expected);
}

std::string TalkBook::compare_place(const std::string& collection, const std::string& document,
                                    const std::set<std::string>& streams, const std::set<std::string>& of_customer,
                                    bool agrees) const {
  const auto known = now_.find(key_of(collection, document));
  if (known == now_.end() || !known->second) return document + " lives, and must not";
  std::set<std::string> wanted = agrees ? of_customer : std::set<std::string>{};
  if (const std::string store = known->second->waits_for(); collection == "case" && !store.empty()) {
    wanted.insert("store." + store);
    if (!of_customer.contains("store." + store)) return document + " waits for " + store + " without its customer";
  }
  if (streams == wanted) return {};
  return document + " stands in " + std::to_string(streams.size()) + " streams, expected " + std::to_string(wanted.size());
}

std::string TalkBook::store_shows(std::size_t store, const std::string& collection, const std::string& document,
                                  const std::optional<std::string>& body) {
  std::optional<ModelTalk>& before = shown_.at(store)[key_of(collection, document)];
  auto now = body ? read(collection, *body) : std::nullopt;
  if (body && !now) return document + " cannot be read";
  std::string wrong;
  if (before && now) {
    const bool kept = contains_all(now->all, before->all) && contains_all(now->last, before->last) &&
                      std::ranges::includes(now->answered, before->answered);
    if (!kept) wrong = document + ": " + show(now) + ", and was " + show(before);
  }
  before = std::move(now);
  return wrong;
}

void TalkBook::erase(const std::string& customer) {
  erased_.insert(customer);
  for (auto& [key, talk] : now_) {
    if (talk && talk->customer == customer) talk.reset();
  }
}

void TalkBook::go_back_to(const Talks& then) {
  now_ = then;
  const std::set<std::string> again = erased_;
  for (const std::string& customer : again) erase(customer);
}

}  // namespace vitrine::sim
