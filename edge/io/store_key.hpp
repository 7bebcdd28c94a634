// SPDX-License-Identifier: Apache-2.0
// The key of the store's certificate, where this store signs what it says to people's phones.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace vitrine::edge::io {

// ECDSA over SHA-256 on P-256, by OpenSSL. Used from any thread.
class StoreKey {
 public:
  // Errors: "key_unreadable", "key_unusable" for a key of another kind.
  static Result<StoreKey> read(const std::string& file);
  StoreKey(StoreKey&& other) noexcept;
  ~StoreKey();
  StoreKey& operator=(StoreKey&&) = delete;

  // r and s, 32 bytes each. Errors: "key_unusable".
  [[nodiscard]] Result<std::string> sign(std::string_view message) const;

 private:
  struct Key;
  explicit StoreKey(std::unique_ptr<Key> key);
  std::unique_ptr<Key> key_;
};

}  // namespace vitrine::edge::io
