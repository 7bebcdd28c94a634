// SPDX-License-Identifier: Apache-2.0
// Catches up when woken; an index that fails is made anew, and one that cannot be is tried again later.
#include "edge/io/search_keeper.hpp"

#include <malloc.h>

#include <chrono>

#include "base/log.hpp"
#include "edge/io/box.hpp"

namespace vitrine::edge::io {

namespace {

constexpr std::chrono::milliseconds gather{200};  // several commits, one step
constexpr std::chrono::seconds try_again{30};
constexpr std::chrono::seconds look_at_prices{60};  // prices change by themselves; facets may be this late

}  // namespace

Result<std::unique_ptr<SearchKeeper>> SearchKeeper::open(std::string search_path, std::string store_path,
                                                         database::SearchShop shop) {
  auto writer = database::SearchWriter::open(search_path, store_path, shop);
  if (!writer) return std::unexpected(writer.error());
  return std::unique_ptr<SearchKeeper>(
      new SearchKeeper(std::move(search_path), std::move(store_path), std::move(shop), std::move(*writer)));
}

SearchKeeper::SearchKeeper(std::string search_path, std::string store_path, database::SearchShop shop,
                           std::unique_ptr<database::SearchWriter> writer)
    : search_path_(std::move(search_path)),
      store_path_(std::move(store_path)),
      shop_(std::move(shop)),
      writer_(std::move(writer)) {}

void SearchKeeper::start(daemon::Inbox& inbox, local_api::ReaderPool& readers) {
  thread_ = std::thread([this, &inbox, &readers] { run(inbox, readers); });
}

SearchKeeper::~SearchKeeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void SearchKeeper::wake() {
  {
    const std::lock_guard lock(mutex_);
    wanted_ = true;
  }
  woken_.notify_all();
}

void SearchKeeper::run(daemon::Inbox& inbox, local_api::ReaderPool& readers) {
  std::unique_lock lock(mutex_);
  for (;;) {
    woken_.wait_for(lock, look_at_prices, [this] { return wanted_ || stopping_; });
    woken_.wait_for(lock, gather, [this] { return stopping_; });
    if (stopping_) return;
    wanted_ = false;
    lock.unlock();
    if (!writer_) {
      if (auto writer = database::SearchWriter::open(search_path_, store_path_, shop_)) {
        writer_ = std::move(*writer);
        readers.renew();
      }
    }
    auto progress = writer_ ? writer_->catch_up(box_clock().utc) : fail("database_refused", "the search index cannot be opened");
    lock.lock();
    if (!progress) {
      log::error("the search index is behind", {{"code", progress.error().code}, {"reason", progress.error().message}});
      if (progress.error().code == "database_damaged") writer_.reset();
      woken_.wait_for(lock, try_again, [this] { return stopping_; });
      wanted_ = true;
      continue;
    }
    if (progress->built) {
      log::notice("the search index was built");
      malloc_trim(0);  // the first fill and this were the largest things that happen here
    }
    if (progress->built || progress->changes > 0) inbox.push_notice(daemon::SearchReached{progress->journal_n});
    wanted_ = wanted_ || progress->more;
  }
}

}  // namespace vitrine::edge::io
