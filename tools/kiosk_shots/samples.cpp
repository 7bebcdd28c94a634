// SPDX-License-Identifier: Apache-2.0
// The shop of the design's pictures.
#include "tools/kiosk_shots/samples.hpp"

#include <algorithm>
#include <iterator>

namespace vitrine::kiosk::samples {
namespace {

constexpr std::int64_t minute = 60'000;

struct Item {
  const char* sku;
  const char* english;
  const char* german;
  const char* pictogram;
  const char* tile;
  std::int64_t units, price;
  const char* aisle;
  const char* bay;
  std::int64_t here, age_minutes;
  Freshness freshness;
};

CartViewLine line_of(const Item& item) {
  CartViewLine line;
  line.key = item.sku;
  line.sku = sync::Sku(item.sku);
  line.title = {{"en", item.english}, {"de", item.german}};
  line.pictogram = item.pictogram;
  line.tile = item.tile;
  line.units = item.units;
  line.shown = {"0123456789abcdef0123456789abcdef.0"};
  line.unit_price = sync::Money{item.price, "GBP"};
  line.list_price = line.unit_price;
  line.total = sync::Money{item.price * item.units, "GBP"};
  line.counted = true;
  line.stock = StockHere{item.here, item.aisle, item.bay, noon.utc.plus(-item.age_minutes * minute), item.freshness};
  return line;
}

void sell_out(CartViewLine& line) {
  line.sold_out = true;
  line.counted = false;
  line.stock->on_hand = 0;
}

void add_up(CartView& cart) {
  cart.totals = {};
  cart.totals.currency = "GBP";
  for (const CartViewLine& line : cart.lines) {
    cart.totals.units += line.units;
    if (!line.counted) {
      ++cart.totals.lines_left_out;
      continue;
    }
    cart.totals.subtotal += line.total->minor;
  }
  cart.totals.to_pay = cart.totals.subtotal;
  for (const Saving& saving : cart.savings) cart.totals.to_pay -= saving.minor;
}

CartView base_cart() {
  CartView cart;
  cart.cart = sync::CartId("00112233445566778899aabbccddeeff");
  cart.first_name = "Amelia";
  cart.channel = "phone";
  cart.changed_at = noon.utc.plus(-12 * minute);
  cart.changed_by = "phone";
  return cart;
}

}  // namespace

StoreInfo store() {
  StoreInfo store;
  store.store = "harbour-street";
  store.name = "Harbour Street";
  store.brand = "Fernby";
  store.tagline = {{"en", "Gifts and home"}, {"de", "Geschenke und Wohnen"}};
  store.languages = {"en", "de", "fr", "es", "pl", "ja"};
  store.default_language = "en";
  store.currency = "GBP";
  store.in_miles = true;
  store.time_zone = "Europe/London";
  store.open_now = true;
  store.opens_at = "08:00";
  store.closes_at = "18:00";
  store.ready = true;
  store.phone_page = "https://vitrine.example/harbour-street";
  store.keeps_carts = true;
  return store;
}

CartView cart() {
  CartView cart = base_cart();
  cart.lines = {
      line_of({"85123A", "White hanging heart t\u2011light holder", "Teelichthalter weißes Herz", "candle", "blush", 6, 295, "3",
               "B", 24, 0, Freshness::fresh}),
      line_of({"20725", "Lunch bag, red retrospot", "Lunchtasche, rot gepunktet", "bag", "blush", 2, 165, "1", "D", 11, 0,
               Freshness::fresh}),
      line_of({"22960", "Jam-making set with jars", "Marmeladen-Set mit Gläsern", "jar", "butter", 1, 425, "7", "C", 3, 20,
               Freshness::recent}),
      line_of({"22139", "Retrospot tea set, 11 piece", "Teeservice gepunktet, 11-teilig", "teapot", "sky", 1, 495, "6", "B", 0, 0,
               Freshness::fresh}),
  };
  sell_out(cart.lines[3]);
  cart.lines[1].list_price->minor = 195;
  cart.savings = {{{{"en", "Hanging hearts: buy 6, pay for 5"}, {"de", "Hängeherzen: 6 kaufen, 5 bezahlen"}}, 295}};
  add_up(cart);
  return cart;
}

CartView long_cart() {
  CartView cart = base_cart();
  cart.first_name = "Maximiliane";
  cart.known_from_pass = true;
  cart.lines = {
      line_of({"A1", "Set of three hand-painted ceramic storage jars with bamboo lids and labels",
               "Dreiteiliges Set handbemalter Keramik-Vorratsdosen mit Bambusdeckeln und Etiketten", "jar", "butter", 12, 12499,
               "12", "AB", 1200, 1, Freshness::fresh}),
      line_of({"A2", "Regency cakestand, three tier", "Regency-Etagere mit drei Etagen", "cake", "lilac", 1, 1275, "3", "C", 4,
               45, Freshness::old}),
      line_of({"A3", "Alarm clock, Bakelite red", "Wecker, Bakelit rot", "clock", "mint", 2, 375, "5", "A", 2, 180,
               Freshness::check}),
      line_of({"A4", "Wicker picnic basket, small", "Picknickkorb aus Weide, klein", "basket", "sand", 1, 595, "", "", 0, 0,
               Freshness::unknown}),
      line_of({"A5", "Retrospot tea set, 11 piece", "Teeservice gepunktet, 11-teilig", "teapot", "sky", 1, 495, "6", "B", 0, 0,
               Freshness::fresh}),
      line_of({"A6", "Gift wrap, vintage leaf", "Geschenkpapier, Blattmuster", "gift", "blush", 3, 42, "2", "", 80, 0,
               Freshness::fresh}),
      line_of({"A7", "Fern in a terracotta pot", "Farn im Terrakottatopf", "plant", "mint", 1, 850, "9", "F", 6, 10,
               Freshness::recent}),
      line_of(
          {"A8", "Heart of wicker, large", "Herz aus Weide, groß", "heart", "blush", 1, 295, "3", "B", 14, 0, Freshness::fresh}),
      line_of({"A9", "Cupcake cases, pack of 72", "Muffinförmchen, 72 Stück", "cake", "lilac", 2, 55, "7", "A", 31, 0,
               Freshness::fresh}),
  };
  sell_out(cart.lines[4]);
  cart.lines[3].unit_price.reset();
  cart.lines[3].list_price.reset();
  cart.lines[3].total.reset();
  cart.lines[3].counted = false;
  cart.lines[3].stock.reset();
  cart.savings = {{{{"en", "Kitchen and storage: three for two, the cheapest is free"},
                    {"de", "Küche und Aufbewahrung: drei für zwei, das Günstigste ist gratis"}},
                   375},
                  {{{"en", "15% off clocks"}, {"de", "15 % auf Uhren"}}, 112},
                  {{{"en", "Picnic week"}, {"de", "Picknickwoche"}}, 60},
                  {{{"en", "£5 off from £60"}, {"de", "5 £ Rabatt ab 60 £"}}, 500}};
  add_up(cart);
  return cart;
}

void Scene::event(const Event& event) { asked = apply(model, event, now); }

void Scene::wait(std::int64_t ms) {
  now.mono = now.mono.plus(ms);
  now.utc = now.utc.plus(ms);
  event(Tick{});
}

Scene welcome() {
  Scene scene;
  scene.model.can_speak = true;
  scene.event(EdgeBack{});
  scene.event(StoreArrived{store()});
  scene.event(LinkChanged{{true, noon.utc.plus(-60 * minute), noon.utc, ""}});
  return scene;
}

Scene with_cart(const CartView& cart) {
  Scene scene = welcome();
  scene.event(ScanSeen{"https://vitrine.example/k#1"});
  scene.event(CartArrived{{scene.model.visit.number, scene.model.visit.opening_number}, cart});
  return scene;
}

Scene offline(Scene scene) {
  scene.event(LinkChanged{{false, scene.now.utc, scene.now.utc, "timeout"}});
  for (int i = 0; i < 26; ++i) {
    scene.wait(20'000);
    scene.event(PersonDid{});
  }
  return scene;
}

namespace {

Scene refused(const char* code) {
  Scene scene = welcome();
  scene.wish(Navigate{Route::scan});
  scene.event(ScanSeen{"0"});
  scene.event(PassRefused{{scene.model.visit.number, scene.model.visit.opening_number}, code});
  return scene;
}

Scene offline_cart() {
  CartView cart = samples::cart();
  for (CartViewLine& line : cart.lines) line.stock->freshness = Freshness::recent;
  for (CartViewLine& line : cart.lines) line.stock->as_of = noon.utc;
  return offline(with_cart(cart));
}

}  // namespace

std::vector<Named> all() {
  std::vector<Named> scenes = {
      {"welcome", welcome},
      {"welcome-closed",
       [] {
         Scene scene = welcome();
         StoreInfo closed = store();
         closed.open_now = false;
         scene.event(StoreArrived{closed});
         return scene;
       }},
      {"welcome-long-names",
       [] {
         Scene scene = welcome();
         StoreInfo named = store();
         named.brand = "Wohnwelt Bergmann & Söhne";
         named.tagline = {{"en", "Furniture, lamps and everything for the table"},
                          {"de", "Möbel, Leuchten und alles für den Tisch"}};
         named.name = "Oxford Circus, upper level";
         scene.event(StoreArrived{named});
         return scene;
       }},
      {"scan",
       [] {
         Scene scene = welcome();
         scene.wish(Navigate{Route::scan});
         return scene;
       }},
      {"scan-opening",
       [] {
         Scene scene = welcome();
         scene.wish(Navigate{Route::scan});
         scene.event(ScanSeen{"0"});
         return scene;
       }},
      {"scan-reduced",
       [] {
         Scene scene = welcome();
         scene.model.reduced_motion = true;
         scene.wish(Navigate{Route::scan});
         return scene;
       }},
      {"cart", [] { return with_cart(cart()); }},
      {"cart-confirmed",
       [] {
         Scene scene = with_cart(cart());
         scene.model.visit.scan_confirmed_until = scene.now.mono.plus(800);  // longer than in a shop: to be looked at
         return scene;
       }},
      {"cart-focus", [] { return with_cart(cart()); }, 4},
      {"cart-pressed", [] { return with_cart(cart()); }, 0, "line.20725.more"},
      {"welcome-pressed", welcome, 0, "scan.start"},
      {"welcome-focus", welcome, 2},
      {"cart-long", [] { return with_cart(long_cart()); }},
      {"cart-removed",
       [] {
         Scene scene = with_cart(cart());
         scene.wish(RemoveLine{"20725"});
         return scene;
       }},
      {"cart-empty",
       [] {
         CartView empty = base_cart();
         add_up(empty);
         return with_cart(empty);
       }},
      {"cart-not-saved",
       [] {
         Scene scene = with_cart(cart());
         scene.wish(ChangeQuantity{"20725", 1});
         scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.pending.front().number}, "no_answer"});
         return scene;
       }},
      {"cart-offline", offline_cart},
      {"cart-back-online",
       [] {
         Scene scene = offline_cart();
         scene.event(LinkChanged{{true, scene.now.utc, scene.now.utc, ""}});
         scene.wait(10'500);
         return scene;
       }},
      {"code-timed-out", [] { return refused("pass_expired"); }},
      {"code-unknown", [] { return refused("pass_forged"); }},
      {"code-foreign", [] { return refused("pass_foreign"); }},
      {"needs-internet", [] { return refused("pass_needs_hub"); }},
      {"not-ready", [] { return refused("store_not_ready"); }},
      {"no-answer", [] { return refused("no_answer"); }},
      {"starting",
       [] {
         Scene scene = welcome();
         StoreInfo filling = store();
         filling.ready = false;
         filling.fill = Fill{"catalog", 2140, 3665};
         scene.event(StoreArrived{filling});
         return scene;
       }},
      {"resting",
       [] {
         Scene scene = welcome();
         scene.event(EdgeLost{});
         scene.wait(edge_grace_ms);
         return scene;
       }},
      {"still-there",
       [] {
         Scene scene = with_cart(cart());
         scene.wait(idle_cart_ms + 4'000);
         return scene;
       }},
      {"ease",
       [] {
         Scene scene = welcome();
         scene.wish(OpenEase{});
         return scene;
       }},
      {"languages",
       [] {
         Scene scene = with_cart(cart());
         scene.wish(OpenLanguages{});
         return scene;
       }},
  };
  std::ranges::move(product_scenes(), std::back_inserter(scenes));
  std::ranges::move(order_scenes(), std::back_inserter(scenes));
  std::ranges::move(help_scenes(), std::back_inserter(scenes));
  std::ranges::move(till_scenes(), std::back_inserter(scenes));
  std::ranges::move(keep_scenes(), std::back_inserter(scenes));
  std::ranges::move(coupon_scenes(), std::back_inserter(scenes));
  std::ranges::move(choice_scenes(), std::back_inserter(scenes));
  std::ranges::move(delivery_scenes(), std::back_inserter(scenes));
  return scenes;
}

}  // namespace vitrine::kiosk::samples
