// SPDX-License-Identifier: Apache-2.0
// The statements and migrations as embedded in the program: hub/database/sql, and hub/database/postgres with PostgreSQL's schema
// and the statements that it wants in words of its own.
#pragma once

#include "sqlite/sql_files.hpp"

namespace vitrine::hub::database {

const sqlite::SqlBook& sql_book();

namespace postgres {
const sqlite::SqlBook& sql_book();
}
inline const sqlite::SqlBook& postgres_book() { return postgres::sql_book(); }

}  // namespace vitrine::hub::database
