// SPDX-License-Identifier: Apache-2.0
// `make-authority` and `make-store`: certificates, and what the broker is told. Secrets are never written over; running
// make-authority again makes what is missing and writes the broker's config anew.
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "hub/commands/commands.hpp"
#include "hub/database/open.hpp"
#include "hub/enrolment/broker_files.hpp"
#include "hub/enrolment/certificates.hpp"
#include "hub/enrolment/key_files.hpp"
#include "hub/enrolment/store_keys.hpp"
#include "sync/ends/collections.hpp"

namespace vitrine::hub {

namespace fs = std::filesystem;

namespace {

bool there(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

// The files of one certificate; `ca` beside them when the folder is handed to someone.
struct PairFiles {
  std::string certificate;
  std::string key;
};

Result<void> write_pair(const PairFiles& files, const KeyPair& pair) {
  if (auto wrote = write_secret_file(files.key, pair.key); !wrote) return wrote;
  return write_secret_file(files.certificate, pair.certificate);
}

Result<KeyPair> read_authority(const config::HubConfig& config) {
  auto certificate = read_text_file(config.mqtt.ca);
  if (!certificate) return fail("authority_missing", config.mqtt.ca + " is not there: run `vitrine-hub make-authority` first");
  auto key = read_text_file(config.authority_key);
  if (!key) return fail("authority_missing", "cannot read the authority's key " + config.authority_key);
  return KeyPair{std::move(*key), std::move(*certificate)};
}

Result<KeyPair> read_or_make_authority(const Command& command) {
  const config::HubConfig& config = command.config;
  if (there(config.mqtt.ca) && there(config.authority_key)) {
    command.out << "kept   " << config.mqtt.ca << "\n";
    return read_authority(config);
  }
  if (there(config.mqtt.ca) || there(config.authority_key)) {
    return fail("authority_missing", "only one of " + config.mqtt.ca + " and " + config.authority_key + " is there");
  }
  auto pair = make_authority_pair(config.name + " Vitrine", command.clock().utc);
  if (!pair) return pair;
  if (auto wrote = write_pair({config.mqtt.ca, config.authority_key}, *pair); !wrote) return std::unexpected(wrote.error());
  command.out << "made   " << config.mqtt.ca << " (the authority) and " << config.authority_key << " (its key: keep it safe)\n";
  return pair;
}

// Makes a certificate when there is none, or when it no longer covers its hosts or is about to end.
Result<void> keep_or_make(const Command& command, const KeyPair& authority, const PairFiles& files, const CertificateWish& wish) {
  const UtcMs now = command.clock().utc;
  if (there(files.certificate) && there(files.key)) {
    const auto text = read_text_file(files.certificate);
    if (!text) return std::unexpected(text.error());
    if (certificate_is_good(*text, authority.certificate, wish.hosts, now)) {
      command.out << "kept   " << files.certificate << "\n";
      return {};
    }
    for (const std::string& path : {files.certificate, files.key}) fs::rename(path, path + ".old");
    command.out << "moved  " << files.certificate << " to " << files.certificate << ".old: its names or dates no longer fit\n";
  }
  const auto pair = make_certificate(authority, wish, now);
  if (!pair) return std::unexpected(pair.error());
  if (auto wrote = write_pair(files, *pair); !wrote) return wrote;
  command.out << "made   " << files.certificate << " (" << wish.common_name << ")\n";
  return {};
}

std::string host_of_link(const std::string& link_base) {
  const std::size_t from = std::string("https://").size();
  return link_base.substr(from, link_base.find_first_of(":/", from) - from);
}

std::vector<std::string> with_local(std::vector<std::string> hosts, const std::vector<std::string>& more) {
  std::vector<std::string> all = {"localhost", "127.0.0.1"};
  hosts.insert(hosts.end(), more.begin(), more.end());
  for (std::string& host : hosts) {
    const bool any = host == "0.0.0.0" || host == "::";
    if (!any && !host.empty() && std::ranges::find(all, host) == all.end()) all.push_back(std::move(host));
  }
  return all;
}

std::string own_user() {
  const passwd* user = getpwuid(geteuid());
  return user == nullptr ? "mosquitto" : user->pw_name;
}

Result<void> give_to(const std::string& user, const std::vector<std::string>& files) {
  if (geteuid() != 0 || user == own_user()) return {};
  const passwd* found = getpwnam(user.c_str());
  if (found == nullptr) return fail("user_unknown", "there is no user " + user + " for the broker");
  for (const std::string& file : files) {
    if (chown(file.c_str(), found->pw_uid, found->pw_gid) != 0)
      return fail("file_unwritable", "cannot give " + file + " to " + user);
  }
  return {};
}

// What a store is imported as, by its document: where it sells and whose neighbour it is.
sync::ends::Body store_in_database(const Command& command, const std::string& store) {
  const auto reader = database::open_hub_reader(command.database());
  if (!reader) return {};
  auto content = database::read_document(**reader, {"content", "store/" + store});
  return content ? std::move(content->body) : std::nullopt;
}

// What the option says, else what is imported.
std::string option_or(const Command& command, const char* option, std::string imported) {
  std::string said = command.option(option);
  return said.empty() ? std::move(imported) : said;
}

}  // namespace

Result<int> make_authority(const Command& command) {
  const config::HubConfig& config = command.config;
  const std::string broker = fs::absolute(config.broker_folder).lexically_normal().string();
  const auto found = command.options.find("--host");
  const std::vector<std::string> more = found == command.options.end() ? std::vector<std::string>{} : found->second;
  const auto authority = read_or_make_authority(command);
  if (!authority) return std::unexpected(authority.error());

  const CertificateWish hub{"hub", CertificateUse::client, {}};
  CertificateWish broker_wish{"broker", CertificateUse::server, with_local({config.mqtt.host}, more)};
  std::vector<std::string> page_hosts = config.http.hosts;
  page_hosts.push_back(config.http.address);
  page_hosts.push_back(host_of_link(config.link_base));
  CertificateWish page_wish{"Vitrine hub", CertificateUse::server, with_local(std::move(page_hosts), more)};
  const std::pair<PairFiles, CertificateWish> wishes[] = {
      {{config.mqtt.cert, config.mqtt.key}, hub},
      {{broker + "/broker.crt", broker + "/broker.key"}, broker_wish},
      {{config.http.cert, config.http.key}, page_wish},
  };
  for (const auto& [files, wish] : wishes) {
    if (auto made = keep_or_make(command, *authority, files, wish); !made) return std::unexpected(made.error());
  }

  const std::string user = command.option("--broker-user").empty() ? own_user() : command.option("--broker-user");
  const bool loopback = config.mqtt.host == "127.0.0.1" || config.mqtt.host == "localhost" || config.mqtt.host == "::1";
  const std::string listen = command.options.contains("--listen") ? command.option("--listen") : loopback ? "127.0.0.1" : "";
  const std::string settings = broker_config({broker, listen, static_cast<long>(config.mqtt.port), user});
  if (auto wrote = replace_file(broker + "/mosquitto.conf", settings); !wrote) return std::unexpected(wrote.error());
  if (auto wrote = replace_file(broker + "/ca.crt", authority->certificate); !wrote) return std::unexpected(wrote.error());
  command.out << "wrote  " << broker << "/mosquitto.conf\n";
  if (!there(broker + "/acl")) {
    if (auto wrote = write_secret_file(broker + "/acl", hub_rights(config.mqtt.tenant)); !wrote)
      return std::unexpected(wrote.error());
    command.out << "made   " << broker << "/acl\n";
  }
  const auto given = give_to(user, {broker, broker + "/broker.crt", broker + "/broker.key", broker + "/ca.crt", broker + "/acl",
                                    broker + "/mosquitto.conf"});
  if (!given) return std::unexpected(given.error());
  command.out << "Next: start the broker with `mosquitto -c " << broker << "/mosquitto.conf`, make a pass key with "
              << "`vitrine-hub make-pass-key`, import the retailer's tables, and make each store's certificate with "
              << "`vitrine-hub make-store <store> --out <folder>`.\n";
  return 0;
}

Result<int> make_store(const Command& command) {
  const config::HubConfig& config = command.config;
  const std::string folder = command.option("--out");
  if (command.words.size() != 1 || folder.empty()) {
    return fail("usage",
                "make-store needs a store and a folder: vitrine-hub make-store <store> --out <folder> --config hub.toml");
  }
  const std::string store = command.words.front();
  if (!sync::is_store_id(store) || store == "hub" || store == "broker") {
    return fail("usage", "a store's id is 1 to 32 of a-z, 0-9 and '-', and neither \"hub\" nor \"broker\"");
  }
  const auto imported = store_in_database(command, store);
  const std::string zone = option_or(command, "--zone", sync::ends::zone_of(imported));
  std::string region = option_or(command, "--region", sync::ends::region_of(imported));
  if (region.empty()) region = zone;
  if (!sync::is_stream_name(zone)) {
    return fail("store_unknown", "the prices of " + store + " are not known: import stores.csv first, or say --zone <zone>");
  }
  if (!sync::is_stream_name(region)) return fail("usage", "--region is 1 to 32 of a-z, 0-9 and '-'");
  const auto authority = read_authority(config);
  if (!authority) return std::unexpected(authority.error());
  const auto pair = make_certificate(*authority, {store, CertificateUse::client, {}}, command.clock().utc);
  if (!pair) return std::unexpected(pair.error());

  // Rights first: a store with a certificate and no rights would be refused without a word.
  const std::string acl_file = config.broker_folder + "/acl";
  auto acl = read_text_file(acl_file);
  if (!acl) return fail("authority_missing", acl_file + " is not there: run `vitrine-hub make-authority` first");
  if (!has_rights(*acl, store)) {
    const std::vector<std::string> streams = {
        "catalog", "content", "settings", "prices." + zone, "promotions." + zone, "availability." + region};
    if (auto wrote = replace_file(acl_file, *acl + store_rights(config.mqtt.tenant, store, streams)); !wrote) {
      return std::unexpected(wrote.error());
    }
    const std::string user = command.option("--broker-user");
    if (auto given = user.empty() ? Result<void>{} : give_to(user, {acl_file}); !given) return std::unexpected(given.error());
    command.out << "wrote  the rights of " << store << " into " << acl_file << "\n";
  }
  const PairFiles files{folder + "/store.crt", folder + "/store.key"};
  if (there(files.key)) return fail("file_exists", files.key + " is there already; move it away to make a new one");
  if (auto wrote = write_pair(files, *pair); !wrote) return std::unexpected(wrote.error());
  if (auto wrote = replace_file(folder + "/ca.crt", authority->certificate); !wrote) return std::unexpected(wrote.error());
  if (auto added = write_once(command, [&](CommandDesk& desk) { desk.authority.add_store(sync::StoreId{store}); }); !added) {
    return std::unexpected(added.error());
  }
  if (auto kept = keep_store_certificate(config.keys_folder(), sync::StoreId{store}, pair->certificate); !kept)
    return std::unexpected(kept.error());
  command.out << "made   " << files.certificate << ", " << files.key << " and " << folder << "/ca.crt\n"
              << "Next: carry the folder to the store's box and name the three files in edge.toml; tell a running broker with "
              << "`kill -HUP <its pid>`.\n";
  return 0;
}

}  // namespace vitrine::hub
