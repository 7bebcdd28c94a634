// SPDX-License-Identifier: Apache-2.0
// A customer's cart that staff change, on the wire.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/kiosk/io/counter_wire.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using nlohmann::json;

namespace {

const std::string id = request_id;

}  // namespace

TEST_CASE("a customer's cart: what is sent of each change, with what the screen showed, and where codes are asked for") {
  const json base = {{"request", id}, {"device", "counter-1"}};
  const auto with = [&](json more) {
    more.update(base);
    return more;
  };
  const std::string cart(32, 'c');
  CHECK(path_of(of(ChangeCustomerCart{cart, "add", "22960", "22960", 2})) == "/v1/carts/" + cart + "/actions");
  CHECK(sent(ChangeCustomerCart{cart, "add", "22960", "22960", 2, {}, {}, "t"}) ==
        with({{"action", "add"}, {"line", "22960"}, {"sku", "22960"}, {"units", 2}, {"seen", "t"}}));
  const PassOrigin pass{sync::PassId{id}, {3, 41}};
  CHECK(sent(ChangeCustomerCart{cart, "remove", "22960", "22960", 1, {"d"}, pass, "t"}) ==
        with({{"action", "remove"},
              {"line", "22960"},
              {"sku", "22960"},
              {"shown", {"d"}},
              {"pass", {{"id", id}, {"v", {3, 41}}}},
              {"seen", "t"}}));
  CHECK(path_of(of(MakeCustomerTicket{cart})) == "/v1/tickets");
  CHECK(sent(MakeCustomerTicket{cart}) == with({{"cart", cart}}));
  CHECK(path_of(of(FetchCustomerTicket{id})) == "/v1/tickets/" + id);
  CHECK(encode(of(FetchCustomerTicket{id}), id, "counter-1").empty());
  CHECK(path_of(of(KeepCustomerCart{cart})) == "/v1/carts/" + cart + "/keep");
  CHECK(sent(KeepCustomerCart{cart}) == base);
  CHECK(changes_something(of(ChangeCustomerCart{cart, "add", "1", "1", 1})));
  CHECK_FALSE(decode_counter(of(MakeCustomerTicket{cart}), "{}").has_value());
}
