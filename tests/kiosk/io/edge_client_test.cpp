// SPDX-License-Identifier: Apache-2.0
// The client against a server that dies, loses answers, is slow and talks nonsense.
#include "kiosk/io/edge_client.hpp"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "kiosk/io/request_id.hpp"
#include "tests/kiosk/io/edge_stand_in.hpp"
#include "tests/kiosk/io/wait_until.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;

namespace {

struct Kiosk {
  ScratchFolder folder;
  EdgeStandIn edge{folder.file("")};
  Reported<Event> events;
  std::unique_ptr<EdgeClient> client;

  Kiosk() { signal(SIGPIPE, SIG_IGN); }
  void start(const EdgeClientPatience& patience = {}) {
    EdgeClientOptions options;
    options.patience = patience;
    options.api_socket = edge.api_socket();
    options.events_socket = edge.events_socket();
    options.device = "kiosk-1";
    options.new_id = new_request_id;
    options.happened = [this](Event event) {
      events.add(std::move(event));
      return true;
    };
    client = std::make_unique<EdgeClient>(std::move(options));
  }
  template <class T>
  std::vector<T> all() const {
    std::vector<T> out;
    for (const Event& event : events.all()) {
      if (const auto* one = std::get_if<T>(&event)) out.push_back(*one);
    }
    return out;
  }
  template <class T>
  bool comes(std::size_t count = 1) const {
    return wait_until([&] { return all<T>().size() >= count; });
  }
};

ChangeCart add(std::uint64_t number, std::int64_t units = 1) {
  return {.asked = {1, number},
          .cart = sync::CartId(EdgeStandIn::cart_id),
          .action = CartAction::add,
          .line = "22423",
          .sku = sync::Sku("22423"),
          .units = units,
          .shown = {"11111111111111111111111111111111.0"},
          .pass = std::nullopt};
}

}  // namespace

TEST_CASE("what is asked is answered with who asked") {
  Kiosk kiosk;
  kiosk.edge.start();
  kiosk.start();
  REQUIRE(kiosk.comes<EdgeBack>());
  kiosk.client->ask(FetchStore{});
  REQUIRE(kiosk.comes<StoreArrived>());
  CHECK(kiosk.all<StoreArrived>()[0].store.name == "Harbour Street");
  CHECK(kiosk.all<StoreArrived>()[0].store.closes_at == "22:00");
  CHECK(kiosk.all<StoreArrived>()[0].store.opens_at.empty());
  REQUIRE(kiosk.comes<LinkChanged>());
  CHECK(kiosk.all<LinkChanged>()[0].link.online);
  kiosk.client->ask(OpenPass{{3, 1}, "https://127.0.0.1:8443/k#123", UtcMs{5}});
  REQUIRE(kiosk.comes<CartArrived>());
  const CartArrived arrived = kiosk.all<CartArrived>()[0];
  CHECK(arrived.asked == Asked{3, 1});
  CHECK(arrived.cart.first_name == "Amelia");
  REQUIRE(arrived.cart.lines.size() == 1);
  CHECK(arrived.cart.lines[0].units == 6);
  CHECK(arrived.cart.lines[0].title.at("de") == "Teelichthalter Herz");
  CHECK(arrived.cart.lines[0].unit_price == sync::Money{295, "GBP"});
  CHECK(arrived.cart.lines[0].stock->aisle == "3");
  CHECK(arrived.cart.lines[0].stock->freshness == Freshness::fresh);
  CHECK(arrived.cart.pass->version.number == 7);
  CHECK(arrived.cart.totals.to_pay == 6 * 295);
  kiosk.client->ask(OpenPass{{3, 2}, "https://127.0.0.1:8443/k#129", UtcMs{5}});
  REQUIRE(kiosk.comes<PassRefused>());
  CHECK(kiosk.all<PassRefused>()[0].code == "pass_expired");
  CHECK(kiosk.all<PassRefused>()[0].asked == Asked{3, 2});
  kiosk.client->ask(FetchCart{{3, 3}, sync::CartId(std::string(32, 'b'))});
  REQUIRE(kiosk.comes<RequestFailed>());
  CHECK(kiosk.all<RequestFailed>()[0].code == "cart_unknown");
  kiosk.client->ask(add(4, 2));
  REQUIRE(kiosk.comes<CartArrived>(2));
  CHECK(kiosk.all<CartArrived>()[1].cart.lines[0].units == 8);
}

