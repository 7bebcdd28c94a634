// SPDX-License-Identifier: Apache-2.0
// What is PostgreSQL's own: who may serve, addresses and servers that are refused in words, texts that it does not take, the
// write lock, and connections that end while nobody looks.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>

#include "hub/database/authority.hpp"
#include "hub/database/open.hpp"
#include "tests/broker/test_broker.hpp"
#include "tests/hub/database/server_control.hpp"
#include "tests/hub/support/test_database.hpp"

using namespace vitrine;
using namespace vitrine::hub::database;
using vitrine::test::TemporaryFolder;

namespace {

const UtcMs now{1'763'800'000'000};

std::unique_ptr<Connection> open(const Address& address, Opener opener = Opener::command) {
  auto opened = open_hub_database(address, test::chance(), now, opener);
  if (!opened) FAIL(opened.error().message);
  return std::move(*opened);
}

std::string refusal(const Address& address, Opener opener = Opener::command) {
  const auto opened = open_hub_database(address, test::chance(), now, opener);
  if (opened) return "opened";
  INFO(opened.error().message);
  CHECK(opened.error().message.find("secret") == std::string::npos);
  return opened.error().code;
}

std::optional<Error> put(Connection& connection, const std::string& id, const std::string& collection = "settings") {
  SqlAuthority authority(connection);
  authority.begin();
  authority.put_document({{collection, id}, {{1, 1}, {}}, "{}"});
  return authority.commit();
}

}  // namespace

TEST_CASE("one hub serves a database; commands write beside it, and it sees that they did") {
  TemporaryFolder folder;
  const Address address = test::fresh_database(folder / "a");
  const auto serving = open(address, Opener::serve);
  CHECK(refusal(address, Opener::serve) == "already_running");

  const std::int64_t version = serving->data_version();
  CHECK_FALSE(put(*serving, "own"));
  CHECK(serving->data_version() == version);
  {
    const auto command = open(address);
    CHECK_FALSE(put(*command, "beside"));
  }
  CHECK(serving->data_version() > version);

  // From another folder no era begins while somebody serves: that hub's history is not lost.
  CHECK(refusal({folder / "b", address.postgres}) == "state_foreign");
  CHECK(SqlAuthority(*serving).eras().size() == 1);
}

TEST_CASE("a hub that ended lets the next one serve; without its era file that one begins an era") {
  TemporaryFolder folder;
  const Address address = test::fresh_database(folder / "a");
  open(address, Opener::serve);
  const auto next = open({folder / "b", address.postgres}, Opener::serve);
  CHECK(SqlAuthority(*next).era().number > 1);
}

TEST_CASE("addresses and servers that are no good are refused in words, and no message holds a password") {
  TemporaryFolder folder;
  const std::string state = folder / "state";
  const std::string server = test::postgres_server();
  CHECK(refusal({state, "nonsense"}) == "database_misconfigured");
  CHECK(refusal({state, server + " password=secret"}) == "database_misconfigured");
  CHECK(refusal({state, "postgresql://vitrine:secret@127.0.0.1:1/postgres"}) == "database_misconfigured");
  CHECK(refusal({state, "host=127.0.0.1 port=1 dbname=vitrine"}) == "database_unreachable");
  CHECK(refusal({state, "host=" + folder.path() + " dbname=vitrine"}) == "database_unreachable");
  CHECK(refusal({state, server + " dbname=absent"}) == "database_unreachable");
  CHECK(refusal({state, server + " options='-c search_path=absent'"}) == "database_misconfigured");

  test::ask_server("CREATE ROLE guarded LOGIN PASSWORD 'secret one'");
  const std::string guarded = server + " user=guarded";
  CHECK(refusal({state, guarded}) == "database_login_refused");
  const std::string passfile = folder / "pgpass";
  std::ofstream(passfile) << "*:*:*:*:secret two\n";
  chmod(passfile.c_str(), 0600);
  CHECK(refusal({state, guarded + " passfile=" + passfile}) == "database_login_refused");
  std::ofstream(passfile) << "*:*:*:*:secret one\n";
  // It may come in, and may make nothing.
  CHECK(refusal({state, guarded + " passfile=" + passfile}) == "database_refused");
  test::ask_server("GRANT CREATE ON SCHEMA public TO guarded");
  CHECK(refusal({state, guarded + " passfile=" + passfile}) == "opened");
}

