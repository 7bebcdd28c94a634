// SPDX-License-Identifier: Apache-2.0
// Words through ICU. Each text is made once for its arguments and remembered, so that a frame costs look-ups only.
#include "kiosk/text/texts.hpp"

#include <unicode/calendar.h>
#include <unicode/dtptngen.h>
#include <unicode/fmtable.h>
#include <unicode/msgfmt.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/log.hpp"
#include "base/require.hpp"
#include "kiosk/text/built_in.hpp"

namespace vitrine::kiosk {
namespace {

// A visit makes some hundred texts; a screen left alone for days must not grow.
constexpr std::size_t remembered_max = 4000;

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

struct Language {
  icu::Locale locale;
  std::string own_name;
  std::map<std::string, icu::UnicodeString, std::less<>> patterns;
  std::map<std::string, std::unique_ptr<icu::MessageFormat>, std::less<>> formats;
};

// `file` is its name in errors.
Result<Language> language_of(const std::string& text, const std::string& file) {
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return fail("texts_invalid", file + " is not a JSON object");
  Language language;
  for (const auto& [key, value] : json.items()) {
    if (!value.is_string()) return fail("texts_invalid", file + ": " + key + " is not a text");
    const icu::UnicodeString pattern = icu::UnicodeString::fromUTF8(value.get<std::string>());
    UErrorCode status = U_ZERO_ERROR;
    const icu::MessageFormat check(pattern, icu::Locale::getEnglish(), status);
    if (U_FAILURE(status) != 0) return fail("texts_invalid", file + ": " + key + " is not a well-formed message");
    language.patterns.emplace(key, pattern);
  }
  const auto name = language.patterns.find("language.name");
  const auto locale = language.patterns.find("language.locale");
  if (name == language.patterns.end() || locale == language.patterns.end()) {
    return fail("texts_invalid", file + " lacks language.name or language.locale");
  }
  language.own_name = utf8(name->second);
  language.locale = icu::Locale::createCanonical(utf8(locale->second).c_str());
  return language;
}

Result<Language> read_language(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::stringstream content;
  content << stream.rdbuf();
  if (!stream) return fail("texts_invalid", file.string() + " cannot be read");
  return language_of(content.str(), file.string());
}

}  // namespace

struct Texts::Impl {
  std::map<std::string, Language, std::less<>> languages;
  std::string current = "en";
  std::string time_zone = "UTC";
  std::map<std::string, std::string, std::less<>> made;

  Language& speaking() { return languages.find(current)->second; }

  template <class Make>
  std::string remember(std::string name, const Make& make) {
    name.insert(0, current + '\n' + time_zone + '\n');
    const auto found = made.find(name);
    if (found != made.end()) return found->second;
    if (made.size() >= remembered_max) made.clear();
    return made.emplace(std::move(name), make()).first->second;
  }

  std::string dated(UtcMs at, const char* skeleton) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale& locale = speaking().locale;
    const std::unique_ptr<icu::DateTimePatternGenerator> generator(icu::DateTimePatternGenerator::createInstance(locale, status));
    const icu::UnicodeString pattern = generator->getBestPattern(icu::UnicodeString(skeleton), status);
    icu::SimpleDateFormat format(pattern, locale, status);
    format.adoptTimeZone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(time_zone)));
    icu::UnicodeString text;
    format.format(static_cast<UDate>(at.value), text);
    // "Sunday, 22 November" → "Sunday 22 November"
    if (locale.getLanguage() == std::string_view("en")) text.findAndReplace(", ", " ");
    return utf8(text);
  }
};

