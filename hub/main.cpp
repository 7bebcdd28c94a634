// SPDX-License-Identifier: Apache-2.0
// vitrine-hub: `serve`, and the operator's commands. The only file of the hub that sees hub/io.
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <span>

#include "base/log.hpp"
#include "hub/api/api.hpp"
#include "hub/api/readers.hpp"
#include "hub/api/status.hpp"
#include "hub/commands/commands.hpp"
#include "hub/enrolment/key_files.hpp"
#include "hub/io/https_server.hpp"
#include "hub/io/hub_link.hpp"
#include "hub/io/system_clock.hpp"
#include "hub/io/webhook_sender.hpp"
#include "sync/model/gs1.hpp"
#include "sync/model/staff.hpp"

namespace {

using namespace vitrine;
namespace fs = std::filesystem;

constexpr const char* usage =
    "vitrine-hub, the central end of Vitrine\n"
    "\n"
    "  vitrine-hub serve --config hub.toml\n"
    "  vitrine-hub import <folder…> [--last-day YYYY-MM-DD] --config hub.toml\n"
    "      a retailer's tables (docs/IMPORT.md); also while serve runs\n"
    "  vitrine-hub make-authority [--host NAME…] [--listen ADDRESS] [--broker-user USER] --config hub.toml\n"
    "      certificates of hub, broker and phone page; the broker's config and rights\n"
    "  vitrine-hub make-store <store> --out <folder> [--zone ZONE] [--region REGION] [--broker-user USER] --config hub.toml\n"
    "      a store's certificate and its rights at the broker\n"
    "  vitrine-hub make-pass-key --config hub.toml\n"
    "      the key that signs the codes on phones\n"
    "  vitrine-hub app-key add <file> [--name NAME] --config hub.toml\n"
    "      lets a retailer's own app sign its users in\n"
    "  vitrine-hub audit <verify|list|settle> [<store>] … --config hub.toml\n"
    "      who did and saw what in the stores, and whether their audits are whole (docs/OPERATIONS.md); also while serve runs\n"
    "  vitrine-hub customer <erase|erased> <customer> --config hub.toml\n"
    "      takes everything of a customer from the hub and every store, for good (docs/PRIVACY.md); also while serve runs\n"
    "  vitrine-hub import-outbox <file> --config hub.toml\n"
    "      what a store without a line wrote with vitrinectl sync export-outbox; also while serve runs, and again\n"
    "  vitrine-hub lend --config hub.toml\n"
    "      lends every store at once what serve lends bit by bit; also while serve runs\n"
    "  vitrine-hub measures [<store>] --config hub.toml\n"
    "      what stores measured, a line an hour, as a table (docs/MEASURES.md); also while serve runs\n"
    "  vitrine-hub order <show|pay|refund|cancel|delegate|resolve> <order> … --config hub.toml\n"
    "  vitrine-hub receipt <questioned|show|resolve> … --config hub.toml\n"
    "      what only the hub may do to an order (docs/OPERATIONS.md); also while serve runs\n"
    "  vitrine-hub picture add <file…> --config hub.toml\n"
    "      takes pictures of products in (docs/IMPORT.md) and says by which names tables call them; also while serve runs\n"
    "  vitrine-hub platform <add|list|revoke> … [--scope SCOPE…] --config hub.toml\n"
    "      who may push products, prices, stock and orders over HTTPS (docs/PLATFORM.md); also while serve runs\n"
    "  vitrine-hub staff <add|pin|badge|end|list> <store> [<number>] … --config hub.toml\n"
    "      who works in a store, with which PIN or badge (docs/OPERATIONS.md); also while serve runs\n"
    "  vitrine-hub unfreeze <store> --config hub.toml\n"
    "      hears a store again that was frozen (two boxes used its certificate: switch one off first) or quarantined\n"
    "  vitrine-hub verify-backup <file|connection> --config hub.toml\n"
    "      whether a copy of hub.db is whole and of this history; stores may then forget what it holds. On PostgreSQL: the\n"
    "      connection string of a database into which a dump was restored\n"
    "  vitrine-hub webhook <add|remove|list|events|replay> … --config hub.toml\n"
    "      where the retailer is told what happens to orders and conversations (docs/WEBHOOKS.md); also while serve runs\n"
    "  vitrine-hub --version | --help\n";

struct Row {
  std::string_view name;
  Result<int> (*run)(const hub::Command&);
};
Result<int> serve(const hub::Command& command);
constexpr Row rows[] = {
    {"serve", serve},
    {"import", hub::import_tables},
    {"make-authority", hub::make_authority},
    {"make-store", hub::make_store},
    {"make-pass-key", hub::make_pass_key},
    {"app-key", hub::add_app_key},
    {"audit", hub::audit},
    {"customer", hub::customer},
    {"import-outbox", hub::import_outbox},
    {"lend", hub::lend},
    {"measures", hub::measures},
    {"order", hub::order},
    {"receipt", hub::receipt},
    {"picture", hub::picture},
    {"platform", hub::platform},
    {"staff", hub::staff},
    {"unfreeze", hub::unfreeze},
    {"verify-backup", hub::verify_backup},
    {"webhook", hub::webhook},
};
constexpr const char* options_with_value[] = {"--config", "--last-day", "--host", "--listen",  "--broker-user", "--out",
                                              "--zone",   "--region",   "--name", "--initial", "--role",        "--language",
                                              "--scope",  "--who",      "--what", "--whom",    "--customer",    "--since",
                                              "--until",  "--limit",    "--skill"};

// Held as long as the process lives: one `serve` a state folder.
Result<int> lock_state(const std::string& state) {
  std::error_code failed;
  if (fs::create_directories(state, failed)) fs::permissions(state, fs::perms::owner_all, failed);
  const std::string path = state + "/lock";
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return fail("state_unusable", "cannot write in the state folder " + state);
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) return fail("already_running", "another vitrine-hub serves from " + state);
  return fd;
}

