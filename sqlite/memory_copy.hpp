// SPDX-License-Identifier: Apache-2.0
// A database as it is at one moment, copied into memory: somebody may try things on the copy while the file stays untouched
// and its owner goes on writing.
#pragma once

#include <memory>

#include "base/result.hpp"
#include "sqlite/connection.hpp"

namespace vitrine::sqlite {

// Errors: those of Connection. Takes as much memory as the file has bytes.
Result<std::unique_ptr<Connection>> copy_to_memory(const Connection& from, const SqlBook& book);

}  // namespace vitrine::sqlite
