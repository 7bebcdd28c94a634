// SPDX-License-Identifier: Apache-2.0
// The measures over the real sockets, without a line: days of random work with repeated requests, restarts and clocks that
// somebody sets, held against a reckoning that knows only what was done when, and shares nothing with the product.
#include <cmath>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "edge/database/measured.hpp"
#include "sync/protocol/order_codec.hpp"
#include "tests/edge/local_api/http_shop.hpp"
#include "tests/sync/rules/order_world.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using nlohmann::json;
namespace rules = vitrine::sync::rules;

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;

// What was done, to what, and when by the store's own belief.
struct Done {
  std::string what;
  std::string subject;
  std::int64_t at = 0;
};

struct Board : HttpShop {
  std::vector<Done> log;
  std::int64_t greeted_ms = 0;
  std::map<std::string, std::int64_t> promises;

  Board() {
    greeted_ms = utc_ms;
    fill();
  }
  void go_offline() {
    loop->step(daemon::HubDisconnected{});
    start();
    let_pass(11'000);
  }
  sync::PageEntry order(const std::string& id, std::int64_t promise_at, std::vector<rules::OrderOperation> more = {},
                        std::uint64_t number = 1) {
    rules::OrderPlaced placed = rules::test::two_lines(2, 1);
    placed.promise_at = UtcMs{promise_at};
    placed.hold_until = UtcMs{promise_at + 30 * day_ms};
    more.insert(more.begin(), placed);
    more.insert(more.begin() + 1, rules::OrderPay{2 * 255 + 1095});
    std::optional<sync::Order> made;
    std::uint64_t n = 1;
    for (auto& act : more) {
      const std::int64_t at = arrived_at != 0 && n > 2 ? arrived_at : greeted_ms - 1'000'000;
      auto after = rules::apply(made, act, {sync::OrderId{id}, rules::test::transaction_id(n++), 0, "platform", UtcMs{at}});
      REQUIRE(after.has_value());
      made = std::move(*after);
    }
    promises[id] = promise_at;
    return put("order", id, sync::protocol::encode_order(*made), number);
  }
  std::int64_t arrived_at = 0;  // of what is said of an order after it was placed
  void did(const std::string& what, const std::string& subject) { log.push_back({what, subject, believed_ms()}); }
  json measures(const std::string& range = "week") {
    const Answer answer = fetch(operator_, "/v1/measures?range=" + range);
    REQUIRE(answer.status == 200);
    return answer.body;
  }
};

// The reckoning: one thing after the other, as slow as it likes.
class Reckoning {
 public:
  Reckoning(const std::vector<Done>& log, const std::map<std::string, std::int64_t>& promises, std::int64_t now)
      : log_(log), promises_(promises), now_(now) {}

