// SPDX-License-Identifier: Apache-2.0
// One table of kinds of operations; the document's parts are the operations' bodies with their stamps.
#include "sync/protocol/offer_codec.hpp"

#include <algorithm>
#include <array>

#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_input.hpp"
#include "sync/protocol/order_fields.hpp"
#include "sync/protocol/person_id.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;
using rules::OfferOperation;
using Words = std::map<std::string, std::string>;

constexpr std::size_t bytes_max = 32UL * 1024;
constexpr std::array<std::string_view, 5> document_fields = {"customer", "since", "head", "outcomes", "expires_at"};

// By language; `needed`: one at least.
Words decode_words(const Fields& fields, const char* name, bool needed) {
  Words words;
  if (!fields.has(name)) {
    if (needed) fields.wrong(name, "is missing");
    return words;
  }
  const Fields in = fields.object(name);
  for (const std::string& language : in.names()) {
    if (language.empty() || language.size() > language_bytes_max || words.size() == rules::offer_languages_max) {
      fields.wrong(name, "no words by language");
      return words;
    }
    words.emplace(language, in.text(language.c_str(), 1, rules::offer_text_bytes_max));
  }
  if (words.empty()) fields.wrong(name, "no words by language");
  return words;
}

rules::OfferPut decode_put(const Fields& fields) {
  rules::OfferPut put;
  if (auto sku = fields.text_if_any("sku", is_sku)) put.sku = Sku{std::move(*sku)};
  put.title = decode_words(fields, "title", !put.sku);
  put.why = decode_words(fields, "why", true);
  put.score = fields.integer("score", 1, rules::offer_score_max);
  put.from = decode_time(fields, "from");
  put.until = decode_time(fields, "until");
  if (put.until <= put.from) fields.wrong("until", "is not later than from");
  put.times = fields.integer("times", 1, rules::offer_times_max);
  put.rest_days = fields.integer("rest_days", 0, rules::offer_rest_days_max);
  put.reference = fields.text_if_any("reference", 1, rules::offer_reference_bytes_max).value_or("");
  return put;
}
rules::OfferTold decode_told(const Fields& fields) {
  return {fields.text("what", is_word), StoreId{fields.text("store", is_store_id)}};
}

Stamp decode_stamp(const Fields& fields) { return {decode_time(fields, "at"), fields.text("by", is_dot_id)}; }

json with_stamp(json out, const Stamp& stamp) {
  out["at"] = stamp.at.value;
  out["by"] = stamp.by;
  return out;
}
// From OfferHead or OfferPut.
template <class Said>
json write_put(const Said& put) {
  json out = {{"why", put.why},           {"score", put.score}, {"from", put.from.value},
              {"until", put.until.value}, {"times", put.times}, {"rest_days", put.rest_days}};
  if (put.sku) out["sku"] = put.sku->text;
  if (!put.title.empty()) out["title"] = put.title;
  if (!put.reference.empty()) out["reference"] = put.reference;
  return out;
}
json write(const rules::OfferPut& put) { return write_put(put); }
json write(const rules::OfferTold& told) { return {{"what", told.what}, {"store", told.store.text}}; }

struct Kind {
  std::string_view name;
  OfferOperation (*decode)(const Fields&);
};
// In the order of OfferOperation.
constexpr std::array kinds = {Kind{"offer.put", [](const Fields& in) -> OfferOperation { return decode_put(in); }},
                              Kind{"offer.outcome", [](const Fields& in) -> OfferOperation { return decode_told(in); }}};

std::vector<OfferOutcome> decode_outcomes(const Fields& fields) {
  std::vector<OfferOutcome> outcomes;
  std::size_t index = 0;
  for (const json& one : fields.array("outcomes", rules::offer_outcomes_max)) {
    const Fields in(one, fields.path_of("outcomes") + "[" + std::to_string(index++) + "]", fields.mistake());
    const rules::OfferTold told = decode_told(in);
    outcomes.push_back({told.what, told.store, decode_stamp(in)});
  }
  if (!std::ranges::is_sorted(outcomes, {}, &OfferOutcome::stamp)) fields.wrong("outcomes", "are not by their stamps");
  return outcomes;
}

}  // namespace

bool is_offer_outcome(std::string_view text) { return std::ranges::find(offer_outcomes, text) != offer_outcomes.end(); }

DocumentKey offer_key(const CustomerId& customer, const OfferId& id) { return person_key("offer", customer, id.text); }

std::optional<std::pair<CustomerId, OfferId>> offer_id(std::string_view id) {
  auto parts = person_id(id);
  if (!parts) return std::nullopt;
  return std::pair{std::move(parts->first), OfferId{std::move(parts->second)}};
}

Result<Offer> decode_offer(std::string_view text) {
  const auto object = parse_object(text, bytes_max, "offer_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("offer_malformed");
  const Fields fields(*object, "", mistake);
  Offer offer;
  offer.customer = CustomerId{fields.text("customer", 1, customer_bytes_max)};
  offer.since = decode_time(fields, "since");
  if (fields.has("head")) {
    const Fields in = fields.object("head");
    rules::OfferPut put = decode_put(in);
    offer.head = {std::move(put.sku), std::move(put.title), std::move(put.why), put.score,       put.from, put.until,
                  put.times,          put.rest_days,        put.reference,      decode_stamp(in)};
  }
  offer.outcomes = decode_outcomes(fields);
  if (mistake.made()) return mistake.error();
  json unknown = json::object();
  for (const auto& [name, value] : object->items()) {
    if (std::ranges::find(document_fields, name) == document_fields.end()) unknown[name] = value;
  }
  if (!unknown.empty()) offer.unknown_fields = dump(unknown);
  return offer;
}

std::string encode_offer(const Offer& offer) {
  json out = offer.unknown_fields.empty() ? json::object() : json::parse(offer.unknown_fields, nullptr, false);
  if (!out.is_object()) out = json::object();
  out["customer"] = offer.customer.text;
  out["since"] = offer.since.value;
  if (offer.head) out["head"] = with_stamp(write_put(*offer.head), offer.head->stamp);
  out["outcomes"] = json::array();
  for (const OfferOutcome& one : offer.outcomes)
    out["outcomes"].push_back(with_stamp(write(rules::OfferTold{one.what, one.store}), one.stamp));
  out["expires_at"] = rules::expires_at(offer).value;
  return dump(out);
}

Result<OfferOperation> decode_offer_operation(std::string_view kind, std::string_view body) {
  const auto* row = std::ranges::find(kinds, kind, &Kind::name);
  if (row == kinds.end()) return fail("operation_unknown", std::string(kind));
  const auto object = parse_object(body, bytes_max, "operation_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("operation_malformed");
  OfferOperation operation = row->decode(Fields(*object, "", mistake));
  if (mistake.made()) return mistake.error();
  return operation;
}

Operation encode_offer_operation(const CustomerId& customer, const OfferId& id, const OfferOperation& operation) {
  const json body = std::visit([](const auto& op) { return write(op); }, operation);
  return Operation{offer_key(customer, id), std::string(kinds[operation.index()].name), 1, dump(body), ""};
}

}  // namespace vitrine::sync::protocol
