// SPDX-License-Identifier: Apache-2.0
// JSON bodies → requests. simdjson reads the whole body strictly: UTF-8, depth and trailing bytes are judged by it.
#include "edge/local_api/requests.hpp"

#include <simdjson.h>

#include "sync/model/coupon.hpp"
#include "sync/protocol/pass.hpp"

namespace vitrine::edge::local_api {

namespace dom = simdjson::dom;

namespace {

constexpr std::int64_t year_9999_ms = 253'402'300'799'000;

// Fields of one request; the first mistake is kept.
class Fields {
 public:
  explicit Fields(std::string_view json) {
    dom::element root;
    if (parser_.parse(json.data(), json.size()).get(root) != simdjson::SUCCESS || root.get(in_) != simdjson::SUCCESS) {
      mistake_ = Error{"invalid_request", "the body must be a JSON object"};
    }
  }

  std::string text(std::string_view name, bool required) {
    std::string_view found;
    if (!get(name, required, found, "must be a text")) return {};
    return std::string(found);
  }
  std::int64_t integer(std::string_view name, std::int64_t least, std::int64_t most, std::int64_t fallback) {
    std::int64_t found = fallback;
    if (!get(name, false, found, "must be a whole number")) return fallback;
    if (found < least || found > most) refuse(name, "is out of its range");
    return found;
  }
  std::vector<std::string> texts(std::string_view name, std::size_t count_max) {
    std::vector<std::string> out;
    dom::array found;
    if (!get(name, false, found, "must be a list")) return out;
    for (const dom::element one : found) {
      std::string_view word;
      if (one.get(word) != simdjson::SUCCESS || out.size() == count_max) {
        refuse(name, "must be a short list of texts");
        return out;
      }
      out.emplace_back(word);
    }
    return out;
  }
  template <class T>
  bool get(std::string_view name, bool required, T& into, std::string_view expected) {
    if (mistake_) return false;
    dom::element found;
    if (in_[name].get(found) != simdjson::SUCCESS || found.is_null()) {
      if (required) refuse(name, "is missing");
      return false;
    }
    if (found.get(into) == simdjson::SUCCESS) return true;
    refuse(name, expected);
    return false;
  }
  void refuse(std::string_view name, std::string_view why) {
    if (!mistake_) mistake_ = Error{"invalid_request", std::string(name) + " " + std::string(why)};
  }
  [[nodiscard]] const std::optional<Error>& mistake() const { return mistake_; }

 private:
  dom::parser parser_;
  dom::object in_;
  std::optional<Error> mistake_;
};

sync::TransactionId request_id(Fields& fields) {
  sync::TransactionId id{fields.text("request", true)};
  if (!sync::is_hex_128(id.text)) fields.refuse("request", "must be 32 hex digits");
  return id;
}

std::string device(Fields& fields) {
  std::string name = fields.text("device", true);
  if (!sync::is_store_id(name)) fields.refuse("device", "must be 1 to 32 of a-z, 0-9 and '-'");
  return name;
}

std::optional<sync::rules::PassReference> pass_reference(Fields& fields) {
  dom::object in;
  if (!fields.get("pass", false, in, "must be an object")) return std::nullopt;
  sync::rules::PassReference out;
  std::string_view id;
  dom::array v;
  std::uint64_t era = 0;
  if (in["id"].get(id) != simdjson::SUCCESS || !sync::is_hex_128(id) || in["v"].get(v) != simdjson::SUCCESS || v.size() != 2 ||
      v.at(0).get(era) != simdjson::SUCCESS || era > UINT32_MAX || v.at(1).get(out.seen.number) != simdjson::SUCCESS ||
      out.seen.number > INT64_MAX) {
    fields.refuse("pass", "must be {\"id\",\"v\":[era,number]}");
    return std::nullopt;
  }
  out.pass.text = id;
  out.seen.era = static_cast<std::uint32_t>(era);
  return out;
}

// "<32 hex digits>.<index>"
bool is_dot_id(std::string_view text) {
  return text.size() >= 34 && text.size() <= 38 && sync::is_hex_128(text.substr(0, 32)) && text[32] == '.' &&
         text.find_first_not_of("0123456789", 33) == std::string_view::npos;
}

template <class T>
Result<T> judged(const Fields& fields, T value) {
  if (fields.mistake()) return std::unexpected(*fields.mistake());
  return value;
}

}  // namespace

Result<OpenPass> decode_open_pass(std::string_view json) {
  Fields fields(json);
  OpenPass out;
  out.request = request_id(fields);
  out.device = device(fields);
  out.text = fields.text("text", true);
  if (out.text.size() > sync::protocol::pass_text_max) fields.refuse("text", "is too long");
  const std::int64_t scanned_at = fields.integer("scanned_at", 0, year_9999_ms, 0);
  if (scanned_at > 0) out.scanned_at = UtcMs{scanned_at};
  return judged(fields, std::move(out));
}

Result<CartAction> decode_cart_action(std::string_view cart, std::string_view json) {
  Fields fields(json);
  CartAction out;
  out.cart.text = cart;
  out.request = request_id(fields);
  out.device = device(fields);
  const std::string what = fields.text("action", true);
  out.line = fields.text("line", false);
  out.sku.text = fields.text("sku", false);
  out.units = fields.integer("units", 1, sync::rules::cart_quantity_max, 1);
  for (std::string& dot : fields.texts("shown", shown_max)) {
    if (!is_dot_id(dot)) fields.refuse("shown", "must name dots as they were given");
    out.shown.emplace_back(std::move(dot));
  }
  out.pass = pass_reference(fields);
  out.seen = fields.text("seen", false);
  if (what == "add") {
    out.what = CartAction::What::add;
    if (out.sku.empty()) out.sku.text = out.line;
    if (!sync::is_sku(out.sku.text)) fields.refuse("sku", "must be a product number");
  } else if (what == "decrease" || what == "remove") {
    out.what = what == "remove" ? CartAction::What::remove : CartAction::What::decrease;
    if (!sync::is_sku(out.line)) fields.refuse("line", "must be a line's key");
    if (out.shown.empty()) fields.refuse("shown", "must name what the screen showed");
  } else if (what == "add_coupon" || what == "remove_coupon") {
    out.what = what == "add_coupon" ? CartAction::What::add_coupon : CartAction::What::remove_coupon;
    out.coupon = fields.text("coupon", true);
    if (out.coupon.empty() || out.coupon.size() > coupon_typed_max) fields.refuse("coupon", "has 1 to 64 bytes");
    if (out.what == CartAction::What::remove_coupon && !sync::is_coupon_code(out.coupon))
      fields.refuse("coupon", "must be a code of the cart");
  } else {
    fields.refuse("action", "must be add, decrease, remove, add_coupon or remove_coupon");
  }
  return judged(fields, std::move(out));
}

Result<bool> decode_link_switch(std::string_view json) {
  Fields fields(json);
  bool enabled = false;
  fields.get("enabled", true, enabled, "must be true or false");
  return judged(fields, enabled);
}

}  // namespace vitrine::edge::local_api
