// SPDX-License-Identifier: Apache-2.0
// `make-pass-key`: the key that signs carts on phones, and the document by which stores trust it. `app-key add`: the key of a
// retailer's own app.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "hub/commands/commands.hpp"
#include "hub/enrolment/key_files.hpp"
#include "sync/protocol/trust_codec.hpp"

namespace vitrine::hub {

Result<int> make_pass_key(const Command& command) {
  const std::string folder = command.config.keys_folder();
  std::uint32_t id = 1;
  for (const auto& [number, key] : read_pass_keys(folder)) id = std::max(id, number + 1);
  PassKey key;
  std::string path;
  Result<void> wrote;
  // The private half is on disk before any store can hear of the public one.
  const auto committed = write_once(command, [&](CommandDesk& desk) {
    while (desk.authority.document({"trust", "key/" + std::to_string(id)})) ++id;
    key = make_pass_key(id);
    const auto written = write_pass_key(folder, key);
    if (!written) {
      wrote = std::unexpected(written.error());
      return;
    }
    path = *written;
    sync::protocol::TrustedKey trusted;
    trusted.key_id = id;
    trusted.public_key = key.public_key;
    trusted.from = desk.now.utc;
    desk.end.put({"trust", "key/" + std::to_string(id)}, sync::protocol::encode_trusted_key(trusted), desk.now);
  });
  if (!wrote) return std::unexpected(wrote.error());
  if (!committed) {
    unlink(path.c_str());
    return std::unexpected(committed.error());
  }
  command.out
      << "made   " << path << " (keep it safe), and the document trust/key/" << id << " for the stores\n"
      << "Next: nothing; a running hub signs with the newest key. Older keys stay trusted for the passes that they signed.\n";
  return 0;
}

Result<int> add_app_key(const Command& command) {
  if (command.words.size() != 2 || command.words.front() != "add") {
    return fail("usage", "vitrine-hub app-key add <file with an Ed25519 public key> [--name <name>] --config hub.toml");
  }
  const std::string& file = command.words.back();
  const auto text = read_text_file(file);
  if (!text) return std::unexpected(text.error());
  const auto key = read_public_key(*text);
  if (!key) return std::unexpected(key.error().within(file));
  const std::string name =
      command.option("--name").empty() ? std::filesystem::path(file).stem().string() : command.option("--name");
  bool fresh = false;
  const auto committed = write_once(command, [&](CommandDesk& desk) { fresh = desk.rows.add_app_key(name, *key, desk.now.utc); });
  if (!committed) return std::unexpected(committed.error());
  command.out << (fresh ? "added  the key of " : "kept   the key, which was there already: ") << name << "\n"
              << "Next: the app sends \"Authorization: Bearer <JWT>\" with POST /api/v1/session, signed with EdDSA by that key; "
              << "claims sub (the customer), aud \"vitrine\", exp, and jti for tokens that are to be taken once.\n";
  return 0;
}

}  // namespace vitrine::hub
