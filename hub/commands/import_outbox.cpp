// SPDX-License-Identifier: Apache-2.0
// `import-outbox`: what a store without a line wanted to say, from the file that `vitrinectl sync export-outbox` wrote. Numbers,
// hashes and ids are judged as if the store had sent it, so a repeat, and the store's own reconnect later, change nothing.
#include <fstream>
#include <iterator>
#include <ostream>

#include "hub/commands/commands.hpp"
#include "hub/enrolment/key_files.hpp"
#include "hub/enrolment/outbox_seal.hpp"
#include "sync/tuning.hpp"

namespace vitrine::hub {

namespace protocol = sync::protocol;

namespace {

constexpr std::size_t batches_per_commit = 10;  // a running `serve` waits no longer than for these

struct Taken {
  std::uint64_t n = 0;
  std::optional<protocol::OpsRefused> refused;
};

// The rules may fail on a transaction, and it is tried again at once: nobody sends this file a second time by himself.
Taken take_batch(sync::ends::HubEnd& end, const sync::StoreId& store, const protocol::Ops& batch, Now now) {
  Taken taken;
  for (std::uint64_t tries = 0; tries <= sync::tuning::ops_transactions_max * sync::tuning::poison_tries; ++tries) {
    const auto answer = end.import_batch(store, batch, now);
    if (!answer) continue;
    if (const auto* refused = std::get_if<protocol::OpsRefused>(&*answer)) {
      taken.refused = *refused;
      return taken;
    }
    taken.n = std::get<protocol::OpsApplied>(*answer).n;
    if (taken.n >= batch.transactions.back().n) break;
  }
  return taken;
}

Result<protocol::OutboxText> read_outbox(const std::string& path, const std::string& authority_file) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file) return fail("file_unreadable", "cannot read " + path);
  const auto authority = read_text_file(authority_file);
  if (!authority) return std::unexpected(authority.error());
  const auto sealed = protocol::unseal_outbox(bytes);
  if (!sealed) return std::unexpected(sealed.error().within(path));
  const auto signer = signer_of(*sealed, *authority);
  if (!signer) return std::unexpected(signer.error().within(path));
  auto outbox = protocol::decode_outbox(sealed->text);
  if (!outbox) return std::unexpected(outbox.error().within(path));
  if (outbox->store.text != *signer) {
    return fail("outbox_forged", path + ": " + *signer + " signed what it says is of " + outbox->store.text);
  }
  return outbox;
}

}  // namespace

Result<int> import_outbox(const Command& command) {
  if (command.words.size() != 1) return fail("usage", "vitrine-hub import-outbox <file> --config hub.toml");
  auto outbox = read_outbox(command.words.front(), command.config.mqtt.ca);
  if (!outbox) return std::unexpected(outbox.error());
  const sync::StoreId& store = outbox->store;
  std::uint64_t last = 0;
  std::uint64_t before = 0;
  std::size_t carried = 0;
  std::optional<protocol::OpsRefused> refused;
  bool known = false;
  for (std::size_t next = 0; next < outbox->batches.size() && !refused;) {
    const auto committed = write_once(command, [&](CommandDesk& desk) {
      known = desk.authority.knows_store(store);
      if (!known) return;
      if (next == 0) before = desk.end.import_greeting(store, *outbox, desk.now);
      for (std::size_t i = 0; i < batches_per_commit && next < outbox->batches.size() && !refused; ++i, ++next) {
        const protocol::Ops& batch = outbox->batches[next];
        if (batch.transactions.empty()) continue;
        const Taken taken = take_batch(desk.end, store, batch, desk.now);
        refused = taken.refused;
        last = std::max(last, taken.n);
        carried += batch.transactions.size();
      }
    });
    if (!committed) return std::unexpected(committed.error());
    if (!known) return fail("store_unknown", "this hub knows no store " + store.text);
  }
  if (refused) {
    return fail("outbox_refused", "the hub refuses what comes next (" + refused->code + "): nothing of that batch was applied" +
                                      (refused->code == "gap" ? "; it expects n " + std::to_string(refused->expected) : ""));
  }
  command.out << "took   " << carried << " transactions of " << store.text << "; the hub had them up to n " << before
              << ", and has them up to n " << std::max(last, before) << " now\n"
              << "Next: nothing. When the store has its line again it sends the same, and hears that it is here.\n";
  return 0;
}

}  // namespace vitrine::hub
