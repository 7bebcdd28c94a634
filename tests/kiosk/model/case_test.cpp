// SPDX-License-Identifier: Apache-2.0
// Conversations at the counter without any I/O: opened from the queue, answered, closed by what the screen showed, and nothing of
// what was written left where it may not be.
#include <doctest/doctest.h>

#include "tests/kiosk/model/asked.hpp"
#include "tools/kiosk_shots/samples.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::answer;
using samples::asked;
using samples::Scene;

namespace {

std::optional<CustomerOnScreen>& customer(Scene& scene) { return scene.model.visit.desk.customer; }
void refuse(Scene& scene, std::uint64_t number, const std::string& code) {
  scene.event(RequestFailed{{scene.model.visit.number, number}, code});
}
void type(Scene& scene, const std::string& text) {
  for (const char letter : text) scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, letter)}});
}
CustomerPart part(const char* panel, std::vector<CaseSeen> cases) {
  CustomerPart made;
  made.panel = panel;
  made.shown = true;
  made.cases = std::move(cases);
  return made;
}
CaseSeen waiting(Scene& scene) { return customer(scene)->cases->cases.at(0); }

}  // namespace

TEST_CASE("what waits is asked for with the queue, read anew when it changes, and opens its customer at once") {
  Scene scene = samples::with_queue();
  scene.event(CaseNews{});
  std::uint64_t number = 0;
  REQUIRE(asked<FetchCases>(scene, &number) != nullptr);
  answer(scene, number, std::vector<CaseCard>{{std::string(32, '5'), false, "chat", "fr", UtcMs{5}, "", ""}});
  CHECK(queue_of(scene.model).cases.size() == 1);
  scene.wish(CounterWish{OpenWaitingCase{std::string(32, '5')}});
  const auto* fetch = asked<FetchCaseCustomer>(scene, &number);
  REQUIRE(fetch != nullptr);
  CHECK(fetch->id == std::string(32, '5'));
  answer(scene, number, CustomerSeen{std::string(32, '7'), "M…", "H", "81", "en", false});
  CHECK(shown_route(scene.model) == Route::customer);
  CHECK(customer(scene)->open_case == std::string(32, '5'));
  // Somebody else has seen to it meanwhile: back to the queue, which is read anew.
  Scene late = samples::with_queue();
  late.wish(CounterWish{OpenWaitingCase{std::string(32, '5')}});
  REQUIRE(asked<FetchCaseCustomer>(late, &number) != nullptr);
  refuse(late, number, "case_closed");
  CHECK_FALSE(customer(late));
  CHECK(late.model.visit.desk.notice == "case_closed");
  CHECK(shown_route(late.model) == Route::queue);
  Scene nobody = samples::with_queue();
  std::erase(nobody.model.visit.desk.session->permissions, "customers");
  nobody.wish(CounterWish{OpenWaitingCase{std::string(32, '5')}});
  CHECK_FALSE(customer(nobody));
}

TEST_CASE("a list that was not answered is asked for again, also when the session was over meanwhile") {
  Scene scene = samples::with_queue();
  scene.event(CaseNews{});
  std::uint64_t number = 0;
  REQUIRE(asked<FetchCases>(scene, &number) != nullptr);
  refuse(scene, number, "session_over");
  CHECK(scene.model.visit.desk.cases_refresh.asked == 0);
}

