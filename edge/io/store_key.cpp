// SPDX-License-Identifier: Apache-2.0
// See store_key.hpp.
#include "edge/io/store_key.hpp"

#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <cstdio>
#include <utility>

namespace vitrine::edge::io {

namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* it) const {
    Free(it);
  }
};
using File = std::unique_ptr<std::FILE, Freed<std::fclose>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

constexpr int number_bytes = 32;

std::unexpected<Error> unusable(const char* what) {
  ERR_clear_error();
  return fail("key_unusable", what);
}

bool is_p256(const EVP_PKEY* key) {
  std::array<char, 64> group{};
  std::size_t size = 0;
  return EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) == 1 &&
         std::string_view(group.data(), size) == "prime256v1";
}

}  // namespace

struct StoreKey::Key {
  std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>> key;
};

StoreKey::StoreKey(std::unique_ptr<Key> key) : key_(std::move(key)) {}
StoreKey::StoreKey(StoreKey&& other) noexcept = default;
StoreKey::~StoreKey() = default;

Result<StoreKey> StoreKey::read(const std::string& file) {
  const File open(std::fopen(file.c_str(), "r"));
  if (!open) return fail("key_unreadable", "cannot read the store's key " + file);
  auto key = std::make_unique<Key>();
  key->key.reset(PEM_read_PrivateKey(open.get(), nullptr, nullptr, nullptr));
  if (!key->key) return unusable("the store's key is no private key in PEM");
  if (!is_p256(key->key.get())) return unusable("the store's key is not on P-256, as vitrine-hub make-store makes it");
  return StoreKey(std::move(key));
}

Result<std::string> StoreKey::sign(std::string_view message) const {
  const Digest digest(EVP_MD_CTX_new());
  const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
  std::array<unsigned char, 80> der{};  // of P-256 at most 72
  std::size_t size = der.size();
  if (EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key_->key.get()) != 1 ||
      EVP_DigestSign(digest.get(), der.data(), &size, bytes, message.size()) != 1) {
    return unusable("the store's key does not sign");
  }
  const unsigned char* at = der.data();
  const Signature pair(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
  std::array<unsigned char, 2 * number_bytes> raw{};
  if (!pair || BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), raw.data(), number_bytes) != number_bytes ||
      BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), raw.data() + number_bytes, number_bytes) != number_bytes) {
    return unusable("the store's key signs in another way");
  }
  return std::string(raw.begin(), raw.end());
}

}  // namespace vitrine::edge::io
