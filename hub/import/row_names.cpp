// SPDX-License-Identifier: Apache-2.0
#include "hub/import/row_names.hpp"

#include <sodium.h>

#include <array>

namespace vitrine::hub {

std::string name_of_row(const std::string& row) {
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(row.data()), row.size(), nullptr, 0);
  std::string hex(2 * hash.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

}  // namespace vitrine::hub
