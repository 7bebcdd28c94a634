// SPDX-License-Identifier: Apache-2.0
// The engine's loop. "Nothing leaves before the commit" is Impl::transaction().
#include "hub/engine/engine.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <thread>

#include "base/log.hpp"
#include "hub/database/open.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/payload.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"

namespace vitrine::hub {

namespace protocol = sync::protocol;
using sync::ends::HubEnd;
using sync::ends::HubSend;

namespace {

struct Task {
  std::function<void(Desk&)> work;
  std::promise<Result<void>> done;
};

struct Item {
  std::optional<StoreRequest> request;
  std::unique_ptr<Task> task;
};

}  // namespace

struct Engine::Impl {
  explicit Impl(EngineSetup given) : setup(std::move(given)) {}

  EngineSetup setup;
  std::unique_ptr<sqlite::Connection> connection;
  std::unique_ptr<database::SqliteAuthority> authority;
  std::unique_ptr<database::HubRows> rows;
  std::thread thread;

  mutable std::mutex mutex;
  std::condition_variable arrived;
  std::deque<Item> inbox;
  std::size_t inbox_bytes = 0;
  bool stopping = false;
  EngineCounts counts;

  // Of the engine's thread alone.
  std::int64_t data_version = 0;
  std::map<sync::StreamName, std::uint64_t> heads_told;
  MonoMs heads_at;
  MonoMs foreign_check_at;

