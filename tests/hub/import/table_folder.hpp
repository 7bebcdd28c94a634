// SPDX-License-Identifier: Apache-2.0
// A folder of tables for one test, and what an import of it gave.
#pragma once

#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "hub/import/import.hpp"

namespace vitrine::hub::test {

struct Imported {
  Result<ImportCounts> counts = ImportCounts{};
  std::map<std::string, std::string> bodies;   // "product 85123A" → body
  std::map<std::string, std::string> streams;  // "product 85123A" → stream
  std::vector<std::size_t> batches;
  std::string report;  // all lines
  [[nodiscard]] std::string refusal() const {
    return counts && counts->first_refused.size() == 1 ? counts->first_refused.front().text() : "(not one refusal) " + report;
  }
};

inline std::string gzip(const std::string& text) {
  std::string packed(compressBound(static_cast<uLong>(text.size())) + 64, '\0');
  z_stream stream{};
  if (deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) std::abort();
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) std::abort();
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

inline Imported import_all(ImportOptions options, const ImportKnown& known = {}) {
  Imported imported;
  std::ostringstream report;
  options.report = &report;
  const ImportSink sink = [&](std::span<const ImportDocument> documents) -> Result<std::size_t> {
    std::size_t changed = 0;
    imported.batches.push_back(documents.size());
    for (const ImportDocument& document : documents) {
      const std::string name = document.key.collection + " " + document.key.id;
      if (imported.bodies[name] != document.body) ++changed;
      imported.bodies[name] = document.body;
      imported.streams[name] = document.stream.text;
    }
    return changed;
  };
  imported.counts = import_folders(options, sink, known);
  imported.report = report.str();
  return imported;
}

class TableFolder {
 public:
  TableFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "vitrine-import-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  TableFolder(const TableFolder&) = delete;
  TableFolder& operator=(const TableFolder&) = delete;
  ~TableFolder() { std::filesystem::remove_all(path_); }

  TableFolder& file(const std::string& name, const std::string& bytes) {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return *this;
  }

  // A small shop in which everything is well, for one row of another table to be wrong in.
  TableFolder& shop() {
    file("stores.csv",
         "store,name,zone,currency,time_zone,opening_hours,languages\n"
         "harbour-street,Harbour Street,uk,GBP,Europe/London,Mo-Sa 07:00-22:00; Su 10:00-16:00,en de\n");
    file("departments.csv",
         "department,name_en,name_de,pictogram,tile\n"
         "candles,Candles,Kerzen,candle,butter\n");
    file("products.csv",
         "sku,gtins,title_en,title_de,original_title,department,pictogram,tile,brand,description_en,status\n"
         "85123A,4006381333931,White hanging heart T-light holder,,WHITE HANGING HEART T-LIGHT "
         "HOLDER,candles,candle,butter,,,active\n"
         "71053,,White metal lantern,Weiße Metalllaterne,,candles,lamp,butter,Fernby,\"Metal, white\",ended\n");
    file("customers.csv", "customer,first_name,initial,language,country,phone_last2\n17850,Amelia,R,en,GB,41\n");
    return *this;
  }

  [[nodiscard]] ImportOptions options() const {
    ImportOptions options;
    options.folders = {path_};
    return options;
  }
  [[nodiscard]] Imported import() const { return import_all(options()); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace vitrine::hub::test
