// SPDX-License-Identifier: Apache-2.0
// `audit` as operators run it: what stores told is searched and checked, a break is told until it is settled, and a customer is
// found by their number though no line has it.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "hub/database/open.hpp"
#include "sync/ends/chain.hpp"
#include "sync/protocol/audit_codec.hpp"
#include "sync/protocol/identity.hpp"
#include "tests/hub/support/hub_folder.hpp"

using namespace vitrine;
using test::HubFolder;

namespace {

const sync::StoreId harbour{"harbour-street"};

struct Told {
  HubFolder folder;
  sync::Hash last{};
  std::uint64_t n = 0;

  Told() { REQUIRE(folder.run(hub::import_tables, {folder.tables()})); }
  // As a store's transaction, by a command's hand: its rules are those of `ops`.
  void tell(const std::vector<std::array<std::string, 3>>& lines) {
    sync::rules::AuditAppend append;
    append.before = last;
    for (const auto& [staff, action, subject] : lines) {
      append.entries.push_back({++n, folder.now().utc, staff, "counter-1", action, subject, "seen", "", {}});
      last = append.entries.back().hash = sync::protocol::audit_hash(last, append.entries.back());
    }
    append.said = last;
    put(append);
  }
  void put(const sync::rules::AuditAppend& append) {
    hub::Command command{folder.config(), {}, {}, [this] { return folder.now(); }, HubFolder::chance(), out, out, false};
    const auto done = hub::write_once(command, [&](hub::CommandDesk& desk) {
      sync::protocol::Ops ops;
      ops.incarnation.text = std::string(32, 'a');
      ops.era = desk.authority.era();
      for (const auto& applied : desk.authority.applied(harbour)) {
        ops.first_n = applied.n;
        ops.previous_hash = applied.hash;
      }
      ++ops.first_n;
      sync::Transaction one;
      one.id.text = HubFolder::chance().hex_128();
      one.n = ops.first_n;
      one.nature = sync::Nature::fact;
      one.at = desk.now.utc;
      one.actor = "edge";
      one.operations = {sync::protocol::encode_audit_operation(harbour, append)};
      one.operations[0].salt = HubFolder::chance().hex_128();
      one.hash = sync::ends::chain_hash(ops.previous_hash, one);
      ops.transactions = {one};
      const auto answer = desk.end.import_batch(harbour, ops, desk.now);
      REQUIRE(answer.has_value());
      REQUIRE(std::holds_alternative<sync::protocol::OpsApplied>(*answer));
      desk.end.finish(desk.now);
    });
    REQUIRE(done.has_value());
  }
  std::string audit(std::vector<std::string> words, std::map<std::string, std::vector<std::string>> options = {}) {
    const auto done = folder.run(hub::audit, std::move(words), std::move(options));
    code = done ? *done : -1;
    return done ? folder.out() : done.error().code;
  }
  std::ostringstream out;
  int code = 0;
};

std::size_t lines_in(const std::string& text) { return static_cast<std::size_t>(std::ranges::count(text, '\n')); }

}  // namespace

TEST_CASE_FIXTURE(Told, "what stores told is found by who, what, whom and when") {
  std::string tag;
  {
    auto reader = hub::database::open_hub_reader(folder.database());
    tag = sync::protocol::customer_tag(hub::database::SqlAuthority(**reader).digest_key(), sync::CustomerId{"17850"});
  }
  tell({{"1001", "staff.sign_in", ""}, {"1001", "customers.view", tag + "/head"}, {"1002", "customers.view", tag + "/history"}});
  tell({{"1001", "orders.get", "581234"}});
  CHECK(lines_in(audit({"list"})) == 4);
  CHECK(lines_in(audit({"list", "harbour-street"})) == 4);
  CHECK(audit({"list", "mill-lane"}).empty());
  CHECK(lines_in(audit({"list"}, {{"--who", {"1001"}}})) == 3);
  CHECK(lines_in(audit({"list"}, {{"--what", {"customers"}}})) == 2);
  CHECK(lines_in(audit({"list"}, {{"--what", {"customers.vie"}}})) == 0);
  CHECK(lines_in(audit({"list"}, {{"--customer", {"17850"}}})) == 2);
  CHECK(lines_in(audit({"list"}, {{"--customer", {"17851"}}})) == 0);
  CHECK(lines_in(audit({"list"}, {{"--whom", {"581234"}}, {"--who", {"1001"}}})) == 1);
  CHECK(lines_in(audit({"list"}, {{"--since", {"2199-01-01"}}})) == 0);
  CHECK(lines_in(audit({"list"}, {{"--limit", {"2"}}})) == 2);
  CHECK(audit({"list"}, {{"--since", {"yesterday"}}}) == "usage");
  CHECK(audit({"list"}, {{"--limit", {"0"}}}) == "usage");
  CHECK(audit({"drop"}) == "usage");
  // The newest first.
  CHECK(audit({"list"}).find("orders.get") < audit({"list"}).find("staff.sign_in"));
  CHECK(audit({"verify"}).find("good") != std::string::npos);
  CHECK(code == 0);
}

TEST_CASE_FIXTURE(Told, "a break is told until it is settled, and the next one is told again") {
  tell({{"1001", "staff.sign_in", ""}});
  CHECK(audit({"settle", "harbour-street"}) == "nothing_to_settle");
  n += 2;
  tell({{"1001", "orders.get", "1"}});
  const std::string said = audit({"verify", "harbour-street"});
  CHECK(code == 1);
  CHECK(said.find("gap at line 2") != std::string::npos);
  audit({"settle", "harbour-street"});
  CHECK(code == 0);
  // Lines that never came stand behind none: that is not settled away.
  CHECK(audit({"verify"}).find("line 4 stands behind none") != std::string::npos);
  CHECK(code == 1);
  CHECK(audit({"verify"}).find("1 of 1 breaks are settled") != std::string::npos);
  CHECK(audit({"verify", "mill-lane"}) == "store_unknown");
}

TEST_CASE_FIXTURE(Told, "whoever alters a line at the hub, or takes one out, is seen by verify") {
  tell({{"1001", "staff.sign_in", ""}, {"1001", "orders.get", "1"}, {"1001", "orders.get", "2"}});
  hub::Command command{folder.config(), {}, {}, [this] { return folder.now(); }, HubFolder::chance(), out, out, false};
  const auto damage = [&](const char* sql) {
    REQUIRE(hub::write_once(command, [&](hub::CommandDesk& desk) { desk.authority.connection().execute(sql); }).has_value());
  };
  SUBCASE("altered") { damage("UPDATE audit_lines SET staff = '1002' WHERE n = 2"); }
  SUBCASE("one taken out of the middle") { damage("DELETE FROM audit_lines WHERE n = 2"); }
  audit({"verify"});
  CHECK(code == 1);
}
