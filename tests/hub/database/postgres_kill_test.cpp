// SPDX-License-Identifier: Apache-2.0
// The server is killed in the middle of commits, again and again, while a hub goes on writing: what was answered for is there,
// what was refused is not, and nothing is there twice.
#include <doctest/doctest.h>

#include <atomic>
#include <map>
#include <random>
#include <set>

#include "hub/database/authority.hpp"
#include "hub/database/open.hpp"
#include "tests/broker/test_broker.hpp"
#include "tests/hub/database/postgres_relay.hpp"
#include "tests/hub/database/server_control.hpp"

using namespace vitrine;
using namespace vitrine::hub::database;

namespace {

constexpr int rounds = 8;
constexpr int actions_between = 20;  // answered for, between two kills
const sync::StreamName catalog{"catalog"};

// One action as the hub takes it: known by its id, a document, and its place in a stream.
std::optional<Error> act(SqlAuthority& authority, int n) {
  const std::string digits = std::to_string(n);
  const sync::TransactionId id{std::string(32 - digits.size(), '0') + digits};
  const sync::DocumentKey key{"activity", digits};
  authority.begin();
  if (!authority.transaction_known(id)) {
    authority.record_transaction(id, UtcMs{1});
    authority.put_document({key, {{1, static_cast<std::uint64_t>(n)}, {}}, "{\"n\":" + digits + "}"});
    authority.append(catalog, key, false);
  }
  return authority.commit();
}

}  // namespace

TEST_CASE(
    "a server that is killed in the middle of commits: nothing that was answered for is missing, and nothing is there twice") {
  const test::TemporaryFolder folder;
  const Address address = test::fresh_database(folder.path());
  auto opened = open_hub_database(address, test::chance(), UtcMs{1}, Opener::serve);
  REQUIRE(opened);
  SqlAuthority authority(**opened);

  std::atomic<bool> over{false};
  std::atomic<int> answers{0};
  std::map<int, std::string> ends;  // empty: answered for
  std::map<std::string, int> codes;
  std::thread hub([&] {
    for (int n = 1; !over; ++n) {
      auto failed = act(authority, n);
      ends[n] = failed ? failed->code : "";
      ++codes[ends[n]];
      answers += failed ? 0 : 1;
      // A store that hears nothing sends it again; every third one here gives up.
      for (int again = 0; failed && n % 3 != 0 && !over && again < 400; ++again) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        failed = act(authority, n);
        ends[n] = failed ? failed->code : "";
      }
    }
  });
  const test::ServerControl server;
  std::mt19937 dice(std::random_device{}());
  for (int round = 0; round < rounds; ++round) {
    const int enough = answers + actions_between;
    const bool went_on = test::within(std::chrono::seconds(30), [&] { return answers >= enough; });
    CHECK(went_on);
    if (!went_on) break;
    std::this_thread::sleep_for(std::chrono::microseconds(dice() % 50'000));
    server.run(round % 2 == 0 ? "kill" : "crash");
    server.run("start");
  }
  const int enough = answers + actions_between;
  CHECK(test::within(std::chrono::seconds(30), [&] { return answers >= enough; }));
  over = true;
  hub.join();
  for (const auto& [code, count] : codes) MESSAGE((code.empty() ? "answered" : code), ": ", count);

  auto reader = open_hub_reader(address);
  REQUIRE(reader);
  SqlAuthority rows(**reader);
  (*reader)->begin_read();
  std::set<std::uint64_t> seqs;
  std::set<int> there;
  for (const auto& entry : rows.entries_after(catalog, 0, 1UL << 30)) {
    CHECK(seqs.insert(entry.seq).second);
    CHECK(there.insert(std::stoi(entry.entry.key.id)).second);
  }
  int answered = 0;
  for (const auto& [n, code] : ends) {
    INFO(n, " ", code);
    if (code.empty()) {
      ++answered;
      CHECK(there.contains(n));
    } else if (code != "commit_unknown") {
      CHECK_FALSE(there.contains(n));
    }
  }
  CHECK(answered >= rounds * actions_between);
  CHECK(codes.size() > 1);  // some were struck
  CHECK(rows.head(catalog) == there.size());
  CHECK((seqs.empty() ? 0 : *seqs.rbegin()) == there.size());
  CHECK_FALSE((*reader)->commit());
}

TEST_CASE("a line that is cut in a commit: what the server did is what the hub says") {
  const test::TemporaryFolder folder;
  Address address = test::fresh_database(folder.path());
  const std::string server = test::postgres_server();
  const std::size_t at = server.find("host=") + 5;
  test::PostgresRelay relay(folder.path(), server.substr(at, server.find(' ', at) - at));
  address.postgres += " host=" + folder.path();
  auto opened = open_hub_database(address, test::chance(), UtcMs{1}, Opener::serve);
  REQUIRE(opened);
  SqlAuthority authority(**opened);
  auto other = open_hub_database(address, test::chance(), UtcMs{1});
  REQUIRE(other);
  SqlAuthority beside(**other);
  int n = 0;
  for (int round = 0; round < 2; ++round) {
    relay.cut_next(test::PostgresRelay::Cut::before_answer);
    CHECK_FALSE(act(authority, ++n));  // it happened, though its answer was lost
    CHECK(relay.has_cut());
    relay.cut_next(test::PostgresRelay::Cut::before_server);
    const auto failed = act(authority, ++n);
    REQUIRE(failed);
    CHECK(failed->code == "database_unreachable");
    CHECK_FALSE(authority.document({"activity", std::to_string(n - 1)}) == std::nullopt);
    CHECK(authority.document({"activity", std::to_string(n)}) == std::nullopt);
    CHECK_FALSE(act(authority, n));  // as a store sends it again
    CHECK_FALSE(act(beside, 100 + n));
  }
  CHECK(authority.head(catalog) == 6);
}
