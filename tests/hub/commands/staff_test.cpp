// SPDX-License-Identifier: Apache-2.0
// `staff` as operators run it, and staff.csv: nobody's PIN is ever written down, and a PIN that is known is not hashed anew.
#include <doctest/doctest.h>

#include "hub/database/open.hpp"
#include "hub/enrolment/key_files.hpp"
#include "hub/enrolment/pins.hpp"
#include "sync/protocol/badge.hpp"
#include "sync/protocol/staff_codec.hpp"
#include "tests/hub/support/hub_folder.hpp"

using namespace vitrine;
using test::HubFolder;

namespace {

const sync::StoreId harbour{"harbour-street"};
const std::string header = "store,staff,first_name,initial,role,languages,skills,pin,valid_from,valid_to\n";

std::optional<std::string> body_of(const HubFolder& folder, const std::string& number) {
  auto reader = hub::database::open_hub_reader(folder.database());
  REQUIRE(reader);
  const auto document = hub::database::SqlAuthority(**reader).document(sync::protocol::staff_key(harbour, number));
  return document ? document->body : std::nullopt;
}

sync::Staff member(const HubFolder& folder, const std::string& number) {
  const auto body = body_of(folder, number);
  REQUIRE(body);
  auto staff = sync::protocol::decode_staff(*body);
  REQUIRE(staff);
  return *staff;
}

std::string pin_said(const HubFolder& folder) {
  const std::string out = folder.out();
  const std::size_t at = out.find("PIN ");
  REQUIRE(at != std::string::npos);
  return out.substr(at + 4, 6);
}

std::string code_of(const Result<int>& result) { return result ? "" : result.error().code; }

}  // namespace

TEST_CASE("the first member of a store is one command, and the PIN that it says is the one that is kept hashed") {
  HubFolder folder;
  REQUIRE(folder.run(hub::import_tables, {folder.tables()}));
  REQUIRE(folder.run(hub::staff, {"add", "harbour-street", "1001"},
                     {{"--name", {"Tom"}}, {"--initial", {"B"}}, {"--skill", {"gifts", "paying"}}, {"--zone", {"upstairs"}}}));
  const std::string pin = pin_said(folder);
  const sync::Staff staff = member(folder, "1001");
  CHECK(staff.skills == std::vector<std::string>{"gifts", "paying"});
  CHECK(staff.zones == std::vector<std::string>{"upstairs"});
  CHECK(staff.role == "manager");
  CHECK(hub::is_pin_of(pin, staff.pin));
  CHECK_FALSE(hub::is_pin_of("000000", staff.pin));
  CHECK(body_of(folder, "1001")->find(pin) == std::string::npos);
  auto reader = hub::database::open_hub_reader(folder.database());
  CHECK(hub::database::SqlAuthority(**reader).streams_of(sync::protocol::staff_key(harbour, "1001")).size() == 1);

  SUBCASE("another PIN ends the first") {
    REQUIRE(folder.run(hub::staff, {"pin", "harbour-street", "1001"}));
    CHECK(hub::is_pin_of(pin_said(folder), member(folder, "1001").pin));
    CHECK_FALSE(hub::is_pin_of(pin, member(folder, "1001").pin));
  }
  SUBCASE("a badge is signed by the hub's key, and a new one ends it") {
    CHECK(code_of(folder.run(hub::staff, {"badge", "harbour-street", "1001"})) == "no_key");
    REQUIRE(folder.run(hub::make_pass_key));
    REQUIRE(folder.run(hub::staff, {"badge", "harbour-street", "1001"}));
    const std::string text = folder.out().substr(0, folder.out().find('\n'));
    const auto keys = hub::read_pass_keys(folder.config().keys_folder());
    const std::vector<sync::protocol::TrustedKey> trusted = {{1, keys.at(1).public_key, UtcMs{}, std::nullopt, false}};
    const auto badge = sync::protocol::open_badge(text, trusted, harbour);
    REQUIRE(badge);
    CHECK(badge->id == member(folder, "1001").badge);
    CHECK(sync::protocol::open_badge(text, trusted, sync::StoreId{"quay-square"}).error().code == "badge_foreign");
    REQUIRE(folder.run(hub::staff, {"badge", "harbour-street", "1001"}));
    CHECK(badge->id != member(folder, "1001").badge);
  }
  SUBCASE("who has left is still known, and not at work") {
    REQUIRE(folder.run(hub::staff, {"end", "harbour-street", "1001"}));
    CHECK_FALSE(member(folder, "1001").works_at(folder.now().utc.plus(1000)));
    REQUIRE(folder.run(hub::staff, {"list", "harbour-street"}));
    CHECK(folder.out().find("1001  Tom B  manager  PIN  not now") != std::string::npos);
  }
  SUBCASE("what cannot be is refused, and nothing is changed") {
    const std::string before = *body_of(folder, "1001");
    CHECK(code_of(folder.run(hub::staff, {"add", "harbour-street", "1001"}, {{"--name", {"Eve"}}})) == "staff_exists");
    CHECK(code_of(folder.run(hub::staff, {"pin", "harbour-street", "1002"})) == "staff_unknown");
    CHECK(code_of(folder.run(hub::staff, {"add", "nowhere", "1"}, {{"--name", {"Eve"}}})) == "store_unknown");
    CHECK(code_of(folder.run(hub::staff, {"add", "harbour-street", "1002"}, {{"--name", {"Eve"}}, {"--role", {"king"}}})) ==
          "role_unknown");
    CHECK(code_of(folder.run(hub::staff, {"add", "harbour-street", "1002"})) == "usage");
    CHECK(code_of(folder.run(hub::staff, {"add", "harbour-street", "a number that is long"})) == "usage");
    CHECK(code_of(folder.run(hub::staff)) == "usage");
    CHECK(*body_of(folder, "1001") == before);
  }
}

