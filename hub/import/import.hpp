// SPDX-License-Identifier: Apache-2.0
// Reads a retailer's tables (docs/IMPORT.md) and hands over the documents that they make; touches no database and no network.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "sync/model/customer.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::hub {

// The tables in the order in which they are read: what is referred to comes before what refers to it.
enum class ImportTable {
  stores,
  departments,
  products,
  prices,
  taxes,
  promotions,
  stock,
  customers,
  orders,
  activity,
  affinity,
  synonyms,
  staff,
  consents,
  cases,
  offers
};

// "products": the file is products.csv or products.csv.gz.
std::string_view table_name(ImportTable table);
std::optional<ImportTable> table_named(std::string_view name);

struct ImportDocument {
  sync::DocumentKey key;
  sync::StreamName stream;  // where stores read it: "catalog", "prices.uk"; empty: the hub keeps it to itself
  std::string body;         // JSON, the same bytes for the same rows
};

// Takes documents of one table and says how many of them differed from what was there. An error ends the import.
using ImportSink = std::function<Result<std::size_t>(std::span<const ImportDocument>)>;

// True when the document was imported before: a row may refer to it though the files at hand do not hold it.
using ImportKnown = std::function<bool(const sync::DocumentKey&)>;

// What somebody shows to be found by, hashed: kind, the key as the row has it. None: it is no such key.
using ImportIdentity = std::function<std::optional<sync::Identity>(std::string_view kind, std::string_view exact)>;

// The body of a document that was imported before; none: there is none.
using ImportStored = std::function<std::optional<std::string>(const sync::DocumentKey&)>;

// Whether this customer was erased: no row brings them back.
using ImportErased = std::function<bool(const std::string& customer)>;

struct ImportProgress {
  ImportTable table;
  std::uint64_t rows;         // of this table so far
  std::uint64_t bytes_done;   // read of all files, as they lie on disk
  std::uint64_t bytes_total;  // of all files
};
using ImportProgressSink = std::function<void(const ImportProgress&)>;

struct ImportOptions {
  std::vector<std::filesystem::path> folders;  // each with the folders directly in it; a table may lie in several
  std::int64_t shift_days = 0;                 // added to every time in the tables; see shift_days_for()
  std::size_t batch_documents = 500;           // most documents in one call of the sink
  std::size_t refusals_kept = 20;              // in ImportCounts::first_refused
  ImportStored stored{};                       // whom an order names may have come earlier; may be empty
  ImportIdentity identity{};                   // empty: rows that name exact keys are refused
  ImportErased erased{};                       // empty: nobody
  std::ostream* report = nullptr;              // gets one line for every refused row and every note
};

struct ImportRefusal {
  std::string file;        // as reached from the folder given: "products.csv.gz"
  std::uint64_t line = 0;  // where the row begins; 0: the whole file
  std::string reason;
  [[nodiscard]] std::string text() const;  // "products.csv.gz:123: gtin 4006381333932 has a wrong check digit"
};

struct ImportTableCounts {
  std::uint64_t rows_accepted = 0;
  std::uint64_t rows_refused = 0;
  std::uint64_t files_refused = 0;  // wrong columns, or not readable to the end
  std::uint64_t documents = 0;      // handed to the sink
  std::uint64_t unchanged = 0;      // of these, by the sink's answer
};

struct ImportCounts {
  std::map<ImportTable, ImportTableCounts> tables;
  std::vector<ImportRefusal> first_refused;
  [[nodiscard]] ImportTableCounts sum() const;
};

// Reads every table in the folders. Refused rows are counted and reported, not errors. Errors: import_no_tables (no table
// in any folder), import_folder (a folder cannot be listed), and whatever the sink answers.
Result<ImportCounts> import_folders(const ImportOptions& options, const ImportSink& sink, const ImportKnown& known = {},
                                    const ImportProgressSink& progress = {});

// How many days to add so that `last_day` ("2011-10-24") becomes the day before `now`, both in UTC. Error: invalid_date.
Result<std::int64_t> shift_days_for(std::string_view last_day, UtcMs now);

}  // namespace vitrine::hub
