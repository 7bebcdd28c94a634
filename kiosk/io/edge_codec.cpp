// SPDX-License-Identifier: Apache-2.0
// JSON of the local API; see edge_codec.hpp.
#include "kiosk/io/edge_codec.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "sync/protocol/json_input.hpp"

namespace vitrine::kiosk {
namespace {

using nlohmann::json;

constexpr std::size_t lines_max = 1000;
constexpr std::size_t text_max = 4096;
constexpr std::int64_t units_max = 1'000'000;

// What a decoder throws at a shape that is not in the contract; it does not leave this file.
struct Misshapen {
  std::string why;
};

template <class T, class Shape>
Result<T> decode(std::string_view text, Shape&& shape) {
  const auto document = sync::protocol::parse_object(text, answer_bytes_max, "answer_malformed");
  if (!document) return std::unexpected(document.error());
  try {
    return shape(*document);
  } catch (const Misshapen& mistake) {
    return fail("answer_malformed", mistake.why);
  } catch (const json::exception&) {
    return fail("answer_malformed", "the answer is not the JSON that was agreed");
  }
}

bool is_absent(const json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null();
}

std::string text(const json& object, const char* key) {
  auto read = object.at(key).get<std::string>();
  if (read.size() > text_max) throw Misshapen{std::string(key) + " is too long"};
  return read;
}

std::string text_or_empty(const json& object, const char* key) {
  return is_absent(object, key) ? std::string() : text(object, key);
}

std::int64_t number(const json& object, const char* key, std::int64_t least, std::int64_t most) {
  const auto read = sync::protocol::integer_of(object.at(key), least, most);
  if (!read) throw Misshapen{std::string(key) + " is no whole number in its range"};
  return *read;
}

std::int64_t any_number(const json& object, const char* key) { return number(object, key, INT64_MIN, INT64_MAX); }

UtcMs time(const json& object, const char* key) { return {number(object, key, 0, INT64_MAX)}; }

Words words(const json& object, const char* key) {
  Words read;
  if (is_absent(object, key)) return read;
  for (const auto& [language, word] : object.at(key).items()) {
    if (word.is_null()) continue;
    read[language] = word.get<std::string>();
    if (read.size() > 64 || read[language].size() > text_max) throw Misshapen{std::string(key) + " is too long"};
  }
  return read;
}

std::vector<std::string> texts(const json& object, const char* key, std::size_t most) {
  const json& list = object.at(key);
  if (!list.is_array() || list.size() > most) throw Misshapen{std::string(key) + " is no list, or too long"};
  std::vector<std::string> read;
  for (const json& one : list) read.push_back(one.get<std::string>());
  return read;
}

std::optional<sync::Money> money(const json& object, const char* key) {
  if (is_absent(object, key)) return std::nullopt;
  const json& value = object.at(key);
  return sync::Money{any_number(value, "minor"), text(value, "currency")};
}

Link link(const json& object) {
  return {.online = object.at("online").get<bool>(),
          .since = time(object, "since"),
          .last_contact = time(object, "last_contact"),
          .reason = text_or_empty(object, "reason")};
}

Freshness freshness(const std::string& name) {
  if (name == "fresh") return Freshness::fresh;
  if (name == "recent") return Freshness::recent;
  if (name == "old") return Freshness::old;
  if (name == "check") return Freshness::check;
  if (name == "unknown") return Freshness::unknown;
  throw Misshapen{"freshness is unknown"};
}

std::optional<StockHere> stock(const json& object) {
  if (is_absent(object, "stock")) return std::nullopt;
  const json& value = object.at("stock");
  return StockHere{.on_hand = any_number(value, "on_hand"),
                   .aisle = text_or_empty(value, "aisle"),
                   .bay = text_or_empty(value, "bay"),
                   .as_of = time(value, "as_of"),
                   .freshness = freshness(text(value, "freshness"))};
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
          .waiting = object.at("waiting").get<bool>()};
}

CartView cart(const json& object) {
  CartView view;
  view.cart = cart_id(object, "cart");
  const std::string known = text(object, "known");
  if (known != "base" && known != "pass") throw Misshapen{"known is neither base nor pass"};
  view.known_from_pass = known == "pass";
  view.first_name = text_or_empty(object, "first_name");
  view.channel = text_or_empty(object, "channel");
  view.changed_at = time(object, "changed_at");
  view.changed_by = text_or_empty(object, "changed_by");
  view.pass = pass(object);
  const json& lines = object.at("lines");
  if (!lines.is_array() || lines.size() > lines_max) throw Misshapen{"lines is no list, or too long"};
  for (const json& one : lines) view.lines.push_back(line(one));
  const json& totals = object.at("totals");
  view.totals = {.currency = text_or_empty(totals, "currency"),
                 .units = number(totals, "units", 0, units_max * 1000),
                 .lines_left_out = number(totals, "lines_left_out", 0, static_cast<std::int64_t>(lines_max)),
                 .subtotal = any_number(totals, "subtotal"),
                 .to_pay = any_number(totals, "to_pay")};
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
  store.currency = text_or_empty(object, "currency");
  store.time_zone = text_or_empty(object, "time_zone");
  store.open_now = !is_absent(object, "open_now") && object.at("open_now").get<bool>();
  store.opens_at = text_or_empty(object, "opens_at");
  store.closes_at = text_or_empty(object, "closes_at");
  store.greet_by_name = !is_absent(object, "greet_by_name") && object.at("greet_by_name").get<bool>();
  store.ready = object.at("ready").get<bool>();
  if (!is_absent(object, "fill")) {
    const json& fill = object.at("fill");
    store.fill = Fill{text_or_empty(fill, "stream"), number(fill, "have", 0, INT64_MAX),
                      is_absent(fill, "of") ? 0 : number(fill, "of", 0, INT64_MAX)};
  }
  store.phone_page = text_or_empty(object, "phone_page");
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
  if (!change.line.empty()) body["line"] = change.line;
  if (!change.sku.empty()) body["sku"] = change.sku.text;
  if (change.action != CartAction::remove) body["units"] = change.units;
  if (change.pass) body["pass"] = {{"id", change.pass->id.text}, {"v", {change.pass->version.era, change.pass->version.number}}};
  return sync::protocol::dump(body);
}

}  // namespace vitrine::kiosk