TEST_CASE("a table of staff is hashed on its way in, and the same table again changes nothing") {
  HubFolder folder;
  const std::string tables = folder.tables();
  test::write_whole_file(tables + "/staff.csv", header + "harbour-street,1001,Tom,B,sales,en de,gifts,482913,,\n" +
                                                    "harbour-street,1002,Eve,,king_of_all,,,,2025-01-01,2025-02-01\n" +
                                                    "harbour-street,1003,Zoe,,sales,,,123456,,\n");
  REQUIRE(folder.run(hub::import_tables, {tables}));
  const sync::Staff tom = member(folder, "1001");
  CHECK(tom.languages == std::vector<std::string>{"en", "de"});
  CHECK(hub::is_pin_of("482913", tom.pin));
  CHECK(member(folder, "1002").pin.empty());
  CHECK_FALSE(body_of(folder, "1003"));
  const std::string report = test::read_whole_file(folder / "hub/import-report.txt");
  CHECK(report.find("staff.csv:4: pin is not six digits") != std::string::npos);
  CHECK(report.find("123456") == std::string::npos);
  CHECK_FALSE(folder.files_hold("482913"));

  REQUIRE(folder.run(hub::make_pass_key));
  REQUIRE(folder.run(hub::staff, {"badge", "harbour-street", "1001"}));
  const std::string before = *body_of(folder, "1001");
  REQUIRE(folder.run(hub::import_tables, {tables}));
  CHECK(*body_of(folder, "1001") == before);  // the verifier is not made anew, and the badge stays
  const std::string with_zones = header.substr(0, header.size() - 1) + ",zones\n";
  test::write_whole_file(tables + "/staff.csv",
                         with_zones + "harbour-street,1001,Tom,B,sales,en de,gifts,482914,,,ground upstairs\n");
  REQUIRE(folder.run(hub::import_tables, {tables}));
  CHECK(member(folder, "1001").zones == std::vector<std::string>{"ground", "upstairs"});
  CHECK(hub::is_pin_of("482914", member(folder, "1001").pin));
}
