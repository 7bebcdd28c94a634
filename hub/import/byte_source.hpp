// SPDX-License-Identifier: Apache-2.0
// The bytes of a table file, unpacked on the way when its name ends in .gz. Holds one small buffer, whatever the file's size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "base/result.hpp"

namespace vitrine::hub {

class ByteSource {
 public:
  // Errors: import_file (not there, not a regular file, not readable).
  static Result<ByteSource> open(const std::filesystem::path& file);
  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) noexcept;
  ~ByteSource();

  // Fills the front of `into`; 0 at the end. Errors: import_file, import_gzip (damaged, or the file ends in the middle).
  Result<std::size_t> read(std::span<char> into);
  // Bytes of the file on disk used so far.
  [[nodiscard]] std::uint64_t consumed() const;

 private:
  struct State;
  explicit ByteSource(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace vitrine::hub
