// SPDX-License-Identifier: Apache-2.0
// The clock here is the one that nobody sets.
#include "edge/local_api/sessions.hpp"

#include <sodium.h>

#include <algorithm>

namespace vitrine::edge::local_api {

namespace {

constexpr std::size_t token_bytes = 32;

bool is_over(const Session& session, const sync::protocol::StaffRules& rules, MonoMs now) {
  return session.touched.plus(rules.lock_ms + rules.end_ms) <= now || session.began.plus(session_life_ms) <= now;
}

}  // namespace

Sessions::Key Sessions::key_of(std::string_view token) {
  Key key{};
  crypto_generichash(key.data(), key.size(), reinterpret_cast<const unsigned char*>(token.data()), token.size(), nullptr, 0);
  return key;
}

Result<std::string> Sessions::begin(const std::string& staff, const std::string& device, MonoMs now, std::string* before) {
  std::array<unsigned char, token_bytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::string token(2 * token_bytes + 1, '\0');
  sodium_bin2hex(token.data(), token.size(), bytes.data(), bytes.size());
  token.pop_back();  // its own end
  const std::lock_guard lock(mutex_);
  for (auto at = sessions_.begin(); at != sessions_.end();) {
    if (at->second.device != device) {
      ++at;
      continue;
    }
    if (before != nullptr) *before = at->second.staff;
    at = sessions_.erase(at);
  }
  if (sessions_.size() >= sessions_max) return fail("busy", "too many are signed in");
  sessions_.emplace(key_of(token), Session{staff, device, now, now, false});
  return token;
}

Result<Session> Sessions::find(std::string_view token, const std::string& device, const sync::protocol::StaffRules& rules,
                               MonoMs now, bool locked_too) {
  if (token.empty()) return fail("sign_in_needed", "somebody must sign in at this counter");
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(key_of(token));
  if (found == sessions_.end() || found->second.device != device || is_over(found->second, rules, now)) {
    if (found != sessions_.end() && found->second.device == device) sessions_.erase(found);
    return fail("session_over", "this session is over; sign in again");
  }
  Session& session = found->second;
  session.locked = session.locked || session.touched.plus(rules.lock_ms) <= now;
  if (session.locked && !locked_too) return fail("session_locked", "this counter is locked; its PIN opens it");
  return session;
}

void Sessions::touch(std::string_view token, MonoMs now) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(key_of(token));
  if (found != sessions_.end()) found->second.touched = now;
}

void Sessions::lock(std::string_view token) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(key_of(token));
  if (found != sessions_.end()) found->second.locked = true;
}

void Sessions::unlock(std::string_view token, MonoMs now) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(key_of(token));
  if (found == sessions_.end()) return;
  found->second.locked = false;
  found->second.touched = now;
}

void Sessions::end(std::string_view token) {
  const std::lock_guard lock(mutex_);
  sessions_.erase(key_of(token));
}

std::vector<Session> Sessions::all(const sync::protocol::StaffRules& rules, MonoMs now) const {
  std::vector<Session> list;
  const std::lock_guard lock(mutex_);
  for (const auto& [key, session] : sessions_) {
    if (is_over(session, rules, now)) continue;
    list.push_back(session);
    list.back().locked = session.locked || session.touched.plus(rules.lock_ms) <= now;
  }
  return list;
}

std::size_t Sessions::count() const {
  const std::lock_guard lock(mutex_);
  return sessions_.size();
}

}  // namespace vitrine::edge::local_api
