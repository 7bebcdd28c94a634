// SPDX-License-Identifier: Apache-2.0
// One row wrong in one way, in a shop where all else is well: refused with file, line and reason, and nothing else is.
#include <doctest/doctest.h>

#include <algorithm>

#include "sync/protocol/identity.hpp"
#include "tests/hub/import/table_folder.hpp"

using namespace vitrine::hub;
using vitrine::hub::test::gzip;
using vitrine::hub::test::Imported;
using vitrine::hub::test::TableFolder;

namespace {

const std::map<std::string, std::string> headers = {
    {"stores", "store,name,zone,currency,time_zone,opening_hours,languages"},
    {"departments", "department,name_en,name_de,pictogram,tile"},
    {"products", "sku,gtins,title_en,title_de,original_title,department,pictogram,tile,brand,description_en,status"},
    {"prices", "zone,sku,currency,list,current,valid_from,valid_to,tax_included"},
    {"taxes", "zone,class,percent,valid_from,valid_to"},
    {"promotions",
     "zone,promotion,currency,title_en,title_de,valid_from,valid_to,days,hours_from,hours_to,channels,segment,coupon,skus,"
     "departments,without_skus,units_min,basket_min,reward,percent,amount,n,m,priority,exclusive,when_unverified"},
    {"stock", "store,sku,on_hand,aisle,bay,safety,counted_at"},
    {"customers", "customer,first_name,initial,language,country,phone_last2"},
    {"orders", "order,customer,store,channel,placed_at,line,sku,quantity,unit_price,currency"},
    {"activity", "visitor,at,kind,sku,channel,customer"},
    {"cases", "case,customer,channel,at,from,text"},
    {"offers", "offer,customer,score,valid_to,why_en,sku,valid_from,times,rest_days"},
    {"affinity", "sku,with,score"},
    {"synonyms", "words"},
    {"staff", "store,staff,first_name,initial,role,languages,skills,pin,valid_from,valid_to"},
    {"consents", "customer,purpose,state,at"},
};

struct Wrong {
  const char* table;
  std::string row;  // may be several rows, the last of which is wrong
  std::string reason;
};

// Only the row in question; the shop around it lies in a folder of its own.
std::string refusal_of(const Wrong& wrong) {
  TableFolder folder;
  const std::string table = wrong.table;
  folder.shop().file("z/" + table + ".csv", headers.at(table) + "\n" + wrong.row + "\n");
  const Imported got = folder.import();
  if (!got.counts || got.counts->sum().rows_refused != 1) return "(not one refused row) " + got.report;
  return got.refusal();
}

std::string at_last_line(const Wrong& wrong) {
  const auto line = 2 + std::count(wrong.row.begin(), wrong.row.end(), '\n');
  return "z/" + std::string(wrong.table) + ".csv:" + std::to_string(line) + ": " + wrong.reason;
}

void check_all(const std::vector<Wrong>& all) {
  for (const Wrong& wrong : all) {
    CAPTURE(wrong.row);
    CHECK(refusal_of(wrong) == at_last_line(wrong));
  }
}

}  // namespace

TEST_CASE("stores and departments") {
  check_all({
      {"stores", "Quay Square,Quay,uk,GBP,Europe/London,,en",
       "store 'Quay Square' is not a store id: 1 to 32 small letters, digits and '-'"},
      {"stores", "quay,,uk,GBP,Europe/London,,en", "name is empty"},
      {"stores", "quay,Quay,UK,GBP,Europe/London,,en", "zone 'UK' is not a name of 1 to 32 small letters, digits and '-'"},
      {"stores", "quay,Quay,uk,pounds,Europe/London,,en", "currency 'pounds' is not an ISO 4217 code"},
      {"stores", "quay,Quay,uk,GBP,London,,en", "time_zone 'London' is not a name like Europe/London"},
      {"stores", "quay,Quay,uk,GBP,Europe/London,daily,en", "opening_hours: unknown times 'daily'"},
      {"stores", "quay,Quay,uk,GBP,Europe/London,,", "languages is empty"},
      {"stores", "quay,Quay,uk,GBP,Europe/London,,en german!", "languages holds 'german!', which is not a language tag"},
      {"stores", "harbour-street,Quay,uk,GBP,Europe/London,,en", "store harbour-street was already given at stores.csv:2"},
      {"departments", "Candles,Candles,,candle,butter",
       "department 'Candles' is not a name of 1 to 32 small letters, digits and '-'"},
      {"departments", "mugs,,,mug,butter", "name_en is empty"},
      {"departments", "mugs,Mugs,,Mug!,butter", "pictogram 'Mug!' is not a name of 1 to 32 small letters, digits and '-'"},
      {"departments", "mugs,Mugs,,mug,red", "tile 'red' is none of blush,butter,mint,sky,lilac,sand"},
      {"departments", "candles,More,,mug,sky", "department candles was already given at departments.csv:2"},
  });
}

