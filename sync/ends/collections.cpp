// SPDX-License-Identifier: Apache-2.0
// The table. Shared documents, which only the hub writes, have their whole row here.
#include "sync/ends/collections.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>

#include "sync/ends/collections/rows.hpp"

namespace vitrine::sync::ends {

namespace collections {

std::unexpected<rules::Refusal> refuse(std::string reason) { return std::unexpected(rules::Refusal{std::move(reason)}); }

Placement in(std::string stream) { return {{StreamName{std::move(stream)}}, false, std::nullopt}; }

Placement by_first_part(const char* family, const DocumentKey& key) {
  const std::size_t slash = key.id.find('/');
  return slash == std::string::npos ? Placement{} : in(family + key.id.substr(0, slash));
}

}  // namespace collections

namespace {

using namespace collections;

// In no stream because of what it is: placed by hand, or beside what it belongs to.
Placement nowhere_new(const DocumentKey&, const Body&) { return {{}, true, std::nullopt}; }
Placement in_catalog(const DocumentKey&, const Body&) { return in("catalog"); }
Placement in_settings(const DocumentKey&, const Body&) { return in("settings"); }
Placement by_zone(const DocumentKey& key, const Body&) { return by_first_part("prices.", key); }
Placement by_region(const DocumentKey& key, const Body&) { return by_first_part("availability.", key); }
Placement by_store(const DocumentKey& key, const Body&) { return by_first_part("store.", key); }

const auto& rows() {
  static const std::array all = {
      activity,
      Collection{"affinity", in_catalog},
      audit,
      Collection{"availability", by_region},
      cart,
      cases,
      Collection{"content", [](const DocumentKey&, const Body&) { return in("content"); }},
      consent,
      Collection{"customer", nowhere_new, nullptr, nullptr, nullptr, Ends::for_ever},
      Collection{"erasure", in_settings, nullptr, nullptr, nullptr, Ends::for_ever},
      Collection{"gathered", nowhere_new},
      Collection{"heard", by_region},
      Collection{"identity", nowhere_new},
      measures,
      offer,
      order,
      Collection{"outcome", nowhere_new},
      Collection{"price", by_zone},
      Collection{"product", in_catalog},
      Collection{"promotion", [](const DocumentKey& key, const Body&) { return by_first_part("promotions.", key); }},
      receipt,
      request,
      Collection{"settings", in_settings},
      Collection{"staff", by_store},
      stock,
      Collection{"tax", by_zone},
      Collection{"trust", in_settings},
  };
  return all;
}

const Collection* find(std::string_view name) {
  const auto* row = std::ranges::find(rows(), name, &Collection::name);
  return row == rows().end() ? nullptr : row;
}

}  // namespace

Placement placement_of(const DocumentKey& key, const Body& body) {
  const Collection* row = find(key.collection);
  return row == nullptr ? Placement{} : row->place(key, body);
}

rules::Verdict<Body> apply_operation(const Body& body, const Operation& operation, const rules::ApplyContext& context) {
  const Collection* row = find(operation.document.collection);
  if (row == nullptr || row->apply == nullptr || operation.rules != rules_version) return refuse("operation_unknown");
  return row->apply(body, operation, context);
}

Body begin_from_fact(const DocumentKey& key, const rules::ApplyContext& context) {
  const Collection* row = find(key.collection);
  return row == nullptr || row->begin == nullptr ? std::nullopt : row->begin(key, context);
}

Ends ends_of(std::string_view collection) {
  const Collection* row = find(collection);
  return row == nullptr ? Ends::by_hand : row->ends;
}

const AboutPerson* about_person(std::string_view collection) {
  const Collection* row = find(collection);
  return row == nullptr ? nullptr : row->about_person;
}

std::vector<std::string_view> kinds_about_persons() {
  std::vector<std::string_view> kinds;
  for (const Collection& row : rows()) {
    if (row.about_person != nullptr) kinds.push_back(row.name);
  }
  return kinds;
}

std::string out_of_scope(const ScopeQuestion& question) {
  const Collection* row = find(question.operation.document.collection);
  return row == nullptr || row->scope == nullptr ? "not_allowed" : row->scope(question);
}

namespace {

std::string name_in(const Body& store_content, const char* field) {
  if (!store_content) return {};
  simdjson::dom::parser parser;
  std::string_view name;
  if (parser.parse(*store_content)[field].get(name) != simdjson::SUCCESS || !is_stream_name(name)) return {};
  return std::string(name);
}

}  // namespace

std::string zone_of(const Body& store_content) { return name_in(store_content, "zone"); }

std::string region_of(const Body& store_content) {
  std::string region = name_in(store_content, "region");
  return region.empty() ? zone_of(store_content) : region;
}

}  // namespace vitrine::sync::ends
