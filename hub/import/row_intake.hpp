// SPDX-License-Identifier: Apache-2.0
// One row of a table, wherever it came from: judged by its fields, then against the other rows. CSV files and the platform's API
// take rows in through this one door.
#pragma once

#include "hub/import/fields.hpp"
#include "hub/import/import.hpp"
#include "hub/import/joins.hpp"

namespace vitrine::hub {

// None: the row is taken. Else why it is not, for people.
Joins::Refusal take_row(Joins& joins, ImportTable table, Fields& fields, Place place);

}  // namespace vitrine::hub
