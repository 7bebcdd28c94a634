// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/many.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <sstream>

#include "base/require.hpp"

namespace vitrine::sim {

namespace {

constexpr std::uint64_t twice_every = 100;       // one in a hundred is run twice, and must leave the same trace
constexpr std::uint64_t pairs_all_from = 1'000;  // in fewer schedules, pairs of orders and stock are rare
constexpr std::uint64_t slice = 50;              // schedules that a process runs between two reports

using Counts = std::map<std::uint64_t, std::uint64_t>;

void write(std::ostream& out, const Counts& counts) {
  out << counts.size();
  for (const auto& [value, times] : counts) out << ' ' << value << ' ' << times;
  out << '\n';
}

Counts read_counts(std::istream& in) {
  Counts counts;
  std::size_t size = 0;
  in >> size;
  for (std::size_t i = 0; i < size; ++i) {
    std::uint64_t value = 0;
    std::uint64_t times = 0;
    in >> value >> times;
    counts[value] = times;
  }
  return counts;
}

void add(Counts& to, const Counts& from) {
  for (const auto& [value, times] : from) to[value] += times;
}

std::uint64_t median(const Counts& counts) {
  std::uint64_t all = 0;
  for (const auto& [value, times] : counts) all += times;
  std::uint64_t at = 0;
  for (const auto& [value, times] : counts) {
    at += times;
    if (at * 2 >= all) return value;
  }
  return 0;
}

struct Child {
  pid_t process = 0;
  int reading = -1;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

void run_slice(std::uint64_t first, std::uint64_t count, std::size_t failures_max, int out) {
  Sums sums;
  for (std::uint64_t seed = first; seed < first + count && sums.failed.size() < failures_max; ++seed) {
    // So that whoever reads knows at which seed this process ended, should it end.
    const std::string at = "at " + std::to_string(seed) + "\n";
    if (::write(out, at.data(), at.size()) < 0) _exit(3);
    const Plan plan = plan_of(seed);
    RunResult result = run(plan, {});
    if (seed % twice_every == 0 && !result.failure) {
      ++sums.repeated;
      if (run(plan, {}).trace != result.trace) result.failure = Failure{"not_deterministic", "two runs left two traces", 0};
    }
    sums.add(seed, result);
  }
  const std::string text = "sums\n" + sums.write();
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t wrote = ::write(out, text.data() + done, text.size() - done);
    if (wrote < 0) _exit(3);
    done += static_cast<std::size_t>(wrote);
  }
  _exit(0);
}

Child begin(std::uint64_t first, std::uint64_t count, std::size_t failures_max) {
  int ends[2];
  require(pipe(ends) == 0, "a pipe");
  std::fflush(nullptr);
  const pid_t process = fork();
  require(process >= 0, "a process");
  if (process == 0) {
    close(ends[0]);
    run_slice(first, count, failures_max, ends[1]);
  }
  close(ends[1]);
  return {process, ends[0], first, count};
}

// What the process came to. When it ended on its own mistake, that is the failure of its seed, and the rest is run again.
Sums end(const Child& child) {
  std::string text;
  char buffer[65536];
  for (ssize_t got = 0; (got = ::read(child.reading, buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<std::size_t>(got));
  close(child.reading);
  int status = 0;
  waitpid(child.process, &status, 0);
  const std::size_t at = text.find("sums\n");
  if (at != std::string::npos) return Sums::read(text.substr(at + 5));
  Sums sums;
  const std::size_t last = text.rfind("at ");
  const std::uint64_t seed = last == std::string::npos ? child.first : std::stoull(text.substr(last + 3));
  sums.failed.push_back({seed, "require", "the process ended with status " + std::to_string(status)});
  sums.schedules = seed - child.first + 1;
  return sums;
}

}  // namespace

void Sums::add(std::uint64_t seed, const RunResult& result) {
  ++schedules;
  const Tally& tally = result.tally;
  messages += tally.messages;
  operations += tally.operations;
  if (result.failure) {
    failed.push_back({seed, result.failure->check, result.failure->text});
    return;
  }
  ++messages_of[tally.messages];
  ++operations_of[tally.operations];
  ++contested_of[tally.contested];
  std::uint64_t strikes = 0;
  std::size_t kinds = 0;
  for (std::size_t kind = 0; kind < fault_kinds; ++kind) {
    ++faults_of.at(kind)[tally.faults.at(kind)];
    strikes += tally.faults.at(kind);
    kinds += tally.faults.at(kind) > 0 ? 1U : 0U;
  }
  const bool whole = tally.messages >= 200 && tally.operations >= 60 && tally.contested * 3 >= tally.operations &&
                     tally.streams >= 2 && strikes >= 6 && kinds >= 3;
  if (!whole) ++thin;
  for (std::size_t i = 0; i < tally.covered.size(); ++i) covered[i] += tally.covered.at(i);
}

void Sums::add(const Sums& other) {
  schedules += other.schedules;
  messages += other.messages;
  operations += other.operations;
  thin += other.thin;
  repeated += other.repeated;
  sim::add(messages_of, other.messages_of);
  sim::add(operations_of, other.operations_of);
  sim::add(contested_of, other.contested_of);
  for (std::size_t kind = 0; kind < fault_kinds; ++kind) sim::add(faults_of.at(kind), other.faults_of.at(kind));
  for (std::size_t i = 0; i < covered.size(); ++i) covered[i] += other.covered[i];
  failed.insert(failed.end(), other.failed.begin(), other.failed.end());
}

std::string Sums::write() const {
  std::ostringstream out;
  out << schedules << ' ' << messages << ' ' << operations << ' ' << thin << ' ' << repeated << '\n';
  sim::write(out, messages_of);
  sim::write(out, operations_of);
  sim::write(out, contested_of);
  for (const Counts& counts : faults_of) sim::write(out, counts);
  for (const std::uint64_t times : covered) out << times << ' ';
  out << '\n' << failed.size() << '\n';
  for (const FailedSeed& one : failed) out << one.seed << ' ' << one.check << ' ' << one.text << '\n';
  return out.str();
}

Sums Sums::read(const std::string& text) {
  std::istringstream in(text);
  Sums sums;
  in >> sums.schedules >> sums.messages >> sums.operations >> sums.thin >> sums.repeated;
  sums.messages_of = read_counts(in);
  sums.operations_of = read_counts(in);
  sums.contested_of = read_counts(in);
  for (Counts& counts : sums.faults_of) counts = read_counts(in);
  for (std::uint64_t& times : sums.covered) in >> times;
  std::size_t failed = 0;
  in >> failed;
  for (std::size_t i = 0; i < failed; ++i) {
    FailedSeed one;
    in >> one.seed >> one.check;
    std::getline(in >> std::ws, one.text);
    sums.failed.push_back(std::move(one));
  }
  return sums;
}

Sums run_many(const ManyOptions& options) {
  const auto began = std::chrono::steady_clock::now();
  const auto in_time = [&] {
    return options.seconds_max == 0 ||
           std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count() < options.seconds_max;
  };
  world_facts();  // before the processes part: each of them has it
  Sums sums;
  std::vector<Child> children;
  std::uint64_t next = options.first_seed;
  const std::uint64_t end_seed = options.first_seed + options.schedules;
  while (true) {
    while (children.size() < options.jobs && next < end_seed && in_time() && sums.failed.size() < options.failures_max) {
      const std::uint64_t count = std::min(slice, end_seed - next);
      children.push_back(begin(next, count, options.failures_max));
      next += count;
    }
    if (children.empty()) return sums;
    const Child child = children.front();
    children.erase(children.begin());
    const Sums part = end(child);
    sums.add(part);
    const std::uint64_t rest = child.first + part.schedules;
    if (part.schedules < child.count && sums.failed.size() < options.failures_max) {
      children.push_back(begin(rest, child.first + child.count - rest, options.failures_max));
    }
  }
}

bool report(const Sums& sums, double seconds, bool complete) {
  const auto line = [](const char* what, std::uint64_t value) {
    std::printf("%-34s %llu\n", what, static_cast<unsigned long long>(value));
  };
  line("schedules", sums.schedules);
  line("of them run twice, equal traces", sums.repeated);
  line("messages delivered", sums.messages);
  line("operations confirmed", sums.operations);
  line("median messages of a schedule", median(sums.messages_of));
  line("median operations", median(sums.operations_of));
  line("median operations on shared documents", median(sums.contested_of));
  line("schedules too thin to count", sums.thin);
  std::printf("%-34s %.0f in %.1f s\n", "messages a second", static_cast<double>(sums.messages) / seconds, seconds);
  bool whole = true;
  std::printf("faults (median of a schedule, strikes in all):\n");
  for (std::size_t kind = 0; kind < fault_kinds; ++kind) {
    std::uint64_t strikes = 0;
    for (const auto& [value, times] : sums.faults_of.at(kind)) strikes += value * times;
    const std::string name(name_of(static_cast<FaultKind>(kind)));
    std::printf("  %-20s %4llu %10llu\n", name.c_str(), static_cast<unsigned long long>(median(sums.faults_of.at(kind))),
                static_cast<unsigned long long>(strikes));
    if (strikes == 0) {
      std::printf("  NEVER: %s\n", name.c_str());
      whole = false;
    }
  }
  std::printf("pairs of operations on one document at two ends, schedules by fault (least, fault):\n");
  for (std::size_t a = 0; a < operation_kinds; ++a) {
    for (std::size_t b = a; b < operation_kinds; ++b) {
      if (!is_pair(a, b)) continue;
      std::uint64_t least = UINT64_MAX;
      std::size_t least_kind = 0;
      for (std::size_t kind = 0; kind < fault_kinds; ++kind) {
        const std::uint64_t times = sums.covered[(a * operation_kinds + b) * fault_kinds + kind];
        if (times < least) least_kind = kind;
        least = std::min(least, times);
      }
      std::printf("  %-16s %-16s %8llu  %s\n", std::string(operation_kind_name(a)).c_str(),
                  std::string(operation_kind_name(b)).c_str(), static_cast<unsigned long long>(least),
                  std::string(name_of(static_cast<FaultKind>(least_kind))).c_str());
      whole = whole && (least > 0 || (!must_be_hit(a) && sums.schedules < pairs_all_from));
    }
  }
  if (complete && !whole) std::printf("INCOMPLETE: a kind of fault or a pair was never hit\n");
  return whole || !complete;
}

}  // namespace vitrine::sim
