// SPDX-License-Identifier: Apache-2.0
// A counter without any I/O: who is signed in, what is asked and what not, and that two never do the same unknowingly.
#include <doctest/doctest.h>

#include "kiosk/model/counter_proof.hpp"
#include "tests/kiosk/model/asked.hpp"
#include "tools/kiosk_shots/samples.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::answer;
using samples::asked;
using samples::Scene;

namespace {

Desk& desk(Scene& scene) { return scene.model.visit.desk; }

void refuse(Scene& scene, std::uint64_t number, const std::string& code) {
  scene.event(RequestFailed{{scene.model.visit.number, number}, code});
}

}  // namespace

TEST_CASE("the sixth digit signs in; until then, and without a name, nothing is asked") {
  Scene scene = samples::typed(samples::counter(), "123456");
  CHECK(asked<SignIn>(scene) == nullptr);
  scene = samples::typed(samples::chosen(), "94128");
  CHECK(asked<SignIn>(scene) == nullptr);
  scene.wish(TypeKey{{KeyTouch::Kind::backspace}});
  scene = samples::typed(std::move(scene), "8");
  scene.wish(TypeKey{{KeyTouch::Kind::text, "x"}});
  CHECK(desk(scene).trying.pin.text == "94128");
  scene = samples::typed(std::move(scene), "0");
  const auto* sign_in = asked<SignIn>(scene);
  REQUIRE(sign_in != nullptr);
  CHECK(sign_in->pin == "941280");
  CHECK(desk(scene).trying.pin.text.empty());  // not kept
  scene = samples::typed(std::move(scene), "111111");
  CHECK(asked<SignIn>(scene) == nullptr);  // one at a time
}

TEST_CASE("whoever is signed in sees the queue, and every question goes with their session") {
  Scene scene = samples::signed_in();
  CHECK(shown_route(scene.model) == Route::queue);
  const CounterRequest* whole = nullptr;
  REQUIRE(asked<FetchCalls>(scene, nullptr, &whole) != nullptr);
  CHECK(whole->session == std::string(64, 'a'));
  CHECK(asked<FetchOrders>(scene) != nullptr);
  CHECK(asked<FetchPicking>(scene) != nullptr);
}

TEST_CASE("without the permission orders are not asked for") {
  Scene scene = samples::typed(samples::chosen(), "941280");
  StaffSession session = samples::some_session();
  session.permissions = {"carts"};
  answer(scene, desk(scene).trying.asked, session);
  CHECK(asked<FetchCalls>(scene) != nullptr);
  CHECK(asked<FetchOrders>(scene) == nullptr);
  scene.event(OrderNews{"481206"});
  CHECK(asked<FetchOrders>(scene) == nullptr);
}

TEST_CASE("a badge signs in, and takes the place of who is there; one that is refused does not") {
  Scene scene = samples::with_queue();
  scene.event(ScanSeen{"a badge"});
  REQUIRE(asked<SignIn>(scene) != nullptr);
  CHECK(asked<SignIn>(scene)->badge == "a badge");
  refuse(scene, desk(scene).trying.asked, "badge_refused");
  CHECK(shown_route(scene.model) == Route::queue);
  CHECK(desk(scene).notice == "badge_refused");
  const std::uint64_t visit = scene.model.visit.number;
  scene.event(ScanSeen{"another badge"});
  StaffSession nadia = samples::some_session();
  nadia.who = samples::some_colleagues()[1];
  answer(scene, desk(scene).trying.asked, nadia);
  CHECK(scene.model.visit.number == visit + 1);  // of Tom's work nothing stays
  CHECK(desk(scene).orders.empty());
  CHECK(desk(scene).session->who.name == "Nadia");
}