TEST_CASE("products: columns that may be left out") {
  const std::vector<std::pair<std::string, std::pair<std::string, std::string>>> all = {
      {"attributes", {"colour", "attributes: 'colour' is not a name that stands once, '=' and a value"}},
      {"attributes", {"colour=red; colour=blue", "attributes: 'colour=blue' is not a name that stands once, '=' and a value"}},
      {"attributes", {"Colour=red", "attributes: 'Colour=red' is not a name that stands once, '=' and a value"}},
      {"attributes", {"colour=red;;size=1", "attributes has a part that is empty or longer than 80 bytes"}},
      {"category", {"a//b", "category has a part that is empty or longer than 80 bytes"}},
      {"category", {"a/b/c/d/e/f/g", "category has more than 6 parts"}},
      {"pictures", {"abc", "pictures holds 'abc', which is not a hash of 64 small hexadecimal digits"}},
      {"age_restriction", {"100", "age_restriction '100' is not a whole number from 0 to 99"}},
      {"popularity", {"101", "popularity '101' is not a whole number from 0 to 100"}},
      {"ar_url", {"http://shop.example/ar", "ar_url is not a plain address that begins with https://"}},
      {"style", {std::string(41, 'x'), "style is longer than 40 bytes"}},
  };
  for (const auto& [column, given] : all) {
    TableFolder folder;
    folder.shop().file("z/products.csv",
                       headers.at("products") + "," + column + "\n1,,Mug,,,candles,mug,sky,,,active," + given.first + "\n");
    const Imported got = folder.import();
    CHECK(got.refusal() == "z/products.csv:2: " + given.second);
  }
}

TEST_CASE("stores: columns that may be left out") {
  const std::vector<std::pair<std::string, std::string>> all = {
      {"South,,", "region 'South' is not a name of 1 to 32 small letters, digits and '-'"},
      {"south,51.5N,0.1", "latitude '51.5N' is not a number of degrees such as 51.5072"},
      {"south,90.1,0.1", "latitude '90.1' is not a number of degrees such as 51.5072"},
      {"south,nan,0.1", "latitude 'nan' is not a number of degrees such as 51.5072"},
      {",51.5,-180.5", "longitude '-180.5' is not a number of degrees such as 51.5072"},
      {"south,51.5,", "latitude and longitude stand together"},
  };
  for (const auto& [given, reason] : all) {
    CAPTURE(given);
    TableFolder folder;
    folder.shop().file(
        "z/stores.csv",
        headers.at("stores") + ",region,latitude,longitude\nquay-square,Quay Square,uk,GBP,Europe/London,,en," + given + "\n");
    CHECK(folder.import().refusal() == "z/stores.csv:2: " + reason);
  }
}

TEST_CASE("staff") {
  check_all({
      {"staff", "mars,1,Tom,B,sales,en,,,,", "store mars is in no stores table"},
      {"staff", "harbour-street,1 2,Tom,B,sales,en,,,,", "staff '1 2' is not made of letters, digits and '-'"},
      {"staff", "harbour-street,1,,B,sales,en,,,,", "first_name is empty"},
      {"staff", "harbour-street,1,Tom,B,Sales,en,,,,", "role 'Sales' is not made of small letters, digits and '_'"},
      {"staff", "harbour-street,1,Tom,B,sales," + std::string(33, 'x') + ",,,,", "languages holds too many or too long words"},
      {"staff", "harbour-street,1,Tom,B,sales,en,,111111,,", "pin is not six digits, or one of the first that a guesser tries"},
      {"staff", "harbour-street,1,Tom,B,sales,en,,,2025-02-01,2025-02-01", "valid_to is not later than valid_from"},
      {"staff", "harbour-street,1,Tom,B,sales,en,,,,\nharbour-street,1,Zoe,B,sales,en,,,,",
       "staff 1 of store harbour-street was already given at z/staff.csv:2"},
  });
}

