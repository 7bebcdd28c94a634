// SPDX-License-Identifier: Apache-2.0
// in_one_transaction() is the one place where something leaves, and it leaves after the commit.
#include "edge/daemon/daemon.hpp"

#include <malloc.h>

#include <algorithm>
#include <utility>

#include "base/log.hpp"
#include "edge/database/audit.hpp"
#include "edge/local_api/answers_json.hpp"
#include "edge/local_api/measures.hpp"
#include "edge/local_api/measuring.hpp"
#include "sync/planted.hpp"
#include "sync/protocol/availability_codec.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/protocol/topics.hpp"

namespace vitrine::edge::daemon {

using sync::ends::StoreEffects;
using sync::ends::StoreEnd;

namespace {

constexpr std::string_view link_switch = "link";
constexpr std::size_t waiting_max = 32;  // people who wait for an answer of the hub; more are told at once

std::vector<sync::StreamName> followed(const DaemonSetup& setup) {
  return {sync::StreamName{"catalog"},
          sync::StreamName{"prices." + setup.zone},
          sync::StreamName{"promotions." + setup.zone},
          sync::StreamName{"content"},
          sync::StreamName{"settings"},
          sync::protocol::availability_stream(setup.region)};
}

constexpr std::int64_t minute_rest_ms = 10'000;  // a clock that stands still is not asked all the time

// What is older is not measured any more: by what the hub has said, since a clock that is wrong must not forget anything.
UtcMs measured_since(const StoreEnd& end) { return end.state().hub_time_max.plus(-local_api::measured_kept_ms); }

// The disk is full or someone else holds the file: this action is refused, the next may work. Anything else is the end.
bool is_passing(const Error& error) { return error.code == "disk_full" || error.code == "database_busy"; }

}  // namespace

Daemon::Daemon(DaemonSetup setup, std::unique_ptr<database::Connection> connection, Inbox& inbox, local_api::EventFeed& feed,
               local_api::LinkBoard& board)
    : setup_(std::move(setup)),
      replica_(std::move(connection), sync::StreamName{"catalog"}),
      reader_(replica_.connection()),
      inbox_(inbox),
      feed_(feed),
      board_(board) {}

Result<std::unique_ptr<Daemon>> Daemon::create(DaemonSetup setup, std::unique_ptr<database::Connection> connection, Inbox& inbox,
                                               local_api::EventFeed& feed, local_api::LinkBoard& board) {
  std::unique_ptr<Daemon> daemon(new Daemon(std::move(setup), std::move(connection), inbox, feed, board));
  database::SqliteReplica& replica = daemon->replica_;
  const Now now = daemon->setup_.now();
  replica.begin();
  sync::ends::StoreState state = replica.state();
  Witness* const witness = daemon->setup_.witness;
  const auto said = witness != nullptr ? witness->said() : std::nullopt;
  if (state.store.empty()) {
    state.store = daemon->setup_.store;
    state.incarnation.text = daemon->setup_.chance.hex_128();
    replica.put_state(state);
  } else if (state.store != daemon->setup_.store) {
    replica.rollback();
    return fail("store_mismatch", "the database belongs to store " + state.store.text + ", not " + daemon->setup_.store.text);
  } else if (witness != nullptr && is_in_doubt(said, state, replica.line())) {
    log::error("the database is older than what was seen of it: nothing personal is shown before the hub has been asked",
               {{"seen_n", said ? std::to_string(said->last_n) : "none"}, {"last_n", std::to_string(state.last_n)}});
    state.in_doubt = true;
    replica.put_state(state);
  }
  daemon->link_enabled_ = replica.switched(link_switch, true);
  daemon->make_store_end(now);
  daemon->end_->look_over(now);
  local_api::measure_all(replica.connection(), daemon->reader_, state.store, measured_since(*daemon->end_));
  daemon->end_drill_of_before(now);
  if (auto failed = replica.commit()) return std::unexpected(failed->within("opening the store's database"));
  daemon->bear_witness(now);
  daemon->show_link();
  daemon->alerts_at_ = now.mono;
  daemon->audit_at_ = now.mono.plus(audit_tell_ms);
  daemon->measures_at_ = now.mono.plus(measures_said_ms);
  daemon->follow_line(now);
  return daemon;
}

void Daemon::make_store_end(Now now) {
  end_ = std::make_unique<StoreEnd>(replica_, followed(setup_), setup_.software, setup_.chance, now);
  end_->keep(setup_.keeping);
  end_->go_on_from(clock_at_);
}

// After the commit, never before: a witness that is ahead would cast doubt on a good database.
void Daemon::bear_witness(Now now) {
  if (setup_.witness == nullptr) return;
  const sync::ends::StoreState& state = end_->state();
  const Witnessed seen{state.incarnation, state.last_n};
  if (seen == witnessed_) return;
  setup_.witness->note(seen);
  witnessed_ = seen;
  if (!settle_at_) settle_at_ = now.mono.plus(witness_settle_ms);
}

std::optional<Error> Daemon::run() {
  while (!stopping_ && !fatal_) {
    std::optional<std::chrono::steady_clock::time_point> until;
    if (const auto at = due_at()) {
      const std::int64_t wait_ms = std::max<std::int64_t>(0, at->value - setup_.now().mono.value);
      until = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
    }
    step(inbox_.take(until));
  }
  for (auto& [id, command] : waiting_) command.answer(fail("busy", "the store's daemon is stopping"));
  waiting_.clear();
  return fatal_;
}

std::optional<Error> Daemon::step(std::optional<Item> item) {
  if (item) std::visit([this](auto& one) { handle(one); }, *item);
  if (!fatal_) do_what_is_due();
  if (!fatal_) take_answers();
  return fatal_;
}

std::optional<MonoMs> Daemon::due_at() const {
  std::optional<MonoMs> due;
  for (const auto& at : {wake_at_, greet_at_, catalog_event_at_, settle_at_, alerts_at_, audit_at_, minute_at_, measures_at_,
                         empty_log_at_, drill_ends_at_}) {
    if (at && (!due || *at < *due)) due = at;
  }
  return due;
}

void Daemon::do_what_is_due() {
  const Now now = setup_.now();
  if (catalog_event_at_ && *catalog_event_at_ <= now.mono) {
    catalog_event_at_.reset();
    feed_.publish("catalog", "{}");
  }
  if (settle_at_ && *settle_at_ <= now.mono) {
    settle_at_.reset();
    setup_.witness->settle();
  }
  if (greet_at_ && *greet_at_ <= now.mono) {
    greet_at_.reset();
    if (transport_up_) in_one_transaction([this](StoreEffects& out, Now at) { out = end_->connected(at); });
  }
  if (wake_at_ && *wake_at_ <= now.mono) {
    wake_at_.reset();
    in_one_transaction([this](StoreEffects& out, Now at) { out = end_->woke(at); });
  }
  if (empty_log_at_ && *empty_log_at_ <= now.mono) {
    empty_log_at_.reset();
    if (std::exchange(much_read_, false)) {
      replica_.connection().let_go_of_pages();
      malloc_trim(0);  // messages and their documents leave holes that nothing else would fill
    }
    if (!replica_.connection().empty_log()) empty_log_at_ = now.mono.plus(empty_log_again_ms);
  }
  if (minute_at_ && *minute_at_ <= now.mono) measure_minute(now);
  if (measures_at_ && *measures_at_ <= now.mono) say_measures(now);
  if (drill_ends_at_ && *drill_ends_at_ <= now.mono) (void)end_drill(local_api::DrillEnd::time);
  if (alerts_at_ && *alerts_at_ <= now.mono) look_at_alerts();
  if (audit_at_ && *audit_at_ <= now.mono) tell_audit();
}

// What is wrong by now; the next look is when that changes by itself, or soon after something did.
void Daemon::look_at_alerts() {
  alerts_at_.reset();
  std::int64_t rest_ms = alert_rest_ms;
  const auto failed = in_one_transaction([&](StoreEffects&, Now now) {
    database::forget_measured(replica_.connection(), measured_since(*end_));
    if (end_->state().in_doubt) return;
    const sync::ends::Link& link = end_->link();
    const UtcMs at = end_->hub_time(now.utc);
    std::optional<UtcMs> offline_since;
    // While a drill runs nobody needs to see to it; what is still cut after one is an outage from then on.
    if (!link.online && !drill_ends_at_) {
      offline_since = link.since.plus(replica_.state().clock_offset_ms);
      if (drill_.report) offline_since = std::max(*offline_since, drill_.report->until);
    }
    const auto looked = alerts_.look(replica_.connection(), reader_, offline_since, at);
    alerts_changed_ = looked.changed;
    if (looked.next_at) rest_ms = std::clamp<std::int64_t>(looked.next_at->value - at.value, alert_look_ms, alert_rest_ms);
  });
  if (failed) alerts_.forget();
  if (!failed) show_level();
  if (!alerts_at_) alerts_at_ = setup_.now().mono.plus(rest_ms);
}

void Daemon::tell_audit() {
  audit_at_.reset();
  std::int64_t rest_ms = audit_rest_ms;
  const auto failed = in_one_transaction([&](StoreEffects& out, Now now) {
    auto looked = audit_.look(replica_, *end_, sync::TransactionId{setup_.chance.hex_128()}, now);
    out = std::move(looked.effects);
    rest_ms = looked.again_in_ms;
  });
  if (failed) {
    audit_.not_written();
    rest_ms = audit_tell_ms;
  }
  const MonoMs at = setup_.now().mono.plus(rest_ms);
  if (!audit_at_ || at < *audit_at_) audit_at_ = at;
}

void Daemon::tell_audit_soon(Now now) {
  const MonoMs at = now.mono.plus(audit_tell_ms);
  if (!audit_at_ || at < *audit_at_) audit_at_ = at;
}

// A line that is down for a moment is not cut.
void Daemon::follow_line(Now now) {
  if (end_->link().online) {
    cut_off_at_.reset();
    minute_at_.reset();
    return;
  }
  if (!cut_off_at_) cut_off_at_ = now.mono.plus(local_api::cut_off_after_ms);
  if (!minute_at_) minute_at_ = cut_off_at_;
}

void Daemon::measure_minute(Now now) {
  minute_at_ = now.mono.plus(minute_rest_ms);
  in_one_transaction([this](StoreEffects& out, Now at) {
    out = end_->woke(at);  // it looks whether somebody has set the clock
    const UtcMs time = end_->hub_time(at.utc);
    const std::int64_t left_ms = local_api::offline_minute_ms - time.value % local_api::offline_minute_ms;
    minute_at_ = at.mono.plus(std::max(left_ms, minute_rest_ms));
    if (is_cut_off(at)) local_api::measure_offline(replica_.connection(), time, false);
  });
}

void Daemon::say_measures(Now now) {
  measures_at_ = now.mono.plus(measures_said_ms);
  in_one_transaction([this](StoreEffects& out, Now at) {
    const sync::ends::StoreState& state = end_->state();
    if (state.in_doubt) return;
    const UtcMs time = end_->hub_time(at.utc);
    const UtcMs begun = local_api::measured_from(replica_.connection(), state.incarnation, time);
    sync::ends::LocalAction action;
    action.operations = local_api::measures_to_say(reader_, setup_.store, begun, time);
    if (action.operations.empty()) return;
    action.id.text = setup_.chance.hex_128();
    action.nature = sync::Nature::fact;
    action.actor = "measures";
    out = std::move(end_->perform(action, at).effects);
  });
}

void Daemon::show_level() {
  if (!setup_.show_level || end_->state().in_doubt) return;
  const local_api::AlertLevel level = local_api::level_of(database::alerts(replica_.connection()));
  if (level == level_) return;
  level_ = level;
  setup_.show_level(level);
}

void Daemon::look_soon(Now now) {
  const MonoMs at = now.mono.plus(alert_look_ms);
  if (!alerts_at_ || at < *alerts_at_) alerts_at_ = at;
}

// Nothing leaves before the commit.
std::optional<Error> Daemon::in_one_transaction(const Work& work, const std::function<void()>& committed) {
  const Now now = setup_.now();
  StoreEffects effects;
  replica_.begin();
  work(effects, now);
  // By the hash that the audit knows everybody by.
  for (const std::string& tag : effects.erased) {
    database::append_audit(replica_.connection(), {0, end_->hub_time(now.utc), "", "", "customers.erase", tag, "done", "", {}});
  }
  const std::uint64_t audit_n = database::audit_end(replica_.connection()).n;
  if (effects.much_changed) {
    much_read_ = true;
    alerts_.forget();
    local_api::measure_all(replica_.connection(), reader_, setup_.store, measured_since(*end_));
  } else {
    local_api::measure_changes(replica_.connection(), reader_, setup_.store, effects.changed, measured_since(*end_));
  }
  const bool early = planted(sync::Bug::ack_before_commit);
  if (early && committed) committed();
  if (early) carry_out(effects, now);
  if (auto failed = replica_.commit(); failed && !planted(sync::Bug::commit_failure_ignored)) {
    // Everything of this event is undone; what store_end remembers of it must go too.
    alerts_changed_ = false;
    make_store_end(now);
    const bool readable = !replica_.failure();
    replica_.rollback();
    wake_at_.reset();
    // The questions that store_end had under way are gone with it.
    for (const auto& [id, command] : waiting_) answers_.push_back({id, "not_asked"});
    if (is_passing(*failed) && readable) {
      log::error("nothing could be written", {{"code", failed->code}, {"reason", failed->message}});
      if (transport_up_) greet_at_ = now.mono.plus(greet_again_ms);
      show_link();
    } else {
      fatal_ = failed;
    }
    return failed;
  }
  clock_at_ = end_->clock_at();
  bear_witness(now);
  if (std::exchange(audit_n_, audit_n) != audit_n) tell_audit_soon(now);
  if (!empty_log_at_) empty_log_at_ = now.mono.plus(empty_log_ms);
  if (committed && !early) committed();
  if (!early) carry_out(effects, now);
  return std::nullopt;
}

void Daemon::carry_out(const StoreEffects& effects, Now now) {
  if (effects.wake_at) wake_at_ = effects.wake_at;
  follow_line(now);
  for (const sync::protocol::StoreMessage& message : effects.sends) setup_.send(message);
  for (const sync::ends::Notice& notice : effects.notices) log::error(notice.detail, {{"code", notice.code}});
  show_link();
  publish_changes(effects, now);
  if (std::exchange(alerts_changed_, false)) {
    feed_.publish("alert", "{}");
    show_level();
  }
  answers_.insert(answers_.end(), effects.answers.begin(), effects.answers.end());
  if (!effects.streams_moved.empty()) setup_.search_fell_behind();
  if (effects.drop_connection) setup_.drop_connection();
}

void Daemon::publish_changes(const StoreEffects& effects, Now now) {
  bool goods = false;
  bool store = false;
  bool people = false;
  bool returns = false;
  if (effects.much_changed) {
    feed_.lose_track();
    tell_audit_soon(now);
    look_soon(now);
  }
  for (const sync::DocumentKey& key : effects.changed) {
    if (key.collection == "cart" || key.collection == "order" || key.collection == "ticket" || key.collection == "request" ||
        key.collection == "case") {
      sync::protocol::JsonWriter data;
      // A request's id begins with this store's name, which listeners know; a case's with whose it is, which is nobody's
      // business.
      const std::size_t slash = key.id.rfind('/');
      data.object().field(key.collection, key.id.substr(slash == std::string::npos ? 0 : slash + 1)).end_object();
      feed_.publish(key.collection, data.take());
    }
    goods = goods || key.collection == "stock";
    if (key.collection == "audit") tell_audit_soon(now);
    if (key.collection == "stock") alerts_.stock_changed(key.id);
    if (key.collection == "stock" || key.collection == "order" || key.collection == "request") look_soon(now);
    returns = returns || key.collection == "receipt";
    people = people || key.collection == "customer" || key.collection == "consent" || key.collection == "offer";
  }
  for (const sync::StreamName& stream : effects.streams_moved) {
    goods = goods || stream.text == "catalog" || stream.text.starts_with("availability.") || stream.text.starts_with("prices.") ||
            stream.text.starts_with("promotions.");
    store = store || stream.text == "content" || stream.text == "settings";
  }
  store = store || !effects.fills_ended.empty();
  if (store) feed_.publish("store", "{}");
  if (returns) feed_.publish("returns", "{}");   // of which receipt, is for whoever has the paper
  if (people) feed_.publish("customers", "{}");  // of whom, is nobody's business
  if (effects.link_changed) {
    feed_.publish("link", local_api::to_json(board_.get().report));
    look_soon(now);
  }
  if (goods && !catalog_event_at_) catalog_event_at_ = now.mono.plus(catalog_event_ms);
}

void Daemon::show_link() {
  local_api::LinkSituation situation;
  const sync::ends::Link& link = end_->link();
  const sync::ends::StoreState state = replica_.state();
  // Every time that the local API names is by the hub's clock.
  situation.clock_offset_ms = state.clock_offset_ms;
  situation.hub_time_max = state.hub_time_max;
  situation.report = {link.online, link_enabled_, link.since.plus(situation.clock_offset_ms), end_->last_contact(),
                      !link_enabled_   ? "switched_off"
                      : drill_ends_at_ ? "drill"
                                       : link.reason};
  situation.drill = drill_;
  for (const sync::StreamName& stream : followed(setup_)) {
    if (const auto head = end_->heard(stream)) situation.heads[stream.text] = *head;
  }
  if (const auto head = end_->heard(sync::protocol::own_stream(setup_.store)))
    situation.heads["store." + setup_.store.text] = *head;
  board_.put(std::move(situation));
}

void Daemon::handle(HubConnected&) {
  transport_up_ = true;
  greet_at_.reset();
  in_one_transaction([this](StoreEffects& out, Now now) { out = end_->connected(now); });
}

void Daemon::handle(HubDisconnected&) {
  transport_up_ = false;
  greet_at_.reset();
  in_one_transaction([this](StoreEffects& out, Now now) { out = end_->disconnected(now); });
}

void Daemon::handle(HubSaid& said) {
  in_one_transaction([&](StoreEffects& out, Now now) { out = end_->received(said.message, now); });
}

void Daemon::handle(Command& command) { perform(command, true); }

void Daemon::perform(Command& command, bool may_wait, const std::string& hub_said) {
  Result<sync::CartId> answer = fail("internal", "no answer was made");
  std::optional<sync::TransactionId> waits_for;
  bool answered = false;
  // Who waits at the kiosk is answered first; the hub and the other kiosks hear of it right after.
  const auto failed = in_one_transaction(
      [&](StoreEffects& out, Now now) {
        local_api::Desk desk{replica_, reader_, *end_, setup_.store, setup_.zone, now, {}, false, may_wait};
        desk.hub_said = hub_said;
        answer = command.work(desk);
        if (desk.performed) out = std::move(desk.effects);
        if (desk.performed && is_cut_off(now)) local_api::measure_offline(replica_.connection(), end_->hub_time(now.utc), true);
        alerts_changed_ = desk.alerts_changed;
        if (desk.alerts_changed) look_soon(now);
        waits_for = desk.waits_for;
        command.hears_refusal = desk.hears_refusal;
      },
      [&] {
        if (waits_for && waiting_.size() < waiting_max) return;
        answered = true;
        command.answer(std::move(answer));
      });
  if (answered) return;
  if (failed) return command.answer(std::unexpected(*failed));
  waiting_.emplace(*waits_for, std::move(command));
}

// What people wait for has come, or will not come: what they asked is tried once more, or refused as the hub refuses it.
void Daemon::take_answers() {
  for (const sync::ends::AskResult& result : std::exchange(answers_, {})) {
    const auto [first, last] = waiting_.equal_range(result.id);
    std::vector<Command> commands;
    for (auto it = first; it != last; ++it) commands.push_back(std::move(it->second));
    waiting_.erase(first, last);
    for (Command& command : commands) {
      if (result.code.empty() || command.hears_refusal) {
        perform(command, false, result.code);
      } else if (result.code == "not_found") {
        command.answer(fail("cart_unknown", "the hub has no such cart"));
      } else if (result.code.starts_with("pass_")) {
        command.answer(fail(result.code, "the hub refuses this pass"));
      } else {
        command.answer(fail("pass_needs_hub", "the hub was asked for the cart: " + result.code));
      }
    }
  }
}

void Daemon::handle(SwitchLink& request) {
  const auto failed = in_one_transaction([&](StoreEffects&, Now) { replica_.put_switch(link_switch, request.enabled); });
  if (failed) return request.answer(std::unexpected(*failed));
  link_enabled_ = request.enabled;
  // Whoever joins or cuts the line by hand has no drill in mind.
  if (drill_ends_at_) (void)end_drill(local_api::DrillEnd::by_hand);
  setup_.enable_link(request.enabled);
  // "Try now" while the broker is reached and the hub sent the store away: it is greeted at once.
  if (request.enabled && transport_up_ && !end_->link().online) greet_at_ = setup_.now().mono;
  show_link();
  feed_.publish("link", local_api::to_json(board_.get().report));
  request.answer({});
}

void Daemon::handle(SearchReached& reached) {
  in_one_transaction([&](StoreEffects&, Now) { replica_.clear_search_journal(reached.journal_n); });
  if (!catalog_event_at_) catalog_event_at_ = setup_.now().mono.plus(catalog_event_ms);
}

}  // namespace vitrine::edge::daemon
