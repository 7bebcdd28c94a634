// SPDX-License-Identifier: Apache-2.0
// A cart for a phone, from a store without a line to the hub: the code carries what the kiosk shows, and nothing of who it is.
#include "sync/protocol/kept_pass.hpp"
#include "tests/edge/local_api/http_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using nlohmann::json;

namespace {

struct Keeping : HttpShop {
  Keeping() {
    fill();
    loop->step(daemon::HubDisconnected{});
    start();
  }
  Answer keep(const std::string& cart, int request = 0) {
    return post("/v1/carts/" + cart + "/keep", {{"device", "kiosk-1"}}, request);
  }
};

}  // namespace

TEST_CASE_FIXTURE(Keeping,
                  "the code has the cart as it stands here, with what was done offline, and is the same when asked again") {
  CHECK(get("/v1/store").body["keeps_carts"] == true);
  REQUIRE(post("/v1/carts/" + test_cart + "/actions", {{"device", "kiosk-1"}, {"action", "add"}, {"sku", "85123A"}}).status ==
          200);
  const json cart = get("/v1/carts/" + test_cart).body;
  const Answer kept = keep(test_cart, 300);
  REQUIRE(kept.status == 200);
  CHECK(kept.body["qr"].get<std::string>().starts_with("https://127.0.0.1:8443/k#k"));
  CHECK(kept.body["valid_for_ms"].get<std::int64_t>() > 86'398'000);
  CHECK(kept.body["valid_for_ms"].get<std::int64_t>() <= 86'400'000);
  const auto read = sync::protocol::read_kept_pass(kept.body["qr"].get<std::string>());
  REQUIRE(read);
  CHECK(read->pass.store == store);
  CHECK(read->pass.cart.text == test_cart);
  CHECK(read->pass.id.text == test_request(300));
  CHECK(read->pass.to_pay_minor == cart["totals"]["to_pay"]);
  CHECK(read->pass.currency == "GBP");
  REQUIRE(read->pass.lines.size() == cart["lines"].size());
  std::int64_t units = 0;
  for (std::size_t i = 0; i < read->pass.lines.size(); ++i) {
    CHECK(read->pass.lines[i].sku.text == cart["lines"][i]["sku"].get<std::string>());
    CHECK(read->pass.lines[i].units == cart["lines"][i]["units"]);
    units += read->pass.lines[i].units;
  }
  CHECK(kept.body["units"] == units);
  CHECK(read->signature == std::string(sync::protocol::store_signature_bytes, '\x5a'));
  CHECK(signed_messages == std::vector<std::string>{read->message});
  CHECK(read->message.find("Amelia") == std::string::npos);
  CHECK(read->message.find("amelia") == std::string::npos);
  CHECK(keep(test_cart, 300).body["qr"] == kept.body["qr"]);
  CHECK(outbox_size() == 1);  // the change alone
}

TEST_CASE_FIXTURE(Keeping,
                  "a cart that is not here, an empty one, one that no code holds, a key that cannot sign: each by its name") {
  CHECK(keep(unknown_cart).code() == "cart_unknown");
  CHECK(keep(unknown_cart).status == 404);
  CHECK(send(kiosk, "/v1/carts/" + test_cart + "/keep", {{"device", "Kiosk One"}}).code() == "invalid_request");
  CHECK(send(till, "/v1/carts/" + test_cart + "/keep", {{"device", "till-1"}}).code() == "device_refused");
  cannot_sign = true;
  CHECK(keep(test_cart).code() == "keep_unavailable");
  CHECK(keep(test_cart).status == 503);
  cannot_sign = false;
  for (const json& line : get("/v1/carts/" + test_cart).body["lines"]) {
    const json take = {
        {"device", "kiosk-1"}, {"action", "remove"}, {"line", line["key"]}, {"units", line["units"]}, {"shown", line["shown"]}};
    REQUIRE(post("/v1/carts/" + test_cart + "/actions", take).status == 200);
  }
  CHECK(keep(test_cart).code() == "nothing_to_keep");
  CHECK(keep(test_cart).status == 409);
}

TEST_CASE_FIXTURE(Keeping, "a change that names what was seen is done only while the cart is so, whatever has reached the hub") {
  const std::string path = "/v1/carts/" + test_cart;
  const std::string seen = get(path).body.at("tag");
  CHECK(seen.size() == 32);
  const Answer once = post(path + "/actions", {{"action", "add"}, {"sku", "47566"}, {"seen", seen}});
  REQUIRE(once.status == 200);
  CHECK(once.body.at("tag") != seen);
  // Somebody else, who still sees it as it was.
  const Answer late = post(path + "/actions", {{"action", "add"}, {"sku", "47566"}, {"seen", seen}});
  CHECK(late.code() == "changed_meanwhile");
  CHECK(late.status == 412);
  CHECK(get(path).body.at("lines").size() == 3);
  // Taken out again, it is as it was.
  json shown = once.body.at("lines")[2].at("shown");
  const Answer out =
      post(path + "/actions", {{"action", "remove"}, {"line", "47566"}, {"shown", shown}, {"seen", once.body.at("tag")}});
  REQUIRE(out.status == 200);
  CHECK(out.body.at("tag") == seen);
  CHECK(post(path + "/actions", {{"action", "add"}, {"sku", "47566"}}).status == 200);
}
