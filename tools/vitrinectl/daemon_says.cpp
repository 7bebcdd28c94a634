// SPDX-License-Identifier: Apache-2.0
// Over the operators' socket.
#include "tools/vitrinectl/daemon_says.hpp"

#include <httplib.h>
#include <sys/socket.h>

#include <filesystem>

namespace vitrine::ctl {

namespace {

constexpr int answer_within_s = 5;

}  // namespace

Result<std::optional<std::string>> daemon_says(const std::string& socket, const std::string& path) {
  std::error_code none;
  if (!std::filesystem::exists(socket, none)) return std::nullopt;
  httplib::Client client(socket);
  client.set_address_family(AF_UNIX);
  client.set_connection_timeout(answer_within_s);
  client.set_read_timeout(answer_within_s);
  const auto answer = client.Get(path);
  if (!answer) return std::nullopt;
  if (answer->status != 200) return fail("daemon_odd", "the daemon answers " + std::to_string(answer->status) + " to " + path);
  return answer->body;
}

}  // namespace vitrine::ctl
