// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tests/sim/goods_eyes.hpp"
#include "tests/sim/goods_model.hpp"

namespace vitrine::sim {

namespace {

// Of another life of the store, or from before the platform's figure: whoever counted since saw its effect on the shelf.
bool counted_already(const ModelStock& stock, const ModelStamp& stamp) {
  return stamp.life != stock.counted_life && stamp.at_ms < stock.counted_at;
}

void move(ModelStock& stock, std::int64_t units, const ModelStamp& stamp) {
  if (counted_already(stock, stamp)) return;
  stock.on_hand += units;
  stock.moved += units;
}

std::int64_t promised(const ModelStock& stock) {
  std::int64_t units = 0;
  for (const auto& [id, promise] : stock.promises) units += promise.units;
  return units;
}

bool in_force(const ModelStock& stock, const ModelStamp& stamp) { return stock.lent && stamp.at_ms < stock.lent->until; }

std::int64_t for_the_hub(const ModelStock& stock, const ModelStamp& stamp) {
  const std::int64_t lent = in_force(stock, stamp) ? stock.lent->units - stock.lent->drawn : 0;
  return std::max<std::int64_t>(0, stock.on_hand - promised(stock) - lent);
}

void give_back(ModelStock& stock, const ModelStock::Promise& promise, std::int64_t units) {
  if (!stock.lent || promise.right != stock.lent->id) return;
  stock.lent->drawn = std::max<std::int64_t>(0, stock.lent->drawn - units);
}

void end(ModelStock& stock, const std::string& id, const char* how) {
  stock.promises.erase(id);
  stock.ended[id] = how;
}

std::string reserve(ModelStock& stock, dom::element op, const ModelStamp& stamp) {
  const std::string id = text(op, "reservation");
  const ModelStock::Promise asked{number(op, "units"), text(op, "right"), number(op, "until")};
  if (stock.ended.contains(id)) return "reservation_ended";
  if (const auto known = stock.promises.find(id); known != stock.promises.end()) {
    return known->second.units == asked.units && known->second.right == asked.right ? "" : "reservation_known";
  }
  if (stamp.life.empty()) {
    if (asked.units > for_the_hub(stock, stamp)) return "not_enough";
    stock.promises[id] = asked;
    return {};
  }
  if (!in_force(stock, stamp) || stock.lent->id != asked.right) return "right_over";
  if (asked.units > stock.lent->units - stock.lent->drawn) return "not_enough";
  stock.lent->drawn += asked.units;
  stock.promises[id] = {asked.units, asked.right, std::min(asked.until, stock.lent->until)};
  return {};
}

std::string release(ModelStock& stock, dom::element op) {
  const std::string id = text(op, "reservation");
  if (stock.ended.contains(id)) return {};
  const auto known = stock.promises.find(id);
  if (known == stock.promises.end()) return "reservation_unknown";
  give_back(stock, known->second, known->second.units);
  end(stock, id, "voided");
  return {};
}

std::string lend(ModelStock& stock, dom::element op, const ModelStamp& stamp) {
  const std::string id = text(op, "right");
  const std::int64_t units = number(op, "units");
  const std::int64_t until = number(op, "until");
  if (in_force(stock, stamp)) {
    if (stock.lent->id != id || units < stock.lent->units || until < stock.lent->until) return "right_in_force";
    if (units - stock.lent->units > for_the_hub(stock, stamp)) return "not_enough";
    stock.lent->units = units;
    stock.lent->until = until;
    return {};
  }
  if (units > for_the_hub(stock, stamp)) return "not_enough";
  stock.lent = ModelStock::Right{id, units, 0, until};
  return {};
}

void post(ModelStock& stock, dom::element op, const ModelStamp& stamp) {
  const std::string id = text(op, "reservation");
  const std::int64_t units = number(op, "units");
  if (const auto known = stock.promises.find(id); known != stock.promises.end()) {
    give_back(stock, known->second, std::max<std::int64_t>(0, known->second.units - units));
    end(stock, id, "posted");
  } else if (!stock.ended.contains(id)) {
    end(stock, id, "posted");
  }
  move(stock, -units, stamp);
}

void count(ModelStock& stock, dom::element op, const ModelStamp& stamp) {
  if (counted_already(stock, stamp)) return;
  stock.on_hand = number(op, "counted") + number(op, "moved");
  stock.counted_at = stamp.at_ms;
  stock.counted_life = stamp.life;
}

}  // namespace

GoodsModel::GoodsModel() : parser_(std::make_unique<Parser>()) {}
GoodsModel::~GoodsModel() = default;

std::string GoodsModel::apply(ModelStock& stock, const SeenOperation& operation, const ModelStamp& stamp) {
  if (!parser_->read(operation.body)) return "operation_malformed";
  const std::string& kind = operation.kind;
  const dom::element op = parser_->root;
  const bool fact = kind == "stock.move" || kind == "stock.count" || kind == "stock.post";
  if (!stock.there && !fact) return "stock_unknown";
  stock.there = true;
  if (kind == "stock.move") return move(stock, number(op, "units"), stamp), "";
  if (kind == "stock.count") return count(stock, op, stamp), "";
  if (kind == "stock.post") return post(stock, op, stamp), "";
  if (kind == "stock.reserve") return reserve(stock, op, stamp);
  if (kind == "stock.release") return release(stock, op);
  if (kind == "stock.lend") return lend(stock, op, stamp);
  return "operation_unknown";
}

std::optional<ModelStock> GoodsModel::stock(std::string_view json) {
  if (!parser_->read(json)) return std::nullopt;
  const dom::element root = parser_->root;
  ModelStock stock;
  stock.there = true;
  stock.on_hand = number(root, "on_hand");
  stock.moved = number(root, "moved");
  stock.counted_at = number(root, "counted_at");
  stock.counted_life = text(root, "counted_life");
  dom::element lent;
  if (root["lent"].get(lent) == simdjson::SUCCESS)
    stock.lent = ModelStock::Right{text(lent, "id"), number(lent, "units"), number(lent, "drawn"), number(lent, "until")};
  for (const dom::element one : items(root, "reservations"))
    stock.promises[text(one, "id")] = {number(one, "units"), text(one, "right"), number(one, "until")};
  for (const dom::element one : items(root, "ended")) stock.ended[text(one, "id")] = text(one, "how");
  return stock;
}

std::string show(const ModelStock& stock) {
  if (!stock.there) return "no stock";
  std::string out = "on hand " + std::to_string(stock.on_hand) + " moved " + std::to_string(stock.moved) + " counted at " +
                    std::to_string(stock.counted_at) + " by " + stock.counted_life.substr(0, 6);
  if (stock.lent)
    out += "; lent " + std::to_string(stock.lent->units) + " drawn " + std::to_string(stock.lent->drawn) + " as " +
           stock.lent->id.substr(0, 6);
  for (const auto& [id, promise] : stock.promises) out += "; promised " + std::to_string(promise.units) + " " + id.substr(0, 6);
  for (const auto& [id, how] : stock.ended) out += "; " + how + " " + id.substr(0, 6);
  return out;
}

}  // namespace vitrine::sim