  void run();
  std::optional<Error> transaction(const std::function<void(Desk&)>& work, const sync::StoreId* answered,
                                   const std::string& correlation);
  void take(Item item);
  void take_request(const StoreRequest& request);
  void notice_visits(Desk& desk, const sync::StoreId& store, const protocol::StoreMessage& message);
  void say_heads();
  void look_for_foreign_commits();
  bool push(Item item, std::size_t bytes, std::size_t items_max);
};

// The one place where the hub's changes become true and only then leave.
std::optional<Error> Engine::Impl::transaction(const std::function<void(Desk&)>& work, const sync::StoreId* answered,
                                               const std::string& correlation) {
  const Now now = setup.clock();
  std::vector<Outgoing> leaving;
  HubEnd end(*authority, setup.chance);
  authority->begin();
  Desk desk{end, *authority, *rows, now};
  work(desk);
  for (HubSend& send : end.finish(now)) {
    const bool answer = answered != nullptr && send.to == HubSend::To::reply && send.store == *answered;
    leaving.push_back({std::move(send), answer ? correlation : std::string()});
  }
  std::map<sync::StreamName, std::uint64_t> heads;
  for (auto& head : authority->heads()) heads.emplace(head.stream, head.head);
  const std::optional<Error> failed = authority->commit();
  {
    const std::lock_guard lock(mutex);
    ++counts.transactions;
    counts.failures += failed ? 1U : 0U;
  }
  if (failed) {
    if (failed->code == "disk_failed") {
      // What was written may or may not be on the disk: only a fresh start reads what is true.
      log::error("the disk failed; stopping", {{"reason", failed->message}});
      std::_Exit(70);
    }
    return failed;
  }
  heads_told = std::move(heads);
  if (!leaving.empty()) setup.carry_out(std::move(leaving));
  return std::nullopt;
}

// Which kiosk has a cart open, for the phone page: the device that showed the cart's pass, as long as it acts.
void Engine::Impl::notice_visits(Desk& desk, const sync::StoreId& store, const protocol::StoreMessage& message) {
  const auto* ops = std::get_if<protocol::Ops>(&message);
  if (ops == nullptr) return;
  for (const sync::Transaction& transaction : ops->transactions) {
    for (const sync::Operation& operation : transaction.operations) {
      if (operation.document.collection != "cart") continue;
      const sync::CartId cart{operation.document.id};
      if (operation.kind == "cart.resume") {
        desk.rows.open_visit(cart, store, transaction.actor, transaction.at);
      } else {
        desk.rows.touch_visit(cart, transaction.actor, transaction.at);
      }
    }
  }
}

void Engine::Impl::take_request(const StoreRequest& request) {
  const auto refuse = [&](const Error& why) {
    log::warning("cannot read a store's message",
                 {{"store", request.store.text}, {"kind", request.kind}, {"code", why.code}, {"reason", why.message}});
    const std::lock_guard lock(mutex);
    ++counts.malformed;
  };
  const auto json = protocol::unpack(request.payload, request.content_type);
  if (!json) return refuse(json.error());
  const auto message = protocol::decode_store_message(request.kind, *json);
  if (!message) return refuse(message.error());
  const auto failed = transaction(
      [&](Desk& desk) {
        desk.end.receive(request.store, *message, desk.now);
        notice_visits(desk, request.store, *message);
      },
      &request.store, request.correlation);
  if (failed) {
    log::error("a store's message was not taken",
               {{"store", request.store.text}, {"code", failed->code}, {"reason", failed->message}});
  }
}

void Engine::Impl::take(Item item) {
  if (item.request) return take_request(*item.request);
  const auto failed = transaction(item.task->work, nullptr, {});
  if (failed) {
    item.task->done.set_value(std::unexpected(*failed));
  } else {
    item.task->done.set_value({});
  }
}

void Engine::Impl::say_heads() {
  connection->begin_read();
  std::vector<Outgoing> leaving;
  leaving.push_back({HubEnd(*authority, setup.chance).heads(setup.clock()), {}});
  if (!connection->commit()) setup.carry_out(std::move(leaving));
}

// `import` and the operator's commands write beside us: what they changed is said to the stores as heads.
void Engine::Impl::look_for_foreign_commits() {
  const std::int64_t version = connection->data_version();
  if (version == data_version) return;
  data_version = version;
  const auto told = heads_told;
  const Now now = setup.clock();
  HubEnd end(*authority, setup.chance);
  std::vector<Outgoing> leaving;
  bool shared = false;
  connection->begin_read();
  for (const auto& head : authority->heads()) {
    const auto before = told.find(head.stream);
    if (before != told.end() && before->second == head.head) continue;
    heads_told[head.stream] = head.head;
    if (const auto owner = protocol::owner_of(head.stream)) {
      leaving.push_back({end.own_head(*owner, now), {}});
    } else {
      shared = true;
    }
  }
  if (shared) leaving.push_back({end.heads(now), {}});
  if (connection->commit()) return;
  if (!leaving.empty()) setup.carry_out(std::move(leaving));
  if (setup.foreign_commit) setup.foreign_commit();
}

void Engine::Impl::run() {
  const Now started = setup.clock();
  heads_at = started.mono.plus(sync::tuning::heads_every_ms);
  foreign_check_at = started.mono;
  for (auto& head : authority->heads()) heads_told.emplace(head.stream, head.head);
  data_version = connection->data_version();
  while (true) {
    std::optional<Item> item;
    {
      std::unique_lock lock(mutex);
      const std::int64_t wait_ms = std::max<std::int64_t>(0, foreign_check_at.value - setup.clock().mono.value);
      arrived.wait_for(lock, std::chrono::milliseconds(wait_ms), [this] { return stopping || !inbox.empty(); });
      if (stopping) break;
      if (!inbox.empty()) {
        item = std::move(inbox.front());
        inbox.pop_front();
        if (item->request) inbox_bytes -= item->request->payload.size();
      }
    }
    if (item) take(std::move(*item));
    const MonoMs now = setup.clock().mono;
    if (now >= foreign_check_at) {
      look_for_foreign_commits();
      foreign_check_at = now.plus(foreign_check_every_ms);
    }
    if (now >= heads_at) {
      say_heads();
      heads_at = now.plus(sync::tuning::heads_every_ms);
    }
  }
  const std::lock_guard lock(mutex);
  for (Item& left : inbox) {
    if (left.task) left.task->done.set_value(fail("hub_busy", "the hub is stopping"));
  }
  inbox.clear();
}

bool Engine::Impl::push(Item item, std::size_t bytes, std::size_t items_max) {
  {
    const std::lock_guard lock(mutex);
    if (stopping || inbox.size() >= items_max || inbox_bytes + bytes > inbox_bytes_max) {
      counts.dropped += item.request ? 1U : 0U;
      return false;
    }
    inbox_bytes += bytes;
    inbox.push_back(std::move(item));
  }
  arrived.notify_one();
  return true;
}

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<Engine>> Engine::start(EngineSetup setup) {
  auto impl = std::make_unique<Impl>(std::move(setup));
  auto connection = database::open_hub_database(impl->setup.state_folder, impl->setup.chance, impl->setup.clock().utc);
  if (!connection) return std::unexpected(connection.error());
  impl->connection = std::move(*connection);
  impl->authority = std::make_unique<database::SqliteAuthority>(*impl->connection);
  impl->rows = std::make_unique<database::HubRows>(*impl->connection);
  impl->thread = std::thread([self = impl.get()] { self->run(); });
  return std::unique_ptr<Engine>(new Engine(std::move(impl)));
}

Engine::~Engine() { stop(); }

void Engine::stop() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->arrived.notify_one();
  if (impl_->thread.joinable()) impl_->thread.join();
}

void Engine::offer(StoreRequest request) {
  const std::size_t bytes = request.payload.size();
  impl_->push({std::move(request), nullptr}, bytes, inbox_items_max);
}

Result<void> Engine::transact(std::function<void(Desk&)> work) {
  auto task = std::make_unique<Task>();
  task->work = std::move(work);
  std::future<Result<void>> done = task->done.get_future();
  if (!impl_->push({std::nullopt, std::move(task)}, 0, inbox_items_max + 100)) return fail("hub_busy", "the hub is busy");
  return done.get();
}

EngineCounts Engine::counts() const {
  const std::lock_guard lock(impl_->mutex);
  EngineCounts counts = impl_->counts;
  counts.waiting = impl_->inbox.size();
  return counts;
}

}  // namespace vitrine::hub
