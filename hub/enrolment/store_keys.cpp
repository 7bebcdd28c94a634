// SPDX-License-Identifier: Apache-2.0
// See store_keys.hpp.
#include "hub/enrolment/store_keys.hpp"

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ecdsa.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

#include "hub/enrolment/key_files.hpp"
#include "hub/enrolment/outbox_seal.hpp"

namespace vitrine::hub {

namespace {

constexpr int number_bytes = 32;

struct FreePair {
  void operator()(ECDSA_SIG* pair) const { ECDSA_SIG_free(pair); }
};

// As OpenSSL wants it. Empty: no such pair.
std::string der_of(std::string_view signature) {
  if (signature.size() != 2 * number_bytes) return {};
  const auto* bytes = reinterpret_cast<const unsigned char*>(signature.data());
  const std::unique_ptr<ECDSA_SIG, FreePair> pair(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(bytes, number_bytes, nullptr);
  BIGNUM* s = BN_bin2bn(bytes + number_bytes, number_bytes, nullptr);
  if (!pair || ECDSA_SIG_set0(pair.get(), r, s) != 1) {
    BN_free(r);
    BN_free(s);
    return {};
  }
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &der);
  std::string out = size > 0 ? std::string(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)) : std::string();
  OPENSSL_free(der);
  return out;
}

std::unexpected<Error> unwritable(const std::string& path) {
  return fail("file_unwritable", "cannot write " + path + ": " + std::strerror(errno));
}

// The command that makes certificates runs as root, the hub as who has its state.
bool belongs_to(const std::string& path, const struct stat& owner) {
  return ::geteuid() != 0 || ::lchown(path.c_str(), owner.st_uid, owner.st_gid) == 0;
}

}  // namespace

std::string store_certificate_file(const std::string& keys_folder, const sync::StoreId& store) {
  return keys_folder + "/stores/" + store.text + ".crt";
}

Result<void> keep_store_certificate(const std::string& keys_folder, const sync::StoreId& store, std::string_view certificate) {
  const std::string folder = keys_folder + "/stores";
  const std::string file = store_certificate_file(keys_folder, store);
  const std::string state = std::filesystem::path(keys_folder).parent_path();
  struct stat owner{};
  if (::stat(state.c_str(), &owner) != 0) return unwritable(state);
  for (const std::string& each : {keys_folder, folder}) {
    if (::mkdir(each.c_str(), 0700) == 0 ? !belongs_to(each, owner) : errno != EEXIST) return unwritable(each);
  }
  if (auto wrote = replace_file(file, certificate); !wrote) return wrote;
  return belongs_to(file, owner) ? Result<void>{} : unwritable(file);
}

Result<void> judge_store_signature(const std::string& keys_folder, const std::string& authority_certificate,
                                   const sync::StoreId& store, const std::string& message, std::string_view signature) {
  const auto certificate = read_text_file(store_certificate_file(keys_folder, store));
  if (!certificate) return fail("pass_unknown_key", "this hub has no certificate of the store " + store.text);
  const auto signer = signer_of({der_of(signature), *certificate, message}, authority_certificate);
  if (!signer) return fail("pass_forged", signer.error().message);
  if (*signer != store.text) return fail("pass_forged", "the certificate is of " + *signer);
  return {};
}

}  // namespace vitrine::hub
