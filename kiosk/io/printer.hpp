// SPDX-License-Identifier: Apache-2.0
// A receipt printer on the network or at a USB port. Its thread waits for it; nothing else does.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/result.hpp"

namespace vitrine::kiosk {

struct PrinterAddress {
  std::string network;  // "192.0.2.20:9100", "[2001:db8::20]:9100"
  std::string device;   // "/dev/usb/lp0"; one of the two
};

struct PrinterPatience {
  int connect_ms = 2000;
  int answer_ms = 400;  // a printer that says nothing of itself is believed to be well
  int write_ms = 8000;
};

// Asks how it is, prints, and asks again. Errors: "printer_missing" (not there, or it takes nothing), "printer_paper" (out of
// paper), "printer_not_ready" (its cover is open, or it is in error).
Result<void> print_now(const PrinterAddress& address, const std::string& bytes, const PrinterPatience& patience);

class Printer {
 public:
  // `failed`: the code of print_now's error; empty: it is printed. Called on the printer's thread.
  using Done = std::function<void(std::uint64_t job, const std::string& failed)>;
  Printer(PrinterAddress address, Done done, PrinterPatience patience = {});
  ~Printer();
  Printer(const Printer&) = delete;
  Printer& operator=(const Printer&) = delete;

  // A job that waits for the one before it gives way to a newer one.
  void print(std::uint64_t job, std::string bytes);

 private:
  struct Job {
    std::uint64_t number = 0;
    std::string bytes;
  };
  void run();

  PrinterAddress address_;
  Done done_;
  PrinterPatience patience_;
  std::mutex mutex_;
  std::condition_variable given_;
  std::optional<Job> waiting_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace vitrine::kiosk