TEST_CASE("a database of a later release, of another encoding, and a server that does not write through are refused") {
  TemporaryFolder folder;
  const Address address = test::fresh_database(folder / "later");
  open(address)->execute("BEGIN READ WRITE; UPDATE vitrine_schema SET number = 99; COMMIT");
  CHECK(refusal(address) == "database_too_new");

  test::ServerControl server;
  server.ask("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
  CHECK(refusal({folder / "latin", test::postgres_server() + " dbname=latin"}) == "database_unsafe");
  const Address unsafe = test::fresh_database(folder / "unsafe");
  server.ask("ALTER SYSTEM SET fsync = off");
  server.ask("SELECT pg_reload_conf()");
  const auto reloaded = [&] { return refusal(unsafe) == "database_unsafe"; };
  CHECK(test::within(std::chrono::seconds(5), reloaded));
  server.ask("ALTER SYSTEM RESET fsync");
  server.ask("SELECT pg_reload_conf()");
  CHECK(test::within(std::chrono::seconds(5), [&] { return refusal(unsafe) == "opened"; }));
}

TEST_CASE("a text that PostgreSQL does not take fails its transaction by a code of its own, and the next one goes on") {
  TemporaryFolder folder;
  const auto connection = open(test::fresh_database(folder.path()));
  for (const std::string& text : {std::string("nul\0in it", 9), std::string("\xff\xfe")}) {
    const auto failed = put(*connection, text);
    REQUIRE(failed);
    CHECK(failed->code == "text_refused");
    CHECK_FALSE(put(*connection, "sound"));
  }
  // In a body both are bytes like others; a product is found by what is left of its words.
  SqlAuthority authority(*connection);
  authority.begin();
  const std::string body = "{\"title\":{\"en\":\"Odd\\u0000 mug\"},\"gtins\":[\"4006381333931\"],\"bytes\":\"\xff\"}";
  authority.put_document({{"product", "A"}, {{1, 1}, {}}, body});
  authority.put_document({{"product", "B"}, {{1, 1}, {}}, "{\"title\":{\"en\":\"Odd\\u0000 mug\"}}"});
  REQUIRE_FALSE(authority.commit());
  CHECK(authority.document({"product", "A"})->body == body);
  CHECK(ProductIndex(*connection).find("odd mug", "", 9, 0) == std::vector<sync::Sku>{sync::Sku{"B"}});
}

TEST_CASE("who does not get the write lock in time is told so, and loses nothing else") {
  TemporaryFolder folder;
  const Address address = test::fresh_database(folder.path());
  const auto first = open(address);
  const auto second = open(address);
  first->begin_write();
  const auto failed = put(*second, "waits");
  REQUIRE(failed);
  CHECK(failed->code == "database_busy");
  CHECK_FALSE(first->commit());
  CHECK_FALSE(put(*second, "waits"));
}

TEST_CASE("what the server says of itself has the codes of the house") {
  TemporaryFolder folder;
  const auto connection = open(test::fresh_database(folder.path()));
  for (const auto& [state, code] : {std::pair("53100", "disk_full"), std::pair("57014", "database_busy"),
                                    std::pair("XX001", "database_damaged"), std::pair("23505", "database_refused")}) {
    connection->begin_write();
    connection->execute("DO $$ BEGIN RAISE EXCEPTION 'as told' USING ERRCODE = '" + std::string(state) + "'; END $$");
    const auto failed = connection->commit();
    REQUIRE(failed);
    CHECK(failed->code == code);
  }
  CHECK_FALSE(put(*connection, "goes on"));
}

TEST_CASE("a connection that ended while nobody looked is made anew, with its claim, and nobody hears of it") {
  TemporaryFolder folder;
  const Address address = test::fresh_database(folder.path());
  const auto serving = open(address, Opener::serve);
  auto reader = open_hub_reader(address);
  REQUIRE(reader);
  CHECK_FALSE(put(*serving, "before"));
  test::ServerControl server;
  for (const char* how : {"stop", "crash", "kill"}) {
    server.run(how);
    server.run("start");
    const auto failed = put(*serving, how);
    REQUIRE_MESSAGE(!failed, std::string(how), ": ", (failed ? failed->message : ""));
    (*reader)->begin_read();
    CHECK(read_document(**reader, {"settings", how}));
    CHECK_FALSE((*reader)->commit());
    CHECK(refusal(address, Opener::serve) == "already_running");
  }
  // Also outside of a transaction, where a question is asked again.
  server.run("stop");
  server.run("start");
  CHECK(read_document(**reader, {"settings", "before"}));
  CHECK_FALSE((*reader)->failure());
}

TEST_CASE("while there is no server each transaction is refused by a code, and the first one after it goes on") {
  TemporaryFolder folder;
  const auto connection = open(test::fresh_database(folder.path()));
  test::ServerControl server;
  server.run("stop");
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < 200; ++i) {
    const auto failed = put(*connection, "absent");
    REQUIRE(failed);
    CHECK(failed->code == "database_unreachable");
  }
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(5));  // the server is not asked two hundred times
  server.run("start");
  CHECK(test::within(std::chrono::seconds(5), [&] { return !put(*connection, "there again"); }));
  connection->begin_read();
  CHECK_FALSE(read_document(*connection, {"settings", "absent"}));
  CHECK_FALSE(connection->commit());
}

TEST_CASE("a backup is looked at where a dump was restored") {
  TemporaryFolder folder;
  const Address address = test::fresh_database(folder.path());
  const auto connection = open(address);
  const auto copy = open_hub_backup(address, address.postgres);
  REQUIRE(copy);
  CHECK(SqlAuthority(**copy).era() == SqlAuthority(*connection).era());
  const auto none = open_hub_backup(address, "hub.db");
  REQUIRE_FALSE(none);
  CHECK(none.error().code == "database_misconfigured");
}
