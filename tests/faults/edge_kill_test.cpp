// SPDX-License-Identifier: Apache-2.0
// kill -9 in the middle of actions, again and again, on the real program: what was confirmed is there after each restart, once,
// and what was not confirmed is there whole or not at all.
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>
#include <httplib.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <chrono>
#include <fstream>
#include <map>
#include <random>
#include <thread>

#include "edge/database/replica.hpp"
#include "edge/io/witness.hpp"
#include "tests/edge/test_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr int rounds = 12;
constexpr int kiosks = 3;

class Program {
 public:
  explicit Program(const std::string& config) {
    pid_ = fork();
    if (pid_ == 0) {
      const int log = open((config + ".log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
      dup2(log, STDERR_FILENO);
      execl(VITRINE_EDGE, "vitrine-edge", "--config", config.c_str(), nullptr);
      _exit(127);
    }
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() { end(SIGTERM); }
  int end(int signal) {
    if (pid_ <= 0) return 0;
    ::kill(pid_, signal);
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = 0;
    return status;
  }

 private:
  pid_t pid_ = 0;
};

httplib::Client client_of(const std::string& socket) {
  httplib::Client client(socket);
  client.set_address_family(AF_UNIX);
  client.set_read_timeout(5);
  return client;
}

std::string search_of(const std::string& request) { return "5" + request.substr(1); }

bool count_search(httplib::Client& client, const std::string& search) {
  const json body = {{"request", search}, {"device", "kiosk-1"}, {"found", true}};
  const auto result = client.Post("/v1/searches", body.dump(), "application/json");
  return result && result->status == 200;
}

json read_cart(const std::string& socket) {
  httplib::Client client = client_of(socket);
  for (int i = 0; i < 1000; ++i) {
    const auto result = client.Get("/v1/carts/" + test_cart);
    if (result && result->status == 200) return json::parse(result->body);
    std::this_thread::sleep_for(10ms);
  }
  FAIL("the daemon does not answer");
  return {};
}

}  // namespace

TEST_CASE("every confirmed action is there after kill -9, once") {
  const ScratchFolder box;
  const std::string state = box / "state";
  {
    TestShop shop;  // fills a database
    shop.fill();
    shop.stop();
    std::filesystem::create_directory(state);
    std::filesystem::copy_file(shop.folder / "store.db", state + "/store.db");
    if (std::filesystem::exists(shop.folder / "store.db-wal")) {
      std::filesystem::copy_file(shop.folder / "store.db-wal", state + "/store.db-wal");
    }
  }
  {
    // The witness that a box has beside its database; without one it would show no cart before the hub has spoken.
    auto connection = database::open_store_database(state + "/store.db");
    REQUIRE(connection);
    database::SqliteReplica replica(std::move(*connection), sync::StreamName{"catalog"});
    auto witness = io::WitnessFile::open(state + "/witness");
    REQUIRE(witness);
    replica.begin();
    sync::ends::StoreState store = replica.state();
    // The shop above lives in a time of its own; a store that has not heard the hub for a month shows no cart either.
    store.last_contact =
        UtcMs{std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
    replica.put_state(store);
    REQUIRE_FALSE(replica.commit());
    witness->note({store.incarnation, store.last_n});
    witness->settle();
  }
  const std::string config = box / "edge.toml";
  std::ofstream(config)
      << "[edge]\nstore = \"harbour-street\"\nstate = \"state\"\n"
         "[mqtt]\nhost = \"127.0.0.1\"\nport = 1\nca = \"none\"\ncert = \"none\"\nkey = \"none\"\ntenant = \"test\"\n"
         "[streams]\nzone = \"uk\"\n";
  const std::string socket = state + "/api.sock";

  std::mt19937 random(20'251'122);
  std::map<std::string, bool> confirmed;  // request id → the answer arrived
  std::vector<std::string> searches;      // told to the daemon, answered or not
  int next = 1;
  for (int round = 0; round < rounds; ++round) {
    Program program(config);
    const json before = read_cart(socket);
    std::map<std::string, int> dots;
    for (const json& line : before["lines"]) {
      for (const json& dot : line["shown"]) ++dots[dot.get<std::string>().substr(0, 32)];
    }
    for (const auto& [request, arrived] : confirmed) {
      CAPTURE(request);
      if (arrived) CHECK(dots[request] == 1);
      CHECK(dots[request] <= 1);
    }

    std::atomic<bool> stopping{false};
    std::vector<std::map<std::string, bool>> said(kiosks);
    std::vector<std::vector<std::string>> searched(kiosks);
    std::vector<std::thread> threads;
    const int first = next;
    next += kiosks * 10'000;
    for (int k = 0; k < kiosks; ++k) {
      threads.emplace_back([&, k] {
        httplib::Client client = client_of(socket);
        client.set_keep_alive(true);
        for (int i = 0; i < 10'000 && !stopping; ++i) {
          const std::string request = test_request(first + k * 10'000 + i);
          said[static_cast<std::size_t>(k)][request] = false;
          const json body = {{"request", request}, {"device", "kiosk-1"}, {"action", "add"}, {"sku", "47566"}, {"units", 1}};
          const auto result = client.Post("/v1/carts/" + test_cart + "/actions", body.dump(), "application/json");
          if (!result || result->status != 200) return;
          said[static_cast<std::size_t>(k)][request] = true;
          const std::string search = search_of(request);
          searched[static_cast<std::size_t>(k)].push_back(search);
          if (!count_search(client, search)) return;
        }
      });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5 + random() % 120));
    program.end(SIGKILL);
    stopping = true;
    for (std::thread& thread : threads) thread.join();
    for (const auto& one : said) confirmed.insert(one.begin(), one.end());
    for (const auto& one : searched) searches.insert(searches.end(), one.begin(), one.end());
  }

  std::size_t arrived = 0;
  for (const auto& [request, there] : confirmed) arrived += there ? 1 : 0;
  MESSAGE(arrived << " confirmed actions, " << confirmed.size() - arrived << " cut off, " << rounds << " kills");
  CHECK(arrived >= rounds);

  Program program(config);
  const json cart = read_cart(socket);
  std::size_t units = 0;
  for (const json& line : cart["lines"]) {
    if (line["key"] == "47566") units = line["units"];
  }
  CHECK(units >= arrived);
  CHECK(units <= confirmed.size());
  CHECK(cart["outbox_waiting"] == units);
  // Who got no answer asks again, and some who got one: each is measured once.
  httplib::Client client = client_of(socket);
  for (const std::string& search : searches) REQUIRE(count_search(client, search));
  httplib::Client operator_ = client_of(state + "/operator.sock");
  const auto measures = operator_.Get("/v1/measures?range=week");
  REQUIRE(measures);
  CHECK(json::parse(measures->body)["all"]["measures"]["searches"] == searches.size());
  CHECK(program.end(SIGTERM) == 0);
}
