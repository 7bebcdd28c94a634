// SPDX-License-Identifier: Apache-2.0
// The local API's JSON: what is required is required, what may be absent may be absent; and the feed's framing.
#include "kiosk/io/edge_codec.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <tuple>

#include "kiosk/io/event_stream.hpp"
#include "kiosk/io/own_figures.hpp"
#include "tests/kiosk/hostile.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using nlohmann::json;

namespace {

json cart() {
  return json::parse(
      R"({"cart":"0123456789abcdef0123456789abcdef","known":"pass","first_name":null,"channel":"web","changed_at":1,
    "changed_by":"web","pass":null,"lines":[{"key":"a","sku":"22423","title":{"en":"Heart"},"pictogram":"candle","tile":"mint",
    "units":2,"shown":["d.0"],"unit_price":null,"list_price":null,"total":null,"counted":false,"stock":null,"sold_out":true,
    "waiting":true}],"totals":{"currency":"GBP","units":2,"lines_left_out":1,"subtotal":0,"to_pay":0},
    "reductions":[{"promotion":"p","title":{"en":"3 for 2"},"minor":100,"unverified":false}],"withheld":[],"changes_in_ms":60000,"link":{},
    "outbox_waiting":3,"later":{"more":[1]}})");
}

}  // namespace

TEST_CASE("a cart without prices, stock, name and pass is a cart; fields of later versions are passed over") {
  const auto view = decode_cart(cart().dump());
  REQUIRE(view.has_value());
  CHECK(view->known_from_pass);
  CHECK(view->first_name.empty());
  CHECK_FALSE(view->pass);
  CHECK_FALSE(view->lines[0].unit_price);
  CHECK_FALSE(view->lines[0].stock);
  CHECK(view->lines[0].sold_out);
  CHECK(view->lines[0].waiting);
  CHECK(view->totals.lines_left_out == 1);
  CHECK(view->outbox_waiting == 3);
  CHECK(view->savings == std::vector<Saving>{{{{"en", "3 for 2"}}, 100}});
  CHECK(view->changes_in_ms == 60000);
}

TEST_CASE("each field that is missing or of another kind is noticed") {
  for (const char* key : {"cart", "known", "changed_at", "lines", "totals"}) {
    CAPTURE(key);
    json without = cart();
    without.erase(key);
    CHECK_FALSE(decode_cart(without.dump()).has_value());
    json bent = cart();
    bent[key] = true;
    CHECK_FALSE(decode_cart(bent.dump()).has_value());
  }
  for (const char* key : {"key", "sku", "units", "shown", "counted", "sold_out", "waiting"}) {
    CAPTURE(key);
    json without = cart();
    without["lines"][0].erase(key);
    CHECK_FALSE(decode_cart(without.dump()).has_value());
  }
  json bent = cart();
  bent["lines"][0]["units"] = -1;
  CHECK_FALSE(decode_cart(bent.dump()).has_value());
  bent["lines"][0]["units"] = 1.5;
  CHECK_FALSE(decode_cart(bent.dump()).has_value());
  bent["lines"][0]["units"] = 18446744073709551615ull;
  CHECK_FALSE(decode_cart(bent.dump()).has_value());
}

TEST_CASE("a request says what was asked, and nothing that was not") {
  ChangeCart change{.asked = {1, 2},
                    .cart = sync::CartId("c"),
                    .action = CartAction::remove,
                    .line = "l",
                    .sku = {},
                    .units = 3,
                    .shown = {"d.0", "d.1"},
                    .pass = PassOrigin{sync::PassId("p"), {4, 5}}};
  CHECK(json::parse(encode(change, "id", "kiosk-1")) ==
        json::parse(R"({"request":"id","device":"kiosk-1","action":"remove","line":"l","shown":["d.0","d.1"],
                        "pass":{"id":"p","v":[4,5]}})"));
  change.action = CartAction::decrease;
  change.pass.reset();
  change.sku = sync::Sku("s");
  CHECK(json::parse(encode(change, "id", "kiosk-1")) ==
        json::parse(
            R"({"request":"id","device":"kiosk-1","action":"decrease","line":"l","sku":"s","units":3,"shown":["d.0","d.1"]})"));
  CHECK(json::parse(encode(OpenPass{{1, 1}, "a\"\x1d\xff", UtcMs{9}}, "id", "k")) ==
        json{{"request", "id"}, {"device", "k"}, {"text", "a\"\x1d\xef\xbf\xbd"}, {"scanned_at", 9}});
}

TEST_CASE("coupons: what the cart carries, and how one is put on") {
  CHECK(decode_cart(cart().dump())->coupons.empty());  // an edge of an earlier version
  json with = cart();
  with["coupons"] =
      json::parse(R"([{"code":"SAVE10","state":"not_used_yet","title":{"en":"Ten"},"minor":0,"need":"basket","missing":7,
                                     "at":null},{"code":"OLD","state":"over","title":{},"minor":0,"need":"none","missing":0,"at":9}])");
  const auto read = decode_cart(with.dump());
  REQUIRE(read);
  REQUIRE(read->coupons.size() == 2);
  CHECK(read->coupons[0].state == CouponState::not_used_yet);
  CHECK(read->coupons[0].need == "basket");
  CHECK(read->coupons[0].missing == 7);
  CHECK(read->coupons[1].at == UtcMs{9});
  with["coupons"][0].erase("code");
  CHECK_FALSE(decode_cart(with.dump()));
  ChangeCart change;
  change.action = CartAction::add_coupon;
  change.coupon = "SAVE10";
  const json said = json::parse(encode(change, "id", "kiosk-1"));
  CHECK(said["action"] == "add_coupon");
  CHECK(said["coupon"] == "SAVE10");
  CHECK_FALSE(said.contains("units"));
}

