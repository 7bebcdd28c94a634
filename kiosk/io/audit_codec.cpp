// SPDX-License-Identifier: Apache-2.0
#include "kiosk/io/audit_codec.hpp"

#include "kiosk/io/escaped.hpp"

namespace vitrine::kiosk::answer {

namespace {

constexpr std::size_t page_lines = 50;

std::uint64_t line_number(const json& object, const char* key) {
  return static_cast<std::uint64_t>(number(object, key, 0, INT64_MAX));
}

AuditLine audit_line(const json& object) {
  return {line_number(object, "n"), time(object, "at"),      text(object, "staff"),  text(object, "device"),
          text(object, "action"),   text(object, "subject"), text(object, "outcome")};
}

}  // namespace

std::string audit_path(const AuditQuestion& question) {
  std::string path = "/v1/audit?limit=" + std::to_string(page_lines) + "&from=" + std::to_string(question.from);
  if (question.since.value > 0) path += "&since=" + std::to_string(question.since.value);
  if (!question.who.empty()) path += "&who=" + escaped(question.who);
  if (!question.what.empty()) path += "&what=" + escaped(question.what);
  if (!question.whom.empty()) path += "&whom=" + escaped(question.whom);
  return path;
}

AuditPage audit_page(const json& object) {
  AuditPage read;
  for (const json& one : list(object, "entries")) read.lines.push_back(audit_line(one));
  read.more = object.at("more").get<bool>();
  const json& chain = object.at("chain");
  read.last = line_number(chain, "last");
  read.told = line_number(chain, "told");
  for (const json& one : list(chain, "breaks"))
    read.breaks.push_back({line_number(one, "n"), text(one, "what"), time(one, "at"), one.at("settled").get<bool>()});
  if (!is_absent(chain, "broken_at")) read.broken_at = line_number(chain, "broken_at");
  return read;
}

}  // namespace vitrine::kiosk::answer
