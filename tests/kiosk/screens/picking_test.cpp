// SPDX-License-Identifier: Apache-2.0
// What is to be fetched: taken by one alone, scanned, counted, put on a shelf; on a desk and in a hand. Papers as a printer's
// bytes say them.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "kiosk/print/escpos.hpp"
#include "tests/kiosk/io/paper_reader.hpp"
#include "tests/kiosk/screens/counter_desk.hpp"

using namespace vitrine::kiosk;
using samples::Scene;

namespace {

const Panel hand = samples::hands[0];

void answer(Scene& scene, const CounterOrder& order) {
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.pick->acting}, order});
}

void read_list(Scene& scene, std::vector<PickLine> lines) {
  scene.event(OrderNews{"481251"});
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.picking_refresh.asked}, std::move(lines)});
}

void scan(Scene& scene, const char* sku, const char* title) {
  scene.event(ScanSeen{"5012345678917", true});
  ProductPage page;
  page.card.sku = vitrine::sync::Sku{sku};
  page.card.title = {{"en", title}};
  scene.event(ProductArrived{{scene.model.visit.number, scene.model.visit.desk.pick->scanning}, page});
}

// As it comes out of a printer.
std::string printed(Scene& scene) {
  auto job = take_print_job(scene.model);
  REQUIRE(job);
  const Printed paper = read_paper(escpos(job->paper, {}));
  CHECK(paper.unknown.empty());
  CHECK(paper.cut);
  scene.event(PaperPrinted{job->number, ""});
  return paper.as_text(48);
}

bool holds(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("every screen that is held, in every language and size: targets for a thumb, words, nothing on one another") {
  std::size_t turn = 0;
  for (const Panel& panel : samples::hands) {
    CAPTURE(panel.width);
    CAPTURE(panel.mm_wide);
    Headless headless(panel);
    for (const samples::Named& named : samples::hand_scenes()) {
      ++turn;
      for (std::size_t i = 0; i < samples::languages.size(); ++i) {
        // Each screen has all languages on one panel, every third on the others.
        if (&panel != samples::hands.data() && (i + turn) % 3 != 0) continue;
        const std::string language = samples::languages[i];
        CAPTURE(named.name);
        CAPTURE(language);
        Scene scene = fresh(named.make());
        const bool sheet = scene.model.visit.choosing_language;
        scene.wish(ChooseLanguage{language});
        scene.model.visit.choosing_language = sheet;
        const Frame frame = headless.settle(scene, 12);
        check_targets(frame.tree, panel);
        check_words(frame.tree, panel);
        check_no_overlap(frame.tree);
      }
    }
  }
}

TEST_CASE("in a hand too every action has a key, and five keys reach every control") {
  Headless headless(hand);
  for (const samples::Named& named : samples::hand_scenes()) {
    CAPTURE(named.name);
    Scene scene = fresh(named.make());
    Frame frame = headless.settle(scene, 12);
    std::set<std::string> all, visited;
    for (const SemanticNode& node : frame.tree.nodes) {
      if (!node.interactive) continue;
      const bool typed = node.id.starts_with("digit.") || node.id.starts_with("key.");
      if (!typed) CHECK_MESSAGE(node.key, node.id);
      if (node.enabled) all.insert(node.id);
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      headless.frame(scene.model, {{}, {Key::right}});
      frame = headless.frame(scene.model);
      for (const SemanticNode& node : frame.tree.nodes) {
        if (node.focused) visited.insert(node.id);
      }
    }
    CHECK(visited == all);
  }
}

TEST_CASE("a line is taken by one alone, the product is scanned, what was found is counted, and the last one goes on a shelf") {
  for (const Panel& panel : {desk, hand}) {
    CAPTURE(panel.mm_wide);
    Headless headless(panel);
    Scene scene = fresh(samples::with_queue());
    if (panel.is_held()) scene = samples::in_hand(scene);
    headless.settle(scene, 8);
    Frame frame = press(headless, scene, Key::picking);
    CHECK(frame.tree.screen == "picking");
    scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.picking_refresh.asked}, samples::some_picking()});
    frame = headless.settle(scene, 8);
    // Who has a line stands there, and it cannot be taken.
    CHECK(words_of(frame, "pick.481233.1.has") == "Nadia K. has it");
    CHECK(frame.tree.find("pick.481233.1.take") == nullptr);
    const auto take = tapped<ActOnOrder>(headless, scene, "pick.481251.1.take");
    CHECK(take.action == OrderAction::pick);
    CHECK(take.order == "481251");
    CHECK(take.who == "Tom B.");
    CHECK(take.lines == std::vector<std::pair<std::int64_t, std::int64_t>>{{1, 0}});
    CounterOrder order = samples::some_counter_order(OrderStep::to_prepare);
    order.card.order = "481251";
    order.lines.resize(2);
    order.lines[0].waiting = order.lines[0].ordered = 3;
    order.lines[0].picked_by = "Tom B.";
    order.lines[0].picked_by_at = scene.now.utc;
    order.lines[1].ready = std::exchange(order.lines[1].waiting, 0);
    answer(scene, order);
    frame = headless.settle(scene, 8);
    CHECK(words_of(frame, "picked.where") == "Aisle 2, bay B");
    CHECK(words_of(frame, "picked.scan") == "Scan it to be sure");
    // A list that was read before the mark says nothing of it: the line stays open.
    read_list(scene, samples::some_picking());
    CHECK(scene.model.visit.desk.pick->line == 1);
    // The stale list said one; the next one says how many by now, and the count is theirs.
    read_list(scene, {{"481251", order.lines[0]}});
    scene.wish(CounterWish{CountPick{2}});
    scan(scene, "22697", "Green regency teacup");
    frame = headless.settle(scene, 8);
    CHECK(words_of(frame, "picked.scan") == "That’s another product: Green regency teacup, item 22697. Look for item 22423.");
    scan(scene, "22423", "Regency cake stand, 3 tier");
    frame = headless.settle(scene, 8);
    CHECK(words_of(frame, "picked.scan") == "That’s the right product");
    REQUIRE(headless.tap(scene, "picked.units.fewer"));
    frame = headless.settle(scene, 8);
    CHECK(words_of(frame, "picked.found") == "Found 2 · 1 missing");
    scene.wait(300);
    const auto found = tapped<ActOnOrder>(headless, scene, "picked.found");
    CHECK(found.action == OrderAction::picked);
    CHECK(found.line == 1);
    CHECK(found.units == 2);
    CHECK(found.missing == 1);
    order.lines[0].waiting = 0;
    order.lines[0].ready = 2;
    order.lines[0].missing = 1;
    answer(scene, order);
    frame = headless.settle(scene, 12);
    CHECK(frame.tree.screen == "order");
    const auto stage = tapped<ActOnOrder>(headless, scene, "shelf.C2");
    CHECK(stage.order == "481251");
    CHECK(stage.place == "C2");
    order.card.step = OrderStep::ready;
    scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.order->acting}, order});
    CHECK(headless.settle(scene, 12).tree.screen == "picking");
  }
}

