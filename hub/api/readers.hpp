// SPDX-License-Identifier: Apache-2.0
// Read-only connections for handlers: as many as ask at once, each used by one thread at a time, each answer from one snapshot.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "hub/database/open.hpp"
#include "sqlite/connection.hpp"

namespace vitrine::hub::api {

class Readers {
 public:
  explicit Readers(std::string state_folder) : state_folder_(std::move(state_folder)) {}

  // A connection with a snapshot open; it goes back when this goes out of scope.
  class Lease {
   public:
    Lease(Readers& owner, std::unique_ptr<sqlite::Connection> connection) : owner_(&owner), connection_(std::move(connection)) {
      connection_->begin_read();
    }
    Lease(Lease&&) = default;
    ~Lease() {
      if (!connection_) return;
      connection_->rollback();
      const bool sound = !connection_->take_failure();
      if (sound) owner_->give_back(std::move(connection_));
    }
    [[nodiscard]] sqlite::Connection& operator*() const { return *connection_; }

   private:
    Readers* owner_;
    std::unique_ptr<sqlite::Connection> connection_;
  };

  // Errors: those of opening the database.
  Result<Lease> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return Lease(*this, std::move(connection));
      }
    }
    auto opened = database::open_hub_reader(state_folder_);
    if (!opened) return std::unexpected(opened.error());
    return Lease(*this, std::move(*opened));
  }

 private:
  void give_back(std::unique_ptr<sqlite::Connection> connection) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }

  std::string state_folder_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<sqlite::Connection>> idle_;
};

}  // namespace vitrine::hub::api
