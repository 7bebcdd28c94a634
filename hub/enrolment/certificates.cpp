// SPDX-License-Identifier: Apache-2.0
// X.509 by OpenSSL 3. Extensions: RFC 5280, sections 4.2.1.1-4.2.1.12.
#include "hub/enrolment/certificates.hpp"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

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
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;

constexpr std::int64_t day_s = 24L * 3600;
constexpr std::int64_t clock_slack_s = 3600;  // a box whose clock is behind can use its certificate at once

std::unexpected<Error> failed(std::string_view doing) {
  char text[256] = "";
  const unsigned long code = ERR_get_error();
  if (code != 0) ERR_error_string_n(code, text, sizeof text);
  ERR_clear_error();
  return fail("certificate_failed", std::string(doing) + ": " + text);
}

Key new_key() { return Key(EVP_EC_gen("P-256")); }

std::string text_of(BIO* memory) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(memory, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

std::string key_text(EVP_PKEY* key) {
  const Memory memory(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return text_of(memory.get());
}

std::string certificate_text(X509* certificate) {
  const Memory memory(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(memory.get(), certificate);
  return text_of(memory.get());
}

Key read_key(const std::string& text) {
  const Memory memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  return Key(PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr));
}

Certificate read_certificate(const std::string& text) {
  const Memory memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  return Certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
}

bool add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// The parts that every certificate has: version, random serial, names, validity, public key.
Certificate begin_certificate(EVP_PKEY* key, const std::string& common_name, X509* issuer, UtcMs now, std::int64_t days) {
  Certificate certificate(X509_new());
  const Number serial(BN_new());
  if (!certificate || !serial) return nullptr;
  X509_NAME* name = X509_get_subject_name(certificate.get());
  const bool made =
      X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
      BN_rand(serial.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
      BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate.get())) != nullptr &&
      X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(common_name.data()),
                                 static_cast<int>(common_name.size()), -1, 0) == 1 &&
      X509_set_issuer_name(certificate.get(), issuer == nullptr ? name : X509_get_subject_name(issuer)) == 1 &&
      ASN1_TIME_set(X509_getm_notBefore(certificate.get()), now.value / 1000 - clock_slack_s) != nullptr &&
      ASN1_TIME_set(X509_getm_notAfter(certificate.get()), now.value / 1000 + days * day_s) != nullptr &&
      X509_set_pubkey(certificate.get(), key) == 1;
  return made ? std::move(certificate) : nullptr;
}

std::string alternative_names(const std::vector<std::string>& hosts) {
  std::string text;
  for (const std::string& host : hosts) {
    unsigned char address[16];
    const bool is_address = inet_pton(AF_INET, host.c_str(), address) == 1 || inet_pton(AF_INET6, host.c_str(), address) == 1;
    text += (text.empty() ? "" : ",") + std::string(is_address ? "IP:" : "DNS:") + host;
  }
  return text;
}

bool are_hosts(const std::vector<std::string>& hosts) {
  for (const std::string& host : hosts) {
    if (host.empty() ||
        host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:*") != std::string::npos) {
      return false;
    }
  }
  return true;
}

}  // namespace

Result<KeyPair> make_authority_pair(const std::string& name, UtcMs now) {
  const Key key = new_key();
  if (!key) return failed("making a key");
  const Certificate certificate = begin_certificate(key.get(), name, nullptr, now, authority_days);
  if (!certificate || !add_extension(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
      !add_extension(certificate.get(), certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign") ||
      !add_extension(certificate.get(), certificate.get(), NID_subject_key_identifier, "hash") ||
      X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0) {
    return failed("making the authority's certificate");
  }
  return KeyPair{key_text(key.get()), certificate_text(certificate.get())};
}

Result<KeyPair> make_certificate(const KeyPair& authority, const CertificateWish& wish, UtcMs now) {
  const Key authority_key = read_key(authority.key);
  const Certificate issuer = read_certificate(authority.certificate);
  if (!authority_key || !issuer) return failed("reading the authority's key and certificate");
  if (X509_check_private_key(issuer.get(), authority_key.get()) != 1) {
    return failed("the authority's key does not belong to its certificate");
  }
  if (!are_hosts(wish.hosts)) return fail("certificate_failed", "a host may hold letters, digits, '.', '-' and ':' only");
  const Key key = new_key();
  if (!key) return failed("making a key");
  const bool server = wish.use == CertificateUse::server;
  const Certificate certificate = begin_certificate(key.get(), wish.common_name, issuer.get(), now, certificate_days);
  if (!certificate || !add_extension(certificate.get(), issuer.get(), NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension(certificate.get(), issuer.get(), NID_key_usage, "critical,digitalSignature") ||
      !add_extension(certificate.get(), issuer.get(), NID_ext_key_usage, server ? "serverAuth" : "clientAuth") ||
      !add_extension(certificate.get(), issuer.get(), NID_subject_key_identifier, "hash") ||
      !add_extension(certificate.get(), issuer.get(), NID_authority_key_identifier, "keyid:always") ||
      (!wish.hosts.empty() &&
       !add_extension(certificate.get(), issuer.get(), NID_subject_alt_name, alternative_names(wish.hosts))) ||
      X509_sign(certificate.get(), authority_key.get(), EVP_sha256()) == 0) {
    return failed("making the certificate of " + wish.common_name);
  }
  return KeyPair{key_text(key.get()), certificate_text(certificate.get())};
}

bool certificate_is_good(const std::string& certificate, const std::string& authority, const std::vector<std::string>& hosts,
                         UtcMs now) {
  constexpr std::int64_t spare_days = 30;
  const Certificate read = read_certificate(certificate);
  const Certificate issuer = read_certificate(authority);
  if (!read || !issuer || X509_verify(read.get(), X509_get0_pubkey(issuer.get())) != 1) return false;
  time_t later = now.value / 1000 + spare_days * day_s;
  if (X509_cmp_time(X509_get0_notAfter(read.get()), &later) <= 0) return false;
  for (const std::string& host : hosts) {
    if (X509_check_ip_asc(read.get(), host.c_str(), 0) != 1 &&
        X509_check_host(read.get(), host.c_str(), host.size(), 0, nullptr) != 1) {
      return false;
    }
  }
  return true;
}

}  // namespace vitrine::hub
