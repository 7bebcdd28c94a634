// SPDX-License-Identifier: Apache-2.0
// What a counter says and hears on the wire, for the tests of its codecs.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

#include "kiosk/io/counter_codec.hpp"

namespace vitrine::kiosk {

inline const std::string request_id(32, 'e');

template <class What>
CounterRequest of(What what) {
  return {{1, 2}, std::string(64, 'a'), std::move(what)};
}

// The body of what is asked.
template <class What>
nlohmann::json sent(What what) {
  return nlohmann::json::parse(encode(of(std::move(what)), request_id, "counter-1"));
}

}  // namespace vitrine::kiosk
