// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/help_model.hpp"

#include <algorithm>
#include <array>

#include "tests/sim/json_eyes.hpp"

namespace vitrine::sim {

namespace {

constexpr std::int64_t kept_ms = 50'000;  // from its first word on, in the simulator's build

struct Part {
  const char* name;
  const char* kind;
  bool last;  // of two words the later one counts; else the earlier one
  std::array<const char*, 4> fields;
};
constexpr std::array parts = {Part{"raised", "request.raise", false, {"device", "where", "language", "context"}},
                              Part{"topic", "request.say", true, {"about", "", "", ""}},
                              Part{"taken", "request.take", true, {"who", "minutes", "", ""}},
                              Part{"ended", "request.end", false, {"how", "", "", ""}}};

std::map<std::string, std::string> fields_of(const Part& part, dom::element in) {
  std::map<std::string, std::string> fields;
  for (const std::string_view name : part.fields) {
    std::string value = name == "minutes" ? std::to_string(number(in, name)) : name.empty() ? std::string() : text(in, name);
    if (!value.empty() && value != "0") fields.emplace(name, std::move(value));
  }
  return fields;
}

}  // namespace

struct HelpModel::Parser : JsonEyes {};

HelpModel::HelpModel() : parser_(std::make_unique<Parser>()) {}
HelpModel::~HelpModel() = default;

const ModelRequest::Said* ModelRequest::part(const char* name) const {
  const auto found = parts.find(name);
  return found == parts.end() ? nullptr : &found->second;
}

std::string ModelRequest::who() const {
  const Said* taken = part("taken");
  if (taken == nullptr) return {};
  const auto found = taken->fields.find("who");
  return found == taken->fields.end() ? std::string() : found->second;
}

std::string HelpModel::apply(ModelRequest& request, const SeenOperation& operation, const ModelStamp& stamp,
                             const std::string& store) {
  if (!operation.document.starts_with(store + "/")) return "not_allowed";
  const auto* part = std::ranges::find_if(parts, [&](const Part& one) { return operation.kind == one.kind; });
  if (part == parts.end()) return "operation_unknown";
  if (!parser_->read(operation.body)) return "operation_malformed";
  if (!request.there || stamp.at_ms < request.since) request.since = stamp.at_ms;
  request.there = true;
  request.until = request.since + kept_ms;
  ModelRequest::Said said{fields_of(*part, parser_->root), stamp.at_ms, stamp.by};
  const auto [known, fresh] = request.parts.try_emplace(part->name, said);
  if (!fresh && (part->last ? known->second.before(said) : said.before(known->second))) known->second = std::move(said);
  return {};
}

std::optional<ModelRequest> HelpModel::request(std::string_view json) {
  if (!parser_->read(json)) return std::nullopt;
  const dom::element root = parser_->root;
  ModelRequest request;
  request.there = true;
  request.since = number(root, "since");
  request.until = number(root, "expires_at");
  for (const Part& part : parts) {
    dom::element in;
    if (root[part.name].get(in) != simdjson::SUCCESS) continue;
    request.parts[part.name] = {fields_of(part, in), number(in, "at"), text(in, "by")};
  }
  return request;
}

std::string show(const ModelRequest& request) {
  if (!request.there) return "no request";
  std::string out = "since " + std::to_string(request.since) + " until " + std::to_string(request.until);
  for (const auto& [name, said] : request.parts) {
    out += "; " + name + " at " + std::to_string(said.at_ms) + " by " + said.by.substr(0, 6) +
           said.by.substr(std::min<std::size_t>(32, said.by.size()));
    for (const auto& [field, value] : said.fields) out += " " + field + " " + value;
  }
  return out;
}

}  // namespace vitrine::sim
