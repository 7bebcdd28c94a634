// SPDX-License-Identifier: Apache-2.0
// The hub's face to browsers and apps: HTTPS, the phone page's files from memory, everything else to the API.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "hub/api/http_types.hpp"

namespace vitrine::hub {

struct HttpsSetup {
  std::string address;
  int port = 0;  // 0: any free one
  std::string cert;
  std::string key;
  std::string web_folder;
  std::vector<std::string> hosts;  // names (without port) by which clients may call
  std::function<api::Answer(const api::Request&)> answer;
};

class HttpsServer {
 public:
  // Serves from now on, on threads of its own. Errors: "certificate_unreadable", "port_in_use", "web_folder_unusable".
  static Result<std::unique_ptr<HttpsServer>> start(HttpsSetup setup);
  ~HttpsServer();  // answers what is under way, and ends
  HttpsServer(const HttpsServer&) = delete;
  HttpsServer& operator=(const HttpsServer&) = delete;

  [[nodiscard]] int port() const;

  struct Impl;

 private:
  explicit HttpsServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The operators' socket: health and metrics, for whoever may open the file.
class AdminServer {
 public:
  // Errors: "socket_unusable".
  static Result<std::unique_ptr<AdminServer>> start(const std::string& socket_path,
                                                    std::function<api::Answer(const std::string& path)> answer);
  ~AdminServer();
  AdminServer(const AdminServer&) = delete;
  AdminServer& operator=(const AdminServer&) = delete;

  struct Impl;

 private:
  explicit AdminServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vitrine::hub
