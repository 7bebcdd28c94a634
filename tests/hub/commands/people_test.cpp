// SPDX-License-Identifier: Apache-2.0
// Customers and consents as operators import them: what they are found by is hashed and moves with them, their consents are words
// that a file says once and never over what people said elsewhere, and the exact keys are nowhere on the disk.
#include <doctest/doctest.h>

#include <filesystem>

#include "hub/database/open.hpp"
#include "hub/import/people_rows.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/identity.hpp"
#include "tests/hub/support/hub_folder.hpp"

using namespace vitrine;
using test::HubFolder;

namespace {

const sync::CustomerId maya{"12348"};
const std::string header = "customer,first_name,initial,language,country,phone_last2,languages,home_store,email,loyalty,phone\n";

struct Shop {
  HubFolder folder;
  std::string tables = folder.tables();

  void write(const std::string& name, const std::string& text) { test::write_whole_file(tables + "/" + name, text); }
  std::string import() {
    const auto done = folder.run(hub::import_tables, {tables});
    REQUIRE(done);
    return folder.out();
  }
  template <class Read>
  auto read(const Read& question) {
    auto reader = hub::database::open_hub_reader(folder.database());
    REQUIRE(reader);
    hub::database::SqlAuthority authority(**reader);
    return question(authority);
  }
  // Who is found by it; empty: nobody.
  std::string found_by(const std::string& kind, const std::string& exact) {
    return read([&](hub::database::SqlAuthority& authority) {
      const auto identity = sync::protocol::identity_hash(authority.digest_key(), kind, exact);
      REQUIRE(identity);
      const auto document = authority.document(sync::protocol::identity_key(*identity));
      return document && document->body ? sync::protocol::customer_of_identity(*document->body).text : std::string();
    });
  }
  sync::ConsentRegister consents() {
    return read([](hub::database::SqlAuthority& authority) {
      return *sync::protocol::decode_consents(*authority.document(sync::protocol::consent_key(maya))->body);
    });
  }
  bool granted(std::string_view purpose) { return sync::rules::is_granted(consents(), purpose); }
  std::size_t stores_of() {
    return read([](hub::database::SqlAuthority& authority) {
      CHECK(authority.streams_of(sync::protocol::consent_key(maya)) == authority.streams_of(sync::protocol::customer_key(maya)));
      return authority.streams_of(sync::protocol::customer_key(maya)).size();
    });
  }
  // Somebody at the hub's own phone page, or a store, says so.
  void say(const sync::rules::ConsentOperation& operation) {
    auto connection = hub::database::open_hub_database(folder.database(), folder.chance(), folder.now().utc);
    REQUIRE(connection);
    hub::database::SqlAuthority authority(**connection);
    authority.begin();
    sync::ends::HubEnd end(authority, folder.chance());
    auto written = sync::protocol::encode_consent_operation(maya, operation);
    written.salt = folder.chance().hex_128();
    CHECK(end.perform({sync::TransactionId{folder.chance().hex_128()}, "phone", {written}}, folder.now()).what ==
          sync::ends::HubPerformed::What::done);
    REQUIRE_FALSE(authority.commit());
  }
};

}  // namespace

TEST_CASE("customers are found by what their row has, as hashes, and no longer by what it has not") {
  Shop shop;
  shop.write("customers.csv", header +
                                  "12348,Maya,H,en,GB,77,en fr,mill-lane,Maya.H@Shoppers.example,FB-1234 5,+44 7700 900077\n"
                                  "12347,Amelia,R,en,GB,41,,,,,\n");
  shop.import();
  CHECK(shop.found_by("email", "maya.h@shoppers.example") == "12348");
  CHECK(shop.found_by("loyalty", "fb12345") == "12348");
  CHECK(shop.found_by("phone", "0044 7700 900077") == "12348");
  CHECK(shop.import().find("customers: 2 rows, 2 documents, 0 new or changed") != std::string::npos);
  // The card went to somebody else, in two steps: nobody has it in between.
  shop.write("customers.csv", header + "12347,Amelia,R,en,GB,41,,,,FB12345,\n12348,Maya,H,en,GB,77,,,,,\n");
  CHECK(shop.import().find("1 rows and 0 files were refused") != std::string::npos);
  CHECK(test::read_whole_file(shop.folder / "hub/import-report.txt").find("loyalty is another customer's") != std::string::npos);
  CHECK(shop.found_by("loyalty", "FB12345").empty());
  shop.import();
  CHECK(shop.found_by("loyalty", "FB12345") == "12347");
  CHECK(shop.found_by("email", "maya.h@shoppers.example").empty());
  for (const auto& file : std::filesystem::recursive_directory_iterator(shop.folder / "hub")) {
    if (!file.is_regular_file()) continue;
    const std::string bytes = test::read_whole_file(file.path().string());
    for (const char* exact : {"aya.h@", "FB12345", "7700900077", "7700 900077"})
      CHECK_MESSAGE(bytes.find(exact) == std::string::npos, file.path().string());
  }
}

