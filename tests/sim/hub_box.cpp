// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/hub_box.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include <nlohmann/json.hpp>

#include "hub/database/continuity.hpp"
#include "hub/database/open.hpp"
#include "sync/planted.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/payload.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"
#include "tests/sim/world_facts.hpp"

namespace vitrine::sim {

using faults::PowerCut;
using sync::Bug;
using sync::planted;
using sync::ends::HubEnd;
using sync::ends::HubSend;
using namespace sync::protocol;

namespace {

constexpr std::int64_t note_every_ms = 5'000;   // how far the hub is, outside the database
constexpr std::int64_t sweep_every_ms = 4'000;  // what is gone and what is past its time: vitrine-hub's minute
constexpr std::size_t expired_max = 1'000;
constexpr std::size_t gather_bytes = 16'384;  // a round takes several

}  // namespace

Result<std::unique_ptr<hub::database::Connection>> open_hub(faults::Disk& disk, const std::string& folder,
                                                            const sync::ends::Chance& chance, UtcMs now) {
  auto connection = hub::database::open_hub_file(disk.path("hub.db"));
  if (!connection) return connection;
  if (auto wrong = hub::database::check_continuity(**connection, folder, chance, now)) return std::unexpected(*wrong);
  if (auto wrong = hub::database::renew_stamp(**connection, folder, chance)) return std::unexpected(*wrong);
  return connection;
}

HubBox::HubBox(Street& street, std::vector<sync::StoreId> boxes, std::unique_ptr<faults::Disk> disk, std::string folder,
               Dice dice)
    : street_(street), boxes_(std::move(boxes)), disk_(std::move(disk)), dice_(dice), folder_(std::move(folder)) {}

sync::ends::Chance HubBox::chance() {
  return {[this] { return dice_.draw(); }};
}

std::int64_t HubBox::utc_ms() const { return utc_of(street_.now_ms()); }

void HubBox::start() {
  auto connection = open_hub(*disk_, folder_, chance(), now().utc);
  if (!connection) {
    if (connection.error().code == "database_damaged")
      street_.oracle->fail("database_damaged", "hub: " + connection.error().message);
    return die({.keep = PowerCut::Keep::all}, 1'500);
  }
  connection_ = std::move(*connection);
  authority_ = std::make_unique<hub::database::SqlAuthority>(*connection_);
  rows_ = std::make_unique<hub::database::HubRows>(*connection_);
  watcher_ = std::make_unique<HubWatcher>(disk_->path("hub.db"));
  note_at_ms_ = street_.now_ms() + note_every_ms;
  if (happened_ && happened_()) if_happened_();
  happened_ = nullptr;
  if_happened_ = nullptr;
  calm_at_ms_ = street_.now_ms() + calm_after_ms;
  heads_at_ms_ = street_.now_ms() + sync::tuning::heads_every_ms;
  sweep_at_ms_ = street_.now_ms() + sweep_every_ms;
  purge_place_ = {};
  had_.clear();
  street_.wire->connect_hub();
}

void HubBox::die(const PowerCut& cut, std::int64_t back_in_ms) {
  disk_->plan({});
  disk_->power_cut(cut);
  watcher_.reset();
  rows_.reset();
  authority_.reset();
  connection_.reset();
  dying_ = false;
  effects_left_.reset();
  street_.wire->disconnect_hub();
  start_at_ms_ = street_.now_ms() + back_in_ms;
}

void HubBox::restore(const faults::Disk& copy, std::int64_t back_in_ms) {
  die({.keep = PowerCut::Keep::all}, back_in_ms);
  disk_->restore(copy);
  disk_->limit(0);
  full_until_ms_ = 0;
  happened_ = nullptr;
  if_happened_ = nullptr;
}

void HubBox::die_at_call(std::uint64_t n, const PowerCut& cut) {
  if (!alive()) return;
  cut_ = cut;
  disk_->plan({.what = faults::Fault::What::power, .at = n});
}

void HubBox::die_after_effects(std::uint64_t n) {
  if (alive()) effects_left_ = n;
}

void HubBox::disk_full_until(std::int64_t until_ms, std::uint64_t room) {
  full_until_ms_ = until_ms;
  disk_->limit(disk_->used() + room);
}

void HubBox::heal() {
  if (!disk_->dark()) disk_->plan({});
  effects_left_.reset();
  disk_->limit(0);
  full_until_ms_ = 0;
}

void HubBox::effect() {
  if (!effects_left_ || dying_) return;
  if (--*effects_left_ > 0) return;
  effects_left_.reset();
  dying_ = true;
  cut_ = {.keep = PowerCut::Keep::all};
  street_.fault_struck(FaultKind::hub_killed);
}

bool HubBox::die_if_told() {
  if (disk_->dark()) {
    street_.fault_struck(FaultKind::hub_power_cut);
    die(cut_, dice_.between(500, 8'000));
    return true;
  }
  if (dying_) {
    die(cut_, dice_.between(300, 6'000));
    return true;
  }
  return false;
}

void HubBox::carry_out(std::vector<hub::Outgoing> sends) {
  for (auto& [send, correlation] : sends) {
    effect();
    if (dead_now()) return;
    auto packed = pack(encode(send.message));
    if (!packed) return street_.oracle->fail("message_too_large", "from the hub");
    auto packet = std::make_shared<Packet>(
        Packet{"", std::move(packed->bytes), std::string(packed->content_type), send.to != HubSend::To::reply});
    street_.trace(hash_of(packet->bytes));
    const bool personal = send.to == HubSend::To::reply || send.to == HubSend::To::live;
    for (std::size_t box = 0; box < boxes_.size(); ++box) {
      if (!personal || send.store == boxes_[box]) street_.wire->to_box(box, packet, street_.now_ms());
    }
  }
}

bool HubBox::transaction(const Work& work, const std::function<void()>& inside, std::function<void()> committed,
                         std::function<bool()> happened) {
  auto done = hub::in_one_transaction(*authority_, *rows_, chance(), now(), [&](hub::Desk& desk) {
    work(desk.end);
    inside();
  });
  if (!done) {
    const Error& failed = done.error();
    if (disk_->dark() || hub::is_fatal(failed)) {
      if_happened_ = std::move(committed);
      happened_ = std::move(happened);
    }
    if (disk_->dark()) return false;
    if (failed.code == "disk_full") street_.fault_struck(FaultKind::hub_disk_full);
    if (hub::is_fatal(failed)) die({.keep = PowerCut::Keep::all}, dice_.between(500, 3'000));
    return false;
  }
  moved_on_ = true;
  for (const sync::ends::HubNotice& notice : done->notices) {
    street_.oracle->narrate("hub says " + notice.code + ": " + notice.text);
    // A new era stands outside the database before anything is said in it.
    if (notice.code == "era_begun" && hub::database::note_progress(*connection_, folder_)) return false;
  }
  committed();
  carry_out(std::move(done->leaving));
  return true;
}

std::string HubBox::outcome_of(const std::string& transaction) {
  const auto outcome = authority_->document({"outcome", transaction});
  return outcome && outcome->body ? eyes_.reason(*outcome->body) : std::string();
}

SeenOperation HubBox::seen_of(const sync::Operation& operation) {
  SeenOperation seen;
  if (operation.document.collection == "cart" && operation.kind != later_kind) {
    seen = eyes_.operation(operation.kind, operation.body).value_or(SeenOperation{});
  } else {
    seen.kind = operation.kind;
    seen.body = operation.body;
  }
  seen.collection = operation.document.collection;
  seen.document = operation.document.id;
  return seen;
}

std::vector<HubDocument> HubBox::stand_of(const std::vector<Oracle::AppliedNow>& applied) {
  std::set<sync::DocumentKey> keys;
  for (const auto& one : applied) {
    for (const SeenOperation& operation : one.operations) keys.insert({operation.collection, operation.document});
  }
  std::vector<HubDocument> documents;
  for (const sync::DocumentKey& key : keys) {
    const auto document = authority_->document(key);
    if (!document) continue;
    const sync::Version& now = document->lineage.now;
    documents.push_back({key.collection, key.id, {now.era, now.number}, document->body});
  }
  return documents;
}

void HubBox::letter(std::size_t from, const Packet& packet) {
  if (!alive()) return;
  const auto json = unpack(packet.bytes, packet.content_type);
  if (!json) return street_.oracle->fail("message_unreadable", json.error().message);
  street_.oracle->narrate_letter("hub of store " + std::to_string(from), packet.kind, *json);
  const auto message = decode_store_message(packet.kind, *json);
  if (!message) return street_.oracle->fail("message_unreadable", message.error().message);
  take_in(from, std::get_if<Ops>(&*message), [&](HubEnd& end) { end.receive(boxes_.at(from), *message, now()); });
  if (const auto* beat = std::get_if<Beat>(&*message); beat != nullptr && alive() && !dead_now())
    hub::note_beat(*authority_, boxes_.at(from), beat->last_n, had_, now());
  die_if_told();
}

bool HubBox::take_in(std::size_t from, const Ops* ops, const Work& work) {
  const sync::StoreId& store = boxes_.at(from);
  struct Told {
    std::vector<Oracle::AppliedNow> applied;
    std::vector<HubDocument> documents;
    std::uint32_t era = 0;
  };
  const auto told = std::make_shared<Told>();
  std::uint64_t before = 0;
  const auto applied_n = [&] {
    std::uint64_t n = 0;
    for (const auto& one : authority_->applied(store)) {
      if (one.incarnation == ops->incarnation) n = one.n;
    }
    return n;
  };
  return transaction(
      [&](HubEnd& end) {
        if (ops != nullptr) before = applied_n();
        work(end);
      },
      [&] {
        if (ops == nullptr) return;
        told->era = authority_->era().number;
        const std::uint64_t after = applied_n();
        for (const sync::Transaction& transaction : ops->transactions) {
          if (transaction.n <= before || transaction.n > after) continue;
          const std::int64_t at = std::min(transaction.at.value, now().utc.value + sync::tuning::clock_ahead_max_ms);
          Oracle::AppliedNow one{
              transaction.id.text, {}, outcome_of(transaction.id.text), {at, "", ops->incarnation.text}, store.text};
          for (const sync::Operation& operation : transaction.operations) {
            // The store tells by itself, beside what was asked for, that somebody did it.
            if (operation.document.collection != "activity") one.operations.push_back(seen_of(operation));
          }
          told->applied.push_back(std::move(one));
        }
        told->documents = stand_of(told->applied);
      },
      [this, told, from] {
        if (told->applied.empty()) return;
        street_.oracle->hub_committed(told->applied, told->documents, told->era);
        std::vector<std::string> ids;
        for (const auto& one : told->applied) ids.push_back(one.id);
        street_.taken(from, ids);
      },
      [this, told] {
        return !told->applied.empty() && authority_->transaction_known(sync::TransactionId{told->applied.front().id});
      });
}

bool HubBox::put_of_later_version(const sync::StoreId& store, std::uint64_t edition) {
  if (!alive()) return false;
  const sync::DocumentKey key{"loyalty_badge", store.text + "/" + std::to_string(edition % 2)};
  const bool done = transaction(
      [&](HubEnd&) {
        const auto before = authority_->document(key);
        const std::uint32_t era = authority_->era().number;
        sync::Document badge{key, {{era, 1}, {}}, R"({"points":[1,{"deep":null}],"edition":)" + std::to_string(edition) + "}"};
        if (before) {
          badge.lineage.past = before->lineage.past;
          const sync::Version& now = before->lineage.now;
          if (now.era == era) badge.lineage.now.number = now.number + 1;
          if (now.era != era) badge.lineage.past.push_back(now);
        }
        authority_->put_document(badge);
        authority_->append(sync::protocol::own_stream(store), key, edition % 3 == 0);
      },
      [] {}, [] {}, [] { return false; });
  die_if_told();
  return done;
}

bool HubBox::import_outbox(std::size_t box, OutboxText outbox) {
  if (!alive()) return false;
  const sync::StoreId& store = boxes_.at(box);
  bool good = take_in(box, nullptr, [&](HubEnd& end) { end.import_greeting(store, outbox, now()); });
  for (const Ops& batch : outbox.batches) {
    std::optional<HubMessage> answer;
    good = good && take_in(box, &batch, [&](HubEnd& end) { answer = end.import_batch(store, batch, now()); });
    if (good && !(answer && std::holds_alternative<OpsApplied>(*answer)))
      street_.oracle->fail("stick_refused", "the hub refuses what " + store.text + " had written on a stick");
  }
  return good;
}

bool HubBox::unfreeze(const sync::StoreId& store) {
  return alive() && transaction(
                        [&](HubEnd&) {
                          sync::ends::Conduct conduct = authority_->conduct(store);
                          conduct.frozen_at = {};
                          conduct.quarantined_until = {};
                          conduct.offences = 0;
                          conduct.fork_at = {};
                          authority_->put_conduct(store, conduct);
                        },
                        [] {}, [] {}, [] { return false; });
}

std::uint64_t HubBox::forks(const sync::StoreId& store) { return alive() ? authority_->conduct(store).forks : 0; }

HubBox::Answer HubBox::perform(const sync::ends::HubAction& action, const std::vector<SeenOperation>& operations) {
  struct Told {
    sync::ends::HubPerformed performed;
    std::vector<Oracle::AppliedNow> applied;
    std::vector<HubDocument> documents;
    std::uint32_t era = 0;
  };
  const auto told = std::make_shared<Told>();
  told->applied.push_back({action.id.text, operations, "", {now().utc.value, "", ""}, ""});
  const bool done = transaction([&](HubEnd& end) { told->performed = end.perform(action, now()); },
                                [&] {
                                  told->era = authority_->era().number;
                                  told->documents = stand_of(told->applied);
                                },
                                [this, told] {
                                  if (told->performed.what == sync::ends::HubPerformed::What::done) {
                                    street_.oracle->hub_committed(told->applied, told->documents, told->era);
                                  }
                                },
                                [this, id = action.id] { return authority_->transaction_known(id); });
  const sync::ends::HubPerformed& performed = told->performed;
  if (done) effect();
  const bool heard = done && !dead_now();
  die_if_told();
  if (!heard) return Answer::none;
  return performed.what == sync::ends::HubPerformed::What::refused ? Answer::refused : Answer::done;
}

bool HubBox::put(const std::vector<std::pair<sync::DocumentKey, std::optional<std::string>>>& documents) {
  const bool done = transaction(
      [&](HubEnd& end) {
        for (const auto& [key, body] : documents) {
          if (body) {
            end.put(key, *body, now());
          } else {
            end.remove(key, now());
          }
        }
      },
      [] {},
      [this, documents] {
        for (const auto& [key, body] : documents) {
          if (key.collection == "cart" && !body) street_.oracle->hub_deleted(key.id, authority_->era().number);
        }
      },
      [this, documents] {
        const auto first = authority_->document(documents.front().first);
        return first && first->body == documents.front().second;
      });
  die_if_told();
  return done;
}

// What is gone leaves the streams when everybody has been told, long-dead documents leave the hub, and carts whose time is over
// become tombstones.
void HubBox::sweep() {
  struct Told {
    std::vector<std::string> forgotten;
    std::vector<sync::DocumentKey> expired;
    sync::StreamName place;
  };
  const auto told = std::make_shared<Told>();
  for (const sync::DocumentKey& key : authority_->expired(now().utc, expired_max)) {
    const auto document = authority_->document(key);
    if (document && document->body) told->expired.push_back(key);
  }
  const std::vector<std::string> dead = watcher_->dead_carts();
  transaction(
      [&](HubEnd& end) {
        told->place = end.purge(purge_place_, now()).place;
        while (end.expire(now()) > 0) {
        }
      },
      [&] {
        for (const std::string& id : dead) {
          if (!authority_->document({"cart", id})) told->forgotten.push_back(id);
        }
      },
      [this, told] {
        purge_place_ = told->place;
        for (const std::string& id : told->forgotten) street_.oracle->hub_forgot(id);
        for (const sync::DocumentKey& key : told->expired) {
          if (key.collection == "cart") street_.oracle->hub_deleted(key.id, authority_->era().number);
          if (key.collection == "request") street_.oracle->hub_deleted_request(key.id);
        }
      },
      [this, told] {
        if (!told->expired.empty()) {
          const auto first = authority_->document(told->expired.front());
          return !first || !first->body;
        }
        return !told->forgotten.empty() && !authority_->document({"cart", told->forgotten.front()});
      });
  die_if_told();
}

// What stores have is told to each other: vitrine-hub's minute.
void HubBox::gather() {
  transaction([&](HubEnd& end) { gathers_more_ = hub::gather_availability(end, *authority_, had_, gather_bytes, now()).more; },
              [] {}, [] {}, [] { return false; });
  die_if_told();
}

std::string HubBox::wrong_availability() {
  // All agreed a moment ago: what changed since the last round is told in the next one.
  gathers_more_ = true;
  for (int stretch = 0; stretch < 1'000 && gathers_more_ && alive(); ++stretch) gather();
  if (gathers_more_) return "a round does not end";
  const std::int64_t now_ms = utc_ms();
  const auto band_of = [](std::int64_t units) { return units < 1 ? "none" : units < 3 ? "few" : units < 10 ? "some" : "many"; };
  for (const sync::Document& document : authority_->live_under("stock", "")) {
    const auto stock = nlohmann::json::parse(*document.body);
    std::int64_t units = stock.at("on_hand").get<std::int64_t>() - stock.at("safety").get<std::int64_t>();
    for (const auto& promise : stock.value("reservations", nlohmann::json::array())) {
      if (promise.at("until").get<std::int64_t>() > now_ms) units -= promise.at("units").get<std::int64_t>();
    }
    const std::string store = stock.at("store");
    const std::string sku = stock.at("sku");
    const auto told = authority_->document({"availability", "uk/" + sku});
    if (!told || !told->body) return store + "/" + sku + " is told to nobody";
    const auto all = nlohmann::json::parse(*told->body);
    if (!all.at("stores").contains(store)) return store + "/" + sku + " is not told";
    const auto& one = all.at("stores").at(store);
    std::string band = one.at("band");
    for (const auto& later : one.value("then", nlohmann::json::array())) {
      if (later.at("at").get<std::int64_t>() <= now_ms) band = later.at("band");
    }
    if (band != band_of(units)) return store + "/" + sku + " is told as " + band + ", and has " + std::to_string(units);
  }
  return {};
}

void HubBox::tick() {
  const std::int64_t now_ms = street_.now_ms();
  if (full_until_ms_ != 0 && now_ms >= full_until_ms_) {
    full_until_ms_ = 0;
    disk_->limit(0);
    calm_at_ms_ = now_ms + calm_after_ms;
  }
  if (!alive()) {
    if (now_ms >= start_at_ms_) start();
    return;
  }
  if (now_ms >= note_at_ms_) {
    note_at_ms_ = now_ms + note_every_ms;
    if (moved_on_ && !hub::database::note_progress(*connection_, folder_)) moved_on_ = false;
    if (die_if_told()) return;
  }
  if (now_ms >= sweep_at_ms_) {
    sweep_at_ms_ = now_ms + sweep_every_ms;
    sweep();
    if (alive()) gather();
    if (!alive()) return;
  }
  if (now_ms >= heads_at_ms_) {
    heads_at_ms_ = now_ms + sync::tuning::heads_every_ms;
    if (planted(Bug::heads_keep_silent)) return;
    connection_->begin_read();
    std::vector<hub::Outgoing> sends;
    sends.push_back({HubEnd(*authority_, chance()).heads(now()), {}});
    if (!connection_->commit()) carry_out(std::move(sends));
    die_if_told();
  }
}

std::int64_t HubBox::due_ms() const {
  std::int64_t due = std::numeric_limits<std::int64_t>::max();
  if (full_until_ms_ != 0) due = full_until_ms_;
  return std::min(due, alive() ? std::min({heads_at_ms_, note_at_ms_, sweep_at_ms_}) : start_at_ms_);
}

}  // namespace vitrine::sim
