// SPDX-License-Identifier: Apache-2.0
// `audit`: who did and saw what in the stores, as they told of it: searched, checked, and what was wrong with it settled.
#include <charconv>
#include <ostream>

#include "base/readable_utc.hpp"
#include "hub/commands/commands.hpp"
#include "hub/database/audit_lines.hpp"
#include "hub/import/fields.hpp"
#include "sync/protocol/audit_codec.hpp"
#include "sync/protocol/identity.hpp"

namespace vitrine::hub {

using database::AuditLines;
using sync::AuditChain;

namespace {

constexpr const char* usage =
    "vitrine-hub audit verify [<store>] | settle <store> | list [<store>] [--who NUMBER] [--what ACTION] [--whom SUBJECT]\n"
    "  [--customer CUSTOMER] [--since DAY] [--until DAY] [--limit COUNT] --config hub.toml";
constexpr std::size_t listed = 100;
constexpr std::size_t listed_max = 10'000;

// Whether all is well with it.
bool tell(std::ostream& out, const sync::StoreId& store, const AuditChain& chain, const database::AuditKept& kept) {
  const std::uint64_t open = chain.broken - chain.settled;
  out << store.text << "  " << (kept.broken_at || open > 0 ? "WRONG" : "good ") << "  " << kept.lines
      << " lines kept, told up to " << chain.last.n << (chain.last.n > 0 ? " at " + readable_utc(chain.at) : "") << "\n";
  if (kept.broken_at) out << "  line " << *kept.broken_at << " stands behind none that is kept\n";
  const std::size_t first = chain.breaks.size() - std::min<std::uint64_t>(open, chain.breaks.size());
  for (std::size_t i = first; i < chain.breaks.size(); ++i) {
    const sync::AuditBreak& one = chain.breaks[i];
    out << "  " << one.what << " at line " << one.n << ", told " << readable_utc(one.stamp.at) << "\n";
  }
  if (chain.settled > 0) out << "  " << chain.settled << " of " << chain.broken << " breaks are settled\n";
  return !kept.broken_at && open == 0;
}

Result<int> verify(const Command& command, const std::string& wanted) {
  bool good = true;
  bool known = wanted.empty();
  const auto committed = write_once(command, [&](CommandDesk& desk) {
    AuditLines lines(desk.authority.connection());
    for (const auto& [store, chain] : lines.chains()) {
      if (!wanted.empty() && store.text != wanted) continue;
      known = true;
      good = tell(command.out, store, chain, lines.check(store)) && good;
    }
  });
  if (!committed) return std::unexpected(committed.error());
  if (!known) return fail("store_unknown", "no store " + wanted + " has told of an audit");
  return good ? 0 : 1;
}

Result<int> settle(const Command& command, const std::string& store) {
  Result<void> done;
  const auto committed = write_once(command, [&](CommandDesk& desk) {
    const auto document = desk.authority.document(sync::protocol::audit_key(sync::StoreId{store}));
    const auto chain = document && document->body ? sync::protocol::decode_audit(*document->body) : fail("", "");
    if (!chain || chain->broken == chain->settled) {
      done = fail("nothing_to_settle", "nothing is open in the audit of " + store);
      return;
    }
    sync::ends::HubAction action{sync::TransactionId{command.chance.hex_128()}, "operator", {}};
    action.operations.push_back(
        sync::protocol::encode_audit_operation(sync::StoreId{store}, sync::rules::AuditSettle{chain->broken}));
    action.operations.back().salt = command.chance.hex_128();
    desk.end.perform(action, desk.now);
    command.out << "settled " << chain->broken - chain->settled << " breaks of " << store
                << "; verify and list show them as before\n";
  });
  if (!committed) return std::unexpected(committed.error());
  if (!done) return std::unexpected(done.error());
  return 0;
}

Result<void> read_day(const Command& command, const char* option, UtcMs& day) {
  const std::string text = command.option(option);
  if (text.empty()) return {};
  const auto read = parse_utc(text);
  if (!read) return fail("usage", std::string(option) + " is a day as 2026-11-29, or 2026-11-29T14:00Z");
  day = *read;
  return {};
}

Result<int> list(const Command& command, const std::string& store) {
  database::AuditQuestion question;
  question.store = store;
  question.staff = command.option("--who");
  question.action = command.option("--what");
  question.subject = command.option("--whom");
  const std::string customer = command.option("--customer");
  if (!customer.empty() && !question.subject.empty()) return fail("usage", "--customer or --whom, not both");
  for (const auto& read : {read_day(command, "--since", question.since), read_day(command, "--until", question.until)}) {
    if (!read) return std::unexpected(read.error());
  }
  std::size_t limit = listed;
  if (const std::string text = command.option("--limit"); !text.empty()) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (error != std::errc() || end != text.data() + text.size() || limit < 1 || limit > listed_max)
      return fail("usage", "--limit is a number from 1 to 10000");
  }
  const auto committed = write_once(command, [&](CommandDesk& desk) {
    if (!customer.empty())
      question.subject = sync::protocol::customer_tag(desk.authority.digest_key(), sync::CustomerId{customer});
    for (const auto& [of, one] : AuditLines(desk.authority.connection()).find(question, limit)) {
      command.out << of.text << "  " << one.n << "  " << readable_utc(one.at) << "  " << (one.staff.empty() ? "-" : one.staff)
                  << "  " << one.device << "  " << one.action << (one.subject.empty() ? "" : " " + one.subject) << "  "
                  << one.outcome << "\n";
    }
  });
  if (!committed) return std::unexpected(committed.error());
  return 0;
}

}  // namespace

Result<int> audit(const Command& command) {
  const auto& words = command.words;
  const std::string verb = words.empty() ? "" : words[0];
  const std::string store = words.size() > 1 ? words[1] : "";
  if (words.size() > 2 || (!store.empty() && !sync::is_store_id(store))) return fail("usage", usage);
  if (verb == "verify") return verify(command, store);
  if (verb == "list") return list(command, store);
  if (verb == "settle" && !store.empty()) return settle(command, store);
  return fail("usage", usage);
}

}  // namespace vitrine::hub
