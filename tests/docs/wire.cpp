// SPDX-License-Identifier: Apache-2.0
// One client at a broker, for tests in other languages: what arrives is unpacked and written to standard output, one JSON
// object a line {"topic","content_type","retain","bytes","text"}; lines of standard input, "<topic> <JSON>", are packed and
// published.
//   wire <host> <port> <ca> <cert> <key> <client id> <subscription>…
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <string>

#include "link/mqtt_link.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/protocol/payload.hpp"

using namespace vitrine;

namespace {

std::mutex output;

void say(const std::string& line) {
  const std::lock_guard lock(output);
  std::fputs((line + "\n").c_str(), stdout);
  std::fflush(stdout);
}

bool take(const link::MqttMessage& message) {
  sync::protocol::JsonWriter line;
  line.object().field("topic", message.topic).field("content_type", message.content_type).field("retain", message.retain);
  line.field("bytes", message.payload.size());
  const auto text = sync::protocol::unpack(message.payload, message.content_type);
  if (text) {
    line.field("text", *text);
  } else {
    line.field("unreadable", text.error().code);
  }
  say(line.end_object().take());
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 8) return 2;
  link::MqttSetup setup;
  setup.target = {arguments[1], std::atoi(arguments[2]), arguments[3], arguments[4], arguments[5], arguments[6], 20};
  for (int i = 7; i < count; ++i) setup.subscriptions.emplace_back(arguments[i]);
  setup.connected = [] { say(R"({"connected":true})"); };
  setup.disconnected = [](const Error& why) { std::cerr << "disconnected: " << why.message << "\n"; };
  setup.attempt_failed = [](const Error& why) { std::cerr << "not connected: " << why.message << "\n"; };
  setup.received = take;
  const auto link = link::MqttLink::start(std::move(setup));
  if (!link) {
    std::cerr << link.error().message << "\n";
    return 1;
  }
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) return 2;
    const auto packed = sync::protocol::pack(line.substr(space + 1));
    if (!packed) return 1;
    const auto sent = (*link)->publish({line.substr(0, space), packed->bytes, std::string(packed->content_type), {}, false, 60});
    if (!sent) std::cerr << sent.error().message << "\n";
  }
  return 0;
}
