// SPDX-License-Identifier: Apache-2.0
// Which files in the folders are tables, in the order in which they are read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "hub/import/import.hpp"

namespace vitrine::hub {

struct TableFile {
  ImportTable table;
  std::filesystem::path path;
  std::string shown;  // as people name it in reports: "openfoodfacts/products.csv.gz"
  std::uint64_t bytes;
};

struct TableFiles {
  std::vector<TableFile> files;
  std::vector<std::string> not_tables;  // .csv and .csv.gz files directly in a folder given, with a name that is no table's
};

// Looks into each folder and the folders directly in it, by name; a file reached in two ways is there once. Errors:
// import_folder, import_no_tables.
Result<TableFiles> find_table_files(const std::vector<std::filesystem::path>& folders);

}  // namespace vitrine::hub
