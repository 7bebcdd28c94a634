// SPDX-License-Identifier: Apache-2.0
// `vitrine-hub import`: tables through hub_end into the database, batch by batch; a running `serve` goes on meanwhile.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <ostream>
#include <thread>

#include "hub/commands/commands.hpp"
#include "hub/import/import.hpp"
#include "hub/import/staff_rows.hpp"
#include "hub/intake/intake.hpp"

namespace vitrine::hub {

namespace {

constexpr std::size_t batch_documents = 500;  // a transaction of some tens of ms: shoppers at the phone page never wait longer
constexpr std::chrono::milliseconds breath{2};

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

// A bar at a terminal, else a line each tenth.
class Progress {
 public:
  Progress(std::ostream& out, bool terminal, std::function<Now()> clock)
      : out_(out), terminal_(terminal), clock_(std::move(clock)), began_(clock_().mono), shown_(began_) {}

  void show(const ImportProgress& progress) {
    const MonoMs now = clock_().mono;
    if (progress.rows < last_rows_ || progress.table != table_) last_rows_ = 0;
    rows_ += progress.rows - last_rows_;
    last_rows_ = progress.rows;
    table_ = progress.table;
    const int tenth = progress.bytes_total == 0 ? 10 : static_cast<int>(10 * progress.bytes_done / progress.bytes_total);
    if (!terminal_) {
      if (tenth <= tenth_) return;
      tenth_ = tenth;
      out_ << tenth * 10 << " %  " << grouped(rows_) << " rows, " << grouped(rows_per_s(now)) << " rows/s\n" << std::flush;
      return;
    }
    if (now.value - shown_.value < 100 && progress.bytes_done < progress.bytes_total) return;
    shown_ = now;
    constexpr int width = 30;
    const int full = progress.bytes_total == 0 ? width : static_cast<int>(width * progress.bytes_done / progress.bytes_total);
    out_ << "\r\033[K" << std::string(static_cast<std::size_t>(full), '#')
         << std::string(static_cast<std::size_t>(width - full), '.') << "  " << table_name(progress.table) << "  "
         << grouped(rows_) << " rows, " << grouped(rows_per_s(now)) << " rows/s" << std::flush;
  }

  void end() {
    if (terminal_) out_ << "\r\033[K" << std::flush;
  }
  [[nodiscard]] double seconds() const { return static_cast<double>(clock_().mono.value - began_.value) / 1000; }

 private:
  [[nodiscard]] std::uint64_t rows_per_s(MonoMs now) const {
    return rows_ * 1000 / static_cast<std::uint64_t>(std::max<std::int64_t>(1, now.value - began_.value));
  }

