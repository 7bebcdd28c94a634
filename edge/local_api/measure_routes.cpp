// SPDX-License-Identifier: Apache-2.0
// The routes of what the store measures.
#include "edge/local_api/api.hpp"
#include "edge/local_api/measures.hpp"
#include "edge/local_api/measuring.hpp"

namespace vitrine::edge::local_api {

namespace {

Result<MeasureRange> range_of(const Call& call) {
  const auto asked = call.query.find("range");
  const auto range = asked == call.query.end() ? MeasureRange::today : measure_range(asked->second);
  if (!range) return fail("invalid_request", "range is today or week");
  return *range;
}

}  // namespace

Reply Api::get_measures(const Call& call, const std::vector<std::string>&) {
  const auto range = range_of(call);
  if (!range) return problem(range.error());
  const MeasureSlots by = *range == MeasureRange::today ? MeasureSlots::hours : MeasureSlots::days;
  return read([&](Readers& readers) { return measures_view(*readers.store, surroundings(), *range, by); });
}

Reply Api::get_measures_csv(const Call& call, const std::vector<std::string>&) {
  const auto range = range_of(call);
  if (!range) return problem(range.error());
  auto readers = readers_.borrow();
  if (!readers) return problem(readers.error());
  const auto view = measures_view(*readers->store, surroundings(), *range, MeasureSlots::hours);
  readers_.give_back(std::move(*readers));
  return view ? Reply{200, "text/csv; charset=utf-8", csv_of(*view)} : problem(view.error());
}

Reply Api::post_search_done(const Call& call, const std::vector<std::string>&) {
  const auto done = decode_search_done(call.body);
  if (!done) return problem(done.error());
  const auto noted = perform<bool>(call, [asked = *done](Desk& desk) -> Result<bool> {
    measure_search(desk, asked.request, asked.found);
    return true;
  });
  return noted ? ok("{}") : problem(noted.error());
}

}  // namespace vitrine::edge::local_api
