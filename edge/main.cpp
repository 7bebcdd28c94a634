// SPDX-License-Identifier: Apache-2.0
// vitrine-edge --config edge.toml: reads the config, opens what the box gives, ties it to the loop, and runs it.
#include <malloc.h>
#include <signal.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <future>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/log.hpp"
#include "config/edge_config.hpp"
#include "edge/daemon/daemon.hpp"
#include "edge/io/box.hpp"
#include "edge/io/http_server.hpp"
#include "edge/io/hub_connection.hpp"
#include "edge/io/picture_keeper.hpp"
#include "edge/io/pin_child.hpp"
#include "edge/io/search_keeper.hpp"
#include "edge/io/store_key.hpp"
#include "edge/io/witness.hpp"
#include "edge/local_api/api.hpp"
#include "hook/command_hook.hpp"

using namespace vitrine;
using namespace vitrine::edge;

namespace {

constexpr const char* help =
    "vitrine-edge --config <edge.toml>\n"
    "The daemon of one store: follows the hub, keeps what people do, serves the kiosks.\n"
    "  --config <file>  read the configuration from there (config/examples/edge.toml shows all of it)\n"
    "  --version        say which release this is\n"
    "  --help           this text\n";

constexpr const char* software = "vitrine-edge " VITRINE_VERSION;

constexpr auto answer_within = std::chrono::seconds(10);

int stop_with(const Error& error) {
  log::error(error.message, {{"code", error.code}});
  return 1;
}

// Asks the loop and waits for what it says after the commit.
template <class T, class Ask>
Result<T> ask_loop(daemon::Inbox& inbox, const Ask& make_item) {
  auto promise = std::make_shared<std::promise<Result<T>>>();
  auto future = promise->get_future();
  if (!inbox.push_from_people(make_item([promise](Result<T> answer) { promise->set_value(std::move(answer)); }))) {
    return fail("busy", "too much is asked at once");
  }
  // The action may still happen after this answer; repeated with the same request id, it is the same action.
  if (future.wait_for(answer_within) != std::future_status::ready) return fail("busy", "no answer within 10 s");
  return future.get();
}

// SIGTERM and SIGINT become an item of the loop. They must be blocked before any thread starts.
std::thread stop_on_signal(daemon::Inbox& inbox) {
  return std::thread([&inbox] {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    int got = 0;
    sigwait(&set, &got);
    inbox.push_notice(daemon::Stop{});
  });
}

void block_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

// A socket for all kiosks, one for operators, and one for each counter and till.
Result<std::vector<std::unique_ptr<io::HttpServer>>> open_doors(const config::EdgeConfig& config, local_api::Api& api) {
  using local_api::DeviceRole;
  std::vector<std::unique_ptr<io::HttpServer>> servers;
  const auto open = [&](const std::string& socket, local_api::Caller caller, io::Door door) -> Result<void> {
    auto server = io::HttpServer::serve_api(socket, api, std::move(caller), door);
    if (!server) return std::unexpected(server.error());
    servers.push_back(std::move(*server));
    return {};
  };
  if (auto opened = open(config.api_socket(), {}, io::Door::group); !opened) return std::unexpected(opened.error());
  if (auto opened = open(config.operator_socket(), {DeviceRole::operator_, "operator"}, io::Door::owner); !opened)
    return std::unexpected(opened.error());
  for (const config::EdgeDevice& device : config.devices) {
    const DeviceRole role = device.role == "till" ? DeviceRole::till : DeviceRole::counter;
    const io::Door door = device.folder.empty() ? io::Door::owner : io::Door::folder;
    if (auto opened = open(config.device_socket(device), {role, device.name}, door); !opened)
      return std::unexpected(opened.error());
  }
  return servers;
}

int run(const config::EdgeConfig& config) {
  auto lock = io::StateLock::take(config.state, config.lock_file());
  if (!lock) return stop_with(lock.error());
  auto connection = database::open_store_database(config.database_file());
  if (!connection) return stop_with(connection.error());
  auto witness = io::WitnessFile::open(config.witness_file());
  if (!witness) return stop_with(witness.error());
  auto search = io::SearchKeeper::open(config.search_file(), config.database_file(), {sync::StoreId{config.store}, config.zone});
  if (!search) return stop_with(search.error());

  daemon::Inbox inbox;
  local_api::EventFeed feed;
  local_api::LinkBoard board;
  local_api::ReaderPool readers(config.database_file(), config.search_file());
  io::HubConnection hub(config, inbox);
  const sync::StoreId store{config.store};

  daemon::DaemonSetup setup;
  setup.store = store;
  setup.zone = config.zone;
  setup.region = config.region;
  setup.software = software;
  setup.chance = {io::box_chance};
  setup.keeping = {config.keep_days, static_cast<std::uint64_t>(config.keep_mib) * 1024 * 1024};
  setup.now = io::box_clock;
  setup.send = [&hub](const sync::protocol::StoreMessage& message) { hub.send(message); };
  setup.drop_connection = [&hub] { hub.drop(); };
  setup.enable_link = [&hub](bool enabled) {
    if (auto done = hub.enable(enabled); !done)
      log::error("no link", {{"code", done.error().code}, {"reason", done.error().message}});
  };
  std::optional<hook::CommandHook> lamp;
  if (!config.lamp.empty()) lamp.emplace(config.lamp, std::chrono::seconds(config.lamp_seconds));
  if (lamp) {
    setup.show_level = [&lamp](local_api::AlertLevel level) {
      lamp->run(std::string(local_api::alert_levels[static_cast<std::size_t>(level)]));
    };
  }
  setup.witness = &*witness;
  setup.search_fell_behind = [&search] { (*search)->wake(); };
  auto loop = daemon::Daemon::create(std::move(setup), std::move(*connection), inbox, feed, board);
  if (!loop) return stop_with(loop.error());

  std::atomic<std::size_t> streams{0};
  local_api::ApiSetup api_setup;
  api_setup.store = store;
  api_setup.zone = config.zone;
  api_setup.region = config.region;
  api_setup.software = software;
  api_setup.now = io::box_clock;
  api_setup.disk = [&config] { return io::disk_figures(config.state, config.database_file()); };
  api_setup.kiosks = [&streams] { return streams.load(); };
  api_setup.perform = [&inbox](std::function<Result<sync::CartId>(local_api::Desk&)> work) {
    return ask_loop<sync::CartId>(inbox, [&](auto answer) { return daemon::Command{std::move(work), std::move(answer)}; });
  };
  api_setup.enable_link = [&inbox](bool enabled) {
    return ask_loop<void>(inbox, [&](auto answer) { return daemon::SwitchLink{enabled, std::move(answer)}; });
  };
  api_setup.run_drill = [&inbox](local_api::DrillOrder order) {
    return ask_loop<void>(inbox, [&](auto answer) { return daemon::RunDrill{std::move(order), std::move(answer)}; });
  };
  io::PinChild pin_child;
  api_setup.verify_pin = [&pin_child](const std::string& verifier, const std::string& pin) {
    return pin_child.verify(verifier, pin);
  };
  const auto store_key = io::StoreKey::read(config.mqtt.key);
  if (store_key) {
    api_setup.sign = [&store_key](std::string_view message) { return store_key->sign(message); };
  } else {
    log::warning("no cart is given to a phone", {{"code", store_key.error().code}, {"reason", store_key.error().message}});
  }
  if (lamp) {
    api_setup.lamp = [&lamp] {
      const hook::HookFigures figures = lamp->figures();
      return std::array{figures.done, figures.failed, figures.too_late};
    };
  }
  std::unique_ptr<io::PictureKeeper> pictures;
  if (!config.pictures_address.empty()) {
    auto opened =
        io::PictureKeeper::open(config.pictures_folder(), {static_cast<std::uint64_t>(config.pictures_mib) * 1024 * 1024},
                                io::fetch_pictures_from(config.pictures_address, config.pictures_ca));
    if (!opened) return stop_with(opened.error());
    pictures = std::move(*opened);
    api_setup.picture = [keeper = pictures.get()](const std::string& hash) { return keeper->get(hash); };
    api_setup.pictures = [keeper = pictures.get()] { return keeper->figures(); };
  }
  api_setup.routing = {config.next_seconds * 1000, config.zones};
  api_setup.boot = io::box_boot();
  for (const config::EdgeDevice& device : config.devices)
    api_setup.devices.emplace_back(device.name,
                                   device.role == "till" ? local_api::DeviceRole::till : local_api::DeviceRole::counter);
  local_api::Api api(std::move(api_setup), readers, board);
  auto api_servers = open_doors(config, api);
  if (!api_servers) return stop_with(api_servers.error());
  auto events_server = io::HttpServer::serve_events(config.events_socket(), api, feed, streams);
  if (!events_server) return stop_with(events_server.error());

  (*search)->start(inbox, readers);
  std::thread signals = stop_on_signal(inbox);
  signals.detach();
  if ((*loop)->link_enabled()) {
    // A certificate that cannot be read cuts the store from the hub, not from its shoppers.
    if (auto linked = hub.enable(true); !linked)
      log::error("no link", {{"code", linked.error().code}, {"reason", linked.error().message}});
  }
  log::notice("serving", {{"store", config.store}, {"software", software}});
  io::notify_service_manager("READY=1");
  const auto fatal = (*loop)->run();

  io::notify_service_manager("STOPPING=1");
  feed.close();
  inbox.close();
  if (fatal) {
    // The disk failed under a commit: what is on it is the truth, and only a new process reads it anew.
    log::error("the disk failed; ending", {{"code", fatal->code}, {"reason", fatal->message}});
    std::fflush(nullptr);
    _exit(1);
  }
  search->reset();  // its thread speaks to the inbox and the readers
  log::notice("stopped", {{"store", config.store}});
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::string config_file;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--help") return std::fputs(help, stdout) < 0;
    if (word == io::pin_child_word) return io::run_pin_child();
    if (word == "--version") return std::printf("%s\n", software) < 0;
    if (word == "--config" && i + 1 < argc) {
      config_file = argv[++i];
    } else {
      std::fprintf(stderr, "vitrine-edge: what is \"%s\"?\n\n%s", word.c_str(), help);
      return 2;
    }
  }
  if (config_file.empty()) {
    std::fprintf(stderr, "vitrine-edge: --config is missing\n\n%s", help);
    return 2;
  }
  umask(0077);  // what is kept here is the daemon's own
  block_signals();
  mallopt(M_ARENA_MAX, 2);                // one heap a thread would cost more than all that the threads keep
  mallopt(M_MMAP_THRESHOLD, 256 * 1024);  // a page's text goes back to the machine; left alone, the threshold would grow with it
  auto config = config::read_edge_config(config_file);
  if (!config) return stop_with(config.error());
  return run(*config);
}
