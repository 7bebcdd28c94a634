// SPDX-License-Identifier: Apache-2.0
// A hub's folder with everything that its commands make, for tests: config, authority, broker files, pass key, a few goods.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <random>
#include <sstream>

#include "base/require.hpp"
#include "hub/commands/commands.hpp"
#include "tests/broker/test_broker.hpp"
#include "tests/hub/support/test_database.hpp"

namespace vitrine::test {

class HubFolder {
 public:
  HubFolder() : database_(fresh_database(folder_ / "hub")), mqtt_port_(free_port()) {
    const std::string& postgres = database_.postgres;
    write_whole_file(folder_ / "hub.toml",
                     "[hub]\nstate = \"hub\"\nname = \"Fernby\"\nlink_base = \"https://127.0.0.1:8443/k\"\n"
                     "[mqtt]\nhost = \"127.0.0.1\"\nport = " +
                         std::to_string(mqtt_port_) +
                         "\nca = \"ca/ca.crt\"\ncert = \"ca/hub.crt\"\nkey = \"ca/hub.key\"\ntenant = \"fernby\"\n"
                         "[http]\nport = 0\ncert = \"ca/http.crt\"\nkey = \"ca/http.key\"\n" +
                         (postgres.empty() ? "" : "[database]\nkind = \"postgresql\"\nconnection = \"" + postgres + "\"\n"));
  }

  [[nodiscard]] config::HubConfig config() const {
    auto read = config::read_hub_config(folder_ / "hub.toml");
    require(read.has_value(), read ? "" : read.error().message);
    return *read;
  }

  // Runs a command as main does; what it said is in out().
  Result<int> run(Result<int> (*command)(const hub::Command&), std::vector<std::string> words = {},
                  std::map<std::string, std::vector<std::string>> options = {}) {
    out_.str("");
    err_.str("");
    return command(
        hub::Command{config(), std::move(words), std::move(options), [this] { return now(); }, chance(), out_, err_, false});
  }

  [[nodiscard]] std::string out() const { return out_.str(); }
  [[nodiscard]] std::string err() const { return err_.str(); }
  [[nodiscard]] std::string operator/(const std::string& name) const { return folder_ / name; }
  // Whether the files of an SQLite database hold these bytes somewhere.
  [[nodiscard]] bool files_hold(const std::string& bytes) const {
    for (const char* name : {"hub/hub.db", "hub/hub.db-wal"}) {
      const bool there = std::filesystem::exists(folder_ / name);
      if (there && read_whole_file(folder_ / name).find(bytes) != std::string::npos) return true;
    }
    return false;
  }
  [[nodiscard]] const hub::database::Address& database() const { return database_; }
  [[nodiscard]] int mqtt_port() const { return mqtt_port_; }

  // The machine's clock, moved by `ahead_ms`.
  [[nodiscard]] Now now() const {
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    const auto utc = duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    const auto mono = duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
    return {UtcMs{utc + ahead_ms}, MonoMs{mono + ahead_ms}};
  }
  static sync::ends::Chance chance() {
    return {[] {
      thread_local std::mt19937_64 source(std::random_device{}());
      return source();
    }};
  }

  // Tables with two stores, three products and two customers.
  std::string tables() {
    const auto put = [&](const std::string& name, const std::string& text) {
      write_whole_file(folder_ / ("tables/" + name), text);
    };
    std::filesystem::create_directories(folder_ / "tables");
    put("stores.csv",
        "store,name,zone,currency,time_zone,opening_hours,languages\n"
        "harbour-street,Harbour Street,uk,GBP,Europe/London,Mo-Su 00:00-24:00,en de\n"
        "mill-lane,Mill Lane,uk,GBP,Europe/London,Mo-Fr 08:00-20:00,en\n");
    put("departments.csv", "department,name_en,name_de,pictogram,tile\nkitchen,Kitchen,Küche,mug,mint\n");
    put("products.csv",
        "sku,gtins,title_en,title_de,original_title,department,pictogram,tile,brand,description_en,status\n"
        "85123A,4006381333931,White heart mug,Tasse mit Herz,WHITE HEART MUG,kitchen,mug,mint,,,active\n"
        "22423,,Cake stand,,CAKE STAND,kitchen,mug,sand,,,active\n"
        "47566,,Party bunting,,PARTY BUNTING,kitchen,mug,sky,,,active\n");
    put("prices.csv",
        "zone,sku,currency,list,current,valid_from,valid_to,tax_included\n"
        "uk,85123A,GBP,2.95,2.50,2020-01-01,,true\nuk,22423,GBP,12.75,12.75,2020-01-01,,true\n");
    put("stock.csv",
        "store,sku,on_hand,aisle,bay,safety,counted_at\n"
        "harbour-street,85123A,24,3,B,2,2020-01-01T08:00:00Z\nharbour-street,22423,0,3,B,0,2020-01-01T08:00:00Z\n");
    put("customers.csv",
        "customer,first_name,initial,language,country,phone_last2\n12347,Amelia,R,en,GB,41\n12348,Maya,H,en,GB,77\n");
    return folder_ / "tables";
  }

  std::atomic<std::int64_t> ahead_ms{0};

 private:
  TemporaryFolder folder_;
  hub::database::Address database_;
  int mqtt_port_;
  std::ostringstream out_;
  std::ostringstream err_;
};

}  // namespace vitrine::test
