// SPDX-License-Identifier: Apache-2.0
// Small, and read for each answer: one tree library.
#include "sync/protocol/return_rules.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/protocol/json_input.hpp"
#include "sync/protocol/order_fields.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;

constexpr std::size_t settings_bytes_max = 256UL * 1024;
constexpr std::size_t name_bytes_most = 80;

// The texts of that list that are `good`; none: there is no such list.
std::optional<std::vector<std::string>> texts_of(const json& object, const char* name, std::size_t most,
                                                 bool (*good)(std::string_view)) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_array()) return std::nullopt;
  std::vector<std::string> texts;
  for (const json& one : *found) {
    const auto* text = one.get_ptr<const std::string*>();
    const bool known = text != nullptr && std::ranges::find(texts, *text) != texts.end();
    if (text != nullptr && !known && texts.size() < most && good(*text)) texts.push_back(*text);
  }
  return texts;
}

bool is_name(std::string_view text) { return !text.empty() && text.size() <= name_bytes_most; }

}  // namespace

bool is_return_word(std::string_view text) { return is_word(text); }

rules::ReturnRules return_rules(std::string_view settings_json) {
  rules::ReturnRules rules;
  const auto settings = parse_object(settings_json, settings_bytes_max, "settings_malformed");
  const auto returns = settings ? settings->find("returns") : json::const_iterator();
  if (!settings || returns == settings->end() || !returns->is_object()) return rules;
  if (const auto days = returns->find("window_days"); days != returns->end())
    rules.window_days = integer_of(*days, 0, rules::return_days_max).value_or(rules.window_days);
  const std::size_t words = rules::return_words_max;
  if (auto reasons = texts_of(*returns, "reasons", words, is_word); reasons && !reasons->empty())
    rules.reasons = std::move(*reasons);
  const auto shelf = texts_of(*returns, "restock", words, is_word);
  const auto off = texts_of(*returns, "write_off", words, is_word);
  if ((shelf && !shelf->empty()) || (off && !off->empty())) {
    rules.conditions.clear();
    for (const std::string& name : shelf.value_or(std::vector<std::string>())) rules.conditions.push_back({name, true});
    for (const std::string& name : off.value_or(std::vector<std::string>())) {
      if (rules::condition_of(rules, name) == nullptr) rules.conditions.push_back({name, false});
    }
  }
  rules.skus_kept = texts_of(*returns, "skus_kept", rules::not_taken_back_max, is_name).value_or(std::vector<std::string>());
  rules.categories_kept =
      texts_of(*returns, "categories_kept", rules::not_taken_back_max, is_name).value_or(std::vector<std::string>());
  return rules;
}

}  // namespace vitrine::sync::protocol
