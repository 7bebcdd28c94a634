// SPDX-License-Identifier: Apache-2.0
// One row's fields by column name, judged as they are read. The first refusal wins; after it every read gives an empty value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"

namespace vitrine::hub {

// Where each expected column stands in a file. Columns may come in any order; every one that is not optional must be there,
// each at most once, and no other.
class Columns {
 public:
  // Error: import_columns, with what was found wrong and what was expected.
  static Result<Columns> match(std::span<const std::string_view> expected, std::span<const std::string_view> optional,
                               const std::vector<std::string>& header);
  [[nodiscard]] std::size_t count() const { return names_.size(); }
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] std::size_t place(std::string_view name) const;

 private:
  std::vector<std::string> names_;  // in the order of the file
};

class Fields {
 public:
  Fields(const Columns& columns, const std::vector<std::string>& values, std::int64_t shift_days)
      : columns_(columns), values_(values), shift_days_(shift_days) {}

  // "sku is empty" and the like; none: all that was read is well.
  [[nodiscard]] const std::optional<std::string>& refusal() const { return refusal_; }
  void refuse(std::string reason);
  // An optional column may be missing.
  [[nodiscard]] bool has(std::string_view column) const { return columns_.has(column); }

  std::string optional_text(std::string_view column, std::size_t bytes_max);  // no control characters, no space at the ends
  std::string text(std::string_view column, std::size_t bytes_max);           // the same, not empty
  std::string one_of(std::string_view column, std::span<const std::string_view> allowed);
  std::vector<std::string> words(std::string_view column);  // apart at spaces, maybe none
  std::string sku(std::string_view column = "sku");
  std::string store(std::string_view column = "store");
  std::string optional_store(std::string_view column = "store");
  std::string name(std::string_view column);  // small letters, digits, '-', 1 to 32: a department, a pictogram, a zone
  std::string currency(std::string_view column = "currency");
  std::int64_t whole(std::string_view column, std::int64_t min, std::int64_t max);
  std::int64_t minor_units(std::string_view column);  // "2.95" → 295, 0 to 9999999.99
  UtcMs time(std::string_view column);                // shifted by the import's days
  std::optional<UtcMs> optional_time(std::string_view column);
  bool truth(std::string_view column);  // "true" or "false"

 private:
  const std::string& value(std::string_view column) const { return values_[columns_.place(column)]; }
  void refuse_value(std::string_view column, std::string_view why);

  const Columns& columns_;
  const std::vector<std::string>& values_;
  std::int64_t shift_days_;
  std::optional<std::string> refusal_;
};

// "2011-10-24" or "2011-10-24T14:35:00Z" (seconds may be left out), 1970 to 2199, in UTC. None: it is neither.
std::optional<UtcMs> parse_utc(std::string_view text);

}  // namespace vitrine::hub