TEST_CASE("affinity and synonyms") {
  check_all({
      {"affinity", "85123A,NO,1", "sku NO is in no products table"},
      {"affinity", "85123A,85123A,1", "with is sku 85123A itself"},
      {"affinity", "85123A,71053,0", "score '0' is not a whole number from 1 to 1000"},
      {"affinity", "85123A,71053,1\n85123A,71053,2", "with 71053 was already given for sku 85123A"},
      {"affinity", "85123A,71053,1\n71053,85123A,1\n85123A,71053,1",
       "affinity of sku 85123A was already given at z/affinity.csv:2; rows of one sku stand together"},
      {"synonyms", "mug", "words holds fewer than two words"},
      {"synonyms", "mug " + std::string(81, 'x'), "words holds a word of more than 80 bytes"},
  });
}

TEST_CASE("products") {
  const std::string rest = ",candles,mug,sky,,,active";
  check_all({
      {"products", ",,Mug,," + rest, "sku is empty"},
      {"products", "a/b,,Mug,," + rest, "sku 'a/b' is not a SKU: 1 to 40 printable ASCII characters without quote, \\ or /"},
      {"products", "1,4006381333932,Mug,," + rest, "gtin 4006381333932 has a wrong check digit"},
      {"products", "1,400638133393,Mug,," + rest, "gtin 400638133393 has a wrong check digit"},
      {"products", "1,400638,Mug,," + rest, "gtin 400638 is not 8, 12, 13 or 14 digits"},
      {"products", "1,40063813339AB,Mug,," + rest, "gtin 40063813339AB is not 8, 12, 13 or 14 digits"},
      {"products", "1,04006381333931,Mug,," + rest, "gtin 4006381333931 was already given at products.csv:2"},
      {"products", "1,,,," + rest, "title_en is empty"},
      {"products", "1,, Mug,," + rest, "title_en ' Mug' begins or ends with a space"},
      {"products", "1,,\"Mu\tg\",," + rest, "title_en 'Mu?g' holds a control character"},
      {"products", "1,," + std::string(201, 'x') + ",," + rest, "title_en is longer than 200 bytes"},
      {"products", "1,,Mug,,,mugs,mug,sky,,,active", "department mugs is in no departments table"},
      {"products", "1,,Mug,,,candles,mug,grey,,,active", "tile 'grey' is none of blush,butter,mint,sky,lilac,sand"},
      {"products", "1,,Mug,,,candles,mug,sky,,,gone", "status 'gone' is none of active,ended"},
      {"products", "85123A,,Mug,," + rest, "sku 85123A was already given at products.csv:2"},
      {"products", "1,,Mug", "has 3 fields where the header has 11"},
      {"products", "1,,Mug,," + rest + ",more", "has 12 fields where the header has 11"},
      {"products", "1,,M\"ug,," + rest, "has a quote inside a field that does not begin with one"},
      {"products", "1,,Mug \xc3(,," + rest, "is not valid UTF-8"},
      {"products", "1,," + std::string(1'000'000, 'x') + ",," + rest, "has a field of more than 8192 bytes"},
  });
}

