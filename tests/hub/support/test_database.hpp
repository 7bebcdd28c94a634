// SPDX-License-Identifier: Apache-2.0
// The database that a hub's test works on: an SQLite file, or, where the test runs with a server of its own
// (tests/postgres/with_server.py), a schema of its own there. So every test of the hub's rows runs on both.
#pragma once

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <random>
#include <string>

#include "base/require.hpp"
#include "hub/database/open.hpp"

namespace vitrine::test {

inline sync::ends::Chance chance() {
  return {[] {
    static std::mt19937_64 source(std::random_device{}());
    return source();
  }};
}

// The server's address, or empty: the test works on SQLite.
inline std::string postgres_server() {
  const char* address = std::getenv("VITRINE_TEST_POSTGRES");
  return address == nullptr ? "" : address;
}

// SQL as it stands, outside of any schema of a test.
inline void ask_server(const std::string& sql) {
  auto server = hub::database::PostgresConnection::open(postgres_server(), hub::database::PostgresConnection::Use::write);
  require(server.has_value(), server ? "" : server.error().message);
  (*server)->execute("BEGIN READ WRITE; " + sql + "; COMMIT");
  const auto failed = (*server)->take_failure();
  require(!failed, failed ? failed->message : "");
}

inline hub::database::Address fresh_database(const std::string& state_folder) {
  if (postgres_server().empty()) return {state_folder};
  static std::atomic<int> count{0};
  const std::string schema = "hub_" + std::to_string(getpid()) + "_" + std::to_string(++count);
  ask_server("CREATE SCHEMA " + schema);
  return {state_folder, postgres_server() + " options='-c search_path=" + schema + "'"};
}

}  // namespace vitrine::test
