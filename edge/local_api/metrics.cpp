// SPDX-License-Identifier: Apache-2.0
// One line a figure, each with its help and type.
#include "edge/local_api/metrics.hpp"

#include "edge/local_api/answers_json.hpp"

namespace vitrine::edge::local_api {

namespace {

class Exposition {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text_ += "# HELP " + name_ + " " + std::string(help) + "\n# TYPE " + name_ + " " + std::string(type) + "\n";
  }
  template <class Number>
  void value(Number number, const std::string& labels = {}) {
    text_ += name_ + labels + " " + std::to_string(number) + "\n";
  }
  std::string take() { return std::move(text_); }

 private:
  std::string name_;
  std::string text_;
};

void put_screens(Exposition& out, const std::map<std::string, ScreenBoard::Screen>& screens) {
  const auto each = [&](const char* name, const char* type, const char* help, auto value) {
    out.family(name, type, help);
    for (const auto& [device, screen] : screens) out.value(value(screen), "{device=\"" + device + "\"}");
  };
  each("vitrine_kiosk_frames_total", "counter", "Frames that a kiosk or counter built since it started.",
       [](const auto& screen) { return screen.last.frames; });
  each("vitrine_kiosk_frames_shown_total", "counter", "Of these, different from the one before.",
       [](const auto& screen) { return screen.last.frames_shown; });
  each("vitrine_kiosk_memory_bytes", "gauge", "Memory that it has.", [](const auto& screen) { return screen.last.memory_bytes; });
  each("vitrine_kiosk_starts_total", "counter", "Times that it started, seen since this daemon started.",
       [](const auto& screen) { return screen.starts; });
  const auto by_kind = [&](const char* name, const char* help, const auto& kinds, auto counts) {
    out.family(name, "counter", help);
    for (const auto& [device, screen] : screens) {
      for (std::size_t i = 0; i < kinds.size(); ++i)
        out.value(counts(screen)[i], "{device=\"" + device + "\",kind=\"" + std::string(kinds[i]) + "\"}");
    }
  };
  by_kind("vitrine_kiosk_scans_total", "Codes that its scanners read since it started, by kind.", scan_kinds,
          [](const auto& screen) { return screen.last.scans; });
  by_kind("vitrine_kiosk_errors_total", "What went wrong there since it started, by kind.", screen_errors,
          [](const auto& screen) { return screen.last.errors; });
  out.family("vitrine_kiosk_bell_runs_total", "counter",
             "Runs of its [counter] sound since it started, by what became of them; late: it was ended.");
  for (const auto& [device, screen] : screens) {
    for (std::size_t i = 0; screen.last.bell && i < bell_outcomes.size(); ++i)
      out.value((*screen.last.bell)[i], "{device=\"" + device + "\",outcome=\"" + std::string(bell_outcomes[i]) + "\"}");
  }
}

void put_measures(Exposition& out, const sync::Measures& today) {
  out.family("vitrine_edge_measures_today", "gauge",
             "What the store measured since its day began; docs/MEASURES.md says of each what counts.");
  for (const sync::MeasureName& one : sync::measure_names)
    out.value(today.*one.count, "{measure=\"" + std::string(one.name) + "\"}");
  out.family("vitrine_edge_pickup_waits_today", "gauge", "Buyers whose wait is among them.");
  out.value(today.waits_ms.size());
  out.family("vitrine_edge_pickup_wait_seconds", "gauge", "How long buyers waited today, by the nearest rank; none: nobody did.");
  for (const auto& [quantile, percent] : {std::pair("0.5", 50), std::pair("0.9", 90)}) {
    if (const auto wait = sync::percentile(today.waits_ms, static_cast<std::size_t>(percent)))
      out.value(*wait / 1000, "{quantile=\"" + std::string(quantile) + "\"}");
  }
}

}  // namespace

