// SPDX-License-Identifier: Apache-2.0
// Search and product page in states worth looking at.
#include <array>

#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

constexpr std::int64_t minute = 60'000;

ProductCard clock_card(const char* sku, const char* colour, const char* german, std::int64_t here) {
  ProductCard card;
  card.sku = sync::Sku(sku);
  card.title = {{"en", std::string("Alarm clock, Bakelite ") + colour}, {"de", std::string("Wecker, Bakelit ") + german}};
  card.pictogram = "clock";
  card.tile = "butter";
  card.price = card.list_price = sync::Money{375, "GBP"};
  card.stock = StockHere{here, "5", "A", noon.utc, Freshness::fresh};
  card.attributes = {{"colour", colour}};
  return card;
}

std::vector<ProductCard> clocks() {
  return {clock_card("22727", "red", "rot", 5), clock_card("22726", "green", "grün", 2), clock_card("22728", "pink", "rosa", 9),
          clock_card("22730", "ivory", "elfenbein", 0)};
}

ProductCard plain(const char* sku, Words title, const char* pictogram, const char* tile, std::int64_t price) {
  ProductCard card;
  card.sku = sync::Sku(sku);
  card.title = std::move(title);
  card.pictogram = pictogram;
  card.tile = tile;
  card.price = card.list_price = sync::Money{price, "GBP"};
  card.stock = StockHere{6, "9", "A", noon.utc.plus(-20 * minute), Freshness::recent};
  return card;
}

ProductCard long_named() {
  ProductCard card = plain("A1",
                           {{"en", "Set of three hand-painted ceramic storage jars with bamboo lids and labels"},
                            {"de", "Dreiteiliges Set handbemalter Keramik-Vorratsdosen mit Bambusdeckeln und Etiketten"}},
                           "jar", "sky", 12499);
  card.list_price->minor = 14999;
  card.stock = StockHere{1200, "12", "AB", noon.utc.plus(-180 * minute), Freshness::check};
  return card;
}

void type(Scene& scene, const std::string& words) {
  for (const char letter : words) scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, letter)}});
}

Scene searching(Scene scene, const std::string& words) {
  scene.wish(Navigate{Route::search});
  type(scene, words);
  return scene;
}

void answer(Scene& scene, const SearchFound& found) {
  scene.event(ProductsFound{{scene.model.visit.number, scene.model.visit.search.asked}, found});
}

Scene found(const std::string& words, const SearchFound& answer_is) {
  Scene scene = searching(welcome(), words);
  answer(scene, answer_is);
  return scene;
}

Scene page_open(Scene scene, const ProductPage& page) {
  scene.wish(OpenProduct{page.card.sku});
  scene.event(ProductArrived{{scene.model.visit.number, scene.model.visit.product->asked}, page});
  return scene;
}

// Photos of every shape; the last has none, as many products of a shop have none.
constexpr std::array<const char*, 5> photos = {"clock", "vase", "jar", "candle", "mug"};

SearchFound pictured(SearchFound found) {
  for (std::size_t i = 0; i < found.products.size() && i < photos.size(); ++i) found.products[i].picture = photos[i];
  return found;
}

CartView pictured(CartView cart) {
  for (std::size_t i = 0; i < cart.lines.size(); ++i) cart.lines[i].picture = photos[(i + 3) % photos.size()];
  return cart;
}

ProductPage pictured(ProductPage page, const char* hero) {
  page.card.picture = hero;
  for (std::size_t i = 0; i < page.goes_with.size(); ++i) page.goes_with[i].picture = photos[i + 2];
  return page;
}

}  // namespace

SearchFound some_products() {
  SearchFound found;
  found.products = clocks();
  ProductCard folding =
      plain("22193", {{"en", "Travel alarm clock, folding"}, {"de", "Reisewecker, faltbar"}}, "clock", "sand", 545);
  found.products.push_back(folding);
  found.products.push_back(long_named());
  found.total = 6;
  found.in_stock = 4;
  found.departments = {{"home", {{"en", "Clocks"}, {"de", "Uhren"}}, 5},
                       {"kitchen", {{"en", "Kitchen and baking"}, {"de", "Küche und Backen"}}, 1}};
  found.prices = {{0, 500}, {500, 1000}, {10000, std::nullopt}};
  return found;
}

