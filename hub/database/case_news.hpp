// SPDX-License-Identifier: Apache-2.0
// What a conversation's document says that it did not say before: that somebody in a store answered, that it is closed. Written
// with it in the same commit, for the retailer's endpoints.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "hub/database/connection.hpp"
#include "sync/model/case.hpp"
#include "sync/model/document.hpp"

namespace vitrine::hub::database {

// `before`: the document as it stands until now. Other collections are none of its business.
void follow_case(Connection& connection, const std::optional<sync::Document>& before, const sync::Document& document);

// The ends of event types that lead from one to the other: "answered", "closed". Pure.
std::vector<std::string_view> news_between(const std::optional<sync::Case>& before, const sync::Case& after);

}  // namespace vitrine::hub::database