std::string metrics_text(const Health& health, const ShopFigures& shop, const std::vector<RouteFigures>& routes,
                         const ApiFigures& figures, const std::map<std::string, ScreenBoard::Screen>& screens) {
  Exposition out;
  out.family("vitrine_edge_link_online", "gauge", "1 while the hub answers.");
  out.value(health.link.online ? 1 : 0);
  out.family("vitrine_edge_link_enabled", "gauge", "0 when a person switched the link off.");
  out.value(health.link.enabled ? 1 : 0);
  out.family("vitrine_edge_last_contact_seconds", "gauge", "Seconds since the hub last answered.");
  out.value(health.link.last_contact.value == 0 ? -1 : (health.now.value - health.link.last_contact.value) / 1000);
  out.family("vitrine_edge_outbox_waiting", "gauge", "Own transactions that the hub has not applied.");
  out.value(health.outbox_waiting);
  out.family("vitrine_edge_outbox_oldest_seconds", "gauge", "Age of the oldest of them; 0: none waits.");
  out.value(health.outbox_oldest_at.value == 0 ? 0 : (health.now.value - health.outbox_oldest_at.value) / 1000);
  out.family("vitrine_edge_refused", "gauge", "Own transactions that could not have their effect, with an outcome.");
  out.value(health.refused);
  out.family("vitrine_edge_era", "gauge", "The highest era of the hub that was heard.");
  out.value(health.era);
  out.family("vitrine_edge_in_doubt", "gauge", "1 while the database may be older than it should be.");
  out.value(health.in_doubt ? 1 : 0);
  out.family("vitrine_edge_outbox_set_aside", "gauge", "Own transactions that wait for a person.");
  out.value(health.outbox_set_aside);
  out.family("vitrine_edge_stream_seq", "gauge", "The store's place in a stream.");
  for (const StreamReport& stream : health.streams) out.value(stream.seq, "{stream=\"" + stream.name + "\"}");
  out.family("vitrine_edge_stream_head", "gauge", "The hub's last change of a stream, as heard.");
  for (const StreamReport& stream : health.streams) out.value(stream.head, "{stream=\"" + stream.name + "\"}");
  out.family("vitrine_edge_stream_behind", "gauge", "Changes of a stream that are not here yet.");
  for (const StreamReport& stream : health.streams) out.value(stream.head - stream.seq, "{stream=\"" + stream.name + "\"}");
  out.family("vitrine_edge_digest_repairs_total", "counter",
             "Times that a stream's digest was not the hub's and documents were fetched anew.");
  for (const StreamReport& stream : health.streams) out.value(stream.repairs, "{stream=\"" + stream.name + "\"}");
  out.family("vitrine_edge_stream_filled", "gauge", "1 when the first fill has ended.");
  for (const StreamReport& stream : health.streams) out.value(stream.filled ? 1 : 0, "{stream=\"" + stream.name + "\"}");
  out.family("vitrine_edge_orders", "gauge", "Orders that are here, by status; \"exception\" needs a person.");
  for (std::size_t i = 0; i < shop.orders.size(); ++i) {
    out.value(shop.orders[i], "{status=\"" + std::string(sync::rules::word_of(static_cast<sync::rules::OrderStatus>(i))) + "\"}");
  }
  out.family("vitrine_edge_reservations", "gauge", "Promises of stock that have not run out.");
  out.value(shop.stock.reservations);
  out.family("vitrine_edge_stock_discrepancies", "gauge", "What does not add up in the stock and waits for a person.");
  out.value(shop.stock.discrepancies);
  out.family("vitrine_edge_tickets", "gauge",
             "Tickets that go over a till, by state: paid ones for as long as goods may come back and 14 days, others of the "
             "last 14 days.");
  for (const auto& [state, count] : shop.tickets) out.value(count, "{state=\"" + state + "\"}");
  out.family("vitrine_edge_returns_total", "counter", "Times that goods came back.");
  out.value(figures.returns);
  out.family("vitrine_edge_returns_pending", "gauge",
             "Of these, received where the right was not here and not confirmed by the hub.");
  out.value(shop.returns.pending);
  out.family("vitrine_edge_returns_questioned", "gauge",
             "Of the newest by receipt, those of what had come back elsewhere: a person at the hub decides.");
  out.value(shop.returns_questioned);
  out.family("vitrine_edge_help_requests", "gauge", "Shoppers who ask for a person, by state; of the last two days.");
  for (std::size_t i = 0; i < shop.help.by_state.size(); ++i) {
    out.value(shop.help.by_state[i],
              "{state=\"" + std::string(sync::rules::word_of(static_cast<sync::rules::RequestState>(i))) + "\"}");
  }
  out.family("vitrine_edge_help_ended", "gauge", "Those that are over, by how; of the last two days.");
  for (const auto& [how, count] : shop.help.by_end) out.value(count, "{how=\"" + how + "\"}");
  out.family("vitrine_edge_help_oldest_seconds", "gauge", "How long the longest waiting has waited; 0: nobody waits.");
  out.value(shop.help.oldest_ms / 1000);
  out.family("vitrine_edge_cases", "gauge", "Conversations with customers that wait for this store, by state.");
  out.value(shop.cases.waiting[0], "{state=\"open\"}");
  out.value(shop.cases.waiting[1], "{state=\"taken\"}");
  out.family("vitrine_edge_case_oldest_seconds", "gauge",
             "How long the longest waiting that nobody has taken has waited; 0: none does.");
  out.value(shop.cases.oldest_ms / 1000);
  out.family("vitrine_edge_alerts", "gauge", "What needs somebody, by kind and state; escalated: nobody saw to it in time.");
  for (std::size_t kind = 0; kind < alert_kinds.size(); ++kind) {
    for (std::size_t state = 0; state < alert_states.size(); ++state) {
      out.value(shop.alerts[kind][state],
                "{kind=\"" + std::string(alert_kinds[kind].name) + "\",state=\"" + std::string(alert_states[state]) + "\"}");
    }
  }
  out.family("vitrine_edge_database_bytes", "gauge", "Size of the store's database.");
  out.value(health.database_bytes);
  out.family("vitrine_edge_free_bytes", "gauge", "Room on the disk of the database.");
  out.value(health.free_bytes);
  out.family("vitrine_edge_kiosks", "gauge", "Event streams that are open.");
  out.value(health.kiosks);
  out.family("vitrine_edge_requests_total", "counter", "Requests answered, by route.");
  for (const RouteFigures& route : routes) {
    out.value(route.answered, "{method=\"" + std::string(route.method) + "\",path=\"" + std::string(route.path) + "\"}");
  }
  out.family("vitrine_edge_requests_refused_total", "counter", "Requests answered with a problem.");
  out.value(figures.refused);
  out.family("vitrine_edge_searches_empty_total", "counter", "Searches that found nothing.");
  out.value(figures.searches_empty);
  out.family("vitrine_edge_searches_forgiven_total", "counter",
             "Searches that found more because a typing mistake was forgiven.");
  out.value(figures.searches_forgiven);
  out.family("vitrine_edge_sign_ins_total", "counter", "Tries of staff to sign in, by what became of them.");
  out.value(figures.sign_ins, "{outcome=\"done\"}");
  out.value(figures.sign_ins_refused, "{outcome=\"refused\"}");
  out.family("vitrine_edge_staff_unlocked_total", "counter", "Colleagues who were locked out and whom somebody let try again.");
  out.value(figures.staff_unlocked);
  out.family("vitrine_edge_drill_running", "gauge", "1 while the line to the hub is dropped on purpose, for practice.");
  out.value(figures.drill.report && figures.drill.report->runs ? 1 : 0);
  out.family("vitrine_edge_drills_total", "counter", "Drills that are over, by what ended them.");
  for (std::size_t i = 0; i < drill_ends.size(); ++i)
    out.value(figures.drill.ended[i], "{ended=\"" + std::string(drill_ends[i]) + "\"}");
  out.family("vitrine_edge_lamp_runs_total", "counter",
             "Runs of the lamp's command, by what became of them; late: it was ended.");
  out.value(figures.lamp[0], "{outcome=\"done\"}");
  out.value(figures.lamp[1], "{outcome=\"failed\"}");
  out.value(figures.lamp[2], "{outcome=\"late\"}");
  out.family("vitrine_edge_look_ups_total", "counter", "Customers that staff looked for, by what became of it.");
  for (const auto& [outcome, count] : figures.look_ups) out.value(count, "{outcome=\"" + std::string(outcome) + "\"}");
  out.family("vitrine_edge_customer_panels_total", "counter", "Parts of a customer that staff asked to see.");
  out.value(figures.panels_shown, "{state=\"shown\"}");
  out.value(figures.panels_without_consent, "{state=\"no_consent\"}");
  out.family("vitrine_edge_choices_total", "counter", "What shoppers did with their own choices at kiosks.");
  for (std::size_t i = 0; i < choice_acts.size(); ++i)
    out.value(figures.choices[i], "{act=\"" + std::string(choice_acts[i]) + "\"}");
  out.family("vitrine_edge_cases_opened_total", "counter", "Conversations that staff opened from the queue.");
  out.value(figures.cases_opened);
  out.family("vitrine_edge_case_acts_total", "counter", "Notes of staff, and conversations that they took, put back or closed.");
  out.value(figures.case_acts);
  out.family("vitrine_edge_offer_outcomes_total", "counter", "Offers that staff put to customers, by what came of it.");
  for (std::size_t i = 0; i < sync::offer_outcomes.size(); ++i)
    out.value(figures.offer_outcomes[i], "{outcome=\"" + std::string(sync::offer_outcomes[i]) + "\"}");
  out.family(
      "vitrine_edge_nearby_shown_total", "counter",
      "Other stores that were shown beside a product, by the age of what is known of them; \"check\": too old to be said.");
  for (std::size_t i = 0; i < figures.nearby.size(); ++i)
    out.value(figures.nearby[i], "{age=\"" + std::string(word_of(static_cast<Freshness>(i))) + "\"}");
  out.family("vitrine_edge_holds_total", "counter",
             "Times that another store was to keep something for a cart, by what became of it.");
  out.value(figures.holds_kept, "{outcome=\"kept\"}");
  out.value(figures.holds_refused, "{outcome=\"refused\"}");
  out.family("vitrine_edge_coupons_total", "counter",
             "Coupons that people put on a cart or took off, by what became of it; of what was refused, why.");
  for (std::size_t i = 0; i < coupon_ends.size(); ++i)
    out.value(figures.coupons[i], "{outcome=\"" + std::string(coupon_ends[i]) + "\"}");
  out.family("vitrine_edge_deliveries_total", "counter",
             "Times that somebody asked for a cart to be sent home, by what this store made of it; what the hub refused later is "
             "an outcome.");
  out.value(figures.deliveries_asked, "{outcome=\"asked\"}");
  out.value(figures.deliveries_refused, "{outcome=\"refused\"}");
  out.family("vitrine_edge_pictures", "gauge", "Pictures of products that are kept here.");
  out.value(figures.pictures.kept);
  out.family("vitrine_edge_pictures_bytes", "gauge", "What they take of the disk.");
  out.value(figures.pictures.kept_bytes);
  out.family("vitrine_edge_pictures_total", "counter",
             "Pictures that were asked of the hub, by what became of them, and those that had to make room.");
  out.value(figures.pictures.fetched, "{outcome=\"fetched\"}");
  out.value(figures.pictures.failed, "{outcome=\"failed\"}");
  out.value(figures.pictures.refused, "{outcome=\"refused\"}");
  out.value(figures.pictures.evicted, "{outcome=\"evicted\"}");
  out.family("vitrine_edge_staff_sessions", "gauge", "Counters where somebody is signed in, locked ones among them.");
  out.value(figures.sessions);
  out.family("vitrine_edge_audit_entries", "gauge", "Lines of the audit.");
  out.value(shop.audit_entries);
  out.family("vitrine_edge_audit_untold", "gauge",
             "Those that wait to be told to the hub; what was told and is on its way counts as outbox.");
  out.value(shop.audit_untold);
  out.family("vitrine_edge_erasures", "gauge", "Customers of whom the hub has said that they were erased.");
  out.value(shop.erasures);
  out.family("vitrine_edge_operations_scrubbed", "gauge", "Kept operations whose bodies were erased with a customer.");
  out.value(shop.scrubbed);
  put_measures(out, shop.today);
  put_screens(out, screens);
  return out.take();
}

}  // namespace vitrine::edge::local_api
