// SPDX-License-Identifier: Apache-2.0
// A store's database that holds the demonstration retailer, as the import makes its documents, and the search index beside it.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "edge/database/replica.hpp"
#include "edge/database/search_index.hpp"
#include "edge/database/search_reader.hpp"
#include "hub/import/import.hpp"
#include "tests/edge/scratch_folder.hpp"

namespace vitrine::edge {

struct DemoShop {
  DemoShop() {
    const sync::StreamName catalog{"catalog"};
    hub::ImportOptions options;
    options.folders = {"assets/demo"};
    replica.begin();
    std::uint64_t number = 0;
    const auto counts = hub::import_folders(options, [&](std::span<const hub::ImportDocument> documents) -> Result<std::size_t> {
      for (const hub::ImportDocument& document : documents) {
        if (document.stream.text.empty()) continue;
        replica.put_base(document.stream, {document.key, {{1, ++number}, {}}, document.body, false});
      }
      return documents.size();
    });
    REQUIRE(counts.has_value());
    replica.put_stream({catalog, true, {}, std::nullopt, {}});
    REQUIRE_FALSE(replica.commit().has_value());
    auto writer = database::SearchWriter::open(search_file, store_file, {sync::StoreId{"harbour-street"}, "uk"});
    REQUIRE(writer.has_value());
    const auto built = (*writer)->catch_up(now);
    REQUIRE_MESSAGE(built.has_value(), (built ? "" : built.error().message));
    auto opened = database::SearchReader::open(search_file);
    REQUIRE(opened.has_value());
    search = std::move(*opened);
  }

  database::SearchAnswer find(const std::string& query, std::size_t limit = 10) const {
    database::SearchQuestion question;
    question.query = query;
    question.limit = limit;
    question.facets = true;
    auto found = search->find(question);
    REQUIRE_MESSAGE(found.has_value(), (found ? "" : found.error().message));
    return std::move(*found);
  }

  ScratchFolder folder;
  std::string store_file = folder / "store.db";
  std::string search_file = folder / "search.db";
  UtcMs now{1'319'500'000'000};  // the day after the last one of the data, 2011-10-25
  database::SqliteReplica replica{database::open_store_database(store_file).value(), sync::StreamName{"catalog"}};
  std::unique_ptr<database::SearchReader> search;
};

}  // namespace vitrine::edge
