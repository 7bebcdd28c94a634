// SPDX-License-Identifier: Apache-2.0
// Sorted by table, then in the order of the folders given, then by name: never in the order that a disk happens to list.
#include "hub/import/table_files.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

namespace vitrine::hub {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 16> names = {"stores", "departments", "products", "prices",   "taxes",    "promotions",
                                                    "stock",  "customers",   "orders",   "activity", "affinity", "synonyms",
                                                    "staff",  "consents",    "cases",    "offers"};

bool is_csv(std::string_view file) { return file.ends_with(".csv") || file.ends_with(".csv.gz"); }

std::optional<ImportTable> table_of(std::string_view file) {
  if (!is_csv(file)) return std::nullopt;
  const auto found = std::ranges::find(names, file.substr(0, file.find(".csv")));
  if (found == names.end() || (file.size() != found->size() + 4 && file.size() != found->size() + 7)) return std::nullopt;
  return static_cast<ImportTable>(found - names.begin());
}

Result<std::vector<fs::path>> listed(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> entries;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) entries.push_back(at->path());
  if (error) return fail("import_folder", folder.string() + ": " + error.message());
  std::ranges::sort(entries);
  return entries;
}

}  // namespace

std::optional<ImportTable> table_named(std::string_view name) {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? std::nullopt : std::optional(static_cast<ImportTable>(found - names.begin()));
}

std::string_view table_name(ImportTable table) { return names[static_cast<std::size_t>(table)]; }

Result<TableFiles> find_table_files(const std::vector<fs::path>& folders) {
  TableFiles found;
  std::set<fs::path> seen;  // a folder may be given together with the one around it
  const auto note = [&](const fs::path& path, const std::string& shown) {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(path, error);
    const std::uint64_t bytes = error ? 0 : size;  // what cannot be read is told when its turn comes
    const std::optional<ImportTable> table = table_of(path.filename().string());
    if (table && seen.insert(fs::weakly_canonical(path, error)).second) found.files.push_back({*table, path, shown, bytes});
    return table.has_value();
  };
  for (const fs::path& folder : folders) {
    const std::string prefix = folders.size() > 1 ? folder.string() + "/" : "";
    const Result<std::vector<fs::path>> entries = listed(folder);
    if (!entries) return std::unexpected(entries.error());
    for (const fs::path& entry : *entries) {
      const std::string shown = prefix + entry.filename().string();
      std::error_code error;
      if (!fs::is_directory(entry, error)) {
        if (!note(entry, shown) && is_csv(shown)) found.not_tables.push_back(shown);
        continue;
      }
      const Result<std::vector<fs::path>> inner = listed(entry);
      if (!inner) return std::unexpected(inner.error());
      for (const fs::path& file : *inner) note(file, shown + "/" + file.filename().string());
    }
  }
  if (found.files.empty())
    return fail("import_no_tables", "no table such as products.csv or products.csv.gz in the folders given");
  std::ranges::stable_sort(found.files, {}, &TableFile::table);
  return found;
}

}  // namespace vitrine::hub