  std::map<std::string, std::int64_t> between(std::int64_t from, std::int64_t until) const {
    until = std::min(until, now_ + 1);
    std::map<std::string, std::int64_t> out;
    const auto inside = [&](std::int64_t at) { return from <= at && at < until ? 1 : 0; };
    std::set<std::string> seen;
    for (const Done& one : log_) {
      const bool first = seen.insert(one.what + " " + one.subject).second;
      if (one.what == "resume" && first) out["resumes"] += inside(one.at);
      if (one.what == "sale" && first) out["recovered"] += inside(one.at);
      if (one.what == "search_found" || one.what == "search_empty") out["searches"] += inside(one.at);
      if (one.what == "search_empty") out["searches_empty"] += inside(one.at);
    }
    std::set<std::int64_t> minutes;
    for (const Done& one : log_) {
      if (!one.what.starts_with("search_")) minutes.insert(one.at / minute_ms * minute_ms);
    }
    for (const std::int64_t minute : minutes) out["minutes_served"] += inside(minute);
    for (const auto& [contact, ends] : all("helped", "gone")) {
      const Done& last = ends.back();
      out["contacts"] += inside(last.at);
      const bool good = ends.size() == 1 && last.what == "helped" && all("put_back", "").count(contact) == 0;
      out["contacts_first"] += good ? inside(last.at) : 0;
    }
    std::vector<std::int64_t> waits;
    for (const auto& [order, promised] : promises_) {
      std::int64_t ready = -1, first_out = -1, arrived = -1, waited_at = -1, waited = -1, released = -1;
      for (const Done& one : log_) {
        if (one.subject != order) continue;
        if (one.what == "stage" && (ready < 0 || one.at < ready)) ready = one.at;
        if (one.what == "arrive") arrived = std::max(arrived, one.at);
        if (one.what == "release" && released < 0) released = one.at;
        if (one.what == "hand_over" && (first_out < 0 || one.at < first_out)) first_out = one.at;
      }
      for (const Done& one : log_) {
        if (one.subject != order || one.what != "hand_over" || arrived < 0 || one.at < arrived) continue;
        if (waited_at < 0 || one.at < waited_at) waited_at = one.at;
      }
      if (waited_at >= 0) waited = waited_at - arrived;
      out["promises"] += inside(promised);
      out["promises_kept"] += ready >= 0 && ready <= promised ? inside(promised) : 0;
      if (first_out >= 0) out["collected"] += inside(first_out);
      if (first_out < 0 && released >= 0) out["no_shows"] += inside(released);
      if (waited_at >= 0 && inside(waited_at) == 1) waits.push_back(waited);
    }
    std::ranges::sort(waits);
    out["waits"] = static_cast<std::int64_t>(waits.size());
    const auto at_share = [&](double share) {
      return waits.empty() ? -1
                           : waits[static_cast<std::size_t>(std::ceil(share * static_cast<double>(waits.size()) - 1e-9)) - 1];
    };
    out["wait_median_ms"] = at_share(0.5);
    out["wait_p90_ms"] = at_share(0.9);
    return out;
  }

 private:
  std::map<std::string, std::vector<Done>> all(const std::string& one, const std::string& other) const {
    std::map<std::string, std::vector<Done>> out;
    for (const Done& done : log_) {
      if (done.what == one || done.what == other) out[done.subject].push_back(done);
    }
    return out;
  }
  const std::vector<Done>& log_;
  const std::map<std::string, std::int64_t>& promises_;
  std::int64_t now_;
};

constexpr std::array compared = {"resumes",        "recovered", "collected",      "promises",   "promises_kept",
                                 "no_shows",       "contacts",  "contacts_first", "searches",   "searches_empty",
                                 "minutes_served", "waits",     "wait_median_ms", "wait_p90_ms"};

void check_slot(const Reckoning& reckoning, const json& slot) {
  auto expected = reckoning.between(slot["from"], slot["until"]);
  const json& measures = slot["measures"];
  for (const std::string name : compared) {
    CAPTURE(name);
    CAPTURE(slot["from"].get<std::int64_t>());
    const std::int64_t said = measures[name].is_null() ? -1 : measures[name].get<std::int64_t>();
    // The store's clock may have been put right between an act and the look at it.
    const std::int64_t off = name.starts_with("wait_") && said >= 0 ? 3'000 : 0;
    CHECK(std::abs(said - expected[name]) <= off);
  }
  CHECK(measures["minutes_offline"] >= measures["minutes_served"]);
}

// A random week of a shop.
struct Work {
  Board& shop;
  std::mt19937_64 random;
  std::vector<std::function<void()>> repeats;
  std::map<std::string, std::string> help;  // request → kiosk

  int below(int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); }
  static std::string hex(char first, int n) {
    std::string digits = std::to_string(n);
    return std::string(1, first) + std::string(31 - digits.size(), '0') + digits;
  }
  // Asks; what is asked again under the same number later must change nothing.
  Answer ask(const std::string& path, const json& body) {
    const int number = shop.next_request++;
    Answer answer = shop.post(path, body, number);
    if (answer.status == 200 && below(4) == 0)
      repeats.emplace_back([this, path, body, number] { shop.post(path, body, number); });
    return answer;
  }

