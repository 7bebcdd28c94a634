// SPDX-License-Identifier: Apache-2.0
#include "hub/api/cloud_event.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "sync/protocol/json_input.hpp"

namespace vitrine::hub::api {

namespace {

constexpr std::int64_t first_pause_ms = 1'000;
constexpr std::int64_t pause_ms_max = 600'000;

std::string base64(const unsigned char* bytes, std::size_t size) {
  std::string text(sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes, size, sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the closing zero
  return text;
}

const unsigned char* bytes_of(const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); }

// RFC 3339, in UTC, with milliseconds.
std::string rfc_3339(UtcMs at) {
  using namespace std::chrono;
  const sys_time<milliseconds> time{milliseconds(at.value)};
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss<milliseconds> clock(time - day);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                static_cast<int>(clock.subseconds().count()));
  return text.data();
}

}  // namespace

std::string cloud_event(const database::WebhookEvent& event, const std::string& source) {
  nlohmann::json body = {{"specversion", "1.0"},
                         {"id", event.id},
                         {"source", source},
                         {"type", event.type},
                         {"subject", event.subject},
                         {"time", rfc_3339(event.at)},
                         {"datacontenttype", "application/json"},
                         {"sequence", std::to_string(event.seq)}};
  // "order", "case", "request": what stands between the last two dots.
  const std::size_t end = event.type.rfind('.');
  const std::size_t begin = event.type.rfind('.', end - 1) + 1;
  const std::string subject = event.type.substr(begin, end - begin);
  body["data"] = {{subject, event.subject}, {"state", event.state}};
  body["data"]["store"] = event.store.empty() ? nlohmann::json(nullptr) : nlohmann::json(event.store);
  return sync::protocol::dump(body);
}

std::string webhook_signature(const std::string& secret, const std::string& id, std::int64_t at_s, const std::string& body) {
  const std::string covered = id + "." + std::to_string(at_s) + "." + body;
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(secret), secret.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(covered), covered.size());
  crypto_auth_hmacsha256_final(&state, mac.data());
  return "v1," + base64(mac.data(), mac.size());
}

std::string webhook_secret_text(const std::string& secret) { return "whsec_" + base64(bytes_of(secret), secret.size()); }

std::string make_webhook_secret() {
  std::string secret(32, '\0');
  randombytes_buf(secret.data(), secret.size());
  return secret;
}

database::DeliveryEnd after_try(const database::DueDelivery& delivery, const std::string& failure, std::int64_t give_up_ms,
                                const sync::ends::Chance& chance, UtcMs now) {
  const UtcMs began = delivery.began_at.value == 0 ? now : delivery.began_at;
  database::DeliveryEnd end{"sent", delivery.tries + 1, began, now, failure};
  if (failure.empty()) return end;
  // Twice as long after each try, and none of two receivers' at the same moment: between half and all of it.
  const std::int64_t doublings = std::min<std::int64_t>(delivery.tries, 20);
  const std::int64_t pause = std::min(first_pause_ms << doublings, pause_ms_max);
  end.next_at = now.plus(pause / 2 + chance.below(pause / 2 + 1));
  end.state = end.next_at.value - began.value > give_up_ms ? "dead" : "waiting";
  return end;
}

}  // namespace vitrine::hub::api
