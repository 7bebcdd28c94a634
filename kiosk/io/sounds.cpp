// SPDX-License-Identifier: Apache-2.0
// See sounds.hpp.
#include "kiosk/io/sounds.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <string_view>
#include <utility>

#include "base/log.hpp"

namespace vitrine::kiosk {
namespace {

using namespace std::string_view_literals;

constexpr double volume = 0.4;
constexpr int rate_least = 8'000;
constexpr int rate_most = 48'000;
constexpr std::size_t seconds_most = 2;
constexpr std::size_t bytes_max = 512UL * 1024;

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i)
    value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes.at(at + i))) << (8 * i);
  return value;
}

void put_number(std::string& bytes, std::uint32_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i));
}

std::string wav_of(const Samples& samples) {
  const auto channels = static_cast<std::uint32_t>(samples.channels);
  const auto rate = static_cast<std::uint32_t>(samples.rate);
  const auto size = static_cast<std::uint32_t>(samples.values.size() * 2);
  std::string bytes = "RIFF";
  put_number(bytes, 36 + size, 4);
  bytes += "WAVEfmt ";
  put_number(bytes, 16, 4);
  put_number(bytes, 1, 2);
  put_number(bytes, channels, 2);
  put_number(bytes, rate, 4);
  put_number(bytes, rate * channels * 2, 4);
  put_number(bytes, channels * 2, 2);
  put_number(bytes, 16, 2);
  bytes += "data";
  put_number(bytes, size, 4);
  for (const std::int16_t value : samples.values) put_number(bytes, static_cast<std::uint16_t>(std::lround(value * volume)), 2);
  return bytes;
}

// A note that is struck and dies away.
void add_note(std::vector<std::int16_t>& values, int rate, double hertz, double from_s, double to_s, double fade_s) {
  const auto first = static_cast<std::size_t>(from_s * rate);
  values.resize(std::max(values.size(), static_cast<std::size_t>(to_s * rate)));
  for (std::size_t i = first; i < static_cast<std::size_t>(to_s * rate); ++i) {
    const double t = static_cast<double>(i - first) / rate;
    const double loud = std::min(1.0, t / 0.004) * std::exp(-t / fade_s);
    values[i] = static_cast<std::int16_t>(
        std::clamp(values[i] + 26'000 * loud * std::sin(2 * std::numbers::pi * hertz * t), -32'767.0, 32'767.0));
  }
}

}  // namespace

Samples built_in(Sound sound) {
  Samples samples{.rate = 22'050, .channels = 1, .values = {}};
  if (sound == Sound::touch) {
    add_note(samples.values, samples.rate, 1'900, 0, 0.03, 0.005);
  } else {
    add_note(samples.values, samples.rate, 880, 0, 0.16, 0.05);
    add_note(samples.values, samples.rate, 1'175, 0.09, 0.36, 0.08);
  }
  return samples;
}

Result<Samples> read_wav(const std::string& file) {
  const auto unusable = [&](std::string_view why) { return fail("sound_unusable", file + ": " + std::string(why)); };
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error) || std::filesystem::file_size(file, error) > bytes_max || error) {
    return unusable("is not a file of at most 512 KiB");
  }
  std::ifstream in(file, std::ios::binary);
  const std::string all{std::istreambuf_iterator<char>(in), {}};
  std::string_view bytes = all;
  if (bytes.size() < 12 || !bytes.starts_with("RIFF"sv) || bytes.substr(8, 4) != "WAVE"sv) return unusable("is no WAV file");
  bytes.remove_prefix(12);
  Samples samples;
  while (bytes.size() >= 8) {
    const std::string_view name = bytes.substr(0, 4);
    const std::size_t size = number_at(bytes, 4, 4);
    bytes.remove_prefix(8);
    if (size > bytes.size()) return unusable("breaks off");
    if (name == "fmt "sv) {
      if (size < 16 || number_at(bytes, 0, 2) != 1 || number_at(bytes, 14, 2) != 16) return unusable("is no PCM of 16 bits");
      samples.channels = static_cast<int>(number_at(bytes, 2, 2));
      const std::uint32_t rate = number_at(bytes, 4, 4);
      if (samples.channels < 1 || samples.channels > 2 || rate < rate_least || rate > rate_most) {
        return unusable("has more than two channels, or an odd rate");
      }
      samples.rate = static_cast<int>(rate);
    } else if (name == "data"sv) {
      if (samples.rate == 0) return unusable("does not say what it holds");
      if (size / 2 > seconds_most * static_cast<std::size_t>(samples.rate) * static_cast<std::size_t>(samples.channels))
        return unusable("is longer than 2 s");
      for (std::size_t at = 0; at + 1 < size; at += 2)
        samples.values.push_back(static_cast<std::int16_t>(static_cast<std::uint16_t>(number_at(bytes, at, 2))));
      if (samples.values.empty()) return unusable("holds nothing");
      return samples;
    }
    bytes.remove_prefix(std::min(bytes.size(), size + size % 2));
  }
  return unusable("holds nothing");
}

Result<std::unique_ptr<Sounds>> Sounds::open(const std::string& player) {
  const std::vector<std::string> wanted =
      player.empty() ? std::vector<std::string>{"/usr/bin/aplay", "/usr/bin/paplay"} : std::vector<std::string>{player};
  for (const std::string& each : wanted) {
    if (::access(each.c_str(), X_OK) == 0) return std::unique_ptr<Sounds>(new Sounds(each));
  }
  return fail("no_player", "nothing that plays sounds is installed (aplay or paplay)");
}

void Sounds::use(const std::array<std::string, sound_count>& files) {
  for (std::size_t i = 0; i < sound_count; ++i) {
    Samples samples = built_in(static_cast<Sound>(i));
    if (!files.at(i).empty()) {
      Result<Samples> read = read_wav(files.at(i));
      if (!read) log::warning("a sound of the theme is not used", {{"reason", read.error().message}});
      if (read) samples = std::move(*read);
    }
    const std::string wave = wav_of(samples);
    Descriptor memory(::memfd_create("sound", MFD_CLOEXEC));
    const bool kept = memory && ::write(memory.get(), wave.data(), wave.size()) == static_cast<ssize_t>(wave.size());
    waves_.at(i) = kept ? std::move(memory) : Descriptor();
  }
}

void Sounds::play(Sound sound) {
  const Descriptor& wave = waves_.at(static_cast<std::size_t>(sound));
  if (const auto status = child_.ended(); status.value_or(0) != 0 && !std::exchange(failed_, true)) {
    log::info("no sound is heard: is there a sound card?", {{"program", player_}, {"status", std::to_string(*status)}});
  }
  if (!wave || child_.runs()) return;
  // Opened anew, so that each child reads from the beginning.
  const Descriptor reading(::open(("/proc/self/fd/" + std::to_string(wave.get())).c_str(), O_RDONLY | O_CLOEXEC));
  std::vector<std::string> words{player_};
  if (player_.ends_with("/aplay")) words.emplace_back("-q");
  if (reading && !child_.start(std::move(words), reading.get()) && !std::exchange(failed_, true)) {
    log::info("sounds cannot be played", {{"program", player_}});
  }
}

}  // namespace vitrine::kiosk
