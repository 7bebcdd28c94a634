// SPDX-License-Identifier: Apache-2.0
// Pay at the till, without a line to the hub: a ticket is taken once, paid once, and moves cart and stock together. The reference
// till goes through it as a program of its own.
#include <array>
#include <cstdio>

#include "edge/database/tickets.hpp"
#include "tests/edge/local_api/http_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using nlohmann::json;

namespace {

const std::string right_id = "f0000000000000000000000000000001";

struct Tills : HttpShop {
  Tills() {
    fill();
    json heart = {{"store", store.text},
                  {"sku", "85123A"},
                  {"on_hand", 24},
                  {"reserved", 0},
                  {"safety", 0},
                  {"counted_at", 1000},
                  {"lent", {{"id", right_id}, {"units", 5}, {"drawn", 0}, {"until", utc_ms + 3'600'000}}}};
    hub_puts({put("stock", store.text + "/85123A", heart.dump(), 2)});
    loop->step(daemon::HubDisconnected{});
    start();
  }
  Answer make(int request = 0) { return post("/v1/tickets", {{"device", "kiosk-1"}, {"cart", test_cart}}, request); }
  Answer act(const std::string& ticket, const std::string& action, json more = json::object(), const std::string& till = "till-1",
             int request = 0) {
    more["action"] = action;
    more["device"] = till;
    return post("/v1/tickets/" + ticket + "/actions", more, request);
  }
  static json card(int minor) { return {{"tenders", {{{"kind", "card"}, {"minor", minor}}}}}; }
  std::int64_t on_hand() { return get("/v1/stock/85123A").body.at("on_hand"); }
  std::int64_t in_cart() {
    std::int64_t units = 0;
    for (const json& line : get("/v1/carts/" + test_cart).body["lines"])
      units += line["sku"] == "85123A" ? line["units"].get<int>() : 0;
    return units;
  }

