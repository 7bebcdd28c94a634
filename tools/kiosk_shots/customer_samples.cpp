// SPDX-License-Identifier: Apache-2.0
// A counter with a customer in front of it, in states worth looking at.
#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t day = 24 * 60 * minute;

CustomerSeen maya(bool shares) { return {std::string(32, '7'), "M…", "H", "81", "en", shares, shares, false}; }

Doing doing(int number, const char* kind, const char* channel, std::int64_t ago_ms) {
  Doing made;
  made.id = std::string(30, '0') + (number < 10 ? "0" : "") + std::to_string(number);
  made.kind = kind;
  made.channel = channel;
  made.at = noon.utc.plus(-ago_ms);
  return made;
}

std::vector<Doing> some_doings() {
  std::vector<Doing> all;
  const auto about = [&](const char* kind, const char* channel, std::int64_t ago_ms, const char* title) {
    all.push_back(doing(static_cast<int>(all.size()), kind, channel, ago_ms));
    if (title != nullptr) all.back().title = {{"en", title}};
  };
  about("added", "app", 12 * minute, "Jam-making set with jars");
  about("searched", "app", 19 * minute, nullptr);
  all.back().text = "three tier cake stand";
  about("viewed", "app", 24 * minute, "Regency cake stand, 3 tier");
  about("chatted", "web", day + 40 * minute, nullptr);
  all.back().text = "Is the cake stand dishwasher safe?";
  about("bought", "web", 4 * day, nullptr);
  all.back().order = "480977";
  about("returned", "store", 12 * day, "Alarm clock, Bakelite pink");
  about("picked_up", "store", 21 * day, nullptr);
  all.back().order = "479310";
  return all;
}

// Answers every question about parts that the last events asked.
void answer_parts(Scene& scene, const std::vector<CustomerPart>& parts) {
  const auto asked = scene.model.visit.desk.customer->asked;
  for (const auto& [number, panel] : asked) {
    for (const CustomerPart& part : parts) {
      if (part.panel == panel) scene.event(CounterAnswer{{scene.model.visit.number, number}, part});
    }
  }
}

CustomerPart part(const char* panel, bool shown = true) {
  CustomerPart made;
  made.panel = panel;
  made.shown = shown;
  return made;
}

std::string case_id(char letter) { return std::string(32, letter); }

CaseSeen chat() {
  CaseSeen one{case_id('c'), CaseState::open, "chat", "Dishwasher safe?", true, noon.utc.plus(-34 * minute), "", "", {}};
  one.words = {{case_id('1') + ".1", true, "", "Is the Regency cake stand dishwasher safe?", noon.utc.plus(-52 * minute)},
               {case_id('2') + ".1", false, "Web team", "Our Harbour Street store will know. We have asked them.",
                noon.utc.plus(-41 * minute)},
               {case_id('3') + ".1", true, "", "Thank you. I would need it by Friday.", noon.utc.plus(-34 * minute)}};
  return one;
}

std::vector<CaseSeen> some_conversations() {
  CaseSeen note{case_id('d'), CaseState::open, "counter", "", false, noon.utc.plus(-22 * day), "", "", {}};
  note.words = {{case_id('4') + ".1", false, "Nadia K.", "Prefers gift bags to boxes.", noon.utc.plus(-22 * day)}};
  CaseSeen wrapping{case_id('e'), CaseState::closed, "email", "Gift wrapping", false, noon.utc.plus(-25 * day), "", "", {}};
  wrapping.words = {{case_id('5') + ".1", true, "", "Can it be wrapped as a gift?", noon.utc.plus(-25 * day)},
                    {case_id('6') + ".1", false, "Web team", "Yes, at the counter, at no charge.", noon.utc.plus(-24 * day)}};
  return {note, wrapping};
}

