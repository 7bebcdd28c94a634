// SPDX-License-Identifier: Apache-2.0
// Secrets on disk; Ed25519 by libsodium.
#include "hub/enrolment/key_files.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/require.hpp"

namespace vitrine::hub {

using sync::protocol::PublicKey;

namespace {

std::unexpected<Error> unwritable(const std::string& path, int error) {
  return fail(error == ENOSPC ? "disk_full" : "file_unwritable", "cannot write " + path + ": " + std::strerror(error));
}

Result<void> write_new(const std::string& path, std::string_view text) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) {
    if (errno == EEXIST) return fail("file_exists", path + " is there already; move it away to make a new one");
    return unwritable(path, errno);
  }
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t wrote = write(fd, text.data() + done, text.size() - done);
    if (wrote < 0) {
      const int error = errno;
      close(fd);
      unlink(path.c_str());
      return unwritable(path, error);
    }
    done += static_cast<std::size_t>(wrote);
  }
  fsync(fd);
  close(fd);
  return {};
}

template <std::size_t Size>
bool from_base64(std::string_view text, std::array<std::uint8_t, Size>& bytes) {
  std::size_t size = 0;
  return sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), " \r\n", &size, nullptr,
                           sodium_base64_VARIANT_ORIGINAL) == 0 &&
         size == bytes.size();
}

}  // namespace

Result<void> write_secret_file(const std::string& path, std::string_view text) {
  std::error_code wrong;
  const auto folder = std::filesystem::path(path).parent_path();
  if (!folder.empty() && std::filesystem::create_directories(folder, wrong)) chmod(folder.c_str(), 0700);
  if (wrong) return fail("file_unwritable", "cannot make " + folder.string() + ": " + wrong.message());
  return write_new(path, text);
}

Result<std::string> read_text_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return fail("file_unreadable", "cannot read " + path);
  return text.str();
}

Result<void> replace_file(const std::string& path, std::string_view text) {
  const std::string fresh = path + ".new";
  unlink(fresh.c_str());
  if (auto wrote = write_new(fresh, text); !wrote) return wrote;
  if (rename(fresh.c_str(), path.c_str()) != 0) return unwritable(path, errno);
  return {};
}

PassKey make_pass_key(std::uint32_t id) {
  require(sodium_init() >= 0, "libsodium");
  PassKey key{id, {}, {}};
  crypto_sign_keypair(key.public_key.data(), key.secret.data());
  return key;
}

Result<std::string> write_pass_key(const std::string& folder, const PassKey& key) {
  char text[sodium_base64_ENCODED_LEN(64, sodium_base64_VARIANT_ORIGINAL)];
  sodium_bin2base64(text, sizeof text, key.secret.data(), key.secret.size(), sodium_base64_VARIANT_ORIGINAL);
  const std::string path = folder + "/pass-" + std::to_string(key.id) + ".key";
  if (auto wrote = write_secret_file(path, std::string(text) + "\n"); !wrote) return std::unexpected(wrote.error());
  return path;
}

std::map<std::uint32_t, PassKey> read_pass_keys(const std::string& folder) {
  std::map<std::uint32_t, PassKey> keys;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("pass-") || !name.ends_with(".key")) continue;
    PassKey key;
    const char* end = name.data() + name.size() - 4;
    if (const auto [stop, wrong] = std::from_chars(name.data() + 5, end, key.id); wrong != std::errc{} || stop != end) continue;
    const auto text = read_text_file(entry.path().string());
    if (!text || !from_base64(*text, key.secret)) continue;
    crypto_sign_ed25519_sk_to_pk(key.public_key.data(), key.secret.data());
    keys.emplace(key.id, key);
  }
  return keys;
}

Result<PublicKey> read_public_key(std::string_view text) {
  PublicKey key{};
  constexpr std::string_view begin = "-----BEGIN PUBLIC KEY-----";
  constexpr std::string_view end = "-----END PUBLIC KEY-----";
  const std::size_t from = text.find(begin);
  const std::size_t to = text.find(end);
  if (from == std::string_view::npos || to == std::string_view::npos || to < from) {
    if (from_base64(text, key)) return key;
    return fail("key_malformed", "neither a PEM public key nor the base64 of 32 bytes");
  }
  // RFC 8410: a SubjectPublicKeyInfo of Ed25519 is this prefix and the key.
  constexpr std::array<std::uint8_t, 12> prefix = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
  std::array<std::uint8_t, 44> info{};
  const std::size_t body = from + begin.size();
  if (!from_base64(text.substr(body, to - body), info) || !std::equal(prefix.begin(), prefix.end(), info.begin())) {
    return fail("key_malformed", "the PEM file holds no Ed25519 public key");
  }
  std::copy(info.begin() + prefix.size(), info.end(), key.begin());
  return key;
}

}  // namespace vitrine::hub
