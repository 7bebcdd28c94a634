// SPDX-License-Identifier: Apache-2.0
// Judged once: what passes here can be reckoned with.
#include "kiosk/io/stock_codec.hpp"

#include <array>

#include "kiosk/io/nearby_codec.hpp"

namespace vitrine::kiosk::answer {

namespace {

constexpr std::int64_t balance_max = 2'000'000'000;

std::int64_t balance(const json& object, const char* key) { return number(object, key, -balance_max, balance_max); }

Discrepancy discrepancy(const json& object) {
  return {text(object, "id"), text(object, "kind"), balance(object, "units"), time(object, "at")};
}

StockPromise promise(const json& object) {
  return {hex_id(object, "reservation"), number(object, "units", 0, units_max), time(object, "until"), text(object, "for")};
}

}  // namespace

void write(json& body, const ActOnStock& act) {
  constexpr std::array<const char*, 5> words = {"count", "receive", "write_off", "settle", "release"};
  body["action"] = words[static_cast<std::size_t>(act.work)];
  switch (act.work) {
    case StockWork::count:
      body["counted"] = act.units;
      body["moved"] = act.moved;
      break;
    case StockWork::receive:
      body["units"] = act.units;
      break;
    case StockWork::write_off:
      body["units"] = act.units;
      body["reason"] = act.reason;
      break;
    case StockWork::settle:
      body["discrepancies"] = act.discrepancies;
      break;
    case StockWork::give_back:
      body["reservation"] = act.reservation;
      break;
  }
}

StockRecord stock_record(const json& object) {
  StockRecord read;
  read.sku = text(object, "sku");
  read.on_hand = balance(object, "on_hand");
  read.reserved = number(object, "reserved", 0, balance_max);
  read.safety = number(object, "safety", 0, balance_max);
  read.available = number(object, "available", 0, balance_max);
  read.moved = any_number(object, "moved");
  read.aisle = text_or_empty(object, "aisle");
  read.bay = text_or_empty(object, "bay");
  read.counted_at = time(object, "counted_at");
  read.as_of = time(object, "as_of");
  read.freshness = freshness(text(object, "freshness"));
  for (const json& one : list(object, "reservations")) read.promises.push_back(promise(one));
  for (const json& one : list(object, "discrepancies")) read.discrepancies.push_back(discrepancy(one));
  read.nearby = nearby(object);
  return read;
}

std::vector<StockCheck> stock_checks(const json& object) {
  std::vector<StockCheck> read;
  for (const json& one : list(object, "tasks")) {
    read.push_back({text(one, "sku"), words(one, "title"), discrepancy(one), balance(one, "on_hand"), text_or_empty(one, "aisle"),
                    text_or_empty(one, "bay")});
  }
  return read;
}

}  // namespace vitrine::kiosk::answer
