// SPDX-License-Identifier: Apache-2.0
// Bursts against people: see wedge_decoder.hpp. A whole run of characters is judged once, at its end; never a part of it, since
// the mean gap of a beginning says nothing about the rest.
#include "kiosk/input/wedge_decoder.hpp"

#include <algorithm>
#include <utility>

namespace vitrine::kiosk {

bool WedgeDecoder::looks_scanned() const {
  if (count_ < rules_.characters_least || count_ < 2) return false;
  if (last_.value - first_.value >= rules_.mean_gap_ms_below * static_cast<std::int64_t>(count_ - 1)) return false;
  if (held_.size() < rules_.prefix.size()) return false;
  return std::equal(rules_.prefix.begin(), rules_.prefix.end(), held_.begin(),
                    [](char a, char32_t b) { return static_cast<char32_t>(static_cast<unsigned char>(a)) == b; });
}

std::int64_t WedgeDecoder::patience_ms() const {
  if (!looks_scanned()) return rules_.silence_ms;
  return scanner_ends_codes_ ? rules_.stall_before_end_ms : rules_.stall_ms;
}

void WedgeDecoder::decide(std::vector<Heard>& out) {
  if (count_ == 0) return;
  if (count_ > scan_length_max) {
    out.emplace_back(ScanTooLong{});
  } else if (looks_scanned()) {
    std::string text;
    text.reserve(held_.size());
    for (const char32_t c : held_) text.push_back(c < 0x7F ? static_cast<char>(c) : '?');
    text.erase(0, rules_.prefix.size());
    out.emplace_back(scan_from(std::move(text), ScanSource::wedge, last_));
  } else {
    for (const char32_t c : held_) out.emplace_back(Typed{.key = WedgeKey::character, .character = c});
  }
  wipe();
}

std::vector<Heard> WedgeDecoder::character(char32_t c, MonoMs earliest, MonoMs at) {
  std::vector<Heard> out = passed(earliest);
  scan_ended_by_silence_at_.reset();
  if (count_ == 0) first_ = at;
  if (count_ < scan_length_max) {
    // Grows in one step, so that no outgrown copy of a code stays behind in memory.
    if (held_.capacity() < scan_length_max) held_.reserve(scan_length_max);
    held_.push_back(c);
  }
  ++count_;
  last_ = at;
  return out;
}

std::vector<Heard> WedgeDecoder::key(WedgeKey key, MonoMs earliest) {
  std::vector<Heard> out = passed(earliest);
  const bool ends_codes = key == WedgeKey::enter || key == WedgeKey::tab;
  if (ends_codes && count_ == 0 && scan_ended_by_silence_at_ &&
      earliest.value - scan_ended_by_silence_at_->value <= rules_.late_end_ms) {
    scan_ended_by_silence_at_.reset();
    return out;
  }
  const bool was_scan = count_ > scan_length_max || looks_scanned();
  decide(out);
  scan_ended_by_silence_at_.reset();
  if (was_scan && ends_codes) scanner_ends_codes_ = true;
  if (!(was_scan && ends_codes)) out.emplace_back(Typed{.key = key, .character = 0});
  return out;
}

std::vector<Heard> WedgeDecoder::passed(MonoMs now) {
  std::vector<Heard> out;
  if (count_ == 0 || now.value - last_.value < patience_ms()) return out;
  const bool was_scan = count_ > scan_length_max || looks_scanned();
  const MonoMs ended = last_;
  decide(out);
  if (was_scan) {
    scan_ended_by_silence_at_ = ended;
    scanner_ends_codes_ = false;
  }
  return out;
}

std::optional<MonoMs> WedgeDecoder::deadline() const {
  if (count_ == 0) return std::nullopt;
  return last_.plus(patience_ms());
}

void WedgeDecoder::wipe() {
  volatile char32_t* out = held_.data();
  for (std::size_t i = 0; i < held_.size(); ++i) out[i] = 0;
  held_.clear();
  count_ = 0;
}

}  // namespace vitrine::kiosk
