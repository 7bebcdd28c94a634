// SPDX-License-Identifier: Apache-2.0
// The shopper's cart: shown with prices of now, changed by actions that name what the screen showed, carried in a pass.
#include <nlohmann/json.hpp>

#include <algorithm>

#include "hours/opening.hpp"
#include "hub/api/api_impl.hpp"
#include "hub/api/coupons.hpp"
#include "hub/api/documents.hpp"
#include "hub/api/pass_code.hpp"
#include "hub/database/authority.hpp"
#include "sync/model/coupon.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/entity_tag.hpp"
#include "sync/protocol/json_input.hpp"
#include "sync/protocol/trust_codec.hpp"

namespace vitrine::hub::api {

namespace protocol = sync::protocol;
namespace rules = sync::rules;
using database::SessionRow;
using sync::ends::HubPerformed;

namespace {

constexpr std::int64_t visit_quiet_ms = 10L * 60 * 1000;  // after so long without an action the kiosk has gone on
constexpr std::size_t shown_max = 400;
constexpr const char* actor = "phone";

struct CartInHand {
  sync::Cart cart;
  sync::Version version;
};

std::optional<CartInHand> read_cart(const std::optional<sync::Document>& document) {
  if (!document || !document->body) return std::nullopt;
  auto cart = protocol::decode_cart(sync::CartId{document->key.id}, *document->body);
  if (!cart) return std::nullopt;
  return CartInHand{std::move(*cart), document->lineage.now};
}

json totals_view(const sync::pricing::Totals& totals) {
  json taxes = json::array();
  for (const sync::pricing::TaxSum& tax : totals.taxes) {
    taxes.push_back({{"class", tax.tax_class},
                     {"basis_points", tax.basis_points},
                     {"included", tax.included},
                     {"net", tax.net_minor},
                     {"tax", tax.tax_minor}});
  }
  return {{"currency", totals.currency},
          {"units", totals.units},
          {"lines_left_out", totals.lines_left_out},
          {"subtotal", totals.subtotal_minor},
          {"saved", totals.reduced_minor},
          {"to_pay", totals.to_pay_minor},
          {"taxes", taxes}};
}

// Nobody can say of an anonymous shopper which memberships they hold.
sync::pricing::Shopper shopper_of(database::Connection& connection, const sync::Cart& cart, const Place& place, UtcMs now) {
  sync::pricing::Shopper shopper;
  shopper.channel = "web";
  shopper.coupons.insert(cart.coupons.begin(), cart.coupons.end());
  const hours::WallTime wall = hours::wall_time_at(place.time_zone, now);
  shopper.local = {wall.weekday, wall.minute};
  if (!cart.owner) return shopper;
  shopper.segments.emplace();
  for (const json& segment : field_of(read_body(connection, {"customer", cart.owner->text}), "segments")) {
    if (segment.is_string()) shopper.segments->insert(segment.get<std::string>());
  }
  return shopper;
}

void put_prices(const sync::pricing::PricedCart& priced, json& view) {
  json& lines = view["lines"];
  for (std::size_t i = 0; i < priced.lines.size(); ++i) {
    const sync::pricing::PricedLine& line = priced.lines[i];
    lines[i]["unit_price"] = money_or_null(line.unit_price);
    lines[i]["list_price"] = money_or_null(line.list_price);
    lines[i]["total"] = money_or_null(line.total);
    lines[i]["counted"] = line.counted;
    lines[i]["to_pay"] = line.to_pay_minor;
    lines[i]["quoted"] = line.quoted;
    lines[i]["savings"] = json::array();
  }
  view["reductions"] = json::array();
  for (const sync::pricing::Reduction& one : priced.reductions) {
    view["reductions"].push_back(
        {{"promotion", one.promotion}, {"title", one.title}, {"minor", one.minor}, {"unverified", one.unverified}});
    if (one.coupon) view["reductions"].back()["coupon"] = *one.coupon;
    for (const sync::pricing::LineShare& share : one.shares) {
      if (share.minor > 0) lines[share.line]["savings"].push_back({{"promotion", one.promotion}, {"minor", share.minor}});
    }
  }
  view["withheld"] = json::array();
  for (const sync::pricing::Withheld& one : priced.withheld) {
    view["withheld"].push_back({{"promotion", one.promotion}, {"title", one.title}, {"segment", one.segment}});
  }
  view["changes_at"] = priced.changes_at ? json(priced.changes_at->value) : json(nullptr);
  view["totals"] = totals_view(priced.totals);
}

json cart_view(database::Connection& connection, PriceBooks& books, const CartInHand& hand,
               const std::optional<sync::StoreId>& store, UtcMs now) {
  const Place place = place_of(connection, hand.cart.store ? hand.cart.store : store);
  std::vector<sync::pricing::LineToPrice> to_price;
  json lines = json::array();
  for (const sync::CartLine& line : hand.cart.lines) {
    if (line.units() <= 0) continue;
    const json product = read_body(connection, {"product", line.sku.text});
    const auto on_hand = on_hand_of(connection, place, line.sku, now, "cart/" + hand.cart.id.text);
    json view = {{"key", line.key}, {"sku", line.sku.text}, {"units", line.units()}};
    for (const char* name : {"title", "pictogram", "tile"}) view[name] = field_of(product, name);
    view["on_hand"] = on_hand ? json(*on_hand) : json(nullptr);
    view["shown"] = json::array();
    for (const sync::Dot& dot : line.dots) {
      if (dot.left() > 0) view["shown"].push_back(dot.id.text);
    }
    lines.push_back(std::move(view));
    sync::pricing::LineToPrice& to = to_price.emplace_back();
    to = {line.key, line.sku, line.units(), price_of(connection, place, line.sku), !on_hand || *on_hand > 0};
    for (const json& category : field_of(product, "category")) {
      if (category.is_string()) to.categories.push_back(category.get<std::string>());
    }
    to.categories.push_back(text_of(product, "department"));
    if (std::string tax_class = text_of(product, "tax_class"); !tax_class.empty()) to.tax_class = std::move(tax_class);
  }
  json view = {{"cart", hand.cart.id.text}, {"version", {hand.version.era, hand.version.number}}, {"lines", lines}};
  const sync::pricing::PricedCart priced = sync::pricing::price(to_price, *books.of(connection, place.zone, place.currency),
                                                                shopper_of(connection, hand.cart, place, now), now);
  put_prices(priced, view);
  view["coupons"] = coupons_view(hand.cart.coupons, priced.coupons);
  view["store"] = place.store ? json(place.store->text) : json(nullptr);
  view["changed_at"] = hand.cart.changed_at.value;
  view["changed_by"] = hand.cart.changed_by;
  return view;
}

json empty_cart_view(const Place& place) {
  json view = {{"cart", nullptr}, {"version", {0, 0}}, {"lines", json::array()}};
  put_prices(sync::pricing::price({}, {place.currency}, {}, {}), view);
  view["coupons"] = json::array();
  view["store"] = place.store ? json(place.store->text) : json(nullptr);
  view["changed_at"] = 0;
  view["changed_by"] = "";
  return view;
}

// What a POST to /cart/actions asks for.
struct Wish {
  sync::TransactionId request;
  std::string action;
  sync::Sku sku;       // of an add
  sync::LineKey line;  // of a decrease or a remove
  std::int64_t units = 1;
  std::vector<sync::DotId> shown;
  std::string coupon;  // as typed; of remove_coupon the code
};

Result<Wish> read_wish(const std::string& text) {
  const auto body = protocol::parse_object(text, request_body_bytes_max, "invalid_request");
  if (!body) return std::unexpected(body.error());
  protocol::Mistake mistake("invalid_request");
  const protocol::Fields fields(*body, "", mistake);
  Wish wish;
  wish.request = sync::TransactionId{fields.text("request", sync::is_hex_128)};
  wish.action = fields.text("action", 1, 16);
  if (wish.action == "add") {
    wish.sku = sync::Sku{fields.text(fields.has("sku") ? "sku" : "line", sync::is_sku)};
  } else if (wish.action == "decrease" || wish.action == "remove") {
    wish.line = fields.text("line", 1, 120);
    for (const json& dot : fields.array("shown", shown_max)) {
      if (dot.is_string()) wish.shown.emplace_back(dot.get<std::string>());
      if (!dot.is_string()) fields.wrong("shown", "must be a list of ids");
    }
  } else if (wish.action == "add_coupon") {
    wish.coupon = fields.text("coupon", 1, coupon_typed_max);
  } else if (wish.action == "remove_coupon") {
    wish.coupon = fields.text("coupon", sync::is_coupon_code);
  } else {
    fields.wrong("action", "is add, decrease, remove, add_coupon or remove_coupon");
  }
  if (wish.action != "remove") wish.units = fields.integer_if_any("units", 1, rules::cart_quantity_max).value_or(1);
  if (mistake.made()) return mistake.error();
  return wish;
}

}  // namespace

Answer Api::Impl::cart_answer(database::Connection& connection, const SessionRow& session, const Call& call, bool may_be_same) {
  database::HubRows rows(connection);
  const auto id = cart_of(rows, session);
  const auto hand = id ? read_cart(database::read_document(connection, {"cart", id->text})) : std::nullopt;
  json view = hand ? cart_view(connection, price_books, *hand, session.store, call.now.utc)
                   : empty_cart_view(place_of(connection, session.store));
  view["open_at_kiosk"] = nullptr;
  if (const auto visit = hand ? rows.visit(*id) : std::nullopt; visit && visit->last.plus(visit_quiet_ms) > call.now.utc) {
    view["open_at_kiosk"] = {{"device", visit->device}, {"since", visit->since.value}};
  }
  Answer answer = json_answer(view);
  const std::string tag = sync::protocol::entity_tag(answer.body);
  answer.headers.emplace_back("ETag", tag);
  if (may_be_same && call.request.if_none_match.find(tag) != std::string::npos) {
    answer.status = 304;
    answer.body.clear();
  }
  return answer;
}

Answer Api::Impl::show_cart(const Call& call) {
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  const auto session = session_of(**lease, call);
  if (!session) return problem(401, "session_unknown");
  return cart_answer(**lease, *session, call, true);
}

Answer Api::Impl::cart_action(const Call& call) {
  auto wish = read_wish(call.request.body);
  if (!wish) return problem(400, wish.error().code, wish.error().message);
  const bool adds_coupon = wish->action == "add_coupon";
  if (adds_coupon) {
    const auto code = enter_coupon(call, wish->coupon);
    if (!code) coupons_refused.fetch_add(1, std::memory_order_relaxed);
    if (!code) return code.error();
    wish->coupon = *code;
  }
  SessionRow session;
  Answer done = through_engine(*setup.engine, [&](Desk& desk) {
    auto row = call.session_hash ? desk.rows.session(*call.session_hash) : std::nullopt;
    if (!row || row->seen_at.plus(session_life_ms) < desk.now.utc) return problem(401, "session_unknown");
    session = *row;
    auto cart = cart_of(desk.rows, session);
    if (cart && !read_cart(desk.authority.document({"cart", cart->text}))) cart.reset();  // forgotten meanwhile

    rules::CartOperation operation;
    if (wish->action == "add") {
      const auto product = desk.authority.document({"product", wish->sku.text});
      if (!product || !product->body) return problem(422, "product_unknown");
      if (!cart) cart = sync::CartId{setup.chance.hex_128()};
      operation = rules::CartAdd{wish->sku, wish->units, "phone", session.store, session.customer};
    } else if (!cart) {
      return problem(409, "cart_unknown");
    } else if (!wish->coupon.empty()) {
      operation = rules::CartCoupon{wish->coupon, adds_coupon};
    } else if (wish->action == "decrease") {
      operation = rules::CartDecrease{wish->line, wish->shown, wish->units, std::nullopt};
    } else {
      operation = rules::CartRemove{wish->line, wish->shown, std::nullopt};
    }
    sync::ends::HubAction action{wish->request, actor, {protocol::encode_cart_operation(*cart, operation)}};
    action.operations.front().salt = setup.chance.hex_128();
    const auto performed = desk.end.perform(action, desk.now);
    if (performed.what == HubPerformed::What::refused) return problem(409, performed.reason);
    if (performed.what == HubPerformed::What::done) {
      if (session.customer) {
        desk.rows.put_customer_cart(*session.customer, *cart);
      } else {
        session.cart = cart;
      }
      session.seen_at = desk.now.utc;
      desk.rows.put_session(*call.session_hash, session);
    }
    return Answer{};
  });
  if (adds_coupon) (done.status == 200 ? coupons_taken : coupons_refused).fetch_add(1, std::memory_order_relaxed);
  if (done.status != 200) return done;
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  return cart_answer(**lease, session, call, false);
}

Answer Api::Impl::cart_store(const Call& call) {
  const auto body = protocol::parse_object(call.request.body, request_body_bytes_max, "invalid_request");
  if (!body) return problem(400, body.error().code, body.error().message);
  protocol::Mistake mistake("invalid_request");
  const sync::StoreId store{protocol::Fields(*body, "", mistake).text("store", sync::is_store_id)};
  if (mistake.made()) return problem(400, "invalid_request", mistake.error().error().message);
  SessionRow session;
  Answer done = through_engine(*setup.engine, [&](Desk& desk) {
    auto row = call.session_hash ? desk.rows.session(*call.session_hash) : std::nullopt;
    if (!row) return problem(401, "session_unknown");
    const auto content = desk.authority.document({"content", "store/" + store.text});
    if (!content || !content->body) return problem(422, "store_unknown");
    session = *row;
    session.store = store;
    desk.rows.put_session(*call.session_hash, session);
    const auto cart = cart_of(desk.rows, session);
    if (!cart || !read_cart(desk.authority.document({"cart", cart->text}))) return Answer{};
    sync::ends::HubAction action{sync::TransactionId{setup.chance.hex_128()}, actor, {}};
    action.operations.push_back(protocol::encode_cart_operation(*cart, rules::CartAssign{std::nullopt, store}));
    action.operations.back().salt = setup.chance.hex_128();
    const auto performed = desk.end.perform(action, desk.now);
    return performed.what == HubPerformed::What::refused ? problem(409, performed.reason) : Answer{};
  });
  if (done.status != 200) return done;
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  return cart_answer(**lease, session, call, false);
}

std::optional<PassKey> Api::Impl::signing_key(database::Connection& connection, UtcMs now) {
  const std::lock_guard lock(keys_mutex);
  std::optional<PassKey> key;
  for (const auto& [number, candidate] : pass_keys) {
    const auto trust = database::read_document(connection, {"trust", "key/" + std::to_string(number)});
    const auto trusted = trust && trust->body ? protocol::decode_trusted_key(*trust->body) : fail("", "");
    if (!trusted || trusted->revoked || trusted->public_key != candidate.public_key) continue;
    if (trusted->from > now || (trusted->to && *trusted->to <= now)) continue;
    key = candidate;
  }
  return key;
}

Answer Api::Impl::cart_pass(const Call& call) {
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  const auto session = session_of(**lease, call);
  if (!session) return problem(401, "session_unknown");
  database::HubRows rows(**lease);
  const auto id = cart_of(rows, *session);
  const auto hand = id ? read_cart(database::read_document(**lease, {"cart", id->text})) : std::nullopt;
  std::vector<rules::PassLine> lines;
  for (const sync::CartLine& line : hand ? hand->cart.lines : std::vector<sync::CartLine>{}) {
    if (line.units() > 0) lines.push_back({line.sku, line.units()});
  }
  if (lines.empty()) return problem(409, "cart_empty");

  const auto key = signing_key(**lease, call.now.utc);
  if (!key) return problem(503, "pass_key_missing", "make one with `vitrine-hub make-pass-key`");

  protocol::CartPass pass;
  pass.key_id = key->id;
  pass.issued_at = {call.now.utc.value / 1000 * 1000};
  pass.expires_at = pass.issued_at.plus(protocol::cart_pass_life_ms);
  pass.id = sync::PassId{setup.chance.hex_128()};
  pass.cart = hand->cart.id;
  pass.version = hand->version;
  pass.lines = lines;
  const auto code = make_pass_code(pass, key->secret, setup.link_base);
  if (!code) return problem(500, code.error().code, code.error().message);
  json answer = {{"text", code->text}, {"svg_path", code->drawing.svg_path}, {"size", code->drawing.modules}};
  answer["version"] = code->drawing.version;
  answer["issued_at"] = pass.issued_at.value;
  answer["expires_at"] = pass.expires_at.value;
  answer["renew_at"] = pass.issued_at.plus(protocol::cart_pass_renew_ms).value;
  answer["form"] = code->has_lines ? "lines" : "reference";
  answer["lines"] = lines.size();
  return json_answer(answer);
}

}  // namespace vitrine::hub::api