TEST_CASE("the feed's news arrive, also after a reconnect") {
  Kiosk kiosk;
  kiosk.edge.start();
  kiosk.start();
  REQUIRE(kiosk.comes<EdgeBack>());
  kiosk.edge.say("cart", std::string("{\"cart\":\"") + EdgeStandIn::cart_id + "\"}");
  kiosk.edge.say("link", R"({"online":false,"since":5,"last_contact":4,"reason":"refused"})");
  kiosk.edge.say("tomorrow", "{}");
  kiosk.edge.say("cart", "{\"cart\":\"../../etc\"}");
  kiosk.edge.say("catalog", "{}");
  REQUIRE(kiosk.comes<StoreNews>());
  REQUIRE(kiosk.all<CartNews>().size() == 1);
  CHECK(kiosk.all<CartNews>()[0].cart.text == EdgeStandIn::cart_id);
  CHECK_FALSE(kiosk.all<LinkChanged>()[0].link.online);
  kiosk.edge.die();
  REQUIRE(kiosk.comes<EdgeLost>());
  kiosk.edge.start();
  REQUIRE(kiosk.comes<EdgeBack>(2));
  kiosk.edge.say("store", "{}");
  CHECK(kiosk.comes<StoreNews>(2));
}

TEST_CASE("a kiosk that starts before the edge finds it by itself") {
  Kiosk kiosk;
  kiosk.start();
  kiosk.client->ask(FetchStore{});
  std::this_thread::sleep_for(std::chrono::milliseconds(700));
  CHECK(kiosk.events.count() == 0);
  kiosk.edge.start();
  REQUIRE(kiosk.comes<EdgeBack>());
  CHECK(kiosk.comes<StoreArrived>());
  CHECK(kiosk.all<EdgeLost>().empty());
}

TEST_CASE("a change whose answer is lost is repeated with its id and applied once") {
  Kiosk kiosk;
  kiosk.edge.start();
  kiosk.start();
  REQUIRE(kiosk.comes<EdgeBack>());
  kiosk.edge.lose_answers(3);
  kiosk.client->ask(add(1));
  REQUIRE(kiosk.comes<CartArrived>());
  CHECK(kiosk.edge.units() == 7);
  const auto heard = kiosk.edge.heard();
  REQUIRE(heard.size() == 4);
  for (const auto& one : heard) CHECK(one.request_id == heard[0].request_id);
  CHECK(sync::is_hex_128(heard[0].request_id));
}

