// SPDX-License-Identifier: Apache-2.0
// `staff`: who works in a store. A PIN is drawn here, said once on the terminal and kept as a verifier alone; it is no word of a
// command line, which other users of the machine can read.
#include <algorithm>
#include <array>
#include <ostream>

#include "hub/commands/commands.hpp"
#include "hub/enrolment/key_files.hpp"
#include "hub/enrolment/pins.hpp"
#include "sync/protocol/badge.hpp"
#include "sync/protocol/staff_codec.hpp"
#include "sync/protocol/topics.hpp"

namespace vitrine::hub {

namespace {

constexpr const char* usage =
    "vitrine-hub staff <add|pin|badge|end> <store> <number> … --config hub.toml, or staff list <store>\n"
    "  add takes --name NAME [--initial LETTER] [--role ROLE] [--language CODE…] [--skill WORD…] [--zone WORD…]; without a role, "
    "manager";

struct Asked {
  std::string verb;
  sync::StoreId store;
  std::string number;
};

Result<Asked> asked_of(const Command& command) {
  constexpr auto verbs = std::to_array<std::string_view>({"add", "pin", "badge", "end", "list"});
  const auto& words = command.words;
  if (words.empty() || std::ranges::find(verbs, words[0]) == verbs.end()) return fail("usage", usage);
  const bool lists = words[0] == "list";
  if (words.size() != (lists ? 2U : 3U) || !sync::is_store_id(words[1])) return fail("usage", usage);
  if (!lists && !sync::is_staff_number(words[2])) return fail("usage", "a staff number has 1 to 12 letters, digits and '-'");
  return Asked{words[0], sync::StoreId{words[1]}, lists ? "" : words[2]};
}

Result<sync::Staff> new_member(const Command& command, const Asked& asked) {
  sync::Staff staff;
  staff.store = asked.store;
  staff.number = asked.number;
  staff.name = command.option("--name");
  staff.initial = command.option("--initial");
  staff.role = command.option("--role").empty() ? "manager" : command.option("--role");
  const auto words_of = [&](const char* option, std::vector<std::string>& words) {
    if (const auto given = command.options.find(option); given != command.options.end()) words = given->second;
  };
  words_of("--language", staff.languages);
  words_of("--skill", staff.skills);
  words_of("--zone", staff.zones);
  const auto& own = command.config.staff_roles;
  const auto roles = own.empty() ? sync::protocol::default_staff_roles() : own;
  if (!roles.contains(staff.role)) return fail("role_unknown", "the settings have no role " + staff.role);
  // What a store would not read is not written.
  if (auto good = sync::protocol::decode_staff(sync::protocol::encode_staff(staff)); !good)
    return fail("usage", good.error().message + "\n" + usage);
  return staff;
}

std::optional<sync::Staff> read_member(const CommandDesk& desk, const Asked& asked) {
  const auto document = desk.authority.document(sync::protocol::staff_key(asked.store, asked.number));
  if (!document || !document->body) return std::nullopt;
  auto staff = sync::protocol::decode_staff(*document->body);
  return staff ? std::optional(std::move(*staff)) : std::nullopt;
}

Result<std::string> new_badge(const Command& command, sync::Staff& staff, UtcMs now) {
  const auto keys = read_pass_keys(command.config.keys_folder());
  if (keys.empty()) return fail("no_key", "no key signs badges yet: vitrine-hub make-pass-key makes one");
  staff.badge = command.chance.hex_128();
  const sync::protocol::Badge badge{keys.rbegin()->first, UtcMs{now.value / 1000 * 1000}, staff.store, staff.number, staff.badge};
  return sync::protocol::sign_badge(badge, keys.rbegin()->second.secret);
}

void list(const CommandDesk& desk, const sync::StoreId& store, std::ostream& out) {
  const std::string first = store.text + "/";
  const auto entries = desk.authority.live_after(sync::protocol::own_stream(store), {"staff", first}, 8 << 20);
  for (const auto& entry : entries) {
    if (entry.key.collection != "staff" || !entry.key.id.starts_with(first)) break;
    const auto staff = entry.body ? sync::protocol::decode_staff(*entry.body) : fail("staff_malformed", "");
    if (!staff) continue;
    out << staff->number << "  " << staff->name << " " << staff->initial << "  " << staff->role
        << (staff->pin.empty() ? "" : "  PIN") << (staff->badge.empty() ? "" : "  badge")
        << (staff->works_at(desk.now.utc) ? "" : "  not now") << "\n";
  }
}

}  // namespace

Result<int> staff(const Command& command) {
  const auto asked = asked_of(command);
  if (!asked) return std::unexpected(asked.error());
  sync::Staff fresh;
  if (asked->verb == "add") {
    auto made = new_member(command, *asked);
    if (!made) return std::unexpected(made.error());
    fresh = std::move(*made);
  }
  std::string pin;
  std::string verifier;
  if (asked->verb == "add" || asked->verb == "pin") {
    pin = draw_pin(command.chance);
    auto hashed = hash_pin(pin);
    if (!hashed) return std::unexpected(hashed.error());
    verifier = std::move(*hashed);
  }
  std::string badge;
  Result<void> done;
  const auto committed = write_once(command, [&](CommandDesk& desk) {
    if (asked->verb == "list") return list(desk, asked->store, command.out);
    const auto store = desk.authority.document({"content", "store/" + asked->store.text});
    if (!store || !store->body) {
      done = fail("store_unknown", "there is no store " + asked->store.text + ": import its stores table first");
      return;
    }
    auto member = read_member(desk, *asked);
    if (member.has_value() == (asked->verb == "add")) {
      done = member ? fail("staff_exists", "number " + asked->number + " is taken in " + asked->store.text)
                    : fail("staff_unknown", "nobody has number " + asked->number + " in " + asked->store.text);
      return;
    }
    if (asked->verb == "add") member = fresh;
    if (!verifier.empty()) member->pin = verifier;
    if (asked->verb == "end") member->to = desk.now.utc;
    if (asked->verb == "badge") {
      auto text = new_badge(command, *member, desk.now.utc);
      if (!text) {
        done = std::unexpected(text.error());
        return;
      }
      badge = std::move(*text);
    }
    desk.end.put(sync::protocol::staff_key(asked->store, asked->number), sync::protocol::encode_staff(*member), desk.now);
  });
  if (!committed) return std::unexpected(committed.error());
  if (!done) return std::unexpected(done.error());
  if (!pin.empty()) {
    command.out << "number " << asked->number << ", PIN " << pin << "\n"
                << "Next: tell them; it is said nowhere again. Their store has it as soon as it has heard from the hub.\n";
  }
  if (!badge.empty()) command.out << badge << "\nNext: print it as a QR code. A badge that they had before opens nothing now.\n";
  if (asked->verb == "end") command.out << "number " << asked->number << " signs in no more, as soon as the store has heard.\n";
  return 0;
}

}  // namespace vitrine::hub