TEST_CASE("two minutes without a touch lock; the same person goes on where they were, another one does not") {
  Scene scene = samples::with_order(samples::some_counter_order(OrderStep::here));
  scene.wait(60'000);
  scene.event(PersonDid{});
  REQUIRE(asked<ActOnSession>(scene) != nullptr);
  CHECK(asked<ActOnSession>(scene)->action == SessionAction::touch);
  scene.wait(119'000);
  CHECK(shown_route(scene.model) == Route::order);
  scene.wait(1'001);
  CHECK(shown_route(scene.model) == Route::sign_in);
  const CounterRequest* whole = nullptr;
  REQUIRE(asked<ActOnSession>(scene, nullptr, &whole) != nullptr);
  CHECK(asked<ActOnSession>(scene)->action == SessionAction::lock);
  CHECK(whole->session.size() == 64);
  CHECK(desk(scene).session->token.empty());
  CHECK(desk(scene).trying.chosen == "1003");
  Scene other = scene;
  scene = samples::typed(std::move(scene), "941280");
  answer(scene, desk(scene).trying.asked, samples::some_session());
  CHECK(shown_route(scene.model) == Route::order);
  CHECK(desk(scene).order->id == "481206");
  other.wish(CounterWish{ChooseColleague{"1002"}});
  other = samples::typed(std::move(other), "728885");
  StaffSession nadia = samples::some_session();
  nadia.who = samples::some_colleagues()[1];
  answer(other, desk(other).trying.asked, nadia);
  CHECK(shown_route(other.model) == Route::queue);
  CHECK_FALSE(desk(other).order.has_value());
}

TEST_CASE("locked for a quarter of an hour, the work goes too; while locked nothing can be wished") {
  Scene scene = samples::with_queue();
  scene.wish(CounterWish{LockCounter{}});
  CHECK(shown_route(scene.model) == Route::sign_in);
  scene.wish(CounterWish{OpenOrder{"481206"}});
  CHECK_FALSE(desk(scene).order.has_value());
  CHECK(asked<FetchOrders>(scene) == nullptr);
  scene.wait(counter_forget_ms + 1);
  CHECK_FALSE(desk(scene).session.has_value());
  CHECK(desk(scene).orders.empty());
}

TEST_CASE("a session that is over at the edge locks the screen") {
  Scene scene = samples::with_queue();
  scene.event(HelpNews{std::string(32, '1')});
  refuse(scene, desk(scene).calls_refresh.asked, "session_over");
  CHECK(shown_route(scene.model) == Route::sign_in);
}

TEST_CASE("news ask once, and again when more came meanwhile") {
  Scene scene = samples::with_queue();
  scene.event(OrderNews{"1"});
  REQUIRE(asked<FetchOrders>(scene) != nullptr);
  const std::uint64_t first = desk(scene).orders_refresh.asked;
  scene.event(OrderNews{"2"});
  scene.event(OrderNews{"3"});
  CHECK(asked<FetchOrders>(scene) == nullptr);
  answer(scene, first, samples::some_orders());
  CHECK(asked<FetchOrders>(scene) != nullptr);
}

TEST_CASE("what hurts most stands on top") {
  const Scene scene = samples::with_queue();
  const QueueView view = queue_of(scene.model);
  REQUIRE(view.here.size() == 3);
  CHECK(view.here[0]->order == "481190");     // waits longest
  CHECK(view.prepare[0]->order == "481233");  // is due first
  CHECK(view.ready[0]->order == "481101");    // lies there longest
  CHECK(view.calls[0]->state == HelpState::waiting);
  CHECK(picker_of(scene.model, "481233") == "Nadia K.");
  CHECK(picker_of(scene.model, "481251").empty());
}

TEST_CASE("who comes too late is told, and looks again") {
  Scene scene = samples::with_queue();
  scene.wish(CounterWish{TakeCall{std::string(32, '1'), 1}});
  REQUIRE(asked<ActOnCall>(scene) != nullptr);
  scene.wish(CounterWish{TakeCall{std::string(32, '1'), 3}});
  CHECK(asked<ActOnCall>(scene) == nullptr);  // one at a time
  refuse(scene, desk(scene).call_acting, "request_taken");
  CHECK(desk(scene).notice == "request_taken");
  CHECK(asked<FetchCalls>(scene) != nullptr);
  scene.wait(notice_ms + 1);
  CHECK(desk(scene).notice.empty());
}

TEST_CASE("a code shown at a kiosk just now is asked of the edge; when it knows of none, staff ask") {
  Scene scene = samples::with_order(samples::some_counter_order(OrderStep::here));
  CHECK(may_have_shown_code(scene.model, *desk(scene).order));
  CHECK(proof_of(scene.model, *desk(scene).order).empty());
  scene.wish(Submit{});
  CHECK(proof_of(scene.model, *desk(scene).order) == "code");
  Scene late = scene;
  late.model.visit.last_active = late.now.mono.plus(verified_ms);
  late.wait(verified_ms);
  CHECK(proof_of(late.model, *desk(late).order).empty());
  scene.wish(CounterWish{TickLine{0}});
  CHECK(desk(scene).order->ticked.size() == 3);  // what is not there cannot be ticked
  scene.wish(CounterWish{HandOver{}});
  REQUIRE(asked<ActOnOrder>(scene) != nullptr);
  refuse(scene, desk(scene).order->acting, "not_verified");
  CHECK(desk(scene).notice == "not_verified");
  CHECK(proof_of(scene.model, *desk(scene).order).empty());
  CHECK_FALSE(may_have_shown_code(scene.model, *desk(scene).order));
  scene.wish(CounterWish{HandOver{}});
  CHECK(asked<ActOnOrder>(scene) == nullptr);
  scene.wish(CounterWish{TickPerson{}});
  scene.wish(CounterWish{HandOver{}});
  REQUIRE(asked<ActOnOrder>(scene) != nullptr);
  CHECK(asked<ActOnOrder>(scene)->proof == "staff");
  answer(scene, desk(scene).order->acting, samples::some_counter_order(OrderStep::over));
  CHECK(shown_route(scene.model) == Route::queue);
  CHECK(desk(scene).notice == "handed_over");
}

TEST_CASE("six digits and two of the phone, at the counter itself; a code of another order is none") {
  CounterOrder order = samples::some_counter_order(OrderStep::ready);
  Scene scene = samples::typed(samples::with_order(order), "471112");
  REQUIRE(asked<CheckIn>(scene) != nullptr);
  CHECK(asked<CheckIn>(scene)->code == "471112");
  Pickup half;
  half.needs_phone = true;
  answer(scene, desk(scene).order->checking, half);
  scene = samples::typed(std::move(scene), "42");
  REQUIRE(asked<CheckIn>(scene) != nullptr);
  CHECK(asked<CheckIn>(scene)->phone_last2 == "42");
  Pickup other;
  other.order = "481198";
  Scene wrong = scene;
  answer(wrong, desk(wrong).order->checking, other);
  CHECK(desk(wrong).notice == "other_order");
  CHECK(proof_of(wrong.model, *desk(wrong).order).empty());
  Pickup right;
  right.order = order.card.order;
  answer(scene, desk(scene).order->checking, right);
  CHECK(proof_of(scene.model, *desk(scene).order) == "code");
}

TEST_CASE("a pass that is scanned on the queue opens its order, after the phone's digits where there are some") {
  Scene scene = samples::with_queue();
  scene.event(ScanSeen{"a pass", false, true});
  REQUIRE(asked<CheckIn>(scene) != nullptr);
  Pickup half;
  half.needs_phone = true;
  answer(scene, desk(scene).checking, half);
  CHECK(desk(scene).asks_phone);
  scene = samples::typed(std::move(scene), "42");
  REQUIRE(asked<CheckIn>(scene) != nullptr);
  CHECK(asked<CheckIn>(scene)->pass == "a pass");
  Pickup right;
  right.order = "481206";
  answer(scene, desk(scene).checking, right);
  CHECK(shown_route(scene.model) == Route::order);
  CHECK(desk(scene).order->proof == "pass");
  CHECK(desk(scene).checking_pass.empty());
}

TEST_CASE("while something is being done, an older answer does not undo what the screen shows") {
  Scene scene = samples::with_order(samples::some_counter_order(OrderStep::here));
  scene.event(OrderNews{"481206"});
  const std::uint64_t older = desk(scene).order->refresh.asked;
  scene.wish(CounterWish{TickLine{1}});
  scene.wish(CounterWish{TickPerson{}});
  scene.wish(CounterWish{HandOver{}});
  answer(scene, older, samples::some_counter_order(OrderStep::to_prepare));
  CHECK(desk(scene).order->order->card.step == OrderStep::here);
}

TEST_CASE("what is for this person stands first, by the clock alone; taken requests stand behind it") {
  Scene scene = samples::with_queue();
  std::vector<HelpCall> calls = samples::some_calls();
  calls.resize(2, calls.front());
  for (HelpCall& call : calls) {
    call.state = HelpState::waiting;
    call.who.clear();
  }
  calls[0].since = samples::noon.utc.plus(-90'000);
  calls[0].offers = {{{"1002", "Nadia", calls[0].since}}, samples::noon.utc.plus(600'000)};
  calls[1].id = std::string(32, '2');
  calls[1].since = samples::noon.utc.plus(-1'000);
  const UtcMs then = scene.model.now.utc.plus(30'000);
  calls[1].offers = {{{"1002", "Nadia", calls[1].since}, {"1003", "Tom", then}}, samples::noon.utc.plus(600'000)};
  scene.event(HelpNews{calls[1].id});
  answer(scene, desk(scene).calls_refresh.asked, calls);
  CHECK(queue_of(scene.model).calls.front()->id == calls[0].id);
  CHECK_FALSE(is_for_me(scene.model, calls[1].offers));
  scene.now.utc = then;
  scene.event(Tick{});
  CHECK(is_for_me(scene.model, calls[1].offers));
  CHECK(queue_of(scene.model).calls.front()->id == calls[1].id);
  CHECK(queue_of(scene.model).calls.size() == 2);  // everybody sees the whole queue
  CHECK_FALSE(is_for_me(scene.model, Offers{}));
}
