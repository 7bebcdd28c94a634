// SPDX-License-Identifier: Apache-2.0
// What a platform, an operator and a later release do at the hub.
#include <nlohmann/json.hpp>

#include "hub/database/erasures.hpp"
#include "sync/protocol/identity.hpp"
#include "sync/protocol/topics.hpp"
#include "tests/sim/hub_box.hpp"
#include "tests/sim/world_facts.hpp"

namespace vitrine::sim {

using sync::ends::HubEnd;
using namespace sync::protocol;

namespace {
constexpr std::size_t gather_bytes = 16'384;  // a round takes several
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

// Of the one who leaves, by what the hub has: it may have erased again as it opened.
void HubBox::tell_erased() {
  const std::string tag = customer_tag(authority_->digest_key(), sync::CustomerId{leaver()});
  const auto known = authority_->document({"erasure", tag});
  if (known && known->body) return street_.oracle->hub_erased(leaver(), authority_->era().number);
  if (street_.oracle->is_erased(leaver()))
    street_.oracle->fail("erased_returns", "the hub does not know any more that " + leaver() + " was erased");
}

bool HubBox::erase(const std::string& customer) {
  if (!alive()) return false;
  bool noted = false;
  const auto tell = [this, customer] { street_.oracle->hub_erased(customer, authority_->era().number); };
  const bool done = transaction(
      [&](HubEnd& end) {
        noted = hub::database::erase_customer(*authority_, end, folder_, sync::CustomerId{customer}, now()).has_value();
      },
      [] {}, tell, [] { return false; });
  die_if_told();
  return done && noted;
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

}  // namespace vitrine::sim
