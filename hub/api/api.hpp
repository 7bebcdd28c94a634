// SPDX-License-Identifier: Apache-2.0
// The hub's API for the phone page and a retailer's own app (docs/openapi-hub.yaml): a table of routes, no HTTP library.
// Questions read a snapshot; actions run in the engine's transaction and are answered after its commit.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/time_point.hpp"
#include "hub/api/http_types.hpp"
#include "hub/engine/engine.hpp"

namespace vitrine::hub::api {

inline constexpr std::size_t request_body_bytes_max = 64UL * 1024;
inline constexpr std::size_t platform_body_bytes_max = 1024UL * 1024;     // rows of a retailer's platform
inline constexpr std::int64_t session_life_ms = 30LL * 24 * 3600 * 1000;  // unseen for so long, it is over

struct ApiSetup {
  Engine* engine = nullptr;  // outlives the API
  database::Address database;
  std::string keys_folder;            // of pass keys and stores' certificates
  std::string pictures_folder;        // of products
  std::string authority_certificate;  // the retailer's own, PEM: who may speak for a store
  std::string link_base;
  bool demonstration = false;
  std::function<Now()> clock;
  sync::ends::Chance chance;
};

struct Route {
  std::string_view method;
  std::string_view pattern;  // "/api/v1/products/{product}"
};

// By status class, for metrics.
struct ApiCounts {
  std::uint64_t good = 0;
  std::uint64_t refused = 0;     // 4xx
  std::uint64_t failed = 0;      // 5xx
  std::uint64_t rows_taken = 0;  // of platforms
  std::uint64_t rows_refused = 0;
  std::uint64_t repeats = 0;  // answered as before, by their idempotency key
  std::uint64_t credentials_refused = 0;
  std::uint64_t kept_taken = 0;    // carts that kiosks gave to phones
  std::uint64_t kept_refused = 0;  // not signed by the store that they name
  std::uint64_t coupons_taken = 0;
  std::uint64_t coupons_refused = 0;  // unknown, at the wrong time, or one too many
};

class Api {
 public:
  explicit Api(ApiSetup setup);
  ~Api();
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  // From any thread.
  Answer answer(const Request& request);
  // Another process wrote: keys may be new.
  void read_keys_again();

  [[nodiscard]] ApiCounts counts() const;
  static std::span<const Route> routes();

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

// A problem+json answer (RFC 9457); `code` is stable, `detail` is for developers and never shown.
Answer problem(int status, std::string_view code, std::string_view detail = "");

}  // namespace vitrine::hub::api
