// SPDX-License-Identifier: Apache-2.0
// Is the store open, by its own clock on the wall?
#pragma once

#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "edge/database/projections/documents.hpp"
#include "edge/local_api/answers.hpp"

namespace vitrine::edge::local_api {

// `time_zone` is an IANA name; one that nobody knows counts as UTC. No hours: always closed, opening never.
Opening opening_at(const std::vector<database::OpeningHours>& hours, const std::string& time_zone, UtcMs now);

}  // namespace vitrine::edge::local_api
