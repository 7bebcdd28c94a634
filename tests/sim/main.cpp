// SPDX-License-Identifier: Apache-2.0
// vitrine-sim: schedules of one hub and several stores, from seeds. tests/sim/README.md says what a schedule is.
#include <malloc.h>

#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/log.hpp"
#include "tests/sim/bugs.hpp"
#include "tests/sim/ledger.hpp"
#include "tests/sim/many.hpp"
#include "tests/sim/shrink.hpp"

using namespace vitrine;

namespace {

constexpr std::string_view usage =
    "vitrine-sim [--seed N] [--schedules N] [--jobs N] [--seconds S] [--complete]\n"
    "    runs schedules; --complete: a kind of fault or a pair of operations that is never hit is a failure\n"
    "vitrine-sim --for 60m --ledger FILE [--jobs N]\n"
    "    goes on at the first seed that the ledger does not have, for so long; adds what it came to, by commit\n"
    "vitrine-sim --narrate --seed N      one schedule, told line by line\n"
    "vitrine-sim --bug NAME [...]        with a planted bug: stops at the first schedule that finds it\n"
    "vitrine-sim --each-bug [...]        every planted bug by itself\n"
    "vitrine-sim --bugs                  their names\n";

std::string commit() {
  const char* told = std::getenv("VITRINE_COMMIT");
  return told == nullptr ? "of this tree" : told;
}

void say_failure(const sim::FailedSeed& failed) {
  std::printf("FAILED seed %llu (commit %s): %s: %s\n", static_cast<unsigned long long>(failed.seed), commit().c_str(),
              failed.check.c_str(), failed.text.c_str());
  const sim::Plan plan = sim::plan_of(failed.seed);
  const sim::Plan small = sim::shrunken(plan, failed.check);
  std::printf("  %zu of its %zu steps are enough:\n", small.steps.size(), plan.steps.size());
  for (const sim::Step& step : small.steps) std::printf("    %s\n", sim::describe(step).c_str());
}

// Parts of a run, each written down when it is over.
int run_deep(const std::string& path, double seconds, sim::ManyOptions options) {
  constexpr std::uint64_t part = 500;
  sim::Ledger ledger(path, commit());
  const auto began = std::chrono::steady_clock::now();
  bool good = true;
  while (good) {
    const double gone = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (gone >= seconds) break;
    options.first_seed = ledger.next_seed();
    options.schedules = part;
    options.seconds_max = seconds - gone;
    const sim::Sums sums = sim::run_many(options);
    if (!ledger.add(options.first_seed, sums)) return std::fprintf(stderr, "the ledger cannot be written: %s\n", path.c_str()), 2;
    for (const auto& failed : sums.failed) say_failure(failed);
    good = sums.failed.empty();
  }
  ledger.print();
  return good ? 0 : 1;
}

// One planted bug: the schedules that it took. False: not found. A seed that fails without it too says nothing of it.
bool hunt(const sim::NamedBug& bug, sim::ManyOptions options) {
  const std::string name(bug.name);
  const std::uint64_t begin = options.first_seed;
  const std::uint64_t end = begin + options.schedules;
  options.failures_max = 1;
  while (options.first_seed < end) {
    options.schedules = end - options.first_seed;
    sync::planted_bug = bug.bug;
    const sim::Sums sums = sim::run_many(options);
    if (sums.failed.empty()) break;
    const auto& first =
        *std::min_element(sums.failed.begin(), sums.failed.end(), [](const auto& a, const auto& b) { return a.seed < b.seed; });
    sync::planted_bug = sync::Bug::none;
    const bool fails_anyhow = !sim::run_many({.first_seed = first.seed, .schedules = 1}).failed.empty();
    options.first_seed = first.seed + 1;
    if (fails_anyhow) continue;
    std::printf("%-36s seed %6llu  after %5llu schedules by %s\n", name.c_str(), static_cast<unsigned long long>(first.seed),
                static_cast<unsigned long long>(first.seed - begin + 1), first.check.c_str());
    std::fflush(stdout);
    return first.check != "require";
  }
  std::printf("%-36s NOT FOUND in %llu schedules\n", name.c_str(), static_cast<unsigned long long>(end - begin));
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  // Disks in memory come and go by the hundred: what they leave is kept, not given back to the system and asked for anew.
  mallopt(M_MMAP_THRESHOLD, 256 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 16 << 20);
  // There is one thread, and nobody asks SQLite how much memory it has: it needs no locks and no counts.
  sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  sim::ManyOptions options;
  bool narrate = false;
  bool complete = false;
  bool each_bug = false;
  double deep_seconds = 0;
  std::string ledger;
  const sim::NamedBug* bug = nullptr;
  for (int i = 1; i < argc; ++i) {
    const std::string_view arg = argv[i];
    const auto number = [&] { return std::strtoull(i + 1 < argc ? argv[++i] : "0", nullptr, 10); };
    if (arg == "--bugs") {
      for (const auto& one : sim::bugs()) std::printf("%s\n", std::string(one.name).c_str());
      return 0;
    }
    if (arg == "--seed") {
      options.first_seed = number();
    } else if (arg == "--schedules") {
      options.schedules = number();
    } else if (arg == "--jobs") {
      options.jobs = static_cast<unsigned>(number());
    } else if (arg == "--seconds") {
      options.seconds_max = static_cast<double>(number());
    } else if (arg == "--for" && i + 1 < argc) {
      deep_seconds = sim::seconds_of(argv[++i]);
    } else if (arg == "--ledger" && i + 1 < argc) {
      ledger = argv[++i];
    } else if (arg == "--complete") {
      complete = true;
    } else if (arg == "--narrate") {
      narrate = true;
    } else if (arg == "--each-bug") {
      each_bug = true;
    } else if (arg == "--bug" && i + 1 < argc) {
      const std::string_view name = argv[++i];
      for (const auto& one : sim::bugs()) {
        if (sim::bug_named(name) == one.bug) bug = &one;
      }
      if (bug == nullptr) return std::fprintf(stderr, "no such bug\n"), 2;
    } else {
      std::fputs(usage.data(), stderr);
      return 2;
    }
  }
  log::set_level(static_cast<log::Level>(0));
  if (narrate) {
    if (bug != nullptr) sync::planted_bug = bug->bug;
    const auto result = sim::run(sim::plan_of(options.first_seed), {.narrate = true});
    std::printf("trace %016llx\n", static_cast<unsigned long long>(result.trace));
    if (result.failure)
      std::printf("FAILED at %lld ms: %s: %s\n", static_cast<long long>(result.failure->at_ms), result.failure->check.c_str(),
                  result.failure->text.c_str());
    return result.failure ? 1 : 0;
  }
  if (bug != nullptr) return hunt(*bug, options) ? 0 : 1;
  if (each_bug) {
    std::size_t missed = 0;
    for (const auto& one : sim::bugs()) missed += hunt(one, options) ? 0U : 1U;
    std::printf("%zu of %zu planted bugs found\n", sim::bugs().size() - missed, sim::bugs().size());
    return missed == 0 ? 0 : 1;
  }
  if (!ledger.empty() || deep_seconds > 0) {
    if (ledger.empty() || deep_seconds <= 0) return std::fputs(usage.data(), stderr), 2;
    return run_deep(ledger, deep_seconds, options);
  }
  const auto began = std::chrono::steady_clock::now();
  const sim::Sums sums = sim::run_many(options);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  const bool whole = sim::report(sums, seconds, complete);
  for (const auto& failed : sums.failed) say_failure(failed);
  std::printf("%zu of %llu schedules failed\n", sums.failed.size(), static_cast<unsigned long long>(sums.schedules));
  return sums.failed.empty() && whole ? 0 : 1;
}
