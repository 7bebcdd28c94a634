// SPDX-License-Identifier: Apache-2.0
// vitrinectl sync export-outbox: what waits for the hub, as a file signed with the store's own key. Only reads the database, from
// one snapshot, also while the daemon runs; nothing is marked as sent.
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>

#include "edge/database/waiting.hpp"
#include "sync/protocol/outbox_file.hpp"
#include "tools/vitrinectl/command.hpp"

namespace vitrine::ctl {

namespace protocol = sync::protocol;

namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* it) const {
    Free(it);
  }
};
using File = std::unique_ptr<std::FILE, Freed<std::fclose>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

Result<std::string> signature_over(const std::string& text, const std::string& key_file) {
  const File file(std::fopen(key_file.c_str(), "r"));
  if (!file) return fail("key_unreadable", "cannot read the store's key " + key_file);
  const Key key(PEM_read_PrivateKey(file.get(), nullptr, nullptr, nullptr));
  const Digest digest(EVP_MD_CTX_new());
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  std::string signature;
  if (!key || EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
      EVP_DigestSign(digest.get(), nullptr, &size, bytes, text.size()) != 1) {
    return fail("key_unusable", key_file + " cannot sign");
  }
  signature.resize(size);
  if (EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, text.size()) != 1) {
    return fail("key_unusable", key_file + " cannot sign");
  }
  signature.resize(size);
  return signature;
}

// On the stick before it is said to be: synced, and never half there under its name.
Result<void> write_synced(const std::string& path, const std::string& bytes) {
  const std::string beside = path + ".part";
  const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return fail("file_unwritable", "cannot write " + beside);
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t wrote = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (wrote <= 0) break;
    done += static_cast<std::size_t>(wrote);
  }
  const bool good = done == bytes.size() && fsync(fd) == 0;
  if (::close(fd) != 0 || !good || std::rename(beside.c_str(), path.c_str()) != 0) {
    ::unlink(beside.c_str());
    return fail("file_unwritable", "cannot write all of " + path);
  }
  return {};
}

}  // namespace

Result<int> sync_export_outbox(const Command& command) {
  if (command.words.size() != 1) return fail("usage", "sync export-outbox takes one word, the file to write");
  const auto outbox = edge::database::waiting_outbox(command.config.database_file(), command.now.utc);
  if (!outbox) return std::unexpected(outbox.error());
  if (outbox->batches.empty()) {
    command.out << "Nothing waits: the hub has all of it. No file was written.\n";
    return exit_good;
  }
  protocol::SealedOutbox sealed;
  sealed.text = protocol::encode_outbox(*outbox);
  std::ifstream certificate(command.config.mqtt.cert);
  sealed.certificate.assign(std::istreambuf_iterator<char>(certificate), std::istreambuf_iterator<char>());
  if (!certificate || sealed.certificate.empty()) {
    return fail("certificate_unreadable", "cannot read the store's certificate " + command.config.mqtt.cert);
  }
  auto signature = signature_over(sealed.text, command.config.mqtt.key);
  if (!signature) return std::unexpected(signature.error());
  sealed.signature = std::move(*signature);
  const std::string& path = command.words.front();
  if (auto written = write_synced(path, protocol::seal_outbox(sealed)); !written) return std::unexpected(written.error());
  std::size_t count = 0;
  for (const protocol::Ops& batch : outbox->batches) count += batch.transactions.size();
  command.out << "Wrote " << count << " actions of " << outbox->store.text << " to " << path
              << ". It holds what people did; carry it as you would carry their orders.\n"
              << "At the hub: vitrine-hub import-outbox " << path << "\n";
  return exit_good;
}

}  // namespace vitrine::ctl
