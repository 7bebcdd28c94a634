// SPDX-License-Identifier: Apache-2.0
// ECDSA over SHA-256, by OpenSSL 3.
#include "hub/enrolment/outbox_seal.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <memory>

namespace vitrine::hub {

namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* it) const {
    Free(it);
  }
};
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

Certificate read_certificate(const std::string& pem) {
  const Memory memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return Certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
}

std::unexpected<Error> forged(const char* what) {
  ERR_clear_error();
  return fail("outbox_forged", what);
}

}  // namespace

Result<std::string> signer_of(const sync::protocol::SealedOutbox& sealed, const std::string& authority_certificate) {
  const Certificate signer = read_certificate(sealed.certificate);
  const Certificate authority = read_certificate(authority_certificate);
  if (!signer || !authority) return forged("a certificate cannot be read");
  if (X509_verify(signer.get(), X509_get0_pubkey(authority.get())) != 1)
    return forged("its certificate is not of this authority");
  const Digest digest(EVP_MD_CTX_new());
  const auto* signature = reinterpret_cast<const unsigned char*>(sealed.signature.data());
  const auto* text = reinterpret_cast<const unsigned char*>(sealed.text.data());
  if (EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, X509_get0_pubkey(signer.get())) != 1 ||
      EVP_DigestVerify(digest.get(), signature, sealed.signature.size(), text, sealed.text.size()) != 1) {
    return forged("the signature is not over what the file says");
  }
  std::array<char, 256> name{};
  const int size = X509_NAME_get_text_by_NID(X509_get_subject_name(signer.get()), NID_commonName, name.data(), name.size());
  if (size <= 0) return forged("its certificate names nobody");
  return std::string(name.data(), static_cast<std::size_t>(size));
}

}  // namespace vitrine::hub
