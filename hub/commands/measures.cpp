// SPDX-License-Identifier: Apache-2.0
// `measures`: what stores measured, an hour a line, as a table for a spreadsheet.
#include <ostream>

#include "hours/days.hpp"
#include "hub/commands/commands.hpp"
#include "sync/protocol/measures_codec.hpp"
#include "sync/protocol/measures_table.hpp"

namespace vitrine::hub {

namespace {

constexpr std::size_t days_at_once = 100;

void write_day(const sync::MeasuredDay& day, std::ostream& out) {
  for (const sync::MeasuredHour& hour : day.hours) {
    out << day.store.text << "," << day.date << "," << hours::utc_text(hour.from) << ","
        << sync::protocol::measures_cells(hour.counts, hour.waits, hour.wait_median_ms, hour.wait_p90_ms) << "\n";
  }
}

}  // namespace

Result<int> measures(const Command& command) {
  if (command.words.size() > 1) return fail("usage", "vitrine-hub measures [<store>] --config hub.toml");
  const std::string only = command.words.empty() ? std::string() : command.words.front();
  std::vector<sync::MeasuredDay> days;
  bool known = only.empty();
  const auto read = write_once(command, [&](CommandDesk& desk) {
    known = known || desk.authority.knows_store(sync::StoreId{only});
    std::string after = only.empty() ? only : only + "/";
    while (true) {
      const auto page = desk.rows.documents_of("measures", after, days_at_once);
      for (const auto& [id, body] : page) {
        after = id;
        if (!only.empty() && !id.starts_with(only + "/")) return;
        if (auto day = sync::protocol::decode_measures(body)) days.push_back(std::move(*day));
      }
      if (page.size() < days_at_once) return;
    }
  });
  if (!read) return std::unexpected(read.error());
  if (!known) return fail("store_unknown", "this hub knows no store " + only);
  command.out << "store,date,begins_at," << sync::protocol::measures_columns() << "\n";
  for (const sync::MeasuredDay& day : days) write_day(day, command.out);
  return 0;
}

}  // namespace vitrine::hub