TEST_CASE("prices") {
  const std::string before = "uk,71053,GBP,2.00,2.00,2011-01-01,2011-02-01,true\n";
  check_all({
      {"prices", "uk,NO,GBP,1.00,1.00,,,true", "sku NO is in no products table"},
      {"prices", "uk,71053,GBP,1.005,1.00,,,true",
       "list '1.005' is not an amount from 0 to 9999999.99 with at most two decimals"},
      {"prices", "uk,71053,GBP,1.00,-1,,,true", "current '-1' is not an amount from 0 to 9999999.99 with at most two decimals"},
      {"prices", "uk,71053,GBP,1.,1,,,true", "list '1.' is not an amount from 0 to 9999999.99 with at most two decimals"},
      {"prices", "uk,71053,GBP,\"1,5\",1,,,true", "list '1,5' is not an amount from 0 to 9999999.99 with at most two decimals"},
      {"prices", "uk,71053,GBP,99999999999999999999,1,,,true",
       "list '99999999999999999999' is not an amount from 0 to 9999999.99 with at most two decimals"},
      {"prices", "uk,71053,GBP,1,1,01/02/2011,,true",
       "valid_from '01/02/2011' is neither a date 2011-10-24 nor a UTC time 2011-10-24T14:35:00Z"},
      {"prices", "uk,71053,GBP,1,1,2011-02-30,,true",
       "valid_from '2011-02-30' is neither a date 2011-10-24 nor a UTC time 2011-10-24T14:35:00Z"},
      {"prices", "uk,71053,GBP,1,1,2011-02-01,2011-02-01,true", "valid_to is not later than valid_from"},
      {"prices", "uk,71053,GBP,1,1,,,yes", "tax_included 'yes' is neither true nor false"},
      {"prices", before + "uk,71053,EUR,1,1,2011-02-01,,true", "currency or tax_included differs from z/prices.csv:2"},
      {"prices", before + "uk,71053,GBP,1,1,2011-01-31,,true",
       "this period does not begin after the end of the one before, z/prices.csv:2 and following"},
      {"prices", before + "uk,85123A,GBP,1,1,,,true\nuk,71053,GBP,1,1,2011-02-01,,true",
       "price of sku 71053 in zone uk was already given at z/prices.csv:2; periods of one price stand together"},
  });
}

TEST_CASE("taxes and promotions") {
  const auto promotion = [](const std::string& reward, const std::string& when = ",,,,", const std::string& goods = ",,") {
    return "uk,sale,GBP,Sale,," + when + ",,,," + goods + ",,," + reward + ",,false,false";
  };
  check_all({
      {"taxes", "uk,standard,,,", "percent is empty"},
      {"taxes", "uk,standard,101,,", "percent is above 100"},
      {"taxes", "uk,standard,20,2011-02-01,2011-02-01", "valid_to is not later than valid_from"},
      {"taxes", "uk,standard,20,,2011-03-01\nuk,standard,17.5,2011-02-01,", "class standard has another rate in this time"},
      {"promotions", promotion("yacht,,,,"),
       "reward 'yacht' is none of percent_off, amount_off, fixed_price, n_for_m, cheapest_free, bundle_price, basket_percent, "
       "basket_amount"},
      {"promotions", promotion("percent_off,,,,"), "reward.basis_points: no integer in its range"},
      {"promotions", promotion("percent_off,10,5.00,,"),
       "percent, amount, n or m is given that reward percent_off does not have"},
      {"promotions", promotion("n_for_m,,,3,3"), "reward.m: not below n"},
      {"promotions", promotion("percent_off,10,,,", ",,8,,"), "days holds '8'; they are 1 (Monday) to 7"},
      {"promotions", promotion("percent_off,10,,,", ",,,9am,"), "hours_from '9am' is not a time such as 09:30"},
      {"promotions", promotion("percent_off,10,,,", ",,,17:00,09:00"), "schedule.to: not after from"},
      {"promotions", promotion("percent_off,10,,,", "2011-02-01,2011-01-01,,,"), "to: not after from"},
      {"promotions", promotion("percent_off,10,,,", ",,,,", "NO,,"), "sku NO is in no products table"},
      {"promotions", promotion("percent_off,10,,,") + "\n" + promotion("percent_off,20,,,"),
       "promotion sale of zone uk was already given at z/promotions.csv:2"},
  });
}

