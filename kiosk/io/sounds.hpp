// SPDX-License-Identifier: Apache-2.0
// The kiosk's two short sounds, at 40 % of full volume, through aplay or paplay run as a child. Without either, or without a
// sound card, the kiosk is silent and goes on.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "kiosk/io/child.hpp"
#include "kiosk/io/descriptor.hpp"

namespace vitrine::kiosk {

enum class Sound : std::size_t { touch, scan };
inline constexpr std::size_t sound_count = 2;

// 16-bit samples of one or two channels.
struct Samples {
  int rate = 0;
  int channels = 1;
  std::vector<std::int16_t> values;
};
// A WAV file: PCM of 16 bits, one or two channels, 8,000 to 48,000 Hz, 2 s at most. Error "sound_unusable".
Result<Samples> read_wav(const std::string& file);
// What is played without a file: a soft click, two rising notes.
Samples built_in(Sound sound);

class Sounds {
 public:
  // `player` empty: aplay, else paplay, whichever is installed; "none": silence. Error "no_player".
  static Result<std::unique_ptr<Sounds>> open(const std::string& player);

  // Of each sound its file; empty, or one that cannot be used (logged): the built-in one.
  void use(const std::array<std::string, sound_count>& files);
  // Never waits. While one sounds the next is left out.
  void play(Sound sound);

 private:
  explicit Sounds(std::string player) : player_(std::move(player)) {}

  std::string player_;
  std::array<Descriptor, sound_count> waves_;  // files in memory, read anew by each child
  Child child_;
  bool failed_ = false;  // said once in the log
};

}  // namespace vitrine::kiosk
