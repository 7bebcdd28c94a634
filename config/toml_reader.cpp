// SPDX-License-Identifier: Apache-2.0
// The only place that knows toml++.
#include "config/toml_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <toml++/toml.h>

namespace vitrine::config {

struct TomlReader::Impl {
  toml::table table;
  std::string file;
  std::set<std::string, std::less<>> asked;
  std::optional<Error> mistake;

  void note(toml::source_index line, std::string_view key, std::string_view why) {
    if (mistake) return;
    std::string message = file;
    if (line > 0) message += ":" + std::to_string(line);
    message += ": " + std::string(key) + " " + std::string(why);
    mistake = Error{"config_invalid", std::move(message)};
  }

  // The node, or null; a missing required key is a mistake.
  const toml::node* node(std::string_view key, bool required) {
    asked.insert(std::string(key));
    const toml::node* found = table.at_path(key).node();
    if (found == nullptr && required) note(0, key, "is missing");
    return found;
  }

  template <class T>
  T value(std::string_view key, std::optional<T> fallback, std::string_view expected) {
    const toml::node* found = node(key, !fallback.has_value());
    if (found == nullptr) return fallback.value_or(T{});
    const std::optional<T> read = found->value_exact<T>();
    if (!read) note(found->source().begin.line, key, expected);
    return read.value_or(T{});
  }

  // A relative one stands beside the file.
  [[nodiscard]] std::string beside(const std::filesystem::path& read) const {
    if (read.empty() || read.is_absolute()) return read.string();
    return (std::filesystem::absolute(file).parent_path() / read).lexically_normal().string();
  }

  void look_for_unknown(const toml::table& in, const std::string& prefix) {
    for (const auto& [key, child] : in) {
      const std::string name = prefix + std::string(key.str());
      if (asked.contains(name)) continue;
      if (const toml::table* inner = child.as_table()) {
        look_for_unknown(*inner, name + ".");
      } else {
        note(key.source().begin.line, name, "is not known here");
      }
    }
  }
};

TomlReader::TomlReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TomlReader::TomlReader(TomlReader&&) noexcept = default;
TomlReader& TomlReader::operator=(TomlReader&&) noexcept = default;
TomlReader::~TomlReader() = default;

Result<TomlReader> TomlReader::read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  if (!file) return fail("config_unreadable", path + ": cannot be read");
  return parse(text.str(), path);
}

Result<TomlReader> TomlReader::parse(std::string_view text, const std::string& file_name) {
  auto impl = std::make_unique<Impl>();
  impl->file = file_name;
  try {
    impl->table = toml::parse(text, file_name);
  } catch (const toml::parse_error& error) {
    return fail("config_malformed",
                file_name + ":" + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
  }
  return TomlReader(std::move(impl));
}

bool TomlReader::has(std::string_view key) const { return impl_->table.at_path(key).node() != nullptr; }

std::vector<std::string> TomlReader::keys(std::string_view table) const {
  std::vector<std::string> names;
  const toml::table* found = impl_->table.at_path(table).as_table();
  if (found == nullptr) return names;
  for (const auto& [name, child] : *found) names.emplace_back(name.str());
  return names;
}

std::string TomlReader::text(std::string_view key) {
  return impl_->value<std::string>(key, std::nullopt, "must be a text in quotes");
}

std::string TomlReader::text(std::string_view key, std::string_view fallback) {
  return impl_->value<std::string>(key, std::string(fallback), "must be a text in quotes");
}

std::string TomlReader::plain_name(std::string_view key) {
  std::string read = text(key);
  const bool good =
      !read.empty() && read.size() <= 32 && read.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
  if (has(key) && !good) refuse(key, "must be 1 to 32 of a-z, 0-9 and '-'");
  return read;
}

std::string TomlReader::choice(std::string_view key, const std::vector<std::string>& allowed, std::string_view fallback) {
  std::string read = text(key, fallback);
  if (std::find(allowed.begin(), allowed.end(), read) == allowed.end()) {
    std::string why = "must be one of";
    for (const std::string& one : allowed) why += " \"" + one + "\"";
    refuse(key, why);
  }
  return read;
}

std::string TomlReader::path(std::string_view key) {
  std::string read = text(key);
  if (read.empty() && !impl_->mistake) refuse(key, "must not be empty");
  return path(key, read);
}

std::string TomlReader::path(std::string_view key, std::string_view fallback) { return impl_->beside(text(key, fallback)); }

std::vector<std::string> TomlReader::paths(std::string_view key, std::size_t most) {
  std::vector<std::string> read = texts(key, {});
  if (read.size() > most) refuse(key, "must name " + std::to_string(most) + " files at most");
  for (std::string& one : read) {
    if (one.empty()) refuse(key, "must not name an empty one");
    one = impl_->beside(one);
  }
  return read;
}

std::int64_t TomlReader::integer(std::string_view key, std::int64_t least, std::int64_t most) {
  const std::string expected = "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most);
  const auto read = impl_->value<std::int64_t>(key, std::nullopt, expected);
  if (has(key) && (read < least || read > most)) refuse(key, expected);
  return read;
}

std::int64_t TomlReader::integer(std::string_view key, std::int64_t least, std::int64_t most, std::int64_t fallback) {
  if (has(key)) return integer(key, least, most);
  impl_->asked.insert(std::string(key));
  return fallback;
}

double TomlReader::number(std::string_view key, double least, double most, double fallback) {
  const toml::node* found = impl_->node(key, false);
  if (found == nullptr) return fallback;
  const std::optional<double> read = found->value<double>();
  if (!read || !(*read >= least && *read <= most)) {
    refuse(key, "must be a number from " + std::to_string(least) + " to " + std::to_string(most));
    return fallback;
  }
  return *read;
}

bool TomlReader::truth(std::string_view key, bool fallback) { return impl_->value<bool>(key, fallback, "must be true or false"); }

std::vector<std::string> TomlReader::texts(std::string_view key, std::vector<std::string> fallback) {
  const toml::node* found = impl_->node(key, false);
  if (found == nullptr) return fallback;
  std::vector<std::string> out;
  const toml::array* array = found->as_array();
  for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
    if (const auto one = array->get(i)->value_exact<std::string>()) out.push_back(*one);
  }
  if (array == nullptr || out.size() != array->size()) refuse(key, "must be a list of texts");
  return out;
}

void TomlReader::refuse(std::string_view key, std::string_view why) {
  const toml::node* found = impl_->table.at_path(key).node();
  impl_->note(found == nullptr ? 0 : found->source().begin.line, key, why);
}

std::optional<Error> TomlReader::finish() {
  impl_->look_for_unknown(impl_->table, "");
  return impl_->mistake;
}

}  // namespace vitrine::config
