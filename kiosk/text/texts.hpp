// SPDX-License-Identifier: Apache-2.0
// Words by key and language, and numbers, money and times as that language and the store write them. Patterns in
// assets/text/<language>.json are ICU messages: "{n, plural, one {# item} other {# items}}".
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "kiosk/model/cart_view.hpp"
#include "sync/model/money.hpp"

namespace vitrine::kiosk {

struct TextArgument {
  std::string_view name;
  std::variant<std::int64_t, std::string> value;
};

class Texts {
 public:
  // Reads every language file in the folder and checks that each key's pattern is well-formed and that all languages have the
  // same keys. Error "texts_invalid" names file and key.
  static Result<std::unique_ptr<Texts>> open(const std::string& folder);
  // The same for a shop that is to open: a language that is broken, or lacks a word, is logged and not offered; in place of
  // English the words that the program carries are used. No error comes of the folder.
  static Result<std::unique_ptr<Texts>> open_what_is_whole(const std::string& folder);
  ~Texts();
  Texts(const Texts&) = delete;
  Texts& operator=(const Texts&) = delete;

  // The language of everything below until the next call, and the store's time zone ("Europe/London"). A language without a
  // file keeps the one before.
  void speak(const std::string& language, const std::string& time_zone);
  [[nodiscard]] const std::string& language() const;
  [[nodiscard]] std::vector<std::string> languages() const;
  [[nodiscard]] std::vector<std::string> keys() const;
  // The language's own name: "Deutsch".
  [[nodiscard]] std::string own_name(const std::string& language) const;

  // The words of a key. A key that does not exist is our own mistake and stops the process.
  [[nodiscard]] std::string say(std::string_view key, std::initializer_list<TextArgument> arguments = {});
  // The words of a key, or nothing when there is no such key: what a retailer calls a thing may be known to us.
  [[nodiscard]] std::optional<std::string> say_if_known(std::string_view key);
  [[nodiscard]] std::string money(const sync::Money& money);
  [[nodiscard]] std::string number(std::int64_t value);
  [[nodiscard]] std::string tenths(std::int64_t value);  // 6: "0.6"
  [[nodiscard]] std::string clock(UtcMs at);             // "13:52", in the store's time
  [[nodiscard]] std::string day(UtcMs at);               // "Sunday 22 November"
  [[nodiscard]] std::string short_day(UtcMs at);         // "Sun 22"
  [[nodiscard]] bool same_day(UtcMs one, UtcMs other);
  // A retailer's words: in this language, else English, else any.
  [[nodiscard]] const std::string& pick(const Words& words) const;

  // Drops every text made so far: names and prices of a person that left.
  void forget();
  [[nodiscard]] std::size_t remembered() const;

 private:
  struct Impl;
  static Result<std::unique_ptr<Texts>> read(const std::string& folder, bool leaves_out);
  explicit Texts(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vitrine::kiosk
