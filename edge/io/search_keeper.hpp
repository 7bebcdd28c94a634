// SPDX-License-Identifier: Apache-2.0
// The thread that keeps the search index up, beside the loop: a build of 100,000 products stops nobody.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/result.hpp"
#include "edge/daemon/inbox.hpp"
#include "edge/database/search_index.hpp"
#include "edge/local_api/reader_pool.hpp"

namespace vitrine::edge::io {

class SearchKeeper {
 public:
  // Opens (or makes) the index, so that readers can be opened; the thread starts at start().
  static Result<std::unique_ptr<SearchKeeper>> open(std::string search_path, std::string store_path, database::SearchShop shop);
  void start(daemon::Inbox& inbox, local_api::ReaderPool& readers);
  SearchKeeper(const SearchKeeper&) = delete;
  SearchKeeper& operator=(const SearchKeeper&) = delete;
  ~SearchKeeper();

  void wake();  // something changed in the catalog

 private:
  SearchKeeper(std::string search_path, std::string store_path, database::SearchShop shop,
               std::unique_ptr<database::SearchWriter> writer);
  void run(daemon::Inbox& inbox, local_api::ReaderPool& readers);

  std::string search_path_;
  std::string store_path_;
  database::SearchShop shop_;
  std::unique_ptr<database::SearchWriter> writer_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool wanted_ = true;  // at the start: catch up with what happened before
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace vitrine::edge::io
