// SPDX-License-Identifier: Apache-2.0
// The server that a test runs with (tests/postgres/with_server.py), stopped, crashed, killed and started by it.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <memory>
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
  // SQL that may stand in no transaction, through one connection: a server that is to be refused takes no new one of ours.
  void ask(const std::string& sql) {
    if (!server_) {
      auto opened = hub::database::PostgresConnection::open(postgres_server(), hub::database::PostgresConnection::Use::write);
      REQUIRE(opened);
      server_ = std::move(*opened);
      server_->execute("SET default_transaction_read_only = off");
    }
    server_->execute(sql);
    const auto failed = server_->take_failure();
    REQUIRE_MESSAGE(!failed, (failed ? failed->message : ""));
  }

 private:
  std::unique_ptr<hub::database::PostgresConnection> server_;
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