std::vector<CustomerPart> some_parts() {
  CustomerPart carts = part("carts");
  carts.carts = {{std::string(32, 'c'), 9, noon.utc.plus(-12 * minute)}};
  CustomerPart orders = part("orders");
  orders.orders = {{"481206", "ready", noon.utc.plus(-day), 4}};
  CustomerPart history = part("history");
  history.orders = {{"480977", "collected", noon.utc.plus(-4 * day), 3}, {"479310", "collected", noon.utc.plus(-21 * day), 2}};
  CustomerPart timeline = part("timeline");
  timeline.doings = some_doings();
  timeline.next = "1.00000000000000000000000000000001";
  CustomerPart cases = part("cases");
  cases.cases = {chat()};
  CustomerPart conversations = part("conversations");
  conversations.cases = some_conversations();
  CustomerPart offers = part("offers");
  offers.offers = {
      {case_id('8'),
       {{"en", "Regency cake stand, 3 tier"}},
       {{"en", "Looked at it three times this week."}},
       some_products().products.front()},
      {case_id('9'), {{"en", "Tell them about the baking evening"}}, {{"en", "Bought baking things twice this month."}}, {}}};
  offers.offers[0].product->title = {{"en", "Regency cake stand, 3 tier"}};
  CustomerPart consents = part("consents");
  return {carts, orders, history, timeline, cases, conversations, offers, consents};
}

}  // namespace

Scene with_finder() {
  Scene scene = typed(chosen(), "941280");
  const StaffSession session = some_session();
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.trying.asked}, session});
  scene.wish(CounterWish{OpenFinder{}});
  return scene;
}

Scene with_customer(bool shares) {
  Scene scene = with_finder();
  scene.event(ScanSeen{"FB 0012348-7"});
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.customer->looking}, maya(shares)});
  answer_parts(scene, some_parts());
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.customer->cart_asked}, cart()});
  return scene;
}