TEST_CASE("a close names what the screen showed; what they wrote meanwhile is shown first") {
  Scene scene = samples::with_customer(true);
  const CaseSeen one = waiting(scene);
  scene.wish(CounterWish{ShowCase{one.id}});
  scene.wish(CounterWish{WorkOnCase{CaseWork::close, true}});
  std::uint64_t number = 0;
  const auto* act = asked<ActOnCase>(scene, &number);
  REQUIRE(act != nullptr);
  CHECK(act->seen == std::vector<std::string>{one.words[0].id, one.words[2].id});
  scene.wish(CounterWish{WorkOnCase{CaseWork::take, true}});
  CHECK(asked<ActOnCase>(scene) == nullptr);  // one at a time
  refuse(scene, number, "case_changed");
  CHECK(scene.model.visit.desk.notice == "case_changed");
  CHECK(asked<FetchCustomerPart>(scene) != nullptr);
  scene.wish(CounterWish{WorkOnCase{CaseWork::close, false}});
  REQUIRE(asked<ActOnCase>(scene, &number) != nullptr);
  CHECK_FALSE(asked<ActOnCase>(scene)->needed);
  CaseSeen closed = one;
  closed.state = CaseState::closed;
  closed.waits = false;
  answer(scene, number, part("conversations", {closed}));
  CHECK(customer(scene)->conversations->cases.at(0).state == CaseState::closed);
}

TEST_CASE("a note is written, kept once, and gone with what it was written in") {
  Scene scene = samples::with_customer(true);
  scene.wish(CounterWish{StartNote{}});
  REQUIRE(writes_note(scene.model));
  scene.wish(Submit{});
  CHECK(asked<WriteNote>(scene) == nullptr);  // nothing is written yet
  type(scene, " Prefers bags, é. ");
  scene.wish(Submit{});
  std::uint64_t number = 0;
  REQUIRE(asked<WriteNote>(scene, &number) != nullptr);
  CHECK(asked<WriteNote>(scene)->text == "Prefers bags, é.");
  scene.wish(Submit{});
  CHECK(asked<WriteNote>(scene) == nullptr);
  type(scene, "late");  // on its way it stays as it is
  CHECK(customer(scene)->note->text == " Prefers bags, é. ");
  answer(scene, number, part("conversations", {}));
  CHECK_FALSE(customer(scene)->note);
  CHECK(scene.model.visit.desk.notice == "note_kept");

  // What did not go stays for another try; what is shared no longer does not.
  scene.wish(CounterWish{StartNote{}});
  type(scene, "again");
  scene.wish(Submit{});
  REQUIRE(asked<WriteNote>(scene, &number) != nullptr);
  refuse(scene, number, "no_answer");
  CHECK(customer(scene)->note->text == "again");
  scene.wish(Submit{});
  REQUIRE(asked<WriteNote>(scene, &number) != nullptr);
  refuse(scene, number, "not_shared");
  CHECK_FALSE(customer(scene)->note);
  Scene closed = samples::with_customer(false);
  closed.wish(CounterWish{StartNote{}});
  CHECK_FALSE(writes_note(closed.model));
}

TEST_CASE("withdrawn in the middle: what was shared closes with the note in it; what waits for the store stays, and its answer") {
  Scene scene = samples::with_customer(true);
  scene.wish(CounterWish{ShowCase{customer(scene)->conversations->cases.at(0).id}});
  scene.wish(CounterWish{StartNote{}});
  type(scene, "half a word");
  scene.event(CustomerNews{});
  std::uint64_t head = 0;
  REQUIRE(asked<FetchCustomer>(scene, &head) != nullptr);
  answer(scene, head, CustomerSeen{std::string(32, '7'), "M…", "H", "81", "en", false});
  CHECK_FALSE(customer(scene)->conversations);
  CHECK_FALSE(customer(scene)->note);
  CHECK(customer(scene)->open_case.empty());
  REQUIRE(customer(scene)->cases);
  Scene answering = samples::with_customer(true);
  answering.wish(CounterWish{ShowCase{waiting(answering).id}});
  answering.wish(CounterWish{StartNote{}});
  type(answering, "No, by hand.");
  answering.event(CustomerNews{});
  REQUIRE(asked<FetchCustomer>(answering, &head) != nullptr);
  answer(answering, head, CustomerSeen{std::string(32, '7'), "M…", "H", "81", "en", false});
  CHECK(customer(answering)->note->text == "No, by hand.");
  answering.wish(Submit{});
  const auto* act = asked<ActOnCase>(answering);
  REQUIRE(act != nullptr);
  CHECK(act->work == CaseWork::note);
  CHECK(act->text == "No, by hand.");
}
