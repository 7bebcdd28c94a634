// SPDX-License-Identifier: Apache-2.0
// A measured day as JSON: what is written is read back, what is newer is kept, what is wrong is named.
#include <doctest/doctest.h>

#include "sync/protocol/measures_codec.hpp"
#include "sync/protocol/measures_table.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::protocol;

namespace {

const std::string hex(32, 'a');
const std::string full =
    R"({"date":"2026-11-30","expires_at":5356800010,"hours":[{"at":3,"by":")" + hex +
    R"(.0","counts":{"promises":4,"promises_kept":3},"from":10,"until":20,"wait_median_ms":220000,"wait_p90_ms":385000,"waits":2},)"
    R"({"at":4,"by":")" +
    hex + R"(.1","counts":{},"from":20,"until":30}],"newer":[1],"store":"harbour-street"})";

std::string changed(std::string_view from, std::string_view to) {
  std::string text = full;
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a measured day is written as it was read, with what a newer version added") {
  const auto day = decode_measures(full);
  REQUIRE(day.has_value());
  CHECK(day->hours.at(0).counts.promises_kept == 3);
  CHECK(day->hours.at(0).wait_p90_ms == 385'000);
  CHECK_FALSE(day->hours.at(1).wait_p90_ms.has_value());
  CHECK(encode_measures(*day) == full);
}

TEST_CASE("a measured day that cannot be one is refused with the field") {
  const auto mistake = [](const std::string& text) {
    const auto day = decode_measures(text);
    return day ? "none" : day.error().code + ": " + day.error().message;
  };
  CHECK(mistake(changed("2026-11-30", "2026-11-3x")).starts_with("measures_malformed: date"));
  CHECK(mistake(changed("\"promises\":4", "\"promises\":-4")).find("promises") != std::string::npos);
  CHECK(mistake(changed("\"from\":20", "\"from\":10")).find("hours") != std::string::npos);
  CHECK(mistake(changed("\"counts\":{},", "")).find("counts") != std::string::npos);
  CHECK(mistake("[]").starts_with("measures_malformed"));
}

TEST_CASE("an hour travels as an operation, and as a line of a table") {
  rules::MeasuresPut put{UtcMs{10}, UtcMs{20}, {}, 2, 219'600, std::nullopt};
  put.counts.resumes = 5;
  const Operation operation = encode_measures_operation(StoreId{"harbour-street"}, "2026-11-30", put);
  CHECK(operation.document == measures_key(StoreId{"harbour-street"}, "2026-11-30"));
  CHECK(operation.body == R"({"counts":{"resumes":5},"from":10,"until":20,"wait_median_ms":219600,"waits":2})");
  const auto read = decode_measures_operation(operation.kind, operation.body);
  REQUIRE(read.has_value());
  CHECK(std::get<rules::MeasuresPut>(*read).counts == put.counts);
  CHECK(decode_measures_operation("measures.add", "{}").error().code == "operation_unknown");
  CHECK(decode_measures_operation("measures.put", R"({"from":1,"until":2})").error().code == "operation_malformed");
  CHECK(measures_id("harbour-street/2026-11-30")->second == "2026-11-30");
  for (const char* wrong : {"harbour-street", "harbour-street/2026-11", "/2026-11-30", "Harbour/2026-11-30"})
    CHECK_FALSE(measures_id(wrong).has_value());
  CHECK(measures_columns().starts_with("resumes,recovered,"));
  CHECK(measures_columns().ends_with(",minutes_served,waits,wait_median_s,wait_p90_s"));
  CHECK(measures_cells(put.counts, put.waits, put.wait_median_ms, put.wait_p90_ms) == "5,0,0,0,0,0,0,0,0,0,0,0,0,0,2,220,");
}
