// SPDX-License-Identifier: Apache-2.0
// Tells a scanner that types from a person who types. Characters are held back until it is clear which of the two they are, so
// that a scan never lands in a field and never fires a shortcut: key presses go in with their time, typed keys or scans come out.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/time_point.hpp"
#include "kiosk/input/scan.hpp"

namespace vitrine::kiosk {

enum class WedgeKey : std::uint8_t {
  character,
  enter,
  tab,
  back_tab,
  backspace,
  erase,
  escape,
  left,
  right,
  up,
  down,
  home,
  end,
  speak,      // starts reading aloud, then repeats
  louder,     // round through the volumes
  queue,      // a counter's: to its queue
  customer,   // a counter's: to whoever stands there
  stock,      // a counter's: to what the store has
  take_back,  // a counter's: to what comes back
  board,      // a counter's: to what the store measures
  picking,    // a counter's: to what is to be fetched
  status,     // a counter's: to how the store stands
  filter,     // a counter's: a list shows another part of what there is
  note,       // a counter's: something is written
  lock,       // a counter's: the screen is left
  alt,        // Alt with a letter, which is `character`: a counter's
};

// One key for the text path.
struct Typed {
  WedgeKey key = WedgeKey::character;
  char32_t character = 0;  // when key is `character` or `alt`
  bool operator==(const Typed&) const = default;
};

// A burst longer than scan_length_max: neither text nor a scan.
struct ScanTooLong {
  bool operator==(const ScanTooLong&) const = default;
};

using Heard = std::variant<Typed, Scan, ScanTooLong>;

struct WedgeRules {
  std::size_t characters_least = 6;
  // A burst's mean time between characters is below this; people stay above 50 ms.
  std::int64_t mean_gap_ms_below = 35;
  // So much silence ends a person's run of characters.
  std::int64_t silence_ms = 60;
  // So much ends a run that is a scan already, when no Enter or Tab does: a busy machine may hold up the middle of a long code,
  // and half a code is worse than a late one.
  std::int64_t stall_ms = 180;
  // The same for a scanner whose last code did end in Enter or Tab: its end is known, so a silence is more likely a hold-up.
  std::int64_t stall_before_end_ms = 600;
  // Enter or Tab so soon after a burst that silence ended still belongs to it.
  std::int64_t late_end_ms = 500;
  // What the scanner is set up to send first (AIM identifiers apart): with it set, a burst without it is typing. Taken off.
  std::string prefix;
};

class WedgeDecoder {
 public:
  explicit WedgeDecoder(WedgeRules rules = {}) : rules_(std::move(rules)) {}

  // When a press happened: not before `earliest`, at `at` at the latest. The two differ when a frame was drawn in between, and a
  // pause that may have been none is none: a burst must not fall apart because the kiosk was busy. Times must not go back. Each
  // answers what is decided by it, in the order in which it was typed.
  std::vector<Heard> character(char32_t c, MonoMs earliest, MonoMs at);
  std::vector<Heard> key(WedgeKey key, MonoMs earliest);
  std::vector<Heard> character(char32_t c, MonoMs at) { return character(c, at, at); }
  // To be called when the deadline has passed and every key press up to `now` has gone in.
  std::vector<Heard> passed(MonoMs now);

  // When silence will decide what is held back; nothing when nothing is.
  [[nodiscard]] std::optional<MonoMs> deadline() const;
  [[nodiscard]] bool holds_characters() const { return count_ > 0; }

  // Forgets and overwrites what is held back (end of a visit).
  void wipe();

 private:
  [[nodiscard]] bool looks_scanned() const;
  [[nodiscard]] std::int64_t patience_ms() const;
  void decide(std::vector<Heard>& out);

  WedgeRules rules_;
  std::u32string held_;
  std::size_t count_ = 0;  // also counts what was too long to be held
  MonoMs first_{};
  MonoMs last_{};
  std::optional<MonoMs> scan_ended_by_silence_at_;
  bool scanner_ends_codes_ = false;  // the last code ended in Enter or Tab
};

}  // namespace vitrine::kiosk
