// SPDX-License-Identifier: Apache-2.0
// Rows of a retailer's tables, as JSON: judged exactly as the rows of a CSV file are, and told row by row.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "hub/api/api_impl.hpp"
#include "hub/api/documents.hpp"
#include "hub/api/platform_tags.hpp"
#include "hub/database/authority.hpp"
#include "hub/import/csv_reader.hpp"
#include "hub/import/row_intake.hpp"
#include "hub/intake/intake.hpp"
#include "sync/protocol/json_input.hpp"

namespace vitrine::hub::api {

namespace {

constexpr std::size_t rows_max = 500;
constexpr std::size_t documents_shown_max = 200;
constexpr std::size_t documents_shown = 50;
constexpr std::size_t id_bytes_max = 128;

struct Scope {
  std::string_view name;
  std::string_view scope;
};
constexpr auto tables = std::to_array<Scope>({{"stores", "catalog"},
                                              {"departments", "catalog"},
                                              {"products", "catalog"},
                                              {"prices", "catalog"},
                                              {"taxes", "catalog"},
                                              {"promotions", "catalog"},
                                              {"affinity", "catalog"},
                                              {"synonyms", "catalog"},
                                              {"stock", "stock"},
                                              {"customers", "customers"},
                                              {"consents", "customers"},
                                              {"activity", "customers"},
                                              {"cases", "customers"},
                                              {"offers", "customers"},
                                              {"orders", "orders"}});
constexpr auto collections = std::to_array<Scope>({{"content", "catalog"},
                                                   {"product", "catalog"},
                                                   {"price", "catalog"},
                                                   {"tax", "catalog"},
                                                   {"promotion", "catalog"},
                                                   {"affinity", "catalog"},
                                                   {"stock", "stock"},
                                                   {"customer", "customers"},
                                                   {"case", "customers"},
                                                   {"offer", "customers"}});

// As a CSV file would have it. None: no text, no whole number, no truth.
std::optional<std::string> text_of_value(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null()) return std::string();
  if (value.is_boolean() || value.is_number_integer()) return value.dump();
  return std::nullopt;
}

// The rows of one call. A row that is refused leaves the others alone.
class RowBatch {
 public:
  RowBatch(ImportTable table, const ImportStored& stored, const ImportIdentity& identity, const ImportErased& erased)
      : table_(table),
        known_([&stored](const sync::DocumentKey& key) { return stored(key).has_value(); }),
        joins_([this](ImportDocument document) { documents_.push_back(std::move(document)); }, known_, stored, identity, erased) {
  }

  void take(const json& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto refusal = judge(rows[i], i);
      if (refusal) {
        refused_.push_back({{"row", i}, {"reason", *refusal}});
      } else {
        ++taken_;
      }
    }
    joins_.end_of_table();
  }

  [[nodiscard]] const std::vector<ImportDocument>& documents() const { return documents_; }
  [[nodiscard]] std::size_t taken() const { return taken_; }
  json& refused() { return refused_; }

 private:
  Joins::Refusal judge(const json& row, std::size_t index) {
    if (!row.is_object()) return "is no object";
    // A column that must be there and is left out is empty: its own check says so.
    const auto must = columns_of(table_);
    std::vector<std::string> header(must.begin(), must.end());
    std::vector<std::string> values(must.size());
    for (const auto& [name, value] : row.items()) {
      const auto text = text_of_value(value);
      if (!text) return name.substr(0, 40) + " is neither text, whole number, true nor false";
      if (text->size() > csv_field_bytes_max)
        return name.substr(0, 40) + " is longer than " + std::to_string(csv_field_bytes_max) + " bytes";
      const auto column = std::ranges::find(must, name);
      if (column != must.end()) {
        values[static_cast<std::size_t>(column - must.begin())] = *text;
      } else {
        header.push_back(name);
        values.push_back(*text);
      }
    }
    const auto columns = Columns::match(must, optional_columns_of(table_), header);
    if (!columns) return columns.error().message.substr(0, columns.error().message.find("; expected"));
    Fields fields(*columns, values, 0);
    return take_row(joins_, table_, fields, {&shown_, index});
  }

  ImportTable table_;
  ImportKnown known_;
  std::vector<ImportDocument> documents_;
  Joins joins_;
  std::string shown_ = "rows";
  std::size_t taken_ = 0;
  json refused_ = json::array();
};

}  // namespace