std::vector<NearbyStore> some_nearby() {
  const auto store = [](const char* id, const char* name, std::int64_t metres, std::optional<sync::Band> band,
                        std::int64_t minutes, Freshness freshness) {
    return NearbyStore{id, name, metres, true, true, "", "18:00", band, noon.utc.plus(-minutes * minute), freshness};
  };
  return {store("quay-square", "Quay Square", 966, sync::Band::many, 1, Freshness::fresh),
          store("market-row", "Market Row", 2'253, sync::Band::some, 5, Freshness::recent),
          store("castle-gate", "Castle Gate", 8'208, {}, 160, Freshness::check),
          store("old-mill", "Old Mill", 24'140, sync::Band::none, 3, Freshness::recent)};
}

ProductPage some_page() {
  ProductPage page;
  page.card = clocks().front();
  page.department = {{"en", "Clocks"}, {"de", "Uhren"}};
  page.description = {
      {"en",
       "A classic twin-bell clock with a loud, cheerful ring. Steel case, two-year guarantee. Takes one AA battery, not "
       "included."},
      {"de",
       "Ein klassischer Doppelglockenwecker mit lautem, fröhlichem Klang. Stahlgehäuse, zwei Jahre Garantie. Braucht eine "
       "AA-Batterie, nicht enthalten."}};
  page.variants = clocks();
  page.nearby = some_nearby();
  page.goes_with = {plain("85123A", {{"en", "White hanging heart t\u2011light holder"}, {"de", "Teelichthalter weißes Herz"}},
                          "candle", "blush", 295),
                    plain("22699", {{"en", "Roses teacup and saucer"}, {"de", "Teetasse mit Rosen"}}, "mug", "blush", 295),
                    long_named()};
  return page;
}

ProductPage full_page() {
  ProductPage page = some_page();
  page.card = long_named();
  page.brand = "Bergmann Manufaktur";
  page.age_restriction = 18;
  page.nearby = {
      {"long", "Einkaufszentrum am Alten Güterbahnhof", 151'000, true, false, "08:30", "", sync::Band::few,
       noon.utc.plus(-90 * minute), Freshness::old},
      {"bare", "Market Row", {}, false, false, "", "", sync::Band::some, noon.utc.plus(-4 * minute), Freshness::recent},
      {"never", "Castle Gate", 80, true, false, "", "", {}, {}, Freshness::check}};
  page.ar_url = "https://ar.vitrine.example/p/A1";
  page.variants.push_back(page.card);
  page.variants.back().attributes = {{"colour", "blue"}, {"size", "XL"}};
  return page;
}

std::vector<Named> product_scenes() {
  return {
      {"search-start", [] { return searching(welcome(), ""); }},
      {"search", [] { return found("alarm cl", some_products()); }},
      {"search-no-keyboard",
       [] {
         Scene scene = found("alarm cl", some_products());
         scene.wish(ShowKeyboard{false});
         return scene;
       }},
      {"search-narrowed",
       [] {
         Scene scene = found("alarm cl", some_products());
         scene.wish(ChooseFilter{{.in_stock = true, .department = "kitchen", .price = {}}});
         SearchFound few = some_products();
         few.products = {few.products.back()};
         few.total = 1;
         answer(scene, few);
         scene.wish(ShowKeyboard{false});
         return scene;
       }},
      {"search-many",
       [] {
         SearchFound many = some_products();
         many.total = 214;
         many.products.insert(many.products.end(), 5, long_named());
         for (std::size_t i = 6; i < many.products.size(); ++i) many.products[i].sku = sync::Sku("B" + std::to_string(i));
         Scene scene = searching(with_cart(cart()), "c");
         answer(scene, many);
         return scene;
       }},
      {"search-none", [] { return found("zylinderkopfdichtung", {}); }},
      {"search-none-here",
       [] {
         Scene scene = found("alarm cl", some_products());
         scene.wish(ChooseFilter{{.in_stock = true, .department = "kitchen", .price = {}}});
         SearchFound none = some_products();
         none.products.clear();
         none.total = 0;
         answer(scene, none);
         return scene;
       }},
      {"search-waiting", [] { return searching(welcome(), "al"); }},
      {"search-failed",
       [] {
         Scene scene = searching(welcome(), "al");
         scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.search.asked}, "no_answer"});
         return scene;
       }},
      {"search-offline",
       [] {
         Scene scene = offline(welcome());
         scene = searching(scene, "alarm cl");
         SearchFound aged = some_products();
         for (ProductCard& each : aged.products) each.stock->freshness = std::max(each.stock->freshness, Freshness::recent);
         answer(scene, aged);
         return scene;
       }},
      {"product", [] { return page_open(with_cart(cart()), some_page()); }},
      {"product-no-cart", [] { return page_open(found("alarm cl", some_products()), some_page()); }},
      {"product-kept",
       [] {
         Scene scene = page_open(with_cart(cart()), some_page());
         scene.wish(KeepAtStore{"quay-square"});
         scene.event(KeptThere{{scene.model.visit.number, scene.model.visit.kept.front().asked}, noon.utc.plus(240 * minute)});
         scene.wish(KeepAtStore{"market-row"});
         scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.kept.back().asked}, "not_enough"});
         return scene;
       }},
      {"product-full", [] { return page_open(with_cart(cart()), full_page()); }},
      {"product-added",
       [] {
         Scene scene = page_open(with_cart(cart()), some_page());
         scene.wish(ChangeUnits{2});
         scene.wish(AddToCart{sync::Sku("22727"), some_page().card.title, 3});
         return scene;
       }},
      {"product-sold-out",
       [] {
         ProductPage page = some_page();
         page.card = clocks().back();
         page.goes_with.clear();
         return page_open(with_cart(cart()), page);
       }},
      {"product-offline",
       [] {
         ProductPage page = full_page();
         page.card.price.reset();
         page.card.list_price.reset();
         page.card.stock.reset();
         return page_open(offline(with_cart(cart())), page);
       }},
      {"search-pictures", [] { return found("alarm cl", pictured(some_products())); }},
      {"product-picture", [] { return page_open(with_cart(cart()), pictured(some_page(), "clock")); }},
      {"product-picture-tall", [] { return page_open(with_cart(cart()), pictured(some_page(), "vase")); }},
      {"product-picture-white", [] { return page_open(with_cart(cart()), pictured(some_page(), "jar")); }},
      {"cart-pictures", [] { return with_cart(pictured(cart())); }},
      {"product-unknown",
       [] {
         Scene scene = welcome();
         scene.event(ScanSeen{"4006381333931", true});
         scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.product->asked}, "product_unknown"});
         return scene;
       }},
      {"product-waiting",
       [] {
         Scene scene = welcome();
         scene.event(ScanSeen{"4006381333931", true});
         return scene;
       }},
      {"product-no-answer",
       [] {
         Scene scene = welcome();
         scene.event(ScanSeen{"4006381333931", true});
         scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.product->asked}, "no_answer"});
         return scene;
       }},
  };
}

}  // namespace vitrine::kiosk::samples
