// SPDX-License-Identifier: Apache-2.0
// Two slots in two sectors, written in turn, each with a checksum: a torn write leaves the other one.
#include "edge/io/witness.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>
#include <vector>

#include "sync/model/ids.hpp"

namespace vitrine::edge::io {

using daemon::Witnessed;

namespace {

constexpr std::size_t slot_bytes = 128;
constexpr off_t slot_apart = 4096;  // no sector and no page holds both
constexpr std::string_view head = "vitrine-witness-1";

std::uint64_t checksum(std::string_view text) {
  std::uint64_t sum = 14695981039346656037ULL;
  for (const char c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return sum;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

std::optional<std::uint64_t> number_of(std::string_view word) {
  std::uint64_t value = 0;
  const auto [end, wrong] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (wrong != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return value;
}

struct Slot {
  std::uint64_t turn = 0;
  Witnessed said;
};

// "vitrine-witness-1 <turn> <incarnation> <n> <checksum>\n"
std::optional<Slot> read_slot(int fd, off_t at) {
  std::array<char, slot_bytes> bytes{};
  if (pread(fd, bytes.data(), bytes.size(), at) != static_cast<ssize_t>(bytes.size())) return std::nullopt;
  std::string_view line(bytes.data(), bytes.size());
  line = line.substr(0, line.find('\n'));
  const auto words = words_of(line);
  if (words.size() != 5 || words[0] != head || !sync::is_hex_128(words[2])) return std::nullopt;
  const auto turn = number_of(words[1]);
  const auto n = number_of(words[3]);
  const std::string_view covered = line.substr(0, line.rfind(' '));
  if (!turn || !n || number_of(words[4]) != checksum(covered)) return std::nullopt;
  return Slot{*turn, {sync::IncarnationId{std::string(words[2])}, *n}};
}

}  // namespace

Result<WitnessFile> WitnessFile::open(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return fail("state_unwritable", path + ": " + std::strerror(errno));
  return WitnessFile(fd);
}

WitnessFile::WitnessFile(WitnessFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)), turn_(other.turn_) {}

WitnessFile::~WitnessFile() {
  if (fd_ < 0) return;
  settle();
  ::close(fd_);
}

std::optional<Witnessed> WitnessFile::said() {
  std::optional<Slot> newest;
  for (const off_t at : {off_t{0}, slot_apart}) {
    auto slot = read_slot(fd_, at);
    if (slot && (!newest || slot->turn > newest->turn)) newest = std::move(slot);
  }
  if (!newest) return std::nullopt;
  turn_ = newest->turn;
  return newest->said;
}

void WitnessFile::note(const Witnessed& now) {
  ++turn_;
  std::string line =
      std::string(head) + " " + std::to_string(turn_) + " " + now.incarnation.text + " " + std::to_string(now.last_n);
  line += " " + std::to_string(checksum(line)) + "\n";
  line.resize(slot_bytes, ' ');
  // A disk that takes nothing leaves the older slot, which is behind: no harm.
  [[maybe_unused]] const ssize_t written = pwrite(fd_, line.data(), line.size(), turn_ % 2 == 0 ? 0 : slot_apart);
}

void WitnessFile::settle() { fdatasync(fd_); }

}  // namespace vitrine::edge::io
