// SPDX-License-Identifier: Apache-2.0
// See own_figures.hpp.
#include "kiosk/io/own_figures.hpp"

#include <fstream>

#include "kiosk/io/request_id.hpp"

namespace vitrine::kiosk {

std::int64_t memory_bytes(const std::string& name) {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    std::int64_t kib = 0;
    if (word == name + ":" && status >> kib) return kib * 1024;
  }
  return 0;
}

OwnFigures::OwnFigures() { figures_.start = new_request_id(); }

void OwnFigures::note(ScanKind kind) {
  ++(kind == ScanKind::pass_link ? figures_.scans.pass : kind == ScanKind::gtin ? figures_.scans.product : figures_.scans.other);
}

void OwnFigures::note(const Event& event) {
  if (std::holds_alternative<EdgeLost>(event)) ++figures_.errors.edge_lost;
  const auto* failed = std::get_if<RequestFailed>(&event);
  // What no visit asked for is this report itself.
  if (failed != nullptr && failed->code == "no_answer" && failed->asked.number != 0) ++figures_.errors.no_answer;
  const auto* printed = std::get_if<PaperPrinted>(&event);
  if (printed != nullptr && !printed->failed.empty()) ++figures_.errors.printer;
}

std::optional<ReportFigures> OwnFigures::due(MonoMs now, const Statistics& statistics,
                                             const std::optional<ReportFigures::Bell>& bell) {
  if (now < next_) return std::nullopt;
  next_ = now.plus(each_ms);
  figures_.bell = bell;
  figures_.frames = statistics.frames;
  figures_.frames_shown = statistics.frames_shown;
  figures_.memory_bytes = static_cast<std::uint64_t>(memory_bytes("VmRSS"));
  return figures_;
}

}  // namespace vitrine::kiosk
