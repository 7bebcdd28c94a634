// SPDX-License-Identifier: Apache-2.0
// How often one caller may ask: a bucket of tokens a name, bounded in number. Knows no clock.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

#include "base/time_point.hpp"

namespace vitrine::hub::api {

struct Rate {
  double per_second = 1;
  double burst = 1;
};

class RateLimit {
 public:
  RateLimit(Rate rate, std::size_t names_max) : rate_(rate), names_max_(names_max) {}

  // Takes a token; false when there is none.
  bool allow(const std::string& name, MonoMs now);

 private:
  struct Bucket {
    double tokens = 0;
    MonoMs at;
  };
  void forget_full(MonoMs now);

  Rate rate_;
  std::size_t names_max_;
  std::mutex mutex_;
  std::map<std::string, Bucket> buckets_;
};

}  // namespace vitrine::hub::api