std::string web_folder(const std::string& configured) {
  if (!configured.empty()) return configured;
  std::error_code none;
  const fs::path beside = fs::read_symlink("/proc/self/exe", none).parent_path();
  for (const fs::path& candidate : {beside / "web", beside / "../share/vitrine/web"}) {
    if (fs::exists(candidate / "index.html", none)) return candidate.lexically_normal().string();
  }
  return (beside / "web").string();
}

std::vector<std::string> allowed_hosts(const config::HubConfig& config) {
  std::vector<std::string> hosts = config.http.hosts;
  const std::size_t from = std::string("https://").size();
  hosts.push_back(config.link_base.substr(from, config.link_base.find_first_of(":/", from) - from));
  hosts.push_back(config.http.address);
  const bool loopback = config.http.address == "127.0.0.1" || config.http.address == "::1" || config.http.address == "0.0.0.0";
  if (loopback) hosts.insert(hosts.end(), {"127.0.0.1", "localhost", "::1"});
  return hosts;
}

hub::api::StatusInputs status_inputs(const config::HubConfig& config, const hub::Engine& engine, const hub::HubLink& link,
                                     const hub::api::Api& api, const hub::WebhookSender& webhooks) {
  hub::api::StatusInputs inputs;
  const auto counts = link.counts();
  inputs.broker = {link.is_connected(), link.address(), counts.received, counts.sent, counts.unsent};
  inputs.presences = link.presences();
  inputs.engine = engine.counts();
  inputs.api = api.counts();
  inputs.webhooks_sent = webhooks.counts().sent;
  inputs.webhooks_failed = webhooks.counts().failed;
  struct statvfs disk{};
  if (statvfs(config.state.c_str(), &disk) == 0) inputs.free_bytes = disk.f_bavail * disk.f_frsize;
  inputs.now = hub::system_now();
  return inputs;
}

Result<int> serve(const hub::Command& command) {
  const config::HubConfig& config = command.config;
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);  // before any thread: all of them leave the signals to us
  signal(SIGPIPE, SIG_IGN);

  const auto lock = lock_state(config.state);
  if (!lock) return std::unexpected(lock.error());
  const auto authority = hub::read_text_file(config.mqtt.ca);
  if (!authority) return std::unexpected(authority.error().within("the authority's certificate, [mqtt] ca"));
  hub::HubLink link(config.mqtt);
  std::unique_ptr<hub::api::Api> api;
  std::atomic<hub::api::Api*> api_now{nullptr};
  hub::EngineSetup engine_setup;
  engine_setup.database = command.database();
  engine_setup.chance = command.chance;
  engine_setup.clock = command.clock;
  engine_setup.lending = {config.lending.share_percent, config.lending.units_max, config.lending.hours};
  engine_setup.gather_every_ms = config.availability_every_s * 1000;
  engine_setup.carry_out = [&link](std::vector<hub::Outgoing> leaving) { link.carry_out(std::move(leaving)); };
  engine_setup.foreign_commit = [&api_now] {
    if (hub::api::Api* there = api_now) there->read_keys_again();
  };
  auto engine = hub::Engine::start(std::move(engine_setup));
  if (!engine) return std::unexpected(engine.error());
  const auto settled =
      (*engine)->transact([&](hub::Desk& desk) { desk.end.put({"settings", "chain"}, hub::chain_settings(config), desk.now); });
  if (!settled) return std::unexpected(settled.error());
  if (auto started = link.start("hub-" + command.chance.hex_128().substr(0, 12),
                                [&engine](hub::StoreRequest request) { (*engine)->offer(std::move(request)); });
      !started) {
    return std::unexpected(started.error().within("the hub's certificate for the broker"));
  }

  api = std::make_unique<hub::api::Api>(hub::api::ApiSetup{engine->get(), command.database(), config.keys_folder(),
                                                           config.pictures_folder(), *authority, config.link_base,
                                                           config.demonstration, command.clock, command.chance});
  api_now = api.get();
  auto web = hub::HttpsServer::start({config.http.address, static_cast<int>(config.http.port), config.http.cert, config.http.key,
                                      web_folder(config.http.web), allowed_hosts(config),
                                      [&api](const hub::api::Request& request) { return api->answer(request); }});
  auto webhooks = std::make_unique<hub::WebhookSender>(hub::WebhookSetup{
      engine->get(), command.database(), config.link_base.substr(0, config.link_base.find('/', std::string("https://").size())),
      config.webhooks.ca, config.webhooks.give_up_hours * 3'600'000, command.clock, command.chance});
  hub::api::Readers readers(command.database());
  const auto answer_operator = [&](const std::string& path) {
    auto lease = readers.take();
    if (!lease) return hub::api::problem(500, lease.error().code, lease.error().message);
    const auto inputs = status_inputs(config, **engine, link, *api, *webhooks);
    auto answer = path == "/v1/health" ? hub::api::health(**lease, inputs)
                  : path == "/metrics" ? hub::api::metrics(**lease, inputs)
                                       : hub::api::problem(404, "not_found");
    const auto failed = lease->failure();
    return failed ? hub::api::problem(503, failed->code, failed->message) : answer;
  };
  auto admin = web ? hub::AdminServer::start(config.admin_socket(), answer_operator) : std::unexpected(web.error());
  if (web && admin) {
    log::notice("the hub serves", {{"page", "https://" + config.http.address + ":" + std::to_string((*web)->port()) + "/"},
                                   {"broker", link.address()},
                                   {"state", config.state}});
    if (config.demonstration) log::warning("demonstration: anyone who reaches the page may sign in as any shopper");
    int number = 0;
    sigwait(&ends, &number);
    log::notice("stopping", {{"signal", number == SIGTERM ? "SIGTERM" : "SIGINT"}});
  }
  // Whoever asks first, then the engine's thread, then what it says things to.
  if (admin) admin->reset();
  if (web) web->reset();
  api_now = nullptr;
  webhooks.reset();
  (*engine)->stop();
  link.stop();
  if (!web) return std::unexpected(web.error());
  if (!admin) return std::unexpected(admin.error());
  log::notice("stopped");
  return 0;
}

