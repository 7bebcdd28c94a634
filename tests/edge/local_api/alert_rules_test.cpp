// SPDX-License-Identifier: Apache-2.0
// The state machine of what needs somebody: each state on its day, then random days from a printed seed, held against the few
// sentences that it promises.
#include "edge/local_api/alert_rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>

using namespace vitrine;
using namespace vitrine::edge::local_api;

namespace {

constexpr std::int64_t minute = 60'000;
const UtcMs noon{1'763'800'000'000};

UtcMs at(std::int64_t minutes) { return noon.plus(minutes * minute); }

const Alert& only(const std::vector<Alert>& alerts) {
  REQUIRE(alerts.size() == 1);
  return alerts.front();
}

}  // namespace

TEST_CASE("a shopper whom nobody helps: raised, shown, on every screen, seen to, over") {
  const std::vector<Trouble> asks = {{"help_not_taken", "r1", noon}};
  CHECK(next_alerts({}, asks, at(1)).empty());
  CHECK(next_alert_change({}, asks, at(1)) == at(2));
  std::vector<Alert> alerts = next_alerts({}, asks, at(2));
  CHECK(alert_state(only(alerts)) == AlertState::raised);
  CHECK(only(alerts).since == noon);
  CHECK(mark_shown(alerts[0], at(3)));
  CHECK_FALSE(mark_shown(alerts[0], at(4)));
  CHECK(only(alerts).shown_at == at(3));
  CHECK(alert_state(only(alerts)) == AlertState::shown);
  CHECK(next_alert_change(alerts, asks, at(3)) == at(4));
  alerts = next_alerts(alerts, asks, at(4));
  CHECK(alert_state(only(alerts)) == AlertState::escalated);
  CHECK_FALSE(next_alert_change(alerts, asks, at(4)).has_value());
  CHECK(acknowledge(alerts[0], "1003", at(5)));
  CHECK_FALSE(acknowledge(alerts[0], "1002", at(6)));  // who was first goes there
  CHECK(only(alerts).acknowledged_by == "1003");
  CHECK(next_alert_change(alerts, asks, at(6)) == at(20));
  alerts = next_alerts(alerts, asks, at(19));
  CHECK(alert_state(only(alerts)) == AlertState::acknowledged);
  // Still wrong a quarter of an hour later: somebody else must.
  alerts = next_alerts(alerts, asks, at(20));
  CHECK(alert_state(only(alerts)) == AlertState::escalated);
  CHECK(only(alerts).acknowledged_by.empty());
  CHECK(next_alerts(alerts, {}, at(21)).empty());
}

TEST_CASE("an order is at risk before its promise; what began anew is another alert; what is not known is none") {
  const std::vector<Trouble> late = {{"promise_at_risk", "481233", at(60)}};
  CHECK(next_alerts({}, late, at(44)).empty());
  std::vector<Alert> alerts = next_alerts({}, late, at(45));
  CHECK(only(alerts).raised_at == at(45));
  acknowledge(alerts[0], "1003", at(46));
  // The promise was moved: whoever saw to the old one has not seen this one.
  alerts = next_alerts(alerts, {{"promise_at_risk", "481233", at(61)}}, at(46));
  CHECK(alert_state(only(alerts)) == AlertState::raised);
  CHECK(next_alerts({}, {{"of_tomorrow", "x", noon}}, at(100)).empty());
  std::vector<Alert> strange = {{"of_tomorrow", "x", noon, noon, {}, {}, {}, {}}};
  CHECK(next_alerts(strange, {}, at(100)).empty());
  CHECK_FALSE(next_alert_change(strange, {}, at(100)).has_value());
}

TEST_CASE("of too many the most urgent stand; nobody's before somebody's, escalated first") {
  std::vector<Trouble> many;
  for (int i = 0; i < 300; ++i) many.push_back({"stock_odd", "sku-" + std::to_string(1000 + i), noon});
  many.push_back({"customer_waits", "481206", noon});
  const std::vector<Alert> alerts = next_alerts({}, many, at(5));
  CHECK(alerts.size() == alerts_max);
  CHECK(std::ranges::count(alerts, std::string("customer_waits"), &Alert::kind) == 1);
  Alert waits{"customer_waits", "1", noon, noon, {}, {}, {}, {}};
  Alert odd{"stock_odd", "2", noon, noon, {}, {}, {}, {}};
  CHECK(is_more_urgent(waits, odd));
  odd.escalated_at = noon;
  CHECK(is_more_urgent(odd, waits));
  odd.acknowledged_at = noon;
  CHECK(is_more_urgent(waits, odd));
}

