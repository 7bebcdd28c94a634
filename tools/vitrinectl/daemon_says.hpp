// SPDX-License-Identifier: Apache-2.0
// What the running daemon answers an operator.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"

namespace vitrine::ctl {

// The body of a GET. None: nobody listens there. Errors: "daemon_odd" for anything but 200.
Result<std::optional<std::string>> daemon_says(const std::string& socket, const std::string& path);

}  // namespace vitrine::ctl
