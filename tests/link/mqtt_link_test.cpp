// SPDX-License-Identifier: Apache-2.0
// MqttLink against a real broker over real TLS: what arrives, what is never kept, what a refusal leaves unacknowledged.
#include "link/mqtt_link.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <thread>

#include "tests/broker/test_broker.hpp"

using namespace vitrine;
using namespace vitrine::link;
using test::TestBroker;

namespace {

// What a link has said, for a test thread to wait on.
class Observed {
 public:
  MqttSetup setup(const TestBroker& broker, const test::ClientFiles& files, const std::string& name,
                  std::vector<std::string> topics) {
    MqttSetup result;
    result.target = {"127.0.0.1", broker.port(), files.ca, files.cert, files.key, name, 5};
    result.subscriptions = std::move(topics);
    result.connected = [this] { note([this] { ++connected; }); };
    result.disconnected = [this](const Error&) { note([this] { ++disconnected; }); };
    result.attempt_failed = [this](const Error& why) { note([this, &why] { failures.push_back(why); }); };
    result.received = [this](MqttMessage message) {
      bool taken = true;
      note([&] {
        taken = messages.size() < room;
        if (taken) messages.push_back(std::move(message));
      });
      return taken;
    };
    return result;
  }

  template <class Condition>
  bool wait_for(Condition condition, int seconds = 15) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(seconds), condition);
  }

  // What is read while the link goes on is read under the lock.
  template <class Look>
  auto look(Look at) {
    const std::lock_guard lock(mutex_);
    return at();
  }
  Error first_failure() {
    return look([this] { return failures.front(); });
  }

  int connected = 0;
  int disconnected = 0;
  std::size_t room = 1'000'000;
  std::vector<Error> failures;
  std::vector<MqttMessage> messages;

 private:
  template <class Change>
  void note(Change change) {
    const std::lock_guard lock(mutex_);
    change();
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
};

MqttMessage message(const std::string& topic, const std::string& payload) {
  MqttMessage result;
  result.topic = topic;
  result.payload = payload;
  result.content_type = "application/json";
  return result;
}

}  // namespace

TEST_CASE("a message arrives with its content type and correlation, at once") {
  TestBroker broker;
  const auto files = broker.client("one");
  Observed seen;
  const auto link = MqttLink::start(seen.setup(broker, files, "one", {"t/#"}));
  REQUIRE(link);
  REQUIRE(seen.wait_for([&] { return seen.connected == 1; }));
  CHECK((*link)->is_connected());

  const auto began = std::chrono::steady_clock::now();
  MqttMessage sent = message("t/a", "{\"n\":1}");
  sent.correlation = std::string("\x00\x01\xff", 3);
  sent.expires_after_s = 60;
  REQUIRE((*link)->publish(sent));
  REQUIRE(seen.wait_for([&] { return seen.messages.size() == 1; }));
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::milliseconds(400));
  CHECK(seen.messages[0].topic == "t/a");
  CHECK(seen.messages[0].payload == "{\"n\":1}");
  CHECK(seen.messages[0].content_type == "application/json");
  CHECK(seen.messages[0].correlation == sent.correlation);

  CHECK((*link)->publish(message("t/a", std::string(payload_bytes_max + 1, 'x'))).error().code == "message_too_large");
}

TEST_CASE("a burst of small and large messages arrives whole and in order") {
  TestBroker broker;
  Observed seen;
  const auto link = MqttLink::start(seen.setup(broker, broker.client("one"), "one", {"t"}));
  REQUIRE(seen.wait_for([&] { return seen.connected == 1; }));
  constexpr std::size_t count = 600;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t size = i % 50 == 0 ? 90'000 : 20;
    REQUIRE((*link)->publish(message("t", std::to_string(i) + ":" + std::string(size, 'x'))));
  }
  REQUIRE(seen.wait_for([&] { return seen.messages.size() == count; }, 30));
  for (std::size_t i = 0; i < count; ++i) {
    const std::string expected = std::to_string(i) + ":";
    REQUIRE(seen.messages[i].payload.starts_with(expected));
  }
  CHECK(broker.log().find("Received PUBACK from one (Mid: 3,") != std::string::npos);  // how an acknowledgement looks in the log
}

TEST_CASE("a broker that dies is noticed, nothing is kept for it, and its return is used") {
  TestBroker broker;
  Observed seen;
  const auto link = MqttLink::start(seen.setup(broker, broker.client("one"), "one", {"t"}));
  REQUIRE(seen.wait_for([&] { return seen.connected == 1; }));
  broker.kill();
  REQUIRE(seen.wait_for([&] { return seen.disconnected == 1; }));
  CHECK((*link)->publish(message("t", "offline")).error().code == "not_connected");
  (*link)->connect_now();
  REQUIRE(seen.wait_for([&] { return !seen.failures.empty(); }));
  CHECK(seen.first_failure().code == "broker_unreachable");

  broker.start();
  (*link)->connect_now();
  REQUIRE(seen.wait_for([&] { return seen.connected == 2; }, 40));
  REQUIRE((*link)->publish(message("t", "online")));
  REQUIRE(seen.wait_for([&] { return !seen.messages.empty(); }));
  CHECK(seen.messages.front().payload == "online");
}