Answer Api::Impl::platform_rows(const Call& call) {
  const auto row = std::ranges::find(tables, call.path_value, &Scope::name);
  const auto platform = platform_of(call, row == tables.end() ? "catalog" : row->scope);
  if (!platform) return platform.error();
  const auto table = row == tables.end() ? std::nullopt : table_named(row->name);
  if (!table) return problem(404, "table_unknown", "this table is not pushed here");
  const auto body = sync::protocol::parse_object(call.request.body, platform_body_bytes_max, "invalid_request");
  if (!body) return problem(400, body.error().code, body.error().message);
  sync::protocol::Mistake mistake("invalid_request");
  const json& rows = sync::protocol::Fields(*body, "", mistake).array("rows", rows_max);
  if (mistake.made()) return problem(400, "invalid_request", mistake.error().error().message);
  if (rows.empty()) return problem(400, "invalid_request", "rows: must have one at least");

  std::size_t rows_good = 0;
  std::size_t rows_bad = 0;
  Answer answer = once(call, *platform, [&](Desk& desk) {
    const ImportStored stored = stored_in(desk.authority);
    const ImportIdentity identity = identity_in(desk.authority);
    const ImportErased erased = erased_in(desk.authority);
    RowBatch batch(*table, stored, identity, erased);
    batch.take(rows);
    if (!call.request.if_match.empty()) {
      if (batch.documents().size() != 1) return problem(400, "if_match_ambiguous", "If-Match needs rows that make one document");
      if (auto changed = version_problem(call.request, desk.authority.document(batch.documents().front().key)))
        return std::move(*changed);
    }
    std::size_t changed = 0;
    for (const ImportDocument& document : batch.documents()) {
      const auto done = take_in(desk.authority, desk.end, document, setup.chance, desk.now);
      if (!done) {
        batch.refused().push_back({{"row", nullptr}, {"document", document.key.id}, {"reason", done.error().message}});
      } else {
        changed += *done ? 1U : 0U;
      }
    }
    rows_good = batch.taken();
    rows_bad = batch.refused().size();
    Answer told = json_answer({{"accepted", rows_good},
                               {"refused", std::move(batch.refused())},
                               {"documents", batch.documents().size()},
                               {"changed", changed}});
    if (batch.documents().size() == 1)
      told.headers.emplace_back("ETag", version_tag(desk.authority.document(batch.documents().front().key)));
    return told;
  });
  rows_taken += rows_good;
  rows_refused += rows_bad;
  return answer;
}

Answer Api::Impl::platform_documents(const Call& call) {
  const auto row = std::ranges::find(collections, call.path_value, &Scope::name);
  const auto platform = platform_of(call, row == collections.end() ? "catalog" : row->scope);
  if (!platform) return platform.error();
  if (row == collections.end()) return problem(404, "collection_unknown", "documents of this kind are not read here");
  const auto limit = number_of(query_of(call, "limit"), documents_shown, documents_shown_max);
  const std::string after = query_of(call, "after");
  const std::string id = query_of(call, "id");
  if (!limit || *limit == 0) return problem(400, "invalid_request", "limit is 1 to 200");
  if (after.size() > id_bytes_max || id.size() > id_bytes_max) return problem(400, "invalid_request", "an id is too long");
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  const std::string collection(row->name);
  const auto view = [&](const sync::Document& document) {
    return json{{"id", document.key.id},
                {"version", {document.lineage.now.era, document.lineage.now.number}},
                {"body", json::parse(*document.body, nullptr, false)}};
  };
  if (!id.empty()) {
    const auto document = database::read_document(**lease, {collection, id});
    if (!document || !document->body) return problem(404, "document_unknown");
    Answer one = json_answer(view(*document));
    one.headers.emplace_back("ETag", version_tag(document));
    return one;
  }
  const auto page = database::HubRows(**lease).documents_of(collection, after, *limit + 1);
  json list = json::array();
  for (std::size_t i = 0; i < std::min(page.size(), *limit); ++i)
    list.push_back(view(*database::read_document(**lease, {collection, page[i].first})));
  const json next = page.size() > *limit ? json(page[*limit - 1].first) : json(nullptr);
  return json_answer({{"documents", list}, {"next", next}});
}

}  // namespace vitrine::hub::api
