// SPDX-License-Identifier: Apache-2.0
// What one kiosk is told at start (kiosk.toml). Example: config/examples/kiosk.toml, which a test loads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace vitrine::config {

struct KioskWindow {
  bool full_screen = true;
  std::int64_t width_px = 1080;  // of the window; full screen takes the screen's own size
  std::int64_t height_px = 1920;
  double panel_mm_wide = 336;  // the lit width of the panel: sizes on screen are in millimetres
};

struct KioskScanner {
  bool wedge = true;         // a scanner that types, told from people by its pace
  std::string wedge_prefix;  // what it was set up to send first; empty: none
  std::string serial;        // device of a serial scanner; empty: none
  std::int64_t serial_baud = 115200;
  std::string camera;  // a V4L2 device; empty: none
  std::string folder;  // pictures that appear here are read as if the camera had taken them; empty: none
};

// A receipt printer (ESC/POS), on the network or at a USB port.
struct KioskPrinter {
  std::string address;  // "192.0.2.20:9100"; empty: none on the network
  std::string device;   // "/dev/usb/lp0"; empty: none at a port
  std::int64_t paper_mm = 80;
  std::int64_t western_page = 16;  // the printer's number of Windows-1252
  std::int64_t central_page = 18;  // and of PC 852
  bool japanese = false;           // it has Shift JIS
  bool draws_codes = true;         // QR codes by its own command; else as pictures
  bool cuts = true;
  [[nodiscard]] bool is_there() const { return !address.empty() || !device.empty(); }
};

// An IP address, IPv6 in brackets, and a port. None: it is none.
struct NetworkAddress {
  std::string ip;
  std::uint16_t port = 0;
};
std::optional<NetworkAddress> read_network_address(std::string_view text);

enum class KioskRole { shopper, counter };

struct KioskConfig {
  KioskRole role = KioskRole::shopper;
  std::vector<std::string> shelves;  // of a counter: where a finished order may be put
  std::string sound;                 // of a counter: a program run with "new" or "urgent"; empty: none
  std::string name;                  // the device, as carts and logs name it
  std::string where;                 // it stands, in words of the store: "by the stairs"; may be empty
  std::string state;                 // the folder of what this kiosk writes
  std::string api_socket;
  std::string events_socket;
  KioskWindow window;
  KioskScanner scanner;
  KioskPrinter printer;
  bool reduced_motion = false;
  std::string voice;    // what speaks: espeak-ng or spd-say; empty: whichever is installed; "none"
  std::string headset;  // input device that tells of a headset; empty: not known, so nothing personal is said
  std::string player;   // what plays sounds: aplay or paplay; empty: whichever is installed; "none"
  std::string theme;    // empty: the built-in one
  std::string assets;   // texts, fonts' lists and pictograms; empty: where the package put them
  // A counter whose panel is held in a hand.
  [[nodiscard]] bool is_handheld() const { return role == KioskRole::counter && window.panel_mm_wide <= 100; }
};

// Errors: those of TomlReader; "config_invalid" also for a socket path that is too long and for camera with folder.
Result<KioskConfig> read_kiosk_config(const std::string& path);

}  // namespace vitrine::config
