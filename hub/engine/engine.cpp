// SPDX-License-Identifier: Apache-2.0
// The engine's loop. "Nothing leaves before the commit" is in_one_transaction() (transaction.cpp) and Impl::transaction().
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
#include "hub/availability/availability.hpp"
#include "hub/database/audit_lines.hpp"
#include "hub/database/continuity.hpp"
#include "hub/lending/web_selling.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/payload.hpp"
#include "sync/protocol/return_rules.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/rules/order_state.hpp"
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
  std::unique_ptr<database::Connection> connection;
  std::unique_ptr<database::SqlAuthority> authority;
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
  std::map<sync::StreamName, std::uint64_t> heads_now;   // as committed here, or read last
  std::map<sync::StreamName, std::uint64_t> heads_told;  // as stores can know them
  bool moved_on = false;                                 // since the era file was written
  sync::ends::Admissions admissions{sync::tuning::fills_at_once};
  std::optional<database::ProgressMark> mark;
  MonoMs heads_at;
  MonoMs foreign_check_at;
  MonoMs sweep_at;
  MonoMs lend_at;
  MonoMs gather_at;
  StoresHad stores_had;
  LendingPlace lending_place;
  sync::StreamName purge_place;  // streams up to here were looked at in this round

  void run();
  std::optional<Error> transaction(const std::function<void(Desk&)>& work, const sync::StoreId* answered,
                                   const std::string& correlation);
  void take(Item item);
  void take_request(const StoreRequest& request);
  void notice_visits(Desk& desk);
  void lease_orders(Desk& desk);
  void free_what_is_over(Desk& desk);
  void say_heads();
  std::optional<Error> tell_operators(const std::vector<sync::ends::HubNotice>& notices);
  std::optional<Error> note_progress();
  void mark_progress();
  void note_told(const std::vector<Outgoing>& leaving);
  void look_for_foreign_commits();
  void forget_what_is_old();
  void end_what_is_over();
  void lend_to_stores();
  void gather();
  bool push(Item item, std::size_t bytes, std::size_t items_max);
};

// What became true leaves here, and nowhere else.
std::optional<Error> Engine::Impl::transaction(const std::function<void(Desk&)>& work, const sync::StoreId* answered,
                                               const std::string& correlation) {
  auto committed = in_one_transaction(*authority, *rows, setup.chance, setup.clock(), work, answered, correlation, &admissions);
  {
    const std::lock_guard lock(mutex);
    ++counts.transactions;
    counts.failures += committed ? 0U : 1U;
  }
  if (!committed) {
    if (is_fatal(committed.error())) {
      log::error("what was written may be lost; stopping", {{"reason", committed.error().message}});
      std::_Exit(70);
    }
    return committed.error();
  }
  heads_now = std::move(committed->heads);
  note_told(committed->leaving);
  moved_on = true;
  mark_progress();
  if (const auto unwritten = tell_operators(committed->notices)) return unwritten;
  if (!committed->leaving.empty()) setup.carry_out(std::move(committed->leaving));
  return std::nullopt;
}

// A new era stands outside the database before anything is said in it.
std::optional<Error> Engine::Impl::tell_operators(const std::vector<sync::ends::HubNotice>& notices) {
  bool era_begun = false;
  for (const sync::ends::HubNotice& notice : notices) {
    log::error(notice.text, {{"code", notice.code}, {"store", notice.store.text}});
    era_begun = era_begun || notice.code == "era_begun";
  }
  return era_begun ? note_progress() : std::nullopt;
}

void Engine::Impl::mark_progress() {
  std::uint64_t progress = 0;
  for (const auto& [stream, head] : heads_now) progress += head;
  mark->put(progress);
}

std::optional<Error> Engine::Impl::note_progress() {
  auto failed = database::note_progress(*connection, setup.database.state_folder);
  if (failed) log::error("the file `era` is not written", {{"code", failed->code}, {"reason", failed->message}});
  moved_on = moved_on && failed.has_value();
  return failed;
}

// Which kiosk has a cart open, for the phone page: the device that showed the cart's pass, as long as it acts.
void Engine::Impl::notice_visits(Desk& desk) {
  for (const sync::ends::TookEffect& done : desk.end.took_effect()) {
    if (done.document.collection != "cart") continue;
    const sync::CartId cart{done.document.id};
    if (done.kind == "cart.resume") {
      desk.rows.open_visit(cart, done.store, done.actor, done.at);
    } else {
      desk.rows.touch_visit(cart, done.actor, done.at);
    }
  }
}

