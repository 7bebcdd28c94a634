// SPDX-License-Identifier: Apache-2.0
// Plain files as they are, gzip files (RFC 1952, also of several members) through zlib.
#include "hub/import/byte_source.hpp"

#include <zlib.h>

#include <array>
#include <cstdio>
#include <string>
#include <utility>

#include "base/require.hpp"

namespace vitrine::hub {

struct ByteSource::State {
  std::FILE* file = nullptr;
  bool is_gzip = false;
  bool is_between_members = true;  // at the start of the file or behind a complete member
  std::uint64_t consumed = 0;
  z_stream inflate{};
  std::array<unsigned char, 65536> packed{};

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (is_gzip) inflateEnd(&inflate);
    if (file != nullptr) std::fclose(file);
  }

  Result<std::size_t> read_packed(unsigned char* into, std::size_t size) {
    const std::size_t got = std::fread(into, 1, size, file);
    if (got == 0 && std::ferror(file) != 0) return fail("import_file", "cannot be read");
    consumed += got;
    return got;
  }
};

ByteSource::ByteSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;
ByteSource::~ByteSource() = default;

Result<ByteSource> ByteSource::open(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return fail("import_file", "is not a regular file");
  auto state = std::make_unique<State>();
  state->file = std::fopen(file.c_str(), "rb");
  if (state->file == nullptr) return fail("import_file", "cannot be opened");
  if (file.extension() == ".gz") {
    // 16: gzip only, with its checksum checked at the end of each member.
    require(inflateInit2(&state->inflate, 16 + MAX_WBITS) == Z_OK, "zlib has memory");
    state->is_gzip = true;
  }
  return ByteSource(std::move(state));
}

Result<std::size_t> ByteSource::read(std::span<char> into) {
  State& s = *state_;
  if (into.empty()) return std::size_t{0};
  auto* out = reinterpret_cast<unsigned char*>(into.data());
  if (!s.is_gzip) return s.read_packed(out, into.size());
  s.inflate.next_out = out;
  s.inflate.avail_out = static_cast<uInt>(into.size());
  while (s.inflate.avail_out == into.size()) {
    if (s.inflate.avail_in == 0) {
      const Result<std::size_t> got = s.read_packed(s.packed.data(), s.packed.size());
      if (!got) return got;
      if (*got == 0) {
        if (s.is_between_members && s.consumed > 0) return std::size_t{0};
        return fail("import_gzip", "ends in the middle of the compressed data");
      }
      s.inflate.next_in = s.packed.data();
      s.inflate.avail_in = static_cast<uInt>(*got);
    }
    s.is_between_members = false;
    const int answer = ::inflate(&s.inflate, Z_NO_FLUSH);
    if (answer == Z_STREAM_END) {
      inflateReset(&s.inflate);
      s.is_between_members = true;
    } else if (answer != Z_OK && answer != Z_BUF_ERROR) {
      return fail("import_gzip", "holds damaged compressed data, or is no gzip file");
    }
  }
  return into.size() - s.inflate.avail_out;
}

std::uint64_t ByteSource::consumed() const { return state_->consumed; }

}  // namespace vitrine::hub
