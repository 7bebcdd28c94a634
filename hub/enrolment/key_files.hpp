// SPDX-License-Identifier: Apache-2.0
// Files that hold secrets: written for the owner alone, never over one that is there.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sync/protocol/pass.hpp"

namespace vitrine::hub {

// Mode 0600. Errors: "file_exists", "file_unwritable", "disk_full".
Result<void> write_secret_file(const std::string& path, std::string_view text);
// Errors: "file_unreadable".
Result<std::string> read_text_file(const std::string& path);
// Mode 0600; replaces what is there in one step.
Result<void> replace_file(const std::string& path, std::string_view text);

// Keys of passes: <folder>/pass-<id>.key, the base64 of libsodium's 64 bytes.
struct PassKey {
  std::uint32_t id = 0;
  sync::protocol::SecretKey secret{};
  sync::protocol::PublicKey public_key{};
};

PassKey make_pass_key(std::uint32_t id);
Result<std::string> write_pass_key(const std::string& folder, const PassKey& key);
// Every key in the folder by id; files that are none are left out.
std::map<std::uint32_t, PassKey> read_pass_keys(const std::string& folder);

// An Ed25519 public key: PEM ("BEGIN PUBLIC KEY"), or the base64 of its 32 bytes. Error: "key_malformed".
Result<sync::protocol::PublicKey> read_public_key(std::string_view text);

}  // namespace vitrine::hub