// An order that its store has made ready is the store's until its hold ends: a cancel is a request from now on. One that was
// handed over stays the store's for as long as its goods may come back.
void Engine::Impl::lease_orders(Desk& desk) {
  const std::vector<sync::ends::TookEffect> done = desk.end.took_effect();
  for (const sync::ends::TookEffect& one : done) {
    const bool handed_over = one.kind == "order.hand_over";
    if (one.kind != "order.stage" && !handed_over) continue;
    const sync::OrderId id{one.document.id};
    const auto document = desk.authority.document(one.document);
    const auto order = document && document->body ? protocol::decode_order(id, *document->body) : fail("", "");
    if (!order || order->cancelled || sync::rules::is_over(*order) != handed_over) continue;
    UtcMs until = std::max(sync::rules::hold_until(*order), desk.now.utc.plus(order_lease_ms_min));
    if (handed_over) {
      const auto settings = desk.authority.document({"settings", "chain"});
      const auto rules = protocol::return_rules(settings && settings->body ? *settings->body : "");
      until = sync::rules::return_until(rules, desk.now.utc);
    }
    if (order->leased_until >= until) continue;
    sync::ends::HubAction action{sync::TransactionId{setup.chance.hex_128()}, "hub", {}};
    action.operations.push_back(protocol::encode_order_operation(id, sync::rules::OrderLease{until}));
    action.operations.back().salt = setup.chance.hex_128();
    desk.end.perform(action, desk.now);
  }
}

// What the web had reserved for an order that is over, given up or handed over in part and no more, is free again.
void Engine::Impl::free_what_is_over(Desk& desk) {
  const std::vector<sync::ends::TookEffect> done = desk.end.took_effect();
  for (const sync::ends::TookEffect& one : done) {
    if (one.document.collection == "order")
      give_back_if_over({desk.end, desk.authority, setup.chance, desk.now}, sync::OrderId{one.document.id});
  }
}

