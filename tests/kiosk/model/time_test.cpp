// SPDX-License-Identifier: Apache-2.0
// What time alone does: the countdown, the wipe, the banners, the resting screen.
#include <doctest/doctest.h>

#include "tools/kiosk_shots/samples.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::Scene;

namespace {

void check_nothing_is_left(const Model& model) {
  const Visit fresh;
  CHECK_FALSE(model.visit.cart);
  CHECK_FALSE(model.visit.removed);
  CHECK_FALSE(model.visit.problem);
  CHECK(model.visit.pending.empty());
  CHECK(model.visit.opening_text.empty());
  CHECK(model.visit.language.empty());
  CHECK(model.visit.route == fresh.route);
  CHECK_FALSE(model.visit.countdown_ends);
}

}  // namespace

TEST_CASE("45 s without a touch ask, 20 s more clear the screen") {
  Scene scene = samples::with_cart(samples::cart());
  const std::uint64_t visit = scene.model.visit.number;
  scene.wish(ChooseLanguage{"de"});
  scene.wait(idle_cart_ms - 1);
  CHECK_FALSE(countdown_seconds(scene.model));
  CHECK(*next_change(scene.model) <= scene.now.mono.plus(1));
  scene.wait(1);
  REQUIRE(countdown_seconds(scene.model));
  CHECK(*countdown_seconds(scene.model) == 20);
  CHECK(*next_change(scene.model) == scene.now.mono.plus(1000));
  scene.wait(15'001);
  CHECK(*countdown_seconds(scene.model) == 5);
  scene.wait(4'998);
  CHECK(scene.model.visit.cart);
  scene.wait(1);
  check_nothing_is_left(scene.model);
  CHECK(scene.model.visit.number > visit);
  CHECK(shown_language(scene.model) == "en");
}

TEST_CASE("a touch, a key or a code starts the time again; \"I'm still here\" ends the question") {
  Scene scene = samples::with_cart(samples::cart());
  scene.wait(idle_cart_ms - 1);
  scene.event(PersonDid{});
  scene.wait(idle_cart_ms - 1);
  CHECK_FALSE(countdown_seconds(scene.model));
  scene.wait(1);
  CHECK(countdown_seconds(scene.model));
  scene.wait(10'000);
  scene.event(PersonDid{});
  CHECK(*countdown_seconds(scene.model) == 20);
  scene.wish(StillHere{});
  CHECK_FALSE(countdown_seconds(scene.model));
  CHECK(scene.model.visit.cart);
  scene.wait(idle_cart_ms);
  CHECK(countdown_seconds(scene.model));
  scene.event(ScanSeen{"code"});
  CHECK_FALSE(countdown_seconds(scene.model));
}

TEST_CASE("the scan screen asks after 30 s, welcome never asks but forgets a language") {
  Scene scene = samples::welcome();
  scene.wish(Navigate{Route::scan});
  scene.wait(idle_scan_ms);
  CHECK(countdown_seconds(scene.model));
  scene.wait(countdown_ms);
  CHECK(shown_route(scene.model) == Route::welcome);

  scene.wish(ChooseLanguage{"de"});
  scene.wait(idle_cart_ms + countdown_ms - 1);
  CHECK(shown_language(scene.model) == "de");
  CHECK_FALSE(countdown_seconds(scene.model));
  scene.wait(1);
  CHECK(shown_language(scene.model) == "en");
}

TEST_CASE("finishing and starting over leave nothing behind") {
  for (const Intent& leave : {Intent{Finish{}}, Intent{StartOver{}}}) {
    Scene scene = samples::with_cart(samples::cart());
    scene.wish(ChooseLanguage{"de"});
    scene.wish(RemoveLine{"20725"});
    scene.wish(leave);
    check_nothing_is_left(scene.model);
  }
}

TEST_CASE("offline is said after 10 s, and its end for 8 s after 10 s with a connection") {
  Scene scene = samples::with_cart(samples::cart());
  scene.event(LinkChanged{{false, scene.now.utc, scene.now.utc, "timeout"}});
  scene.wait(offline_banner_after_ms - 1);
  CHECK(scene.model.link_banner == LinkBanner::none);
  scene.wait(1);
  CHECK(scene.model.link_banner == LinkBanner::offline);
  scene.event(LinkChanged{{true, scene.now.utc, scene.now.utc, ""}});
  scene.wait(online_banner_after_ms - 1);
  CHECK(scene.model.link_banner == LinkBanner::offline);
  scene.wait(1);
  CHECK(scene.model.link_banner == LinkBanner::back_online);
  scene.wait(back_online_banner_ms - 1);
  CHECK(scene.model.link_banner == LinkBanner::back_online);
  scene.wait(1);
  CHECK(scene.model.link_banner == LinkBanner::none);
}

TEST_CASE("a short break of the link is not worth a banner; one that began before the kiosk did is said at once") {
  Scene scene = samples::welcome();
  scene.event(LinkChanged{{false, scene.now.utc, scene.now.utc, ""}});
  scene.wait(5'000);
  scene.event(LinkChanged{{true, scene.now.utc, scene.now.utc, ""}});
  scene.wait(60'000);
  CHECK(scene.model.link_banner == LinkBanner::none);

  Scene late;
  late.event(EdgeBack{});
  late.event(LinkChanged{{false, late.now.utc.plus(-3'600'000), {}, ""}});
  CHECK(late.model.link_banner == LinkBanner::offline);
}

TEST_CASE("an edge that is gone for longer than a restart shows the resting screen, which leaves by itself") {
  Scene scene = samples::with_cart(samples::cart());
  scene.event(EdgeLost{});
  CHECK(shown_route(scene.model) == Route::cart);
  scene.wait(edge_grace_ms - 1);
  CHECK(shown_route(scene.model) == Route::cart);
  scene.wait(1);
  CHECK(shown_route(scene.model) == Route::resting);
  scene.event(EdgeBack{});
  CHECK(shown_route(scene.model) == Route::cart);
  CHECK(std::holds_alternative<FetchCart>(scene.asked.back()));

  scene.event(EdgeLost{});
  scene.wait(idle_cart_ms + countdown_ms);
  CHECK_FALSE(scene.model.visit.cart);
}

TEST_CASE("until the store is filled the kiosk shows progress, asks every second and takes no code") {
  Scene scene;
  scene.event(EdgeBack{});
  CHECK(shown_route(scene.model) == Route::starting);
  StoreInfo filling = samples::store();
  filling.ready = false;
  scene.event(StoreArrived{filling});
  CHECK(shown_route(scene.model) == Route::starting);
  scene.event(ScanSeen{"code"});
  CHECK(scene.asked.empty());
  scene.wait(999);
  CHECK(scene.asked.empty());
  scene.wait(1);
  REQUIRE(scene.asked.size() == 1);
  CHECK(std::holds_alternative<FetchStore>(scene.asked.front()));
  scene.event(StoreArrived{samples::store()});
  CHECK(shown_route(scene.model) == Route::welcome);
}

TEST_CASE("offline a stock figure ages while it is looked at") {
  Scene scene = samples::with_cart(samples::cart());
  StockHere stock{5, "1", "A", scene.now.utc, Freshness::fresh};
  CHECK(shown_freshness(stock, scene.model) == Freshness::fresh);
  scene.event(LinkChanged{{false, scene.now.utc, scene.now.utc, ""}});
  const std::vector<std::pair<std::int64_t, Freshness>> table = {{120'000, Freshness::fresh},
                                                                 {1, Freshness::recent},
                                                                 {1'679'999, Freshness::recent},
                                                                 {1, Freshness::old},
                                                                 {5'400'000, Freshness::check}};
  for (const auto& [wait, expected] : table) {
    scene.wait(wait);
    CHECK(shown_freshness(stock, scene.model) == expected);
  }
  stock.freshness = Freshness::unknown;
  CHECK(shown_freshness(stock, scene.model) == Freshness::unknown);
}

TEST_CASE("with more time the kiosk asks after three minutes and waits one") {
  Scene scene = samples::with_cart(samples::cart());
  scene.wish(ChooseEase{{.more_time = true}});
  scene.wait(idle_more_time_ms - 1);
  CHECK_FALSE(countdown_seconds(scene.model));
  scene.wait(1);
  REQUIRE(countdown_seconds(scene.model));
  CHECK(*countdown_seconds(scene.model) == 60);
  // It can be extended any number of times.
  for (int i = 0; i < 12; ++i) {
    scene.wait(countdown_more_time_ms - 1);
    REQUIRE(countdown_seconds(scene.model));
    scene.event(PersonDid{});
    CHECK(*countdown_seconds(scene.model) == 60);
  }
  scene.wait(countdown_more_time_ms);
  CHECK_FALSE(scene.model.visit.cart);
}

TEST_CASE("what makes it easier ends with the visit, also when only that was left behind on welcome") {
  for (const Intent& end : {Intent{Finish{}}, Intent{StartOver{}}}) {
    Scene scene = samples::with_cart(samples::cart());
    scene.wish(
        ChooseEase{{.text = TextSize::largest, .high_contrast = true, .reach = true, .read_aloud = true, .more_time = true}});
    scene.wish(end);
    CHECK(scene.model.visit.ease == Ease{});
  }
  Scene scene = samples::welcome();
  scene.wish(OpenEase{});
  scene.wish(ChooseEase{{.high_contrast = true}});
  scene.wait(idle_cart_ms + countdown_ms - 1);
  CHECK(scene.model.visit.ease.high_contrast);
  scene.wait(1);
  CHECK(scene.model.visit.ease == Ease{});
  CHECK_FALSE(scene.model.visit.choosing_ease);
}

TEST_CASE("after 30 s without a touch the window of welcome changes, every 6 s; not with less movement") {
  Scene scene = samples::welcome();
  scene.wait(attract_after_ms - 1);
  CHECK_FALSE(attract(scene.model));
  CHECK(*next_change(scene.model) == scene.now.mono.plus(1));
  scene.wait(1);
  REQUIRE(attract(scene.model));
  CHECK(attract(scene.model)->changes == 1);
  CHECK(attract(scene.model)->since_ms == 0);
  scene.wait(attract_each_ms + 100);
  CHECK(attract(scene.model)->changes == 2);
  CHECK(attract(scene.model)->since_ms == 100);
  CHECK(*next_change(scene.model) <= scene.now.mono.plus(attract_each_ms - 100));
  scene.event(PersonDid{});
  CHECK_FALSE(attract(scene.model));
  scene.wait(attract_after_ms);
  CHECK(attract(scene.model));
  scene.model.reduced_motion = true;
  CHECK_FALSE(attract(scene.model));
  scene.model.reduced_motion = false;
  Ease ease;
  ease.less_movement = true;
  scene.wish(ChooseEase{ease});
  scene.wait(attract_after_ms);
  CHECK_FALSE(attract(scene.model));
  scene.wish(ChooseEase{Ease{}});
  scene.wish(Navigate{Route::search});
  scene.wait(attract_after_ms);
  CHECK_FALSE(attract(scene.model));
}

TEST_CASE("what the store says of hours is so at once; its look and languages change when the visit is over") {
  Scene scene = samples::with_cart(samples::cart());
  StoreInfo next = *scene.model.store;
  const StoreInfo before = next;
  next.open_now = false;
  next.opens_at = "09:00";
  next.brand = "Fernby & Daughters";
  next.languages = {"en"};
  next.colours = {{"primary", "#1C5285"}};
  scene.event(StoreArrived{next});
  CHECK(scene.model.store->opens_at == "09:00");
  CHECK_FALSE(scene.model.store->open_now);
  CHECK(scene.model.store->brand == before.brand);
  CHECK(scene.model.store->languages == before.languages);
  CHECK(scene.model.store->colours == before.colours);
  scene.wish(Finish{});
  CHECK(*scene.model.store == next);
  CHECK_FALSE(scene.model.store_next);
  // Nobody is there: all of it at once.
  scene.event(StoreArrived{before});
  CHECK(*scene.model.store == before);
}