TEST_CASE("in a hand too a product says which other stores have it, below what is done about it") {
  Headless headless(hand);
  Scene scene = fresh(samples::in_hand(samples::with_product(samples::some_record())));
  Frame frame = headless.settle(scene, 8);
  REQUIRE(frame.tree.find("stock.nearby.title") != nullptr);
  CHECK(words_of(frame, "stock.nearby.quay-square.band") == "10 or more there");
  CHECK(frame.tree.find("stock.nearby.title")->rect.y > frame.tree.find("stock.save")->rect.y);
  scene.model.visit.desk.stock->nearby.clear();
  frame = headless.settle(scene, 8);
  CHECK(frame.tree.find("stock.nearby.title") == nullptr);
}

TEST_CASE("who is late is told; a line that somebody else has by now, or nobody needs, closes and says so") {
  Headless headless(hand);
  Scene scene = fresh(samples::in_hand(samples::with_picking()));
  headless.settle(scene, 8);
  tapped<ActOnOrder>(headless, scene, "pick.481251.1.take");
  scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.desk.pick->acting}, "line_taken"});
  CHECK(words_of(headless.settle(scene, 8), "desk.notice") == "Somebody else has just taken that line.");
  CHECK(scene.model.visit.desk.pick->order.empty());
  for (const bool gone : {false, true}) {
    Scene open = fresh(samples::in_hand(samples::with_pick()));
    CHECK(open.model.visit.desk.pick->line == 3);
    std::vector<PickLine> lines = samples::some_picking();
    for (PickLine& line : lines) {
      if (line.order != "481251" || line.line.line != 3) continue;
      line.line.picked_by = "Nadia K.";
      line.line.picked_by_at = open.now.utc;
      if (gone) line.line.waiting = 0;
    }
    read_list(open, lines);
    CHECK(open.model.visit.desk.pick->order.empty());
    const std::string said = words_of(headless.settle(open, 8), "desk.notice");
    CHECK(said == (gone ? "That line needs nobody any more." : "Somebody else has just taken that line."));
  }
}

TEST_CASE("what is not on the shelf is missing, what is put back is anybody's, and a scan takes a line of the list") {
  Headless headless(hand);
  Scene scene = fresh(samples::in_hand(samples::with_pick()));
  const auto none = tapped<ActOnOrder>(headless, scene, "picked.none");
  CHECK(none.units == 0);
  CHECK(none.missing == 6);
  scene = fresh(samples::in_hand(samples::with_pick()));
  const auto back = tapped<ActOnOrder>(headless, scene, "picked.put_back");
  CHECK(back.action == OrderAction::put_down);
  CHECK(back.lines.front().first == 3);
  scene = fresh(samples::in_hand(samples::with_picking()));
  scan(scene, "22423", "Regency cake stand, 3 tier");
  // Nadia has the one of 481233; the one of 481251 is free.
  REQUIRE(asked(scene) != nullptr);
  CHECK(std::get<ActOnOrder>(asked(scene)->what).order == "481251");
  scene = fresh(samples::in_hand(samples::with_picking()));
  scan(scene, "99999", "Something else");
  CHECK(words_of(headless.settle(scene, 8), "desk.notice") == "That product isn’t on the list.");
}

