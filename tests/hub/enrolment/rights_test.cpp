// SPDX-License-Identifier: Apache-2.0
// Certificates and broker rights as the commands make them, tried with a real broker: a store reads what is its own and the
// streams that it follows, and nothing else; nobody without a certificate of the authority gets in.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "hub/enrolment/broker_files.hpp"
#include "hub/enrolment/certificates.hpp"
#include "hub/enrolment/key_files.hpp"
#include "link/mqtt_link.hpp"
#include "tests/hub/support/hub_folder.hpp"

using namespace vitrine;
using test::HubFolder;

namespace {

struct Client {
  Client(const HubFolder& folder, const std::string& cert, const std::string& key, const std::string& id,
         std::vector<std::string> topics) {
    link::MqttSetup setup;
    setup.target = {"127.0.0.1", folder.mqtt_port(), folder / "ca/ca.crt", cert, key, id, 10};
    setup.subscriptions = std::move(topics);
    setup.connected = [this] { note([this] { connected = true; }); };
    setup.received = [this](link::MqttMessage message) {
      note([&] { topics_seen.insert(message.topic); });
      return true;
    };
    auto started = link::MqttLink::start(std::move(setup));
    REQUIRE(started);
    link = std::move(*started);
    REQUIRE(wait_for([this] { return connected; }));
  }
  void publish(const std::string& topic) {
    link::MqttMessage message;
    message.topic = topic;
    message.payload = "{}";
    REQUIRE(link->publish(std::move(message)));
  }
  template <class Condition>
  bool wait_for(Condition condition) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, std::chrono::seconds(10), condition);
  }
  template <class Change>
  void note(Change change) {
    const std::lock_guard lock(mutex);
    change();
    changed.notify_all();
  }
  std::mutex mutex;
  std::condition_variable changed;
  bool connected = false;
  std::set<std::string> topics_seen;
  std::unique_ptr<link::MqttLink> link;
};

mode_t mode_of(const std::string& path) {
  struct stat info{};
  REQUIRE(stat(path.c_str(), &info) == 0);
  return info.st_mode & 0777;
}

std::string t(const std::string& rest) { return "vitrine/1/fernby/" + rest; }

}  // namespace

TEST_CASE("make-authority writes for the owner alone, keeps what is there, and makes what no longer fits") {
  HubFolder folder;
  REQUIRE(folder.run(hub::make_authority));
  for (const char* file :
       {"ca/ca.key", "ca/hub.key", "ca/http.key", "broker/broker.key", "broker/acl", "broker/mosquitto.conf"}) {
    CAPTURE(file);
    CHECK(mode_of(folder / file) == 0600);
  }
  const std::string key = test::read_whole_file(folder / "ca/ca.key");
  const std::string page = test::read_whole_file(folder / "ca/http.crt");
  REQUIRE(folder.run(hub::make_authority));
  CHECK(test::read_whole_file(folder / "ca/ca.key") == key);
  CHECK(test::read_whole_file(folder / "ca/http.crt") == page);
  REQUIRE(folder.run(hub::make_authority, {}, {{"--host", {"shop.example", "192.0.2.7"}}}));
  CHECK(test::read_whole_file(folder / "ca/ca.key") == key);
  const std::string wider = test::read_whole_file(folder / "ca/http.crt");
  CHECK(wider != page);
  const std::string authority = test::read_whole_file(folder / "ca/ca.crt");
  CHECK(hub::certificate_is_good(wider, authority, {"shop.example", "192.0.2.7", "localhost", "127.0.0.1"}, folder.now().utc));
  CHECK_FALSE(hub::certificate_is_good(wider, authority, {"other.example"}, folder.now().utc));
  CHECK_FALSE(hub::certificate_is_good(wider, authority, {}, folder.now().utc.plus(800LL * 24 * 3600 * 1000)));

  std::filesystem::remove(folder / "ca/ca.key");
  CHECK(folder.run(hub::make_authority).error().code == "authority_missing");
}

TEST_CASE("make-store needs an authority and a zone, and never writes over a key") {
  HubFolder folder;
  CHECK(folder.run(hub::make_store, {"harbour-street"}, {{"--out", {folder / "a"}}, {"--zone", {"uk"}}}).error().code ==
        "authority_missing");
  REQUIRE(folder.run(hub::make_authority));
  CHECK(folder.run(hub::make_store, {"harbour-street"}, {{"--out", {folder / "a"}}}).error().code == "store_unknown");
  REQUIRE(folder.run(hub::import_tables, {folder.tables()}));
  REQUIRE(folder.run(hub::make_store, {"harbour-street"}, {{"--out", {folder / "a"}}}));  // the zone is known now
  CHECK(test::read_whole_file(folder / "broker/acl").find("stream/prices.uk") != std::string::npos);
  CHECK(mode_of(folder / "a/store.key") == 0600);
  CHECK(folder.run(hub::make_store, {"harbour-street"}, {{"--out", {folder / "a"}}}).error().code == "file_exists");
  for (const char* bad : {"hub", "broker", "../x", "Harbour", "a/b", "#"}) {
    CHECK(folder.run(hub::make_store, {bad}, {{"--out", {folder / "b"}}, {"--zone", {"uk"}}}).error().code == "usage");
  }
}

