// SPDX-License-Identifier: Apache-2.0
// Promotions and taxes of each zone, decoded once for as long as its streams stand still.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "hub/database/connection.hpp"
#include "sync/pricing/pricing.hpp"

namespace vitrine::hub::api {

class PriceBooks {
 public:
  // As the connection's snapshot has it. A promotion that cannot be read is left out.
  std::shared_ptr<const sync::pricing::PriceBook> of(database::Connection& connection, const std::string& zone,
                                                     const std::string& currency);

 private:
  struct Kept {
    std::string as_of;  // heads of the zone's streams
    std::shared_ptr<const sync::pricing::PriceBook> book;
  };

  std::mutex mutex_;
  std::map<std::string, Kept> kept_;  // by zone
};

}  // namespace vitrine::hub::api
