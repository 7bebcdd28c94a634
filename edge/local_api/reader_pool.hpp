// SPDX-License-Identifier: Apache-2.0
// Read-only connections for the threads that answer: each has one pair while it answers, then the next thread has it.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/database/search_reader.hpp"

namespace vitrine::edge::local_api {

struct Readers {
  std::unique_ptr<database::Reader> store;
  std::unique_ptr<database::SearchReader> search;
  unsigned generation = 0;
};

class ReaderPool {
 public:
  ReaderPool(std::string store_path, std::string search_path)
      : store_path_(std::move(store_path)), search_path_(std::move(search_path)) {}

  Result<Readers> borrow() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        Readers readers = std::move(idle_.back());
        idle_.pop_back();
        return readers;
      }
    }
    auto store = database::Reader::open(store_path_);
    if (!store) return std::unexpected(store.error());
    auto search = database::SearchReader::open(search_path_);
    if (!search) return std::unexpected(search.error());
    const std::lock_guard lock(mutex_);
    return Readers{std::move(*store), std::move(*search), generation_};
  }

  void give_back(Readers readers) {
    const std::lock_guard lock(mutex_);
    if (readers.generation == generation_) idle_.push_back(std::move(readers));
  }

  // The search file was replaced: connections to the old one end.
  void renew() {
    const std::lock_guard lock(mutex_);
    ++generation_;
    idle_.clear();
  }

 private:
  std::string store_path_;
  std::string search_path_;
  std::mutex mutex_;
  std::vector<Readers> idle_;
  unsigned generation_ = 0;
};

}  // namespace vitrine::edge::local_api