TEST_CASE("a broker that is not there is noticed at once, and waiting for it costs nothing") {
  TestBroker broker;
  const auto files = broker.client("one");
  Observed seen;
  auto setup = seen.setup(broker, files, "one", {"t"});
  setup.target.port = test::free_port();  // nobody listens
  const auto began = std::chrono::steady_clock::now();
  const std::clock_t cpu = std::clock();
  const auto link = MqttLink::start(setup);
  REQUIRE(seen.wait_for([&] { return !seen.failures.empty(); }));
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(2));
  CHECK(seen.first_failure().code == "broker_unreachable");
  std::this_thread::sleep_for(std::chrono::seconds(3));
  CHECK((std::clock() - cpu) * 1000 / CLOCKS_PER_SEC < 500);  // ms of CPU
}

TEST_CASE("an unknown authority is named as such, on both sides") {
  TestBroker broker;
  const auto own = broker.client("one");
  const auto strange = broker.stranger("one");
  Observed broker_unknown;
  const auto first = MqttLink::start(broker_unknown.setup(broker, {strange.ca, own.cert, own.key}, "one", {}));
  REQUIRE(broker_unknown.wait_for([&] { return !broker_unknown.failures.empty(); }));
  CAPTURE(broker_unknown.first_failure().message);
  CHECK(broker_unknown.first_failure().code == "broker_certificate");
  CHECK(broker_unknown.first_failure().message.find("certificate verify failed") != std::string::npos);

  Observed client_unknown;
  const auto second = MqttLink::start(client_unknown.setup(broker, {own.ca, strange.cert, strange.key}, "one", {}));
  REQUIRE(client_unknown.wait_for([&] { return !client_unknown.failures.empty(); }));
  CHECK(client_unknown.look([&] { return client_unknown.connected; }) == 0);

  Observed none;
  CHECK(MqttLink::start(none.setup(broker, {own.ca, "nowhere.crt", own.key}, "one", {})).error().code ==
        "certificate_unreadable");
}

TEST_CASE("the will tells of a lost client, never of one that says good-bye") {
  TestBroker broker;
  Observed seen;
  const auto watcher = MqttLink::start(seen.setup(broker, broker.client("watcher"), "watcher", {"status/#"}));
  REQUIRE(seen.wait_for([&] { return seen.connected == 1; }));

  Observed other;
  const auto files = broker.client("other");
  auto setup = other.setup(broker, files, "other", {});
  setup.will = message("status/other", "gone");
  auto link = MqttLink::start(setup);
  REQUIRE(other.wait_for([&] { return other.connected == 1; }));
  (*link)->publish(message("status/other", "leaving"));
  link->reset();
  REQUIRE(seen.wait_for([&] { return seen.messages.size() == 1; }));
  CHECK(seen.messages[0].payload == "leaving");

  link = MqttLink::start(setup);
  REQUIRE(other.wait_for([&] { return other.connected == 2; }));
  (*link)->drop();
  REQUIRE(seen.wait_for([&] { return seen.messages.size() == 2; }));
  CHECK(seen.messages[1].payload == "gone");
}

TEST_CASE("a message that found no room is not acknowledged") {
  TestBroker broker;
  Observed seen;
  seen.room = 2;
  const auto link = MqttLink::start(seen.setup(broker, broker.client("full"), "full", {"t"}));
  REQUIRE(seen.wait_for([&] { return seen.connected == 1; }));
  Observed sender_seen;
  const auto sender = MqttLink::start(sender_seen.setup(broker, broker.client("sender"), "sender", {}));
  REQUIRE(sender_seen.wait_for([&] { return sender_seen.connected == 1; }));
  for (int i = 1; i <= 3; ++i) REQUIRE((*sender)->publish(message("t", std::to_string(i))));
  REQUIRE(seen.wait_for([&] { return seen.disconnected == 1; }));
  CHECK(seen.look([&] { return seen.messages.size(); }) == 2);
  // The broker's own log: it sent the third, and was never told that it arrived. (A guard against a library update.)
  const std::string log = broker.log();
  CHECK(log.find("Sending PUBLISH to full (d0, q1, r0, m3") != std::string::npos);
  CHECK(log.find("Received PUBACK from full (Mid: 3,") == std::string::npos);
}
