// SPDX-License-Identifier: Apache-2.0
// See paper_reader.hpp.
#include "tests/kiosk/io/paper_reader.hpp"

namespace vitrine::kiosk {
namespace {

class Reader {
 public:
  explicit Reader(const std::string& bytes) : bytes_(bytes) {}

  Printed read() {
    while (at_ < bytes_.size() && printed_.unknown.empty()) {
      const int byte = next();
      if (byte == 0x1B) {
        escape();
      } else if (byte == 0x1D) {
        group();
      } else if (byte == 0x1C) {
        kanji();
      } else if (byte == '\n') {
        end_line();
      } else if (byte < 0x20) {
        unknown("control " + std::to_string(byte));
      } else {
        line_.bytes.push_back(static_cast<char>(byte));
      }
    }
    if (!line_.bytes.empty()) end_line();
    return printed_;
  }

 private:
  int next() { return at_ < bytes_.size() ? static_cast<unsigned char>(bytes_[at_++]) : -1; }
  int two() {
    const int low = next();
    return low + 256 * next();
  }
  void unknown(const std::string& what) { printed_.unknown = what + " at " + std::to_string(at_); }
  void end_line() {
    printed_.lines.push_back(line_);
    line_.bytes.clear();
  }
  void escape() {
    switch (const int what = next()) {
      case '@':
        line_ = {};
        break;
      case 't':
        printed_.page = next();
        break;
      case 'a':
        line_.align = next();
        break;
      case 'E':
        line_.strong = next() == 1;
        break;
      case 'd':
        next();
        break;
      default:
        unknown("ESC " + std::to_string(what));
    }
  }
  void kanji() {
    switch (const int what = next()) {
      case '&':
        printed_.japanese = true;
        break;
      case '.':
        printed_.japanese = false;
        break;
      case 'C':
        next();
        break;
      default:
        unknown("FS " + std::to_string(what));
    }
  }
  void group() {
    switch (const int what = next()) {
      case '!': {
        const int size = next();
        line_.times = (size & 15) + 1;
        if ((size >> 4) + 1 != line_.times) unknown("letters higher than wide");
        break;
      }
      case 'V':
        printed_.cut = true;
        if (next() >= 65) next();
        break;
      case '(':
        code();
        break;
      case 'v':
        picture();
        break;
      default:
        unknown("GS " + std::to_string(what));
    }
  }
  void code() {
    if (next() != 'k') return unknown("GS (");
    const int size = two();
    const std::string given = bytes_.substr(at_, static_cast<std::size_t>(size));
    at_ += given.size();
    if (given.size() < 3 || given[0] != 49) return unknown("GS ( k");
    if (given[1] == 67) dots_ = given[2];
    if (given[1] == 80) stored_ = given.substr(3);
    if (given[1] != 81) return;
    printed_.codes.push_back(stored_);
    printed_.module_dots.push_back(dots_);
    printed_.lines.push_back({"[" + stored_ + "]", line_.align, 1, false});
  }
  void picture() {
    if (next() != '0' || next() != 0) return unknown("GS v");
    const int bytes_wide = two();
    const int high = two();
    constexpr int white = 40;
    LumaFrame frame{.width = bytes_wide * 8 + 2 * white, .height = high + 2 * white, .pixels = {}};
    frame.pixels.assign(static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height), 255);
    for (int y = 0; y < high; ++y) {
      for (int b = 0; b < bytes_wide; ++b) {
        const int byte = next();
        for (int bit = 0; bit < 8; ++bit) {
          if ((byte & (0x80 >> bit)) == 0) continue;
          frame.pixels[static_cast<std::size_t>(y + white) * static_cast<std::size_t>(frame.width) +
                       static_cast<std::size_t>(white + b * 8 + bit)] = 0;
        }
      }
    }
    printed_.pictures.push_back(std::move(frame));
    printed_.lines.push_back({"[picture]", line_.align, 1, false});
  }

  const std::string& bytes_;
  std::size_t at_ = 0;
  PrintedLine line_;
  Printed printed_;
  std::string stored_;
  int dots_ = 0;
};

}  // namespace

std::string Printed::as_text(std::size_t columns) const {
  std::string text;
  for (const PrintedLine& line : lines) {
    const std::size_t wide = line.bytes.size() * static_cast<std::size_t>(line.times);
    if (line.align == 1 && wide > 0 && wide < columns) text += std::string((columns - wide) / 2, ' ');
    text += line.bytes + "\n";
  }
  return text;
}

Printed read_paper(const std::string& bytes) { return Reader(bytes).read(); }

}  // namespace vitrine::kiosk