int usage_error(const std::string& what) {
  std::cerr << "vitrine-hub: " << what << "\n\n" << usage;
  return 2;
}

// The command line taken apart; an error is what is wrong with it.
Result<void> read_words(std::span<char* const> arguments, hub::Command& command) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string word = arguments[i];
    if (!word.starts_with("--")) {
      command.words.push_back(std::move(word));
      continue;
    }
    std::string value;
    const std::size_t equals = word.find('=');
    if (equals != std::string::npos) {
      value = word.substr(equals + 1);
      word.resize(equals);
    } else if (i + 1 < arguments.size()) {
      value = arguments[++i];
    } else {
      return fail("usage", word + " needs a value");
    }
    if (std::ranges::find(options_with_value, word) == std::end(options_with_value))
      return fail("usage", "unknown option " + word);
    command.options[word].push_back(std::move(value));
  }
  return {};
}

int run(std::span<char* const> arguments) {
  const std::string name = arguments.empty() ? "--help" : arguments.front();
  if (name == "--help" || name == "-h" || name == "help") {
    std::cout << usage;
    return arguments.empty() ? 2 : 0;
  }
  if (name == "--version") {
    std::cout << "vitrine-hub " VITRINE_VERSION "\n";
    return 0;
  }
  const auto* row = std::ranges::find(rows, std::string_view(name), &Row::name);
  if (row == std::end(rows)) return usage_error("there is no command " + name);
  hub::Command command{{}, {}, {}, hub::system_now, hub::system_chance(), std::cout, std::cerr, isatty(2) == 1};
  if (auto read = read_words(arguments.subspan(1), command); !read) return usage_error(read.error().message);
  if (command.option("--config").empty()) return usage_error("say --config hub.toml");
  auto config = config::read_hub_config(command.option("--config"));
  if (!config) {
    std::cerr << "vitrine-hub: " << config.error().message << "\n";
    return 1;
  }
  for (const std::string& pattern : config->in_store_codes) {
    if (const auto scheme = sync::InStoreScheme::parse(pattern); !scheme) {
      std::cerr << "vitrine-hub: hub.in_store_codes: " << scheme.error().message << "\n";
      return 1;
    }
  }
  for (const auto& [role, allowed] : config->staff_roles) {
    for (const std::string& permission : allowed) {
      if (sync::is_role(role) && std::ranges::find(sync::permissions, permission) != sync::permissions.end()) continue;
      std::cerr << "vitrine-hub: staff.roles." << role << ": there is no permission " << permission << "\n";
      return 1;
    }
  }
  command.config = std::move(*config);
  const auto result = row->run(command);
  if (result) return *result;
  if (result.error().code == "usage") return usage_error(result.error().message);
  std::cerr << "vitrine-hub: " << result.error().message << " [" << result.error().code << "]\n";
  return 1;
}

}  // namespace

int main(int count, char** arguments) {
  umask(0077);
  return run(std::span(arguments + 1, static_cast<std::size_t>(count - 1)));
}