std::vector<Named> customer_scenes() {
  return {
      {"customer-find", with_finder},
      {"customer-find-typed",
       [] {
         Scene scene = with_finder();
         scene.wish(CounterWish{ChooseWhy{"complaint"}});
         for (const char letter : std::string("maya@exam")) scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, letter)}});
         return scene;
       }},
      {"customer-offline-unknown",
       [] {
         Scene scene = offline(with_finder());
         scene.event(ScanSeen{"FB 0099999-9"});
         scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.desk.customer->looking}, "customer_needs_hub"});
         return scene;
       }},
      {"customer-loading",
       [] {
         Scene scene = with_finder();
         scene.event(ScanSeen{"FB 0012348-7"});
         scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.customer->looking}, maya(true)});
         return scene;
       }},
      {"customer", [] { return with_customer(true); }},
      {"customer-named",
       [] {
         Scene scene = with_customer(true);
         scene.wish(CounterWish{ShowName{}});
         CustomerPart profile = part("profile");
         profile.first_name = "Maya";
         profile.initial = "H";
         answer_parts(scene, {profile});
         return scene;
       }},
      {"customer-in-store",
       [] {
         Scene scene = with_customer(true);
         scene.wish(CounterWish{ShowDoings{"store"}});
         CustomerPart timeline = part("timeline");
         timeline.doings = some_doings();
         std::erase_if(timeline.doings, [](const Doing& one) { return one.channel != "store"; });
         answer_parts(scene, {timeline});
         return scene;
       }},
      {"customer-offer-next",
       [] {
         Scene scene = with_customer(true);
         scene.wish(CounterWish{OfferCameTo{"declined"}});
         CustomerPart offers = part("offers");
         offers.offers = {scene.model.visit.desk.customer->offers->offers.at(1)};
         scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.customer->telling}, offers});
         return scene;
       }},
      {"customer-case",
       [] {
         Scene scene = with_customer(true);
         scene.wish(CounterWish{ShowCase{chat().id}});
         return scene;
       }},
      {"customer-case-mine",
       [] {
         Scene scene = with_customer(false);
         scene.wish(CounterWish{ShowCase{chat().id}});
         scene.wish(CounterWish{WorkOnCase{CaseWork::take, true}});
         CustomerPart cases = part("cases");
         cases.cases = {chat()};
         cases.cases[0].state = CaseState::taken;
         cases.cases[0].owner = scene.model.visit.desk.session->who.number;
         scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.customer->case_acting}, cases});
         return scene;
       }},
      {"customer-case-over",
       [] {
         Scene scene = with_customer(true);
         scene.wish(CounterWish{ShowCase{some_conversations()[1].id}});
         return scene;
       }},
      {"customer-note",
       [] {
         Scene scene = with_customer(true);
         scene.wish(CounterWish{StartNote{}});
         for (const char letter : std::string("Prefers gift bags, with ribbon."))
           scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, letter)}});
         return scene;
       }},
      {"customer-case-changed",
       [] {
         Scene scene = with_customer(true);
         scene.wish(CounterWish{ShowCase{chat().id}});
         scene.wish(CounterWish{WorkOnCase{CaseWork::close, true}});
         scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.desk.customer->case_acting}, "case_changed"});
         return scene;
       }},
      {"customer-cart-change",
       [] {
         Scene scene = with_customer(true);
         scene.wish(CounterWish{OpenCart{}});
         return scene;
       }},
      {"customer-cart-coupons",
       [] {
         Scene scene = with_customer(true);
         scene.wish(CounterWish{OpenCart{}});
         scene.wish(CounterWish{DropCoupon{"X"}});
         scene.event(
             CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.customer->cart_work->acting}, cart_with_coupons()});
         scene.model.visit.desk.customer->cart_work->undo->coupon = "SUMMER-3";
         return scene;
       }},
      {"customer-cart-coupon",
       [] {
         Scene scene = with_customer(true);
         scene.wish(CounterWish{OpenCart{}});
         scene.wish(CounterWish{TypeCoupon{}});
         for (const char letter : std::string("teat")) scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, letter)}});
         return scene;
       }},
      {"customer-cart-changed",
       [] {
         Scene scene = with_customer(false);
         scene.wish(CounterWish{OpenCart{}});
         scene.wish(CounterWish{DropFromCart{"22139"}});
         CartView less = *scene.model.visit.desk.customer->cart;
         less.lines.pop_back();
         scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.customer->cart_work->acting}, less});
         return scene;
       }},
      {"customer-cart-conflict",
       [] {
         Scene scene = with_customer(true);
         scene.wish(CounterWish{OpenCart{}});
         scene.wish(CounterWish{CountCart{"20725", 1}});
         scene.event(
             RequestFailed{{scene.model.visit.number, scene.model.visit.desk.customer->cart_work->acting}, "changed_meanwhile"});
         return scene;
       }},
      {"customer-cart-find",
       [] {
         Scene scene = with_customer(true);
         scene.wish(CounterWish{OpenCart{}});
         scene.wish(ShowKeyboard{true});
         for (const char letter : std::string("cake")) scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, letter)}});
         scene.event(
             ProductsFound{{scene.model.visit.number, scene.model.visit.desk.customer->cart_work->searching}, some_products()});
         return scene;
       }},
      {"customer-cart-till",
       [] {
         Scene scene = with_customer(true);
         scene.wish(CounterWish{OpenCart{}});
         scene.wish(CounterWish{SendCart{true}});
         scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.customer->cart_work->sending},
                                   ticket_of(*scene.model.visit.desk.customer->cart)});
         return scene;
       }},
      {"customer-cart-phone",
       [] {
         Scene scene = with_customer(true);
         scene.wish(CounterWish{OpenCart{}});
         scene.wish(CounterWish{SendCart{false}});
         scene.event(
             CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.customer->cart_work->sending}, some_code(3)});
         return scene;
       }},
      {"customer-limited", [] { return with_customer(false); }},
      {"customer-withdrawn",
       [] {
         Scene scene = with_customer(true);
         scene.wish(CounterWish{LetSee{false}});
         scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.customer->changing}, SharingChanged{false}});
         return scene;
       }},
      {"customer-tastes",
       [] {
         Scene scene = with_finder();
         scene.event(ScanSeen{"FB 0012348-7"});
         CustomerSeen who = maya(true);
         who.shares_tastes = true;
         scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.customer->looking}, who});
         std::vector<CustomerPart> parts = some_parts();
         parts.push_back(part("preferences"));
         parts.back().sizes = {{"Aprons", "M"}, {"Gloves", "8"}};
         parts.back().preferences = {"Gift bags rather than boxes."};
         answer_parts(scene, parts);
         scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.customer->cart_asked}, cart()});
         return scene;
       }},
      {"customer-offline", [] { return offline(with_customer(true)); }},
      {"customer-nothing",
       [] {
         Scene scene = with_finder();
         scene.event(ScanSeen{"FB 0012348-7"});
         scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.customer->looking}, maya(true)});
         answer_parts(scene, {part("carts"), part("orders"), part("history"), part("timeline"), part("cases"),
                              part("conversations"), part("offers"), part("consents")});
         return scene;
       }},
  };
}

}  // namespace vitrine::kiosk::samples
