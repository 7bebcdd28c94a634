// SPDX-License-Identifier: Apache-2.0
// A counter's half of the local API: where each request goes, its body, and the answers judged once.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "kiosk/model/counter_request.hpp"

namespace vitrine::kiosk {

std::string path_of(const CounterRequest& request);
// Empty: it is a GET.
std::string encode(const CounterRequest& request, const std::string& request_id, const std::string& device);
// Error "answer_malformed".
Result<CounterAnswer> decode_counter(const CounterRequest& request, std::string_view body);
// What a problem document says beside its code.
RefusalHints decode_hints(std::string_view problem);
// A change must not be lost to a restart of the edge, nor to the end of a visit.
bool changes_something(const CounterRequest& request);
void wipe_counter_request(CounterRequest& request);

}  // namespace vitrine::kiosk