TEST_CASE("sizes and wishes come with their customer, and go when their row has none") {
  Shop shop;
  const std::string columns = "customer,first_name,initial,language,country,phone_last2,sizes,preferences\n";
  const auto customer = [&] {
    return shop.read([](hub::database::SqlAuthority& authority) {
      return *sync::protocol::decode_customer(*authority.document(sync::protocol::customer_key(maya))->body);
    });
  };
  shop.write("customers.csv", columns + "12348,Maya,H,en,GB,77,shoes=39 ; tops=M,\"Gift bags, no boxes;  quiet please\"\n");
  CHECK(shop.import().find("refused") == std::string::npos);
  CHECK(customer().sizes == std::vector<sync::WornSize>{{"shoes", "39"}, {"tops", "M"}});
  CHECK(customer().preferences == std::vector<std::string>{"Gift bags, no boxes", "quiet please"});
  shop.write("customers.csv", columns + "12348,Maya,H,en,GB,77,,\n");
  CHECK(shop.import().find("refused") == std::string::npos);
  CHECK(customer().sizes.empty());
  CHECK(customer().preferences.empty());
}

TEST_CASE("consents of a file are words said once; a customer stands in their store while they agree to it") {
  Shop shop;
  shop.write("customers.csv", header + "12348,Maya,H,en,GB,77,,mill-lane,,,\n");
  shop.write("consents.csv",
             "customer,purpose,state,at\n12348,home_store,granted,2024-01-01\n12348,history,granted,2024-01-01\n"
             "12348,history,withdrawn,2024-02-01\n");
  CHECK(shop.import().find("refused") == std::string::npos);
  CHECK(shop.granted("home_store"));
  CHECK_FALSE(shop.granted("history"));
  CHECK(shop.stores_of() == 1);
  const auto before = shop.consents();
  CHECK(before.purposes.at("history").withdrawals.front().stamp.at == UtcMs{1'706'745'600'000});
  CHECK(shop.import().find("consents: 3 rows, 3 documents, 0 new or changed") != std::string::npos);
  CHECK(shop.consents() == before);
  // A later agreement of the same file's people counts, for the file knows what it said.
  shop.write("consents.csv",
             "customer,purpose,state,at\n12348,history,granted,2024-03-01\n12348,home_store,withdrawn,2024-03-01\n");
  shop.import();
  CHECK(shop.granted("history"));
  CHECK(shop.stores_of() == 0);
}

TEST_CASE("a file never brings back what somebody withdrew elsewhere") {
  Shop shop;
  shop.write("consents.csv", "customer,purpose,state,at\n12348,history,granted,2024-01-01\n");
  shop.import();
  CHECK(shop.granted("history"));
  shop.say(sync::rules::ConsentWithdraw{"history", "counter"});
  CHECK_FALSE(shop.granted("history"));
  shop.write("consents.csv", "customer,purpose,state,at\n12348,history,granted,2024-01-01\n12348,history,granted,2090-01-01\n");
  shop.import();
  CHECK_FALSE(shop.granted("history"));
  const std::string seen = shop.consents().purposes.at("history").withdrawals.front().stamp.by;
  shop.say(sync::rules::ConsentGive{"history", "phone", {seen}});
  CHECK(shop.granted("history"));
}

TEST_CASE("a customer's time at stores is renewed when it is near, and the same rows before that are no change") {
  const std::string row = R"({"customer":"12348","display_name":"Maya","language":"en"})";
  const UtcMs now{1'700'000'000'000};
  const auto first = hub::customer_after_import(std::nullopt, row, now);
  REQUIRE(first);
  CHECK(first->expires_at == now.plus(sync::customer_kept_ms));
  const std::string body = sync::protocol::encode_customer(*first);
  CHECK(*hub::customer_after_import(body, row, now.plus(22LL * 86'400'000)) == *first);
  CHECK(hub::customer_after_import(body, row, now.plus(24LL * 86'400'000))->expires_at > first->expires_at);
}
