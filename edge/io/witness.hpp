// SPDX-License-Identifier: Apache-2.0
// The witness: which life the store's database was in and how far, outside the database. A database that is behind it was rolled
// back. It is written after each commit and synced once a second at most, so it costs no action a sync: after a power cut it may
// be behind the database, which is no doubt, and it is never ahead by itself.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "edge/daemon/witness.hpp"

namespace vitrine::edge::io {

class WitnessFile final : public daemon::Witness {
 public:
  // Makes the file where there is none. Errors: "state_unwritable".
  static Result<WitnessFile> open(const std::string& path);
  WitnessFile(WitnessFile&& other) noexcept;
  WitnessFile& operator=(WitnessFile&&) = delete;
  WitnessFile(const WitnessFile&) = delete;
  WitnessFile& operator=(const WitnessFile&) = delete;
  ~WitnessFile() override;

  std::optional<daemon::Witnessed> said() override;
  void note(const daemon::Witnessed& now) override;
  void settle() override;

 private:
  explicit WitnessFile(int fd) : fd_(fd) {}
  int fd_;
  std::uint64_t turn_ = 0;
};

}  // namespace vitrine::edge::io
