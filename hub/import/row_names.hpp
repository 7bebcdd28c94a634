// SPDX-License-Identifier: Apache-2.0
// Names of rows that have none of their own: the same row has the same name in every file.
#pragma once

#include <string>

namespace vitrine::hub {

// 32 hex digits.
std::string name_of_row(const std::string& row);

}  // namespace vitrine::hub
