// SPDX-License-Identifier: Apache-2.0
// The server that a test runs with (tests/postgres/with_server.py), stopped, crashed, killed and started by it.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

#include "tests/hub/support/test_database.hpp"

namespace vitrine::test {

class ServerControl {
 public:
  // start, stop (sessions are ended), crash (none is told), kill (SIGKILL to all of its processes); comes back when it is done.
  void run(const std::string& how) const {
    const char* control = std::getenv("VITRINE_TEST_POSTGRES_CONTROL");
    REQUIRE(control != nullptr);
    REQUIRE(std::system((control + (" " + how)).c_str()) == 0);
  }
  // SQL that may stand in no transaction.
  void ask(const std::string& sql) const {
    auto server = hub::database::PostgresConnection::open(postgres_server(), hub::database::PostgresConnection::Use::write);
    REQUIRE(server);
    (*server)->execute("SET default_transaction_read_only = off");
    (*server)->execute(sql);
    const auto failed = (*server)->take_failure();
    REQUIRE_MESSAGE(!failed, (failed ? failed->message : ""));
  }
};

template <class Condition>
bool within(std::chrono::milliseconds time, Condition condition) {
  const auto until = std::chrono::steady_clock::now() + time;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return true;
}

}  // namespace vitrine::test