TEST_CASE("a problem's code, or none") {
  CHECK(decode_problem_code(R"({"code":"pass_expired","status":410})") == "pass_expired");
  CHECK(decode_problem_code("<html>") == "refused");
  CHECK(decode_problem_code(R"({"code":5})") == "refused");
}

TEST_CASE("server-sent events, however the bytes are cut") {
  const std::string stream =
      ": ping\n\nid: 7\nevent: cart\ndata: {\"a\":\ndata: 1}\n\nevent: empty\n\r\ndata:x\r\rid: 8\nretry: 5\ndata\n\n";
  const std::vector<StreamEvent> expected{{"cart", "{\"a\":\n1}"}, {"message", "x"}, {"message", ""}};
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
    CAPTURE(piece);
    EventStreamParser parser;
    std::vector<StreamEvent> seen;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      const auto events = parser.bytes(std::string_view(stream).substr(at, piece));
      REQUIRE(events.has_value());
      seen.insert(seen.end(), events->begin(), events->end());
    }
    CHECK(seen == expected);
    CHECK(parser.last_id() == "8");
  }
  EventStreamParser parser;
  CHECK_FALSE(parser.bytes("data: " + std::string(70000, 'x')).has_value());
  parser.reset();
  CHECK(parser.bytes("data: y\n\n") == std::vector<StreamEvent>{{"message", "y"}});
}

TEST_CASE("hostile answers and events are refused or are what they seem; a stream of them ends or goes on") {
  const unsigned seed = std::random_device{}();
  INFO("seed ", seed);
  std::mt19937 chance(seed);
  const std::string good = cart().dump();
  int refused = 0;
  for (int round = 0; round < 5'000; ++round) {
    const std::string text = hostile(good, chance);
    const auto read = decode_cart(text);
    refused += read ? 0 : 1;
    if (read) REQUIRE(read->cart.text.size() == 32);
    std::ignore = decode_found(text);
    std::ignore = decode_product(text);
    std::ignore = decode_store(text);
    std::ignore = decode_link(text);
    std::ignore = decode_cart_news(text);
    std::ignore = decode_problem_code(text);
    EventStreamParser parser;
    const std::string stream = hostile("id: 7\nevent: cart\ndata: {}\n\n: ping\n\nretry: 5\r\ndata: x\r\r", chance);
    for (std::size_t at = 0; at < stream.size(); at += 7) {
      if (!parser.bytes(std::string_view(stream).substr(at, 7))) break;
    }
  }
  CHECK(refused > 1'000);
}

TEST_CASE("what the program says of itself: counts by kind, twice a minute, and nothing of a person") {
  OwnFigures figures;
  Statistics statistics;
  statistics.frames = 40;
  statistics.frames_shown = 7;
  figures.note(ScanKind::pass_link);
  figures.note(ScanKind::gtin);
  figures.note(ScanKind::unknown);
  figures.note(ScanKind::unknown);
  figures.note(Event{EdgeLost{}});
  figures.note(Event{RequestFailed{{1, 3}, "no_answer"}});
  figures.note(Event{RequestFailed{{1, 4}, "cart_unknown"}});
  figures.note(Event{RequestFailed{{}, "no_answer"}});  // the report itself
  figures.note(Event{PaperPrinted{1, ""}});
  figures.note(Event{PaperPrinted{2, "printer_paper"}});
  const auto report = figures.due(MonoMs{1'000'000}, statistics);
  REQUIRE(report);
  CHECK_FALSE(figures.due(MonoMs{1'000'000 + OwnFigures::each_ms - 1}, statistics));
  const auto rings = figures.due(MonoMs{1'000'000 + OwnFigures::each_ms}, statistics, ReportFigures::Bell{5, 2, 1});
  REQUIRE(rings);
  CHECK(nlohmann::json::parse(encode(*rings, std::string(32, 'b'), "counter-1"))["bell"] ==
        nlohmann::json({{"done", 5}, {"failed", 2}, {"late", 1}}));
  const auto said = nlohmann::json::parse(encode(*report, std::string(32, 'a'), "kiosk-1"));
  CHECK(said["scans"] == nlohmann::json({{"pass", 1}, {"product", 1}, {"other", 2}}));
  CHECK(said["errors"] == nlohmann::json({{"edge_lost", 1}, {"no_answer", 1}, {"printer", 1}}));
  CHECK_FALSE(said.contains("bell"));
  CHECK(said["frames"] == 40);
  CHECK(said["frames_shown"] == 7);
  CHECK(said["memory_bytes"].get<std::int64_t>() > 1'000'000);
  CHECK(said["start"].get<std::string>().size() == 32);
  CHECK(OwnFigures().due(MonoMs{1}, statistics)->start != report->start);
}
