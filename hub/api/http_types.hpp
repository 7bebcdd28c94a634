// SPDX-License-Identifier: Apache-2.0
// A request and an answer as the API sees them; the HTTP library stays in hub/io.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace vitrine::hub::api {

struct Request {
  std::string method;
  std::string path;                          // decoded, without query
  std::map<std::string, std::string> query;  // decoded; the first of several of one name
  std::string body;
  std::string content_type;
  std::string cookie;         // the value of vitrine_session
  std::string bearer;         // of "Authorization: Bearer …"
  std::string if_none_match;  // as sent
  std::string if_match;
  std::string idempotency_key;  // of a platform
  std::string guard;            // the header X-Vitrine, which a page of another origin cannot send
  std::string caller;           // address, for the rate limit; never logged
};

struct Answer {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

}  // namespace vitrine::hub::api
