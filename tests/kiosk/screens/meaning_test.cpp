// SPDX-License-Identifier: Apache-2.0
// Search, product, collection and till say what the model holds, and each of their controls does what it says.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/kiosk/screens/headless.hpp"

using namespace vitrine::kiosk;
using samples::Scene;

namespace {

constexpr Panel portrait{1080, 1920, 336};

Scene scene_of(const std::string& name) {
  static std::uint64_t visit = 2000;
  for (const samples::Named& named : samples::all()) {
    if (named.name != name) continue;
    Scene scene = named.make();
    scene.model.visit.number = ++visit;
    // A little later than the scene before: a touch is not its second strike.
    scene.now.mono = scene.now.mono.plus(400 * static_cast<std::int64_t>(visit - 2000));
    return scene;
  }
  FAIL("no scene ", name);
  return {};
}

bool says(const SemanticTree& tree, const std::string& words) {
  return std::ranges::any_of(tree.nodes, [&](const SemanticNode& node) { return node.label == words; });
}

std::string label_of(const SemanticTree& tree, const std::string& id) {
  const SemanticNode* node = tree.find(id);
  return node == nullptr ? "absent" : node->label;
}

// The tree of a scene that has come to rest.
SemanticTree shown(Headless& headless, const std::string& name) {
  Scene scene = scene_of(name);
  return headless.settle(scene, 12).tree;
}

template <class Wanted>
const Wanted* asked(const Scene& scene) {
  for (const Request& request : scene.asked) {
    if (const auto* found = std::get_if<Wanted>(&request)) return found;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("what was found says where it is, how old that is, and what is sold out") {
  Headless headless(portrait);
  const SemanticTree tree = shown(headless, "search");
  CHECK(label_of(tree, "search.count") == "6 products");
  CHECK(says(tree, "Stock as of 14:00"));
  CHECK(says(tree, "Aisle 5, bay A · 5 here"));
  CHECK(says(tree, "Aisle 9, bay A · 6 here, as of\u00a013:40"));
  CHECK(says(tree, "Sold out here"));
  CHECK(says(tree, "£3.75"));
  // Offline it is as old as the line, not as the clock on the wall.
  Scene offline = scene_of("search-offline");
  CHECK(offline.now.utc.value > samples::noon.utc.value);
  CHECK(says(headless.settle(offline, 12).tree, "Our internet is off. Stock from 14:00"));
}

TEST_CASE("each key of the search writes its letter, and the cross empties the field") {
  Headless headless(portrait);
  Scene scene = scene_of("search-start");
  headless.settle(scene);
  std::string expected;
  for (const char letter : std::string("qwertyuiopasdfghjklzxcvbnm1234567890")) {
    CAPTURE(letter);
    expected += letter;
    REQUIRE(headless.tap(scene, std::string("key.") + letter));
    CHECK(scene.model.visit.search.typed.text == expected);
    if (expected.size() < 12) continue;
    REQUIRE(headless.tap(scene, "search.field.clear"));
    CHECK(scene.model.visit.search.typed.text.empty());
    expected.clear();
  }
}

TEST_CASE("a row opens its own product, a variant its own page") {
  Headless headless(portrait);
  for (const char* sku : {"22726", "22728", "22193"}) {
    Scene scene = scene_of("search-no-keyboard");
    headless.settle(scene);
    REQUIRE(headless.tap(scene, std::string("result.") + sku));
    CHECK(scene.model.visit.product->code == sku);
  }
  for (const char* sku : {"22726", "22728", "22730"}) {
    Scene scene = scene_of("product");
    headless.settle(scene);
    REQUIRE(headless.tap(scene, std::string("variant.") + sku));
    CHECK(scene.model.visit.product->code == sku);
  }
}

TEST_CASE("a product's page says what is here and as of when; a figure that is too old sends one to a colleague") {
  Headless headless(portrait);
  SemanticTree tree = shown(headless, "product");
  CHECK(label_of(tree, "product.stock") == "Aisle 5, bay A · 5 here");
  CHECK(says(tree, "As of 14:00"));
  CHECK(label_of(tree, "product.price") == "£3.75");
  tree = shown(headless, "product-sold-out");
  CHECK(label_of(tree, "product.stock") == "Sold out here");
  CHECK(says(tree, "As of 14:00"));
  tree = shown(headless, "product-full");
  CHECK(label_of(tree, "product.stock").find("Check first. Last heard") != std::string::npos);
  CHECK(says(tree, "A colleague can look for you."));
  CHECK_FALSE(says(tree, "As of 11:00"));
}

TEST_CASE("other stores are told in words, never without the age of what is known; one that has none is not told to a shopper") {
  Headless headless(portrait);
  SemanticTree tree = shown(headless, "product-sold-out");
  CHECK(label_of(tree, "product.nearby.quay-square") == "Quay Square");
  CHECK(label_of(tree, "product.nearby.quay-square.where") == "0.6 miles, open until 18:00");
  CHECK(label_of(tree, "product.nearby.quay-square.band") == "10 or more there");
  CHECK(label_of(tree, "product.nearby.quay-square.age") == "As of 13:59");
  CHECK(label_of(tree, "product.nearby.market-row.band") == "3 to 9 there");
  CHECK(label_of(tree, "product.nearby.castle-gate.band") == "Check first");
  CHECK(label_of(tree, "product.nearby.castle-gate.age") == "Last heard 11:20");
  CHECK(label_of(tree, "product.nearby.old-mill") == "absent");
  CHECK(tree.announcement.find("In our other stores: Quay Square, 0.6 miles, open until 18:00. 10 or more there. As of 13:59.") !=
        std::string::npos);
  tree = shown(headless, "product-full");
  CHECK(label_of(tree, "product.nearby.long.where") == "94 miles, closed, opens 08:30");
  CHECK(label_of(tree, "product.nearby.long.band") == "1 or 2 there");
  CHECK(label_of(tree, "product.nearby.long.age") == "Last seen at 12:30");
  CHECK(label_of(tree, "product.nearby.bare.where") == "absent");
  CHECK(label_of(tree, "product.nearby.never.where") == "0.1 miles, closed now");
  CHECK(label_of(tree, "product.nearby.never.age") == "Not heard from yet");
  // The same in metres.
  Scene metric = scene_of("product-full");
  metric.model.store->in_miles = false;
  metric.model.visit.product->page->nearby[1].distance_m = 2'380;
  tree = headless.settle(metric, 12).tree;
  CHECK(label_of(tree, "product.nearby.never.where") == "100 m, closed now");
  CHECK(label_of(tree, "product.nearby.bare.where") == "2.4 km");
  CHECK(label_of(tree, "product.nearby.long.where") == "151 km, closed, opens 08:30");
}

TEST_CASE("another store keeps what is on the screen for the cart that is open: asked once, and said when it is true") {
  Headless headless(portrait);
  Scene scene = scene_of("product");
  headless.settle(scene);
  SemanticTree tree = headless.settle(scene, 12).tree;
  CHECK(label_of(tree, "product.keep.quay-square") == "Keep 1 for me");
  CHECK(label_of(tree, "product.keep.castle-gate") == "absent");  // nobody knows whether it has any
  REQUIRE(headless.tap(scene, "product.keep.quay-square"));
  REQUIRE(scene.model.visit.kept.size() == 1);
  tree = headless.settle(scene, 12).tree;
  CHECK(label_of(tree, "product.keep.quay-square") == "One moment");
  CHECK_FALSE(tree.find("product.keep.quay-square")->enabled);
  scene.wish(KeepAtStore{"quay-square"});
  CHECK(asked<KeepThere>(scene) == nullptr);
  const Asked question{scene.model.visit.number, scene.model.visit.kept.front().asked};
  scene.event(RequestFailed{question, "not_enough"});
  tree = headless.settle(scene, 12).tree;
  CHECK(label_of(tree, "product.keep.quay-square") == "Not enough there. Try again");
  scene.wish(KeepAtStore{"quay-square"});
  const KeepThere* again = asked<KeepThere>(scene);
  REQUIRE(again != nullptr);
  CHECK(again->sku.text == "22727");
  CHECK(again->units == 1);
  scene.event(KeptThere{again->asked, samples::noon.utc.plus(4 * 3'600'000)});
  tree = headless.settle(scene, 12).tree;
  CHECK(label_of(tree, "product.keep.quay-square") == "1 kept until 18:00");
  // Where it was the last, the store stays on the screen.
  scene.model.visit.product->page->nearby.front().band = vitrine::sync::Band::none;
  CHECK(label_of(headless.settle(scene, 12).tree, "product.nearby.quay-square.band") == "Sold out there");
  // Without a cart nothing is kept; cut off, it says why.
  CHECK(label_of(shown(headless, "product-no-cart"), "product.keep.quay-square") == "absent");
  Scene cut = scene_of("product");
  cut.event(LinkChanged{{false, cut.now.utc, cut.now.utc, "timeout"}});
  tree = headless.settle(cut, 12).tree;
  CHECK(label_of(tree, "product.keep.quay-square") == "Needs the internet");
  CHECK_FALSE(tree.find("product.keep.quay-square")->enabled);
}

TEST_CASE("while nothing is heard what another store has grows old on the screen, and after two hours it is not said any more") {
  Headless headless(portrait);
  Scene scene = scene_of("product");
  const auto quay = [&](std::int64_t minutes) {
    scene.now.utc = samples::noon.utc.plus(minutes * 60'000);
    scene.model.now.utc = scene.now.utc;
    const SemanticTree tree = headless.settle(scene, 12).tree;
    return label_of(tree, "product.nearby.quay-square.band") + ". " + label_of(tree, "product.nearby.quay-square.age");
  };
  CHECK(quay(0) == "10 or more there. As of 13:59");
  CHECK(quay(20) == "10 or more there. As of 13:59");
  CHECK(quay(118) == "10 or more there. Last seen at 13:59");
  CHECK(quay(120) == "Check first. Last heard 13:59");
}

TEST_CASE("what goes well with a product goes into the cart by its plus, and opens by its card") {
  Headless headless(portrait);
  Scene scene = scene_of("product");
  headless.settle(scene);
  REQUIRE(headless.tap(scene, "goes.22699.add"));
  REQUIRE(asked<ChangeCart>(scene) == nullptr);  // asked when it was pressed; time went on since
  REQUIRE(scene.model.visit.pending.size() == 1);
  CHECK(scene.model.visit.pending.front().sku.text == "22699");
  CHECK(scene.model.visit.pending.front().delta == 1);
  Scene other = scene_of("product");
  headless.settle(other);
  REQUIRE(headless.tap(other, "goes.22699"));
  CHECK(other.model.visit.product->code == "22699");
}

TEST_CASE("each refusal of a collection has its own sentence, and a way on") {
  Headless headless(portrait);
  CHECK(label_of(shown(headless, "collect-code-unknown"), "collect.wrong") ==
        "We don’t have an order with that code. Check the six digits.");
  CHECK(label_of(shown(headless, "collect-phone-wrong"), "collect.wrong") ==
        "Those aren’t the last two digits. Have another look.");
  CHECK(label_of(shown(headless, "collect-no-answer"), "collect.wrong") == "That took too long. Tap Next to try again.");
  const std::pair<const char*, const char*> ends[] = {
      {"collect-locked", "A few codes here didn’t match, so a colleague will look with you. Your order is safe."},
      {"collect-staff-check", "A colleague will check with you whose order this is. Bring the message with your code."},
      {"collect-not-ready", "We’re still putting it together. You get a message when it’s ready, or ask at the counter."}};
  for (const auto& [name, sentence] : ends) {
    CAPTURE(name);
    Scene scene = scene_of(name);
    const SemanticTree tree = headless.settle(scene, 12).tree;
    CHECK(says(tree, sentence));
    CHECK(tree.find("digit.1") == nullptr);
    REQUIRE(headless.tap(scene, "collect.done"));
    CHECK(shown_route(scene.model) == Route::welcome);
  }
}

TEST_CASE("an order on its way says the place in line, since when, and what is left to pay") {
  Headless headless(portrait);
  SemanticTree tree = shown(headless, "pickup");
  CHECK(label_of(tree, "pickup.ahead") == "One person is ahead of you");
  CHECK(says(tree, "As of 14:00"));
  CHECK(says(tree, "Checked in"));
  CHECK(says(tree, "14:00"));
  CHECK(label_of(tree, "pickup.now") == "We’re fetching it");
  CHECK(label_of(tree, "pickup.count") == "5 items");
  CHECK(says(tree, "Paid"));
  CHECK(label_of(shown(headless, "pickup-next"), "pickup.ahead") == "You’re next");
  tree = shown(headless, "pickup-due");
  CHECK(label_of(tree, "pickup.ahead") == "12 people are ahead of you");
  CHECK(label_of(tree, "pickup.now") == "The rest comes next");
  CHECK(says(tree, "£42.50 to pay at the counter"));
  CHECK_FALSE(says(tree, "Paid"));
}

TEST_CASE("a ticket says its code, what it comes to, and until when") {
  Headless headless(portrait);
  Scene scene = scene_of("till");
  const SemanticTree tree = headless.settle(scene, 12).tree;
  CHECK(label_of(tree, "till.code") == "T4M 9RX");
  CHECK(tree.find("till.code")->spoken == "T, 4, M, 9, R, X");
  CHECK(tree.find("till.code")->personal);
  CHECK(label_of(tree, "till.total") == "£22.30");
  CHECK(label_of(tree, "till.items") == "9 items");
  CHECK(label_of(tree, "till.savings") == "1 saving applied");
  CHECK(label_of(tree, "till.left_out") == "One item isn’t included yet");
  CHECK(label_of(tree, "till.hold") == "We’ll hold these prices until 14:15");
  CHECK(tree.find("till.qr") != nullptr);
  CHECK(tree.announcement_personal);
  REQUIRE(headless.tap(scene, "till.done"));
  CHECK(shown_route(scene.model) == Route::welcome);
  // From the cart, and back to it.
  Scene cart = scene_of("cart");
  headless.settle(cart);
  REQUIRE(headless.tap(cart, "cart.pay"));
  CHECK(headless.settle(cart, 12).tree.screen == "till_waiting");
  REQUIRE(headless.tap(cart, "back"));
  CHECK(headless.settle(cart, 12).tree.screen == "cart");
  CHECK(shown(headless, "cart-empty").find("cart.pay") == nullptr);
}

TEST_CASE("a ticket is printed with what is on it, in the person's words, and the screen says what became of that") {
  Headless headless(portrait);
  CHECK(shown(headless, "till").find("till.print") == nullptr);  // without a printer
  Scene scene = scene_of("till-printer");
  headless.settle(scene, 12);
  REQUIRE(headless.tap(scene, "till.print"));
  const auto job = take_print_job(scene.model);
  REQUIRE(job);
  CHECK_FALSE(take_print_job(scene.model));
  CHECK(job->paper.language == "en");
  std::string words;
  std::string code;
  for (const auto& part : job->paper.parts) {
    if (const auto* line = std::get_if<PaperWords>(&part)) words += line->left + "|" + line->right + "\n";
    if (const auto* drawn = std::get_if<PaperCode>(&part)) code = drawn->text;
  }
  CHECK(code == scene.model.visit.paying->ticket->qr);
  for (const char* line :
       {"Fernby|\n", "Harbour Street|\n", "Take this to any till|\n", "T4M 9RX|\n", "2 × Lunch bag, red retrospot|£3.30\n",
        "Hanging hearts: buy 6, pay for 5|−£2.95\n", "To pay|£22.30\n", "We’ll hold these prices until 14:15|\n"}) {
    CAPTURE(words);
    CHECK(words.find(line) != std::string::npos);
  }
  CHECK(words.find("Amelia") == std::string::npos);
  CHECK(words.find("Retrospot tea set") == std::string::npos);  // sold out: it is not on the ticket
  CHECK_FALSE(headless.settle(scene, 12).tree.find("till.print")->enabled);
  scene.event(PaperPrinted{job->number + 1, ""});  // of somebody else
  CHECK(label_of(headless.settle(scene, 12).tree, "till.print") == "Printing");
  scene.event(PaperPrinted{job->number, ""});
  SemanticTree tree = headless.settle(scene, 12).tree;
  CHECK(tree.find("print.done") != nullptr);
  CHECK(label_of(tree, "till.print") == "Print it again");
  REQUIRE(headless.tap(scene, "till.print"));
  scene.event(PaperPrinted{take_print_job(scene.model)->number, "printer_paper"});
  tree = headless.settle(scene, 12).tree;
  CHECK(says(tree, "The printer is out of paper"));
  CHECK(tree.find("till.qr") != nullptr);
  // In the largest text, where no banner has room, it is said all the same.
  Scene large = scene;
  large.model.visit.ease.text = TextSize::largest;
  CHECK(label_of(headless.settle(large, 12).tree, "print.said").starts_with("The printer is out of paper. Show this screen"));
  headless.settle(scene, 12);
  REQUIRE(headless.tap(scene, "back"));
  CHECK_FALSE(scene.model.visit.printing);
  // A printer without Japanese letters is not offered in Japanese.
  Scene japanese = scene_of("till-printer");
  japanese.model.printer->japanese = false;
  japanese.wish(ChooseLanguage{"ja"});
  CHECK(headless.settle(japanese, 12).tree.find("till.print") == nullptr);
}

TEST_CASE("a cart for a phone says until when it works, and leads back or out") {
  Headless headless(portrait);
  Scene scene = scene_of("cart");
  headless.settle(scene);
  REQUIRE(headless.tap(scene, "cart.keep"));
  CHECK(headless.settle(scene, 12).tree.screen == "keep_waiting");
  scene = scene_of("keep");
  const SemanticTree tree = headless.settle(scene, 12).tree;
  CHECK(tree.screen == "keep");
  CHECK(label_of(tree, "keep.until") == "Works until Tuesday 25 November, 14:00");
  CHECK(tree.find("keep.qr")->value == samples::some_code(4).qr);
  CHECK(tree.announcement.find("Works until Tuesday 25 November, 14:00") != std::string::npos);
  Scene back = scene;
  REQUIRE(headless.tap(back, "keep.cart"));
  CHECK(shown_route(back.model) == Route::cart);
  REQUIRE(headless.tap(scene, "keep.done"));
  CHECK(shown_route(scene.model) == Route::welcome);
  CHECK(label_of(shown(headless, "keep-too-long"), "keep.refused") == "That’s a long cart");
  CHECK(label_of(shown(headless, "keep-no-answer"), "keep.refused") == "That took too long");
  Scene failed = scene_of("keep-failed");
  CHECK(label_of(headless.settle(failed, 12).tree, "keep.refused") == "We couldn’t make a code");
  REQUIRE(headless.tap(failed, "keep.again"));
  CHECK(headless.settle(failed, 12).tree.screen == "keep_waiting");
  CHECK(shown(headless, "cart-without-keeping").find("cart.finish") != nullptr);
  CHECK(shown(headless, "cart-empty").find("cart.keep") == nullptr);
}

TEST_CASE("each end of a ticket has its own sentence, and the cart or a new code behind it") {
  Headless headless(portrait);
  const std::pair<const char*, const char*> ends[] = {
      {"till-returned", "The till gave your cart back"},   {"till-cancelled", "This code isn’t in use any more"},
      {"till-expired", "This code’s time is over"},        {"till-stale", "Your cart has changed"},
      {"till-nothing", "There’s nothing to pay here yet"}, {"till-too-long", "That’s a long cart"},
      {"till-elsewhere", "A till has this cart already"},  {"till-no-answer", "That took too long"},
      {"till-failed", "We couldn’t make a code"}};
  for (const auto& [name, title] : ends) {
    CAPTURE(name);
    Scene scene = scene_of(name);
    const SemanticTree tree = headless.settle(scene, 12).tree;
    CHECK(label_of(tree, "till.over") == title);
    CHECK(tree.find("till.qr") == nullptr);
    CHECK(tree.find("till.code") == nullptr);
    if (tree.find("till.again") != nullptr) {
      Scene again = scene;
      REQUIRE(headless.tap(again, "till.again"));
      CHECK(pay_step(again.model) == PayStep::waiting);
    }
    REQUIRE(headless.tap(scene, "till.cart"));
    CHECK(shown_route(scene.model) == Route::cart);
  }
  SemanticTree tree = shown(headless, "till-taken");
  CHECK(label_of(tree, "till.title") == "The till has your cart");
  CHECK(label_of(tree, "till.ahead") == "£22.30 to pay");
  CHECK(label_of(tree, "till.now") == "At the till");
  CHECK(tree.find("back") == nullptr);
  CHECK(tree.find("till.qr") == nullptr);
  tree = shown(headless, "till-paid");
  CHECK(label_of(tree, "till.title") == "Thank you");
  CHECK(label_of(tree, "till.ahead") == "£22.30 paid");
  CHECK(tree.find("till.now") == nullptr);
  CHECK(tree.find("till.cart") == nullptr);
  Scene left = scene_of("till-paid-left");
  tree = headless.settle(left, 12).tree;
  CHECK(label_of(tree, "till.line") == "One item is still in your cart");
  REQUIRE(headless.tap(left, "till.cart"));
  CHECK(shown_route(left.model) == Route::cart);
}
