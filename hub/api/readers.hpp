// SPDX-License-Identifier: Apache-2.0
// Read-only connections for handlers: as many as ask at once, each used by one thread at a time, each answer from one snapshot.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "hub/database/connection.hpp"
#include "hub/database/open.hpp"

namespace vitrine::hub::api {

class Readers {
 public:
  explicit Readers(database::Address address) : address_(std::move(address)) {}

  // A connection with a snapshot open; it goes back when this goes out of scope.
  class Lease {
   public:
    Lease(Readers& owner, std::unique_ptr<database::Connection> connection) : owner_(&owner), connection_(std::move(connection)) {
      connection_->begin_read();
    }
    Lease(Lease&&) = default;
    ~Lease() {
      if (!connection_) return;
      auto failed = connection_->failure();
      connection_->rollback();
      connection_->take_failure();
      if (failed) {
        broken() = std::move(failed);
      } else {
        owner_->give_back(std::move(connection_));
      }
    }
    [[nodiscard]] std::optional<Error> failure() const { return connection_->failure(); }
    [[nodiscard]] database::Connection& operator*() const { return *connection_; }

   private:
    Readers* owner_;
    std::unique_ptr<database::Connection> connection_;
  };

  // Errors: those of opening the database, and of a server that is gone.
  Result<Lease> take() {
    auto connection = idle_or_new();
    if (!connection) return std::unexpected(connection.error());
    Lease lease(*this, std::move(*connection));
    if (auto failed = lease.failure()) return std::unexpected(std::move(*failed));
    return lease;
  }

  // Why a reading of this thread failed half-way since this was asked last: what it answered with is not to be believed.
  static std::optional<Error> take_broken() { return std::exchange(broken(), std::nullopt); }

 private:
  static std::optional<Error>& broken() {
    thread_local std::optional<Error> error;
    return error;
  }

  Result<std::unique_ptr<database::Connection>> idle_or_new() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
      }
    }
    return database::open_hub_reader(address_);
  }

  void give_back(std::unique_ptr<database::Connection> connection) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }

  database::Address address_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<database::Connection>> idle_;
};

}  // namespace vitrine::hub::api
