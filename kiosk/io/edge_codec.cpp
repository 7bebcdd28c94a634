// SPDX-License-Identifier: Apache-2.0
// JSON of the local API; see edge_codec.hpp.
#include "kiosk/io/edge_codec.hpp"

#include "kiosk/io/answer_fields.hpp"

namespace vitrine::kiosk {
namespace {

using namespace answer;

Link link(const json& object) {
  return {.online = object.at("online").get<bool>(),
          .since = time(object, "since"),
          .last_contact = time(object, "last_contact"),
          .reason = text_or_empty(object, "reason")};
}

std::optional<PassOrigin> pass(const json& object) {
  if (is_absent(object, "pass")) return std::nullopt;
  const json& value = object.at("pass");
  const json& version = value.at("v");
  if (!version.is_array() || version.size() != 2 || !version[0].is_number_unsigned() || !version[1].is_number_unsigned() ||
      version[0].get<std::uint64_t>() > UINT32_MAX) {
    throw Misshapen{"pass.v is no version"};
  }
  return PassOrigin{sync::PassId(text(value, "id")), {version[0].get<std::uint32_t>(), version[1].get<std::uint64_t>()}};
}

sync::CartId cart_id(const json& object, const char* key) {
  sync::CartId id(text(object, key));
  if (!sync::is_hex_128(id.text)) throw Misshapen{"a cart's id is not 32 hex digits"};
  return id;
}

CartViewLine line(const json& object) {
  return {.key = text(object, "key"),
          .sku = sync::Sku(text(object, "sku")),
          .title = words(object, "title"),
          .pictogram = text_or_empty(object, "pictogram"),
          .tile = text_or_empty(object, "tile"),
          .units = number(object, "units", 0, units_max),
          .shown = texts(object, "shown", lines_max),
          .unit_price = money(object, "unit_price"),
          .list_price = money(object, "list_price"),
          .total = money(object, "total"),
          .counted = object.at("counted").get<bool>(),
          .stock = stock(object),
          .sold_out = object.at("sold_out").get<bool>(),
          .waiting = object.at("waiting").get<bool>(),
          .picture = text_or_empty(object, "picture")};
}

CouponView coupon(const json& object) {
  const std::string state = text(object, "state");
  return {.code = text(object, "code"),
          .state = state == "used"           ? CouponState::used
                   : state == "not_used_yet" ? CouponState::not_used_yet
                                             : CouponState::over,
          .title = words(object, "title"),
          .minor = number(object, "minor", 0, INT64_MAX / 2),
          .need = text_or_empty(object, "need"),
          .missing = number(object, "missing", 0, INT64_MAX / 2),
          .at = is_absent(object, "at") ? std::nullopt : std::optional(time(object, "at"))};
}

CartView cart(const json& object) {
  CartView view;
  view.cart = cart_id(object, "cart");
  view.tag = text_or_empty(object, "tag");
  const std::string known = text(object, "known");
  if (known != "base" && known != "pass") throw Misshapen{"known is neither base nor pass"};
  view.known_from_pass = known == "pass";
  view.first_name = text_or_empty(object, "first_name");
  view.channel = text_or_empty(object, "channel");
  view.changed_at = time(object, "changed_at");
  view.changed_by = text_or_empty(object, "changed_by");
  view.pass = pass(object);
  for (const json& one : list(object, "reductions")) {
    view.savings.push_back({words(one, "title"), number(one, "minor", 0, INT64_MAX), text_or_empty(one, "coupon")});
  }
  // An edge of an earlier version says nothing of coupons.
  if (!is_absent(object, "coupons")) {
    for (const json& one : list(object, "coupons")) view.coupons.push_back(coupon(one));
  }
  for (const json& one : list(object, "lines")) view.lines.push_back(line(one));
  const json& totals = object.at("totals");
  view.totals = {.currency = text_or_empty(totals, "currency"),
                 .units = number(totals, "units", 0, units_max * 1000),
                 .lines_left_out = number(totals, "lines_left_out", 0, static_cast<std::int64_t>(lines_max)),
                 .subtotal = any_number(totals, "subtotal"),
                 .to_pay = any_number(totals, "to_pay")};
  if (!is_absent(object, "changes_in_ms")) view.changes_in_ms = number(object, "changes_in_ms", 0, INT64_MAX / 2);
  view.has_choices = !is_absent(object, "has_choices") && object.at("has_choices").get<bool>();
  view.has_owner = !is_absent(object, "has_owner") && object.at("has_owner").get<bool>();
  if (!is_absent(object, "outbox_waiting")) view.outbox_waiting = number(object, "outbox_waiting", 0, INT64_MAX);
  return view;
}

StoreAnswer store(const json& object) {
  StoreAnswer answer;
  StoreInfo& store = answer.store;
  store.store = text(object, "store");
  store.name = text_or_empty(object, "name");
  store.brand = text_or_empty(object, "brand");
  store.tagline = words(object, "tagline");
  store.languages = texts(object, "languages", 64);
  if (!is_absent(object, "default_language")) store.default_language = text(object, "default_language");
  if (!is_absent(object, "colours")) store.colours = words(object, "colours");
  store.currency = text_or_empty(object, "currency");
  store.in_miles = text_or_empty(object, "distance_unit") == "miles";
  store.time_zone = text_or_empty(object, "time_zone");
  store.open_now = !is_absent(object, "open_now") && object.at("open_now").get<bool>();
  store.opens_at = text_or_empty(object, "opens_at");
  store.closes_at = text_or_empty(object, "closes_at");
  store.greet_by_name = !is_absent(object, "greet_by_name") && object.at("greet_by_name").get<bool>();
  store.delivers = !is_absent(object, "delivers") && object.at("delivers").get<bool>();
  store.ready = object.at("ready").get<bool>();
  if (!is_absent(object, "fill")) {
    const json& fill = object.at("fill");
    store.fill = Fill{text_or_empty(fill, "stream"), number(fill, "have", 0, INT64_MAX),
                      is_absent(fill, "of") ? 0 : number(fill, "of", 0, INT64_MAX)};
  }
  store.phone_page = text_or_empty(object, "phone_page");
  store.keeps_carts = !is_absent(object, "keeps_carts") && object.at("keeps_carts").get<bool>();
  answer.link = link(object.at("link"));
  return answer;
}

const char* name_of(CartAction action) {
  switch (action) {
    case CartAction::add:
      return "add";
    case CartAction::decrease:
      return "decrease";
    case CartAction::remove:
      return "remove";
    case CartAction::add_coupon:
      return "add_coupon";
    case CartAction::remove_coupon:
      return "remove_coupon";
  }
  return "";
}

}  // namespace

Result<CartView> decode_cart(std::string_view text) { return decode<CartView>(text, cart); }
Result<StoreAnswer> decode_store(std::string_view text) { return decode<StoreAnswer>(text, store); }
Result<Link> decode_link(std::string_view text) { return decode<Link>(text, link); }
Result<sync::CartId> decode_cart_news(std::string_view text) {
  return decode<sync::CartId>(text, [](const json& object) { return cart_id(object, "cart"); });
}

std::string decode_problem_code(std::string_view problem) {
  const auto code = decode<std::string>(problem, [](const json& object) { return text(object, "code"); });
  return code && !code->empty() && code->size() <= 64 ? *code : "refused";
}

std::string encode(const OpenPass& open, const std::string& request_id, const std::string& device) {
  return sync::protocol::dump(
      {{"request", request_id}, {"device", device}, {"text", open.text}, {"scanned_at", open.scanned_at.value}});
}

std::string encode(const ChangeCart& change, const std::string& request_id, const std::string& device) {
  json body{{"request", request_id}, {"device", device}, {"action", name_of(change.action)}, {"shown", change.shown}};
  if (!change.coupon.empty()) {
    body["coupon"] = change.coupon;
    return sync::protocol::dump(body);
  }
  if (!change.line.empty()) body["line"] = change.line;
  if (!change.sku.empty()) body["sku"] = change.sku.text;
  if (change.action != CartAction::remove) body["units"] = change.units;
  if (change.pass) body["pass"] = {{"id", change.pass->id.text}, {"v", {change.pass->version.era, change.pass->version.number}}};
  return sync::protocol::dump(body);
}

std::string encode(const CountSearch& search, const std::string& request_id, const std::string& device) {
  return sync::protocol::dump({{"request", request_id}, {"device", device}, {"found", search.found}});
}

std::string encode(const ReportFigures& report, const std::string& request_id, const std::string& device) {
  nlohmann::json said = {
      {"request", request_id},
      {"device", device},
      {"start", report.start},
      {"frames", report.frames},
      {"frames_shown", report.frames_shown},
      {"memory_bytes", report.memory_bytes},
      {"scans", {{"pass", report.scans.pass}, {"product", report.scans.product}, {"other", report.scans.other}}},
      {"errors",
       {{"edge_lost", report.errors.edge_lost}, {"no_answer", report.errors.no_answer}, {"printer", report.errors.printer}}}};
  if (report.bell) said["bell"] = {{"done", report.bell->done}, {"failed", report.bell->failed}, {"late", report.bell->late}};
  return sync::protocol::dump(said);
}

}  // namespace vitrine::kiosk
