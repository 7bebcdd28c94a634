// SPDX-License-Identifier: Apache-2.0
// What every kind of rule may know besides the document and the operation. The dispatcher stands where JSON may be read:
// sync/ends/collections.hpp.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "sync/model/operation.hpp"
#include "sync/model/version.hpp"
#include "sync/rules/verdict.hpp"

namespace vitrine::sync::rules {

struct ApplyContext {
  TransactionId transaction;
  std::size_t operation_index = 0;
  std::string actor;
  UtcMs at;
  Lineage lineage;          // of the document before; number 0 when the hub does not hold it
  Version minting;          // number 0 in a store's view
  IncarnationId life = {};  // of the store's database whose transaction it is; empty: the hub acts
  // The body that the same transaction has left another document with; none where it has not named it, and in a store's view.
  std::function<std::optional<std::string>(const DocumentKey&)> beside = {};
};

}  // namespace vitrine::sync::rules
