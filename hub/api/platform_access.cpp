// SPDX-License-Identifier: Apache-2.0
// What every call of a platform passes: its credential, its scope, its rate, and for a change its idempotency key.
#include <sodium.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/api/api_impl.hpp"
#include "hub/enrolment/platform_credential.hpp"

namespace vitrine::hub::api {

using database::PlatformRow;
using database::Platforms;

namespace {

constexpr std::size_t key_bytes_min = 8;
constexpr std::size_t key_bytes_max = 64;

bool is_key(const std::string& key) {
  return key.size() >= key_bytes_min && key.size() <= key_bytes_max &&
         std::ranges::all_of(key, [](char c) { return c > ' ' && c < 0x7f; });
}

// The same key with another question is a mistake of the caller.
std::string hash_of(const Request& request) {
  crypto_generichash_state state;
  std::string hash(32, '\0');
  crypto_generichash_init(&state, nullptr, 0, hash.size());
  for (const std::string* part : {&request.method, &request.path, &request.if_match, &request.body}) {
    const std::uint64_t size = part->size();
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&size), sizeof size);
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part->data()), part->size());
  }
  crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(hash.data()), hash.size());
  return hash;
}

}  // namespace

std::expected<PlatformRow, Answer> Api::Impl::platform_of(const Call& call, std::string_view scope) {
  const auto refuse = [&] {
    ++credentials_refused;
    Answer answer = problem(401, "credential_unknown", "send Authorization: Bearer with what `vitrine-hub platform add` printed");
    answer.headers.emplace_back("WWW-Authenticate", "Bearer");
    return std::unexpected(std::move(answer));
  };
  const auto hash = hash_of_credential(call.request.bearer);
  if (!hash) return refuse();
  auto lease = readers.take();
  if (!lease) return std::unexpected(database_problem(lease.error()));
  auto platform = Platforms(**lease).by_hash(*hash);
  if (!platform) return refuse();
  if (!by_platform.allow(platform->name, call.now.mono)) {
    Answer answer = problem(429, "too_many_requests");
    answer.headers.emplace_back("Retry-After", "2");
    return std::unexpected(std::move(answer));
  }
  if (std::ranges::find(platform->scopes, scope) == platform->scopes.end())
    return std::unexpected(problem(403, "scope_missing", "this credential was not made for " + std::string(scope)));
  return std::move(*platform);
}

Answer Api::Impl::once(const Call& call, const PlatformRow& platform, const std::function<Answer(Desk&)>& work) {
  const std::string& key = call.request.idempotency_key;
  if (!is_key(key)) {
    return problem(
        400, "idempotency_key_missing",
        "every POST carries Idempotency-Key: 8 to 64 printable ASCII characters, new for each thing that is to be done");
  }
  const std::string asked = hash_of(call.request);
  bool repeated = false;
  Answer answer = through_engine(*setup.engine, [&](Desk& desk) {
    Platforms platforms(desk.authority.connection());
    if (auto before = platforms.answered(platform.name, key)) {
      if (before->asked != asked) return problem(422, "idempotency_key_reused", "another question was asked under this key");
      repeated = true;
      Answer again;
      again.status = before->status;
      again.body = std::move(before->body);
      if (!before->tag.empty()) again.headers.emplace_back("ETag", before->tag);
      again.headers.emplace_back("Idempotency-Replayed", "true");
      return again;
    }
    Answer done = work(desk);
    // What is refused has changed nothing, and is judged anew when it is asked again.
    if (done.status >= 300) return done;
    const auto tag = std::ranges::find(done.headers, std::string("ETag"), &std::pair<std::string, std::string>::first);
    platforms.put_answered(platform.name, key,
                           {asked, done.status, done.body, tag == done.headers.end() ? std::string() : tag->second},
                           desk.now.utc);
    return done;
  });
  if (repeated) ++repeats;
  return answer;
}

}  // namespace vitrine::hub::api
