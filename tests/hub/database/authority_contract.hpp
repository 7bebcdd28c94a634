// SPDX-License-Identifier: Apache-2.0
// What every Authority must do, whatever database is below it. An implementation's test gives a factory and calls this.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "base/result.hpp"
#include "sync/ends/authority.hpp"

namespace vitrine::test {

// An Authority over an empty database of its own, with its transactions, and the store "harbour-street" known.
class AuthorityUnderTest {
 public:
  virtual ~AuthorityUnderTest() = default;
  virtual sync::ends::Authority& authority() = 0;
  virtual void begin() = 0;
  virtual std::optional<Error> commit() = 0;
  virtual void rollback() = 0;
  // The same database, closed and opened anew.
  virtual void reopen() = 0;
};

using MakeAuthority = std::function<std::unique_ptr<AuthorityUnderTest>()>;

// Registers nothing: call it from inside a TEST_CASE.
void check_authority_contract(const MakeAuthority& make);

}  // namespace vitrine::test