namespace {

// What is promised, without the rules: of each subject when it went wrong, and what people did since.
struct Day {
  std::mt19937_64 random;
  UtcMs now = noon;
  std::vector<Trouble> troubles;
  std::vector<Alert> alerts;
  std::string broken;

  explicit Day(std::uint64_t seed) : random(seed) {}

  void look() {
    const std::vector<Alert> before = alerts;
    alerts = next_alerts(before, troubles, now);
    if (next_alerts(alerts, troubles, now) != alerts) broken = "the same look twice changes nothing";
    for (const Alert& alert : alerts) judge(alert, before);
    for (const Trouble& trouble : troubles) {
      const AlertKind& kind = *alert_kind(trouble.kind);
      const bool wrong = trouble.since.plus(kind.after_ms) <= now;
      const auto count = std::ranges::count_if(
          alerts, [&](const Alert& one) { return one.kind == trouble.kind && one.subject == trouble.subject; });
      if (count != (wrong ? 1 : 0)) broken = "what is wrong has exactly one alert, and what is not yet has none";
    }
    if (alerts.size() > troubles.size()) broken = "what is over has none";
    const auto next = next_alert_change(alerts, troubles, now);
    const UtcMs until = next ? *next : now.plus(1'000 * minute);
    if (until <= now) broken = "the next look is to come";
    const UtcMs just_before = until.plus(-1);
    if (just_before > now && next_alerts(alerts, troubles, just_before) != alerts) broken = "nothing changes before it is due";
  }

  void judge(const Alert& alert, const std::vector<Alert>& before) {
    const AlertKind& kind = *alert_kind(alert.kind);
    const auto was = std::ranges::find_if(before, [&](const Alert& one) {
      return one.kind == alert.kind && one.subject == alert.subject && one.since == alert.since;
    });
    if (was != before.end() && was->raised_at != alert.raised_at) broken = "it was raised once";
    const bool nobody = alert.acknowledged_at.value == 0;
    if (nobody && alert.raised_at.plus(kind.escalate_ms) <= now && alert.escalated_at.value == 0) broken = "it escalates in time";
    if (!nobody && alert.acknowledged_at.plus(alert_again_ms) <= now) broken = "it comes back in time";
    if (nobody != alert.acknowledged_by.empty()) broken = "who sees to it stands there as long as they do";
  }

  void live() {
    for (int i = 0; i < 60 && broken.empty(); ++i) {
      now = now.plus(static_cast<std::int64_t>(random() % (6 * minute)));
      const auto what = random() % 5;
      if (what == 0 || troubles.empty()) {
        const AlertKind& kind = alert_kinds[random() % alert_kinds.size()];
        const std::string subject = std::to_string(random() % 4);
        std::erase_if(troubles, [&](const Trouble& one) { return one.kind == kind.name && one.subject == subject; });
        troubles.push_back({std::string(kind.name), subject, now.plus(-static_cast<std::int64_t>(random() % (5 * minute)))});
      } else if (what == 1) {
        troubles.erase(troubles.begin() + static_cast<std::ptrdiff_t>(random() % troubles.size()));
      } else if (what == 2 && !alerts.empty()) {
        acknowledge(alerts[random() % alerts.size()], "1003", now);
      } else if (what == 3 && !alerts.empty()) {
        mark_shown(alerts[random() % alerts.size()], now);
      }
      look();
    }
  }
};

}  // namespace

TEST_CASE("random days keep what is promised") {
  const char* given = std::getenv("VITRINE_SEED");
  const std::uint64_t first = given != nullptr ? std::strtoull(given, nullptr, 10) : 20261130;
  for (std::uint64_t seed = first; seed < first + (given != nullptr ? 1 : 2'000); ++seed) {
    Day day(seed);
    day.live();
    if (!day.broken.empty()) FAIL("VITRINE_SEED=", seed, ": ", day.broken);
  }
}

TEST_CASE("how urgently somebody is needed: nobody, somebody, nobody came in time; what is somebody's does not count") {
  std::vector<Alert> alerts = next_alerts({}, {{"help_not_taken", "r1", noon}, {"stock_odd", "1", noon}}, at(2));
  CHECK(level_of({}) == AlertLevel::off);
  CHECK(level_of(alerts) == AlertLevel::on);
  alerts = next_alerts(alerts, {{"help_not_taken", "r1", noon}, {"stock_odd", "1", noon}}, at(4));
  CHECK(level_of(alerts) == AlertLevel::urgent);
  for (Alert& alert : alerts) {
    if (alert.kind == "help_not_taken") acknowledge(alert, "1001", at(5));
  }
  CHECK(level_of(alerts) == AlertLevel::on);
  for (Alert& alert : alerts) acknowledge(alert, "1001", at(5));
  CHECK(level_of(alerts) == AlertLevel::off);
}
