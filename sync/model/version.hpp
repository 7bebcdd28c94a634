// SPDX-License-Identifier: Apache-2.0
// Eras, versions and places in a stream. Only the hub mints them.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace vitrine::sync {

// One uninterrupted history of the hub. Two eras are the same when number and id are.
struct Era {
  std::uint32_t number = 0;
  std::string id;  // 128 random bits as 32 hex digits
  bool operator==(const Era&) const = default;
};

// The number grows with each change of the document. Compared with < only to refuse an older base within one era.
struct Version {
  std::uint32_t era = 0;
  std::uint64_t number = 0;
  auto operator<=>(const Version&) const = default;
};

// What a document has been through: its version now, and the last number it reached in each earlier era of its line.
struct Lineage {
  Version now;
  std::vector<Version> past;

  // "Has seen (e, m)": e is its era and m ≤ its number, or m ≤ past[e].
  [[nodiscard]] bool has_seen(const Version& v) const {
    if (v.era == now.era) return v.number <= now.number;
    for (const Version& p : past) {
      if (p.era == v.era) return v.number <= p.number;
    }
    return false;
  }
};

// A store's place in a stream: everything up to and including `seq` of that era has been applied.
struct Cursor {
  Era era;
  std::uint64_t seq = 0;
  bool operator==(const Cursor&) const = default;
};

}  // namespace vitrine::sync
