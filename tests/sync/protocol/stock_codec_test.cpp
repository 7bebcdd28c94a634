// SPDX-License-Identifier: Apache-2.0
// Stock as JSON: there and back, what a newer version adds, and what is refused.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "sync/protocol/stock_codec.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::protocol;
using nlohmann::json;

namespace {

const std::string hex(32, 'a');

Stock full() {
  Stock stock;
  stock.store = StoreId{"harbour-street"};
  stock.sku = Sku{"85123A"};
  stock.on_hand = -3;
  stock.safety = 2;
  stock.aisle = "3";
  stock.bay = "B";
  stock.counted_at = UtcMs{7};
  stock.counted_life = IncarnationId{hex};
  stock.moved = -5;
  stock.recent = {{UtcMs{8}, -2}, {UtcMs{9}, 1}};
  stock.recent_from = UtcMs{7};
  stock.lent = StockRight{RightId{hex}, 5, 2, UtcMs{90}};
  stock.reservations = {{ReservationId{hex}, 2, UtcMs{80}, "cart/1", RightId{hex}, {}},
                        {ReservationId{std::string(32, 'b')}, 1, UtcMs{80}, "order/1", std::nullopt, {}}};
  stock.ended = {{ReservationId{std::string(32, 'c')}, ReservationEnd::voided, UtcMs{6}}};
  stock.discrepancies = {{hex + ".0", "count", -1, UtcMs{7}}};
  return stock;
}

std::string error_of(const json& body) {
  const auto read = decode_stock(body.dump());
  return read ? "" : read.error().code + " " + read.error().message;
}

}  // namespace

TEST_CASE("a stock goes there and back, and a plain one is as the import writes it") {
  const std::string text = encode_stock(full());
  CHECK(*decode_stock(text) == full());
  CHECK(encode_stock(*decode_stock(text)) == text);
  CHECK(json::parse(text)["reserved"] == 3);
  const std::string plain = R"({"counted_at":7,"on_hand":24,"reserved":0,"safety":0,"sku":"85123A","store":"harbour-street"})";
  CHECK(encode_stock(*decode_stock(plain)) == plain);
}

TEST_CASE("what a newer version adds is kept, at every depth") {
  json body = json::parse(encode_stock(full()));
  body["later"] = {{"a", 1}};
  body["lent"]["signature"] = "x";
  body["reservations"][0]["later"] = 2;
  body["discrepancies"][0]["seen_by"] = "counter-1";
  CHECK(json::parse(encode_stock(*decode_stock(body.dump()))) == body);
}

TEST_CASE("a stock that is none is refused with the place") {
  const json good = json::parse(encode_stock(full()));
  CHECK(error_of(good).empty());
  for (const char* name : {"store", "sku", "on_hand", "safety", "counted_at"}) {
    json body = good;
    body.erase(name);
    CHECK(error_of(body).starts_with(std::string("stock_malformed ") + name));
  }
  const auto with = [&](const char* pointer, json value) {
    json body = good;
    body[json::json_pointer(pointer)] = std::move(value);
    return error_of(body);
  };
  CHECK(with("/store", "Harbour").find("store") != std::string::npos);
  CHECK(with("/on_hand", 1.5).find("on_hand") != std::string::npos);
  CHECK(with("/on_hand", 2'000'000'000).find("on_hand") != std::string::npos);
  CHECK(with("/safety", -1).find("safety") != std::string::npos);
  CHECK(with("/counted_life", "x").find("counted_life") != std::string::npos);
  CHECK(with("/recent/0", json::array({1})).find("recent") != std::string::npos);
  CHECK(with("/recent/0", json::array({1, "x"})).find("recent") != std::string::npos);
  CHECK(with("/lent", 3).find("lent") != std::string::npos);
  CHECK(with("/lent/drawn", 6).find("lent.drawn") != std::string::npos);
  CHECK(with("/reservations/1/units", 0).find("reservations[1].units") != std::string::npos);
  CHECK(with("/reservations", json::array({7})).find("reservations[0]") != std::string::npos);
  CHECK(with("/ended/0/how", "burnt").find("ended[0].how") != std::string::npos);
  CHECK(with("/discrepancies/0/id", "").find("discrepancies[0].id") != std::string::npos);
  CHECK(decode_stock("[]").error().code == "stock_malformed");
}

TEST_CASE("operations go there and back") {
  const StoreId store{"harbour-street"};
  const Sku sku{"85123A"};
  const std::vector<std::pair<rules::StockOperation, std::string>> all = {
      {rules::StockMove{-2, rules::MoveReason::returned, "ticket/1", "shelf"},
       R"({"place":"shelf","reason":"return","reference":"ticket/1","units":-2})"},
      {rules::StockCount{9, -2}, R"({"counted":9,"moved":-2})"},
      {rules::StockPost{ReservationId{hex}, 1, rules::MoveReason::hand_over, "order/1"},
       R"({"reason":"hand_over","reference":"order/1","reservation":")" + hex + R"(","units":1})"},
      {rules::StockReserve{ReservationId{hex}, 1, UtcMs{5}, "cart/1", RightId{hex}},
       R"({"for":"cart/1","reservation":")" + hex + R"(","right":")" + hex + R"(","units":1,"until":5})"},
      {rules::StockRelease{ReservationId{hex}}, R"({"reservation":")" + hex + R"("})"},
      {rules::StockLend{RightId{hex}, 3, UtcMs{5}}, R"({"right":")" + hex + R"(","units":3,"until":5})"},
      {rules::StockSettle{{hex + ".0"}}, R"({"discrepancies":[")" + hex + R"(.0"]})"}};
  for (const auto& [operation, body] : all) {
    const Operation written = encode_stock_operation(store, sku, operation);
    CHECK(written.document == DocumentKey{"stock", "harbour-street/85123A"});
    CHECK(written.body == body);
    const auto read = decode_stock_operation(written.kind, written.body);
    REQUIRE(read);
    CHECK(encode_stock_operation(store, sku, *read).body == body);
    CHECK(decode_stock_operation(written.kind, "{}").error().code == "operation_malformed");
  }
  CHECK(decode_stock_operation("stock.burn", "{}").error().code == "operation_unknown");
  CHECK(decode_stock_operation("stock.move", R"({"units":1,"reason":"theft","reference":""})").error().code ==
        "operation_malformed");
  CHECK(decode_stock_operation("stock.move", R"({"units":1000001,"reason":"sale","reference":""})").error().code ==
        "operation_malformed");
}
