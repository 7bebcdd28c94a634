// SPDX-License-Identifier: Apache-2.0
// The auditor's screen: for whom it is there, what is asked, page by page, whether the chain is whole, and nothing of it left.
#include <doctest/doctest.h>

#include "tests/kiosk/screens/counter_desk.hpp"

using namespace vitrine::kiosk;
using samples::Scene;

namespace {

Scene auditor() {
  Scene scene = fresh(samples::with_queue());
  scene.model.visit.desk.session->permissions = {"audit"};
  return scene;
}

void answer(Scene& scene, AuditPage page) {
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.audit->asked}, std::move(page)});
}

}  // namespace

TEST_CASE("an auditor finds it by its key and by words; nobody else has it") {
  Headless headless(desk);
  Scene scene = auditor();
  headless.settle(scene, 8);
  CHECK(press(headless, scene, alt('j')).tree.screen == "audit");
  scene = auditor();
  headless.settle(scene, 8);
  press(headless, scene, Key::search);
  scene = samples::typed(scene, "audit");
  const Frame found = headless.settle(scene, 8);
  CHECK(found.tree.find("find.command.rail.audit") != nullptr);
  scene = fresh(samples::with_queue());
  CHECK(headless.settle(scene, 8).tree.find("rail.audit") == nullptr);
  press(headless, scene, alt('j'));
  CHECK(shown_route(scene.model) == Route::queue);
  scene.wish(CounterWish{OpenAudit{}});
  CHECK(shown_route(scene.model) == Route::queue);
  CHECK_FALSE(scene.model.visit.desk.audit);
}

TEST_CASE("by time, who, what and item; a page at a time, and only when somebody asks") {
  Headless headless(desk);
  Scene scene = auditor();
  scene.wish(CounterWish{OpenAudit{}});
  REQUIRE(asked(scene) != nullptr);
  AuditQuestion question = std::get<FetchAudit>(asked(scene)->what).question;
  CHECK(question.from == 1);
  CHECK(question.since.value == scene.now.utc.value - 24L * 3'600'000);
  answer(scene, samples::some_audit());
  Frame frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "audit.chain") == "The chain is whole");
  CHECK(words_of(frame, "audit.told") == "5,210 lines so far; the head office has 5,208 of them.");
  CHECK(frame.tree.find("audit.line.4101")->value == "Tom B. (1003)");
  CHECK_FALSE(frame.tree.find("audit.older")->enabled);
  // Time and news ask nothing: each look is written down.
  scene.wait(120'000 / 2);
  scene.event(OrderNews{"481206"});
  CHECK(scene.model.visit.desk.audit->asked == 0);
  CHECK(tapped<FetchAudit>(headless, scene, "audit.newer").question.from == 4111);
  answer(scene, samples::some_audit());
  CHECK(tapped<FetchAudit>(headless, scene, "audit.older").question.from == 1);
  answer(scene, samples::some_audit());
  CHECK(tapped<FetchAudit>(headless, scene, "audit.what.orders").question.what == "orders");
  answer(scene, samples::some_audit());
  question = tapped<FetchAudit>(headless, scene, "audit.span.all").question;
  CHECK(question.since.value == 0);
  CHECK(question.what == "orders");
  answer(scene, samples::some_audit());
  headless.settle(scene, 8);
  scene.wait(300);
  REQUIRE(headless.tap(scene, "audit.line.4102"));
  question = tapped<FetchAudit>(headless, scene, "audit.who").question;
  CHECK(question.who == "1003");
  answer(scene, samples::some_audit());
  headless.settle(scene, 8);
  scene.wait(300);
  REQUIRE(headless.tap(scene, "audit.line.4102"));
  CHECK(tapped<FetchAudit>(headless, scene, "audit.whom").question.whom == "481206");
  answer(scene, samples::some_audit());
  CHECK(tapped<FetchAudit>(headless, scene, "audit.all").question.who.empty());
  answer(scene, samples::some_audit());
  scene = samples::typed(scene, "85123A");
  CHECK(tapped<FetchAudit>(headless, scene, "audit.ask").question.whom == "85123A");
  scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.desk.audit->asked}, "invalid_request"});
  CHECK(words_of(headless.settle(scene, 8), "audit.failed").starts_with("Nothing of that kind stands in the audit."));
}

TEST_CASE("a broken chain is said with what it means; what somebody has seen to breaks nothing") {
  Headless headless(desk);
  Scene scene = auditor();
  scene.wish(CounterWish{OpenAudit{}});
  AuditPage page = samples::some_audit();
  page.breaks = {{17, "gap", samples::noon.utc, true}};
  answer(scene, page);
  CHECK(words_of(headless.settle(scene, 8), "audit.chain") == "The chain is whole");
  // What the hub does not know of yet.
  page.broken_at = 4105;
  scene.wish(CounterWish{AskAudit{}});
  answer(scene, page);
  CHECK(words_of(headless.settle(scene, 8), "audit.chain") == "The chain is broken");
  page.breaks.push_back({3204, "parted", samples::noon.utc, false});
  scene.wish(CounterWish{AskAudit{}});
  answer(scene, page);
  const Frame frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "audit.chain") == "The chain is broken");
  CHECK(words_of(frame, "audit.break.0").starts_with("Line 4,105 doesn’t fit the line before it"));
  CHECK(words_of(frame, "audit.break.1").starts_with("From line 3,204 on the store tells another past"));
  CHECK(words_of(frame, "audit.break.2").find("somebody has seen to it") != std::string::npos);
}

TEST_CASE("a lock, another place and a way back leave nothing of it") {
  Headless headless(desk);
  for (const Key key : {Key::lock, Key::queue, Key::escape, Key::status}) {
    Scene scene = auditor();
    scene.wish(CounterWish{OpenAudit{}});
    answer(scene, samples::some_audit());
    headless.settle(scene, 8);
    const Frame frame = press(headless, scene, key);
    CHECK(frame.tree.screen != "audit");
    CHECK_FALSE(scene.model.visit.desk.audit);
    for (const SemanticNode& node : frame.tree.nodes) CHECK_FALSE(node.id.starts_with("audit."));
  }
}
