// SPDX-License-Identifier: Apache-2.0
// The statements and migrations of hub/database/sql, as embedded in the program.
#pragma once

#include "sqlite/sql_files.hpp"

namespace vitrine::hub::database {

const sqlite::SqlBook& sql_book();

}  // namespace vitrine::hub::database