Texts::Texts(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Texts::~Texts() = default;

namespace {

// What one language lacks of another's keys, or has beyond them.
Result<void> compare_keys(const std::string& name, const Language& language, const Language& english) {
  for (const auto& [key, pattern] : english.patterns) {
    if (!language.patterns.contains(key)) return fail("texts_invalid", name + ".json lacks " + key);
  }
  for (const auto& [key, pattern] : language.patterns) {
    if (!english.patterns.contains(key)) return fail("texts_invalid", name + ".json has " + key + ", English does not");
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Texts>> Texts::open(const std::string& folder) { return read(folder, false); }
Result<std::unique_ptr<Texts>> Texts::open_what_is_whole(const std::string& folder) { return read(folder, true); }

Result<std::unique_ptr<Texts>> Texts::read(const std::string& folder, bool leaves_out) {
  auto impl = std::make_unique<Impl>();
  const auto leave_out = [&](const Error& error) {
    if (leaves_out) log::error("a language is not offered", {{"reason", error.message}});
    return leaves_out;
  };
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".json") continue;
    Result<Language> language = read_language(entry.path());
    if (language) {
      impl->languages.emplace(entry.path().stem().string(), std::move(*language));
    } else if (!leave_out(language.error())) {
      return std::unexpected(language.error());
    }
  }
  auto english = impl->languages.find("en");
  if (leaves_out) {
    // Without English, or when the program has words that it lacks, the program's own.
    Result<Language> own = language_of(built_in_english(), "the built-in English");
    if (!own) return std::unexpected(own.error());
    const auto lacks = english == impl->languages.end() ? fail("texts_invalid", folder + " has no en.json that is whole")
                                                        : compare_keys("en", english->second, *own);
    if (!lacks) {
      log::error("the built-in English is used", {{"reason", lacks.error().message}});
      english = impl->languages.insert_or_assign("en", std::move(*own)).first;
    }
  }
  if (english == impl->languages.end()) return fail("texts_invalid", folder + " has no en.json");
  for (auto each = impl->languages.begin(); each != impl->languages.end();) {
    const auto same = compare_keys(each->first, each->second, english->second);
    if (!same && !leave_out(same.error())) return std::unexpected(same.error());
    each = same ? std::next(each) : impl->languages.erase(each);
  }
  return std::unique_ptr<Texts>(new Texts(std::move(impl)));
}

void Texts::speak(const std::string& language, const std::string& time_zone) {
  if (impl_->languages.contains(language)) impl_->current = language;
  if (!time_zone.empty()) impl_->time_zone = time_zone;
}

const std::string& Texts::language() const { return impl_->current; }

std::vector<std::string> Texts::languages() const {
  std::vector<std::string> names;
  for (const auto& [name, language] : impl_->languages) names.push_back(name);
  return names;
}

std::vector<std::string> Texts::keys() const {
  std::vector<std::string> keys;
  for (const auto& [key, pattern] : impl_->languages.find("en")->second.patterns) keys.push_back(key);
  return keys;
}

std::string Texts::own_name(const std::string& language) const {
  const auto found = impl_->languages.find(language);
  return found == impl_->languages.end() ? std::string() : found->second.own_name;
}

std::string Texts::say(std::string_view key, std::initializer_list<TextArgument> arguments) {
  std::string name(key);
  for (const TextArgument& argument : arguments) {
    name += '\n';
    if (const auto* number = std::get_if<std::int64_t>(&argument.value)) {
      name += std::to_string(*number);
    } else {
      name += std::get<std::string>(argument.value);
    }
  }
  return impl_->remember(std::move(name), [&] {
    Language& language = impl_->speaking();
    const auto pattern = language.patterns.find(key);
    require(pattern != language.patterns.end(), "a text key that no language file has");
    auto& format = language.formats[std::string(key)];
    UErrorCode status = U_ZERO_ERROR;
    if (!format) format = std::make_unique<icu::MessageFormat>(pattern->second, language.locale, status);
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const TextArgument& argument : arguments) {
      names.push_back(
          icu::UnicodeString::fromUTF8(icu::StringPiece(argument.name.data(), static_cast<int>(argument.name.size()))));
      if (const auto* number = std::get_if<std::int64_t>(&argument.value)) {
        values.emplace_back(*number);
      } else {
        values.emplace_back(icu::UnicodeString::fromUTF8(std::get<std::string>(argument.value)));
      }
    }
    icu::UnicodeString text;
    format->format(names.data(), values.data(), static_cast<int>(values.size()), text, status);
    return utf8(text);
  });
}

std::optional<std::string> Texts::say_if_known(std::string_view key) {
  const auto& patterns = impl_->speaking().patterns;
  if (patterns.find(key) == patterns.end()) return std::nullopt;
  return say(key);
}

std::string Texts::money(const sync::Money& money) {
  return impl_->remember("money\n" + std::to_string(money.minor) + money.currency, [&] {
    UErrorCode status = U_ZERO_ERROR;
    const icu::CurrencyUnit currency(icu::StringPiece(money.currency), status);
    const int digits = ucurr_getDefaultFractionDigits(currency.getISOCurrency(), &status);
    std::string decimal = std::to_string(money.minor < 0 ? -money.minor : money.minor);
    if (digits > 0) {
      const auto places = static_cast<std::size_t>(digits);
      if (decimal.size() <= places) decimal.insert(0, places + 1 - decimal.size(), '0');
      decimal.insert(decimal.size() - places, ".");
    }
    const auto text = icu::number::NumberFormatter::withLocale(impl_->speaking().locale)
                          .unit(currency)
                          .unitWidth(UNUM_UNIT_WIDTH_NARROW)
                          .formatDecimal(decimal, status)
                          .toString(status);
    return (money.minor < 0 ? "\u2212" : "") + utf8(text);
  });
}

std::string Texts::number(std::int64_t value) {
  return impl_->remember("number\n" + std::to_string(value), [&] {
    UErrorCode status = U_ZERO_ERROR;
    return utf8(icu::number::NumberFormatter::withLocale(impl_->speaking().locale).formatInt(value, status).toString(status));
  });
}

std::string Texts::tenths(std::int64_t value) {
  return impl_->remember("tenths\n" + std::to_string(value), [&] {
    UErrorCode status = U_ZERO_ERROR;
    const std::string decimal = std::to_string(value / 10) + "." + std::to_string(value % 10);
    return utf8(icu::number::NumberFormatter::withLocale(impl_->speaking().locale)
                    .precision(icu::number::Precision::fixedFraction(1))
                    .formatDecimal(decimal, status)
                    .toString(status));
  });
}

std::string Texts::clock(UtcMs at) {
  const std::int64_t minute = at.value / 60'000;
  return impl_->remember("clock\n" + std::to_string(minute), [&] { return impl_->dated({minute * 60'000}, "Hm"); });
}

std::string Texts::day(UtcMs at) {
  const std::int64_t minute = at.value / 60'000;
  return impl_->remember("day\n" + std::to_string(minute), [&] { return impl_->dated({minute * 60'000}, "EEEEdMMMM"); });
}

std::string Texts::short_day(UtcMs at) {
  const std::int64_t minute = at.value / 60'000;
  return impl_->remember("short day\n" + std::to_string(minute), [&] { return impl_->dated({minute * 60'000}, "EEEd"); });
}

bool Texts::same_day(UtcMs one, UtcMs other) { return day(one) == day(other); }

const std::string& Texts::pick(const Words& words) const {
  static const std::string nothing;
  for (const std::string& language : {impl_->current, std::string("en")}) {
    const auto found = words.find(language);
    if (found != words.end() && !found->second.empty()) return found->second;
  }
  return words.empty() ? nothing : words.begin()->second;
}

void Texts::forget() { impl_->made.clear(); }
std::size_t Texts::remembered() const { return impl_->made.size(); }

}  // namespace vitrine::kiosk