  void open_pass() {
    const std::string cart = hex('c', 100 + below(6));
    const std::string pass = hex('b', 100 + below(24));
    sync::protocol::CartPass code = shop.pass(cart, pass);
    code.issued_at = UtcMs{shop.believed_ms() / 1000 * 1000};
    code.expires_at = code.issued_at.plus(hour_ms);
    const Answer answer = ask("/v1/passes/open", {{"device", "kiosk-1"}, {"pass", shop.pass_text(code)}});
    const bool again =
        std::ranges::any_of(shop.log, [&](const Done& one) { return one.what == "resume" && one.subject == pass; });
    if (answer.status == 200 && answer.body["cart"] == cart && !again) shop.did("resume", pass);
  }
  void sell() {
    const bool ours = below(5) == 0;
    const std::string cart = ours ? test_cart : hex('c', 100 + below(6));
    const Answer made = ask("/v1/tickets", {{"device", "kiosk-1"}, {"cart", cart}});
    if (made.status != 200) return;
    const std::string ticket = made.body["ticket"];
    if (ask("/v1/tickets/" + ticket + "/actions", {{"action", "take"}, {"device", "till-1"}}).status != 200) return;
    const json card = {{{"kind", "card"}, {"minor", made.body["sale"]["totals"]["to_pay"]}}};
    const Answer paid = ask("/v1/tickets/" + ticket + "/actions", {{"action", "paid"}, {"device", "till-1"}, {"tenders", card}});
    REQUIRE(paid.status == 200);
    shop.did(ours ? "sale_of_ours" : "sale", cart);
  }
  void order() {
    auto one = shop.promises.begin();
    std::advance(one, below(static_cast<int>(shop.promises.size())));
    const std::string id = one->first;
    const json first = {{{"line", 1}, {"units", 1}}};
    const std::array<json, 5> acts = {{{{"action", "picked"}, {"line", 1}, {"units", 1}},
                                       {{"action", "stage"}, {"place", "C2"}},
                                       {{"action", "arrive"}, {"place", "here"}},
                                       {{"action", "hand_over"}, {"lines", first}, {"proof", "staff"}},
                                       {{"action", "release"}, {"reason", "no_show"}}}};
    const std::size_t which = below(12) == 0 ? 4 : static_cast<std::size_t>(below(4));
    const Answer answer = ask("/v1/orders/" + id + "/actions", acts[which]);
    if (answer.status == 200) shop.did(acts[which]["action"], id);
  }
  void get_help() {
    const std::string kiosk = "kiosk-" + std::to_string(1 + below(3));
    if (below(3) == 0) {
      const Answer asked = ask("/v1/requests", {{"device", kiosk}});
      REQUIRE(asked.status == 200);
      if (help.emplace(asked.body["id"], kiosk).second) shop.did("raise", asked.body["id"]);
      return;
    }
    if (help.empty()) return;
    auto one = help.begin();
    std::advance(one, below(static_cast<int>(help.size())));
    const std::string path = "/v1/requests/" + one->first + "/actions";
    const bool taken = shop.get("/v1/requests/" + one->first).body["state"] == "taken";
    switch (below(6)) {
      case 0:
      case 1:
        if (ask(path, {{"action", "take"}}).status == 200) shop.did("take", one->first);
        return;
      case 2:
        if (ask(path, {{"action", "put_back"}}).status == 200) shop.did(taken ? "put_back" : "put_back_nothing", one->first);
        return;
      case 3: {
        if (ask(path, {{"action", "end"}, {"how", "cancelled"}, {"device", one->second}}).status == 200)
          shop.did("called_off", one->first);
        return;
      }
      default: {
        const std::string how = below(3) == 0 ? "gone" : "helped";
        if (ask(path, {{"action", "end"}, {"how", how}}).status == 200) shop.did(how, one->first);
      }
    }
  }
  void search() {
    const bool found = below(3) != 0;
    REQUIRE(ask("/v1/searches", {{"device", "kiosk-1"}, {"found", found}}).status == 200);
    shop.did(found ? "search_found" : "search_empty", std::to_string(shop.next_request));
  }
  void time_goes() {
    if (below(6) == 0) {
      // Somebody sets the clock.
      shop.utc_ms = std::max(shop.utc_ms + (below(600) - 300) * minute_ms, shop.greeted_ms - hour_ms);
    } else {
      shop.let_pass(below(3) == 0 ? below(7) * hour_ms : below(50) * minute_ms + below(60'000));
    }
  }
  void restart() {
    shop.stop();
    shop.start_again();
    shop.session.clear();
    shop.let_pass(11'000);
  }
  void step() {
    switch (below(14)) {
      case 0:
      case 1:
        return open_pass();
      case 2:
        return sell();
      case 3:
      case 4:
      case 5:
        return get_help();
      case 6:
        return search();
      case 7:
      case 8:
        return time_goes();
      case 9:
        if (!repeats.empty()) repeats[random() % repeats.size()]();
        return;
      default:
        return order();
    }
  }
};

}  // namespace

TEST_CASE("days of random work come to what a reckoning of single acts says, hour by hour, whatever is repeated or set") {
  for (const unsigned seed : {11U, 12U}) {
    CAPTURE(seed);
    Board shop;
    std::vector<sync::PageEntry> orders;
    for (int i = 0; i < 14; ++i) orders.push_back(shop.order(std::to_string(581'300 + i), shop.greeted_ms + i * 9 * hour_ms));
    shop.hub_puts(orders);
    shop.go_offline();
    Work work{shop, std::mt19937_64(seed), {}, {}};
    for (int i = 0; i < 700; ++i) {
      if (i % 175 == 174) work.restart();
      work.step();
    }
    const json week = shop.measures();
    const std::int64_t now = week["as_of"];
    CHECK(std::abs(now - shop.believed_ms()) <= 3'000);
    MESSAGE("seed ", seed, ": ", shop.log.size(), " acts in ", (now - shop.greeted_ms) / hour_ms, " hours");
    const Reckoning reckoning(shop.log, shop.promises, now);
    check_slot(reckoning, week["all"]);
    check_slot(reckoning, week["before"]);
    REQUIRE(week["slots"].size() == 7);
    for (const json& slot : week["slots"]) check_slot(reckoning, slot);
    for (const json& slot : shop.measures("today")["slots"]) check_slot(reckoning, slot);

    // The table: an hour a line, as far as the day has gone.
    const auto table = shop.operator_.Get("/v1/measures.csv?range=week");
    REQUIRE(static_cast<bool>(table));
    CHECK(table->get_header_value("Content-Type") == "text/csv; charset=utf-8");
    std::istringstream lines(table->body);
    std::string names;
    std::getline(lines, names);
    std::int64_t begin = week["all"]["from"];
    for (std::string line; std::getline(lines, line); begin += hour_ms) {
      std::map<std::string, std::string> cells;
      std::istringstream heads(names), values(line);
      for (std::string head, value; std::getline(heads, head, ',');) {
        value.clear();
        std::getline(values, value, ',');
        cells[head] = value;
      }
      auto expected = reckoning.between(begin, begin + hour_ms);
      CAPTURE(line);
      for (const std::string name :
           {"resumes", "recovered", "collected", "promises_kept", "contacts_first", "searches_empty", "minutes_served", "waits"})
        CHECK(cells[name] == std::to_string(expected[name]));
      CHECK(cells["wait_p90_s"].empty() == (expected["waits"] == 0));
      if (expected["waits"] > 0) CHECK(std::abs(std::stol(cells["wait_p90_s"]) * 1000 - expected["wait_p90_ms"]) <= 3'500);
    }
    CHECK(begin > now);
    CHECK(begin - hour_ms <= now);
  }
}

TEST_CASE("what arrives late moves what was counted, and adds nothing; said by somebody elsewhere, it is not this store's") {
  Board shop;
  const std::int64_t start = shop.greeted_ms;
  shop.hub_puts({shop.order("581234", start + hour_ms), shop.order("581235", start + 2 * hour_ms)});
  shop.go_offline();
  const auto act = [&](const json& body) { return shop.post("/v1/orders/581234/actions", body).status; };
  REQUIRE(act({{"action", "picked"}, {"line", 1}, {"units", 2}}) == 200);
  REQUIRE(act({{"action", "stage"}, {"place", "C2"}}) == 200);
  shop.let_pass(30 * minute_ms);
  const std::int64_t handed = shop.believed_ms();
  REQUIRE(act({{"action", "hand_over"}, {"lines", {{{"line", 1}, {"units", 2}}}}, {"proof", "staff"}}) == 200);
  json today = shop.measures("today")["all"]["measures"];
  CHECK(today["collected"] == 1);
  CHECK(today["waits"] == 0);
  CHECK(today["wait_median_ms"].is_null());
  CHECK(today["promises"] == 0);  // its time has not come
  // The buyer's phone had said ten minutes before that she was here; it comes now.
  shop.arrived_at = handed - 10 * minute_ms;
  const auto today_says = [&](const char* name, int count) {
    for (int i = 0; i < 500 && shop.measures("today")["all"]["measures"][name] != count; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    CHECK(shop.measures("today")["all"]["measures"][name] == count);
  };
  shop.greet();
  shop.hub_puts({shop.order("581234", start + hour_ms, {rules::OrderArrive{"car park"}}, 2)});
  today_says("waits", 1);
  for (int i = 0; i < 2; ++i) {
    shop.let_pass(40 * minute_ms);
    today = shop.measures("today")["all"]["measures"];
    CHECK(today["collected"] == 1);
    CHECK(today["waits"] == 1);
    CHECK(today["wait_median_ms"] == 10 * minute_ms);
    CHECK(today["wait_p90_ms"] == 10 * minute_ms);
    CHECK(today["promises"] == 1);
    CHECK(today["promises_kept"] == 1);
  }
  shop.let_pass(hour_ms);
  CHECK(shop.measures("today")["all"]["measures"]["promises"] == 2);
  CHECK(shop.measures("today")["all"]["measures"]["promises_kept"] == 1);
  // The order is forgotten by everybody: what was measured of it stays.
  sync::PageEntry gone = put("order", "581234", "", 3);
  gone.body.reset();
  gone.removal = true;
  shop.greet();
  shop.hub_puts({gone});
  for (int i = 0; i < 500 && shop.get("/v1/orders/581234").status == 200; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(shop.get("/v1/orders/581234").status == 404);
  shop.stop();
  shop.start_again();
  shop.session.clear();
  CHECK(shop.measures("today")["all"]["measures"]["waits"] == 1);
  const auto figures = shop.operator_.Get("/metrics");
  CHECK(figures->body.find("vitrine_edge_measures_today{measure=\"collected\"} 1\n") != std::string::npos);
  CHECK(figures->body.find("vitrine_edge_pickup_wait_seconds{quantile=\"0.9\"} 600\n") != std::string::npos);
}

TEST_CASE("minutes without a line: each once, whatever the clock does; those before the line counts as cut are none") {
  Board shop;
  const auto minutes = [&] {
    auto file =
        database::Connection::open(shop.folder / "store.db", database::sql_book(), {.use = database::Connection::Use::read});
    REQUIRE(file.has_value());
    int count = 0;
    database::each_measured(**file, UtcMs{0}, UtcMs{INT64_MAX},
                            [&](std::string_view kind, const database::Measured&) { count += kind == "offline" ? 1 : 0; });
    return count;
  };
  const auto steps = [&](int count, std::int64_t ms) {
    for (int i = 0; i < count; ++i) {
      shop.let_pass(ms);
      shop.loop->step(std::nullopt);
    }
  };
  shop.let_pass(minute_ms - shop.utc_ms % minute_ms + 5'000);  // five seconds into a minute
  shop.loop->step(daemon::HubDisconnected{});
  steps(9, 1'000);
  CHECK(minutes() == 0);
  steps(2, 1'000);
  CHECK(minutes() == 1);
  steps(10, 15'000);  // 2 min 46 s in
  CHECK(minutes() == 3);
  // Somebody sets the clock back and then far ahead: as many are counted as passed.
  shop.utc_ms -= 2 * minute_ms;
  steps(16, 15'000);
  CHECK(minutes() == 7);
  shop.utc_ms += 90 * minute_ms;
  steps(4, 15'000);
  CHECK(minutes() == 8);
  shop.greet();
  steps(1, 5'000);
  CHECK(minutes() == 8);
}

TEST_CASE(
    "the hub hears of an hour when it is over, once; again when something of it arrives late; and of no hour that another box "
    "counted") {
  Board shop;
  const std::int64_t hour = shop.greeted_ms / hour_ms * hour_ms;
  shop.hub_puts({shop.order("581234", hour - 20 * minute_ms), shop.order("581235", hour + 50 * minute_ms)});
  const auto said = [&] {
    auto file =
        database::Connection::open(shop.folder / "store.db", database::sql_book(), {.use = database::Connection::Use::read});
    REQUIRE(file.has_value());
    database::Reader reader(**file);
    const auto body = reader.body("measures", shop.store.text + "/2025-11-22");
    return body ? json::parse(*body)["hours"] : json::array();
  };
  const auto look = [&](std::int64_t ms) {
    shop.let_pass(ms);
    shop.loop->step(std::nullopt);
  };
  look(daemon::measures_said_ms + 1);
  CHECK(said().empty());  // the hour before is over, and was not ours
  CHECK(shop.outbox_size() == 0);
  look(hour_ms);
  CHECK(said().empty());  // of the one that we began in, we know a part
  look(hour_ms);
  CHECK(said().empty());  // nothing happened in the next
  // A promise of a whole hour of ours, not kept.
  shop.greet();
  shop.hub_puts({shop.order("581236", hour + 70 * minute_ms, {}, 1)});
  look(daemon::measures_said_ms + 1);
  REQUIRE(said().size() == 1);
  CHECK(said()[0]["from"] == hour + hour_ms);
  CHECK(said()[0]["counts"] == json{{"promises", 1}});
  CHECK(shop.outbox_size() == 1);
  for (int i = 0; i < 3; ++i) look(daemon::measures_said_ms + 1);
  CHECK(shop.outbox_size() == 1);
  // It had been ready in time after all: the hour is said anew, and once.
  shop.arrived_at = hour + 65 * minute_ms;
  shop.greet();
  shop.hub_puts({shop.order("581236", hour + 70 * minute_ms, {rules::OrderPicked{1, 2, 0}, rules::OrderStage{"C2"}}, 2)});
  look(daemon::measures_said_ms + 1);
  REQUIRE(said().size() == 1);
  CHECK(said()[0]["counts"] == json{{"promises", 1}, {"promises_kept", 1}});
  CHECK(shop.outbox_size() == 2);
}

TEST_CASE("who may, and what bad input gets") {
  Board shop;
  shop.go_offline();
  CHECK(shop.fetch(shop.kiosk, "/v1/measures").code() == "device_refused");
  CHECK(shop.fetch(shop.till, "/v1/measures.csv").code() == "device_refused");
  CHECK(shop.fetch(shop.counter, "/v1/measures").code() == "sign_in_needed");
  CHECK(shop.get("/v1/measures").body["range"] == "today");
  CHECK(shop.get("/v1/measures").body["time_zone"] == "Europe/London");
  CHECK(shop.get("/v1/measures?range=year").code() == "invalid_request");
  CHECK(shop.fetch(shop.operator_, "/v1/measures.csv?range=").code() == "invalid_request");
  CHECK(shop.post("/v1/searches", {{"device", "counter-1"}, {"found", true}}).code() == "device_refused");
  CHECK(shop.post("/v1/searches", {{"device", "kiosk-1"}}).code() == "invalid_request");
  CHECK(shop.post("/v1/searches", {{"device", "kiosk-1"}, {"found", "clock"}}).code() == "invalid_request");
  CHECK(shop.measures("today")["all"]["measures"]["searches"] == 0);
}
