// SPDX-License-Identifier: Apache-2.0
// Opening hours: the texts of real shops that the subset covers, and what it refuses rather than guesses.
#include <doctest/doctest.h>

#include "hub/import/opening_hours.hpp"

using namespace vitrine::hub;

namespace {

using Hours = std::vector<vitrine::hours::OpeningHours>;
const std::vector<int> mon_to_sat = {1, 2, 3, 4, 5, 6};

}  // namespace

TEST_CASE("opening hours as real shops write them") {
  CHECK(parse_opening_hours("Mo-Sa 07:00-21:00").value() == Hours{{mon_to_sat, "07:00", "21:00"}});
  CHECK(parse_opening_hours("Mo-Sa 07:00-21:00; Su,PH off").value() == Hours{{mon_to_sat, "07:00", "21:00"}});
  CHECK(parse_opening_hours("Mo-Sa 07:00-21:00; Su, PH off").value() == Hours{{mon_to_sat, "07:00", "21:00"}});
  CHECK(parse_opening_hours("PH off; Mo-Sa 07:00-20:00").value() == Hours{{mon_to_sat, "07:00", "20:00"}});
  CHECK(parse_opening_hours("Mo-Fr 07:00-21:00;Sa 07:00-20:00;PH off").value() ==
        Hours{{{1, 2, 3, 4, 5}, "07:00", "21:00"}, {{6}, "07:00", "20:00"}});
  CHECK(parse_opening_hours("Mo-Fr 08:00-21:00; Sa 08:00-21:00").value() == Hours{{mon_to_sat, "08:00", "21:00"}});
  CHECK(parse_opening_hours("07:00-21:00; Su closed").value() == Hours{{mon_to_sat, "07:00", "21:00"}});
  CHECK(parse_opening_hours("24/7").value() == Hours{{{1, 2, 3, 4, 5, 6, 7}, "00:00", "24:00"}});
}

TEST_CASE("breaks, weeks that wrap, later rules and no hours at all") {
  CHECK(parse_opening_hours("Mo,We 09:00-12:30,14:00-18:00").value() ==
        Hours{{{1, 3}, "09:00", "12:30"}, {{1, 3}, "14:00", "18:00"}});
  CHECK(parse_opening_hours("Sa-Mo 10:00-16:00").value() == Hours{{{1, 6, 7}, "10:00", "16:00"}});
  CHECK(parse_opening_hours("Mo-Su 07:00-20:00; We 07:00-13:00").value() ==
        Hours{{{1, 2, 4, 5, 6, 7}, "07:00", "20:00"}, {{3}, "07:00", "13:00"}});
  CHECK(parse_opening_hours("").value().empty());
  CHECK(parse_opening_hours("Mo-Su off").value().empty());
}

TEST_CASE("what is beyond the subset is refused") {
  for (const char* bad :
       {"Occasional", "dauerhaft geschlossen", "Mo-Sa", "Mo-Sa 7:00-20:00", "Mo-Sa 07:00", "Mo-Sa 07:00-25:00",
        "Mo-Sa 07:60-20:00", "Mo-Sa 22:00-02:00", "Mo-Sa 07:00-07:00", "Mo-Fr 06:30-22:00; 2023 Jun 11-Sep 06 off",
        "Mo-Sa 07:00-21:00, Su 11:00-17:00", "Mo-Sa 07:00 - 21:00;", "Xx 07:00-20:00", "Mo-We-Fr 07:00-20:00",
        "Mo 09:00-13:00,12:00-18:00", ";", "Mo", "\xff"}) {
    CAPTURE(bad);
    const auto hours = parse_opening_hours(bad);
    REQUIRE_FALSE(hours);
    CHECK(hours.error().code == "invalid_opening_hours");
  }
}
