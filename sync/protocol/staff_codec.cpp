// SPDX-License-Identifier: Apache-2.0
// Staff documents and staff rules: small, one tree library.
#include "sync/protocol/staff_codec.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_input.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;

constexpr std::size_t staff_bytes_max = 8UL * 1024;
constexpr std::size_t settings_bytes_max = 256UL * 1024;
constexpr std::size_t word_bytes_max = 32;
constexpr std::string_view verifier_start = "$argon2id$v=19$m=19456,t=2,p=1$";
static_assert(pin_memory_bytes == 19456UL * 1024 && pin_passes == 2);
constexpr std::size_t salt_letters = 22;
constexpr std::size_t hash_letters = 43;

std::vector<std::string> words_of(const Fields& fields, const char* name) {
  std::vector<std::string> words;
  if (!fields.has(name)) return words;
  for (const json& one : fields.array(name, staff_words_max)) {
    const auto* word = one.get_ptr<const std::string*>();
    if (word == nullptr || word->empty() || word->size() > word_bytes_max) {
      fields.wrong(name, "is no list of short words");
      return {};
    }
    words.push_back(*word);
  }
  return words;
}

bool is_base64_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

std::int64_t seconds_or(const json& settings, const char* name, std::int64_t least, std::int64_t most, std::int64_t fallback_ms) {
  const auto found = settings.find(name);
  const auto seconds = found == settings.end() ? std::nullopt : integer_of(*found, least, most);
  return seconds ? *seconds * 1000 : fallback_ms;
}

}  // namespace

DocumentKey staff_key(const StoreId& store, std::string_view number) { return {"staff", store.text + "/" + std::string(number)}; }

bool is_pin_verifier(std::string_view text) {
  if (text.size() != verifier_start.size() + salt_letters + 1 + hash_letters || !text.starts_with(verifier_start)) return false;
  const std::string_view rest = text.substr(verifier_start.size());
  return rest[salt_letters] == '$' && std::ranges::all_of(rest.substr(0, salt_letters), is_base64_letter) &&
         std::ranges::all_of(rest.substr(salt_letters + 1), is_base64_letter);
}

Result<Staff> decode_staff(std::string_view text) {
  const auto object = parse_object(text, staff_bytes_max, "staff_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("staff_malformed");
  const Fields fields(*object, "", mistake);
  Staff staff;
  staff.store = StoreId{fields.text("store", is_store_id)};
  staff.number = fields.text("staff", is_staff_number);
  staff.name = fields.text("name", 1, staff_name_bytes_max);
  staff.initial = fields.text_if_any("initial", 1, 8).value_or("");
  staff.role = fields.text("role", is_role);
  staff.languages = words_of(fields, "languages");
  staff.skills = words_of(fields, "skills");
  staff.zones = words_of(fields, "zones");
  staff.pin = fields.text_if_any("pin", is_pin_verifier).value_or("");
  staff.badge = fields.text_if_any("badge", is_hex_128).value_or("");
  staff.from = decode_time(fields, "from");
  if (fields.has("to")) staff.to = decode_time(fields, "to");
  if (mistake.made()) return mistake.error();
  return staff;
}

std::string encode_staff(const Staff& staff) {
  json body = {{"store", staff.store.text}, {"staff", staff.number},        {"name", staff.name},      {"role", staff.role},
               {"skills", staff.skills},    {"languages", staff.languages}, {"from", staff.from.value}};
  if (!staff.zones.empty()) body["zones"] = staff.zones;
  if (!staff.initial.empty()) body["initial"] = staff.initial;
  if (!staff.pin.empty()) body["pin"] = staff.pin;
  if (!staff.badge.empty()) body["badge"] = staff.badge;
  if (staff.to) body["to"] = staff.to->value;
  return dump(body);
}

StaffRoles default_staff_roles() {
  return {{"sales", {"carts", "orders", "stock", "customers"}},
          {"shift_lead", {"carts", "orders", "returns", "stock", "counts", "unlock", "customers"}},
          {"manager", {"carts", "orders", "returns", "stock", "counts", "unlock", "audit", "customers", "late_returns"}},
          {"auditor", {"audit"}}};
}

StaffRules staff_rules(std::string_view settings_json) {
  StaffRules rules{default_staff_roles()};
  const auto settings = parse_object(settings_json, settings_bytes_max, "settings_malformed");
  if (!settings) return rules;
  rules.lock_ms = seconds_or(*settings, "staff_lock_s", 15, 3600, rules.lock_ms);
  rules.end_ms = seconds_or(*settings, "staff_end_s", 15, 86'400, rules.end_ms);
  const auto roles = settings->find("staff_roles");
  if (roles == settings->end() || !roles->is_object()) return rules;
  rules.roles.clear();
  for (const auto& [role, allowed] : roles->items()) {
    std::vector<std::string>& mine = rules.roles[role];
    if (!allowed.is_array()) continue;
    for (const json& one : allowed) {
      const auto* word = one.get_ptr<const std::string*>();
      if (word != nullptr && std::ranges::find(permissions, *word) != permissions.end()) mine.push_back(*word);
    }
  }
  return rules;
}

}  // namespace vitrine::sync::protocol
