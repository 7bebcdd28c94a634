// SPDX-License-Identifier: Apache-2.0
// kiosk.toml → KioskConfig; every value is judged here, once.
#include "config/kiosk_config.hpp"

#include <arpa/inet.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "config/toml_reader.hpp"

namespace vitrine::config {
namespace {

std::string socket_path(TomlReader& toml, std::string_view key) {
  std::string read = toml.path(key);
  if (read.size() >= sizeof(sockaddr_un{}.sun_path)) toml.refuse(key, "is too long for a Unix socket (107 characters)");
  return read;
}

constexpr std::size_t shelves_max = 16;  // as many as a counter's screen has room for
constexpr std::size_t shelf_bytes_max = 4;

std::vector<std::string> shelves(TomlReader& toml) {
  std::vector<std::string> read =
      toml.texts("counter.shelves", {"A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4", "C1", "C2", "C3", "C4"});
  const bool fits =
      std::ranges::all_of(read, [](const std::string& one) { return !one.empty() && one.size() <= shelf_bytes_max; });
  if (read.empty() || read.size() > shelves_max || !fits) toml.refuse("counter.shelves", "takes 1 to 16 names of 1 to 4 bytes");
  return read;
}

KioskPrinter printer(TomlReader& toml) {
  KioskPrinter read;
  read.address = toml.text("printer.address", "");
  read.device = toml.path("printer.device", "");
  if (!read.address.empty() && !read_network_address(read.address))
    toml.refuse("printer.address", "is an IP address and a port, such as 192.0.2.20:9100");
  if (!read.address.empty() && !read.device.empty())
    toml.refuse("printer.device", "stands beside an address: give one of the two");
  if (toml.has("printer") && !read.is_there()) toml.refuse("printer", "lacks address or device");
  read.paper_mm = toml.integer("printer.paper_mm", 58, 80, read.paper_mm);
  if (read.paper_mm != 58 && read.paper_mm != 80) toml.refuse("printer.paper_mm", "is 58 or 80");
  read.western_page = toml.integer("printer.western_page", 0, 255, read.western_page);
  read.central_page = toml.integer("printer.central_page", 0, 255, read.central_page);
  read.japanese = toml.truth("printer.japanese", read.japanese);
  read.draws_codes = toml.choice("printer.codes", {"command", "picture"}, "command") == "command";
  read.cuts = toml.truth("printer.cut", read.cuts);
  return read;
}

}  // namespace

std::optional<NetworkAddress> read_network_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.size() > 2 && host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  NetworkAddress read{std::string(host), 0};
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(bracketed ? AF_INET6 : AF_INET, read.ip.c_str(), bytes.data()) != 1) return std::nullopt;
  const std::string_view port = text.substr(colon + 1);
  const auto [end, wrong] = std::from_chars(port.data(), port.data() + port.size(), read.port);
  if (wrong != std::errc() || end != port.data() + port.size() || read.port == 0) return std::nullopt;
  return read;
}

Result<KioskConfig> read_kiosk_config(const std::string& path) {
  Result<TomlReader> toml = TomlReader::read_file(path);
  if (!toml) return std::unexpected(toml.error());
  KioskConfig config;
  config.theme = toml->path("theme", "");
  config.assets = toml->path("assets", "");
  config.role =
      toml->choice("kiosk.role", {"shopper", "counter"}, "shopper") == "counter" ? KioskRole::counter : KioskRole::shopper;
  if (config.role == KioskRole::counter) {
    config.shelves = shelves(*toml);
    config.sound = toml->path("counter.sound", "");
  } else if (toml->has("counter")) {
    toml->refuse("counter", "is for the role counter alone");
  }
  config.name = toml->plain_name("kiosk.name");
  config.where = toml->text("kiosk.where", "");
  if (config.where.size() > 80) toml->refuse("kiosk.where", "is longer than 80 bytes");
  config.state = toml->path("kiosk.state");
  config.api_socket = socket_path(*toml, "edge.api_socket");
  config.events_socket = socket_path(*toml, "edge.events_socket");
  config.window.full_screen = toml->choice("window.mode", {"window", "fullscreen"}, "fullscreen") == "fullscreen";
  config.window.width_px = toml->integer("window.width", 320, 8192, config.window.width_px);
  config.window.height_px = toml->integer("window.height", 320, 8192, config.window.height_px);
  config.window.panel_mm_wide = toml->number("window.panel_mm_wide", 60, 3000, config.window.panel_mm_wide);
  config.scanner.wedge = toml->truth("scanner.wedge", config.scanner.wedge);
  config.scanner.wedge_prefix = toml->text("scanner.wedge_prefix", "");
  config.scanner.serial = toml->path("scanner.serial", "");
  config.scanner.serial_baud = toml->integer("scanner.serial_baud", 1200, 921600, config.scanner.serial_baud);
  constexpr std::int64_t speeds[] = {1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600};
  if (std::ranges::find(speeds, config.scanner.serial_baud) == std::end(speeds)) {
    toml->refuse("scanner.serial_baud", "is no speed of a serial line (1200, 2400, … 115200, … 921600)");
  }
  config.scanner.camera = toml->path("scanner.camera", "");
  config.scanner.folder = toml->path("scanner.folder", "");
  if (!config.scanner.camera.empty() && !config.scanner.folder.empty()) {
    toml->refuse("scanner.folder", "stands in for the camera: give one of the two");
  }
  config.printer = printer(*toml);
  config.reduced_motion = toml->truth("behaviour.reduced_motion", config.reduced_motion);
  config.voice = toml->text("speech.voice", "");
  config.headset = toml->path("speech.headset", "");
  config.player = toml->text("sounds.player", "");
  if (auto mistake = toml->finish()) return std::unexpected(*mistake);
  return config;
}

}  // namespace vitrine::config