  struct Ran {
    int status = 0;
    std::string out;
  };
  Ran run_till(const std::string& words, const std::string& name = "till-1") {
    Ran ran;
    FILE* pipe = ::popen(
        ("python3 -B tools/till/till.py --socket '" + device_socket(name) + "' --device " + name + " " + words + " 2>&1").c_str(),
        "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> block{};
    while (const std::size_t got = std::fread(block.data(), 1, block.size(), pipe)) ran.out.append(block.data(), got);
    ran.status = WEXITSTATUS(::pclose(pipe));
    return ran;
  }
};

}  // namespace

TEST_CASE_FIXTURE(Tills, "a ticket has what can be sold here, at the price of now, with a code and a QR") {
  const Answer made = make(300);
  REQUIRE(made.status == 200);
  const json& ticket = made.body;
  CHECK(ticket["ticket"] == test_request(300));
  CHECK(ticket["code"].get<std::string>().size() == 6);
  CHECK(ticket["qr"] == "VT1:HARBOUR-STREET:" + test_request(300));
  CHECK(ticket["state"] == "open");
  CHECK(ticket["valid_for_ms"] == 900'000);
  // 22423 is sold out here: it stays in the cart.
  REQUIRE(ticket["sale"]["lines"].size() == 1);
  CHECK(ticket["sale"]["totals"]["to_pay"] == 590);
  CHECK(ticket["sale"]["totals"]["lines_left_out"] == 1);
  CHECK(ticket["sale"]["totals"]["taxes"][0]["tax"] == 98);
  CHECK(ticket.dump().find("Amelia") == std::string::npos);
  CHECK(make(300).body == ticket);
  std::string typed = ticket["code"];
  for (char& c : typed) c = static_cast<char>(std::tolower(c));
  CHECK(get("/v1/tickets/" + typed).body == ticket);
  CHECK(get("/v1/tickets/" + ticket["qr"].get<std::string>()).body == ticket);
  CHECK(get("/v1/tickets/VT1:QUAY-SQUARE:" + test_request(300)).code() == "ticket_foreign");
  CHECK(get("/v1/tickets/222222").code() == "ticket_unknown");
  CHECK(get("/v1/tickets/222222").status == 404);
  CHECK(post("/v1/tickets", {{"cart", unknown_cart}}).code() == "cart_unknown");
  CHECK(post("/v1/tickets", {{"cart", "x"}}).code() == "invalid_request");
  // A later ticket takes the place of an open one.
  CHECK(make(301).body["state"] == "open");
  CHECK(get("/v1/tickets/" + test_request(300)).body["state"] == "cancelled");
}

TEST_CASE_FIXTURE(Tills, "one till takes it, once; paid, the goods leave cart and stock together, once") {
  CHECK(post("/v1/carts/" + test_cart + "/reservations", {{"action", "reserve"}, {"lines", {"85123A"}}}).status == 200);
  const std::string ticket = make().body["ticket"];
  CHECK(act(ticket, "paid", card(590)).code() == "ticket_not_taken");
  CHECK(act(ticket, "take").body["state"] == "taken");
  CHECK(act(ticket, "take").body["till"] == "till-1");
  const Answer late = act(ticket, "take", {}, "till-2");
  CHECK(late.code() == "ticket_taken");
  CHECK(late.status == 409);
  CHECK(act(ticket, "paid", card(590), "till-2").code() == "ticket_taken");
  CHECK(act(ticket, "cancel", {}, "kiosk-1").code() == "ticket_taken");
  CHECK(make().code() == "ticket_taken");
  const Answer wrong = act(ticket, "paid", card(589));
  CHECK(wrong.code() == "tenders_wrong");
  CHECK(wrong.status == 422);
  // Somebody adds to the cart while the till has the ticket: that was not paid for, and stays.
  CHECK(post("/v1/carts/" + test_cart + "/actions", {{"action", "add"}, {"sku", "85123A"}}).status == 200);
  let_pass(16 * 60'000);
  const std::size_t before = outbox_size();
  const json tenders = {{"tenders", {{{"kind", "voucher"}, {"minor", 500}}, {{"kind", "cash"}, {"minor", 90}}}}};
  const Answer paid = act(ticket, "paid", tenders, "till-1", 400);
  REQUIRE(paid.status == 200);
  CHECK(paid.body["state"] == "paid");
  CHECK(paid.body["tenders"].size() == 2);
  CHECK(outbox_size() == before + 1);
  CHECK(on_hand() == 22);
  CHECK(in_cart() == 1);
  CHECK(get("/v1/stock/85123A").body["reserved"] == 0);
  CHECK(act(ticket, "paid", tenders, "till-1", 400).status == 200);
  CHECK(act(ticket, "paid", tenders, "till-1", 401).status == 200);
  CHECK(act(ticket, "paid", card(590), "till-1").code() == "ticket_over");
  CHECK(act(ticket, "return").code() == "ticket_over");
  CHECK(outbox_size() == before + 1);
  CHECK(on_hand() == 22);
  const auto figures = operator_.Get("/metrics");
  CHECK(figures->body.find("vitrine_edge_tickets{state=\"paid\"} 1\n") != std::string::npos);
}

TEST_CASE_FIXTURE(Tills, "the last units, promised to a cart, are there for it and for nobody else") {
  CHECK(post("/v1/stock/85123A/actions", {{"action", "write_off"}, {"units", 22}, {"reason", "lost"}}).status == 200);
  CHECK(post("/v1/carts/" + test_cart + "/reservations", {{"action", "reserve"}, {"lines", {"85123A"}}}).status == 200);
  const json line = get("/v1/carts/" + test_cart).body["lines"][0];
  CHECK(line["sku"] == "85123A");
  CHECK(line["sold_out"] == false);
  CHECK(line["stock"]["on_hand"] == 2);
  CHECK(get("/v1/products/85123A").body["stock"]["on_hand"] == 0);
  const Answer made = make();
  REQUIRE(made.status == 200);
  CHECK(made.body["sale"]["totals"]["to_pay"] == 590);
  CHECK(act(made.body["ticket"], "take").status == 200);
  CHECK(act(made.body["ticket"], "paid", card(590)).status == 200);
  CHECK(on_hand() == 0);
}

TEST_CASE_FIXTURE(Tills, "every promise to a cart ends with its sale, and what was drawn for it stays drawn") {
  const std::string path = "/v1/carts/" + test_cart + "/reservations";
  CHECK(post(path, {{"action", "reserve"}, {"lines", {"85123A"}}}).status == 200);
  CHECK(post("/v1/carts/" + test_cart + "/actions", {{"action", "add"}, {"sku", "85123A"}}).status == 200);
  CHECK(post(path, {{"action", "reserve"}, {"lines", {"85123A"}}}).body["lines"][0]["reserved"] == 3);
  CHECK(get("/v1/stock/85123A").body["reservations"].size() == 2);
  const Answer made = make();
  CHECK(act(made.body["ticket"], "take").status == 200);
  CHECK(act(made.body["ticket"], "paid", card(885)).status == 200);
  const json stock = get("/v1/stock/85123A").body;
  CHECK(stock["on_hand"] == 21);
  CHECK(stock["reserved"] == 0);
  CHECK(stock["right"]["left"] == 2);
}

TEST_CASE_FIXTURE(Tills, "a ticket goes back to the cart, runs out, or is no longer what the cart says") {
  const std::string back = make().body["ticket"];
  CHECK(act(back, "return").code() == "ticket_not_taken");
  CHECK(act(back, "take").status == 200);
  CHECK(act(back, "return", {}, "till-2").code() == "ticket_taken");
  CHECK(act(back, "return").body["state"] == "returned");
  CHECK(act(back, "return").status == 200);
  CHECK(in_cart() == 2);
  CHECK(on_hand() == 24);

  const std::string late = make().body["ticket"];
  let_pass(15 * 60'000);
  CHECK(get("/v1/tickets/" + late).body["state"] == "expired");
  CHECK(act(late, "take").code() == "ticket_expired");
  CHECK(act(late, "take").status == 410);
  CHECK(operator_.Get("/metrics")->body.find("vitrine_edge_tickets{state=\"expired\"} 1\n") != std::string::npos);

  const Answer stale = make();
  const json& line = stale.body["sale"]["lines"][0];
  CHECK(post("/v1/carts/" + test_cart + "/actions", {{"action", "decrease"}, {"line", line["key"]}, {"shown", line["shown"]}})
            .status == 200);
  CHECK(act(stale.body["code"], "take").code() == "ticket_stale");
  CHECK(act(stale.body["code"], "cancel", {}, "kiosk-1").body["state"] == "cancelled");
  CHECK(act(stale.body["code"], "burn").code() == "invalid_request");
  CHECK(act(stale.body["code"], "paid").code() == "invalid_request");
  CHECK(act(stale.body["code"], "paid", {{"tenders", {{{"kind", "shells"}, {"minor", 1}}}}}).code() == "invalid_request");
}

TEST_CASE_FIXTURE(Tills, "a ticket that a till has taken is there after a restart") {
  const std::string ticket = make().body["ticket"];
  CHECK(act(ticket, "take").status == 200);
  auto file = database::Connection::open(folder / "store.db", database::sql_book(), {database::Connection::Use::read, 64, true});
  REQUIRE(file.has_value());
  const auto row = database::ticket(**file, ticket);
  REQUIRE(row.has_value());
  CHECK(row->state == "taken");
  CHECK(row->till == "till-1");
}

TEST_CASE_FIXTURE(Tills, "the reference till shows a ticket, takes it, refuses wrong money, and settles it") {
  const std::string code = make().body["code"];
  const Ran shown = run_till("show " + code);
  CHECK(shown.status == 0);
  CHECK(shown.out.find("2 × White hanging heart") != std::string::npos);
  CHECK(shown.out.find("5.90 GBP") != std::string::npos);
  CHECK(shown.out.find("20 % tax in 5.90: 0.98") != std::string::npos);
  CHECK(run_till("take " + code).out.find("taken at till-1") != std::string::npos);
  const Ran other = run_till("take " + code, "till-2");
  CHECK(other.status == 1);
  CHECK(other.out.find("ticket_taken") != std::string::npos);
  CHECK(run_till("pay " + code + " --cash 5").out.find("tenders_wrong") != std::string::npos);
  CHECK(run_till("pay " + code + " --cash five").status == 1);
  const Ran paid = run_till("pay " + code + " --card 5 --cash 0.90");
  CHECK(paid.status == 0);
  CHECK(paid.out.find("paid by cash: 0.90") != std::string::npos);
  CHECK(on_hand() == 22);
  CHECK(in_cart() == 0);
  CHECK(run_till("show 222222").status == 1);
}
