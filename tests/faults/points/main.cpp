// SPDX-License-Identifier: Apache-2.0
// vitrine-crash-points: for every transaction of both ends, takes the power at each call that changes the disk, with small and
// large sectors, and lets each call fail; opens again as the programs do, and looks whether anything confirmed is missing,
// anything is half there, and both ends go on to the same state. Prints how many points each transaction has; ends with 1 when
// one fails.
#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>

#include "base/log.hpp"
#include "base/require.hpp"
#include "edge/database/verify.hpp"
#include "tests/faults/points/cases.hpp"
#include "tests/sim/bugs.hpp"

namespace vitrine::faults {

namespace {

struct Options {
  bool deep = false;
  std::string only;
};

struct Tally {
  std::uint64_t calls = 0, syncs = 0, cuts = 0, errors = 0, full = 0, lost_syncs = 0;
  std::uint64_t failed = 0;
};

// What the transaction does when nothing goes wrong.
struct Whole {
  std::string before, after, facts;
  std::uint64_t changing = 0, syncs = 0, reads = 0;
};

Disk& disk_of(const Case& one, World& world) { return one.at_hub ? world.hub.disk() : world.first.disk(); }
std::string file_of(const Case& one) { return one.at_hub ? "hub.db" : "store.db"; }

// Of a copy, so that looking changes nothing.
std::string state_of(const Case& one, World& world, std::string* broken = nullptr) {
  const auto copy = disk_of(one, world).clone();
  if (!copy->has(file_of(one))) return "";
  const std::string path = copy->path(file_of(one));
  std::string text = dump(path);
  if (broken != nullptr) {
    const std::string found = integrity(path);
    if (found != "ok") *broken = found;
  }
  return text;
}

Whole run_whole(const Case& one) {
  Whole whole;
  const auto world = one.before();
  whole.before = state_of(one, *world);
  Disk& disk = disk_of(one, *world);
  const CallCounts counts = disk.counts();
  disk.plan({});
  const auto failed = one.act(*world);
  require(!failed, one.name + ": " + (failed ? failed->message : ""));
  whole.changing = disk.counted();
  whole.syncs = disk.counts().syncs - counts.syncs;
  whole.reads = disk.counts().reads - counts.reads;
  whole.after = state_of(one, *world);
  require(one.may_stay || whole.before != whole.after, one.name + " changes something");
  const auto down = world->restart();
  require(!down, one.name + ": starts again");
  require(world->converge(), one.name + ": comes to rest: " + world->difference());
  whole.facts = world->facts();
  return whole;
}

// Both ends up again, whoever got no answer asks again, and everything comes to rest as if nothing had happened.
std::string goes_on(const Case& one, const Whole& whole, World& world, bool confirmed) {
  if (auto failed = world.restart()) return "does not start again: " + failed->message;
  if (!one.at_hub) {
    const auto verified = edge::database::verify_store_database(world.first.file(), world.now());
    if (!verified) return "cannot be verified: " + verified.error().message;
    for (const auto& check : verified->checks) {
      if (!check.good()) return "verify, " + check.name + ": " + check.found.front();
    }
  }
  if (one.asked && !confirmed) {
    if (auto failed = one.act(world)) return "asked again: " + failed->code + " " + failed->message;
  }
  if (!world.converge()) return "does not come to rest: " + world.difference();
  if (world.facts() != whole.facts) return "another end:\n" + world.facts() + "instead of\n" + whole.facts;
  return "";
}

std::string judge_state(const Case& one, const Whole& whole, World& world, bool left) {
  std::string broken;
  const std::string now = state_of(one, world, &broken);
  if (!broken.empty()) return "integrity_check: " + broken;
  if (one.one_commit && now != whole.before && now != whole.after) return "something is half there";
  if (left && now != whole.after) return "something left, and what it stands on is missing";
  return "";
}

std::string power_goes(const Case& one, const Whole& whole, std::uint64_t at, const PowerCut& cut) {
  const auto world = one.before();
  Disk& disk = disk_of(one, *world);
  const std::uint64_t left = world->left;
  disk.plan({.what = Fault::What::power, .at = at});
  const auto refused = one.act(*world);
  if (disk.struck() != (at <= whole.changing)) return "not the same calls every time";
  const bool confirmed = !disk.struck() && !refused;
  const bool gone = world->left > left;
  disk.power_cut(cut);
  if (one.at_hub) {
    world->hub.end();
  } else {
    world->first.end();
  }
  std::string wrong = judge_state(one, whole, *world, gone);
  if (wrong.empty()) wrong = goes_on(one, whole, *world, confirmed);
  return wrong;
}

void end_process(const Case& one, World& world, PowerCut::Keep keep) {
  disk_of(one, world).power_cut({.keep = keep});
  if (one.at_hub) {
    world.hub.end();
  } else {
    world.first.end();
  }
}

// One call fails. A failing disk ends the process, a full one must not.
std::string call_fails(const Case& one, const Whole& whole, const Fault& fault, bool forget) {
  const auto world = one.before();
  Disk& disk = disk_of(one, *world);
  const std::uint64_t left = world->left;
  disk.plan(fault);
  const auto refused = one.act(*world);
  const bool struck = disk.struck();
  disk.plan({});
  const bool gone = world->left > left;
  const bool alive = one.at_hub ? world->hub.alive() && !world->hub.fatal() : world->first.alive() && !world->first.fatal();
  const bool write = fault.calls == static_cast<Calls>(Call::write);
  if (!struck) return "not the same calls every time";
  if (fault.what == Fault::What::full && write && !one.process && (!alive || (refused && refused->code != "disk_full"))) {
    const auto& fatal = one.at_hub ? world->hub.fatal() : world->first.fatal();
    return "a full disk is " + (refused ? refused->code : fatal ? fatal->code + " and the end" : "the end");
  }
  if (!alive) end_process(one, *world, PowerCut::Keep::all);
  if (!alive && forget) disk.forget_unwritten();
  std::string wrong = judge_state(one, whole, *world, gone);
  if (wrong.empty() && alive && refused && !gone && one.one_commit && state_of(one, *world) != whole.before) {
    wrong = "refused, and done all the same";
  }
  if (wrong.empty()) wrong = goes_on(one, whole, *world, gone && !refused);
  if (!wrong.empty() || fault.calls != static_cast<Calls>(Call::sync)) return wrong;
  // What was built after the failed sync must outlast a power cut.
  end_process(one, *world, PowerCut::Keep::nothing);
  Case done = one;
  done.asked = false;
  wrong = goes_on(done, whole, *world, true);
  return wrong.empty() ? "" : "after a power cut later: " + wrong;
}

void report(const Case& one, const std::string& how, const std::string& wrong, Tally& tally) {
  if (wrong.empty()) return;
  ++tally.failed;
  if (tally.failed <= 3) std::printf("  FAILED %s, %s: %s\n", one.name.c_str(), how.c_str(), wrong.c_str());
}

Tally run_case(const Case& one, const Options& options) {
  Tally tally;
  const Whole whole = run_whole(one);
  tally.calls = whole.changing;
  tally.syncs = whole.syncs;
  for (std::uint64_t at = 1; at <= whole.changing + 1; ++at) {
    const std::string where = "power at call " + std::to_string(at) + " of " + std::to_string(whole.changing);
    std::vector<PowerCut> cuts = {{.keep = PowerCut::Keep::nothing}, {.keep = PowerCut::Keep::all}};
    for (std::uint64_t seed = 1; seed <= (options.deep ? 8U : 1U); ++seed) {
      cuts.push_back({.keep = PowerCut::Keep::mix, .sector = 512, .seed = seed * 1'000 + at});
      cuts.push_back({.keep = PowerCut::Keep::mix, .sector = 4096, .seed = seed * 1'000 + at});
    }
    for (const PowerCut& cut : cuts) {
      ++tally.cuts;
      const char* keep = cut.keep == PowerCut::Keep::nothing ? "nothing kept"
                         : cut.keep == PowerCut::Keep::all   ? "all kept"
                                                             : "mixed";
      report(one, where + ", " + keep + ", sectors of " + std::to_string(cut.sector), power_goes(one, whole, at, cut), tally);
    }
  }
  const auto fail_each = [&](Fault::What what, Call call, std::uint64_t& count, bool forget) {
    Fault fault{what, 1, static_cast<Calls>(call), false};
    std::uint64_t times = 0;
    {
      const auto world = one.before();
      disk_of(one, *world).plan({Fault::What::none, 1, fault.calls, false});
      one.act(*world);
      times = disk_of(one, *world).counted();
    }
    for (fault.at = 1; fault.at <= times; ++fault.at) {
      ++count;
      const std::string how = std::string(what == Fault::What::full ? "disk full" : "error") + " at call " +
                              std::to_string(fault.at) + " of kind " + std::to_string(fault.calls);
      report(one, how, call_fails(one, whole, fault, forget), tally);
    }
  };
  for (const Call call : {Call::open, Call::read, Call::write, Call::truncate, Call::remove}) {
    fail_each(Fault::What::io_error, call, tally.errors, false);
  }
  fail_each(Fault::What::io_error, Call::sync, tally.lost_syncs, false);
  fail_each(Fault::What::io_error, Call::sync, tally.lost_syncs, true);
  fail_each(Fault::What::full, Call::write, tally.full, false);
  return tally;
}

int run(const Options& options) {
  const auto began = std::chrono::steady_clock::now();
  std::printf("%-34s %6s %6s %7s %7s %6s %6s\n", "transaction", "calls", "syncs", "power", "errors", "syncs", "full");
  Tally sum;
  std::size_t cases = 0;
  auto all = store_cases();
  for (Case& one : hub_cases()) all.push_back(std::move(one));
  for (Case& one : goods_cases()) all.push_back(std::move(one));
  for (Case& one : help_cases()) all.push_back(std::move(one));
  for (Case& one : consent_cases()) all.push_back(std::move(one));
  for (Case& one : activity_cases()) all.push_back(std::move(one));
  for (Case& one : talk_cases()) all.push_back(std::move(one));
  for (const Case& one : all) {
    if (!options.only.empty() && one.name.find(options.only) == std::string::npos) continue;
    ++cases;
    const Tally tally = run_case(one, options);
    std::printf("%-34s %6lu %6lu %7lu %7lu %6lu %6lu%s\n", ((one.at_hub ? "hub: " : "store: ") + one.name).c_str(), tally.calls,
                tally.syncs, tally.cuts, tally.errors, tally.lost_syncs, tally.full,
                tally.failed == 0 ? "" : (" " + std::to_string(tally.failed) + " FAILED").c_str());
    std::fflush(stdout);
    sum.calls += tally.calls;
    sum.syncs += tally.syncs;
    sum.cuts += tally.cuts;
    sum.errors += tally.errors;
    sum.lost_syncs += tally.lost_syncs;
    sum.full += tally.full;
    sum.failed += tally.failed;
  }
  const std::uint64_t points = sum.cuts + sum.errors + sum.lost_syncs + sum.full;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  std::printf(
      "%zu transactions, %lu calls that change a disk; %lu power cuts, %lu failed calls, %lu failed syncs, %lu times full\n",
      cases, sum.calls, sum.cuts, sum.errors, sum.lost_syncs, sum.full);
  std::printf("%lu of %lu points hold (%.2f %%), %.0f s\n", points - sum.failed, points,
              points == 0 ? 0.0 : 100.0 * static_cast<double>(points - sum.failed) / static_cast<double>(points), seconds);
  return sum.failed == 0 ? 0 : 1;
}

}  // namespace

}  // namespace vitrine::faults

int main(int argc, char** argv) {
  vitrine::log::set_level(
      static_cast<vitrine::log::Level>(2));  // refusals are what is tried here; only a broken invariant is news
  vitrine::faults::Options options;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--deep") == 0) {
      options.deep = true;
    } else if (std::strcmp(argv[i], "--only") == 0 && i + 1 < argc) {
      options.only = argv[++i];
    } else if (std::strcmp(argv[i], "--bug") == 0 && i + 1 < argc) {
      const auto bug = vitrine::sim::bug_named(argv[++i]);
      if (!bug) return 2;
      vitrine::sync::planted_bug = *bug;
    } else {
      std::fprintf(stderr, "vitrine-crash-points [--deep] [--only <part of a name>] [--bug <name>]\n");
      return 2;
    }
  }
  return vitrine::faults::run(options);
}
