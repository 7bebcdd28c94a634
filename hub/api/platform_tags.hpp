// SPDX-License-Identifier: Apache-2.0
// ETags of documents for whoever may edit them: the version that the hub minted. Included by hub/api's .cpp files only.
#pragma once

#include <optional>
#include <string>

#include "hub/api/api.hpp"
#include "sync/model/document.hpp"

namespace vitrine::hub::api {

// "\"1.42\""; a document that is not there has version 0.
inline std::string version_tag(const std::optional<sync::Document>& document) {
  const sync::Version now = document && document->body ? document->lineage.now : sync::Version{};
  return "\"" + std::to_string(now.era) + "." + std::to_string(now.number) + "\"";
}

// None: the request does not ask for a version, or for the one that is there.
inline std::optional<Answer> version_problem(const Request& request, const std::optional<sync::Document>& document) {
  if (request.if_match.empty() || request.if_match == version_tag(document)) return std::nullopt;
  Answer changed = problem(412, "version_changed", "somebody else has changed it: read it again");
  changed.headers.emplace_back("ETag", version_tag(document));
  return changed;
}

}  // namespace vitrine::hub::api