TEST_CASE("a store reads its own topics and followed streams only, and writes as nobody else") {
  HubFolder folder;
  REQUIRE(folder.run(hub::make_authority));
  for (const char* store : {"harbour-street", "mill-lane"}) {
    REQUIRE(folder.run(hub::make_store, {store}, {{"--out", {folder / store}}, {"--zone", {"uk"}}}));
  }
  test::TestBroker broker(folder / "broker/mosquitto.conf", folder.mqtt_port());
  Client hub(folder, folder / "ca/hub.crt", folder / "ca/hub.key", "hub-1", {"$share/hub/" + t("hub/+/#"), t("status/+")});
  Client own(folder, folder / "harbour-street/store.crt", folder / "harbour-street/store.key", "harbour-street",
             {t("store/harbour-street/#"), t("stream/catalog"), t("stream/prices.uk"), t("stream/heads")});
  Client curious(folder, folder / "mill-lane/store.crt", folder / "mill-lane/store.key", "mill-lane",
                 {"#", t("store/+/#"), t("hub/#")});

  for (const char* topic : {"store/harbour-street/reply", "store/harbour-street/live", "store/mill-lane/reply", "stream/catalog",
                            "stream/prices.uk", "stream/prices.de", "stream/heads"}) {
    hub.publish(t(topic));
  }
  own.publish(t("hub/harbour-street/hello"));
  own.publish(t("status/harbour-street"));
  own.publish(t("hub/mill-lane/hello"));  // as another store
  own.publish(t("status/mill-lane"));
  own.publish(t("stream/catalog"));  // as the hub
  own.publish(t("store/mill-lane/reply"));
  own.publish(t("hub/harbour-street/last"));

  REQUIRE(own.wait_for([&] { return own.topics_seen.size() == 5; }));
  CHECK(own.topics_seen == std::set<std::string>{t("store/harbour-street/reply"), t("store/harbour-street/live"),
                                                 t("stream/catalog"), t("stream/prices.uk"), t("stream/heads")});
  REQUIRE(hub.wait_for([&] { return hub.topics_seen.contains(t("hub/harbour-street/last")); }));
  CHECK(hub.topics_seen ==
        std::set<std::string>{t("hub/harbour-street/hello"), t("hub/harbour-street/last"), t("status/harbour-street")});
  REQUIRE(curious.wait_for([&] { return curious.topics_seen.contains(t("stream/heads")); }));
  CHECK(curious.topics_seen ==
        std::set<std::string>{t("store/mill-lane/reply"), t("stream/catalog"), t("stream/prices.uk"), t("stream/heads")});
}

TEST_CASE("a certificate of another authority is not let in") {
  HubFolder folder;
  REQUIRE(folder.run(hub::make_authority));
  test::TestBroker broker(folder / "broker/mosquitto.conf", folder.mqtt_port());
  const auto other = hub::make_authority_pair("Other", folder.now().utc);
  REQUIRE(other);
  const auto forged = hub::make_certificate(*other, {"hub", hub::CertificateUse::client, {}}, folder.now().utc);
  REQUIRE(forged);
  REQUIRE(hub::write_secret_file(folder / "forged.crt", forged->certificate));
  REQUIRE(hub::write_secret_file(folder / "forged.key", forged->key));
  std::mutex mutex;
  std::condition_variable changed;
  bool failed = false;
  bool connected = false;
  link::MqttSetup setup;
  setup.target = {"127.0.0.1", folder.mqtt_port(), folder / "ca/ca.crt", folder / "forged.crt", folder / "forged.key", "hub-x",
                  10};
  setup.connected = [&] { connected = true; };
  setup.attempt_failed = [&](const Error&) {
    const std::lock_guard lock(mutex);
    failed = true;
    changed.notify_all();
  };
  const auto link = link::MqttLink::start(setup);
  REQUIRE(link);
  std::unique_lock lock(mutex);
  REQUIRE(changed.wait_for(lock, std::chrono::seconds(10), [&] { return failed; }));
  CHECK_FALSE(connected);
}

TEST_CASE("pass keys: the private half for the owner alone, the public half as a document; the next has the next number") {
  HubFolder folder;
  REQUIRE(folder.run(hub::make_pass_key));
  REQUIRE(folder.run(hub::make_pass_key));
  CHECK(mode_of(folder / "hub/keys/pass-1.key") == 0600);
  CHECK(mode_of(folder / "hub/keys") == 0700);
  const auto keys = hub::read_pass_keys(folder / "hub/keys");
  REQUIRE(keys.size() == 2);
  CHECK(keys.contains(2));
  std::filesystem::remove(folder / "hub/keys/pass-2.key");
  REQUIRE(folder.run(hub::make_pass_key));  // the number of a lost key is not used again
  CHECK(hub::read_pass_keys(folder / "hub/keys").contains(3));
}

TEST_CASE("public keys of apps: PEM and base64, nothing else") {
  constexpr const char* pem =
      "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC "
      "KEY-----\n";  // RFC 8410, 10.1
  const auto key = hub::read_public_key(pem);
  REQUIRE(key);
  CHECK((*key)[0] == 0x19);
  CHECK(hub::read_public_key("Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n").value() == *key);
  CHECK_FALSE(hub::read_public_key("Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAx"));
  CHECK_FALSE(hub::read_public_key("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"));
  CHECK_FALSE(hub::read_public_key(""));
}
