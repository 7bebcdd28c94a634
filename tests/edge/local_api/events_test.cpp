// SPDX-License-Identifier: Apache-2.0
// Event streams over their real socket: the greeting, what changed, going on after a cut, and the bound on streams.
#include <sys/socket.h>

#include <doctest/doctest.h>
#include <httplib.h>

#include <chrono>
#include <condition_variable>
#include <list>

#include "tests/edge/test_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using namespace std::chrono_literals;

namespace {

// A kiosk that listens on a thread of its own.
class Listener {
 public:
  explicit Listener(const TestShop& shop, const std::string& last_event_id = "") : client_(shop.events_socket()) {
    client_.set_address_family(AF_UNIX);
    httplib::Headers headers;
    if (!last_event_id.empty()) headers.emplace("Last-Event-ID", last_event_id);
    thread_ = std::thread([this, headers] {
      const auto result = client_.Get("/v1/events", headers, [this](const char* data, std::size_t size) {
        const std::lock_guard lock(mutex_);
        text_.append(data, size);
        heard_.notify_all();
        return !stop_;
      });
      const std::lock_guard lock(mutex_);
      ended_ = true;
      status_ = result ? result->status : 0;
      heard_.notify_all();
    });
  }
  ~Listener() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    client_.stop();
    thread_.join();
  }
  bool hears(const std::string& words, std::chrono::milliseconds within = 5000ms) {
    std::unique_lock lock(mutex_);
    return heard_.wait_for(lock, within, [&] { return text_.find(words) != std::string::npos; });
  }
  bool ends(std::chrono::milliseconds within = 5000ms) {
    std::unique_lock lock(mutex_);
    return heard_.wait_for(lock, within, [&] { return ended_; });
  }
  std::string text() {
    const std::lock_guard lock(mutex_);
    return text_;
  }
  // The id of the last event in the text.
  std::string last_id() {
    const std::string all = text();
    const std::size_t at = all.rfind("id: ") + 4;
    return all.substr(at, all.find('\n', at) - at);
  }

 private:
  httplib::Client client_;
  std::mutex mutex_;
  std::condition_variable heard_;
  std::string text_;
  bool stop_ = false;
  bool ended_ = false;
  int status_ = 0;
  std::thread thread_;
};

void add(TestShop& shop, int request) {
  const local_api::Reply reply =
      shop.api->answer({"POST",
                        "/v1/carts/" + test_cart + "/actions",
                        {},
                        R"({"request":")" + test_request(request) + R"(","device":"kiosk-1","action":"add","sku":"47566"})"});
  REQUIRE(reply.status == 200);
}

const std::string cart_event = "event: cart\ndata: {\"cart\":\"" + test_cart + "\"}\n\n";

bool within(std::chrono::milliseconds time, const std::function<bool()>& holds) {
  for (const auto end = std::chrono::steady_clock::now() + time; std::chrono::steady_clock::now() < end;) {
    if (holds()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return holds();
}

}  // namespace

TEST_CASE("a stream greets, then tells what changes") {
  TestShop shop;
  shop.fill();
  shop.start();
  Listener kiosk(shop);
  CHECK(kiosk.hears("event: hello\ndata: {\"store\":\"harbour-street\",\"link\":{\"online\":true"));
  CHECK(within(2s, [&] { return shop.streams == 1; }));
  add(shop, 1);
  CHECK(kiosk.hears(cart_event));
  shop.hub_puts({put("stock", "harbour-street/47566", R"({"store":"harbour-street","sku":"47566","on_hand":1})")});
  CHECK(kiosk.hears("event: catalog\ndata: {}"));
  // Of which receipt is nobody's business.
  shop.hub_puts({put("receipt", "BCDFGHJKMNPQ", R"({"since":1,"returns":[],"expires_at":99999999999999})")});
  CHECK(kiosk.hears("event: returns\ndata: {}\n"));
  CHECK(kiosk.text().find("BCDFGHJKMNPQ") == std::string::npos);
  shop.inbox.push_notice(daemon::HubDisconnected{});
  CHECK(kiosk.hears("event: link\ndata: {\"online\":false"));
}

TEST_CASE("a kiosk that was cut off goes on where it was") {
  TestShop shop;
  shop.fill();
  shop.start();
  std::string last;
  {
    Listener kiosk(shop);
    REQUIRE(kiosk.hears("event: hello"));
    add(shop, 1);
    REQUIRE(kiosk.hears(cart_event));
    last = kiosk.last_id();
  }
  add(shop, 2);
  add(shop, 3);
  Listener again(shop, last);
  CHECK(again.hears("id: " + std::to_string(std::stoull(last) + 2) + "\n" + cart_event));
  CHECK(again.text().find("resync") == std::string::npos);
  CHECK(again.text().find("id: " + std::to_string(std::stoull(last) + 1) + "\n" + cart_event) != std::string::npos);
}

TEST_CASE("a kiosk that missed too much, or knew another life, is told to read anew") {
  TestShop shop;
  shop.fill();
  shop.start();
  for (std::size_t i = 0; i <= local_api::EventFeed::kept_max; ++i) shop.feed.publish("catalog", "{}");
  Listener old(shop, "1");
  CHECK(old.hears("event: resync"));
  Listener stranger(shop, "999999");
  CHECK(stranger.hears("event: resync"));
  Listener fresh(shop);
  REQUIRE(fresh.hears("event: hello"));
  shop.feed.lose_track();
  CHECK(fresh.hears("event: resync"));
}

TEST_CASE("streams are bounded, free again when a kiosk leaves, and never take the answering threads") {
  TestShop shop;
  shop.fill();
  shop.start();
  std::list<Listener> kiosks;
  for (std::size_t i = 0; i < io::event_streams_max; ++i) kiosks.emplace_back(shop);
  CHECK(within(5s, [&] { return shop.streams == io::event_streams_max; }));
  {
    Listener one_more(shop);
    CHECK(one_more.hears("too_many_streams"));
    CHECK(one_more.ends());
  }
  httplib::Client client(shop.api_socket());
  client.set_address_family(AF_UNIX);
  const auto health = client.Get("/v1/health");
  REQUIRE(static_cast<bool>(health));
  CHECK(health->body.find("\"kiosks\":32") != std::string::npos);
  add(shop, 1);
  for (Listener& kiosk : kiosks) CHECK(kiosk.hears(cart_event));
  kiosks.pop_back();
  CHECK(within(5s, [&] { return shop.streams == io::event_streams_max - 1; }));
}

TEST_CASE("stopping ends open streams at once") {
  TestShop shop;
  shop.fill();
  shop.start();
  Listener kiosk(shop);
  REQUIRE(kiosk.hears("event: hello"));
  const auto before = std::chrono::steady_clock::now();
  shop.stop();
  CHECK(std::chrono::steady_clock::now() - before < 2s);
  CHECK(kiosk.ends());
}
