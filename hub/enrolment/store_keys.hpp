// SPDX-License-Identifier: Apache-2.0
// What stores sign with the keys of their certificates. `make-store` leaves a copy of each certificate with the hub's keys.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::hub {

// Where the hub keeps a store's certificate: <keys>/stores/<store>.crt
std::string store_certificate_file(const std::string& keys_folder, const sync::StoreId& store);
// Makes the folder where there is none; all of it belongs to whoever has the state folder. Errors: those of replace_file.
Result<void> keep_store_certificate(const std::string& keys_folder, const sync::StoreId& store, std::string_view certificate);

// What says that a store said something: r and s of ECDSA over SHA-256 on P-256, by the key that the retailer's authority
// certified for this store. The certificate's end is not looked at: what it signs has an end of its own. Errors:
// "pass_unknown_key" where the hub has no certificate of that store, "pass_forged".
Result<void> judge_store_signature(const std::string& keys_folder, const std::string& authority_certificate,
                                   const sync::StoreId& store, const std::string& message, std::string_view signature);

}  // namespace vitrine::hub