TEST_CASE("stock and customers") {
  check_all({
      {"stock", "quay,71053,1,,,0,2011-10-24", "store quay is in no stores table"},
      {"stock", "harbour-street,NO,1,,,0,2011-10-24", "sku NO is in no products table"},
      {"stock", "harbour-street,71053,many,,,0,2011-10-24", "on_hand 'many' is not a whole number from -1000000 to 1000000"},
      {"stock", "harbour-street,71053,1.5,,,0,2011-10-24", "on_hand '1.5' is not a whole number from -1000000 to 1000000"},
      {"stock", "harbour-street,71053,1,,,-1,2011-10-24", "safety '-1' is not a whole number from 0 to 1000000"},
      {"stock", "harbour-street,71053,1,,,0,", "counted_at '' is neither a date 2011-10-24 nor a UTC time 2011-10-24T14:35:00Z"},
      {"stock", "harbour-street,71053,1,,,0,2011-10-24T25:00:00Z",
       "counted_at '2011-10-24T25:00:00Z' is neither a date 2011-10-24 nor a UTC time 2011-10-24T14:35:00Z"},
      {"stock", "harbour-street,71053,1,,,0,2011-10-24T12:00:00+01:00",
       "counted_at '2011-10-24T12:00:00+01:00' is neither a date 2011-10-24 nor a UTC time 2011-10-24T14:35:00Z"},
      {"stock", "harbour-street,71053,1,,,0,2011-10-24\nharbour-street,71053,2,,,0,2011-10-24",
       "stock of sku 71053 in store harbour-street was already given at z/stock.csv:2"},
      {"customers", ",Ava,R,en,GB,41", "customer is empty"},
      {"customers", "1,,R,en,GB,41", "first_name is empty"},
      {"customers", "1,Ava,R,english please,GB,41", "language 'english please' is not a language tag"},
      {"customers", "1,Ava,R,en,gb,41", "country 'gb' is not an ISO 3166 code of two capitals"},
      {"customers", "1,Ava,R,en,GB,4", "phone_last2 is not two digits"},
      {"customers", "1,Ava,R,en,GB,+4", "phone_last2 is not two digits"},
      {"customers", "17850,Ava,R,en,GB,41", "customer 17850 was already given at customers.csv:2"},
  });
}

TEST_CASE("consents, and what customers are found by") {
  check_all({
      {"consents", "1,history,granted,2011-10-24", "customer 1 is in no customers table"},
      {"consents", "17850,gossip,granted,2011-10-24",
       "purpose 'gossip' is none of history,personalisation,profiling,home_store,marketing_email,marketing_phone,marketing_post"},
      {"consents", "17850,history,perhaps,2011-10-24", "state 'perhaps' is none of granted,withdrawn"},
      {"consents", "17850,history,granted,", "at '' is neither a date 2011-10-24 nor a UTC time 2011-10-24T14:35:00Z"},
  });
  const auto refused = [](const std::string& rows) {
    TableFolder folder;
    folder.shop().file(
        "customers.csv",
        "customer,first_name,initial,language,country,phone_last2,languages,home_store,email,loyalty,phone\n" + rows);
    ImportOptions options = folder.options();
    options.identity = [](std::string_view kind, std::string_view exact) {
      return vitrine::sync::protocol::identity_hash({}, kind, exact);
    };
    return test::import_all(options).refusal();
  };
  const auto tastes = [](const std::string& sizes, const std::string& preferences) {
    TableFolder folder;
    folder.shop().file("customers.csv",
                       "customer,first_name,initial,language,country,phone_last2,sizes,preferences\n1,Ava,R,en,GB,41," + sizes +
                           "," + preferences + "\n");
    return test::import_all(folder.options()).refusal();
  };
  CHECK(tastes("shoes=39;tops=M", "gift bags; quiet").starts_with("(not one refusal)"));
  const std::string no_size = "customers.csv:2: sizes are not at most 12 of the form shoes=39, apart at ';'";
  CHECK(tastes("shoes", "") == no_size);
  CHECK(tastes("=39", "") == no_size);
  CHECK(tastes("shoes=" + std::string(41, '9'), "") == no_size);
  CHECK(tastes("a=1;b=2;c=3;d=4;e=5;f=6;g=7;h=8;i=9;j=10;k=11;l=12;m=13", "") == no_size);
  CHECK(tastes("", std::string(201, 'x')) == "customers.csv:2: preferences are not at most 12 of 200 bytes, apart at ';'");
  const std::string ava = "1,Ava,R,en,GB,41,en fr,harbour-street,ava@shoppers.example,FB1234,+447700900041\n";
  CHECK(refused("1,Ava,R,en,GB,41,en,quay,,,\n") == "customers.csv:2: store quay is in no stores table");
  CHECK(refused("1,Ava,R,en,GB,41,english please,,,,\n") == "customers.csv:2: languages are not at most 8 language tags");
  CHECK(refused("1,Ava,R,en,GB,41,en,,nobody,,\n") == "customers.csv:2: email is none");
  CHECK(refused("1,Ava,R,en,GB,41,en,,,,07700 900041\n") == "customers.csv:2: phone is none");
  CHECK(refused(ava + "2,Bo,R,en,GB,41,en,,AVA@shoppers.example,,\n") ==
        "customers.csv:3: email was already given at customers.csv:2");
  CHECK(refused(ava + "2,Bo,R,en,GB,41,en,,,fb-1234,\n") == "customers.csv:3: loyalty was already given at customers.csv:2");
}

