// SPDX-License-Identifier: Apache-2.0
// A document as the hub minted it, and what a page says of one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sync/model/ids.hpp"
#include "sync/model/operation.hpp"
#include "sync/model/version.hpp"

namespace vitrine::sync {

// No body: a tombstone. The body is the bytes of a JSON object, never re-serialised.
struct Document {
  DocumentKey key;
  Lineage lineage;
  std::optional<std::string> body;
};

// One entry of a page: a document, a tombstone (no body), or the removal of a document that is no longer placed here.
struct PageEntry {
  DocumentKey key;
  Lineage lineage;
  std::optional<std::string> body;
  bool removal = false;
};

// n and hash of one incarnation's last transaction that the hub has applied.
struct Applied {
  IncarnationId incarnation;
  std::uint64_t n = 0;
  Hash hash{};
  bool operator==(const Applied&) const = default;
};

}  // namespace vitrine::sync
