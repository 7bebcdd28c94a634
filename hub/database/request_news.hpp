// SPDX-License-Identifier: Apache-2.0
// What a request for a person says that it did not say before: that somebody asks, that staff go there, that it is over. Written
// with it in the same commit, for the retailer's endpoints.
#pragma once

#include <optional>

#include "hub/database/connection.hpp"
#include "sync/model/document.hpp"

namespace vitrine::hub::database {

// `before`: the document as it stands until now. Other collections are none of its business.
void follow_request(Connection& connection, const std::optional<sync::Document>& before, const sync::Document& document);

}  // namespace vitrine::hub::database
