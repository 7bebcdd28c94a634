// SPDX-License-Identifier: Apache-2.0
// hub.toml → HubConfig; every value is judged here, once.
#include "config/hub_config.hpp"

#include <algorithm>

#include "config/toml_reader.hpp"

namespace vitrine::config {

namespace {

std::string beside(const std::string& file, const std::string& extension) {
  const std::size_t dot = file.rfind('.');
  return (dot == std::string::npos || dot < file.rfind('/') + 1 ? file : file.substr(0, dot)) + extension;
}

bool is_word(const std::string& text) {
  return !text.empty() && text.size() <= 32 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
}

void read_returns(TomlReader& toml, HubReturns& returns) {
  returns.window_days = toml.integer("returns.window_days", 0, 3'650, returns.window_days);
  returns.reasons = toml.texts("returns.reasons", returns.reasons);
  returns.restock = toml.texts("returns.restock", returns.restock);
  returns.write_off = toml.texts("returns.write_off", returns.write_off);
  returns.skus_kept = toml.texts("returns.skus_kept", {});
  returns.categories_kept = toml.texts("returns.categories_kept", {});
  const auto judge = [&](const char* name, const std::vector<std::string>& words) {
    if (words.size() > 20 || !std::ranges::all_of(words, is_word))
      toml.refuse(name, "must be at most 20 words of small letters, digits and '_'");
  };
  judge("returns.reasons", returns.reasons);
  judge("returns.restock", returns.restock);
  judge("returns.write_off", returns.write_off);
  if (returns.reasons.empty()) toml.refuse("returns.reasons", "must name one reason at least");
  if (returns.restock.empty() && returns.write_off.empty())
    toml.refuse("returns.restock", "or write_off must name one condition");
  for (const std::string& name : returns.restock) {
    if (std::ranges::find(returns.write_off, name) != returns.write_off.end())
      toml.refuse("returns.write_off", name + " is restocked already");
  }
  for (const auto* names : {&returns.skus_kept, &returns.categories_kept}) {
    const bool good = names->size() <= 200 &&
                      std::ranges::all_of(*names, [](const std::string& name) { return !name.empty() && name.size() <= 80; });
    if (!good)
      toml.refuse(names == &returns.skus_kept ? "returns.skus_kept" : "returns.categories_kept", "has at most 200 names");
  }
}

void read_database(TomlReader& toml, HubDatabase& database) {
  database.kind = toml.choice("database.kind", {"sqlite", "postgresql"}, database.kind);
  database.connection = toml.text("database.connection", "");
  const bool postgres = database.kind == "postgresql";
  if (postgres && database.connection.empty()) toml.refuse("database.kind", "postgresql needs database.connection beside it");
  if (!postgres && !database.connection.empty()) toml.refuse("database.connection", "is for kind = \"postgresql\"");
}

std::map<std::string, std::string> read_colours(TomlReader& toml) {
  std::map<std::string, std::string> colours;
  for (const char* name : {"primary", "night", "promo", "bg", "shelf"}) {
    const std::string key = std::string("colour.") + name;
    const std::string colour = toml.text(key, "");
    if (!toml.has(key)) continue;
    if (colour.size() != 7 || colour.front() != '#' ||
        colour.find_first_not_of("0123456789abcdefABCDEF", 1) != std::string::npos) {
      toml.refuse(key, "must be a colour like \"#0B5754\"");
    }
    colours[name] = colour;
  }
  return colours;
}

}  // namespace

Result<HubConfig> read_hub_config(const std::string& path) {
  Result<TomlReader> toml = TomlReader::read_file(path);
  if (!toml) return std::unexpected(toml.error());
  HubConfig config;
  config.state = toml->path("hub.state");
  config.name = toml->text("hub.name");
  config.link_base = toml->text("hub.link_base");
  const bool link_good = config.link_base.starts_with("https://") && config.link_base.find_first_of("# ?") == std::string::npos &&
                         config.link_base.size() <= 200;
  if (toml->has("hub.link_base") && !link_good) {
    toml->refuse("hub.link_base", "must be an https address of at most 200 characters, without '?' and '#'");
  }
  config.tagline_en = toml->text("hub.tagline_en", "");
  config.tagline_de = toml->text("hub.tagline_de", "");
  config.languages = toml->texts("hub.languages", {"en", "de"});
  if (config.languages.empty()) toml->refuse("hub.languages", "must name one language at least");
  config.in_store_codes = toml->texts("hub.in_store_codes", {});
  config.distance_unit = toml->choice("hub.distance_unit", {"km", "miles"}, config.distance_unit);
  config.delivers = toml->truth("hub.delivers", false);
  config.greet_by_name = toml->truth("hub.greet_by_name", true);
  config.colours = read_colours(*toml);
  config.demonstration = toml->truth("hub.demonstration", false);
  for (const std::string& role : toml->keys("staff.roles")) config.staff_roles[role] = toml->texts("staff.roles." + role, {});
  config.staff_lock_s = toml->integer("staff.lock_s", 15, 3600, config.staff_lock_s);
  config.staff_end_s = toml->integer("staff.end_s", 15, 86'400, config.staff_end_s);
  read_returns(*toml, config.returns);
  read_database(*toml, config.database);
  config.mqtt = read_mqtt_config(*toml);
  config.http.address = toml->text("http.address", "127.0.0.1");
  config.http.port = toml->integer("http.port", 0, 65535, 8443);
  config.http.cert = toml->path("http.cert");
  config.http.key = toml->path("http.key");
  config.http.web = toml->path("http.web", "");
  config.http.hosts = toml->texts("http.hosts", {});
  config.lending.share_percent = toml->integer("lending.share_percent", 1, 100, config.lending.share_percent);
  config.lending.units_max = toml->integer("lending.units_max", 0, 999, config.lending.units_max);
  config.lending.hours = toml->integer("lending.hours", 1, 720, config.lending.hours);
  config.availability_every_s = toml->integer("availability.every_s", 0, 3'600, config.availability_every_s);
  config.webhooks.give_up_hours = toml->integer("webhooks.give_up_hours", 1, 720, config.webhooks.give_up_hours);
  config.webhooks.ca = toml->path("webhooks.ca", "");
  config.authority_key = toml->path("authority.key", "");
  if (config.authority_key.empty()) config.authority_key = beside(config.mqtt.ca, ".key");
  config.broker_folder = toml->path("authority.broker", "broker");
  if (auto mistake = toml->finish()) return std::unexpected(*mistake);
  return config;
}

}  // namespace vitrine::config
