// SPDX-License-Identifier: Apache-2.0
// Statements: sql/erasure.sql.
#include "hub/database/erasures.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>

#include "base/log.hpp"
#include "sync/ends/chain.hpp"
#include "sync/ends/erasure.hpp"
#include "sync/ends/presence.hpp"
#include "sync/planted.hpp"
#include "sync/protocol/identity.hpp"
#include "sync/protocol/message_codec.hpp"

namespace vitrine::hub::database {

namespace {

const sync::StreamName settings{"settings"};

std::string path_in(const std::string& state_folder) { return state_folder + "/erasures"; }

std::vector<std::string> tags_in(Connection& connection) {
  std::vector<std::string> tags;
  Statement row = connection.statement("erasures");
  while (row.step()) tags.emplace_back(row.text_at(0));
  return tags;
}

std::vector<std::string> not_in(std::vector<std::string> some, const std::vector<std::string>& others) {
  const std::set<std::string> there(others.begin(), others.end());
  std::erase_if(some, [&](const std::string& one) { return there.contains(one); });
  return some;
}

}  // namespace

std::optional<Error> note_erasures(const std::string& state_folder, const std::vector<std::string>& tags) {
  if (tags.empty()) return std::nullopt;
  // What a power cut left of a line is no tag: the next ones begin on a line of their own.
  std::string text = "\n";
  for (const std::string& tag : tags) text += tag + "\n";
  const std::string path = path_in(state_folder);
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const bool written =
      file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  const int wrong = errno;
  if (file >= 0) ::close(file);
  if (!written) return Error{"state_unusable", "cannot write " + path + ": " + std::strerror(wrong)};
  const int folder = ::open(state_folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    ::fsync(folder);
    ::close(folder);
  }
  return std::nullopt;
}

std::vector<std::string> noted_erasures(const std::string& state_folder) {
  std::vector<std::string> tags;
  std::ifstream in(path_in(state_folder));
  for (std::string line; std::getline(in, line);) {
    if (sync::is_hex_128(line)) tags.push_back(line);
  }
  return tags;
}

Result<ErasedCustomer> erase_customer(SqlAuthority& authority, sync::ends::HubEnd& end, const std::string& state_folder,
                                      const sync::CustomerId& customer, Now now) {
  const std::string tag = sync::protocol::customer_tag(authority.digest_key(), customer);
  const auto noted = noted_erasures(state_folder);
  if (std::ranges::find(noted, tag) == noted.end()) {
    if (auto failed = note_erasures(state_folder, {tag})) return std::unexpected(*failed);
  }
  ErasedCustomer erased{tag, now.utc, end.erase(customer, now)};
  const auto known = authority.document(sync::ends::erasure_key(tag));
  if (known && known->body) erased.at = sync::ends::erased_at(*known->body);
  log::notice("a customer was erased", {{"erasure", tag}, {"repeated", erased.done.repeated ? "yes" : "no"}});
  return erased;
}

std::optional<Error> settle_erasures(Connection& connection, const std::string& state_folder, const sync::ends::Chance& chance,
                                     Now now) {
  if (planted(sync::Bug::erased_by_restore)) return std::nullopt;
  const std::vector<std::string> noted = noted_erasures(state_folder);
  connection.begin_read();
  const std::vector<std::string> known = tags_in(connection);
  if (auto failed = connection.commit()) return failed;
  if (const auto lost = not_in(noted, known); !lost.empty()) {
    SqlAuthority authority(connection);
    authority.begin();
    sync::ends::HubEnd(authority, chance).erase_again(lost, now);
    if (auto failed = authority.commit()) return failed;
    log::warning("this database did not know of customers who were erased: they are erased again",
                 {{"erasures", std::to_string(lost.size())}});
  }
  return note_erasures(state_folder, not_in(known, noted));
}

std::uint64_t erasures_known(Connection& connection) {
  Statement row = connection.statement("erasure_count");
  return row.step() ? row.unsigned_at(0) : 0;
}

std::uint64_t erasures_unheard(Connection& connection, const std::string& presence, const sync::Era& era) {
  Statement row = connection.statement("erasures_behind");
  return row.unsigned_integer(sync::ends::cursor_in(presence, settings, era)).step() ? row.unsigned_at(0) : 0;
}

std::vector<sync::StoreId> stores_unaware(SqlAuthority& authority, const std::string& tag) {
  std::uint64_t place = 0;
  {
    Statement row = authority.connection().statement("erasure_place");
    if (!row.text(tag).step()) return {};
    place = row.unsigned_at(0);
  }
  const sync::Era era = authority.era();
  std::vector<sync::StoreId> unaware = authority.stores();
  std::erase_if(unaware, [&](const sync::StoreId& store) {
    return sync::ends::cursor_in(authority.presence(store), settings, era) >= place;
  });
  return unaware;
}

// Of the port: what is beside the documents.
void SqlAuthority::forget_person(const sync::CustomerId& person, const std::vector<sync::Identity>& identities) {
  for (const sync::Identity& one : identities) connection_.statement("forget_sought").text(one.kind + "/" + one.hash).run();
  for (const char* name : {"drop_sessions_of", "drop_customer_cart", "drop_lent_person"})
    connection_.statement(name).text(person.text).run();
  std::vector<std::pair<std::string, std::string>> changed;
  {
    Statement row = connection_.statement("poisoned_rows");
    while (row.step()) {
      auto transaction = sync::protocol::decode_transaction(row.text_at(1));
      if (!transaction) continue;
      bool theirs = false;
      for (sync::Operation& operation : transaction->operations) {
        if (operation.erased || sync::ends::person_of(operation.document) != person) continue;
        sync::ends::scrub(operation);
        theirs = true;
      }
      if (theirs) changed.emplace_back(row.text_at(0), sync::protocol::encode_transaction(*transaction));
    }
  }
  for (const auto& [id, json] : changed) connection_.statement("put_poisoned_json").text(json).text(id).run();
}

}  // namespace vitrine::hub::database
