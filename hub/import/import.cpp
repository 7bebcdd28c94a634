// SPDX-License-Identifier: Apache-2.0
// Walks the tables file by file and row by row; counts and reports what is refused; hands documents on in batches.
#include "hub/import/import.hpp"

#include <algorithm>
#include <optional>
#include <ostream>
#include <utility>

#include "hub/import/csv_reader.hpp"
#include "hub/import/fields.hpp"
#include "hub/import/joins.hpp"
#include "hub/import/row_intake.hpp"
#include "hub/import/rows.hpp"
#include "hub/import/table_files.hpp"

namespace vitrine::hub {

namespace {

constexpr std::uint64_t rows_between_progress = 2000;

class Import {
 public:
  Import(const ImportOptions& options, const ImportSink& sink, const ImportKnown& known, const ImportProgressSink& progress)
      : options_(options),
        sink_(sink),
        progress_(progress),
        joins_([this](ImportDocument d) { batch_.push_back(std::move(d)); }, known, options.stored, options.identity,
               options.erased) {}

  Result<ImportCounts> run(const TableFiles& tables) {
    for (const std::string& name : tables.not_tables) report(name + ": left out, the name is no table's");
    for (const TableFile& file : tables.files) bytes_total_ += file.bytes;
    for (std::size_t i = 0; i < tables.files.size(); ++i) {
      const TableFile& file = tables.files[i];
      if (i == 0 || tables.files[i - 1].table != file.table) rows_ = 0;
      if (auto read = read_file(file); !read) return std::unexpected(read.error().within(file.shown));
      bytes_before_ += file.bytes;
      if (i + 1 < tables.files.size() && tables.files[i + 1].table == file.table) continue;
      joins_.end_of_table();
      if (auto flushed = flush(file.table); !flushed) return std::unexpected(flushed.error().within(file.shown));
      tell_progress(file.table, 0);
    }
    return std::move(counts_);
  }

 private:
  // Errors are the sink's; a file that cannot be read is counted and reported.
  Result<void> read_file(const TableFile& file) {
    Result<ByteSource> source = ByteSource::open(file.path);
    if (!source) return refuse_file(file, source.error().message);
    CsvReader reader(std::move(*source));
    const CsvReader::Step header = reader.next();
    if (header == CsvReader::Step::end) return refuse_file(file, "is empty");
    if (header != CsvReader::Step::row) return refuse_file(file, "its header " + reader.reason());
    const Result<Columns> columns = Columns::match(columns_of(file.table), optional_columns_of(file.table), reader.fields());
    if (!columns) return refuse_file(file, columns.error().message);
    return read_rows(file, reader, *columns);
  }

  Result<void> read_rows(const TableFile& file, CsvReader& reader, const Columns& columns) {
    while (true) {
      const CsvReader::Step step = reader.next();
      if (step == CsvReader::Step::end) return {};
      if (step == CsvReader::Step::broken) {
        joins_.drop_open_document();
        return refuse_file(file, "cannot be read on from line " + std::to_string(reader.line()) + ": " + reader.reason());
      }
      ++rows_;
      if (step == CsvReader::Step::bad) {
        refuse(file, reader.line(), reader.reason());
      } else if (reader.fields().size() != columns.count()) {
        refuse(
            file, reader.line(),
            "has " + std::to_string(reader.fields().size()) + " fields where the header has " + std::to_string(columns.count()));
      } else {
        take_row(file, reader, columns);
      }
      if (batch_.size() >= options_.batch_documents) {
        if (auto flushed = flush(file.table); !flushed) return flushed;
      }
      if (rows_ % rows_between_progress == 0) tell_progress(file.table, reader.bytes_consumed());
    }
  }

  void take_row(const TableFile& file, const CsvReader& reader, const Columns& columns) {
    Fields fields(columns, reader.fields(), options_.shift_days);
    const Place place{&file.shown, reader.line()};
    const Joins::Refusal refusal = hub::take_row(joins_, file.table, fields, place);
    if (refusal) {
      refuse(file, reader.line(), *refusal);
    } else {
      ++counts_.tables[file.table].rows_accepted;
    }
  }

  Result<void> flush(ImportTable table) {
    const std::span<const ImportDocument> all(batch_);
    const std::size_t most = options_.batch_documents > 0 ? options_.batch_documents : 1;
    for (std::size_t from = 0; from < all.size(); from += most) {
      const auto part = all.subspan(from, std::min(most, all.size() - from));
      const Result<std::size_t> changed = sink_(part);
      if (!changed) return std::unexpected(changed.error());
      ImportTableCounts& counts = counts_.tables[table];
      counts.documents += part.size();
      counts.unchanged += part.size() - std::min(*changed, part.size());
    }
    batch_.clear();
    return {};
  }

  Result<void> refuse_file(const TableFile& file, const std::string& reason) {
    ++counts_.tables[file.table].files_refused;
    note({file.shown, 0, reason});
    return {};
  }

  void refuse(const TableFile& file, std::uint64_t line, const std::string& reason) {
    ++counts_.tables[file.table].rows_refused;
    note({file.shown, line, reason});
  }

  void note(ImportRefusal refusal) {
    report(refusal.text());
    if (counts_.first_refused.size() < options_.refusals_kept) counts_.first_refused.push_back(std::move(refusal));
  }

  void report(const std::string& line) {
    if (options_.report != nullptr) *options_.report << line << '\n';
  }

  void tell_progress(ImportTable table, std::uint64_t bytes_of_file) {
    if (progress_) progress_({table, rows_, std::min(bytes_before_ + bytes_of_file, bytes_total_), bytes_total_});
  }

  const ImportOptions& options_;
  const ImportSink& sink_;
  const ImportProgressSink& progress_;
  Joins joins_;
  std::vector<ImportDocument> batch_;
  ImportCounts counts_;
  std::uint64_t rows_ = 0;  // of the table being read
  std::uint64_t bytes_before_ = 0;
  std::uint64_t bytes_total_ = 0;
};

}  // namespace

std::string ImportRefusal::text() const { return file + ":" + (line > 0 ? std::to_string(line) + ":" : "") + " " + reason; }

ImportTableCounts ImportCounts::sum() const {
  ImportTableCounts sum;
  for (const auto& [table, counts] : tables) {
    sum.rows_accepted += counts.rows_accepted;
    sum.rows_refused += counts.rows_refused;
    sum.files_refused += counts.files_refused;
    sum.documents += counts.documents;
    sum.unchanged += counts.unchanged;
  }
  return sum;
}

Result<ImportCounts> import_folders(const ImportOptions& options, const ImportSink& sink, const ImportKnown& known,
                                    const ImportProgressSink& progress) {
  const Result<TableFiles> tables = find_table_files(options.folders);
  if (!tables) return std::unexpected(tables.error());
  return Import(options, sink, known, progress).run(*tables);
}

Result<std::int64_t> shift_days_for(std::string_view last_day, UtcMs now) {
  constexpr std::int64_t day_ms = 86'400'000;
  const std::optional<UtcMs> day = last_day.size() == 10 ? parse_utc(last_day) : std::nullopt;
  if (!day) return fail("invalid_date", "'" + std::string(last_day.substr(0, 40)) + "' is not a date such as 2011-10-24");
  return now.value / day_ms - 1 - day->value / day_ms;
}

}  // namespace vitrine::hub
