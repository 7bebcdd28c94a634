// SPDX-License-Identifier: Apache-2.0
// See escpos.hpp.
#include "kiosk/print/escpos.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "kiosk/text/code_pages.hpp"
#include "kiosk/widgets/qr.hpp"

namespace vitrine::kiosk {
namespace {

constexpr char esc = 0x1B;
constexpr char gs = 0x1D;
constexpr char fs = 0x1C;
constexpr int module_dots_most = 8;
constexpr int module_dots_least = 2;
constexpr int quiet = 4;

int dots_of(const PrinterForm& form) { return form.paper_mm == 58 ? 384 : 576; }
std::size_t columns_of(const PrinterForm& form) { return form.paper_mm == 58 ? 32 : 48; }
int times_of(PaperSize size) { return size == PaperSize::huge ? 3 : size == PaperSize::large ? 2 : 1; }

// Letters of Shift JIS that take two bytes take two columns too, so that in every page a text is as wide as it has bytes.
std::size_t letter_bytes(std::string_view text, CodePage page) {
  const auto first = static_cast<unsigned char>(text.front());
  const bool two = page == CodePage::japanese && ((first >= 0x81 && first <= 0x9F) || (first >= 0xE0 && first <= 0xFC));
  return std::min<std::size_t>(two ? 2 : 1, text.size());
}

// Broken between words; a word that is longer than a line, and Japanese, between letters.
std::vector<std::string> wrapped(std::string_view words, std::size_t columns, CodePage page) {
  std::vector<std::string> lines(1);
  std::size_t space = std::string::npos;  // the last one of the last line
  while (!words.empty()) {
    const std::string_view letter = words.substr(0, letter_bytes(words, page));
    words.remove_prefix(letter.size());
    if (lines.back().size() + letter.size() > columns) {
      std::string rest;
      if (letter != " " && space != std::string::npos) {
        rest = lines.back().substr(space + 1);
        lines.back().resize(space);
      }
      space = std::string::npos;
      lines.push_back(std::move(rest));
      if (letter == " ") continue;
    }
    if (letter == " ") space = lines.back().size();
    lines.back() += letter;
  }
  return lines;
}

class Writer {
 public:
  Writer(const PrinterForm& form, CodePage page) : form_(form), page_(page) {
    put({esc, '@'});
    if (page == CodePage::japanese) {
      put({fs, '&', fs, 'C', 1});
    } else {
      put({fs, '.', esc, 't', static_cast<char>(page == CodePage::central ? form.central_page : form.western_page)});
    }
  }

  void operator()(const PaperWords& words) {
    const std::size_t columns = columns_of(form_) / static_cast<std::size_t>(times_of(words.size));
    put({esc, 'a', static_cast<char>(words.align == PaperAlign::centre ? 1 : 0)});
    put({esc, 'E', static_cast<char>(words.strong ? 1 : 0)});
    const int more = times_of(words.size) - 1;
    put({gs, '!', static_cast<char>((more << 4) | more)});
    const std::string right = in_code_page(words.right, page_);
    const std::size_t room = right.empty() ? columns : std::max<std::size_t>(8, columns - std::min(columns, right.size() + 1));
    std::vector<std::string> lines = wrapped(in_code_page(words.left, page_), room, page_);
    if (!right.empty()) {
      const std::size_t used = lines.back().size() + right.size();
      lines.back() += std::string(used < columns ? columns - used : 1, ' ') + right;
    }
    for (const std::string& line : lines) out_ += line + "\n";
  }

  void operator()(const PaperCode& code) {
    const QrModules modules = make_qr(code.text);
    if (modules.size == 0) return;
    const int fits = dots_of(form_) / (modules.size + 2 * quiet);
    const int module = std::clamp(fits, module_dots_least, module_dots_most);
    put({esc, 'a', 1});
    if (form_.draws_codes) {
      by_command(code.text, module);
    } else {
      as_picture(modules, module);
    }
    out_ += "\n";
  }

  void operator()(const PaperRule&) {
    plain();
    out_ += std::string(columns_of(form_), '-') + "\n";
  }
  void operator()(const PaperGap&) {
    plain();
    out_ += "\n";
  }

  std::string take() {
    plain();
    if (form_.cuts) {
      put({gs, 'V', 66, 0});  // feeds to the knife first
    } else {
      put({esc, 'd', 6});
    }
    return std::move(out_);
  }

 private:
  void put(std::initializer_list<char> bytes) { out_.append(bytes.begin(), bytes.size()); }
  void plain() { put({esc, 'a', 0, esc, 'E', 0, gs, '!', 0}); }

  // GS ( k, function by function: model 2, dots of a module, correction M, the text, print.
  void by_command(const std::string& text, int module) {
    put({gs, '(', 'k', 4, 0, 49, 65, 50, 0});
    put({gs, '(', 'k', 3, 0, 49, 67, static_cast<char>(module)});
    put({gs, '(', 'k', 3, 0, 49, 69, 49});
    const std::size_t size = text.size() + 3;
    put({gs, '(', 'k', static_cast<char>(size & 0xFFU), static_cast<char>(size >> 8U), 49, 80, 48});
    out_ += text;
    put({gs, '(', 'k', 3, 0, 49, 81, 48});
  }

  void as_picture(const QrModules& modules, int module) {
    const int side = modules.size * module;
    const int bytes = (side + 7) / 8;
    put({gs, 'v', '0', 0, static_cast<char>(bytes & 0xFF), static_cast<char>(bytes >> 8), static_cast<char>(side & 0xFF),
         static_cast<char>(side >> 8)});
    for (int y = 0; y < side; ++y) {
      std::string row(static_cast<std::size_t>(bytes), '\0');
      for (int x = 0; x < side; ++x) {
        const auto at = static_cast<std::size_t>(y / module * modules.size + x / module);
        if (!modules.dark[at]) continue;
        char& byte = row[static_cast<std::size_t>(x / 8)];
        byte = static_cast<char>(static_cast<unsigned char>(byte) | (0x80U >> static_cast<unsigned>(x % 8)));
      }
      out_ += row;
    }
  }

  const PrinterForm& form_;
  CodePage page_;
  std::string out_;
};

}  // namespace

std::string escpos(const Paper& paper, const PrinterForm& form) {
  Writer writer(form, code_page_of(paper.language));
  for (const auto& part : paper.parts) std::visit(writer, part);
  return writer.take();
}

}  // namespace vitrine::kiosk
