// SPDX-License-Identifier: Apache-2.0
// Who did and saw what, page by page. Asked for by a touch alone, never by itself: each reading is a line of the audit too.
#include <algorithm>
#include <utility>

#include "kiosk/model/counter_steps.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr std::int64_t day_ms = 24L * 3'600'000;
constexpr std::size_t subject_letters = 64;

void ask_page(Model& model, Requests& out) {
  AuditOnScreen& audit = *model.visit.desk.audit;
  audit.failed.clear();
  audit.chosen = 0;
  audit.asked = ask(model, out, FetchAudit{audit.question});
}

}  // namespace

void open_audit(Model& model, Requests& out) {
  Desk& desk = model.visit.desk;
  if (!may(desk, "audit")) return say(model, "not_permitted");
  desk.audit.emplace();
  model.visit.route = Route::audit;
  ask_audit(model, {}, out);
}

void ask_audit(Model& model, AuditQuestion question, Requests& out) {
  auto& audit = model.visit.desk.audit;
  if (!audit) return;
  const std::int64_t days = question.span == AuditSpan::today ? 1 : question.span == AuditSpan::week ? 7 : 0;
  question.since = {days > 0 ? std::max<std::int64_t>(0, model.now.utc.value - days * day_ms) : 0};
  question.from = 1;
  audit->question = std::move(question);
  audit->words.text = audit->question.whom;
  audit->before.clear();
  audit->keyboard = false;
  ask_page(model, out);
}

void choose_audit_line(Model& model, std::uint64_t n) {
  if (auto& audit = model.visit.desk.audit) audit->chosen = n;
}

void turn_audit(Model& model, bool forth, Requests& out) {
  auto& audit = model.visit.desk.audit;
  if (!audit || audit->asked != 0 || !audit->page) return;
  if (forth) {
    if (!audit->page->more || audit->page->lines.empty()) return;
    audit->before.push_back(audit->question.from);
    audit->question.from = audit->page->lines.back().n + 1;
  } else {
    if (audit->before.empty()) return;
    audit->question.from = audit->before.back();
    audit->before.pop_back();
  }
  ask_page(model, out);
}

void type_audit(Model& model, const KeyTouch& touch) {
  auto& audit = model.visit.desk.audit;
  const bool space = touch.kind == KeyTouch::Kind::text && touch.text == " ";
  if (audit && !space) type(audit->words, touch, subject_letters);
}

void submit_audit(Model& model, Requests& out) {
  auto& audit = model.visit.desk.audit;
  if (!audit) return;
  AuditQuestion question = audit->question;
  question.whom = audit->words.text;
  ask_audit(model, std::move(question), out);
}

void take_audit(Model& model, const Asked& asked, AuditPage page) {
  auto& audit = model.visit.desk.audit;
  if (!audit || asked.number != audit->asked) return;
  audit->asked = 0;
  audit->page = std::move(page);
}

bool take_audit_failure(Model& model, const RequestFailed& event) {
  auto& audit = model.visit.desk.audit;
  if (!audit || audit->asked == 0 || event.asked.number != audit->asked) return false;
  audit->asked = 0;
  audit->page.reset();
  audit->failed = event.code;
  return true;
}

}  // namespace vitrine::kiosk::counter
