// SPDX-License-Identifier: Apache-2.0
// The audit on its way to the hub: whole and in order over outages and restarts; and each way in which somebody might make a line
// unsaid is seen at the hub. The store's real loop and the hub's real rows, joined by hand.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <random>

#include "edge/daemon/daemon.hpp"
#include "hub/database/audit_lines.hpp"
#include "hub/database/authority.hpp"
#include "hub/database/open.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/protocol/audit_codec.hpp"
#include "tests/edge/scratch_folder.hpp"

using namespace vitrine;
using edge::ScratchFolder;
using sync::ends::HubSend;
namespace daemon_of = edge::daemon;

namespace {

const sync::StoreId harbour{"harbour-street"};

sync::ends::Chance chance_from(std::uint64_t seed) {
  return {[random = std::make_shared<std::mt19937_64>(seed)] { return (*random)(); }};
}

struct Clock {
  std::int64_t ms = 0;
  [[nodiscard]] Now now() const { return {UtcMs{1'763'800'000'000 + ms}, MonoMs{1'000 + ms}}; }
};

// A store's box: its file and its loop, without threads.
struct Box {
  Clock& clock;
  std::string file;
  std::vector<sync::protocol::StoreMessage> sent;
  std::size_t carried = 0;
  std::unique_ptr<daemon_of::Inbox> inbox;
  edge::local_api::EventFeed feed;
  edge::local_api::LinkBoard board;
  std::unique_ptr<daemon_of::Daemon> loop;

  Box(Clock& time, std::string path, std::uint64_t seed) : clock(time), file(std::move(path)) { start(seed); }
  void start(std::uint64_t seed) {
    loop.reset();
    inbox = std::make_unique<daemon_of::Inbox>();
    daemon_of::DaemonSetup setup;
    setup.store = harbour;
    setup.zone = setup.region = "uk";
    setup.software = "test";
    setup.chance = chance_from(seed);
    setup.now = [this] { return clock.now(); };
    setup.send = [this](const sync::protocol::StoreMessage& message) { sent.push_back(message); };
    setup.drop_connection = [] {};
    setup.enable_link = [](bool) {};
    setup.search_fell_behind = [] {};
    auto connection = edge::database::open_store_database(file);
    REQUIRE(connection.has_value());
    auto made = daemon_of::Daemon::create(std::move(setup), std::move(*connection), *inbox, feed, board);
    REQUIRE(made.has_value());
    loop = std::move(*made);
  }
  void on_rows(const std::function<void(edge::database::Connection&)>& work) {
    loop->step(daemon_of::Command{[&](edge::local_api::Desk& desk) -> Result<sync::CartId> {
                                    work(desk.replica.connection());
                                    return sync::CartId{};
                                  },
                                  [](const Result<sync::CartId>& done) { REQUIRE(done.has_value()); }});
  }
  void note(int count, const std::string& what = "orders.get") {
    on_rows([&](edge::database::Connection& rows) {
      for (int i = 0; i < count; ++i)
        edge::database::append_audit(
            rows, {0, clock.now().utc, "1001", "counter-1", what, "order/" + std::to_string(i), "seen", "", {}});
    });
  }
  void tamper(const std::string& sql) {
    on_rows([&](edge::database::Connection& rows) { rows.execute(sql); });
  }
  std::vector<sync::AuditEntry> lines() {
    std::vector<sync::AuditEntry> all;
    on_rows([&](edge::database::Connection& rows) { all = edge::database::audit_from(rows, 1, 10'000); });
    return all;
  }
};

struct Joined {
  Clock clock;
  ScratchFolder folder;
  std::unique_ptr<hub::database::Connection> hub_rows;
  std::unique_ptr<hub::database::SqlAuthority> authority;
  std::vector<std::string> alarms;
  bool is_older = false;  // the hub's release: it knows of no audit
  sync::ends::Chance chance = chance_from(99);
  Box box{clock, folder / "store.db", 7};

  Joined() {
    auto opened = hub::database::open_hub_database({folder / "hub", ""}, chance, clock.now().utc, hub::database::Opener::command);
    REQUIRE(opened.has_value());
    hub_rows = std::move(*opened);
    authority = std::make_unique<hub::database::SqlAuthority>(*hub_rows);
    at_hub([&](sync::ends::HubEnd& end) {
      authority->add_store(harbour);
      end.put({"content", "store/harbour-street"}, R"({"zone":"uk"})", clock.now());
    });
  }
  std::vector<HubSend> at_hub(const std::function<void(sync::ends::HubEnd&)>& work) {
    sync::ends::HubEnd end(*authority, chance);
    if (is_older) {
      end.use_rules([](const auto&, const auto&, const auto&) -> sync::rules::Verdict<std::optional<std::string>> {
        return std::unexpected(sync::rules::Refusal{"operation_unknown"});
      });
    }
    authority->begin();
    work(end);
    auto sends = end.finish(clock.now());
    for (const auto& notice : end.take_notices()) alarms.push_back(notice.code);
    REQUIRE_FALSE(authority->commit());
    return sends;
  }
  void connect(Box& one) {
    one.carried = one.sent.size();
    one.loop->step(daemon_of::HubConnected{});
    carry(one);
  }
  void connect() { connect(box); }
  // Both talk until there is nothing more to say.
  void carry(Box& one) {
    while (one.carried < one.sent.size()) {
      const sync::protocol::StoreMessage message = one.sent[one.carried++];
      for (HubSend& send : at_hub([&](sync::ends::HubEnd& end) { end.receive(harbour, message, clock.now()); }))
        one.loop->step(daemon_of::HubSaid{std::move(send.message)});
    }
  }
  // So much time, in steps in which everything that is due is done.
  void pass(Box& one, std::int64_t ms, bool online = true) {
    for (const std::int64_t end = clock.ms + ms; clock.ms < end;) {
      clock.ms += std::min<std::int64_t>(500, end - clock.ms);
      one.loop->step(std::nullopt);
      if (online) carry(one);
    }
  }
  void pass(std::int64_t ms, bool online = true) { pass(box, ms, online); }
  void tell() { pass(30'000); }
  sync::AuditChain chain() {
    const auto document = authority->document(sync::protocol::audit_key(harbour));
    const auto read = document && document->body ? sync::protocol::decode_audit(*document->body) : fail("none", "");
    return read.value_or(sync::AuditChain{});
  }
  std::string breaks() {
    std::string all;
    for (const auto& one : chain().breaks) all += (all.empty() ? "" : ", ") + one.what + " " + std::to_string(one.n);
    return all;
  }
  // In order of n, as `Box::lines`.
  std::vector<sync::AuditEntry> lines() {
    std::vector<sync::AuditEntry> all;
    for (const auto& one : hub::database::AuditLines(*hub_rows).find({}, 10'000)) all.push_back(one.entry);
    std::ranges::sort(all, {}, &sync::AuditEntry::n);
    return all;
  }
  hub::database::AuditKept kept() { return hub::database::AuditLines(*hub_rows).check(harbour); }
};

}  // namespace

TEST_CASE_FIXTURE(Joined, "the audit arrives whole, in order and once: online, after an outage, after a restart") {
  connect();
  box.note(3);
  tell();
  REQUIRE(lines().size() == 3);
  CHECK(lines() == box.lines());

  box.loop->step(daemon_of::HubDisconnected{});
  box.note(250);
  pass(20'000, false);
  box.note(4, "customers.view");
  box.start(8);
  box.note(2);
  pass(20'000, false);
  CHECK(lines().size() == 3);
  connect();
  tell();
  CHECK(lines() == box.lines());
  CHECK(lines().size() == 259);
  CHECK(chain().last.n == 259);
  CHECK(chain().broken == 0);
  CHECK(alarms.empty());
  CHECK_FALSE(kept().broken_at);
  CHECK(kept().lines == 259);
  // Nothing is told twice, and what was told wakes nobody for ever.
  const auto words = [&] {
    return std::ranges::count_if(box.sent, [](const auto& one) { return std::holds_alternative<sync::protocol::Ops>(one); });
  };
  const auto before = words();
  pass(120'000);
  CHECK(words() == before);
}

TEST_CASE_FIXTURE(Joined, "what was noted before a doubt is told as soon as the doubt is over") {
  connect();
  box.note(1);
  tell();
  box.loop->step(daemon_of::HubDisconnected{});
  box.note(1);
  box.tamper("UPDATE state SET in_doubt = 1");
  box.start(8);
  pass(30'000, false);
  connect();
  tell();
  CHECK(lines().size() == 2);
  CHECK(lines() == box.lines());
}

TEST_CASE_FIXTURE(Joined, "lines that are removed, changed or put in another order before they are told") {
  connect();
  box.note(3);
  tell();
  box.note(5);
  SUBCASE("removed") {
    box.tamper("DELETE FROM audit WHERE n = 5");
    tell();
    CHECK(breaks() == "gap 5, altered 5");
  }
  SUBCASE("changed") {
    box.tamper("UPDATE audit SET staff = '1002' WHERE n = 6");
    tell();
    CHECK(breaks() == "altered 4, altered 6");
  }
  SUBCASE("in another order") {
    box.tamper("UPDATE audit SET n = -5 WHERE n = 5; UPDATE audit SET n = 5 WHERE n = 6; UPDATE audit SET n = 6 WHERE n = -5");
    tell();
    CHECK(breaks() == "altered 4, altered 5");
  }
  SUBCASE("put in") {
    box.tamper("INSERT INTO audit SELECT 9, at, '1002', device, action, subject, outcome, request, hash FROM audit WHERE n = 8");
    tell();
    CHECK(breaks() == "altered 4, altered 9");
  }
  // The hub says that these lines are not what they were, and the store, which looks for itself, from which one on.
  CHECK(alarms == std::vector<std::string>{"audit_broken", "audit_broken"});
  // What comes after goes on, and is no break again.
  box.note(2);
  pass(2 * daemon_of::audit_rest_ms);
  CHECK(chain().broken == 2);
  CHECK(chain().last.n == box.lines().back().n);
}

TEST_CASE_FIXTURE(Joined, "lines that are removed or changed after they were told: the hub has them, and hears of it") {
  connect();
  box.note(8);
  tell();
  const auto true_lines = lines();
  SUBCASE("changed") {
    box.tamper("UPDATE audit SET subject = 'order/9' WHERE n = 4");
    pass(2 * daemon_of::audit_rest_ms);
    CHECK(breaks() == "altered 4");
  }
  SUBCASE("removed") {
    box.tamper("DELETE FROM audit WHERE n = 4");
    pass(2 * daemon_of::audit_rest_ms);
    CHECK(breaks() == "altered 4");
  }
  SUBCASE("cut off at the end") {
    box.tamper("DELETE FROM audit WHERE n > 5");
    pass(2 * daemon_of::audit_rest_ms);
    CHECK(breaks() == "cut 6");
  }
  CHECK(lines() == true_lines);
  CHECK(alarms.size() == 1);
  pass(2 * daemon_of::audit_rest_ms);
  CHECK(chain().broken == 1);
}

TEST_CASE_FIXTURE(Joined, "a tail that is cut off and written anew") {
  connect();
  box.note(8);
  tell();
  box.tamper("DELETE FROM audit WHERE n > 5");
  box.note(4, "staff.sign_in");
  tell();
  CHECK(breaks() == "parted 6");
  // Both tails are kept, and each stands behind what it was made behind.
  CHECK(lines().size() == 8 + 4);
  CHECK_FALSE(kept().broken_at);
}

TEST_CASE_FIXTURE(Joined, "a box that is restored from an older copy") {
  connect();
  box.note(5);
  tell();
  box.loop.reset();
  std::filesystem::copy_file(box.file, folder / "copy.db");
  box.start(8);
  connect();
  box.note(6);
  tell();
  REQUIRE(chain().last.n == 11);
  box.loop.reset();
  for (const char* rest : {"-wal", "-shm"}) std::filesystem::remove(box.file + rest);
  std::filesystem::copy_file(folder / "copy.db", box.file, std::filesystem::copy_options::overwrite_existing);
  box.start(9);
  SUBCASE("is heard of before anybody does anything there") {
    connect();
    tell();
    CHECK(breaks() == "cut 6");
    box.note(2);
    tell();
    CHECK(breaks() == "cut 6, parted 6");
  }
  SUBCASE("also when it works without a line first") {
    box.note(2);
    pass(20'000, false);
    connect();
    tell();
    CHECK(breaks() == "parted 6");
  }
  CHECK(chain().last.n == 7);
  CHECK(lines().size() == 11 + 2);
  CHECK_FALSE(kept().broken_at);
  // It goes on from there.
  const auto known = chain().broken;
  box.note(3);
  tell();
  CHECK(chain().broken == known);
  CHECK(chain().last.n == 10);
}

TEST_CASE_FIXTURE(Joined, "two boxes with one history") {
  connect();
  box.note(5);
  tell();
  box.loop.reset();
  std::filesystem::copy_file(box.file, folder / "twin.db");
  box.start(8);
  Box twin(clock, folder / "twin.db", 10);
  box.note(2);
  connect(box);
  pass(box, 30'000);
  CHECK(chain().broken == 0);
  twin.note(3, "customers.look_up");
  connect(twin);
  pass(twin, 30'000);
  CHECK(breaks().starts_with("parted 6"));
  CHECK(std::ranges::count(alarms, "audit_broken") >= 1);
  // What either did is at the hub.
  CHECK(lines().size() == 5 + 2 + 3);
  CHECK_FALSE(kept().broken_at);
}

TEST_CASE_FIXTURE(Joined, "what the hub has and is ninety days old is dropped here, and the chain goes on") {
  connect();
  box.note(5);
  tell();
  // Not yet told: kept, however old.
  box.loop->step(daemon_of::HubDisconnected{});
  box.note(2);
  clock.ms += (daemon_of::audit_keep_days + 1) * 86'400'000;
  pass(10'000, false);
  CHECK(box.lines().size() == 2);
  CHECK(box.lines().front().n == 6);
  connect();
  pass(2 * daemon_of::audit_rest_ms);
  CHECK(box.lines().empty());
  box.note(1);
  tell();
  CHECK(box.lines().front().n == 8);
  CHECK(chain().last.n == 8);
  CHECK(chain().broken == 0);
  box.on_rows([](edge::database::Connection& rows) {
    CHECK_FALSE(edge::database::check_audit(rows).broken_at);
    rows.execute("DELETE FROM audit WHERE n = 8");
    CHECK(edge::database::audit_end(rows).n == 7);
  });
}

TEST_CASE_FIXTURE(Joined, "a hub of an older release is told seldom, and all of it when it is a newer one") {
  connect();
  is_older = true;
  box.note(5);
  pass(10L * 60'000);
  const auto words = [&] {
    return std::ranges::count_if(box.sent, [](const auto& one) { return std::holds_alternative<sync::protocol::Ops>(one); });
  };
  CHECK(words() == 1);
  box.note(5);
  pass(10L * 60'000);
  CHECK(words() == 1);
  is_older = false;
  pass(2 * daemon_of::audit_rest_ms);
  CHECK(lines() == box.lines());
  CHECK(chain().last.n == 10);
  CHECK(chain().broken == 0);
}
