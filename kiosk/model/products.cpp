// SPDX-License-Identifier: Apache-2.0
// Looking for products and at them, and from there into the cart.
#include <algorithm>
#include <utility>

#include "kiosk/model/steps.hpp"

namespace vitrine::kiosk::steps {
namespace {

bool is_blank(const std::string& text) { return text.find_first_not_of(" -’") == std::string::npos; }

void ask_for_product(Model& model, Requests& out) {
  Visit& visit = model.visit;
  ProductOnScreen& product = *visit.product;
  product.failed.clear();
  product.asked = ++visit.requests;
  out.emplace_back(FetchProduct{{visit.number, product.asked}, product.code, product.scanned});
}

void show_product(Model& model, const std::string& code, bool scanned, Requests& out) {
  model.visit.product = ProductOnScreen{};
  model.visit.product->code = code;
  model.visit.product->scanned = scanned;
  model.visit.route = Route::product;
  ask_for_product(model, out);
}

}  // namespace

void count_search(Model& model, Requests& out) {
  Search& search = model.visit.search;
  search.rests_at.reset();
  // With a filter, nothing may be what they asked for.
  if (!search.found || search.waiting || search.filter != SearchFilter{} || search.found_for == search.counted) return;
  search.counted = search.found_for;
  out.emplace_back(CountSearch{search.found->total > 0});
}

void type_search(Model& model, const KeyTouch& touch, Requests& out) {
  Search& search = model.visit.search;
  const std::string before = search.typed.text;
  type(search.typed, touch, search_letters_max);
  if (search.typed.text == before) return;
  if (is_blank(search.typed.text)) {
    search.filter = {};
    search.found.reset();
    search.found_for.clear();
    search.rests_at.reset();
    search.asked = 0;
    search.waiting = search.failed = false;
    return;
  }
  ask_for_products(model, out);
}

void choose_filter(Model& model, const SearchFilter& filter, Requests& out) {
  model.visit.search.filter = filter;
  if (!is_blank(model.visit.search.typed.text)) ask_for_products(model, out);
}

void ask_for_products(Model& model, Requests& out) {
  Search& search = model.visit.search;
  search.asked = ++model.visit.requests;
  search.rests_at.reset();
  search.waiting = true;
  search.failed = false;
  search.found_for = search.typed.text;
  // So long that it is never kept inside the request: moving it on leaves nothing of it behind.
  std::string words;
  words.reserve(4 * search_letters_max);
  words = search.typed.text;
  out.emplace_back(SearchProducts{{model.visit.number, search.asked}, std::move(words), search.filter});
}

void take_found(Model& model, const ProductsFound& event) {
  Search& search = model.visit.search;
  if (event.asked.visit != model.visit.number || event.asked.number != search.asked) return;
  search.found = event.found;
  search.waiting = false;
  search.rests_at = model.now.mono.plus(search_rests_ms);
}

void open_product(Model& model, const std::string& code, bool scanned, Requests& out) {
  Visit& visit = model.visit;
  if (visit.route == Route::search && !scanned) count_search(model, out);
  if (visit.route == Route::product && visit.product) {
    if (visit.product->code == code) return;
    const std::string before = visit.product->page ? visit.product->page->card.sku.text : std::string();
    if (!before.empty()) visit.product_trail.push_back(before);
  } else {
    visit.product_trail.clear();
    visit.product_from = visit.route == Route::search || visit.route == Route::cart ? visit.route : Route::welcome;
  }
  show_product(model, code, scanned, out);
}

void leave_product(Model& model, Requests& out) {
  Visit& visit = model.visit;
  if (!visit.product_trail.empty()) {
    const std::string before = std::move(visit.product_trail.back());
    visit.product_trail.pop_back();
    show_product(model, before, false, out);
    return;
  }
  visit.product.reset();
  visit.route = visit.product_from == Route::welcome && visit.cart ? Route::cart : visit.product_from;
}

void take_product(Model& model, const ProductArrived& event) {
  Visit& visit = model.visit;
  if (event.asked.visit != visit.number || !visit.product || event.asked.number != visit.product->asked) return;
  visit.product->page = event.page;
  // From here on it is known by its number.
  visit.product->code = event.page.card.sku.text;
  visit.product->scanned = false;
}

void change_units(Model& model, std::int64_t delta) {
  if (!model.visit.product) return;
  std::int64_t& units = model.visit.product->units;
  units = std::clamp<std::int64_t>(units + delta, 1, line_units_max);
}

void add_to_cart(Model& model, const AddToCart& wish, Requests& out) {
  Visit& visit = model.visit;
  if (wish.units < 1) return;
  if (!visit.cart) {
    visit.wanted = Added{wish.sku, wish.title, wish.units, {}};
    visit.route = Route::scan;
    return;
  }
  const std::optional<CartView> cart = shown_cart(model);
  const auto line = std::ranges::find(cart->lines, wish.sku, &CartViewLine::sku);
  const std::int64_t room = line_units_max - (line == cart->lines.end() ? 0 : line->units);
  const std::int64_t units = std::min(wish.units, room);
  if (units < 1) return;
  visit.pending.push_back({line == cart->lines.end() ? std::string() : line->key, wish.sku, units, false, 0, model.now.mono});
  visit.added = Added{wish.sku, wish.title, units, model.now.mono.plus(added_ms)};
  if (visit.product && visit.route == Route::product) visit.product->units = 1;
  send_next_change(model, out);
}

void add_what_was_wanted(Model& model, Requests& out) {
  if (!model.visit.wanted) return;
  const Added wanted = *std::exchange(model.visit.wanted, std::nullopt);
  add_to_cart(model, {wanted.sku, wanted.title, wanted.units}, out);
}

void keep_at_store(Model& model, const KeepAtStore& wish, Requests& out) {
  Visit& visit = model.visit;
  if (!visit.cart || !visit.product || !visit.product->page) return;
  const sync::Sku& sku = visit.product->page->card.sku;
  const Kept* before = kept_at(visit, sku, wish.store);
  if (before != nullptr && (before->asked != 0 || before->until)) return;
  std::erase_if(visit.kept, [&](const Kept& one) { return one.sku == sku && one.store == wish.store; });
  const std::int64_t units = std::min(visit.product->units, kept_units_max);
  visit.kept.push_back({sku, wish.store, units, ++visit.requests, {}, {}});
  out.emplace_back(KeepThere{{visit.number, visit.kept.back().asked}, visit.cart->cart, wish.store, sku, units});
}

void take_kept(Model& model, const KeptThere& event) {
  if (event.asked.visit != model.visit.number) return;
  for (Kept& one : model.visit.kept) {
    if (one.asked != event.asked.number) continue;
    one.asked = 0;
    one.until = event.until;
  }
}

bool take_product_failure(Model& model, const RequestFailed& event) {
  Visit& visit = model.visit;
  for (Kept& one : visit.kept) {
    if (one.asked == 0 || one.asked != event.asked.number) continue;
    one.asked = 0;
    one.failed = event.code;
    return true;
  }
  if (visit.search.asked != 0 && event.asked.number == visit.search.asked) {
    visit.search.waiting = false;
    visit.search.failed = true;
    return true;
  }
  if (visit.product && event.asked.number == visit.product->asked) {
    // A page that is there stays: it is only a little older.
    if (!visit.product->page) visit.product->failed = event.code;
    return true;
  }
  return false;
}

void refresh_products(Model& model, Requests& out) {
  Visit& visit = model.visit;
  if (visit.route == Route::search && !is_blank(visit.search.typed.text)) ask_for_products(model, out);
  if (visit.route == Route::product && visit.product) ask_for_product(model, out);
}

}  // namespace vitrine::kiosk::steps
