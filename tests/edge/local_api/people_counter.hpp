// SPDX-License-Identifier: Apache-2.0
// A counter over the real sockets with Maya in the store: who she is, what she agreed to, what she ordered.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "edge/database/audit.hpp"
#include "sync/model/customer.hpp"
#include "sync/protocol/activity_codec.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/identity.hpp"
#include "sync/protocol/order_codec.hpp"
#include "tests/edge/local_api/http_shop.hpp"

namespace vitrine::edge::people {

using nlohmann::json;
using sync::CustomerId;

inline const CustomerId maya{"12348"};
inline const std::string card = "FB 0012348-7";
inline constexpr std::int64_t day_ms = 86'400'000;
inline constexpr std::int64_t hour_ms = 3'600'000;

inline std::string customer(const std::string& id, const std::string& name, const std::string& loyalty, std::int64_t expires_at) {
  sync::Customer out;
  out.id = CustomerId{id};
  out.first_name = name;
  out.initial = "H";
  out.language = "en";
  out.languages = {"en", "fr"};
  out.phone_last2 = "81";
  out.country = "FI";
  const sync::DigestKey key{};
  out.identities = {*sync::protocol::identity_hash(key, "loyalty", loyalty),
                    *sync::protocol::identity_hash(key, "email", "c" + id + "@shoppers.example")};
  out.sizes = {{"shoes", "39"}, {"tops", "M"}};
  out.preferences = {"Gift bags, no boxes."};
  out.expires_at = UtcMs{expires_at};
  return sync::protocol::encode_customer(out);
}

inline std::string order(const std::string& customer, bool over, std::int64_t at) {
  sync::Order out;
  out.revision = 1;
  out.placed = {UtcMs{at}, std::string(32, 'a') + ".0"};
  out.placed_at = out.changed_at = UtcMs{at};
  out.channel = "web";
  out.currency = "GBP";
  out.store = sync::StoreId{"harbour-street"};
  out.customer = CustomerId{customer};
  out.lines.resize(1);
  out.lines[0].number = 1;
  out.lines[0].sku = sync::Sku{"85123A"};
  out.lines[0].ordered = 2;
  out.lines[0].unit_price = 295;
  if (over) out.cancelled = sync::OrderReason{"buyer", {UtcMs{at}, std::string(32, 'b') + ".0"}};
  return sync::protocol::encode_order(out);
}

inline std::string seen_online(int minutes_ago, const std::string& kind, const std::string& sku, std::int64_t now,
                               const std::string& channel = "web") {
  sync::Activity out;
  out.customer = maya;
  out.kind = kind;
  out.channel = channel;
  out.at = UtcMs{now - minutes_ago * 60'000LL};
  if (!sku.empty()) out.sku = sync::Sku{sku};
  if (sku.empty()) out.text = "cake stand";
  out.expires_at = out.at.plus(sync::rules::activity_kept_ms);
  return sync::protocol::encode_activity(out);
}
inline std::string event_id(int number) {
  char text[33];
  std::snprintf(text, sizeof text, "%032x", static_cast<unsigned>(number));
  return text;
}

struct Counter : HttpShop {
  explicit Counter(bool connected = false) {
    fill();
    hub_puts({put("staff", store.text + "/1002", test_staff("1002", "sales")),
              put("staff", store.text + "/1003", test_staff("1003", "shift_lead")),
              put("customer", maya.text, customer(maya.text, "Maya", card, utc_ms + 30 * day_ms)),
              put("consent", maya.text, consents({})), put("order", "581300", order(maya.text, false, utc_ms - hour_ms)),
              put("order", "581200", order(maya.text, true, utc_ms - 2 * day_ms)),
              put("order", "581100", order("someone-else", false, utc_ms - hour_ms))});
    if (!connected) loop->step(daemon::HubDisconnected{});
    start();
  }
  static std::string consents(const std::function<void(sync::ConsentRegister&)>& change) {
    sync::ConsentRegister out{maya, {}};
    if (change) change(out);
    return sync::protocol::encode_consents(out);
  }
  Answer find(const std::string& by, const std::string& key, const std::string& reason = "advice") {
    return post("/v1/customers/look-ups", {{"by", by}, {"key", key}, {"reason", reason}});
  }
  std::string open() { return find("loyalty", card).body.value("look_up", ""); }
  Answer panel(const std::string& look_up, const std::string& name) { return get("/v1/customers/" + look_up + "/" + name); }
  Answer say(const std::string& look_up, const std::string& purpose, const std::string& state, const json& shown = json::array(),
             int request = 0) {
    json body = {{"purpose", purpose}, {"state", state}};
    if (state == "granted") body["shown"] = shown;
    return post("/v1/customers/" + look_up + "/consents", body, request);
  }
  json purpose(const std::string& look_up, const std::string& name) {
    for (const json& one : panel(look_up, "consents").body["consents"]) {
      if (one["purpose"] == name) return one;
    }
    return {};
  }
  std::vector<database::AuditEntry> audit() {
    auto file =
        database::Connection::open(folder / "store.db", database::sql_book(), {database::Connection::Use::read, 64, true});
    REQUIRE(file.has_value());
    auto all = database::audit_from(**file, 1, 10'000);
    std::erase_if(all, [](const database::AuditEntry& one) { return !one.action.starts_with("customers."); });
    return all;
  }
  std::vector<std::string> audit_lines() {
    std::vector<std::string> lines;
    for (const auto& one : audit())
      lines.push_back(one.staff + " " + one.device + " " + one.action + " " + one.subject + " " + one.outcome);
    return lines;
  }
  void as(const std::string& staff) { session = sign_in(staff).body.value("session", ""); }
  template <class Good>
  bool soon(const Good& good) {
    for (int i = 0; i < 500; ++i) {
      if (good()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }
};
struct ConnectedCounter : Counter {
  ConnectedCounter() : Counter(true) {}
  // What the hub is asked next, and is answered with that code after these documents came.
  std::string asked_and_told(const std::string& key, const std::string& code, std::vector<sync::PageEntry> with = {}) {
    const std::size_t before = sent().size();
    std::string answer;
    std::thread person([&] { answer = find("loyalty", key).code(); });
    std::optional<sync::protocol::Ask> question;
    CHECK(soon([&] {
      const auto all = sent();
      for (std::size_t i = before; i < all.size(); ++i) {
        if (const auto* ask = std::get_if<sync::protocol::Ask>(&all[i])) question = *ask;
      }
      return question.has_value();
    }));
    if (question) {
      CHECK(question->what == "customer");
      CHECK(question->staff == "1001");
      CHECK(question->key.find(key) == std::string::npos);  // hashed
      sync::protocol::AskAnswer said;
      said.era = {1, "e0000000000000000000000000000001"};
      said.id = question->id;
      said.code = code;
      if (!with.empty()) said.documents = {with.front().key};
      said.own.stream = sync::StreamName{"store." + store.text};
      if (!with.empty()) hub_puts(std::move(with));
      hub_says(said);
    }
    person.join();
    return answer;
  }
};

inline const std::string tag = sync::protocol::customer_tag(sync::DigestKey{}, maya);

}  // namespace vitrine::edge::people
