// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/ledger.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

namespace vitrine::sim {

namespace {

constexpr std::uint64_t first_deep_seed = 1'000'001;  // those of every day are below

}  // namespace

Ledger::Ledger(std::string path, std::string commit)
    : path_(std::move(path)), commit_(std::move(commit)), next_seed_(first_deep_seed) {
  std::ifstream file(path_);
  for (std::string line; std::getline(file, line);) {
    const auto record = nlohmann::json::parse(line, nullptr, false);
    if (!record.is_object() || !record.contains("commit")) continue;
    count(record.value("commit", ""), record.value("first_seed", std::uint64_t{0}),
          {record.value("schedules", std::uint64_t{0}), record.value("messages", std::uint64_t{0}),
           record.value("operations", std::uint64_t{0}), record.value("failed", nlohmann::json::array()).size()});
  }
}

void Ledger::count(const std::string& commit, std::uint64_t first_seed, const Totals& part) {
  const auto add_to = [&](Totals& totals) {
    totals.schedules += part.schedules;
    totals.messages += part.messages;
    totals.operations += part.operations;
    totals.failed += part.failed;
  };
  add_to(all_);
  if (commit == commit_) add_to(mine_);
  next_seed_ = std::max(next_seed_, first_seed + part.schedules);
}

bool Ledger::add(std::uint64_t first_seed, const Sums& sums) {
  nlohmann::json failed = nlohmann::json::array();
  for (const FailedSeed& one : sums.failed) failed.push_back({{"seed", one.seed}, {"check", one.check}});
  const nlohmann::json record = {{"commit", commit_},         {"first_seed", first_seed},      {"schedules", sums.schedules},
                                 {"messages", sums.messages}, {"operations", sums.operations}, {"failed", failed}};
  const std::string line = record.dump() + "\n";
  std::FILE* file = std::fopen(path_.c_str(), "a");
  if (file == nullptr) return false;
  const bool written =
      std::fwrite(line.data(), 1, line.size(), file) == line.size() && std::fflush(file) == 0 && fsync(fileno(file)) == 0;
  if (std::fclose(file) != 0 || !written) return false;
  count(commit_, first_seed, {sums.schedules, sums.messages, sums.operations, sums.failed.size()});
  return true;
}

void Ledger::print() const {
  const auto line = [](const std::string& what, const Totals& totals) {
    std::printf("%-34s %llu schedules, %llu messages, %llu operations, %llu failed\n", what.c_str(),
                static_cast<unsigned long long>(totals.schedules), static_cast<unsigned long long>(totals.messages),
                static_cast<unsigned long long>(totals.operations), static_cast<unsigned long long>(totals.failed));
  };
  line("ledger, commit " + commit_, mine_);
  line("ledger, all commits", all_);
}

double seconds_of(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  const std::string unit = end;
  return unit == "s" ? value : unit == "m" ? value * 60 : unit == "h" ? value * 3600 : 0;
}

}  // namespace vitrine::sim
