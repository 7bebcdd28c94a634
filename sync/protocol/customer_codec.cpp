// SPDX-License-Identifier: Apache-2.0
// One document, and the hub's index to it.
#include "sync/protocol/customer_codec.hpp"

#include <algorithm>

#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_input.hpp"
#include "sync/protocol/order_fields.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;

constexpr std::size_t customer_document_bytes_max = 16UL * 1024;
constexpr std::size_t country_bytes_max = 64;
constexpr std::array<std::string_view, 12> document_fields = {"customer",   "display_name", "initial",     "language",
                                                              "languages",  "country",      "phone_last2", "home_store",
                                                              "identities", "sizes",        "preferences", "expires_at"};

bool is_hash(std::string_view text) { return text.size() == 64 && is_hex_128(text.substr(0, 32)) && is_hex_128(text.substr(32)); }
bool is_identity_kind(std::string_view text) { return std::ranges::find(identity_kinds, text) != identity_kinds.end(); }

std::vector<std::string> languages_of(const Fields& fields) {
  std::vector<std::string> out;
  if (!fields.has("languages")) return out;
  for (const json& one : fields.array("languages", customer_languages_max)) {
    const auto* text = one.get_ptr<const std::string*>();
    if (text == nullptr || text->empty() || text->size() > language_bytes_max) {
      fields.wrong("languages", "is no list of languages");
      return {};
    }
    out.push_back(*text);
  }
  return out;
}

std::vector<Identity> identities_of(const Fields& fields) {
  std::vector<Identity> out;
  if (!fields.has("identities")) return out;
  for (const json& one : fields.array("identities", identities_max)) {
    const Fields in(one, "identities[]", fields.mistake());
    Identity identity{in.text("kind", is_word), in.text("hash", is_hash)};
    out.push_back(std::move(identity));
  }
  return out;
}

std::vector<WornSize> sizes_of(const Fields& fields) {
  std::vector<WornSize> out;
  if (!fields.has("sizes")) return out;
  for (const json& one : fields.array("sizes", tastes_max)) {
    const Fields in(one, "sizes[]", fields.mistake());
    WornSize size{in.text("what", 1, size_bytes_max), in.text("size", 1, size_bytes_max)};
    out.push_back(std::move(size));
  }
  return out;
}

std::vector<std::string> preferences_of(const Fields& fields) {
  std::vector<std::string> out;
  if (!fields.has("preferences")) return out;
  for (const json& one : fields.array("preferences", tastes_max)) {
    const auto* text = one.get_ptr<const std::string*>();
    if (text == nullptr || text->empty() || text->size() > preference_bytes_max) {
      fields.wrong("preferences", "is no list of short sentences");
      return {};
    }
    out.push_back(*text);
  }
  return out;
}

}  // namespace

DocumentKey customer_key(const CustomerId& customer) { return {"customer", customer.text}; }

DocumentKey identity_key(const Identity& identity) { return {"identity", identity.kind + "/" + identity.hash}; }

Result<Customer> decode_customer(std::string_view text) {
  const auto object = parse_object(text, customer_document_bytes_max, "customer_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("customer_malformed");
  const Fields fields(*object, "", mistake);
  Customer customer;
  customer.id = CustomerId{fields.text("customer", 1, customer_bytes_max)};
  customer.first_name = fields.text("display_name", 0, 200);
  customer.initial = fields.text_if_any("initial", 1, initial_bytes_max).value_or("");
  customer.language = fields.text("language", 0, language_bytes_max);
  customer.languages = languages_of(fields);
  customer.country = fields.text_if_any("country", 1, country_bytes_max).value_or("");
  customer.phone_last2 = fields.text_if_any("phone_last2", are_two_digits).value_or("");
  if (const auto home = fields.text_if_any("home_store", is_store_id)) customer.home_store = StoreId{*home};
  customer.identities = identities_of(fields);
  customer.sizes = sizes_of(fields);
  customer.preferences = preferences_of(fields);
  if (fields.has("expires_at")) customer.expires_at = decode_time(fields, "expires_at");
  if (mistake.made()) return mistake.error();
  json unknown = json::object();
  for (const auto& [name, value] : object->items()) {
    if (std::ranges::find(document_fields, name) == document_fields.end()) unknown[name] = value;
  }
  if (!unknown.empty()) customer.unknown_fields = dump(unknown);
  return customer;
}

std::string encode_customer(const Customer& customer) {
  json out = customer.unknown_fields.empty() ? json::object() : json::parse(customer.unknown_fields, nullptr, false);
  if (!out.is_object()) out = json::object();
  out["customer"] = customer.id.text;
  out["display_name"] = customer.first_name;
  out["language"] = customer.language;
  if (!customer.initial.empty()) out["initial"] = customer.initial;
  if (!customer.languages.empty()) out["languages"] = customer.languages;
  if (!customer.country.empty()) out["country"] = customer.country;
  if (!customer.phone_last2.empty()) out["phone_last2"] = customer.phone_last2;
  if (customer.home_store) out["home_store"] = customer.home_store->text;
  for (const Identity& one : customer.identities) out["identities"].push_back({{"kind", one.kind}, {"hash", one.hash}});
  for (const WornSize& one : customer.sizes) out["sizes"].push_back({{"what", one.what}, {"size", one.size}});
  if (!customer.preferences.empty()) out["preferences"] = customer.preferences;
  if (customer.expires_at) out["expires_at"] = customer.expires_at->value;
  return dump(out);
}

CustomerId customer_of_identity(std::string_view text) {
  const json body = json::parse(text, nullptr, false);
  const auto found = body.is_object() ? body.find("customer") : body.end();
  if (!body.is_object() || found == body.end() || !found->is_string()) return {};
  return CustomerId{found->get<std::string>()};
}

std::string encode_identity(const CustomerId& customer) { return dump({{"customer", customer.text}}); }

Result<Identity> identity_of(std::string_view text) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string_view hash = text.substr(std::min(slash + 1, text.size()));
  if (!is_identity_kind(text.substr(0, slash)) || !is_hash(hash)) return fail("identity_malformed", "this names nobody");
  return Identity{std::string(text.substr(0, slash)), std::string(hash)};
}

}  // namespace vitrine::sync::protocol
