// SPDX-License-Identifier: Apache-2.0
#include "hub/import/offer_rows.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <variant>

#include "hub/import/row_names.hpp"
#include "sync/model/offer.hpp"
#include "sync/protocol/offer_codec.hpp"

namespace vitrine::hub {

namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 5> columns = {"offer", "customer", "score", "valid_to", "why_en"};
constexpr std::array<std::string_view, 15> extras = {"sku",      "valid_from", "times",    "rest_days", "why_de",
                                                     "why_fr",   "why_es",     "why_pl",   "why_ja",    "title_en",
                                                     "title_de", "title_fr",   "title_es", "title_pl",  "title_ja"};
constexpr std::array<std::string_view, 6> languages = {"en", "de", "fr", "es", "pl", "ja"};
constexpr std::size_t reference_bytes_max = 64;

std::map<std::string, std::string> words(Fields& fields, const std::string& name) {
  std::map<std::string, std::string> found;
  for (const std::string_view language : languages) {
    const std::string column = name + "_" + std::string(language);
    if (!fields.has(column)) continue;
    std::string text = fields.optional_text(column, sync::rules::offer_text_bytes_max);
    if (!text.empty()) found.emplace(language, std::move(text));
  }
  return found;
}

bool is_given(Fields& fields, std::string_view column) {
  return fields.has(column) && !fields.optional_text(column, reference_bytes_max).empty();
}

}  // namespace

std::span<const std::string_view> offer_columns() { return columns; }
std::span<const std::string_view> offer_extras() { return extras; }

OfferRow read_offer(Fields& fields) {
  OfferRow row;
  row.offer = fields.text("offer", reference_bytes_max);
  row.customer = fields.text("customer", reference_bytes_max);
  if (is_given(fields, "sku")) row.sku = fields.sku();
  row.title = words(fields, "title");
  row.why = words(fields, "why");
  row.score = fields.whole("score", 1, sync::rules::offer_score_max);
  row.until = fields.time("valid_to");
  if (is_given(fields, "valid_from")) row.from = fields.time("valid_from");
  if (is_given(fields, "times")) row.times = fields.whole("times", 1, sync::rules::offer_times_max);
  if (is_given(fields, "rest_days")) row.rest_days = fields.whole("rest_days", 0, sync::rules::offer_rest_days_max);
  if (row.why.empty()) fields.refuse("why_en is empty");
  if (row.sku.empty() && row.title.empty()) fields.refuse("neither sku nor a title is given");
  if (row.until <= row.from) fields.refuse("valid_to is not later than valid_from");
  std::string said = row.offer + "/" + row.sku + "/" + std::to_string(row.score) + "/" + fields.optional_text("valid_to", 32) +
                     "/" + (fields.has("valid_from") ? fields.optional_text("valid_from", 32) : "") + "/" +
                     std::to_string(row.times) + "/" + std::to_string(row.rest_days);
  for (const auto* each : {&row.title, &row.why}) said += "/" + json(*each).dump();
  row.said = name_of_row("vitrine-import-offer/" + row.customer + "/" + said);
  return row;
}

sync::DocumentKey offer_row_key(const OfferRow& row) {
  return sync::protocol::offer_key(sync::CustomerId{row.customer},
                                   sync::OfferId{name_of_row("vitrine-import-offer/" + row.customer + "/" + row.offer)});
}

std::string offer_row_body(const OfferRow& row) {
  sync::rules::OfferPut put{{}, row.title, row.why, row.score, row.from, row.until, row.times, row.rest_days, row.offer};
  if (!row.sku.empty()) put.sku = sync::Sku{row.sku};
  const sync::OfferId none;
  return json{{"said", row.said}, {"put", sync::protocol::encode_offer_operation(sync::CustomerId{row.customer}, none, put).body}}
      .dump();
}

Result<OfferAct> offer_of_import(const sync::DocumentKey& key, const std::string& row, UtcMs now) {
  const auto id = sync::protocol::offer_id(key.id);
  if (!id) return fail("offer_malformed", "this names no offer");
  const json said = json::parse(row, nullptr, false);
  const auto put = sync::protocol::decode_offer_operation("offer.put", said.value("put", ""));
  if (!put) return std::unexpected(put.error());
  return OfferAct{sync::TransactionId{said.value("said", "")}, std::get<sync::rules::OfferPut>(*put).until <= now,
                  sync::protocol::encode_offer_operation(id->first, id->second, *put)};
}

}  // namespace vitrine::hub