TEST_CASE("changes survive an edge that dies and returns again and again: none lost, none doubled, in order") {
  Kiosk kiosk;
  kiosk.edge.start();
  kiosk.start({.retry_first_ms = 5, .retry_most_ms = 20});
  std::atomic<bool> done = false;
  std::thread killer([&] {
    while (!done) {
      std::this_thread::sleep_for(std::chrono::milliseconds(80));
      kiosk.edge.lose_answers(1);
      kiosk.edge.die();
      std::this_thread::sleep_for(std::chrono::milliseconds(40));
      kiosk.edge.start();
    }
  });
  constexpr std::uint64_t changes = 60;
  for (std::uint64_t i = 1; i <= changes; ++i) {
    kiosk.client->ask(add(i));
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  const bool answered = kiosk.comes<CartArrived>(changes);
  done = true;
  killer.join();
  REQUIRE(answered);
  CHECK(kiosk.edge.units() == 6 + static_cast<std::int64_t>(changes));
  CHECK(kiosk.edge.applied() == changes);
  CHECK(kiosk.all<RequestFailed>().empty());
  const auto arrived = kiosk.all<CartArrived>();
  for (std::uint64_t i = 0; i < changes; ++i) CHECK(arrived[i].asked.number == i + 1);
}

TEST_CASE("without an edge a person gets an answer in time, and a change is kept for longer") {
  Kiosk kiosk;
  kiosk.start({.retry_most_ms = 50, .give_up_reading_ms = 200, .give_up_changing_ms = 60'000});
  kiosk.client->ask(add(1));
  kiosk.client->ask(OpenPass{{1, 2}, "https://127.0.0.1:8443/k#123", UtcMs{5}});
  REQUIRE(kiosk.comes<RequestFailed>());
  CHECK(kiosk.all<RequestFailed>()[0].asked == Asked{1, 2});
  CHECK(kiosk.all<RequestFailed>()[0].code == "no_answer");
  kiosk.edge.start();
  REQUIRE(kiosk.comes<CartArrived>());
  CHECK(kiosk.edge.units() == 7);
  for (const auto& one : kiosk.edge.heard()) CHECK(one.text.empty());
}

TEST_CASE("an answer that takes too long is repeated and still applied once") {
  Kiosk kiosk;
  kiosk.edge.start();
  kiosk.start({.answer_ms_most = 150});
  REQUIRE(kiosk.comes<EdgeBack>());
  kiosk.edge.be_slow(400);
  kiosk.client->ask(add(1));
  REQUIRE(wait_until([&] { return kiosk.edge.heard().size() >= 2; }));
  kiosk.edge.be_slow(0);
  REQUIRE(kiosk.comes<CartArrived>());
  CHECK(kiosk.edge.units() == 7);
  CHECK(kiosk.edge.applied() == 1);
}

TEST_CASE("what a visit wanted to read goes with it, its changes stay") {
  Kiosk kiosk;
  kiosk.start();
  kiosk.client->ask(OpenPass{{1, 1}, "https://127.0.0.1:8443/k#123", UtcMs{5}});
  kiosk.client->ask(FetchCart{{1, 2}, sync::CartId(EdgeStandIn::cart_id)});
  kiosk.client->ask(add(3));
  kiosk.client->ask(OpenPass{{2, 1}, "https://127.0.0.1:8443/k#124", UtcMs{5}});
  // The first try is through by now.
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  kiosk.client->forget_visits_before(2);
  kiosk.edge.start();
  REQUIRE(kiosk.comes<CartArrived>(2));
  for (const auto& one : kiosk.edge.heard()) CHECK(one.text.find("#123") == std::string::npos);
  CHECK(kiosk.all<CartArrived>()[0].asked == Asked{1, 3});
  CHECK(kiosk.all<CartArrived>()[1].asked == Asked{2, 1});
}

// The listening end of the API's socket in the test's own hands: what has been sent by a moment is what can be read in it.
class Wire {
 public:
  explicit Wire(const std::string& path) : listener_(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    REQUIRE(path.copy(address.sun_path, sizeof address.sun_path - 1) == path.size());
    REQUIRE(bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(listen(listener_, 16) == 0);
  }
  ~Wire() {
    for (const int connection : connections_) close(connection);
    close(listener_);
  }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  // Everything that came since the last call.
  std::string drain() {
    for (int one = 0; (one = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;)
      connections_.push_back(one);
    std::string all;
    char bytes[4096];
    for (const int connection : connections_) {
      for (ssize_t got = 0; (got = recv(connection, bytes, sizeof bytes, 0)) > 0;) {
        all.append(bytes, static_cast<std::size_t>(got));
      }
    }
    return all;
  }
  void answer() {
    const std::string_view refusal = "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}";
    for (const int connection : connections_) {
      send(connection, refusal.data(), refusal.size(), MSG_NOSIGNAL);
      close(connection);
    }
    connections_.clear();
  }

 private:
  int listener_;
  std::vector<int> connections_;
};

TEST_CASE("a pass that has not left when its visit ends does not leave afterwards") {
  Kiosk kiosk;
  Wire wire(kiosk.edge.api_socket());
  kiosk.start({.retry_first_ms = 1, .retry_most_ms = 2});
  int before = 0;
  int never = 0;
  int after = 0;
  std::uint64_t visit = 1;
  for (int round = 0; round < 600; ++round, ++visit) {
    const std::string text = "pass-of-visit-" + std::to_string(visit) + "-";
    kiosk.client->ask(OpenPass{{visit, 1}, text, UtcMs{5}});
    const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(round % 200);
    while (std::chrono::steady_clock::now() < until) {
    }
    kiosk.client->forget_visits_before(visit + 1);
    const bool left = wire.drain().find(text) != std::string::npos;
    std::string late;
    for (int i = 0; i < 8; ++i) {
      std::this_thread::sleep_for(std::chrono::microseconds(200));
      late += wire.drain();
    }
    if (late.find(text) != std::string::npos) {
      ++after;
    } else {
      ++(left ? before : never);
    }
    wire.answer();
  }
  MESSAGE("passes that left before the end of their visit: " << before << ", after: " << after << ", never: " << never);
  CHECK(after == 0);
  CHECK(never > 0);
}

TEST_CASE("nonsense from the edge is a failed request, not a broken kiosk") {
  Kiosk kiosk;
  kiosk.edge.start();
  kiosk.start();
  REQUIRE(kiosk.comes<EdgeBack>());
  std::size_t failures = 0;
  for (const std::string& body :
       {std::string("[]"), std::string("{}"), std::string("not json"), std::string(2 * 1024 * 1024, ' '),
        "{\"cart\":" + std::string(100000, '[') + std::string(100000, ']') + "}", std::string("{\"cart\":\"\xff\"}")}) {
    kiosk.edge.answer_instead(1, body);
    kiosk.client->ask(FetchCart{{1, failures + 1}, sync::CartId(EdgeStandIn::cart_id)});
    REQUIRE(kiosk.comes<RequestFailed>(++failures));
    CHECK(kiosk.all<RequestFailed>().back().code == "answer_malformed");
  }
  kiosk.client->ask(FetchCart{{1, 99}, sync::CartId(EdgeStandIn::cart_id)});
  CHECK(kiosk.comes<CartArrived>());
}

TEST_CASE("the end does not wait for a silent edge") {
  Kiosk kiosk;
  kiosk.edge.start();
  kiosk.start();
  REQUIRE(kiosk.comes<EdgeBack>());
  kiosk.edge.be_slow(1500);
  kiosk.client->ask(add(1));
  REQUIRE(wait_until([&] { return !kiosk.edge.heard().empty(); }));
  const auto begin = std::chrono::steady_clock::now();
  kiosk.client.reset();
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(500));
}

TEST_CASE("ids are 128 bits and do not repeat") {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(new_request_id());
  CHECK(ids.size() == 1000);
  CHECK(std::ranges::all_of(ids, [](const std::string& id) { return sync::is_hex_128(id); }));
}