TEST_CASE("orders and activity") {
  const std::string first = "7,17850,,web,2011-10-24,1,71053,1,1.00,GBP\n";
  check_all({
      {"orders", ",17850,,web,2011-10-24,1,71053,1,1.00,GBP", "order is empty"},
      {"orders", "7,17850,,web,2011-10-24,1,NO,1,1.00,GBP", "sku NO is in no products table"},
      {"orders", "7,17850,quay,web,2011-10-24,1,71053,1,1.00,GBP", "store quay is in no stores table"},
      {"orders", "7,1,,web,2011-10-24,1,71053,1,1.00,GBP", "customer 1 is in no customers table"},
      {"orders", "7,17850,,web,2011-10-24,0,71053,1,1.00,GBP", "line '0' is not a whole number from 1 to 9999"},
      {"orders", "7 8,17850,,web,2011-10-24,1,71053,1,1.00,GBP", "order '7 8' is not made of letters, digits, '.', '_' and '-'"},
      {"orders", "7,17850,,web,2011-10-24,1,71053,0,1.00,GBP", "quantity '0' is not a whole number from 1 to 1000000"},
      {"orders", first + "7,17850,,web,2011-10-24,1,85123A,1,1.00,GBP", "line 1 of order 7 was already given at z/orders.csv:2"},
      {"orders", first + "7,17850,,web,2011-10-25,2,85123A,1,1.00,GBP",
       "customer, store, channel, placed_at or currency differs from z/orders.csv:2"},
      {"orders", first + "8,17850,,web,2011-10-24,1,71053,1,1.00,GBP\n7,17850,,web,2011-10-24,2,85123A,1,1.00,GBP",
       "order 7 was already given at z/orders.csv:2; rows of one order stand together"},
      {"activity", ",2011-10-24,viewed,71053,web,", "neither visitor nor customer is given"},
      {"activity", "v,2011-10-24,stolen,71053,web,",
       "kind 'stolen' is none of viewed,searched,added,removed,bought,returned,chatted,called,visited,resumed,picked_up"},
      {"activity", "v,2011-10-24,viewed,NO,web,", "sku NO is in no products table"},
      {"activity", "v,2011-10-24,viewed,71053,web,1", "customer 1 is in no customers table"},
      {"offers", "N,17850,5,2011-11-24,Goes with it,NO,,,", "sku NO is in no products table"},
      {"offers", "N,1,5,2011-11-24,Goes with it,71053,,,", "customer 1 is in no customers table"},
      {"offers", "N,17850,1001,2011-11-24,Goes with it,71053,,,", "score '1001' is not a whole number from 1 to 1000"},
      {"offers", "N,17850,5,2011-11-24,,71053,,,", "why_en is empty"},
      {"offers", "N,17850,5,2011-11-24,Goes with it,,,,", "neither sku nor a title is given"},
      {"offers", "N,17850,5,2011-11-24,Goes with it,71053,2011-11-24,,", "valid_to is not later than valid_from"},
      {"offers", "N,17850,5,2011-11-24,Goes with it,71053,,21,", "times '21' is not a whole number from 1 to 20"},
      {"offers", "N,17850,5,2011-11-24,One,71053,,,\nN,17850,5,2011-11-24,Two,71053,,,",
       "offer N was already given at z/offers.csv:2"},
      {"cases", ",17850,chat,2011-10-24,customer,Hello", "case is empty"},
      {"cases", "C-1,1,chat,2011-10-24,customer,Hello", "customer 1 is in no customers table"},
      {"cases", "C-1,17850,chat,2011-10-24,somebody,Hello", "from 'somebody' is none of customer,staff"},
      {"cases", "C-1,17850,A chat,2011-10-24,customer,Hello",
       "channel 'A chat' is not a name of 1 to 32 small letters, digits and '-'"},
      {"cases", "C-1,17850,chat,2011-10-24,customer,", "neither text nor state is given"},
  });
  const auto more = [](const std::string& row) {
    TableFolder folder;
    const Imported got = folder.shop()
                             .file("z/activity.csv", "visitor,at,kind,sku,channel,customer,event,order,store,text\n" + row + "\n")
                             .import();
    return got.counts->sum().rows_refused == 0 ? std::string("none") : got.refusal();
  };
  CHECK(more(",2011-10-24,searched,,web,17850,E1,,,cake stand") == "none");
  CHECK(more(",2011-10-24,picked_up,,store,17850,E2,581 234,,") ==
        "z/activity.csv:2: order '581 234' is not made of letters, digits, '.', '_' and '-'");
  CHECK(more(",2011-10-24,visited,,store,17850,E3,,quay,") == "z/activity.csv:2: store quay is in no stores table");
  CHECK(more(",2011-10-24,searched,,web,17850,E4,,," + std::string(201, 'x')).starts_with("z/activity.csv:2: text"));
}