TEST_CASE("a hand is not offered what needs a desk, by touch, by key, by words or by a scan") {
  Headless headless(hand);
  Scene scene = fresh(samples::in_hand(samples::with_queue()));
  scene.model.visit.desk.session->permissions.push_back("audit");
  const Frame frame = headless.settle(scene, 8);
  for (const char* id : {"rail.customer", "rail.take_back", "rail.status", "rail.board", "rail.audit"})
    CHECK(frame.tree.find(id) == nullptr);
  for (const Key key : {Key::customer, Key::take_back, Key::status, Key::board, alt('j')}) {
    press(headless, scene, key);
    CHECK(shown_route(scene.model) == Route::queue);
  }
  for (const CounterWish& wish : {CounterWish{OpenStatus{}}, CounterWish{OpenAudit{}}, CounterWish{OpenFinder{}}}) {
    scene.wish(wish);
    CHECK(shown_route(scene.model) == Route::queue);
    CHECK(scene.model.visit.desk.notice == "at_the_counter");
  }
  scene.event(ScanSeen{"VR1:HARBOUR-STREET:T4M9RXT4M9RX"});
  CHECK(shown_route(scene.model) == Route::queue);
  CHECK(asked(scene) == nullptr);
}

TEST_CASE("the pick list on paper: all of it, by aisle and by order, and nobody's name but who fetches") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_picking());
  CHECK(headless.settle(scene, 8).tree.find("pick.print") == nullptr);  // without a printer
  scene.model.printer = PrinterAbility{};
  headless.settle(scene, 8);
  REQUIRE(headless.tap(scene, "pick.print"));
  std::string paper = printed(scene);
  CHECK(holds(paper, "Aisle 2"));
  CHECK(holds(paper, "1 \xD7 Regency cake stand, 3 tier"));
  CHECK(holds(paper,
              "1 for order 481\xA0"
              "251"));
  CHECK(holds(paper, "Nadia K. has it"));
  CHECK(paper.find("Aisle 2") < paper.find("Aisle 3"));
  for (const char* name : {"Amelia", "Daniel", "Iris"}) CHECK_FALSE(holds(paper, name));
  scene.wait(300);
  REQUIRE(headless.tap(scene, "pick.by_order"));
  headless.settle(scene, 8);
  scene.wait(300);
  REQUIRE(headless.tap(scene, "pick.print"));
  paper = printed(scene);
  CHECK_FALSE(holds(paper, "Aisle 2\n"));
  CHECK(paper.find("Order 481\xA0"
                   "233") < paper.find("Order 481\xA0"
                                       "251"));
}

TEST_CASE("a receipt of what was handed over is offered, says what and no name, and a printer without paper stops nobody") {
  for (const Panel& panel : {desk, hand}) {
    Headless headless(panel);
    for (const samples::Named& named : samples::counter_scenes()) {
      if (named.name != "handed-over-receipt") continue;
      Scene scene = fresh(named.make());
      if (panel.is_held()) scene = samples::in_hand(scene);
      Frame frame = headless.settle(scene, 12);
      CHECK(frame.tree.screen == "queue");
      scene.model.visit.desk.handed->order.card.step = OrderStep::ready;  // in part: the rest is still fetched
      REQUIRE(headless.tap(scene, "desk.receipt"));
      auto job = take_print_job(scene.model);
      REQUIRE(job);
      scene.event(PaperPrinted{job->number, "printer_paper"});
      frame = headless.settle(scene, 8);
      CHECK(words_of(frame, "desk.notice") == "The printer is out of paper. Go on without, or print it again later.");
      scene.wait(300);
      REQUIRE(headless.tap(scene, "desk.receipt"));
      const std::string paper = printed(scene);
      CHECK(holds(paper, "Handed over"));
      CHECK(holds(paper,
                  "481\xA0"
                  "206"));
      CHECK(holds(paper, "Collected by R."));
      CHECK(holds(paper, "6 \xD7 White hanging heart t-light holder"));
      CHECK_FALSE(holds(paper, "Roses teacup"));  // was not there
      CHECK(holds(paper, "2 items of this order are still to come"));
      CHECK_FALSE(holds(paper, "Amelia"));
      frame = headless.settle(scene, 8);
      CHECK(words_of(frame, "desk.notice") == "Printed.");
      scene.wait(receipt_ms + notice_ms);
      CHECK_FALSE(scene.model.visit.desk.handed);
    }
  }
}
