// SPDX-License-Identifier: Apache-2.0
// The edge's .sql files, embedded (sqlite/embed_sql.cmake), and the hand on SQLite that reads them.
#pragma once

#include "sqlite/connection.hpp"
#include "sqlite/sql_files.hpp"

namespace vitrine::edge::database {

using sqlite::Connection;
using sqlite::Statement;

const sqlite::SqlBook& sql_book();

}  // namespace vitrine::edge::database