void Engine::Impl::take_request(const StoreRequest& request) {
  const auto refuse = [&](const Error& why) {
    log::warning("cannot read a store's message",
                 {{"store", request.store.text}, {"kind", request.kind}, {"code", why.code}, {"reason", why.message}});
    {
      const std::lock_guard lock(mutex);
      ++counts.malformed;
    }
    const auto failed = transaction([&](Desk& desk) { desk.end.unreadable(request.store, why.code, desk.now); }, &request.store,
                                    request.correlation);
    if (failed) log::error("a refusal was not recorded", {{"code", failed->code}, {"reason", failed->message}});
  };
  const auto json = protocol::unpack(request.payload, request.content_type);
  if (!json) return refuse(json.error());
  const auto message = protocol::decode_store_message(request.kind, *json);
  if (!message) return refuse(message.error());
  const auto failed = transaction(
      [&](Desk& desk) {
        desk.end.receive(request.store, *message, desk.now);
        notice_visits(desk);
        lease_orders(desk);
        free_what_is_over(desk);
      },
      &request.store, request.correlation);
  if (failed) {
    log::error("a store's message was not taken",
               {{"store", request.store.text}, {"code", failed->code}, {"reason", failed->message}});
    return;
  }
  if (const auto* beat = std::get_if<protocol::Beat>(&*message))
    note_beat(*authority, request.store, beat->last_n, stores_had, setup.clock());
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

// Which heads stores can know of now. Where another process has changed a stream meanwhile, its head stays untold, and
// look_for_foreign_commits says it.
void Engine::Impl::note_told(const std::vector<Outgoing>& leaving) {
  for (const Outgoing& outgoing : leaving) {
    if (outgoing.send.to == HubSend::To::reply) continue;
    if (const auto* page = std::get_if<protocol::Page>(&outgoing.send.message)) {
      std::uint64_t& told = heads_told[page->stream];
      if (told == page->from) told = page->head;
    } else if (const auto* heads = std::get_if<protocol::Heads>(&outgoing.send.message)) {
      for (const protocol::HeadOf& head : heads->heads) heads_told[head.stream] = head.head;
    }
  }
}

// `import` and the operator's commands write beside us: what they changed is said to the stores as heads.
void Engine::Impl::look_for_foreign_commits() {
  const std::int64_t version = connection->data_version();
  if (version == data_version) return;
  data_version = version;
  moved_on = true;
  const auto told = heads_told;
  const Now now = setup.clock();
  HubEnd end(*authority, setup.chance);
  std::vector<Outgoing> leaving;
  bool shared = false;
  connection->begin_read();
  for (const auto& head : authority->heads()) {
    heads_now[head.stream] = head.head;
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

// What is kept of applied transactions, and of what is gone, grows no longer than it can be of use: a few rows a minute.
void Engine::Impl::forget_what_is_old() {
  HubEnd::Purged purged;
  const auto failed = transaction(
      [&](Desk& desk) {
        const UtcMs before = desk.now.utc.plus(-sync::tuning::hub_keeps_days * 86'400'000);
        desk.authority.forget_old_history(before, sync::tuning::hub_sweep_rows);
        database::AuditLines(desk.authority.connection()).forget_before(desk.now.utc.plus(-database::audit_kept_ms));
        purged = desk.end.purge(purge_place, desk.now);
      },
      nullptr, {});
  if (failed) return log::warning("what is old was not forgotten", {{"code", failed->code}, {"reason", failed->message}});
  purge_place = purged.place;
  const std::lock_guard lock(mutex);
  counts.purged_entries += purged.entries;
  counts.purged_documents += purged.documents;
}

// Documents that were lent, and carts that live no longer.
void Engine::Impl::end_what_is_over() {
  const UtcMs now = setup.clock().utc;
  if (!authority->lent_over(now, 1).empty()) {
    transaction([](Desk& desk) { desk.end.take_back_lent(desk.now); }, nullptr, {});
  }
  if (authority->expired(now, 1).empty()) return;
  std::size_t expired = 0;
  if (transaction([&](Desk& desk) { expired = desk.end.expire(desk.now); }, nullptr, {})) return;
  const std::lock_guard lock(mutex);
  counts.expired += expired;
}

// A stretch of all stock at a time: a round over a hundred thousand documents takes half an hour, and a right lasts days.
void Engine::Impl::lend_to_stores() {
  connection->begin_read();
  const Stretch stretch = look_for_loans(*authority, setup.chance, setup.lending, lending_place, lend_bytes, setup.clock().utc);
  if (connection->commit() || stretch.due.empty()) return;
  std::size_t loans = 0;
  const auto failed =
      transaction([&](Desk& desk) { loans = hub::lend_to_stores(desk.end, setup.chance, stretch.due, desk.now); }, nullptr, {});
  if (failed) return log::warning("nothing was lent to stores", {{"code", failed->code}, {"reason", failed->message}});
  const std::lock_guard lock(mutex);
  counts.loans += loans;
}

// What stores have reported since the last round, told to the others of their region; a full stretch lets who waits go first.
void Engine::Impl::gather() {
  Gathered gathered;
  const auto failed = transaction(
      [&](Desk& desk) { gathered = gather_availability(desk.end, desk.authority, stores_had, gather_bytes, desk.now); }, nullptr,
      {});
  gather_at = setup.clock().mono.plus(gathered.more ? gather_rest_ms : setup.gather_every_ms);
  if (failed) return log::warning("what stores have was not told", {{"code", failed->code}, {"reason", failed->message}});
  const std::lock_guard lock(mutex);
  counts.availability_told += gathered.told;
}

void Engine::Impl::run() {
  const Now started = setup.clock();
  heads_at = started.mono.plus(sync::tuning::heads_every_ms);
  foreign_check_at = started.mono;
  sweep_at = started.mono.plus(sweep_every_ms);
  lend_at = started.mono.plus(lend_every_ms);
  gather_at = started.mono.plus(std::min(setup.gather_every_ms, gather_first_ms));
  const bool gathers = setup.gather_every_ms > 0;
  data_version = connection->data_version();
  while (true) {
    std::optional<Item> item;
    {
      std::unique_lock lock(mutex);
      const MonoMs until = gathers ? std::min(foreign_check_at, gather_at) : foreign_check_at;
      const std::int64_t wait_ms = std::max<std::int64_t>(0, until.value - setup.clock().mono.value);
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
    if (now >= lend_at) {
      if (setup.lending.units_max > 0) lend_to_stores();
      lend_at = now.plus(lend_every_ms);
    }
    if (gathers && now >= gather_at) gather();
    if (now >= sweep_at) {
      forget_what_is_old();
      connection->empty_log();  // where somebody reads just now, the next sweep does it
      sweep_at = now.plus(sweep_every_ms);
    }
    if (now >= heads_at) {
      say_heads();
      end_what_is_over();
      if (moved_on) note_progress();
      heads_at = now.plus(sync::tuning::heads_every_ms);
    }
  }
  // A copy that was made while the hub ran is older than this.
  if (const auto failed = database::renew_stamp(*connection, setup.database.state_folder, setup.chance)) {
    log::error("the file `era` is not written", {{"code", failed->code}, {"reason", failed->message}});
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
  auto connection =
      database::open_hub_database(impl->setup.database, impl->setup.chance, impl->setup.clock().utc, database::Opener::serve);
  if (!connection) return std::unexpected(connection.error());
  impl->connection = std::move(*connection);
  if (auto failed = database::renew_stamp(*impl->connection, impl->setup.database.state_folder, impl->setup.chance)) {
    return std::unexpected(*failed);
  }
  impl->authority = std::make_unique<database::SqlAuthority>(*impl->connection);
  impl->rows = std::make_unique<database::HubRows>(*impl->connection);
  for (auto& head : impl->authority->heads()) impl->heads_now.emplace(head.stream, head.head);
  impl->heads_told = impl->heads_now;
  impl->mark.emplace(impl->setup.database.state_folder);
  impl->mark_progress();
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
