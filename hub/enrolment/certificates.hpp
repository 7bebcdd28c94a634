// SPDX-License-Identifier: Apache-2.0
// Makes keys and certificates of a small authority of the retailer's own: ECDSA P-256, through OpenSSL's EVP and X509 calls.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"

namespace vitrine::hub {

inline constexpr std::int64_t authority_days = 3650;
inline constexpr std::int64_t certificate_days = 820;  // longer ones are refused by phones

// A private key and its certificate, both PEM.
struct KeyPair {
  std::string key;
  std::string certificate;
};

enum class CertificateUse { server, client };

struct CertificateWish {
  std::string common_name;
  CertificateUse use = CertificateUse::client;
  std::vector<std::string> hosts;  // of a server: DNS names and IP addresses
};

// Errors of both: "certificate_failed", with OpenSSL's words.
Result<KeyPair> make_authority_pair(const std::string& name, UtcMs now);
Result<KeyPair> make_certificate(const KeyPair& authority, const CertificateWish& wish, UtcMs now);

// True when the certificate was made by that authority, covers the hosts, and holds for at least 30 more days.
bool certificate_is_good(const std::string& certificate, const std::string& authority, const std::vector<std::string>& hosts,
                         UtcMs now);

}  // namespace vitrine::hub
