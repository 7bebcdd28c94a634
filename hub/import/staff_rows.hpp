// SPDX-License-Identifier: Apache-2.0
// The table of staff. A row's PIN lives as long as the import of its row: what is put is a verifier.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "hub/import/fields.hpp"
#include "sync/model/staff.hpp"

namespace vitrine::hub {

struct StaffRow {
  sync::Staff staff;  // without verifier and badge
  std::string pin;    // six digits; empty: the one that is there stays
};

std::span<const std::string_view> staff_columns();
std::span<const std::string_view> staff_extras();  // that a file may leave out
StaffRow read_staff(Fields& fields);

// The document as import_folders() hands it over: with the PIN itself. Only staff_after_import() reads it.
std::string staff_row_body(const StaffRow& row);
// The body to put: the PIN hashed, or the verifier that is there where it is the same PIN; the badge stays. Takes some 30 ms, so
// it is done before the transaction. Errors: those of hash_pin.
Result<std::string> staff_after_import(const std::optional<std::string>& before, const std::string& row);

}  // namespace vitrine::hub
