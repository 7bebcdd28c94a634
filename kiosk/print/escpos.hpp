// SPDX-License-Identifier: Apache-2.0
// A piece of paper in ESC/POS, the language of receipt printers (Epson's reference: ESC @, ESC t, ESC a, ESC E, GS !, GS ( k, GS
// v 0, GS V, FS &, FS C).
#pragma once

#include <cstdint>
#include <string>

#include "kiosk/model/paper.hpp"

namespace vitrine::kiosk {

struct PrinterForm {
  int paper_mm = 80;        // or 58
  int western_page = 16;    // the printer's own number of Windows-1252
  int central_page = 18;    // and of PC 852
  bool japanese = false;    // it has Japanese letters, as Shift JIS
  bool draws_codes = true;  // it makes QR codes itself; else they are sent as a picture
  bool cuts = true;
};

std::string escpos(const Paper& paper, const PrinterForm& form);

}  // namespace vitrine::kiosk
