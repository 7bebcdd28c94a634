// SPDX-License-Identifier: Apache-2.0
// An event as it goes out: CloudEvents 1.0 in JSON, signed as Standard Webhooks are (docs/WEBHOOKS.md). Names the order or the
// conversation, its state and its store, and nobody.
#pragma once

#include <string>
#include <string_view>

#include "base/time_point.hpp"
#include "hub/database/webhooks.hpp"
#include "sync/ends/chance.hpp"

namespace vitrine::hub::api {

inline constexpr std::string_view cloud_event_type = "application/cloudevents+json; charset=utf-8";

// `source`: the hub's address, "https://shop.example". The same event gives the same bytes.
std::string cloud_event(const database::WebhookEvent& event, const std::string& source);

// "v1,<base64>": HMAC-SHA256 of "<id>.<seconds>.<body>" by the endpoint's secret.
std::string webhook_signature(const std::string& secret, const std::string& id, std::int64_t at_s, const std::string& body);

// "whsec_" and the base64 of the secret's bytes: how it is given to the receiver.
std::string webhook_secret_text(const std::string& secret);
std::string make_webhook_secret();

// What becomes of a delivery after a try; `failure` empty: it arrived.
database::DeliveryEnd after_try(const database::DueDelivery& delivery, const std::string& failure, std::int64_t give_up_ms,
                                const sync::ends::Chance& chance, UtcMs now);

}  // namespace vitrine::hub::api
