// SPDX-License-Identifier: Apache-2.0
// The example of kiosk.toml loads, and mistakes are named by key.
#include "config/kiosk_config.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

using namespace vitrine::config;

namespace {

vitrine::Result<KioskConfig> read(const std::string& body) {
  const auto file = std::filesystem::temp_directory_path() / ("vitrine-kiosk-" + std::to_string(getpid()) + ".toml");
  std::ofstream(file) << body;
  auto config = read_kiosk_config(file.string());
  std::filesystem::remove(file);
  return config;
}

const std::string least = "[kiosk]\nname=\"kiosk-1\"\nstate=\"s\"\n[edge]\napi_socket=\"a.sock\"\nevents_socket=\"e.sock\"\n";

}  // namespace

TEST_CASE("the example kiosk.toml loads") {
  const auto config = read_kiosk_config("config/examples/kiosk.toml");
  REQUIRE_MESSAGE(config.has_value(), (config ? "" : config.error().message));
  CHECK(config->name == "kiosk-1");
  CHECK(config->api_socket == "/var/lib/vitrine-edge/api.sock");
  CHECK(config->events_socket == "/var/lib/vitrine-edge/events.sock");
  CHECK(config->window.full_screen);
  CHECK(config->window.width_px == 1080);
  CHECK(config->window.panel_mm_wide == 336);
  CHECK(config->scanner.serial == "/dev/vitrine-scanner");
  CHECK(config->scanner.camera == "/dev/video0");
  CHECK(config->theme.empty());
}

TEST_CASE("names and sockets are enough; relative paths start beside the file") {
  const auto config = read(least);
  REQUIRE_MESSAGE(config.has_value(), (config ? "" : config.error().message));
  CHECK(config->api_socket == (std::filesystem::temp_directory_path() / "a.sock").string());
  CHECK(config->scanner.wedge);
  CHECK(config->scanner.serial.empty());
  CHECK(config->scanner.camera.empty());
}

TEST_CASE("a counter says so, and where its orders are put") {
  std::string counter = least;
  counter.insert(counter.find("name="), "role=\"counter\"\n");
  const auto config = read(counter + "[counter]\nshelves=[\"A1\",\"B2\"]\n");
  REQUIRE_MESSAGE(config.has_value(), (config ? "" : config.error().message));
  CHECK(config->role == KioskRole::counter);
  CHECK(config->shelves == std::vector<std::string>{"A1", "B2"});
  CHECK(read(least)->role == KioskRole::shopper);
  CHECK(read(counter)->shelves.size() == 12);
}

TEST_CASE("what cannot be is refused by its key") {
  const auto mistake = [](const std::string& body) {
    const auto config = read(body);
    return config ? std::string("accepted") : config.error().message;
  };
  CHECK(mistake(least + "[scanner]\ncamera=\"/dev/video0\"\nfolder=\"x\"\n").find("scanner.folder") != std::string::npos);
  CHECK(mistake(least + "[printer]\npaper_mm=80\n").find("printer") != std::string::npos);
  CHECK(mistake(least + "[printer]\naddress=\"printer.shop:9100\"\n").find("printer.address") != std::string::npos);
  CHECK(mistake(least + "[printer]\naddress=\"192.0.2.20\"\n").find("printer.address") != std::string::npos);
  CHECK(mistake(least + "[printer]\naddress=\"192.0.2.20:0\"\n").find("printer.address") != std::string::npos);
  CHECK(mistake(least + "[printer]\naddress=\"192.0.2.20:9100\"\ndevice=\"/dev/usb/lp0\"\n").find("printer.device") !=
        std::string::npos);
  CHECK(mistake(least + "[printer]\ndevice=\"/dev/usb/lp0\"\npaper_mm=60\n").find("printer.paper_mm") != std::string::npos);
  CHECK(mistake(least + "[printer]\ndevice=\"/dev/usb/lp0\"\ncodes=\"pencil\"\n").find("printer.codes") != std::string::npos);
  CHECK(mistake(least + "[scanner]\nserial_baud=12345\n").find("scanner.serial_baud") != std::string::npos);
  CHECK(mistake(least + "[counter]\nshelves=[\"A1\"]\n").find("counter") != std::string::npos);
  CHECK(mistake("[kiosk]\nrole=\"till\"\n" + least.substr(8)).find("kiosk.role") != std::string::npos);
  CHECK(mistake("[kiosk]\nrole=\"counter\"\n" + least.substr(8) + "[counter]\nshelves=[\"by the door\"]\n")
            .find("counter.shelves") != std::string::npos);
  CHECK(mistake(least + "[window]\nmode=\"big\"\n").find("window.mode") != std::string::npos);
  CHECK(mistake(least + "[window]\nwidht=5\n").find("widht") != std::string::npos);
  CHECK(mistake("[kiosk]\nname=\"\"\nstate=\"s\"\n[edge]\napi_socket=\"a\"\nevents_socket=\"e\"\n").find("kiosk.name") !=
        std::string::npos);
  CHECK(mistake("[kiosk]\nname=\"Kiosk 1\"\nstate=\"s\"\n[edge]\napi_socket=\"a\"\nevents_socket=\"e\"\n").find("kiosk.name") !=
        std::string::npos);
  CHECK(mistake("[kiosk]\nname=\"k\"\nstate=\"s\"\n[edge]\napi_socket=\"/" + std::string(120, 'a') + "\"\nevents_socket=\"e\"\n")
            .find("edge.api_socket") != std::string::npos);
}