  std::ostream& out_;
  bool terminal_;
  std::function<Now()> clock_;
  MonoMs began_;
  MonoMs shown_;
  ImportTable table_ = ImportTable::stores;
  std::uint64_t last_rows_ = 0;
  std::uint64_t rows_ = 0;
  int tenth_ = 0;
};

// A folder is read with the folders directly in it: one of these given beside it would be read twice.
std::vector<std::filesystem::path> distinct_folders(const std::vector<std::string>& words) {
  std::vector<std::filesystem::path> all;
  std::error_code none;
  for (const std::string& word : words) {
    const auto path = std::filesystem::weakly_canonical(word, none);
    if (std::ranges::find(all, path) == all.end()) all.push_back(path);
  }
  std::vector<std::filesystem::path> kept;
  for (const auto& path : all) {
    if (std::ranges::find(all, path.parent_path()) == all.end()) kept.push_back(path);
  }
  return kept;
}

void tell(std::ostream& out, const ImportCounts& counts, const std::string& report, double seconds) {
  for (const auto& [table, each] : counts.tables) {
    if (each.rows_accepted + each.rows_refused + each.files_refused == 0) continue;
    out << table_name(table) << ": " << grouped(each.rows_accepted) << " rows, " << grouped(each.documents) << " documents, "
        << grouped(each.documents - each.unchanged) << " new or changed";
    if (each.rows_refused > 0) out << ", " << grouped(each.rows_refused) << " rows refused";
    if (each.files_refused > 0) out << ", " << each.files_refused << " files unusable";
    out << "\n";
  }
  const ImportTableCounts sum = counts.sum();
  char time[32];
  std::snprintf(time, sizeof time, "%.1f", seconds);
  out << "Imported " << grouped(sum.rows_accepted) << " rows in " << time << " s; " << grouped(sum.documents - sum.unchanged)
      << " of " << grouped(sum.documents) << " documents were new or changed.\n";
  for (const ImportRefusal& refusal : counts.first_refused) out << "  " << refusal.text() << "\n";
  if (sum.rows_refused + sum.files_refused > 0) {
    out << grouped(sum.rows_refused) << " rows and " << sum.files_refused << " files were refused; all of them are named in "
        << report << "\n";
  }
}

}  // namespace

Result<int> import_tables(const Command& command) {
  if (command.words.empty()) return fail("usage", "import needs a folder: vitrine-hub import <folder…> --config hub.toml");
  ImportOptions options;
  options.folders = distinct_folders(command.words);
  options.batch_documents = batch_documents;
  if (const std::string last_day = command.option("--last-day"); !last_day.empty()) {
    const auto days = shift_days_for(last_day, command.clock().utc);
    if (!days) return std::unexpected(days.error());
    options.shift_days = *days;
  }

  auto connection = database::open_hub_database(command.database(), command.chance, command.clock().utc);
  if (!connection) return std::unexpected(connection.error());
  database::SqlAuthority authority(**connection);
  const std::string report_path = command.config.state + "/import-report.txt";
  std::ofstream report(report_path, std::ios::trunc);
  options.report = &report;
  options.stored = stored_in(authority);
  options.identity = identity_in(authority);
  options.erased = erased_in(authority);

  // What leaves is nobody's business here: `serve` says the new heads.
  const auto put_all = [&](std::span<const ImportDocument> documents) -> Result<std::size_t> {
    const Now now = command.clock();
    sync::ends::HubEnd end(authority, command.chance);
    std::size_t changed = 0;
    std::map<std::string, std::string> staff;  // bodies with hashed PINs: made before anybody is kept waiting
    for (const ImportDocument& document : documents) {
      if (document.key.collection != "staff") continue;
      const auto before = authority.document(document.key);
      auto body = staff_after_import(before ? before->body : std::nullopt, document.body);
      if (!body) return std::unexpected(body.error().within("staff " + document.key.id));
      staff.emplace(document.key.id, std::move(*body));
    }
    authority.begin();
    for (const ImportDocument& document : documents) {
      if (const auto hashed = staff.find(document.key.id); document.key.collection == "staff" && hashed != staff.end()) {
        changed += end.put(document.key, hashed->second, now) ? 1U : 0U;
        continue;
      }
      const auto taken = take_in(authority, end, document, command.chance, now);
      if (!taken) return std::unexpected(taken.error());
      changed += *taken ? 1U : 0U;
    }
    if (auto failed = authority.commit()) return std::unexpected(*failed);
    std::this_thread::sleep_for(breath);
    return changed;
  };
  const auto known = [&](const sync::DocumentKey& key) {
    const auto document = authority.document(key);
    return document && document->body;
  };
  Progress progress(command.err, command.err_is_terminal, command.clock);

  authority.begin();
  sync::ends::HubEnd end(authority, command.chance);
  end.put({"settings", "chain"}, chain_settings(command.config), command.clock());
  if (auto failed = authority.commit()) return std::unexpected(*failed);
  const auto counts = import_folders(options, put_all, known, [&](const ImportProgress& at) { progress.show(at); });
  progress.end();
  if (!counts) return std::unexpected(counts.error());
  report.close();
  tell(command.out, *counts, report_path, progress.seconds());
  return counts->sum().files_refused > 0 ? 1 : 0;
}

}  // namespace vitrine::hub
