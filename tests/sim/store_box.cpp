// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/store_box.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/require.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/payload.hpp"
#include "tests/sim/world_facts.hpp"
#include "tests/sync/ends/other_versions.hpp"

namespace vitrine::sim {

using faults::PowerCut;
using namespace sync::protocol;

StoreBox::StoreBox(Street& street, std::size_t number, sync::StoreId store, std::unique_ptr<faults::Disk> disk, Dice dice)
    : street_(street), number_(number), store_(std::move(store)), disk_(std::move(disk)), dice_(dice) {
  clock_ms_ = dice_.between(-40'000, 40'000);
  start_at_ms_ = dice_.between(0, 400);
}

std::int64_t StoreBox::utc_ms() const { return utc_of(street_.now_ms()) + clock_ms_; }

// A process that has heard the hub knows by the other clock that somebody set this one.
void StoreBox::jump_clock(std::int64_t by_ms) {
  clock_ms_ += by_ms;
  if (!alive() || !heard_) lost_in_time_ = true;
}

void StoreBox::speak_as(Version version, std::int64_t until_ms, std::int64_t back_in_ms) {
  if (alive()) die({.keep = PowerCut::Keep::all}, back_in_ms);
  version_ = version;
  version_until_ms_ = until_ms;
}

// A message of this store's, as the other release would have said it.
std::string StoreBox::as_spoken(std::string json, bool up) {
  if (version_ == Version::same) return json;
  if (up) street_.fault_struck(FaultKind::other_version);
  if (version_ == Version::newer) return sync::ends::of_newer_version(json);
  if (version_ == Version::foreign) return sync::ends::of_foreign_version(json, up);
  // What tells of other histories was there from the first: a release without it could not be taken back from a backup.
  if (up) return json;
  return sync::ends::without_digests(sync::ends::without_fields(json, {"safe", "page_bytes", "ask_again_s", "eras"}));
}

void StoreBox::start() {
  auto connection = edge::database::open_store_database(disk_->path("store.db"));
  if (!connection) {
    if (connection.error().code == "database_damaged") {
      street_.oracle->fail("database_damaged", "store " + std::to_string(number_) + ": " + connection.error().message);
    }
    die({.keep = PowerCut::Keep::all}, 1'500);
    return;
  }
  inbox_ = std::make_unique<edge::daemon::Inbox>();
  feed_ = std::make_unique<edge::local_api::EventFeed>();
  board_ = std::make_unique<edge::local_api::LinkBoard>();
  calm_at_ms_ = street_.now_ms() + calm_after_ms;
  fed_ = 0;
  heard_ = false;
  if (clock_ms_ != clock_ms_heard_) lost_in_time_ = true;
  edge::daemon::DaemonSetup setup;
  setup.store = store_;
  setup.zone = "uk";
  setup.region = "uk";
  setup.software = "simulated";
  setup.chance = {[this] { return dice_.draw(); }};
  setup.now = [this] { return Now{{utc_ms()}, {street_.now_ms()}}; };
  setup.send = [this](const StoreMessage& message) {
    effect();
    if (dead_now()) return;
    auto packed = pack(as_spoken(encode(message), true));
    if (!packed) return street_.oracle->fail("message_too_large", std::string(kind_of(message)));
    auto packet = std::make_shared<Packet>(
        Packet{std::string(kind_of(message)), std::move(packed->bytes), std::string(packed->content_type)});
    street_.trace(hash_of(packet->bytes));
    street_.wire->to_hub(number_, std::move(packet), street_.now_ms());
  };
  setup.drop_connection = [this] { drop_asked_ = true; };
  setup.enable_link = [](bool) {};
  setup.search_fell_behind = [] {};
  auto made = edge::daemon::Daemon::create(std::move(setup), std::move(*connection), *inbox_, *feed_, *board_);
  if (!made) return die({.keep = PowerCut::Keep::all}, 1'500);
  daemon_ = std::move(*made);
  watcher_ = std::make_unique<Watcher>(disk_->path("store.db"));
  connect_at_ms_ = street_.now_ms() + dice_.between(20, 1'500);
  // What people see after the start is what they saw before it.
  doubted_ = watcher_->in_doubt();
  if (doubted_) return;
  show_all();
}

void StoreBox::die(const PowerCut& cut, std::int64_t back_in_ms) {
  // The files first: a database that is closed in order would write.
  disk_->plan({});
  disk_->power_cut(cut);
  watcher_.reset();
  daemon_.reset();
  inbox_.reset();
  dying_ = false;
  drop_asked_ = false;
  effects_left_.reset();
  io_error_planned_ = false;
  street_.wire->disconnect(number_);
  start_at_ms_ = street_.now_ms() + back_in_ms;
}

void StoreBox::die_at_call(std::uint64_t n, const PowerCut& cut) {
  if (!alive()) return;
  cut_ = cut;
  disk_->plan({.what = faults::Fault::What::power, .at = n});
  io_error_planned_ = false;
}

void StoreBox::restore(const faults::Disk& copy, std::int64_t back_in_ms) {
  die({.keep = PowerCut::Keep::all}, back_in_ms);
  disk_->restore(copy);
  disk_->limit(0);
  full_until_ms_ = 0;
  lost_in_time_ = true;
}

void StoreBox::switch_off() {
  if (alive()) die({.keep = PowerCut::Keep::all}, 0);
  off_ = true;
}

void StoreBox::switch_on() {
  off_ = false;
  start_at_ms_ = street_.now_ms() + dice_.between(200, 2'000);
}

void StoreBox::die_after_effects(std::uint64_t n) {
  if (alive()) effects_left_ = n;
}

void StoreBox::disk_full_until(std::int64_t until_ms, std::uint64_t room) {
  full_until_ms_ = until_ms;
  disk_->limit(disk_->used() + room);
}

void StoreBox::io_error_at(std::uint64_t n) {
  if (!alive()) return;
  disk_->plan({.what = faults::Fault::What::io_error, .at = n});
  io_error_planned_ = true;
}

void StoreBox::heal() {
  if (!disk_->dark()) disk_->plan({});
  io_error_planned_ = false;
  effects_left_.reset();
  disk_->limit(0);
  full_until_ms_ = 0;
  speak_as_before();
}

// The release of before comes up again, and is greeted anew: what was said in another version is not gone on with.
void StoreBox::speak_as_before() {
  if (std::exchange(version_, Version::same) != Version::same && alive())
    die({.keep = PowerCut::Keep::all}, dice_.between(300, 2'000));
}

// One thing leaves the process: a message, or an answer.
void StoreBox::effect() {
  if (!effects_left_ || dying_) return;
  if (--*effects_left_ > 0) return;
  effects_left_.reset();
  dying_ = true;
  cut_ = {.keep = PowerCut::Keep::all};
  street_.fault_struck(FaultKind::store_killed);
}

void StoreBox::step(std::optional<edge::daemon::Item> item) {
  const auto fatal = daemon_->step(std::move(item));
  if (disk_->dark()) {
    street_.fault_struck(FaultKind::store_power_cut);
    return die(cut_, dice_.between(800, 6'000));
  }
  if (dying_) return die(cut_, dice_.between(300, 4'000));
  if (io_error_planned_ && disk_->struck()) {
    io_error_planned_ = false;
    street_.fault_struck(FaultKind::store_io_error);
  }
  if (fatal) {
    if (fatal->code == "database_damaged") street_.oracle->fail("database_damaged", fatal->message);
    return die({.keep = PowerCut::Keep::all}, dice_.between(500, 3'000));
  }
  if (drop_asked_) {
    drop_asked_ = false;
    cut_line(dice_.between(100, 1'500));
  }
  if (alive()) look();
}

// What the screens are told, they read.
void StoreBox::look() {
  if (doubted_) {
    doubted_ = watcher_->in_doubt();
    if (doubted_) return;
    show_all();
  }
  if (feed_->last() == fed_) return;
  const auto events = feed_->after(fed_);
  fed_ = feed_->last();
  if (!events) return;
  for (const auto& event : *events) {
    if (event.name == "order") {
      const std::string order = event.data.substr(10, event.data.size() - 12);  // {"order":"<id>"}
      street_.oracle->store_shows_order(number_, order, watcher_->shown("order", order).body);
    }
    if (event.name == "request") show_request(store_.text + "/" + event.data.substr(12, 32));  // {"request":"<32 hex>"}
    if (event.name == "customers") {
      show_consents();
      show_talks();
    }
    if (event.name != "cart") continue;
    const std::string cart = event.data.substr(9, 32);  // {"cart":"<32 hex>"}
    show(cart);
  }
  show_receipts();
}

void StoreBox::show_receipts() {
  for (const std::string& receipt : watcher_->ids("receipt"))
    street_.oracle->store_shows_receipt(number_, store_.text, receipt, watcher_->shown("receipt", receipt).body, lost_in_time_);
}

void StoreBox::show(const std::string& cart) {
  const auto seen = watcher_->cart(cart);
  street_.oracle->store_shows(number_, cart, seen.body, seen.base, lost_in_time_);
}

void StoreBox::show_request(const std::string& request) {
  street_.oracle->store_shows_request(number_, request, watcher_->shown("request", request).body, lost_in_time_);
}

void StoreBox::show_consents() {
  for (const std::string& customer : watcher_->ids("consent")) {
    const auto seen = watcher_->shown("consent", customer);
    street_.oracle->store_shows_consents(number_, customer, seen.body, seen.base.has_value());
  }
}

void StoreBox::show_talks() {
  for (const char* collection : {"case", "offer"}) {
    for (const std::string& id : watcher_->ids(collection)) {
      const auto seen = watcher_->shown(collection, id);
      // Without a base, what was said here and is still on its way stands alone: it has left the store meanwhile.
      street_.oracle->store_shows_talk(number_, collection, id, seen.base ? seen.body : std::nullopt);
    }
  }
}

void StoreBox::show_all() {
  show_consents();
  show_talks();
  for (const std::string& cart : watcher_->ids("cart")) show(cart);
  for (const std::string& request : watcher_->ids("request")) {
    if (request.starts_with(store_.text + "/")) show_request(request);
  }
  show_receipts();
}

void StoreBox::letter(const Packet& packet) {
  if (!alive()) return;
  auto json = unpack(packet.bytes, packet.content_type);
  if (!json) return street_.oracle->fail("message_unreadable", json.error().message);
  *json = as_spoken(std::move(*json), false);
  street_.oracle->narrate_letter("store " + std::to_string(number_), "", *json);
  auto message = decode_hub_message(*json);
  if (!message) return street_.oracle->fail("message_unreadable", message.error().message);
  const bool tells_time = std::holds_alternative<Welcome>(*message) || std::holds_alternative<BeatAnswer>(*message) ||
                          std::holds_alternative<Heads>(*message);
  step(edge::daemon::HubSaid{std::move(*message)});
  if (!tells_time || !alive() || !daemon_online()) return;
  heard_ = true;
  lost_in_time_ = false;
  clock_ms_heard_ = clock_ms_;
}

void StoreBox::cut_line(std::int64_t back_in_ms) {
  connect_at_ms_ = street_.now_ms() + back_in_ms;
  if (!street_.wire->connected(number_)) return;
  street_.wire->disconnect(number_);
  if (alive()) step(edge::daemon::HubDisconnected{});
}

void StoreBox::tick(bool broker_up) {
  const std::int64_t now = street_.now_ms();
  if (full_until_ms_ != 0 && now >= full_until_ms_) {
    full_until_ms_ = 0;
    disk_->limit(0);
    calm_at_ms_ = now + calm_after_ms;
  }
  if (version_ != Version::same && now >= version_until_ms_) speak_as_before();
  if (!alive()) {
    if (!off_ && now >= start_at_ms_) start();
    return;
  }
  if (!street_.wire->connected(number_) && broker_up && now >= connect_at_ms_) {
    street_.wire->connect(number_);
    street_.connected(number_);
    return step(edge::daemon::HubConnected{});
  }
  const auto due = daemon_->due_at();
  if (due && due->value <= now) step(std::nullopt);
}

std::int64_t StoreBox::due_ms(bool broker_up) const {
  std::int64_t due = std::numeric_limits<std::int64_t>::max();
  if (full_until_ms_ != 0) due = full_until_ms_;
  if (version_ != Version::same) due = std::min(due, version_until_ms_);
  if (!alive()) return off_ ? due : std::min(due, start_at_ms_);
  if (!street_.wire->connected(number_) && broker_up) due = std::min(due, connect_at_ms_);
  if (const auto at = daemon_->due_at()) due = std::min(due, at->value);
  return due;
}

void StoreBox::ask(std::function<Result<sync::CartId>(edge::local_api::Desk&)> work,
                   std::function<void(Result<sync::CartId>)> answer) {
  require(alive(), "only a living process is asked");
  step(edge::daemon::Command{std::move(work), [this, answer](Result<sync::CartId> given) {
                               effect();
                               if (!dead_now()) answer(std::move(given));
                             }});
}

}  // namespace vitrine::sim
