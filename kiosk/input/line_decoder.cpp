// SPDX-License-Identifier: Apache-2.0
// Framing of a serial scanner's bytes; see line_decoder.hpp.
#include "kiosk/input/line_decoder.hpp"

#include <utility>

namespace vitrine::kiosk {

void LineDecoder::end_line(std::vector<Scan>& out) {
  if (too_long_) {
    ++dropped_;
  } else if (!line_.empty()) {
    out.push_back(scan_from(line_, ScanSource::serial, last_));
  }
  wipe();
}

std::vector<Scan> LineDecoder::bytes(std::string_view bytes, MonoMs at) {
  std::vector<Scan> out = passed(at);
  if (bytes.empty()) return out;
  last_ = at;
  for (const char c : bytes) {
    if (c == '\r' || c == '\n') {
      end_line(out);
      continue;
    }
    if (c == 0x02 || c == 0x03) continue;
    if (line_.size() >= length_max_) {
      too_long_ = true;
      continue;
    }
    if (line_.capacity() < length_max_) line_.reserve(length_max_);
    line_.push_back(c);
  }
  return out;
}

std::vector<Scan> LineDecoder::passed(MonoMs now) {
  std::vector<Scan> out;
  if (deadline() && now.value >= deadline()->value) end_line(out);
  return out;
}

std::optional<MonoMs> LineDecoder::deadline() const {
  if (line_.empty() && !too_long_) return std::nullopt;
  return last_.plus(silence_ms_);
}

void LineDecoder::wipe() {
  kiosk::wipe(line_);
  too_long_ = false;
}

}  // namespace vitrine::kiosk