TEST_CASE("a whole file is refused with what was expected") {
  const std::string expected = "; expected department,name_en,name_de,pictogram,tile";
  const auto refusal = [](const std::string& header) {
    TableFolder folder;
    const Imported got = folder.shop().file("z/departments.csv", header).import();
    CHECK(got.counts->tables.at(ImportTable::departments).files_refused == 1);
    return got.refusal();
  };
  CHECK(refusal("department,name_en,name_de,tile\n") == "z/departments.csv: column pictogram is missing" + expected);
  CHECK(refusal("department,name_en,name_de,pictogram,tile,tile\n") == "z/departments.csv: column tile stands twice" + expected);
  CHECK(refusal("department,name_en,name_de,pictogram,tile,colour\n") ==
        "z/departments.csv: column 'colour' is unknown" + expected);
  CHECK(refusal("Department;name_en\n") ==
        "z/departments.csv: column department is missing, column name_en is missing, "
        "column name_de is missing, column pictogram is missing, column tile is missing, "
        "column 'Department;name_en' is unknown" +
            expected);
  CHECK(refusal("") == "z/departments.csv: is empty");
  CHECK(refusal("\"\n") == "z/departments.csv: its header has a quoted field that is not closed before the file ends");
}

TEST_CASE("a file that breaks off: what came before stands, the order that was open is left out") {
  std::string orders = headers.at("orders") + "\n";
  for (int i = 1; i <= 900; ++i) {
    for (int line = 1; line <= 3; ++line) {
      orders += std::to_string(i * 7919 % 100003) + ",17850,,web,2011-10-24," + std::to_string(line) + ",71053,1,1.00,GBP\n";
    }
  }
  const std::string packed = gzip(orders);
  for (std::size_t cut = 0; cut < 8; ++cut) {
    CAPTURE(cut);
    TableFolder folder;
    folder.shop().file("orders.csv.gz", packed.substr(0, packed.size() / 2 + cut));
    const Imported got = folder.import();
    const ImportTableCounts counts = got.counts->tables.at(ImportTable::orders);
    CHECK(counts.files_refused == 1);
    CHECK(counts.rows_refused == 0);
    CHECK(counts.documents > 100);
    CHECK(counts.documents < 900);
    CHECK(got.refusal().starts_with("orders.csv.gz: cannot be read on from line "));
    CHECK(got.refusal().ends_with(": ends in the middle of the compressed data"));
    for (const auto& [name, body] : got.bodies) {
      if (name.starts_with("order "))
        CHECK(std::count(body.begin(), body.end(), '{') == 6);  // itself, what is placed, the buyer, three lines
    }
  }
}

TEST_CASE("the first refusals are kept, all are written, and good rows between them are taken") {
  TableFolder folder;
  std::string rows = headers.at("departments") + "\n";
  for (int i = 0; i < 50; ++i) rows += "d" + std::to_string(i) + ",Name,,mug," + (i % 2 == 0 ? "sky" : "red") + "\n";
  folder.shop().file("z/departments.csv", rows);
  ImportOptions options = folder.options();
  options.refusals_kept = 3;
  const Imported got = vitrine::hub::test::import_all(options);
  CHECK(got.counts->sum().rows_refused == 25);
  CHECK(got.counts->tables.at(ImportTable::departments).rows_accepted == 26);
  CHECK(got.counts->first_refused.size() == 3);
  CHECK(got.counts->first_refused[2].line == 7);
  CHECK(std::count(got.report.begin(), got.report.end(), '\n') == 25);
}
