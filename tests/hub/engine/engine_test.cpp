// SPDX-License-Identifier: Apache-2.0
// The engine's promise: nothing leaves before the commit, nothing at all after a failed one, and what another process wrote
// is said to the stores.
#include "hub/engine/engine.hpp"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/resource.h>

#include <condition_variable>
#include <mutex>

#include "hub/database/open.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/payload.hpp"
#include "tests/hub/support/hub_folder.hpp"

using namespace vitrine;
using namespace vitrine::hub;
namespace protocol = sync::protocol;

namespace {

class Left {
 public:
  void take(std::vector<Outgoing> leaving) {
    const std::lock_guard lock(mutex_);
    for (Outgoing& each : leaving) all_.push_back(std::move(each));
    changed_.notify_all();
  }
  // The first that `wanted` accepts, within 10 s.
  template <class Wanted>
  std::optional<Outgoing> wait_for(Wanted wanted) {
    std::unique_lock lock(mutex_);
    std::optional<Outgoing> found;
    changed_.wait_for(lock, std::chrono::seconds(10), [&] {
      for (const Outgoing& each : all_) {
        if (wanted(each)) found = each;
      }
      return found.has_value();
    });
    return found;
  }
  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return all_.size();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Outgoing> all_;
};

EngineSetup setup_for(const test::HubFolder& folder, Left& left) {
  return {folder / "hub",
          test::HubFolder::chance(),
          [&folder] { return folder.now(); },
          [&left](std::vector<Outgoing> leaving) { left.take(std::move(leaving)); },
          {}};
}

StoreRequest hello(const std::string& store) {
  protocol::Hello message;
  message.incarnation = sync::IncarnationId{"0123456789abcdef0123456789abcdef"};
  message.software = "test";
  const auto payload = protocol::pack(protocol::encode(protocol::StoreMessage{message}));
  REQUIRE(payload);
  return {sync::StoreId{store}, "hello", payload->bytes, std::string(payload->content_type), "correlation-1"};
}

template <class Message>
bool holds(const Outgoing& outgoing) {
  return std::holds_alternative<Message>(outgoing.send.message);
}

}  // namespace

TEST_CASE("a store's hello is answered with its correlation data; a stranger's is not; rubbish is counted") {
  test::HubFolder folder;
  Left left;
  auto engine = Engine::start(setup_for(folder, left));
  REQUIRE(engine);
  REQUIRE((*engine)->transact([](Desk& desk) { desk.authority.add_store(sync::StoreId{"harbour-street"}); }));
  (*engine)->offer(hello("stranger"));
  (*engine)->offer({sync::StoreId{"harbour-street"}, "hello", "{not json", "application/json", ""});
  (*engine)->offer({sync::StoreId{"harbour-street"}, "nonsense", "{}", "application/json", ""});
  (*engine)->offer(hello("harbour-street"));
  const auto welcome = left.wait_for(holds<protocol::Welcome>);
  REQUIRE(welcome);
  CHECK(welcome->correlation == "correlation-1");
  CHECK(welcome->send.store.text == "harbour-street");
  CHECK(left.count() == 1);
  CHECK((*engine)->counts().malformed == 2);
}

TEST_CASE("a change is committed before its page leaves, and a failed commit lets nothing leave") {
  test::HubFolder folder;
  Left left;
  auto setup = setup_for(folder, left);
  bool committed_first = false;
  setup.carry_out = [&](std::vector<Outgoing> leaving) {
    auto reader = database::open_hub_reader(folder / "hub");
    committed_first = reader && database::read_document(**reader, {"product", "1"}).has_value();
    left.take(std::move(leaving));
  };
  auto engine = Engine::start(setup);
  REQUIRE(engine);
  REQUIRE((*engine)->transact([](Desk& desk) { desk.end.put({"product", "1"}, "{}", desk.now); }));
  CHECK(left.wait_for(holds<protocol::Page>));
  CHECK(committed_first);

  const std::size_t before = left.count();
  const auto failed = (*engine)->transact([](Desk& desk) {
    desk.end.put({"product", "2"}, "{}", desk.now);
    const sync::TransactionId id{"0123456789abcdef0123456789abcdef"};
    desk.authority.record_transaction(id, desk.now.utc);
    desk.authority.record_transaction(id, desk.now.utc);  // the database refuses the second
  });
  CHECK_FALSE(failed);
  CHECK(left.count() == before);
  auto reader = database::open_hub_reader(folder / "hub");
  CHECK_FALSE(database::read_document(**reader, {"product", "2"}));
  CHECK((*engine)->transact([](Desk& desk) { desk.end.put({"product", "3"}, "{}", desk.now); }));
}

TEST_CASE("what another process writes is said as heads, to all and to the store that it concerns") {
  test::HubFolder folder;
  Left left;
  auto engine = Engine::start(setup_for(folder, left));
  REQUIRE(engine);
  REQUIRE(folder.run(hub::import_tables, {folder.tables()}));
  const auto shared = left.wait_for([](const Outgoing& each) { return each.send.to == sync::ends::HubSend::To::heads; });
  REQUIRE(shared);
  const auto own = left.wait_for([](const Outgoing& each) {
    return each.send.to == sync::ends::HubSend::To::live && each.send.store.text == "harbour-street" &&
           holds<protocol::Heads>(each);
  });
  CHECK(own);
}

TEST_CASE("a full disk refuses the change in words, and the engine goes on when there is room again") {
  test::HubFolder folder;
  Left left;
  auto engine = Engine::start(setup_for(folder, left));
  REQUIRE(engine);
  const auto put = [&](const std::string& id) {
    return (*engine)->transact(
        [&](Desk& desk) { desk.end.put({"activity", id}, "{\"text\":\"" + std::string(200'000, 'x') + "\"}", desk.now); });
  };
  REQUIRE(put("1"));
  signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = std::filesystem::file_size(folder / "hub/hub.db-wal") + 4096;
  REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
  const auto refused = put("2");
  REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "disk_full");
  CHECK(put("3"));
  auto reader = database::open_hub_reader(folder / "hub");
  CHECK_FALSE(database::read_document(**reader, {"activity", "2"}));
  CHECK(database::read_document(**reader, {"activity", "3"}));
}

TEST_CASE("a stopped engine takes nothing more") {
  test::HubFolder folder;
  Left left;
  auto engine = Engine::start(setup_for(folder, left));
  REQUIRE(engine);
  (*engine)->stop();
  const auto late = (*engine)->transact([](Desk&) {});
  REQUIRE_FALSE(late);
  CHECK(late.error().code == "hub_busy");
}
