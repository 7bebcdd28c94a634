// SPDX-License-Identifier: Apache-2.0
// Who is signed in at which device: in memory alone, so that whoever restarts the daemon signs in again. Tokens are kept as
// hashes.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "sync/protocol/staff_codec.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::int64_t session_life_ms = 12LL * 3600 * 1000;  // a shift; nobody is signed in for longer
inline constexpr std::size_t sessions_max = 200;

struct Session {
  std::string staff;
  std::string device;
  MonoMs began;
  MonoMs touched;
  bool locked = false;
};

class Sessions {
 public:
  // The token, 64 hex digits. Whoever was signed in at the device is no longer: `before` is their number. Errors: "busy" when too
  // many are signed in.
  Result<std::string> begin(const std::string& staff, const std::string& device, MonoMs now, std::string* before = nullptr);
  // The session as it stands by now. Errors: "sign_in_needed" without a token; "session_over" for one that has ended, or never
  // was, or is another device's; "session_locked" unless `locked_too`.
  Result<Session> find(std::string_view token, const std::string& device, const sync::protocol::StaffRules& rules, MonoMs now,
                       bool locked_too = false);
  void touch(std::string_view token, MonoMs now);
  void lock(std::string_view token);
  void unlock(std::string_view token, MonoMs now);
  void end(std::string_view token);
  // Those that are not over, as they stand by now.
  [[nodiscard]] std::vector<Session> all(const sync::protocol::StaffRules& rules, MonoMs now) const;
  // Everywhere.
  [[nodiscard]] std::size_t count() const;

 private:
  using Key = std::array<unsigned char, 32>;
  static Key key_of(std::string_view token);

  mutable std::mutex mutex_;
  std::map<Key, Session> sessions_;
};

}  // namespace vitrine::edge::local_api
