// SPDX-License-Identifier: Apache-2.0
// What is played, how loud, and what becomes of files and players that are no good.
#include "kiosk/io/sounds.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "tests/kiosk/io/wait_until.hpp"

using namespace vitrine::kiosk;

namespace {

std::string scratch(const std::string& name) {
  return (std::filesystem::temp_directory_path() / ("vitrine_sound_" + name)).string();
}

std::string read_all(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_all(const std::string& file, const std::string& bytes) { std::ofstream(file, std::ios::binary) << bytes; }

std::string wav(int rate, int channels, int bits, const std::string& data) {
  const auto number = [](int value, int size) {
    std::string bytes;
    for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i));
    return bytes;
  };
  return "RIFF" + number(36 + static_cast<int>(data.size()), 4) + "WAVE" + "LIST" + number(3, 4) + std::string("abc\0", 4) +
         "fmt " + number(16, 4) + number(1, 2) + number(channels, 2) + number(rate, 4) + number(rate * channels * bits / 8, 4) +
         number(channels * bits / 8, 2) + number(bits, 2) + "data" + number(static_cast<int>(data.size()), 4) + data;
}

// A player that keeps what it was given.
std::string keeping_player(const std::string& into) {
  const std::string file = scratch("player");
  write_all(file, "#!/bin/sh\ncat > '" + into + ".part' && mv '" + into + ".part' '" + into + "'\n");
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  return file;
}

int loudest(const std::string& bytes) {
  const auto samples = read_wav((write_all(scratch("heard.wav"), bytes), scratch("heard.wav")));
  REQUIRE_MESSAGE(samples, samples.error().message);
  int most = 0;
  for (const std::int16_t value : samples->values) most = std::max(most, std::abs(static_cast<int>(value)));
  return most;
}

}  // namespace

TEST_CASE("both sounds reach the player as whole WAV files, never louder than 40 %") {
  const std::string heard = scratch("heard");
  const auto sounds = Sounds::open(keeping_player(heard));
  REQUIRE(sounds);
  (*sounds)->use({});
  for (const Sound sound : {Sound::touch, Sound::scan, Sound::touch}) {
    std::filesystem::remove(heard);
    // The player before may still be there for a moment.
    REQUIRE(wait_until([&] {
      (*sounds)->play(sound);
      return std::filesystem::exists(heard);
    }));
    CHECK(loudest(read_all(heard)) > 3'000);
    CHECK(loudest(read_all(heard)) <= 32'768 * 0.4 + 1);
  }
  // A retailer's own, at full volume; a broken one is the built-in one.
  const std::string loud(400, '\x7F');
  write_all(scratch("own.wav"), wav(8'000, 1, 16, loud));
  write_all(scratch("broken.wav"), wav(8'000, 1, 16, loud).substr(0, 100));
  (*sounds)->use({scratch("own.wav"), scratch("broken.wav")});
  for (const auto& [sound, size] :
       {std::pair{Sound::touch, 44 + loud.size()}, std::pair{Sound::scan, 44 + built_in(Sound::scan).values.size() * 2}}) {
    std::filesystem::remove(heard);
    REQUIRE(wait_until([&] {
      (*sounds)->play(sound);
      return std::filesystem::exists(heard) && read_all(heard).size() == size;
    }));
  }
}

TEST_CASE("no player, one that fails, one that cannot run: silence") {
  CHECK_FALSE(Sounds::open("/nowhere/aplay"));
  for (const char* program : {"/bin/false", "config/examples/theme.toml"}) {
    auto sounds = Sounds::open(program);
    if (!sounds) continue;
    (*sounds)->use({});
    for (int i = 0; i < 20; ++i) (*sounds)->play(Sound::scan);
  }
}

TEST_CASE("WAV files that are too long, of another kind or hostile are refused with the reason") {
  const auto why = [](const std::string& bytes) {
    write_all(scratch("why.wav"), bytes);
    const auto read = read_wav(scratch("why.wav"));
    return read ? std::string() : read.error().message;
  };
  const std::string data(200, '\1');
  CHECK(why(wav(44'100, 2, 16, data)).empty());
  CHECK(why(wav(44'100, 2, 8, data)).find("PCM of 16 bits") != std::string::npos);
  CHECK(why(wav(44'100, 6, 16, data)).find("channels") != std::string::npos);
  CHECK(why(wav(96'000, 1, 16, data)).find("rate") != std::string::npos);
  CHECK(why(wav(8'000, 1, 16, std::string(8'000 * 2 * 2 + 2, '\1'))).find("longer than 2 s") != std::string::npos);
  CHECK(why(wav(8'000, 1, 16, "")).find("holds nothing") != std::string::npos);
  CHECK(why("RIFF").find("no WAV") != std::string::npos);
  CHECK(read_wav("/dev/zero").error().code == "sound_unusable");
  std::mt19937 chance(3);
  const std::string good = wav(22'050, 1, 16, data);
  for (int round = 0; round < 1'000; ++round) {
    std::string bytes = good;
    for (unsigned changes = 1 + chance() % 5; changes > 0; --changes)
      bytes[chance() % bytes.size()] = static_cast<char>(chance());
    if (chance() % 3 == 0) bytes.resize(chance() % bytes.size());
    write_all(scratch("hostile.wav"), bytes);
    if (const auto read = read_wav(scratch("hostile.wav"))) CHECK(read->values.size() <= 2 * 2 * 48'000);
  }
}
