// SPDX-License-Identifier: Apache-2.0
// Figures for operators in Prometheus' text format; no figure names a person.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "edge/local_api/answers.hpp"

namespace vitrine::edge::local_api {

struct RouteFigures {
  std::string_view method;
  std::string_view path;
  std::uint64_t answered = 0;
};

std::string metrics_text(const Health& health, const std::vector<RouteFigures>& routes, std::uint64_t refused);

}  // namespace vitrine::edge::local_api
